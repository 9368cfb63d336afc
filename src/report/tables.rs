//! Which blocks are table: the official forms, in whatever shape they came, rows that the
//! file marks as such, and the lines into which portals flatten tables.

use std::mem::take;

use super::Table;
use super::form::{self, FormTable, Problem};
use crate::source::{Block, Shape};

/// Marks every block of an official table as row, captions and torn labels included.
pub fn mark(text: &str, blocks: &mut [Block], tables: &[FormTable], has_form: bool) {
    for table in tables {
        for (i, block) in blocks[table.blocks.clone()].iter_mut().enumerate() {
            let rows = table.rows.get(&(table.blocks.start + i));
            if matches!(block.shape, Shape::Row(_)) || is_prose(block) {
                continue;
            }
            let cells = rows.cloned().unwrap_or_else(|| vec![block.range.clone()]);
            debug_assert!(cells.iter().all(|c| text.get(c.clone()).is_some()));
            block.shape = Shape::Row(cells);
        }
    }
    if has_form {
        mark_lines(blocks);
    }
}

fn is_prose(block: &Block) -> bool {
    let folded = block.folded.text();
    folded.chars().count() > 200 || folded.contains('。') && !folded.starts_with(['注', '('])
}

/// Turns lines that read like cells or rows of a form into rows, too: what is left of a
/// table that could not be read.
fn mark_lines(blocks: &mut [Block]) {
    let lines: Vec<(bool, bool)> = blocks
        .iter()
        .map(|b| match b.shape {
            Shape::Row(_) => (true, true),
            _ => {
                let folded = b.folded.text();
                (form::is_form_line(folded), form::is_values(folded))
            }
        })
        .collect();
    for i in 0..blocks.len() {
        let (label, values) = lines[i];
        if matches!(blocks[i].shape, Shape::Row(_)) || !(label || values) {
            continue;
        }
        // A label alone between paragraphs is a heading or a word; among its like it is a cell.
        let near = lines[i.saturating_sub(3)..(i + 4).min(lines.len())]
            .iter()
            .filter(|(label, values)| *label || *values)
            .count();
        if near >= 4 || (label && folded_has_values(&blocks[i])) {
            blocks[i].shape = Shape::Row(vec![blocks[i].range.clone()]);
        }
    }
}

fn folded_has_values(block: &Block) -> bool {
    block
        .folded
        .text()
        .split(' ')
        .filter(|w| !w.is_empty() && form::is_values(w))
        .count()
        >= 3
}

/// Official tables and runs of other rows. `section` tells the section at a byte of the text.
pub fn collect(
    text: &str,
    blocks: &[Block],
    mut forms: Vec<FormTable>,
    section: impl Fn(usize) -> String,
) -> Vec<Table> {
    let is_row = |i: usize| matches!(blocks[i].shape, Shape::Row(_));
    let mut tables = Vec::new();
    let mut i = 0;
    while i < blocks.len() {
        let form = forms.iter().position(|t| t.blocks.start == i);
        let end = match form {
            Some(form) => forms[form].blocks.end,
            None if is_row(i) => {
                let stops = |k: &usize| !is_row(*k) || forms.iter().any(|t| t.blocks.start == *k);
                (i + 1..blocks.len()).find(stops).unwrap_or(blocks.len())
            }
            None => {
                i += 1;
                continue;
            }
        };
        let rows = blocks[i..end].iter().filter_map(|b| match &b.shape {
            Shape::Row(cells) => Some(cells.iter().map(|c| text[c.clone()].to_owned()).collect()),
            _ => None,
        });
        let range = blocks[i].range.start..blocks[end - 1].range.end;
        let mut form = form.map(|f| &mut forms[f]);
        tables.push(Table {
            id: format!("t{}", tables.len() + 1),
            section: section(range.start),
            form: form.as_ref().map(|f| f.name.clone()),
            rows: rows.collect(),
            range,
            cells: form
                .as_mut()
                .map(|f| take(&mut f.cells))
                .unwrap_or_default(),
            troubles: form.map(|f| take(&mut f.troubles)).unwrap_or_default(),
        });
        i = end;
    }
    tables
}

/// What a reader should know of tables that could not be read in full.
pub fn warnings(tables: &[Table]) -> Vec<String> {
    let troubles = tables
        .iter()
        .flat_map(|t| t.troubles.iter().map(move |x| (t, x)));
    troubles
        .map(|(table, trouble)| {
            let what = match trouble.problem {
                Problem::Missing => "cells are missing; they are left out",
                Problem::Surplus => "more values than columns; they are left out",
                Problem::Repeated { same: true } => "the row stands there twice",
                Problem::Repeated { same: false } => {
                    "the row stands there twice with different values; they are left out"
                }
                Problem::Glued => "numbers have run together; they are left out",
                Problem::Parted => {
                    "numbers have run together; they are parted so that the row adds up"
                }
                Problem::Unplaced => "a row of values that belongs to no certain line",
            };
            format!("table {} ({}): {what}", table.id, trouble.row)
        })
        .collect()
}
