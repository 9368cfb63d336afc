//! What the index knows already: stamps of files, failures, and where their documents are.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocSet, Searcher, TERMINATED, TantivyDocument, TantivyError, Term};

use super::IndexError;
use super::schema::{FAILURE, Fields, REPORT};
use super::store::Store;
use crate::corpus::Failure;

/// What the index knows of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Its stamp when it was read.
    pub stamp: u64,
    /// Whether it could be read.
    pub readable: bool,
    /// Where its document is.
    at: tantivy::DocAddress,
}

/// What the index knows of all files.
pub(super) type Known = HashMap<u64, Seen>;

impl Store {
    /// All that could not be read, in the order of paths.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be read.
    pub fn failures(&self) -> Result<Vec<Failure>, IndexError> {
        let (searcher, fields) = self.searcher()?;
        failures(&searcher, &fields)
    }

    /// What the index knows.
    pub(super) fn known(&self) -> Result<Known, IndexError> {
        let (searcher, fields) = self.searcher()?;
        // A damaged file can make the engine panic rather than fail.
        catch_unwind(AssertUnwindSafe(|| known(&searcher, &fields)))
            .unwrap_or_else(|_| Err(IndexError::Damaged("its columns cannot be read".into())))
    }

    /// Paths of documents that are known by their keys.
    pub(super) fn paths(&self, keys: &[u64], known: &Known) -> Result<Vec<String>, IndexError> {
        let (searcher, fields) = self.searcher()?;
        let mut paths = Vec::with_capacity(keys.len());
        for key in keys {
            let Some(seen) = known.get(key) else {
                continue;
            };
            let card = card(&searcher, &fields, seen.at)?;
            if let Some(path) = card.get("path").and_then(|p| p.as_str()) {
                paths.push(path.to_owned());
            }
        }
        paths.sort();
        Ok(paths)
    }
}

/// Reports and failures of the index.
fn known(searcher: &Searcher, fields: &Fields) -> Result<Known, IndexError> {
    let mut known = Known::new();
    for (ord, segment) in searcher.segment_readers().iter().enumerate() {
        let columns = segment.fast_fields();
        let (Some(keys), Some(stamps)) = (
            columns.column_opt::<u64>("key")?,
            columns.column_opt::<u64>("stamp")?,
        ) else {
            continue;
        };
        for sort in [REPORT, FAILURE] {
            for doc in of_sort(segment, fields, sort)? {
                if segment.is_deleted(doc) {
                    continue;
                }
                if let (Some(key), Some(stamp)) = (keys.first(doc), stamps.first(doc)) {
                    let seen = Seen {
                        stamp,
                        readable: sort == REPORT,
                        at: tantivy::DocAddress::new(ord as u32, doc),
                    };
                    known.insert(key, seen);
                }
            }
        }
    }
    Ok(known)
}

/// Numbers of the documents of a kind, deleted ones too, in order.
///
/// # Errors
/// [`IndexError`] when the segment cannot be read.
pub fn of_sort(
    segment: &tantivy::SegmentReader,
    fields: &Fields,
    sort: u64,
) -> Result<Vec<u32>, IndexError> {
    let index = segment.inverted_index(fields.sort)?;
    let term = Term::from_field_u64(fields.sort, sort);
    let mut docs = Vec::new();
    if let Some(mut postings) = index
        .read_postings(&term, IndexRecordOption::Basic)
        .map_err(TantivyError::from)?
    {
        docs.reserve(postings.size_hint() as usize);
        while postings.doc() != TERMINATED {
            docs.push(postings.doc());
            postings.advance();
        }
    }
    Ok(docs)
}

/// All failures that the index knows, in the order of paths.
///
/// # Errors
/// [`IndexError`] when it cannot be read.
pub fn failures(searcher: &Searcher, fields: &Fields) -> Result<Vec<Failure>, IndexError> {
    let mut all = Vec::new();
    for (ord, segment) in searcher.segment_readers().iter().enumerate() {
        for doc in of_sort(segment, fields, FAILURE)? {
            if segment.is_deleted(doc) {
                continue;
            }
            let card = card(searcher, fields, tantivy::DocAddress::new(ord as u32, doc))?;
            if let Ok(failure) = serde_json::from_value::<Failure>(card) {
                all.push(failure);
            }
        }
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(all)
}

fn card(
    searcher: &Searcher,
    fields: &Fields,
    address: tantivy::DocAddress,
) -> Result<serde_json::Value, IndexError> {
    let doc: TantivyDocument = searcher.doc(address)?;
    let text = doc.get_first(fields.card).and_then(|v| v.as_str());
    let text = text.ok_or_else(|| IndexError::Damaged("a document without card".into()))?;
    serde_json::from_str(text).map_err(|e| IndexError::Damaged(e.to_string()))
}

/// A key as the id it came from.
pub(super) fn hex(key: u64) -> String {
    format!("{key:012x}")
}
