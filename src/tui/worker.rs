//! The threads behind the screen. Each takes all jobs that wait, does the newest of each
//! kind and forgets the others, so that an answer is never late because of questions that
//! nobody asks any more.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::action::{Arrived, Compared, Doc, Job, TextPair, Tone};
use super::desk::Desk;
use super::shelf::{Shared, Shelf};
use super::state::analysis::Audited;
use crate::audit::Finding;
use crate::audit::corpus::{self, Facts};
use crate::figure::catalogue::Catalogue;
use crate::query::compare::{self, Side};
use crate::query::texts;
use crate::query::{Filter, Page, ReportRow, Sort, SortKey};

/// The threads.
#[derive(Debug)]
pub struct Workers {
    queries: Sender<Job>,
    loads: Sender<Job>,
    rescans: Sender<()>,
    cancel: Arc<AtomicBool>,
    index: Option<thread::JoinHandle<()>>,
}

/// What the index thread does: opens the index, brings it up to date, tells of it.
pub type Indexing = Box<dyn Fn(&Shared, &Sender<Arrived>, &AtomicBool) + Send>;

impl Workers {
    /// Starts them. `indexing` is called at once and on every rescan.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn start(
        desk: Arc<dyn Desk>,
        indexing: Indexing,
        answers: &Sender<Arrived>,
    ) -> std::io::Result<Self> {
        let shared = Shared::default();
        let (queries, query_jobs) = unbounded();
        let (loads, load_jobs) = unbounded();
        let (rescans, rescan_jobs) = unbounded();
        let cancel = Arc::new(AtomicBool::new(false));
        let (out, shelf) = (answers.clone(), shared.clone());
        thread::Builder::new()
            .name("query".into())
            .spawn(move || work(&query_jobs, &out, |job| query(&shelf, job)))?;
        let (out, shelf) = (answers.clone(), shared.clone());
        thread::Builder::new()
            .name("load".into())
            .spawn(move || work(&load_jobs, &out, |job| load(&shelf, desk.as_ref(), job)))?;
        let (out, stop) = (answers.clone(), cancel.clone());
        let index = thread::Builder::new().name("index".into()).spawn(move || {
            loop {
                let done = catch_unwind(AssertUnwindSafe(|| indexing(&shared, &out, &stop)));
                if done.is_err() {
                    let _ = out.send(Arrived::Notice(Tone::Bad, "index: internal error".into()));
                }
                if stop.load(Ordering::Relaxed) || rescan_jobs.recv().is_err() {
                    return;
                }
                // Several wishes to rescan are one.
                while rescan_jobs.try_recv().is_ok() {}
            }
        })?;
        Ok(Self {
            queries,
            loads,
            rescans,
            cancel,
            index: Some(index),
        })
    }

    /// Hands a job to the thread it is for; gives it back when it is for none of them.
    pub fn take(&self, job: Job) -> Option<Job> {
        // A thread that is gone has told why.
        match job {
            Job::List { .. }
            | Job::Tree { .. }
            | Job::Search { .. }
            | Job::Counts
            | Job::Worst { .. }
            | Job::Totals { .. }
            | Job::Rank { .. }
            | Job::Years { .. }
            | Job::Copies { .. } => {
                let _ = self.queries.send(job);
            }
            Job::Preview { .. }
            | Job::Open { .. }
            | Job::Lay { .. }
            | Job::Compare { .. }
            | Job::Audit { .. }
            | Job::Texts { .. }
            | Job::ToCorrect { .. }
            | Job::Correct { .. }
            | Job::Reviews
            | Job::Review { .. } => {
                let _ = self.loads.send(job);
            }
            Job::Rescan => {
                let _ = self.rescans.send(());
            }
            other => return Some(other),
        }
        None
    }

    /// Stops indexing at the next good moment and waits for it, so that what has been done
    /// is kept.
    pub fn stop(mut self) {
        self.cancel.store(true, Ordering::Relaxed);
        let (dead, _) = unbounded();
        self.rescans = dead;
        if let Some(index) = self.index.take() {
            let _ = index.join();
        }
    }
}

/// The kind of jobs of which all count.
const KEPT: u8 = u8::MAX;

/// Kinds of jobs of which only the newest counts.
fn kind(job: &Job) -> u8 {
    match job {
        Job::Search { .. } => 0,
        Job::List { .. } => 1,
        Job::Open { .. } => 2,
        Job::Tree { .. } => 3,
        Job::Lay { .. } => 4,
        Job::Compare { .. } => 5,
        Job::Preview { .. } => 6,
        Job::Worst { .. } => 7,
        Job::Rank { .. } => 8,
        Job::Audit { .. } => 9,
        Job::ToCorrect { .. } => 10,
        Job::Texts { .. } => 11,
        Job::Reviews => 12,
        Job::Totals { .. } => 13,
        // Of what is written down none may be forgotten for a newer one.
        Job::Correct { .. } | Job::Review { .. } => KEPT,
        _ => 14,
    }
}

