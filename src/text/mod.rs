//! Leaf of the house: pure string work without I/O, used by every room and using none.

pub mod chars;
pub mod clean;
pub mod columns;
pub mod digits;
pub mod distance;
pub mod fold;
pub mod numeral;
pub mod plural;
pub mod vocabulary;
pub mod width;
pub mod words;
pub mod wrap;
