//! Drawing: state → buffer. A file per place, one for the lines around it and one for what
//! lies over it. Nothing here changes anything.

mod analysis;
mod chrome;
mod compare;
mod form;
mod layer;
mod library;
mod preview;
mod reader;
mod search;
#[cfg(test)]
pub(in crate::tui) mod tests;

use ratatui::buffer::Buffer;

use super::state::{Place, State};
use super::style::Skin;
use super::widget::Pen;

/// Draws everything; returns where the terminal's cursor should stand.
pub fn draw(state: &State, skin: &Skin, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let mut pen = Pen::new(buffer, skin);
    let shell = state.shell();
    chrome::header(state, &mut pen, shell.header);
    match state.place {
        Place::Library => library::draw(state, &mut pen),
        Place::Reader => reader::draw(state, &mut pen),
        Place::Search => search::draw(state, &mut pen),
        Place::Compare => compare::draw(state, &mut pen),
        Place::Analysis => analysis::draw(state, &mut pen),
    }
    chrome::footer(state, &mut pen, shell.footer);
    // Only the topmost: what is left of a larger one around it would be clutter.
    if let Some(layer) = state.layers.last() {
        pen.caret = None;
        layer::draw(state, layer, &mut pen);
    }
    pen.caret
}
