//! Word documents (Office Open XML, as Word and WPS write them) → text and blocks: what a
//! reader of the document sees, with the numbers that Word computes and without what was
//! deleted under change tracking, headers and footers.

mod body;
mod numbering;
mod styles;
mod table;
mod xml;

use super::grid::{Cell, Grid};
use super::writer::Writer;
use super::zipped::Zipped;
use super::{Format, Hints, Source, SourceError};
use styles::Styles;

/// Most bytes of one unpacked part.
const MAX_PART: u64 = 64 << 20;

/// A piece of a document, in reading order.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// One line; with the level of a heading.
    Line(Option<u8>, String),
    /// Cells with their spans, row by row.
    Table(Vec<Vec<Cell>>),
}

/// Reads a document.
///
/// # Errors
/// [`SourceError`] when it is no such document, damaged, or without words.
pub fn read(bytes: &[u8]) -> Result<Source, SourceError> {
    let mut package = Zipped::in_memory(bytes)?;
    let main = main_part(&mut package);
    if !package.has(&main) {
        return Err(SourceError::Damaged("Word document"));
    }
    let folder = main
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .to_owned();
    let mut part = |name: &str| {
        let path = if folder.is_empty() {
            name.to_owned()
        } else {
            format!("{folder}/{name}")
        };
        // A missing part is no fault; a damaged one costs only what it would have told.
        package
            .by_name(&path, MAX_PART)
            .map(|b| xml::text(&b))
            .unwrap_or_default()
    };
    let styles = Styles::read(&part("styles.xml"));
    let numbering = numbering::Numbering::read(&part("numbering.xml"));
    let footnotes = body::notes(&part("footnotes.xml"), &styles);
    let document = xml::text(&package.by_name(&main, MAX_PART)?);
    let (pieces, whole) = body::read(&document, &styles, numbering, &footnotes);
    let hints = Hints {
        title: package
            .by_name("docProps/core.xml", MAX_PART)
            .ok()
            .and_then(|b| xml::first(&xml::text(&b), "title")),
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
        repaired: 0,
        notes,
    })
}

fn write(pieces: &[Piece], writer: &mut Writer) {
    for piece in pieces {
        match piece {
            Piece::Line(Some(level), words) => writer.heading(*level, words),
            Piece::Line(None, words) => match tabbed(words) {
                Some(cells) => writer.table(&Grid::new(vec![cells])),
                None => writer.paragraph(words),
            },
            Piece::Table(rows) => writer.table(&Grid::new(rows.clone())),
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
fn main_part(package: &mut Zipped<std::io::Cursor<&[u8]>>) -> String {
    let relations = package
        .by_name("_rels/.rels", MAX_PART)
        .map(|b| xml::text(&b))
        .unwrap_or_default();
    xml::relation(&relations, "/officeDocument")
        .map(|target| target.trim_start_matches('/').to_owned())
        .filter(|target| package.has(target))
        .unwrap_or_else(|| "word/document.xml".to_owned())
}

#[cfg(test)]
pub(crate) mod tests;
