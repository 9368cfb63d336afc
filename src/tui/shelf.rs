//! The index as the screen sees it: [`Library`] as a [`Shelf`] (or a fake in tests), and the work of the index
//! thread: open, show what is known, bring up to date, show every batch as it is committed.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use crossbeam_channel::Sender;
use rust_decimal::Decimal;

use super::action::{Arrived, Progress, Tone};
use super::worker::Indexing;
use crate::config::language::Language;
use crate::corpus::{Corpus, Failure};
use crate::index::Store;
use crate::query::{
    Counts, Filter, Grouping, Library, Node, Page, Ranking, ReportRow, SearchPage, Sort, Version,
    Window, parse,
};

/// How often a window looks for what another one has written.
const LOOK: Duration = Duration::from_millis(200);

/// What can be asked of the index: [`crate::query::Library`], or a fake in tests.
pub trait Shelf: Send + Sync {
    /// How much there is.
    fn counts(&self) -> Counts;
    /// What could not be read.
    fn failures(&self) -> Vec<Failure>;
    /// A window of a list.
    fn reports(
        &self,
        filter: &Filter,
        sort: &Sort,
        columns: &[String],
        window: Window,
    ) -> Page<ReportRow>;
    /// A tree.
    fn tree(&self, grouping: Grouping, filter: &Filter) -> Vec<Node>;
    /// A search.
    fn search(&self, query: &str, copies: bool, window: Window) -> SearchPage;
    /// Sums over the reports of a list.
    fn totals(&self, filter: &Filter, columns: &[String]) -> Vec<Option<Decimal>>;
    /// Reports by an indicator.
    fn rank(&self, key: &str, filter: &Filter, ascending: bool, window: Window) -> Ranking;
    /// The reports of the body that wrote one, the oldest first.
    fn years_of(&self, row: &ReportRow) -> Vec<ReportRow>;
    /// The files of the same body and year as one, itself among them, the principal one first.
    fn copies(&self, id: &str) -> Vec<ReportRow>;
    /// Those that say something else than the report named `id`.
    fn versions(&self, id: &str) -> Vec<Version>;
}

/// The index as it was last seen; none before it has been opened.
pub type Shared = Arc<RwLock<Option<Arc<dyn Shelf>>>>;

impl Shelf for Library {
    fn counts(&self) -> Counts {
        Self::counts(self)
    }

    fn failures(&self) -> Vec<Failure> {
        Self::failures(self)
    }

    fn reports(
        &self,
        filter: &Filter,
        sort: &Sort,
        columns: &[String],
        window: Window,
    ) -> Page<ReportRow> {
        Self::reports(self, filter, sort, columns, window)
    }

    fn tree(&self, grouping: Grouping, filter: &Filter) -> Vec<Node> {
        Self::tree(self, grouping, filter)
    }

    fn search(&self, query: &str, copies: bool, window: Window) -> SearchPage {
        Self::search(self, &parse(query).with_copies(copies), window)
    }

    fn totals(&self, filter: &Filter, columns: &[String]) -> Vec<Option<Decimal>> {
        Self::totals(self, filter, columns)
    }

    fn rank(&self, key: &str, filter: &Filter, ascending: bool, window: Window) -> Ranking {
        Self::rank(self, key, filter, ascending, window)
    }

    fn years_of(&self, row: &ReportRow) -> Vec<ReportRow> {
        Self::years_of(self, row)
    }

    fn copies(&self, id: &str) -> Vec<ReportRow> {
        Self::copies(self, id)
    }

    fn versions(&self, id: &str) -> Vec<Version> {
        self.siblings(id).versions
    }
}

/// What the index thread does at the start and on every rescan.
pub fn indexing(corpus: Arc<Corpus>, dir: Option<PathBuf>, language: Language) -> Indexing {
    // Opened at the first call, which happens on the thread that uses it.
    let store: Mutex<Option<Store>> = Mutex::new(None);
    Box::new(move |shared, out, cancel| {
        let mut store = store.lock().unwrap_or_else(PoisonError::into_inner);
        if store.is_none() {
            match Store::open(&corpus, dir.as_deref()) {
                Ok(opened) => {
                    if let Some(why) = opened.in_memory().filter(|_| dir.is_some()) {
                        let text = language.fill("notice.in_memory", &[("why", why)]);
                        let _ = out.send(Arrived::Notice(Tone::Bad, text));
                    }
                    *store = Some(opened);
                }
                Err(e) => return broken(out, language, &e.to_string()),
            }
        }
        if let Some(store) = &*store {
            show(store, shared, out, language);
            bring_up_to_date(store, &corpus, shared, out, cancel, language);
        }
    })
}

