//! What a figure of the prose may mean in the forms: the cells that its name stands for, or
//! the senses that the verb beside it leaves open.

use rust_decimal::Decimal;

use crate::audit::formula::Sheet;
use crate::audit::prose::{Said, Sense};
use crate::audit::rules::{self, rule};
use crate::audit::sheets::Filled;
use crate::audit::sums::shown;
use crate::audit::verdict::Term;
use crate::audit::{Check, Message};
use crate::figure::{Applicant, Basis, Figure};

/// Cells of one printed table that together mean what a figure in the prose means.
pub(super) struct Meant<'a> {
    pub filled: &'a Filled,
    pub rule: &'static str,
    pub called: Called<'a>,
    pub cells: Vec<usize>,
    /// The words allow no other sense.
    pub fixed: bool,
    /// The columns of those who applied.
    applicants: &'static [&'static str],
}

/// What cells are called.
#[derive(Clone, Copy)]
pub(super) enum Called<'a> {
    Sense(Sense),
    GrantedAndPartial,
    /// As the catalogue calls it.
    Key(&'a str),
}

impl Called<'_> {
    pub fn words(self) -> Message {
        match self {
            Self::Sense(sense) => sense.name(),
            Self::GrantedAndPartial => Message {
                zh: "予以公开加部分公开".into(),
                en: "granted and partly granted".into(),
            },
            Self::Key(key) => name_of(key),
        }
    }
}

/// What the cells give.
pub(super) struct Sum {
    pub value: Decimal,
    /// Cells without a number.
    pub open: usize,
    pub words: usize,
}

impl Meant<'_> {
    fn sum_of(&self, cells: &[usize]) -> Option<Sum> {
        let mut sum = Sum {
            value: Decimal::ZERO,
            open: 0,
            words: 0,
        };
        for term in self.filled.terms(cells) {
            match term {
                Term::Known(value) => sum.value = sum.value.checked_add(value)?,
                Term::Blank | Term::Na => sum.open += 1,
                Term::Words | Term::Absent => sum.words += 1,
            }
        }
        Some(sum)
    }

    /// Whether `stated` is what the same table gives in one of the senses of a total.
    pub fn has_sense_of(&self, stated: Decimal) -> bool {
        let fits = |sense: Sense| {
            let cells = lines(self.filled.sheet, sense.rows(), self.applicants);
            self.sum_of(&cells)
                .is_some_and(|s| s.value == stated && s.words == 0)
        };
        Sense::ALL.into_iter().any(fits)
    }

    pub fn sum(&self) -> Option<Sum> {
        self.sum_of(&self.cells)
    }

    /// `12 = 9 + 3`, or the one value; of money as it is printed.
    pub fn formula(&self, check: &Check, sum: Decimal) -> String {
        let terms = self.filled.terms(&self.cells);
        let money = || {
            let figure = self.filled.figures[*self.cells.first()?]?;
            check.money(&check.figures[figure])
        };
        match terms.as_slice() {
            [only] => money().unwrap_or_else(|| shown(*only)),
            several => {
                let terms: Vec<String> = several.iter().map(|t| shown(*t)).collect();
                format!("{} = {}", terms.join(" + "), sum.normalize())
            }
        }
    }
}

/// What a figure may mean in the forms, the likeliest sense first.
pub(super) fn meanings<'a>(
    check: &Check<'a>,
    figure: &'a Figure,
    said: &impl std::ops::Deref<Target = Said<'a>>,
    sheets: &'a [Filled],
) -> Vec<Meant<'a>> {
    // Most figures have one sense at most, whatever words stand around them.
    let label = check.report.text.get(figure.label.clone());
    let grouped = label.is_some_and(|l| l.contains('部'));
    let key = figure.indicator.as_deref().unwrap_or_default();
    let applicants = columns(figure.applicant);
    // Flow and stock under one name are two things.
    let stock = |f: &Sheet, p: usize| f.cells[p].name.ends_with("in_force");
    let mut all = Vec::new();
    for filled in sheets {
        let sheet = filled.sheet;
        let whole = |cells: &[usize]| {
            let there = cells.iter().any(|p| filled.figures[*p].is_some());
            there && !cells.is_empty()
        };
        let mut push = |rule, called, cells: Vec<usize>, fixed| {
            if whole(&cells) {
                all.push(Meant {
                    filled,
                    rule,
                    called,
                    cells,
                    fixed,
                    applicants,
                });
            }
        };
        let senses = match filled.table == "t3" && Sense::may_be_of(key) {
            true => said.senses(key),
            false => Vec::new(),
        };
        if !senses.is_empty() {
            for sense in senses {
                let cells = lines(sheet, sense.rows(), applicants);
                push("R-P2", Called::Sense(sense), cells, said.fixed);
            }
            continue;
        }
        if grouped && said.granted_and_partial {
            let cells = lines(sheet, &["granted", "partial"], applicants);
            push("R-P3", Called::GrantedAndPartial, cells, true);
            continue;
        }
        let mut derived = rules::derived().iter().filter(|d| d.key == key);
        if let Some(derived) = derived.find(|d| !sheet.derived(d, "total").is_empty()) {
            let cells: Vec<usize> = match derived.cells.iter().any(|c| c.contains('@')) {
                true => applicants
                    .iter()
                    .flat_map(|a| sheet.derived(derived, a))
                    .copied()
                    .collect(),
                false => sheet.derived(derived, "").to_vec(),
            };
            if let Some(rule) = rule(&derived.rule) {
                push(&rule.id, Called::Key(key), cells, true);
            }
            continue;
        }
        let own = |applicant: &str| {
            let mut cells = sheet.counting(key).iter().copied();
            cells.find(|p| {
                let cell = &sheet.cells[*p];
                cell.applicant.is_empty() && figure.applicant.is_none()
                    || cell.applicant == applicant
            })
        };
        let cells: Vec<usize> = applicants
            .iter()
            .filter_map(|a| own(a))
            .filter(|p| figure.basis == Basis::Flow || stock(sheet, *p))
            .collect();
        push("R-P1", Called::Key(key), cells, true);
    }
    all
}

/// Cells of these lines of table 3, in the columns of these applicants.
fn lines(sheet: &Sheet, rows: &[&str], applicants: &[&str]) -> Vec<usize> {
    let of = |row: &&str| -> Vec<usize> {
        let cells = applicants
            .iter()
            .filter_map(|a| sheet.place(&format!("t3/{row}/{a}")));
        cells.collect()
    };
    rows.iter().flat_map(of).collect()
}

/// The columns that an applicant of the prose stands for.
fn columns(applicant: Option<Applicant>) -> &'static [&'static str] {
    match applicant {
        None => &["total"],
        Some(Applicant::Natural) => &["natural"],
        Some(Applicant::Enterprise) => &["enterprise"],
        Some(Applicant::Research) => &["research"],
        Some(Applicant::Nonprofit) => &["nonprofit"],
        Some(Applicant::LegalService) => &["legal_service"],
        Some(Applicant::OtherOrg) => &["other_org"],
        Some(Applicant::LegalAll) => &[
            "enterprise",
            "research",
            "nonprofit",
            "legal_service",
            "other_org",
        ],
    }
}

pub(super) fn name_of(key: &str) -> Message {
    let known = crate::figure::catalogue::Catalogue::embedded().get(key);
    known.map_or_else(
        || Message::same(key),
        |k| Message {
            zh: k.zh.clone(),
            en: k.en.clone(),
        },
    )
}
