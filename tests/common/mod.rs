//! What several behaviour tests share.
#![allow(dead_code)]

pub mod documents;
pub mod forms;
pub mod grids;
pub mod page;
pub mod shapes;

use gongkai::reading::{self, Reading};
use gongkai::source::Format;

/// A text read as a file of this format.
pub fn read(text: &str, format: Format) -> Reading {
    reading::read(text.as_bytes(), "a", format).expect("a report")
}
