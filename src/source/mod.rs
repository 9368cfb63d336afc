//! bytes → text + blocks. The *text* is what a reader of the file sees, as it was decoded;
//! every range in this program is a pair of byte offsets into it. *Blocks* cut it into
//! paragraphs, heading lines and table rows, each with its folded form.

pub mod decode;
pub mod docx;
pub mod grid;
pub mod html;
pub mod kind;
pub mod mhtml;
pub mod pdf;
pub mod plain;
pub mod writer;
pub mod zipped;

use std::ops::Range;

use serde::Serialize;

use crate::text::fold::Folded;

/// Largest file that is read: reports are seldom larger than one megabyte.
pub const MAX_BYTES: u64 = 64 << 20;

/// Most lines of a text: every one of them becomes a block.
pub const MAX_LINES: usize = 500_000;

/// Why a file could not be turned into text. `assets/lang` has every sentence in the
/// languages of the interface (`reason.*`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// Nothing, or nothing but white space, in it.
    #[error("empty file")]
    Empty,
    /// Bytes that are no text in any encoding known here.
    #[error("binary data, not text")]
    Binary,
    /// More than [`MAX_BYTES`].
    #[error("larger than {} MB", MAX_BYTES >> 20)]
    TooLarge,
    /// More than [`MAX_LINES`].
    #[error("more than {MAX_LINES} lines")]
    TooLong,
    /// A kind of file that is recognised but cannot be read.
    #[error("{0} files are not supported")]
    Unsupported(&'static str),
    /// It needs a password.
    #[error("encrypted: needs a password")]
    Encrypted,
    /// It is no such thing, or not whole.
    #[error("damaged: cannot read its {0}")]
    Damaged(&'static str),
    /// Pages without any text.
    #[error("image only: {0} scanned pages without text")]
    Scanned(usize),
    /// Its fonts do not tell which characters they draw.
    #[error("its fonts do not say which characters they draw")]
    Unmapped,
    /// It took longer or more memory than any file may.
    #[error("given up: takes more time or memory than a file may")]
    Unbounded,
    /// A container with more members than are looked at.
    #[error("more than {0} files in the archive")]
    TooMany(usize),
    /// A web archive in which no part is a page.
    #[error("web archive without a page in it")]
    NoPage,
    /// The operating system's words.
    #[error("{0}")]
    Io(String),
}

/// Kind of file, by its name.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Txt,
    /// Markdown.
    Md,
    /// A saved web page.
    Html,
    /// A web page saved with its parts in one file.
    Mhtml,
    /// A Word document (Office Open XML).
    Docx,
    /// A PDF document with a text layer.
    Pdf,
}

impl Format {
    /// The format a file name's ending stands for.
    pub fn of(path: &str) -> Option<Self> {
        let ending = path.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "txt" | "text" => Some(Self::Txt),
            "md" | "markdown" => Some(Self::Md),
            "docx" | "docm" => Some(Self::Docx),
            "pdf" => Some(Self::Pdf),
            "html" | "htm" | "shtml" | "xhtml" => Some(Self::Html),
            "mhtml" | "mht" => Some(Self::Mhtml),
            _ => None,
        }
    }
}

/// A file's text and how it was come by.
#[derive(Debug, Clone)]
pub struct Source {
    /// How the bytes were read.
    pub format: Format,
    /// Name of the encoding, as the WHATWG names it.
    pub encoding: &'static str,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Characters that could not be decoded (U+FFFD stands in their place).
    pub undecodable: usize,
    /// The text that all ranges speak of.
    pub text: String,
    /// The text in pieces, in order; every character that is not white space lies in one.
    pub blocks: Vec<Block>,
    /// What the file says of itself outside its text.
    pub hints: Hints,
    /// Where the pages begin of a file that has some.
    pub pages: Pages,
    /// Repairs made while reading (bytes read in the wrong encoding, entities decoded twice).
    pub repaired: usize,
    /// What the reader of this file should know, one English sentence each.
    pub notes: Vec<String>,
}

/// What a file says of itself outside its text (`<title>`, `<meta>`, document properties).
/// Values as written; they count for less than the same words in the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// Title of the document (`ArticleTitle`, `<title>`).
    pub title: Option<String>,
    /// When it was published (`PubDate`).
    pub published: Option<String>,
    /// Who published it (`ContentSource`, `Author`).
    pub issuer: Option<String>,
    /// Name of the site (`SiteName`).
    pub site: Option<String>,
}

/// Where in a text the pages of a document begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages(Vec<(usize, u32)>);

impl Pages {
    /// From byte `at` of the text on it is page `page`; called in the order of the text.
    pub fn begin(&mut self, at: usize, page: u32) {
        if self.0.last().is_none_or(|(_, last)| *last != page) {
            self.0.push((at, page));
        }
    }

