//! How the rows of a table are laid out: where its headers say that the columns stand, and
//! what its rows have in common where there are none.

use std::collections::HashMap;

use super::label::Labels;
use super::record::Record;
use super::token::{Kind, Line, Token};

/// The headers of a grid: where the columns of table 3 stand, by the number of columns.
#[derive(Debug, Default)]
pub struct Headers(Vec<(usize, Columns)>);

/// Columns of a grid.
#[derive(Debug)]
struct Columns {
    /// Those of the applicants, as the form orders them.
    applicants: Vec<usize>,
    /// Those that add up some of these: no cell of the form.
    sums: Vec<usize>,
}

impl Headers {
    /// Finds the rows that name the applicants: one, or two where some of them stand below a
    /// common header.
    pub fn find(lines: &[Line], labels: &Labels) -> Self {
        let mut found = Vec::new();
        for (i, line) in lines.iter().enumerate().filter(|(_, l)| l.columns > 1) {
            let below = lines.get(i + 1).filter(|l| {
                l.columns == line.columns && l.block == line.block + 1 && l.values() == 0
            });
            let heads: Vec<&Token> = line.tokens.iter().collect();
            let both = below.map(|l| line.tokens.iter().chain(&l.tokens).collect());
            let columns = [Some(heads), both].into_iter().flatten();
            if let Some(columns) = columns.filter_map(|h| columns_of(&h, labels)).next() {
                found.push((line.columns, columns));
            }
        }
        Self(found)
    }

    /// The values of a row of as many columns as the headers have.
    pub fn pick(&self, record: &Record) -> Option<Vec<Token>> {
        let (_, columns) = self.0.iter().find(|(n, _)| *n == record.columns)?;
        let at = |column: &usize| record.values.iter().find(|t| t.column == *column);
        let picked = columns.applicants.iter().map(|c| at(c).cloned());
        let picked: Vec<Token> = picked.collect::<Option<_>>()?;
        let is_sum = |t: &&Token| columns.sums.contains(&t.column);
        let sums = record.values.iter().filter(is_sum);
        let sums = sums.filter(|t| t.kind != Kind::Blank).count();
        (filled(&picked) + sums == filled(&record.values)).then_some(picked)
    }
}

/// The columns of the applicants, wherever each of them stands.
fn columns_of(heads: &[&Token], labels: &Labels) -> Option<Columns> {
    let words = || heads.iter().filter(|t| t.kind == Kind::Words);
    let mut applicants: Vec<usize> = Vec::new();
    for names in &labels.data.applicant_words {
        let is_name = |l: &str| names.iter().any(|name| name == l);
        let named = words().filter(|t| labels.normal(&t.folded, is_name));
        let free = named.map(|t| t.column).filter(|c| !applicants.contains(c));
        // 其他 may stand there twice: the printed order goes before.
        let last = applicants.last().copied();
        applicants.push(free.min_by_key(|c| (last.is_some_and(|last| *c < last), *c))?);
    }
    let sums = words().filter(|t| matches!(t.folded.as_str(), "小计" | "合计"));
    let sums = sums.map(|t| t.column).filter(|c| !applicants.contains(c));
    let sums = sums.collect();
    (!applicants.is_empty()).then_some(Columns { applicants, sums })
}

/// What the rows of a table have in common that are named in full.
#[derive(Debug, Default)]
pub struct Habits {
    /// By width, column of the label and number of values: how many rows.
    cells: HashMap<(usize, usize, usize), usize>,
    /// By width and number of cells in all: how many rows.
    rows: HashMap<(usize, usize), Rows>,
    full: usize,
    partly: usize,
}

/// Rows of as many cells.
#[derive(Debug, Default, Clone, Copy)]
struct Rows {
    all: usize,
    /// Rows with bars behind their values, or with more cells than those.
    padded: usize,
    /// Rows with values and more cells than those.
    wider: usize,
    /// Of these, rows that have as many blanks before their values as they are wider.
    blanks_before: usize,
    /// And rows that have them behind their values.
    blanks_behind: usize,
}

