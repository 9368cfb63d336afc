//! The official forms: a correct form with random numbers, written down in any of the
//! shapes that portals and converters leave, comes back cell by cell.

mod common;

use std::collections::BTreeMap;

use common::forms::{Filled, Random};
use common::shapes::{SHAPES, Shape};
use gongkai::figure::{Figure, Semantics};
use gongkai::reading::{self, Reading};
use gongkai::report::Form;
use rust_decimal::Decimal;

const FORMS: [Form; 4] = [Form::A, Form::B, Form::C, Form::D];

fn read(form: &Filled, shape: Shape) -> Reading {
    let (text, format) = form.render(shape);
    reading::read(text.as_bytes(), "form", format).expect("a report")
}

fn cells(reading: &Reading) -> BTreeMap<&str, &Figure> {
    let with_cell = reading.figures.iter().filter(|f| f.cell.is_some());
    with_cell
        .map(|f| (f.cell.as_deref().unwrap_or_default(), f))
        .collect()
}

/// What a cell must say: its number, in 元 where it is printed in 万元.
fn wanted(cell: &str, printed: &str) -> Option<Decimal> {
    let value: Decimal = printed.trim_start_matches('+').parse().ok()?;
    let ten_thousands = matches!(
        cell,
        "D/t2/fee.amount" | "C/t2/procurement.amount" | "B/7" | "B/8.4" | "A/52" | "A/53" | "A/54"
    );
    Some(if ten_thousands {
        value * Decimal::from(10_000)
    } else {
        value
    })
}

/// Cells that differ, as `cell: wanted, got`.
fn differences(form: &Filled, shape: Shape, reading: &Reading) -> Vec<String> {
    let found = cells(reading);
    let mut wrong = Vec::new();
    for cell in form.cells() {
        let printed = form.get(&cell);
        let wanted = wanted(&cell, printed);
        let got = found.get(cell.as_str()).map(|f| f.value);
        // Torn tables have lost the header that says 万元.
        let unknown = shape == Shape::Torn && cell == "C/t2/procurement.amount";
        if got != Some(wanted) && !unknown {
            wrong.push(format!("{cell}: {printed:?}, got {got:?}"));
        }
    }
    let known: Vec<String> = form.cells();
    wrong.extend(
        found
            .keys()
            .filter(|c| !known.iter().any(|k| k == *c))
            .map(|c| format!("{c}: not there")),
    );
    wrong
}

#[test]
fn a_form_comes_back_from_every_shape() {
    let mut failures = Vec::new();
    for form in FORMS {
        for shape in SHAPES {
            for seed in 0..12 {
                let filled = Filled::random(form, &mut Random::new(seed));
                let reading = read(&filled, shape);
                let wrong = differences(&filled, shape, &reading);
                if !wrong.is_empty() || reading.report.form != form {
                    let some: Vec<_> = wrong.iter().take(4).collect();
                    failures.push(format!(
                        "{form:?} {shape:?} {seed}: {} {some:?} {:?}",
                        wrong.len(),
                        reading.report.warnings
                    ));
                    break;
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn blanks_stay_blank() {
    for form in FORMS {
        for shape in SHAPES.into_iter().filter(|s| s.shows_blanks()) {
            for seed in 0..12 {
                let mut random = Random::new(seed);
                let mut filled = Filled::random(form, &mut random);
                for cell in filled.cells() {
                    if random.upto(9) == 0 {
                        filled.set(&cell, "");
                    }
                }
                let reading = read(&filled, shape);
                let found = cells(&reading);
                for cell in filled.cells() {
                    let Some(figure) = found.get(cell.as_str()) else {
                        continue;
                    };
                    let printed = filled.get(&cell);
                    if shape == Shape::Torn && cell == "C/t2/procurement.amount" {
                        continue;
                    }
                    assert_eq!(
                        figure.value,
                        wanted(&cell, printed),
                        "{form:?} {shape:?} {seed} {cell}"
                    );
                    assert_eq!(figure.semantics == Semantics::Empty, printed.is_empty());
                }
                assert!(
                    found.len() * 100 >= filled.cells().len() * 90,
                    "{form:?} {shape:?} {seed}: {} of {}",
                    found.len(),
                    filled.cells().len()
                );
            }
        }
    }
}
