//! Tables that a converter left in a text as HTML, because Markdown has no merged cells.

use std::ops::Range;

use super::super::grid::{Cell, Grid};
use super::super::{Block, Shape};

/// A table and its rows.
#[derive(Debug)]
pub struct Table {
    /// From its first tag to its last.
    pub range: Range<usize>,
    /// Its rows, spans resolved.
    pub rows: Vec<Block>,
}

/// The tables in a text, in order.
pub fn tables(text: &str) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut open: Option<Open> = None;
    let tags = Tags { text, at: 0 };
    for tag in tags {
        match (&mut open, tag.name.as_str()) {
            (None, "table") if !tag.closes => open = Some(Open::at(tag.range.start)),
            (Some(table), "table") if tag.closes && table.inner == 0 => {
                table.close_cell(tag.range.start);
                tables.extend(open.take().and_then(|t| t.finish(text, tag.range.end)));
            }
            (Some(table), "table") => match tag.closes {
                true => table.inner -= 1,
                false => table.inner += 1,
            },
            (Some(table), "tr" | "td" | "th") if table.inner == 0 => {
                table.close_cell(tag.range.start);
                match (tag.closes, tag.name == "tr") {
                    (false, true) => table.rows.push(Vec::new()),
                    (false, false) => {
                        table.cell = Some((
                            tag.range.end,
                            tag.span(text, "colspan"),
                            tag.span(text, "rowspan"),
                        ))
                    }
                    (true, _) => {}
                }
            }
            _ => {}
        }
    }
    tables
}

/// A table that is being read.
struct Open {
    start: usize,
    /// How many tables within its cells are open.
    inner: usize,
    rows: Vec<Vec<(Range<usize>, usize, usize)>>,
    /// Where the open cell begins, and what it spans.
    cell: Option<(usize, usize, usize)>,
}

impl Open {
    fn at(start: usize) -> Self {
        Self {
            start,
            inner: 0,
            rows: Vec::new(),
            cell: None,
        }
    }

    fn close_cell(&mut self, end: usize) {
        if let (Some((start, columns, rows)), Some(row)) = (self.cell.take(), self.rows.last_mut())
        {
            row.push((start..end, columns, rows));
        }
    }

    fn finish(self, text: &str, end: usize) -> Option<Table> {
        let bare = |range: &Range<usize>| bare(text, range.clone());
        let ranges: Vec<Range<usize>> = self.rows.iter().flatten().map(|c| bare(&c.0)).collect();
        let cell = |(_, columns, rows): &(Range<usize>, usize, usize)| Cell {
            words: String::new(),
            columns: *columns,
            rows: *rows,
        };
        let cells = self.rows.iter().map(|row| row.iter().map(cell).collect());
        let grid = Grid::new(cells.collect());
        let mut rows = Vec::with_capacity(grid.rows.len());
        let mut at = self.start;
        for row in grid.rows {
            let cells = row
                .iter()
                .map(|id| id.map_or(at..at, |id| ranges[id].clone()));
            let cells: Vec<Range<usize>> = cells.collect();
            // A cell that reaches into the row from above is words of the row where it begins.
            let mut own: Vec<Range<usize>> =
                cells.iter().filter(|c| c.start >= at).cloned().collect();
            own.dedup();
            at = own.last().map_or(at, |c| c.end);
            if !own.is_empty() {
                rows.push(Block::of_pieces(text, &own, Shape::Row(cells)));
            }
        }
        (!rows.is_empty()).then_some(Table {
            range: self.start..end,
            rows,
        })
    }
}

/// What is left of a cell without the tags and blanks at its ends.
fn bare(text: &str, mut range: Range<usize>) -> Range<usize> {
    const BLANK: &str = "&nbsp;";
    loop {
        let before = range.clone();
        range = super::super::trimmed(text, range);
        let inner = &text[range.clone()];
        if inner.starts_with('<') {
            range.start += inner.find('>').map_or(0, |at| at + 1);
        } else if inner.ends_with('>') {
            range.end -= inner.rfind('<').map_or(0, |at| inner.len() - at);
        } else if inner.starts_with(BLANK) {
            range.start += BLANK.len();
        } else if inner.ends_with(BLANK) {
            range.end -= BLANK.len();
        }
        if range == before {
            return range;
        }
    }
}

struct Tag {
    name: String,
    closes: bool,
    range: Range<usize>,
}

impl Tag {
    /// How many rows or columns an attribute says; one without it.
    fn span(&self, text: &str, attribute: &str) -> usize {
        let tag = text[self.range.clone()].to_ascii_lowercase();
        let said = tag.split_once(attribute).map_or("", |(_, behind)| behind);
        let said = said.trim_start_matches([' ', '=', '"', '\'']);
        let digits = said.len() - said.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        said[..digits].parse().unwrap_or(1)
    }
}

/// The tags of a text.
struct Tags<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        loop {
            let start = self.at + self.text[self.at..].find('<')?;
            self.at = start + 1;
            let rest = &self.text[self.at..];
            let inner = rest.strip_prefix('/').unwrap_or(rest);
            let letters = inner.bytes().take_while(u8::is_ascii_alphabetic).count();
            let Some(end) = inner.find('>').filter(|_| letters > 0) else {
                continue;
            };
            self.at += rest.len() - inner.len() + end + 1;
            return Some(Tag {
                name: inner[..letters].to_ascii_lowercase(),
                closes: inner.len() < rest.len(),
                range: start..self.at,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<Vec<&str>>> {
        let cells = |block: &Block| match &block.shape {
            Shape::Row(cells) => cells.iter().map(|c| &text[c.clone()]).collect(),
            _ => Vec::new(),
        };
        let tables = tables(text);
        tables
            .iter()
            .map(|t| t.rows.iter().map(cells).collect())
            .collect()
    }

    #[test]
    fn spans_are_resolved_and_tags_are_no_words() {
        let text = "前<TABLE border=1>\n<tr><td rowspan=\"2\">项目</td><th colspan='2'><b>数量</b></th></tr>\n<tr><td><p>3</p><td>&nbsp;</td></tr></table>后";
        assert_eq!(read(text), [[["项目", "数量", "数量"], ["项目", "3", ""]]]);
    }

    #[test]
    fn what_is_not_closed_is_no_table() {
        assert!(read("<table><tr><td>3").is_empty());
        assert!(read("a < b 表 <td>3</td> <").is_empty());
    }
}
