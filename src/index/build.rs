//! Brings an index up to date: what is new or has changed is read on several threads, and
//! one writer adds it. The first commit comes soon, so that there is something to see, then
//! at growing intervals. Whatever moment the process dies at, the next run goes on from the
//! last commit, because a file counts as known only when its documents are committed.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;
use tantivy::directory::error::LockError;
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term};

use super::IndexError;
use super::document::{documents, failure_document, key};
use super::known::{Known, hex};
use super::schema::Fields;
use super::store::Store;
use crate::corpus::{Corpus, Entry, Failure};
use crate::reading;

/// Memory of the writer in bytes: beyond 100 MB nothing is gained, below 20 MB much is lost.
pub const ARENA: usize = 64 << 20;
/// Segments larger than this are left alone, so that no merge takes long.
const LARGEST_MERGED: usize = 150_000;
/// The first commit: after so many files, or so much time.
const FIRST_FILES: usize = 200;
const FIRST_TIME: Duration = Duration::from_millis(120);
/// How often `watch` hears of progress at most.
const BEAT: Duration = Duration::from_millis(50);

/// How far an update is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Files dealt with.
    pub done: usize,
    /// Files to be read in this update.
    pub total: usize,
    /// Files among those done that could not be read.
    pub failed: usize,
    /// Whether what was done has just become visible to [`Store::searcher`].
    pub committed: bool,
}

/// What an update did. Paths, in order. A file that cannot be read is among the failures
/// and nowhere else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were not in the index.
    pub new: Vec<String>,
    /// Files that were read again.
    pub changed: Vec<String>,
    /// Files that were in the index and are no more in the corpus.
    pub gone: Vec<String>,
    /// Files that are as they were.
    pub same: usize,
    /// Everything in the corpus that cannot be read, whenever that was found out.
    pub failures: Vec<Failure>,
    /// Whether it was stopped before its end; what was not reached is not listed.
    pub cancelled: bool,
    /// Whether another process is writing the index, so that nothing was done here.
    pub read_only: bool,
}

/// What is to be done.
#[derive(Default)]
struct Plan {
    /// Files to read, and whether each is known (in an older state).
    read: Vec<(Entry, bool)>,
    /// What the walk could not read, where that is news: id, stamp, failure, known before.
    failed: Vec<(String, u64, Failure, bool)>,
    /// Keys of what is no more.
    gone: Vec<u64>,
    same: usize,
}

impl Plan {
    fn is_empty(&self) -> bool {
        self.read.is_empty() && self.failed.is_empty() && self.gone.is_empty()
    }
}

/// What a reader hands to the writer.
struct Ready {
    /// Place of the file in the plan.
    at: usize,
    known: bool,
    id: String,
    failed: bool,
    documents: Vec<TantivyDocument>,
}

impl Store {
    /// Brings the index up to date with `corpus`; `watch` is told of progress and after
    /// every commit; stops soon after `cancel` is set, keeping what is done. Nothing is
    /// written, and no lock taken, when nothing has changed.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be written; what was committed stays.
    pub fn update(
        &self,
        corpus: &Corpus,
        watch: &dyn Fn(&Progress),
        cancel: &AtomicBool,
    ) -> Result<Summary, IndexError> {
        let walk = corpus.walk();
        self.mend()?;
        let known = match self.known() {
            Ok(known) => known,
            Err(_) => {
                self.damaged().store(true, Ordering::Relaxed);
                self.mend()?;
                Known::new()
            }
        };
        let nothing = plan(&walk, &known);
        if nothing.is_empty() {
            self.remove_others();
            return self.summary(nothing, Vec::new());
        }
        let mut writer: IndexWriter = match self.index().writer_with_num_threads(1, ARENA) {
            Ok(writer) => writer,
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => {
                return Ok(Summary {
                    read_only: true,
                    failures: self.failures()?,
                    ..Summary::default()
                });
            }
            Err(e) => return Err(e.into()),
        };
        let mut policy = LogMergePolicy::default();
        policy.set_max_docs_before_merge(LARGEST_MERGED);
        writer.set_merge_policy(Box::new(policy));

        // Another process may have written since: only now is it certain what is known.
        let known = self.known()?;
        let mut plan = plan(&walk, &known);
        let gone = self.paths(&plan.gone, &known)?;
        let done = self.carry_out(&plan, corpus, &mut writer, watch, cancel)?;
        let cancelled = done.contains(&false);
        writer.wait_merging_threads()?;
        if !cancelled {
            self.remove_others();
        }
        if cancelled {
            // What was not reached is no news yet.
            let mut done = done.into_iter();
            plan.read.retain(|_| done.next().unwrap_or(false));
        }
        let mut summary = self.summary(plan, gone)?;
        summary.cancelled = cancelled;
        Ok(summary)
    }

