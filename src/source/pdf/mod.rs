//! PDF documents with a text layer → text and blocks. A page is drawn into characters where
//! they stand and the lines between them; lines that cross are tables, the rest is joined
//! to paragraphs. Scanned pages are recognised and said.
//!
//! A hostile file can ask its reader for any amount of memory (streams packed within
//! streams), so the program reads PDF files in a process of its own with limits
//! ([`worker`]); everything else here runs there.

mod breaks;
mod columns;
mod flow;
mod font;
mod furniture;
mod han;
mod lines;
mod page;
mod path;
mod sfnt;
mod tables;
mod turn;
mod unruled;
pub mod worker;

use std::time::{Duration, Instant};

use hayro_syntax::{LoadPdfError, Pdf};
use serde::{Deserialize, Serialize};

use super::grid::Grid;
use super::writer::Writer;
use super::{Format, Hints, Pages, Source, SourceError, decode};

/// Pages beyond this many are not read, and said.
pub const MAX_PAGES: usize = 2000;
/// The time that one file may take.
pub const MAX_TIME: Duration = Duration::from_secs(20);
/// Fewer characters on a page than this, beside a picture that covers most of it, are none.
const FEW: usize = 20;

/// What a document holds, ready to be written out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    pieces: Vec<Piece>,
    title: Option<String>,
    notes: Vec<String>,
}

/// A piece of a document, in reading order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Piece {
    /// A paragraph, and at which of its bytes which pages begin.
    Line(String, Starts),
    /// A row of cells, and its page.
    Row(Vec<String>, u32),
    Table {
        cells: Vec<String>,
        rows: Vec<Vec<Option<usize>>>,
        /// With which of the cells which pages begin.
        pages: Starts,
    },
}

/// Places within a piece, each with the page that begins there, from 1.
pub(crate) type Starts = Vec<(usize, u32)>;

/// Why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// It needs a password.
    Encrypted,
    /// It has no pages that can be found.
    Damaged,
    /// Nothing is drawn on its pages.
    Empty,
    /// So many pages are pictures, and the rest says nothing.
    Scanned(usize),
    /// Its fonts do not say which characters they draw.
    Unmapped,
    /// It takes more time, memory or drawing than a file may.
    Unbounded,
}

impl From<Refusal> for SourceError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Encrypted => Self::Encrypted,
            Refusal::Damaged => Self::Damaged("PDF structure"),
            Refusal::Empty => Self::Empty,
            Refusal::Scanned(pages) => Self::Scanned(pages),
            Refusal::Unmapped => Self::Unmapped,
            Refusal::Unbounded => Self::Unbounded,
        }
    }
}

/// Reads a document.
///
/// # Errors
/// [`SourceError`] when it is damaged, encrypted, without text, or takes too much.
pub fn read(bytes: &[u8]) -> Result<Source, SourceError> {
    let layout = worker::layout(bytes)?;
    let mut writer = Writer::default();
    let mut pages = Pages::default();
    for piece in layout.pieces {
        match piece {
            Piece::Line(words, starts) => {
                let lead = words.len() - words.trim_start().len();
                for (at, page) in starts {
                    pages.begin(writer.written() + at.saturating_sub(lead), page);
                }
                writer.paragraph(&words);
            }
            Piece::Row(cells, page) => {
                let row = (0..cells.len()).map(Some).collect();
                pages.begin(writer.written(), page);
                writer.table(&Grid {
                    cells,
                    rows: vec![row],
                });
            }
            Piece::Table {
                cells,
                rows,
                pages: starts,
            } => {
                let cells = writer.table(&Grid { cells, rows });
                for (first, page) in starts {
                    let begins = cells.iter().skip(first).flatten().next();
                    if let Some(cell) = begins {
                        pages.begin(cell.start, page);
                    }
                }
            }
        }
    }
    let (text, blocks) = writer.finish();
    if blocks.is_empty() {
        return Err(SourceError::Empty);
    }
    Ok(Source {
        format: Format::Pdf,
        encoding: "PDF",
        bytes: bytes.len() as u64,
        undecodable: text.matches('\u{fffd}').count(),
        text,
        blocks,
        hints: Hints {
            title: layout.title,
            ..Hints::default()
        },
        repaired: 0,
        pages,
        notes: layout.notes,
    })
}

