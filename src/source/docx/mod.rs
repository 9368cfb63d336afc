//! Word documents (Office Open XML, as Word and WPS write them) → text and blocks: what a
//! reader of the document sees, with the numbers that Word computes and without what was
//! deleted under change tracking, headers and footers.

mod body;
mod chunks;
mod notes;
mod numbering;
mod numerals;
mod styles;
mod table;
mod xml;

use std::io::Cursor;

use super::grid::{Cell, Grid};
use super::writer::Writer;
use super::zipped::Zipped;
use super::{Format, Hints, Pages, Source, SourceError};
use body::Beside;
use styles::Styles;

/// Most bytes of one unpacked part.
const MAX_PART: u64 = 64 << 20;
/// Most bytes of all parts that are read, with those of documents within the document.
const MAX_PARTS: u64 = 192 << 20;

/// The parts of a document, and how many bytes may still be unpacked.
struct Package<'a> {
    zip: Zipped<Cursor<&'a [u8]>>,
    left: &'a mut u64,
}

impl Package<'_> {
    fn bytes(&mut self, path: &str) -> Result<Vec<u8>, SourceError> {
        let bytes = self.zip.by_name(path, MAX_PART.min(*self.left))?;
        *self.left -= bytes.len() as u64;
        Ok(bytes)
    }

    /// The text of a part that may be missing; a damaged one costs only what it would have
    /// told.
    fn text(&mut self, path: &str) -> String {
        self.bytes(path).map(|b| xml::text(&b)).unwrap_or_default()
    }
}

/// A piece of a document, in reading order.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// One line; with the level of a heading.
    Line(Option<u8>, String),
    /// Cells with their spans, row by row.
    Table(Vec<Vec<Cell>>),
    /// A table of a document within this one.
    Grid(Grid),
}

/// Reads a document.
///
/// # Errors
/// [`SourceError`] when it is no such document, damaged, or without words.
pub fn read(bytes: &[u8]) -> Result<Source, SourceError> {
    read_within(bytes, &mut { MAX_PARTS }, 0)
}

/// Reads a document that stands so deep in others.
fn read_within(bytes: &[u8], left: &mut u64, depth: usize) -> Result<Source, SourceError> {
    let mut package = Package {
        zip: Zipped::in_memory(bytes)?,
        left,
    };
    let main = main_part(&mut package);
    if !package.zip.has(&main) {
        return Err(SourceError::Damaged("Word document"));
    }
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    let within = |name: &str| match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    let document = xml::text(&package.bytes(&main)?);
    let numbering = numbering::Numbering::read(&package.text(&within("numbering.xml")));
    let beside = Beside {
        styles: Styles::read(&package.text(&within("styles.xml"))),
        footnotes: notes::read(&package.text(&within("footnotes.xml")), "footnote"),
        endnotes: notes::read(&package.text(&within("endnotes.xml")), "endnote"),
        chunks: {
            let relations = package.text(&within(&format!("_rels/{name}.rels")));
            chunks::read(&mut package, &relations, within, depth)
        },
    };
    let (pieces, whole) = body::read(&document, &beside, numbering);
    let hints = Hints {
        title: xml::first(&package.text("docProps/core.xml"), "title"),
        ..Hints::default()
    };

    let mut writer = Writer::default();
    write(&pieces, &mut writer);
    let (text, blocks) = writer.finish();
    if blocks.is_empty() {
        return Err(if whole {
            SourceError::Empty
        } else {
            SourceError::Damaged("Word document")
        });
    }
    let mut notes = Vec::new();
    if !whole {
        notes.push("the document is damaged: read as far as it goes".to_owned());
    }
    Ok(Source {
        format: Format::Docx,
        encoding: "UTF-8",
        bytes: bytes.len() as u64,
        undecodable: text.matches('\u{fffd}').count(),
        text,
        blocks,
        hints,
        pages: Pages::default(),
        repaired: 0,
        notes,
    })
}

fn write(pieces: &[Piece], writer: &mut Writer) {
    for piece in pieces {
        match piece {
            Piece::Line(Some(level), words) => writer.heading(*level, words),
            Piece::Line(None, words) => match tabbed(words) {
                Some(cells) => {
                    writer.table(&Grid::new(vec![cells]));
                }
                None => writer.paragraph(words),
            },
            Piece::Table(rows) => {
                writer.table(&Grid::new(rows.clone()));
            }
            Piece::Grid(grid) => {
                writer.table(grid);
            }
        }
    }
}

/// A line that tabs make into a row of a table: label and number.
fn tabbed(words: &str) -> Option<Vec<Cell>> {
    let parts: Vec<&str> = words.trim().split('\t').map(str::trim).collect();
    let number = |p: &str| {
        p.chars().any(|c| c.is_numeric())
            && p.chars()
                .all(|c| c.is_numeric() || matches!(c, '.' | ',' | '-' | '%'))
    };
    let last = parts.last().filter(|_| parts.len() > 1)?;
    (number(last) || *last == "—" || *last == "-")
        .then(|| parts.iter().map(|p| Cell::one(*p)).collect())
}

/// The path of the part with the document's words, as the package's relations name it.
fn main_part(package: &mut Package) -> String {
    xml::relations(&package.text("_rels/.rels"), "/officeDocument")
        .into_iter()
        .map(|(_, target)| target.trim_start_matches('/').to_owned())
        .find(|target| package.zip.has(target))
        .unwrap_or_else(|| "word/document.xml".to_owned())
}

#[cfg(test)]
pub(crate) mod tests;
