//! Zip archives read as folders: `archive.zip/inner/name.txt`. Nothing is unpacked to the
//! disk. What a directory claims of sizes is held against it: what unpacks to more than it
//! claims is damaged.

use std::cell::RefCell;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use crate::source::zipped::{Member, Zipped};
use crate::source::{MAX_BYTES, SourceError, decode};

/// Most bytes that an archive may claim to unpack to.
const MAX_TOTAL: u64 = 4 << 30;
/// Members packed tighter than this are bombs: text packs to a tenth, forms to a thirtieth.
const MAX_RATIO: u64 = 200;
/// Members smaller than this may be packed as tightly as they like.
const SMALL: u64 = 1 << 20;

type Open = Zipped<BufReader<File>>;

/// A member of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    /// Its path in the archive, with `/`.
    pub path: String,
    /// Its name as the directory writes it.
    pub name: Vec<u8>,
    /// Place in the directory.
    pub place: usize,
    /// Why it cannot be read, if that is certain already.
    pub reason: Option<String>,
}

/// The files of an archive, without hidden ones.
pub(super) fn list(file: &Path) -> Result<Vec<Listed>, SourceError> {
    with(file, |archive| listed(&archive.members()))?
}

fn listed(members: &[Option<Member>]) -> Result<Vec<Listed>, SourceError> {
    let total = members
        .iter()
        .flatten()
        .fold(0_u64, |n, m| n.saturating_add(m.size));
    if total > MAX_TOTAL {
        return Err(SourceError::Unbounded);
    }
    let names = names(members);
    let mut all = Vec::new();
    for (place, (member, name)) in members.iter().zip(names).enumerate() {
        let Some(member) = member else {
            all.push(Listed {
                path: format!("#{place}"),
                name: Vec::new(),
                place,
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
        let inner = parts.last().is_some_and(|p| ending(p, "zip"));
        let bomb = member.size > SMALL && member.size / MAX_RATIO > member.packed;
        let reason = if leads_out {
            Some("a name that leads out of the archive".to_owned())
        } else if inner {
            Some("an archive within an archive is not opened".to_owned())
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
            name: member.name.clone(),
            place,
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

/// The bytes of a member.
pub(super) fn bytes(file: &Path, name: &[u8]) -> Result<Vec<u8>, SourceError> {
    with(file, |archive| {
        let place = archive.place(name);
        let place = place.ok_or_else(|| SourceError::Io("no longer in the archive".to_owned()))?;
        archive.by_index(place, MAX_BYTES)
    })?
}

/// The first bytes of a member.
pub(super) fn head(file: &Path, place: usize) -> Result<Vec<u8>, SourceError> {
    with(file, |archive| {
        archive.head(place, crate::source::kind::HEAD as u64)
    })?
}

/// Does something with an archive. Each thread keeps the last one open: members of one
/// archive are read one after the other, and its directory may be long.
fn with<T>(file: &Path, work: impl FnOnce(&mut Open) -> T) -> Result<T, SourceError> {
    type Last = Option<(PathBuf, u64, Open)>;
    thread_local!(static LAST: RefCell<Last> = const { RefCell::new(None) });
    let io = |e: std::io::Error| SourceError::Io(super::reason(&e));
    let stamp = super::walk::stamp(&std::fs::metadata(file).map_err(io)?);
    LAST.with_borrow_mut(|last| {
        if let Some((path, then, archive)) = last
            && path == file
            && *then == stamp
        {
            return Ok(work(archive));
        }
        *last = None;
        let reader = BufReader::new(File::open(file).map_err(io)?);
        let (_, _, archive) = last.insert((file.to_owned(), stamp, Zipped::open(reader)?));
        Ok(work(archive))
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
        let all = listed(&[
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
        ])
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
                ("inner.ZIP", false),
                ("bomb.txt", false),
                ("large.txt", false),
                ("#9", false),
            ]
        );
        assert_eq!(
            listed(&[member(b"a", 5 << 30, 1)]),
            Err(SourceError::Unbounded)
        );
    }
}
