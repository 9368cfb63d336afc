//! Which files there are: folders read recursively, single files, or the embedded samples;
//! each with a stable id and a stamp that tells whether it has changed. First room of the
//! house: everything that is read later was found here.

mod archive;
mod review;
mod samples;
mod sidecar;
mod walk;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::source::{Format, MAX_BYTES, SourceError};

use review::ByFile;
pub use review::{Dismissed, Review, Reviews, Verdict, with_values};
pub use sidecar::{Broken, NAME as SIDECAR, Override, SaidKind, Sidecar, SidecarError};
pub use walk::Walk;

/// Why there is nothing to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorpusError {
    /// The folder or file is not there.
    #[error("no such file or folder: {0}")]
    Missing(String),
    /// It is there but cannot be looked at.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// As given.
        path: String,
        /// The operating system's words.
        reason: String,
    },
}

/// Folders and files that are read together.
#[derive(Debug, Clone)]
pub struct Corpus {
    roots: Vec<Root>,
    /// Where corrections lie that cannot lie beside the corpus.
    state: Option<PathBuf>,
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
    /// Stable across runs and machines for the same path below the corpus root: twelve
    /// hexadecimal digits.
    pub id: String,
    /// Path relative to the root, with `/` (root's name first when there are several).
    /// Fit for the screen: what is no text in the name is U+FFFD here.
    pub path: String,
    /// By its name.
    pub format: Format,
    /// Where its bytes are, or the archive that holds them; none for an embedded sample.
    pub file: Option<PathBuf>,
    /// In an archive: the names that lead to it, as the archives write them. Empty for a
    /// file by itself.
    pub member: Vec<Vec<u8>>,
    /// Changes when the file does (size, times, inode) or what a person says of it. Never 0.
    pub stamp: u64,
    /// What a person says of it.
    pub said: Option<Arc<Override>>,
    /// What a person has dismissed in it.
    pub dismissed: Option<Arc<Dismissed>>,
}

impl Entry {
    /// The file, where a text editor can open it: none in an archive, and none that is
    /// no text itself.
    pub fn editable(&self) -> Option<&Path> {
        let text = !matches!(self.format, Format::Docx | Format::Pdf);
        let own = self.member.is_empty() && text;
        self.file.as_deref().filter(|_| own)
    }

    fn with(mut self, sidecar: &Sidecar, dismissed: Option<&ByFile>) -> Self {
        self.said = sidecar.of(&self.path).filter(|s| !s.is_empty()).cloned();
        self.dismissed = dismissed.and_then(|d| d.get(&self.path));
        self.stamp = self.stamped(self.stamp);
        self
    }

    /// The stamp of a file together with that of what is said of it.
    fn stamped(&self, file: u64) -> u64 {
        let said = self.said.as_ref().map(|s| s.stamp());
        let dismissed = self.dismissed.as_ref().map(|d| d.stamp);
        let stamps = said.into_iter().chain(dismissed.filter(|s| *s != 0));
        match file {
            0 => 0,
            file => stamps.fold(file, |all, own| (all.rotate_left(17) ^ own).max(1)),
        }
    }
}

/// A file that is not in the index, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Failure {
    /// Path relative to the root.
    pub path: String,
    /// One line.
    pub reason: String,
}

/// The id of the file at `path`, as [`Entry::path`] gives it.
pub fn id_of(path: &str) -> String {
    walk::id(path.as_bytes())
}

impl Corpus {
    /// The embedded samples.
    pub fn samples() -> Self {
        Self {
            roots: vec![Root::Samples],
            state: None,
        }
    }

