//! Tables cut by the ends of pages → one table: head rows that are printed again, cells that
//! go over several rows, and rows whose words go on on the next page.

use super::lines::join;
use super::tables::Table;
use crate::source::grid::Grid;
use crate::text::numeral::starts_with_marker;

/// Columns whose widths differ by less than this are the same, in points.
const NEAR: f64 = 6.0;

impl Table {
    /// Takes in the part of this table that stands on the next page, if `next` is that:
    /// columns as wide (pages printed on both sides have two left margins). A head cut by
    /// the end of the page, or the last rows of a table, may show fewer of them.
    ///
    /// # Errors
    /// `next` when it is a table of its own.
    pub fn continued(&mut self, mut next: Self) -> Result<(), Self> {
        if !self.fit(&mut next) {
            return Err(next);
        }
        // The part of a row that holds nothing but the room around its words.
        while matches!(self.grid.rows.last(), Some(row) if is_blank(&self.grid, row)) {
            self.grid.rows.pop();
        }
        let mut repeated = repeated(&self.grid, &next.grid);
        let head = repeated > 0;
        if !head {
            let rows = next.grid.rows.iter();
            repeated = rows.take_while(|row| is_blank(&next.grid, row)).count();
        }
        if repeated == next.grid.rows.len() {
            return Err(next);
        }
        let pairs = self.pairs(&next, repeated);
        let runs_on = self.runs_on(&next, repeated, &pairs);
        let mut ids: Vec<Option<usize>> = vec![None; next.grid.cells.len()];
        for (above, below) in pairs {
            let words = &next.grid.cells[below];
            let reaches = spans(&self.grid, above) || spans(&next.grid, below);
            if runs_on || (!head && reaches && words.is_empty()) {
                ids[below] = Some(above);
                if !words.is_empty() {
                    let so_far = std::mem::take(&mut self.grid.cells[above]);
                    self.grid.cells[above] = join(so_far, words);
                    self.full[above] = next.full[below];
                }
            }
        }
        let rows = next.grid.rows.into_iter();
        for row in rows.skip(repeated + usize::from(runs_on)) {
            let places = row.into_iter().map(|place| {
                let id = place?;
                Some(*ids[id].get_or_insert_with(|| {
                    self.grid.cells.push(next.grid.cells[id].clone());
                    self.full.push(next.full[id]);
                    self.grid.cells.len() - 1
                }))
            });
            let places = places.collect();
            self.grid.rows.push(places);
        }
        Ok(())
    }

    /// Divides the columns of both alike, if they are the same table's.
    fn fit(&mut self, next: &mut Self) -> bool {
        let (here, there) = (self.widths(), next.widths());
        if alike(&here, &there) {
            return true;
        }
        let last = self.grid.rows.last();
        let is_head = !last.is_some_and(|row| numbers(&self.grid, row));
        if let Some(finer) = refined(&here, &there).filter(|_| is_head) {
            self.refine(&finer, next);
        } else if let Some(finer) = refined(&there, &here) {
            next.refine(&finer, self);
        } else {
            return false;
        }
        true
    }

    /// Where its columns end, from its left end on.
    fn widths(&self) -> Vec<f64> {
        self.columns.iter().map(|x| x - self.left()).collect()
    }

    /// Divides its columns as those of `other` are: `finer` tells for each of them which
    /// column it is a part of.
    fn refine(&mut self, finer: &[usize], other: &Self) {
        for row in &mut self.grid.rows {
            *row = finer
                .iter()
                .map(|x| row.get(*x).copied().flatten())
                .collect();
        }
        let left = self.left();
        self.columns = other.widths().iter().map(|x| left + x).collect();
    }

    /// Cells of the last row here and of the first new row of `next` that cover the same
    /// columns.
    fn pairs(&self, next: &Self, first: usize) -> Vec<(usize, usize)> {
        let (Some(last), Some(first)) = (self.grid.rows.last(), next.grid.rows.get(first)) else {
            return Vec::new();
        };
        let columns =
            |row: &[Option<usize>], id| row.iter().map(|c| *c == Some(id)).collect::<Vec<_>>();
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (above, below) in last.iter().zip(first) {
            if let (Some(above), Some(below)) = (*above, *below)
                && pairs.last() != Some(&(above, below))
                && columns(last, above) == columns(first, below)
            {
                pairs.push((above, below));
            }
        }
        pairs
    }

