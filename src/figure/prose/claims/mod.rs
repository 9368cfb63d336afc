//! What a sentence claims of its figures: that parts make up a whole, that one is such a
//! share of another.

mod family;
mod list;
mod shares;

use std::ops::Range;

use family::{are_apart, family_of, implied_whole, is_called_whole, is_complete_family};
use list::{
    closes, completes, divided, divided_anew, divided_by, frames, goes_on, is_less, is_of_results,
    is_total, larger, of_all, of_one_kind, opens_parts, same_kind, shallowest, sum, whole_of,
    without_brackets,
};

use shares::Shares;

use super::{Reader, Sentence, depth};
use crate::figure::quantity::compatible;
use crate::figure::{Claim, Figure, Parts, Qualifier};
use crate::text::fold::fold;

/// A list of parts that is being read.
#[derive(Debug, Default)]
struct List {
    whole: usize,
    /// What else it may divide: the numbers decide.
    or: Option<usize>,
    /// It divides the last part of the list before it, which goes on when this one ends.
    inner: bool,
    parts: Vec<usize>,
    depth: usize,
    /// Words said that these are all.
    closed: bool,
    /// 包括, 含, …件中: the words do not say that these are all.
    some: bool,
    ranked: bool,
    /// Its parts stand between semicolons.
    semicolons: bool,
}

impl List {
    fn of(whole: usize, depth: usize) -> Self {
        Self {
            whole,
            depth,
            ..Self::default()
        }
    }
}

/// The lists of a sentence, the innermost last.
pub(super) struct Lists {
    open: Vec<List>,
    done: Vec<Claim>,
    /// The last count of the sentence before, while no part has been read of what 其中 at
    /// the beginning divides.
    before: Option<usize>,
    /// The whole that 在…中 refers to.
    referred: Option<usize>,
    /// Counts in no list so far, one after the other.
    loose: Vec<usize>,
    /// Every count, one after the other.
    counts: Vec<usize>,
    /// How deep in brackets each stands.
    depths: Vec<usize>,
    /// The last count and those that the brackets around it stand behind, with their depths.
    heads: Vec<(usize, usize)>,
    shares: Shares,
}

impl Lists {
    /// `whole`: what the sentence divides from its beginning on.
    pub fn new(reader: &Reader, last: Option<usize>) -> Self {
        let whole = divided(reader, last);
        let open = whole.map(|whole| List::of(whole, 0)).into_iter().collect();
        Self {
            open,
            done: Vec::new(),
            before: whole,
            referred: whole,
            loose: Vec::new(),
            counts: Vec::new(),
            depths: Vec::new(),
            heads: Vec::new(),
            shares: Shares::default(),
        }
    }

    /// 在7743件申请中: what follows is part of that.
    pub fn refer(&mut self, figure: Option<usize>) {
        self.referred = figure.or(self.referred);
    }

