//! The way through a sentence, from one number to the next: what the words before each
//! have left open for it, its name, and what it leaves to those behind.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use super::claims::Lists;
use super::label::{self, Name};
use super::scope::{self, Scope};
use super::sentence::{Sentence, depth, last_comma};
use super::zone::has_content;
use super::{Carried, Reader, about, disputes, doubts, made, pairs, parts, subset, whole};
use crate::figure::Figure;
use crate::figure::quantity::Quantity;

/// What the sentence has said so far. Offsets are bytes of the block's folded text.
pub(super) struct Walk<'a> {
    /// Where the words begin that belong to no number yet.
    before: usize,
    /// What the last number counts, as a place in the catalogue.
    previous: Option<usize>,
    /// Where the words before the last number begin, if they name the next one too.
    shared: Option<usize>,
    scope: Scope<'a>,
    lists: Lists,
    /// Names of the numbers in paired lists, by their places in the sentence.
    paired: Peekable<IntoIter<(usize, Name)>>,
}

/// A number on the way.
#[derive(Clone, Copy)]
struct Step<'s> {
    /// Its place in the sentence.
    at: usize,
    quantity: &'s Quantity,
    /// Where the words before it begin that no other number has taken.
    before: usize,
    /// Where the next number begins, or the sentence ends.
    next: usize,
}

impl<'a> Walk<'a> {
    /// `divided`: the figure that the sentence divides from its beginning on.
    fn begin(
        reader: &Reader<'a>,
        sentence: &Sentence,
        carried: &Carried,
        divided: Option<usize>,
    ) -> Self {
        let start = sentence.range.start;
        let opening = sentence
            .quantities
            .first()
            .map_or(sentence.range.end, |q| q.range.start);
        Self {
            before: start,
            previous: None,
            shared: None,
            scope: scope::of_sentence(
                &sentence.text[start..opening],
                reader.own,
                carried.scope.as_deref(),
                carried.everywhere,
            ),
            lists: Lists::new(reader, divided),
            paired: pairs::find(reader, sentence).into_iter().peekable(),
        }
    }

    fn name(&mut self, reader: &Reader, sentence: &Sentence, step: Step) -> Name {
        let from = self.shared.unwrap_or(step.before);
        let name = match self.paired.next_if(|(at, _)| *at == step.at) {
            Some((_, name)) => name,
            None => label::name(reader, sentence, step.quantity, from, step.next),
        };
        let names_next = step.leaves_its_words(reader, sentence)
            && has_content(&sentence.text[step.before..step.quantity.range.start]);
        self.shared = names_next.then_some(step.before);
        name
    }
}

impl Step<'_> {
    /// Whether the words before it name the next number too: 政策类占35%,共70条: words before
    /// a share are those of the count behind it; 网站12个栏目共发布83篇: so are those before
    /// the number of columns.
    fn leaves_its_words(&self, reader: &Reader, sentence: &Sentence) -> bool {
        let end = self.quantity.range.end;
        match self.quantity.unit.as_str() {
            "%" => has_only_filler(sentence, end, self.next),
            "个" => {
                let behind = &sentence.text[end..self.next.max(end)];
                let columns = &reader.grammar.naming.columns;
                columns.beginning(behind).is_some() && !behind.contains([',', ';', '、'])
            }
            _ => false,
        }
    }

    /// The words between the number before and this one.
    fn between(&self) -> Range<usize> {
        self.before..self.quantity.range.start
    }
}

impl<'a> Reader<'a> {
    /// Reads every figure of a sentence, and what it claims of them.
    pub(super) fn walk(&mut self, sentence: &mut Sentence, carried: &mut Carried) {
        let divides = sentence.text[sentence.range.clone()]
            .trim_start_matches(',')
            .starts_with("其中");
        if !divides {
            carried.partial = false;
        }
        let mut walk = Walk::begin(self, sentence, carried, carried.last.filter(|_| divides));
        let (first, quantities) = (self.figures.len(), sentence.quantities);
        for (at, quantity) in quantities.iter().enumerate() {
            let next = quantities.get(at + 1);
            let step = Step {
                at,
                quantity,
                before: walk.before,
                next: next.map_or(sentence.range.end, |q| q.range.start),
            };
            walk.before = self.step(sentence, carried, &mut walk, step);
        }
        let rest = walk.before..sentence.range.end;
        self.zeros(sentence, rest.clone(), &walk.scope.at_end(), carried);
        self.all(sentence, rest, carried);
        let mut claims = walk.lists.close(self, sentence);
        about::give_back(self, first, &mut claims);
        self.claims.extend(claims);
    }

