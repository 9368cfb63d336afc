//! What a file is by its first bytes, whatever it is called: a `.doc` may be a web page, a
//! text may be a PDF, and what cannot be read is named by its kind.

use super::{Format, SourceError};

/// As many first bytes as are enough to tell.
pub const HEAD: usize = 4096;

/// What bytes turn out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something that can be read.
    Readable(Format),
    /// A zip container that is no document.
    Archive,
    /// Something that cannot, by its name.
    Unsupported(&'static str),
    /// A Word, Excel or PowerPoint file that needs a password.
    Encrypted,
}

/// Signs at the very beginning.
const SIGNS: [(&[u8], &str); 15] = [
    (b"{\\rtf", "RTF"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"\x89PNG\r\n", "PNG image"),
    (b"GIF8", "GIF image"),
    (b"II*\0", "TIFF image"),
    (b"MM\0*", "TIFF image"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"CAJ\0", "CAJ"),
    (b"HN\0\0", "CAJ"),
    (b"KDH ", "CAJ"),
    (b"%!PS", "PostScript"),
    (b"AT&TFORM", "DjVu"),
    (b"\x7fELF", "program"),
];

/// What bytes are, where their beginning says it beyond doubt; nothing for text.
pub fn of(bytes: &[u8]) -> Option<Kind> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if memchr::memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some() {
        return Some(Kind::Readable(Format::Pdf));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(packed(bytes));
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(compound(bytes));
    }
    if head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]) {
        return Some(Kind::Unsupported("BMP image"));
    }
    SIGNS
        .iter()
        .find(|(sign, _)| head.starts_with(sign))
        .map(|(_, name)| Kind::Unsupported(name))
}

/// What a file with the ending of an old word processor really is.
pub fn of_document(head: &[u8]) -> Kind {
    if let Some(kind) = of(head) {
        return match kind {
            // The directory stands at the end, out of sight: a document, most likely.
            Kind::Archive => Kind::Readable(Format::Docx),
            kind => kind,
        };
    }
    let text: Vec<u8> = head
        .iter()
        .filter(|b| **b != 0)
        .map(u8::to_ascii_lowercase)
        .take(2048)
        .collect();
    let has = |words: &[u8]| memchr::memmem::find(&text, words).is_some();
    if has(b"mime-version:") {
        return Kind::Readable(Format::Mhtml);
    }
    if has(b"<html") || has(b"<!doctype html") || has(b"<body") || has(b"<table") {
        return Kind::Readable(Format::Html);
    }
    Kind::Unsupported("Word (doc)")
}

/// The format to read bytes in that a name says are of `format`.
///
/// # Errors
/// [`SourceError`] naming what they are instead, where that cannot be read.
pub fn format(bytes: &[u8], format: Format) -> Result<Format, SourceError> {
    match of(bytes) {
        Some(Kind::Readable(found)) => Ok(found),
        Some(Kind::Unsupported(name)) => Err(SourceError::Unsupported(name)),
        Some(Kind::Encrypted) => Err(SourceError::Encrypted),
        Some(Kind::Archive) if format == Format::Docx => Ok(format),
        Some(Kind::Archive) => Err(SourceError::Unsupported("zip")),
        None if matches!(format, Format::Docx | Format::Pdf) => match of_document(bytes) {
            Kind::Readable(found) => Ok(found),
            // It is nothing that is known: its reader will say that it is damaged.
            _ => Ok(format),
        },
        None => Ok(format),
    }
}

/// Zip containers by what they hold: names stand uncompressed in them.
fn packed(bytes: &[u8]) -> Kind {
    let near = &bytes[..bytes.len().min(64 << 10)];
    let far = &bytes[bytes.len().saturating_sub(64 << 10)..];
    let has = |name: &[u8]| {
        memchr::memmem::find(near, name).is_some() || memchr::memmem::find(far, name).is_some()
    };
    if has(b"word/document") {
        Kind::Readable(Format::Docx)
    } else if has(b"xl/workbook") {
        Kind::Unsupported("Excel (xlsx)")
    } else if has(b"ppt/presentation") {
        Kind::Unsupported("PowerPoint")
    } else if has(b"OFD.xml") {
        Kind::Unsupported("OFD")
    } else if has(b"application/vnd.oasis.opendocument") {
        Kind::Unsupported("OpenDocument")
    } else {
        Kind::Archive
    }
}

/// Compound files by the names of their streams, which are UTF-16.
fn compound(bytes: &[u8]) -> Kind {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        Kind::Encrypted
    } else if has("WpsCustomData") || has("WPSDocument") {
        Kind::Unsupported("WPS")
    } else if has("WordDocument") {
        Kind::Unsupported("Word (doc)")
    } else if has("Workbook") || has("Book") {
        Kind::Unsupported("Excel (xls)")
    } else if has("PowerPoint Document") {
        Kind::Unsupported("PowerPoint")
    } else {
        Kind::Unsupported("Word (doc)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let wide: Vec<u8> = "WordDocument"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        ole.extend(wide);
        assert_eq!(
            format(&ole, Format::Txt),
            Err(SourceError::Unsupported("Word (doc)"))
        );
        assert_eq!(
            format(b"{\\rtf1 abc}", Format::Docx),
            Err(SourceError::Unsupported("RTF"))
        );
        assert_eq!(format(b"\n%PDF-1.4", Format::Txt), Ok(Format::Pdf));
        assert_eq!(format("一、概述".as_bytes(), Format::Md), Ok(Format::Md));
        assert_eq!(
            format(b"PK\x03\x04 xl/workbook.xml", Format::Docx),
            Err(SourceError::Unsupported("Excel (xlsx)"))
        );
        assert_eq!(
            of_document(b"<HTML xmlns:o=\"urn\">"),
            Kind::Readable(Format::Html)
        );
        assert_eq!(
            of_document(b"MIME-Version: 1.0\r\n"),
            Kind::Readable(Format::Mhtml)
        );
        assert_eq!(of_document(b"plain"), Kind::Unsupported("Word (doc)"));
        assert_eq!(format(b"<html><body>x", Format::Docx), Ok(Format::Html));
    }
}
