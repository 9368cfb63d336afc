//! A report's running text as it is held against others: its words alone, with where each
//! stands and which part of the report it is in.

use std::ops::Range;

use crate::report::{self, Report, Section};
use crate::source::{Block, Shape};
use crate::text::fold::is_han;

/// Shorter parts say little but what all must say.
const LEAST_PART: usize = 200;

/// The words of the running text, without numbers, punctuation and tables: what stays the
/// same when only the year is changed stays the same here.
pub fn plain_text(report: &Report) -> Vec<char> {
    let words = paragraphs(report).flat_map(|b| b.folded.text().chars());
    words.filter(|c| is_han(*c)).collect()
}

fn paragraphs(report: &Report) -> impl Iterator<Item = &Block> {
    let blocks = report.blocks.iter().enumerate();
    let prose =
        blocks.filter(|(i, b)| !matches!(b.shape, Shape::Row(_)) && !report.furniture.contains(i));
    prose.map(|(_, block)| block)
}

/// Whether a part is in a body's own words: how many requests and disputes there were, and
/// what was charged, is told by all in the same few.
fn tells(section: &Section) -> bool {
    use report::Part::{Appendix, Consult, Disputes, Fees, Requests, Staff};
    let counts = [Appendix, Consult, Disputes, Fees, Requests, Staff];
    section.part.is_none_or(|part| !counts.contains(&part))
}

/// The same, with its places.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    pub(super) text: Vec<char>,
    /// The byte of the report's text at which each character begins.
    places: Vec<u32>,
    pub(super) parts: Vec<Part>,
}

/// A part of a report that is long enough to be taken over.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Its heading.
    pub title: String,
    /// Its characters.
    pub range: Range<usize>,
}

impl Plain {
    /// The running text of a report.
    pub fn of(report: &Report) -> Self {
        let mut plain = Self::default();
        for block in paragraphs(report) {
            let chars = block.folded.text().chars().zip(block.folded.sources());
            for (c, (_, source)) in chars.filter(|(c, _)| is_han(*c)) {
                plain.text.push(c);
                plain.places.push(source.start as u32);
            }
        }
        let at = |byte: usize| plain.places.partition_point(|p| (*p as usize) < byte);
        let parts = report
            .sections
            .iter()
            .filter(|s| tells(s))
            .map(|section| Part {
                title: section.title.clone(),
                range: at(section.range.start)..at(section.range.end),
            });
        plain.parts = parts.filter(|p| p.range.len() >= LEAST_PART).collect();
        plain
    }

    /// The bytes of the report's text from a passage's first character to its last.
    pub(super) fn bytes(&self, passage: Range<usize>) -> Range<usize> {
        let place = |at: usize| self.places.get(at).map_or(0, |p| *p as usize);
        match passage.end.checked_sub(1) {
            // Whatever character it is, three bytes hold it: places are those of Han.
            Some(last) if !passage.is_empty() => place(passage.start)..place(last) + 3,
            _ => place(passage.start)..place(passage.start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{self, Format};

    #[test]
    fn every_character_knows_its_place_and_its_part() {
        let words = "公开工作有序推进".repeat(40);
        let text = format!(
            "某县2019年政府信息公开工作年度报告\n一、概述\n{words}。\n二、主动公开情况\n全年 12 条。\n"
        );
        let report = crate::report::read(source::read(text.as_bytes(), Format::Txt).expect("text"));
        let plain = Plain::of(&report);
        assert_eq!(plain.text, plain_text(&report));
        let whole = plain.bytes(0..plain.text.len());
        assert!(report.text[whole].ends_with("全年 12 条"));
        let [part] = &plain.parts[..] else {
            panic!("{:?}", plain.parts)
        };
        assert_eq!(part.title, "概述");
        let said = &report.text[plain.bytes(part.range.clone())];
        assert!(
            said.starts_with("概述") || said.starts_with("一、概述"),
            "{said}"
        );
        assert!(said.ends_with("推进"));
    }
}
