//! 均为网上申请, 均通过信函提出, 均为自然人: a part that is the whole of the number before it.

use std::ops::Range;

use super::{Reader, Sentence};
use crate::figure::grammar::Grammar;
use crate::figure::{Applicant, Figure};

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
    let words = &reader.grammar.all;
    // 全部为公民提出,全部通过网络提交: who and how.
    let mut found: Vec<All> = Vec::new();
    let mut at = zone.start;
    for clause in sentence.text[zone].split_inclusive([',', ';']) {
        let range = at..at + clause.trim_end_matches([',', ';']).len();
        at += clause.len();
        let all = words.all.words().iter();
        let Some((begins, word)) = all
            .filter_map(|w| Some((clause.find(w.as_str())?, w)))
            .next()
        else {
            continue;
        };
        let rest = &clause[begins + word.len()..];
        let Some(by) = words.by.beginning(rest) else {
            continue;
        };
        let start = range.start + begins;
        if whole == "requests.received.new"
            && let Some(who) = applicant(reader.grammar, &rest[by.len()..])
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

/// The one kind of applicant that sent all of them; none where several did (均来自公民和企业), or
/// where it is what they ask about: 均为企业信息查询, 均为查询企业欠税情况.
fn applicant(grammar: &Grammar, said: &str) -> Option<Applicant> {
    let words = &grammar.all;
    let deed = words.deeds.first(said).map_or(said.len(), |(at, _)| at);
    let matter = words.matters.next(said, 0).map_or(said.len(), |(at, _)| at);
    let subject = &said[..deed.min(matter)];
    let (_, who) = grammar.applicant(subject)?;
    let several = grammar.applicants(subject).any(|other| other != who);
    (deed <= matter && !several).then_some(who)
}
