//! Figures from tables that follow no official form: 类别 and 数量, ways and numbers, one
//! column for each office. A row's or a column's head names what is counted where it says
//! nothing else; a unit or a name is asked for, so that menus and portals' metadata count
//! nothing.

mod cell;
mod family;
mod grid;
mod name;
mod sums;
mod unit;

use rust_decimal::Decimal;

use super::label::Lexicon;
use super::{Basis, Claim, Figure, Period, Semantics};
use crate::report::form::is_form_line;
use crate::report::{Form, Report};
use cell::Value;
use grid::{Column, Grid, Row};
use name::{Namer, Said};
pub use name::{bare, office};

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
        // A head that begins with 时间 or 年份 alone makes no table of metadata.
        let of_page = (first..last).filter(|i| report.furniture.contains(i));
        if 2 * of_page.count() >= blocks.len() {
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
    let heads: Vec<Said> = grid.columns.iter().map(|c| namer.column(c)).collect();
    // Of each column, of each row: the place of its figure.
    let mut places = vec![vec![None; grid.rows.len()]; grid.columns.len()];
    for (column, (at, head)) in grid.columns.iter().zip(heads.iter().enumerate()) {
        if *head == Said::Other {
            continue;
        }
        for (row, place) in grid.rows.iter().zip(&mut places[at]) {
            // What is left of a form's table was left out because it could not be read.
            if report.form != Form::P && is_form_line(&row.said) {
                continue;
            }
            let value = row.value(column);
            let figure = value.and_then(|v| figure(report, grid, &namer, (row, column), v, head));
            if let Some(figure) = figure {
                *place = Some(figures.len());
                figures.push(figure);
            }
        }
    }
    claims.extend(sums::read(grid, &heads, &places, figures));
    sums::shares(grid, &places, figures, claims);
}

/// The figure of a cell; none where neither name nor unit says that it counts something.
fn figure(
    report: &Report,
    grid: &Grid,
    namer: &Namer,
    (row, column): (&Row, &Column),
    value: &Value,
    head: &Said,
) -> Option<Figure> {
    let unit = value
        .unit
        .as_deref()
        .or(row.unit(grid))
        .or(column.unit.as_deref())
        .or(row.label_unit.as_deref())
        .or(namer.unit.as_deref());
    let (times, unit) = match unit {
        Some("亿元") => (100_000_000, Some("元")),
        Some("万元") => (10_000, Some("元")),
        unit => (1, unit),
    };
    let meaning = namer.meaning(row, column, head, unit.unwrap_or_default());
    let lexicon = Lexicon::current();
    let indicator = meaning.indicator.map(|i| lexicon.indicator(i));
    let unit = unit
        .map(str::to_owned)
        .or_else(|| indicator.map(|i| i.unit.clone()))
        .or_else(|| unit::of_thing(&column.head, &namer.around))?;
    let year = meaning
        .year
        .filter(|y| report.year.is_none_or(|own| own.value != *y));
    let basis = match meaning.stock || indicator.is_some_and(|i| i.stock) {
        true => Basis::Stock,
        false => Basis::Flow,
    };
    let key = indicator.and_then(|i| match i.key.as_str() {
        "disclosure.total" if meaning.stock => Some("disclosure.total_stock".to_owned()),
        key => Some(key.to_owned()).filter(|_| i.stock || !meaning.stock),
    });
    Some(Figure {
        id: String::new(),
        indicator: key.filter(|_| year.is_none()),
        applicant: meaning.applicant,
        cell: None,
        label: match head {
            Said::Named(_) => column.named.clone(),
            _ => row.label.clone(),
        },
        value: Some((value.number * Decimal::from(times)).normalize()),
        unit,
        semantics: match value.number.is_zero() {
            true => Semantics::Zero,
            false => Semantics::Number,
        },
        qualifier: value.qualifier,
        period: match meaning.partial {
            true => Period::Partial,
            false => Period::Annual,
        },
        basis,
        year,
        scope: meaning.scope,
        principal: false,
        section: report
            .section_at(value.cell.start)
            .map(|s| s.id.clone())
            .unwrap_or_default(),
        range: value.cell.clone(),
        number: value.range.clone(),
    })
}

#[cfg(test)]
mod tests;
