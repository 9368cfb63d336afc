//! What happens in the analysis.

use super::{leave, reader, review, step};
use crate::query::{Page, Ranking, ReportRow};
use crate::report::Level;
use crate::tui::action::{Job, Spot};
use crate::tui::command::Command;
use crate::tui::geometry::{self, AnalysisPanes};
use crate::tui::state::analysis::{Audited, CheckLine, View};
use crate::tui::state::{Cursor, Focus, Place, State, Step};
use crate::tui::update::pickers;

/// Reports read at once for their findings.
const BATCH: usize = 12;
/// Lines of findings kept ready below the screen.
const AHEAD: usize = 40;
/// Rows of the ranking asked for at once.
const RANKED: usize = 300;

/// The panes as they are now.
pub fn panes(state: &State) -> AnalysisPanes {
    geometry::analysis(state.shell().body, state.analysis.view == View::Findings)
}

fn height(state: &State) -> usize {
    usize::from(panes(state).list.h)
}

/// Keeps the cursors on the screen.
pub fn fit(state: &mut State) {
    let height = height(state);
    let analysis = &mut state.analysis;
    let len = analysis.lines(&state.reviews).len();
    analysis.cursor.fit(len, height);
    let len = analysis.ranking.as_ref().map_or(0, |r| r.rows.len());
    analysis.ranked.fit(len, height);
}

/// The place has come on the screen.
pub fn seen(state: &mut State) -> Vec<Job> {
    match (state.analysis.stale, state.analysis.view) {
        (true, _) => refresh(state),
        (false, View::Findings) => more(state),
        (false, View::Rank) => Vec::new(),
    }
}

/// The index has changed.
pub fn changed(state: &mut State, shown: bool) -> Vec<Job> {
    state.analysis.stale = true;
    // A list that one is looking at is not taken away; it grows when it is empty.
    match shown && state.analysis.lines(&state.reviews).is_empty() {
        true => refresh(state),
        false => Vec::new(),
    }
}

/// Asks from the beginning.
pub fn refresh(state: &mut State) -> Vec<Job> {
    let generation = state.next_generation();
    let analysis = &mut state.analysis;
    analysis.generation = generation;
    analysis.stale = false;
    analysis.ranked = Cursor::default();
    analysis.cursor = Cursor::default();
    analysis.audited.clear();
    (analysis.read, analysis.done, analysis.reading) = (0, false, false);
    match analysis.view {
        View::Findings => more(state),
        View::Rank => vec![rank(state, RANKED)],
    }
}

fn rank(state: &State, rows: usize) -> Job {
    let analysis = &state.analysis;
    Job::Rank {
        generation: analysis.generation,
        key: analysis.indicator.clone(),
        filter: analysis.filter(),
        ascending: analysis.ascending,
        window: 0..rows,
    }
}

/// The next reports, when what has been read is nearly used up.
fn more(state: &mut State) -> Vec<Job> {
    let height = height(state);
    let analysis = &mut state.analysis;
    let need = analysis.cursor.at + height + AHEAD;
    // Whoever has left does not wait for more.
    if state.place != Place::Analysis
        || analysis.done
        || analysis.reading
        || analysis.lines(&state.reviews).len() >= need
    {
        return Vec::new();
    }
    analysis.reading = true;
    vec![Job::Worst {
        generation: analysis.generation,
        filter: analysis.filter(),
        window: analysis.read..analysis.read + BATCH,
    }]
}

/// The next reports of the list: those with something open are read, and those that can be
/// held against last year's.
pub fn worst(state: &mut State, page: Page<(ReportRow, Option<String>)>) -> Vec<Job> {
    let analysis = &mut state.analysis;
    analysis.read += page.items.len();
    analysis.done = page.items.is_empty() || analysis.read >= page.total;
    let mut rows = page.items;
    rows.retain(|(row, before)| row.fails + row.warns > 0 || before.is_some());
    if rows.is_empty() {
        analysis.reading = false;
        return more(state);
    }
    vec![Job::Audit {
        generation: analysis.generation,
        rows,
    }]
}

/// Reports have been read.
pub fn audited(state: &mut State, mut audited: Vec<Audited>) -> Vec<Job> {
    audited.retain(|a| !a.findings.is_empty());
    state.analysis.audited.extend(audited);
    state.analysis.reading = false;
    fit(state);
    more(state)
}

/// A ranking has come.
pub fn ranked(state: &mut State, ranking: Ranking) {
    state.analysis.ranking = Some(ranking);
    fit(state);
}

/// Ranks another indicator.
pub fn indicator(state: &mut State, key: String) -> Vec<Job> {
    state.analysis.indicator = key;
    refresh(state)
}

/// Shows one rule, or all.
pub fn rule(state: &mut State, rule: Option<String>) -> Vec<Job> {
    state.analysis.rule = rule;
    state.analysis.cursor = Cursor::default();
    fit(state);
    more(state)
}

