//! Table 3 turned on its side: the applicants are its rows, the lines of the form its columns.

use std::ops::Range;

use super::extent;
use super::label::Labels;
use super::token::{Kind, Line, Token};
use super::{FormCell, FormTable, Problem, normalised};

/// Fewest lines of the form among the headers.
const FEWEST: usize = 8;

/// A header: a line of the form, and where its column stands.
struct Head {
    row: usize,
    column: usize,
    label: Range<usize>,
}

/// Finds every table 3 whose rows are applicants.
pub fn read(lines: &[Line], labels: &Labels) -> Vec<FormTable> {
    let mut tables: Vec<FormTable> = Vec::new();
    let mut from = 0;
    for first in 0..lines.len() {
        if first < from || !begins(lines, first, labels) {
            continue;
        }
        let above = lines[from..first].iter().rev();
        let mut next = lines[first].block;
        let head = above
            .take_while(|l| {
                let near = l.block + 1 >= next && l.values() == 0;
                next = l.block;
                near
            })
            .count();
        let Some((mut table, end)) = table(&lines[first - head..first], &lines[first..], labels)
        else {
            continue;
        };
        extent::widen(&mut table, lines);
        let start = lines.partition_point(|l| l.block < table.blocks.start);
        table.rows = extent::rows(&lines[start..first + end]);
        tables.push(table);
        from = first + end;
    }
    tables
}

/// Whether the row of the first applicant stands here, with more values than an upright
/// header can have.
fn begins(lines: &[Line], at: usize, labels: &Labels) -> bool {
    let line = &lines[at];
    let Some(words) = labels.data.applicant_words.first() else {
        return false;
    };
    let first = |t: &Token| words.iter().any(|w| t.folded.contains(w.as_str()));
    let values = |l: &Line| !l.tokens.iter().any(|t| t.kind == Kind::Words);
    line.tokens.iter().any(first)
        && is_applicant(labels, line, 0)
        && (line.values() + line.columns >= FEWEST || lines.get(at + 1).is_some_and(values))
}

/// The lines of table 3 that a cell names.
fn rows_of(labels: &Labels, token: &Token) -> Vec<usize> {
    let mut rows = labels.exact(&token.folded);
    rows.retain(|r| labels.data.row[*r].table == "t3");
    rows
}

/// The table with these headers and the rows at the beginning of `lines`, and how many of
/// them it takes.
fn table(headers: &[Line], lines: &[Line], labels: &Labels) -> Option<(FormTable, usize)> {
    let is_near = |at: usize| at == 0 || lines[at].block <= lines[at - 1].block + 1;
    let grid = lines.first()?.columns;
    let width = headers.iter().map(|l| l.columns).max().unwrap_or(0);
    let heads = match grid {
        0 => listed(headers, labels)?,
        _ => stacked(headers, width, labels),
    };
    if heads.len() < FEWEST {
        return None;
    }
    let first = heads.iter().map(|h| h.label.start).min()?;
    let top = headers
        .iter()
        .find(|l| l.tokens.iter().any(|t| t.range.start == first))?;
    let data = labels.data;
    let mut table = FormTable::new(format!("{:?}/t3", data.form), top.block..lines[0].block);
    let mut at = 0;
    let mut whole = 0;
    for who in 0..data.applicants.len() {
        let Some(row) = lines
            .get(at)
            .filter(|l| is_near(at) && is_applicant(labels, l, who))
        else {
            break;
        };
        let (values, taken) = values(&lines[at..], row);
        at += taken;
        table.blocks.end = lines[at - 1].block + 1;
        let columns: Option<Vec<&Token>> = match grid {
            0 => (values.len() == heads.len()).then(|| values.iter().collect()),
            // A row of more cells, or fewer, has lost one or has one split.
            _ if row.columns != width => None,
            _ => heads
                .iter()
                .map(|h| values.iter().find(|t| t.column == h.column))
                .collect(),
        };
        let Some(columns) = columns else {
            let more = values.len() > heads.len() || grid > 0 && row.columns > width;
            let problem = match more {
                true => Problem::Surplus,
                false => Problem::Missing,
            };
            table.trouble(table.name.clone(), problem, &values);
            let numbers = values.iter().filter(|t| t.kind == Kind::Value);
            let label = row.tokens[0].range.clone();
            let cells = numbers.map(|t| FormCell::new(None, label.clone(), t));
            table.cells.extend(cells);
            continue;
        };
        whole += 1;
        for (head, token) in heads.iter().zip(columns) {
            let slot = data.slots(&data.row[head.row]).swap_remove(who);
            let cell = FormCell::new(Some(slot), head.label.clone(), token);
            table.cells.push(cell);
        }
    }
    if whole < 2 {
        return None;
    }
    Some((table, at))
}

