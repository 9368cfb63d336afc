//! A report laid out for reading: text → *view* (cleaned, lines that a converter broke
//! joined again, or the folded form) → lines of a given width. Pure, and with the way back:
//! every place on the screen knows the byte of the report's text it shows.

use std::ops::Range;

use crate::figure::Figure;
use crate::reading::Reading;
use crate::source::{Block, Shape};
use crate::text::clean::{self, Mapped};
use crate::text::width::cells;
use crate::text::wrap;

/// Cells by which a paragraph's first line is indented: two Han characters.
const INDENT: usize = 4;
/// Cells between two columns of a table: blank, rule, blank.
const GAP: usize = 3;
/// Narrowest column of a table.
const NARROWEST: usize = 4;

/// The words to show, block by block.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// Text with its way back to the report's.
    pub map: Mapped,
    blocks: Vec<ViewBlock>,
    /// Whether it is the folded form.
    pub folded: bool,
}

#[derive(Debug, Clone)]
struct ViewBlock {
    range: Range<usize>,
    cells: Vec<Range<usize>>,
    heading: bool,
    outer: bool,
    title: bool,
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
    /// Bytes of the view from its first word to its last.
    pub range: Range<usize>,
    /// Columns where a table's rules stand.
    pub rules: Vec<u16>,
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

    /// Breaks the view into lines of at most `width` cells.
    pub fn lay(&self, width: usize) -> Vec<Line> {
        let width = width.max(2);
        let mut lines: Vec<Line> = Vec::new();
        let mut at = 0;
        while let Some(block) = self.blocks.get(at) {
            if block.outer && !lines.is_empty() {
                lines.push(Line {
                    range: block.range.start..block.range.start,
                    ..Line::default()
                });
            }
            if block.cells.len() > 1 {
                let rows = self.blocks[at..]
                    .iter()
                    .take_while(|b| b.cells.len() > 1)
                    .count();
                self.lay_table(&self.blocks[at..at + rows], width, &mut lines);
                at += rows;
            } else {
                self.lay_paragraph(block, width, &mut lines);
                at += 1;
            }
        }
        lines
    }

    fn lay_paragraph(&self, block: &ViewBlock, width: usize, lines: &mut Vec<Line>) {
        let indent = if block.heading || block.title || width < 20 {
            0
        } else {
            INDENT
        };
        let text = &self.map.text()[block.range.clone()];
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
                rules: Vec::new(),
            });
        }
    }

    fn lay_table(&self, rows: &[ViewBlock], width: usize, lines: &mut Vec<Line>) {
        let text = self.map.text();
        let Some(widths) = column_widths(text, rows, width) else {
            for row in rows {
                self.lay_paragraph(row, width, lines);
            }
            return;
        };
        for row in rows {
            let seats = seats(text, row, widths.len());
            let broken: Vec<Vec<Range<usize>>> = row
                .cells
                .iter()
                .zip(&seats)
                .map(|(cell, seat)| {
                    let w = widths[seat.clone()].iter().sum::<usize>() + GAP * (seat.len() - 1);
                    let trimmed = text[cell.clone()].trim_end().len();
                    wrap::lines(&text[cell.start..cell.start + trimmed], w)
                        .into_iter()
                        .map(|r| cell.start + r.start..cell.start + r.end)
                        .collect()
                })
                .collect();
            let height = broken.iter().map(Vec::len).max().unwrap_or(1);
            for i in 0..height {
                let mut line = Line {
                    range: row.range.clone(),
                    ..Line::default()
                };
                for (parts, seat) in broken.iter().zip(&seats) {
                    let mut x = widths[..seat.start].iter().sum::<usize>() + GAP * seat.start;
                    if seat.start > 0 {
                        line.rules.push((x - 2) as u16);
                    }
                    if let Some(range) = parts.get(i).filter(|r| !r.is_empty()) {
                        let words = &text[range.clone()];
                        if seat.len() == 1 && is_number(words) {
                            // Digits stand below digits.
                            x += widths[seat.start].saturating_sub(cells(words.trim_end()));
                        }
                        line.segments.push(Segment {
                            x: x as u16,
                            range: range.clone(),
                        });
                    }
                }
                if i > 0 {
                    line.range = line.segments.first().map_or_else(
                        || row.range.end..row.range.end,
                        |s| s.range.start..row.range.end,
                    );
                }
                lines.push(line);
            }
        }
    }
}

/// Section `0`, the text before the first heading, has no heading of its own.
fn is_opening(section: &crate::report::Section) -> bool {
    section.id == "0"
}

/// Whether a cell holds a number, a sign for none, or nothing.
fn is_number(words: &str) -> bool {
    let plain =
        |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '—' | '/' | '%' | '+');
    words.trim().chars().all(plain)
}

/// Which columns each cell of a row takes. Where a table was flattened, cells that several
/// rows shared are missing from all but the first: the numbers at the end of such a row
/// belong to the last columns, and the label before them takes the room that is left.
fn seats(text: &str, row: &ViewBlock, columns: usize) -> Vec<Range<usize>> {
    let n = row.cells.len();
    let missing = columns.saturating_sub(n);
    let wide = (0..n).rfind(|&i| !is_number(&text[row.cells[i].clone()]));
    let wide = wide.unwrap_or(0);
    (0..n)
        .map(|i| match i.cmp(&wide) {
            std::cmp::Ordering::Less => i..i + 1,
            std::cmp::Ordering::Equal => i..i + missing + 1,
            std::cmp::Ordering::Greater => i + missing..i + missing + 1,
        })
        .collect()
}

/// Widths of a table's columns: what they need, the widest cut first; none when even the
/// narrowest do not fit.
fn column_widths(text: &str, rows: &[ViewBlock], width: usize) -> Option<Vec<usize>> {
    let columns = rows.iter().map(|r| r.cells.len()).max()?;
    let mut widths = vec![1; columns];
    for row in rows {
        for (cell, seat) in row.cells.iter().zip(seats(text, row, columns)) {
            if seat.len() == 1 {
                let need = cells(text[cell.clone()].trim());
                widths[seat.start] = widths[seat.start].max(need);
            }
        }
    }
    let room = width.checked_sub(GAP * (columns - 1))?;
    if room < NARROWEST * columns {
        return None;
    }
    while widths.iter().sum::<usize>() > room {
        let over = widths.iter().sum::<usize>() - room;
        let widest = widths.iter().max().copied()?;
        let next = widths.iter().filter(|&&w| w < widest).max().copied();
        let wide = widths.iter().filter(|&&w| w == widest).count();
        let to = next.unwrap_or(NARROWEST).max(NARROWEST);
        let cut = over.div_ceil(wide).min(widest - to).max(1);
        for w in widths.iter_mut().filter(|w| **w == widest) {
            *w -= cut;
        }
    }
    Some(widths)
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
        assert_eq!(find(&reading, "信息公开"), [6..18]);
        assert!(find(&reading, "  ").is_empty());
    }

    proptest! {
        #[test]
        fn every_line_fits(text in "([一-龥]{1,30}[，。]|[a-z ]{1,9}|\n){1,30}", width in 2usize..70) {
            prop_assume!(!text.trim().is_empty());
            let view = View::new(&reading(&text), false);
            for line in view.lay(width) {
                for s in &line.segments {
                    prop_assert!(usize::from(s.x) + cells(&view.map.text()[s.range.clone()]) <= width);
                }
            }
        }
    }
}
