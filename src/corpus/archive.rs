//! Zip archives read as folders: `archive.zip/inner/name.txt`; those within them too, one
//! level down. Nothing is unpacked to the disk. What a directory claims of sizes is held
//! against it: what unpacks to more than it claims is damaged.

use std::cell::RefCell;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use crate::source::zipped::{MAX_MEMBERS, Member, Zipped};
use crate::source::{MAX_BYTES, SourceError, decode};

/// Most bytes that an archive may claim to unpack to, with those within it.
const MAX_TOTAL: u64 = 4 << 30;
/// Archives within an archive are unpacked to be listed: so many bytes of them in all.
const MAX_INNER: u64 = 256 << 20;
/// Members packed tighter than this are bombs: text packs to a tenth, forms to a thirtieth.
const MAX_RATIO: u64 = 200;
/// Members smaller than this may be packed as tightly as they like.
const SMALL: u64 = 1 << 20;

/// A member of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    /// Its path in the archive, with `/`.
    pub path: String,
    /// Names as the directories write them: that of an archive within, and its own.
    pub names: Vec<Vec<u8>>,
    /// Bytes unpacked, as claimed.
    size: u64,
    /// Why it cannot be read, if that is certain already.
    pub reason: Option<String>,
}

/// What an archive may still take.
struct Left {
    bytes: u64,
    members: usize,
    /// Bytes of archives within it.
    inner: u64,
}

impl Left {
    fn all() -> Self {
        Self {
            bytes: MAX_TOTAL,
            members: MAX_MEMBERS,
            inner: MAX_INNER,
        }
    }
}

/// The files of an archive, without hidden ones.
pub(super) fn list(file: &Path) -> Result<Vec<Listed>, SourceError> {
    let members = with(file, &[], |archive| archive.members())?;
    let mut left = Left::all();
    let mut all = Vec::new();
    for found in listed(&members, &mut left)? {
        if found.reason.is_some() || !ending(&found.path, "zip") {
            all.push(found);
            continue;
        }
        match inner(file, &found, &mut left) {
            Ok(members) => all.extend(members),
            Err(e) => all.push(Listed {
                reason: Some(e.to_string()),
                ..found
            }),
        }
    }
    Ok(all)
}

/// The files of an archive within one.
fn inner(file: &Path, outer: &Listed, left: &mut Left) -> Result<Vec<Listed>, SourceError> {
    // Its claim counts before it is unpacked; what unpacks to more is damaged.
    let inner = left.inner.checked_sub(outer.size);
    left.inner = inner.ok_or(SourceError::Unbounded)?;
    let members = with(file, &outer.names, |archive| archive.members())?;
    let mut found = listed(&members, left)?;
    for member in &mut found {
        member.path = format!("{}/{}", outer.path, member.path);
        member.names.insert(0, outer.names[0].clone());
        if ending(&member.path, "zip") && member.reason.is_none() {
            member.reason = Some("an archive two deep in another is not opened".to_owned());
        }
    }
    Ok(found)
}

fn listed(members: &[Option<Member>], left: &mut Left) -> Result<Vec<Listed>, SourceError> {
    let total = members
        .iter()
        .flatten()
        .fold(0_u64, |n, m| n.saturating_add(m.size));
    let bytes = left.bytes.checked_sub(total);
    left.bytes = bytes.ok_or(SourceError::Unbounded)?;
    let count = left.members.checked_sub(members.len());
    left.members = count.ok_or(SourceError::TooMany(MAX_MEMBERS))?;
    let names = names(members);
    let mut all = Vec::new();
    for (place, (member, name)) in members.iter().zip(names).enumerate() {
        let Some(member) = member else {
            all.push(Listed {
                path: format!("#{place}"),
                names: Vec::new(),
                size: 0,
                reason: Some(SourceError::Damaged("zip member").to_string()),
            });
            continue;
        };
        let path = name.replace('\\', "/");
        let parts: Vec<&str> = path
            .split('/')
            .filter(|p| !p.is_empty() && *p != ".")
            .collect();
        let hidden = |p: &&str| (p.starts_with('.') && *p != "..") || *p == "__MACOSX";
        if member.no_file || path.ends_with('/') || parts.is_empty() || parts.iter().any(hidden) {
            continue;
        }
        let leads_out = path.starts_with('/') || parts.contains(&"..");
        let bomb = member.size > SMALL && member.size / MAX_RATIO > member.packed;
        let reason = if leads_out {
            Some("a name that leads out of the archive".to_owned())
        } else if member.encrypted {
            Some(SourceError::Encrypted.to_string())
        } else if bomb {
            Some(SourceError::Unbounded.to_string())
        } else if member.size > MAX_BYTES {
            Some(SourceError::TooLarge.to_string())
        } else {
            None
        };
        let kept: Vec<&str> = parts.into_iter().filter(|p| *p != "..").collect();
        all.push(Listed {
            path: kept.join("/"),
            names: vec![member.name.clone()],
            size: member.size,
            reason,
        });
    }
    Ok(all)
}

/// Whether a name has this ending.
pub(super) fn ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, e)| e.eq_ignore_ascii_case(ending))
}