/// Whether a row is that of the applicant of column `who` in the upright form.
fn is_applicant(labels: &Labels, line: &Line, who: usize) -> bool {
    let words = &labels.data.applicant_words[who];
    let last = line.tokens.iter().take_while(|t| t.kind != Kind::Value);
    let last = last.filter(|t| t.kind == Kind::Words).last();
    let names = |t: &Token| {
        let label = normalised(&t.folded);
        // 3.其他 is a line of the form.
        words.contains(&label) && !t.folded.starts_with(|c: char| c.is_ascii_digit())
    };
    last.is_some_and(names)
}

/// The headers of a grid: of each column the lowest cell that names a line.
fn stacked(lines: &[Line], width: usize, labels: &Labels) -> Vec<Head> {
    let rows = lines.iter().rev().filter(|l| l.columns > 0);
    let rows: Vec<&Line> = rows.collect();
    let mut heads: Vec<Head> = Vec::new();
    for column in 0..width {
        let cells = rows
            .iter()
            .filter_map(|l| l.tokens.iter().find(|t| t.column == column));
        for cell in cells {
            let [row] = rows_of(labels, cell)[..] else {
                continue;
            };
            // A line that stands there twice is told from nothing.
            if heads.iter().any(|h| h.row == row) {
                return Vec::new();
            }
            let label = cell.range.clone();
            heads.push(Head { row, column, label });
            break;
        }
    }
    heads
}

/// The headers of lines of text, one after the other; in the form's order, or all of them.
fn listed(lines: &[Line], labels: &Labels) -> Option<Vec<Head>> {
    let mut heads: Vec<Head> = Vec::new();
    for token in lines.iter().flat_map(|l| &l.tokens) {
        match rows_of(labels, token)[..] {
            [row] => heads.push(Head {
                row,
                column: 0,
                label: token.range.clone(),
            }),
            [] if token.kind != Kind::Words || labels.is_debris(&token.folded) => {}
            // Other words: the headers begin behind them.
            _ => heads.clear(),
        }
    }
    let all = labels.data.row.iter().filter(|r| r.table == "t3").count();
    let in_order = heads.is_sorted_by(|a, b| a.row < b.row);
    if !in_order {
        // Headers in several lines: 一、二、三、四 and then what 三 holds.
        heads.sort_by_key(|h| h.row);
        heads.dedup_by_key(|h| h.row);
        if heads.len() != all {
            return None;
        }
    }
    Some(heads)
}

/// The values of an applicant, and how many lines they take.
fn values(lines: &[Line], row: &Line) -> (Vec<Token>, usize) {
    let first = row.tokens.iter().position(|t| t.kind == Kind::Value);
    let first = first.unwrap_or(row.tokens.len());
    let label = row.tokens[..first]
        .iter()
        .rposition(|t| t.kind == Kind::Words);
    let mut values: Vec<Token> = row.tokens[label.map_or(0, |l| l + 1)..].to_vec();
    if row.columns > 0 {
        return (values, 1);
    }
    let mut taken = 1;
    for line in &lines[1..] {
        let near = line.block <= lines[taken - 1].block + 1;
        if !near || line.columns > 0 || line.tokens.iter().any(|t| t.kind == Kind::Words) {
            break;
        }
        values.extend(line.tokens.iter().cloned());
        taken += 1;
    }
    (values, taken)
}
