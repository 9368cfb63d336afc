//! Two or more reports side by side, figure by figure.
//!
//! [`compare`] takes what the pipeline made of each report and gives a [`Comparison`]:
//! groups in the catalogue's order, in each a tree of rows, in each row a cell for every
//! report and, for every report but the first, what comes of holding it against the first
//! ([`Versus`]: A − B, A ÷ B and what to know about it). Nothing here computes a value that
//! a report does not state; what cannot be compared has no difference, and a [`Note`]
//! says why.
//!
//! The command line's table (`export::table`) and the compare screen draw the same thing.
//! Text is in `assets/lang`, under [`Note::key`]; only breaks carry their own words, from
//! `assets/breaks.toml`.

mod align;
mod breaks;
mod note;
#[cfg(test)]
mod tests;
mod versus;

use std::ops::Range;

use rust_decimal::Decimal;
use serde::Serialize;

pub(in crate::query) use align::APPLICANTS;
pub use align::{applicant_label, compare};
pub use breaks::{Era, When, between};
pub use note::Note;

use crate::audit::{Message, Severity, Status};
use crate::figure::number;
use crate::figure::{Applicant, Basis, Period, Qualifier, Semantics};
use crate::query::Version;
use crate::reading::Reading;
use crate::report::{Form, Level};

pub use crate::figure::rates::SMALL_BASE;

/// One of the reports to compare.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Stable id.
    pub id: &'a str,
    /// Path below the corpus root.
    pub path: &'a str,
    /// What it says.
    pub reading: &'a Reading,
}

/// Reports side by side.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    /// The reports, in the order asked for; the others are held against the first.
    pub columns: Vec<Column>,
    /// Headings with their rows, in the catalogue's order; those without rows left out.
    pub groups: Vec<Group>,
    /// What follows from the figures of each: rates and groups, those that some report has.
    pub derived: Vec<DerivedRow>,
    /// Failed checks that concern no row.
    pub loose: Vec<Flag>,
}

/// A rate or a group in all reports; no report states it.
#[derive(Debug, Clone, Serialize)]
pub struct DerivedRow {
    /// Key in `assets/rates.toml`.
    pub key: String,
    /// The indicator that it is the value of, where a form prints only the parts of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<&'static str>,
    /// What it is called.
    pub label: Message,
    /// `%`, or a unit of counting.
    pub unit: &'static str,
    /// One for each column; none where the report does not state all of its operands.
    pub cells: Vec<Option<DerivedCell>>,
    /// What to know before holding the first against the others: breaks in the series.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// What the figures of one report come to.
#[derive(Debug, Clone, Serialize)]
pub struct DerivedCell {
    /// Per cent with two decimals, or a sum.
    #[serde(serialize_with = "number::exact")]
    pub value: Decimal,
    /// The numbers it was made of.
    pub formula: String,
    /// Places of these numbers in the reading's `figures`.
    pub figures: Vec<usize>,
    /// The base is under [`SMALL_BASE`].
    pub small: bool,
    /// A sum of one figure.
    #[serde(skip)]
    pub single: bool,
}

/// A report, as the head of a column.
#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// Stable id.
    pub id: String,
    /// Path below the corpus root.
    pub path: String,
    /// As written.
    pub title: String,
    /// Year reported on.
    pub year: Option<i32>,
    /// Names from the province down; empty when unknown.
    pub region_path: Vec<String>,
    /// Rank of the region.
    pub level: Option<Level>,
    /// Department, none for a government itself.
    pub agency: Option<String>,
    /// Form of its tables.
    pub form: Form,
    /// Which rules of counting it follows; none when neither form nor year tells.
    pub era: Option<Era>,
    /// Other files of this body and year that say something else, as far as whoever made the
    /// comparison knows of any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Version>,
}

/// Rows under one heading.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// Name in the catalogue.
    pub name: String,
    /// Heading.
    pub label: Message,
    /// Its rows; a part stands below its whole, one deeper.
    pub rows: Vec<Row>,
}

/// One indicator (for one kind of applicant) in all reports.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Key in the catalogue.
    pub key: String,
    /// Who applied; none for all together.
    pub applicant: Option<Applicant>,
    /// What it is called.
    pub label: Message,
    /// Base unit by the catalogue.
    pub unit: String,
    /// 0 for a row that is part of no other.
    pub depth: u8,
    /// One for each column; none where the report does not state it.
    pub cells: Vec<Option<Cell>>,
    /// One for each column but the first.
    pub versus: Vec<Versus>,
    /// One for each column: the change since the year before, where the column before is the
    /// same body's report on that year; empty where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Option<Change>>,
    /// Failed checks that concern it.
    pub flags: Vec<Flag>,
}

