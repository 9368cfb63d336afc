//! What happens in the search.

use super::{leave, reader, step};
use crate::tui::action::{Job, Spot};
use crate::tui::command::Command;
use crate::tui::geometry::{self, SearchPanes};
use crate::tui::state::search::{FacetLine, FindLine};
use crate::tui::state::{Cursor, Focus, Input, State, Step};

/// Reports shown of those found.
const SHOWN: usize = 100;
/// Queries remembered.
const REMEMBERED: usize = 100;

/// The panes as they are now.
pub fn panes(state: &State) -> SearchPanes {
    geometry::search(state.shell().body, state.search.focus)
}

/// Keeps the cursors on the screen.
pub fn fit(state: &mut State) {
    let panes = panes(state);
    let len = state.search.lines().len();
    state.search.cursor.fit(len, usize::from(panes.hits.h));
    let len = state.search.facets().len();
    state.search.facet.fit(len, usize::from(panes.facets.h));
}

/// The query may have changed: ask it. The newest wins, so there is no need to wait.
pub fn asked(state: &mut State) -> Vec<Job> {
    let query = state.search.input.text().to_owned();
    if query == state.search.asked {
        return Vec::new();
    }
    state.search.asked.clone_from(&query);
    let generation = state.next_generation();
    state.search.generation = generation;
    if query.trim().is_empty() {
        state.search.page = None;
        state.search.answered = query;
        return Vec::new();
    }
    vec![Job::Search {
        generation,
        query,
        copies: state.library.copies,
        window: 0..SHOWN,
    }]
}

/// Asks again: the index has changed.
pub fn again(state: &mut State) -> Vec<Job> {
    if state.search.asked.trim().is_empty() {
        return Vec::new();
    }
    state.search.asked.clear();
    asked(state)
}

/// An answer has come.
pub fn found(state: &mut State, page: crate::query::SearchPage) {
    let search = &mut state.search;
    let same = search.answered == search.asked;
    search.answered.clone_from(&search.asked);
    search.page = Some(page);
    if !same {
        search.cursor = Cursor::default();
        search.facet = Cursor::default();
    }
    fit(state);
}

/// Does what a command says.
pub fn run(state: &mut State, command: Command) -> Vec<Job> {
    match (state.search.focus, command) {
        (_, Command::Query) => state.search.focus = Focus::Input,
        (Focus::Input, Command::Up) => return recall(state, true),
        (Focus::Input, Command::Down) if state.search.recalled.is_some() => {
            return recall(state, false);
        }
        (Focus::Input, Command::Down | Command::PageDown | Command::Open) => {
            if command == Command::Open {
                remember(state);
            }
            if !state.search.lines().is_empty() {
                state.search.focus = Focus::Main;
            }
        }
        (Focus::Input, Command::Close) if !state.search.input.is_empty() => {
            state.search.input = Input::default();
            return asked(state);
        }
        (Focus::Input, Command::Close) => return super::back(state, true),
        (_, Command::Close) => state.search.focus = Focus::Input,
        (focus, Command::Next | Command::Previous) => {
            let order = [Focus::Input, Focus::Main, Focus::Side];
            let by = if command == Command::Next { 1 } else { 2 };
            let at = order.iter().position(|f| *f == focus).unwrap_or(0);
            state.search.focus = order[(at + by) % 3];
        }
        (Focus::Side, Command::Open) => return narrow(state),
        (Focus::Side, Command::Left) => state.search.focus = Focus::Main,
        (Focus::Main, Command::Right) => state.search.focus = Focus::Side,
        (Focus::Main, Command::Open) => return open(state),
        (Focus::Main, Command::Up) if state.search.cursor.at == 0 => {
            state.search.focus = Focus::Input;
        }
        (focus, _) => {
            if let Some(step) = step(command) {
                moved(state, focus, step);
            }
        }
    }
    fit(state);
    Vec::new()
}

/// Moves among the finds: a section is one stop, though it has two lines.
fn moved(state: &mut State, focus: Focus, step: Step) {
    let panes = panes(state);
    if focus == Focus::Side {
        let len = state.search.facets().len();
        let height = usize::from(panes.facets.h);
        state.search.facet.step(step, len, height);
        return;
    }
    let height = usize::from(panes.hits.h);
    let lines = state.search.lines();
    let stops: Vec<bool> = lines
        .iter()
        .map(|l| !matches!(l, FindLine::Snippet(..)))
        .collect();
    let len = lines.len();
    let down = matches!(step, Step::By(1..) | Step::Page(1..) | Step::First);
    let mut cursor = state.search.cursor;
    cursor.step(step, len, height);
    while cursor.at < len && !stops[cursor.at] {
        let by = if down && cursor.at + 1 < len { 1 } else { -1 };
        cursor.step(Step::By(by), len, height);
    }
    // The snippet below the selected title is shown too.
    if cursor.at + 1 >= cursor.top + height && cursor.at + 1 < len && height > 1 {
        cursor.top += 1;
    }
    state.search.cursor = cursor;
}

/// Reads the report under the cursor at the words that were found.
fn open(state: &mut State) -> Vec<Job> {
    let lines = state.search.lines();
    let Some(line) = lines.get(state.search.cursor.at) else {
        return Vec::new();
    };
    let (group, hit) = match line {
        FindLine::Report(group) => (*group, group.hits.first()),
        FindLine::Section(group, hit) | FindLine::Snippet(group, hit) => (*group, Some(*hit)),
    };
    let spot = Spot {
        id: group.report.id.clone(),
        range: hit
            .and_then(|h| h.ranges.first())
            .map_or(0..0, |r| r.0..r.1),
    };
    remember(state);
    leave(state);
    let query = state.search.answered.clone();
    reader::open(state, spot, &query)
}

/// Adds the facet under the cursor to the query.
fn narrow(state: &mut State) -> Vec<Job> {
    let facets = state.search.facets();
    let Some(FacetLine::Value { term, .. }) = facets.get(state.search.facet.at) else {
        return Vec::new();
    };
    if term.is_empty() {
        return Vec::new();
    }
    let name = term.split(':').next().unwrap_or_default();
    let rest = state
        .search
        .input
        .text()
        .split_whitespace()
        .filter(|w| w.split(':').next() != Some(name) || !w.contains(':'))
        .collect::<Vec<_>>()
        .join(" ");
    state.search.input = Input::new(format!("{rest} {term}").trim());
    asked(state)
}

/// Puts the query into the history.
fn remember(state: &mut State) {
    let search = &mut state.search;
    let query = search.input.text().trim().to_owned();
    search.recalled = None;
    if query.is_empty() {
        return;
    }
    search.history.retain(|q| *q != query);
    search.history.push(query);
    let over = search.history.len().saturating_sub(REMEMBERED);
    search.history.drain(..over);
}

/// Brings back an older query, or a newer one.
fn recall(state: &mut State, older: bool) -> Vec<Job> {
    let search = &mut state.search;
    let next = match (search.recalled, older) {
        (None, true) => {
            search.draft = search.input.text().to_owned();
            Some(0)
        }
        (Some(n), true) => Some(n + 1),
        (Some(0) | None, false) => None,
        (Some(n), false) => Some(n - 1),
    };
    match next {
        None => {
            search.recalled = None;
            search.input = Input::new(&search.draft.clone());
        }
        Some(n) => {
            let Some(query) = search.history.iter().rev().nth(n) else {
                return Vec::new();
            };
            search.input = Input::new(query);
            search.recalled = next;
        }
    }
    asked(state)
}
