//! Lines of cells set one under the other, by how wide they are on a terminal rather than
//! by how many characters they have.

use super::width;

/// Where a column's cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Lines to be aligned together.
#[derive(Debug, Clone)]
pub struct Columns {
    aligns: Vec<Align>,
    lines: Vec<Line>,
}

#[derive(Debug, Clone)]
enum Line {
    Cells(Vec<String>),
    Plain(String),
}

/// Blanks between two columns.
const GAP: &str = "  ";

impl Columns {
    /// Nothing yet.
    pub fn new(aligns: &[Align]) -> Self {
        Self {
            aligns: aligns.to_vec(),
            lines: Vec::new(),
        }
    }

    /// Adds a line of cells.
    pub fn push<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        let cells = cells.into_iter().map(Into::into).collect();
        self.lines.push(Line::Cells(cells));
    }

    /// Adds a line that stands for itself, such as a heading.
    pub fn plain(&mut self, line: impl Into<String>) {
        self.lines.push(Line::Plain(line.into()));
    }

    /// The lines, without blanks at their ends.
    pub fn lines(&self) -> Vec<String> {
        let widths = self.widths();
        let set = |line: &Line| match line {
            Line::Plain(line) => line.clone(),
            Line::Cells(cells) => self.set(cells, &widths),
        };
        self.lines.iter().map(set).collect()
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths = vec![0; self.aligns.len()];
        for line in &self.lines {
            if let Line::Cells(cells) = line {
                for (widest, cell) in widths.iter_mut().zip(cells) {
                    *widest = (*widest).max(width::cells(cell));
                }
            }
        }
        widths
    }

    fn set(&self, cells: &[String], widths: &[usize]) -> String {
        let mut out = String::new();
        for (i, cell) in cells.iter().enumerate() {
            if i > 0 {
                out.push_str(GAP);
            }
            let widest = widths.get(i).copied().unwrap_or_default();
            let pad = " ".repeat(widest.saturating_sub(width::cells(cell)));
            match self.aligns.get(i) {
                Some(Align::Right) => out.extend([pad.as_str(), cell]),
                _ => out.extend([cell, pad.as_str()]),
            }
        }
        out.truncate(out.trim_end().len());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_and_latin_cells_end_in_the_same_place() {
        let mut columns = Columns::new(&[Align::Left, Align::Right]);
        columns.push(["申请", "7,743"]);
        columns.plain("──");
        columns.push(["total", "9"]);
        assert_eq!(columns.lines(), ["申请   7,743", "──", "total      9"]);
    }
}
