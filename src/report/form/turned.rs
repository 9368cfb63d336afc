//! Rows of table 3 whose numbers stand on a line above their label, as some PDFs draw them.
//! Read the usual way each number would get the label of the row before.

use std::ops::Range;

use super::label::Labels;
use super::record::Record;
use super::token::{Kind, Line, Token};
use crate::text::fold::fold;

/// Fewest rows that tell how a table is set.
const FEWEST: usize = 5;
/// Most pieces of a torn label.
const MOST_PIECES: usize = 4;

/// Gives such rows the labels below them.
pub fn turn(text: &str, records: &mut [Record], lines: &[Line], labels: &Labels) {
    let width = labels.data.applicants.len();
    let is_row = |r: &Record| !r.inline && r.values.len() == width;
    let mut from = 0;
    while from < records.len() {
        let run = records[from..].iter().take_while(|r| is_row(r)).count();
        if run >= FEWEST {
            let last = records.get(from + run);
            let end = last.map_or(usize::MAX, |r| {
                r.values.first().map_or(0, |v| v.range.start)
            });
            turn_run(text, &mut records[from..from + run], end, lines, labels);
        }
        from += run.max(1);
    }
}

/// Turns rows of which the first has no label and the last has one behind it, before `end`.
fn turn_run(text: &str, run: &mut [Record], end: usize, lines: &[Line], labels: &Labels) {
    let Some(behind) = run.last().and_then(|r| Some(r.values.last()?.range.end)) else {
        return;
    };
    let mut rows = labels.data.row.iter();
    let first = rows.position(|r| r.table == "t3").unwrap_or_default();
    // 其他 of the headers is no label; that of the first row stands above the second.
    let said = fold(text.get(run[0].label.clone()).unwrap_or_default());
    let headed = run[0].exact.is_empty() || labels.is_word(&said);
    let named = run[1..].iter().all(|r| !r.exact.is_empty());
    if !headed || !named || run[1].exact != [first] {
        return;
    }
    let Some((row, label)) = first_label(behind..end, lines, labels) else {
        return;
    };
    if run.iter().any(|r| r.exact == [row]) {
        return;
    }
    for i in 1..run.len() {
        let (above, below) = run.split_at_mut(i);
        above[i - 1].exact = std::mem::take(&mut below[0].exact);
        above[i - 1].label = below[0].label.clone();
        above[i - 1].piece.clear();
    }
    if let Some(last) = run.last_mut() {
        (last.exact, last.label) = (vec![row], label);
    }
}

/// The first label of table 3 in a stretch of the text.
fn first_label(
    within: Range<usize>,
    lines: &[Line],
    labels: &Labels,
) -> Option<(usize, Range<usize>)> {
    let words: Vec<&Token> = lines
        .iter()
        .flat_map(|l| &l.tokens)
        .filter(|t| within.contains(&t.range.start) && t.kind == Kind::Words)
        .take(MOST_PIECES)
        .collect();
    (1..=words.len()).find_map(|n| {
        let joined: String = words[..n].iter().map(|t| t.folded.as_str()).collect();
        match labels.exact(&joined)[..] {
            [row] if labels.data.row[row].table == "t3" => {
                Some((row, words[0].range.start..words[n - 1].range.end))
            }
            _ => None,
        }
    })
}