/// The names of members as text. Chinese archivers write GBK or Big5; which of them is told
/// from all names together.
fn names(members: &[Option<Member>]) -> Vec<String> {
    let raw = || {
        members
            .iter()
            .map(|m| m.as_ref().map_or(&b""[..], |m| &m.name))
    };
    let foreign: Vec<&[u8]> = raw().filter(|n| std::str::from_utf8(n).is_err()).collect();
    let decoded = decode::decode(&foreign.join(&b'\n'));
    let decoded = decoded.map(|d| d.text).unwrap_or_default();
    let decoded: Vec<&str> = decoded.split('\n').collect();
    let fits = decoded.len() == foreign.len();
    let mut decoded = decoded.into_iter();
    raw()
        .map(|name| match std::str::from_utf8(name) {
            Ok(name) => name.to_owned(),
            Err(_) if fits => decoded.next().unwrap_or_default().to_owned(),
            Err(_) => String::from_utf8_lossy(name).into_owned(),
        })
        .collect()
}

/// The bytes of a member, by its names.
pub(super) fn bytes(file: &Path, names: &[Vec<u8>]) -> Result<Vec<u8>, SourceError> {
    member(file, names, |archive, place| {
        archive.by_index(place, MAX_BYTES)
    })
}

/// The first bytes of a member.
pub(super) fn head(file: &Path, names: &[Vec<u8>]) -> Result<Vec<u8>, SourceError> {
    member(file, names, |archive, place| {
        archive.head(place, crate::source::kind::HEAD as u64)
    })
}

fn member(
    file: &Path,
    names: &[Vec<u8>],
    work: impl FnOnce(&mut Open, usize) -> Result<Vec<u8>, SourceError>,
) -> Result<Vec<u8>, SourceError> {
    let gone = || SourceError::Io("no longer in the archive".to_owned());
    let (name, within) = names.split_last().ok_or_else(gone)?;
    with(file, within, |archive| {
        let place = archive.place(name).ok_or_else(gone)?;
        work(archive, place)
    })?
}

trait Bytes: Read + Seek {}
impl<T: Read + Seek> Bytes for T {}
type Open = Zipped<Box<dyn Bytes>>;

/// An archive that is open, and the one within it that was asked for last.
struct Last {
    file: PathBuf,
    stamp: u64,
    archive: Open,
    within: Option<(Vec<u8>, Open)>,
}

/// Does something with an archive: the file itself, or the one of this name `within` it.
/// Each thread keeps the last one open: members of one archive are read one after the
/// other, and its directory may be long.
fn with<T>(
    file: &Path,
    within: &[Vec<u8>],
    work: impl FnOnce(&mut Open) -> T,
) -> Result<T, SourceError> {
    thread_local!(static LAST: RefCell<Option<Last>> = const { RefCell::new(None) });
    let io = |e: std::io::Error| SourceError::Io(super::reason(&e));
    let stamp = super::walk::stamp(&std::fs::metadata(file).map_err(io)?);
    LAST.with_borrow_mut(|last| {
        if !matches!(last, Some(last) if last.file == file && last.stamp == stamp) {
            *last = None;
        }
        let last = match last {
            Some(last) => last,
            None => {
                let reader: Box<dyn Bytes> =
                    Box::new(BufReader::new(File::open(file).map_err(io)?));
                last.insert(Last {
                    file: file.to_owned(),
                    stamp,
                    archive: Zipped::open(reader)?,
                    within: None,
                })
            }
        };
        let Some(name) = within.first() else {
            return Ok(work(&mut last.archive));
        };
        if !matches!(&last.within, Some((open, _)) if open == name) {
            last.within = None;
            let place = last.archive.place(name);
            let place = place.ok_or(SourceError::Damaged("zip directory"))?;
            let bytes: Box<dyn Bytes> =
                Box::new(Cursor::new(last.archive.by_index(place, MAX_BYTES)?));
            last.within = Some((name.clone(), Zipped::open(bytes)?));
        }
        match &mut last.within {
            Some((_, archive)) => Ok(work(archive)),
            None => Err(SourceError::Damaged("zip directory")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &[u8], size: u64, packed: u64) -> Option<Member> {
        Some(Member {
            name: name.to_vec(),
            encrypted: false,
            size,
            packed,
            no_file: false,
        })
    }

    #[test]
    fn members_have_safe_paths_and_bombs_are_refused() {
        let gbk = b"\xb9\xab\xbf\xaa\xc4\xea\xb1\xa8/\xc4\xea\xb6\xc8\xb1\xa8\xb8\xe6\xa3\xa8\xd2\xbb\xa3\xa9.txt";
        let all = listed(
            &[
                member(gbk, 10, 10),
                member(b"../../etc/a.txt", 10, 10),
                member(b"/b.txt", 10, 10),
                member(b"c\\d.txt", 10, 10),
                member(b"__MACOSX/._d.txt", 10, 10),
                member(b".hidden/e.txt", 10, 10),
                member(b"inner.ZIP", 10, 10),
                member(b"bomb.txt", 60 << 20, 60 << 10),
                member(b"large.txt", 100 << 20, 90 << 20),
                None,
            ],
            &mut Left::all(),
        )
        .expect("listed");
        let shown: Vec<(&str, bool)> = all
            .iter()
            .map(|l| (l.path.as_str(), l.reason.is_none()))
            .collect();
        assert_eq!(
            shown,
            [
                ("公开年报/年度报告（一）.txt", true),
                ("etc/a.txt", false),
                ("b.txt", false),
                ("c/d.txt", true),
                ("inner.ZIP", true),
                ("bomb.txt", false),
                ("large.txt", false),
                ("#9", false),
            ]
        );
        assert_eq!(
            listed(&[member(b"a", 5 << 30, 1)], &mut Left::all()),
            Err(SourceError::Unbounded)
        );
    }
}
