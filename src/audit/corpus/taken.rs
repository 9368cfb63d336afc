//! R-L3: text taken over from last year's report or from another body's. What sketches find
//! likely ([`super::near`]) is measured in the texts themselves, on all cores. They are read
//! again for it, some hundreds of reports at a time, and kept while others are to be held
//! against them and there is room: at any size of the corpus there are never many in memory.

use std::cmp::Reverse;
use std::collections::HashMap;

use rayon::prelude::*;

use super::Facts;
use super::near::{Near, candidates};
use super::passages::{Common, Passage, common};
use super::plain::{Part, Plain};
use super::told;
use crate::audit::draft::Draft;
use crate::audit::rules::{self, Rule, rule};
use crate::audit::{Finding, Message, Shared, Spot, Status};

/// Characters of texts that are read at a time, at most but for a single report's, and of
/// those kept for later: eight bytes each.
const ROOM: usize = 6 << 20;

/// Characters of a passage that its words are told by.
const OPENING: usize = 24;

/// The running texts of reports, by their place.
pub type Texts<'t> = dyn Fn(usize) -> Option<Plain> + Sync + 't;

/// What a report has from another.
struct Taken {
    /// The part, where it is not the whole text.
    part: Option<Part>,
    /// Per cent of it.
    share: usize,
    /// The longest passage.
    passage: Passage,
    /// Its place.
    other: usize,
}

/// Looks for text that reports have taken over from others; `watch` hears how many of how
/// many are done. Findings come with the place of the report they are told of.
pub fn taken_over(
    all: &[Facts],
    text: &Texts,
    watch: &dyn Fn(usize, usize),
) -> Vec<(usize, Finding)> {
    within(ROOM, all, text, watch)
}

fn within(
    room: usize,
    all: &[Facts],
    text: &Texts,
    watch: &dyn Fn(usize, usize),
) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    let Some(rule) = rule("R-L3") else {
        return found;
    };
    let near = likely(all);
    let mut shelf = Shelf::new(room, all, &near);
    let mut rest = &near[..];
    while !rest.is_empty() {
        watch(near.len() - rest.len(), near.len());
        let (now, later) = rest.split_at(shelf.fetch(rest, text));
        let best: Vec<_> = now.par_iter().map(|one| shelf.best(one)).collect();
        for ((at, _), best) in now.iter().zip(best) {
            let finding = best.and_then(|taken| shelf.told(rule, *at, &taken));
            found.extend(finding);
        }
        shelf.clear(now);
        rest = later;
    }
    found
}

/// Where the law says what a report is to hold.
fn law_on(year: Option<i32>) -> Message {
    let format = year.and_then(rules::format_of);
    format.map_or_else(
        || Message {
            zh: "年度报告".to_owned(),
            en: "an annual report".to_owned(),
        },
        |f| f.law.clone(),
    )
}

/// What is taken over from another text: most of all, or the longest of the parts that are
/// wholly its.
fn taken(own: &Plain, common: &Common, other: usize) -> Option<Taken> {
    let of = |part: Option<&Part>| {
        let range = part.map_or(0..own.text.len(), |p| p.range.clone());
        Some(Taken {
            part: part.cloned(),
            share: common.share_of(&range),
            passage: common.longest_in(&range)?,
            other,
        })
    };
    if common.is_taken_over() {
        return of(None);
    }
    let parts = own.parts.iter().filter(|p| common.has_taken(&p.range));
    of(Some(parts.max_by_key(|p| p.range.len())?))
}

/// By this reports are one after the other, in whatever order they are read.
fn age(facts: &Facts) -> (Option<i32>, &str) {
    (facts.year, &facts.path)
}

/// Reports and those that they may have text from, year by year.
fn likely(all: &[Facts]) -> Vec<Near> {
    let pieces: Vec<_> = all.iter().map(|f| &f.pieces).collect();
    let mut order: Vec<usize> = (0..all.len()).filter(|i| all[*i].is_held()).collect();
    order.sort_by_key(|at| age(&all[*at]));
    candidates(&pieces, &order, |a, b| {
        !all[a].body.is_empty() && all[a].body == all[b].body && all[a].year == all[b].year
    })
}

