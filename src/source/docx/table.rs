//! Tables as Word writes them: cells that go on with the one above or to the left → cells
//! with the rows and columns that they cover.

use std::collections::HashMap;

use super::Piece;
use crate::source::grid::Cell;

/// A table while it is read.
#[derive(Default)]
pub struct Table {
    /// Its cells as they are written.
    pub rows: Vec<Vec<Merged>>,
    /// Its last row was deleted under change tracking.
    pub row_deleted: bool,
    /// Some cell holds a table of its own: this one only lays things out.
    pub nests: bool,
}

/// A cell with how it is merged.
pub struct Merged {
    /// What stands in it.
    pub pieces: Vec<Piece>,
    /// Columns that it covers.
    pub columns: usize,
    /// It goes on with the cell above.
    pub continues: bool,
    /// It goes on with those below.
    pub begins: bool,
    /// It goes on with the cell to the left (an old way to merge).
    pub to_left: bool,
}

impl Default for Merged {
    fn default() -> Self {
        Self {
            pieces: Vec::new(),
            columns: 1,
            continues: false,
            begins: false,
            to_left: false,
        }
    }
}

impl Table {
    /// The table as it is read; one that only lays things out, or frames them, as what it
    /// holds.
    pub fn pieces(self) -> Vec<Piece> {
        let mut cells = self.rows.iter().flatten().filter(|c| !c.pieces.is_empty());
        let frames = cells.next().is_some() && cells.next().is_none();
        if self.nests || frames {
            let cells = self.rows.into_iter().flatten();
            return cells.flat_map(|cell| cell.pieces).collect();
        }
        vec![Piece::Table(resolved(&self.rows))]
    }
}

/// Cells with the rows and columns that they cover in place of marks of merging.
fn resolved(table: &[Vec<Merged>]) -> Vec<Vec<Cell>> {
    // Of every cell: the column it begins in.
    let begins: Vec<Vec<usize>> = table
        .iter()
        .map(|row| {
            let mut x = 0;
            row.iter()
                .map(|cell| {
                    x += cell.columns;
                    x - cell.columns
                })
                .collect()
        })
        .collect();
    // The cell that a column is covered by, as (row, cell), while it goes on downwards.
    let mut open: HashMap<usize, (usize, usize)> = HashMap::new();
    let mut rows: Vec<Vec<Option<Cell>>> = Vec::with_capacity(table.len());
    for (y, row) in table.iter().enumerate() {
        let mut cells: Vec<Option<Cell>> = Vec::with_capacity(row.len());
        for (i, cell) in row.iter().enumerate() {
            let x = begins[y][i];
            if cell.to_left
                && let Some(Some(left)) = cells.iter_mut().rev().find(|c| c.is_some())
            {
                left.columns += cell.columns;
                cells.push(None);
                continue;
            }
            if cell.continues
                && let Some((above, at)) = open.get(&x)
                && let Some(Some(above)) = rows.get_mut(*above).and_then(|r| r.get_mut(*at))
                && above.columns == cell.columns
            {
                above.rows += 1;
                cells.push(None);
                continue;
            }
            if cell.begins || cell.continues {
                open.insert(x, (y, i));
            } else {
                open.remove(&x);
            }
            cells.push(Some(Cell {
                words: joined(&cell.pieces),
                columns: cell.columns,
                rows: 1,
            }));
        }
        rows.push(cells);
    }
    rows.into_iter()
        .map(|row| row.into_iter().flatten().collect())
        .collect()
}

/// The words of pieces on one line.
pub fn joined(pieces: &[Piece]) -> String {
    pieces.iter().fold(String::new(), |all, piece| match piece {
        Piece::Line(_, words) => join(all, words),
        Piece::Table(rows) => rows
            .iter()
            .flatten()
            .fold(all, |all, cell| join(all, &cell.words)),
        Piece::Grid(grid) => grid.cells.iter().fold(all, |all, cell| join(all, cell)),
    })
}

/// Two lines as one: Chinese needs no blank between them.
pub fn join(mut all: String, line: &str) -> String {
    let line = line.trim();
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii() && !c.is_ascii_punctuation());
    if latin(all.chars().last()) && latin(line.chars().next()) {
        all.push(' ');
    }
    all.push_str(line);
    all
}
