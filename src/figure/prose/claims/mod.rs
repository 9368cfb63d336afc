//! What a sentence claims of its figures: that parts make up a whole, that one is such a
//! share of another.

mod family;
mod list;

use std::ops::Range;

use family::{family, family_of, implied_whole, name_share};
use list::{
    closes, completes, divided, divided_by, is_of_results, is_part, opens_parts, same_kind,
    shallowest, whole_of, without_brackets,
};

use rust_decimal::Decimal;

use super::label::Name;
use super::zone::has_content;
use super::{Reader, Sentence, depth};
use crate::figure::{Claim, Figure, Parts, Qualifier};
use crate::text::fold::fold;

/// A list of parts that is being read.
#[derive(Debug)]
struct List {
    whole: usize,
    parts: Vec<usize>,
    depth: usize,
    /// Words said that these are all.
    closed: bool,
    /// 包括, 含: words said that these are some.
    some: bool,
    ranked: bool,
    /// Its parts stand between semicolons.
    semicolons: bool,
}

/// The lists of a sentence, the innermost last.
pub(super) struct Lists {
    open: Vec<List>,
    done: Vec<Claim>,
    /// The last count of the sentence before, while no part has been read of what 其中 at
    /// the beginning divides.
    before: Option<usize>,
    /// The last count of the sentence with its depth in brackets.
    last: Option<(usize, usize)>,
    /// The whole that 在…中 refers to.
    referred: Option<usize>,
    /// Counts in no list so far, one after the other.
    loose: Vec<usize>,
    /// Shares whose whole is not said: part and share.
    shares: Vec<(usize, usize)>,
}

impl Lists {
    /// `whole`: what the sentence divides from its beginning on.
    pub fn new(reader: &Reader, last: Option<usize>) -> Self {
        let whole = divided(reader, last);
        let open = whole
            .map(|whole| List {
                whole,
                parts: Vec::new(),
                depth: 0,
                closed: false,
                some: false,
                ranked: false,
                semicolons: false,
            })
            .into_iter()
            .collect();
        Self {
            open,
            done: Vec::new(),
            before: whole,
            last: None,
            referred: whole,
            loose: Vec::new(),
            shares: Vec::new(),
        }
    }

    /// 在7743件申请中: what follows is part of that.
    pub fn refer(&mut self, figure: Option<usize>) {
        self.referred = figure.or(self.referred);
    }

    /// A count has been read; `between` are the words since the quantity before it.
    pub fn count(
        &mut self,
        reader: &Reader,
        sentence: &Sentence,
        at: usize,
        between: Range<usize>,
    ) {
        let here = depth(sentence.text, sentence.range.start, between.end);
        let shallowest = shallowest(sentence, &between);
        let words = without_brackets(&sentence.text[between]);
        let text = words.as_str();
        self.leave(reader, shallowest);
        if let Some(before) = self.before.take()
            && let Some(list) = self.open.first_mut()
        {
            list.whole = divided_by(reader, at, before);
            self.referred = Some(list.whole);
        }
        if self.last.is_none() && self.open.is_empty() {
            self.open_whole(reader, sentence, text, here);
        }
        if opens_parts(reader, text)
            && let Some((last, _)) = self.last
        {
            let closed = ["分为", "分别为", "分别是"]
                .iter()
                .any(|w| text.contains(w));
            // 其中 beside a list divides its last part or begins another list of the whole.
            while self.open.last().is_some_and(|l| l.depth >= here) {
                self.finish(reader);
            }
            self.open.push(List {
                whole: whole_of(reader, at, last),
                parts: Vec::new(),
                depth: here,
                closed,
                some: !closed && !text.contains("其中"),
                ranked: false,
                semicolons: false,
            });
        }
        if let Some(list) = self.open.last_mut() {
            let belongs = list.depth == here || list.ranked && here == list.depth + 1;
            // 其中市级2期180人次: sessions beside people are no part of the people.
            let counts = same_kind(reader, list.whole, at);
            if belongs && counts && is_part(reader, list, at, text) {
                list.semicolons |= !list.parts.is_empty() && text.contains(';');
                list.parts.push(at);
            } else if belongs && counts {
                if completes(reader, list, at, text) {
                    list.parts.push(at);
                }
                self.finish(reader);
            }
        }
        if !self.open.iter().any(|l| l.parts.contains(&at)) {
            self.loose.push(at);
        }
        self.last = Some((at, here));
    }

