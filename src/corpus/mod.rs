//! Which files there are: folders read recursively, single files, or the embedded samples;
//! each with a stable id and a stamp that tells whether it has changed.

use std::path::PathBuf;

use crate::source::{Format, SourceError};

/// Folders and files that are read together.
#[derive(Debug, Clone)]
pub struct Corpus {
    roots: Vec<Root>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// A folder, read recursively.
    Folder(PathBuf),
    /// A single file.
    File(PathBuf),
    /// The reports embedded in the program.
    Samples,
}

/// A file of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Stable across runs and machines for the same path below the corpus root.
    pub id: String,
    /// Path relative to the root, with `/` (root's name first when there are several).
    pub path: String,
    /// By its name.
    pub format: Format,
    /// Where its bytes are; none for an embedded sample.
    pub file: Option<PathBuf>,
    /// Changes when the file does: size, times, inode.
    pub stamp: u64,
}

/// A file that is not in the index, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Failure {
    /// Path relative to the root.
    pub path: String,
    /// One line.
    pub reason: String,
}

impl Corpus {
    /// The embedded samples.
    pub fn samples() -> Self {
        Self {
            roots: vec![Root::Samples],
        }
    }

    /// What is read together.
    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// The bytes of one file.
    ///
    /// # Errors
    /// [`SourceError::Io`] when it cannot be read, [`SourceError::TooLarge`] before reading it.
    pub fn bytes(&self, entry: &Entry) -> Result<Vec<u8>, SourceError> {
        match &entry.file {
            Some(file) => std::fs::read(file).map_err(|e| SourceError::Io(e.to_string())),
            None => Err(SourceError::Io("no such sample".into())),
        }
    }
}
