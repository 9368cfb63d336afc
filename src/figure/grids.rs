//! Figures from tables that are no official form: a label, and beside it numbers whose unit
//! stands with them, in a column of its own or in the header (数量（条）).

use std::ops::Range;

use super::cells;
use super::label::Lexicon;
use super::{Figure, MAX_QUOTE};
use crate::report::form::value::{self, Printed};
use crate::report::form::{FormCell, is_form_line, without_enumerator};
use crate::report::{Form, Report, Table};
use crate::source::{Block, Shape};
use crate::text::fold::{fold, is_han};

/// Fewest rows with a label and a number that are a table of statistics.
const FEWEST: usize = 2;
/// Longest label, in characters.
const LONGEST: usize = 30;
/// What a header says above counts; the unit that goes with it, where it says one.
const COUNTS: [(&str, &str); 9] = [
    ("条数", "条"),
    ("件数", "件"),
    ("人数", "人"),
    ("篇数", "篇"),
    ("次数", "次"),
    ("数量", ""),
    ("统计数", ""),
    ("合计", ""),
    ("总数", ""),
];
const UNITS: [&str; 14] = [
    "人次", "万元", "亿元", "件", "条", "次", "篇", "人", "个", "元", "份", "项", "起", "期",
];

/// Every number beside a label in the tables that follow no form.
pub fn read(report: &Report) -> Vec<Figure> {
    let free = report.tables.iter().filter(|t| t.form.is_none());
    free.flat_map(|t| table(report, t)).collect()
}

/// A cell, folded; one that spans several columns stands in the first.
struct Cell {
    column: usize,
    range: Range<usize>,
    folded: String,
}

fn table(report: &Report, table: &Table) -> Vec<Figure> {
    let first = report
        .blocks
        .partition_point(|b| b.range.end <= table.range.start);
    let blocks = report.blocks.iter().enumerate().skip(first);
    let blocks = blocks.take_while(|(_, b)| b.range.start < table.range.end);
    let own = blocks.filter(|(i, _)| !report.furniture.contains(i));
    let rows: Vec<Vec<Cell>> = own.filter_map(|(_, b)| cells_of(report, b)).collect();
    let mut heads: Vec<(usize, String)> = Vec::new();
    let (mut figures, mut counted, mut named) = (Vec::new(), 0, 0);
    for row in &rows {
        let number = row.iter().find(|c| is_number(&c.folded) && c.column > 0);
        let Some(number) = number else {
            heads = row.iter().map(|c| (c.column, c.folded.clone())).collect();
            continue;
        };
        named += 1;
        let before = row.iter().take_while(|c| c.column < number.column);
        let words = before.filter(|c| !UNITS.contains(&c.folded.as_str()));
        let Some(label) = words.last().filter(|c| is_label(report, &c.folded)) else {
            continue;
        };
        let beside = row.iter().find(|c| UNITS.contains(&c.folded.as_str()));
        let values = row.iter().filter(|c| c.column >= number.column);
        let found: Vec<Figure> = values
            .filter_map(|cell| {
                let head = heads.iter().find(|h| h.0 == cell.column).map(|h| &h.1);
                let unit = unit(&cell.folded, beside, head.map(String::as_str))?;
                figure(report, label, cell, unit)
            })
            .collect();
        counted += usize::from(!found.is_empty());
        figures.extend(found);
    }
    match counted >= FEWEST && counted * 2 >= named {
        true => figures,
        false => Vec::new(),
    }
}

fn cells_of(report: &Report, block: &Block) -> Option<Vec<Cell>> {
    let Shape::Row(cells) = &block.shape else {
        return None;
    };
    let mut row: Vec<Cell> = Vec::new();
    for (column, range) in cells.iter().enumerate() {
        let spanned = |last: &Cell| last.range == *range;
        if !range.is_empty() && !row.last().is_some_and(spanned) {
            row.push(Cell {
                column,
                range: range.clone(),
                folded: fold(report.text.get(range.clone())?).trim().to_owned(),
            });
        }
    }
    (cells.len() > 1).then_some(row)
}

fn is_number(folded: &str) -> bool {
    matches!(value::read(folded), Printed::Number(..))
}

/// Whether words name a statistic, as far as one can see: no sentence, no date, and no line
/// of a form that could not be read.
fn is_label(report: &Report, folded: &str) -> bool {
    let words = without_enumerator(folded);
    let length = words.chars().count();
    words.contains(is_han)
        && (2..=LONGEST).contains(&length)
        && !words.contains(['。', ';', '?'])
        && !words.contains("日期")
        && !words.contains("号")
        && (report.form == Form::P || !is_form_line(folded))
}

/// The unit of a number: its own, that beside it, or that of its header. None where nothing
/// says that it counts something.
fn unit<'a>(cell: &str, beside: Option<&'a Cell>, head: Option<&'a str>) -> Option<&'a str> {
    let printed = |words: &str| UNITS.into_iter().find(|u| words.ends_with(u));
    if let Some(own) = printed(cell) {
        return Some(own);
    }
    if let Some(beside) = beside {
        return Some(&beside.folded);
    }
    let head = head?;
    let in_brackets = UNITS
        .into_iter()
        .find(|u| head.ends_with(&format!("({u})")) || head.ends_with(&format!(":{u})")));
    let counts = || COUNTS.into_iter().find(|(word, _)| head.ends_with(word));
    in_brackets.or_else(|| counts().map(|c| c.1))
}

fn figure(report: &Report, label: &Cell, cell: &Cell, unit: &str) -> Option<Figure> {
    let printed = FormCell {
        slot: None,
        stock: false,
        local: true,
        unit: Some(unit.to_owned()),
        label: label.range.clone(),
        range: cell.range.clone(),
    };
    let mut figure = cells::figure(report, &printed)?;
    if figure.indicator.is_none() {
        figure.indicator = named(report, &label.folded, &figure.unit);
    }
    // A number alone says nothing: its label is quoted with it.
    let whole = label.range.start..cell.range.end;
    if whole.len() <= MAX_QUOTE && whole.start < whole.end {
        figure.range = whole;
    }
    Some(figure)
}

/// The indicator whose label fills the words.
fn named(report: &Report, label: &str, unit: &str) -> Option<String> {
    let lexicon = Lexicon::current();
    let words = lexicon.words(label, report.year.map(|y| y.value));
    let labels = words.labels(&(0..label.len()), unit, |_, _| false);
    let heaviest = labels.iter().max_by_key(|l| l.weight)?;
    let length = without_enumerator(label).chars().count();
    let indicator = lexicon.indicator(heaviest.indicator);
    (!unit.is_empty() && heaviest.weight * 4 >= length * 3).then(|| indicator.key.clone())
}
