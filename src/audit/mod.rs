//! figures → findings: every sum, share and claim that can be checked is computed again.
//! A finding stands beside the values; it never changes one. What is asked, and in which
//! words the answer is given, is data (`assets/rules.toml`); here is how it is decided.
//! When in doubt a check is not assessable: a false alarm is worse than none.

mod change;
mod claims;
pub mod corpus;
mod draft;
mod formula;
mod hints;
mod law;
mod prose;
mod rules;
mod shares;
mod sheets;
mod slip;
mod structure;
mod sums;
mod twice;
mod values;
mod verdict;
mod versus;
mod words;

use std::ops::Range;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::figure::{Claim, Figure};
use crate::report::{Kind, Report};
pub(crate) use draft::fill;
pub use rules::{Rule, rule, rules};

/// Outcome of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It holds.
    Pass,
    /// It holds when blanks are zero.
    PassIfBlankZero,
    /// Exactly one value is missing, and this is what it must be.
    Implied,
    /// It does not hold.
    Fail,
    /// It does not hold, but there may be a good reason.
    Warn,
    /// It cannot be decided.
    NotAssessable,
}

/// How grave a failed check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Figures contradict each other.
    Error,
    /// Worth a look.
    Warning,
    /// Good to know.
    Info,
}

/// Whose fault a failed check probably is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// The report's.
    Source,
    /// Ours, in reading it.
    Extraction,
    /// Not to be told.
    Unknown,
}

/// A message in both languages of the interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Message {
    /// The same words in both languages: numbers, paths, quotes.
    pub(crate) fn same(words: impl Into<String>) -> Self {
        let zh = words.into();
        Self { en: zh.clone(), zh }
    }
}

/// One check and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Rule of `assets/rules.toml`, such as `R-P5`.
    pub rule: &'static str,
    /// What came of it.
    pub status: Status,
    /// How grave.
    pub severity: Severity,
    /// Whose fault.
    pub class: Class,
    /// Ids of the figures involved; for sums the total first, then the parts.
    pub figures: Vec<String>,
    /// The formula with the values in it.
    pub formula: String,
    /// What the figures should give.
    pub expected: Option<Decimal>,
    /// What the text states.
    pub actual: Option<Decimal>,
    /// The likeliest slip.
    pub hint: Option<Message>,
    /// Stable across runs and names of files: of the body and year of the report (its path
    /// where these are not known), the rule and the places involved.
    pub fingerprint: String,
    /// What a person understands at once.
    pub message: Message,
    /// Words that also stand in another report.
    pub shared: Option<Box<Shared>>,
}

/// Words that stand in two reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shared {
    /// Bytes of the report's text.
    pub range: Range<usize>,
    /// Where they stand in the other.
    pub with: Spot,
}

/// A place in another report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Spot {
    /// Its path below the corpus root.
    pub path: String,
    /// Bytes of its text.
    pub range: Range<usize>,
}

impl Finding {
    /// What the numbers should be and are, for those who say something of it.
    pub fn values(&self) -> String {
        values_said(self.expected, self.actual)
    }

    /// Whether a reader should look at it.
    pub fn is_open(&self) -> bool {
        matches!(self.status, Status::Fail | Status::Warn) && self.severity != Severity::Info
    }
}

/// As [`Finding::values`].
pub fn values_said(expected: Option<Decimal>, actual: Option<Decimal>) -> String {
    let values = [expected, actual].into_iter().flatten();
    let values: Vec<_> = values.map(|v| v.normalize().to_string()).collect();
    values.join(" ")
}

/// What a check needs to know.
pub(crate) struct Check<'a> {
    pub report: &'a Report,
    /// Names it in fingerprints.
    pub owner: String,
    pub figures: &'a [Figure],
    /// Whether findings are told in words, or only counted.
    pub tells: bool,
}

/// Checks everything that can be decided from one report.
pub fn check(report: &Report, path: &str, figures: &[Figure], claims: &[Claim]) -> Vec<Finding> {
    let mut findings = all(
        &Check {
            report,
            owner: owner(body(report).as_deref(), report.year.map(|y| y.value), path),
            figures,
            tells: true,
        },
        claims,
    );
    draft::number_twins(&mut findings);
    findings
}

/// What [`check`] finds, in the same order, for those who only count: findings without
/// their figures, formula, message, hint and fingerprint.
pub fn count(report: &Report, figures: &[Figure], claims: &[Claim]) -> Vec<Finding> {
    let check = Check {
        report,
        owner: String::new(),
        figures,
        tells: false,
    };
    all(&check, claims)
}

/// Names the body that a report is from; none when that is not known.
fn body(report: &Report) -> Option<String> {
    let region = report.region.as_ref()?;
    let agency = report.agency.as_deref().unwrap_or_default();
    let name = region.path.last().unwrap_or(&region.name);
    (report.kind == Kind::Report).then(|| format!("{}/{name}/{agency}", region.code))
}

/// Names a report for fingerprints: by body and year, else by its path.
fn owner(body: Option<&str>, year: Option<i32>, path: &str) -> String {
    match (body, year) {
        (Some(body), Some(year)) => format!("{body}/{year}"),
        _ => path.to_owned(),
    }
}

fn all(check: &Check, claims: &[Claim]) -> Vec<Finding> {
    let (report, figures) = (check.report, check.figures);
    let sheets = sheets::read(report, figures);
    let mut findings = Vec::new();
    for sheet in &sheets {
        findings.extend(values::check(check, sheet));
        findings.extend(sums::check(check, sheet));
    }
    findings.extend(versus::check(check, &sheets));
    findings.extend(words::check(check, &sheets));
    findings.extend(twice::check(check, claims));
    findings.extend(claims::check(check, claims));
    findings.extend(shares::check(check, claims));
    findings.extend(change::check(check));
    findings.extend(structure::check(check));
    findings.extend(law::check(check));
    findings
}
