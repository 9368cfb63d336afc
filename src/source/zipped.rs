//! Zip containers, within limits: a document's parts and an archive's members are read here.
//! What a directory claims of sizes is not believed; bytes are counted as they come.

use std::io::{Cursor, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::SourceError;

/// Most members of a container that is looked into.
pub const MAX_MEMBERS: usize = 20_000;

/// A container that is open.
pub struct Zipped<R> {
    archive: ZipArchive<R>,
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
    /// Bytes as they lie there.
    pub packed: u64,
    /// A folder or a symbolic link.
    pub no_file: bool,
}

impl<'a> Zipped<Cursor<&'a [u8]>> {
    /// A container held in memory.
    ///
    /// # Errors
    /// As [`Zipped::open`].
    pub fn in_memory(bytes: &'a [u8]) -> Result<Self, SourceError> {
        Self::open(Cursor::new(bytes))
    }
}

impl<R: Read + Seek> Zipped<R> {
    /// Reads the directory of a container.
    ///
    /// # Errors
    /// [`SourceError::Damaged`] when it has none, [`SourceError::TooMany`] when it is too long.
    pub fn open(reader: R) -> Result<Self, SourceError> {
        let archive = ZipArchive::new(reader).map_err(|_| SourceError::Damaged("zip directory"))?;
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
                    packed: file.compressed_size(),
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

    /// The place in the directory of a member by its name as written.
    pub fn place(&self, name: &[u8]) -> Option<usize> {
        self.archive.index_for_name_raw(name)
    }

    /// The first bytes of a member, at most `length`.
    ///
    /// # Errors
    /// As [`Zipped::by_name`].
    pub fn head(&mut self, index: usize, length: u64) -> Result<Vec<u8>, SourceError> {
        self.taken(index, length)
    }

    /// The bytes of a member by its place in the directory.
    ///
    /// # Errors
    /// As [`Zipped::by_name`].
    pub fn by_index(&mut self, index: usize, limit: u64) -> Result<Vec<u8>, SourceError> {
        let bytes = self.taken(index, limit + 1)?;
        if bytes.len() as u64 > limit {
            return Err(SourceError::TooLarge);
        }
        Ok(bytes)
    }

    fn taken(&mut self, index: usize, length: u64) -> Result<Vec<u8>, SourceError> {
        let file = self.archive.by_index(index).map_err(|e| match e {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)
            | ZipError::InvalidPassword => SourceError::Encrypted,
            ZipError::UnsupportedArchive(_) => SourceError::Unsupported("unusually packed zip"),
            _ => SourceError::Damaged("zip member"),
        })?;
        let mut bytes = Vec::new();
        file.take(length)
            .read_to_end(&mut bytes)
            .map_err(|_| SourceError::Damaged("zip member"))?;
        Ok(bytes)
    }
}
