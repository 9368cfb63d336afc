//! A sentence: its words, its numbers, and what it has spoken of so far.

use std::ops::Range;

use super::Reader;
use super::time::Times;
use crate::figure::Figure;
use crate::figure::catalogue::Indicator;
use crate::figure::label::Words;
use crate::figure::quantity::Quantity;
use crate::report::Part;
use crate::source::Block;

/// A sentence being read. Ranges are bytes of the block's folded text.
pub(super) struct Sentence<'a> {
    pub block: &'a Block,
    pub text: &'a str,
    pub range: Range<usize>,
    /// The byte of the report's text at which it begins.
    pub source: usize,
    pub words: &'a Words<'a>,
    pub quantities: &'a [Quantity],
    pub topics: Vec<&'static str>,
    /// It may say that there was none of something.
    pub says_none: bool,
    pub part: Option<Part>,
    /// The first figure of its paragraph.
    pub from: usize,
    pub times: Times,
    /// Where it tells of what is yet to come.
    pub later: Vec<Range<usize>>,
}

impl Sentence<'_> {
    /// Whether it holds a number, or may say in words how many there were.
    pub fn may_count(&self) -> bool {
        !self.quantities.is_empty()
            || self.says_none
            || self.text[self.range.clone()].contains('均')
    }

    /// `group` is the topic from here on.
    pub fn turn_to(&mut self, group: &'static str) {
        self.topics.retain(|t| *t != group);
        self.topics.push(group);
    }

    /// Whether short labels of an indicator are understood behind `so_far`.
    pub fn is_about(&self, indicator: &Indicator, so_far: &str) -> bool {
        let about = |w: &String| so_far.contains(w.as_str());
        self.speaks_of(&indicator.group) || indicator.about.iter().any(about)
    }

    /// Whether requests are counted in `unit`, one that seldom counts them, in this paragraph.
    pub fn counts_requests(&self, reader: &Reader, unit: &str) -> bool {
        let counted = |f: &Figure| {
            let key = f.indicator.as_deref();
            f.unit == unit && key.is_some_and(|k| k.starts_with("requests."))
        };
        matches!(unit, "项" | "例" | "个" | "人次")
            && reader.figures[self.from..].iter().any(counted)
    }

    /// Whether `group` is the topic here.
    pub fn speaks_of(&self, group: &str) -> bool {
        let related = |topic: &str| {
            topic == group
                || (topic == "requests" && group == "outcome")
                || (topic == "outcome" && group == "requests")
        };
        match self.topics.last() {
            Some(last) => related(last) || self.part_is_about(group) && self.topics.len() < 3,
            None => self.part_is_about(group),
        }
    }

    fn part_is_about(&self, group: &str) -> bool {
        matches!(
            (self.part, group),
            (Some(Part::Disclosure), "disclosure" | "documents")
                | (Some(Part::Requests), "requests" | "outcome")
                | (Some(Part::Consult), "consult")
                | (Some(Part::Disputes), "disputes")
                | (Some(Part::Fees), "fees")
                | (Some(Part::Staff), "staff")
        )
    }
}

/// Where the last clause of `zone` begins: the one that belongs to the number behind it.
pub(super) fn last_comma(text: &str, zone: Range<usize>) -> usize {
    text[zone.clone()]
        .rfind([',', ';'])
        .map_or(zone.start, |at| zone.start + at)
}

/// Most bytes between a quotation mark and a mark that stands for a lost character.
const NAME: usize = 18;

/// Sentences of a folded text.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        if c == '"' {
            quote = match quote {
                Some(_) => None,
                None => Some(at),
            };
        }
        // "中国?某市"门户网站: a character that was lost in a name.
        let in_name = c == '?' && quote.is_some_and(|open| at - open <= NAME);
        if matches!(c, '。' | '!' | '?') && !in_name {
            found.push(start..at);
            start = at + c.len_utf8();
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

/// How deep in brackets the byte `at` of `text` lies, counted from `from`.
pub(super) fn depth(text: &str, from: usize, at: usize) -> usize {
    let bytes = &text.as_bytes()[from..at];
    memchr::memchr2_iter(b'(', b')', bytes).fold(0usize, |depth, at| match bytes[at] {
        b'(' => depth + 1,
        _ => depth.saturating_sub(1),
    })
}
