//! A [`Reading`] as the contract's JSON: one object a line in `export --format jsonl`.
//!
//! [`ReportJson`] borrows from the reading, so that a report is written without copying it.
//! The order of the fields here is the order of the fields in the file; [`schema`] is made
//! from the same types, so that it cannot say anything else.

use std::io::Write;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::audit::{Class, Finding, Message, Severity, Status, values_said};
use crate::corpus::{Review, Reviews};
use crate::figure::number::Number;
use crate::figure::{Applicant, Basis, Figure, Period, Qualifier, Semantics};
use crate::reading::Reading;
use crate::report::{Form, Kind, Metadata, Part, Region, Script, Section, Table, Year};
use crate::source::Format;

/// Everything that one file says.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "gongkai report")]
pub struct ReportJson<'a> {
    /// Stable across runs and machines for the same path below the corpus root.
    pub id: &'a str,
    /// Relative to the corpus root (root's name first when there are several).
    pub path: &'a str,
    /// A report, or some other document that lies in the same folder.
    pub kind: Kind,
    /// How the file was read.
    pub source: SourceJson<'a>,
    /// As written, noise repaired.
    pub title: &'a str,
    /// The year reported on, never that of publishing.
    pub year: Option<Year>,
    /// Where the reporting body is; null rather than guessed.
    pub region: Option<&'a Region>,
    /// Department in Simplified without the region's name; null for a government itself.
    pub agency: Option<&'a str>,
    /// What the portal printed above the report; those present.
    pub metadata: MetadataJson<'a>,
    /// Which form its tables follow, told by the tables' own words.
    pub form: Form,
    /// The outline, in reading order.
    pub sections: Vec<SectionJson<'a>>,
    /// Tables with their cells.
    pub tables: Vec<TableJson<'a>>,
    /// Every statistic in the text.
    pub figures: Vec<FigureJson<'a>>,
    /// Every check that was made, those that passed too.
    pub findings: Vec<FindingJson<'a>>,
    /// What the reader of this file should know.
    pub warnings: &'a [String],
}

/// How a file was read.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourceJson<'a> {
    /// Kind of file.
    pub format: Format,
    /// Name of the encoding, as the WHATWG names it.
    pub encoding: &'a str,
    /// Size of the file.
    pub bytes: u64,
    /// Script of the text.
    pub script: Script,
    /// Pieces of scraping noise that were read over.
    pub repaired: usize,
}

/// Values in Simplified characters, dates as ISO 8601.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MetadataJson<'a> {
    /// 索引号
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index_number: Option<&'a str>,
    /// 发布机构, else the body in 由…编制, else the signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<&'a str>,
    /// 主题分类
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<&'a str>,
    /// 成文日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_on: Option<&'a str>,
    /// 发布日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_on: Option<&'a str>,
    /// 发文字号
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_number: Option<&'a str>,
    /// 时效
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'a str>,
    /// 来源
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'a str>,
    /// 主题词, with a blank between two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keywords: Option<String>,
}

/// A heading with what stands under it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SectionJson<'a> {
    /// Path of ordinals; `0` is what stands before the first heading.
    pub id: &'a str,
    /// Id of the section around it.
    pub parent: Option<&'a str>,
    /// 1 for the outermost.
    pub level: u8,
    /// `一、`, `(二)`, … as written, or empty.
    pub marker: &'a str,
    /// As written, up to the first sentence end.
    pub title: &'a str,
    /// What it is about.
    pub part: Option<Part>,
    /// Heading, text and sub-sections: byte offsets `[start, end)` into the text.
    pub range: [usize; 2],
}

/// A table.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TableJson<'a> {
    /// `t1`, `t2`, …
    pub id: &'a str,
    /// The section it stands in.
    pub section: &'a str,
    /// Which official table it is, such as `D/t3`; null for some other table.
    pub form: Option<&'a str>,
    /// Cells, row by row.
    pub rows: &'a [Vec<String>],
    /// Byte offsets into the text.
    pub range: [usize; 2],
}

