//! Two cells of a row held against each other: difference, quotient, and every reason to
//! mistrust them.

use rust_decimal::Decimal;

use super::{Cell, Change, Column, Note, SMALL_BASE, Versus, breaks};
use crate::figure::{Basis, Period, Qualifier};

/// What a unit measures; words for counts (条, 件, 起) are labels, not factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Money,
    Percent,
    Count,
}

/// What `unit` measures.
pub(super) fn kind(unit: &str) -> Kind {
    match unit {
        "%" | "个百分点" => Kind::Percent,
        _ if unit.ends_with('元') => Kind::Money,
        _ => Kind::Count,
    }
}

/// The first cell against the one in column `other`.
pub(super) fn versus(
    key: &str,
    cells: &[Option<Cell>],
    columns: &[Column],
    other: usize,
) -> Versus {
    let mut notes = Vec::new();
    let (first, second) = (&cells[0], &cells[other]);
    for (column, cell) in [(0, first), (other, second)] {
        match cell {
            None => notes.push(Note::Missing { column }),
            Some(cell) => notes.extend(notes_on(cell, column)),
        }
    }
    let (Some(a), Some(b)) = (first, second) else {
        // A report that has nothing to compare with has nothing to warn of.
        notes.retain(|note| matches!(note, Note::Missing { .. }));
        return Versus {
            difference: None,
            ratio: None,
            notes,
        };
    };
    if kind(&a.unit) != kind(&b.unit) {
        notes.push(Note::DifferentUnit {
            a: a.unit.clone(),
            b: b.unit.clone(),
        });
    } else if a.unit != b.unit {
        notes.push(Note::UnitWord {
            a: a.unit.clone(),
            b: b.unit.clone(),
        });
    }
    if a.basis != b.basis {
        let stock = if a.basis == Basis::Stock { 0 } else { other };
        notes.push(Note::StockAndFlow { stock });
    }
    let stock = a.basis == Basis::Stock && b.basis == Basis::Stock;
    let (own, others) = ((&columns[0]).into(), (&columns[other]).into());
    notes.extend(breaks::between(key, stock, own, others));
    let values = a
        .value
        .zip(b.value)
        .filter(|_| !notes.iter().any(Note::forbids));
    let difference = values.and_then(|(a, b)| a.checked_sub(b));
    let mut ratio = None;
    // The quotient of two shares says nothing that their difference does not say better.
    if let Some((a, b)) = values.filter(|_| kind(&b.unit) != Kind::Percent) {
        if b == Decimal::ZERO {
            notes.push(Note::ZeroBase { column: other });
        } else {
            ratio = a.checked_div(b);
            if b.abs() < Decimal::from(SMALL_BASE) {
                notes.push(Note::SmallBase {
                    column: other,
                    base: b,
                });
            }
        }
    }
    Versus {
        difference,
        ratio,
        notes,
    }
}

impl Change {
    /// The first cell against the second, that of the year before; none where anything but
    /// a small base speaks against it: eight months of 2008 are no year, 近50 no number.
    pub(super) fn of(key: &str, cells: &[Option<Cell>; 2], columns: &[Column; 2]) -> Option<Self> {
        let versus = versus(key, cells, columns, 1);
        let sound = |n: &Note| matches!(n, Note::SmallBase { .. } | Note::UnitWord { .. });
        let small = |n: &Note| matches!(n, Note::SmallBase { .. });
        let ratio = versus.ratio.filter(|_| versus.notes.iter().all(sound))?;
        let grown = ratio.checked_sub(Decimal::ONE)?;
        Some(Self {
            percent: grown
                .checked_mul(Decimal::ONE_HUNDRED)?
                .round_dp(2)
                .normalize(),
            small: versus.notes.iter().any(small),
        })
    }
}

fn notes_on(cell: &Cell, column: usize) -> Vec<Note> {
    let mut notes = Vec::new();
    if cell.value.is_none() {
        notes.push(Note::NoValue {
            column,
            semantics: cell.semantics,
        });
    }
    if let Some(scope) = &cell.scope {
        notes.push(Note::Scope {
            column,
            scope: scope.clone(),
        });
    }
    if cell.period == Period::Partial {
        notes.push(Note::PartialPeriod { column });
    }
    if cell.qualifier != Qualifier::Exact {
        notes.push(Note::Inexact {
            column,
            qualifier: cell.qualifier,
        });
    }
    notes
}
