//! Records that could not be placed: a row of other width than its line, a line that a
//! province added, values that belong to no certain line.

use super::super::record::Record;
use super::super::token::{Kind, Token};
use super::super::{FormCell, FormTable, Problem, listed, local, without_enumerator};
use super::Reader;
use crate::text::fold::fold;

/// Most blocks between a table and the values of a line beside it: its label, a bar.
const BESIDE: usize = 3;

impl Reader<'_> {
    /// Whether an enumerator stands in front of the label.
    pub(super) fn is_numbered(&self, record: &Record) -> bool {
        let label = fold(self.text.get(record.label.clone()).unwrap_or_default());
        without_enumerator(&label).len() < label.len()
    }

    /// Numbers of a record that is known but does not fit: figures without a place.
    pub(super) fn unplaced(&self, table: &mut FormTable, record: &Record) {
        let numbers = record.values.iter().enumerate();
        // The number of the line is no amount.
        let numbers = numbers
            .filter(|(at, t)| t.kind == Kind::Value && !listed::is_code(record, &self.roles, *at))
            .map(|(_, t)| t);
        let cells = numbers.map(|t| FormCell {
            unit: record.unit.clone(),
            ..FormCell::new(None, record.label.clone(), t)
        });
        table.cells.extend(cells);
    }

    /// A line whose values are not as many as they should be, in its table or beside it.
    pub(super) fn misfit(&self, tables: &mut [FormTable], record: &Record, row: usize) -> bool {
        let name = self.table_name(row);
        let near = |t: &&mut FormTable| {
            t.name == name
                && record.blocks.end + BESIDE >= t.blocks.start
                && record.blocks.start <= t.blocks.end + BESIDE
        };
        let Some(table) = tables.iter_mut().find(near) else {
            return false;
        };
        let problem = match record.values.len() > self.width(row) {
            true => Problem::Surplus,
            false => Problem::Missing,
        };
        let cell = format!("{name}/{}", self.rows()[row].cell);
        table.trouble(cell, problem, &record.values);
        self.unplaced(table, record);
        table.blocks.start = table.blocks.start.min(record.blocks.start);
        table.blocks.end = table.blocks.end.max(record.blocks.end);
        true
    }

    /// A record that could not be placed, inside a table or right before it.
    pub(super) fn stray(&self, tables: &mut [FormTable], record: &Record) {
        // 总计 is a header of table 4, too, (七)总计 is none.
        let label = fold(self.text.get(record.label.clone()).unwrap_or_default());
        let numbered = self.is_numbered(record);
        if let [row] = record.exact[..]
            && record.values.len() > 1
            && (numbered
                || record.values.len() <= self.width(row) + 2 && !self.labels.is_word(&label))
            && self.misfit(tables, record, row)
        {
            return;
        }
        let inside = |t: &&mut FormTable| {
            t.blocks.start <= record.blocks.start && record.blocks.end <= t.blocks.end
        };
        // The last line of a list may be one that a province added.
        let at_end = |t: &&mut FormTable| {
            let near = t.blocks.end..=t.blocks.end + BESIDE;
            !t.name.contains('/') && record.unit.is_some() && near.contains(&record.blocks.start)
        };
        let place = tables.iter_mut().position(|t| inside(&t));
        let place = place.or_else(|| tables.iter_mut().position(|t| at_end(&t)));
        let Some(table) = place.map(|at| &mut tables[at]) else {
            return;
        };
        let digits = |t: &Token| t.folded.contains(|c: char| c.is_ascii_digit());
        let numbers = record.values.iter().enumerate().any(|(at, t)| {
            t.kind == Kind::Value && digits(t) && !listed::is_code(record, &self.roles, at)
        });
        if !numbers {
            return;
        }
        let is_list = !table.name.contains('/');
        table.blocks.end = table.blocks.end.max(record.blocks.end);
        if is_list
            && (record.piece.is_empty() || local(&label).is_some())
            && !record.label.is_empty()
            && let Ok(cells) = listed::cells(record, None, "", &self.roles)
        {
            let added = |cell| FormCell {
                local: true,
                ..cell
            };
            table.cells.extend(cells.into_iter().map(added));
            return;
        }
        if record.values.len() > 1 {
            let name = table.name.clone();
            table.trouble(name, Problem::Unplaced, &record.values);
        }
        self.unplaced(table, record);
    }
}
