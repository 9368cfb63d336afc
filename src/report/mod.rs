//! blocks → [`Report`]: who reports, about which year and region, and in which sections.

pub mod body;
pub mod form;
mod kind;
pub mod metadata;
pub mod outline;
pub mod overrides;
pub mod place;
pub mod tables;
pub mod title;
mod who;
mod wording;
mod year;

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::corpus::Override;
use crate::source::{Block, Format, Pages, Source};

/// Whether a file is a report or some other document that lies in the same folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An annual report on government information disclosure.
    Report,
    /// A notice, guide, directory, …
    Other,
}

/// What a value was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The title says so.
    Title,
    /// The running text says so.
    Body,
    /// The block of metadata says so.
    Metadata,
    /// A person said so in `gongkai.toml`.
    Override,
    /// It follows from what the text says.
    Inferred,
}

/// The year a report speaks of (never that of publishing).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Year {
    /// Four digits.
    pub value: i32,
    /// Where it was read.
    pub basis: Basis,
}

/// Rank of an administrative division.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The State Council and its organs.
    National,
    /// Provinces, autonomous regions, municipalities.
    Province,
    /// Cities with districts, prefectures, leagues.
    Prefecture,
    /// Counties, districts, county-level cities.
    County,
    /// Towns, townships, street offices.
    Township,
}

impl Level {
    /// All of them, the highest first.
    pub const ALL: [Self; 5] = [
        Self::National,
        Self::Province,
        Self::Prefecture,
        Self::County,
        Self::Township,
    ];
}

/// Where the reporting body is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// Six digits of GB/T 2260; a township bears its county's code, central bodies 000000.
    pub code: String,
    /// Official name in Simplified characters.
    pub name: String,
    /// Rank.
    pub level: Level,
    /// Names from the province down to this region.
    pub path: Vec<String>,
    /// Where it was read.
    pub basis: Basis,
}

/// What portals print above a report; values in Simplified characters, dates as ISO 8601.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Metadata {
    /// 索引号
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index_number: Option<String>,
    /// 发布机构, else the body in 由…编制, else the signature
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// 主题分类
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// 成文日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_on: Option<String>,
    /// 发布日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_on: Option<String>,
    /// 发文字号
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_number: Option<String>,
    /// 时效
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// 来源
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// 主题词
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
}

/// Which statistical form a report's tables follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Form {
    /// Local numbered tables of 2008 to 2013.
    A,
    /// The national table of 2014 to 2018.
    B,
    /// The national tables of 2019 and 2020.
    C,
    /// The national tables since 2021 (国办公开办函〔2021〕30号).
    D,
    /// Prose only.
    P,
}

/// The canonical part of a report that a section belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// 总体情况, 概述
    Overview,
    /// 主动公开
    Disclosure,
    /// 依申请公开
    Requests,
    /// 咨询
    Consult,
    /// 复议、诉讼
    Disputes,
    /// 收费
    Fees,
    /// 机构、人员
    Staff,
    /// 问题与改进
    Problems,
    /// 其他需要报告的事项
    Other,
    /// 附表、附件
    Appendix,
}

/// One heading with what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Path of ordinals, such as `2.1`; `0` is what stands before the first heading.
    pub id: String,
    /// Id of the section around it.
    pub parent: Option<String>,
    /// 1 for the outermost headings (and for section `0`).
    pub level: u8,
    /// `一、`, `(二)`, … as written, or empty.
    pub marker: String,
    /// As written, up to the first sentence end; empty for a numbered paragraph.
    pub title: String,
    /// What it is about.
    pub part: Option<Part>,
    /// Heading, text and sub-sections, in bytes of the text.
    pub range: Range<usize>,
    /// Heading and text without sub-sections.
    pub own: Range<usize>,
}

/// A table with its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// `t1`, `t2`, …
    pub id: String,
    /// The section it stands in.
    pub section: String,
    /// Which official table it is, such as `D/t3`.
    pub form: Option<String>,
    /// Cells, row by row.
    pub rows: Vec<Vec<String>>,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The values of the official table, each with its place in the form.
    pub cells: Vec<form::FormCell>,
    /// Rows of the official table that could not be read for certain.
    pub troubles: Vec<form::Trouble>,
}

/// Script of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// 简体
    Simplified,
    /// 繁體
    Traditional,
    /// Both in earnest.
    Mixed,
}

/// One file, understood.
#[derive(Debug, Clone)]
pub struct Report {
    /// Report or other document.
    pub kind: Kind,
    /// How the file was read.
    pub format: Format,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// Size of the file.
    pub bytes: u64,
    /// Script of the text.
    pub script: Script,
    /// Pieces of noise taken out of the fold.
    pub repaired: usize,
    /// As written, noise taken out.
    pub title: String,
    /// Bytes of the text that the title stands in, where it stands there.
    pub title_range: Range<usize>,
    /// The year reported on.
    pub year: Option<Year>,
    /// The region reported on.
    pub region: Option<Region>,
    /// Department in Simplified without the region's name; none for a government itself.
    pub agency: Option<String>,
    /// What the portal printed.
    pub metadata: Metadata,
    /// Form of its tables.
    pub form: Form,
    /// The outline in reading order; the first one is section `0` when text precedes the
    /// first heading.
    pub sections: Vec<Section>,
    /// Tables in reading order.
    pub tables: Vec<Table>,
    /// The text that all ranges speak of.
    pub text: String,
    /// Where the pages begin of a file that has some.
    pub pages: Pages,
    /// The text in pieces.
    pub blocks: Vec<Block>,
    /// Blocks that are title, metadata, date or signature.
    pub furniture: Vec<usize>,
    /// Whether a person said that it stands for all files of its body and year, or not.
    pub principal: Option<bool>,
    /// What a reader should know.
    pub warnings: Vec<String>,
}

