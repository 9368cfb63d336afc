//! Tables drawn as tables: merged cells stand once over all columns and rows they cover,
//! digits below digits, rules below the head and between groups. A table that does not fit
//! even with narrow columns is laid wider than the page; the reader then scrolls sideways.

mod head;
mod plan;

use std::ops::Range;

use super::view::ViewBlock;
use super::{Line, Segment};
use crate::text::width::cells;
use plan::Plan;

/// Rows that may be a table's head.
const HEAD: usize = 4;

/// A rule of a table: `len` cells from column `x`, and where it leads at each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stroke {
    /// Cells to its left.
    pub x: u16,
    /// Cells it takes.
    pub len: u16,
    /// [`Stroke::UP`] and the others, added.
    pub leads: u8,
}

impl Stroke {
    /// Upwards.
    pub const UP: u8 = 1;
    /// Downwards.
    pub const DOWN: u8 = 2;
    /// To the left.
    pub const LEFT: u8 = 4;
    /// To the right.
    pub const RIGHT: u8 = 8;
}

/// A cell with all rows and columns it covers.
struct Cell {
    range: Range<usize>,
    rows: Range<usize>,
    columns: Range<usize>,
}

/// Lays the rows of a table below one another.
pub fn lay(text: &str, rows: &[ViewBlock], width: usize, lines: &mut Vec<Line>) {
    let grid = Grid::new(text, rows);
    let plan = Plan::new(text, &grid, width);
    let head = grid.head(text);
    let broken: Vec<Vec<Range<usize>>> = grid.cells.iter().map(|c| plan.wrap(text, c)).collect();
    let heights = heights(&grid, &broken);
    // Where the rules are: above a row, and below the last one.
    let many = |r: usize| heights[r] > 1;
    let ruled: Vec<bool> = (0..=rows.len())
        .map(|r| {
            r == 0
                || r == rows.len()
                || r == head
                || (r > head
                    && (grid.group_ends(r) || grid.is_caption(r) || many(r) || many(r - 1)))
        })
        .collect();
    let first = lines.len();
    let mut starts = Vec::with_capacity(rows.len());
    for (r, row) in rows.iter().enumerate() {
        if ruled[r] {
            lines.push(plan.line(row.range.start, plan.level(&grid, r)));
        }
        starts.push(lines.len());
        for i in 0..heights[r] {
            let mut line = plan.line(row.range.start, plan.uprights(&grid, r));
            // Only the first of a row's lines is the one a byte of it is looked for on.
            line.range = match i {
                0 => row.range.clone(),
                _ => row.range.end..row.range.end,
            };
            lines.push(line);
        }
    }
    let end = rows.last().map_or(0, |r| r.range.end);
    lines.push(plan.line(end, plan.level(&grid, rows.len())));
    debug_assert!(lines.len() > first);
    for (cell, parts) in grid.cells.iter().zip(broken) {
        let (x, w) = plan.seat(&cell.columns);
        for (i, range) in parts.into_iter().enumerate() {
            let words = &text[range.clone()];
            let x = if is_number(words) && cell.columns.len() == 1 {
                // Digits stand below digits.
                x + w.saturating_sub(cells(words))
            } else {
                x
            };
            if let Some(line) = lines.get_mut(starts[cell.rows.start] + i) {
                line.segments.push(Segment { x: x as u16, range });
            }
        }
    }
    for line in &mut lines[first..] {
        line.segments.sort_by_key(|s| s.x);
    }
}

/// Lines each row takes. A cell over several rows that needs more than they have makes the
/// last of them taller.
fn heights(grid: &Grid, broken: &[Vec<Range<usize>>]) -> Vec<usize> {
    let mut heights = vec![1; grid.seats.len()];
    for (cell, parts) in grid.cells.iter().zip(broken) {
        if cell.rows.len() == 1 {
            heights[cell.rows.start] = heights[cell.rows.start].max(parts.len());
        }
    }
    for (cell, parts) in grid.cells.iter().zip(broken) {
        let have: usize = heights[cell.rows.clone()].iter().sum();
        if have < parts.len() {
            heights[cell.rows.end - 1] += parts.len() - have;
        }
    }
    heights
}

