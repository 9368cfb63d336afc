//! What the audit promises: it finds what is wrong, says nothing of what is right, and
//! leaves open what cannot be known.

mod claims;
#[path = "../common/mod.rs"]
mod common;
mod corpus;
mod forms;
mod prose;
mod rules;
mod structure;
