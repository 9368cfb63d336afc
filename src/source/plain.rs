//! Plain text and Markdown → blocks.

use super::{Block, Format, Shape};

/// Cuts a text into blocks.
pub fn blocks(text: &str, format: Format) -> Vec<Block> {
    let _ = format;
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            blocks.push(Block::new(text, at..at + line.len(), Shape::Paragraph));
        }
        at += line.len();
    }
    blocks
}
