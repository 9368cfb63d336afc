//! blocks → [`Report`]: who reports, about which year and region, and in which sections.

pub mod form;
pub mod metadata;
pub mod outline;
pub mod overrides;
pub mod place;
pub mod tables;
pub mod title;

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::corpus::Override;
use crate::source::{Block, Format, Source};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// The text in pieces.
    pub blocks: Vec<Block>,
    /// Blocks that are title, metadata, date or signature.
    pub furniture: Vec<usize>,
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
        hints: _,
        repaired,
        notes,
    } = source;
    let folded: String = blocks
        .iter()
        .map(|b| b.folded.text())
        .collect::<Vec<_>>()
        .join("\n");
    let form = form::detect(&folded);
    let forms = form::read(&text, &blocks, form);
    tables::mark(&text, &mut blocks, &forms, form != Form::P);
    let found = metadata::read(&blocks);
    let heading = title::find(&blocks);
    let (mut title, title_range, mut title_folded) =
        printed_title(&text, &blocks, &heading, &found);
    if let Some(said) = &said.title {
        title_folded = crate::text::fold::fold(said);
        title = said.clone();
    }
    let mut skip = found.blocks.clone();
    skip.extend(heading.blocks.clone());
    let sections = outline::read(&text, &blocks, &skip);
    let year = overrides::year(said).or_else(|| year_of(&title_folded, &blocks));
    let (mut region, mut agency) = body_of(
        &title_folded,
        &found.metadata,
        &blocks,
        year.map(|y| y.value),
    );
    if let Some(words) = &said.region {
        region = overrides::region(words, year.map(|y| y.value)).or(region);
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
    let tables = tables::collect(&text, &blocks, &forms, section_at);
    let mut warnings = notes;
    warnings.extend(tables::warnings(&tables));
    warnings.extend(overrides::problems(said));
    if undecodable > 0 {
        warnings.push(format!(
            "{undecodable} characters could not be decoded as {encoding}"
        ));
    }
    Report {
        kind: overrides::kind(said).unwrap_or_else(|| kind_of(&title_folded)),
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
        blocks,
        furniture: skip,
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
    let blocks = &blocks[heading.blocks.clone()];
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
        return (String::new(), 0..0, String::new());
    };
    let written: Vec<String> = blocks
        .iter()
        .map(|b| b.folded.repair(text, 0..b.folded.text().len()))
        .collect();
    (
        written.concat(),
        first.range.start..last.range.end,
        heading.folded.clone(),
    )
}

