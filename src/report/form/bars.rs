//! Bars that text extractors leave of a table: one behind each cell, also where a cell has a
//! line of its own, and at the end of a row more of them for what its cells span.

use super::label::Labels;
use crate::source::{Block, Shape};

/// What the bars of a line say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bars {
    /// Nothing but bars: cells with nothing in them, and bars for what others span.
    Only {
        /// Bars that stand alone.
        blanks: usize,
        /// Bars that touch.
        spans: usize,
    },
    /// One cell with a bar behind it, and bars for what the cells of the row span.
    Cell {
        /// How many.
        spans: usize,
    },
    /// No bars, a bar before the words, or several cells.
    Other,
}

impl Bars {
    /// What the bars in the line of a block say.
    pub fn of(text: &str, block: &Block) -> Self {
        let line = line_of(text, block).trim();
        let words = line.trim_end_matches(|c: char| c == '|' || c.is_whitespace());
        if words.is_empty() && !line.is_empty() {
            let (alone, touching): (Vec<&str>, Vec<&str>) =
                line.split_whitespace().partition(|run| run.len() == 1);
            return Self::Only {
                blanks: alone.len(),
                spans: touching.iter().map(|run| run.len()).sum(),
            };
        }
        match line[words.len()..].matches('|').count() {
            bars if bars > 0 && !words.contains(['|', '\t']) => Self::Cell { spans: bars - 1 },
            _ => Self::Other,
        }
    }

    /// Whether the line is one cell with its words.
    pub fn is_cell(&self) -> bool {
        matches!(self, Self::Cell { .. })
    }

    /// Whether the line is a cell behind which its row may go on.
    pub fn goes_on(self) -> bool {
        matches!(
            self,
            Self::Cell { spans: 0 }
                | Self::Only {
                    blanks: 1,
                    spans: 0
                }
        )
    }
}

/// The line of the text that a block stands in.
pub fn line_of<'t>(text: &'t str, block: &Block) -> &'t str {
    let start = text[..block.range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[block.range.end..].find('\n');
    &text[start..end.map_or(text.len(), |at| block.range.end + at)]
}

/// Whether a line of nothing but bars is the row of a grid that was left blank: the row above
/// it has as many cells.
pub fn is_blank_row(blocks: &[Block], at: usize) -> bool {
    let width = |b: &Block| match &b.shape {
        Shape::Row(cells) => cells.len(),
        _ => 0,
    };
    let above = at.checked_sub(1).map_or(0, |above| width(&blocks[above]));
    above > 2 && above == width(&blocks[at])
}

/// Whether rows begin with a bar on a line of its own: then most labels, or the names of
/// their groups, have one above them.
pub fn rows_are_opened(blocks: &[Block], shapes: &[Bars], labels: &Labels) -> bool {
    let alone = |at: Option<usize>| {
        let shape = at.and_then(|at| shapes.get(at));
        matches!(
            shape,
            Some(Bars::Only {
                blanks: 1,
                spans: 0
            })
        )
    };
    let (mut rows, mut opened) = (0, 0);
    for (i, block) in blocks
        .iter()
        .enumerate()
        .filter(|(i, _)| shapes[*i].is_cell())
    {
        let words = block.folded.text().trim_end_matches(['|', ' ']);
        if labels.is_word(words) || !labels.is_label(words) {
            continue;
        }
        let above = i.checked_sub(1);
        let group = above.filter(|a| shapes[*a].is_cell()).and(i.checked_sub(2));
        rows += 1;
        opened += usize::from(alone(above) || alone(group));
    }
    rows >= 2 && opened * 5 >= rows * 4
}