    /// Carries out a plan; tells of every file to be read whether it was.
    fn carry_out(
        &self,
        plan: &Plan,
        corpus: &Corpus,
        writer: &mut IndexWriter,
        watch: &dyn Fn(&Progress),
        cancel: &AtomicBool,
    ) -> Result<Vec<bool>, IndexError> {
        let (_, fields) = self.searcher()?;
        for &gone in &plan.gone {
            writer.delete_term(Term::from_field_text(fields.id, &hex(gone)));
        }
        for (id, stamp, failure, known) in &plan.failed {
            let doc = failure_document(&fields, id, *stamp, failure);
            add(writer, &fields, id, *known, vec![doc])?;
        }
        let mut pace = Pace::new();
        let mut progress = Progress {
            total: plan.read.len(),
            ..Progress::default()
        };
        watch(&progress);
        let mut done = vec![false; plan.read.len()];
        let stop = AtomicBool::new(false);
        let stopped = || stop.load(Ordering::Relaxed) || cancel.load(Ordering::Relaxed);
        let next = AtomicUsize::new(0);
        let readers = std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 8));
        let outcome = std::thread::scope(|scope| {
            let (send, ready) = crossbeam_channel::bounded::<Ready>(64);
            for n in 0..readers.min(plan.read.len()) {
                let (send, next, stopped) = (send.clone(), &next, &stopped);
                std::thread::Builder::new()
                    .name(format!("reader {n}"))
                    .spawn_scoped(scope, move || {
                        read_some(plan, corpus, &fields, next, &send, stopped);
                    })
                    .map_err(|e| IndexError::Io {
                        path: "thread".into(),
                        reason: e.to_string(),
                    })?;
            }
            drop(send);
            let work = || -> Result<(), IndexError> {
                for ready in &ready {
                    progress.done += 1;
                    done[ready.at] = true;
                    progress.failed += usize::from(ready.failed);
                    progress.committed = false;
                    add(writer, &fields, &ready.id, ready.known, ready.documents)?;
                    if pace.commits_now(progress.done) && progress.done < progress.total {
                        writer.commit()?;
                        pace.committed();
                        progress.committed = true;
                        watch(&progress);
                    } else if pace.beats_now() {
                        watch(&progress);
                    }
                    if cancel.load(Ordering::Relaxed) {
                        break;
                    }
                }
                Ok(())
            };
            let outcome = { work }();
            // Readers that still wait for room in the channel give up when it is gone.
            stop.store(true, Ordering::Relaxed);
            drop(ready);
            outcome
        });
        outcome?;
        writer.commit()?;
        progress.committed = true;
        watch(&progress);
        Ok(done)
    }

    fn summary(&self, plan: Plan, gone: Vec<String>) -> Result<Summary, IndexError> {
        let failures = self.failures()?;
        let failed: HashSet<&str> = failures.iter().map(|f| f.path.as_str()).collect();
        let paths = |known: bool| {
            let those = plan.read.iter().filter(|(_, k)| *k == known);
            let paths = those.map(|(entry, _)| &entry.path);
            let readable = paths.filter(|path| !failed.contains(path.as_str()));
            readable.cloned().collect()
        };
        Ok(Summary {
            new: paths(false),
            changed: paths(true),
            gone,
            same: plan.same,
            failures,
            cancelled: false,
            read_only: false,
        })
    }
}

