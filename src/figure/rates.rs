//! What follows from the figures of one report: rates, and groups that may be compared
//! across forms. Each names its operands; none is ever stored as a figure.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Applicant, Figure};

/// Bases smaller than this make rates jump; they are marked.
pub const SMALL_BASE: u32 = 30;

/// Ways to make a value, the best first; each a list of terms.
type Ways = Vec<Vec<String>>;

/// An entry of `assets/rates.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Definition {
    /// Dotted key, such as `rate.positive`.
    pub key: String,
    /// Chinese label.
    pub zh: String,
    /// English label.
    pub en: String,
    /// The indicator that it is the value of where a report prints only its parts.
    #[serde(default)]
    pub stands_for: Option<String>,
    #[serde(alias = "of")]
    part: Ways,
    /// Empty for a sum.
    #[serde(default)]
    base: Ways,
}

#[derive(Debug, Deserialize)]
struct File {
    sum: Vec<Definition>,
    rate: Vec<Definition>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/rates.toml"))
        .expect("assets/rates.toml is checked by a test")
});

/// Everything that is derived, in the order in which it is shown: sums, then rates.
pub fn definitions() -> impl Iterator<Item = &'static Definition> {
    FILE.sum.iter().chain(&FILE.rate)
}

impl Definition {
    /// The keys it is made of, as a formula: `a + b ÷ c`.
    pub fn formula(&self) -> String {
        let way = |ways: &Ways| ways.first().map_or_else(String::new, |way| joined(way));
        if self.base.is_empty() {
            return way(&self.part);
        }
        format!(
            "{} ÷ {}",
            bracketed(way(&self.part)),
            bracketed(way(&self.base))
        )
    }

    /// Base unit of its value.
    pub fn unit(&self) -> &'static str {
        if self.base.is_empty() { "件" } else { "%" }
    }
}

fn joined(way: &[String]) -> String {
    way.join(" + ").replace("+ -", "- ")
}

fn bracketed(terms: String) -> String {
    if terms.contains(' ') {
        format!("({terms})")
    } else {
        terms
    }
}

/// The definition of `key`.
pub fn definition(key: &str) -> Option<&'static Definition> {
    definitions().find(|d| d.key == key)
}

/// The sum that is the value of the indicator `key` where a report prints only its parts.
pub fn standing_for(key: &str) -> Option<&'static Definition> {
    FILE.sum
        .iter()
        .find(|sum| sum.stands_for.as_deref() == Some(key))
}

/// What a rate or a sum comes to, where only the numbers of a report are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// Per cent with two decimals, or a sum.
    pub value: Decimal,
    /// The numbers it was made of, as a formula: `(47 + 10) ÷ 110`.
    pub formula: String,
    /// The base is under [`SMALL_BASE`].
    pub small: bool,
}

