//! Rows of table 3 whose numbers have run together, in the table that is being filled.

use std::ops::Range;

use super::super::record::Record;
use super::super::token::Token;
use super::super::{FormCell, FormRow, FormTable, Problem, Slot, fit, glued, value};
use super::Reader;
use crate::text::fold::fold;

impl Reader<'_> {
    /// Whether the seven numbers of a line of table 3 have run together.
    pub(super) fn is_glued(&self, record: &Record, row: usize) -> bool {
        let digits = |t: &Token| t.folded.bytes().all(|b| b.is_ascii_digit());
        self.rows()[row].table == "t3"
            && matches!(&record.values[..], [one] if one.folded.len() >= glued::COLUMNS && digits(one))
    }

    /// Parts the numbers that have run together in rows of table 3, each `(row, record)`.
    pub(super) fn part(
        &self,
        tables: &mut [FormTable],
        run: &[(usize, usize)],
        records: &[Record],
    ) {
        let data = self.labels.data;
        let name = format!("{:?}/t3", data.form);
        let Some(table) = tables.iter_mut().find(|t| t.name == name) else {
            return;
        };
        let mut rows: Vec<glued::Row> = Vec::new();
        let mut ways = Vec::new();
        for (row, line) in data.row.iter().enumerate().filter(|(_, r)| r.table == "t3") {
            let record = run.iter().find(|g| g.0 == row).map(|g| &records[g.1]);
            let found = record.map(|r| glued::ways(&r.values[0].folded));
            let counts = match (&found, record) {
                (Some(found), Some(record)) => {
                    let digits = &record.values[0].folded;
                    let way = |w: &[Range<usize>; glued::COLUMNS]| {
                        w.clone().map(|r| digits[r].parse().unwrap_or_default())
                    };
                    found.iter().map(way).collect()
                }
                _ => self.counts(table, line).into_iter().collect(),
            };
            rows.push(glued::Row {
                row,
                ways: counts,
                is_glued: record.is_some(),
            });
            ways.push(found);
        }
        let chosen = glued::solve(&rows, data);
        for (row, record) in run {
            let record = &records[*record];
            let token = &record.values[0];
            let at = rows.iter().position(|r| r.row == *row);
            let way = at.and_then(|at| ways[at].as_ref()?.get(chosen[at]?));
            let cell = format!("{name}/{}", data.row[*row].cell);
            let Some(way) = way else {
                table.trouble(cell, Problem::Glued, &record.values);
                self.unplaced(table, record);
                continue;
            };
            table.trouble(cell, Problem::Parted, &record.values);
            let parts = fit::parts(self.text, token, way);
            let slots = data.slots(&data.row[*row]).into_iter();
            let cells = slots
                .zip(&parts)
                .map(|(slot, part)| FormCell::new(Some(slot), record.label.clone(), part));
            table.cells.extend(cells);
        }
    }

    /// The seven numbers of a line that has been read.
    fn counts(&self, table: &FormTable, line: &FormRow) -> Option<[i64; glued::COLUMNS]> {
        let slots = self.labels.data.slots(line);
        let count = |slot: &Slot| {
            let cell = table.cells.iter().find(|c| c.slot.as_ref() == Some(slot))?;
            match value::read(&fold(self.text.get(cell.range.clone())?)) {
                value::Printed::Number(value, _) => i64::try_from(value).ok(),
                _ => None,
            }
        };
        let counts: Option<Vec<i64>> = slots.iter().map(count).collect();
        counts?.try_into().ok()
    }
}
