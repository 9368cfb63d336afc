//! Tables that were flattened to a cell a line: a label, then its values, each on a line
//! of its own. Lines that only repeat what stands above them between the rows of a table.

use std::collections::HashSet;
use std::ops::Range;

use super::super::{Block, Shape};
use super::hard;
use super::rows::{self, is_cell, is_page_number};

/// So many values on lines of their own behind a label are a row.
const MIN_VALUES: usize = 3;
/// A label is not longer than this, in characters.
const MAX_LABEL: usize = 60;
/// Most values of one row: table 4 of the national forms has fifteen.
const MAX_VALUES: usize = 16;

/// Finds rows among the paragraphs of a text.
pub fn gather(text: &str, mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        if block.shape == Shape::Paragraph
            && !text[block.range.clone()].contains('\n')
            && let Some(rows::Line::Row(cells)) = rows::line(text, block.range.clone())
        {
            block.shape = Shape::Row(cells);
        }
    }
    without_repeated_headings(text, cell_a_line(text, blocks))
}

/// Joins a label and the values below it, when this happens so often that it is a table.
fn cell_a_line(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let words = |b: &Block| b.shape == Shape::Paragraph;
    let page = |b: &Block| words(b) && is_page_number(&text[b.range.clone()]);
    let value =
        |b: &Block| words(b) && (b.range.is_empty() || is_cell(b.folded.text())) && !page(b);
    let blocks = hard::fill(text, blocks, value);
    let mut gathered = joined(text, blocks, page, value);
    gathered.retain(|b| !b.range.is_empty() || b.shape != Shape::Paragraph);
    gathered
}

/// The same, for blocks among which the blank cells stand as empty ones.
fn joined(
    text: &str,
    blocks: Vec<Block>,
    page: impl Fn(&Block) -> bool,
    value: impl Fn(&Block) -> bool,
) -> Vec<Block> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut i = 0;
    while i < blocks.len() {
        let from = i;
        // A page may end within a row.
        let goes_on = |i: usize| value(&blocks[i]) || i > from && page(&blocks[i]);
        while i < blocks.len() && goes_on(i) {
            i += 1;
        }
        while i > from && page(&blocks[i - 1]) {
            i -= 1;
        }
        if i > from {
            runs.push(from..i);
        } else {
            i += 1;
        }
    }
    let values = |r: &Range<usize>| blocks[r.clone()].iter().filter(|b| !page(b)).count();
    let long = |r: &Range<usize>| (MIN_VALUES..=MAX_VALUES).contains(&values(r));
    let rows: Vec<Range<usize>> = runs.into_iter().filter(long).collect();
    // Table 4 is one row without a label; other tables have several.
    let labelled = |r: &Range<usize>| {
        r.start > 0 && {
            let label = &blocks[r.start - 1];
            label.shape == Shape::Paragraph
                && label.folded.text().chars().count() <= MAX_LABEL
                && !label.folded.text().ends_with(['。', ';', ':'])
        }
    };
    if rows.len() < 2 && !rows.iter().any(|r| values(r) >= 5) {
        return blocks;
    }
    let runs: Vec<Range<usize>> = rows
        .iter()
        .map(|r| {
            let bare = values(r) >= 10 || !labelled(r);
            let from = if bare { r.start } else { r.start - 1 };
            from..r.end
        })
        .collect();
    let mut runs = runs.into_iter().peekable();
    let mut out = Vec::with_capacity(blocks.len());
    let mut blocks = blocks.into_iter().enumerate();
    while let Some((i, block)) = blocks.next() {
        match runs.next_if(|run| run.start == i) {
            Some(run) => {
                let rest = blocks.by_ref().take(run.len() - 1).map(|(_, b)| b);
                let rest = rest.filter(|b| !page(b)).map(|b| b.range);
                let cells: Vec<_> = std::iter::once(block.range).chain(rest).collect();
                let range = cells[0].start..cells[cells.len() - 1].end;
                out.push(Block::new(text, range, Shape::Row(cells)));
            }
            None => out.push(block),
        }
    }
    out
}

/// A heading that a converter repeats before each part of a table it has cut up belongs to
/// the row below it: it begins nothing.
fn without_repeated_headings(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut waiting: Option<usize> = None;
    let is_row = |b: Option<&Block>| matches!(b.map(|b| &b.shape), Some(Shape::Row(_)));
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        if let Shape::Heading(_) = block.shape {
            let known = !seen.insert(block.folded.text().to_owned());
            if known && is_row(out.last()) && is_row(blocks.peek()) {
                waiting = Some(block.range.start);
                continue;
            }
        }
        match (waiting.take(), &block.shape) {
            (Some(start), Shape::Row(_)) => {
                out.push(Block::new(text, start..block.range.end, block.shape));
            }
            _ => out.push(block),
        }
    }
    out
}
