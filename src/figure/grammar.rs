//! The words by which sentences count: typed view of `assets/grammar.toml` and
//! `assets/applicants.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Applicant;

/// The whole of `assets/grammar.toml`.
#[derive(Debug, Deserialize)]
pub struct Grammar {
    unit: Vec<UnitData>,
    /// Measures of time.
    times: Words,
    /// Reserves before and behind a number.
    pub qualifiers: Qualifiers,
    /// What only looks like a count.
    pub guards: Guards,
    /// Words that give a clause its meaning.
    pub cues: Cues,
    /// Words that tell a stock from a flow.
    pub stock: Stock,
    /// Words for none.
    pub zero: Zero,
    /// Printed units, longest first, with their base units.
    #[serde(skip)]
    units: Vec<(String, String)>,
    #[serde(skip)]
    applicants: Vec<(String, Applicant)>,
}

#[derive(Debug, Deserialize)]
struct UnitData {
    name: String,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Words {
    words: Vec<String>,
}

/// Reserves.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Qualifiers {
    pub approx_before: Vec<String>,
    pub at_least_before: Vec<String>,
    pub at_most_before: Vec<String>,
    pub approx_after: Vec<String>,
    pub at_least_after: Vec<String>,
    pub at_most_after: Vec<String>,
}

/// What only looks like a count.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Guards {
    pub before: Vec<String>,
    pub joined: Vec<String>,
    pub rhetoric_units: Vec<String>,
    pub counted_anyway: Vec<String>,
    pub rhetoric_nouns: Vec<String>,
    pub phrases: Vec<String>,
}

/// Words that give a clause its meaning.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Cues {
    pub parts: Vec<String>,
    pub closed: Vec<String>,
    pub ranked: Vec<String>,
    pub share: Vec<String>,
    pub change: Vec<String>,
    pub previous: Vec<String>,
    pub whole: Vec<String>,
}

/// Words that tell a stock from a flow.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Stock {
    pub strong: Vec<String>,
    pub weak: Vec<String>,
    pub flow: Vec<String>,
}

/// Words for none.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Zero {
    pub cues: Vec<String>,
    pub none: Vec<String>,
    pub not_after_none: Vec<String>,
    pub after: Vec<String>,
}

#[derive(Deserialize)]
struct Applicants {
    applicant: Vec<ApplicantData>,
}

#[derive(Deserialize)]
struct ApplicantData {
    name: Applicant,
    words: Vec<String>,
}

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let mut grammar: Grammar = toml::from_str(include_str!("../../assets/grammar.toml"))
        .expect("assets/grammar.toml is checked by a test");
    for unit in &grammar.unit {
        for word in &unit.words {
            let base = if unit.name.is_empty() {
                word
            } else {
                &unit.name
            };
            grammar.units.push((word.clone(), base.clone()));
        }
    }
    grammar
        .units
        .sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    grammar
        .times
        .words
        .sort_by_key(|word| std::cmp::Reverse(word.len()));
    let applicants: Applicants = toml::from_str(include_str!("../../assets/applicants.toml"))
        .expect("assets/applicants.toml is checked by a test");
    for data in applicants.applicant {
        for word in data.words {
            grammar.applicants.push((word, data.name));
        }
    }
    grammar
        .applicants
        .sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    grammar
});

impl Grammar {
    /// The embedded one.
    pub fn embedded() -> &'static Self {
        &GRAMMAR
    }

    /// The unit that `text` begins with: bytes it takes and base unit.
    pub fn unit(&self, text: &str) -> Option<(usize, &str)> {
        self.units
            .iter()
            .find(|(word, _)| text.starts_with(word.as_str()))
            .map(|(word, base)| (word.len(), base.as_str()))
    }

    /// Whether `text` begins with a measure of time.
    pub fn is_time(&self, text: &str) -> bool {
        self.times
            .words
            .iter()
            .any(|word| text.starts_with(word.as_str()))
    }

    /// The applicant that `text` names last, with the byte at which the word begins.
    pub fn applicant(&self, text: &str) -> Option<(usize, Applicant)> {
        self.applicants
            .iter()
            .filter_map(|(word, who)| {
                text.rfind(word.as_str())
                    .map(|at| (at, at + word.len(), *who))
            })
            .max_by_key(|(at, end, _)| (*end, std::cmp::Reverse(*at)))
            .map(|(at, _, who)| (at, who))
    }
}

/// Whether one of `words` stands in `text`.
pub fn any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// The word of `words` that `text` ends with.
pub fn ending<'a>(text: &str, words: &'a [String]) -> Option<&'a str> {
    words
        .iter()
        .map(String::as_str)
        .filter(|word| text.ends_with(word))
        .max_by_key(|word| word.len())
}

/// The word of `words` that `text` begins with.
pub fn beginning<'a>(text: &str, words: &'a [String]) -> Option<&'a str> {
    words
        .iter()
        .map(String::as_str)
        .filter(|word| text.starts_with(word))
        .max_by_key(|word| word.len())
}
