//! Files of one body and year: a page and its PDF, a copy from another site. One of
//! them is *principal*: it stands in lists, trees, rankings and comparisons; the others
//! are reached from it ([`Library::copies`]), or with [`super::Filter::copies`].
//!
//! Told from columns alone: kind, region, year, place name and department agree, and the
//! titles do not say that one is of the body itself and the other of all below it; and the
//! texts, as far as a sketch of them tells, may be one. Two texts that are the same from the
//! first word to the last are one document whatever is known of them. Principal is the one
//! that a person named, then the one whose tables follow an official form, then the one with more figures,
//! then the one whose path comes first. Which of the others are copies and which say
//! something else is in [`super::versions`].

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use tantivy::columnar::Column;

use super::ReportRow;
use super::library::{Inner, Library, Segment, strings};
use crate::audit::corpus::Sketch;
use crate::index::schema::{Facts, Tally, Twin};
use crate::report::body::canonical;
use crate::report::{Form, Kind};

/// Words of a title that tell two reports of one body apart.
const SCOPES: [&str; 9] = [
    "本级", "系统", "汇总", "关区", "全市", "全省", "全县", "全区", "机关",
];

/// Which report is the principal one of each group; of itself where it stands alone.
#[derive(Debug)]
pub(super) struct Copies {
    /// By place in the list of all reports.
    principal: Vec<u32>,
    /// The files that the principal one stands for beside itself; those alone left out.
    others: HashMap<u32, Vec<u32>>,
}

impl Copies {
    pub(super) fn is_principal(&self, at: u32) -> bool {
        self.principal.get(at as usize).is_none_or(|&p| p == at)
    }

    /// The files that the one of the group of `at` stands for.
    pub(super) fn others(&self, at: u32) -> &[u32] {
        let principal = self.principal.get(at as usize);
        let others = principal.and_then(|p| self.others.get(p));
        others.map_or(&[], Vec::as_slice)
    }

    /// All of the group of `at`, the principal one first; only itself where it is alone.
    pub(super) fn group(&self, at: u32) -> Vec<u32> {
        let principal = self.principal.get(at as usize);
        let mut all: Vec<u32> = principal.copied().into_iter().collect();
        all.extend(self.others(at));
        all
    }
}

/// A file that another one stands for in the lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// Path below the corpus root.
    pub path: String,
    /// Path of the one that stands for it.
    pub principal: String,
    /// None for a copy; of another version, how many values differ ([`super::Version`]).
    pub differing: Option<u32>,
}

impl Library {
    /// The files of the same body and year as the report named `id`, the principal one
    /// first, `id` itself among them; one alone when there is no other.
    pub fn copies(&self, id: &str) -> Vec<ReportRow> {
        self.inner.guarded(Vec::new(), || {
            let Some(at) = self.inner.position(id) else {
                return Vec::new();
            };
            self.inner.rows(&self.inner.copies().group(at as u32), &[])
        })
    }

    /// Every file that another one of its body and year stands for in the lists, by path.
    pub fn all_copies(&self) -> Vec<Repeat> {
        self.inner.guarded(Vec::new(), || {
            let principal = (0..).zip(&self.inner.copies().principal);
            let pairs = principal.filter(|(i, p)| i != *p);
            let path = |at: u32| Some(self.inner.card(self.inner.reports.get(at as usize)?)?.path);
            let repeat = |(at, &principal): (u32, &u32)| {
                Some(Repeat {
                    path: path(at)?,
                    principal: path(principal)?,
                    differing: self.inner.differing(principal, at),
                })
            };
            let mut all: Vec<Repeat> = pairs.filter_map(repeat).collect();
            all.sort_by(|a, b| a.path.cmp(&b.path));
            all
        })
    }
}

impl Inner {
    /// Found when first needed.
    pub(super) fn copies(&self) -> &Copies {
        self.copies.get_or_init(|| self.find_copies())
    }

    fn find_copies(&self) -> Copies {
        let mut principal: Vec<u32> = (0..self.reports.len() as u32).collect();
        // What cannot be told apart by facts comes together; most stand alone already.
        let identity = |at: u32| Facts::unpack(self.reports[at as usize].facts);
        let key = |at: u32| {
            let f = identity(at);
            (f.region, f.year, f.agency, f.level)
        };
        let mut those: Vec<u32> = principal
            .iter()
            .copied()
            .filter(|&at| {
                let f = identity(at);
                f.kind == Kind::Report && f.region.is_some() && f.year.is_some()
            })
            .collect();
        those.sort_by_key(|&at| key(at));
        let groups: Vec<&[u32]> = those
            .chunk_by(|&a, &b| key(a) == key(b))
            .filter(|group| group.len() > 1)
            .collect();
        if !groups.is_empty() {
            self.join_reports(&groups, &mut principal);
        }
        self.join_texts(&mut principal);
        let mut others: HashMap<u32, Vec<u32>> = HashMap::new();
        for (at, first) in (0..).zip(&principal).filter(|(at, first)| at != *first) {
            others.entry(*first).or_default().push(at);
        }
        Copies { principal, others }
    }

