//! Ruled tables: lines that cross → a grid; characters by the cell that they stand in.

use super::lines::{self, Line, join};
use super::page::Glyph;
use super::path::Rule;
use crate::source::grid::Grid;

/// Lines nearer to each other than this are one, in points.
const NEAR: f64 = 3.0;
/// A row is higher than this, in points.
const SLIVER: f64 = 7.0;
/// Room that word processors keep between a cell's words and its rulings, in points.
const PADDING: f64 = 6.0;
/// Most columns and rows of a table on one page.
const MAX_COLUMNS: usize = 100;
const MAX_ROWS: usize = 500;

/// A table on a page.
#[derive(Debug)]
pub struct Table {
    pub top: f64,
    /// Where its columns begin and the last one ends.
    pub columns: Vec<f64>,
    pub grid: Grid,
    /// Of each cell: whether its last line fills it, so that its words may go on elsewhere.
    pub full: Vec<bool>,
}

impl Table {
    /// Its left end.
    pub fn left(&self) -> f64 {
        self.columns.first().copied().unwrap_or_default()
    }

    /// Its right end.
    pub fn right(&self) -> f64 {
        self.columns.last().copied().unwrap_or_default()
    }
}

/// A line of one direction: at `at`, from `from` to `to`.
#[derive(Debug, Clone, Copy)]
struct Span {
    at: f64,
    from: f64,
    to: f64,
}

/// The tables that lines form; takes the characters in them out of `glyphs`.
pub fn tables(rules: &[Rule], glyphs: &mut Vec<Glyph>) -> Vec<Table> {
    let level = |r: &&Rule| r.x1 - r.x0 >= r.y1 - r.y0;
    let horizontal = merged(rules.iter().filter(level).map(|r| Span {
        at: r.y0,
        from: r.x0,
        to: r.x1,
    }));
    let vertical = merged(rules.iter().filter(|r| !level(r)).map(|r| Span {
        at: r.x0,
        from: r.y0,
        to: r.y1,
    }));
    let mut tables: Vec<Table> = groups(&horizontal, &vertical)
        .into_iter()
        .filter_map(|(h, v)| table(&h, &v, glyphs))
        .collect();
    tables.sort_by(|a, b| a.top.total_cmp(&b.top));
    tables
}

/// Lines that go on with each other as one.
fn merged(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.collect();
    spans.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut all: Vec<Span> = Vec::new();
    let mut i = 0;
    while i < spans.len() {
        let start = spans[i].at;
        let end = i + spans[i..]
            .iter()
            .take_while(|s| s.at - start < NEAR)
            .count();
        let group = &mut spans[i..end];
        let at = group.iter().map(|s| s.at).sum::<f64>() / group.len() as f64;
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<Span> = None;
        for span in group {
            match &mut open {
                Some(open) if span.from - open.to < NEAR => open.to = open.to.max(span.to),
                _ => {
                    all.extend(open.replace(Span { at, ..*span }));
                }
            }
        }
        all.extend(open);
        i = end;
    }
    all.retain(|s| s.to - s.from > NEAR);
    all
}

type Group = (Vec<Span>, Vec<Span>);

/// Lines that hang together by crossings.
fn groups(horizontal: &[Span], vertical: &[Span]) -> Vec<Group> {
    let n = horizontal.len();
    let mut sets = Sets::new(n + vertical.len());
    for (i, h) in horizontal.iter().enumerate() {
        for (j, v) in vertical.iter().enumerate() {
            let crosses = v.at > h.from - NEAR
                && v.at < h.to + NEAR
                && h.at > v.from - NEAR
                && h.at < v.to + NEAR;
            if crosses {
                sets.unite(i, n + j);
            }
        }
    }
    let mut found: std::collections::BTreeMap<usize, Group> = std::collections::BTreeMap::new();
    for i in 0..n + vertical.len() {
        let group = found.entry(sets.root(i)).or_default();
        if i < n {
            group.0.push(horizontal[i]);
        } else {
            group.1.push(vertical[i - n]);
        }
    }
    found
        .into_values()
        .filter(|(h, v)| h.len() >= 2 && !v.is_empty())
        .collect()
}

/// Places where lines lie, from the least to the greatest.
fn places(mut at: Vec<f64>) -> Vec<f64> {
    at.sort_by(f64::total_cmp);
    at.dedup_by(|b, a| *b - *a < NEAR * 1.5);
    at
}