fn broken(out: &Sender<Arrived>, language: Language, why: &str) {
    let text = language.fill("notice.index", &[("why", why)]);
    // The screen may be gone already.
    let _ = out.send(Arrived::Notice(Tone::Bad, text));
    let _ = out.send(Arrived::Progress(Progress {
        finished: true,
        ..Progress::default()
    }));
}

/// Puts what is committed on the shelf.
fn show(store: &Store, shared: &Shared, out: &Sender<Arrived>, language: Language) {
    match Library::of(store) {
        Ok(library) => {
            *shared.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(library));
            let _ = out.send(Arrived::Changed);
        }
        Err(e) => broken(out, language, &e.to_string()),
    }
}

fn bring_up_to_date(
    store: &Store,
    corpus: &Corpus,
    shared: &Shared,
    out: &Sender<Arrived>,
    cancel: &AtomicBool,
    language: Language,
) {
    let watch = |progress: &crate::index::Progress| {
        let _ = out.send(Arrived::Progress(Progress {
            done: progress.done,
            total: progress.total,
            finished: false,
        }));
        if progress.committed {
            show(store, shared, out, language);
        }
    };
    match store.update(corpus, &watch, cancel) {
        Ok(summary) => {
            let _ = out.send(Arrived::Progress(Progress {
                finished: true,
                ..Progress::default()
            }));
            if summary.read_only {
                let text = language.text("notice.read_only").to_owned();
                let _ = out.send(Arrived::Notice(Tone::Good, text));
                look_on(store, shared, out, cancel, language);
                if !cancel.load(Ordering::Relaxed) {
                    // What the other one has left to do is done here.
                    return bring_up_to_date(store, corpus, shared, out, cancel, language);
                }
            }
            let changed =
                !(summary.new.is_empty() && summary.changed.is_empty() && summary.gone.is_empty());
            if changed || !summary.failures.is_empty() {
                show(store, shared, out, language);
            }
        }
        Err(e) => broken(out, language, &e.to_string()),
    }
}

/// Shows what another process writes, commit by commit, until it has done.
fn look_on(
    store: &Store,
    shared: &Shared,
    out: &Sender<Arrived>,
    cancel: &AtomicBool,
    language: Language,
) {
    let mut shown = None;
    while !cancel.load(Ordering::Relaxed) {
        let writes = store.is_written_elsewhere();
        let age = store.age().ok();
        if age != shown {
            show(store, shared, out, language);
            shown = age;
        }
        if !writes {
            return;
        }
        std::thread::sleep(LOOK);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[test]
    fn a_second_window_shows_what_the_first_one_writes() {
        let (dir, cache) = (tempfile::tempdir(), tempfile::tempdir());
        let (dir, cache) = (dir.expect("a folder"), cache.expect("a folder"));
        for n in 0..400 {
            let text = format!("甲市2015年政府信息公开工作年度报告\n全年收到申请{n}件。\n");
            std::fs::write(dir.path().join(format!("{n}.txt")), text).expect("written");
        }
        let corpus = Arc::new(Corpus::open(&[dir.path()]).expect("a corpus"));
        let first = Store::open(&corpus, Some(cache.path())).expect("an index");
        let (shared, (out, _arrived)) = (Shared::default(), crossbeam_channel::unbounded());
        let listed = || {
            let shelf = shared.read().unwrap_or_else(PoisonError::into_inner);
            shelf.as_ref().map_or(0, |s| s.counts().reports)
        };
        let cancel = AtomicBool::new(false);
        let seen = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            // The first one waits with each of its commits until the second has shown it.
            let watch = |p: &crate::index::Progress| {
                if p.done == 0 {
                    let second =
                        indexing(corpus.clone(), Some(cache.path().to_owned()), Language::Zh);
                    let (shared, out, cancel) = (&shared, &out, &cancel);
                    scope.spawn(move || second(shared, out, cancel));
                } else if p.committed {
                    for _ in 0..1_000 {
                        if listed() == p.done {
                            seen.fetch_add(1, Ordering::Relaxed);
                            break;
                        }
                        std::thread::sleep(Duration::from_millis(10));
                    }
                }
            };
            let done = first.update(&corpus, &watch, &AtomicBool::new(false));
            assert_eq!(done.expect("updated").new.len(), 400);
        });
        assert!(seen.load(Ordering::Relaxed) >= 2);
        assert_eq!(listed(), 400);
    }
}