    /// Folders and files; without any, the embedded samples. One given twice counts once.
    ///
    /// # Errors
    /// [`CorpusError`] naming the first one that is not there or cannot be looked at.
    pub fn open<P: AsRef<Path>>(paths: &[P]) -> Result<Self, CorpusError> {
        let mut roots = Vec::new();
        for path in paths {
            let path = path.as_ref();
            let shown = shown(&path.to_string_lossy());
            let unreadable = |e: std::io::Error| match e.kind() {
                std::io::ErrorKind::NotFound => CorpusError::Missing(shown.clone()),
                _ => CorpusError::Unreadable {
                    path: shown.clone(),
                    reason: e.to_string(),
                },
            };
            let data = std::fs::metadata(path).map_err(unreadable)?;
            let full = std::fs::canonicalize(path).map_err(unreadable)?;
            let root = if data.is_dir() {
                std::fs::read_dir(&full).map_err(unreadable)?;
                Root::Folder(full)
            } else {
                Root::File(full)
            };
            if !roots.contains(&root) {
                roots.push(root);
            }
        }
        if roots.is_empty() {
            return Ok(Self::samples());
        }
        Ok(Self { roots, state: None })
    }

    /// The same corpus, with corrections that cannot lie beside it (samples, single files,
    /// several roots, a folder that is read-only) in a file of the folder `state`.
    pub fn keeping(mut self, state: PathBuf) -> Self {
        self.state = Some(state);
        self
    }

