//! `<table>` → grid, and which tables are none: those that only lay out a page.

use super::article::Article;
use super::tree::{Id, Kind, Step, Tree};
use super::words::Words;
use crate::source::grid::{Cell, Grid};
use crate::text::fold::is_han;

/// A cell with more Chinese characters than this holds text, not data.
const MAX_CELL: usize = 300;
/// More paragraphs than this in one cell are text.
const MAX_PARAGRAPHS: usize = 8;

/// A table that holds data.
pub struct Data {
    /// Its cells.
    pub grid: Grid,
    /// Tables that stand in its cells and have rows and columns of their own.
    pub inner: Vec<Id>,
    /// Whether nearly all its words are links.
    pub linked: bool,
}

/// Elements that stand on lines of their own.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "ucapcontent"
            | "ucaptitle"
    )
}

/// Reads a table; none when it is there for the layout.
pub fn read(tree: &Tree, article: &Article, table: Id, indented: bool) -> Option<Data> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut words = Words::new(indented);
    let (mut in_cell, mut paragraphs, mut links) = (None::<Id>, 0, 0);
    let (mut han, mut linked, mut layout) = (0, 0, false);
    let mut inner: Vec<Id> = Vec::new();
    tree.walk(table, |step| match step {
        Step::Enter(id) => match tree.kind(id) {
            Kind::Text(text) => {
                if in_cell.is_some() {
                    words.push(text, links > 0);
                    let here = text.chars().filter(|c| is_han(*c)).count();
                    han += here;
                    linked += if links > 0 { here } else { 0 };
                }
                true
            }
            Kind::Element(element) => {
                let is_root = article.is_root(id) && id != table;
                layout |= is_root;
                if is_root || article.is_dropped(id) {
                    return false;
                }
                match element.name() {
                    "table" if id != table => {
                        inner.push(id);
                        words.blank();
                        return false;
                    }
                    "tr" => {
                        if is_flat(element) {
                            return false;
                        }
                        rows.push(Vec::new());
                    }
                    "td" | "th" if in_cell.is_none() => {
                        (in_cell, paragraphs) = (Some(id), 0);
                        words.take();
                    }
                    "a" => links += 1,
                    "br" => words.blank(),
                    name if is_block(name) => {
                        words.blank();
                        paragraphs += usize::from(matches!(name, "p" | "div" | "li"));
                        layout |= matches!(name, "h1" | "h2" | "h3" | "hr");
                    }
                    _ => {}
                }
                true
            }
            Kind::Other => true,
        },
        Step::Leave(id) => {
            match tree.element(id) {
                Some(element) if in_cell == Some(id) => {
                    in_cell = None;
                    let words = words.take();
                    let length = words.chars().filter(|c| is_han(*c)).count();
                    layout |= length > MAX_CELL || paragraphs > MAX_PARAGRAPHS && length > 60;
                    if rows.is_empty() {
                        rows.push(Vec::new());
                    }
                    if let Some(row) = rows.last_mut() {
                        row.push(Cell {
                            words,
                            columns: element.number("colspan").unwrap_or(1),
                            rows: element.number("rowspan").unwrap_or(1),
                        });
                    }
                }
                Some(element) if element.name() == "a" => links = (links - 1).max(0),
                Some(element) if is_block(element.name()) => words.blank(),
                _ => {}
            }
            true
        }
    });
    if layout {
        return None;
    }
    // A form may be drawn as tables within a table: then this one is but the frame.
    let inside: usize = inner.iter().map(|t| article.words(*t)).sum();
    if inside > han {
        return None;
    }
    let grid = without_empty_columns(Grid::new(rows));
    let visible = grid.cells.iter().filter(|c| !c.trim().is_empty()).count();
    (grid.width() >= 2 && visible >= 2).then_some(Data {
        grid,
        inner,
        linked: linked * 10 > han * 8,
    })
}

/// A row without height, by which word processors fix the widths of columns.
fn is_flat(element: &super::tree::Element) -> bool {
    element
        .attribute("height")
        .is_some_and(|h| matches!(h.trim(), "0" | "0px"))
}

/// Columns that exist only because cells beside them were drawn wider: those that in every
/// row say the same as their neighbour.
fn without_empty_columns(grid: Grid) -> Grid {
    let width = grid.width();
    if grid.rows.iter().any(|r| r.len() != width) {
        return grid;
    }
    let twin = |x: usize| x > 0 && grid.rows.iter().all(|r| r[x].is_some() && r[x] == r[x - 1]);
    let void = |x: usize| grid.rows.iter().all(|r| r[x].is_none());
    let kept: Vec<usize> = (0..width).filter(|x| !twin(*x) && !void(*x)).collect();
    let rows = grid
        .rows
        .iter()
        .map(|r| kept.iter().map(|x| r[*x]).collect())
        .collect();
    Grid {
        cells: grid.cells,
        rows,
    }
}