/// What one report states.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// Place of the figure in the reading's `figures`.
    pub figure: usize,
    /// As stated; none for blanks and words.
    #[serde(serialize_with = "number::optional")]
    pub value: Option<Decimal>,
    /// As stated, in base units.
    pub unit: String,
    /// Number, zero, blank, not applicable, words.
    pub semantics: Semantics,
    /// How exact.
    pub qualifier: Qualifier,
    /// Which span of time.
    pub period: Period,
    /// Flow or stock.
    pub basis: Basis,
    /// The sub-unit spoken of, when it is not the body as a whole.
    pub scope: Option<String>,
    /// What part of the whole it is.
    pub share: Option<Share>,
    /// Section it stands in.
    pub section: String,
    /// Bytes of the report's text that say so.
    pub range: Range<usize>,
    /// The same words.
    pub quote: String,
}

/// What a value has changed by since the year before: (now − before) ÷ before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Per cent with two decimals; less than nothing where it shrank.
    #[serde(serialize_with = "number::exact")]
    pub percent: Decimal,
    /// The value of the year before is under [`SMALL_BASE`].
    pub small: bool,
}

/// A part of a whole, in per cent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Key of the whole; the row's own key when the whole is "all applicants together".
    pub of: String,
    /// What the whole is called.
    pub label: Message,
    /// The whole.
    #[serde(serialize_with = "number::exact")]
    pub base: Decimal,
    /// Rounded to two decimals.
    #[serde(serialize_with = "number::exact")]
    pub percent: Decimal,
    /// The whole is under [`SMALL_BASE`].
    pub small: bool,
}

/// The first report (A) held against another one (B).
#[derive(Debug, Clone, Serialize)]
pub struct Versus {
    /// A − B; none when one has no value or they are not comparable.
    #[serde(serialize_with = "number::optional")]
    pub difference: Option<Decimal>,
    /// A ÷ B, not rounded; none also when B is zero.
    #[serde(serialize_with = "number::optional")]
    pub ratio: Option<Decimal>,
    /// What to know before believing them.
    pub notes: Vec<Note>,
}

/// A check that failed, beside the row it concerns.
#[derive(Debug, Clone, Serialize)]
pub struct Flag {
    /// Which report.
    pub column: usize,
    /// Place of the finding in the reading's `findings`.
    pub finding: usize,
    /// Which rule.
    pub rule: String,
    /// Failed or worth a look.
    pub status: Status,
    /// How grave.
    pub severity: Severity,
    /// What a person understands at once.
    pub message: Message,
}

impl Comparison {
    /// All rows in the order in which they are shown.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.groups.iter().flat_map(|g| &g.rows)
    }

    /// Keeps the rows whose key or label `pattern` describes: part of a label, part of a
    /// key, or a key with `*` for anything.
    pub fn keep(&mut self, pattern: &str) {
        self.keep_rows(|row| is_called(&row.key, &row.label, pattern));
        self.derived.retain(|row| {
            let keys = [Some(row.key.as_str()), row.stands_for];
            let mut keys = keys.into_iter().flatten();
            keys.any(|key| is_called(key, &row.label, pattern))
        });
    }

    /// Keeps the rows in which the reports do not all state the same.
    pub fn keep_differences(&mut self) {
        self.keep_rows(Row::differs);
    }

    fn keep_rows(&mut self, keep: impl Fn(&Row) -> bool) {
        for group in &mut self.groups {
            group.rows.retain(&keep);
        }
        self.groups.retain(|g| !g.rows.is_empty());
    }
}

impl Row {
    /// Whether the reports do not all state the same value.
    pub fn differs(&self) -> bool {
        let stated = |cell: &Option<Cell>| cell.as_ref().map(|c| (c.value, c.semantics));
        let first = self.cells.first().map(stated);
        self.cells.iter().any(|cell| Some(stated(cell)) != first)
    }
}

impl DerivedRow {
    /// Whether the reports do not all come to the same value.
    pub fn differs(&self) -> bool {
        let value = |cell: &Option<DerivedCell>| cell.as_ref().map(|c| c.value);
        let first = self.cells.first().map(value);
        self.cells.iter().any(|cell| Some(value(cell)) != first)
    }
}

fn is_called(key: &str, label: &Message, pattern: &str) -> bool {
    let lower = pattern.to_lowercase();
    if lower.contains('*') {
        return breaks::matches(&lower, key);
    }
    key.contains(&lower) || label.zh.contains(pattern) || label.en.to_lowercase().contains(&lower)
}

/// What a column is called in notes and headings: A, B, … Z, A2, B2, …
pub fn letter(column: usize) -> String {
    let letter = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => letter.to_string(),
        n => format!("{letter}{}", n + 1),
    }
}
