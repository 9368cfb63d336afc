//! Readings and comparisons → bytes that people and other programs read. Nothing here
//! decides anything: it is the contract's JSON and tables, filled in.
//!
//! * [`json`] is a [`crate::reading::Reading`] as the contract's JSON object, and its schema.
//! * [`table`] is a [`crate::query::compare::Comparison`] as text, JSON, CSV and Markdown.

pub mod findings;
pub mod json;
pub mod table;

/// A cell that a spreadsheet will not take for a formula.
pub fn csv_cell(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}
