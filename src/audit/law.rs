//! Duties of the law that a report alone shows. R-L1: published in time. R-L2: every part
//! that a report of its year must have. Warnings at most: a page may be older than its
//! date says, a part may hide under another name.

use super::draft::Draft;
use super::rules::{RequiredPart, format_of, rule};
use super::{Check, Finding, Message, Status};
use crate::report::{Kind, Level};

/// 政府信息公开条例 of 2019 (国务院令第711号), 第四十九条.
const LAW_2019: [&str; 2] = [
    "条例（2019）第四十九条",
    "Regulations on Open Government Information (2019), art. 49",
];
/// 政府信息公开条例 of 2007 (国务院令第492号), 第三十一条.
const LAW_2007: [&str; 2] = [
    "条例（2007）第三十一条",
    "Regulations on Open Government Information (2007), art. 31",
];

/// Longest line that is taken for a heading, in characters.
const HEADING: usize = 40;

/// Checks a report.
pub(super) fn check(check: &Check) -> Vec<Finding> {
    if check.report.kind != Kind::Report {
        return Vec::new();
    }
    let drafts = [in_time(check), parts(check)];
    let drafts = drafts.into_iter().flatten();
    drafts.map(|d| check.finding(d)).collect()
}

/// R-L1: departments by 31 January, governments by 31 March; until 2018 all by 31 March.
/// Before 2008 there was no such law, and since 2019 it names no day for townships: it speaks
/// of departments and governments from the county up.
fn in_time(check: &Check) -> Option<Draft> {
    let report = check.report;
    let year = report.year?.value;
    let written = report.metadata.written_on.as_deref();
    let dated = report.metadata.published_on.as_deref();
    // A report is not published before it is written.
    let published = dated.or(written)?;
    let level = report.region.as_ref().map(|r| r.level);
    let (law, day) = match year {
        ..=2007 => return None,
        2008..=2018 => (LAW_2007, "03-31"),
        _ if level == Some(Level::Township) => return None,
        _ if report.agency.is_some() => (LAW_2019, "01-31"),
        _ => (LAW_2019, "03-31"),
    };
    let deadline = format!("{}-{day}", year + 1);
    if !is_date(published) || published < format!("{year}-12-01").as_str() {
        return None;
    }
    let (status, case) = if published <= deadline.as_str() {
        dated?;
        (Status::Pass, "equal")
    } else if dated.is_none() {
        (Status::Warn, "signed")
    } else if published >= format!("{}-{day}", year + 2).as_str() {
        // A page dated years later has most likely been moved to a new portal.
        (Status::NotAssessable, "moved")
    } else if written.is_some_and(|w| is_date(w) && w <= deadline.as_str()) {
        (Status::NotAssessable, "written")
    } else {
        (Status::Warn, "wrong")
    };
    Some(
        Draft::new(rule("R-L1")?, status, case)
            .say(
                "law",
                &Message {
                    zh: law[0].to_owned(),
                    en: law[1].to_owned(),
                },
            )
            .put("expected", &deadline)
            .put("actual", published)
            .formula(format!(
                "{published} {} {deadline}",
                if status == Status::Pass { "≤" } else { ">" }
            )),
    )
}

/// `2012-03-31`
fn is_date(text: &str) -> bool {
    let shape = |(i, b): (usize, u8)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    };
    text.len() == 10 && text.bytes().enumerate().all(shape)
}

/// R-L2.
fn parts(check: &Check) -> Option<Draft> {
    let report = check.report;
    let format = format_of(report.year?.value)?;
    let has_heading = |p: &RequiredPart| report.sections.iter().any(|s| s.part == Some(p.part));
    let in_text = |p: &RequiredPart| {
        report.blocks.iter().any(|b| {
            let folded = b.folded.text();
            let fits = format.anywhere || folded.chars().nth(HEADING).is_none();
            fits && p.words.iter().any(|w| folded.contains(w.as_str()))
        })
    };
    let missing: Vec<&RequiredPart> = format
        .parts
        .iter()
        .filter(|p| !has_heading(p) && !in_text(p))
        .collect();
    let join = |pick: fn(&RequiredPart) -> &str, gap: &str| {
        missing
            .iter()
            .map(|p| pick(p))
            .collect::<Vec<_>>()
            .join(gap)
    };
    let (status, case) = match missing.len() {
        0 => (Status::Pass, "equal"),
        // Without a single part it is not the outline that is missing, but our reading of it.
        n if n == format.parts.len() => (Status::NotAssessable, "wrong"),
        _ => (Status::Warn, "wrong"),
    };
    let label = Message {
        zh: join(|p| &p.zh, "”“"),
        en: join(|p| &p.en, "”, “"),
    };
    Some(
        Draft::new(rule("R-L2")?, status, case)
            .say("law", &format.law)
            .say("label", &label),
    )
}
