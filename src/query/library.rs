//! A snapshot of the index for reading: everything else in this room starts from it.
//!
//! Opening it reads three columns per report and no stored document, so that a list of
//! 100,000 reports stands at once; strings are fetched for the visible window only.

use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, Searcher, TantivyDocument};

use super::copies::Copies;
use super::versions::Stated;
use super::{Counts, ReportRow};
use crate::corpus::Failure;
use crate::index::schema::{
    FAILURE, Facts, Fields, REPORT, SCALE, StoredReport, Tally, figure_column,
};
use crate::index::{IndexError, Store, known};
use crate::report::{Kind, Level};

/// The reading side of an index as it was at one moment. Cheap to clone.
#[derive(Clone)]
pub struct Library {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
    pub(super) segments: Vec<Segment>,
    /// All reports, segment by segment, in the order of their documents.
    pub(super) reports: Vec<Entry>,
    failures: usize,
    /// Place of every report among all paths, made when first needed.
    ranks: OnceLock<Vec<u32>>,
    /// Names of regions from the province down, by code.
    places: OnceLock<HashMap<u32, Vec<String>>>,
    /// Which files repeat others, found when first needed.
    pub(super) copies: OnceLock<Copies>,
    /// Tells the store that something could not be read.
    damaged: Arc<AtomicBool>,
}

/// What is known of a report without opening its document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) facts: u64,
    tally: u64,
    pub(super) segment: u32,
    pub(super) doc: DocId,
    /// The document behind its last section.
    pub(super) end: DocId,
}

impl Entry {
    pub(super) fn tally(&self) -> u64 {
        self.tally
    }
}

/// Handles of one segment, opened once.
pub(super) struct Segment {
    /// The reports of this segment are `reports[first..last]`.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) path: Option<StrColumn>,
    pub(super) title: Option<StrColumn>,
    pub(super) place: Option<StrColumn>,
    pub(super) agency: Option<StrColumn>,
    /// The columns of its indicators, opened when first needed.
    pub(super) stated: OnceLock<Stated>,
}

impl Library {
    /// The index as it was last committed, by this process or another.
    ///
    /// # Errors
    /// [`IndexError`] when it cannot be read; the next update of the store rebuilds it then.
    pub fn of(store: &Store) -> Result<Self, IndexError> {
        let (searcher, fields) = store.searcher()?;
        let damaged = store.damaged();
        // A damaged file can make the engine panic rather than fail.
        let inner = catch_unwind(AssertUnwindSafe(|| {
            Inner::open(searcher, fields, damaged.clone())
        }))
        .unwrap_or_else(|_| Err(IndexError::Damaged("its columns cannot be read".into())));
        match inner {
            Ok(inner) => Ok(Self {
                inner: Arc::new(inner),
            }),
            Err(e) => {
                damaged.store(true, Ordering::Relaxed);
                Err(e)
            }
        }
    }

    /// What there is in all.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            failures: self.inner.failures,
            ..Counts::default()
        };
        let mut regions = BTreeSet::new();
        for (at, entry) in (0..).zip(&self.inner.reports) {
            if !self.inner.copies().is_principal(at) {
                counts.copies += 1;
                continue;
            }
            let facts = Facts::unpack(entry.facts);
            match facts.kind {
                Kind::Report => counts.reports += 1,
                Kind::Other => counts.others += 1,
            }
            regions.extend(facts.region);
            if let Some(year) = facts.year {
                let (first, last) = counts.years.unwrap_or((year, year));
                counts.years = Some((first.min(year), last.max(year)));
            }
        }
        counts.regions = regions.len();
        counts
    }

    /// The report named `id`.
    pub fn report(&self, id: &str) -> Option<ReportRow> {
        self.inner.guarded(None, || {
            let at = self.inner.position(id)?;
            self.inner.rows(&[at as u32], &[]).pop()
        })
    }

    /// Everything that could not be read, in the order of paths.
    pub fn failures(&self) -> Vec<Failure> {
        self.inner.guarded(Vec::new(), || {
            let found = known::failures(&self.inner.searcher, &self.inner.fields);
            self.inner.sound(found).unwrap_or_default()
        })
    }
}

