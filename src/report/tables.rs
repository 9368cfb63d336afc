//! Which blocks are table: the official forms, in whatever shape they came, rows that the
//! file marks as such, and the lines into which portals flatten tables.

use std::mem::take;

use super::form::{self, FormTable, Problem};
use super::{Form, Table};
use crate::source::{Block, Shape};

/// Marks every block of an official table as row, captions and torn labels included.
pub fn mark(text: &str, blocks: &mut [Block], tables: &[FormTable], form: Form) {
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
    if form != Form::P {
        mark_lines(blocks, form);
    }
}

fn is_prose(block: &Block) -> bool {
    let folded = block.folded.text();
    folded.chars().count() > 200 || folded.contains('。') && !folded.starts_with(['注', '('])
}

/// Turns lines that read like cells or rows of a form into rows, too: what is left of a
/// table that could not be read.
fn mark_lines(blocks: &mut [Block], form: Form) {
    let lines: Vec<(bool, bool)> = blocks
        .iter()
        .map(|b| match b.shape {
            Shape::Row(_) => (true, true),
            _ => {
                let folded = b.folded.text();
                let chapter = form::is_chapter(folded) || form::is_row_of_others(folded, form);
                let label = form::is_form_line(folded) && !chapter;
                (label, form::is_values(folded))
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
                let stops = |k: &usize| {
                    !is_row(*k)
                        || forms.iter().any(|t| t.blocks.start == *k)
                        || begins_anew(text, blocks, i, *k)
                };
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

/// Whether row `at`, behind rows from `from` on, is the first of another table: its header is
/// underlined (Markdown), or it is as wide as no row of a grid before it.
fn begins_anew(text: &str, blocks: &[Block], from: usize, at: usize) -> bool {
    let width = |b: &Block| match &b.shape {
        Shape::Row(cells) if cells.len() > 1 => Some(cells.len()),
        _ => None,
    };
    let end = |i: usize| blocks.get(i).map_or(text.len(), |b| b.range.start);
    let behind = text
        .get(blocks[at].range.end..end(at + 1))
        .unwrap_or_default();
    let underlined = behind.contains("--") && behind.contains('|');
    let rows = blocks[from..at].iter().filter_map(width).count();
    // A row or two of another width are a caption, or a row that lost a cell.
    let next = blocks.get(at + 1).and_then(width);
    let wider = width(&blocks[at]).is_some_and(|w| {
        rows > 1 && next == Some(w) && !blocks[from..at].iter().any(|b| width(b) == Some(w))
    });
    underlined || wider
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

#[cfg(test)]
mod tests {
    use crate::source::{self, Format};

    fn tables(text: &str, format: Format) -> Vec<usize> {
        let source = source::read(text.as_bytes(), format).expect("text");
        let report = crate::report::read(source);
        report.tables.iter().map(|t| t.rows.len()).collect()
    }

    #[test]
    fn tables_that_touch_are_told_apart() {
        let first = "| 类别 | 数量 |\n|---|---|\n| 公告 | 3 |\n| 通知 | 4 |\n";
        let second = "| 月份 | 件数 |\n|---|---|\n| 一月 | 1 |\n";
        assert_eq!(
            tables(&format!("标题\n\n{first}{second}"), Format::Md),
            [3, 2]
        );
        let row = |cells: &[&str]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
        let narrow = [
            row(&["类别", "数量"]),
            row(&["公告", "3"]),
            row(&["通知", "4"]),
        ];
        let wide = [row(&["月份", "收到", "办结"]), row(&["一月", "1", "1"])];
        let page = format!(
            "<html><body><p>标题</p><table>{}</table><table>{}</table></body></html>",
            narrow.concat(),
            wide.concat()
        );
        assert_eq!(tables(&page, Format::Html), [3, 2]);
        // A caption over the whole width, or a row that lost a cell, begins nothing.
        let ragged = "a\tb\tc\n1\t2\t3\n4\t5\n6\t7\t8\n";
        assert_eq!(tables(&format!("标题\n\n{ragged}"), Format::Txt).len(), 1);
    }
}
