//! A report laid out for reading: text → [`View`] (cleaned, lines that a converter broke
//! joined again, or the folded form) → lines of a given width. Pure, and with the way back:
//! every place on the screen knows the byte of the report's text it shows.

mod flat;
mod table;
mod view;

use std::ops::Range;

use crate::figure::Figure;
use crate::reading::Reading;
use crate::text::width::cells;
use crate::text::wrap;

pub use table::Stroke;
pub use view::View;
use view::ViewBlock;

/// Cells by which a paragraph's first line is indented: two Han characters.
const INDENT: usize = 4;

/// A report laid out for a width. Made on a worker thread: a long report takes a while.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its words.
    pub view: View,
    /// The words broken into lines.
    pub lines: Vec<Line>,
    /// Width they were broken for, in cells.
    pub width: u16,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Cells to its left.
    pub x: u16,
    /// Bytes of the view.
    pub range: Range<usize>,
}

/// One line on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// What stands on it; nothing on a blank line.
    pub segments: Vec<Segment>,
    /// Bytes of the view from its first word to its last; they never go back from one line
    /// to the next.
    pub range: Range<usize>,
    /// The rules of a table on it.
    pub strokes: Vec<Stroke>,
    /// Cells of the whole table it belongs to; 0 for running text.
    pub table: u16,
    /// Cells of its first column, which stays where it is while the others are moved; 0
    /// where it would leave too little room for them.
    pub pinned: u16,
}

impl Page {
    /// Lays out a report: its own words or their folded form.
    pub fn new(reading: &Reading, folded: bool, width: u16) -> Self {
        let view = View::new(reading, folded);
        let lines = lay(&view, usize::from(width));
        Self { view, lines, width }
    }

    /// The line that shows a byte of the report's text.
    pub fn line_of(&self, source: usize) -> usize {
        line_of(&self.lines, self.view.map.place(source))
    }

    /// The byte of the text that a line begins with.
    pub fn source_at(&self, line: usize) -> usize {
        let line = self.lines.get(line);
        line.map_or(0, |l| self.view.map.source(l.range.start))
    }
}

/// Breaks a view into lines of at most `width` cells; only tables may be wider.
pub fn lay(view: &View, width: usize) -> Vec<Line> {
    let width = width.max(2);
    let text = view.map.text();
    let mut lines: Vec<Line> = Vec::new();
    let mut at = 0;
    while let Some(block) = view.blocks.get(at) {
        if block.outer && !lines.is_empty() {
            lines.push(Line {
                range: block.range.start..block.range.start,
                ..Line::default()
            });
        }
        let run = &view.blocks[at..at + rows(&view.blocks[at..])];
        if run.iter().any(|b| b.cells.len() == 1)
            && let Some(tables) = flat::rows(text, run)
        {
            for rows in &tables {
                match rows.as_slice() {
                    [one] if one.cells.len() < 2 => paragraph(text, one, width, &mut lines),
                    rows => table::lay(text, rows, width, &mut lines),
                }
            }
            at += run.len();
        } else if block.cells.len() > 1 {
            let rows = run.iter().take_while(|b| b.cells.len() > 1).count();
            table::lay(text, &run[..rows], width, &mut lines);
            at += rows;
        } else {
            paragraph(text, block, width, &mut lines);
            at += 1;
        }
    }
    lines
}

/// How many blocks from the first one on are rows of a table.
fn rows(blocks: &[ViewBlock]) -> usize {
    let row = |b: &&ViewBlock| !b.cells.is_empty() && !b.heading;
    blocks.iter().take_while(row).count()
}

fn paragraph(text: &str, block: &ViewBlock, width: usize, lines: &mut Vec<Line>) {
    let indent = if block.heading || block.title || width < 20 {
        0
    } else {
        INDENT
    };
    let text = &text[block.range.clone()];
    let broken = wrap::lines_indented(text, width - indent, width);
    for (i, r) in broken.into_iter().enumerate() {
        let words = text[r.clone()].trim_end();
        let range = block.range.start + r.start..block.range.start + r.start + words.len();
        let x = match (block.title, i) {
            // A title stands in the middle, as on paper.
            (true, _) => (width - cells(words).min(width)) / 2,
            (false, 0) => indent,
            _ => 0,
        };
        lines.push(Line {
            segments: vec![Segment {
                x: x as u16,
                range: range.clone(),
            }],
            range,
            ..Line::default()
        });
    }
}

/// The line that shows byte `at` of the view.
pub fn line_of(lines: &[Line], at: usize) -> usize {
    let after = lines.partition_point(|l| l.range.start <= at);
    after.saturating_sub(1)
}

/// What of a figure's words to underline: the number with its unit.
pub fn emphasis(figure: &Figure) -> Range<usize> {
    let r = &figure.range;
    if r.start <= figure.number.start && figure.number.start < r.end {
        figure.number.start..r.end
    } else {
        r.clone()
    }
}

/// Where in the text the words of `query` stand, in either script.
pub fn find(reading: &Reading, query: &str) -> Vec<Range<usize>> {
    let words = crate::text::fold::fold(query);
    if words.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for block in &reading.report.blocks {
        for (at, _) in block.folded.text().match_indices(&words) {
            found.push(block.folded.source(at..at + words.len()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;
    use proptest::prelude::*;

    fn reading(text: &str) -> Reading {
        crate::reading::read(text.as_bytes(), "a.txt", Format::Txt).expect("readable")
    }

    #[test]
    fn places_lead_there_and_back() {
        let reading = reading("一、概述\n\n　　本年共收到申请12件，\u{1b}[31m均已答复。\n");
        for folded in [false, true] {
            let view = View::new(&reading, folded);
            let at = reading.report.text.find("均已").expect("there");
            let here = view.map.place(at);
            assert!(view.map.text()[here..].starts_with("均已"), "{folded}");
            assert_eq!(view.map.source(here), at);
        }
    }

    #[test]
    fn words_are_found_in_either_script() {
        let reading = reading("政府信息公开工作");
        let found = find(&reading, "信息公开");
        assert_eq!((found.len(), found[0].clone()), (1, 6..18));
        assert!(find(&reading, "  ").is_empty());
    }

    proptest! {
        #[test]
        fn every_line_fits(text in "([一-龥]{1,30}[，。]|[a-z ]{1,9}|\n){1,30}", width in 2usize..70) {
            prop_assume!(!text.trim().is_empty());
            let view = View::new(&reading(&text), false);
            for line in lay(&view, width) {
                for s in &line.segments {
                    prop_assert!(usize::from(s.x) + cells(&view.map.text()[s.range.clone()]) <= width);
                }
            }
        }
    }
}
