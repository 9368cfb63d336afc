//! What such a table claims of its own numbers: that the parts of a row or a column add up
//! to its total, and which share of the total each part is.

use super::grid::{Column, Grid, Row, is_total};
use super::name::Said;
use crate::figure::label::Lexicon;
use crate::figure::{Claim, Figure, Parts};

/// Fewest parts of a whole that are added up.
const FEWEST_PARTS: usize = 2;

/// Of each column, of each row: the place of its figure.
type Places = [Vec<Option<usize>>];

/// The sums of columns and of rows.
pub(super) fn read(grid: &Grid, heads: &[Said], places: &Places, figures: &[Figure]) -> Vec<Claim> {
    let mut claims = Vec::new();
    // Rows that divide other rows leave open what adds up.
    if !grid.rows.iter().any(Row::divides) {
        let totals: Vec<bool> = grid.rows.iter().map(Row::is_total).collect();
        claims.extend(places.iter().filter_map(|c| sum(&totals, c, figures)));
    }
    let counts = |said: &Said| !matches!(said, Said::Change | Said::Year(_));
    if heads.iter().all(counts) && !grid.columns.iter().any(divides) {
        let totals: Vec<bool> = grid
            .columns
            .iter()
            .map(|c| !c.head.is_empty() && is_total(&c.head))
            .collect();
        for row in 0..grid.rows.len() {
            let line: Vec<_> = places.iter().map(|column| column[row]).collect();
            claims.extend(sum(&totals, &line, figures));
        }
    }
    claims
}

fn divides(column: &Column) -> bool {
    column.head.contains("其中")
}

/// 合计 at the end of a line of numbers, or at its head: what stands between adds up to it.
fn sum(totals: &[bool], line: &[Option<usize>], figures: &[Figure]) -> Option<Claim> {
    let places: Option<Vec<usize>> = line.iter().copied().collect();
    let mut parts = places?;
    let at = totals.iter().position(|total| *total)?;
    let only = totals.iter().filter(|total| **total).count() == 1;
    if !only || at != 0 && at + 1 != totals.len() {
        return None;
    }
    let whole = parts.remove(at);
    let unit = &figures[whole].unit;
    let holds = parts.len() >= FEWEST_PARTS
        && unit != "%"
        && parts.iter().all(|part| figures[*part].unit == *unit);
    holds.then_some(Claim::Sum {
        whole,
        parts,
        kind: Parts::Closed,
    })
}

/// A column of shares tells of the column of numbers before it, a row of shares of the row
/// above; shares of kinds of information bear their names.
pub(super) fn shares(
    grid: &Grid,
    places: &Places,
    figures: &mut [Figure],
    claims: &mut Vec<Claim>,
) {
    let is_share = |said: &str| ["占", "比例", "比重"].iter().any(|w| said.contains(w));
    if let Some(total) = grid.rows.iter().position(Row::is_total) {
        for (at, column) in grid.columns.iter().enumerate().skip(1) {
            if column.unit.as_deref() == Some("%") && is_share(&column.head) {
                share_line(&places[at - 1], &places[at], total, figures, claims);
            }
        }
    }
    let is_whole = |c: &Column| !c.head.is_empty() && is_total(&c.head);
    if let Some(total) = grid.columns.iter().position(is_whole) {
        let line = |row: usize| -> Vec<_> { places.iter().map(|column| column[row]).collect() };
        for (at, row) in grid.rows.iter().enumerate().skip(1) {
            if is_share(&row.said) {
                share_line(&line(at - 1), &line(at), total, figures, claims);
            }
        }
    }
}

/// `counted` and `shares` stand side by side, their totals at `total`.
fn share_line(
    counted: &[Option<usize>],
    shares: &[Option<usize>],
    total: usize,
    figures: &mut [Figure],
    claims: &mut Vec<Claim>,
) {
    let Some(whole) = counted[total].filter(|w| figures[*w].unit != "%") else {
        return;
    };
    for at in (0..counted.len()).filter(|at| *at != total) {
        let (Some(part), Some(share)) = (counted[at], shares[at]) else {
            continue;
        };
        if figures[share].unit != "%" {
            continue;
        }
        let key = figures[part].indicator.as_deref();
        figures[share].indicator = key.and_then(|key| Lexicon::current().share_of(key));
        claims.push(Claim::Share {
            part,
            whole,
            share,
            certain: true,
        });
    }
}
