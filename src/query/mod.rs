//! The reading side of the index: lists, trees, search and comparison. Everything that a
//! face of the program shows of more than one report comes from here.

pub mod compare;
mod compile;
mod copies;
mod docsets;
mod fields;
mod language;
mod library;
mod list;
mod matching;
mod names;
mod rank;
mod resolve;
mod search;
mod snippet;
pub mod texts;
mod tree;
mod trend;
mod versions;

use std::ops::Range;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::report::{Form, Kind, Level, Script};

pub use copies::Repeat;
pub use language::{Query, parse};
pub use library::Library;
pub use matching::find;
pub use rank::{Elsewhere, Ranked, Ranking};
pub use versions::{Siblings, Version};

/// What lists show of one report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReportRow {
    /// Stable id.
    pub id: String,
    /// Path below the corpus root.
    pub path: String,
    /// Report or other document.
    pub kind: Kind,
    /// As written.
    pub title: String,
    /// Year reported on.
    pub year: Option<i32>,
    /// Six digits.
    pub region: Option<String>,
    /// Names from the province down.
    pub region_path: Vec<String>,
    /// Rank of the region.
    pub level: Option<Level>,
    /// Department, none for a government itself.
    pub agency: Option<String>,
    /// Form of its tables.
    pub form: Form,
    /// Script of the text.
    pub script: Script,
    /// How many figures were found.
    pub figures: u32,
    /// Findings that failed.
    pub fails: u32,
    /// Findings that ask for a look.
    pub warns: u32,
    /// Findings that passed.
    pub passes: u32,
    /// Whether another file of the same body and year stands for it in lists.
    pub is_copy: bool,
    /// How many other files of the same body and year there are.
    pub others: u32,
    /// Of one that stands for others: how many of these are other versions of it.
    pub versions: u32,
    /// Of one that another stands for: how many values differ from that one's; none for a
    /// copy.
    pub differing: Option<u32>,
    /// Values of the columns asked for, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Option<Decimal>>,
}

/// Which reports.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Type-ahead: Chinese, pinyin or initials, against region, agency, title and path.
    pub text: String,
    /// A region and all below it: 440000 means all of 广东.
    pub region: Option<String>,
    /// First and last year.
    pub years: Option<(i32, i32)>,
    /// Rank.
    pub level: Option<Level>,
    /// Department; `Some("")` means governments themselves.
    pub agency: Option<String>,
    /// Only those without a year.
    pub no_year: bool,
    /// Only those without a region.
    pub no_region: bool,
    /// Reports, other documents, or both.
    pub kind: Option<Kind>,
    /// Files too that repeat another of the same body and year ([`Library::copies`] has
    /// those of one report); without it one of them stands for all.
    pub copies: bool,
}

/// What a list is ordered by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SortKey {
    /// Region code, then newest year first.
    #[default]
    Region,
    /// Year reported on.
    Year,
    /// Title.
    Title,
    /// Path.
    Path,
    /// Failed findings.
    Findings,
    /// Value of an indicator.
    Indicator(String),
}

/// Order of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// Greatest first.
    pub descending: bool,
}

/// A window of a longer list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// Length of the whole list.
    pub total: usize,
    /// The items in the window.
    pub items: Vec<T>,
}

/// How a tree of reports is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grouping {
    /// Province, prefecture, county.
    #[default]
    Region,
    /// Year reported on.
    Year,
    /// Rank of the region.
    Level,
    /// Department.
    Agency,
}

/// A line of a tree, in the order in which it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is called; empty for "unknown".
    pub label: String,
    /// 0 for the outermost.
    pub depth: u8,
    /// Reports in it and below it.
    pub count: usize,
    /// The filter that shows just these.
    pub filter: Filter,
}

/// One section that was found.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// Id of the report.
    pub report: String,
    /// Path of the report.
    pub path: String,
    /// Id of the section.
    pub section: String,
    /// Marker and title of the section.
    pub title: String,
    /// Greater is better.
    pub score: f32,
    /// Where the words stand, in bytes of the report's text, in order.
    pub ranges: Vec<(usize, usize)>,
    /// A window of the text around the first of them, on one line.
    pub snippet: String,
    /// Where the words stand in `snippet`, in bytes.
    pub marks: Vec<(usize, usize)>,
}

/// A report with the sections found in it.
#[derive(Debug, Clone)]
pub struct HitGroup {
    /// The report.
    pub report: ReportRow,
    /// Its sections, in reading order; the best ones where there are more than
    /// [`Query::sections_per_report`].
    pub hits: Vec<Hit>,
    /// How many sections were found in it.
    pub total: usize,
}

/// How many of the sections found have some property.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facets {
    /// By year, newest first.
    pub years: Vec<(Option<i32>, usize)>,
    /// By province (code, name), most hits first; both empty for reports without a region.
    pub regions: Vec<(String, String, usize)>,
    /// By level.
    pub levels: Vec<(Option<Level>, usize)>,
}

/// Answer to a search.
#[derive(Debug, Clone)]
pub struct SearchPage {
    /// Sections found in all.
    pub sections: usize,
    /// Reports found in all.
    pub reports: usize,
    /// The first of them, best first.
    pub groups: Vec<HitGroup>,
    /// Properties of all hits.
    pub facets: Facets,
    /// How the query was understood, in words a person can check.
    pub understood: String,
}

/// What there is in all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Reports.
    pub reports: usize,
    /// Other documents.
    pub others: usize,
    /// Files that repeat another of the same body and year; not counted as reports.
    pub copies: usize,
    /// Files that could not be read.
    pub failures: usize,
    /// Distinct regions.
    pub regions: usize,
    /// First and last year.
    pub years: Option<(i32, i32)>,
}

/// What a text or rows are asked for: a window of a list.
pub type Window = Range<usize>;