/// The cells of a row: the columns of its grid, or what stands on lines of its own.
fn cells(record: &Record) -> usize {
    match record.columns {
        0 => record.cells(),
        columns => columns,
    }
}

impl Habits {
    /// Counts the rows of `n` values that are named in full.
    pub fn count(&mut self, record: &Record, n: usize) {
        let key = (n, record.label_column, record.values.len());
        *self.cells.entry(key).or_default() += 1;
        let filled = filled(&record.values);
        self.full += usize::from(filled == n);
        self.partly += usize::from((1..n).contains(&filled));
        let rows = self.rows.entry((n, cells(record))).or_default();
        rows.all += 1;
        rows.padded += usize::from(record.fillers > 0 || record.values.len() > n);
        let is_blank = |t: &&Token| t.kind == Kind::Blank;
        let excess = record.values.len().saturating_sub(n);
        if excess > 0 && filled > 0 {
            let lead = record.values.iter().take_while(is_blank).count();
            let trail = record.values.iter().rev().take_while(is_blank).count();
            rows.wider += 1;
            rows.blanks_before += usize::from(lead >= excess);
            rows.blanks_behind += usize::from(trail >= excess);
        }
    }

    /// The `n` values of a row with blanks too many, where all rows have as many cells and
    /// it is plain on which side the blanks are that belong to a label or a span.
    pub fn pick(&self, record: &Record, n: usize) -> Option<Vec<Token>> {
        let rows = *self.rows.get(&(n, cells(record)))?;
        let alike = self.rows.iter().filter(|(key, _)| key.0 == n);
        let all: usize = alike.map(|(_, r)| r.all).sum();
        let excess = record.values.len().checked_sub(n).filter(|e| *e > 0)?;
        let regular = rows.all >= 2 && rows.all * 5 >= all * 4;
        if !regular {
            return None;
        }
        let before = rows.blanks_before == rows.wider;
        let behind = rows.blanks_behind == rows.wider;
        // Where both may be, bars for what a row spans stand at its end.
        if before == behind && (!before || record.columns > 0) {
            return None;
        }
        let at = if behind { n } else { excess };
        let (first, second) = record.values.split_at(at);
        let (values, others) = if behind {
            (first, second)
        } else {
            (second, first)
        };
        (filled(others) == 0).then(|| values.to_vec())
    }

    /// Whether a row has other cells than all rows have, bars for what they span among them:
    /// then one of its blanks may be such a bar.
    pub fn differs(&self, record: &Record, n: usize) -> bool {
        let alike = self.rows.iter().filter(|(key, _)| key.0 == n);
        let all: usize = alike.clone().map(|(_, r)| r.all).sum();
        let regular = |r: &Rows| r.all > 2 && r.all * 5 >= all * 4 && r.padded * 2 > r.all;
        let mut usual = alike.filter(|(_, r)| regular(r));
        record.columns == 0 && usual.any(|(key, _)| key.1 != cells(record))
    }

    /// Whether other rows, whose label stands in the same column, have as many cells.
    pub fn usual(&self, record: &Record, n: usize) -> bool {
        self.cells
            .get(&(n, record.label_column, record.values.len()))
            >= Some(&2)
    }

    /// Whether rows whose label stands in this column have more cells than values.
    pub fn padded(&self, record: &Record, n: usize) -> bool {
        let rows = |more: bool| -> usize {
            let same = |k: &&(usize, usize, usize)| k.0 == n && k.1 == record.label_column;
            let keys = self.cells.keys().filter(same).filter(|k| (k.2 > n) == more);
            keys.filter_map(|k| self.cells.get(k)).sum()
        };
        rows(true) > rows(false)
    }

    /// Whether blanks are usual among the values.
    pub fn leaves_blanks(&self) -> bool {
        self.partly * 4 > self.full
    }
}

/// How many values are not blank.
pub fn filled(values: &[Token]) -> usize {
    values.iter().filter(|t| t.kind != Kind::Blank).count()
}