/// The texts that are in memory.
struct Shelf<'f> {
    /// Characters that it has room for.
    room: usize,
    all: &'f [Facts],
    texts: HashMap<usize, Option<Plain>>,
    /// How often each is still to be held against another.
    uses: HashMap<usize, u32>,
}

/// All texts that it takes to measure one.
fn taking(one: &Near) -> impl Iterator<Item = usize> {
    std::iter::once(one.0).chain(one.1.iter().copied())
}

impl<'f> Shelf<'f> {
    fn new(room: usize, all: &'f [Facts], near: &[Near]) -> Self {
        let mut uses = HashMap::new();
        for at in near.iter().flat_map(taking) {
            *uses.entry(at).or_insert(0) += 1;
        }
        Self {
            room,
            all,
            texts: HashMap::new(),
            uses,
        }
    }

    /// Reads what the first of `rest` take, as far as there is room: how many they are.
    fn fetch(&mut self, rest: &[Near], text: &Texts) -> usize {
        let (mut wanted, mut room) = (Vec::new(), self.room);
        let mut count = 0;
        for one in rest {
            let before = wanted.len();
            for at in taking(one) {
                self.texts.entry(at).or_insert_with(|| {
                    wanted.push(at);
                    None
                });
            }
            let length: usize = wanted[before..]
                .iter()
                .map(|at| self.all[*at].pieces.length)
                .sum();
            if length > room && count > 0 {
                for at in wanted.drain(before..) {
                    self.texts.remove(&at);
                }
                break;
            }
            room = room.saturating_sub(length);
            count += 1;
        }
        self.texts
            .par_extend(wanted.par_iter().map(|at| (*at, text(*at))));
        count
    }

    /// The text that most of this one stands in, or else the longest of its parts that are
    /// taken over wholly; of several the oldest.
    fn best(&self, (at, others): &Near) -> Option<Taken> {
        let own = self.text(*at)?;
        let each = others.iter().filter_map(|other| {
            let common = common(&own.text, &self.text(*other)?.text);
            taken(own, &common, *other)
        });
        each.max_by_key(|t| {
            let length = t.part.as_ref().map(|p| p.range.len());
            let age = Reverse(age(&self.all[t.other]));
            (t.part.is_none(), length, t.share, age)
        })
    }

    fn text(&self, at: usize) -> Option<&Plain> {
        self.texts.get(&at)?.as_ref()
    }

    /// In words, with the longest passage and its places.
    fn told(&self, rule: &'static Rule, at: usize, taken: &Taken) -> Option<(usize, Finding)> {
        let (own, other) = (self.text(at)?, self.text(taken.other)?);
        let Passage {
            at: from,
            there,
            length,
        } = taken.passage;
        let path = &self.all[taken.other].path;
        let words: String = own.text[from..].iter().take(OPENING.min(length)).collect();
        let case = match &taken.part {
            Some(_) => "part",
            None => "wrong",
        };
        let title = taken.part.as_ref().map_or("", |p| p.title.as_str());
        let key = match title {
            "" => path.clone(),
            title => format!("{path}\0{title}"),
        };
        let draft = Draft::new(rule, Status::Warn, case)
            .key(key)
            .put("label", title)
            .put("share", taken.share)
            .put("longest", length)
            .put("words", words)
            .put("path", path)
            .say("law", &law_on(self.all[at].year));
        let (at, finding) = told(self.all, at, &[], draft);
        let shared = Shared {
            range: own.bytes(from..from + length),
            with: Spot {
                path: path.clone(),
                range: other.bytes(there..there + length),
            },
        };
        let shared = Some(Box::new(shared));
        Some((at, Finding { shared, ..finding }))
    }

