//! Readings and comparisons → bytes that other programs read. Nothing here decides
//! anything: it is the contract's JSON and tables, filled in.
//!
//! * [`json`] is a [`crate::reading::Reading`] as the contract's JSON object, and its schema.

pub mod json;
