//! The words by which sentences count: typed view of `assets/grammar.toml` and
//! `assets/applicants.toml`.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use serde::Deserialize;

use super::Applicant;

/// A list of words, found in one pass.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordList {
    words: Vec<String>,
    automaton: AhoCorasick,
    /// The words reversed, for looking at what stands before a place.
    endings: AhoCorasick,
}

impl From<Vec<String>> for WordList {
    fn from(words: Vec<String>) -> Self {
        let build = |words: &[Vec<u8>]| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .start_kind(StartKind::Both)
                .build(words)
                .expect("lists are short")
        };
        let forward: Vec<Vec<u8>> = words.iter().map(|w| w.as_bytes().to_vec()).collect();
        let backward: Vec<Vec<u8>> = words.iter().map(|w| w.bytes().rev().collect()).collect();
        Self {
            automaton: build(&forward),
            endings: build(&backward),
            words,
        }
    }
}

impl WordList {
    /// The words as they stand in the file.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether one of them stands in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.automaton.is_match(text)
    }

    /// The longest that `text` begins with.
    pub fn beginning(&self, text: &str) -> Option<&str> {
        let found = self
            .automaton
            .find(Input::new(text).anchored(Anchored::Yes))?;
        Some(&self.words[found.pattern().as_usize()])
    }

    /// The longest that `text` ends with.
    pub fn ending(&self, text: &str) -> Option<&str> {
        let tail: Vec<u8> = text.bytes().rev().take(30).collect();
        let found = self
            .endings
            .find(Input::new(&tail).anchored(Anchored::Yes))?;
        Some(&self.words[found.pattern().as_usize()])
    }

    /// The first that stands in `text`: where, and how long.
    pub fn first(&self, text: &str) -> Option<(usize, usize)> {
        self.automaton.find(text).map(|m| (m.start(), m.len()))
    }
}

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
    words: WordList,
}

/// Reserves.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Qualifiers {
    pub approx_before: WordList,
    pub at_least_before: WordList,
    pub at_most_before: WordList,
    pub approx_after: WordList,
    pub at_least_after: WordList,
    pub at_most_after: WordList,
}

/// What only looks like a count.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Guards {
    pub before: WordList,
    pub joined: WordList,
    pub rhetoric_units: WordList,
    pub counted_anyway: WordList,
    pub rhetoric_nouns: WordList,
    pub phrases: WordList,
}

/// Words that give a clause its meaning.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Cues {
    pub parts: WordList,
    pub closed: WordList,
    pub ranked: WordList,
    pub share: WordList,
    pub change: WordList,
    pub previous: WordList,
    pub whole: WordList,
}

/// Words that tell a stock from a flow.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Stock {
    pub strong: WordList,
    pub weak: WordList,
    pub flow: WordList,
}

/// Words for none.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Zero {
    pub cues: WordList,
    pub none: WordList,
    pub not_after_none: WordList,
    pub after: WordList,
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
        self.times.words.beginning(text).is_some()
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