    /// Points the reports of each group, one body's and year's, to the one that stands for
    /// them.
    fn join_reports(&self, groups: &[&[u32]], principal: &mut [u32]) {
        let (places, agencies, titles) = (
            self.hashes(|s| &s.place, hash),
            self.hashes(|s| &s.agency, |text| hash(&canonical(text))),
            self.hashes(|s| &s.title, scope),
        );
        for group in groups {
            let mut group: Vec<((u64, u64, u64), u32)> = group
                .iter()
                .map(|&at| {
                    let i = at as usize;
                    ((places[i], agencies[i], titles[i]), at)
                })
                .collect();
            group.sort_unstable();
            for same in group.chunk_by(|a, b| a.0 == b.0).filter(|s| s.len() > 1) {
                let mut same: Vec<(u32, Twin)> =
                    same.iter().map(|(_, at)| (*at, self.twin(*at))).collect();
                same.sort_by_key(|&(at, twin)| self.before(at, twin));
                // The first of each text stands for the others.
                let mut firsts: Vec<(u32, Twin)> = Vec::new();
                for (at, twin) in same {
                    let like =
                        |(_, first): &&(u32, Twin)| Sketch::may_be_one(first.text, twin.text);
                    match firsts.iter().find(like) {
                        Some(&(first, _)) => {
                            principal[at as usize] = first;
                        }
                        None => firsts.push((at, twin)),
                    }
                }
            }
        }
    }

    /// Joins what stands for texts that are the same throughout.
    fn join_texts(&self, principal: &mut [u32]) {
        let mut texts: Vec<(u64, u32)> = Vec::new();
        for (ord, segment) in self.segments.iter().enumerate() {
            let Some(column) = self.numbers(ord as u32, "same") else {
                continue;
            };
            for at in segment.first..segment.last {
                let text = column.first(self.reports[at].doc);
                texts.extend(text.filter(|t| *t != 0).map(|t| (t, at as u32)));
            }
        }
        texts.sort_unstable();
        // What stood for others and is now itself stood for.
        let mut moved: HashMap<u32, u32> = HashMap::new();
        let end = |moved: &HashMap<u32, u32>, mut at: u32| {
            while let Some(next) = moved.get(&at) {
                at = *next;
            }
            at
        };
        for same in texts.chunk_by(|a, b| a.0 == b.0).filter(|s| s.len() > 1) {
            let firsts = same.iter().map(|(_, at)| principal[*at as usize]);
            let mut firsts: Vec<u32> = firsts.map(|at| end(&moved, at)).collect();
            firsts.sort_unstable();
            firsts.dedup();
            if firsts.len() > 1 {
                firsts.sort_by_key(|&at| self.before(at, self.twin(at)));
                moved.extend(firsts[1..].iter().map(|at| (*at, firsts[0])));
            }
        }
        if !moved.is_empty() {
            for at in principal {
                *at = end(&moved, *at);
            }
        }
    }

    /// By what the one that stands for others is chosen: the least of them.
    fn before(&self, at: u32, twin: Twin) -> (u8, bool, Reverse<u32>, u32) {
        let entry = &self.reports[at as usize];
        let said = match twin.said {
            Some(true) => 0,
            None => 1,
            Some(false) => 2,
        };
        let form = Facts::unpack(entry.facts).form == Form::P;
        let figures = Tally::unpack(entry.tally()).figures;
        (said, form, Reverse(figures), self.ranks()[at as usize])
    }

    /// By what a report is told to be another in a second file.
    pub(super) fn twin(&self, at: u32) -> Twin {
        Twin::unpack(self.number_of(at, "twin").unwrap_or(0))
    }

    /// What a column of numbers says of one report.
    pub(super) fn number_of(&self, at: u32, name: &str) -> Option<u64> {
        let entry = self.reports.get(at as usize)?;
        self.numbers(entry.segment, name)?.first(entry.doc)
    }

    /// A column of numbers of one segment.
    fn numbers(&self, segment: u32, name: &str) -> Option<Column<u64>> {
        let segment = self.searcher.segment_reader(segment);
        segment.fast_fields().column_opt(name).ok().flatten()
    }

    /// A number for each report's string in a column; equal strings (as `of` sees them)
    /// have equal numbers. Each distinct string is looked at once.
    fn hashes(
        &self,
        column: fn(&Segment) -> &Option<tantivy::columnar::StrColumn>,
        of: impl Fn(&str) -> u64,
    ) -> Vec<u64> {
        let mut all = Vec::with_capacity(self.reports.len());
        for segment in &self.segments {
            let column = column(segment);
            let hashes: Vec<u64> = strings(column).iter().map(|text| of(text)).collect();
            for entry in &self.reports[segment.first..segment.last] {
                let n = column.as_ref().and_then(|c| c.ords().first(entry.doc));
                let hash = n.and_then(|n| hashes.get(n as usize)).copied();
                all.push(hash.unwrap_or(0));
            }
        }
        all
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Which of [`SCOPES`] a title names, one bit each.
pub(super) fn scope(title: &str) -> u64 {
    let bits = SCOPES.iter().enumerate();
    bits.filter(|(_, w)| title.contains(**w))
        .map(|(i, _)| 1 << i)
        .sum()
}