fn work(jobs: &Receiver<Job>, out: &Sender<Arrived>, act: impl Fn(&Job) -> Option<Arrived>) {
    let mut waiting: Vec<Job> = Vec::new();
    loop {
        if waiting.is_empty() {
            match jobs.recv() {
                Ok(job) => waiting.push(job),
                Err(_) => return,
            }
        }
        for job in jobs.try_iter() {
            waiting.retain(|w| kind(w) == KEPT || kind(w) != kind(&job));
            waiting.push(job);
        }
        // What a person waits for most comes first; new jobs are looked at after each.
        waiting.sort_by_key(kind);
        let job = waiting.remove(0);
        let answer = catch_unwind(AssertUnwindSafe(|| act(&job)));
        let answer = answer.unwrap_or_else(|_| failed(job));
        if answer.is_some_and(|answer| out.send(answer).is_err()) {
            return;
        }
    }
}

/// The answer when a job has broken: the screen goes on.
fn failed(job: Job) -> Option<Arrived> {
    let why = "internal error".to_owned();
    Some(match job {
        Job::Open { generation, .. } => Arrived::Opened(generation, Err(why)),
        Job::Preview { generation, .. } => Arrived::Preview(generation, Err(why)),
        Job::Compare { generation, .. } => Arrived::Compared(generation, Err(why)),
        _ => Arrived::Notice(Tone::Bad, why),
    })
}

/// Asks the index; nothing before it has been opened: everything is asked again then.
fn query(shared: &Shared, job: &Job) -> Option<Arrived> {
    let shelf = shared
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .clone()?;
    Some(match job {
        Job::List {
            generation,
            filter,
            sort,
            columns,
            window,
        } => Arrived::List {
            generation: *generation,
            offset: window.start,
            page: shelf.reports(filter, sort, columns, window.clone()),
        },
        Job::Tree {
            generation,
            grouping,
            filter,
        } => Arrived::Tree(*generation, shelf.tree(*grouping, filter)),
        Job::Search {
            generation,
            query,
            copies,
            window,
        } => {
            let page = shelf.search(query, *copies, window.clone());
            Arrived::Found(*generation, Box::new(page))
        }
        Job::Counts => Arrived::Counts(shelf.counts(), shelf.failures()),
        Job::Worst {
            generation,
            filter,
            window,
        } => {
            let sort = Sort {
                key: SortKey::Findings,
                descending: true,
            };
            let page = shelf.reports(filter, &sort, &[], window.clone());
            let before = |row: ReportRow| {
                let before = year_before(shelf.as_ref(), &row);
                (row, before)
            };
            let page = Page {
                items: page.items.into_iter().map(before).collect(),
                total: page.total,
            };
            Arrived::Worst(*generation, page)
        }
        Job::Totals {
            generation,
            filter,
            columns,
        } => Arrived::Totals(*generation, shelf.totals(filter, columns)),
        Job::Rank {
            generation,
            key,
            filter,
            ascending,
            window,
        } => {
            let ranking = shelf.rank(key, filter, *ascending, window.clone());
            Arrived::Ranked(*generation, Box::new(ranking))
        }
        Job::Years { generation, row } => {
            let years = shelf.years_of(row).into_iter().map(|r| r.id);
            Arrived::Years(*generation, years.collect())
        }
        Job::Copies { generation, id } => {
            let mut rows = shelf.copies(id);
            rows.retain(|r| r.id != *id);
            Arrived::Copies(*generation, rows)
        }
        _ => return None,
    })
}

/// Reads reports.
pub fn load(shared: &Shared, desk: &dyn Desk, job: &Job) -> Option<Arrived> {
    Some(match job {
        Job::Open {
            generation,
            id,
            width,
            folded,
        } => {
            let laid = |doc: Arc<Doc>| {
                let page = super::page::Page::new(&doc.reading, *folded, *width);
                (doc, Arc::new(page))
            };
            Arrived::Opened(*generation, desk.read(id).map(laid))
        }
        Job::Lay {
            generation,
            doc,
            width,
            folded,
        } => {
            let page = super::page::Page::new(&doc.reading, *folded, *width);
            Arrived::Laid(*generation, Arc::new(page))
        }
        Job::Preview { generation, id } => Arrived::Preview(*generation, desk.read(id)),
        Job::Reviews => Arrived::Reviews(desk.reviews()),
        Job::Review {
            fingerprint,
            review,
        } => Arrived::Reviewed(desk.review(fingerprint, review.as_ref())),
        Job::Texts { generation, docs } => {
            let texts = texts::texts(&docs[0].reading, &docs[1].reading);
            let docs = docs.clone();
            Arrived::Texts(*generation, Box::new(TextPair { docs, texts }))
        }
        Job::ToCorrect { generation, id } => Arrived::ToCorrect(*generation, desk.read(id)),
        Job::Correct { id, path, said } => Arrived::Corrected(id.clone(), desk.correct(path, said)),
        Job::Audit { generation, rows } => Arrived::Audited(
            *generation,
            rows.iter()
                .filter_map(|(row, before)| audit(desk, row, before.as_deref()))
                .collect(),
        ),
        Job::Compare { generation, ids } => {
            let docs: Result<Vec<_>, _> = ids.iter().map(|id| desk.read(id)).collect();
            let compared = docs.map(|docs| {
                let sides: Vec<Side<'_>> = docs
                    .iter()
                    .map(|d| Side {
                        id: &d.id,
                        path: &d.path,
                        reading: &d.reading,
                    })
                    .collect();
                let mut comparison = compare::compare(&sides, Catalogue::current());
                let shelf = shared
                    .read()
                    .unwrap_or_else(PoisonError::into_inner)
                    .clone();
                for column in &mut comparison.columns {
                    let versions = shelf.as_ref().map(|s| s.versions(&column.id));
                    column.versions = versions.unwrap_or_default();
                }
                Arc::new(Compared { comparison, docs })
            });
            Arrived::Compared(*generation, compared)
        }
        _ => return None,
    })
}

