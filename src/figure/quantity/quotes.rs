//! Short quotations and titles of works: what counts in them may be part of a name.

use std::ops::Range;

use crate::text::fold::is_han;
use crate::text::numeral::{Numeral, Script};

/// A short quotation or the title of a work: what counts in it may be part of a name.
pub(super) struct Quotation {
    pub range: Range<usize>,
    is_title: bool,
}

impl Quotation {
    /// Whether a number in it, whose unit ends at `end`, is part of a name: in a title, in
    /// Chinese numerals (“十二条”), or at the end of a short quotation (“民营经济32条”).
    pub fn holds_name(&self, folded: &str, numeral: &Numeral, unit: &str, end: usize) -> bool {
        let before = &folded[self.range.start..numeral.range.start];
        let named = || before.chars().filter(|c| is_han(*c)).count() >= 2;
        self.is_title
            || numeral.script == Script::Han
            || unit.is_empty()
            || end == self.range.end && named()
    }
}

pub(super) fn quoted(folded: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    if !folded.contains(['"', '》']) {
        return found;
    }
    let mut open: Option<usize> = None;
    let mut titles: Vec<usize> = Vec::new();
    for (at, c) in folded.char_indices() {
        match c {
            '"' => match open.take() {
                Some(start) if folded[start..at].chars().count() <= 14 => found.push(Quotation {
                    range: start..at,
                    is_title: false,
                }),
                Some(_) => open = Some(at),
                None => open = Some(at),
            },
            '《' => titles.push(at),
            '》' => {
                if let Some(start) = titles.pop() {
                    found.push(Quotation {
                        range: start..at,
                        is_title: true,
                    });
                }
            }
            '。' => open = None,
            _ => {}
        }
    }
    found
}
