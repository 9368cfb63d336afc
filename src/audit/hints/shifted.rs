//! R-X2: a cell, or a whole row, that stands one column off.

use rust_decimal::Decimal;

use super::Checked;
use crate::audit::draft::Draft;
use crate::audit::formula::Cell;
use crate::audit::rules::{self, rule};
use crate::audit::sheets::Filled;
use crate::audit::verdict::Term;
use crate::audit::{Check, Status};
use crate::source::Format;

/// R-X2: of two columns the one has too little what the other has too much.
pub(super) fn cells(check: &Check, filled: &Filled, checked: &mut [Checked]) {
    let columns: Vec<usize> = (0..checked.len())
        .filter(|&i| {
            let identity = &filled.sheet.identities[checked[i].identity];
            checked[i].fails() && checked[i].hint.is_none() && identity.rule.id == "R-T3a"
        })
        .collect();
    for (n, &a) in columns.iter().enumerate() {
        for &b in &columns[n + 1..] {
            if checked[a].excess() + checked[b].excess() != Decimal::ZERO {
                continue;
            }
            let Some((row, value, from, to)) = moved(filled, checked, a, b) else {
                continue;
            };
            let cells = &filled.sheet.cells;
            let applicant = |p: usize| rules::applicant(&cells[p].applicant);
            let Some(rule) = rule("R-X2") else { return };
            let hint = Draft::new(rule, Status::Warn, "hint")
                .say("row", &cells[row].row)
                .put("value", value)
                .say("from", &applicant(from))
                .say("to", &applicant(to))
                .message();
            // Where blanks fall out of the text the columns are our guess.
            let guessed = !matches!(
                check.report.format,
                Format::Html | Format::Mhtml | Format::Docx
            );
            let gaps =
                same_row(&cells[row], cells).any(|p| !matches!(filled.term(p), Term::Known(_)));
            for at in [a, b] {
                checked[at].hint = Some(hint.clone());
                if guessed && gaps {
                    checked[at].verdict.status = Status::NotAssessable;
                    checked[at].verdict.case = "misread";
                }
            }
        }
    }
}