    /// A count has been read; `between` are the words since the quantity before it.
    pub fn count(
        &mut self,
        reader: &mut Reader,
        sentence: &Sentence,
        at: usize,
        between: Range<usize>,
    ) {
        let here = depth(sentence.text, sentence.range.start, between.end);
        let shallowest = shallowest(sentence, &between);
        let words = without_brackets(&sentence.text[between]);
        let text = words.as_ref();
        self.leave(reader, shallowest);
        if let Some(before) = self.before.take()
            && let Some(list) = self.open.first_mut()
        {
            match larger(reader, at, before) {
                Some(whole) => (list.whole, list.or) = (whole, Some(before)),
                None => list.whole = divided_by(reader, at, before),
            }
            self.referred = Some(list.whole);
        }
        let framed = frames(reader, text).then(|| self.counts.last().copied().or(self.referred));
        if let Some(whole) = framed.flatten() {
            while !self.open.is_empty() {
                self.finish(reader);
            }
            self.open.push(List {
                some: true,
                ..List::of(whole, here)
            });
            self.referred = Some(whole);
        } else if self.counts.is_empty() && self.open.is_empty() {
            self.open_whole(reader, sentence, text, here);
        }
        // 1000条（网站800条，微信200条），其中…: the brackets are no part of what is divided.
        if opens_parts(reader, text)
            && let Some(last) = self.head(here)
        {
            let closed = ["分为", "分别为", "分别是"]
                .iter()
                .any(|w| text.contains(w));
            let list = match of_all(text) {
                true => self.of_all(reader, last, here),
                false => self.beside(reader, at, last, here),
            };
            self.open.push(List {
                closed,
                some: !closed && !text.contains("其中"),
                ..list
            });
        }
        if let Some(topic) = divided_anew(text) {
            while !self.open.is_empty() {
                self.finish(reader);
            }
            let named = |i: &&usize| label_of(reader, **i).is_some_and(|l| l.ends_with(topic));
            let whole = self.counts.iter().rev().find(named).copied();
            self.open.extend(whole.map(|whole| List::of(whole, here)));
        }
        let subtotal = !self.open.is_empty() && reader.grammar.cues.together.is_in(text);
        while let Some(list) = self.open.last_mut() {
            let belongs = list.depth == here || list.ranked && here == list.depth + 1;
            // 其中市级2期180人次: sessions beside people are no part of the people.
            if !belongs || !same_kind(reader, list.whole, at) {
                break;
            }
            if !subtotal && goes_on(reader, list, at, text) {
                list.semicolons |= !list.parts.is_empty() && text.contains(';');
                list.parts.push(at);
                break;
            }
            let inner = list.inner;
            if !subtotal && completes(reader, list, at, text) {
                list.parts.push(at);
                self.finish(reader);
                break;
            }
            self.finish(reader);
            if !inner {
                break;
            }
        }
        if !self.open.iter().any(|l| l.parts.contains(&at)) {
            self.loose.push(at);
        }
        if is_total(text) {
            self.total(reader, at, here);
        }
        self.counts.push(at);
        self.depths.push(here);
        while self.heads.last().is_some_and(|h| h.1 >= here) {
            self.heads.pop();
        }
        self.heads.push((at, here));
        self.part_of_share(reader, at);
    }

    /// The list that 其中 opens. Beside another it divides the last part of that (政策类30条，其中
    /// 规章10条，…), or in another way its whole (网络10件、信函30件，其中自然人25件、法人15件).
    fn beside(&mut self, reader: &Reader, at: usize, last: usize, here: usize) -> List {
        let whole = whole_of(reader, at, last);
        let outer = self.open.last();
        let outer = outer.filter(|l| whole == last && l.depth == here && l.parts.contains(&last));
        let list = match outer {
            Some(outer) if !is_less(reader, at, last) => List::of(outer.whole, here),
            Some(outer) if outer.parts.len() > 1 && !of_one_kind(reader, at, last) => List {
                or: Some(last),
                ..List::of(outer.whole, here)
            },
            Some(_) => List {
                inner: true,
                ..List::of(last, here)
            },
            None => List::of(whole, here),
        };
        while !list.inner && self.open.last().is_some_and(|l| l.depth >= here) {
            self.finish(reader);
        }
        list
    }

    /// The list that 其中 opens behind words on all that was counted. They may mean the last
    /// part alone: the numbers decide.
    fn of_all(&mut self, reader: &Reader, last: usize, here: usize) -> List {
        let outer = self.open.iter().rev().find(|l| l.parts.contains(&last));
        let whole = outer.map(|l| l.whole).or(self.counts.first().copied());
        while self.open.last().is_some_and(|l| l.depth >= here) {
            self.finish(reader);
        }
        List {
            or: Some(last),
            ..List::of(whole.unwrap_or(last), here)
        }
    }