    /// What is read together.
    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// Names this corpus among others on this machine: sixteen hexadecimal digits.
    pub fn key(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for root in &self.roots {
            match root {
                Root::Folder(p) | Root::File(p) => hasher.update(p.as_os_str().as_encoded_bytes()),
                Root::Samples => hasher.update(b"(samples)"),
            };
            hasher.update(b"\0");
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }

    /// What a person calls this corpus: the name of its folder or file, `samples`, or the
    /// first name and how many more.
    pub fn name(&self) -> String {
        let first = self.roots.first().map_or_else(String::new, Root::name);
        match self.roots.len() {
            0 | 1 => first,
            n => format!("{first} +{}", n - 1),
        }
    }

    /// All its files, in the order of their paths, and what cannot be read.
    pub fn walk(&self) -> Walk {
        let mut walk = walk::walk(&self.roots);
        let (sidecar, reviews) = (self.sidecar(), self.reviews());
        let is_there = |path: &str| walk.entries.iter().any(|e| e.path == path);
        let dismissed = ByFile::of(&reviews, is_there);
        if sidecar.reports().next().is_some() || dismissed.is_some() {
            let entries = std::mem::take(&mut walk.entries).into_iter();
            let with = |entry: Entry| entry.with(&sidecar, dismissed.as_ref());
            walk.entries = entries.map(with).collect();
        }
        walk
    }

    /// What people say of its files, as `gongkai.toml` has it now.
    pub fn sidecar(&self) -> Sidecar {
        Sidecar::read(&self.sidecar_files())
    }

    /// The files that corrections may lie in, each with what stands before its paths; the
    /// last one wins.
    pub fn sidecar_files(&self) -> Vec<(PathBuf, String)> {
        let beside = self.roots.iter().zip(walk::prefixes(&self.roots));
        let beside = beside.filter_map(|(root, prefix)| match root {
            Root::Folder(folder) => Some((folder.join(SIDECAR), prefix)),
            Root::File(_) | Root::Samples => None,
        });
        beside
            .chain(self.state_file().map(|file| (file, String::new())))
            .collect()
    }

    fn state_file(&self) -> Option<PathBuf> {
        let state = self.state.as_ref()?;
        Some(state.join(format!("{}.toml", self.key())))
    }

    /// Changes the corpus's `gongkai.toml`, or where that cannot be written, its file in
    /// the state directory. Returns the file.
    ///
    /// # Errors
    /// [`SidecarError`] when neither can be.
    pub fn edit_sidecar(
        &self,
        change: impl Fn(&mut toml_edit::DocumentMut),
    ) -> Result<PathBuf, SidecarError> {
        if let [Root::Folder(folder)] = self.roots.as_slice() {
            let file = folder.join(SIDECAR);
            match Sidecar::edit(&file, &change) {
                Ok(()) => return Ok(file),
                Err(e @ SidecarError::Broken { .. }) => return Err(e),
                Err(e) if self.state.is_none() => return Err(e),
                Err(_) => {}
            }
        }
        let file = self.state_file().ok_or(SidecarError::Nowhere)?;
        Sidecar::edit(&file, change)?;
        Ok(file)
    }

    /// Writes down what a person says of the file at `path` ([`Entry::path`]), in place of
    /// all that was said of it before ([`Entry::said`]); an empty [`Override`] takes it
    /// back. The next update of the index reads the file again. Returns the file written.
    ///
    /// # Errors
    /// As [`Corpus::edit_sidecar`].
    pub fn correct(&self, path: &str, said: &Override) -> Result<PathBuf, SidecarError> {
        let written = self.edit_sidecar(|document| Sidecar::say(document, path, said))?;
        // What was said in the state directory would win over it.
        if let Some(state) = self.state_file().filter(|s| *s != written)
            && state.exists()
        {
            Sidecar::edit(&state, |document| {
                Sidecar::say(document, path, &Override::default());
            })?;
        }
        Ok(written)
    }

    /// The file named `id`. Walks the corpus: use [`Corpus::entry_at`] where the path is known.
    pub fn entry(&self, id: &str) -> Option<Entry> {
        self.walk().entries.into_iter().find(|e| e.id == id)
    }

    /// The file at `path`, as [`Entry::path`] gives it, in its present state.
    pub fn entry_at(&self, path: &str) -> Option<Entry> {
        walk::entry_at(&self.roots, path)
            .map(|entry| {
                let dismissed = ByFile::of(&self.reviews(), |p| p == path);
                entry.with(&self.sidecar(), dismissed.as_ref())
            })
            .or_else(|| self.walk().entries.into_iter().find(|e| e.path == path))
    }

    /// The bytes of one file.
    ///
    /// # Errors
    /// [`SourceError::Io`] when it cannot be read, [`SourceError::TooLarge`] before reading it.
    pub fn bytes(&self, entry: &Entry) -> Result<Vec<u8>, SourceError> {
        let io = |e: std::io::Error| SourceError::Io(reason(&e));
        let Some(file) = &entry.file else {
            let name = entry.path.strip_prefix("samples/").unwrap_or(&entry.path);
            return samples::bytes(name)
                .or_else(|| samples::bytes(&entry.path))
                .map(<[u8]>::to_vec)
                .ok_or_else(|| SourceError::Io("no such sample".into()));
        };
        let data = std::fs::metadata(file).map_err(io)?;
        if !data.is_file() {
            return Err(SourceError::Io("not a regular file".into()));
        }
        if !entry.member.is_empty() {
            return archive::bytes(file, &entry.member);
        }
        if data.len() > MAX_BYTES {
            return Err(SourceError::TooLarge);
        }
        // It may grow while it is read.
        let mut bytes = Vec::with_capacity(data.len() as usize);
        let file = std::fs::File::open(file).map_err(io)?;
        file.take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(io)?;
        Ok(bytes)
    }

    /// The stamp that the file has now; 0 when it cannot be had.
    pub fn stamp(&self, entry: &Entry) -> u64 {
        match &entry.file {
            None => entry.stamp,
            Some(file) => {
                std::fs::metadata(file).map_or(0, |data| entry.stamped(walk::stamp(&data)))
            }
        }
    }
}

impl Root {
    /// The last part of its path, or `samples`.
    pub fn name(&self) -> String {
        match self {
            Self::Samples => "samples".to_owned(),
            Self::Folder(path) | Self::File(path) => path.file_name().map_or_else(
                || shown(&path.to_string_lossy()),
                |name| shown(&name.to_string_lossy()),
            ),
        }
    }
}

/// A name as it may reach a screen: without control, direction and invisible characters.
fn shown(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            c if c.is_control() => '\u{fffd}',
            '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// An input or output error in one line without the number that Rust puts behind it.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "file not found".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => {
            let text = error.to_string();
            match text.find(" (os error") {
                Some(at) => text[..at].to_owned(),
                None => text,
            }
        }
    }
}
