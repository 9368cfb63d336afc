//! What a cell of such a table holds: a number, words, or nothing.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use crate::figure::Qualifier;
use crate::figure::quantity;
use crate::report::form::value::{self, Printed};
use crate::source::{Block, Shape};
use crate::text::fold::Folded;

/// A time that names its row: 2011年, 3月, 2014年3月12日.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:20[0-9]{2}年度?)?(?:[0-9]{1,2}(?:[-至][0-9]{1,2})?月份?)?(?:[0-9]{1,2}日)?$|^20[0-9]{2}[-./][0-9]{1,2}(?:[-./][0-9]{1,2})?$")
        .expect("valid")
});

/// A number in a cell. Ranges are bytes of the report's text.
#[derive(Debug)]
pub(super) struct Value {
    pub number: Decimal,
    /// Printed beside it.
    pub unit: Option<String>,
    pub qualifier: Qualifier,
    pub cell: Range<usize>,
    pub range: Range<usize>,
}

#[derive(Debug)]
pub(super) enum Content {
    Blank,
    Number(Value),
    Words(String),
}

#[derive(Debug)]
pub(super) struct Cell {
    pub range: Range<usize>,
    pub content: Content,
}

impl Cell {
    /// It names its row, though it is a number.
    pub fn take_for_words(&mut self, text: &str) {
        let said = Folded::new(text.get(self.range.clone()).unwrap_or_default(), 0);
        self.content = Content::Words(said.text().trim().to_owned());
    }
}

/// The cells of a row; none where the block is no row.
pub(super) fn cells(text: &str, block: &Block) -> Option<Vec<Cell>> {
    let Shape::Row(ranges) = &block.shape else {
        return None;
    };
    let cell = |range: &Range<usize>| Cell {
        content: content(text, range),
        range: range.clone(),
    };
    Some(ranges.iter().map(cell).collect())
}

fn content(text: &str, range: &Range<usize>) -> Content {
    let folded = Folded::new(text.get(range.clone()).unwrap_or_default(), range.start);
    let words = folded.text().trim();
    let value = |number, unit: Option<String>, qualifier, at: Range<usize>| {
        Content::Number(Value {
            number,
            unit,
            qualifier,
            cell: range.clone(),
            range: folded.source(at),
        })
    };
    if !words.is_empty() && DATE.is_match(words) {
        return Content::Words(words.to_owned());
    }
    if let [only] = quantity::scan(folded.text()).as_slice()
        && folded.text()[only.range.clone()].trim() == words
    {
        let unit = Some(only.unit.clone()).filter(|u| !u.is_empty());
        return value(only.value, unit, only.qualifier, only.number.clone());
    }
    match value::read(folded.text()) {
        Printed::Number(number, at) if folded.text()[at.clone()].trim() == words => {
            value(number, None, Qualifier::Exact, at)
        }
        Printed::Blank | Printed::None => Content::Blank,
        _ => Content::Words(words.to_owned()),
    }
}
