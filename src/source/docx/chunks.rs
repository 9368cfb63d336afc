//! Documents put into a document whole (`altChunk`): web pages, as many sites write their
//! "Word export", or other Word documents, as programs that join documents leave them.

use std::collections::HashMap;

use super::{Package, Piece, read_within, xml};
use crate::source::grid::Grid;
use crate::source::{self, Format, Shape, Source};

/// Documents within documents deeper than this are not read.
const MAX_DEPTH: usize = 2;
/// Most documents put into one.
const MAX_CHUNKS: usize = 200;

/// The documents that a part's relations name, by the ids of the relations.
pub fn read(
    package: &mut Package,
    relations: &str,
    within: impl Fn(&str) -> String,
    depth: usize,
) -> HashMap<String, Vec<Piece>> {
    let mut chunks = HashMap::new();
    if depth >= MAX_DEPTH {
        return chunks;
    }
    for (id, target) in xml::relations(relations, "/aFChunk")
        .into_iter()
        .take(MAX_CHUNKS)
    {
        let path = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => within(&target),
        };
        let Ok(bytes) = package.bytes(&path) else {
            continue;
        };
        let source = match source::kind::format(&bytes, Format::of(&path).unwrap_or(Format::Txt)) {
            Ok(Format::Docx) => read_within(&bytes, package.left, depth + 1),
            Ok(Format::Pdf) | Err(_) => continue,
            Ok(format) => source::read(&bytes, format),
        };
        if let Ok(source) = source {
            chunks.insert(id, pieces(&source));
        }
    }
    chunks
}

/// A document's blocks as pieces of another.
fn pieces(source: &Source) -> Vec<Piece> {
    let mut pieces = Vec::new();
    // Where the cells of the table begin that stands last, to know them again.
    let mut ids = HashMap::new();
    for block in &source.blocks {
        let words = source.text[block.range.clone()].to_owned();
        match &block.shape {
            Shape::Paragraph => pieces.push(Piece::Line(None, words)),
            Shape::Heading(level) => pieces.push(Piece::Line(Some(*level), words)),
            Shape::Row(cells) => {
                if !matches!(pieces.last(), Some(Piece::Grid(_))) {
                    ids.clear();
                    pieces.push(Piece::Grid(Grid::default()));
                }
                let Some(Piece::Grid(grid)) = pieces.last_mut() else {
                    continue;
                };
                let row = cells.iter().map(|cell| {
                    let id = *ids.entry(cell.clone()).or_insert_with(|| {
                        grid.cells.push(source.text[cell.clone()].to_owned());
                        grid.cells.len() - 1
                    });
                    Some(id)
                });
                let row = row.collect();
                grid.rows.push(row);
            }
        }
    }
    pieces
}
