//! Place 4: two or more reports side by side.

use std::collections::HashSet;
use std::sync::Arc;

use super::Cursor;
use crate::query::compare::{Comparison, DerivedRow, Flag, Group, Row};
use crate::tui::action::{Compared, Generation, TextPair};

/// The name of the group of rates, among those of the catalogue.
pub const DERIVED: &str = "derived";

/// State of the comparison.
#[derive(Debug, Default)]
pub struct CompareState {
    /// The reports, the pinned one first.
    pub ids: Vec<String>,
    /// What they say.
    pub compared: Option<Arc<Compared>>,
    /// Why they cannot be compared.
    pub error: Option<String>,
    /// Line under the cursor.
    pub cursor: Cursor,
    /// First of the columns after the pinned one.
    pub shift: usize,
    /// Which of the columns has the cursor: where Enter reads on.
    pub column: usize,
    /// Groups that are closed.
    pub closed: HashSet<String>,
    /// Only rows in which the reports differ.
    pub differences: bool,
    /// Shares instead of numbers.
    pub percent: bool,
    /// Bars beside the numbers.
    pub bars: bool,
    /// Only this group.
    pub only: Option<String>,
    /// The texts of two of them, once asked for.
    pub texts: Option<TextPair>,
    /// Newest question about texts.
    pub texts_generation: Generation,
    /// Newest question.
    pub generation: Generation,
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub enum SheetLine<'a> {
    /// A heading, and how many rows there are below it.
    Group(&'a Group, usize),
    /// A row.
    Row(&'a Row),
    /// A check that failed in the row above, or in none.
    Flag(&'a Flag),
    /// The heading of what no report states, and how many rows there are below it.
    Rates(usize),
    /// A rate or a group.
    Rate(&'a DerivedRow),
}

impl SheetLine<'_> {
    /// The name of the group of which this is the heading.
    pub fn group(&self) -> Option<&str> {
        match self {
            Self::Group(group, _) => Some(&group.name),
            Self::Rates(_) => Some(DERIVED),
            _ => None,
        }
    }
}

impl CompareState {
    /// The comparison with only the rows that are on the screen.
    pub fn shown(&self) -> Option<Comparison> {
        let mut shown = self.compared.as_ref()?.comparison.clone();
        if self.differences {
            shown.keep_differences();
        }
        if let Some(only) = &self.only {
            shown.groups.retain(|g| g.name == *only);
        }
        shown.groups.retain(|g| !self.closed.contains(&g.name));
        let rates = self.rates().len();
        if rates == 0 || self.closed.contains(DERIVED) {
            shown.derived.clear();
        } else if self.differences {
            shown.derived.retain(DerivedRow::differs);
        }
        Some(shown)
    }

    /// Lines of the table as they are drawn.
    pub fn lines(&self) -> Vec<SheetLine<'_>> {
        let Some(compared) = &self.compared else {
            return Vec::new();
        };
        let comparison = &compared.comparison;
        let mut out = Vec::new();
        for group in &comparison.groups {
            if self.only.as_ref().is_some_and(|only| *only != group.name) {
                continue;
            }
            let rows: Vec<&Row> = group
                .rows
                .iter()
                .filter(|row| !self.differences || row.differs())
                .collect();
            if rows.is_empty() {
                continue;
            }
            out.push(SheetLine::Group(group, rows.len()));
            if self.closed.contains(&group.name) {
                continue;
            }
            for row in rows {
                out.push(SheetLine::Row(row));
                out.extend(row.flags.iter().map(SheetLine::Flag));
            }
        }
        if self.only.is_none() {
            out.extend(comparison.loose.iter().map(SheetLine::Flag));
        }
        let rates = self.rates();
        if !rates.is_empty() {
            out.push(SheetLine::Rates(rates.len()));
            if !self.closed.contains(DERIVED) {
                out.extend(rates.into_iter().map(SheetLine::Rate));
            }
        }
        out
    }

    /// The rates and groups that are wanted, whether or not they are folded away.
    fn rates(&self) -> Vec<&DerivedRow> {
        let wanted = self.only.as_ref().is_none_or(|only| only == DERIVED);
        let Some(compared) = self.compared.as_ref().filter(|_| wanted) else {
            return Vec::new();
        };
        let rows = compared.comparison.derived.iter();
        rows.filter(|row| !self.differences || row.differs())
            .collect()
    }
}
