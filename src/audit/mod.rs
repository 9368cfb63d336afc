//! figures → findings: every sum and share that the text claims is computed again.
//! A finding stands beside the values; it never changes one.

mod prose;

use std::sync::LazyLock;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::figure::{Claim, Figure};
use crate::report::Report;

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
    /// Stable across runs: of the report's path, the rule and the places involved.
    pub fingerprint: String,
    /// What a person understands at once.
    pub message: Message,
}

impl Finding {
    /// Whether a reader should look at it.
    pub fn is_open(&self) -> bool {
        matches!(self.status, Status::Fail | Status::Warn)
    }
}

/// What a check needs to know.
pub(crate) struct Check<'a> {
    pub report: &'a Report,
    pub path: &'a str,
    pub figures: &'a [Figure],
}

/// Checks everything that can be decided from one report.
pub fn check(report: &Report, path: &str, figures: &[Figure], claims: &[Claim]) -> Vec<Finding> {
    let check = Check {
        report,
        path,
        figures,
    };
    prose::check(&check, claims)
}

#[derive(Deserialize)]
struct Rules {
    rule: Vec<Rule>,
}

/// A rule of `assets/rules.toml`.
#[derive(Debug, Deserialize)]
pub struct Rule {
    /// Such as `R-P5`.
    pub id: String,
    /// What it asks, in both languages.
    pub asks: Message,
    /// Messages by case, with blanks in braces.
    pub case: std::collections::HashMap<String, Message>,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rules: Rules = toml::from_str(include_str!("../../assets/rules.toml"))
        .expect("assets/rules.toml is checked by a test");
    rules.rule
});

/// All rules, in the order in which they are listed.
pub fn rules() -> &'static [Rule] {
    &RULES
}

impl Check<'_> {
    fn value(&self, figure: usize) -> Option<Decimal> {
        self.figures.get(figure)?.value
    }

    #[allow(clippy::too_many_arguments)]
    fn finding(
        &self,
        rule: &'static str,
        status: Status,
        severity: Severity,
        figures: &[usize],
        case: &str,
        words: &[(&str, String)],
        expected: Option<Decimal>,
        actual: Option<Decimal>,
    ) -> Finding {
        let fill = |text: &str| {
            words.iter().fold(text.to_owned(), |t, (name, value)| {
                t.replace(&format!("{{{name}}}"), value)
            })
        };
        let message = rules()
            .iter()
            .find(|r| r.id == rule)
            .and_then(|r| r.case.get(case))
            .map(|m| Message {
                zh: fill(&m.zh),
                en: fill(&m.en),
            })
            .unwrap_or_else(|| Message {
                zh: case.to_owned(),
                en: case.to_owned(),
            });
        let formula = words
            .iter()
            .find(|(name, _)| *name == "formula")
            .map(|(_, f)| f.clone())
            .unwrap_or_default();
        Finding {
            rule,
            status,
            severity,
            class: class_of(status),
            figures: figures
                .iter()
                .map(|f| self.figures[*f].id.clone())
                .collect(),
            formula,
            expected,
            actual,
            hint: None,
            fingerprint: self.fingerprint(rule, figures),
            message,
        }
    }

    /// Of the path, the rule, and what the figures involved say: stable when text elsewhere
    /// in the report changes.
    fn fingerprint(&self, rule: &str, figures: &[usize]) -> String {
        let mut hash = blake3::Hasher::new();
        hash.update(self.path.as_bytes());
        hash.update(rule.as_bytes());
        for figure in figures {
            let figure = &self.figures[*figure];
            hash.update(figure.indicator.as_deref().unwrap_or("-").as_bytes());
            hash.update(
                self.report
                    .text
                    .get(figure.range.clone())
                    .unwrap_or_default()
                    .as_bytes(),
            );
        }
        hash.finalize().to_hex()[..16].to_owned()
    }
}

/// Whose fault it probably is, as far as the verdict alone tells.
fn class_of(status: Status) -> Class {
    match status {
        Status::Fail | Status::Warn => Class::Source,
        Status::NotAssessable => Class::Extraction,
        _ => Class::Unknown,
    }
}
