//! Reading many files at once, in path order, without keeping them all.

use rayon::prelude::*;

use crate::corpus::{Entry, Failure};
use crate::reading::{self, Reading};
use crate::source::SourceError;

/// Files read between two writes: enough to keep every core busy, few enough to keep
/// memory flat at any size of the corpus.
const BATCH: usize = 64;

/// Reads `entries` in parallel, makes something of each reading on the same thread, and
/// hands the results on in path order. What cannot be read comes back as failures.
///
/// # Errors
/// The first error of `take`.
pub fn for_each<T: Send>(
    entries: &[Entry],
    make: impl Fn(&Entry, Reading) -> T + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<Vec<Failure>> {
    let mut failures = Vec::new();
    for batch in entries.chunks(BATCH) {
        let made: Vec<_> = batch
            .par_iter()
            .map(|entry| read(entry).map(|reading| make(entry, reading)))
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
    }
    Ok(failures)
}

/// Reads one file.
///
/// # Errors
/// [`SourceError`] when no text can be had from it.
pub fn read(entry: &Entry) -> Result<Reading, SourceError> {
    let io = |e: std::io::Error| SourceError::Io(e.to_string());
    let Some(file) = &entry.file else {
        return Err(SourceError::Io("no such sample".into()));
    };
    if std::fs::metadata(file).map_err(io)?.len() > crate::source::MAX_BYTES {
        return Err(SourceError::TooLarge);
    }
    let bytes = std::fs::read(file).map_err(io)?;
    reading::read(&bytes, &entry.path, entry.format)
}
