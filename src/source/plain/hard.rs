//! Cells that were left blank in a table flattened to a cell a line: lines of nothing but a
//! hard blank (U+00A0) or a wide one (U+3000). Elsewhere such lines only set paragraphs apart.

use std::collections::HashMap;
use std::ops::Range;

use super::super::{Block, Shape};

/// Fewest cells of a row, and fewest rows of as many that need no row without blanks.
const FEWEST: usize = 3;
/// Cells of table 4 of the national forms, which has one row.
const DISPUTES: usize = 15;

/// Blanks that nobody types between words.
const HARD: [char; 2] = ['\u{a0}', '\u{3000}'];

/// A cell, or what may be a blank one.
#[derive(Debug, Clone, Copy)]
struct Item {
    /// How many blocks stand before it.
    at: usize,
    /// Where the line of a hard blank stands.
    hard: Option<usize>,
}

/// Puts empty blocks where blank cells stand; `is_cell` tells the filled ones.
pub fn fill(text: &str, blocks: Vec<Block>, is_cell: impl Fn(&Block) -> bool) -> Vec<Block> {
    // One between every two cells only sets them apart.
    let ends = blocks.iter().map(|b| b.range.end);
    let starts = blocks.iter().skip(1).map(|b| b.range.start);
    let mut gaps = ends.zip(starts.chain([text.len()]));
    if !gaps.any(|(end, start)| hard(text, end..start).nth(1).is_some()) {
        return blocks;
    }
    let runs = runs(text, &blocks, is_cell);
    let mut rows: HashMap<usize, (usize, usize)> = HashMap::new();
    for run in &runs {
        let hard = run.iter().filter(|i| i.hard.is_some()).count();
        let (full, partly) = rows.entry(run.len()).or_default();
        *full += usize::from(hard == 0);
        *partly += usize::from(hard > 0);
    }
    let usual = |run: &&Vec<Item>| {
        let (full, partly) = rows.get(&run.len()).copied().unwrap_or_default();
        run.len() >= FEWEST && (full > 0 || partly >= FEWEST || run.len() == DISPUTES)
    };
    let blanks = runs.iter().filter(usual).flatten();
    let mut blanks = blanks.filter_map(|i| Some((i.at, i.hard?))).peekable();
    let mut filled = Vec::with_capacity(blocks.len());
    for (i, block) in blocks.into_iter().enumerate() {
        while let Some((_, at)) = blanks.next_if(|(before, _)| *before <= i) {
            filled.push(Block::new(text, at..at, Shape::Paragraph));
        }
        filled.push(block);
    }
    filled.extend(blanks.map(|(_, at)| Block::new(text, at..at, Shape::Paragraph)));
    filled
}

/// Cells and hard blanks between two blocks of words.
fn runs(text: &str, blocks: &[Block], is_cell: impl Fn(&Block) -> bool) -> Vec<Vec<Item>> {
    let mut runs = Vec::new();
    let mut run: Vec<Item> = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        if is_cell(block) {
            run.push(Item { at: i, hard: None });
        } else {
            runs.push(std::mem::take(&mut run));
        }
        let next = blocks.get(i + 1).map_or(text.len(), |b| b.range.start);
        let hard = hard(text, block.range.end..next);
        run.extend(hard.map(|at| Item {
            at: i + 1,
            hard: Some(at),
        }));
    }
    runs.push(run);
    runs.retain(|run| !run.is_empty());
    runs
}

/// Where in a gap between blocks lines of hard blanks stand.
fn hard(text: &str, gap: Range<usize>) -> impl Iterator<Item = usize> {
    let start = gap.start;
    let gap = &text[gap];
    gap.match_indices('\n').filter_map(move |(at, _)| {
        let line = gap[at + 1..].split_once('\n')?.0;
        let hard = line.contains(HARD) && line.trim().is_empty();
        hard.then_some(start + at + 1)
    })
}
