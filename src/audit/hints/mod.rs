//! The likeliest slip behind a formula that does not hold: one wrong cell (R-X4), a cell in
//! the neighbouring column (R-X2), a number split over two cells (R-X3).

mod shifted;
mod split;

use rust_decimal::Decimal;

use super::draft::Draft;
use super::formula::Relation;
use super::rules::rule;
use super::sheets::Filled;
use super::slip::is_slip;
use super::verdict::{Term, Verdict};
use super::{Check, Message, Status};

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
    split::cells(check, filled, checked);
    shifted::rows(filled, checked);
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
    shifted::cells(check, filled, checked);
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
