//! Which time a figure covers: the year, a part of it, or everything so far.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Reader;
use crate::figure::catalogue::Indicator;
use crate::figure::grammar::Grammar;
use crate::figure::{Basis, Period};

static PARTIAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"上半年|下半年|前三季度|前[一二两三]个?季度|第?[一二三四1-4]季度|汛期|当月|本月|本季",
        r"|(?:1?[0-9])(?:月份?)?[-至到]1?[0-9]月",
        r"|(?:截至|截止|截止到|截至到|到|至)(?:20[0-9]{2}年)?(?:[1-9]|10|11|[一二三四五六七八九十]|十一)月(?:底|末|份|[0-9]{1,2}日)",
        r"|(?:20[0-9]{2}年)?(?:[2-9]|1[0-2])月(?:[0-9]{1,2}日)?[^,。]{0,6}(?:以来|起)",
    ))
    .expect("valid")
});
static ANNUAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"全年|本年度|年度内|1月1日至12月31日|5月1日至12月31日|12月31日|年底|一年来")
        .expect("valid")
});
static SINCE_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"20([0-9]{2})年(?:[0-9]{1,2}月)?(?:[^,。]{0,8})以来").expect("valid")
});

/// The period of a quantity, by what its sentence has said so far.
pub(super) fn period(so_far: &str, year: Option<i32>, carried: &mut bool) -> Period {
    if !so_far.contains(['年', '月', '季', '汛']) && !*carried {
        return Period::Annual;
    }
    // 结转下半年办理 is where something goes, not when it was counted; the year 2008 begins
    // in May, with the Regulations.
    let partial = PARTIAL
        .find_iter(so_far)
        .filter(|m| !so_far[..m.start()].ends_with('转'))
        .filter(|m| !(year == Some(2008) && m.as_str().contains("5月")))
        .last()
        .map(|m| (m.start(), m.as_str()));
    let annual = ANNUAL.find_iter(so_far).last().map(|m| m.start());
    match (partial, annual) {
        (Some((at, _)), annual) if annual.is_none_or(|a| a < at) => {
            *carried = true;
            Period::Partial
        }
        // 2011年9月进驻以来至2011年底 covers a part of the year all the same.
        (Some((_, words)), Some(_)) if words.contains("以来") || words.ends_with('起') => {
            *carried = true;
            Period::Partial
        }
        (None, None) if *carried => Period::Partial,
        _ => {
            *carried = false;
            Period::Annual
        }
    }
}

/// Flow or stock.
pub(super) fn basis(
    so_far: &str,
    clause: &str,
    indicator: Option<&Indicator>,
    year: Option<i32>,
    grammar: &Grammar,
) -> Basis {
    if let Some(indicator) = indicator {
        if grammar.stock.flow_keys.beginning(&indicator.key).is_some() {
            return Basis::Flow;
        }
        if indicator.stock {
            return Basis::Stock;
        }
        if indicator.unit == "%" {
            return Basis::Flow;
        }
    }
    if grammar.stock.flow.is_in(clause) {
        return Basis::Flow;
    }
    // 2011年以来 in a report on 2011 is that year.
    if let Some(since) = SINCE_YEAR.captures_iter(so_far).last() {
        let from = since[1].parse::<i32>().ok().map(|y| 2000 + y);
        return if from.is_some() && from < year {
            Basis::Stock
        } else {
            Basis::Flow
        };
    }
    // 2016年累计公开 counts that year; 截至2016年底累计公开 all years.
    let said = [clause, so_far].iter().any(|s| s.contains("累计"));
    if said && year.is_some_and(|y| speaks_of_year(so_far, y)) {
        return Basis::Flow;
    }
    if grammar.stock.strong.is_in(clause) && !grammar.stock.flow.is_in(so_far) {
        return Basis::Stock;
    }
    if grammar.stock.strong.is_in(so_far)
        && !grammar.stock.flow.is_in(so_far)
        && (clause.contains('已') || clause.contains("计") || indicator.is_some())
    {
        return Basis::Stock;
    }
    let weak = grammar.stock.weak.is_in(so_far) && !grammar.stock.flow.is_in(so_far);
    let countable = indicator
        .is_some_and(|i| i.key.starts_with("disclosure.total") || i.key.starts_with("access."));
    if weak && (countable || clause.contains('已')) {
        Basis::Stock
    } else {
        Basis::Flow
    }
}

/// Whether a text speaks of what happened within a year, and not up to its end.
fn speaks_of_year(text: &str, year: i32) -> bool {
    let said = format!("{year}年");
    text.match_indices(&said).any(|(at, said)| {
        let (before, after) = (&text[..at], &text[at + said.len()..]);
        let until = ["截至", "截止", "到", "至", "自", "从"]
            .iter()
            .any(|w| before.ends_with(w));
        let end = ["底", "末", "12月", "年底"]
            .iter()
            .any(|w| after.starts_with(w));
        !until && !end
    })
}

/// The key that a flow's indicator has when its value is a stock, and the other way round.
pub(super) fn key_of(key: &str, basis: Basis) -> &str {
    match (key, basis) {
        ("disclosure.total", Basis::Stock) => "disclosure.total_stock",
        ("access.site_visits", Basis::Stock) => "access.site_visits_stock",
        _ => key,
    }
}

static OTHER_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:比|较|与|同|对比|由|从|^|[,(])(?:20([0-9]{2})年度?|(上一?年度?|去年|上一年)(?:同期)?|(同期))").expect("valid")
});

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
    if ["以来", "起", "制定", "结转"]
        .iter()
        .any(|w| tail.contains(w))
    {
        return None;
    }
    match found.get(1) {
        Some(year) => {
            let year = 2000 + year.as_str().parse::<i32>().ok()?;
            let compares = found
                .get(0)?
                .as_str()
                .starts_with(['比', '较', '与', '同', '对', '由', '从']);
            (year != own && (compares || year < own)).then_some(year)
        }
        None => Some(own - 1),
    }
}
