//! `gongkai.toml`: what a person says of the files of a corpus, beside the corpus or, where
//! nothing may be written there, in the state directory. The only file that is ever
//! written into a corpus, and only on request; the person's own comments survive it.
//!
//! ```toml
//! [report."guangdong/liwan-2008.html"]   # the path below the folder
//! year = 2008
//! region = "广州市荔湾区"                  # or its code, "440103"
//! agency = ""                            # a department; "" is the government itself
//! kind = "report"                        # or "other"
//! title = "…"
//! principal = true                       # it stands for all files of its body and year
//! ```
//!
//! Other tables of the file belong to others: [`Sidecar::edit`] is how they are written.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use toml_edit::{DocumentMut, Item, Table};

/// Name of the file beside the corpus.
pub const NAME: &str = "gongkai.toml";
/// Larger files are no work of a person.
const MOST_BYTES: u64 = 16 << 20;

/// What a person says of one file. What is not said is read from the file itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The year reported on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Six digits, or names from the outermost needed down to the region's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The department; empty for a government itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// Whether it is a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<SaidKind>,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whether it stands for all files of its body and year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<bool>,
}

/// What a file is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SaidKind {
    /// An annual report.
    Report,
    /// Some other document.
    Other,
}

impl Override {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// A number that changes with what is said; 0 when nothing is.
    pub fn stamp(&self) -> u64 {
        if self.is_empty() {
            return 0;
        }
        let said = serde_json::to_vec(self).unwrap_or_default();
        let hash = blake3::hash(&said);
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&hash.as_bytes()[..8]);
        u64::from_le_bytes(bytes)
    }
}

/// A part of the file that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The file.
    pub file: PathBuf,
    /// Path of the report that the entry is about; empty when the whole file is broken.
    pub entry: String,
    /// One line.
    pub reason: String,
}

/// Why it could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SidecarError {
    /// Nowhere to write: the folder is read-only and there is no state directory.
    #[error("nowhere to write corrections to")]
    Nowhere,
    /// The file that is there is no TOML; it is left as it is.
    #[error("{path} is not valid: {reason}")]
    Broken {
        /// The file.
        path: String,
        /// One line.
        reason: String,
    },
    /// The operating system's words.
    #[error("cannot write {path}: {reason}")]
    Io {
        /// The file.
        path: String,
        /// One line.
        reason: String,
    },
}

/// The files of corrections of one corpus, and what they say.
#[derive(Debug, Clone, Default)]
pub struct Sidecar {
    /// By path as [`super::Entry::path`] gives it.
    reports: BTreeMap<String, Arc<Override>>,
    /// What cannot be understood.
    broken: Vec<Broken>,
}

impl Sidecar {
    /// Reads the files named, each with what stands before its paths; a later file wins
    /// over an earlier one. Files that are not there say nothing.
    pub fn read(files: &[(PathBuf, String)]) -> Self {
        let mut sidecar = Self::default();
        for (file, prefix) in files {
            sidecar.take(file, prefix);
        }
        sidecar
    }

    fn take(&mut self, file: &Path, prefix: &str) {
        let mut broken = |entry: &str, reason: String| {
            self.broken.push(Broken {
                file: file.to_owned(),
                entry: entry.to_owned(),
                reason: reason.lines().next().unwrap_or_default().to_owned(),
            });
        };
        let text = match text_of(file) {
            Ok(Some(text)) => text,
            Ok(None) => return,
            Err(reason) => return broken("", reason),
        };
        let table: toml::Table = match toml::from_str(&text) {
            Ok(table) => table,
            Err(e) => return broken("", one_line(&e.to_string())),
        };
        let Some(reports) = table.get("report") else {
            return;
        };
        let Some(reports) = reports.as_table() else {
            return broken("", "`report` is not a table".to_owned());
        };
        for (path, said) in reports {
            match said.clone().try_into::<Override>() {
                Ok(said) => {
                    self.reports
                        .insert(super::walk::join(prefix, path), Arc::new(said));
                }
                Err(e) => broken(path, one_line(&e.to_string())),
            }
        }
    }

