//! Findings of a corpus as JSON lines, CSV and Markdown: a summary by rule, then the
//! reports, the worst first.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::csv_cell;
use super::json::{self, FindingJson};
use super::table::pick;
use crate::audit::{self, Finding, Status};
use crate::config::language::Language;
use crate::corpus::{Review, Verdict};
use crate::text::clean::clean_line;

/// A finding with what a person says of it.
#[derive(Debug)]
pub struct Listed {
    /// The finding.
    pub finding: Finding,
    /// The words of its figures.
    pub quotes: Vec<String>,
    /// What a person says.
    pub review: Option<Review>,
}

/// A report with the findings to be listed.
#[derive(Debug)]
pub struct ReportFindings {
    /// Path below the corpus root.
    pub path: String,
    /// Id of the file.
    pub id: String,
    /// Title as written.
    pub title: String,
    /// Year, region and department in one line.
    pub body: String,
    /// Year reported on.
    pub year: Option<i32>,
    /// What was found.
    pub listed: Vec<Listed>,
}

impl ReportFindings {
    /// How many fail and how many are doubtful.
    pub fn counts(&self) -> (usize, usize) {
        let of = |status| {
            let open = self.listed.iter().filter(|l| l.is_open());
            open.filter(|l| l.finding.status == status).count()
        };
        (of(Status::Fail), of(Status::Warn))
    }
}

impl Listed {
    /// Whether a reader should look at it: it does not hold and nobody dismissed it.
    pub fn is_open(&self) -> bool {
        self.finding.is_open() && !self.is_dismissed()
    }

    /// Whether a person dismissed it.
    pub fn is_dismissed(&self) -> bool {
        self.review
            .as_ref()
            .is_some_and(|r| r.verdict == Verdict::Dismissed)
    }
}

/// How often a rule was not kept.
#[derive(Debug)]
pub struct RuleCount {
    /// The rule.
    pub rule: &'static audit::Rule,
    /// Findings that fail.
    pub fails: usize,
    /// Findings that are doubtful.
    pub warns: usize,
}

/// The rules that were not kept, those that fail most first.
pub fn by_rule(reports: &[ReportFindings]) -> Vec<RuleCount> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let listed = reports.iter().flat_map(|r| &r.listed);
    for listed in listed.filter(|l| l.is_open()) {
        let count = counts.entry(listed.finding.rule).or_default();
        match listed.finding.status {
            Status::Fail => count.0 += 1,
            _ => count.1 += 1,
        }
    }
    let mut rules: Vec<RuleCount> = counts
        .into_iter()
        .filter_map(|(id, (fails, warns))| {
            audit::rule(id).map(|rule| RuleCount { rule, fails, warns })
        })
        .collect();
    rules.sort_by_key(|r| std::cmp::Reverse((r.fails, r.warns)));
    rules
}

/// One line of the JSON.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    report: &'a str,
    title: &'a str,
    #[serde(flatten)]
    finding: FindingJson<'a>,
    quotes: &'a [String],
}

/// A finding a line.
///
/// # Errors
/// Those of the writer.
pub fn json(reports: &[ReportFindings], out: &mut dyn Write) -> io::Result<()> {
    for report in reports {
        for listed in &report.listed {
            let line = Line {
                path: &report.path,
                report: &report.id,
                title: &report.title,
                finding: json::finding(&listed.finding, listed.review.as_ref()),
                quotes: &listed.quotes,
            };
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// A finding a record, with a heading.
///
/// # Errors
/// Those of the writer.
pub fn csv(reports: &[ReportFindings], language: Language, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "path",
        "year",
        "report",
        "rule",
        "status",
        "severity",
        "class",
        "message",
        "hint",
        "formula",
        "expected",
        "actual",
        "fingerprint",
        "review",
        "quotes",
    ])?;
    for report in reports {
        for listed in &report.listed {
            let f = &listed.finding;
            let number = |n: Option<rust_decimal::Decimal>| {
                n.map(|n| n.normalize().to_string()).unwrap_or_default()
            };
            let hint = f.hint.as_ref().map(|h| pick(h, language));
            csv.write_record([
                csv_cell(&report.path),
                report.year.map(|y| y.to_string()).unwrap_or_default(),
                csv_cell(&report.body),
                f.rule.to_owned(),
                super::table::snake(f.status),
                super::table::snake(f.severity),
                super::table::snake(f.class),
                csv_cell(pick(&f.message, language)),
                csv_cell(hint.unwrap_or_default()),
                csv_cell(&f.formula),
                number(f.expected),
                number(f.actual),
                f.fingerprint.clone(),
                csv_cell(&said(listed.review.as_ref()).unwrap_or_default()),
                csv_cell(&listed.quotes.join(" | ")),
            ])?;
        }
    }
    csv.flush()
}

/// What a person says of a finding, in one line.
pub fn said(review: Option<&Review>) -> Option<String> {
    let review = review?;
    Some(match review.reason.is_empty() {
        true => review.verdict.word().to_owned(),
        false => format!("{}: {}", review.verdict.word(), review.reason),
    })
}

/// The words of a heading in each language.
fn words(language: Language) -> [&'static str; 6] {
    match language {
        Language::Zh => ["核查结果", "规则", "不符", "存疑", "要求", "可能的原因"],
        Language::En => ["Audit", "rule", "fail", "warn", "what it asks", "likely"],
    }
}

/// A report for people.
///
/// # Errors
/// Those of the writer.
pub fn markdown(
    reports: &[ReportFindings],
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let [title, rule, fail, warn, asks, likely] = words(language);
    let escaped = |text: &str| clean_line(text).replace('|', "\\|");
    writeln!(out, "# {title}\n")?;
    writeln!(
        out,
        "| {rule} | {fail} | {warn} | {asks} |\n| --- | ---: | ---: | --- |"
    )?;
    for count in by_rule(reports) {
        let asks = escaped(pick(&count.rule.asks, language));
        let (id, fails, warns) = (&count.rule.id, count.fails, count.warns);
        writeln!(out, "| {id} | {fails} | {warns} | {asks} |")?;
    }
    for report in reports.iter().filter(|r| !r.listed.is_empty()) {
        writeln!(
            out,
            "\n## {}\n\n`{}`\n",
            escaped(&report.body),
            escaped(&report.path)
        )?;
        for listed in &report.listed {
            let f = &listed.finding;
            let status = super::table::snake(f.status);
            let message = escaped(pick(&f.message, language));
            writeln!(out, "- **{}** {status}: {message}", f.rule)?;
            if let Some(hint) = &f.hint {
                writeln!(out, "  - {likely}: {}", escaped(pick(hint, language)))?;
            }
            for quote in &listed.quotes {
                writeln!(out, "  - “{}”", escaped(quote))?;
            }
            if let Some(said) = said(listed.review.as_ref()) {
                writeln!(out, "  - {}", escaped(&said))?;
            }
            writeln!(out, "  - `{}`", f.fingerprint)?;
        }
    }
    Ok(())
}
