//! Which family the nouns of a paired list are of: 当面、信函和网络申请分别为3、5和12件 are ways
//! of requests, all of them, though 申请 stands behind the last alone.

use std::collections::HashMap;
use std::ops::Range;

use super::super::{Reader, Sentence};
use crate::figure::Applicant;

/// A name that a noun has in a family.
type Named = (Option<usize>, Option<Applicant>);

/// Fewest and most characters that the last noun shares with those before it (申请, 公开信息),
/// or the first with those behind it (行政复议).
const SHARED: std::ops::RangeInclusive<usize> = 2..=4;

/// The names of nouns in the family that knows most of them, `behind` the words between 分别
/// and the numbers; none where no family knows two.
pub(super) fn find(
    reader: &Reader,
    sentence: &Sentence,
    pieces: &[Range<usize>],
    behind: Range<usize>,
    unit: &str,
) -> Option<Vec<Named>> {
    let text = sentence.text;
    let nouns: Vec<&str> = pieces.iter().map(|p| text[p.clone()].trim()).collect();
    let (first, last) = (*nouns.first()?, *nouns.last()?);
    let behind = &text[behind];
    // Of each family: of each noun, the best name and its weight.
    let mut families: HashMap<&str, Vec<Option<(usize, usize)>>> = HashMap::new();
    for (at, noun) in nouns.iter().enumerate() {
        let mut said = vec![(String::new(), behind.to_owned())];
        if at + 1 < nouns.len() {
            said.extend(ends(last).map(|end| (String::new(), format!("{end}{behind}"))));
        }
        if at > 0 {
            said.extend(beginnings(first).map(|begin| (begin.to_owned(), String::new())));
        }
        for (before, behind) in said {
            let whole = format!("{before}{noun}{behind}");
            let words = reader.lexicon.words(&whole, reader.year());
            let own = before.len()..before.len() + noun.len();
            for label in words.labels(&(0..whole.len()), unit, |_, _| true) {
                if label.range.start >= own.end || label.range.end <= own.start {
                    continue;
                }
                let key = reader.lexicon.indicator(label.indicator).key.as_str();
                let known = families.entry(family_of(key)).or_default();
                known.resize(nouns.len(), None);
                let weight = label.weight * 2 + usize::from(!label.short);
                if known[at].is_none_or(|(_, w)| w < weight) {
                    known[at] = Some((label.indicator, weight));
                }
            }
        }
    }
    let score = |known: &[Option<(usize, usize)>]| {
        let known: Vec<usize> = known.iter().flatten().map(|(_, w)| *w).collect();
        (known.len(), known.iter().sum::<usize>())
    };
    let best = families
        .iter()
        .max_by_key(|(key, known)| (score(known), **key));
    let (known, _) = best.map_or((0, 0), |(_, known)| score(known));
    // 公民、企业申请分别为12件、3件: who applied.
    let who: Vec<_> = nouns.iter().map(|n| reader.grammar.applicant(n)).collect();
    let requests =
        last.contains("申请") || behind.contains("申请") || sentence.speaks_of("requests");
    if requests && who.iter().all(Option::is_some) && !behind.contains("公开") {
        let received = reader.lexicon.place("requests.received.new");
        let named = who.iter().map(|w| (received, w.map(|(_, who)| who)));
        return Some(named.collect());
    }
    if known < 2 {
        return None;
    }
    let (_, names) = best?;
    let named = names
        .iter()
        .map(|n| (n.map(|(indicator, _)| indicator), None));
    Some(named.collect())
}

/// The family of a key: its name without the last part; results of requests are one family.
fn family_of(key: &'static str) -> &'static str {
    match key.starts_with("requests.outcome.") {
        true => "requests.outcome",
        false => key.rsplit_once('.').map_or(key, |(family, _)| family),
    }
}

fn ends(noun: &str) -> impl Iterator<Item = &str> {
    let starts = noun.char_indices().rev().map(|(at, _)| at);
    let shared = starts
        .enumerate()
        .filter(|(i, _)| SHARED.contains(&(i + 1)));
    shared.map(|(_, at)| &noun[at..])
}

fn beginnings(noun: &str) -> impl Iterator<Item = &str> {
    let stops = noun.char_indices().map(|(at, _)| at);
    let shared = stops.enumerate().filter(|(i, _)| SHARED.contains(i));
    shared.map(|(_, at)| &noun[..at])
}
