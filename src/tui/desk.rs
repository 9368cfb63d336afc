//! Reports as the screen asks for them: [`Corpus`] as a [`Desk`], or a fake in tests.

use std::sync::Arc;

use super::action::Doc;
use crate::corpus::{Corpus, Override, Review, Reviews};
use crate::reading;

/// Where reports come from.
pub trait Desk: Send + Sync {
    /// Reads a report anew.
    ///
    /// # Errors
    /// Why it cannot be read, in words for a person.
    fn read(&self, id: &str) -> Result<Arc<Doc>, String>;
    /// Writes down what a person says of the file at `path`; gives the place where.
    ///
    /// # Errors
    /// Why it cannot be written, in words for a person.
    fn correct(&self, path: &str, said: &Override) -> Result<String, String>;
    /// What people say of findings.
    fn reviews(&self) -> Reviews;
    /// Writes down what a person says of a finding; gives the place where.
    ///
    /// # Errors
    /// Why it cannot be written, in words for a person.
    fn review(&self, fingerprint: &str, review: Option<&Review>) -> Result<String, String>;
}

impl Desk for Corpus {
    fn read(&self, id: &str) -> Result<Arc<Doc>, String> {
        let entry = self
            .entry(id)
            .ok_or_else(|| "no such file any more".to_owned())?;
        let bytes = self.bytes(&entry);
        let reading = bytes.and_then(|bytes| reading::read_entry(&bytes, &entry));
        let reading = reading.map_err(|e| format!("{}: {e}", entry.path))?;
        Ok(Arc::new(Doc {
            file: entry.editable().map(ToOwned::to_owned),
            id: entry.id,
            path: entry.path,
            said: entry.said.map(|said| (*said).clone()),
            reading,
        }))
    }

    fn correct(&self, path: &str, said: &Override) -> Result<String, String> {
        let written = Self::correct(self, path, said);
        written.map_or_else(|e| Err(e.to_string()), |p| Ok(p.display().to_string()))
    }

    fn reviews(&self) -> Reviews {
        Self::reviews(self)
    }

    fn review(&self, fingerprint: &str, review: Option<&Review>) -> Result<String, String> {
        let written = Self::review(self, fingerprint, review);
        written.map_or_else(|e| Err(e.to_string()), |p| Ok(p.display().to_string()))
    }
}