/// Which cell stands where.
struct Grid {
    cells: Vec<Cell>,
    /// For each row and column the cell there.
    seats: Vec<Vec<usize>>,
    columns: usize,
}

impl Grid {
    fn new(text: &str, rows: &[ViewBlock]) -> Self {
        let columns = rows.iter().map(|r| r.cells.len()).max().unwrap_or(1);
        let head = head::restored(text, rows, columns).unwrap_or_default();
        let rest = rows[head.len()..].iter().map(|r| spread(text, r, columns));
        let raw: Vec<Vec<Range<usize>>> = head.into_iter().chain(rest).collect();
        let mut cells: Vec<Cell> = Vec::new();
        let mut seats: Vec<Vec<Option<usize>>> = vec![vec![None; columns]; rows.len()];
        for r in 0..rows.len() {
            for c in 0..columns {
                if seats[r][c].is_some() {
                    continue;
                }
                let range = raw[r][c].clone();
                let same = |r: usize, c: usize| !range.is_empty() && raw[r][c] == range;
                let end = (c + 1..columns).find(|&c| !same(r, c)).unwrap_or(columns);
                let below = (r + 1..rows.len()).find(|&r| !(c..end).all(|c| same(r, c)));
                let cell = Cell {
                    range: range.clone(),
                    rows: r..below.unwrap_or(rows.len()),
                    columns: c..end,
                };
                for row in &mut seats[cell.rows.clone()] {
                    row[cell.columns.clone()].fill(Some(cells.len()));
                }
                cells.push(cell);
            }
        }
        let seats = seats
            .into_iter()
            .map(|row| row.into_iter().flatten().collect());
        Self {
            cells,
            seats: seats.collect(),
            columns,
        }
    }

    /// Rows of the head: those above the first number that is not in the first column.
    fn head(&self, text: &str) -> usize {
        let is_value = |i: &usize| {
            let words = text[self.cells[*i].range.clone()].trim();
            !words.is_empty() && is_number(words)
        };
        let first = self
            .seats
            .iter()
            .position(|row| row.iter().skip(1).any(is_value));
        first.filter(|r| (1..=HEAD).contains(r)).unwrap_or(1)
    }

    /// Whether a cell that covers several rows ends, or begins, above this row.
    fn group_ends(&self, r: usize) -> bool {
        let (above, below) = (self.seats[r - 1][0], self.seats[r][0]);
        let tall = |i: usize| self.cells[i].rows.len() > 1;
        above != below && (tall(above) || tall(below))
    }

    /// Whether one cell takes the whole row.
    fn is_caption(&self, r: usize) -> bool {
        self.columns > 1 && self.cells[self.seats[r][0]].columns.len() == self.columns
    }

    /// Whether one cell stands on both sides of the border left of a column.
    fn joined_across(&self, r: usize, c: usize) -> bool {
        self.seats[r][c - 1] == self.seats[r][c]
    }
}

/// The cells of a row, one for each column. Where a table was flattened, cells that several
/// rows shared are missing from all but the first: the numbers at the end of such a row
/// belong to the last columns, and the label before them takes the room that is left.
fn spread(text: &str, row: &ViewBlock, columns: usize) -> Vec<Range<usize>> {
    let missing = columns.saturating_sub(row.cells.len());
    let wide = row.cells.iter().rposition(|c| !is_number(&text[c.clone()]));
    let wide = wide.unwrap_or(0);
    let times = |i: usize| if i == wide { missing + 1 } else { 1 };
    let cells = row.cells.iter().enumerate().map(|(i, cell)| {
        let trimmed = text[cell.clone()].trim_end().len();
        (times(i), cell.start..cell.start + trimmed)
    });
    cells
        .flat_map(|(n, cell)| std::iter::repeat_n(cell, n))
        .collect()
}

