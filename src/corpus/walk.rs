//! Folders → entries. Hidden files are passed over; `.gitignore` is none of our business
//! (a folder of reports kept in git is still to be read). Symbolic links are followed, and
//! a link that leads back into its own folder is reported once instead of being followed.

use std::collections::HashMap;
use std::fs::Metadata;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{Entry, Failure, Root, archive, reason, samples, shown};
use crate::source::kind::{self, Kind};
use crate::source::{Format, SourceError};

/// What is in a corpus.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    /// Files that can be read, in the order of their paths.
    pub entries: Vec<Entry>,
    /// Files and folders that cannot, in the order of their paths.
    pub failures: Vec<Failure>,
}

/// Kinds of documents that reports come in and that we cannot read. Other endings are no
/// documents, and nobody wants to hear of them.
const UNSUPPORTED: [(&str, &str); 27] = [
    ("7z", "7z"),
    ("bmp", "BMP image"),
    ("caj", "CAJ"),
    ("ceb", "CEB"),
    ("dps", "WPS"),
    ("epub", "EPUB"),
    ("et", "WPS"),
    ("gif", "GIF image"),
    ("heic", "HEIC image"),
    ("jpeg", "JPEG image"),
    ("jpg", "JPEG image"),
    ("ods", "OpenDocument"),
    ("odt", "OpenDocument"),
    ("ofd", "OFD"),
    ("png", "PNG image"),
    ("ppt", "PowerPoint"),
    ("pptx", "PowerPoint"),
    ("rar", "RAR"),
    ("rtf", "RTF"),
    ("tif", "TIFF image"),
    ("tiff", "TIFF image"),
    ("webp", "WebP image"),
    ("wpt", "WPS"),
    ("xls", "Excel (xls)"),
    ("xlsm", "Excel (xlsm)"),
    ("xlsx", "Excel (xlsx)"),
    ("xps", "XPS"),
];

/// What a file is by its name.
enum Sort {
    Readable(Format),
    /// An old word processor's; its bytes say what it really is.
    Old,
    Archive,
    Unsupported(&'static str),
    NoDocument,
}

fn sort(path: &str) -> Sort {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    if let Some(format) = Format::of(name) {
        return Sort::Readable(format);
    }
    let ending = name
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase();
    match ending.as_str() {
        "doc" | "wps" | "dot" => return Sort::Old,
        "zip" => return Sort::Archive,
        _ => {}
    }
    match UNSUPPORTED.iter().find(|(e, _)| *e == ending) {
        // Pictures of a saved page are its furniture.
        Some((_, kind)) if kind.ends_with("image") && beside_a_page(path) => Sort::NoDocument,
        Some((_, kind)) => Sort::Unsupported(kind),
        None => Sort::NoDocument,
    }
}

/// Whether a path lies in a folder that browsers save a page's parts in.
fn beside_a_page(path: &str) -> bool {
    let mut folders = path.split(['/', '\\']).rev().skip(1);
    folders.any(|f| f.ends_with("_files") || f.ends_with(".files"))
}

/// All files below `roots`.
pub(super) fn walk(roots: &[Root]) -> Walk {
    let mut found = Found {
        walk: Walk::default(),
        seen: HashMap::new(),
    };
    for (root, prefix) in roots.iter().zip(prefixes(roots)) {
        match root {
            Root::Samples => {
                for (name, content) in samples::SAMPLES {
                    let raw = join(&prefix, name);
                    let place = Place {
                        file: None,
                        member: Vec::new(),
                        stamp: short(blake3::hash(content).as_bytes()),
                    };
                    if let Some(format) = Format::of(name) {
                        found.readable(raw.as_bytes(), format, place);
                    }
                }
            }
            Root::File(file) => found.file(file, prefix.as_bytes()),
            Root::Folder(folder) => found.folder(folder, &prefix),
        }
    }
    let mut walk = found.walk;
    walk.entries.sort_by(|a, b| a.path.cmp(&b.path));
    walk.failures.sort_by(|a, b| a.path.cmp(&b.path));
    walk
}

/// What stands before the paths of each root: nothing for a single folder, else its name;
/// for a single file its whole path. Roots of one name get numbers.
pub(super) fn prefixes(roots: &[Root]) -> Vec<String> {
    let mut used: HashMap<String, usize> = HashMap::new();
    roots
        .iter()
        .map(|root| {
            if roots.len() == 1 && !matches!(root, Root::File(_)) {
                return String::new();
            }
            let name = root.name();
            let n = used.entry(name.clone()).or_default();
            *n += 1;
            if *n == 1 { name } else { format!("{name}~{n}") }
        })
        .collect()
}

pub(super) fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}/{name}")
    }
}

/// Where a file's bytes are, and their state.
struct Place {
    file: Option<PathBuf>,
    member: Vec<Vec<u8>>,
    stamp: u64,
}

