//! Layers: lists to pick from and cards to read, and what keys do there.

use super::{compare, library, reader, run, step};
use crate::config::keymap::{Code, Key};
use crate::tui::action::{Job, Spot};
use crate::tui::command::{Command, Context};
use crate::tui::fuzzy::Matcher;
use crate::tui::geometry;
use crate::tui::state::layer::{Card, Item, Pick, Picker};
use crate::tui::state::{Cursor, Input, Layer, State};
use crate::tui::text;

/// Rows and columns a picker or card wants.
pub const PICKER: (u16, u16) = (76, 22);
/// Rows and columns a picker or card wants.
pub const CARD: (u16, u16) = (92, 30);

/// Rows of a picker's list on a screen of this size.
fn rows(size: (u16, u16)) -> usize {
    let area = geometry::layer(size.0, size.1, PICKER.0, PICKER.1);
    usize::from(area.h.saturating_sub(4)).max(1)
}

/// Keeps a layer's cursor on the screen.
pub fn fit(layer: &mut Layer, size: (u16, u16)) {
    if let Layer::Picker(p) = layer {
        p.cursor.fit(p.left.len(), rows(size));
    }
}

/// Puts a picker on top, on the item that is chosen now.
pub fn pick(state: &mut State, title: &'static str, items: Vec<Item>, several: bool) {
    let mut picker = Picker {
        title,
        items,
        input: Input::default(),
        left: Vec::new(),
        cursor: Cursor::default(),
        several,
    };
    narrow(&mut picker);
    let chosen = picker.items.iter().position(|i| i.chosen && !several);
    let len = picker.left.len();
    picker
        .cursor
        .select(chosen.unwrap_or(0), len, rows(state.size));
    state.layers.push(Layer::Picker(picker));
}

/// Puts a card on top.
pub fn read(state: &mut State, card: Card) {
    state.layers.push(Layer::Card(card));
}

/// The items that match what was typed, the best first.
pub fn narrow(picker: &mut Picker) {
    let query = picker.input.text();
    let matcher = Matcher::new(query);
    let mut left: Vec<_> = picker
        .items
        .iter()
        .enumerate()
        .filter_map(|(i, item)| {
            let detail = format!("{} {}", item.detail, item.aside);
            matcher.score(&item.label, &detail).map(|(s, m)| (s, i, m))
        })
        .collect();
    left.sort_by_key(|l| (l.0, l.1));
    picker.left = left.into_iter().map(|(_, i, m)| (i, m)).collect();
    picker.cursor = Cursor::default();
}

/// A key while a layer is on top.
pub fn press(state: &mut State, key: Key) -> Vec<Job> {
    let contexts = [Context::Move, Context::Global];
    let size = state.size;
    let command = state.keymap.command(key, &contexts);
    match state.layers.last_mut() {
        Some(Layer::Picker(picker)) => {
            let plain = matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt;
            let mark = picker.several && (key.code == Code::Tab || key == Key::char(' '));
            if mark {
                if let Some((i, _)) = picker.left.get(picker.cursor.at) {
                    let item = &mut picker.items[*i];
                    item.chosen = !item.chosen;
                }
                let len = picker.left.len();
                picker
                    .cursor
                    .step(crate::tui::state::Step::By(1), len, rows(size));
                return Vec::new();
            }
            let home = matches!(key.code, Code::Home | Code::End) && picker.input.is_empty();
            let paging = key.ctrl && matches!(key.code, Code::Char('f' | 'b' | 'd'));
            if !home
                && !paging
                && (plain || command != Some(Command::Close))
                && picker.input.key(key)
            {
                narrow(picker);
                return Vec::new();
            }
            match command {
                Some(Command::Open) => return take(state),
                Some(Command::Close | Command::Palette | Command::Help | Command::Quit) => {
                    state.layers.pop();
                }
                Some(Command::Next) => return press(state, Key::plain(Code::Down)),
                Some(Command::Previous) => return press(state, Key::plain(Code::Up)),
                Some(command) => {
                    if let Some(step) = step(command) {
                        let len = picker.left.len();
                        picker.cursor.step(step, len, rows(size));
                    }
                }
                None => {}
            }
        }
        Some(Layer::Card(card)) => match command {
            Some(Command::Open) if card.target.is_some() => {
                let target = card.target.clone();
                state.layers.clear();
                if let Some((id, at)) = target {
                    super::leave(state);
                    return reader::open(
                        state,
                        Spot {
                            id,
                            range: at..at + 1,
                        },
                        "",
                    );
                }
            }
            Some(Command::Open | Command::Close | Command::Quit | Command::Help) => {
                state.layers.pop();
            }
            Some(Command::Next | Command::Previous) => {
                state.layers.pop();
                if let Some(command) = command {
                    let jobs = run(state, command);
                    if state.place == crate::tui::state::Place::Reader {
                        super::card::figure(state);
                    }
                    return jobs;
                }
            }
            Some(Command::Palette) => super::pickers::palette(state),
            Some(command) => {
                if let Some(step) = step(command) {
                    scroll(card, step, size);
                }
            }
            None if key == Key::char('y') => return super::card::copy(state),
            None => {}
        },
        None => {}
    }
    Vec::new()
}

/// Scrolls a card.
pub fn scroll(card: &mut Card, step: crate::tui::state::Step, size: (u16, u16)) {
    use crate::tui::state::Step;
    let area = geometry::layer(size.0, size.1, CARD.0, CARD.1).inset(2, 1);
    let len = text::card_lines(card, usize::from(area.w)).len();
    let height = usize::from(area.h).max(1);
    let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
    let top = match step {
        Step::By(n) => card.top.saturating_add_signed(n),
        Step::Page(n) => card.top.saturating_add_signed(n * page),
        Step::First => 0,
        Step::Last => len,
    };
    card.top = top.min(len.saturating_sub(height));
}

/// Takes what is under the cursor of the picker.
pub fn take(state: &mut State) -> Vec<Job> {
    let Some(Layer::Picker(picker)) = state.layers.pop() else {
        return Vec::new();
    };
    if picker.several {
        let mut chosen: Vec<Pick> = Vec::new();
        for item in picker.items.iter().filter(|i| i.chosen) {
            chosen.push(item.pick.clone());
        }
        let columns = chosen.into_iter().filter_map(|p| match p {
            Pick::Column(key) => Some(key),
            _ => None,
        });
        return library::columns(state, columns.collect());
    }
    let Some((at, _)) = picker.left.get(picker.cursor.at) else {
        return Vec::new();
    };
    match picker.items[*at].pick.clone() {
        Pick::Command(command) => return run(state, command),
        Pick::Sort(key) => return library::sort(state, key),
        Pick::Year(year) => return library::year(state, year),
        Pick::Section(at) => reader::to_section(state, at),
        Pick::Part(part) => reader::to_part(state, part),
        Pick::Finding(at) => super::card::finding(state, at),
        Pick::Indicators(group) => compare::only(state, group),
        Pick::Column(_) => {}
    }
    Vec::new()
}
