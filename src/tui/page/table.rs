//! Tables drawn as tables: merged cells stand once over all columns and rows they cover,
//! digits below digits, rules below the head and between groups. A table that does not fit
//! even with narrow columns is laid wider than the page; the reader then scrolls sideways.

use std::ops::Range;

use super::view::ViewBlock;
use super::{Line, Segment};
use crate::text::width::cells;
use crate::text::wrap;

/// Narrowest column of words: two Han characters.
const NARROWEST: usize = 4;
/// A column of words wider than this gains nothing by being wider still.
const WIDEST: usize = 48;
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
        let raw: Vec<Vec<Range<usize>>> = rows.iter().map(|r| spread(text, r, columns)).collect();
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

/// What each column needs at least and at most: its numbers whole, `narrowest` cells for
/// its words; a head over numbers is no reason to be wide.
fn bounds(text: &str, grid: &Grid, narrowest: usize) -> (Vec<usize>, Vec<usize>) {
    let mut least = vec![2; grid.columns];
    let mut most = vec![2; grid.columns];
    let mut numbers = vec![(0, 0); grid.columns];
    for cell in grid.cells.iter().filter(|c| c.columns.len() == 1) {
        let words = text[cell.range.clone()].trim();
        let (c, need) = (cell.columns.start, cells(words));
        let number = is_number(words);
        if !words.is_empty() {
            numbers[c].0 += usize::from(number);
            numbers[c].1 += 1;
        }
        let unbroken = if number { need } else { need.min(narrowest) };
        least[c] = least[c].max(unbroken);
        most[c] = most[c].max(need.min(WIDEST));
    }
    for (c, (of_numbers, all)) in numbers.into_iter().enumerate() {
        if of_numbers * 2 > all && grid.columns > 4 {
            most[c] = most[c].min(least[c].max(2 * NARROWEST));
        }
    }
    (least, most)
}

/// Where the columns stand.
struct Plan {
    widths: Vec<usize>,
    /// Cells between two columns: a rule, with blanks beside it where there is room.
    gap: usize,
}

impl Plan {
    fn new(text: &str, grid: &Grid, width: usize) -> Self {
        // Two Han characters on a line, or only one where there are very many columns.
        let (mut least, mut most) = bounds(text, grid, NARROWEST);
        let room = |gap: usize| width.saturating_sub(gap * (grid.columns - 1));
        if room(1) < least.iter().sum() {
            (least, most) = bounds(text, grid, NARROWEST / 2);
        }
        let (least_all, most_all) = (least.iter().sum::<usize>(), most.iter().sum::<usize>());
        let comfort = most_all.min(least_all + 6 * grid.columns);
        let gap = if room(3) >= comfort { 3 } else { 1 };
        let room = room(gap);
        if room >= most_all {
            return Self { widths: most, gap };
        }
        if room < least_all {
            let modest = most.iter().zip(&least).map(|(m, l)| (*m).min(12).max(*l));
            let widths = modest.collect();
            return Self { widths, gap };
        }
        // What is left over goes where most is to be said.
        let (spare, wish) = (room - least_all, (most_all - least_all).max(1));
        let share = |c: usize| (most[c] - least[c]) * spare / wish;
        let mut widths: Vec<usize> = (0..grid.columns).map(|c| least[c] + share(c)).collect();
        // What division leaves over: a cell to each that still lacks some.
        let mut rest = room - widths.iter().sum::<usize>();
        for (width, most) in widths.iter_mut().zip(&most) {
            if rest > 0 && *width < *most {
                *width += 1;
                rest -= 1;
            }
        }
        Self { widths, gap }
    }

    /// Left edge and width of the columns a cell covers.
    fn seat(&self, columns: &Range<usize>) -> (usize, usize) {
        let x = self.widths[..columns.start].iter().sum::<usize>() + self.gap * columns.start;
        let w = self.widths[columns.clone()].iter().sum::<usize>();
        (x, w + self.gap * (columns.len() - 1))
    }

    fn wrap(&self, text: &str, cell: &Cell) -> Vec<Range<usize>> {
        if cell.range.is_empty() {
            return Vec::new();
        }
        let start = cell.range.start;
        let lines = wrap::lines(&text[cell.range.clone()], self.seat(&cell.columns).1);
        let lines = lines.into_iter().map(|r| {
            let trimmed = text[start + r.start..start + r.end].trim_end().len();
            start + r.start..start + r.start + trimmed
        });
        lines.collect()
    }

    fn total(&self) -> usize {
        self.seat(&(0..self.widths.len())).1
    }

    fn line(&self, at: usize, strokes: Vec<Stroke>) -> Line {
        Line {
            range: at..at,
            strokes,
            table: self.total() as u16,
            ..Line::default()
        }
    }

    /// Column of the rule left of column `c`.
    fn rule(&self, c: usize) -> usize {
        self.seat(&(c..c + 1)).0 - 1 - self.gap / 2
    }

    /// The rules between the columns of a row.
    fn uprights(&self, grid: &Grid, r: usize) -> Vec<Stroke> {
        let borders = (1..grid.columns).filter(|&c| !grid.joined_across(r, c));
        let stroke = |c| Stroke {
            x: self.rule(c) as u16,
            len: 1,
            leads: Stroke::UP | Stroke::DOWN,
        };
        borders.map(stroke).collect()
    }

    /// The rule above row `r`, or below the last one; cells that cover the rows on both
    /// sides of it interrupt it.
    fn level(&self, grid: &Grid, r: usize) -> Vec<Stroke> {
        let rows = grid.seats.len();
        let solid = |c: usize| r == 0 || r == rows || grid.seats[r - 1][c] != grid.seats[r][c];
        let mut strokes = Vec::new();
        for c in 0..grid.columns {
            let (x, w) = self.seat(&(c..c + 1));
            let pad = self.gap / 2;
            if c > 0 {
                let leads = [
                    (r > 0 && !grid.joined_across(r - 1, c), Stroke::UP),
                    (r < rows && !grid.joined_across(r, c), Stroke::DOWN),
                    (solid(c - 1), Stroke::LEFT),
                    (solid(c), Stroke::RIGHT),
                ];
                strokes.push(Stroke {
                    x: self.rule(c) as u16,
                    len: 1,
                    leads: leads.iter().filter(|l| l.0).map(|l| l.1).sum(),
                });
            }
            if solid(c) {
                let from = if c > 0 { x - pad } else { x };
                let end = if c + 1 < grid.columns {
                    x + w + pad
                } else {
                    x + w
                };
                strokes.push(Stroke {
                    x: from as u16,
                    len: (end - from) as u16,
                    leads: Stroke::LEFT | Stroke::RIGHT,
                });
            }
        }
        strokes
    }
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