    /// Reads one number; where the words begin that are left for the next.
    fn step(
        &mut self,
        sentence: &mut Sentence,
        carried: &mut Carried,
        walk: &mut Walk,
        step: Step,
    ) -> usize {
        let (quantity, end) = (step.quantity, step.quantity.range.end);
        let start = quantity.range.start;
        let clauses_before = step.before..last_comma(sentence.text, step.before..start);
        self.all(sentence, clauses_before, carried);
        let scope = walk.scope.current(sentence, quantity);
        self.zeros(sentence, step.between(), &scope, carried);
        if may_be_of_each(sentence, quantity)
            && self.zero_of_each(sentence, quantity, step.before, carried)
        {
            return end;
        }
        let is_paired = walk.paired.peek().is_some_and(|(at, _)| *at == step.at);
        let mut name = walk.name(self, sentence, step);
        if !name.reference {
            walk.scope.advance(sentence, quantity, step.before);
        }
        let piece = || walk.scope.of_piece(&sentence.text[name.label.clone()]);
        let of_piece = is_paired.then(piece).flatten();
        let scope = of_piece.or_else(|| walk.scope.current(sentence, quantity));
        self.settle(sentence, &mut name, step, walk.previous, scope.as_deref());
        walk.previous = name.indicator.or(name.would_be);
        // 2015年收到申请35件，2016年收到48件: both are requests.
        if let Some(other) = name.would_be {
            sentence.turn_to(&self.lexicon.indicator(other).group);
        }
        if name.reference {
            walk.lists.refer(self.find(&name, quantity.value));
            return end;
        }
        if quantity.weak && self.is_no_count(sentence, quantity, &name) {
            return step.before;
        }
        let label_end = name.label.end.max(name.until);
        self.record(sentence, carried, walk, step, name, scope);
        end.max(label_end.min(step.next))
    }

    /// What the rest of the sentence, and what was read before it, make of a name.
    /// `previous`: what the number before counts; `scope`: whose number it is.
    fn settle(
        &mut self,
        sentence: &mut Sentence,
        name: &mut Name,
        step: Step,
        previous: Option<usize>,
        scope: Option<&str>,
    ) {
        let (quantity, end) = (step.quantity, step.quantity.range.end);
        if name.follows_previous || whole::goes_on(self, sentence, name) {
            match name.year {
                Some(_) => name.would_be = previous,
                None => name.indicator = previous,
            }
        }
        let is_later = |l: &Range<usize>| l.contains(&quantity.range.start);
        if name.year.is_none() && sentence.later.iter().any(is_later) {
            name.year = self.year().map(|y| y + 1);
            name.would_be = name.indicator.take().or(name.would_be);
        }
        let words = name.zone.start..clause_end(sentence, end, step.next);
        about::of_cases(self, sentence, name);
        about::take_over(self, sentence, name, quantity.value, words.clone());
        whole::reconsider(self, sentence, name, quantity.value, words);
        if doubts::leave_open(self, sentence, name, step.at, scope)
            || subset::is_some_of(self, sentence, name, quantity)
            || about::is_of_others(self, sentence, name, end)
        {
            name.forget(sentence.text);
        }
        if let Some(result) = disputes::counted_first(self, sentence, quantity, step.next) {
            name.indicator = result;
            return;
        }
        let behind = &sentence.text[end..sentence.range.end];
        let zone = &sentence.text[name.zone.clone()];
        name.indicator = name
            .indicator
            .filter(|i| !(name.is_short && disputes::of_hotline(self, *i, behind)))
            .and_then(|i| disputes::result(self, sentence, i, zone, quantity));
    }

    /// Whether a doubtful number counts nothing after all.
    fn is_no_count(&self, sentence: &Sentence, quantity: &Quantity, name: &Name) -> bool {
        // 各单位均明确一名工作人员: so many each, which makes no count.
        let each = || {
            let zone = &sentence.text[name.zone.clone()];
            self.grammar.naming.each.is_in(zone)
        };
        !name.is_certain() || !quantity.unit.is_empty() && each()
    }

    /// Keeps the figure, and puts it into the lists of the sentence.
    fn record(
        &mut self,
        sentence: &mut Sentence,
        carried: &mut Carried,
        walk: &mut Walk,
        step: Step,
        name: Name,
        scope: Option<String>,
    ) {
        let quantity = step.quantity;
        let figure = self.figure(sentence, quantity, &name, scope, carried, step.before);
        if let Some(received) = parts::received_too(self, sentence, &name) {
            let key = self.lexicon.indicator(received).key.clone();
            self.figures.push(Figure {
                indicator: Some(key).filter(|_| figure.year.is_none()),
                ..figure.clone()
            });
        }
        let in_brackets = depth(sentence.text, sentence.range.start, quantity.range.start) > 0;
        if let Some(indicator) = name.indicator.map(|i| self.lexicon.indicator(i)) {
            sentence.turn_to(&indicator.group);
            if in_brackets {
                let (key, said) = (&indicator.key, &sentence.text[name.label.clone()]);
                let so_far = &mut self.figures[sentence.from..];
                made::unname_whole(sentence, so_far, key, said, quantity.value);
            }
        }
        let at = self.figures.len();
        let counts = figure.year.is_none() && !name.is_change && figure.unit != "倍";
        let is_share = figure.unit == "%";
        self.figures.push(figure);
        if is_share {
            walk.lists
                .share(self, sentence, (step.at, at), step.before, &name);
        } else if counts {
            walk.lists.count(self, sentence, at, step.between());
            // 办结42件(含上年结转3件): what follows divides what stands before the brackets.
            if !in_brackets {
                carried.last = Some(at);
            }
        }
    }
}

/// Whether it may be the nought of several nouns (各0件), or of one after the other.
fn may_be_of_each(sentence: &Sentence, quantity: &Quantity) -> bool {
    let before = &sentence.text[..quantity.range.start];
    let before = before.strip_suffix("发生").unwrap_or(before);
    quantity.value.is_zero() || before.ends_with('各') && !quantity.unit.is_empty()
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
