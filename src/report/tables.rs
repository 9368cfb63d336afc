//! Which blocks are table: rows that the file marks as such, and the lines into which
//! portals flatten the official forms (a cell a line, or a label and its numbers).

use super::Table;
use super::form;
use crate::source::{Block, Shape};

/// Turns paragraphs that are cells or rows of an official form into rows. `has_form`:
/// the text follows one.
pub fn mark(blocks: &mut [Block], has_form: bool) {
    if !has_form {
        return;
    }
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

/// Runs of rows as tables. `section` tells the section at a byte of the text.
pub fn collect(text: &str, blocks: &[Block], section: impl Fn(usize) -> String) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut i = 0;
    while i < blocks.len() {
        if !matches!(blocks[i].shape, Shape::Row(_)) {
            i += 1;
            continue;
        }
        let first = i;
        let mut rows = Vec::new();
        while let Some(Block {
            shape: Shape::Row(cells),
            ..
        }) = blocks.get(i)
        {
            rows.push(cells.iter().map(|c| text[c.clone()].to_owned()).collect());
            i += 1;
        }
        let range = blocks[first].range.start..blocks[i - 1].range.end;
        let folded: String = blocks[first..i].iter().map(|b| b.folded.text()).collect();
        tables.push(Table {
            id: format!("t{}", tables.len() + 1),
            section: section(range.start),
            form: name(&folded),
            rows,
            range,
        });
    }
    tables
}

/// Which official table a run of rows is.
fn name(folded: &str) -> Option<String> {
    use super::Form::{A, B, C, D, P};
    let form = form::detect(folded);
    let has = |words: &[&str]| words.iter().any(|w| folded.contains(w));
    match form {
        A => Some("A".into()),
        B => Some("B".into()),
        _ if has(&["本年新收政府信息公开申请", "结转下年度继续办理"]) => Some(
            if folded.contains("逾期不补正") || form == D {
                "D/t3"
            } else {
                "C/t3"
            }
            .into(),
        ),
        _ if has(&["未经复议直接起诉", "复议后起诉"]) => Some("D/t4".into()),
        C => Some("C/t2".into()),
        D => Some("D/t2".into()),
        P => None,
    }
}