fn table(horizontal: &[Span], vertical: &[Span], glyphs: &mut Vec<Glyph>) -> Option<Table> {
    let ends = |spans: &[Span]| {
        let from = spans.iter().map(|s| s.from).fold(f64::MAX, f64::min);
        let to = spans.iter().map(|s| s.to).fold(f64::MIN, f64::max);
        [from, to]
    };
    // Tables open at their sides end where their lines end.
    let xs = vertical.iter().map(|s| s.at).chain(ends(horizontal));
    let ys = horizontal.iter().map(|s| s.at).chain(ends(vertical));
    let (xs, ys) = (places(xs.collect()), places(ys.collect()));
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    // One column is a frame around text, not a table.
    if columns < 2 || rows < 1 || columns > MAX_COLUMNS || rows > MAX_ROWS {
        return None;
    }
    let (left, right, top, bottom) = (xs[0], xs[columns], ys[0], ys[rows]);
    let middle = |g: &Glyph| (g.x + g.width / 2.0, g.y - g.size * 0.35);
    let inside = |g: &Glyph| {
        let (x, y) = middle(g);
        x > left && x < right && y > top && y < bottom
    };
    let taken: Vec<Glyph> = glyphs.iter().copied().filter(inside).collect();
    if taken.is_empty() {
        return None;
    }
    glyphs.retain(|g| !inside(g));

    // Places without a line between them are one cell.
    let mut sets = Sets::new(columns * rows);
    let lies = |spans: &[Span], at: f64, along: f64| {
        spans
            .iter()
            .any(|s| (s.at - at).abs() < NEAR * 1.5 && s.from - NEAR < along && along < s.to + NEAR)
    };
    for y in 0..rows {
        for x in 0..columns {
            let (mx, my) = (
                f64::midpoint(xs[x], xs[x + 1]),
                f64::midpoint(ys[y], ys[y + 1]),
            );
            if x + 1 < columns && !lies(vertical, xs[x + 1], my) {
                sets.unite(y * columns + x, y * columns + x + 1);
            }
            if y + 1 < rows && !lies(horizontal, ys[y + 1], mx) {
                sets.unite(y * columns + x, (y + 1) * columns + x);
            }
        }
    }
    let mut filled = vec![false; rows];
    let mut held: Vec<Vec<Glyph>> = vec![Vec::new(); columns * rows];
    for glyph in taken {
        let (gx, gy) = middle(&glyph);
        let x = xs[1..columns].iter().filter(|at| **at < gx).count();
        let y = ys[1..rows].iter().filter(|at| **at < gy).count();
        filled[y] = true;
        held[sets.root(y * columns + x)].push(glyph);
    }
    // Cells in reading order.
    let (mut grid, mut full) = (Grid::default(), Vec::new());
    let mut ids: Vec<Option<usize>> = vec![None; columns * rows];
    for y in 0..rows {
        let mut row = Vec::with_capacity(columns);
        for x in 0..columns {
            let cell = sets.root(y * columns + x);
            let id = *ids[cell].get_or_insert_with(|| {
                let lines = lines::lines(std::mem::take(&mut held[cell]));
                let words = lines
                    .iter()
                    .fold(String::new(), |all, l| join(all, &l.text()));
                let wide = (x..columns)
                    .take_while(|x| sets.root(y * columns + x) == cell)
                    .count();
                full.push(fills(lines.last(), xs[x + wide] - xs[x]));
                grid.cells.push(words);
                grid.cells.len() - 1
            });
            row.push(Some(id));
        }
        grid.rows.push(row);
    }
    // Rulings drawn a little beside each other leave no room for a row between them.
    grid.keep_rows(|y| filled[y] || ys[y + 1] - ys[y] > SLIVER);
    Some(Table {
        top,
        columns: xs,
        grid,
        full,
    })
}

/// Whether no further character would fit behind a line in a cell of this width, which
/// keeps a little room at its sides.
fn fills(line: Option<&Line>, width: f64) -> bool {
    line.is_some_and(|line| width - (line.x1 - line.x0) < line.size * 1.1 + 2.0 * PADDING)
}

/// Numbers from 0, put together into sets.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// The least number of the set that a number is in.
    fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let place = |(i, c)| Glyph {
            c,
            x: x + i as f64 * 10.0,
            y,
            width: 10.0,
            size: 10.0,
        };
        text.chars().enumerate().map(place).collect()
    }

    #[test]
    fn lines_make_a_grid_and_missing_ones_merge_cells() {
        let h = |y: f64, x0: f64, x1: f64| Rule {
            x0,
            y0: y,
            x1,
            y1: y,
        };
        let v = |x: f64, y0: f64, y1: f64| Rule {
            x0: x,
            y0,
            x1: x,
            y1,
        };
        // A head over two columns; the left cell goes over both rows below.
        let rules = [
            h(0.0, 0.0, 300.0),
            h(20.0, 0.0, 150.0),
            h(20.5, 150.0, 300.0),
            h(40.0, 100.0, 300.0),
            h(60.0, 0.0, 300.0),
            v(0.0, 0.0, 60.0),
            v(100.0, 20.0, 60.0),
            v(200.0, 0.0, 60.0),
            v(300.0, 0.0, 60.0),
        ];
        let mut glyphs = words("申请人", 20.0, 15.0);
        glyphs.extend(words("总计", 210.0, 15.0));
        glyphs.extend(words("自然", 10.0, 38.0));
        glyphs.extend(words("人", 10.0, 52.0));
        glyphs.extend(words("甲", 110.0, 35.0));
        glyphs.extend(words("12", 210.0, 55.0));
        glyphs.extend(words("表外", 10.0, 90.0));
        let tables = tables(&rules, &mut glyphs);
        assert_eq!(glyphs.len(), 2);
        let grid = &tables[0].grid;
        let row = |y: usize| {
            (0..3)
                .map(|x| grid.words(y, x))
                .collect::<Vec<_>>()
                .join("|")
        };
        assert_eq!(
            [row(0), row(1), row(2)],
            ["申请人|申请人|总计", "自然人|甲|", "自然人||12"]
        );
    }

    #[test]
    fn a_frame_is_no_table() {
        let rules = [
            Rule {
                x0: 0.0,
                y0: 0.0,
                x1: 100.0,
                y1: 0.0,
            },
            Rule {
                x0: 0.0,
                y0: 50.0,
                x1: 100.0,
                y1: 50.0,
            },
            Rule {
                x0: 0.0,
                y0: 0.0,
                x1: 0.0,
                y1: 50.0,
            },
            Rule {
                x0: 100.0,
                y0: 0.0,
                x1: 100.0,
                y1: 50.0,
            },
        ];
        let mut glyphs = words("框", 20.0, 30.0);
        assert!(tables(&rules, &mut glyphs).is_empty());
        assert_eq!(glyphs.len(), 1);
    }
}