    /// Whether the first new row of `next` is the rest of the last row here: what stands in
    /// it goes on with full lines or fills what was blank, and some cell has said all it has
    /// to say.
    fn runs_on(&self, next: &Self, first: usize, pairs: &[(usize, usize)]) -> bool {
        let row = &next.grid.rows[first];
        let mut cells: Vec<usize> = row.iter().flatten().copied().collect();
        cells.dedup();
        let (mut goes_on, mut ended) = (false, cells.len() == 1);
        for (above, below) in pairs {
            let (said, rest) = (&self.grid.cells[*above], &next.grid.cells[*below]);
            if rest.is_empty() {
                ended |= !said.is_empty() && !spans(&self.grid, *above);
            } else if said.is_empty()
                || is_open(said)
                || (self.full[*above] && !starts_with_marker(rest))
            {
                goes_on = true;
            } else {
                return false;
            }
        }
        pairs.len() == cells.len() && goes_on && ended
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < NEAR
}

fn alike(here: &[f64], there: &[f64]) -> bool {
    here.len() == there.len() && here.iter().zip(there).all(|(a, b)| near(*a, *b))
}

/// For each column of `finer` the column of `coarser` that it is a part of; none where the
/// one does not divide the other.
fn refined(coarser: &[f64], finer: &[f64]) -> Option<Vec<usize>> {
    let ends = near(*coarser.last()?, *finer.last()?);
    let divided = coarser
        .iter()
        .all(|x| finer.iter().any(|other| near(*x, *other)));
    (ends && divided && coarser.len() > 2).then(|| {
        let columns = finer.windows(2).map(|pair| {
            let middle = f64::midpoint(pair[0], pair[1]);
            coarser[1..].iter().take_while(|x| **x < middle).count()
        });
        columns.collect()
    })
}

fn is_blank(grid: &Grid, row: &[Option<usize>]) -> bool {
    row.iter().flatten().all(|id| grid.cells[*id].is_empty())
}

/// Whether words end within brackets.
fn is_open(words: &str) -> bool {
    let count = |brackets: [char; 2]| words.matches(brackets).count();
    count(['（', '(']) > count(['）', ')'])
}

/// Whether figures stand in a row.
fn numbers(grid: &Grid, row: &[Option<usize>]) -> bool {
    let number = |id: &usize| {
        let words = &grid.cells[*id];
        !words.is_empty() && words.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    row.iter().flatten().any(number)
}

/// How many rows of the head are printed again at the top of the next page.
fn repeated(grid: &Grid, more: &Grid) -> usize {
    let width = grid.width();
    let same = |y: &usize| {
        *y < grid.rows.len()
            && (0..width).all(|x| grid.words(*y, x) == more.words(*y, x))
            && (0..width).any(|x| !more.words(*y, x).is_empty())
    };
    (0..more.rows.len()).take_while(same).count()
}

/// Whether a cell covers more than one row.
fn spans(grid: &Grid, id: usize) -> bool {
    let rows = grid.rows.iter().filter(|row| row.contains(&Some(id)));
    rows.take(2).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of cells between bars; `~` stands behind a cell whose last line fills it.
    fn table(columns: &[f64], rows: &[&str]) -> Table {
        let (mut grid, mut full) = (Grid::default(), Vec::new());
        for row in rows {
            let mut places = Vec::new();
            for words in row.split('|') {
                if words == "<" {
                    places.push(places.last().copied().flatten());
                    continue;
                }
                full.push(words.ends_with('~'));
                grid.cells.push(words.trim_end_matches('~').to_owned());
                places.push(Some(grid.cells.len() - 1));
            }
            grid.rows.push(places);
        }
        Table {
            top: 0.0,
            columns: columns.to_vec(),
            grid,
            full,
        }
    }

    fn joined(mut above: Table, below: Table) -> Option<Vec<String>> {
        above.continued(below).ok()?;
        let grid = &above.grid;
        let row = |y| {
            (0..grid.width())
                .map(|x| grid.words(y, x))
                .collect::<Vec<_>>()
                .join("|")
        };
        Some((0..grid.rows.len()).map(row).collect())
    }

    #[test]
    fn a_row_cut_by_the_end_of_a_page_is_one_row() {
        let columns = [50.0, 150.0, 200.0];
        // Pages printed on both sides have two margins.
        let shifted = [70.0, 170.0, 220.0];
        let above = table(&columns, &["指标|数量", "过程中信息且影~|0"]);
        let below = table(&shifted, &["响安全稳定|", "其他情形|3"]);
        assert_eq!(
            joined(above, below).expect("one table"),
            ["指标|数量", "过程中信息且影响安全稳定|0", "其他情形|3"]
        );
        // Figures set in the middle stand on one page, the label on the other.
        let above = table(&columns, &["重复申请|2", "|7"]);
        let below = table(&columns, &["信访类申请|", "其他|1"]);
        assert_eq!(
            joined(above, below).expect("one table"),
            ["重复申请|2", "信访类申请|7", "其他|1"]
        );
    }

    #[test]
    fn whole_rows_stay_apart_and_heads_printed_again_are_left_out() {
        let columns = [50.0, 150.0, 200.0];
        let above = table(&columns, &["指标|数量", "过程中信息~|0"]);
        let below = table(&columns, &["指标|数量", "1.重复申请|", "其他|"]);
        assert_eq!(
            joined(above, below).expect("one table"),
            ["指标|数量", "过程中信息|0", "1.重复申请|", "其他|"]
        );
        let above = table(&columns, &["指标|数量"]);
        let other = table(&[50.0, 120.0, 200.0], &["甲|1"]);
        assert_eq!(joined(above, other), None);
    }

    #[test]
    fn a_head_cut_by_the_end_of_a_page_gets_the_columns_of_the_rest() {
        let above = table(&[0.0, 40.0, 100.0], &["（本列关系为|申请人情况"]);
        let below = table(
            &[0.0, 40.0, 70.0, 100.0],
            &["第一项）||<", "新收|自然人|总计", "|3|4"],
        );
        assert_eq!(
            joined(above, below).expect("one table"),
            [
                "（本列关系为第一项）|申请人情况|申请人情况",
                "新收|自然人|总计",
                "|3|4"
            ]
        );
    }
}