/// Lays a document out. Bounded in time between any two operators of a page, not in
/// memory: that is the worker's business.
///
/// # Errors
/// [`Refusal`] when there is no text to be had.
pub fn lay_out(bytes: Vec<u8>, time: Duration) -> Result<Layout, Refusal> {
    let deadline = Instant::now() + time;
    let pdf = Pdf::new(bytes).map_err(|e| match e {
        LoadPdfError::Decryption(_) => Refusal::Encrypted,
        LoadPdfError::Invalid => Refusal::Damaged,
    })?;
    let mut budget = page::Budget::until(deadline);
    let (mut characters, mut unmapped, mut scanned) = (0, 0, Vec::new());
    let mut sheets = Vec::new();
    let pages = pdf.pages();
    for (number, page) in pages.iter().enumerate().take(MAX_PAGES) {
        let mut drawing = page::draw(page, &mut budget);
        if budget.is_spent() || Instant::now() > deadline {
            return Err(Refusal::Unbounded);
        }
        let visible = drawing.glyphs.iter().filter(|g| !g.c.is_whitespace());
        let count = visible.clone().count();
        characters += count;
        unmapped += visible.filter(|g| g.c == '\u{fffd}').count();
        if count < FEW && drawing.pictured > 0.5 {
            scanned.push(number + 1);
        }
        let tables = tables::tables(&drawing.rules, &mut drawing.glyphs);
        sheets.push(flow::Sheet {
            page: u32::try_from(number + 1).unwrap_or(u32::MAX),
            left: 0.0,
            width: drawing.width,
            height: drawing.height,
            lines: lines::lines(drawing.glyphs),
            tables,
        });
    }
    if characters == 0 {
        return Err(match (pages.len(), scanned.len()) {
            (0, _) => Refusal::Damaged,
            (_, 0) => Refusal::Empty,
            (_, scanned) => Refusal::Scanned(scanned),
        });
    }
    if !scanned.is_empty() && characters < FEW * pages.len() {
        return Err(Refusal::Scanned(scanned.len()));
    }
    if unmapped * 2 > characters {
        return Err(Refusal::Unmapped);
    }
    let mut notes = Vec::new();
    if !scanned.is_empty() {
        let numbers: Vec<String> = scanned.iter().take(20).map(usize::to_string).collect();
        notes.push(format!(
            "{} of {} pages are scanned and have no text: {}{}",
            scanned.len(),
            pages.len(),
            numbers.join(", "),
            if scanned.len() > 20 { ", …" } else { "" }
        ));
    }
    if unmapped * 50 > characters {
        notes.push("some fonts do not say which characters they draw".to_owned());
    }
    if pages.len() > MAX_PAGES {
        notes.push(format!("only the first {MAX_PAGES} pages were read"));
    }
    Ok(Layout {
        pieces: flow::pieces(sheets),
        title: pdf.metadata().title.as_deref().and_then(title),
        notes,
    })
}

/// The title that the document's properties give; what programs put there by themselves is
/// none.
fn title(bytes: &[u8]) -> Option<String> {
    let text = text(bytes)?;
    let text = text.trim();
    let text = text.strip_prefix("Microsoft Word - ").unwrap_or(text);
    let text = text
        .trim_end_matches(".docx")
        .trim_end_matches(".doc")
        .trim();
    let han = text.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    (han && text.chars().count() <= 200).then(|| text.to_owned())
}

/// A string of the file's own: UTF-16, or as Chinese programs write it, though they should
/// not, GBK.
fn text(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest
                .chunks_exact(2)
                .map(|c| u16::from_be_bytes([c[0], c[1]]))
                .collect();
            String::from_utf16_lossy(&units)
        }
        bytes => decode::decode(bytes).ok()?.text,
    };
    Some(text.chars().filter(|c| !c.is_control()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_read_in_the_encodings_of_the_trade() {
        let words = "某县2020年度报告";
        let utf16: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain(words.encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        let gbk = b"\xc4\xb3\xcf\xd82020\xc4\xea\xb6\xc8\xb1\xa8\xb8\xe6";
        let named = format!("\u{feff}Microsoft Word - {words}.doc");
        for bytes in [&utf16[..], &gbk[..], named.as_bytes()] {
            assert_eq!(title(bytes).as_deref(), Some(words));
        }
        assert_eq!(title(b"untitled"), None);
    }
}
