//! Full-text search: all hits are counted, grouped by report and ranked; only the sections
//! in the window are opened.
//!
//! Order: reports with a hit in a heading first, then those with more hits; among equals
//! the usual order (region, newest year, path). It does not depend on how the index came
//! about.

use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{Bm25StatisticsProvider, EnableScoring};
use tantivy::schema::Field as Column;
use tantivy::{DocAddress, DocId, Score, SegmentReader, TantivyDocument, Term};

use super::compile::{compile, headings};
use super::docsets::section;
use super::language::{Query, Words};
use super::library::{Entry, Inner, Library, code_text};
use super::list::arrange;
use super::matching::{hits, merge};
use super::snippet::{cleaned, snippet};
use super::{Facets, Hit, HitGroup, SearchPage, Window};
use crate::index::schema::{Facts, StoredSection};
use crate::report::Level;
use crate::text::fold::Folded;

impl Library {
    /// The reports in which `query` is found, best first; `window` counts reports. Counts
    /// and facets are exact and cover all hits.
    pub fn search(&self, query: &Query, window: Window) -> SearchPage {
        let nothing = SearchPage {
            sections: 0,
            reports: 0,
            groups: Vec::new(),
            facets: Facets::default(),
            understood: query.understood(),
        };
        let inner = &self.inner;
        inner.guarded(nothing, || self.found(query, window))
    }

    fn found(&self, query: &Query, window: Window) -> SearchPage {
        let mut page = SearchPage {
            sections: 0,
            reports: 0,
            groups: Vec::new(),
            facets: Facets::default(),
            understood: query.understood(),
        };
        if query.is_empty() {
            return page;
        }
        let engine = compile(&self.inner, &query.clause);
        let words = query.words();
        // Few sections: found beforehand, so that counting hits stays a plain walk.
        let Some(headed) = self.inner.sound(self.inner.headed(&words)) else {
            return page;
        };
        let collector = Hits {
            inner: self.inner.clone(),
            headed,
        };
        let found = self
            .inner
            .searcher
            .search_with_statistics_provider(&*engine, &collector, &Even);
        let Some(found) = self.inner.sound(found) else {
            return page;
        };
        let mut groups: Vec<(usize, Group)> = Vec::new();
        for (segment, found) in found.iter().enumerate() {
            groups.extend(found.groups.iter().map(|&g| (segment, g)));
        }
        if !query.copies {
            let copies = self.inner.copies();
            groups.retain(|(_, g)| copies.is_principal(g.report));
        }
        page.sections = groups.iter().map(|(_, g)| g.len as usize).sum();
        page.reports = groups.len();
        page.facets = self.inner.facets(groups.iter().map(|(_, g)| g));
        let end = window.end.min(groups.len());
        let start = window.start.min(end);
        let ranks = self.inner.ranks();
        arrange(&mut groups, end, |(_, a), (_, b)| {
            let usual = |g: &Group| {
                let at = g.report as usize;
                (Facts::order(self.inner.reports[at].facts), ranks[at])
            };
            b.score
                .total_cmp(&a.score)
                .then_with(|| usual(a).cmp(&usual(b)))
        });
        for (segment, group) in &groups[start..end] {
            let all = &found[*segment].hits;
            let own = &all[group.start as usize..(group.start + group.len) as usize];
            page.groups.extend(
                self.inner
                    .group(group, own, &words, query.sections_per_report),
            );
        }
        page
    }
}

impl Inner {
    /// One report with its best sections, in reading order.
    fn group(
        &self,
        group: &Group,
        own: &[(DocId, Score)],
        words: &[&Words],
        most: usize,
    ) -> Option<HitGroup> {
        let entry = self.reports.get(group.report as usize)?;
        let mut best: Vec<(DocId, Score)> = own.to_vec();
        if best.len() > most {
            best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            best.truncate(most);
            best.sort_by_key(|(doc, _)| *doc);
        }
        let report = self.rows(&[group.report], &[]).pop()?;
        let hits = best
            .into_iter()
            .filter_map(|(doc, score)| self.hit(entry, doc, score, &report, words))
            .collect();
        Some(HitGroup {
            report,
            hits,
            total: group.len as usize,
        })
    }

    fn hit(
        &self,
        entry: &Entry,
        doc: DocId,
        score: Score,
        report: &super::ReportRow,
        words: &[&Words],
    ) -> Option<Hit> {
        let address = DocAddress::new(entry.segment, doc);
        let stored: TantivyDocument = self.sound(self.searcher.doc(address))?;
        let (StoredSection(id, title, base, pieces), body) =
            self.sound(section(&stored, &self.fields))?;
        let mut ranges = Vec::new();
        for (start, end) in pieces {
            let text = body.get(start as usize..end as usize)?;
            let at = base + start as usize;
            hits(text, &Folded::new(text, at), at, words, &mut ranges);
        }
        let ranges = merge(ranges);
        let local: Vec<(usize, usize)> = ranges.iter().map(|(a, b)| (a - base, b - base)).collect();
        let (snippet, marks) = snippet(body, &local);
        Some(Hit {
            report: report.id.clone(),
            path: report.path.clone(),
            section: id,
            title: cleaned(&title),
            score,
            ranges,
            snippet,
            marks,
        })
    }

