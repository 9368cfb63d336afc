//! How the report is built. R-S1: the parts in order, their numbers running on. R-S2: the
//! part on problems says something. R-S3: the last part tells of fees for processing.

use super::draft::Draft;
use super::rules::rule;
use super::{Check, Finding, Status};
use crate::report::{Form, Kind, Part, Report, Section};
use crate::text::fold::{fold, is_han};
use crate::text::numeral;

/// The six parts of the common format (国办公开办函〔2021〕30号), in its order.
const ORDER: [Part; 6] = [
    Part::Overview,
    Part::Disclosure,
    Part::Requests,
    Part::Disputes,
    Part::Problems,
    Part::Other,
];

/// Checks the outline of a report since 2019.
pub(super) fn check(check: &Check) -> Vec<Finding> {
    let report = check.report;
    let national = matches!(report.form, Form::C | Form::D);
    if report.kind != Kind::Report || !national {
        return Vec::new();
    }
    let chapters: Vec<&Section> = report
        .sections
        .iter()
        .filter(|s| s.level == 1 && s.id != "0")
        .collect();
    let mut drafts: Vec<Draft> = order(check, &chapters).into_iter().collect();
    if report.form == Form::D {
        drafts.extend(problems(check, &chapters));
        let year = report.year.map_or(0, |y| y.value);
        if year >= 2021 {
            drafts.extend(fees(check, &chapters));
        }
    }
    drafts.into_iter().map(|d| check.finding(d)).collect()
}

/// R-S1.
fn order(check: &Check, chapters: &[&Section]) -> Option<Draft> {
    let rule = rule("R-S1")?;
    let place = |s: &Section| ORDER.iter().position(|p| Some(*p) == s.part);
    let mut seen = [false; 6];
    let mut last: Option<(usize, &Section)> = None;
    let mut wrong: Option<Draft> = None;
    for section in chapters {
        let Some(at) = place(section).filter(|at| !seen[*at]) else {
            continue;
        };
        seen[at] = true;
        if let Some((before, previous)) = last
            && at < before
        {
            wrong = Some(
                Draft::new(rule, Status::Warn, "order")
                    .key("order")
                    .put("label", title(section))
                    .put("before", title(previous)),
            );
            break;
        }
        last = Some((at, section));
    }
    wrong.or_else(|| gap(check, chapters)).or_else(|| {
        let all = seen.iter().all(|s| *s);
        all.then(|| Draft::new(rule, Status::Pass, "equal"))
    })
}

/// 一、 二、 四、 or 一、 二、 二、: two chapters whose numbers do not follow.
fn gap(check: &Check, chapters: &[&Section]) -> Option<Draft> {
    let number = |s: &Section| {
        let marker = fold(&s.marker);
        let digits = marker.trim_end_matches(['、', '.', ' ']);
        // 一、 and 1. count by themselves: only the former are chapters of the format.
        let han = digits.chars().all(numeral::is_han_numeral) && !digits.is_empty();
        han.then(|| numeral::value(digits)).flatten()
    };
    let numbered: Vec<_> = chapters
        .iter()
        .filter_map(|s| Some((number(s)?, *s)))
        .collect();
    let one = rust_decimal::Decimal::ONE;
    let broken = numbered.windows(2).find(|w| {
        let (a, b) = (w[0].0, w[1].0);
        // A list that begins again belongs to an appendix; a heading that stands in the
        // text but not in the outline was lost by us.
        b != a + one && b != one && (b <= a || !stands_in_text(check, a + one))
    })?;
    Some(
        Draft::new(rule("R-S1")?, Status::Warn, "gap")
            .key("gap")
            .put("before", title(broken[0].1))
            .put("label", title(broken[1].1)),
    )
}

/// Whether a line of the text begins with this number.
fn stands_in_text(check: &Check, number: rust_decimal::Decimal) -> bool {
    const HAN: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let place = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
    let Some(numeral) = place.and_then(|n| HAN.get(n)) else {
        return false;
    };
    check.report.blocks.iter().any(|b| {
        let rest = b.folded.text().strip_prefix(numeral);
        rest.is_some_and(|r| r.starts_with(['、', '.']))
    })
}

/// R-S2.
fn problems(check: &Check, chapters: &[&Section]) -> Option<Draft> {
    let section = chapters.iter().find(|s| s.part == Some(Part::Problems))?;
    let count = body(check.report, section)
        .chars()
        .filter(|c| is_han(*c))
        .count();
    let (status, case) = match count < 10 {
        true => (Status::Warn, "wrong"),
        false => (Status::Pass, "equal"),
    };
    Some(
        Draft::new(rule("R-S2")?, status, case)
            .put("label", title(section))
            .put("count", count),
    )
}

/// What a report since 2019 says under its problems, character by character without marks:
/// its hash and its length. None where that is too short to say that it was taken over.
pub(super) fn problems_said(report: &Report) -> Option<(u64, usize)> {
    const SHORTEST: usize = 30;
    if !matches!(report.form, Form::C | Form::D) {
        return None;
    }
    let of_problems = |s: &&Section| s.level == 1 && s.part == Some(Part::Problems);
    let section = report.sections.iter().find(of_problems)?;
    let words: String = fold(&body(report, section))
        .chars()
        .filter(|c| is_han(*c))
        .collect();
    let count = words.chars().count();
    let hash = blake3::hash(words.as_bytes());
    let first: [u8; 8] = hash.as_bytes()[..8].try_into().ok()?;
    (count >= SHORTEST).then_some((u64::from_le_bytes(first), count))
}

/// R-S3.
fn fees(check: &Check, chapters: &[&Section]) -> Option<Draft> {
    let section = chapters.iter().find(|s| s.part == Some(Part::Other))?;
    let text = fold(&body(check.report, section));
    let told = ["处理费", "收费", "收取", "费用"]
        .iter()
        .any(|w| text.contains(w));
    let (status, case) = match told {
        true => (Status::Pass, "equal"),
        false => (Status::Warn, "wrong"),
    };
    Some(Draft::new(rule("R-S3")?, status, case).put("label", title(section)))
}

/// What stands under a heading.
fn body(report: &Report, section: &Section) -> String {
    let text = report.text.get(section.range.clone()).unwrap_or_default();
    let title: String = section.title.split_whitespace().collect();
    let text: String = text.split_whitespace().collect();
    match text.find(&title) {
        Some(at) if !title.is_empty() => text[at + title.len()..].to_owned(),
        _ => text,
    }
}

/// A heading in one line.
fn title(section: &Section) -> String {
    let heading = format!("{}{}", section.marker, section.title);
    let words: Vec<&str> = heading.split_whitespace().collect();
    words.join(" ")
}
