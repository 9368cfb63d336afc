//! Cells with spans → a rectangle. Every place of it names the cell that covers it, so
//! that what a cell means can be looked up in its row and its column.

/// Most columns of a table; what stands beyond is put into the last one.
const MAX_COLUMNS: usize = 200;
/// Most rows that one cell may span.
const MAX_ROW_SPAN: usize = 500;
/// Most places of a rectangle that is filled up; above, rows keep the length they have.
const MAX_PLACES: usize = 400_000;

/// A cell as its file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it says, on one line.
    pub words: String,
    /// Columns that it covers; 0 counts as 1.
    pub columns: usize,
    /// Rows that it covers; 0 stands for all that follow.
    pub rows: usize,
}

impl Cell {
    /// A cell that covers one place.
    pub fn one(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            columns: 1,
            rows: 1,
        }
    }
}

/// A table whose spans are resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The cells' words, in reading order.
    pub cells: Vec<String>,
    /// For each row and column the cell there; none where the file has no cell.
    pub rows: Vec<Vec<Option<usize>>>,
}

impl Grid {
    /// Resolves the spans of a table given row by row. Spans that reach too far are cut.
    pub fn new(table: Vec<Vec<Cell>>) -> Self {
        let mut grid = Self::default();
        let height = table.len();
        // Of each column: the cell that still reaches down into it, and for how many rows.
        let mut reaching: Vec<Option<(usize, usize)>> = Vec::new();
        let mut spent = 0;
        for (y, cells) in table.into_iter().enumerate() {
            let mut row: Vec<Option<usize>> = Vec::new();
            for cell in cells {
                while take(&mut reaching, row.len()).is_some_and(|above| {
                    row.push(Some(above));
                    true
                }) {}
                if row.len() >= MAX_COLUMNS {
                    // Nothing that the file says is lost.
                    if let Some(Some(last)) = row.last().copied() {
                        grid.cells[last].push(' ');
                        grid.cells[last].push_str(&cell.words);
                    }
                    continue;
                }
                let id = grid.cells.len();
                grid.cells.push(cell.words);
                let mut columns = cell.columns.clamp(1, MAX_COLUMNS - row.len());
                let mut rows = match cell.rows {
                    0 => height - y,
                    n => n.min(height - y),
                }
                .min(MAX_ROW_SPAN);
                if columns * rows > 1 {
                    spent += columns * rows;
                    if spent > MAX_PLACES {
                        (columns, rows) = (1, 1);
                    }
                }
                for i in 0..columns {
                    let x = row.len();
                    // A wide cell stops where one from above is in its way.
                    if i > 0 && reaching.get(x).is_some_and(Option::is_some) {
                        break;
                    }
                    row.push(Some(id));
                    if rows > 1 {
                        if reaching.len() <= x {
                            reaching.resize(x + 1, None);
                        }
                        reaching[x] = Some((id, rows - 1));
                    }
                }
            }
            while row.len() < reaching.len() {
                let above = take(&mut reaching, row.len());
                row.push(above);
            }
            while row.last() == Some(&None) {
                row.pop();
            }
            grid.rows.push(row);
        }
        grid.fill();
        grid
    }

    /// Columns of the widest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The words at a place; nothing where there is no cell.
    pub fn words(&self, row: usize, column: usize) -> &str {
        self.rows
            .get(row)
            .and_then(|r| r.get(column).copied().flatten())
            .map_or("", |id| &self.cells[id])
    }

    /// Takes out rows.
    pub fn keep_rows(&mut self, keep: impl Fn(usize) -> bool) {
        let mut y = 0;
        self.rows.retain(|_| {
            y += 1;
            keep(y - 1)
        });
    }

    fn fill(&mut self) {
        let width = self.width();
        if width * self.rows.len() <= MAX_PLACES {
            for row in &mut self.rows {
                row.resize(width, None);
            }
        }
    }
}

/// The cell that reaches down into a column from above, one row used up.
fn take(reaching: &mut [Option<(usize, usize)>], column: usize) -> Option<usize> {
    let place = reaching.get_mut(column)?;
    let (id, rows) = (*place)?;
    *place = (rows > 1).then_some((id, rows - 1));
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(words: &str, columns: usize, rows: usize) -> Cell {
        Cell {
            words: words.to_owned(),
            columns,
            rows,
        }
    }

    fn shown(grid: &Grid) -> Vec<String> {
        (0..grid.rows.len())
            .map(|y| {
                (0..grid.width())
                    .map(|x| grid.words(y, x))
                    .collect::<Vec<_>>()
                    .join("|")
            })
            .collect()
    }

    #[test]
    fn a_spanned_cell_stands_in_every_place_that_it_covers() {
        let grid = Grid::new(vec![
            vec![span("甲", 2, 2), span("乙", 1, 3), Cell::one("丙")],
            vec![Cell::one("丁")],
            vec![Cell::one("1"), Cell::one("2"), Cell::one("3")],
        ]);
        assert_eq!(shown(&grid), ["甲|甲|乙|丙", "甲|甲|乙|丁", "1|2|乙|3"]);
    }

    #[test]
    fn spans_that_reach_too_far_are_cut_and_no_word_is_lost() {
        let grid = Grid::new(vec![vec![span("甲", 1_000_000, 0), Cell::one("乙")]]);
        assert_eq!(grid.width(), MAX_COLUMNS);
        assert_eq!(grid.cells.concat(), "甲 乙");
        let grid = Grid::new(vec![
            vec![span("甲", 1, 0), Cell::one("1")],
            vec![Cell::one("2")],
            vec![Cell::one("3")],
        ]);
        assert_eq!(shown(&grid), ["甲|1", "甲|2", "甲|3"]);
    }

    #[test]
    fn a_row_without_cells_still_holds_what_reaches_into_it() {
        let grid = Grid::new(vec![
            vec![span("甲", 1, 2), span("乙", 1, 2)],
            Vec::new(),
            vec![Cell::one("丙")],
        ]);
        assert_eq!(shown(&grid), ["甲|乙", "甲|乙", "丙|"]);
    }

    proptest! {
        #[test]
        fn every_table_becomes_a_rectangle_with_all_its_words(
            table in proptest::collection::vec(
                proptest::collection::vec((0usize..5, 0usize..5), 0..6), 0..8)
        ) {
            let mut n = 0;
            let cells: Vec<Vec<Cell>> = table.iter().map(|row| row.iter().map(|(c, r)| {
                n += 1;
                span(&n.to_string(), *c, *r)
            }).collect()).collect();
            let grid = Grid::new(cells);
            let width = grid.width();
            prop_assert!(grid.rows.iter().all(|r| r.len() == width));
            for id in 0..n {
                prop_assert!(grid.rows.iter().flatten().any(|c| *c == Some(id)), "{id}");
            }
        }
    }
}
