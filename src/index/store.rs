//! Where the index lies, whether it is ours, and what to do when it is not.
//!
//! ```text
//! <cache>/<key of the corpus>/            one folder per corpus
//!     lock                                held while folders are made or removed
//!     <version>-<n>/                      a tantivy index
//!         gongkai.json                    who made it, for people and for the check
//! ```
//!
//! The version is a hash of schema, tantivy's version and everything that decides what is
//! read out of a report. An index of another version, or one that does not open, is left
//! aside: a new folder is filled beside it, and the old one is removed once that is complete.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{Index, IndexReader, IndexSettings, ReloadPolicy, Searcher};

use super::IndexError;
use super::schema::{Fields, PAIRS, schema};
use super::tokenizer::Pairs;
use crate::corpus::Corpus;
use crate::figure::catalogue::Catalogue;

/// What this program's index is called; another name means it was made by other rules.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("GONGKAI_RULES").as_bytes());
    hasher.update(Catalogue::overlay_text().as_bytes());
    hasher.update(tantivy::version_string().as_bytes());
    if let Ok(schema) = serde_json::to_string(&schema().0) {
        hasher.update(schema.as_bytes());
    }
    hasher.finalize().to_hex()[..12].to_owned()
});

/// Version of the index that this program makes: twelve hexadecimal digits.
pub fn version() -> &'static str {
    &VERSION
}

/// What is written beside an index.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Manifest {
    version: String,
    program: String,
    tantivy: String,
    corpus: Vec<String>,
}

const MANIFEST: &str = "gongkai.json";

/// One corpus's index directory.
pub struct Store {
    open: Mutex<Open>,
    /// The folder of this corpus below the cache directory, unless in memory.
    home: Option<PathBuf>,
    /// Why the index is in memory only.
    in_memory: Option<String>,
    manifest: Manifest,
    /// Set by whoever meets something unreadable in the index.
    damaged: Arc<AtomicBool>,
}

#[derive(Clone)]
struct Open {
    index: Index,
    reader: IndexReader,
    path: Option<PathBuf>,
}

impl Store {
    /// Opens (or makes) the index of `corpus` below `dir`, a cache directory; without one,
    /// or where the folder cannot be written, an index in memory ([`Store::in_memory`] says
    /// why).
    ///
    /// # Errors
    /// [`IndexError`] when not even memory will do.
    pub fn open(corpus: &Corpus, dir: Option<&Path>) -> Result<Self, IndexError> {
        let manifest = Manifest {
            version: version().to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            tantivy: tantivy::version_string().to_owned(),
            corpus: corpus.roots().iter().map(described).collect(),
        };
        let home = dir.map(|dir| dir.join(corpus.key()));
        let reason = match &home {
            None => "no folder for the index was given".to_owned(),
            Some(home) => match open_below(home, &manifest, None) {
                Ok(open) => {
                    return Ok(Self {
                        open: Mutex::new(open),
                        home: Some(home.clone()),
                        in_memory: None,
                        manifest,
                        damaged: Arc::default(),
                    });
                }
                Err(e) => e.to_string(),
            },
        };
        let (schema, _) = schema();
        let index = Index::builder()
            .schema(schema)
            .settings(settings())
            .create_in_ram()?;
        Ok(Self {
            open: Mutex::new(prepared(index, None)?),
            home: None,
            in_memory: Some(reason),
            manifest,
            damaged: Arc::default(),
        })
    }

    /// Why the index is in memory only, if it is: it has to be made again at the next start.
    pub fn in_memory(&self) -> Option<&str> {
        self.in_memory.as_deref()
    }

    /// The folder that the index lies in.
    pub fn path(&self) -> Option<PathBuf> {
        self.current().path.clone()
    }

    /// The index as it was last committed, by whomever, and its fields. Cheap when nothing
    /// has changed.
    ///
    /// # Errors
    /// [`IndexError`] when it cannot be read.
    pub fn searcher(&self) -> Result<(Searcher, Fields), IndexError> {
        let reader = self.current().reader.clone();
        if let Err(e) = reader.reload() {
            // Another process may have removed the folder: what was open stays readable.
            if reader.searcher().num_docs() == 0 {
                self.damaged.store(true, Ordering::Relaxed);
                return Err(e.into());
            }
        }
        Ok((reader.searcher(), schema().1))
    }

    /// Whether another process, or another store of this one, is writing the index now.
    pub fn is_written_elsewhere(&self) -> bool {
        let directory = self.index().directory().clone();
        matches!(
            directory.acquire_lock(&INDEX_WRITER_LOCK),
            Err(LockError::LockBusy)
        )
    }

    /// A number that grows with every commit, by whomever.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be read.
    pub fn age(&self) -> Result<u64, IndexError> {
        Ok(self.index().load_metas()?.opstamp)
    }

    /// A flag to set when something in the index turns out to be unreadable: the next
    /// update then rebuilds it.
    pub fn damaged(&self) -> Arc<AtomicBool> {
        self.damaged.clone()
    }

    /// The index to write to.
    pub(super) fn index(&self) -> Index {
        self.current().index.clone()
    }

    /// Begins a new index if anybody met damage in this one.
    pub(super) fn mend(&self) -> Result<(), IndexError> {
        if self.damaged.swap(false, Ordering::Relaxed) {
            self.replace()?;
        }
        Ok(())
    }