impl Definition {
    /// Keys of the figures it may be made of (`key`, or `key/applicant`).
    pub fn terms(&'static self) -> Vec<&'static str> {
        let mut terms: Vec<&str> = Vec::new();
        for term in self.part.iter().chain(&self.base).flatten() {
            let term = term.trim_start_matches('-');
            match FILE.sum.iter().find(|s| s.key == term) {
                Some(sum) => terms.extend(sum.terms()),
                None => terms.push(term),
            }
        }
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// What it comes to, where `stated` gives the numbers of its terms.
    pub fn of(&'static self, stated: &dyn Fn(&str) -> Option<Decimal>) -> Option<Rate> {
        let plain = |value: Decimal| Operand {
            value,
            formula: value.normalize().to_string(),
            figures: Vec::new(),
            terms: 1,
        };
        let known = |key: &str| match FILE.sum.iter().find(|s| s.key == key) {
            Some(sum) => best(&sum.part, &|key| stated(key).map(plain)),
            None => stated(key).map(plain),
        };
        let part = best(&self.part, &known)?;
        if self.base.is_empty() {
            return Some(Rate {
                value: part.value,
                formula: part.formula,
                small: false,
            });
        }
        let base = best(&self.base, &known)?;
        Some(Rate {
            value: percent(&part, &base)?,
            small: base.value < Decimal::from(SMALL_BASE),
            formula: divided(part.formula, base.formula),
        })
    }
}

/// Of a hundred of the base, with two decimals; none where there is no base.
fn percent(part: &Operand, base: &Operand) -> Option<Decimal> {
    if base.value <= Decimal::ZERO {
        return None;
    }
    let hundred = part.value.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(hundred.checked_div(base.value)?.round_dp(2).normalize())
}

fn divided(part: String, base: String) -> String {
    format!("{} ÷ {}", bracketed(part), bracketed(base))
}

/// What a report's figures come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// Key of its definition.
    pub key: &'static str,
    /// Per cent with two decimals, or a sum.
    pub value: Decimal,
    /// The numbers it was made of, as a formula: `(47 + 10) ÷ 110`.
    pub formula: String,
    /// Indexes of the figures it was made of, in the order of the formula.
    pub figures: Vec<usize>,
    /// The base is under [`SMALL_BASE`].
    pub small: bool,
    /// A sum of one: no more than that figure, but what other forms have several of.
    pub single: bool,
}

/// An amount and where it comes from.
#[derive(Debug, Clone)]
struct Operand {
    value: Decimal,
    formula: String,
    figures: Vec<usize>,
    terms: usize,
}

/// Whatever can be derived from `figures`, in the order of [`definitions`].
pub fn derive(figures: &[Figure]) -> Vec<Derived> {
    let mut known: HashMap<String, Operand> = HashMap::new();
    for (at, figure) in figures.iter().enumerate().filter(|(_, f)| f.principal) {
        let (Some(key), Some(value)) = (&figure.indicator, figure.value) else {
            continue;
        };
        let operand = Operand {
            value,
            formula: value.normalize().to_string(),
            figures: vec![at],
            terms: 1,
        };
        known.insert(named(key, figure.applicant), operand);
    }
    let mut derived = Vec::new();
    for sum in &FILE.sum {
        let Some(operand) = best(&sum.part, &|key| known.get(key).cloned()) else {
            continue;
        };
        derived.push(Derived {
            key: &sum.key,
            value: operand.value,
            formula: operand.formula.clone(),
            figures: operand.figures.clone(),
            small: false,
            single: operand.terms == 1,
        });
        known.insert(sum.key.clone(), operand);
    }
    let known = |key: &str| known.get(key).cloned();
    derived.extend(FILE.rate.iter().filter_map(|rate| {
        let (part, base) = (best(&rate.part, &known)?, best(&rate.base, &known)?);
        Some(Derived {
            key: &rate.key,
            value: percent(&part, &base)?,
            formula: divided(part.formula, base.formula),
            figures: part.figures.into_iter().chain(base.figures).collect(),
            small: base.value < Decimal::from(SMALL_BASE),
            single: false,
        })
    }));
    derived
}

fn named(key: &str, applicant: Option<Applicant>) -> String {
    let who = applicant.and_then(|a| serde_json::to_value(a).ok());
    match who.as_ref().and_then(|w| w.as_str()) {
        Some(who) => format!("{key}/{who}"),
        None => key.to_owned(),
    }
}

/// The value by the first way all of whose terms are known.
fn best(ways: &Ways, known: &dyn Fn(&str) -> Option<Operand>) -> Option<Operand> {
    ways.iter().find_map(|way| {
        let mut sum: Option<Operand> = None;
        for term in way {
            let (less, key) = match term.strip_prefix('-') {
                Some(key) => (true, key),
                None => (false, term.as_str()),
            };
            let term = known(key)?;
            sum = Some(match sum {
                None => term,
                Some(sum) => add(sum, &term, less)?,
            });
        }
        sum
    })
}

fn add(sum: Operand, term: &Operand, less: bool) -> Option<Operand> {
    let (sign, value) = if less {
        ("-", sum.value.checked_sub(term.value)?)
    } else {
        ("+", sum.value.checked_add(term.value)?)
    };
    Some(Operand {
        value,
        formula: format!("{} {sign} {}", sum.formula, term.formula),
        figures: [sum.figures, term.figures.clone()].concat(),
        terms: sum.terms + term.terms,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::catalogue::Catalogue;
    use crate::source::{self, Format};

    fn of(text: &str) -> Vec<(&'static str, String, String, bool)> {
        let text = format!("某某市2021年政府信息公开工作年度报告\n{text}\n");
        let source = source::read(text.as_bytes(), Format::Txt).expect("a text");
        let (figures, _) = crate::figure::read(&crate::report::read(source));
        let tuple = |d: Derived| (d.key, d.value.to_string(), d.formula, d.small);
        derive(&figures).into_iter().map(tuple).collect()
    }

    #[test]
    fn a_rate_names_both_operands() {
        let found = of(
            "新收政府信息公开申请50件，办结申请40件，其中予以公开20件，部分公开10件，不予公开4件。",
        );
        let positive = ("rate.positive", "75".into(), "(20 + 10) ÷ 40".into(), false);
        assert!(found.contains(&positive), "{found:?}");
        assert!(found.contains(&("rate.denied", "10".into(), "4 ÷ 40".into(), false)));
        assert!(found.contains(&("cmp.positive", "30".into(), "20 + 10".into(), false)));
    }

    #[test]
    fn a_group_that_no_row_prints_is_the_sum_of_its_rows() {
        let stated = |key: &str| {
            let rows = [
                ("requests.outcome.unavailable.not_held", 5),
                ("requests.outcome.unavailable.need_creation", 2),
                ("requests.outcome.unavailable.unclear", 1),
            ];
            rows.iter()
                .find(|row| row.0 == key)
                .map(|row| Decimal::from(row.1))
        };
        let group = standing_for("requests.outcome.unavailable").expect("a sum");
        let sum = group.of(&stated).expect("all its rows");
        assert_eq!(sum.value, Decimal::from(8));
        assert_eq!(sum.formula, "5 + 2 + 1");
        let printed = |key: &str| (key == "requests.outcome.unavailable").then_some(Decimal::TEN);
        assert_eq!(group.of(&printed).expect("printed").formula, "10");
    }

    #[test]
    fn no_base_no_rate() {
        let keys = |text| of(text).iter().map(|d| d.0).collect::<Vec<_>>();
        assert!(!keys("予以公开20件，部分公开10件。").contains(&"rate.positive"));
        let zero = "办结申请0件，其中予以公开0件，部分公开0件。";
        assert!(!keys(zero).contains(&"rate.positive"));
    }

    #[test]
    fn numbers_alone_come_to_the_same() {
        let stated = |key: &str| {
            let known = [
                ("requests.closed.total", 8),
                ("requests.outcome.granted", 4),
                ("requests.outcome.partial", 2),
            ];
            known
                .iter()
                .find(|k| k.0 == key)
                .map(|k| Decimal::from(k.1))
        };
        let rate = definition("rate.positive")
            .and_then(|d| d.of(&stated))
            .expect("a rate");
        assert_eq!(rate.value, Decimal::from(75));
        assert_eq!(rate.formula, "(4 + 2) ÷ 8");
        assert!(rate.small);
        assert!(
            definition("rate.denied")
                .and_then(|d| d.of(&stated))
                .is_none()
        );
        let terms = definition("rate.positive").expect("known").terms();
        assert!(terms.contains(&"requests.outcome.already_public"));
    }

    #[test]
    fn a_small_base_is_marked() {
        let found = of("办结申请8件，其中不予公开2件。");
        assert!(
            found.contains(&("rate.denied", "25".into(), "2 ÷ 8".into(), true)),
            "{found:?}"
        );
    }

    #[test]
    fn every_term_is_in_the_catalogue() {
        let catalogue = Catalogue::embedded();
        for definition in definitions() {
            for term in definition.part.iter().chain(&definition.base).flatten() {
                let key = term
                    .trim_start_matches('-')
                    .split('/')
                    .next()
                    .unwrap_or_default();
                let known = catalogue.get(key).is_some() || FILE.sum.iter().any(|s| s.key == key);
                assert!(known, "{}: {term}", definition.key);
            }
        }
    }
}