    /// Sections with any of `words` in their headings, in order, by segment.
    fn headed(&self, words: &[&Words]) -> tantivy::Result<Vec<Arc<[DocId]>>> {
        let scoring = EnableScoring::disabled_from_searcher(&self.searcher);
        let weight = headings(self, words).weight(scoring)?;
        let mut all = Vec::with_capacity(self.segments.len());
        for reader in self.searcher.segment_readers() {
            let mut docs = Vec::new();
            weight.for_each_no_score(reader, &mut |some| docs.extend_from_slice(some))?;
            all.push(docs.into());
        }
        Ok(all)
    }

    fn facets<'a>(&self, groups: impl Iterator<Item = &'a Group>) -> Facets {
        const NONE: usize = 0;
        // Flat arrays: a map would be asked once for every report found.
        let mut years = vec![0; 1 << 12];
        let mut provinces = vec![0; 101];
        let mut levels = [0; 6];
        for group in groups {
            let facts = Facts::unpack(self.reports[group.report as usize].facts);
            let n = group.len as usize;
            years[facts.year.map_or(NONE, |y| y as usize & 0xfff)] += n;
            provinces[facts.region.map_or(100, |r| (r as usize / 10_000).min(99))] += n;
            levels[facts.level.map_or(NONE, |l| l as usize + 1)] += n;
        }
        let filled = |n: &usize| *n > 0;
        let mut regions: Vec<(String, String, usize)> = provinces[..100]
            .iter()
            .enumerate()
            .filter(|(_, n)| filled(n))
            .map(|(code, &n)| {
                let code = code as u32 * 10_000;
                let name = self.places().get(&code).and_then(|names| names.first());
                (code_text(code), name.cloned().unwrap_or_default(), n)
            })
            .collect();
        regions.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
        if provinces[100] > 0 {
            regions.push((String::new(), String::new(), provinces[100]));
        }
        let year = |(y, &n): (usize, &usize)| ((y > 0).then_some(y as i32), n);
        const LEVELS: [Option<Level>; 6] = [
            None,
            Some(Level::National),
            Some(Level::Province),
            Some(Level::Prefecture),
            Some(Level::County),
            Some(Level::Township),
        ];
        let level = |(i, &n): (usize, &usize)| (LEVELS[i], n);
        Facets {
            years: years
                .iter()
                .enumerate()
                .rev()
                .filter(|(_, n)| filled(n))
                .map(year)
                .collect(),
            regions,
            levels: levels
                .iter()
                .enumerate()
                .rev()
                .filter(|(_, n)| filled(n))
                .map(level)
                .collect(),
        }
    }
}

/// Hits of one report.
#[derive(Debug, Clone, Copy)]
struct Group {
    report: u32,
    /// Its hits among those of the segment.
    start: u32,
    len: u32,
    score: Score,
}

/// How much more a hit in a heading is worth than one in the text: more than all hits that
/// the text of a report can have.
const HEADING: Score = 1000.0;

/// Collects every hit, by report.
struct Hits {
    inner: Arc<Inner>,
    /// Sections with words in their headings, in order, by segment.
    headed: Vec<Arc<[DocId]>>,
}

struct SegmentHits {
    inner: Arc<Inner>,
    /// The report that the next hit is likely to belong to, and the end of the segment's.
    at: usize,
    last: usize,
    headed: Arc<[DocId]>,
    /// The first of `headed` that is not behind us.
    next: usize,
    found: Found,
}

#[derive(Default)]
struct Found {
    groups: Vec<Group>,
    hits: Vec<(DocId, Score)>,
}

impl Collector for Hits {
    type Fruit = Vec<Found>;
    type Child = SegmentHits;

    fn for_segment(&self, ord: u32, _: &SegmentReader) -> tantivy::Result<SegmentHits> {
        let segment = &self.inner.segments[ord as usize];
        Ok(SegmentHits {
            inner: self.inner.clone(),
            headed: self.headed.get(ord as usize).cloned().unwrap_or_default(),
            next: 0,
            at: segment.first,
            last: segment.last,
            found: Found::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Found>) -> tantivy::Result<Vec<Found>> {
        Ok(fruits)
    }
}

impl SegmentCollector for SegmentHits {
    type Fruit = Found;

    fn collect(&mut self, doc: DocId, mut score: Score) {
        while self.headed.get(self.next).is_some_and(|&h| h < doc) {
            self.next += 1;
        }
        if self.headed.get(self.next) == Some(&doc) {
            score += HEADING;
        }
        // Hits come in the order of documents, as reports do.
        while self.at < self.last && self.inner.reports[self.at].end <= doc {
            self.at += 1;
        }
        if self.at == self.last || self.inner.reports[self.at].doc >= doc {
            return;
        }
        let report = self.at as u32;
        let start = self.found.hits.len() as u32;
        self.found.hits.push((doc, score));
        match self.found.groups.last_mut() {
            Some(group) if group.report == report => {
                group.len += 1;
                group.score += score;
            }
            _ => self.found.groups.push(Group {
                report,
                start,
                len: 1,
                score,
            }),
        }
    }

    fn harvest(self) -> Found {
        self.found
    }
}

/// Every word weighs the same: a rank must not depend on what else is in the index.
struct Even;

impl Bm25StatisticsProvider for Even {
    fn total_num_tokens(&self, _: Column) -> tantivy::Result<u64> {
        Ok(4)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(4)
    }

    fn doc_freq(&self, _: &Term) -> tantivy::Result<u64> {
        Ok(1)
    }
}
