//! A table without a form: which of its rows are its head, which of its columns hold
//! numbers, and in what they count.

use std::ops::{Range, RangeInclusive};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::cell::{Cell, Content, Value, cells};
use super::unit;
use crate::figure::grammar::Grammar;
use crate::report::form::without_enumerator;
use crate::source::Block;

/// Numbers in the first column that are years.
const YEARS: RangeInclusive<i32> = 2000..=2099;
/// Most parts that a table is folded into.
const MAX_FOLDS: usize = 3;
/// Most rows of a head.
const HEAD: usize = 3;

/// A row below the head.
#[derive(Debug)]
pub(super) struct Row {
    /// Bytes of the text that name it.
    pub label: Range<usize>,
    /// The same, folded.
    pub said: String,
    /// What stands before it: the row above that opens a group, the label columns before.
    pub group: String,
    /// A unit in brackets behind the label.
    pub label_unit: Option<String>,
    cells: Vec<Cell>,
}

/// A column of numbers.
#[derive(Debug)]
pub(super) struct Column {
    at: usize,
    /// Its head, folded.
    pub head: String,
    /// The lowest words of its head: what stands above holds for its neighbours too.
    pub said: String,
    /// Bytes of the text where that stands.
    pub named: Range<usize>,
    /// What its head says that it counts in.
    pub unit: Option<String>,
}

/// A table.
#[derive(Debug)]
pub(super) struct Grid {
    pub rows: Vec<Row>,
    pub columns: Vec<Column>,
    /// The head of the labels.
    pub corner: String,
    /// Whether it has a head at all.
    pub has_head: bool,
    unit_column: Option<usize>,
}

impl Grid {
    /// What the rows of `text` in `blocks` hold; none where that is no table of numbers.
    pub fn of(text: &str, blocks: &[Block]) -> Option<Self> {
        let cells: Vec<Vec<Cell>> = blocks.iter().filter_map(|b| cells(text, b)).collect();
        let width = cells.iter().map(Vec::len).max().filter(|w| *w >= 2)?;
        let counts = |row: &Vec<Cell>| row.iter().any(|c| matches!(c.content, Content::Number(_)));
        let first = cells.iter().position(counts)?;
        if first > HEAD {
            return None;
        }
        let mut cells = cells;
        let mut body = cells.split_off(first);
        let width = unfold(&mut cells, &mut body, width);
        let head = |at: usize| head_of(&cells, at);
        let kinds: Vec<Kind> = (0..width).map(|at| Kind::of(&body, at)).collect();
        let numbers = |at: &usize| kinds[*at] == Kind::Numbers;
        let first = (0..width).find(numbers)?;
        if kinds[0] == Kind::Years {
            body.iter_mut().for_each(|row| row[0].take_for_words(text));
        }
        let names = |at: &usize| matches!(kinds[*at], Kind::Words | Kind::Years);
        let mut labels: Vec<usize> = (0..first).filter(names).collect();
        // 收费项目, 标准, 金额: what a fee is reckoned by does not name it.
        let remarks = &Grammar::embedded().tabled.remarks;
        if labels.iter().any(|at| !remarks.is_in(&head(*at))) {
            labels.retain(|at| !remarks.is_in(&head(*at)));
        }
        // 收到申请数, 办结数 over one row of numbers: the heads say all.
        if labels.is_empty() && (cells.is_empty() || body.len() > 1) {
            return None;
        }
        let columns = (first..width).filter(numbers).map(|at| {
            let head = head(at);
            Column {
                unit: unit::of_head(&head),
                named: cells
                    .iter()
                    .rev()
                    .find_map(|row| row.get(at).map(|c| c.range.clone()))
                    .unwrap_or_default(),
                said: lowest(&cells, at),
                head,
                at,
            }
        });
        let columns = columns.collect();
        let corner = labels.iter().map(|at| head(*at)).collect();
        Some(Self {
            columns,
            corner,
            has_head: !cells.is_empty(),
            unit_column: (0..width).find(|at| kinds[*at] == Kind::Units),
            rows: rows(body, &labels),
        })
    }
}

impl Row {
    /// Its number in a column; none where a number spans several and stands in one before.
    pub fn value(&self, column: &Column) -> Option<&Value> {
        let cell = self.cells.get(column.at)?;
        let before = column.at.checked_sub(1).and_then(|at| self.cells.get(at));
        let again = before.is_some_and(|b| b.range == cell.range);
        match &cell.content {
            Content::Number(value) if !again => Some(value),
            _ => None,
        }
    }

    /// What its column of units says.
    pub fn unit(&self, grid: &Grid) -> Option<&str> {
        match &self.cells.get(grid.unit_column?)?.content {
            Content::Words(unit) => Some(unit),
            _ => None,
        }
    }

    /// 合计, 总计, or nothing: the only row of its table.
    pub fn is_total(&self) -> bool {
        is_total(&self.said)
    }

    /// Whether it may divide a row above: it is numbered, or says so.
    pub fn divides(&self) -> bool {
        self.said.contains("其中") || without_enumerator(&self.said).len() < self.said.len()
    }
}

