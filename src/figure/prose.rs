//! Figures from running text, by a grammar of clauses.
//!
//! A quantity takes its name from the label nearest to it: before it in its clause
//! (收到申请9件), behind it (9名工作人员) or around it (配备9名专职人员). What a sentence
//! says once holds for all of it: its topic, whose figures these are, which time they
//! cover, and which whole the parts of a list belong to.

mod about;
mod all;
mod candidates;
mod circumstances;
mod claims;
mod disputes;
mod doubts;
mod family;
mod kinds;
mod label;
mod later;
mod made;
mod make;
mod opened;
mod pairs;
mod parts;
mod scope;
mod sentence;
mod several;
mod subset;
mod time;
mod together;
mod whole;
mod zero;
mod zone;

use std::cell::OnceCell;

use rust_decimal::Decimal;

use super::grammar::Grammar;
use super::label::Lexicon;
use super::quantity;
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
    /// An earlier sentence has spoken of the year.
    in_year: bool,
    /// An earlier sentence has spoken of the whole place (全市).
    everywhere: bool,
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
                range: range.clone(),
                source: 0,
                words: &words,
                quantities: &quantities[first..last],
                topics: std::mem::take(&mut carried.topics),
                says_none: zero::may_say_none(&text[range.clone()]),
                part,
                from,
                times: Times::default(),
                later: Vec::new(),
            };
            self.sentence(&mut sentence, &mut carried);
            carried.topics = sentence.topics;
            let said = &text[range];
            if !carried.in_year {
                carried.in_year = time::tells_of_year(said, self.year(), self.grammar);
            }
            if !carried.everywhere {
                carried.everywhere = scope::speaks_of_all(said);
            }
        }
    }

    fn sentence(&mut self, sentence: &mut Sentence, carried: &mut Carried) {
        let text = &sentence.text[sentence.range.clone()];
        if sentence.quantities.is_empty() && !sentence.says_none && !text.contains('均') {
            return;
        }
        sentence.source = sentence.block.folded.source(sentence.range.clone()).start;
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
            carried.everywhere,
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
            let each = quantity.value.is_zero()
                || sentence.text[..quantity.range.start]
                    .trim_end_matches("发生")
                    .ends_with('各')
                    && !quantity.unit.is_empty();
            if each && self.zero_of_each(sentence, quantity, before, carried) {
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
            // 政策类占35%,共70条: words before a share name the count behind it too; 网站12个
            // 栏目共发布83篇: and words before the number of columns.
            let behind = &sentence.text[quantity.range.end..next.max(quantity.range.end)];
            let carries = match quantity.unit.as_str() {
                "%" => has_only_filler(sentence, quantity.range.end, next),
                "个" => {
                    self.grammar.naming.columns.beginning(behind).is_some()
                        && !behind.contains([',', ';', '、'])
                }
                _ => false,
            };
            share = (carries && has_content(&sentence.text[before..quantity.range.start]))
                .then_some(before);
            if name.follows_previous || whole::goes_on(self, sentence, &name) {
                name.indicator = previous;
            }
            let at = quantity.range.start;
            if name.year.is_none() && sentence.later.iter().any(|l| l.contains(&at)) {
                name.year = self.year().map(|y| y + 1);
                name.would_be = name.indicator.take().or(name.would_be);
            }
            let words = name.zone.start..clause_end(sentence, quantity.range.end, next);
            about::take_over(self, sentence, &mut name, quantity.value, words.clone());
            whole::reconsider(self, sentence, &mut name, quantity.value, words);
            if doubts::leave_open(self, sentence, &name, i)
                || subset::is_some_of(self, sentence, &name, quantity)
                || about::is_of_others(self, sentence, &name, quantity.range.end)
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
            // 2015年收到申请35件，2016年收到48件: both are requests.
            if let Some(other) = name.would_be {
                sentence.turn_to(&self.lexicon.indicator(other).group);
            }
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

/// Whose website it is that figures of a report speak of.
pub(super) struct Sites<'a> {
    report: &'a Report,
    own: OnceCell<Own<'a>>,
}

impl<'a> Sites<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        Self {
            report,
            own: OnceCell::new(),
        }
    }

    /// Whether a figure counts what went out on a website that is another body's.
    pub(super) fn is_of_other(&self, figure: &Figure) -> bool {
        let own = || self.own.get_or_init(|| Own::of(self.report));
        figure.indicator.as_deref() == Some("disclosure.channel.website")
            && figure.cell.is_none()
            && own().is_site_of_other(&self.report.text, figure.range.clone())
    }
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