fn clean(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn kind_of(title: &str) -> Kind {
    const OTHERS: [&str; 9] = [
        "指南",
        "目录",
        "的通知",
        "办法",
        "规定",
        "制度",
        "申请表",
        "流程",
        "公告",
    ];
    let other = OTHERS
        .iter()
        .any(|w| title.ends_with(w) || title.ends_with(&format!("{w}》")));
    if title::names_report(title) && title.contains("公开") && !other {
        Kind::Report
    } else {
        Kind::Other
    }
}

/// The year reported on: the title's, else what the text says of its period.
fn year_of(title: &str, blocks: &[Block]) -> Option<Year> {
    if let Some(value) = title::year(title) {
        return Some(Year {
            value,
            basis: Basis::Title,
        });
    }
    let head = || blocks.iter().take(30).map(|b| b.folded.text());
    for folded in head() {
        for word in [
            "统计期限",
            "起止时间",
            "期限为",
            "期限从",
            "统计时间",
            "年度报告",
            "信息公开工作报告",
        ] {
            let Some(at) = folded.find(word) else {
                continue;
            };
            // Before 年度报告, behind 统计期限.
            let near = if word.ends_with("报告") {
                let start = folded[..at]
                    .char_indices()
                    .rev()
                    .take(30)
                    .last()
                    .map_or(0, |(i, _)| i);
                &folded[start..at]
            } else {
                &folded[at..]
            };
            if let Some(value) = title::year(near) {
                return Some(Year {
                    value,
                    basis: Basis::Body,
                });
            }
        }
    }
    let opening = blocks.iter().take(60).find_map(|b| {
        let folded = b.folded.text();
        let begins = folded.starts_with("20") && folded.contains("公开");
        begins
            .then(|| title::year(folded.get(..12).unwrap_or(folded)))
            .flatten()
    });
    if let Some(value) = opening {
        return Some(Year {
            value,
            basis: Basis::Body,
        });
    }
    // The first year of the Regulations (国务院令第492号, in force from 1 May 2008) is 2008.
    head()
        .chain(blocks.iter().rev().take(30).map(|b| b.folded.text()))
        .any(|f| {
            f.contains("条例")
                && [
                    "施行第一年",
                    "实施第一年",
                    "施行的第一个年度",
                    "实施的第一个年度",
                    "施行的第一年",
                    "实施的第一年",
                ]
                .iter()
                .any(|w| f.contains(w))
        })
        .then_some(Year {
            value: 2008,
            basis: Basis::Inferred,
        })
}

/// Region and department: from the title, else from issuer and introduction.
fn body_of(
    title: &str,
    metadata: &Metadata,
    blocks: &[Block],
    year: Option<i32>,
) -> (Option<Region>, Option<String>) {
    let gazetteer = place::Gazetteer::embedded();
    let name = title::body(title);
    let body = gazetteer.body(&name, year, Basis::Title);
    let mut agency = title::agency(&body.rest);
    if body.region.is_some() {
        return (body.region, agency);
    }
    // 国家税务总局烟台市税务局: the vertical organ's own name comes first.
    for word in ["总局", "总署", "银行", "中国", "国家"] {
        let Some(at) = name.find(word) else { continue };
        let found = gazetteer.body(&name[at + word.len()..], year, Basis::Title);
        if found.region.is_some() {
            return (found.region, title::agency(&found.rest));
        }
    }
    let issuer = [metadata.issuer.as_deref(), metadata.source.as_deref()];
    for (words, basis) in issuer.into_iter().flatten().map(|w| (w, Basis::Metadata)) {
        let found = gazetteer.body(words, year, basis);
        if let Some(region) = found.region {
            agency = agency.or_else(|| {
                if name.is_empty() {
                    title::agency(&found.rest)
                } else {
                    None
                }
            });
            return (Some(region), agency.map(|a| without_rank(&a)));
        }
    }
    // 现公布某省某市…: a full name in the introduction.
    for block in blocks.iter().take(12) {
        let folded = block.folded.text();
        for opener in ["现公布", "现将", "现向社会公布", "本报告由", "由"] {
            let Some(at) = folded.find(opener) else {
                continue;
            };
            let found = gazetteer.body(&folded[at + opener.len()..], year, Basis::Body);
            if found
                .region
                .as_ref()
                .is_some_and(|r| r.level > Level::Province || agency.is_some())
            {
                return (found.region, agency.map(|a| without_rank(&a)));
            }
        }
    }
    (None, agency)
}

/// 市教育局 → 教育局
fn without_rank(agency: &str) -> String {
    let rest = agency.trim_start_matches(['省', '市', '县', '区', '州', '盟', '旗']);
    if title::is_organ(rest) && rest.chars().count() >= 2 {
        rest.to_owned()
    } else {
        agency.to_owned()
    }
}

/// Script of a text: what part of its characters only one script has.
fn script_of(text: &str) -> Script {
    let (mut han, mut folded) = (0usize, 0usize);
    for c in text.chars().filter(|c| crate::text::fold::is_han(*c)) {
        han += 1;
        folded += usize::from(crate::text::fold::fold_char(c) != c);
    }
    match (han, folded) {
        (0, _) => Script::Simplified,
        _ if folded * 100 < han * 3 => Script::Simplified,
        _ if folded * 100 > han * 12 => Script::Traditional,
        _ => Script::Mixed,
    }
}
