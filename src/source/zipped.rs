//! Zip containers, within limits: a document's parts and an archive's members are read here.
//! What a directory claims of sizes is not believed; bytes are counted as they come.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::SourceError;

/// Most members of a container that is looked into.
pub const MAX_MEMBERS: usize = 20_000;

/// A container held in memory.
pub struct Zipped<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

/// What the directory says of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name as written, in whatever encoding.
    pub name: Vec<u8>,
    /// Whether its content needs a password.
    pub encrypted: bool,
    /// Bytes unpacked, as claimed.
    pub size: u64,
    /// Changes with the content.
    pub crc: u32,
    /// A folder or a symbolic link.
    pub no_file: bool,
}

impl<'a> Zipped<'a> {
    /// Reads the directory of a container.
    ///
    /// # Errors
    /// [`SourceError::Damaged`] when it has none, [`SourceError::TooLarge`] when it is too long.
    pub fn open(bytes: &'a [u8]) -> Result<Self, SourceError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| SourceError::Damaged("zip directory"))?;
        if archive.len() > MAX_MEMBERS {
            return Err(SourceError::TooMany(MAX_MEMBERS));
        }
        Ok(Self { archive })
    }

    /// What is in it, in the order of the directory; none for one whose entry is damaged.
    pub fn members(&mut self) -> Vec<Option<Member>> {
        (0..self.archive.len())
            .map(|i| {
                let file = self.archive.by_index_raw(i).ok()?;
                Some(Member {
                    name: file.name_raw().to_vec(),
                    encrypted: file.encrypted(),
                    size: file.size(),
                    crc: file.crc32(),
                    no_file: file.is_dir() || file.is_symlink(),
                })
            })
            .collect()
    }

    /// Whether it holds a member of this name.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The bytes of a member, at most `limit` of them.
    ///
    /// # Errors
    /// [`SourceError`] when there is none, it is encrypted, damaged or larger.
    pub fn by_name(&mut self, name: &str, limit: u64) -> Result<Vec<u8>, SourceError> {
        let index = self
            .archive
            .index_for_name(name)
            .ok_or(SourceError::Damaged("zip directory"))?;
        self.by_index(index, limit)
    }

    /// The bytes of a member by its place in the directory.
    ///
    /// # Errors
    /// As [`Zipped::by_name`].
    pub fn by_index(&mut self, index: usize, limit: u64) -> Result<Vec<u8>, SourceError> {
        let file = self.archive.by_index(index).map_err(|e| match e {
            zip::result::ZipError::UnsupportedArchive(what) if what.contains("assword") => {
                SourceError::Encrypted
            }
            zip::result::ZipError::UnsupportedArchive(_) => {
                SourceError::Unsupported("unusually compressed zip")
            }
            _ => SourceError::Damaged("zip member"),
        })?;
        let mut bytes = Vec::new();
        file.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| SourceError::Damaged("zip member"))?;
        if bytes.len() as u64 > limit {
            return Err(SourceError::TooLarge);
        }
        Ok(bytes)
    }
}
