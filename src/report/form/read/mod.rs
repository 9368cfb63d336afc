//! Blocks → the official tables in them: every cell with its place, and what could not be
//! placed. A file may hold several reports' tables, or the same one twice.

mod parted;
mod stray;

use std::ops::Range;

use super::align::{self, Candidate};
use super::fit;
use super::habits::{Habits, Headers};
use super::label::Labels;
use super::pages::Pages;
use super::record::{self, Record};
use super::roles::Roles;
use super::token::{self, Kind, Line};
use super::{
    FormCell, FormRow, FormTable, Problem, Slot, disputes, extent, listed, transposed, turned,
    unfilled,
};
use crate::report::Form;
use crate::source::Block;
use crate::text::fold::fold;

/// How far apart, in blocks, the records of one table may stand.
const FARTHEST: usize = 40;

/// Finds the tables of `form` in `blocks`.
pub fn read(text: &str, blocks: &[Block], form: Form) -> Vec<FormTable> {
    let Some(labels) = Labels::of(form) else {
        return Vec::new();
    };
    let labels = &labels;
    let mut lines = token::lines(text, blocks, labels);
    let mut tables = transposed::read(&lines, labels);
    lines.retain(|l| !tables.iter().any(|t| t.blocks.contains(&l.block)));
    let mut records = record::records(text, &lines, labels);
    turned::turn(text, &mut records, &lines, labels);
    let disputes = disputes::chapters(blocks);
    records.retain(|r| !r.values.is_empty() && !is_of_disputes(r, &disputes, text, labels));
    let mut reader = Reader {
        text,
        labels,
        headers: Headers::find(&lines, labels),
        habits: Habits::default(),
        roles: Roles::find(&lines, labels),
        lines: &lines,
    };
    let pages = Pages::find(blocks, &lines);
    for record in records.iter_mut().filter(|r| r.exact.len() == 1) {
        let width = reader.width(record.exact[0]);
        pages.take(text, record, width);
        reader.habits.count(record, width);
    }
    let mut upright = Vec::new();
    for run in instances(&records) {
        upright.extend(reader.tables(&records[run]));
    }
    upright.retain(|t| extent::is_table(t, &lines, labels));
    tables.append(&mut upright);
    if !tables.iter().any(|t| t.name.ends_with("/t3")) {
        tables.extend(unfilled::read(&lines, labels));
    }
    let taken: Vec<_> = tables.iter().map(|t| t.blocks.clone()).collect();
    tables.extend(disputes::read(text, &lines, labels, &taken));
    tables.sort_by_key(|t| (t.blocks.start, t.blocks.end));
    tables
}

/// Whether a bare 总计 or 其他 stands in the chapter on reviews and litigation: it is a line
/// of its table, none of the one before.
fn is_of_disputes(record: &Record, chapters: &[Range<usize>], text: &str, labels: &Labels) -> bool {
    let label = fold(text.get(record.label.clone()).unwrap_or_default());
    let within = |c: &Range<usize>| c.contains(&record.blocks.start);
    !record.exact.is_empty()
        && super::without_enumerator(&label).len() == label.len()
        && labels.is_word(&label)
        && chapters.iter().any(within)
}

/// Runs of records that each fill one form: it begins anew where lines come again.
fn instances(records: &[Record]) -> Vec<Range<usize>> {
    let sure: Vec<(usize, usize)> = records
        .iter()
        .enumerate()
        .filter(|(_, r)| r.exact.len() == 1)
        .map(|(i, r)| (i, r.exact[0]))
        .collect();
    let mut runs = Vec::new();
    let (mut from, mut seen) = (0, Vec::new());
    for (k, (i, line)) in sure.iter().enumerate() {
        let again = seen.contains(line);
        let next = sure.get(k + 1).map(|s| s.1);
        if again
            && next.is_some_and(|n| n > *line && seen.contains(&n))
            && seen.last() != Some(line)
        {
            runs.push(from..*i);
            from = *i;
            seen.clear();
        }
        seen.push(*line);
    }
    runs.push(from..records.len());
    runs
}

