//! Figures from running text, by a grammar of clauses.
//!
//! A quantity takes its name from the label nearest to it: before it in its clause
//! (收到申请9件), behind it (9名工作人员) or around it (配备9名专职人员). What a sentence
//! says once holds for all of it: its topic, whose figures these are, which time they
//! cover, and which whole the parts of a list belong to.

mod all;
mod candidates;
mod claims;
mod disputes;
mod family;
mod label;
mod later;
mod made;
mod make;
mod opened;
mod pairs;
mod parts;
mod scope;
mod sentence;
mod subset;
mod time;
mod together;
mod whole;
mod zero;
mod zone;

use std::ops::Range;

use rust_decimal::Decimal;

use super::grammar::Grammar;
use super::label::Lexicon;
use super::quantity::{self, Quantity};
use super::{Claim, Figure, Period};
use crate::report::Report;
use crate::source::{Block, Shape};
use claims::Lists;
use label::Name;
use scope::Own;
use sentence::{Sentence, depth, last_comma, sentences};
use time::Times;
use zone::has_content;

/// Reads every figure in the running text of `report`, and what the text claims of them.
pub fn read(report: &Report) -> (Vec<Figure>, Vec<Claim>) {
    let own = Own::of(report);
    let mut reader = Reader {
        report,
        own: &own,
        lexicon: Lexicon::current(),
        grammar: Grammar::embedded(),
        figures: Vec::new(),
        claims: Vec::new(),
    };
    for (i, block) in report.blocks.iter().enumerate() {
        if matches!(block.shape, Shape::Row(_)) || report.furniture.contains(&i) {
            continue;
        }
        reader.block(block);
    }
    (reader.figures, reader.claims)
}

struct Reader<'a> {
    report: &'a Report,
    own: &'a Own<'a>,
    lexicon: &'static Lexicon,
    grammar: &'static Grammar,
    figures: Vec<Figure>,
    claims: Vec<Claim>,
}

