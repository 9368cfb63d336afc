//! The formulas of `assets/rules.toml`, written out for each form: which cells of which
//! check are added up and compared with which.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::rules::{self, Derived, Rule};
use super::{Message, fill};
use crate::figure::catalogue::Catalogue;
use crate::report::Form;
use crate::report::form::{FormData, forms, normalised};
use crate::text::fold::fold;

/// A cell of an official form.
#[derive(Debug)]
pub(super) struct Cell {
    /// As in the contract, without the form's letter: `t3/granted/natural`, `3.1`.
    pub name: String,
    /// How a person calls it.
    pub label: Message,
    /// Its line's name in words.
    pub row: Message,
    /// `natural` … `total`; empty where the form has no such columns.
    pub applicant: String,
    /// Key in the catalogue; empty when it has none.
    pub indicator: String,
}

/// How two sums are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// They are equal.
    Equal,
    /// The left one is no greater.
    AtMost,
}

/// A formula over cells, written out.
#[derive(Debug)]
pub(super) struct Identity {
    pub rule: &'static Rule,
    /// Told from its like by this.
    pub place: Message,
    /// Terms, by their place among the form's cells.
    pub left: Vec<usize>,
    pub right: Vec<usize>,
    pub relation: Relation,
}

/// A form with its cells and everything that is asked of them.
#[derive(Debug)]
pub(super) struct Sheet {
    pub form: Form,
    pub cells: Vec<Cell>,
    pub identities: Vec<Identity>,
    index: FxHashMap<String, usize>,
    by_indicator: FxHashMap<String, Vec<usize>>,
    /// Of each derived sum: its cells for each applicant.
    derived: Vec<FxHashMap<String, Vec<usize>>>,
}

static SHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| forms().iter().map(Sheet::new).collect());

/// The sheet of a form.
pub(super) fn sheet(form: Form) -> Option<&'static Sheet> {
    SHEETS.iter().find(|s| s.form == form)
}

impl Sheet {
    fn new(data: &'static FormData) -> Self {
        let cells = cells(data);
        let index = cells
            .iter()
            .enumerate()
            .map(|(i, c)| (c.name.clone(), i))
            .collect();
        let mut by_indicator: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (i, cell) in cells.iter().enumerate() {
            by_indicator
                .entry(cell.indicator.clone())
                .or_default()
                .push(i);
        }
        let mut sheet = Self {
            form: data.form,
            cells,
            identities: Vec::new(),
            index,
            by_indicator,
            derived: Vec::new(),
        };
        let applicants = data.applicants.iter().map(String::as_str);
        let applicants: Vec<&str> = applicants.chain(["", "total"]).collect();
        let of_each = |derived: &Derived| {
            let cells = |who: &&str| ((*who).to_owned(), sheet.cells_of(derived, who));
            applicants.iter().map(cells).collect()
        };
        sheet.derived = rules::derived().iter().map(of_each).collect();
        let of_form = |r: &&Rule| r.forms.contains(&data.form);
        sheet.identities = rules::rules()
            .iter()
            .filter(of_form)
            .flat_map(|r| r.check.iter().map(move |c| (r, c)))
            .flat_map(|(rule, check)| sheet.identities(rule, check, data))
            .collect();
        sheet
    }

    /// The place of a cell among all.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// The place of a line by what it counts: local tables of form A number their lines as
    /// they like. For a form whose lines each have an indicator of their own.
    pub fn place_of(&self, indicator: &str) -> Option<usize> {
        self.counting(indicator).last().copied()
    }

    /// The places of all cells of an indicator, in printed order.
    pub fn counting(&self, indicator: &str) -> &[usize] {
        self.by_indicator.get(indicator).map_or(&[], Vec::as_slice)
    }

    /// Cells that a pattern fits, in printed order.
    pub fn matching(&self, pattern: &str) -> Vec<usize> {
        let Some((head, tail)) = pattern.split_once('*') else {
            return self.place(pattern).into_iter().collect();
        };
        let fits = |name: &str| {
            name.len() >= head.len() + tail.len() && name.starts_with(head) && name.ends_with(tail)
        };
        let cells = self.cells.iter().enumerate();
        cells
            .filter(|(_, c)| fits(&c.name))
            .map(|(i, _)| i)
            .collect()
    }

    /// The cells of a derived sum, one of [`rules::derived`], for one applicant (or `total`).
    pub fn derived(&self, derived: &Derived, applicant: &str) -> &[usize] {
        let mut all = rules::derived().iter().zip(&self.derived);
        let of_all = all.find(|(d, _)| std::ptr::eq(*d, derived));
        let cells = of_all.and_then(|(_, cells)| cells.get(applicant));
        cells.map_or(&[], Vec::as_slice)
    }

    fn cells_of(&self, derived: &Derived, applicant: &str) -> Vec<usize> {
        let written = derived.cells.iter().map(|c| c.replace('@', applicant));
        written.flat_map(|c| self.matching(&c)).collect()
    }

