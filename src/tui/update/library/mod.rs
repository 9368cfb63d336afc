//! What happens in the library.

mod tree;

use super::{compare, correct, leave, reader, step};
use crate::query::{Grouping, SortKey};
use crate::report::Kind;
use crate::tui::action::{Job, Spot};
use crate::tui::command::Command;
use crate::tui::geometry::{self, LibraryPanes};
use crate::tui::state::{Cursor, Focus, Marked, State, Step};
use crate::tui::update::pickers;

pub use tree::{choose, grown};

/// Rows asked for around those on the screen, so that scrolling seldom waits.
const AHEAD: usize = 100;

/// The panes as they are now.
pub fn panes(state: &State) -> LibraryPanes {
    let library = &state.library;
    geometry::library(state.shell().body, library.focus, library.preview)
}

/// Asks for list and tree again.
pub fn refresh(state: &mut State) -> Vec<Job> {
    vec![list(state), nodes(state), totals(state)]
}

fn list(state: &mut State) -> Job {
    let generation = state.next_generation();
    let height = usize::from(panes(state).list.h);
    let library = &mut state.library;
    library.list_generation = generation;
    let top = library.list.top;
    Job::List {
        generation,
        filter: library.filter(),
        sort: library.sort.clone(),
        columns: library.columns.clone(),
        window: top.saturating_sub(AHEAD)..top + height + AHEAD,
    }
}

fn totals(state: &mut State) -> Job {
    let generation = state.next_generation();
    let library = &mut state.library;
    library.totals_generation = generation;
    Job::Totals {
        generation,
        filter: library.filter(),
        columns: library.columns.clone(),
    }
}

fn nodes(state: &mut State) -> Job {
    let generation = state.next_generation();
    state.library.tree_generation = generation;
    Job::Tree {
        generation,
        grouping: state.library.grouping,
        filter: state.library.tree_filter(),
    }
}

/// The words of the filter have changed.
pub fn filtered(state: &mut State) -> Vec<Job> {
    anew(state);
    refresh(state)
}

/// Another list: the same report stays selected when it is in it.
fn anew(state: &mut State) {
    state.library.keep = state.library.selected().map(|r| r.id.clone());
    state.library.list = Cursor::default();
}

/// The list may show rows that are not known, or another report may be under the cursor.
pub fn seen(state: &mut State) -> Vec<Job> {
    let panes = panes(state);
    let height = usize::from(panes.list.h);
    let library = &mut state.library;
    library.list.fit(library.total, height);
    let tree = library.branches().len() + 1;
    library.tree.fit(tree, usize::from(panes.tree.h));
    let last = (library.list.top + height).min(library.total);
    let known = library.offset..library.offset + library.rows.len();
    let mut jobs = Vec::new();
    if library.known && (library.list.top < known.start || last > known.end) {
        jobs.push(list(state));
    }
    jobs.extend(preview(state));
    jobs
}

fn preview(state: &mut State) -> Option<Job> {
    if panes(state).preview.h == 0 {
        return None;
    }
    let id = state.library.selected()?.id.clone();
    if state.library.preview_id.as_ref() == Some(&id) {
        return None;
    }
    let generation = state.next_generation();
    state.library.preview_id = Some(id.clone());
    state.library.preview_generation = generation;
    Some(Job::Preview { generation, id })
}

/// Does what a command says.
pub fn run(state: &mut State, command: Command) -> Vec<Job> {
    match command {
        Command::Next | Command::Previous => {
            state.library.focus = match state.library.focus {
                Focus::Side => Focus::Main,
                _ => Focus::Side,
            };
            return seen(state);
        }
        Command::Close => return close(state),
        Command::Filter => state.library.focus = Focus::Input,
        Command::Sort => pickers::sorts(state),
        Command::Year => pickers::years(state),
        Command::Group => {
            let next = match state.library.grouping {
                Grouping::Region => Grouping::Year,
                Grouping::Year => Grouping::Level,
                Grouping::Level => Grouping::Agency,
                Grouping::Agency => Grouping::Region,
            };
            return tree::group(state, next);
        }
        Command::Columns => pickers::columns(state),
        Command::Show => pickers::kinds(state),
        Command::Correct => return correct::open(state),
        Command::Trend => return trend(state),
        Command::Copies => {
            let id = state.library.selected().map(|r| r.id.clone());
            return id.map_or_else(Vec::new, |id| copies(state, id));
        }
        Command::Reverse => {
            let sort = &mut state.library.sort;
            sort.descending = !sort.descending;
            anew(state);
            return vec![list(state)];
        }
        Command::Preview => {
            state.library.preview = !state.library.preview;
            return seen(state);
        }
        Command::Mark => {
            toggle_mark(state);
            state.library.list.step(
                Step::By(1),
                state.library.total,
                usize::from(panes(state).list.h),
            );
            return seen(state);
        }
        Command::Unmark => state.marks.clear(),
        Command::CompareMarked => {
            let row = state.library.selected().filter(|r| is_report(r)).map(mark);
            return compare::open_marked(state, row);
        }
        _ if state.library.focus == Focus::Side => return tree::moved(state, command),
        Command::Open => {
            let Some(id) = state.library.selected().map(|r| r.id.clone()) else {
                return Vec::new();
            };
            state.library.focus = Focus::Main;
            leave(state);
            return reader::open(state, Spot { id, range: 0..0 }, "");
        }
        Command::Left => {
            state.library.focus = Focus::Side;
            return seen(state);
        }
        _ => {
            if let Some(step) = step(command) {
                let height = usize::from(panes(state).list.h);
                let total = state.library.total;
                if state.library.focus == Focus::Input {
                    state.library.focus = Focus::Main;
                }
                state.library.list.step(step, total, height);
                return seen(state);
            }
        }
    }
    Vec::new()
}