impl Inner {
    fn open(
        searcher: Searcher,
        fields: Fields,
        damaged: Arc<AtomicBool>,
    ) -> Result<Self, IndexError> {
        let mut reports = Vec::new();
        let mut segments = Vec::new();
        let mut failures = 0;
        for (ord, segment) in searcher.segment_readers().iter().enumerate() {
            let first = reports.len();
            let columns = segment.fast_fields();
            let number = |name| columns.column_opt::<u64>(name);
            let own = known::of_sort(segment, &fields, REPORT)?;
            let failed = known::of_sort(segment, &fields, FAILURE)?;
            let alive = |doc: &&DocId| !segment.is_deleted(**doc);
            failures += failed.iter().filter(alive).count();
            if let (Some(facts), Some(tally)) = (number("facts")?, number("tally")?) {
                let mut failed = failed.iter().copied().peekable();
                for (i, &doc) in own.iter().enumerate() {
                    // The next document that is no section ends this report.
                    let mut end = own.get(i + 1).copied().unwrap_or(segment.max_doc());
                    while failed.next_if(|&f| f < doc).is_some() {}
                    if let Some(&f) = failed.peek() {
                        end = end.min(f);
                    }
                    if segment.is_deleted(doc) {
                        continue;
                    }
                    let get = |column: &Column<u64>| column.first(doc);
                    let (Some(facts), Some(tally)) = (get(&facts), get(&tally)) else {
                        return Err(IndexError::Damaged("a report without facts".into()));
                    };
                    reports.push(Entry {
                        facts,
                        tally,
                        segment: ord as u32,
                        doc,
                        end,
                    });
                }
            }
            segments.push(Segment {
                first,
                last: reports.len(),
                path: columns.str("path")?,
                title: columns.str("title")?,
                place: columns.str("place")?,
                agency: columns.str("agency")?,
                stated: OnceLock::new(),
            });
        }
        Ok(Self {
            searcher,
            fields,
            segments,
            reports,
            failures,
            ranks: OnceLock::new(),
            places: OnceLock::new(),
            copies: OnceLock::new(),
            damaged,
        })
    }