    /// A formula written out for every applicant and every line it speaks of.
    fn identities(
        &self,
        rule: &'static Rule,
        check: &str,
        data: &'static FormData,
    ) -> Vec<Identity> {
        let applicants: Vec<&str> = match check.contains('@') {
            true => data.applicants.iter().map(String::as_str).collect(),
            false => vec![""],
        };
        let lines: Vec<&str> = match check.contains('#') {
            true => lines(data),
            false => vec![""],
        };
        let mut all = Vec::new();
        for applicant in applicants {
            for line in &lines {
                let written = check.replace('@', applicant).replace('#', line);
                let (relation, sides) = match written.split_once("<=") {
                    Some(sides) => (Relation::AtMost, Some(sides)),
                    None => (Relation::Equal, written.split_once('=')),
                };
                let Some((left, right)) = sides else { continue };
                let side = |text: &str| -> Vec<usize> {
                    text.split(" + ")
                        .flat_map(|term| self.matching(term.trim()))
                        .collect()
                };
                let (left, right) = (side(left), side(right));
                if left.is_empty() || right.is_empty() {
                    continue;
                }
                let column = rules::applicant(applicant);
                let row = self.cells[left[0]].row.clone();
                let place = rule.place.as_ref().map(|m| Message {
                    zh: fill(&m.zh, &[("applicant", &column.zh), ("row", &row.zh)]),
                    en: fill(&m.en, &[("applicant", &column.en), ("row", &row.en)]),
                });
                all.push(Identity {
                    rule,
                    place: place.unwrap_or_else(|| Message::same("")),
                    left,
                    right,
                    relation,
                });
            }
        }
        all
    }
}

/// The lines of table 3.
fn lines(data: &'static FormData) -> Vec<&'static str> {
    let of_requests = data.row.iter().filter(|r| r.table == "t3");
    of_requests.map(|r| r.cell.as_str()).collect()
}

/// Every cell of a form, in printed order.
fn cells(data: &FormData) -> Vec<Cell> {
    let mut cells = Vec::new();
    for row in &data.row {
        let printed = &normalised(&fold(&row.printed));
        match row.table.as_str() {
            "t3" => {
                let name = named(printed, &row.indicator);
                for applicant in &data.applicants {
                    let column = rules::applicant(applicant);
                    cells.push(Cell {
                        name: format!("t3/{}/{applicant}", row.cell),
                        label: Message {
                            zh: format!("{}·{}", name.zh, column.zh),
                            en: format!("{}, {}", name.en, column.en),
                        },
                        row: name.clone(),
                        applicant: applicant.clone(),
                        indicator: row.indicator.clone(),
                    });
                }
            }
            table if !row.columns.is_empty() => {
                for column in &row.columns {
                    let indicator = format!("{}.{column}", row.indicator);
                    let label = named("", &indicator);
                    cells.push(Cell {
                        name: format!("{table}/{}.{column}", row.cell),
                        row: label.clone(),
                        label,
                        applicant: String::new(),
                        indicator,
                    });
                }
            }
            table => {
                let name = match table {
                    "" => row.cell.clone(),
                    table => format!("{table}/{}", row.cell),
                };
                let label = named(printed, &row.indicator);
                cells.push(Cell {
                    name,
                    row: label.clone(),
                    label,
                    applicant: String::new(),
                    indicator: row.indicator.clone(),
                });
            }
        }
    }
    for dispute in &data.disputes {
        let label = named("", dispute);
        cells.push(Cell {
            name: format!("t4/{dispute}"),
            row: label.clone(),
            label,
            applicant: String::new(),
            indicator: dispute.clone(),
        });
    }
    cells
}

/// What is printed, and what the catalogue calls it.
fn named(printed: &str, indicator: &str) -> Message {
    let known = Catalogue::embedded().get(indicator);
    let zh = match (printed, known) {
        ("", Some(known)) => known.zh.clone(),
        ("", None) => indicator.to_owned(),
        (printed, _) => printed.to_owned(),
    };
    let en = known.map_or_else(|| zh.clone(), |k| k.en.clone());
    Message { zh, en }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identities(form: Form, rule: &str) -> usize {
        let sheet = sheet(form).expect("a form");
        let of = |i: &&Identity| i.rule.id == rule;
        sheet.identities.iter().filter(of).count()
    }

    #[test]
    fn form_d_has_thirty_nine_identities_of_requests_and_form_c_thirty_seven() {
        let counts = |form| ["R-T3a", "R-T3b", "R-T3c"].map(|r| identities(form, r));
        assert_eq!(counts(Form::D), [7, 7, 25]);
        assert_eq!(counts(Form::C), [7, 7, 23]);
        assert_eq!(identities(Form::D, "R-T4a"), 3);
        assert_eq!(identities(Form::B, "R-B3"), 2);
        assert_eq!(identities(Form::A, "R-A1"), 3);
    }

    #[test]
    fn results_are_twenty_one_lines_in_d_and_nineteen_in_c() {
        for (form, lines) in [(Form::D, 21), (Form::C, 19)] {
            let sheet = sheet(form).expect("a form");
            let sums = sheet.identities.iter().filter(|i| i.rule.id == "R-T3a");
            for sum in sums {
                assert_eq!((sum.left.len(), sum.right.len()), (1, lines));
            }
        }
    }

    #[test]
    fn every_formula_finds_all_its_cells() {
        for rule in rules::rules().iter().filter(|r| !r.check.is_empty()) {
            for form in &rule.forms {
                let found = identities(*form, &rule.id);
                assert!(found >= rule.check.len(), "{} in {form:?}", rule.id);
            }
        }
        for sheet in SHEETS.iter() {
            for identity in &sheet.identities {
                let most = identity
                    .rule
                    .check
                    .iter()
                    .map(|c| c.matches('+').count())
                    .max();
                let terms = identity.left.len() + identity.right.len();
                assert!(terms >= 2 && most.is_some(), "{identity:?}");
            }
        }
    }
}
