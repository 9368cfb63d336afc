//! Puts together what the page has cut: sentences broken by `<br>` at a measure, tables
//! broken by a page's end, headers repeated on every page.

use super::render::{Line, Piece};
use crate::source::grid::Grid;
use crate::source::plain::rows::is_value;
use crate::source::plain::wrap;
use crate::text::fold::fold;

/// Most rows that a header has.
const MAX_HEADER: usize = 6;

/// The pieces of an article, put together.
pub fn join(pieces: Vec<Piece>) -> Vec<Piece> {
    tables(sentences(pieces))
}

fn sentences(pieces: Vec<Piece>) -> Vec<Piece> {
    let soft = |p: &Piece| match p {
        Piece::Line(line) if line.soft => Some(line.words.clone()),
        _ => None,
    };
    let lines: Vec<String> = pieces.iter().filter_map(soft).collect();
    let Some(measure) = wrap::measure(lines.iter().map(String::as_str)) else {
        return pieces;
    };
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    // The last line as it stood in the page.
    let mut last = String::new();
    for piece in pieces {
        if let Piece::Line(next) = &piece
            && let Some(Piece::Line(before)) = out.last_mut()
            && before.soft
            && before.heading.is_none()
            && next.heading.is_none()
            && wrap::continues(&last, &next.words, measure)
        {
            last.clone_from(&next.words);
            before.words.push_str(next.words.trim_start());
            before.soft = next.soft;
            continue;
        }
        if let Piece::Line(line) = &piece {
            last.clone_from(&line.words);
        }
        out.push(piece);
    }
    out
}

fn tables(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let Piece::Table(mut grid) = piece else {
            out.push(piece);
            continue;
        };
        once(&mut grid);
        // Page numbers and "continued" between two parts of a table are no text.
        let between = out
            .iter()
            .rev()
            .take_while(|p| matches!(p, Piece::Line(line) if is_page_end(line)))
            .count();
        let at = out.len() - between;
        if let Some(Piece::Table(above)) = at.checked_sub(1).map(|i| &out[i])
            && above.width() == grid.width()
        {
            let header = header(above);
            let same = header > 0
                && grid.rows.len() > header
                && (0..header).all(|y| row(above, y) == row(&grid, y));
            if same {
                grid.keep_rows(|y| y >= header);
            }
            if same || between > 0 && is_data(&grid, 0) {
                out.truncate(at);
            }
        }
        out.push(Piece::Table(grid));
    }
    out
}

/// Takes out a header that is repeated within its table.
fn once(grid: &mut Grid) {
    let length = header(grid);
    if length == 0 {
        return;
    }
    let first: Vec<Vec<String>> = (0..length).map(|y| row(grid, y)).collect();
    let mut drop = vec![false; grid.rows.len()];
    let mut y = length;
    while y + length <= grid.rows.len() {
        if (0..length).all(|i| row(grid, y + i) == first[i]) {
            drop[y..y + length].fill(true);
            y += length;
        } else {
            y += 1;
        }
    }
    grid.keep_rows(|y| !drop[y]);
}

/// How many rows at the top are a header: words only, in two or more different cells.
fn header(grid: &Grid) -> usize {
    let length = (0..grid.rows.len().min(MAX_HEADER + 1))
        .take_while(|y| !is_data(grid, *y))
        .count();
    let parted = (0..length).any(|y| {
        let row = row(grid, y);
        row.iter().any(|c| !c.is_empty() && *c != row[0])
    });
    if length <= MAX_HEADER && length < grid.rows.len() && parted {
        length
    } else {
        0
    }
}

fn is_data(grid: &Grid, y: usize) -> bool {
    (0..grid.rows.get(y).map_or(0, Vec::len)).any(|x| is_value(grid.words(y, x)))
}

fn row(grid: &Grid, y: usize) -> Vec<String> {
    (0..grid.rows[y].len())
        .map(|x| fold(grid.words(y, x)))
        .collect()
}

/// A page number, or the word that a table goes on.
fn is_page_end(line: &Line) -> bool {
    let folded = fold(&line.words);
    let bare =
        folded.trim_matches(|c: char| matches!(c, '-' | '(' | ')' | '·' | '第' | '页' | ' '));
    folded.chars().count() <= 16
        && (bare
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '/' | '共' | '页' | ',' | ' ' | '第'))
            || bare.starts_with('续') && bare.chars().count() <= 4)
}