    /// What is said of the file at `path`.
    pub fn of(&self, path: &str) -> Option<&Arc<Override>> {
        self.reports.get(path)
    }

    /// All that is said, in the order of paths.
    pub fn reports(&self) -> impl Iterator<Item = (&str, &Override)> {
        self.reports
            .iter()
            .map(|(path, said)| (path.as_str(), &**said))
    }

    /// What cannot be understood.
    pub fn broken(&self) -> &[Broken] {
        &self.broken
    }

    /// Changes the file by `change`, keeping everything else in it as it stands, comments
    /// included; makes it where there is none, and leaves no half-written file behind.
    ///
    /// # Errors
    /// [`SidecarError`] when it is broken already or cannot be written.
    pub fn edit(file: &Path, change: impl FnOnce(&mut DocumentMut)) -> Result<(), SidecarError> {
        let path = || file.display().to_string();
        let io = |reason: String| SidecarError::Io {
            path: path(),
            reason,
        };
        let text = text_of(file).map_err(io)?.unwrap_or_default();
        let mut document: DocumentMut =
            text.parse()
                .map_err(|e: toml_edit::TomlError| SidecarError::Broken {
                    path: path(),
                    reason: one_line(&e.to_string()),
                })?;
        change(&mut document);
        let folder = file.parent().unwrap_or(Path::new("."));
        let aside = folder.join(format!(".{NAME}.{}", std::process::id()));
        let write = || {
            std::fs::create_dir_all(folder)?;
            let mut out = std::fs::File::create(&aside)?;
            out.write_all(document.to_string().as_bytes())?;
            out.sync_all()?;
            std::fs::rename(&aside, file)
        };
        write().map_err(|e: std::io::Error| {
            let _ = std::fs::remove_file(&aside);
            io(super::reason(&e))
        })
    }

    /// Puts what is said of `path` (as the file's own paths are) in place of what was said;
    /// an empty [`Override`] takes the entry away.
    pub fn say(document: &mut DocumentMut, path: &str, said: &Override) {
        let reports = document
            .entry("report")
            .or_insert_with(|| {
                let mut table = Table::new();
                table.set_implicit(true);
                Item::Table(table)
            })
            .as_table_like_mut();
        let Some(reports) = reports else { return };
        if said.is_empty() {
            reports.remove(path);
            return;
        }
        let entry = reports
            .entry(path)
            .or_insert_with(|| Item::Table(Table::new()));
        if entry.as_table_like_mut().is_none() {
            *entry = Item::Table(Table::new());
        }
        let Some(entry) = entry.as_table_like_mut() else {
            return;
        };
        let mut put = |key: &str, value: Option<toml_edit::Value>| {
            match (entry.get_mut(key).and_then(Item::as_value_mut), value) {
                (_, None) => {
                    entry.remove(key);
                }
                (Some(old), Some(mut new)) => {
                    // The remark behind the value is the person's.
                    *new.decor_mut() = old.decor().clone();
                    *old = new;
                }
                (None, Some(new)) => {
                    entry.insert(key, toml_edit::value(new));
                }
            }
        };
        put("year", said.year.map(|y| i64::from(y).into()));
        put("region", said.region.as_deref().map(Into::into));
        put("agency", said.agency.as_deref().map(Into::into));
        let kind = said.kind.map(|k| match k {
            SaidKind::Report => "report",
            SaidKind::Other => "other",
        });
        put("kind", kind.map(Into::into));
        put("title", said.title.as_deref().map(Into::into));
    }
}

