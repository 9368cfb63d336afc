//! Lists of reports: filtered and sorted over columns; only the visible window is opened.

use std::cmp::Ordering;

use tantivy::TantivyError;

use super::library::{Inner, Library};
use super::names::Needle;
use super::{Filter, Page, ReportRow, Sort, SortKey, Window};
use crate::index::schema::{Facts, Tally};

impl Library {
    /// A window of the reports that pass `filter`, in the order of `sort`, each with the
    /// values of `columns` (keys of indicators, or `key/applicant`).
    pub fn reports(
        &self,
        filter: &Filter,
        sort: &Sort,
        columns: &[String],
        window: Window,
    ) -> Page<ReportRow> {
        let nothing = Page {
            total: 0,
            items: Vec::new(),
        };
        self.inner.guarded(nothing, || {
            let mut those = self.inner.passing(filter);
            let total = those.len();
            let end = window.end.min(total);
            let start = window.start.min(end);
            self.inner.sort(&mut those, sort, end);
            Page {
                total,
                items: self.inner.rows(&those[start..end], columns),
            }
        })
    }

    /// Ids of all reports that pass `filter`, in the order of `sort`.
    pub fn ids(&self, filter: &Filter, sort: &Sort) -> Vec<String> {
        let mut those = self
            .inner
            .guarded(Vec::new(), || self.inner.passing(filter));
        let end = those.len();
        self.inner.sort(&mut those, sort, end);
        let id = |&at: &u32| Some(self.inner.card(&self.inner.reports[at as usize])?.id);
        those.iter().filter_map(id).collect()
    }
}

/// Whether a region lies in another: 440103 in 440100 and in 440000. The country (000000)
/// is a region of its own, not the one around all others.
pub(super) fn lies_in(code: u32, around: u32) -> bool {
    if around == 0 {
        return code == 0;
    }
    let size = match around {
        a if a % 10_000 == 0 => 10_000,
        a if a % 100 == 0 => 100,
        _ => 1,
    };
    code / size == around / size
}

impl Inner {
    /// Reports that pass a filter, in no particular order.
    pub(super) fn passing(&self, filter: &Filter) -> Vec<u32> {
        let around = filter.region.as_ref().map(|r| r.parse::<u32>().ok());
        let passes = |facts: Facts| {
            around.is_none_or(|around| match (facts.region, around) {
                (Some(code), Some(around)) => lies_in(code, around),
                _ => false,
            }) && filter
                .years
                .is_none_or(|(a, b)| facts.year.is_some_and(|y| a <= y && y <= b))
                && filter.level.is_none_or(|l| facts.level == Some(l))
                && filter.kind.is_none_or(|k| facts.kind == k)
                && (!filter.no_year || facts.year.is_none())
                && (!filter.no_region || facts.region.is_none())
                && match filter.agency.as_deref() {
                    None => true,
                    Some("") => !facts.agency,
                    Some(_) => facts.agency,
                }
        };
        let needles = Needle::all(&filter.text);
        let mut those = Vec::new();
        for segment in &self.segments {
            let range = segment.first..segment.last;
            let shown = |at: u32| filter.copies || self.copies().is_principal(at);
            let mut own: Vec<u32> = range
                .filter(|&at| passes(Facts::unpack(self.reports[at].facts)))
                .map(|at| at as u32)
                .filter(|&at| shown(at))
                .collect();
            if let Some(agency) = filter.agency.as_deref().filter(|a| !a.is_empty()) {
                self.keep(&mut own, &segment.agency, &|name| name == agency);
            }
            for needle in &needles {
                // Region and department by pinyin too, title and path as they are written.
                let mut yes = vec![false; own.len()];
                let joined = |t: &str| needle.names(t) || needle.names(&t.replace('/', ""));
                self.mark(&own, &mut yes, &segment.place, &joined);
                self.mark(&own, &mut yes, &segment.agency, &|t| needle.names(t));
                self.mark(&own, &mut yes, &segment.title, &|t| needle.occurs(t));
                self.mark(&own, &mut yes, &segment.path, &|t| needle.in_path(t));
                // As lists show it: the region and its department in one word.
                for (front, back) in needle.cuts() {
                    let (mut there, mut theirs) = (vec![false; own.len()], vec![false; own.len()]);
                    let ends = |t: &str| t.replace('/', "").ends_with(front);
                    self.mark(&own, &mut there, &segment.place, &ends);
                    self.mark(&own, &mut theirs, &segment.agency, &|t| t.starts_with(back));
                    for (yes, both) in yes.iter_mut().zip(there.into_iter().zip(theirs)) {
                        *yes |= both.0 && both.1;
                    }
                }
                for (at, yes) in own.iter().zip(&mut yes) {
                    let year = Facts::unpack(self.reports[*at as usize].facts).year;
                    *yes |= needle.is_year(year);
                }
                let mut yes = yes.into_iter();
                own.retain(|_| yes.next().unwrap_or(false));
            }
            those.append(&mut own);
        }
        those
    }

    /// Keeps the reports whose string in `column` passes `test`.
    fn keep(
        &self,
        reports: &mut Vec<u32>,
        column: &Option<tantivy::columnar::StrColumn>,
        test: &dyn Fn(&str) -> bool,
    ) {
        let mut yes = vec![false; reports.len()];
        self.mark(reports, &mut yes, column, test);
        let mut yes = yes.into_iter();
        reports.retain(|_| yes.next().unwrap_or(false));
    }

