//! Readings and comparisons → bytes that people and other programs read. Nothing here
//! decides anything: it is the contract's JSON and tables, filled in.
//!
//! * [`json`] is a [`crate::reading::Reading`] as the contract's JSON object, and its schema.
//! * [`figures`], [`findings`] and [`ranking`] are lists of them, a record each.
//! * [`table`] is a [`crate::query::compare::Comparison`] as text, JSON, CSV and Markdown.

pub mod figures;
pub mod findings;
pub mod json;
pub mod ranking;
pub mod table;

use crate::text::clean::clean_line;

/// A cell on one line that a spreadsheet will not take for a formula.
pub fn csv_cell(text: &str) -> String {
    let text = clean_line(text);
    match text.starts_with(['=', '+', '-', '@']) {
        true => format!("'{text}"),
        false => text.into_owned(),
    }
}