struct Reader<'a> {
    text: &'a str,
    labels: &'a Labels,
    headers: Headers,
    habits: Habits,
    roles: Roles,
    lines: &'a [Line],
}

impl Reader<'_> {
    fn rows(&self) -> &[FormRow] {
        &self.labels.data.row
    }

    fn width(&self, row: usize) -> usize {
        let row = &self.rows()[row];
        match row.table.as_str() {
            "t3" => self.labels.data.applicants.len(),
            _ => row.columns.len().max(1),
        }
    }

    /// The tables that one run of records fills.
    fn tables(&self, records: &[Record]) -> Vec<FormTable> {
        let candidates: Vec<Candidate> = records.iter().map(|r| self.candidate(r)).collect();
        let placed = align::align(&candidates, self.rows().len());
        let mut tables: Vec<FormTable> = Vec::new();
        let mut filled: Vec<(usize, usize)> = Vec::new();
        let mut glued: Vec<(usize, usize)> = Vec::new();
        for (i, record) in records.iter().enumerate() {
            let Some(row) = placed[i] else { continue };
            let name = self.table_name(row);
            let table = self.table(&mut tables, &name, record);
            let cell = format!("{name}/{}", self.rows()[row].cell);
            let cell = if self.rows()[row].table.is_empty() {
                cell.replacen("//", "/", 1)
            } else {
                cell
            };
            if let Some((_, first)) = filled.iter().find(|(r, _)| *r == row) {
                let (before, now) = (values(&records[*first]), values(record));
                if now.iter().all(|v| v.is_empty()) {
                    continue;
                }
                let same = before == now;
                // 总计 of table 4 is no second (七)总计.
                if !same && !self.is_numbered(record) && self.is_numbered(&records[*first]) {
                    continue;
                }
                table.trouble(cell, Problem::Repeated { same }, &record.values);
                if !same {
                    let ranges: Vec<_> = records[*first]
                        .values
                        .iter()
                        .map(|t| t.range.clone())
                        .collect();
                    for cell in &mut table.cells {
                        if ranges.contains(&cell.range) {
                            cell.slot = None;
                        }
                    }
                }
                continue;
            }
            filled.push((row, i));
            match self.values(record, row) {
                Ok(cells) => table.cells.extend(cells),
                Err(_) if self.is_glued(record, row) => glued.push((row, i)),
                Err(problem) => {
                    table.trouble(cell, problem, &record.values);
                    self.unplaced(table, record);
                }
            }
        }
        if !glued.is_empty() {
            self.part(&mut tables, &glued, records);
        }
        for table in &mut tables {
            extent::widen(table, self.lines);
        }
        for (i, record) in records.iter().enumerate() {
            if placed[i].is_none() {
                self.stray(&mut tables, record);
            }
        }
        for table in &mut tables {
            let from = self.lines.partition_point(|l| l.block < table.blocks.start);
            let to = self.lines.partition_point(|l| l.block < table.blocks.end);
            table.rows = extent::rows(&self.lines[from..to]);
        }
        tables
    }

    fn candidate(&self, record: &Record) -> Candidate {
        let filled = record
            .values
            .iter()
            .filter(|t| t.kind != Kind::Blank)
            .count();
        let fits = |row: &usize| {
            let width = self.width(*row);
            width > 1 && fit::fit(self.text, record, width, &self.headers, &self.habits).is_ok()
        };
        if !record.exact.is_empty() {
            // A label above values that are not as many as its line has names something else.
            let fitting = |row: &&usize| record.inline || self.width(**row) == 1 || fits(row);
            let lines: Vec<usize> = record.exact.iter().filter(fitting).copied().collect();
            return Candidate {
                sure: !lines.is_empty(),
                lines,
                weight: if record.inline {
                    align::SURE
                } else {
                    align::ABOVE
                },
            };
        }
        if filled < 2 {
            return Candidate {
                lines: Vec::new(),
                weight: 0,
                sure: false,
            };
        }
        let (lines, weight): (Vec<usize>, u32) = match (record.inline, record.piece.is_empty()) {
            // Words that are no piece of any label: a line that the form does not have.
            (true, true) => (Vec::new(), 0),
            (true, false) => (record.piece.clone(), align::PIECE),
            (false, _) => ((0..self.rows().len()).collect(), 0),
        };
        Candidate {
            lines: lines.into_iter().filter(|r| fits(r)).collect(),
            weight,
            sure: false,
        }
    }

    fn table_name(&self, row: usize) -> String {
        match self.rows()[row].table.as_str() {
            "" => format!("{:?}", self.labels.data.form),
            table => format!("{:?}/{table}", self.labels.data.form),
        }
    }

    /// The table being filled: a new one where the last stands too far away.
    fn table<'t>(
        &self,
        tables: &'t mut Vec<FormTable>,
        name: &str,
        record: &Record,
    ) -> &'t mut FormTable {
        let near = |t: &FormTable| {
            t.name == name
                && record.blocks.start <= t.blocks.end + FARTHEST
                && t.blocks.start <= record.blocks.end + FARTHEST
        };
        let at = match tables.iter().position(near) {
            Some(at) => at,
            None => {
                tables.push(FormTable::new(name.to_owned(), record.blocks.clone()));
                tables.len() - 1
            }
        };
        let table = &mut tables[at];
        table.blocks.start = table.blocks.start.min(record.blocks.start);
        table.blocks.end = table.blocks.end.max(record.blocks.end);
        table
    }

    /// The cells of a record that is line `row` of the form.
    fn values(&self, record: &Record, row: usize) -> Result<Vec<FormCell>, Problem> {
        let data = self.labels.data;
        let line = &data.row[row];
        let slots = self.labels.slots(row);
        if line.table.is_empty() {
            return self.listed(record, line, &slots[0]);
        }
        let values = fit::fit(self.text, record, slots.len(), &self.headers, &self.habits)?;
        let cells = slots.iter().zip(&values).map(|(slot, token)| {
            let mut cell = FormCell::new(Some(slot.clone()), record.label.clone(), token);
            if cell.is_amount() {
                cell.unit = self.unit_above(record);
            }
            cell
        });
        Ok(cells.collect())
    }

    /// The cells of a line of a list.
    fn listed(
        &self,
        record: &Record,
        line: &FormRow,
        slot: &Slot,
    ) -> Result<Vec<FormCell>, Problem> {
        let mut slot = slot.clone();
        match record.code.or(listed::code(record, &self.roles)) {
            Some(code) if self.labels.data.form == Form::A => slot.cell = format!("A/{code:02}"),
            // A local line has no number but the one it prints.
            None if line.cell.is_empty() => {
                return listed::cells(record, None, &line.unit, &self.roles);
            }
            _ => {}
        }
        listed::cells(record, Some(&slot), &line.unit, &self.roles)
    }

    /// 万元 or 元 in the header above an amount.
    fn unit_above(&self, record: &Record) -> Option<String> {
        let above = self.lines.iter().rev();
        let above = above
            .filter(|l| l.block < record.blocks.end)
            .map(Line::words);
        for words in above.filter(|words| !words.is_empty()).take(6) {
            if words.contains("金额") || words.contains("单位") {
                if let Some(unit) = ["亿元", "万元"].into_iter().find(|u| words.contains(u)) {
                    return Some(unit.into());
                }
                let yuan = words.contains("(元") || words.contains(":元") || words.contains("元)");
                return yuan.then(|| "元".into());
            }
        }
        None
    }
}

fn values(record: &Record) -> Vec<&str> {
    record.values.iter().map(|t| t.folded.as_str()).collect()
}
