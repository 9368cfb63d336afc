//! For spreadsheets: a [`Comparison`] as CSV.

use std::io::{self, Write};

use super::{heading, note, pick, snake};
use crate::config::language::Language;
use crate::export::csv_cell;
use crate::query::compare::{Comparison, DerivedRow, Group, Row, Versus, letter};

/// For spreadsheets: plain numbers, a column for value, unit and share of each report.
///
/// # Errors
/// Those of the writer.
pub fn csv(comparison: &Comparison, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let mut head: Vec<String> = ["group", "indicator", "applicant", "label", "depth"]
        .map(str::to_owned)
        .to_vec();
    for (i, column) in comparison.columns.iter().enumerate() {
        let name = letter(i);
        head.push(csv_cell(&format!("{name} {}", heading(column))));
        for part in ["unit", "state", "share_percent", "share_of"] {
            head.push(format!("{name} {part}"));
        }
    }
    for i in 1..comparison.columns.len() {
        let name = letter(i);
        head.extend([
            format!("A-{name}"),
            format!("A/{name}"),
            format!("A {name} notes"),
        ]);
    }
    head.push("findings".to_owned());
    let by_year = comparison.rows().any(|r| !r.changes.is_empty());
    if by_year {
        let name = |i| {
            [
                format!("{} yoy_percent", letter(i)),
                format!("{} yoy_small_base", letter(i)),
            ]
        };
        head.extend((1..comparison.columns.len()).flat_map(name));
    }
    writer.write_record(&head)?;
    for group in &comparison.groups {
        for row in &group.rows {
            let mut cells = record(group, row, language);
            let change = |i: usize| match row.changes.get(i).and_then(Option::as_ref) {
                Some(c) => [c.percent.to_string(), c.small.to_string()],
                None => [String::new(), String::new()],
            };
            if by_year {
                cells.extend((1..comparison.columns.len()).flat_map(change));
            }
            writer.write_record(cells)?;
        }
    }
    for row in &comparison.derived {
        let mut cells = derived_record(row, comparison.columns.len(), language);
        cells.resize(head.len(), String::new());
        writer.write_record(cells)?;
    }
    writer.flush()
}

/// A rate or a group in the columns of [`record`]; its formula stands where the whole of a
/// share does.
fn derived_record(row: &DerivedRow, columns: usize, language: Language) -> Vec<String> {
    let mut record = vec![
        csv_cell(language.text("compare.derived")),
        csv_cell(&row.key),
        String::new(),
        csv_cell(pick(&row.label, language)),
        "0".to_owned(),
    ];
    for cell in &row.cells {
        let (value, state, formula) = match cell {
            Some(cell) => (
                cell.value.normalize().to_string(),
                if cell.small {
                    "derived_small_base"
                } else {
                    "derived"
                },
                cell.formula.as_str(),
            ),
            None => (String::new(), "missing", ""),
        };
        record.extend([
            value,
            csv_cell(row.unit),
            state.to_owned(),
            String::new(),
            csv_cell(formula),
        ]);
    }
    record.extend((1..columns).flat_map(|_| [String::new(), String::new(), String::new()]));
    record.push(String::new());
    record
}

fn record(group: &Group, row: &Row, language: Language) -> Vec<String> {
    let mut record = vec![
        csv_cell(pick(&group.label, language)),
        csv_cell(&row.key),
        row.applicant.map_or_else(String::new, snake),
        csv_cell(pick(&row.label, language)),
        row.depth.to_string(),
    ];
    for cell in &row.cells {
        let share = cell.as_ref().and_then(|c| c.share.as_ref());
        let number = |v: rust_decimal::Decimal| v.normalize().to_string();
        record.extend([
            // A minus before a number is no formula.
            cell.as_ref()
                .and_then(|c| c.value)
                .map_or_else(String::new, number),
            cell.as_ref()
                .map_or_else(String::new, |c| csv_cell(&c.unit)),
            cell.as_ref()
                .map_or_else(|| "missing".to_owned(), |c| snake(c.semantics)),
            share.map_or_else(String::new, |s| number(s.percent)),
            share.map_or_else(String::new, |s| csv_cell(&s.of)),
        ]);
    }
    for versus in &row.versus {
        let plain = |v: rust_decimal::Decimal| v.round_dp(6).normalize().to_string();
        record.extend([
            versus.difference.map_or_else(String::new, plain),
            versus.ratio.map_or_else(String::new, plain),
            csv_cell(&notes(versus, language)),
        ]);
    }
    let findings: Vec<_> = row
        .flags
        .iter()
        .map(|f| {
            format!(
                "{} {}: {}",
                letter(f.column),
                f.rule,
                pick(&f.message, language)
            )
        })
        .collect();
    record.push(csv_cell(&findings.join("; ")));
    record
}

fn notes(versus: &Versus, language: Language) -> String {
    let all: Vec<_> = versus.notes.iter().map(|n| note(n, language)).collect();
    all.join("; ")
}
