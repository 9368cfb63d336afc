//! Figures from running text, by a grammar of clauses.
//!
//! A quantity takes its name from the label nearest to it: before it in its clause
//! (收到申请9件), behind it (9名工作人员) or around it (配备9名专职人员). What a sentence
//! says once holds for all of it: its topic, whose figures these are, which time they
//! cover, and which whole the parts of a list belong to.

mod about;
mod all;
mod basis;
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
mod stages;
mod subset;
mod time;
mod together;
mod walk;
mod whole;
mod year;
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
use label::Name;
use scope::Own;
use sentence::{Sentence, depth, sentences};
use time::Times;

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
        // How far it is known what the sentences before have spoken of.
        let mut known = 0;
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
            if sentence.may_count() {
                let before = &text[known..range.start];
                known = range.start;
                if !carried.in_year {
                    carried.in_year = year::tells_of_year(before, self.year(), self.grammar);
                }
                if !carried.everywhere {
                    carried.everywhere = scope::speaks_of_all(before);
                }
                self.sentence(&mut sentence, &mut carried);
            }
            carried.topics = sentence.topics;
        }
    }

    fn sentence(&mut self, sentence: &mut Sentence, carried: &mut Carried) {
        let text = &sentence.text[sentence.range.clone()];
        sentence.source = sentence.block.folded.source(sentence.range.clone()).start;
        sentence.times = Times::of(text, sentence.range.start, self.year());
        sentence.later = later::spans(text, sentence.range.start, self.year(), self.grammar);
        self.walk(sentence, carried);
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

#[cfg(test)]
mod tests;