    /// 当面20件、网络30件，共计50件: the count `at` is the total of all that the sentence has
    /// counted, where those are of one family.
    fn total(&mut self, reader: &Reader, at: usize, here: usize) {
        let exact = |p: &usize| reader.figures[*p].qualifier == Qualifier::Exact;
        let unit = |p: usize| &reader.figures[p].unit;
        let parts = &self.counts;
        if parts.len() >= 2
            && self.depths.iter().all(|d| *d == here)
            && parts
                .iter()
                .all(|p| exact(p) && compatible(unit(*p), unit(at)))
            && exact(&at)
            && are_apart(reader, parts)
        {
            self.done.push(Claim::Sum {
                whole: at,
                parts: parts.clone(),
                kind: Parts::Closed,
            });
        }
    }

    /// Everything claimed in the sentence.
    pub fn close(mut self, reader: &Reader, sentence: &Sentence) -> Vec<Claim> {
        while !self.open.is_empty() {
            self.finish(reader);
        }
        self.imply(reader, sentence.from);
        self.done
    }

    /// 从方式看，网上24件，当面12件: members of one family that no words join to a whole divide
    /// what their family always divides.
    fn imply(&mut self, reader: &Reader, paragraph: usize) {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        for at in std::mem::take(&mut self.loose) {
            let name = |i: usize| family_of(reader, i).map(|f| &f.name);
            match runs.last_mut() {
                Some(run) if name(at).is_some() && name(run[0]) == name(at) => run.push(at),
                _ => runs.push(vec![at]),
            }
        }
        let exact = |p: &usize| reader.figures[*p].qualifier == Qualifier::Exact;
        let runs = runs.into_iter().filter(|r| r.len() >= 2);
        for parts in runs.filter(|r| r.iter().all(exact)) {
            // A whole that is told elsewhere is our guess, not the text's claim.
            let guess = || Some((implied_whole(reader, parts[0])?, Parts::Implied));
            let Some((whole, kind)) = self.counted_whole(reader, &parts, paragraph).or_else(guess)
            else {
                continue;
            };
            if exact(&whole) && !parts.contains(&whole) {
                self.done.push(Claim::Sum { whole, parts, kind });
            }
        }
        self.imply_shares(reader);
    }

    /// What members of one family divide that the sentence has counted before them, or their
    /// paragraph where they are several. They cannot be more than that; in brackets right
    /// behind it they should be all.
    fn counted_whole(
        &self,
        reader: &Reader,
        parts: &[usize],
        paragraph: usize,
    ) -> Option<(usize, Parts)> {
        let place = self.counts.iter().position(|c| *c == parts[0])?;
        let run = place..place + parts.len();
        let here = self.depths[place];
        let follow = self.counts.get(run.clone())? == parts;
        if !follow || self.depths[run].iter().any(|d| *d != here) || !are_apart(reader, parts) {
            return None;
        }
        let known = |w: &usize| match parts.len() {
            2 => self.counts[..place].contains(w),
            _ => *w >= paragraph,
        };
        let named = implied_whole(reader, parts[0]).filter(known);
        let Some(before) = place.checked_sub(1) else {
            return named.map(|whole| (whole, Parts::Ranked));
        };
        let last = self.counts[before];
        let family = family_of(reader, parts[0])?;
        let called = || {
            let label = label_of(reader, last)?;
            let alike = compatible(&reader.figures[last].unit, &reader.figures[parts[0]].unit);
            (alike && is_called_whole(reader, family, last, &label)).then_some(last)
        };
        let whole = named.or_else(called)?;
        let bracketed = whole == last && self.depths[before] < here;
        let kind = match bracketed && is_complete_family(reader, parts) {
            true => Parts::Known,
            false => Parts::Ranked,
        };
        Some((whole, kind))
    }

