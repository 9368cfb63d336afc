//! The official tables of a report as their cells: which figure stands where.

use super::formula::{Sheet, sheet};
use super::verdict::Term;
use crate::figure::{Basis, Figure, Qualifier, Semantics};
use crate::report::form::Problem;
use crate::report::{Form, Report};

/// One printed table. A report may print the same one twice (its own and its district's).
#[derive(Debug)]
pub(super) struct Filled {
    pub sheet: &'static Sheet,
    /// `t2`, `t3`, `t4`; empty where the form is a single table.
    pub table: String,
    /// Figure of each cell of the sheet.
    pub figures: Vec<Option<usize>>,
    /// Figure of each cell in a column of cumulative numbers (form A).
    pub cumulative: Vec<Option<usize>>,
    /// Whether a cell stands in a row that could not be read for certain.
    doubtful: Vec<bool>,
    terms: Vec<Term>,
}

/// The tables whose cells are among `figures` of `report`.
pub(super) fn read(report: &Report, figures: &[Figure]) -> Vec<Filled> {
    let mut all: Vec<Filled> = Vec::new();
    for (at, figure) in figures.iter().enumerate() {
        let Some((form, name)) = figure.cell.as_deref().and_then(parts) else {
            continue;
        };
        let Some(sheet) = sheet(form) else { continue };
        // A cumulative column beside the year's is of the same line.
        let named = match name.ends_with("/stock") {
            true => same_line(figures, at).unwrap_or(at),
            false => at,
        };
        let place = match form {
            Form::A => figures[named]
                .indicator
                .as_deref()
                .map(|k| k.strip_suffix("_stock").unwrap_or(k))
                .and_then(|k| sheet.place_of(k)),
            _ => sheet.place(name),
        };
        let Some(place) = place else { continue };
        let table = table_of(name);
        let stock = form == Form::A && figure.basis == Basis::Stock;
        let free = |f: &Filled| {
            let slots = if stock { &f.cumulative } else { &f.figures };
            slots[place].is_none()
        };
        let same = |f: &&mut Filled| f.sheet.form == form && f.table == table;
        let filled = match all.iter_mut().rev().find(same) {
            Some(last) if free(last) => last,
            _ => {
                all.push(Filled {
                    sheet,
                    table: table.to_owned(),
                    figures: vec![None; sheet.cells.len()],
                    cumulative: vec![None; sheet.cells.len()],
                    doubtful: vec![false; sheet.cells.len()],
                    terms: vec![Term::Absent; sheet.cells.len()],
                });
                let last = all.len() - 1;
                &mut all[last]
            }
        };
        if stock {
            filled.cumulative[place] = Some(at);
        } else {
            filled.figures[place] = Some(at);
            filled.terms[place] = term(figure);
        }
    }
    // A table that has nothing but a cumulative column is a table like any other.
    for filled in &mut all {
        for place in 0..filled.figures.len() {
            if filled.figures[place].is_none()
                && let Some(at) = filled.cumulative[place].take()
            {
                filled.figures[place] = Some(at);
                filled.terms[place] = term(&figures[at]);
            }
        }
    }
    for table in &report.tables {
        for trouble in table.troubles.iter().filter(|t| is_serious(t.problem)) {
            doubt(&mut all, &trouble.row);
        }
    }
    all
}

/// The figure of the year in the line whose cumulative figure is at `at`, else that itself.
fn same_line(figures: &[Figure], at: usize) -> Option<usize> {
    let line = figures[at].cell.as_deref()?.strip_suffix("/stock")?;
    let before = figures[..at].iter().rposition(|f| f.cell.is_some())?;
    let same = figures[before].cell.as_deref() == Some(line);
    Some(if same { before } else { at })
}

/// Whether a trouble may have put a wrong number, or none, into a cell.
fn is_serious(problem: Problem) -> bool {
    !matches!(problem, Problem::Repeated { same: true })
}

/// Marks the cells of a row, or of a table of which a line could not be told: where the
/// table is that it stands in, or in one of the form's others where nothing of it was read.
fn doubt(all: &mut [Filled], row: &str) {
    let Some((form, name)) = parts(row) else {
        return;
    };
    let of_form = |f: &&mut Filled| f.sheet.form == form;
    let table = table_of(name);
    let first = all.iter().position(|f| f.sheet.form == form);
    let is_read = all.iter().any(|f| f.sheet.form == form && f.table == table);
    let only = first.filter(|_| !is_read);
    let own = |at: usize, f: &Filled| only.map_or(f.table == table, |only| at == only);
    let all = all.iter_mut().enumerate();
    let all = all.filter(|(at, f)| own(*at, f)).map(|(_, f)| f);
    for filled in all.filter(of_form) {
        let sheet = filled.sheet;
        for (place, cell) in sheet.cells.iter().enumerate() {
            let rest = cell.name.strip_prefix(name);
            if rest.is_some_and(|r| r.is_empty() || r.starts_with(['/', '.'])) {
                filled.doubtful[place] = true;
            }
        }
    }
}

/// `D/t3/granted/natural` → the form and the cell's name in it.
pub(super) fn parts(cell: &str) -> Option<(Form, &str)> {
    let (letter, name) = cell.split_once('/')?;
    let form = match letter {
        "A" => Form::A,
        "B" => Form::B,
        "C" => Form::C,
        "D" => Form::D,
        _ => return None,
    };
    Some((form, name))
}

fn table_of(name: &str) -> &str {
    match name.split_once('/') {
        // 01/stock is a column of the only table.
        Some((table, _)) if table.starts_with('t') => table,
        None if name.starts_with('t') => name,
        _ => "",
    }
}

/// What a figure is in a sum.
pub(super) fn term(figure: &Figure) -> Term {
    match (figure.value, figure.semantics) {
        (_, Semantics::Empty) => Term::Blank,
        (_, Semantics::Na) => Term::Na,
        (_, Semantics::Text) | (None, _) => Term::Words,
        (Some(_), _) if figure.qualifier != Qualifier::Exact => Term::Words,
        (Some(value), _) => Term::Known(value),
    }
}

impl Filled {
    /// What stands in a cell.
    pub fn term(&self, place: usize) -> Term {
        self.terms[place]
    }

    /// Whether one of these stands in a row that could not be read for certain.
    pub fn is_doubtful(&self, places: &[usize]) -> bool {
        places.iter().any(|p| self.doubtful[*p])
    }

    /// What stands in several.
    pub fn terms(&self, places: &[usize]) -> Vec<Term> {
        places.iter().map(|p| self.terms[*p]).collect()
    }

    /// The figures of several cells, those there.
    pub fn figures_of(&self, places: &[usize]) -> impl Iterator<Item = usize> {
        let found: Vec<usize> = places.iter().filter_map(|p| self.figures[*p]).collect();
        found.into_iter()
    }

    /// Places of the cells that the report prints.
    pub fn printed(&self) -> impl Iterator<Item = usize> {
        (0..self.figures.len()).filter(|p| self.figures[*p].is_some())
    }

    /// Whether every printed cell is `term`.
    pub fn is_all(&self, is: impl Fn(Term) -> bool) -> bool {
        self.printed().all(|p| is(self.terms[p]))
    }
}
