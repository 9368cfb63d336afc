//! What to know before believing a difference.

use rust_decimal::Decimal;
use serde::Serialize;

use super::letter;
use crate::audit::Message;
use crate::figure::number;
use crate::figure::{Qualifier, Semantics};

/// Why two values are not, or not quite, comparable. Columns are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Note {
    /// Money and cases, per cent and counts: not comparable.
    DifferentUnit {
        /// Of the first report.
        a: String,
        /// Of the other one.
        b: String,
    },
    /// 条 and 件: the same thing counted, in other words.
    UnitWord {
        /// Of the first report.
        a: String,
        /// Of the other one.
        b: String,
    },
    /// One counts what happened, the other what there is: not comparable.
    StockAndFlow {
        /// The column with the stock.
        stock: usize,
    },
    /// It speaks of a sub-unit only: not comparable.
    Scope {
        /// The column.
        column: usize,
        /// The sub-unit.
        scope: String,
    },
    /// The rules of counting changed between the two.
    Break {
        /// Name in `assets/breaks.toml`.
        id: String,
        /// No difference may be taken at all.
        hard: bool,
        /// What changed.
        message: Message,
    },
    /// It covers only a part of its year.
    PartialPeriod {
        /// The column.
        column: usize,
    },
    /// The source says about, over, under.
    Inexact {
        /// The column.
        column: usize,
        /// Which.
        qualifier: Qualifier,
    },
    /// Only the other one states it.
    Missing {
        /// The column without.
        column: usize,
    },
    /// There is a cell for it, but no number in it.
    NoValue {
        /// The column.
        column: usize,
        /// Blank, not applicable or words.
        semantics: Semantics,
    },
    /// Nothing can be divided by it.
    ZeroBase {
        /// The column.
        column: usize,
    },
    /// The quotient's base is under 30.
    SmallBase {
        /// The column.
        column: usize,
        /// Its value.
        #[serde(serialize_with = "number::exact")]
        base: Decimal,
    },
}

impl Note {
    /// Whether it forbids to take a difference.
    pub fn forbids(&self) -> bool {
        match self {
            Self::DifferentUnit { .. }
            | Self::StockAndFlow { .. }
            | Self::Scope { .. }
            | Self::Missing { .. }
            | Self::NoValue { .. } => true,
            Self::Break { hard, .. } => *hard,
            _ => false,
        }
    }

    /// Whether it tells of something that a reader might overlook: all but what the cells
    /// themselves show.
    pub fn is_warning(&self) -> bool {
        !matches!(
            self,
            Self::Missing { .. } | Self::NoValue { .. } | Self::ZeroBase { .. }
        )
    }

    /// Its text in `assets/lang`, to be filled with [`Note::blanks`].
    pub fn key(&self) -> &'static str {
        match self {
            Self::DifferentUnit { .. } => "compare.note.different_unit",
            Self::UnitWord { .. } => "compare.note.unit_word",
            Self::StockAndFlow { .. } => "compare.note.stock_and_flow",
            Self::Scope { .. } => "compare.note.scope",
            Self::Break { hard: true, .. } => "compare.note.break",
            Self::Break { .. } => "compare.note.near",
            Self::PartialPeriod { .. } => "compare.note.partial_period",
            Self::Inexact { qualifier, .. } => match qualifier {
                Qualifier::AtLeast => "compare.note.at_least",
                Qualifier::AtMost => "compare.note.at_most",
                Qualifier::Approx | Qualifier::Exact => "compare.note.approx",
            },
            Self::Missing { .. } => "compare.note.missing",
            Self::NoValue { semantics, .. } => match semantics {
                Semantics::Na => "compare.note.not_applicable",
                Semantics::Text => "compare.note.words",
                _ => "compare.note.blank",
            },
            Self::ZeroBase { .. } => "compare.note.zero_base",
            Self::SmallBase { .. } => "compare.note.small_base",
        }
    }

    /// What fills the blanks of its text; `pick` chooses the language of a message.
    pub fn blanks(&self, pick: impl Fn(&Message) -> &str) -> Vec<(&'static str, String)> {
        match self {
            Self::DifferentUnit { a, b } | Self::UnitWord { a, b } => {
                vec![("a", a.clone()), ("b", b.clone())]
            }
            Self::StockAndFlow { stock } => vec![("column", letter(*stock))],
            Self::Scope { column, scope } => {
                vec![("column", letter(*column)), ("scope", scope.clone())]
            }
            Self::Break { message, .. } => vec![("what", pick(message).to_owned())],
            Self::PartialPeriod { column }
            | Self::Inexact { column, .. }
            | Self::Missing { column }
            | Self::NoValue { column, .. }
            | Self::ZeroBase { column }
            | Self::SmallBase { column, .. } => vec![("column", letter(*column))],
        }
    }
}