/// The words of a file; none when it is not there.
fn text_of(file: &Path) -> Result<Option<String>, String> {
    match std::fs::metadata(file) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(super::reason(&e)),
        Ok(data) if !data.is_file() => return Err("not a regular file".to_owned()),
        Ok(data) if data.len() > MOST_BYTES => return Err("too large".to_owned()),
        Ok(_) => {}
    }
    std::fs::read_to_string(file)
        .map(Some)
        .map_err(|e| super::reason(&e))
}

/// A parser's complaint without the picture of the line that it draws.
pub(super) fn one_line(reason: &str) -> String {
    let kept = reason
        .lines()
        .filter(|line| !line.contains('|') && !line.trim().is_empty());
    kept.collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join(NAME);
        std::fs::write(&file, text).expect("written");
        (dir, file)
    }

    #[test]
    fn entries_are_read_and_broken_ones_named() {
        let (_dir, file) = file(
            "[report.\"a.txt\"]\nyear = 2009\nregion = \"440103\"\n\
             [report.\"b.txt\"]\nyear = \"soon\"\n[report.\"c.txt\"]\nyaer = 2009\n",
        );
        let sidecar = Sidecar::read(&[(file, "old".to_owned())]);
        assert_eq!(sidecar.of("old/a.txt").and_then(|o| o.year), Some(2009));
        let broken: Vec<&str> = sidecar.broken().iter().map(|b| b.entry.as_str()).collect();
        assert_eq!(broken, ["b.txt", "c.txt"]);
    }

    fn say(file: &Path, path: &str, said: &Override) -> Result<(), SidecarError> {
        Sidecar::edit(file, |document| Sidecar::say(document, path, said))
    }

    #[test]
    fn a_file_that_is_no_toml_says_nothing_and_is_not_written() {
        let (_dir, file) = file("[report\nyear = 1\n");
        let sidecar = Sidecar::read(&[(file.clone(), String::new())]);
        assert_eq!(sidecar.broken().len(), 1);
        assert!(!sidecar.broken()[0].reason.contains('\n'));
        let said = Override {
            year: Some(2010),
            ..Override::default()
        };
        assert!(matches!(
            say(&file, "a.txt", &said),
            Err(SidecarError::Broken { .. })
        ));
        assert_eq!(
            std::fs::read_to_string(&file).expect("there"),
            "[report\nyear = 1\n"
        );
    }

    #[test]
    fn writing_keeps_what_a_person_wrote() {
        let (_dir, file) = file(
            "# mine\n[report.\"a.txt\"]\nyear = 2009 # sure\nagency = \"\"\n\n[review.\"f1\"]\nstate = \"known\"\n",
        );
        let said = Override {
            year: Some(2010),
            region: Some("三亚市".to_owned()),
            kind: Some(SaidKind::Report),
            ..Override::default()
        };
        say(&file, "a.txt", &said).expect("written");
        say(&file, "b c/d.txt", &said).expect("written");
        let text = std::fs::read_to_string(&file).expect("there");
        assert!(text.contains("# mine") && text.contains("# sure"), "{text}");
        assert!(
            text.contains("[review.\"f1\"]") && !text.contains("agency"),
            "{text}"
        );
        let sidecar = Sidecar::read(&[(file.clone(), String::new())]);
        assert_eq!(sidecar.of("a.txt").map(|o| &**o), Some(&said));
        assert_eq!(sidecar.of("b c/d.txt").map(|o| &**o), Some(&said));
        say(&file, "b c/d.txt", &Override::default()).expect("written");
        let sidecar = Sidecar::read(&[(file, String::new())]);
        assert_eq!(sidecar.reports().count(), 1);
    }

    #[test]
    fn a_stamp_changes_with_what_is_said() {
        let a = Override {
            year: Some(2010),
            ..Override::default()
        };
        let b = Override {
            agency: Some(String::new()),
            ..a.clone()
        };
        assert_eq!(Override::default().stamp(), 0);
        assert_ne!(a.stamp(), 0);
        assert_ne!(a.stamp(), b.stamp());
    }
}