    /// Begins a new index beside a damaged one.
    fn replace(&self) -> Result<(), IndexError> {
        let fresh = match &self.home {
            Some(home) => {
                let bad = self.current().path.clone();
                open_below(home, &self.manifest, bad.as_deref())?
            }
            None => {
                let (schema, _) = schema();
                let builder = Index::builder().schema(schema).settings(settings());
                prepared(builder.create_in_ram()?, None)?
            }
        };
        *self.current() = fresh;
        Ok(())
    }

    /// Removes every other index of this corpus: ours is complete.
    pub(super) fn remove_others(&self) {
        let (Some(home), Some(ours)) = (&self.home, self.path()) else {
            return;
        };
        if folders(home).iter().all(|folder| *folder == ours) {
            return;
        }
        let Ok(_lock) = locked(home) else { return };
        for folder in folders(home) {
            if folder != ours {
                // What cannot be removed now is removed some other time.
                let _ = fs::remove_dir_all(folder);
            }
        }
    }

    fn current(&self) -> MutexGuard<'_, Open> {
        // The lock guards a plain assignment: nothing can be half done after a panic.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens the newest sound index of our version in `home`, or makes one. `bad` is not sound.
fn open_below(home: &Path, manifest: &Manifest, bad: Option<&Path>) -> Result<Open, IndexError> {
    let _lock = locked(home)?;
    let ours = |path: &PathBuf| number(path, &manifest.version);
    let mut known: Vec<(u32, PathBuf)> = folders(home)
        .into_iter()
        .filter_map(|path| ours(&path).map(|n| (n, path)))
        .collect();
    known.sort();
    if let Some((_, path)) = known.last()
        && Some(path.as_path()) != bad
        && let Some(open) = reopened(path, manifest)
    {
        return Ok(open);
    }
    let n = known.last().map_or(0, |(n, _)| n + 1);
    let path = home.join(format!("{}-{n}", manifest.version));
    fs::create_dir_all(&path).map_err(|e| io(&path, &e))?;
    let (schema, _) = schema();
    let index = Index::builder()
        .schema(schema)
        .settings(settings())
        .create_in_dir(&path)?;
    // Last, so that a folder with it is whole.
    let text =
        serde_json::to_string_pretty(manifest).map_err(|e| IndexError::Damaged(e.to_string()))?;
    let file = path.join(MANIFEST);
    fs::write(&file, text).map_err(|e| io(&file, &e))?;
    prepared(index, Some(path))
}

/// An index that is there and sound as far as opening tells.
fn reopened(path: &Path, manifest: &Manifest) -> Option<Open> {
    let text = fs::read(path.join(MANIFEST)).ok()?;
    let found: Manifest = serde_json::from_slice(&text).ok()?;
    if found.version != manifest.version {
        return None;
    }
    // A damaged file can make the engine panic rather than fail.
    std::panic::catch_unwind(|| {
        let directory = MmapDirectory::open(path).ok()?;
        let index = Index::open(directory).ok()?;
        if index.schema() != schema().0 {
            return None;
        }
        prepared(index, Some(path.to_owned())).ok()
    })
    .ok()
    .flatten()
}

fn prepared(mut index: Index, path: Option<PathBuf>) -> Result<Open, IndexError> {
    // Segments are searched side by side: the densest phrases take as long as they have hits.
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(4));
    if threads > 1 {
        index.set_multithread_executor(threads)?;
    }
    index.tokenizers().register(PAIRS, Pairs::default());
    let reader = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()?;
    Ok(Open {
        index,
        reader,
        path,
    })
}

/// How the engine keeps what it stores.
pub fn settings() -> IndexSettings {
    IndexSettings {
        // A thread more for packing text away costs more than it saves on two cores.
        docstore_compress_dedicated_thread: false,
        // Four times the usual: a sixth less on the disk, and a page of hits is read as fast.
        docstore_blocksize: 64 << 10,
        ..IndexSettings::default()
    }
}

/// Holds the lock of a corpus's folder, which it makes when it is missing.
fn locked(home: &Path) -> Result<File, IndexError> {
    fs::create_dir_all(home).map_err(|e| io(home, &e))?;
    let path = home.join("lock");
    let file = File::options()
        .create(true)
        .write(true)
        .truncate(false)
        .open(&path)
        .map_err(|e| io(&path, &e))?;
    file.lock().map_err(|e| io(&path, &e))?;
    Ok(file)
}

fn folders(home: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(home) else {
        return Vec::new();
    };
    let folders = entries.flatten().map(|e| e.path());
    folders.filter(|path| path.is_dir()).collect()
}

/// The number of a folder of the given version.
fn number(path: &Path, version: &str) -> Option<u32> {
    let name = path.file_name()?.to_str()?;
    let (v, n) = name.split_once('-')?;
    (v == version).then(|| n.parse().ok())?
}

fn described(root: &crate::corpus::Root) -> String {
    match root {
        crate::corpus::Root::Samples => "samples".to_owned(),
        crate::corpus::Root::Folder(p) | crate::corpus::Root::File(p) => {
            p.to_string_lossy().into_owned()
        }
    }
}

fn io(path: &Path, error: &std::io::Error) -> IndexError {
    IndexError::Io {
        path: path.display().to_string(),
        reason: error.to_string(),
    }
}
