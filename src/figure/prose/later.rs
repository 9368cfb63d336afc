//! What is yet to come: plans, and the year after the report's. Numbers in them are no
//! results of the year.

use std::ops::Range;

use crate::figure::grammar::Grammar;
use crate::text::numeral;

/// Where `text`, which begins at byte `start` of its block, tells of what is yet to come;
/// `year` is the report's.
pub(super) fn spans(
    text: &str,
    start: usize,
    year: Option<i32>,
    grammar: &Grammar,
) -> Vec<Range<usize>> {
    let words = &grammar.later;
    let mut found = Vec::new();
    let opens = |at: usize| at == 0 || text[..at].ends_with([',', ';', ':', '。', '(', ' ']);
    let end = |from: usize, ends: &[char]| text[from..].find(ends).map_or(text.len(), |n| from + n);
    words.openers.each(text, |at, _| {
        if opens(at) {
            found.push(start + at..start + end(at, &[';']));
        }
    });
    words.plans.each(text, |at, place| {
        let plan = words.plans.words()[place].as_str();
        let deed = words.deeds.beginning(&text[at + plan.len()..]);
        // 将公开的信息报送: a thing that something is done to.
        let object = plan == "将" && deed.is_some_and(|d| grammar.naming.publishing.is_in(d));
        // 规划计划类, 工作计划
        let noun = text[..at].ends_with(['划', '作']);
        if deed.is_some() && !object && !noun {
            found.push(start + at..start + end(at, &[',', ';']));
        }
    });
    if let Some(year) = year {
        let named = |of: i32| numeral::years(text).filter(move |(_, _, named)| *named == of);
        for (at, _, _) in named(year + 1).filter(|(at, _, _)| opens(*at)) {
            let end = named(year).map(|(own, _, _)| own).find(|own| *own > at);
            found.push(start + at..start + end.unwrap_or(text.len()));
        }
    }
    found
}
