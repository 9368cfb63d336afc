//! The files of a corpus, read many at once, in path order, without keeping them all.

use rayon::prelude::*;

use crate::corpus::{Corpus, Entry, Failure};
use crate::reading::{self, Reading};
use crate::report::Report;
use crate::source::SourceError;

/// Files read between two writes: enough to keep every core busy, few enough to keep
/// memory flat at any size of the corpus.
const BATCH: usize = 64;

/// What is in a corpus.
pub struct Files {
    /// Where it is.
    pub corpus: Corpus,
    /// Files that can be read, in path order.
    pub entries: Vec<Entry>,
    /// Files that cannot.
    pub failures: Vec<Failure>,
}

impl Files {
    /// Looks through a corpus.
    pub fn of(corpus: Corpus) -> Self {
        let walk = corpus.walk();
        Self {
            corpus,
            entries: walk.entries,
            failures: walk.failures,
        }
    }

    /// Whether anything could be read of what was named.
    ///
    /// # Errors
    /// When every file there is has failed.
    pub fn some_read(&self) -> anyhow::Result<()> {
        let at = |e: &Entry| self.failures.binary_search_by(|f| f.path.cmp(&e.path));
        let failed = |e: &Entry| at(e).is_ok();
        if self.failures.is_empty() || !self.entries.iter().all(failed) {
            return Ok(());
        }
        anyhow::bail!("nothing of it could be read")
    }

    /// Reads one file.
    ///
    /// # Errors
    /// [`SourceError`] when no text can be had from it.
    pub fn read(&self, entry: &Entry) -> Result<Reading, SourceError> {
        let bytes = self.corpus.bytes(entry)?;
        reading::read_entry(&bytes, entry)
    }

    /// Reads one file's words.
    ///
    /// # Errors
    /// [`SourceError`] when no text can be had from it.
    pub fn report(&self, entry: &Entry) -> Result<Report, SourceError> {
        let bytes = self.corpus.bytes(entry)?;
        reading::report_entry(&bytes, entry)
    }

    /// Reads all files, makes something of each on the same thread, and hands the results
    /// on in path order. What cannot be read joins the failures. `watch` hears how many of
    /// how many files are done.
    ///
    /// # Errors
    /// The first error of `take`.
    pub fn for_each<T: Send>(
        &mut self,
        make: impl Fn(&Entry, Reading) -> T + Sync,
        take: impl FnMut(T) -> anyhow::Result<()>,
        watch: &dyn Fn(usize, usize),
    ) -> anyhow::Result<()> {
        self.for_each_as(Self::read, make, take, watch)
    }

    /// As [`Self::for_each`], for those who look at open findings only.
    ///
    /// # Errors
    /// The first error of `take`.
    pub fn for_each_open<T: Send>(
        &mut self,
        make: impl Fn(&Entry, Reading) -> T + Sync,
        take: impl FnMut(T) -> anyhow::Result<()>,
        watch: &dyn Fn(usize, usize),
    ) -> anyhow::Result<()> {
        let read = |files: &Self, entry: &Entry| {
            let bytes = files.corpus.bytes(entry)?;
            reading::open_entry(&bytes, entry)
        };
        self.for_each_as(read, make, take, watch)
    }

    /// As [`Self::for_each`], for those who want no figures and findings.
    ///
    /// # Errors
    /// The first error of `take`.
    pub fn for_each_report<T: Send>(
        &mut self,
        make: impl Fn(&Entry, Report) -> T + Sync,
        take: impl FnMut(T) -> anyhow::Result<()>,
        watch: &dyn Fn(usize, usize),
    ) -> anyhow::Result<()> {
        self.for_each_as(Self::report, make, take, watch)
    }

    fn for_each_as<R, T: Send>(
        &mut self,
        read: impl Fn(&Self, &Entry) -> Result<R, SourceError> + Sync,
        make: impl Fn(&Entry, R) -> T + Sync,
        mut take: impl FnMut(T) -> anyhow::Result<()>,
        watch: &dyn Fn(usize, usize),
    ) -> anyhow::Result<()> {
        let mut failures = Vec::new();
        let mut done = 0;
        for batch in self.entries.chunks(BATCH) {
            let made: Vec<_> = batch
                .par_iter()
                .map(|entry| read(self, entry).map(|reading| make(entry, reading)))
                .collect();
            for (entry, result) in batch.iter().zip(made) {
                match result {
                    Ok(item) => take(item)?,
                    Err(error) => failures.push(Failure {
                        path: entry.path.clone(),
                        reason: error.to_string(),
                    }),
                }
            }
            done += batch.len();
            watch(done, self.entries.len());
        }
        self.failures.extend(failures);
        self.failures.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(())
    }
}