/// One statistic with the words it was read from.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FigureJson<'a> {
    /// `f1`, `f2`, …
    pub id: &'a str,
    /// Key in the catalogue; null for a quantity without canonical meaning.
    pub indicator: Option<&'a str>,
    /// What it is broken down by; empty means all together.
    pub dims: DimsJson,
    /// Cell of a known form, such as `D/t3/received.new/natural`; else absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<&'a str>,
    /// The words that name it, as written.
    pub label: &'a str,
    /// Exact value in the base unit.
    pub value: Option<Number>,
    /// Base unit: 72万次 is 720000 次.
    pub unit: &'a str,
    /// Number, zero, blank, not applicable, or words.
    pub semantics: Semantics,
    /// How exact the source says it is.
    pub qualifier: Qualifier,
    /// Which span of time.
    pub period: Period,
    /// Of the period, or since the beginning.
    pub basis: Basis,
    /// Only when the figure speaks of another year than the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// The sub-unit spoken of; null for the report's own body or its aggregate.
    pub scope: Option<&'a str>,
    /// The one that lists show when a key occurs more than once.
    pub principal: bool,
    /// Id of the innermost section it stands in.
    pub section: &'a str,
    /// Byte offsets into the text.
    pub range: [usize; 2],
    /// The page of the document it stands on, from 1; absent where the file has no pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Exactly the text of that range.
    pub quote: &'a str,
}

/// What a figure is broken down by.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DimsJson {
    /// Who applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applicant: Option<Applicant>,
}

/// A check and what came of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingJson<'a> {
    /// Such as `R-P5`.
    pub rule: &'a str,
    /// What came of it.
    pub status: Status,
    /// How grave.
    pub severity: Severity,
    /// Whose fault.
    pub class: Class,
    /// Ids of the figures involved; for sums the total first, then the parts.
    pub figures: Vec<&'a str>,
    /// The formula with the values in it.
    pub formula: &'a str,
    /// What the figures should give.
    pub expected: Option<Number>,
    /// What the text states.
    pub actual: Option<Number>,
    /// The likeliest slip.
    pub hint: Option<&'a Message>,
    /// Stable across runs.
    pub fingerprint: &'a str,
    /// What a person has said about it, if anyone has.
    pub review: Option<String>,
    /// What a person understands at once.
    pub message: &'a Message,
    /// Words that also stand in another report (R-L3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<SharedJson<'a>>,
}

/// The same words in two reports.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SharedJson<'a> {
    /// Bytes of this report's text.
    pub range: [usize; 2],
    /// Path of the other report.
    pub path: &'a str,
    /// Bytes of its text.
    pub there: [usize; 2],
}

impl<'a> ReportJson<'a> {
    /// The view of a reading of the file `path` with this `id`.
    pub fn new(id: &'a str, path: &'a str, reading: &'a Reading) -> Self {
        let report = &reading.report;
        Self {
            id,
            path,
            kind: report.kind,
            source: SourceJson {
                format: report.format,
                encoding: report.encoding,
                bytes: report.bytes,
                script: report.script,
                repaired: report.repaired,
            },
            title: &report.title,
            year: report.year,
            region: report.region.as_ref(),
            agency: report.agency.as_deref(),
            metadata: metadata(&report.metadata),
            form: report.form,
            // Section `0`, what stands before the first heading, is no heading.
            sections: report
                .sections
                .iter()
                .filter(|s| s.id != "0")
                .map(section)
                .collect(),
            tables: report.tables.iter().map(table).collect(),
            figures: reading.figures.iter().map(|f| figure(f, reading)).collect(),
            findings: reading.findings.iter().map(|f| finding(f, None)).collect(),
            warnings: &report.warnings,
        }
    }

    /// With what was found when it was held against the other reports of its corpus, and
    /// what people say of its findings.
    pub fn with(mut self, found: &'a [Finding], reviews: &Reviews) -> Self {
        self.findings.extend(found.iter().map(|f| finding(f, None)));
        for finding in &mut self.findings {
            let of = |n: &Option<Number>| n.as_ref().map(|n| n.0);
            let values = values_said(of(&finding.expected), of(&finding.actual));
            finding.review = super::findings::said(reviews.of(finding.fingerprint, &values));
        }
        self
    }