    /// A share has been read.
    pub fn share(
        &mut self,
        reader: &mut Reader,
        sentence: &Sentence,
        at: usize,
        between: Range<usize>,
        name: &Name,
    ) {
        let so_far = &sentence.text[..between.start];
        let text = &sentence.text[between];
        let says_share =
            reader.grammar.cues.share.is_in(text) || text.trim_start_matches(' ') == "(";
        // 占比分别为38.0%、11.1%: which is whose would be a guess.
        let bare = text.starts_with(['、', '和']) && so_far.ends_with('%') && !has_content(text);
        let paired = text.contains("分别") || bare;
        if !says_share || paired || name.is_change {
            return;
        }
        // 市工商局受理20032件，涉及档案查询的业务占99%以上 speaks of a part without a count.
        let exact = reader.figures[at].qualifier == Qualifier::Exact;
        let subject = text.split('占').next().unwrap_or_default();
        let subject = subject.trim_start_matches([',', ' ', '(', ')', '、', ';']);
        if !exact && subject.chars().count() > 4 {
            return;
        }
        // 其中业务动态类最多，占52.4%: the words before name a part given earlier; or one whose
        // count comes later (业务动态类占52.4%,共83条).
        let kind = text.split("占").next().and_then(|w| reader.lexicon.kind(w));
        let key = kind.map(|k| reader.lexicon.indicator(k).key.as_str());
        let named = key.and_then(|k| reader.with_key(k)).filter(|f| *f < at);
        if let (Some(key), None) = (key, named) {
            reader.figures[at].indicator = reader.lexicon.share_of(key);
            return;
        }
        let Some(part) = named.or(self.last.map(|(last, _)| last)) else {
            return;
        };
        // 政策法规类30条，其中规章10条，占总体的3%: the share is that of the head of the inner
        // list, and of the whole that was divided first.
        let of_all = ["占总", "占全部"].iter().any(|w| text.contains(w));
        let inner = self
            .open
            .last()
            .filter(|l| of_all && named.is_none() && l.whole > 0);
        if let Some(head) = inner.map(|l| l.whole)
            && reader.figures[head]
                .indicator
                .as_deref()
                .is_some_and(|k| k.starts_with("disclosure.kind."))
        {
            name_share(reader, head, at);
            match self.referred.filter(|all| *all < head) {
                Some(whole) => self.done.push(Claim::Share {
                    part: head,
                    whole,
                    share: at,
                    certain: true,
                }),
                None => self.shares.push((head, at)),
            }
            return;
        }
        let told = reader.claims.iter().rev().find_map(|c| match c {
            Claim::Sum { whole, parts, .. } if named.is_some() && parts.contains(&part) => {
                Some(*whole)
            }
            _ => None,
        });
        let list = self
            .open
            .iter()
            .rev()
            .find(|l| l.parts.contains(&part))
            .map(|l| l.whole);
        let done = self.done.iter().rev().find_map(|c| match c {
            Claim::Sum { whole, parts, .. } if parts.contains(&part) => Some(*whole),
            _ => None,
        });
        let whole = told
            .or(list)
            .or(done)
            .or(self.referred)
            .filter(|w| *w != part);
        // 政策类31条,其中文件16条,占总体的1%: of the last item or of what is divided, the one
        // that the numbers bear out.
        let (part, whole) = match whole {
            Some(inner) if reader.grammar.cues.of_all.is_in(text) => {
                let outer = self.referred.or(self.loose.first().copied());
                let readings = [
                    Some((part, inner)),
                    outer.map(|o| (inner, o)),
                    outer.map(|o| (part, o)),
                ];
                let mut readings = readings.into_iter().flatten();
                let right = readings.find(|(part, whole)| is_share(reader, *part, *whole, at));
                right.map_or((part, Some(inner)), |(part, whole)| (part, Some(whole)))
            }
            whole => (part, whole),
        };
        name_share(reader, part, at);
        if let Some(whole) = whole {
            self.done.push(Claim::Share {
                part,
                whole,
                share: at,
                certain: true,
            });
        } else if whole.is_none() {
            self.shares.push((part, at));
        }
    }