/// The report of the same body on the year before.
fn year_before(shelf: &dyn Shelf, row: &ReportRow) -> Option<String> {
    let year = row.year? - 1;
    row.region.as_ref().or(row.agency.as_ref())?;
    let filter = Filter {
        region: row.region.clone(),
        no_region: row.region.is_none(),
        agency: Some(row.agency.clone().unwrap_or_default()),
        kind: Some(row.kind),
        years: Some((year, year)),
        ..Filter::default()
    };
    let found = shelf.reports(&filter, &Sort::default(), &[], 0..usize::MAX);
    // A region's filter holds those below it too.
    let same = found.items.into_iter().find(|r| r.is_of(row));
    same.map(|r| r.id)
}

/// What the checks of a report found, last year's report beside it; nothing when it cannot
/// be read any more.
fn audit(desk: &dyn Desk, row: &ReportRow, before: Option<&str>) -> Option<Audited> {
    let doc = desk.read(&row.id).ok()?;
    let before = before.and_then(|id| desk.read(id).ok());
    Some(Audited {
        row: row.clone(),
        findings: found(&doc, before.as_deref()),
    })
}

/// The open findings of a report, the gravest first: its own, and those that show when it is
/// held against last year's.
fn found(doc: &Doc, before: Option<&Doc>) -> Vec<Finding> {
    let mut found = doc.reading.findings.clone();
    if let Some(before) = before {
        let pair = [before, doc];
        let facts = pair.map(|d| Facts::new(&d.reading.report, &d.path, &d.reading.figures));
        let text = |at: usize| Some(corpus::Plain::of(&pair[at].reading.report));
        let taken = corpus::taken_over(&facts, &text, &|_, _| {});
        let across = corpus::check(&facts).into_iter().chain(taken);
        found.extend(across.filter(|(at, _)| *at == 1).map(|(_, f)| f));
    }
    found.retain(Finding::is_open);
    found.sort_by_key(|f| super::text::gravity(f.status));
    found
}

/// Answers a job at once: what tests use instead of threads.
pub fn answer(shelf: &Arc<dyn Shelf>, desk: &dyn Desk, job: &Job) -> Option<Arrived> {
    let shared: Shared = Arc::new(RwLock::new(Some(shelf.clone())));
    query(&shared, job).or_else(|| load(&shared, desk, job))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading;
    use crate::source::Format;

    fn doc(year: i32, carried: i32) -> Doc {
        let text = format!(
            "浙江省德清县人民政府{year}年政府信息公开工作年度报告\n一、总体情况\n全年工作正常。\n\
             三、收到和处理政府信息公开申请情况\n\
             | 项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n\
             | 一、本年新收政府信息公开申请数量 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |\n\
             | 二、上年结转政府信息公开申请数量 | {carried} | 0 | 0 | 0 | 0 | 0 | {carried} |\n\
             | （一）予以公开 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |\n\
             | （七）总计 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |\n\
             | 四、结转下年度继续办理 | {carried} | 0 | 0 | 0 | 0 | 0 | {carried} |\n\
             二、主动公开政府信息情况\n| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n\
             | 规章 | 0 | 0 | 0 |\n"
        );
        let path = format!("{year}.txt");
        Doc {
            file: None,
            id: year.to_string(),
            said: None,
            reading: reading::read(text.as_bytes(), &path, Format::Txt).expect("a report"),
            path,
        }
    }

    #[test]
    fn what_shows_beside_last_years_report_is_listed_too() {
        let rules = |doc: &Doc, before: Option<&Doc>| -> Vec<&str> {
            found(doc, before).iter().map(|f| f.rule).collect()
        };
        let (then, now) = (doc(2021, 2), doc(2022, 3));
        assert!(!rules(&now, None).contains(&"R-Y1"));
        assert!(rules(&now, Some(&then)).contains(&"R-Y1"));
        assert!(!rules(&doc(2022, 2), Some(&then)).contains(&"R-Y1"));
    }
}