    /// Writes it as one line.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_line(&self, out: &mut dyn Write) -> std::io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }
}

/// JSON Schema (2020-12) of one line of the export.
pub fn schema() -> serde_json::Value {
    schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<ReportJson<'_>>()
        .to_value()
}

fn metadata(m: &Metadata) -> MetadataJson<'_> {
    MetadataJson {
        index_number: m.index_number.as_deref(),
        issuer: m.issuer.as_deref(),
        subject: m.subject.as_deref(),
        written_on: m.written_on.as_deref(),
        published_on: m.published_on.as_deref(),
        doc_number: m.doc_number.as_deref(),
        status: m.status.as_deref(),
        source: m.source.as_deref(),
        keywords: (!m.keywords.is_empty()).then(|| m.keywords.join(" ")),
    }
}

/// A section as JSON; `show` prints outlines with it too.
pub fn section(s: &Section) -> SectionJson<'_> {
    SectionJson {
        id: &s.id,
        parent: s.parent.as_deref(),
        level: s.level,
        marker: &s.marker,
        title: &s.title,
        part: s.part,
        range: pair(&s.range),
    }
}

fn table(t: &Table) -> TableJson<'_> {
    TableJson {
        id: &t.id,
        section: &t.section,
        form: t.form.as_deref(),
        rows: &t.rows,
        range: pair(&t.range),
    }
}

/// A figure of `reading` as JSON.
pub fn figure<'a>(f: &'a Figure, reading: &'a Reading) -> FigureJson<'a> {
    FigureJson {
        id: &f.id,
        indicator: f.indicator.as_deref(),
        dims: DimsJson {
            applicant: f.applicant,
        },
        cell: f.cell.as_deref(),
        label: &reading.report.text[f.label.clone()],
        value: f.value.map(Number),
        unit: &f.unit,
        semantics: f.semantics,
        qualifier: f.qualifier,
        period: f.period,
        basis: f.basis,
        year: f.year,
        scope: f.scope.as_deref(),
        principal: f.principal,
        section: &f.section,
        range: pair(&f.range),
        page: reading.report.pages.at(f.number.start),
        quote: reading.quote(f),
    }
}

/// A finding as JSON, with what a person says of it.
pub fn finding<'a>(f: &'a Finding, review: Option<&Review>) -> FindingJson<'a> {
    FindingJson {
        rule: f.rule,
        status: f.status,
        severity: f.severity,
        class: f.class,
        figures: f.figures.iter().map(String::as_str).collect(),
        formula: &f.formula,
        expected: f.expected.map(Number),
        actual: f.actual.map(Number),
        hint: f.hint.as_ref(),
        fingerprint: &f.fingerprint,
        review: super::findings::said(review),
        message: &f.message,
        shared: f.shared.as_deref().map(|s| SharedJson {
            range: pair(&s.range),
            path: &s.with.path,
            there: pair(&s.with.range),
        }),
    }
}

fn pair(range: &Range<usize>) -> [usize; 2] {
    [range.start, range.end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_has_the_fields_of_the_contract_in_their_order() {
        let text = "某县2010年政府信息公开工作年度报告\n一、概述\n全年公开信息12条。\n";
        let reading = crate::reading::read(text.as_bytes(), "a.txt", Format::Txt).expect("text");
        let line = serde_json::to_string(&ReportJson::new("x", "a.txt", &reading)).expect("json");
        let names = [
            "id", "path", "kind", "source", "title", "year", "region", "agency", "metadata",
            "form", "sections", "tables", "figures", "findings", "warnings",
        ];
        let mut at = 0;
        for name in names {
            let key = format!("\"{name}\":");
            let found = line[at..].find(&key);
            at += found.unwrap_or_else(|| panic!("{name} is missing or out of order: {line}"));
        }
        let required: Vec<String> =
            serde_json::from_value(schema()["required"].clone()).expect("required");
        for name in names {
            assert!(required.iter().any(|r| r == name), "{name} is not required");
        }
    }
}
