//! The likeliest slip behind a formula that does not hold: one wrong cell (R-X4), a cell in
//! the neighbouring column (R-X2), a number split over two cells (R-X3).

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::draft::Draft;
use super::formula::{Cell, Relation};
use super::rules::rule;
use super::sheets::Filled;
use super::verdict::{Term, Verdict};
use super::{Check, Message, Status};
use crate::report::form::Problem;
use crate::source::Format;
use crate::text::fold::fold;

/// A formula that was checked.
#[derive(Debug)]
pub(super) struct Checked {
    /// Its place among the sheet's.
    pub identity: usize,
    pub verdict: Verdict,
    pub hint: Option<Message>,
}

impl Checked {
    fn fails(&self) -> bool {
        matches!(self.verdict.status, Status::Fail | Status::Warn) && self.verdict.implied.is_none()
    }

    /// What the left side has too much.
    fn excess(&self) -> Decimal {
        self.verdict.left - self.verdict.right
    }
}

/// Looks for an explanation of every formula that does not hold.
pub(super) fn find(check: &Check, filled: &Filled, checked: &mut [Checked]) {
    split_cells(check, filled, checked);
    shifted_rows(filled, checked);
    if !checked.iter().any(Checked::fails) {
        return;
    }
    for at in 0..checked.len() {
        let is_sum = filled.sheet.identities[checked[at].identity].relation == Relation::Equal;
        if !checked[at].fails() || checked[at].hint.is_some() || !is_sum {
            continue;
        }
        checked[at].hint = one_cell(filled, checked, at);
    }
    shifted(check, filled, checked);
}

/// R-X4: the only cell whose change repairs every formula it stands in.
fn one_cell(filled: &Filled, checked: &[Checked], at: usize) -> Option<Message> {
    let mut found: Vec<(usize, Decimal, Decimal, usize)> = Vec::new();
    let identity = &filled.sheet.identities[checked[at].identity];
    for &cell in identity.left.iter().chain(&identity.right) {
        let Term::Known(value) = filled.term(cell) else {
            continue;
        };
        let mut changes = checked.iter().filter_map(|c| {
            let identity = &filled.sheet.identities[c.identity];
            if identity.relation != Relation::Equal || c.verdict.status == Status::NotAssessable {
                return None;
            }
            let sign = if identity.left.contains(&cell) {
                -Decimal::ONE
            } else if identity.right.contains(&cell) {
                Decimal::ONE
            } else {
                return None;
            };
            Some(if c.fails() {
                sign * c.excess()
            } else {
                Decimal::ZERO
            })
        });
        let Some(change) = changes.next() else {
            continue;
        };
        let mut uses = 1;
        let same = changes.all(|c| {
            uses += 1;
            c == change
        });
        let right = value + change;
        if same && !change.is_zero() && right >= Decimal::ZERO {
            found.push((cell, value, right, uses));
        }
    }
    let strong = found.iter().map(|f| f.3).max()?;
    found.retain(|f| f.3 == strong);
    let slips = |f: &&(usize, Decimal, Decimal, usize)| is_slip(f.1, f.2);
    let (case, chosen) = match found.as_slice() {
        [only] if strong > 1 && is_slip(only.1, only.2) => ("digit", only),
        [only] if strong > 1 => ("hint", only),
        several => match several.iter().filter(slips).collect::<Vec<_>>().as_slice() {
            [only] => ("digit", *only),
            _ => return None,
        },
    };
    let (cell, from, to, _) = chosen;
    let draft = Draft::new(rule("R-X4")?, Status::Warn, case)
        .say("row", &filled.sheet.cells[*cell].label)
        .put("from", from.normalize())
        .put("value", to.normalize());
    Some(draft.message())
}

/// Whether one number is easily written for the other: two digits exchanged, one digit
/// changed, doubled or left out.
fn is_slip(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (a.normalize().to_string(), b.normalize().to_string());
    let (short, long) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let (short, long) = (short.as_bytes(), long.as_bytes());
    let head = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let tail = |from: usize| {
        let (s, l) = (
            &short[from.min(short.len())..],
            &long[from.min(long.len())..],
        );
        s == l
    };
    match long.len() - short.len() {
        0 => {
            let exchanged = short.len() > head + 1
                && short[head] == long[head + 1]
                && short[head + 1] == long[head];
            // A lone digit is as likely any other.
            short.len() > 1 && (exchanged && tail(head + 2) || tail(head + 1))
        }
        1 => short[head..] == long[head + 1..],
        _ => false,
    }
}

/// R-X2: of two columns the one has too little what the other has too much.
fn shifted(check: &Check, filled: &Filled, checked: &mut [Checked]) {
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
            let applicant = |p: usize| super::rules::applicant(&cells[p].applicant);
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
fn shifted_rows(filled: &Filled, checked: &mut [Checked]) {
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

/// R-X3: a line with one number too many, which joining two neighbours makes right. Nothing
/// that was computed from such a line says anything.
fn split_cells(check: &Check, filled: &Filled, checked: &mut [Checked]) {
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
        let of_row = super::sheets::parts(&t.row).is_some_and(|(_, row)| row == name);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_told_from_other_numbers() {
        let slip = |a: i64, b: i64| is_slip(Decimal::from(a), Decimal::from(b));
        assert!(slip(1139, 1193));
        assert!(slip(1139, 1138));
        assert!(slip(1139, 139));
        assert!(slip(1139, 11139));
        assert!(slip(201, 210));
        assert!(!slip(1139, 1250));
        assert!(!slip(3, 5));
        assert!(!slip(1139, 11));
    }
}
