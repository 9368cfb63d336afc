//! R-L3: text taken over from last year's report or from another body's. What sketches find
//! likely ([`super::near`]) is measured in the texts themselves, on all cores. They are read
//! again for it, some hundreds of reports at a time, and kept while others are to be held
//! against them and there is room: at any size of the corpus there are never many in memory.

use std::cmp::Reverse;
use std::collections::HashMap;

use rayon::prelude::*;

use super::Facts;
use super::near::{Near, candidates};
use super::passages::{Common, common};
use super::told;
use crate::audit::draft::Draft;
use crate::audit::rules::rule;
use crate::audit::{Finding, Status};

/// Characters of texts that are read at a time, at most but for a single report's, and of
/// those kept for later: four bytes each.
const ROOM: usize = 8 << 20;

/// The running texts of reports ([`super::plain_text`]), by their place.
pub type Texts<'t> = dyn Fn(usize) -> Option<Vec<char>> + Sync + 't;

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
            let Some((common, other)) = best else {
                continue;
            };
            let draft = Draft::new(rule, Status::Warn, "wrong")
                .key(&all[other].path)
                .put("share", common.share)
                .put("longest", common.longest)
                .put("path", &all[other].path);
            found.push(told(all, *at, &[], draft));
        }
        shelf.clear(now);
        rest = later;
    }
    found
}

/// By this reports are one after the other, in whatever order they are read.
fn age(facts: &Facts) -> (Option<i32>, &str) {
    (facts.year, &facts.path)
}

/// Reports and those that they may have text from, year by year.
fn likely(all: &[Facts]) -> Vec<Near> {
    let sketches: Vec<_> = all.iter().map(|f| &f.sketch).collect();
    let mut order: Vec<usize> = (0..all.len()).filter(|i| all[*i].is_held()).collect();
    order.sort_by_key(|at| age(&all[*at]));
    candidates(&sketches, &order, |a, b| {
        !all[a].body.is_empty() && all[a].body == all[b].body && all[a].year == all[b].year
    })
}

/// The texts that are in memory.
struct Shelf<'f> {
    /// Characters that it has room for.
    room: usize,
    all: &'f [Facts],
    texts: HashMap<usize, Option<Vec<char>>>,
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
                .map(|at| self.all[*at].sketch.length)
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

    /// The text that most of this one stands in, the oldest of several, if it is taken over.
    fn best(&self, (at, others): &Near) -> Option<(Common, usize)> {
        let text = |at: &usize| self.texts.get(at)?.as_deref();
        let own = text(at)?;
        others
            .iter()
            .filter_map(|other| Some((common(own, text(other)?), *other)))
            .filter(|(common, _)| common.is_taken_over())
            .max_by_key(|(common, other)| (common.share, Reverse(age(&self.all[*other]))))
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
            .map(|at| self.all[*at].sketch.length)
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
    use super::super::plain_text;
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
            Some(plain_text(&reports[at].1))
        };
        let found = within(room, &facts, &text, &|_, _| {}).into_iter();
        let mut found: Vec<_> = found.map(|(at, f)| (reports[at].0.clone(), f)).collect();
        found.sort_by_key(|(path, _)| path.clone());
        (found, reads.into_inner())
    }

    /// One report after the other, each text read when it is needed.
    fn simply(reports: &[(String, Report)]) -> Vec<(String, usize, usize, String)> {
        let facts: Vec<Facts> = reports.iter().map(|(p, r)| Facts::new(r, p, &[])).collect();
        let text = |at: usize| plain_text(&reports[at].1);
        let mut all = Vec::new();
        for (at, others) in likely(&facts) {
            let mut best: Option<(Common, usize)> = None;
            for other in others {
                let common = common(&text(at), &text(other));
                let older = |a: usize, b: usize| age(&facts[a]) < age(&facts[b]);
                let better = |(known, place): &(Common, usize)| {
                    common.share > known.share
                        || common.share == known.share && older(other, *place)
                };
                if common.is_taken_over() && best.as_ref().is_none_or(better) {
                    best = Some((common, other));
                }
            }
            if let Some((common, other)) = best {
                let (own, other) = (&reports[at].0, &reports[other].0);
                all.push((own.clone(), common.share, common.longest, other.clone()));
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