/// Compares the corpus with what the index knows.
fn plan(walk: &crate::corpus::Walk, known: &Known) -> Plan {
    let mut plan = Plan::default();
    let mut left = known.clone();
    for entry in &walk.entries {
        match left.remove(&key(&entry.id)) {
            Some(seen) if seen.stamp == entry.stamp => plan.same += usize::from(seen.readable),
            before => plan.read.push((entry.clone(), before.is_some())),
        }
    }
    for failure in &walk.failures {
        let hash = blake3::hash(format!("failure\0{}", failure.path).as_bytes());
        let id = hash.to_hex()[..12].to_owned();
        let hash = blake3::hash(failure.reason.as_bytes());
        let stamp = key(&hash.to_hex()[..16]);
        let before = left.remove(&key(&id));
        if before.is_none_or(|seen| seen.stamp != stamp) {
            plan.failed
                .push((id, stamp, failure.clone(), before.is_some()));
        }
    }
    plan.gone = left.into_keys().collect();
    plan.gone.sort_unstable();
    plan
}

/// Reads files until there are no more.
fn read_some(
    plan: &Plan,
    corpus: &Corpus,
    fields: &Fields,
    next: &AtomicUsize,
    send: &Sender<Ready>,
    stopped: &dyn Fn() -> bool,
) {
    while !stopped() {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let Some((entry, known)) = plan.read.get(at) else {
            return;
        };
        let read = catch_unwind(AssertUnwindSafe(|| {
            let bytes = corpus.bytes(entry)?;
            // A file that changes while it is read gets a stamp that no file has, and is
            // read again next time.
            let stamp = if corpus.stamp(entry) == entry.stamp {
                entry.stamp
            } else {
                0
            };
            let reading = reading::count_entry(&bytes, entry)?;
            Ok((stamp, documents(fields, entry, stamp, &reading)))
        }));
        let reason = match read {
            Ok(Ok((_, documents))) => {
                let ready = Ready {
                    at,
                    known: *known,
                    id: entry.id.clone(),
                    failed: false,
                    documents,
                };
                if send.send(ready).is_err() {
                    return;
                }
                continue;
            }
            Ok(Err(e)) => {
                let e: crate::source::SourceError = e;
                e.to_string()
            }
            Err(_) => "internal error while reading it".to_owned(),
        };
        let stamp = if corpus.stamp(entry) == entry.stamp {
            entry.stamp
        } else {
            0
        };
        let failure = Failure {
            path: entry.path.clone(),
            reason,
        };
        let ready = Ready {
            at,
            known: *known,
            id: entry.id.clone(),
            failed: true,
            documents: vec![failure_document(fields, &entry.id, stamp, &failure)],
        };
        if send.send(ready).is_err() {
            return;
        }
    }
}

/// Adds the documents of one file in place of those it had.
fn add(
    writer: &IndexWriter,
    fields: &Fields,
    id: &str,
    known: bool,
    documents: Vec<TantivyDocument>,
) -> Result<(), IndexError> {
    let mut operations = Vec::with_capacity(documents.len() + 1);
    if known {
        operations.push(UserOperation::Delete(Term::from_field_text(fields.id, id)));
    }
    operations.extend(documents.into_iter().map(UserOperation::Add));
    writer.run(operations)?;
    Ok(())
}

/// When to commit and when to tell of progress.
struct Pace {
    start: Instant,
    next: Duration,
    first: bool,
    told: Instant,
}

impl Pace {
    fn new() -> Self {
        let now = Instant::now();
        Self {
            start: now,
            next: FIRST_TIME,
            first: true,
            told: now,
        }
    }

    fn commits_now(&self, done: usize) -> bool {
        self.start.elapsed() >= self.next || (self.first && done >= FIRST_FILES)
    }

    /// Every interval is as long as all before it together and a bit: few segments.
    fn committed(&mut self) {
        self.first = false;
        self.next = self.start.elapsed() * 5 / 2 + FIRST_TIME * 2;
    }

    fn beats_now(&mut self) -> bool {
        let beats = self.told.elapsed() >= BEAT;
        if beats {
            self.told = Instant::now();
        }
        beats
    }
}