    /// Marks the reports whose string in `column` passes `test`. Each distinct string is
    /// tested once.
    pub(super) fn mark(
        &self,
        reports: &[u32],
        yes: &mut [bool],
        column: &Option<tantivy::columnar::StrColumn>,
        test: &dyn Fn(&str) -> bool,
    ) {
        let Some(column) = column else {
            return;
        };
        // Which strings are asked for; then the dictionary is read once, in its own order.
        let mut asked = vec![false; column.num_terms()];
        let ord = |at: u32| column.ords().first(self.reports[at as usize].doc);
        let mut none = true;
        for (&at, _) in reports.iter().zip(yes.iter()).filter(|(_, yes)| !**yes) {
            if let Some(asked) = ord(at).and_then(|n| asked.get_mut(n as usize)) {
                *asked = true;
                none = false;
            }
        }
        if none {
            return;
        }
        let Some(mut stream) = self.sound(column.dictionary().stream().map_err(TantivyError::from))
        else {
            return;
        };
        let mut passed = vec![false; asked.len()];
        let mut n = 0;
        while stream.advance() {
            if asked.get(n) == Some(&true) {
                passed[n] = std::str::from_utf8(stream.key()).is_ok_and(test);
            }
            n += 1;
        }
        for (&at, yes) in reports.iter().zip(yes.iter_mut()).filter(|(_, yes)| !**yes) {
            *yes = ord(at).is_some_and(|n| passed.get(n as usize) == Some(&true));
        }
    }

    /// Puts the first `end` of `reports` in order, at their place.
    pub(super) fn sort(&self, reports: &mut [u32], sort: &Sort, end: usize) {
        let ranks = self.ranks();
        let usual = |&a: &u32, &b: &u32| {
            let key = |at: u32| {
                let at = at as usize;
                (Facts::order(self.reports[at].facts), ranks[at])
            };
            key(a).cmp(&key(b))
        };
        let turned = |o: Ordering| if sort.descending { o.reverse() } else { o };
        // What has no value stands last, whichever way the list is sorted.
        fn last<T: PartialOrd>(
            a: Option<T>,
            b: Option<T>,
            turned: impl Fn(Ordering) -> Ordering,
        ) -> Ordering {
            match (a, b) {
                (Some(a), Some(b)) => turned(a.partial_cmp(&b).unwrap_or(Ordering::Equal)),
                (a, b) => b.is_some().cmp(&a.is_some()),
            }
        }
        match &sort.key {
            SortKey::Region => arrange(reports, end, |a, b| turned(usual(a, b))),
            SortKey::Path => arrange(reports, end, |a, b| {
                turned(ranks[*a as usize].cmp(&ranks[*b as usize]))
            }),
            SortKey::Year => {
                let year = |at: &u32| Facts::unpack(self.reports[*at as usize].facts).year;
                arrange(reports, end, |a, b| {
                    last(year(a), year(b), turned).then_with(|| usual(a, b))
                });
            }
            SortKey::Title => {
                let places = self.order_of(|s| &s.title);
                arrange(reports, end, |a, b| {
                    turned(places[*a as usize].cmp(&places[*b as usize])).then_with(|| usual(a, b))
                });
            }
            SortKey::Findings => {
                let open = |at: &u32| {
                    let tally = Tally::unpack(self.reports[*at as usize].tally());
                    (tally.fails, tally.warns)
                };
                arrange(reports, end, |a, b| {
                    turned(open(a).cmp(&open(b))).then_with(|| usual(a, b))
                });
            }
            SortKey::Indicator(key) => {
                let columns = self.figure(key);
                let values: Vec<Option<i64>> = self
                    .reports
                    .iter()
                    .map(|e| columns.get(e.segment as usize)?.as_ref()?.first(e.doc))
                    .collect();
                let value = |at: &u32| values[*at as usize];
                arrange(reports, end, |a, b| {
                    last(value(a), value(b), turned).then_with(|| usual(a, b))
                });
            }
        }
    }
}

/// Sorts the first `end` items to their places; the others stay unsorted behind them.
pub(super) fn arrange<T>(items: &mut [T], end: usize, by: impl Fn(&T, &T) -> Ordering) {
    if end == 0 {
        return;
    }
    if end < items.len() / 2 {
        items.select_nth_unstable_by(end - 1, &by);
        items[..end].sort_unstable_by(&by);
    } else {
        items.sort_unstable_by(&by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_lie_in_those_around_them() {
        assert!(lies_in(440_103, 440_000));
        assert!(lies_in(440_103, 440_100));
        assert!(lies_in(440_103, 440_103));
        assert!(!lies_in(440_203, 440_100));
        assert!(!lies_in(450_103, 440_000));
        assert!(lies_in(0, 0));
        assert!(!lies_in(110_000, 0));
    }

    #[test]
    fn the_head_of_a_list_is_that_of_the_sorted_list() {
        let items: Vec<u32> = (0..100).map(|i| i * 37 % 101).collect();
        let mut sorted = items.clone();
        sorted.sort_unstable();
        for end in [0, 1, 5, 49, 50, 51, 100] {
            let mut some = items.clone();
            arrange(&mut some, end, |a, b| a.cmp(b));
            assert_eq!(some[..end], sorted[..end]);
        }
    }
}