/// The only cell whose move from one column to the other repairs both: cell, number,
/// from where, to where.
fn moved(
    filled: &Filled,
    checked: &[Checked],
    a: usize,
    b: usize,
) -> Option<(usize, Decimal, usize, usize)> {
    let identities = &filled.sheet.identities;
    let (left, right) = (
        &identities[checked[a].identity],
        &identities[checked[b].identity],
    );
    let excess = checked[a].excess();
    let number = |p: usize| match filled.term(p) {
        Term::Known(value) => value,
        _ => Decimal::ZERO,
    };
    let mut found = Vec::new();
    for (&x, &y) in left.right.iter().zip(&right.right) {
        // Column a lacks what its total has too much.
        let (from, to) = if excess > Decimal::ZERO {
            (y, x)
        } else {
            (x, y)
        };
        if number(from) == excess.abs() && number(to).is_zero() {
            found.push((from, number(from), from, to));
        }
    }
    match found.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// R-X2: a whole row one column off, of which the cell at its one end is blank and the number
/// at its other end has fallen off. What was computed from it says nothing.
pub(super) fn rows(filled: &Filled, checked: &mut [Checked]) {
    let identities = &filled.sheet.identities;
    let rows = checked.iter().enumerate();
    let rows: Vec<_> = rows
        .filter(|(_, c)| identities[c.identity].rule.id == "R-T3c")
        .filter_map(|(at, c)| {
            let row = &identities[c.identity];
            let (way, moved) = moved_row(filled, &row.right, row.left[0])?;
            repairs(filled, checked, &moved).then_some((at, way, moved))
        })
        .collect();
    let Some(rule) = rule("R-X2") else { return };
    for (at, way, moved) in rows {
        let row = &filled.sheet.cells[moved[0].0].row;
        let hint = Draft::new(rule, Status::Warn, way)
            .say("row", row)
            .message();
        for (i, c) in checked.iter_mut().enumerate() {
            let identity = &identities[c.identity];
            let mut cells = identity.left.iter().chain(&identity.right);
            let touched = cells.any(|p| moved.iter().any(|(cell, _)| cell == p));
            let open = c.fails() || c.verdict.status == Status::Implied;
            if i == at || touched && open {
                c.verdict.status = Status::NotAssessable;
                c.verdict.case = "misread";
                c.verdict.implied = None;
                c.hint = Some(hint.clone());
            }
        }
    }
}

/// What the cells of a row hold when it is moved back by one, and to which side.
fn moved_row(
    filled: &Filled,
    parts: &[usize],
    total: usize,
) -> Option<(&'static str, Vec<(usize, Decimal)>)> {
    let cells: Vec<usize> = parts.iter().copied().chain([total]).collect();
    let number = |p: usize| match filled.term(p) {
        Term::Known(value) => Some(value),
        _ => None,
    };
    let add = |values: &[Decimal]| {
        values
            .iter()
            .try_fold(Decimal::ZERO, |s, v| s.checked_add(*v))
    };
    let known =
        |cells: &[usize]| -> Option<Vec<Decimal>> { cells.iter().map(|p| number(*p)).collect() };
    let (first, last) = (filled.term(cells[0]), filled.term(total));
    let (way, values) = match (first, last) {
        (Term::Blank, Term::Known(_)) => {
            let mut values = known(&cells[1..])?;
            values.push(add(&values)?);
            ("left", values)
        }
        (Term::Known(_), Term::Blank) => {
            let mut values = known(&cells[..cells.len() - 1])?;
            let (total, others) = values.split_last()?;
            values.insert(0, total.checked_sub(add(others)?)?);
            ("right", values)
        }
        _ => return None,
    };
    let sound = values.iter().all(|v| !v.is_sign_negative());
    let some = values.iter().any(|v| !v.is_zero());
    (sound && some).then(|| (way, cells.into_iter().zip(values).collect()))
}

/// Whether with these values every column adds up that the cells stand in, two of which do
/// not as printed.
fn repairs(filled: &Filled, checked: &[Checked], moved: &[(usize, Decimal)]) -> bool {
    let mut broken = 0;
    for c in checked {
        let identity = &filled.sheet.identities[c.identity];
        if !matches!(identity.rule.id.as_str(), "R-T3a" | "R-T3b") {
            continue;
        }
        let side = |places: &[usize]| {
            places.iter().try_fold(Decimal::ZERO, |sum, p| {
                let new = moved.iter().find(|(cell, _)| cell == p).map(|(_, v)| *v);
                let value = new.or(match filled.term(*p) {
                    Term::Known(value) => Some(value),
                    Term::Blank | Term::Na => Some(Decimal::ZERO),
                    _ => None,
                });
                sum.checked_add(value?)
            })
        };
        let mut cells = identity.left.iter().chain(&identity.right);
        if !cells.any(|p| moved.iter().any(|(cell, _)| cell == p)) {
            continue;
        }
        match side(&identity.left).zip(side(&identity.right)) {
            Some((left, right)) if left == right => {}
            _ => return false,
        }
        let open = c.fails() || c.verdict.status == Status::Implied;
        broken += usize::from(open && c.verdict.left != c.verdict.right);
    }
    broken >= 2
}

/// Cells of the same printed line.
fn same_row<'a>(cell: &'a Cell, cells: &'a [Cell]) -> impl Iterator<Item = usize> + 'a {
    let stem = |name: &'a str| name.rsplit_once('/').map(|(stem, _)| stem);
    let of = stem(&cell.name);
    let all = cells.iter().enumerate();
    all.filter(move |(_, c)| stem(&c.name) == of)
        .map(|(i, _)| i)
}
