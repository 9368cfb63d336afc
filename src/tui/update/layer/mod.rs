//! Layers: lists to pick from and cards to read, how large they are, and what keys do there.

mod card;
mod form;
mod picker;

use crate::config::keymap::{Code, Key};
use crate::text::width::cells;
use crate::tui::action::Job;
use crate::tui::command::Context;
use crate::tui::geometry::{self, Area};
use crate::tui::state::layer::{Card, Item, Picker};
use crate::tui::state::{Layer, State};
use crate::tui::text;

pub use card::{follow, scroll};
pub use picker::{narrow, take};

/// Columns and rows a card may take.
const CARD: (u16, u16) = (92, 30);
/// Columns a form may take.
const FORM: u16 = 76;
/// Least and most columns, and most rows of a picker.
const PICKER: (u16, u16, u16) = (60, 110, 22);

/// Where a layer stands on a screen of this size. A short one is as small as what it holds.
pub fn area(layer: &Layer, size: (u16, u16)) -> Area {
    let (w, h) = size;
    match layer {
        Layer::Picker(picker) => {
            let rows = u16::try_from(picker.items.len()).unwrap_or(u16::MAX);
            let rows = rows.saturating_add(4).min(PICKER.2);
            geometry::layer(w, h, picker.width, rows)
        }
        Layer::Card(card) => {
            let mut area = geometry::layer(w, h, CARD.0, CARD.1);
            let lines = text::card_lines(card, usize::from(area.inset(2, 1).w));
            let need = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            if area.h > need.saturating_add(2) && (area.w, area.h) != (w, h) {
                area.h = (need + 2).max(3);
            }
            area
        }
        Layer::Form(form) => {
            let fields = u16::try_from(form.fields.len()).unwrap_or(u16::MAX);
            let rows = fields.saturating_mul(2).saturating_add(8);
            geometry::layer(w, h, FORM, rows)
        }
    }
}

/// Keeps a layer's cursor on the screen.
pub fn fit(layer: &mut Layer, size: (u16, u16)) {
    let area = area(layer, size);
    if let Layer::Picker(p) = layer {
        p.cursor.fit(p.left.len(), picker::rows(area));
    }
}

/// Puts a picker on top, on the item that is chosen now.
pub fn pick(state: &mut State, title: &'static str, items: Vec<Item>, several: bool) {
    let wide = |i: &Item| cells(&i.label) + cells(&i.aside) + 2 * usize::from(i.depth) + 12;
    let wide = items.iter().map(wide).max().unwrap_or(0);
    let chosen = items.iter().position(|i| i.chosen && !several);
    let mut picker = Picker {
        title,
        items,
        input: Default::default(),
        left: Vec::new(),
        cursor: Default::default(),
        several,
        width: u16::try_from(wide)
            .unwrap_or(u16::MAX)
            .clamp(PICKER.0, PICKER.1),
    };
    narrow(&mut picker);
    picker.cursor.at = chosen.unwrap_or(0);
    let mut layer = Layer::Picker(picker);
    fit(&mut layer, state.size);
    state.layers.push(layer);
}

/// Puts a card on top.
pub fn read(state: &mut State, card: Card) {
    state.layers.push(Layer::Card(card));
}

/// A key while a layer is on top.
pub fn press(state: &mut State, key: Key) -> Vec<Job> {
    let contexts = [Context::Move, Context::Global];
    let command = state.keymap.command(key, &contexts);
    match state.layers.last() {
        Some(Layer::Picker(_)) => picker::press(state, key, command),
        Some(Layer::Card(_)) => card::press(state, key, command),
        Some(Layer::Form(_)) => form::press(state, key, command),
        None => Vec::new(),
    }
}

/// Whether a key types a character.
fn is_plain(key: Key) -> bool {
    matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt
}
