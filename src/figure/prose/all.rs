//! 均为网上申请, 均通过信函提出, 均为自然人: a part that is the whole of the number before it.

use std::ops::Range;

use super::{Reader, Sentence};
use crate::figure::{Applicant, Figure};

/// Words for all of them.
const ALL: [&str; 4] = ["均", "全部", "都", "皆"];
/// What makes a part of that: how it came, or who sent it.
const BY: [&str; 6] = ["为", "通过", "是", "系", "以", "来自"];
/// Keys whose parts exclude each other, so that one can be all.
const WHOLES: [&str; 2] = ["requests.received.new", "consult.total"];
/// Keys that are no part of any of these, and yet may be all of it.
const ALSO: [&str; 2] = ["requests.closed.on_time", "requests.closed.extended"];

/// A part that is all of `figure`: its words, the place of its indicator, who applied.
pub(super) struct All {
    pub range: Range<usize>,
    pub indicator: usize,
    pub applicant: Option<Applicant>,
}

/// What `zone`, which holds no number, says of all that `figure` counts.
pub(super) fn find(
    reader: &Reader,
    sentence: &Sentence,
    zone: Range<usize>,
    figure: &Figure,
) -> Vec<All> {
    let whole = figure.indicator.as_deref().filter(|k| WHOLES.contains(k));
    let Some(whole) = whole.filter(|_| figure.applicant.is_none()) else {
        return Vec::new();
    };
    if figure.value.is_none_or(|v| v.is_zero()) {
        return Vec::new();
    }
    // 全部为公民提出,全部通过网络提交: who and how.
    let mut found: Vec<All> = Vec::new();
    let mut at = zone.start;
    for clause in sentence.text[zone].split_inclusive([',', ';']) {
        let range = at..at + clause.trim_end_matches([',', ';']).len();
        at += clause.len();
        let Some((begins, word)) = ALL.iter().find_map(|w| clause.find(w).map(|i| (i, *w))) else {
            continue;
        };
        let rest = &clause[begins + word.len()..];
        if !BY.iter().any(|w| rest.starts_with(w)) {
            continue;
        }
        let start = range.start + begins;
        if whole == "requests.received.new"
            && let Some((_, who)) = reader.grammar.applicant(rest)
        {
            found.extend(reader.lexicon.place(whole).map(|indicator| All {
                range: start..range.end,
                indicator,
                applicant: Some(who),
            }));
            continue;
        }
        let labels = sentence
            .words
            .labels(&(start..range.end), &figure.unit, |_, _| true);
        let part = labels
            .iter()
            .filter(|l| {
                let indicator = reader.lexicon.indicator(l.indicator);
                let also = whole == "requests.received.new" && ALSO.contains(&&*indicator.key);
                also || indicator.parent.as_deref() == Some(whole)
            })
            .max_by_key(|l| l.weight);
        let Some(part) = part else { break };
        found.push(All {
            range: start..range.end,
            indicator: part.indicator,
            applicant: None,
        });
    }
    // Of ways or of applicants, one can be all.
    let mut kinds = Vec::new();
    found.retain(|all| {
        let kind = (all.applicant.is_some(), all.indicator);
        let new = !kinds.contains(&kind);
        kinds.push(kind);
        new
    });
    found
}