/// As much of a file as tells what it is.
fn first_bytes(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let file = std::fs::File::open(file)?;
    file.take(kind::HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

struct Found {
    walk: Walk,
    /// Ids given so far, to notice the (very rare) collision of two.
    seen: HashMap<String, Vec<u8>>,
}

impl Found {
    fn folder(&mut self, folder: &Path, prefix: &str) {
        let walker = WalkBuilder::new(folder)
            .standard_filters(false)
            .hidden(true)
            .follow_links(true)
            .build();
        for item in walker {
            match item {
                Ok(item) => {
                    let is_dir = item.file_type().is_some_and(|t| t.is_dir());
                    if is_dir {
                        continue;
                    }
                    let raw = below(folder, item.path(), prefix);
                    // The name decides before anything is asked of the file system.
                    match sort(&item.path().to_string_lossy()) {
                        Sort::NoDocument => {}
                        Sort::Unsupported(kind) => self.unsupported(&raw, kind),
                        sort => match item.metadata() {
                            Ok(data) => self.sorted(item.path(), &raw, &sort, &data),
                            Err(e) => self.failed(&raw, walk_reason(&e).1),
                        },
                    }
                }
                Err(e) => {
                    let (path, reason) = walk_reason(&e);
                    let raw = match &path {
                        Some(path) => below(folder, path, prefix),
                        None => prefix.as_bytes().to_vec(),
                    };
                    self.failed(&raw, reason);
                }
            }
        }
    }

    /// A file that was named itself: any ending that is not known to be something else is
    /// taken for text.
    fn file(&mut self, file: &Path, raw: &[u8]) {
        let sort = match sort(&file.to_string_lossy()) {
            Sort::NoDocument => Sort::Readable(Format::Txt),
            Sort::Unsupported(kind) => return self.unsupported(raw, kind),
            sort => sort,
        };
        match std::fs::metadata(file) {
            Ok(data) => self.sorted(file, raw, &sort, &data),
            Err(e) => self.failed(raw, reason(&e)),
        }
    }

    fn sorted(&mut self, file: &Path, raw: &[u8], sort: &Sort, data: &Metadata) {
        // A pipe would be waited on for ever.
        if !data.is_file() {
            return self.failed(raw, "not a regular file".to_owned());
        }
        let place = Place {
            file: Some(file.to_owned()),
            member: Vec::new(),
            stamp: stamp(data),
        };
        match sort {
            Sort::Readable(format) => self.readable(raw, *format, place),
            Sort::Archive => self.archive(file, raw, place.stamp),
            Sort::Old => match first_bytes(file) {
                Ok(head) => self.old(raw, &head, place),
                Err(e) => self.failed(raw, reason(&e)),
            },
            Sort::Unsupported(_) | Sort::NoDocument => {}
        }
    }

    /// A file with the ending of an old word processor.
    fn old(&mut self, raw: &[u8], head: &[u8], place: Place) {
        match kind::of_document(head) {
            Kind::Readable(format) => self.readable(raw, format, place),
            Kind::Unsupported(kind) => self.unsupported(raw, kind),
            Kind::Archive => self.unsupported(raw, "zip"),
            Kind::Encrypted => self.failed(raw, SourceError::Encrypted.to_string()),
        }
    }

    /// The members of an archive, as if it were a folder.
    fn archive(&mut self, file: &Path, raw: &[u8], stamp: u64) {
        let members = match archive::list(file) {
            Ok(members) => members,
            Err(e) => return self.failed(raw, e.to_string()),
        };
        for member in members {
            let mut inner = raw.to_vec();
            inner.push(b'/');
            inner.extend_from_slice(member.path.as_bytes());
            let sort = sort(&member.path);
            let matters = !matches!(sort, Sort::NoDocument) || member.names.is_empty();
            if let Some(reason) = member.reason {
                if matters {
                    self.failed(&inner, reason);
                }
                continue;
            }
            let place = Place {
                file: Some(file.to_owned()),
                member: member.names.clone(),
                stamp,
            };
            match sort {
                Sort::Readable(format) => self.readable(&inner, format, place),
                Sort::Unsupported(kind) => self.unsupported(&inner, kind),
                Sort::Old => match archive::head(file, &member.names) {
                    Ok(head) => self.old(&inner, &head, place),
                    Err(e) => self.failed(&inner, e.to_string()),
                },
                Sort::Archive | Sort::NoDocument => {}
            }
        }
    }

    fn readable(&mut self, raw: &[u8], format: Format, place: Place) {
        let id = id(raw);
        if let Some(other) = self.seen.insert(id.clone(), raw.to_vec()) {
            if other != raw {
                self.failed(
                    raw,
                    format!("its id {id} is that of another file: rename it"),
                );
            }
            return;
        }
        self.walk.entries.push(Entry {
            id,
            path: shown(&String::from_utf8_lossy(raw)),
            format,
            file: place.file,
            member: place.member,
            stamp: place.stamp,
            said: None,
            dismissed: None,
        });
    }

    fn unsupported(&mut self, raw: &[u8], kind: &'static str) {
        self.failed(raw, SourceError::Unsupported(kind).to_string());
    }

    fn failed(&mut self, raw: &[u8], reason: String) {
        let path = shown(&String::from_utf8_lossy(raw));
        self.walk.failures.push(Failure {
            path: if path.is_empty() {
                ".".to_owned()
            } else {
                path
            },
            reason: shown(&reason),
        });
    }
}

/// The path of `file` below `folder` with `/`, as bytes: names need not be UTF-8.
fn below(folder: &Path, file: &Path, prefix: &str) -> Vec<u8> {
    let rest = file.strip_prefix(folder).unwrap_or(file);
    let mut raw = prefix.as_bytes().to_vec();
    for part in rest.components() {
        if !raw.is_empty() {
            raw.push(b'/');
        }
        raw.extend_from_slice(part.as_os_str().as_encoded_bytes());
    }
    raw
}

/// The file at a path as shown, without walking; none when the name was not shown as it is.
pub(super) fn entry_at(roots: &[Root], path: &str) -> Option<Entry> {
    for (root, prefix) in roots.iter().zip(prefixes(roots)) {
        let rest = match prefix.as_str() {
            "" => path,
            prefix if path == prefix => "",
            prefix => match path.strip_prefix(prefix).and_then(|r| r.strip_prefix('/')) {
                Some(rest) => rest,
                None => continue,
            },
        };
        let (file, format, stamp) = match root {
            Root::Samples => {
                let content = samples::bytes(rest)?;
                let stamp = short(blake3::hash(content).as_bytes());
                (None, Format::of(rest)?, stamp)
            }
            Root::File(file) if rest.is_empty() => {
                let data = std::fs::metadata(file).ok()?;
                let format = match sort(path) {
                    Sort::Readable(format) => format,
                    Sort::NoDocument => Format::Txt,
                    _ => return None,
                };
                (Some(file.clone()), format, stamp(&data))
            }
            Root::Folder(folder) if !rest.split('/').any(|p| p == ".." || p.is_empty()) => {
                let file = folder.join(rest);
                let Ok(data) = std::fs::metadata(&file) else {
                    return member_at(folder, rest, path);
                };
                if !data.is_file() {
                    return None;
                }
                (Some(file), Format::of(rest)?, stamp(&data))
            }
            _ => continue,
        };
        return Some(Entry {
            id: id(path.as_bytes()),
            path: path.to_owned(),
            format,
            file,
            stamp,
            member: Vec::new(),
            said: None,
            dismissed: None,
        });
    }
    None
}

/// The member of an archive below `folder`, without walking anything else.
fn member_at(folder: &Path, rest: &str, path: &str) -> Option<Entry> {
    let (at, _) = rest
        .match_indices('/')
        .find(|(at, _)| archive::ending(&rest[..*at], "zip"))?;
    let file = folder.join(&rest[..at]);
    let data = std::fs::metadata(&file).ok().filter(Metadata::is_file)?;
    let mut found = Found {
        walk: Walk::default(),
        seen: HashMap::new(),
    };
    let shown = &path[..path.len() - (rest.len() - at)];
    found.archive(&file, shown.as_bytes(), stamp(&data));
    found.walk.entries.into_iter().find(|e| e.path == path)
}

/// Twelve hexadecimal digits of the hash of a path.
pub(super) fn id(raw: &[u8]) -> String {
    blake3::hash(raw).to_hex()[..12].to_owned()
}

/// Eight bytes of a hash as a number that is never 0.
fn short(hash: &[u8; 32]) -> u64 {
    let mut eight = [0; 8];
    eight.copy_from_slice(&hash[..8]);
    u64::from_le_bytes(eight).max(1)
}

/// A number that changes with the file: size, time of change, inode.
pub(super) fn stamp(data: &Metadata) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&data.len().to_le_bytes());
    if let Ok(time) = data.modified()
        && let Ok(since) = time.duration_since(std::time::UNIX_EPOCH)
    {
        hasher.update(&since.as_nanos().to_le_bytes());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        for part in [data.ctime(), data.ctime_nsec(), data.ino() as i64] {
            hasher.update(&part.to_le_bytes());
        }
    }
    short(hasher.finalize().as_bytes())
}

/// Where a walk failed, and the reason in one line.
fn walk_reason(error: &ignore::Error) -> (Option<PathBuf>, String) {
    match error {
        ignore::Error::WithPath { path, err } => (Some(path.clone()), walk_reason(err).1),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            walk_reason(err)
        }
        ignore::Error::Loop { child, .. } => (
            Some(child.clone()),
            "symbolic link that leads back into its own folder".to_owned(),
        ),
        ignore::Error::Io(e) => (None, reason(e)),
        other => (None, other.to_string()),
    }
}
