//! Stand-in for `corpus::Corpus::open` until it lands.

use std::path::{Path, PathBuf};

use crate::corpus::{Entry, Failure};
use crate::source::Format;

/// Files in path order, and what could not be listed.
pub fn walk(roots: &[PathBuf]) -> anyhow::Result<(Vec<Entry>, Vec<Failure>)> {
    let mut entries = Vec::new();
    let mut failures = Vec::new();
    for root in roots {
        if !root.exists() {
            anyhow::bail!("{}: no such file or folder", root.display());
        }
        for item in ignore::WalkBuilder::new(root).follow_links(true).build() {
            match item {
                Ok(item) if item.path().is_file() => {
                    let path = relative(root, item.path());
                    if let Some(format) = Format::of(&path) {
                        entries.push(Entry {
                            id: blake3::hash(path.as_bytes()).to_hex()[..12].to_owned(),
                            path,
                            format,
                            file: Some(item.into_path()),
                            stamp: 0,
                        });
                    }
                }
                Ok(_) => {}
                Err(error) => failures.push(Failure {
                    path: root.display().to_string(),
                    reason: error.to_string(),
                }),
            }
        }
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((entries, failures))
}

fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let below = if below.as_os_str().is_empty() {
        path.file_name().map_or(below, Path::new)
    } else {
        below
    };
    below.to_string_lossy().replace('\\', "/")
}
