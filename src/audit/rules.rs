//! The rules as data: typed view of `assets/rules.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::{Message, Severity};
use crate::figure::Figure;
use crate::report::{Form, Part};
use crate::text::fold::is_han;
use crate::text::words::WordList;

/// A rule of `assets/rules.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Such as `R-P5`.
    pub id: String,
    /// How grave it is when it does not hold.
    pub severity: Severity,
    /// What it asks, in both languages.
    pub asks: Message,
    /// Forms whose cells the formulas speak of.
    #[serde(default)]
    pub forms: Vec<Form>,
    /// Formulas over cells.
    #[serde(default)]
    pub check: Vec<String>,
    /// How one of many such checks is told from the others.
    #[serde(rename = "where")]
    pub place: Option<Message>,
    /// Whose messages are used where it has none of its own.
    #[serde(default)]
    pub kind: String,
    /// Whether a difference is no more than a warning.
    #[serde(default)]
    pub soft: bool,
    /// The source of the duty.
    pub law: Option<Message>,
    /// Messages by case, with blanks in braces.
    #[serde(default)]
    pub case: HashMap<String, Message>,
}

/// A sum of cells that prose calls by one name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Derived {
    /// Its indicator.
    pub key: String,
    /// The rule under which the prose is held against it.
    pub rule: String,
    /// Patterns of its cells.
    pub cells: Vec<String>,
}

/// A rate that has a name of its own, and what it is a rate of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedRate {
    /// Its indicator, if it has one.
    key: Option<String>,
    /// Words that name it, in front of the number.
    #[serde(default)]
    words: WordList,
    /// Words in its sentence that take it back.
    #[serde(default)]
    pub unless: WordList,
    /// Indicators of the part (or of several that make it: `a + b`) and of the whole, in each
    /// of its senses.
    pub of: Vec<[String; 2]>,
}

impl StatedRate {
    /// Whether a figure is this rate; `words` stand in front of its number.
    pub fn is(&self, figure: &Figure, words: &str) -> bool {
        self.words.is_in(words)
            || self.key.is_some() && self.key.as_deref() == figure.indicator.as_deref()
    }
}

/// What tells that shares without counts are all of a list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareLists {
    /// In front of every share, or of the first of several with nothing between them.
    share: WordList,
    /// In front of any share: no list, or one whose members overlap.
    never: WordList,
    /// In front of any but the first: a list in the list.
    inner: WordList,
    /// In front of the last: what is left over.
    rest: WordList,
    /// Two kinds that leave no third.
    both: Vec<[WordList; 2]>,
}

impl ShareLists {
    /// Whether shares with these words in front of them are all of a whole.
    pub fn is_complete(&self, words: &[String]) -> bool {
        let [first, others @ ..] = words else {
            return false;
        };
        let inner = others.iter().any(|w| self.inner.is_in(w));
        if inner || words.iter().any(|w| self.never.is_in(w)) {
            return false;
        }
        let plain = |w: &str| w.trim_matches(|c: char| !is_han(c)).to_owned();
        let joined = |w: &String| ["", "和", "及", "与", "以及"].contains(&plain(w).as_str());
        if others.iter().all(joined) {
            // 机构职能、政策法规和其他分别占
            let names = first.rsplit(['、', '和', '及', '与']).next();
            let rest = names.is_some_and(|n| self.rest.place_at_beginning(n).is_some());
            return self.share.is_in(first) && rest;
        }
        let two = |both: &[WordList; 2]| match others {
            [other] => {
                let are = |a: &String, b: &String| both[0].is_in(a) && both[1].is_in(b);
                are(first, other) || are(other, first)
            }
            _ => false,
        };
        let begins = |w: &String| self.rest.place_at_beginning(&plain(w)).is_some();
        let rest = others.last().is_some_and(begins);
        let each = words.iter().all(|w| self.share.is_in(w));
        each && (rest || self.both.iter().any(two))
    }
}

/// What a report of certain years must hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    /// First year reported on.
    pub from: i32,
    /// Last year reported on.
    pub until: i32,
    /// Whether a sentence anywhere will do for a part without a heading.
    #[serde(default)]
    pub anywhere: bool,
    /// Who says so.
    pub law: Message,
    /// The parts, in their order.
    pub parts: Vec<RequiredPart>,
}

/// One of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredPart {
    /// Which.
    pub part: Part,
    /// Its name.
    pub zh: String,
    /// Its name in English.
    pub en: String,
    /// Words that stand for it.
    pub words: Vec<String>,
}

/// Words that claim something of the form's numbers (R-P10).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordClaim {
    /// A pattern over a folded sentence.
    #[serde(deserialize_with = "pattern")]
    pub say: Regex,
    /// Words in the sentence that take the claim back.
    pub unless: WordList,
    /// Words in the sentence that say what is meant.
    pub about: WordList,
    /// Cells that must then be 0.
    pub never: Vec<String>,
    /// Cells that leave the claim open.
    #[serde(default)]
    pub not_yet: Vec<String>,
}

/// What is asked of a sentence before [`WordClaim`]s are looked for, and of their subjects.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimWords {
    /// One of these stands in every sentence that claims something.
    pub hints: WordList,
    /// Where the claim begins, behind its subject.
    pub begin: WordList,
    /// Verbs of rates, which end the words before them.
    pub rates: WordList,
    /// What requests are called.
    pub requests: String,
    /// Pieces of subjects that are all requests.
    #[serde(deserialize_with = "one_of")]
    pub all: Regex,
}

