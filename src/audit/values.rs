//! Each number by itself: R-T2a, R-T2c, R-T3d, R-T3e, R-A4 within one report.

use rust_decimal::Decimal;

use super::draft::Draft;
use super::rules::rule;
use super::sheets::Filled;
use super::sums::shown;
use super::verdict::Term;
use super::{Check, Finding, Status};
use crate::report::Form;

/// Checks the cells of one table.
pub(super) fn check(check: &Check, filled: &Filled) -> Vec<Finding> {
    let mut drafts = Vec::new();
    match (filled.sheet.form, filled.table.as_str()) {
        (Form::C | Form::D, "t3") => {
            drafts.extend(nothing_in_it(filled));
            drafts.extend(numbers(filled, "R-T3d"));
        }
        (Form::C | Form::D, "t4") => drafts.extend(numbers(filled, "R-T3d")),
        (Form::C | Form::D, _) => {
            drafts.extend(numbers(filled, "R-T2a"));
            drafts.extend(in_force(filled));
        }
        (Form::A, _) => drafts.extend(cumulative(check, filled)),
        _ => {}
    }
    drafts.into_iter().map(|d| check.finding(d)).collect()
}

/// R-T3e: a table of requests without a number, or with nothing but zeros.
fn nothing_in_it(filled: &Filled) -> Option<Draft> {
    let rule = rule("R-T3e")?;
    let count = filled.printed().count();
    // A few cells are no table.
    if count
        < filled
            .sheet
            .cells
            .iter()
            .filter(|c| c.name.starts_with("t3/"))
            .count()
            / 2
    {
        return None;
    }
    let draft = if filled.is_all(|t| t == Term::Blank) {
        Draft::new(rule, Status::Fail, "blank")
    } else if filled.is_all(|t| t == Term::Known(Decimal::ZERO)) {
        Draft::new(rule, Status::Pass, "zero")
    } else {
        return None;
    };
    Some(draft.key(&filled.table).put("count", count))
}

/// R-T3d, R-T2a: counts are whole and not negative, amounts not negative.
fn numbers(filled: &Filled, id: &str) -> Vec<Draft> {
    let Some(rule) = rule(id) else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    let mut count = 0;
    for place in filled.printed() {
        let cell = &filled.sheet.cells[place];
        let signed = cell.name.ends_with("items_delta");
        let money = cell.name.ends_with(".amount");
        let (status, case) = match filled.term(place) {
            Term::Known(v) if v < Decimal::ZERO && !signed => (Status::Fail, "negative"),
            Term::Known(v) if !v.fract().is_zero() && !money => (Status::Warn, "fraction"),
            Term::Words => (Status::Warn, "words"),
            Term::Known(_) => {
                count += 1;
                continue;
            }
            _ => continue,
        };
        let term = filled.term(place);
        let mut draft = Draft::new(rule, status, case)
            .figures(filled.figures[place])
            .say("label", &cell.label)
            .put("value", shown(term))
            .formula(shown(term));
        if let Term::Known(value) = term {
            draft.actual = Some(value);
        }
        wrong.push(draft);
    }
    if wrong.is_empty() && count > 0 {
        let pass = Draft::new(rule, Status::Pass, "equal");
        wrong.push(pass.key(&filled.table).put("count", count));
    }
    wrong
}

/// R-T2c: what was made this year and not repealed is in force.
fn in_force(filled: &Filled) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for kind in ["rules", "normative"] {
        let place = |column: &str| filled.sheet.place(&format!("t2/{kind}.{column}"));
        let cells = [place("in_force"), place("issued"), place("repealed")];
        let [Some(in_force), Some(issued), Some(repealed)] = cells else {
            continue;
        };
        let known = |p: usize| match filled.term(p) {
            Term::Known(value) => Some(value),
            Term::Na => Some(Decimal::ZERO),
            _ => None,
        };
        let Some(rule) = rule("R-T2c") else { continue };
        let values = (known(in_force), known(issued), known(repealed));
        let (Some(stock), Some(new), Some(gone)) = values else {
            continue;
        };
        let least = (new - gone).max(Decimal::ZERO);
        let holds = stock >= least;
        let (status, case) = match holds {
            true => (Status::Pass, "equal"),
            false => (Status::Warn, "wrong"),
        };
        let sign = if holds { "≥" } else { "<" };
        drafts.push(
            Draft::new(rule, status, case)
                .figures(filled.figures_of(&[in_force, issued, repealed]))
                .say("label", &filled.sheet.cells[in_force].label)
                .formula(format!("{stock} {sign} {new} - {gone}"))
                .values(least, stock),
        );
    }
    drafts
}

/// R-A4: what was counted this year is counted in all years too.
fn cumulative(check: &Check, filled: &Filled) -> Vec<Draft> {
    let Some(rule) = rule("R-A4") else {
        return Vec::new();
    };
    let mut drafts = Vec::new();
    for place in filled.printed() {
        let pair = filled.figures[place].zip(filled.cumulative[place]);
        let values = pair.and_then(|(a, b)| Some((check.value(a)?, check.value(b)?)));
        let (Some((now, ever)), Some((year, all))) = (pair, values) else {
            continue;
        };
        let holds = year <= all;
        let (status, case) = match holds {
            true => (Status::Pass, "equal"),
            false => (Status::Warn, "wrong"),
        };
        let sign = if holds { "≤" } else { ">" };
        drafts.push(
            Draft::new(rule, status, case)
                .figures([now, ever])
                .say("label", &filled.sheet.cells[place].label)
                .formula(format!("{year} {sign} {all}"))
                .values(all, year),
        );
    }
    drafts
}
