//! Figures from tables that follow no official form: 类别 and 数量, ways and numbers, one
//! column for each office. A row's or a column's head names what is counted where it says
//! nothing else; a unit or a name is asked for, so that menus and portals' metadata count
//! nothing.

mod grid;
mod name;

use rust_decimal::Decimal;

use super::label::Lexicon;
use super::{Basis, Claim, Figure, Parts, Period, Semantics};
use crate::report::form::is_form_line;
use crate::report::{Form, Report};
use grid::{Column, Grid, Row, Value};
use name::{Head, Namer};
pub use name::{bare, office};

/// Fewest parts of a whole that are added up.
const FEWEST_PARTS: usize = 2;

/// Every statistic in such tables of `report`, in reading order, and the sums they hold.
pub fn read(report: &Report) -> (Vec<Figure>, Vec<Claim>) {
    let mut figures = Vec::new();
    let mut claims = Vec::new();
    for table in report.tables.iter().filter(|t| t.form.is_none()) {
        let first = report
            .blocks
            .partition_point(|b| b.range.start < table.range.start);
        let last = report
            .blocks
            .partition_point(|b| b.range.start < table.range.end);
        let blocks = &report.blocks[first..last.max(first)];
        if (first..last).any(|i| report.furniture.contains(&i)) {
            continue;
        }
        if let Some(grid) = Grid::of(&report.text, blocks) {
            table_of(report, &grid, &mut figures, &mut claims);
        }
    }
    (figures, claims)
}

fn table_of(report: &Report, grid: &Grid, figures: &mut Vec<Figure>, claims: &mut Vec<Claim>) {
    let namer = Namer::of(report, grid);
    for column in &grid.columns {
        let head = namer.head(column);
        if head == Head::Other {
            continue;
        }
        let mut counted: Vec<(usize, &Row)> = Vec::new();
        for row in &grid.rows {
            let Some(value) = row.value(column) else {
                continue;
            };
            // What is left of a form's table was left out because it could not be read.
            if report.form != Form::P && is_form_line(&row.said) {
                continue;
            }
            if let Some(figure) = figure(report, grid, &namer, (row, column), value, &head) {
                counted.push((figures.len(), row));
                figures.push(figure);
            }
        }
        claims.extend(sum(grid, column, &counted, figures));
    }
}

/// The figure of a cell; none where neither name nor unit says that it counts something.
fn figure(
    report: &Report,
    grid: &Grid,
    namer: &Namer,
    (row, column): (&Row, &Column),
    value: &Value,
    head: &Head,
) -> Option<Figure> {
    let unit = value
        .unit
        .as_deref()
        .or(row.unit(grid))
        .or(column.unit.as_deref())
        .or(row.label_unit.as_deref());
    let (times, unit) = match unit {
        Some("亿元") => (100_000_000, Some("元")),
        Some("万元") => (10_000, Some("元")),
        unit => (1, unit),
    };
    let (indicator, scope) = namer.name(row, column, head, unit.unwrap_or_default());
    let indicator = indicator.map(|i| Lexicon::current().indicator(i));
    let unit = unit
        .map(str::to_owned)
        .or(indicator.map(|i| i.unit.clone()))?;
    let year = match head {
        Head::Year(year) if Some(*year) != report.year.map(|y| y.value) => Some(*year),
        _ => None,
    };
    let stock = indicator.is_some_and(|i| i.stock);
    let key = indicator.map(|i| i.key.clone());
    Some(Figure {
        id: String::new(),
        indicator: key.filter(|_| year.is_none()),
        applicant: None,
        cell: None,
        label: match head {
            Head::Named(_) => column.named.clone(),
            _ => row.label.clone(),
        },
        value: Some((value.number * Decimal::from(times)).normalize()),
        unit,
        semantics: match value.number.is_zero() {
            true => Semantics::Zero,
            false => Semantics::Number,
        },
        qualifier: value.qualifier,
        period: Period::Annual,
        basis: if stock { Basis::Stock } else { Basis::Flow },
        year,
        scope,
        principal: false,
        section: report
            .section_at(value.cell.start)
            .map(|s| s.id.clone())
            .unwrap_or_default(),
        range: value.cell.clone(),
        number: value.range.clone(),
    })
}

/// 合计 at the end of a column, or at its head: what stands between adds up to it. Rows that
/// divide other rows leave that open.
fn sum(
    grid: &Grid,
    column: &Column,
    counted: &[(usize, &Row)],
    figures: &[Figure],
) -> Option<Claim> {
    let whole = [counted.first()?, counted.last()?];
    let (whole, _) = *whole.into_iter().find(|(_, row)| row.is_total())?;
    let plain = |row: &Row| row.value(column).is_some() && !row.divides();
    let unit = &figures[whole].unit;
    let parts: Vec<usize> = counted
        .iter()
        .map(|(i, _)| *i)
        .filter(|i| *i != whole)
        .collect();
    let holds = parts.len() >= FEWEST_PARTS
        && grid.rows.len() == counted.len()
        && grid.rows.iter().all(plain)
        && grid.rows.iter().filter(|r| r.is_total()).count() == 1
        && unit != "%"
        && parts.iter().all(|i| figures[*i].unit == *unit);
    holds.then_some(Claim::Sum {
        whole,
        parts,
        kind: Parts::Closed,
    })
}

#[cfg(test)]
mod tests;