/// What holds within a block from one sentence to the next.
#[derive(Default)]
struct Carried {
    /// Sub-unit that the whole paragraph speaks of.
    scope: Option<String>,
    partial: bool,
    /// The last count, which 其中 at the beginning of a sentence divides.
    last: Option<usize>,
    /// Groups spoken of in the paragraph so far.
    topics: Vec<&'static str>,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block) {
        let text = block.folded.text();
        let quantities = quantity::scan(text);
        if quantities.is_empty() && !zero::may_say_none(text) {
            return;
        }
        let words = self.lexicon.words(text, self.year());
        let part = self
            .report
            .section_at(block.range.start)
            .and_then(|s| s.part);
        let mut carried = Carried {
            scope: scope::of_block(text, self.own),
            ..Carried::default()
        };
        let from = self.figures.len();
        for range in sentences(text) {
            let first = quantities.partition_point(|q| q.range.start < range.start);
            let last = quantities.partition_point(|q| q.range.start < range.end);
            let mut sentence = Sentence {
                block,
                text,
                range,
                words: &words,
                quantities: &quantities[first..last],
                topics: carried.topics.clone(),
                part,
                from,
                times: Times::default(),
                later: Vec::new(),
            };
            self.sentence(&mut sentence, &mut carried);
            carried.topics = sentence.topics;
        }
    }

    fn sentence(&mut self, sentence: &mut Sentence, carried: &mut Carried) {
        let text = &sentence.text[sentence.range.clone()];
        if sentence.quantities.is_empty() && !zero::may_say_none(text) && !text.contains('均') {
            return;
        }
        sentence.times = Times::of(text, sentence.range.start, self.year());
        sentence.later = later::spans(text, sentence.range.start, self.year(), self.grammar);
        let begins_with_parts = text.trim_start_matches(',').starts_with("其中");
        if !begins_with_parts {
            carried.partial = false;
        }
        let mut lists = Lists::new(self, carried.last.filter(|_| begins_with_parts));
        let mut before = sentence.range.start;
        let mut previous = None;
        let mut share = None;
        let opening = sentence
            .quantities
            .first()
            .map_or(sentence.range.end, |q| q.range.start);
        let mut scope = scope::of_sentence(
            &sentence.text[sentence.range.start..opening],
            self.own,
            carried.scope.as_deref(),
        );
        let mut paired = pairs::find(self, sentence).into_iter().peekable();
        for (i, quantity) in sentence.quantities.iter().enumerate() {
            let until = before..last_comma(sentence.text, before..quantity.range.start);
            self.all(sentence, until, carried);
            self.zeros(
                sentence,
                before..quantity.range.start,
                &scope.current(sentence, quantity),
                carried,
            );
            if quantity.value.is_zero() && self.zero_of_each(sentence, quantity, before, carried) {
                before = quantity.range.end;
                continue;
            }
            let next = sentence
                .quantities
                .get(i + 1)
                .map_or(sentence.range.end, |q| q.range.start);
            let mut name = match paired.next_if(|(at, _)| *at == i) {
                Some((_, name)) => name,
                None => label::name(self, sentence, quantity, share.unwrap_or(before), next),
            };
            // 政策类占35%,共70条: words before a share name the count behind it too.
            share = (quantity.unit == "%"
                && has_content(&sentence.text[before..quantity.range.start]))
            .then_some(before)
            .filter(|_| has_only_filler(sentence, quantity.range.end, next));
            if name.follows_previous {
                name.indicator = previous;
            }
            let at = quantity.range.start;
            if name.year.is_none() && sentence.later.iter().any(|l| l.contains(&at)) {
                name.year = self.year().map(|y| y + 1);
                name.would_be = name.indicator.take().or(name.would_be);
            }
            let words = name.zone.start..clause_end(sentence, quantity.range.end, next);
            whole::reconsider(self, sentence, &mut name, quantity.value, words);
            if self.is_said_already(sentence, &name, quantity)
                || self.is_of_accounts(sentence, &name, i)
                || self.is_average(sentence, &name, quantity)
                || subset::is_some_of(self, sentence, &name, quantity)
            {
                name.indicator = None;
            }
            let behind = &sentence.text[quantity.range.end..sentence.range.end];
            name.indicator = name
                .indicator
                .filter(|i| !(name.is_short && disputes::of_hotline(self, *i, behind)));
            name.indicator = name.indicator.and_then(|i| {
                disputes::result(self, sentence, i, &sentence.text[name.zone.clone()])
            });
            previous = name.indicator.or(name.would_be);
            if name.reference {
                lists.refer(self.find(&name, quantity.value));
                before = quantity.range.end;
                continue;
            }
            // 各单位均明确一名工作人员: so many each, which makes no count.
            let each = || {
                self.grammar
                    .naming
                    .each
                    .is_in(&sentence.text[name.zone.clone()])
            };
            if quantity.weak && (!name.is_certain() || !quantity.unit.is_empty() && each()) {
                continue;
            }
            scope.advance(sentence, quantity, before);
            let label_end = name.label.end.max(name.until);
            let figure = self.figure(
                sentence,
                quantity,
                &name,
                scope.current(sentence, quantity),
                carried,
                before,
            );
            if let Some(received) = parts::received_too(self, sentence, &name) {
                let key = self.lexicon.indicator(received).key.clone();
                self.figures.push(Figure {
                    indicator: Some(key).filter(|_| figure.year.is_none()),
                    ..figure.clone()
                });
            }
            let at = self.figures.len();
            let (is_share, counts) = (figure.unit == "%", figure.year.is_none() && !name.is_change);
            if let Some(indicator) = name.indicator.map(|i| self.lexicon.indicator(i)) {
                sentence.turn_to(&indicator.group);
                let (key, said) = (&indicator.key, &sentence.text[name.label.clone()]);
                let so_far = &mut self.figures[sentence.from..];
                if depth(sentence.text, sentence.range.start, quantity.range.start) > 0 {
                    made::unname_whole(sentence, so_far, key, said, quantity.value);
                }
            }
            self.figures.push(figure);
            let between = before..quantity.range.start;
            if is_share {
                lists.share(self, sentence, at, between, &name);
            } else if counts {
                lists.count(self, sentence, at, between);
                // 办结42件(含上年结转3件): what follows divides what stands before the brackets.
                if depth(sentence.text, sentence.range.start, quantity.range.start) == 0 {
                    carried.last = Some(at);
                }
            }
            before = quantity.range.end.max(label_end.min(next));
        }
        self.zeros(
            sentence,
            before..sentence.range.end,
            &scope.at_end(),
            carried,
        );
        self.all(sentence, before..sentence.range.end, carried);
        let claims = lists.close(self);
        self.claims.extend(claims);
    }

    /// Whether a whole stands already in the sentence: 主动公开信息314条，其中局机关发布信息64条
    /// counts a part, and a part is never its whole.
    fn is_said_already(&self, sentence: &Sentence, name: &Name, quantity: &Quantity) -> bool {
        let Some(indicator) = name.indicator.filter(|_| name.applicant.is_none()) else {
            return false;
        };
        let key = self.lexicon.indicator(indicator).key.as_str();
        let source = |range: Range<usize>| sentence.block.folded.source(range).start;
        let start = source(sentence.range.clone());
        let block = sentence.block.range.start;
        let total = key == "disclosure.total";
        let parts = || {
            let so_far = &sentence.text[sentence.range.start..quantity.range.start];
            so_far
                .rfind("其中")
                .map(|at| source(sentence.range.start + at..quantity.range.start))
        };
        let (from, until) = match parts() {
            _ if total && name.is_short => (block, usize::MAX),
            _ if total => (start, usize::MAX),
            // 网站公开500条，其中本局网站公开214条: both are what their words say.
            Some(parts) if !key.contains(".channel.") => (start, parts),
            _ => return false,
        };
        let same = |f: &&Figure| f.indicator.as_deref() == Some(key) && f.applicant.is_none();
        let before = self
            .figures
            .iter()
            .rev()
            .take_while(|f| f.range.start >= from);
        let mut wholes = before.filter(same).filter(|f| f.range.end <= until);
        wholes.any(|f| f.value.is_some_and(|v| v > quantity.value))
    }

    /// Whether a number is so many each, a day, or on the average: 各1人, 日均2300人次.
    fn is_average(&self, sentence: &Sentence, name: &Name, quantity: &Quantity) -> bool {
        let before = &sentence.text[name.zone.start..quantity.range.start.max(name.zone.start)];
        before.ends_with('各') || self.grammar.naming.average.is_in(before)
    }

    /// Whether a total is that of accounts named before: 微博29个，共发布信息1992条.
    fn is_of_accounts(&self, sentence: &Sentence, name: &Name, at: usize) -> bool {
        let key = name
            .indicator
            .map(|i| self.lexicon.indicator(i).key.as_str());
        let Some(before) = at.checked_sub(1).map(|i| &sentence.quantities[i]) else {
            return false;
        };
        let start = sentence.text[..before.range.start].rfind([';', '。']);
        let clause = start.unwrap_or(sentence.range.start)..before.range.start;
        key == Some("disclosure.total")
            && before.unit == "个"
            && sentence
                .text
                .get(before.range.end..name.zone.end)
                .is_some_and(|between| !between.contains(';'))
            && self.grammar.naming.media.is_in(&sentence.text[clause])
    }

    fn year(&self) -> Option<i32> {
        self.report.year.map(|y| y.value)
    }

    /// The figure spoken of earlier that `name` and `value` refer to.
    fn find(&self, name: &Name, value: Decimal) -> Option<usize> {
        let key = name
            .indicator
            .map(|i| self.lexicon.indicator(i).key.as_str());
        let same = |f: &&Figure| f.value == Some(value) && f.scope.is_none();
        let by_key = self
            .figures
            .iter()
            .rposition(|f| same(&f) && f.indicator.as_deref() == key && key.is_some());
        by_key.or_else(|| self.figures.iter().rposition(|f| same(&f)))
    }

    /// The newest figure of the report itself that bears `key`.
    fn with_key(&self, key: &str) -> Option<usize> {
        self.figures.iter().rposition(|f| {
            f.indicator.as_deref() == Some(key)
                && f.scope.is_none()
                && f.applicant.is_none()
                && f.period == Period::Annual
        })
    }
}

/// Whether a clause counts the whole (共, 全年, 总计).
pub(super) fn names_whole(clause: &str) -> bool {
    Grammar::embedded().cues.whole.is_in(clause)
}

/// Of each figure, whether it counts what went out on a website that is another body's.
pub(super) fn on_sites_of_others(report: &Report, figures: &[Figure]) -> Vec<bool> {
    let own = Own::of(report);
    let on_other = |f: &Figure| {
        f.indicator.as_deref() == Some("disclosure.channel.website")
            && f.cell.is_none()
            && own.is_site_of_other(&report.text, f.range.clone())
    };
    figures.iter().map(on_other).collect()
}

/// Where the clause of a number ends that ends at `from`, at the latest at `next`.
fn clause_end(sentence: &Sentence, from: usize, next: usize) -> usize {
    let behind = &sentence.text[from..next.max(from)];
    let end = behind.find([',', ';', ':', ')', '、']);
    from + end.unwrap_or(behind.len())
}

/// Whether nothing between two numbers names the second.
fn has_only_filler(sentence: &Sentence, from: usize, to: usize) -> bool {
    let between = &sentence.text[from..to.max(from)];
    to < sentence.range.end && !between.contains(';') && !has_content(between)
}

#[cfg(test)]
mod tests;
