//! Figures from running text, by a grammar of clauses.
//!
//! A quantity takes its name from the label nearest to it: before it in its clause
//! (收到申请9件), behind it (9名工作人员) or around it (配备9名专职人员). What a sentence
//! says once holds for all of it: its topic, whose figures these are, which time they
//! cover, and which whole the parts of a list belong to.

mod all;
mod claims;
mod label;
mod pairs;
mod parts;
mod scope;
mod time;
mod zero;
mod zone;

use std::ops::Range;

use rust_decimal::Decimal;

use super::catalogue::Indicator;
use super::grammar::Grammar;
use super::label::{Lexicon, Words};
use super::quantity::{self, Quantity};
use super::{Basis, Claim, Figure, MAX_QUOTE, Period, Qualifier, Semantics};
use crate::report::{Part, Report};
use crate::source::{Block, Shape};
use claims::Lists;
use label::Name;

/// Reads every figure in the running text of `report`, and what the text claims of them.
pub fn read(report: &Report) -> (Vec<Figure>, Vec<Claim>) {
    let mut reader = Reader {
        report,
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

/// A sentence being read. Ranges are bytes of the block's folded text.
struct Sentence<'a> {
    block: &'a Block,
    text: &'a str,
    range: Range<usize>,
    words: &'a Words<'a>,
    quantities: &'a [Quantity],
    topics: Vec<&'static str>,
    part: Option<Part>,
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
            scope: scope::of_block(text, self.report),
            ..Carried::default()
        };
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
        let begins_with_parts = text.trim_start_matches(',').starts_with("其中");
        if !begins_with_parts {
            carried.partial = false;
        }
        let mut lists = Lists::new(self, carried.last.filter(|_| begins_with_parts));
        let mut before = sentence.range.start;
        let mut previous = None;
        let opening = sentence
            .quantities
            .first()
            .map_or(sentence.range.end, |q| q.range.start);
        let mut scope = scope::of_sentence(
            &sentence.text[sentence.range.start..opening],
            self.report,
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
                None => label::name(self, sentence, quantity, before, next),
            };
            if name.follows_previous {
                name.indicator = previous;
            }
            if self.is_said_already(sentence, &name, quantity) {
                name.indicator = None;
            }
            previous = name.indicator.or(name.would_be);
            if name.reference {
                lists.refer(self.find(&name, quantity.value));
                before = quantity.range.end;
                continue;
            }
            if quantity.weak && !name.is_certain() {
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
            let at = self.figures.len();
            let (is_share, counts) = (figure.unit == "%", figure.year.is_none() && !name.is_change);
            if let Some(indicator) = name.indicator.map(|i| self.lexicon.indicator(i)) {
                sentence.turn_to(&indicator.group);
            }
            self.figures.push(figure);
            let between = before..quantity.range.start;
            if is_share {
                lists.share(self, sentence, at, between, &name);
            } else if counts {
                lists.count(self, sentence, at, between);
                carried.last = Some(at);
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

    fn figure(
        &self,
        sentence: &Sentence,
        quantity: &Quantity,
        name: &Name,
        scope: Option<String>,
        carried: &mut Carried,
        before: usize,
    ) -> Figure {
        let indicator = name.indicator.map(|i| self.lexicon.indicator(i));
        let clause = &sentence.text[name.zone.start.min(before)..quantity.range.start];
        let so_far = &sentence.text[sentence.range.start..quantity.range.start];
        let period = time::period(so_far, self.year(), &mut carried.partial);
        let basis = time::basis(so_far, clause, indicator, self.year(), self.grammar);
        let key = indicator
            .map(|i| time::key_of(i.key.as_str(), basis))
            .map(str::to_owned);
        let year = name.year;
        let range = self.quote(sentence, name, quantity);
        let unit = match (quantity.unit.as_str(), indicator) {
            ("", Some(indicator)) => indicator.unit.clone(),
            (unit, _) => unit.to_owned(),
        };
        Figure {
            id: String::new(),
            indicator: key.filter(|_| year.is_none()),
            applicant: name.applicant,
            cell: None,
            label: sentence.block.folded.source(name.label.clone()),
            value: Some(quantity.value),
            unit,
            semantics: if quantity.value.is_zero() {
                Semantics::Zero
            } else {
                Semantics::Number
            },
            qualifier: quantity.qualifier,
            period,
            basis,
            year,
            scope,
            principal: false,
            section: self.section(range.start),
            range,
            number: sentence.block.folded.source(quantity.number.clone()),
        }
    }

    fn zeros(
        &mut self,
        sentence: &mut Sentence,
        zone: Range<usize>,
        scope: &Option<String>,
        carried: &mut Carried,
    ) {
        for (clause, label, indicator) in zero::find(self, sentence, zone) {
            let said = clause.start..label.end.max(clause.start);
            self.zero(sentence, said, label, indicator, scope.clone(), carried);
        }
    }

    /// A zero in words; `said` are they, with the noun.
    fn zero(
        &mut self,
        sentence: &mut Sentence,
        said: Range<usize>,
        label: Range<usize>,
        indicator: usize,
        scope: Option<String>,
        carried: &mut Carried,
    ) {
        let indicator = self.lexicon.indicator(indicator);
        let so_far = &sentence.text[sentence.range.start..said.start];
        let period = time::period(so_far, self.year(), &mut carried.partial);
        let label = sentence.block.folded.source(label);
        let range = sentence.block.folded.source(said);
        let range = if range.len() > MAX_QUOTE {
            label.clone()
        } else {
            range
        };
        sentence.turn_to(&indicator.group);
        self.figures.push(Figure {
            id: String::new(),
            indicator: Some(indicator.key.clone()),
            applicant: None,
            cell: None,
            label,
            value: Some(Decimal::ZERO),
            unit: indicator.unit.clone(),
            semantics: Semantics::Zero,
            qualifier: Qualifier::Exact,
            period,
            basis: Basis::Flow,
            year: None,
            scope,
            principal: false,
            section: self.section(range.start),
            number: range.clone(),
            range,
        });
    }

    /// 行政复议、行政诉讼均为0件: one figure for each noun. Whether there were any.
    fn zero_of_each(
        &mut self,
        sentence: &mut Sentence,
        quantity: &Quantity,
        before: usize,
        carried: &mut Carried,
    ) -> bool {
        let nouns = zero::of_each(self, sentence, before..quantity.range.start);
        for (label, indicator) in &nouns {
            let zone = label.start..quantity.range.end;
            self.zero(sentence, zone, label.clone(), *indicator, None, carried);
        }
        !nouns.is_empty()
    }

    /// 均为网上申请: all that the last number counts.
    fn all(&mut self, sentence: &Sentence, zone: Range<usize>, carried: &Carried) {
        let Some(whole) = carried.last.map(|at| &self.figures[at]) else {
            return;
        };
        let Some(all) = all::find(self, sentence, zone, whole) else {
            return;
        };
        let range = sentence.block.folded.source(all.range);
        let figure = Figure {
            indicator: Some(self.lexicon.indicator(all.indicator).key.clone()),
            applicant: all.applicant,
            label: range.clone(),
            number: range.clone(),
            section: self.section(range.start),
            range,
            ..whole.clone()
        };
        self.figures.push(figure);
    }

    /// Whether a total of disclosure stands already in the sentence: 主动公开信息314条，其中局机关
    /// 发布信息64条 counts a part, and a part is never its whole.
    fn is_said_already(&self, sentence: &Sentence, name: &Name, quantity: &Quantity) -> bool {
        let Some(indicator) = name.indicator.filter(|_| name.applicant.is_none()) else {
            return false;
        };
        let key = self.lexicon.indicator(indicator).key.as_str();
        let start = sentence.block.folded.source(sentence.range.clone()).start;
        let block = sentence.block.range.start;
        key == "disclosure.total"
            && self.figures.iter().rev().any(|f| {
                let from = if name.is_short { block } else { start };
                f.range.start >= from
                    && f.indicator.as_deref() == Some(key)
                    && f.value.is_some_and(|v| v > quantity.value)
            })
    }

    /// From the words that name the quantity to its unit, or as much of it as a quote may hold.
    fn quote(&self, sentence: &Sentence, name: &Name, quantity: &Quantity) -> Range<usize> {
        let folded = &sentence.block.folded;
        let start = name.label.start.min(quantity.range.start);
        let end = name.label.end.max(quantity.range.end);
        let whole = folded.source(start..end);
        if !name.label.is_empty() && whole.len() <= MAX_QUOTE {
            return whole;
        }
        folded.source(quantity.range.clone())
    }

    fn section(&self, at: usize) -> String {
        self.report
            .section_at(at)
            .map(|s| s.id.clone())
            .unwrap_or_default()
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

impl Sentence<'_> {
    /// `group` is the topic from here on.
    fn turn_to(&mut self, group: &'static str) {
        self.topics.retain(|t| *t != group);
        self.topics.push(group);
    }

    /// Whether short labels of an indicator are understood behind `so_far`.
    fn is_about(&self, indicator: &Indicator, so_far: &str) -> bool {
        let about = |w: &String| so_far.contains(w.as_str());
        self.speaks_of(&indicator.group) || indicator.about.iter().any(about)
    }

    /// Whether `group` is the topic here.
    fn speaks_of(&self, group: &str) -> bool {
        let related = |topic: &str| {
            topic == group
                || (topic == "requests" && group == "outcome")
                || (topic == "outcome" && group == "requests")
        };
        match self.topics.last() {
            Some(last) => related(last) || self.part_is_about(group) && self.topics.len() < 3,
            None => self.part_is_about(group),
        }
    }

    fn part_is_about(&self, group: &str) -> bool {
        matches!(
            (self.part, group),
            (Some(Part::Disclosure), "disclosure" | "documents")
                | (Some(Part::Requests), "requests" | "outcome")
                | (Some(Part::Consult), "consult")
                | (Some(Part::Disputes), "disputes")
                | (Some(Part::Fees), "fees")
                | (Some(Part::Staff), "staff")
        )
    }
}

/// Where the last clause of `zone` begins: the one that belongs to the number behind it.
fn last_comma(text: &str, zone: Range<usize>) -> usize {
    text[zone.clone()]
        .rfind([',', ';'])
        .map_or(zone.start, |at| zone.start + at)
}

/// Sentences of a folded text.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '。' | '!' | '?') {
            found.push(start..at);
            start = at + c.len_utf8();
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

/// How deep in brackets the byte `at` of `text` lies, counted from `from`.
fn depth(text: &str, from: usize, at: usize) -> usize {
    let bytes = text[from..at].bytes();
    bytes.fold(0usize, |depth, b| match b {
        b'(' => depth + 1,
        b')' => depth.saturating_sub(1),
        _ => depth,
    })
}

/// Whether a clause counts the whole (共, 全年, 总计).
pub(super) fn names_whole(clause: &str) -> bool {
    Grammar::embedded().cues.whole.is_in(clause)
}

#[cfg(test)]
mod tests;
