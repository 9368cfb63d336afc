//! What a document of the index is made of.
//!
//! Three kinds of documents lie in one tantivy index. A *report* document is followed at
//! once by its *section* documents (they are added as one batch, and merges keep the order),
//! so the report of a section is the nearest report document before it: no section has to
//! repeat what is said of its report, and grouping hits by report costs nothing. A *failure*
//! document keeps why a file could not be read.

use serde::{Deserialize, Serialize};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, JsonObjectOptions, NumericOptions, STORED, STRING,
    Schema, TextFieldIndexing, TextOptions,
};

use crate::report::{Form, Kind, Level, Part, Script};

/// Kind of a document: a report.
pub const REPORT: u64 = 1;
/// Kind of a document: a file that could not be read.
pub const FAILURE: u64 = 2;

/// Factor between a value and the integer that a column holds.
pub const SCALE: u32 = 4;

/// The fields. Their names are the names of the columns.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// [`REPORT`] or [`FAILURE`]; sections have none.
    pub sort: Field,
    /// Id of the report, on every document that belongs to it.
    pub id: Field,
    /// The id as a number; reports and failures.
    pub key: Field,
    /// The file's stamp; reports and failures.
    pub stamp: Field,
    /// Packed [`Facts`]; reports.
    pub facts: Field,
    /// Packed [`Tally`]; reports.
    pub tally: Field,
    /// Packed [`Twin`]; reports.
    pub twin: Field,
    /// The whole folded text as one number (`document.rs`); 0 for a text too short to be told
    /// from another; reports.
    pub same: Field,
    /// Path below the root; reports.
    pub path: Field,
    /// Folded title, for sorting and filtering; reports.
    pub title: Field,
    /// Names of the region from the province down, joined by `/`; reports.
    pub place: Field,
    /// Department; reports.
    pub agency: Field,
    /// Every principal canonical figure: key (and `/applicant`) → value × 10⁴; reports.
    pub figures: Field,
    /// [`StoredReport`], [`StoredSection`] or a failure, as JSON.
    pub card: Field,
    /// Folded words of the section, cut into pairs; sections.
    pub words: Field,
    /// Folded heading, cut into pairs; sections.
    pub heading: Field,
    /// The section's own text as it stands; sections.
    pub body: Field,
    /// The canonical part, see [`part_code`]; sections.
    pub part: Field,
    /// Which characters are not written as they fold, see
    /// [`crate::text::fold::Folded::odd`].
    pub variants: Field,
}

/// Name of the tokenizer of `words` and `heading`.
pub const PAIRS: &str = "pairs";

/// The schema and its fields.
pub fn schema() -> (Schema, Fields) {
    let mut b = Schema::builder();
    let number = NumericOptions::default().set_fast();
    // Without field norms: a long section that speaks of a thing twice is no worse than a
    // short one.
    let pairs = |record| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(PAIRS)
                .set_fieldnorms(false)
                .set_index_option(record),
        )
    };
    let column = || TextOptions::default().set_fast("raw");
    let fields = Fields {
        sort: b.add_u64_field("sort", INDEXED),
        id: b.add_text_field("id", STRING),
        key: b.add_u64_field("key", FAST),
        stamp: b.add_u64_field("stamp", FAST),
        facts: b.add_u64_field("facts", FAST),
        tally: b.add_u64_field("tally", FAST),
        twin: b.add_u64_field("twin", FAST),
        same: b.add_u64_field("same", FAST),
        path: b.add_text_field("path", column()),
        title: b.add_text_field("title", column()),
        place: b.add_text_field("place", column()),
        agency: b.add_text_field("agency", column()),
        figures: b.add_json_field("figures", JsonObjectOptions::default().set_fast("raw")),
        card: b.add_text_field("card", STORED),
        words: b.add_text_field("words", pairs(IndexRecordOption::WithFreqsAndPositions)),
        heading: b.add_text_field("heading", pairs(IndexRecordOption::WithFreqsAndPositions)),
        body: b.add_text_field("body", STORED),
        part: b.add_u64_field("part", number.clone()),
        variants: b.add_u64_field("variants", number),
    };
    (b.build(), fields)
}

/// Name of the column of an indicator: a dot would mean a step into the JSON value.
pub fn figure_column(key: &str) -> String {
    format!("figures.{}", figure_key(key))
}

/// An indicator's key as the JSON value holds it.
pub fn figure_key(key: &str) -> String {
    key.replace('.', ":")
}

/// What is stored of a report for being shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredReport {
    /// Id.
    pub id: String,
    /// Path below the root.
    pub path: String,
    /// As written.
    pub title: String,
    /// Names from the province down.
    pub place: Vec<String>,
    /// Department.
    pub agency: Option<String>,
}

/// What is stored of a section beside its text: id, heading, where its text begins in the
/// report's, and the pieces of it (relative to that) that were folded one by one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredSection(pub String, pub String, pub usize, pub Vec<(u32, u32)>);

/// What lists filter and sort by, packed into one number that sorts in their usual order:
/// region, newest year first, governments before departments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Six digits; a report without region sorts last.
    pub region: Option<u32>,
    /// Year reported on; a report without year sorts last in its region.
    pub year: Option<i32>,
    /// Whether a department reports.
    pub agency: bool,
    /// Rank of the region.
    pub level: Option<Level>,
    /// Report or other.
    pub kind: Kind,
    /// Form of its tables.
    pub form: Form,
    /// Script of its text.
    pub script: Script,
}