    /// 在主动公开的信息中 / 申请量列前三位的是: a whole named in words.
    fn open_whole(&mut self, reader: &Reader, sentence: &Sentence, text: &str, here: usize) {
        let ranked = reader.grammar.cues.ranked.is_in(text);
        let within = text.trim_start_matches([',', ' ']).starts_with('在') && text.contains('中');
        if !(ranked || within) {
            return;
        }
        if let Some(referred) = self.referred.filter(|_| !ranked) {
            self.open.push(List::of(referred, here));
            return;
        }
        // 在办结的申请中: of those, where they are told.
        let done = match (text.contains("办结"), text.contains("答复")) {
            (true, _) => ["requests.closed.total", "requests.answered.total"].as_slice(),
            (false, true) => &["requests.answered.total", "requests.closed.total"],
            (false, false) => &[],
        };
        let done = done.iter().find(|k| reader.with_key(k).is_some());
        let key = if let Some(done) = done {
            done
        } else if text.contains("申请") {
            "requests.received.new"
        } else if text.contains("公开") || text.contains("信息") {
            "disclosure.total"
        } else if text.contains("咨询") {
            "consult.total"
        } else {
            return;
        };
        if let Some(whole) = reader.with_key(key) {
            let depth = if ranked {
                depth(sentence.text, sentence.range.start, sentence.range.start)
            } else {
                here
            };
            self.open.push(List {
                ranked,
                ..List::of(whole, depth)
            });
            self.referred = Some(whole);
        }
    }

    /// Closes lists of brackets that have ended.
    fn leave(&mut self, reader: &Reader, here: usize) {
        while self.open.last().is_some_and(|l| l.depth > here) {
            self.finish(reader);
        }
    }

    fn finish(&mut self, reader: &Reader) {
        let Some(mut list) = self.open.pop() else {
            return;
        };
        let adds_up = |whole: usize| sum(reader, &list.parts) == reader.figures[whole].value;
        let mut unsure = false;
        if let Some(or) = list.or.filter(|_| !adds_up(list.whole)) {
            unsure = !adds_up(or);
            list.whole = or;
        }
        let whole = &reader.figures[list.whole];
        let parts: Vec<&Figure> = list.parts.iter().map(|p| &reader.figures[*p]).collect();
        if parts.is_empty()
            || parts.iter().any(|p| p.qualifier != Qualifier::Exact)
            || whole.qualifier != Qualifier::Exact
        {
            return;
        }
        // One item goes out in several ways: those do not add up to the whole.
        let way = |p: &&Figure| {
            let key = p.indicator.as_deref();
            key.is_some_and(|k| k.starts_with("disclosure.channel."))
        };
        // 涉及征地的20件，涉及拆迁的15件: one request may be about both.
        let about = |i: &usize| label_of(reader, *i).is_some_and(|l| l.contains("涉及"));
        let topics = || {
            parts.iter().all(|p| p.indicator.is_none())
                && sum(reader, &list.parts) > whole.value
                && list.parts.iter().all(about)
        };
        if parts.iter().any(way) || topics() {
            return;
        }
        let closes = |(i, part): (usize, &usize)| {
            let label = label_of(reader, *part);
            label.is_some_and(|l| closes(reader, &l, i + 1 == list.parts.len()))
        };
        let rest = list.parts.iter().enumerate().any(closes);
        let family = is_complete_family(reader, &list.parts);
        // 予以公开2件,告知其他途径3件: what has no name may stand outside the list.
        let loose = is_of_results(parts[0]) && parts.iter().any(|p| p.indicator.is_none());
        let kind = if list.ranked {
            Parts::Ranked
        } else if unsure || loose && !list.closed {
            Parts::Implied
        } else if parts.len() >= 2 && (list.closed || rest) {
            Parts::Closed
        } else if parts.len() >= 2 && family && !list.some {
            Parts::Known
        } else {
            Parts::Ranked
        };
        if kind == Parts::Ranked && parts.len() < 2 {
            return;
        }
        self.done.push(Claim::Sum {
            whole: list.whole,
            parts: list.parts,
            kind,
        });
    }
}

/// The words that name a figure, folded.
fn label_of(reader: &Reader, figure: usize) -> Option<String> {
    let label = reader.figures[figure].label.clone();
    reader.report.text.get(label).map(fold)
}