/// 合计, 总计, or nothing at all.
pub(super) fn is_total(said: &str) -> bool {
    let said: String = said.chars().filter(|c| c.is_alphanumeric()).collect();
    matches!(
        said.as_str(),
        "" | "合计" | "总计" | "总数" | "共计" | "总和"
    )
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Numbers,
    Words,
    Units,
    /// 1, 2, 3 …
    Ordinals,
    /// 2011, 2012, 2013 …: they name their rows.
    Years,
    Mixed,
}

impl Kind {
    fn of(body: &[Vec<Cell>], at: usize) -> Self {
        let contents = || {
            body.iter()
                .filter_map(|row| row.get(at))
                .map(|c| &c.content)
        };
        let numbers: Vec<Decimal> = contents()
            .filter_map(|c| match c {
                Content::Number(v) if v.unit.is_none() => Some(v.number),
                _ => None,
            })
            .collect();
        let words = contents()
            .filter(|c| matches!(c, Content::Words(_)))
            .count();
        let all = contents().filter(|c| !matches!(c, Content::Blank)).count();
        let counted = numbers.iter().zip(1u32..);
        let ordinals = at == 0
            && numbers.len() >= 2
            && numbers.len() == all
            && counted.into_iter().all(|(n, i)| *n == Decimal::from(i));
        let years = at == 0
            && numbers.len() >= 2
            && numbers.len() == all
            && numbers
                .iter()
                .all(|n| n.is_integer() && n.to_i32().is_some_and(|n| YEARS.contains(&n)));
        let is_unit = |c: &Content| match c {
            Content::Words(words) => unit::is_unit(words),
            _ => true,
        };
        match () {
            () if ordinals => Self::Ordinals,
            () if years => Self::Years,
            () if all > 0 && words == 0 => Self::Numbers,
            () if words > 0 && contents().all(is_unit) => Self::Units,
            () if words == all && words > 0 => Self::Words,
            () => Self::Mixed,
        }
    }
}

fn rows(body: Vec<Vec<Cell>>, labels: &[usize]) -> Vec<Row> {
    let own = labels.last().copied();
    let words = |row: &[Cell], at: usize| match row.get(at).map(|c| &c.content) {
        Some(Content::Words(words)) => words.clone(),
        _ => String::new(),
    };
    let mut rows = Vec::with_capacity(body.len());
    let mut opened = String::new();
    for cells in body {
        let counts = cells
            .iter()
            .any(|c| matches!(c.content, Content::Number(_)));
        let said = own.map_or_else(String::new, |own| words(&cells, own));
        if !counts {
            // 一、主动公开情况: the head of what follows.
            opened = said;
            continue;
        }
        let before = labels.iter().filter(|at| Some(**at) != own);
        let before: String = before.map(|at| words(&cells, *at)).collect();
        let label = own.and_then(|own| cells.get(own));
        let label = label.map(|c| c.range.clone()).unwrap_or_default();
        rows.push(Row {
            label,
            label_unit: unit::in_brackets(&said),
            group: format!("{opened}{before}"),
            said,
            cells,
        });
    }
    rows
}

/// Puts the halves of a table that was folded to save paper (单位 数量 单位 数量) one below
/// the other; how wide it is then.
fn unfold(head: &mut [Vec<Cell>], body: &mut Vec<Vec<Cell>>, width: usize) -> usize {
    let said = |at: usize| lowest(head, at);
    let folded = |count: &usize| {
        let half = width / count;
        width.is_multiple_of(*count)
            && half >= 2
            && !said(0).is_empty()
            && (half..width).all(|at| said(at) == said(at % half))
    };
    let Some(count) = (2..=MAX_FOLDS).find(folded) else {
        return width;
    };
    let half = width / count;
    let rows = std::mem::take(body);
    let mut halves: Vec<Vec<Vec<Cell>>> = (0..count).map(|_| Vec::new()).collect();
    for mut row in rows {
        for into in &mut halves {
            let rest = row.split_off(half.min(row.len()));
            into.push(std::mem::replace(&mut row, rest));
        }
    }
    body.extend(halves.into_iter().flatten());
    body.retain(|row| row.iter().any(|c| !matches!(c.content, Content::Blank)));
    half
}

/// The lowest words of a head over column `at`.
fn lowest(head: &[Vec<Cell>], at: usize) -> String {
    let words = head
        .iter()
        .rev()
        .find_map(|row| match &row.get(at)?.content {
            Content::Words(words) => Some(words.clone()),
            _ => None,
        });
    words.unwrap_or_default()
}

/// The words of a head over column `at`, each once.
fn head_of(head: &[Vec<Cell>], at: usize) -> String {
    let mut said = String::new();
    let mut last = None;
    for cell in head.iter().filter_map(|row| row.get(at)) {
        if let Content::Words(words) = &cell.content
            && last != Some(&cell.range)
        {
            said.push_str(words);
            last = Some(&cell.range);
        }
    }
    said
}
