//! R-X3: a number split over two cells.

use std::collections::HashSet;

use super::Checked;
use crate::audit::draft::Draft;
use crate::audit::rules::rule;
use crate::audit::sheets::{self, Filled};
use crate::audit::{Check, Status};
use crate::report::form::Problem;
use crate::text::fold::fold;

/// R-X3: a line with one number too many, which joining two neighbours makes right. Nothing
/// that was computed from such a line says anything.
pub(super) fn cells(check: &Check, filled: &Filled, checked: &mut [Checked]) {
    let mut misread: HashSet<usize> = HashSet::new();
    for c in checked.iter_mut() {
        let identity = &filled.sheet.identities[c.identity];
        let open = c.fails() || c.verdict.status == Status::NotAssessable;
        if !open || identity.rule.id != "R-T3c" {
            continue;
        }
        let Some((first, second, joined)) = split_in(check, filled, identity.left[0]) else {
            continue;
        };
        let Some(rule) = rule("R-X3") else { return };
        let hint = Draft::new(rule, Status::Warn, "hint")
            .say("row", &filled.sheet.cells[identity.left[0]].row)
            .put("from", first)
            .put("to", second)
            .put("value", joined)
            .message();
        misread.extend(identity.left.iter().chain(&identity.right));
        c.hint = Some(hint);
    }
    for c in checked.iter_mut().filter(|c| c.fails()) {
        let identity = &filled.sheet.identities[c.identity];
        let mut cells = identity.left.iter().chain(&identity.right);
        if cells.any(|p| misread.contains(p)) {
            c.verdict.status = Status::NotAssessable;
            c.verdict.case = "misread";
        }
    }
}

/// The two neighbours of a line of eight numbers whose joining makes six add up to the seventh.
fn split_in(check: &Check, filled: &Filled, total: usize) -> Option<(String, String, String)> {
    let printed = surplus(check, filled, total).or_else(|| line(check, filled, total))?;
    let numbers: Vec<&str> = printed
        .split([' ', '\t', '|'])
        .filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    if numbers.len() != 8 {
        return None;
    }
    let mut found = Vec::new();
    for i in 0..7 {
        let mut joined: Vec<String> = numbers.iter().map(|n| (*n).to_owned()).collect();
        let second = joined.remove(i + 1);
        joined[i] += &second;
        let values: Option<Vec<u64>> = joined.iter().map(|n| n.parse().ok()).collect();
        let values = values?;
        let sum = values[..6]
            .iter()
            .try_fold(0u64, |s, v| s.checked_add(*v))?;
        if sum == values[6] && sum > 0 {
            found.push((numbers[i].to_owned(), second, joined[i].clone()));
        }
    }
    match found.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// The values of a row that the reading of forms found to be too many.
fn surplus(check: &Check, filled: &Filled, total: usize) -> Option<String> {
    let name = filled.sheet.cells[total].name.strip_suffix("/total")?;
    let mut troubles = check.report.tables.iter().flat_map(|t| &t.troubles);
    let trouble = troubles.find(|t| {
        let of_row = sheets::parts(&t.row).is_some_and(|(_, row)| row == name);
        of_row && t.problem == Problem::Surplus
    })?;
    let text = |r: &std::ops::Range<usize>| check.report.text.get(r.clone());
    let values = trouble.cells.iter().filter_map(text).map(fold);
    Some(values.collect::<Vec<_>>().join("\t"))
}

/// The line that the row's total stands in.
fn line(check: &Check, filled: &Filled, total: usize) -> Option<String> {
    let figure = &check.figures[filled.figures[total]?];
    let blocks = &check.report.blocks;
    let at = blocks.partition_point(|b| b.range.end <= figure.number.start);
    Some(blocks.get(at)?.folded.text().to_owned())
}
