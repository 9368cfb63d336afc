//! The words by which sentences count: typed view of `assets/grammar.toml` and
//! `assets/applicants.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Applicant;
pub use crate::text::words::WordList;

/// The whole of `assets/grammar.toml`.
#[derive(Debug, Deserialize)]
pub struct Grammar {
    unit: Vec<UnitData>,
    /// Measures of time.
    times: Words,
    /// What makes a count of a number without a unit.
    numbered: Words,
    /// Reserves before and behind a number.
    pub qualifiers: Qualifiers,
    /// What only looks like a count.
    pub guards: Guards,
    /// Figures that divide one whole between them.
    #[serde(rename = "family")]
    pub families: Vec<Family>,
    /// Words that give a clause its meaning.
    pub cues: Cues,
    /// Words that tell a stock from a flow.
    pub stock: Stock,
    /// Words for parts of the year, and for years.
    pub periods: Periods,
    /// Words for what is yet to come.
    pub later: Later,
    /// Words that make a number another stage, or a part, of what it is called.
    pub stages: Stages,
    /// Words for none.
    pub zero: Zero,
    /// Words for all of a number, and for what all of them are.
    pub all: All,
    /// Words around a name.
    pub naming: Naming,
    /// Words that tell whose a figure is.
    pub whose: Whose,
    /// What is no part of the name of a statistic.
    pub unnamed: Unnamed,
    /// Words in the heads of tables that follow no form.
    pub tabled: Tabled,
    /// Printed units, and the base unit of each.
    #[serde(skip)]
    units: (WordList, Vec<String>),
    /// Words for those who apply, and whom each means.
    #[serde(skip)]
    applicants: (WordList, Vec<Applicant>),
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
    pub contact: WordList,
    pub joined: WordList,
    pub rhetoric_units: WordList,
    pub single_units: WordList,
    pub counted_anyway: WordList,
    pub rhetoric_nouns: WordList,
    pub rates: WordList,
    pub phrases: WordList,
    pub counts: WordList,
    pub structure: WordList,
    pub listed: WordList,
}

impl Guards {
    /// Whether words behind a small numeral make rhetoric of it: 三项制度, 三项新的重大任务.
    pub fn is_rhetoric(&self, behind: &str) -> bool {
        let clause = behind.split([',', '。', ';', '、', ':', '(']).next();
        let clause = clause.unwrap_or(behind);
        self.rhetoric_nouns.beginning(behind).is_some()
            || clause.chars().count() <= 8 && self.rhetoric_nouns.ending(clause).is_some()
    }
}

/// Figures that divide one whole between them.
#[derive(Debug, Deserialize)]
pub struct Family {
    /// What it is called here.
    pub name: String,
    /// How the keys of its members begin; `@` are those who apply.
    members: Vec<String>,
    /// Keys of what they divide: of those in one group the one told last, else of the next.
    pub wholes: Vec<Vec<String>>,
    /// How their whole is called where it has no key.
    #[serde(default)]
    pub called: WordList,
    /// No member counts what another one does.
    #[serde(default)]
    pub apart: bool,
    /// They leave nothing over.
    #[serde(default)]
    pub all: bool,
}

impl Family {
    /// Whether a figure with `key`, of an applicant or not, is of the family.
    pub fn has(&self, key: &str, of_applicant: bool) -> bool {
        let is_it = |member: &String| match member.as_str() {
            "@" => of_applicant,
            stem if stem.ends_with('.') => !of_applicant && key.starts_with(stem),
            whole => !of_applicant && key == whole,
        };
        self.members.iter().any(is_it)
    }

    /// Whether `key` is that of what the family divides.
    pub fn divides(&self, key: &str) -> bool {
        self.wholes.iter().flatten().any(|w| w == key)
    }
}

/// Words that give a clause its meaning.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Cues {
    pub parts: WordList,
    pub closed: WordList,
    pub rest: WordList,
    pub ranked: WordList,
    pub share: WordList,
    pub of_all: WordList,
    pub together: WordList,
    pub change: WordList,
    pub previous: WordList,
    pub whole: WordList,
}

/// Words that tell a stock from a flow.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Stock {
    pub strong: WordList,
    pub own: WordList,
    pub weak: WordList,
    pub flow: WordList,
    pub flow_keys: WordList,
    pub all_years: WordList,
    pub ended: WordList,
    pub new: WordList,
    pub present_keys: WordList,
}

/// Words for parts of the year, and for years.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Periods {
    pub annual: WordList,
    pub own_year: WordList,
    pub partial: WordList,
    pub since: WordList,
    pub years: WordList,
    pub until: WordList,
    pub ends: WordList,
    pub ours: WordList,
    pub no_year: WordList,
    pub comparing: WordList,
}

/// Words around a name.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Naming {
    pub filler: WordList,
    pub filler_before: WordList,
    pub risen_to: WordList,
    pub topics: WordList,
    pub classed: WordList,
    pub listing: WordList,
    pub everyone: WordList,
    pub in_all: WordList,
    pub together: WordList,
    pub joiners: WordList,
    pub frames: WordList,
    pub average: WordList,
    pub permits: WordList,
    pub each_one: WordList,
    pub attending: WordList,
    pub public: WordList,
    pub asked: WordList,
    pub media: WordList,
    pub verdicts: WordList,
    pub lawsuits: WordList,
    pub hearing: WordList,
    pub each: WordList,
    pub rest: WordList,
    pub generic: WordList,
    pub publishing: WordList,
    pub places: WordList,
    pub all_kinds: WordList,
    pub general: WordList,
    pub gathering: WordList,
    pub consists: WordList,
    pub reviewing: WordList,
    pub handling: WordList,
    pub opening: WordList,
    pub through: WordList,
    pub sites: WordList,
    pub posted: WordList,
    pub posting: WordList,
    pub delivering: WordList,
    pub units: WordList,
    pub bodies: WordList,
    pub proposals: WordList,
    pub columns: WordList,
    pub web_columns: WordList,
    pub affairs: WordList,
    pub single: WordList,
    pub handled: WordList,
    pub assisting: WordList,
    pub means: WordList,
}

