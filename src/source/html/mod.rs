//! Web pages as browsers and scrapers save them → text and blocks. The article is found
//! among the page's furniture; its title and metadata are kept also when they stand outside.

mod article;
mod hints;
mod join;
mod knowledge;
mod render;
mod table;
pub mod tree;
mod weigh;
mod words;

use self::article::Article;
use self::tree::Tree;
use super::writer::Writer;
use super::{Block, Hints, plain};

/// What a page says.
#[derive(Debug)]
pub struct Page {
    /// The article, with its title and metadata.
    pub text: String,
    /// The text in pieces.
    pub blocks: Vec<Block>,
    /// What the page says of itself.
    pub hints: Hints,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// Reads a page that has been decoded.
pub fn read(page: &str) -> Page {
    let tree = Tree::parse(page);
    let hints = hints::read(&tree);
    let article = Article::find(&tree);
    let pieces = render::pieces(&tree, &article, hints.title.as_deref());
    let mut writer = Writer::default();
    for piece in join::join(pieces) {
        match piece {
            render::Piece::Table(grid) => {
                writer.table(&grid);
            }
            render::Piece::Line(line) => match line.heading {
                Some(level) => writer.heading(level, &line.words),
                None => writer.paragraph(&line.words),
            },
        }
    }
    let (text, blocks) = writer.finish();
    let blocks = plain::gather(&text, blocks);
    let mut notes = Vec::new();
    if tree.cut {
        notes.push(
            "the page is nested too deeply or too large: part of its layout was not read"
                .to_owned(),
        );
    }
    Page {
        text,
        blocks,
        hints,
        notes,
    }
}

#[cfg(test)]
mod tests;
