//! [`Query`](super::Query) → a query of the engine.
//!
//! Words become phrases of alternate pairs, which is exact for any stretch of letters,
//! digits and Chinese characters. Where pairs cannot tell (punctuation or a blank inside,
//! words exactly as written) the candidates are looked up in the stored text. Conditions on
//! reports become ranges of documents, because a report's sections stand behind it.

use std::ops::Bound;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use tantivy::Term;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, EmptyQuery, InvertedIndexRangeQuery, Occur, PhraseQuery, Query,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field as Column, IndexRecordOption};

use super::docsets::{BySegment, Checked, Ranges};
use super::fields::{Field, Test};
use super::language::{Clause, Words};
use super::library::Inner;
use super::list::lies_in;
use super::names::Needle;
use crate::index::schema::{Facts, SCALE, part_code};
use crate::index::tokenizer::is_word;
use crate::text::vocabulary;

pub(super) fn compile(inner: &Inner, clause: &Clause) -> Box<dyn Query> {
    match clause {
        Clause::All(parts) => {
            let mut all: Vec<(Occur, Box<dyn Query>)> = Vec::new();
            let mut positive = false;
            for part in parts {
                match part {
                    Clause::Not(part) => all.push((Occur::MustNot, compile(inner, part))),
                    part => {
                        positive = true;
                        all.push((Occur::Must, compile(inner, part)));
                    }
                }
            }
            if !positive {
                all.push((Occur::Must, sections(inner, &|_| true)));
            }
            Box::new(BooleanQuery::new(all))
        }
        Clause::Any(parts) => any(parts.iter().map(|p| compile(inner, p)).collect()),
        Clause::Not(part) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, sections(inner, &|_| true)),
            (Occur::MustNot, compile(inner, part)),
        ])),
        Clause::Words(words) => self::words(inner, words),
        Clause::Field(field) => self::field(inner, field),
    }
}

fn any(mut some: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match some.len() {
        0 => Box::new(EmptyQuery),
        1 => some.swap_remove(0),
        _ => Box::new(BooleanQuery::union(some)),
    }
}

fn words(inner: &Inner, words: &Words) -> Box<dyn Query> {
    let in_text = words.variants.iter().map(|variant| {
        let (query, certain) = phrase(inner.fields.words, variant);
        if certain && words.exact.is_none() {
            return query;
        }
        let one = Words {
            variants: vec![variant.clone()],
            exact: words.exact.clone(),
        };
        Box::new(Checked::new(query, inner.fields, one, certain)) as Box<dyn Query>
    });
    any(in_text.collect())
}

/// The headings in which any of `words` stand.
pub(super) fn headings(inner: &Inner, words: &[&Words]) -> Box<dyn Query> {
    let variants = words.iter().flat_map(|w| &w.variants);
    any(variants
        .map(|variant| phrase(inner.fields.heading, variant).0)
        .collect())
}

