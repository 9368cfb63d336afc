//! Words that are looked for in the report.

use std::ops::Range;

use super::jump::{moved, show};
use crate::query;
use crate::tui::action::Job;
use crate::tui::command::Command;
use crate::tui::page;
use crate::tui::state::{Focus, State};
use crate::tui::update::step;

/// Where the words of a query stand in the report: in both scripts and all vocabularies.
pub(super) fn hits(state: &State, query: &str) -> Vec<Range<usize>> {
    match &state.reader.doc {
        Some(doc) if !query.is_empty() => {
            let found = query::find(&doc.reading.report, &query::parse(query));
            found.into_iter().map(|r| r.0..r.1).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn in_field(state: &mut State, command: Command) -> Vec<Job> {
    match command {
        Command::Open => {
            state.reader.focus = Focus::Main;
            if state.reader.find.is_empty() {
                state.reader.hits.clear();
            }
        }
        Command::Close => {
            state.reader.focus = Focus::Main;
            state.reader.find = Default::default();
            state.reader.hits.clear();
            state.reader.hit = None;
        }
        Command::Down | Command::Next => hit(state, 1),
        Command::Up | Command::Previous => hit(state, -1),
        _ => {
            if let Some(step) = step(command) {
                moved(state, step);
            }
        }
    }
    Vec::new()
}

/// The words to find have changed: the first hit at or below the top is shown.
pub fn found(state: &mut State) -> Vec<Job> {
    let Some(doc) = state.reader.doc.clone() else {
        return Vec::new();
    };
    let top = state.reader.source_at_top();
    let hits = page::find(&doc.reading, state.reader.find.text());
    state.reader.hit = match hits.iter().position(|h| h.start >= top) {
        None if hits.is_empty() => None,
        at => Some(at.unwrap_or(0)),
    };
    state.reader.hits = hits;
    show_hit(state);
    Vec::new()
}

pub(super) fn hit(state: &mut State, by: isize) {
    let len = state.reader.hits.len();
    if len == 0 {
        return;
    }
    let at = match state.reader.hit {
        Some(at) => (at + len).saturating_add_signed(by) % len,
        None => 0,
    };
    state.reader.hit = Some(at);
    show_hit(state);
}

fn show_hit(state: &mut State) {
    let reader = &state.reader;
    if let Some(range) = reader.hit.and_then(|i| reader.hits.get(i)) {
        show(state, range.start);
    }
}