impl Naming {
    /// Whether `text` says that something was made public: 公开, but not 信息公开平台.
    pub fn publishes(&self, text: &str) -> bool {
        self.publishing.is_in(text) && {
            let places = self.places.words().iter();
            let said = places.fold(text.to_owned(), |said, place| said.replace(place, "#"));
            self.publishing.is_in(&said)
        }
    }
}

/// Words that tell whose a figure is.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Whose {
    pub own: WordList,
    pub unit: WordList,
    pub bureaus: WordList,
    pub offices: WordList,
    pub ends: WordList,
    pub verbs: WordList,
    pub object: WordList,
    pub no_beginning: WordList,
    pub no_part: WordList,
    pub no_ending: WordList,
    pub everywhere: WordList,
    pub points: WordList,
    pub office: WordList,
    pub counting: WordList,
    pub counted_names: WordList,
    pub lead_ins: WordList,
    pub adverbs: WordList,
    pub phrases: WordList,
    pub bodies: WordList,
    pub marks: WordList,
    pub departments: WordList,
    pub places: WordList,
    pub remaining: WordList,
}

/// What is no part of the name of a statistic.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Unnamed {
    pub openers: WordList,
    pub inside: WordList,
    pub ends: WordList,
}

/// Words in the heads of tables that follow no form.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Tabled {
    pub general: WordList,
    pub rest: WordList,
    pub no_count: WordList,
    pub changes: WordList,
    pub year_before: WordList,
    pub offices: WordList,
    pub remarks: WordList,
    pub stock: WordList,
    pub units: Vec<ThingUnit>,
}

/// What a thing is counted in where a table prints no unit.
#[derive(Debug, Deserialize)]
pub struct ThingUnit {
    /// The thing.
    pub of: String,
    /// Its unit.
    pub unit: String,
}

/// Words for what is yet to come.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Later {
    pub openers: WordList,
    pub plans: WordList,
    pub deeds: WordList,
}

/// Words that make a number another stage, or a part, of what it is called.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Stages {
    pub open: WordList,
    pub open_behind: WordList,
    pub left: WordList,
    pub some_answers: WordList,
    pub others: WordList,
    pub all: WordList,
    pub passed_on: WordList,
    pub instances: WordList,
    pub opened: WordList,
    pub not_taken: WordList,
}

/// Words for all of a number, and for what all of them are.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct All {
    pub all: WordList,
    pub by: WordList,
    pub deeds: WordList,
    pub matters: WordList,
}

/// Words for none.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Zero {
    pub qualified: WordList,
    pub others_behind: WordList,
    pub cues: WordList,
    pub none: WordList,
    pub making: WordList,
    pub anyone: WordList,
    pub kinds: WordList,
    pub reasons: WordList,
    pub nought: WordList,
    pub not_after_none: WordList,
    pub after: WordList,
    pub answers: WordList,
    pub money: WordList,
    pub causes: WordList,
    pub supposed: WordList,
    pub some: WordList,
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
    let (mut words, mut bases) = (Vec::new(), Vec::new());
    for unit in &grammar.unit {
        for word in &unit.words {
            let base = match unit.name.as_str() {
                "" => word,
                name => name,
            };
            words.push(word.clone());
            bases.push(base.to_owned());
        }
    }
    grammar.units = (words.into(), bases);
    let applicants: Applicants = toml::from_str(include_str!("../../assets/applicants.toml"))
        .expect("assets/applicants.toml is checked by a test");
    let (mut words, mut whom) = (Vec::new(), Vec::new());
    for data in applicants.applicant {
        for word in data.words {
            words.push(word);
            whom.push(data.name);
        }
    }
    grammar.applicants = (words.into(), whom);
    grammar
});

impl Grammar {
    /// The embedded one.
    pub fn embedded() -> &'static Self {
        &GRAMMAR
    }

    /// The unit that `text` begins with: bytes it takes and base unit.
    pub fn unit(&self, text: &str) -> Option<(usize, &str)> {
        let (words, bases) = &self.units;
        let place = words.place_at_beginning(text)?;
        Some((words.words()[place].len(), &bases[place]))
    }

    /// The units that numbers are counted in, each once.
    pub fn base_units(&self) -> Vec<&str> {
        let mut units: Vec<&str> = Vec::new();
        for base in &self.units.1 {
            if !units.contains(&base.as_str()) {
                units.push(base);
            }
        }
        units
    }

    /// Whether `text` begins with a measure of time.
    pub fn is_time(&self, text: &str) -> bool {
        self.times.words.beginning(text).is_some()
    }

    /// Whether a number without a unit that stands behind `text` counts.
    pub fn numbers(&self, text: &str) -> bool {
        self.numbered.words.ending(text).is_some()
    }

    /// The applicant that `text` names last, with the byte at which the word begins.
    pub fn applicant(&self, text: &str) -> Option<(usize, Applicant)> {
        let (words, whom) = &self.applicants;
        let (at, place) = words.last(text)?;
        Some((at, whom[place]))
    }

    /// All those who apply that `text` names, in order.
    pub fn applicants(&self, text: &str) -> impl Iterator<Item = Applicant> {
        let (words, whom) = &self.applicants;
        let mut from = 0;
        std::iter::from_fn(move || {
            let (at, place) = words.next(text, from)?;
            from = at + words.words()[place].len();
            Some(whom[place])
        })
    }
}