    /// Puts away what no other needs any more, and everything when there is no room for it.
    fn clear(&mut self, done: &[Near]) {
        for at in done.iter().flat_map(taking) {
            if let Some(uses) = self.uses.get_mut(&at) {
                *uses -= 1;
            }
        }
        self.texts.retain(|at, _| self.uses[at] > 0);
        let kept: usize = self
            .texts
            .keys()
            .map(|at| self.all[*at].pieces.length)
            .sum();
        if kept > self.room {
            self.texts.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::chance::text;
    use super::*;
    use crate::report::Report;
    use crate::source::{self, Format};

    /// Reports of which many have half or more of their text from others.
    fn reports(count: u64) -> Vec<(String, Report)> {
        let mut rng = fastrand::Rng::with_seed(3);
        let stories: Vec<Vec<char>> = (0..6).map(|seed| text(seed, 900)).collect();
        let read = |number: u64, rng: &mut fastrand::Rng| {
            let mut body = stories[rng.usize(..6)].clone();
            let from = rng.usize(..500);
            body.splice(from..from + rng.usize(..400), text(100 + number, 50));
            let body: String = body.into_iter().collect();
            let year = 2008 + number % 7;
            let text = format!("浙江省德清县人民政府{year}年政府信息公开工作年度报告\n{body}。\n");
            let source = source::read(text.as_bytes(), Format::Txt).expect("a text");
            (format!("{number}.txt"), crate::report::read(source))
        };
        (0..count).map(|number| read(number, &mut rng)).collect()
    }

    /// What is found, in the order of reports, and how often a text was read.
    fn found(room: usize, reports: &[(String, Report)]) -> (Vec<(String, Finding)>, usize) {
        let facts = |(path, report): &(String, Report)| Facts::new(report, path, &[]);
        let facts: Vec<Facts> = reports.iter().map(facts).collect();
        let reads = AtomicUsize::new(0);
        let text = |at: usize| {
            reads.fetch_add(1, Ordering::Relaxed);
            Some(Plain::of(&reports[at].1))
        };
        let found = within(room, &facts, &text, &|_, _| {}).into_iter();
        let mut found: Vec<_> = found.map(|(at, f)| (reports[at].0.clone(), f)).collect();
        found.sort_by_key(|(path, _)| path.clone());
        (found, reads.into_inner())
    }

    /// One report after the other, each text read when it is needed.
    fn simply(reports: &[(String, Report)]) -> Vec<(String, usize, usize, String)> {
        let facts: Vec<Facts> = reports.iter().map(|(p, r)| Facts::new(r, p, &[])).collect();
        let text = |at: usize| Plain::of(&reports[at].1);
        let mut all = Vec::new();
        for (at, others) in likely(&facts) {
            let mut best: Option<Taken> = None;
            for other in others {
                let own = text(at);
                let now = taken(&own, &common(&own.text, &text(other).text), other);
                let older = |a: usize, b: usize| age(&facts[a]) < age(&facts[b]);
                let better = |now: &Taken, known: &Taken| {
                    let of = |t: &Taken| t.part.as_ref().map(|p| p.range.len());
                    let rank = |t: &Taken| (t.part.is_none(), of(t), t.share);
                    rank(now) > rank(known)
                        || rank(now) == rank(known) && older(now.other, known.other)
                };
                best = match (now, best) {
                    (Some(now), Some(known)) if better(&now, &known) => Some(now),
                    (now, None) => now,
                    (_, known) => known,
                };
            }
            if let Some(taken) = best {
                let (own, other) = (&reports[at].0, &reports[taken.other].0);
                let longest = taken.passage.length;
                all.push((own.clone(), taken.share, longest, other.clone()));
            }
        }
        all.sort();
        all
    }

    #[test]
    fn what_is_found_hangs_on_neither_room_nor_order_of_files() {
        let mut all = reports(120);
        let expected = simply(&all);
        assert!((20..120).contains(&expected.len()), "{}", expected.len());
        let (first, reads) = found(ROOM, &all);
        // With room for all, each is read once.
        assert!(reads <= all.len(), "{reads}");
        for ((path, finding), (own, share, longest, other)) in first.iter().zip(&expected) {
            assert_eq!(path, own);
            for words in [format!("{share}%"), format!(" {longest} "), other.clone()] {
                assert!(finding.message.en.contains(&words), "{:?}", finding.message);
            }
        }
        assert_eq!(first.len(), expected.len());
        let mut rng = fastrand::Rng::with_seed(8);
        for room in [1, 3_000, 20_000] {
            assert!(found(room, &all).0 == first, "room for {room}");
            rng.shuffle(&mut all);
        }
    }
}
