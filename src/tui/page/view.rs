//! The words of a report as the reader shows them: cleaned, lines that a converter broke
//! joined again, or the folded form. Every byte of it knows the byte of the text it shows.

use std::ops::Range;

use crate::reading::Reading;
use crate::source::{Block, Shape};
use crate::text::clean::{self, Mapped};

/// The words to show, block by block.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// Text with its way back to the report's.
    pub map: Mapped,
    pub(super) blocks: Vec<ViewBlock>,
    /// Whether it is the folded form.
    pub folded: bool,
}

/// A block of the view, in bytes of it.
#[derive(Debug, Clone)]
pub(super) struct ViewBlock {
    pub range: Range<usize>,
    /// Of a row of a table; a spanned cell stands in each column with the same range.
    pub cells: Vec<Range<usize>>,
    pub heading: bool,
    /// A heading of the outermost level.
    pub outer: bool,
    /// The title of the report.
    pub title: bool,
}

impl View {
    /// The report's own words, or their folded form.
    pub fn new(reading: &Reading, folded: bool) -> Self {
        let report = &reading.report;
        let cleaned = clean::mapped(&report.text);
        let mut view = Self {
            folded,
            ..Self::default()
        };
        let mut sections = report.sections.iter().peekable();
        for block in &report.blocks {
            let start = view.map.text().len();
            if folded {
                view.push_folded(block);
            } else {
                view.push_original(block, &cleaned);
            }
            let end = view.map.text().len();
            while sections
                .next_if(|s| s.range.start < block.range.start)
                .is_some()
            {}
            let section = sections
                .peek()
                .filter(|s| block.range.contains(&s.range.start) && !is_opening(s));
            let cells = match &block.shape {
                Shape::Row(cells) => cells.iter().map(|c| view.place_range(c)).collect(),
                _ => Vec::new(),
            };
            view.blocks.push(ViewBlock {
                range: start..end,
                cells,
                heading: section.is_some(),
                outer: section.is_some_and(|s| s.level <= 1),
                title: block.range.start < report.title_range.end
                    && block.range.end > report.title_range.start,
            });
            view.map.push('\n', block.range.end);
        }
        view
    }

    fn push_folded(&mut self, block: &Block) {
        let folded = &block.folded;
        for (at, c) in folded.text().char_indices() {
            let source = folded.source(at..at + c.len_utf8()).start;
            // Folded text may still hold what a terminal must not see.
            for c in clean::clean(c.encode_utf8(&mut [0; 4])).chars() {
                self.map.push(c, source);
            }
        }
    }

    /// Lines that a converter broke inside a sentence are joined: without a blank between
    /// Han characters, with one between words.
    fn push_original(&mut self, block: &Block, cleaned: &Mapped) {
        let range = cleaned.place(block.range.start)..cleaned.place(block.range.end);
        let mut broken = None;
        for (at, c) in cleaned.text()[range.clone()].char_indices() {
            let source = cleaned.source(range.start + at);
            if c == '\n' {
                broken = Some(source);
            } else if broken.is_some() && c.is_whitespace() {
                // The indent of a continued line.
            } else {
                let before = self.map.text().chars().next_back();
                if let Some(gap) = broken.take()
                    && before.is_some_and(|b| b.is_ascii_alphanumeric())
                    && c.is_ascii_alphanumeric()
                {
                    self.map.push(' ', gap);
                }
                self.map.push(c, source);
            }
        }
    }

    /// A range of the report's text in bytes of the view.
    pub fn place_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.map.place(range.start);
        start..self.map.place(range.end).max(start)
    }
}

/// Section `0`, the text before the first heading, has no heading of its own.
fn is_opening(section: &crate::report::Section) -> bool {
    section.id == "0"
}