/// A query for a folded expression, and whether it finds nothing else.
fn phrase(column: Column, folded: &str) -> (Box<dyn Query>, bool) {
    let chars: Vec<char> = folded.chars().collect();
    let mut terms: Vec<(usize, Term)> = Vec::new();
    let mut prefix = None;
    let mut runs = 0;
    let mut at = 0;
    let term = |range: std::ops::Range<usize>| {
        let text: String = chars[range].iter().collect();
        Term::from_field_text(column, &text)
    };
    while at < chars.len() {
        if !is_word(chars[at]) {
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len() && is_word(chars[at]) {
            at += 1;
        }
        runs += 1;
        if at - start > 1 {
            // Every second pair covers every character; the last one may overlap.
            for pair in (start..at - 1).step_by(2) {
                terms.push((pair, term(pair..pair + 2)));
            }
            if (at - start) % 2 == 1 {
                terms.push((at - 2, term(at - 2..at)));
            }
        } else if at < chars.len() {
            // Something other follows: here the character ends a run of the text, too.
            terms.push((start, term(start..at)));
        } else {
            prefix = Some(chars[start]);
        }
    }
    let certain = runs == 1 && chars.iter().all(|c| is_word(*c));
    let mut all: Vec<Box<dyn Query>> = Vec::new();
    match terms.len() {
        0 => {}
        1 => all.extend(terms.pop().map(|(_, term)| {
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>
        })),
        _ => all.push(Box::new(PhraseQuery::new_with_offset(terms))),
    }
    all.extend(prefix.map(|c| beginning_with(column, c)));
    let query: Box<dyn Query> = match all.len() {
        0 => Box::new(EmptyQuery),
        1 => all.swap_remove(0),
        _ => Box::new(BooleanQuery::intersection(all)),
    };
    (query, certain)
}

/// All tokens that begin with a character: every place where it stands.
fn beginning_with(column: Column, c: char) -> Box<dyn Query> {
    let term = |c: char| Term::from_field_text(column, c.encode_utf8(&mut [0; 4]));
    let next = (c as u32 + 1..=char::MAX as u32).find_map(char::from_u32);
    let upper = next.map_or(Bound::Unbounded, |c| Bound::Excluded(term(c)));
    Box::new(InvertedIndexRangeQuery::new(
        Bound::Included(term(c)),
        upper,
    ))
}

fn field(inner: &Inner, field: &Field) -> Box<dyn Query> {
    match field {
        Field::Unknown(_) => sections(inner, &|_| true),
        Field::Years(a, b) => by_facts(inner, &|f| f.year.is_some_and(|y| *a <= y && y <= *b)),
        Field::Level(level) => by_facts(inner, &|f| f.level == Some(*level)),
        Field::Kind(kind) => by_facts(inner, &|f| f.kind == *kind),
        Field::Form(form) => by_facts(inner, &|f| f.form == *form),
        Field::Script(script) => by_facts(inner, &|f| f.script == *script),
        Field::Region(name) => match name.parse::<u32>() {
            Ok(digits) if name.len() == 6 => by_facts(inner, &|f| {
                f.region.is_some_and(|code| lies_in(code, digits))
            }),
            // The digits of a code typed so far.
            Ok(_) => by_facts(inner, &|f| {
                f.region
                    .is_some_and(|code| super::library::code_text(code).starts_with(name))
            }),
            Err(_) => {
                let needle = Needle::new(name);
                let named = |text: &str| needle.names(text);
                by_string(inner, |s| &s.place, &named)
            }
        },
        Field::Agency(name) if name.is_empty() => by_facts(inner, &|f| !f.agency),
        Field::Agency(name) => {
            let needle = Needle::new(name);
            by_string(inner, |s| &s.agency, &|text| needle.names(text))
        }
        Field::Path(part) => {
            let needle = Needle::new(part);
            by_string(inner, |s| &s.path, &|text| needle.in_path(text))
        }
        Field::Section(words, part) => {
            let mut some: Vec<Box<dyn Query>> = Vec::new();
            for variant in vocabulary::variants(words) {
                some.push(phrase(inner.fields.heading, &variant).0);
            }
            if part.is_some() {
                let code = Term::from_field_u64(inner.fields.part, part_code(*part));
                some.push(Box::new(RangeQuery::new(
                    Bound::Included(code.clone()),
                    Bound::Included(code),
                )));
            }
            Box::new(ConstScoreQuery::new(any(some), 0.0))
        }
        Field::Has(key, test) => {
            let columns = inner.figure(key);
            let value = |at: usize| {
                let entry = inner.reports.get(at)?;
                columns
                    .get(entry.segment as usize)?
                    .as_ref()?
                    .first(entry.doc)
            };
            let passes = passes(test);
            sections(inner, &|at| value(at).is_some_and(&passes))
        }
    }
}

/// A comparison of the integers that a column holds.
fn passes(test: &Test) -> impl Fn(i64) -> bool {
    let scaled = |n: Decimal| n.checked_mul(Decimal::from(10_i64.pow(SCALE)));
    let test = *test;
    move |value| {
        let with = |n: Decimal, by: fn(&Decimal, &Decimal) -> bool| {
            // A bound too large for a column is above every value of one.
            match scaled(n) {
                Some(n) if n.to_i128().is_some() => by(&Decimal::from(value), &n),
                _ => by(&Decimal::from(value), &Decimal::MAX),
            }
        };
        match test {
            Test::Present => true,
            Test::Less(n) => with(n, Decimal::lt),
            Test::LessOrEqual(n) => with(n, Decimal::le),
            Test::Equal(n) => with(n, Decimal::eq),
            Test::GreaterOrEqual(n) => with(n, Decimal::ge),
            Test::Greater(n) => with(n, Decimal::gt),
        }
    }
}

fn by_facts(inner: &Inner, test: &dyn Fn(Facts) -> bool) -> Box<dyn Query> {
    sections(inner, &|at| test(Facts::unpack(inner.reports[at].facts)))
}

fn by_string(
    inner: &Inner,
    column: fn(&super::library::Segment) -> &Option<tantivy::columnar::StrColumn>,
    test: &dyn Fn(&str) -> bool,
) -> Box<dyn Query> {
    let mut yes = vec![false; inner.reports.len()];
    for segment in &inner.segments {
        let own: Vec<u32> = (segment.first..segment.last).map(|at| at as u32).collect();
        let marks = &mut yes[segment.first..segment.last];
        inner.mark(&own, marks, column(segment), test);
    }
    sections(inner, &|at| yes[at])
}

/// The sections of all reports that pass.
fn sections(inner: &Inner, test: &dyn Fn(usize) -> bool) -> Box<dyn Query> {
    let mut of = BySegment::new();
    for (segment, reader) in inner.segments.iter().zip(inner.searcher.segment_readers()) {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for at in segment.first..segment.last {
            let entry = &inner.reports[at];
            if entry.doc + 1 < entry.end && test(at) {
                ranges.push((entry.doc + 1, entry.end));
            }
        }
        of.insert(reader.segment_id(), ranges.into());
    }
    Box::new(Ranges::new(of))
}