const NO_REGION: u64 = 0xf_ffff;
const NO_YEAR: u64 = 0xfff;
const LEVELS: [Option<Level>; 6] = [
    None,
    Some(Level::National),
    Some(Level::Province),
    Some(Level::Prefecture),
    Some(Level::County),
    Some(Level::Township),
];
const FORMS: [Form; 5] = [Form::A, Form::B, Form::C, Form::D, Form::P];
const SCRIPTS: [Script; 3] = [Script::Simplified, Script::Traditional, Script::Mixed];

fn code<T: PartialEq>(of: &[T], value: &T) -> u64 {
    of.iter().position(|v| v == value).unwrap_or(0) as u64
}

impl Facts {
    /// Bits behind those that make up the usual order.
    const REST: u32 = 9;

    /// As one number.
    pub fn pack(&self) -> u64 {
        let region = self
            .region
            .map_or(NO_REGION, |r| u64::from(r).min(NO_REGION - 1));
        let year = self.year.map_or(NO_YEAR, |y| {
            NO_YEAR - 1 - (y.clamp(0, NO_YEAR as i32 - 1) as u64)
        });
        region << 22
            | year << 10
            | u64::from(self.agency) << 9
            | code(&LEVELS, &self.level) << 6
            | u64::from(self.kind == Kind::Other) << 5
            | code(&FORMS, &self.form) << 2
            | code(&SCRIPTS, &self.script)
    }

    /// From one number.
    pub fn unpack(packed: u64) -> Self {
        let region = packed >> 22;
        let year = packed >> 10 & NO_YEAR;
        let pick = |i: u64, n: usize| (i as usize).min(n - 1);
        Self {
            region: (region < NO_REGION).then_some(region as u32),
            year: (year < NO_YEAR).then(|| (NO_YEAR - 1 - year) as i32),
            agency: packed >> 9 & 1 == 1,
            level: LEVELS[pick(packed >> 6 & 7, LEVELS.len())],
            kind: if packed >> 5 & 1 == 1 {
                Kind::Other
            } else {
                Kind::Report
            },
            form: FORMS[pick(packed >> 2 & 7, FORMS.len())],
            script: SCRIPTS[pick(packed & 3, SCRIPTS.len())],
        }
    }

    /// The part of a packed number that makes up the usual order.
    pub fn order(packed: u64) -> u64 {
        packed >> Self::REST
    }
}

/// How much was found in a report, packed into one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Figures.
    pub figures: u32,
    /// Findings that failed.
    pub fails: u32,
    /// Findings that ask for a look.
    pub warns: u32,
    /// Findings that passed.
    pub passes: u32,
}

impl Tally {
    /// As one number; counts beyond 65,535 stay there.
    pub fn pack(&self) -> u64 {
        [self.figures, self.fails, self.warns, self.passes]
            .into_iter()
            .fold(0, |all, n| all << 16 | u64::from(n.min(0xffff)))
    }

    /// From one number.
    pub fn unpack(packed: u64) -> Self {
        let at = |shift: u32| (packed >> shift & 0xffff) as u32;
        Self {
            figures: at(48),
            fails: at(32),
            warns: at(16),
            passes: at(0),
        }
    }
}

/// By what several files of one body and year are told to be one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twin {
    /// What a person said: that it stands for the others, or that it does not.
    pub said: Option<bool>,
    /// The text in 62 bits ([`crate::audit::corpus::Sketch::bits`]).
    pub text: u64,
}

impl Twin {
    /// As one number.
    pub fn pack(&self) -> u64 {
        self.text << 2 | self.said.map_or(0, |yes| 1 + u64::from(yes))
    }

    /// From one number.
    pub fn unpack(packed: u64) -> Self {
        Self {
            said: match packed & 3 {
                1 => Some(false),
                2 => Some(true),
                _ => None,
            },
            text: packed >> 2,
        }
    }
}

/// The canonical parts, in the order of their codes (from 1; 0 is none).
pub const PARTS: [Part; 10] = [
    Part::Overview,
    Part::Disclosure,
    Part::Requests,
    Part::Consult,
    Part::Disputes,
    Part::Fees,
    Part::Staff,
    Part::Problems,
    Part::Other,
    Part::Appendix,
];

/// Number of a part in its column.
pub fn part_code(part: Option<Part>) -> u64 {
    part.map_or(0, |p| code(&PARTS, &p) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_survive_packing_and_sort_in_the_usual_order() {
        let mut all = Vec::new();
        for region in [Some(0), Some(110_000), Some(460_200), None] {
            for year in [Some(2023), Some(2008), None] {
                for agency in [false, true] {
                    for (i, level) in LEVELS.into_iter().enumerate() {
                        let facts = Facts {
                            region,
                            year,
                            agency,
                            level,
                            kind: [Kind::Report, Kind::Other][i % 2],
                            form: FORMS[i % FORMS.len()],
                            script: SCRIPTS[i % SCRIPTS.len()],
                        };
                        assert_eq!(Facts::unpack(facts.pack()), facts);
                        all.push(Facts::order(facts.pack()));
                    }
                }
            }
        }
        assert!(all.is_sorted());
        Facts::unpack(u64::MAX);
    }

    #[test]
    fn tallies_survive_packing() {
        let tally = Tally {
            figures: 300,
            fails: 2,
            warns: 70_000,
            passes: 0,
        };
        assert_eq!(
            Tally::unpack(tally.pack()),
            Tally {
                warns: 0xffff,
                ..tally
            }
        );
    }
}