/// What the words around a figure say of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SaidWords {
    pub newly_received: Vec<String>,
    pub received: Vec<String>,
    pub accepted: Vec<String>,
    pub handled: Vec<String>,
    pub answered: Vec<String>,
    pub carried: Vec<String>,
    pub whole: Vec<String>,
    pub not_whole: Vec<String>,
    pub listed: Vec<String>,
    pub area: Vec<String>,
    pub less: WordList,
    pub more: WordList,
    pub nearly: WordList,
}

/// How reports say which year they speak of (R-Y3).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct YearSaid {
    /// The period of the data; its groups are the first and the last year.
    #[serde(deserialize_with = "pattern")]
    pub period: Regex,
    /// Words that make it one of the data.
    pub of_data: WordList,
    /// The year that the report calls itself by.
    #[serde(deserialize_with = "pattern")]
    pub called: Regex,
    /// Words before that speak of an earlier report.
    pub earlier: WordList,
    /// A year at the beginning of a paragraph.
    #[serde(deserialize_with = "pattern")]
    pub opening: Regex,
    /// Words behind that compare.
    pub compared: WordList,
}

/// A pattern that fits any of the pieces given.
fn one_of<'de, D: serde::Deserializer<'de>>(data: D) -> Result<Regex, D::Error> {
    let pieces = Vec::<String>::deserialize(data)?;
    Regex::new(&pieces.join("|")).map_err(serde::de::Error::custom)
}

fn pattern<'de, D: serde::Deserializer<'de>>(data: D) -> Result<Regex, D::Error> {
    let text = String::deserialize(data)?;
    Regex::new(&text).map_err(serde::de::Error::custom)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    said: SaidWords,
    year_said: YearSaid,
    claims: ClaimWords,
    claim: Vec<WordClaim>,
    rule: Vec<Rule>,
    kind: HashMap<String, HashMap<String, Message>>,
    derived: Vec<Derived>,
    stated_rate: Vec<StatedRate>,
    share_lists: ShareLists,
    applicant: HashMap<String, Message>,
    format: Vec<Format>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/rules.toml"))
        .expect("assets/rules.toml is checked by a test")
});

/// All rules, in the order in which they are listed.
pub fn rules() -> &'static [Rule] {
    &DATA.rule
}

/// The rule named `id`.
pub fn rule(id: &str) -> Option<&'static Rule> {
    DATA.rule.iter().find(|r| r.id == id)
}

/// Sums that have a name of their own.
pub(super) fn derived() -> &'static [Derived] {
    &DATA.derived
}

/// Rates that have a name of their own.
pub(super) fn stated_rates() -> &'static [StatedRate] {
    &DATA.stated_rate
}

/// What tells that shares are all of a list.
pub(super) fn share_lists() -> &'static ShareLists {
    &DATA.share_lists
}

/// What the words around a figure say of it.
pub(super) fn said_words() -> &'static SaidWords {
    &DATA.said
}

/// How reports say which year they speak of.
pub(super) fn year_said() -> &'static YearSaid {
    &DATA.year_said
}

/// What is asked before word claims are looked for.
pub(super) fn claim_words() -> &'static ClaimWords {
    &DATA.claims
}

/// Words that claim something of the form's numbers.
pub(super) fn word_claims() -> &'static [WordClaim] {
    &DATA.claim
}

/// What the law asked of a report on `year`.
pub(super) fn format_of(year: i32) -> Option<&'static Format> {
    DATA.format
        .iter()
        .find(|f| (f.from..=f.until).contains(&year))
}

/// What an applicant (or `total`) is called.
pub(super) fn applicant(name: &str) -> Message {
    DATA.applicant
        .get(name)
        .cloned()
        .unwrap_or_else(|| Message::same(name))
}

impl Rule {
    /// The message of a case, its own or its kind's.
    pub(super) fn message(&self, case: &str) -> Option<&Message> {
        let of_kind = || DATA.kind.get(&self.kind)?.get(case);
        let of_sums = || DATA.kind.get("sum")?.get(case);
        self.case.get(case).or_else(of_kind).or_else(of_sums)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_named_once_and_speak_both_languages() {
        let mut ids: Vec<_> = rules().iter().map(|r| &r.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), rules().len());
        let messages = rules()
            .iter()
            .flat_map(|r| r.case.values().chain([&r.asks]))
            .chain(DATA.kind.values().flat_map(HashMap::values));
        for message in messages {
            assert!(!message.zh.is_empty() && !message.en.is_empty());
            // What one language tells, the other tells too.
            let blanks = |text: &str| {
                let mut found: Vec<String> = text
                    .split('{')
                    .skip(1)
                    .filter_map(|t| Some(t.split_once('}')?.0.to_owned()))
                    .collect();
                found.sort();
                found
            };
            assert_eq!(blanks(&message.zh), blanks(&message.en), "{message:?}");
        }
    }

    #[test]
    fn every_year_has_one_format() {
        for year in 2008..2030 {
            let of = |f: &&Format| (f.from..=f.until).contains(&year);
            assert_eq!(DATA.format.iter().filter(of).count(), 1, "{year}");
        }
    }
}
