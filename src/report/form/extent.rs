//! How far a table reaches beyond its rows, and whether it is one at all.

use std::collections::BTreeMap;
use std::ops::Range;

use super::FormTable;
use super::label::{Labels, UNITS};
use super::token::{Kind, Line, Token};

/// Fewest lines of a form that make a table, unless a header stands above them.
const FEWEST: usize = 3;
/// Most blocks between a table and a caption above it.
const HIGHEST_HEAD: usize = 8;

/// Takes in the headers, captions and torn labels around the rows.
pub fn widen(table: &mut FormTable, lines: &[Line]) {
    let is_title = |l: &Line| l.columns == 0 && super::is_chapter(&l.words());
    let is_head = |l: &Line| {
        let words = l.formish && l.values() == 0 && !l.tokens.is_empty();
        words && !is_title(l) && is_own(l, &table.name)
    };
    let before = lines.partition_point(|l| l.block < table.blocks.start);
    let mut from = table.blocks.start;
    for line in lines[..before].iter().rev() {
        if line.block + 1 != from || table.blocks.start > line.block + HIGHEST_HEAD {
            break;
        }
        if is_head(line) {
            table.blocks.start = line.block;
        } else if !is_scrap(line) {
            break;
        }
        from = line.block;
    }
    while let Some(line) = lines.iter().find(|l| l.block == table.blocks.end) {
        if !is_head(line) || !line.words().chars().all(|c| !"一二三四五六第".contains(c)) {
            break;
        }
        table.blocks.end = line.block + 1;
    }
}

/// Whether a line of words belongs to this table rather than to the one beside it.
fn is_own(line: &Line, name: &str) -> bool {
    let words = line.words();
    if words.is_empty() || UNITS.contains(&words.as_str()) {
        return true;
    }
    let articles = words.contains("第二十条");
    let disputes = words.contains("复议") || words.contains("诉讼");
    match name.rsplit('/').next() {
        Some("t2") => !disputes,
        Some("t3") => !articles && !disputes,
        _ => true,
    }
}

/// A few lines that read like a form are none.
pub fn is_table(table: &FormTable, lines: &[Line], labels: &Labels) -> bool {
    let rows = table.cells.iter().filter(|c| c.slot.is_some()).count();
    let grid = lines
        .iter()
        .any(|l| table.blocks.contains(&l.block) && l.columns > 1);
    let head = lines.iter().any(|l| {
        table.blocks.contains(&l.block)
            && l.values() == 0
            && l.tokens.iter().any(|t| labels.is_word(&t.folded))
    });
    // Not one of its rows can be read, but it is none the less what it is.
    let damaged = rows == 0 && table.troubles.len() >= FEWEST;
    rows >= FEWEST && (grid || head || rows >= 6) || grid && head && (rows > 0 || damaged)
}

/// A cell that a converter threw out of its row.
fn is_scrap(line: &Line) -> bool {
    let length: usize = line.tokens.iter().map(|t| t.folded.chars().count()).sum();
    let note = |t: &Token| t.folded.starts_with(['(', ')', '件', '含', '其']);
    length <= 14 && line.tokens.iter().all(|t| t.kind != Kind::Words || note(t))
}

/// The cells of lines of text: words that stand together are one.
pub fn rows(lines: &[Line]) -> BTreeMap<usize, Vec<Range<usize>>> {
    let mut rows = BTreeMap::new();
    for line in lines.iter().filter(|l| l.columns == 0) {
        let mut cells: Vec<Range<usize>> = Vec::new();
        let mut last = Kind::Value;
        for token in &line.tokens {
            match cells.last_mut() {
                Some(cell) if token.kind == Kind::Words && last == Kind::Words => {
                    cell.end = token.range.end;
                }
                _ => cells.push(token.range.clone()),
            }
            last = token.kind;
        }
        if !cells.is_empty() {
            rows.insert(line.block, cells);
        }
    }
    rows
}