    /// Runs a reading of the index; when that panics, which the engine may do over a damaged
    /// file, there is nothing to be shown until the next update has rebuilt the index.
    pub(super) fn guarded<T>(&self, nothing: T, read: impl FnOnce() -> T) -> T {
        catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
            self.damaged.store(true, Ordering::Relaxed);
            nothing
        })
    }

    /// Takes note of damage.
    pub(super) fn sound<T, E: Into<IndexError>>(&self, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(_) => {
                self.damaged.store(true, Ordering::Relaxed);
                None
            }
        }
    }

    /// Where the report named `id` is in `reports`.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        let term = tantivy::Term::from_field_text(self.fields.id, id);
        for (segment, reader) in self.segments.iter().zip(self.searcher.segment_readers()) {
            let index = self.sound(reader.inverted_index(self.fields.id))?;
            let record = tantivy::schema::IndexRecordOption::Basic;
            let Ok(Some(mut postings)) = index.read_postings(&term, record) else {
                continue;
            };
            use tantivy::DocSet;
            while postings.doc() != tantivy::TERMINATED {
                let doc = postings.doc();
                let own = &self.reports[segment.first..segment.last];
                if let Ok(at) = own.binary_search_by_key(&doc, |e| e.doc) {
                    return Some(segment.first + at);
                }
                postings.advance();
            }
        }
        None
    }

    /// The stored part of a report.
    pub(super) fn card(&self, entry: &Entry) -> Option<StoredReport> {
        let address = DocAddress::new(entry.segment, entry.doc);
        let doc: TantivyDocument = self.sound(self.searcher.doc(address))?;
        let card = doc.get_first(self.fields.card).and_then(|v| v.as_str())?;
        serde_json::from_str(card).ok()
    }

    /// What lists show of the given reports, with the values of `columns`.
    pub(super) fn rows(&self, reports: &[u32], columns: &[String]) -> Vec<ReportRow> {
        let values: Vec<Vec<Option<Column<i64>>>> =
            columns.iter().map(|key| self.figure(key)).collect();
        let row = |&at: &u32| {
            let entry = self.reports.get(at as usize)?;
            let card = self.card(entry)?;
            let facts = Facts::unpack(entry.facts);
            let tally = Tally::unpack(entry.tally);
            let value = |column: &Vec<Option<Column<i64>>>| {
                let column = column.get(entry.segment as usize)?.as_ref()?;
                Some(Decimal::new(column.first(entry.doc)?, SCALE).normalize())
            };
            Some(ReportRow {
                id: card.id,
                path: card.path,
                kind: facts.kind,
                title: card.title,
                year: facts.year,
                region: facts.region.map(code_text),
                region_path: card.place,
                level: facts.level,
                agency: card.agency,
                form: facts.form,
                script: facts.script,
                figures: tally.figures,
                fails: tally.fails,
                warns: tally.warns,
                passes: tally.passes,
                is_copy: !self.copies().is_principal(at),
                others: self.copies().others(at).len() as u32,
                versions: self.versions(at),
                differing: self.differs(at),
                values: values.iter().map(value).collect(),
            })
        };
        reports.iter().filter_map(row).collect()
    }

    /// The column of an indicator in every segment (`key`, or `key/applicant`).
    pub(super) fn figure(&self, key: &str) -> Vec<Option<Column<i64>>> {
        let name = figure_column(key);
        let readers = self.searcher.segment_readers().iter();
        readers
            .map(|r| r.fast_fields().column_opt::<i64>(&name).ok().flatten())
            .collect()
    }

    /// Place of every report in the order of paths.
    pub(super) fn ranks(&self) -> &[u32] {
        self.ranks.get_or_init(|| self.order_of(|s| &s.path))
    }

    /// Place of every report in the order of a column of strings; equal strings have equal
    /// places. Reads each dictionary once, in its own order.
    pub(super) fn order_of(&self, column: fn(&Segment) -> &Option<StrColumn>) -> Vec<u32> {
        let mut all: Vec<(String, u32, u64)> = Vec::new();
        for (ord, segment) in self.segments.iter().enumerate() {
            for (n, text) in strings(column(segment)).into_iter().enumerate() {
                all.push((text, ord as u32, n as u64));
            }
        }
        all.sort_unstable();
        let mut places: Vec<Vec<u32>> = self
            .segments
            .iter()
            .map(|s| vec![0; column(s).as_ref().map_or(0, |c| c.num_terms())])
            .collect();
        let mut place = 0;
        for (i, (text, segment, n)) in all.iter().enumerate() {
            if i > 0 && all[i - 1].0 != *text {
                place += 1;
            }
            places[*segment as usize][*n as usize] = place;
        }
        let of = |entry: &Entry| {
            let column = column(&self.segments[entry.segment as usize]).as_ref()?;
            let n = column.ords().first(entry.doc)?;
            places[entry.segment as usize].get(n as usize).copied()
        };
        self.reports
            .iter()
            .map(|e| of(e).unwrap_or(u32::MAX))
            .collect()
    }

    /// Names from the province down of every region that occurs, and of those around it.
    pub(super) fn places(&self) -> &HashMap<u32, Vec<String>> {
        self.places.get_or_init(|| {
            let mut names: HashMap<u32, Vec<String>> = HashMap::new();
            for segment in &self.segments {
                let Some(column) = &segment.place else {
                    continue;
                };
                let paths = strings(&segment.place);
                let mut seen = vec![false; paths.len()];
                for entry in &self.reports[segment.first..segment.last] {
                    let Some(n) = column.ords().first(entry.doc) else {
                        continue;
                    };
                    let facts = Facts::unpack(entry.facts);
                    let (Some(code), Some(path)) = (facts.region, paths.get(n as usize)) else {
                        continue;
                    };
                    if std::mem::replace(&mut seen[n as usize], true) {
                        continue;
                    }
                    let mut path: Vec<String> = path.split('/').map(str::to_owned).collect();
                    if facts.level == Some(Level::Township) && path.len() > 1 {
                        path.pop();
                    }
                    for (depth, code) in codes(code, path.len()).into_iter().enumerate() {
                        names.entry(code).or_insert_with(|| path[..=depth].to_vec());
                    }
                }
            }
            names
        })
    }
}

/// The codes of a region and of those around it, from the province down, for a path of
/// `depth` names: 440103 with three names is 440000, 440100, 440103.
pub(super) fn codes(code: u32, depth: usize) -> Vec<u32> {
    let mut all = Vec::with_capacity(depth);
    for d in 0..depth {
        all.push(match (d, depth - 1 - d) {
            (_, 0) => code,
            (0, _) => code / 10_000 * 10_000,
            _ => code / 100 * 100,
        });
    }
    all
}

/// Six digits.
pub(super) fn code_text(code: u32) -> String {
    format!("{code:06}")
}

/// All strings of a column's dictionary, in order.
pub(super) fn strings(column: &Option<StrColumn>) -> Vec<String> {
    let Some(column) = column else {
        return Vec::new();
    };
    let mut all = Vec::with_capacity(column.num_terms());
    if let Ok(mut stream) = column.dictionary().stream() {
        while stream.advance() {
            all.push(String::from_utf8_lossy(stream.key()).into_owned());
        }
    }
    all
}
