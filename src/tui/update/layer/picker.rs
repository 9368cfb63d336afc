//! Keys in a list to pick from: what is typed narrows it, Enter takes.

use super::is_plain;
use crate::config::keymap::{Code, Key};
use crate::tui::action::{Job, Spot};
use crate::tui::command::Command;
use crate::tui::fuzzy::Matcher;
use crate::tui::geometry::Area;
use crate::tui::state::layer::{Pick, Picker};
use crate::tui::state::{Cursor, Layer, Place, State, Step};
use crate::tui::update::{analysis, card, compare, leave, library, reader, run, step};

/// Rows of a picker's list.
pub fn rows(area: Area) -> usize {
    usize::from(area.h.saturating_sub(4)).max(1)
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

/// A key while a picker is on top.
pub fn press(state: &mut State, key: Key, command: Option<Command>) -> Vec<Job> {
    let size = state.size;
    let Some(layer) = state.layers.last_mut() else {
        return Vec::new();
    };
    let rows = rows(super::area(layer, size));
    let Layer::Picker(picker) = layer else {
        return Vec::new();
    };
    let len = picker.left.len();
    if picker.several && (key.code == Code::Tab || key == Key::char(' ')) {
        if let Some((i, _)) = picker.left.get(picker.cursor.at) {
            let item = &mut picker.items[*i];
            item.chosen = !item.chosen;
        }
        picker.cursor.step(Step::By(1), len, rows);
        return Vec::new();
    }
    let home = matches!(key.code, Code::Home | Code::End) && picker.input.is_empty();
    let paging = key.ctrl && matches!(key.code, Code::Char('f' | 'b' | 'd'));
    let types = is_plain(key) || command != Some(Command::Close);
    if !home && !paging && types && picker.input.key(key) {
        narrow(picker);
        return Vec::new();
    }
    match command {
        Some(Command::Open) => return take(state),
        Some(Command::Close | Command::Palette | Command::Help | Command::Quit) => {
            state.layers.pop();
        }
        Some(Command::Next) => picker.cursor.step(Step::By(1), len, rows),
        Some(Command::Previous) => picker.cursor.step(Step::By(-1), len, rows),
        Some(command) => {
            if let Some(step) = step(command) {
                picker.cursor.step(step, len, rows);
            }
        }
        None => {}
    }
    Vec::new()
}

/// Takes what is under the cursor of the picker.
pub fn take(state: &mut State) -> Vec<Job> {
    let Some(Layer::Picker(picker)) = state.layers.pop() else {
        return Vec::new();
    };
    if picker.several {
        let chosen = picker.items.into_iter().filter(|i| i.chosen);
        let columns = chosen.filter_map(|i| match i.pick {
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
        Pick::Year(year) if state.place == Place::Analysis => return analysis::year(state, year),
        Pick::Year(year) => return library::year(state, year),
        Pick::Rule(rule) => return analysis::rule(state, rule),
        // One looks at several of these: the list stays below the card.
        pick @ (Pick::Texts(_) | Pick::Finding(_)) => {
            state.layers.push(Layer::Picker(picker));
            match pick {
                Pick::Texts(at) => card::texts::sections(state, at),
                Pick::Finding(at) => card::finding::finding(state, at),
                _ => {}
            }
        }
        Pick::Rank(key) => return analysis::indicator(state, key),
        Pick::Level(level) => return analysis::level(state, level),
        Pick::Section(at) => reader::to_section(state, at),
        Pick::Part(part) => reader::to_part(state, part),
        Pick::Indicators(group) => compare::only(state, group),
        Pick::Kind(kind) => return library::show(state, kind),
        Pick::Copies(copies) => return library::show_copies(state, copies),
        Pick::Report(id) => {
            leave(state);
            return reader::open(state, Spot { id, range: 0..0 }, "");
        }
        Pick::Export(format) => return compare::export(state, format),
        Pick::Column(_) => {}
    }
    Vec::new()
}
