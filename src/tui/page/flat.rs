//! Tables that a portal flattened into a cell a line, put together again for reading: a
//! label and the numbers after it are a row, as many labels above them as it has cells are
//! its head. What is read of such a table is not decided here; this only draws it.

use std::ops::Range;

use super::table::is_number;
use super::view::ViewBlock;

/// Numbers without labels from this many on: a table whose labels all stand before them.
const BARE: usize = 8;
/// The one head of the official forms that stands over others.
const OVER: &str = "法人";
/// Heads beside it that stand over none.
const TOTALS: [&str; 2] = ["总计", "合计"];

/// Tables for a run of rows of which some have one cell only; none when that is all there
/// is to it.
pub fn rows(text: &str, run: &[ViewBlock]) -> Option<Vec<Vec<ViewBlock>>> {
    let mut gather = Gather {
        text,
        run,
        tables: Vec::new(),
        columns: 0,
        labels: 0..0,
        values: 0..0,
    };
    for (i, block) in run.iter().enumerate() {
        gather.take(i, block);
    }
    gather.row();
    gather.alone();
    let wide = |b: &ViewBlock| b.cells.len() > 1;
    let tables = gather.tables;
    tables.iter().flatten().any(wide).then_some(tables)
}

/// Tables as far as they are known, and what has not found its row yet.
struct Gather<'a> {
    text: &'a str,
    run: &'a [ViewBlock],
    tables: Vec<Vec<ViewBlock>>,
    /// Cells of the last table's rows; 0 when there is none to go on with.
    columns: usize,
    labels: Range<usize>,
    values: Range<usize>,
}

impl Gather<'_> {
    fn take(&mut self, i: usize, block: &ViewBlock) {
        let words = self.text[block.range.clone()].trim();
        if block.cells.len() > 1 {
            self.row();
            // Ragged rows of one table stay together.
            let same = self.columns > 0 && self.labels.is_empty();
            let width = if same {
                self.columns
            } else {
                block.cells.len()
            };
            self.push(width, self.labels.clone(), block.clone());
            self.labels = i + 1..i + 1;
            self.values = self.labels.clone();
        } else if !words.is_empty() && is_number(words) {
            if self.values.is_empty() {
                self.values = i..i;
            }
            self.values.end = i + 1;
        } else {
            self.row();
            if self.labels.is_empty() {
                self.labels = i..i;
            }
            self.labels.end = i + 1;
        }
    }

    /// A label and the numbers after it have become a row.
    fn row(&mut self) {
        let n = self.values.len();
        if n == 0 {
            return;
        }
        let bare = self.labels.is_empty() || n >= BARE;
        let label = self.labels.end - usize::from(!bare);
        let cells: Vec<Range<usize>> = (!bare)
            .then_some(label)
            .into_iter()
            .chain(self.values.clone())
            .map(|i| self.run[i].range.clone())
            .collect();
        let end = self.run[self.values.end - 1].range.end;
        let start = cells.first().map_or(end, |c| c.start);
        let heads = self.labels.start..label;
        self.push(cells.len(), heads, row(start..end, cells));
        self.labels = self.values.end..self.values.end;
        self.values = self.labels.clone();
    }

    fn push(&mut self, width: usize, labels: Range<usize>, row: ViewBlock) {
        if width != self.columns || self.tables.is_empty() {
            self.tables.push(Vec::new());
            self.columns = width;
        }
        let heads = heads(self.text, self.run, labels, width);
        if let Some(table) = self.tables.last_mut() {
            table.extend(heads);
            table.push(row);
        }
    }

    /// Labels without numbers stand alone.
    fn alone(&mut self) {
        for i in self.labels.clone() {
            self.tables.push(vec![self.run[i].clone()]);
        }
    }
}

/// The labels before that of a row: its head when there are as many as it has cells, each
/// over the whole width otherwise.
fn heads(text: &str, run: &[ViewBlock], labels: Range<usize>, width: usize) -> Vec<ViewBlock> {
    let range = |i: usize| run[i].range.clone();
    let over = |from: usize| (from..labels.end).position(|i| text[range(i)].starts_with(OVER));
    let wide = |i: usize| row(range(i), vec![range(i); width]);
    // One of them stands over those at the end, and takes no column of its own.
    if let Some(from) = labels
        .end
        .checked_sub(width + 1)
        .filter(|f| *f >= labels.start)
        && let Some(at) = over(from).map(|at| from + at)
    {
        let is_total = |i: usize| TOTALS.iter().any(|t| text[range(i)].starts_with(t));
        let leaves = at + 1 + usize::from(at + 1 < labels.end && is_total(at + 1));
        let leaves = leaves..labels.end;
        let before = (from..at).map(range);
        let after = (at + 1..leaves.start).map(range);
        let first = std::iter::repeat_n(range(at), leaves.len());
        let first = before.clone().chain(first).chain(after.clone());
        let second = before.chain(leaves.map(range)).chain(after);
        let (first, second) = (first.collect(), second.collect());
        let end = range(labels.end - 1).end;
        let mut out: Vec<ViewBlock> = (labels.start..from).map(wide).collect();
        out.push(row(range(from).start..range(from).end, first));
        out.push(row(range(from + 1).start..end, second));
        return out;
    }
    match labels.end.checked_sub(width).filter(|f| *f >= labels.start) {
        Some(from) => {
            let mut out: Vec<ViewBlock> = (labels.start..from).map(wide).collect();
            let cells: Vec<Range<usize>> = (from..labels.end).map(range).collect();
            out.push(row(range(from).start..range(labels.end - 1).end, cells));
            out
        }
        None => labels.map(wide).collect(),
    }
}

fn row(range: Range<usize>, cells: Vec<Range<usize>>) -> ViewBlock {
    ViewBlock {
        range,
        cells,
        heading: false,
        outer: false,
        title: false,
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Format;
    use crate::tui::page::Page;

    #[test]
    fn a_form_with_a_cell_a_line_is_a_table_again() {
        let form = include_bytes!("../../../assets/samples/deqing-2023.txt");
        let reading = crate::reading::read(form, "a.txt", Format::Txt).expect("readable");
        let page = Page::new(&reading, false, 110);
        let text = page.view.map.text();
        let words = |line: &crate::tui::page::Line| -> Vec<String> {
            let segments = line.segments.iter();
            segments.map(|s| text[s.range.clone()].to_owned()).collect()
        };
        let rows: Vec<Vec<String>> = page.lines.iter().map(words).collect();
        let row = |first: &str| {
            let found = rows.iter().find(|r| r.first().is_some_and(|w| w == first));
            found
                .cloned()
                .unwrap_or_else(|| panic!("{first}: {rows:?}"))
        };
        let new = row("（一）予以公开");
        assert_eq!(new[1..], ["52", "9", "1", "0", "1", "2", "65"]);
        assert!(row("申请人情况").contains(&"法人或其他组织".to_owned()));
        assert_eq!(row("行政规范性文件")[1..], ["11", "7", "79"]);
        let starts: Vec<usize> = page.lines.iter().map(|l| l.range.start).collect();
        assert!(starts.is_sorted());
    }
}