/// Shows what failed, or everything that asks for a look.
pub fn grave(state: &mut State, grave: bool) -> Vec<Job> {
    state.analysis.grave = grave;
    state.analysis.cursor = Cursor::default();
    fit(state);
    more(state)
}

/// Shows regions of one level, or all.
pub fn level(state: &mut State, level: Option<Level>) -> Vec<Job> {
    state.analysis.level = level;
    refresh(state)
}

/// Shows a year, or all.
pub fn year(state: &mut State, year: Option<i32>) -> Vec<Job> {
    state.analysis.year = year;
    refresh(state)
}

/// Does what a command says.
pub fn run(state: &mut State, command: Command) -> Vec<Job> {
    let view = state.analysis.view;
    match (command, view) {
        (Command::View | Command::Next | Command::Previous, _) => {
            state.analysis.view = match view {
                View::Findings => View::Rank,
                View::Rank => View::Findings,
            };
            state.analysis.focus = Focus::Main;
            return refresh(state);
        }
        (Command::Close, _) => return close(state),
        (Command::Filter, _) => state.analysis.focus = Focus::Input,
        (Command::Review, View::Findings) => review::selected(state),
        (Command::Year, _) => pickers::years(state),
        (Command::Level, _) => pickers::levels(state),
        (Command::Rule, View::Findings) => pickers::rules(state),
        (Command::Rule, View::Rank) => pickers::ranked(state),
        (Command::Severity, View::Findings) => return grave(state, !state.analysis.grave),
        (Command::Reverse, View::Rank) => {
            state.analysis.ascending = !state.analysis.ascending;
            return refresh(state);
        }
        (Command::Open, View::Findings) => return open_finding(state),
        (Command::Open, View::Rank) => return open_ranked(state),
        _ => {
            if let Some(step) = step(command) {
                return moved(state, step);
            }
        }
    }
    Vec::new()
}

/// Escape goes back one step: out of the field, out of what narrows the list, out of here.
fn close(state: &mut State) -> Vec<Job> {
    let analysis = &mut state.analysis;
    if analysis.focus == Focus::Input || !analysis.filter.is_empty() {
        analysis.focus = Focus::Main;
        if analysis.filter.is_empty() {
            return Vec::new();
        }
        analysis.filter = Default::default();
        return refresh(state);
    }
    if analysis.year.is_some() || analysis.level.is_some() || analysis.rule.is_some() {
        (analysis.year, analysis.level, analysis.rule) = (None, None, None);
        return refresh(state);
    }
    super::back(state, true)
}

fn moved(state: &mut State, step: Step) -> Vec<Job> {
    let height = height(state);
    let analysis = &mut state.analysis;
    if analysis.focus == Focus::Input {
        analysis.focus = Focus::Main;
    }
    match analysis.view {
        View::Findings => {
            let len = analysis.lines(&state.reviews).len();
            analysis.cursor.step(step, len, height);
            more(state)
        }
        View::Rank => {
            let Some(ranking) = &analysis.ranking else {
                return Vec::new();
            };
            let (len, all) = (ranking.rows.len(), ranking.stated);
            analysis.ranked.step(step, len, height);
            // Near the end of what is known of a longer list.
            match analysis.ranked.at + height >= len && len < all {
                true => vec![rank(state, len + RANKED)],
                false => Vec::new(),
            }
        }
    }
}

/// Scrolls by lines: the wheel.
pub fn wheel(state: &mut State, by: isize) -> Vec<Job> {
    moved(state, Step::By(by))
}

/// Reads the report at the figures of the check, with the check on top.
fn open_finding(state: &mut State) -> Vec<Job> {
    state.analysis.focus = Focus::Main;
    let Some((audited, finding)) = state.analysis.selected(&state.reviews) else {
        return Vec::new();
    };
    let spot = Spot {
        id: audited.row.id.clone(),
        range: 0..0,
    };
    let line = state.analysis.lines(&state.reviews);
    let check = matches!(
        line.get(state.analysis.cursor.at),
        Some(CheckLine::Finding(..))
    );
    let wanted = check.then(|| finding.clone());
    leave(state);
    state.reader.wanted_finding = wanted;
    reader::open(state, spot, "")
}

/// Reads the report at the words that state the value.
fn open_ranked(state: &mut State) -> Vec<Job> {
    state.analysis.focus = Focus::Main;
    let analysis = &state.analysis;
    let rows = analysis.ranking.as_ref().map(|r| r.rows.as_slice());
    let Some(row) = rows.and_then(|rows| rows.get(analysis.ranked.at)) else {
        return Vec::new();
    };
    let spot = Spot {
        id: row.report.id.clone(),
        range: 0..0,
    };
    let wanted = Some(analysis.indicator.clone());
    leave(state);
    state.reader.wanted_indicator = wanted;
    reader::open(state, spot, "")
}
