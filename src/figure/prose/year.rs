//! Which year words name: the report's own, the one before it, or another.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Reader;
use crate::figure::grammar::Grammar;
use crate::text::numeral;

/// The year that the clause with byte `at` of `text` tells of, when it is not the report's:
/// 2015年未发生行政复议. The last year or word for this year that opens a clause before decides.
pub(super) fn told_of(text: &str, at: usize, own: i32) -> Option<i32> {
    let so_far = &text[..at];
    if !so_far.contains('年') {
        return None;
    }
    let said = OPENING_YEAR.captures_iter(so_far).last()?;
    let rest = &so_far[said.get(0)?.end()..];
    let ours = &Grammar::embedded().periods.ours;
    if rest.starts_with(['转', '末']) || rest.starts_with("结转") || ours.is_in(rest) {
        return None;
    }
    let year = match said.get(1) {
        Some(year) => 2000 + year.as_str().parse::<i32>().ok()?,
        None if said.get(0)?.as_str().ends_with("前年") => own - 2,
        None => own - 1,
    };
    let ours = || numeral::years(rest).any(|(_, _, named)| named == own);
    (year != own && !ours()).then_some(year)
}

/// The year that a comparing clause speaks of, when it is not the report's.
pub(super) fn other_year(
    reader: &Reader,
    text: &str,
    left: &Range<usize>,
    before: usize,
) -> Option<i32> {
    let own = reader.report.year?.value;
    if !text[before..left.end].contains(['年', '期']) {
        return None;
    }
    let clause = &text[left.start..left.end];
    let from = text[before..left.start]
        .rfind([',', ';'])
        .map_or(before, |i| before + i);
    let wide = &text[from.max(before)..left.end];
    let haystack = if clause.chars().count() < 4 {
        wide
    } else {
        clause
    };
    let found = OTHER_YEAR.captures_iter(haystack).last()?;
    let tail = &haystack[found.get(0)?.end()..];
    let words = &reader.grammar.periods;
    if words.no_year.is_in(tail) {
        return None;
    }
    match found.get(1) {
        Some(year) => {
            let year = 2000 + year.as_str().parse::<i32>().ok()?;
            let compares = words.comparing.beginning(found.get(0)?.as_str());
            (year != own && (compares.is_some() || year < own)).then_some(year)
        }
        None if found.get(2).is_some_and(|said| said.as_str() == "前年") => Some(own - 2),
        None => Some(own - 1),
    }
}

static OPENING_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[,;:。(])(?:而|在)?(?:20([0-9]{2})年度?|(?:上一?年度?|去年|前年|上一年))")
        .expect("valid")
});

static OTHER_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:比|较|与|同|对比|由|从|其中|是|^|[,(:;、])(?:20([0-9]{2})年度?|(上一?年度?|去年|前年|上一年)(?:同期)?|(同期))").expect("valid")
});

/// Whether the words before a number name only a year, by its number or from the report's year
/// `own` on: 2016年, 今年, 前年为.
pub(super) fn is_year(words: &str, own: i32) -> bool {
    let said = words.trim_matches(|c: char| ",;:( ".contains(c));
    let said = said.trim_end_matches(['为', '有', '达', '则', '是', '度']);
    let named = said.strip_suffix('年').and_then(|y| y.parse::<i32>().ok());
    matches!(said, "今年" | "本年" | "去年" | "上年" | "前年")
        || named.is_some_and(|year| year <= own && own - year < 20)
}

/// Whether a sentence speaks of what the year `year` has brought.
pub(super) fn tells_of_year(text: &str, year: Option<i32>, grammar: &Grammar) -> bool {
    grammar.stock.flow.is_in(text) || year.is_some_and(|y| speaks_of_year(text, y))
}

/// Whether a text speaks of what happened within a year, and not up to its end.
pub(super) fn speaks_of_year(text: &str, year: i32) -> bool {
    !own_year(text, year).is_empty()
}

/// Whether a text speaks of a year from its first day to its last.
pub(super) fn spans_year(text: &str, year: i32) -> bool {
    text.contains("1月1日")
        && text.contains("12月31日")
        && text.contains(&format!("{year}年1月1日"))
}

/// Where a text names a year as the time of what it tells, and not as its end: the bytes
/// behind it.
pub(super) fn own_year(text: &str, year: i32) -> Vec<usize> {
    let words = &Grammar::embedded().periods;
    let named = numeral::years(text).filter(|(digits, end, named)| {
        let (before, after) = (&text[..*digits], &text[*end..]);
        *named == year
            && words.until.ending(before).is_none()
            && words.ends.beginning(after).is_none()
    });
    named.map(|(_, end, _)| end).collect()
}
