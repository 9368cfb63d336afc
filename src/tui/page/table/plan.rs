//! Where the columns of a table stand, and the rules between them.

use std::ops::Range;

use super::{Cell, Grid, Stroke, is_number};
use crate::text::width::cells;
use crate::text::wrap;
use crate::tui::page::Line;

/// Narrowest column of words: two Han characters.
const NARROWEST: usize = 4;
/// A column of words wider than this gains nothing by being wider still.
const WIDEST: usize = 48;

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

/// Whether the first column says what each row is about.
fn names_rows(text: &str, grid: &Grid) -> bool {
    let of_first = grid.cells.iter().filter(|c| c.columns == (0..1));
    let words: Vec<&str> = of_first.map(|c| text[c.range.clone()].trim()).collect();
    let named = words.iter().filter(|w| !w.is_empty() && !is_number(w));
    grid.columns >= 3 && named.count() * 2 > grid.seats.len()
}

/// Where the columns stand.
pub(super) struct Plan {
    widths: Vec<usize>,
    /// Cells between two columns: a rule, with blanks beside it where there is room.
    gap: usize,
    /// Cells that stay in sight of a table that is wider than the screen.
    pinned: usize,
}

impl Plan {
    pub(super) fn new(text: &str, grid: &Grid, width: usize) -> Self {
        let (widths, gap) = Self::columns(text, grid, width);
        let mut plan = Self {
            widths,
            gap,
            pinned: 0,
        };
        if plan.total() > width && names_rows(text, grid) {
            // What is left must show more than it hides.
            plan.pinned = Some(plan.rule(1) + 1)
                .filter(|p| p * 2 <= width)
                .unwrap_or(0);
        }
        plan
    }

    /// Widths of the columns, and the gap between two of them.
    fn columns(text: &str, grid: &Grid, width: usize) -> (Vec<usize>, usize) {
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
            return (most, gap);
        }
        if room < least_all {
            let modest = most.iter().zip(&least).map(|(m, l)| (*m).min(12).max(*l));
            let widths = modest.collect();
            return (widths, gap);
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
        (widths, gap)
    }

    /// Left edge and width of the columns a cell covers.
    pub(super) fn seat(&self, columns: &Range<usize>) -> (usize, usize) {
        let x = self.widths[..columns.start].iter().sum::<usize>() + self.gap * columns.start;
        let w = self.widths[columns.clone()].iter().sum::<usize>();
        (x, w + self.gap * (columns.len() - 1))
    }

    pub(super) fn wrap(&self, text: &str, cell: &Cell) -> Vec<Range<usize>> {
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

    pub(super) fn line(&self, at: usize, strokes: Vec<Stroke>) -> Line {
        Line {
            range: at..at,
            strokes,
            table: self.total() as u16,
            pinned: self.pinned as u16,
            ..Line::default()
        }
    }

    /// Column of the rule left of column `c`.
    fn rule(&self, c: usize) -> usize {
        self.seat(&(c..c + 1)).0 - 1 - self.gap / 2
    }

    /// The rules between the columns of a row.
    pub(super) fn uprights(&self, grid: &Grid, r: usize) -> Vec<Stroke> {
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
    pub(super) fn level(&self, grid: &Grid, r: usize) -> Vec<Stroke> {
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
