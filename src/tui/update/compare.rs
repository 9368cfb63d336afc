//! What happens in the comparison.

use std::sync::Arc;

use super::{card, leave, reader, step};
use crate::export::table;
use crate::query::compare::Column;
use crate::tui::action::{Compared, Job, Spot, Tone};
use crate::tui::command::Command;
use crate::tui::geometry::{self, ComparePanes};
use crate::tui::state::compare::{DERIVED, SheetLine};
use crate::tui::state::layer::Export;
use crate::tui::state::{Cursor, Marked, Place, State};
use crate::tui::update::{layer, pickers};

/// The panes as they are now.
pub fn panes(state: &State) -> ComparePanes {
    let compare = &state.compare;
    let n = compare.compared.as_ref().map_or(2, |c| c.docs.len());
    geometry::compare(state.shell().body, n, compare.bars)
}

/// Keeps the cursor on the screen.
pub fn fit(state: &mut State) {
    let panes = panes(state);
    let compare = &mut state.compare;
    let len = compare.lines().len();
    compare.cursor.fit(len, usize::from(panes.rows.h));
    let n = compare.compared.as_ref().map_or(0, |c| c.docs.len());
    compare.column = compare.column.min(n.saturating_sub(1));
    // The column under the cursor is on the screen.
    let others = panes.columns.saturating_sub(1);
    if compare.column > 0 && others > 0 {
        let at = compare.column - 1;
        compare.shift = compare.shift.clamp((at + 1).saturating_sub(others), at);
    }
    compare.shift = compare
        .shift
        .min(n.saturating_sub(1).saturating_sub(others));
}

/// Compares what is marked; with only one marked, that and `other`.
pub fn open_marked(state: &mut State, other: Option<Marked>) -> Vec<Job> {
    let mut marks = state.marks.clone();
    if let Some(other) = other
        && marks.len() < 2
        && marks.iter().all(|m| m.id != other.id)
    {
        marks.push(other);
    }
    if marks.len() < 2 {
        let text = state.language.text("compare.mark_two").to_owned();
        state.tell(Tone::Bad, text);
        return Vec::new();
    }
    state.marks.clone_from(&marks);
    let ids = marks.into_iter().map(|m| m.id).collect();
    if state.place != Place::Compare {
        leave(state);
    }
    state.place = Place::Compare;
    ask(state, ids)
}

/// Says that other documents take no part in comparisons.
pub fn refuse(state: &mut State) {
    let text = state.language.text("compare.no_report").to_owned();
    state.tell(Tone::Bad, text);
}

/// Compares the years of one body.
pub fn years(state: &mut State, ids: Vec<String>) -> Vec<Job> {
    if ids.len() < 2 {
        let text = state.language.text("compare.no_years").to_owned();
        state.tell(Tone::Bad, text);
        return Vec::new();
    }
    leave(state);
    state.place = Place::Compare;
    state.compare.column = 0;
    ask(state, ids)
}

fn ask(state: &mut State, ids: Vec<String>) -> Vec<Job> {
    if state.compare.ids == ids && state.compare.compared.is_some() {
        return Vec::new();
    }
    let generation = state.next_generation();
    let compare = &mut state.compare;
    compare.generation = generation;
    compare.ids.clone_from(&ids);
    vec![Job::Compare { generation, ids }]
}

/// The comparison has come.
pub fn compared(state: &mut State, answer: Result<Arc<Compared>, String>) {
    let compare = &mut state.compare;
    match answer {
        Ok(compared) => {
            compare.error = None;
            compare.compared = Some(compared);
            // The first row rather than its heading.
            compare.cursor = Cursor { at: 1, top: 0 };
        }
        Err(why) => {
            compare.error = Some(why);
            compare.compared = None;
        }
    }
    fit(state);
}

/// Shows one group of indicators, or all.
pub fn only(state: &mut State, group: Option<String>) {
    state.compare.only = group;
    state.compare.cursor = Cursor { at: 1, top: 0 };
    fit(state);
}

/// Does what a command says.
pub fn run(state: &mut State, command: Command) -> Vec<Job> {
    match command {
        Command::Differences => state.compare.differences = !state.compare.differences,
        Command::Percent => state.compare.percent = !state.compare.percent,
        Command::Bars => state.compare.bars = !state.compare.bars,
        Command::Indicators => pickers::indicators(state),
        Command::Next | Command::Previous => {
            let n = state.compare.ids.len();
            if n > 0 {
                let by = if command == Command::Next { 1 } else { n - 1 };
                state.compare.column = (state.compare.column + by) % n;
            }
        }
        Command::Right => state.compare.column += 1,
        Command::Left => state.compare.column = state.compare.column.saturating_sub(1),
        Command::Swap => return swap(state),
        Command::Texts => return texts(state),
        Command::Remove => return remove(state),
        Command::Fold => fold(state),
        Command::FoldAll => fold_all(state),
        Command::Open => return open(state),
        Command::Close => return super::back(state, true),
        Command::Export => pickers::exports(state),
        _ => {
            if let Some(step) = step(command) {
                let height = usize::from(panes(state).rows.h);
                let len = state.compare.lines().len();
                state.compare.cursor.step(step, len, height);
            }
        }
    }
    fit(state);
    Vec::new()
}

