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

/// A label or several, and the numbers after them.
struct Item {
    labels: Range<usize>,
    values: Range<usize>,
}

/// Rows of a table for a run of blocks of one cell each; none when no two of them are one.
pub fn rows(text: &str, run: &[ViewBlock]) -> Option<Vec<Vec<ViewBlock>>> {
    let items = items(text, run);
    if run.len() < 4 || items.iter().all(|i| i.values.is_empty()) {
        return None;
    }
    let mut tables: Vec<Vec<ViewBlock>> = Vec::new();
    let mut columns = 0;
    for item in &items {
        let n = item.values.len();
        if n == 0 {
            tables.extend(item.labels.clone().map(|i| vec![run[i].clone()]));
            columns = 0;
            continue;
        }
        let bare = item.labels.is_empty() || n >= BARE;
        let label = item.labels.end - usize::from(!bare);
        let width = n + usize::from(!bare);
        if width != columns {
            tables.push(Vec::new());
            columns = width;
        }
        let mut cells: Vec<Range<usize>> = Vec::new();
        if !bare {
            cells.push(run[label].range.clone());
        }
        cells.extend(item.values.clone().map(|i| run[i].range.clone()));
        let table = tables.last_mut()?;
        table.extend(heads(text, run, item.labels.start..label, width));
        let end = run[item.values.end - 1].range.end;
        let start = cells.first()?.start;
        table.push(row(start..end, cells));
    }
    Some(tables)
}

fn items(text: &str, run: &[ViewBlock]) -> Vec<Item> {
    let is_value = |i: usize| {
        let words = text[run[i].range.clone()].trim();
        !words.is_empty() && is_number(words)
    };
    let mut items = Vec::new();
    let mut at = 0;
    while at < run.len() {
        let labels = (at..run.len()).find(|&i| is_value(i)).unwrap_or(run.len());
        let values = (labels..run.len())
            .find(|&i| !is_value(i))
            .unwrap_or(run.len());
        items.push(Item {
            labels: at..labels,
            values: labels..values,
        });
        at = values;
    }
    items
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