    /// Everything claimed in the sentence.
    pub fn close(mut self, reader: &Reader) -> Vec<Claim> {
        while !self.open.is_empty() {
            self.finish(reader);
        }
        self.imply(reader);
        self.done
    }

    /// 从方式看，网上24件，当面12件: members of one family without a whole divide what
    /// their family always divides. Such a whole is our guess, not the text's claim.
    fn imply(&mut self, reader: &Reader) {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        for at in std::mem::take(&mut self.loose) {
            let key = family_of(&reader.figures[at]);
            match runs.last_mut() {
                Some(run) if key.is_some() && family_of(&reader.figures[run[0]]) == key => {
                    run.push(at)
                }
                _ => runs.push(vec![at]),
            }
        }
        for parts in runs.into_iter().filter(|r| r.len() >= 2) {
            let exact = parts
                .iter()
                .all(|p| reader.figures[*p].qualifier == Qualifier::Exact);
            let Some(whole) =
                implied_whole(reader, parts[0]).filter(|w| exact && !parts.contains(w))
            else {
                continue;
            };
            self.done.push(Claim::Sum {
                whole,
                parts,
                kind: Parts::Implied,
            });
        }
        for (part, share) in std::mem::take(&mut self.shares) {
            if let Some(whole) = implied_whole(reader, part).filter(|w| *w != part)
                && reader.figures[share].qualifier == Qualifier::Exact
            {
                self.done.push(Claim::Share {
                    part,
                    whole,
                    share,
                    certain: false,
                });
            }
        }
    }

    /// 在主动公开的信息中 / 申请量列前三位的是: a whole named in words.
    fn open_whole(&mut self, reader: &Reader, sentence: &Sentence, text: &str, here: usize) {
        let ranked = reader.grammar.cues.ranked.is_in(text);
        let within = text.trim_start_matches([',', ' ']).starts_with('在') && text.contains('中');
        if !(ranked || within) {
            return;
        }
        if let Some(referred) = self.referred.filter(|_| !ranked) {
            self.open.push(List {
                whole: referred,
                parts: Vec::new(),
                depth: here,
                closed: false,
                some: false,
                ranked,
                semicolons: false,
            });
            return;
        }
        let key = if text.contains("申请") {
            "requests.received.new"
        } else if text.contains("答复") {
            "requests.answered.total"
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
                whole,
                parts: Vec::new(),
                depth,
                closed: false,
                some: false,
                ranked,
                semicolons: false,
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
        let Some(list) = self.open.pop() else { return };
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
        if parts.iter().any(way) {
            return;
        }
        let closes = |p: &Figure, last: bool| {
            let label = reader.report.text.get(p.label.clone());
            label.is_some_and(|l| closes(reader, &fold(l), last))
        };
        let last = parts.len() - 1;
        let rest = (0..parts.len()).any(|i| closes(parts[i], i == last));
        let family = family(whole, &parts);
        // 予以公开2件,告知其他途径3件: what has no name may stand outside the list.
        let loose = is_of_results(parts[0]) && parts.iter().any(|p| p.indicator.is_none());
        let kind = if list.ranked {
            Parts::Ranked
        } else if loose && !list.closed {
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

/// Whether a share says how much of a whole a part is, to a whole per cent.
fn is_share(reader: &Reader, part: usize, whole: usize, share: usize) -> bool {
    let value = |i: usize| reader.figures[i].value;
    let (Some(part), Some(whole), Some(share)) = (value(part), value(whole), value(share)) else {
        return false;
    };
    let actual = part.checked_mul(Decimal::ONE_HUNDRED);
    let actual = actual.and_then(|p| p.checked_div(whole));
    actual.is_some_and(|a| (a - share).abs() <= Decimal::ONE)
}
