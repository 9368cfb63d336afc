//! What is kept of a report to compare it with others: who and when, its principal figures,
//! and some pieces of its text. About a kilobyte each, so that a hundred thousand fit.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::pieces::Pieces;
use super::plain::plain_text;
use crate::audit::body;
use crate::audit::change::{Unproven, unproven};
use crate::audit::structure::problems_said;
use crate::figure::catalogue::{Catalogue, Indicator};
use crate::figure::{Applicant, Figure, Period};
use crate::report::{Form, Level, Report};

/// An indicator and who applied, as one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u32);

static PLACES: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let indicators = Catalogue::embedded().indicators.iter();
    let numbered = indicators.zip(0u32..);
    numbered.map(|(i, n)| (i.key.as_str(), n)).collect()
});

impl Key {
    /// None for what the catalogue does not know.
    pub fn of(indicator: &str, applicant: Option<Applicant>) -> Option<Self> {
        let place = PLACES.get(indicator)?;
        Some(Self(place << 4 | applicant.map_or(0, |a| a as u32 + 1)))
    }

    pub fn indicator(self) -> Option<&'static Indicator> {
        let place = usize::try_from(self.0 >> 4).ok()?;
        Catalogue::embedded().indicators.get(place)
    }

    /// Whether it counts all applicants together.
    pub fn is_total(self) -> bool {
        self.0 & 15 == 0
    }
}

/// One figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fact {
    pub key: Key,
    /// Its place among the report's figures.
    pub figure: u32,
    pub value: Decimal,
}

/// What is kept of a report.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Path below the corpus root.
    pub path: String,
    pub(super) year: Option<i32>,
    pub(super) form: Form,
    pub(super) level: Option<Level>,
    pub(super) code: String,
    pub(super) is_government: bool,
    /// Names the body whose report it is; empty when that is not known.
    pub(super) body: String,
    /// 汇总: it says that it sums up others.
    pub(super) sums_up: bool,
    /// Its figures by key, the first of each.
    pub(super) facts: Vec<Fact>,
    pub(super) pieces: Pieces,
    /// Hash and length of what it says under its problems.
    pub(super) problems: Option<(u64, usize)>,
    /// Changes that it states against the year before, and the key of what has changed.
    pub(super) changes: Vec<(Key, Unproven)>,
}

/// Zeros say nothing but of these: what is carried from year to year.
const KEPT_AT_ZERO: [&str; 5] = [
    "requests.received.carried_in",
    "requests.carried_out",
    "documents.",
    "actions.",
    "disclosure.total_stock",
];

impl Facts {
    /// What is kept of this report and its figures.
    pub fn new(report: &Report, path: &str, figures: &[Figure]) -> Self {
        let mut facts: Vec<Fact> = figures
            .iter()
            .zip(0u32..)
            .filter(|(f, _)| {
                f.principal && f.scope.is_none() && f.year.is_none() && f.period == Period::Annual
            })
            .filter_map(|(f, figure)| {
                let (indicator, value) = (f.indicator.as_deref()?, f.value?);
                let kept = || KEPT_AT_ZERO.iter().any(|k| indicator.starts_with(k));
                let key = Key::of(indicator, f.applicant)?;
                (!value.is_zero() || kept()).then_some(Fact { key, figure, value })
            })
            .collect();
        facts.sort_by_key(|f| f.key);
        facts.dedup_by_key(|f| f.key);
        let region = report.region.as_ref();
        Self {
            path: path.to_owned(),
            year: report.year.map(|y| y.value),
            form: report.form,
            level: region.map(|r| r.level),
            code: region.map(|r| r.code.clone()).unwrap_or_default(),
            is_government: report.agency.is_none(),
            body: body(report).unwrap_or_default(),
            sums_up: report
                .blocks
                .iter()
                .any(|b| b.folded.text().contains("汇总")),
            facts,
            pieces: Pieces::of(&plain_text(report)),
            problems: problems_said(report),
            changes: unproven(report, figures)
                .into_iter()
                .filter_map(|u| Some((Key::of(&u.indicator, u.applicant)?, u)))
                .collect(),
        }
    }

    /// Whether its text is held against those of others ([`super::taken_over`]).
    pub fn is_held(&self) -> bool {
        self.year.is_some() && self.pieces.is_telling()
    }

    /// The figure of a key.
    pub(super) fn get(&self, key: Key) -> Option<&Fact> {
        let at = self.facts.binary_search_by_key(&key, |f| f.key).ok()?;
        Some(&self.facts[at])
    }

    /// The figure of all applicants together.
    pub(super) fn total(&self, indicator: &str) -> Option<&Fact> {
        self.get(Key::of(indicator, None)?)
    }
}