    /// The page that byte `at` stands on, from 1; none for a file without pages.
    pub fn at(&self, at: usize) -> Option<u32> {
        let behind = self.0.partition_point(|(start, _)| *start <= at);
        self.0.get(behind.checked_sub(1)?).map(|(_, page)| *page)
    }
}

/// A paragraph, heading line or table row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What the layout says it is.
    pub shape: Shape,
    /// Bytes of the text, without white space at either end.
    pub range: Range<usize>,
    /// Its folded form; maps to bytes of the whole text.
    pub folded: Folded,
}

/// What layout alone tells of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A paragraph or a line of its own.
    Paragraph,
    /// A line that the file marks as heading of this level (Markdown's `#`).
    Heading(u8),
    /// A table row; ranges of its cells in the text, one for each column. A cell that spans
    /// several columns or rows stands in each of them with the same range, so equal ranges
    /// of visible text side by side are one cell; a blank cell has an empty range.
    Row(Vec<Range<usize>>),
}

impl Block {
    /// A block over `range` of `text`; white space at its ends is left out.
    pub fn new(text: &str, range: Range<usize>, shape: Shape) -> Self {
        let range = trimmed(text, range);
        let folded = Folded::new(&text[range.clone()], range.start);
        Self {
            shape,
            range,
            folded,
        }
    }
}

impl Block {
    /// One block over several ranges of `text` that belong together; what stands between
    /// them is not part of its fold.
    pub fn of_pieces(text: &str, pieces: &[Range<usize>], shape: Shape) -> Self {
        let pieces: Vec<Range<usize>> = pieces.iter().map(|p| trimmed(text, p.clone())).collect();
        let start = pieces.first().map_or(0, |p| p.start);
        let end = pieces.last().map_or(start, |p| p.end);
        Self {
            shape,
            range: start..end,
            folded: Folded::of_pieces(pieces.into_iter().map(|p| (&text[p.clone()], p.start))),
        }
    }
}

/// The part of `range` that is left when white space at both ends is taken off.
pub fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let lead = slice.len() - slice.trim_start().len();
    let body = slice.trim();
    range.start + lead..range.start + lead + body.len()
}

/// Reads a file's bytes.
///
/// # Errors
/// [`SourceError`] when there is no text to be had from them.
pub fn read(bytes: &[u8], format: Format) -> Result<Source, SourceError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SourceError::TooLarge);
    }
    let format = kind::format(bytes, format)?;
    match format {
        Format::Txt | Format::Md => text(bytes, format),
        Format::Html => page(bytes, None),
        Format::Mhtml => match mhtml::page(bytes) {
            Some((body, declared)) => page(&body, declared),
            // Some programs give a plain page this name.
            None if bytes.trim_ascii_start().starts_with(b"<") => page(bytes, None),
            None => Err(SourceError::NoPage),
        },
        Format::Docx => docx::read(bytes),
        Format::Pdf => pdf::read(bytes),
    }
    .map(|source| Source {
        format,
        bytes: bytes.len() as u64,
        ..source
    })
}

/// Plain text and Markdown.
fn text(bytes: &[u8], format: Format) -> Result<Source, SourceError> {
    let decoded = decode::decode(bytes)?;
    if memchr::memchr_iter(b'\n', decoded.text.as_bytes()).count() > MAX_LINES {
        return Err(SourceError::TooLong);
    }
    let blocks = plain::blocks(&decoded.text, format);
    if blocks.is_empty() {
        return Err(SourceError::Empty);
    }
    Ok(Source {
        format,
        encoding: decoded.encoding,
        bytes: bytes.len() as u64,
        undecodable: decoded.undecodable,
        text: decoded.text,
        blocks,
        hints: Hints::default(),
        pages: Pages::default(),
        repaired: decoded.repaired,
        notes: decoded.notes,
    })
}

/// A web page; `declared` is what its container says of the encoding.
fn page(bytes: &[u8], declared: Option<String>) -> Result<Source, SourceError> {
    let declared = declared.or_else(|| decode::declared(bytes));
    let decoded = decode::decode_declared(bytes, declared.as_deref())?;
    let page = html::read(&decoded.text);
    if page.blocks.is_empty() {
        return Err(SourceError::Empty);
    }
    Ok(Source {
        format: Format::Html,
        encoding: decoded.encoding,
        bytes: bytes.len() as u64,
        undecodable: page.text.matches('\u{fffd}').count(),
        text: page.text,
        blocks: page.blocks,
        hints: page.hints,
        pages: Pages::default(),
        repaired: decoded.repaired,
        notes: [decoded.notes, page.notes].concat(),
    })
}