impl Report {
    /// The innermost section that holds byte `at` of the text.
    pub fn section_at(&self, at: usize) -> Option<&Section> {
        let i = self.sections.partition_point(|s| s.range.start <= at);
        self.sections[..i]
            .iter()
            .rev()
            .find(|s| s.range.contains(&at))
    }

    /// Blocks that begin in `range` of the text.
    pub fn blocks_in(&self, range: &Range<usize>) -> &[Block] {
        let first = self.blocks.partition_point(|b| b.range.start < range.start);
        let last = self.blocks.partition_point(|b| b.range.start < range.end);
        &self.blocks[first..last.max(first)]
    }
}

/// Reads a report from a file's text.
pub fn read(source: Source) -> Report {
    read_as(source, &Override::default())
}

/// Reads a report of which a person says something.
pub fn read_as(source: Source, said: &Override) -> Report {
    let Source {
        format,
        encoding,
        bytes,
        undecodable,
        text,
        mut blocks,
        hints,
        pages,
        repaired,
        notes,
    } = source;
    let folded: String = blocks
        .iter()
        .map(|b| b.folded.text())
        .collect::<Vec<_>>()
        .join("\n");
    let form = form::detect(&folded);
    form::cut(&text, &mut blocks, form);
    let forms = form::read(&text, &blocks, form);
    tables::mark(&text, &mut blocks, &forms, form);
    let has_grid = matches!(form, Form::C | Form::D);
    let found = metadata::read(&blocks);
    let heading = title::find(&blocks);
    let (mut title, title_range, mut title_folded) =
        printed_title(&text, &blocks, &heading, &found);
    if let Some(said) = &said.title {
        title_folded = crate::text::fold::fold(said);
        title = said.clone();
    }
    let mut skip = found.blocks.clone();
    if heading.within.is_none() {
        skip.extend(heading.blocks.clone());
    }
    let sections = outline::read(&text, &blocks, &skip, has_grid);
    let mut warnings = notes;
    let (year, reason) = match overrides::year(said) {
        Some(year) => (Some(year), None),
        None => year::read(&title_folded, &found.metadata, &blocks),
    };
    warnings.extend(reason);
    let at = year.map(|y| y.value);
    let who::Who {
        mut region,
        mut agency,
        reason,
    } = who::read(&title_folded, &found.metadata, &hints, &blocks, at);
    if let Some(words) = &said.region {
        region = overrides::region(words, at).or(region);
    } else {
        warnings.extend(reason);
    }
    if let Some(said) = &said.agency {
        agency = Some(said.trim().to_owned()).filter(|a| !a.is_empty());
    }
    let section_at = |at: usize| {
        let i = sections.partition_point(|s| s.range.start <= at);
        sections[..i]
            .iter()
            .rev()
            .find(|s| s.range.contains(&at))
            .map(|s| s.id.clone())
            .unwrap_or_default()
    };
    let tables = tables::collect(&text, &blocks, forms, section_at);
    warnings.extend(tables::warnings(&tables));
    warnings.extend(overrides::problems(said));
    if undecodable > 0 {
        warnings.push(format!(
            "{undecodable} characters could not be decoded as {encoding}"
        ));
    }
    Report {
        kind: overrides::kind(said)
            .unwrap_or_else(|| kind::read(&title_folded, &heading, &sections, &blocks, year)),
        format,
        encoding,
        bytes,
        script: script_of(&text),
        repaired: repaired + blocks.iter().map(|b| b.folded.repaired()).sum::<usize>(),
        title,
        title_range,
        year,
        region,
        agency,
        metadata: found.metadata,
        form,
        sections,
        tables,
        text,
        pages,
        blocks,
        furniture: skip,
        principal: said.principal,
        warnings,
    }
}

/// The title as written and folded: the one in the text, else the one the portal printed.
fn printed_title(
    text: &str,
    blocks: &[Block],
    heading: &title::Title,
    found: &metadata::Found,
) -> (String, Range<usize>, String) {
    let in_text = title::names_report(&heading.folded);
    if let (Some((folded, range)), false) = (&found.title, in_text) {
        return (clean(&text[range.clone()]), range.clone(), folded.clone());
    }
    if let (Some(within), Some(block)) = (&heading.within, blocks.get(heading.blocks.start)) {
        let range = block.folded.source(within.clone());
        let written = clean(&text[range.clone()]);
        return (written, range, heading.folded.clone());
    }
    let blocks = &blocks[heading.blocks.clone()];
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
        return (String::new(), 0..0, String::new());
    };
    let written: Vec<String> = blocks
        .iter()
        .map(|b| b.folded.repair(text, 0..b.folded.text().len()))
        .collect();
    (
        clean(&written.concat()),
        first.range.start..last.range.end,
        heading.folded.clone(),
    )
}

/// On one line, without the marks that stood before what was taken off.
fn clean(written: &str) -> String {
    let words: Vec<&str> = written.split_whitespace().collect();
    let marks = ['-', '_', '|', '－', '—', ' '];
    words.join(" ").trim_end_matches(marks).to_owned()
}

/// Script of a text: what part of its characters only one script has.
fn script_of(text: &str) -> Script {
    match crate::text::fold::count_han(text) {
        (0, _) => Script::Simplified,
        (han, folded) if folded * 100 < han * 3 => Script::Simplified,
        (han, folded) if folded * 100 > han * 12 => Script::Traditional,
        _ => Script::Mixed,
    }
}