/// Escape goes back one step: out of the field, out of the filter, out of the part.
fn close(state: &mut State) -> Vec<Job> {
    let library = &mut state.library;
    match library.focus {
        Focus::Input | Focus::Side => {
            let typed = library.focus == Focus::Input && !library.filter.is_empty();
            library.focus = Focus::Main;
            if typed {
                library.filter = Default::default();
                return filtered(state);
            }
            seen(state)
        }
        Focus::Main
            if !library.filter.is_empty()
                || library.year.is_some()
                || library.kind.is_some()
                || library.copies =>
        {
            library.kind = None;
            library.copies = false;
            library.filter = Default::default();
            library.year = None;
            filtered(state)
        }
        Focus::Main if library.tree.at > 0 => {
            library.tree = Cursor::default();
            choose(state)
        }
        Focus::Main => Vec::new(),
    }
}

/// The short name of a report, and a mark for it.
fn mark(row: &crate::query::ReportRow) -> Marked {
    Marked {
        id: row.id.clone(),
        name: short_name(row),
    }
}

/// Region, department and year in a few cells; the title where there is no region.
pub fn short_name(row: &crate::query::ReportRow) -> String {
    let place = row.region_path.last().cloned().unwrap_or_default();
    let agency = row.agency.clone().unwrap_or_default();
    let year = row.year.map(|y| y.to_string()).unwrap_or_default();
    if place.is_empty() && agency.is_empty() {
        return crate::text::clean::clean_line(&row.title).into_owned();
    }
    format!("{place}{agency} {year}").trim_end().to_owned()
}

/// Other documents take no part in comparisons.
fn is_report(row: &crate::query::ReportRow) -> bool {
    row.kind == Kind::Report
}

fn toggle_mark(state: &mut State) {
    let Some(row) = state.library.selected() else {
        return;
    };
    if !is_report(row) {
        return compare::refuse(state);
    }
    let mark = mark(row);
    match state.marks.iter().position(|m| m.id == mark.id) {
        Some(at) => {
            state.marks.remove(at);
        }
        None => state.marks.push(mark),
    }
}

/// Orders the list another way; the same way again turns it round.
pub fn sort(state: &mut State, key: SortKey) -> Vec<Job> {
    let sort = &mut state.library.sort;
    if sort.key == key {
        sort.descending = !sort.descending;
    } else {
        // Of numbers one wants to see the greatest, of names the first.
        sort.descending = matches!(
            key,
            SortKey::Year | SortKey::Findings | SortKey::Indicator(_)
        );
        sort.key = key;
    }
    anew(state);
    vec![list(state)]
}

/// Shows a year only, or all.
pub fn year(state: &mut State, year: Option<i32>) -> Vec<Job> {
    state.library.year = year;
    filtered(state)
}

/// Shows reports, other documents, or both.
pub fn show(state: &mut State, kind: Option<Kind>) -> Vec<Job> {
    state.library.kind = kind;
    filtered(state)
}

/// Shows files that repeat another too, or no longer.
pub fn show_copies(state: &mut State, copies: bool) -> Vec<Job> {
    state.library.copies = copies;
    let mut jobs = filtered(state);
    jobs.extend(super::search::again(state));
    jobs
}

/// Looks for all reports of the body under the cursor, to compare its years.
fn trend(state: &mut State) -> Vec<Job> {
    let Some(row) = state.library.selected().cloned() else {
        return Vec::new();
    };
    let generation = state.next_generation();
    state.compare.generation = generation;
    vec![Job::Years { generation, row }]
}

/// Looks for the other files of the body and year of a report.
pub fn copies(state: &mut State, id: String) -> Vec<Job> {
    let generation = state.next_generation();
    state.copies_generation = generation;
    vec![Job::Copies { generation, id }]
}

/// Shows these indicators beside the reports.
pub fn columns(state: &mut State, columns: Vec<String>) -> Vec<Job> {
    state.library.columns = columns;
    state.library.totals.clear();
    vec![list(state), totals(state)]
}

/// A list has come.
pub fn listed(
    state: &mut State,
    offset: usize,
    page: crate::query::Page<crate::query::ReportRow>,
) -> Vec<Job> {
    let height = usize::from(panes(state).list.h);
    let library = &mut state.library;
    library.total = page.total;
    library.offset = offset;
    library.rows = page.items;
    library.known = true;
    if let Some(id) = library.keep.take()
        && let Some(at) = library.rows.iter().position(|r| r.id == id)
    {
        library.list.select(offset + at, page.total, height);
    }
    seen(state)
}

/// The index has changed: everything is asked again, and what is selected stays so.
pub fn changed(state: &mut State) -> Vec<Job> {
    let library = &mut state.library;
    // Who has not moved yet stays at the top, whatever comes in there.
    library.keep = match library.list.at {
        0 => None,
        _ => library.selected().map(|r| r.id.clone()),
    };
    let mut jobs = refresh(state);
    jobs.push(Job::Counts);
    jobs
}