/// Asks for the texts of the pinned report and the one under the cursor.
fn texts(state: &mut State) -> Vec<Job> {
    let with = state.compare.column.max(1);
    let docs = state.compare.compared.as_ref().map(|c| &c.docs);
    let Some([a, b]) = docs.and_then(|d| Some([d.first()?.clone(), d.get(with)?.clone()])) else {
        return Vec::new();
    };
    let generation = state.next_generation();
    state.compare.texts_generation = generation;
    vec![Job::Texts {
        generation,
        docs: [a, b],
    }]
}

/// The column under the cursor takes the pinned place; from the pinned one, the next does.
fn swap(state: &mut State) -> Vec<Job> {
    let mut ids = state.compare.ids.clone();
    if ids.len() < 2 {
        return Vec::new();
    }
    let with = state.compare.column.clamp(1, ids.len() - 1);
    ids.swap(0, with);
    reorder(state, ids)
}

fn remove(state: &mut State) -> Vec<Job> {
    let mut ids = state.compare.ids.clone();
    if ids.len() < 3 {
        let text = state.language.text("compare.keep_two").to_owned();
        state.tell(Tone::Bad, text);
        return Vec::new();
    }
    ids.remove(state.compare.column.min(ids.len() - 1));
    reorder(state, ids)
}

/// Marks follow the columns, so that a letter means the same everywhere.
fn reorder(state: &mut State, ids: Vec<String>) -> Vec<Job> {
    let place = |m: &Marked| ids.iter().position(|id| *id == m.id);
    state.marks.retain(|m| place(m).is_some());
    state.marks.sort_by_key(place);
    let cursor = state.compare.cursor;
    let jobs = ask(state, ids);
    state.compare.cursor = cursor;
    jobs
}

fn group_at_cursor(state: &State) -> Option<String> {
    let lines = state.compare.lines();
    let upto = lines.len().min(state.compare.cursor.at + 1);
    let heads = lines[..upto].iter().rev();
    heads.filter_map(SheetLine::group).next().map(str::to_owned)
}

/// Closes the group under the cursor, or opens it.
fn fold(state: &mut State) {
    let Some(name) = group_at_cursor(state) else {
        return;
    };
    if !state.compare.closed.remove(&name) {
        state.compare.closed.insert(name.clone());
    }
    let at = state
        .compare
        .lines()
        .iter()
        .position(|l| l.group() == Some(&name));
    state.compare.cursor.at = at.unwrap_or(0);
}

fn fold_all(state: &mut State) {
    let Some(compared) = state.compare.compared.clone() else {
        return;
    };
    let here = group_at_cursor(state);
    let compare = &mut state.compare;
    if compare.closed.is_empty() {
        let groups = compared.comparison.groups.iter();
        compare.closed = groups.map(|g| g.name.clone()).collect();
        compare.closed.insert(DERIVED.to_owned());
    } else {
        compare.closed.clear();
    }
    let same = |l: &SheetLine<'_>| l.group().is_some() && l.group() == here.as_deref();
    let at = compare.lines().iter().position(same);
    compare.cursor.at = at.unwrap_or(0);
}

/// A row shows what the reports say; a heading opens or closes; a check shows its figures.
fn open(state: &mut State) -> Vec<Job> {
    let lines = state.compare.lines();
    match lines.get(state.compare.cursor.at) {
        Some(SheetLine::Group(..) | SheetLine::Rates(_)) => fold(state),
        Some(SheetLine::Rate(row)) => {
            let card = card::derived(state, row);
            layer::read(state, card);
        }
        Some(SheetLine::Row(row)) => {
            let card = card::row(state, row);
            layer::read(state, card);
        }
        Some(SheetLine::Flag(flag)) => {
            let (column, finding) = (flag.column, flag.finding);
            let Some(compared) = state.compare.compared.clone() else {
                return Vec::new();
            };
            let Some(doc) = compared.docs.get(column) else {
                return Vec::new();
            };
            let reading = &doc.reading;
            let figure = reading
                .findings
                .get(finding)
                .and_then(|f| f.figures.first());
            let figure = figure.and_then(|id| reading.figures.iter().find(|f| f.id == *id));
            let spot = Spot {
                id: doc.id.clone(),
                range: figure.map_or(0..0, |f| f.range.clone()),
            };
            leave(state);
            return reader::open(state, spot, "");
        }
        None => {}
    }
    fit(state);
    Vec::new()
}

/// Writes what is on the screen: the same rows, in the format chosen.
pub fn export(state: &State, format: Export) -> Vec<Job> {
    let Some(comparison) = state.compare.shown() else {
        return Vec::new();
    };
    let place = |c: &Column| {
        let place = c.region_path.last().cloned().unwrap_or_default();
        let year = c.year.map(|y| y.to_string()).unwrap_or_default();
        format!("{place}{}{year}", c.agency.as_deref().unwrap_or_default())
    };
    let names: Vec<String> = comparison.columns.iter().take(4).map(place).collect();
    let l = state.language;
    let mut body = Vec::new();
    let (ending, written) = match format {
        Export::Markdown => ("md", table::markdown(&comparison, l, &mut body)),
        Export::Csv => ("csv", table::csv(&comparison, l, &mut body)),
        Export::Json => ("json", table::json(&comparison, &mut body)),
    };
    // Writing to memory does not fail; were it to, half a table would be worse than none.
    let Some(body) = written.ok().and_then(|()| String::from_utf8(body).ok()) else {
        return Vec::new();
    };
    let name = format!("compare-{}.{ending}", names.join("-"));
    vec![Job::Save { name, body }]
}