/// Whether a cell holds a number, a sign for none, or nothing.
pub(super) fn is_number(words: &str) -> bool {
    let plain =
        |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '—' | '/' | '%' | '+');
    words.trim().chars().all(plain)
}

#[cfg(test)]
mod tests {
    use crate::source::Format;
    use crate::text::width::cells;
    use crate::tui::page::{Page, Stroke};
    use proptest::prelude::*;

    fn page(text: &str, width: u16) -> Page {
        let reading = crate::reading::read(text.as_bytes(), "a.md", Format::Md).expect("readable");
        Page::new(&reading, false, width)
    }

    /// The page as a person sees it, rules as `|`, `-` and `+`.
    fn drawn(page: &Page) -> String {
        let text = page.view.map.text();
        let mut out = String::new();
        for line in &page.lines {
            let mut row: Vec<String> = vec![" ".into(); 200];
            for s in &line.strokes {
                let sign = match (s.leads & 3 > 0, s.leads & 12 > 0) {
                    (true, true) => "+",
                    (true, false) => "|",
                    _ => "-",
                };
                row[usize::from(s.x)..usize::from(s.x + s.len)].fill(sign.into());
            }
            for s in &line.segments {
                let mut x = usize::from(s.x);
                for c in text[s.range.clone()].chars() {
                    assert_eq!(row[x], " ", "nothing is written over: {c}");
                    row[x] = c.to_string();
                    for half in 1..cells(&c.to_string()) {
                        row[x + half].clear();
                    }
                    x += cells(&c.to_string());
                }
            }
            out += row.concat().trim_end();
            out.push('\n');
        }
        out
    }

    #[test]
    fn a_table_has_rules_and_digits_below_digits() {
        let text = "| 指标 | 件数 |\n|---|---|\n| 收到申请 | 12 |\n| 办结 | 1,305 |\n";
        assert_eq!(
            drawn(&page(text, 60)),
            "---------+------\n指标     | 件数\n---------+------\n收到申请 |    12\n办结     | 1,305\n---------+------\n"
        );
    }

    #[test]
    fn a_table_that_does_not_fit_is_wider_than_the_page() {
        let row = |c: &str| format!("|{}\n", format!(" {c} |").repeat(14));
        let text = format!("{}|{}\n{}", row("申请"), "---|".repeat(14), row("123456"));
        let page = page(&text, 40);
        let widest = page.lines.iter().map(|l| l.table).max();
        assert!(widest > Some(40), "{widest:?}");
        assert!(drawn(&page).contains("123456"));
    }

    #[test]
    fn a_first_column_of_names_is_pinned_and_one_of_numbers_is_not() {
        let pinned = |first: &str| {
            let row = |c: &str, n: &str| format!("| {c} |{}\n", format!(" {n} |").repeat(12));
            let text = row("单位", "申请") + &row("---", "---") + &row(first, "123456").repeat(4);
            page(&text, 40).lines.iter().map(|l| l.pinned).max()
        };
        assert_eq!(pinned("教育局"), Some(7));
        assert_eq!(pinned("12"), Some(0));
        let narrow = page(
            "| 单位 | 甲 | 乙 |\n|---|---|---|\n| 教育局 | 1 | 2 |\n",
            40,
        );
        assert!(narrow.lines.iter().all(|l| l.pinned == 0));
    }

    proptest! {
        #[test]
        fn no_two_things_stand_in_one_place(
            rows in prop::collection::vec(prop::collection::vec("[一-龥]{0,12}|[0-9]{1,5}", 3), 1..6),
            width in 8u16..70,
        ) {
            let mut text = String::from("| 甲 | 乙 | 丙 |\n|---|---|---|\n");
            for row in &rows {
                text += &format!("| {} |\n", row.join(" | "));
            }
            let page = page(&text, width);
            drawn(&page);
            let starts: Vec<usize> = page.lines.iter().map(|l| l.range.start).collect();
            prop_assert!(starts.is_sorted());
            let up = |s: &Stroke| s.x < 70;
            prop_assert!(page.lines.iter().flat_map(|l| &l.strokes).all(up));
        }
    }
}
