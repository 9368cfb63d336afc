//! The text of a file whose text we compose ourselves (web pages, documents): blocks
//! separated by newlines, the cells of a row by tabs.

use std::ops::Range;

use super::grid::Grid;
use super::{Block, Shape};

/// Composes a text and its blocks.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
    shapes: Vec<(Range<usize>, Shape)>,
}

impl Writer {
    /// A paragraph; nothing when it holds no visible character.
    pub fn paragraph(&mut self, words: &str) {
        self.line(words, Shape::Paragraph);
    }

    /// A heading of level 1 to 6.
    pub fn heading(&mut self, level: u8, words: &str) {
        self.line(words, Shape::Heading(level));
    }

    fn line(&mut self, words: &str, shape: Shape) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let start = self.text.len();
        self.push(words);
        let range = start..self.text.len();
        self.text.push('\n');
        self.shapes.push((range, shape));
    }

    /// The rows of a table. A cell's words are written once, where it begins; the other
    /// places that it covers have its range. A row ends with its last cell: one that lost a
    /// cell on the way must not look like one whose last cell is blank. Where each cell of
    /// the grid is written; none for one that covers no place.
    pub fn table(&mut self, grid: &Grid) -> Vec<Option<Range<usize>>> {
        let mut ranges: Vec<Option<Range<usize>>> = vec![None; grid.cells.len()];
        for row in &grid.rows {
            let start = self.text.len();
            let last = row.iter().rposition(Option::is_some);
            let row = last.map_or(&row[..], |last| &row[..=last]);
            let mut cells = Vec::with_capacity(row.len());
            for (x, place) in row.iter().enumerate() {
                if x > 0 {
                    self.text.push('\t');
                }
                let at = self.text.len();
                let range = match place {
                    None => at..at,
                    Some(id) => match &ranges[*id] {
                        Some(range) => range.clone(),
                        None => {
                            self.push(grid.cells[*id].trim());
                            let range = at..self.text.len();
                            ranges[*id] = Some(range.clone());
                            range
                        }
                    },
                };
                cells.push(range);
            }
            let range = start..self.text.len();
            self.text.push('\n');
            self.shapes.push((range, Shape::Row(cells)));
        }
        ranges
    }

    /// Bytes of the text so far.
    pub fn written(&self) -> usize {
        self.text.len()
    }

    /// Words on one line: whatever would end it or begin a cell becomes a blank.
    fn push(&mut self, words: &str) {
        self.text.extend(words.chars().map(|c| match c {
            '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            c => c,
        }));
    }

    /// The text and its blocks.
    pub fn finish(self) -> (String, Vec<Block>) {
        let blocks = self
            .shapes
            .into_iter()
            .map(|(range, shape)| Block::new(&self.text, range, shape))
            .collect();
        (self.text, blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::Cell;
    use super::*;

    #[test]
    fn a_spanned_cell_is_written_once_and_has_one_range() {
        let mut writer = Writer::default();
        writer.heading(1, "标题\n续");
        writer.table(&Grid::new(vec![
            vec![
                Cell {
                    words: "结果".into(),
                    columns: 1,
                    rows: 3,
                },
                Cell::one("予以\t公开"),
                Cell::one(""),
            ],
            vec![Cell::one("部分公开"), Cell::one("3")],
            vec![Cell::one("短")],
        ]));
        writer.paragraph(" ");
        let (text, blocks) = writer.finish();
        assert_eq!(text, "标题 续\n结果\t予以 公开\t\n\t部分公开\t3\n\t短\n");
        let rows: Vec<Vec<&str>> = blocks
            .iter()
            .filter_map(|b| match &b.shape {
                Shape::Row(cells) => Some(cells.iter().map(|c| &text[c.clone()]).collect()),
                _ => None,
            })
            .collect();
        assert_eq!(rows[0], ["结果", "予以 公开", ""]);
        assert_eq!(rows[1], ["结果", "部分公开", "3"]);
        assert_eq!(rows[2], ["结果", "短"]);
        assert_eq!(blocks.len(), 4);
    }
}
