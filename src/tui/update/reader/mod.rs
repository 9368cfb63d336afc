//! What happens in the reader.

mod find;
mod jump;
use std::sync::Arc;

pub use find::found;
use find::{hit, hits, in_field};
use jump::{
    SIDEWAYS, figure, follow, moved, overhang, scroll_to, section, show, wanted_finding,
    wanted_indicator,
};
pub use jump::{to_part, to_section, wheel};

use super::{card, compare, correct, library, step};
use crate::report::Kind;
use crate::tui::action::{Doc, Job, Spot, Tone};
use crate::tui::command::Command;
use crate::tui::geometry::{self, ReaderPanes};
use crate::tui::page::Page;
use crate::tui::state::{Focus, Marked, Place, State};
use crate::tui::update::pickers;

/// The panes as they are now.
pub fn panes(state: &State) -> ReaderPanes {
    let reader = &state.reader;
    let find = reader.focus == Focus::Input || !reader.find.is_empty();
    geometry::reader(state.shell().body, reader.focus, find, state.measure)
}

/// Width of the text, even while the outline hides it.
fn width(state: &State) -> u16 {
    geometry::reader(state.shell().body, Focus::Main, false, state.measure)
        .text
        .w
}

fn height(state: &State) -> usize {
    let find = state.reader.focus == Focus::Input || !state.reader.find.is_empty();
    usize::from(
        geometry::reader(state.shell().body, Focus::Main, find, state.measure)
            .text
            .h,
    )
}

/// Has the report laid out anew when it is not as it should be: for the width at hand, in
/// its own words or folded. Until then it is shown as it was.
pub fn lay(state: &mut State, folded: bool) -> Vec<Job> {
    let width = width(state);
    let page = &state.reader.page;
    let asked = match &state.reader.doc {
        Some(doc) if (page.width, page.view.folded) != (width, folded) => Some(doc.clone()),
        _ => None,
    };
    scroll_to(state, state.reader.top);
    let job = asked.map(|doc| {
        let generation = state.next_generation();
        state.reader.lay_generation = generation;
        Job::Lay {
            generation,
            doc,
            width,
            folded,
        }
    });
    job.into_iter().collect()
}

/// The report has been laid out.
pub fn laid(state: &mut State, page: Arc<Page>) -> Vec<Job> {
    state.reader.relaid(page);
    follow(state);
    // The terminal may have got another size meanwhile.
    lay(state, state.reader.page.view.folded)
}

/// Opens a report at a spot; what `query` finds in it is highlighted.
pub fn open(state: &mut State, spot: Spot, query: &str) -> Vec<Job> {
    state.place = Place::Reader;
    state.reader.focus = Focus::Main;
    state.reader.error = None;
    let same = state.reader.doc.as_ref().is_some_and(|d| d.id == spot.id);
    state.reader.wanted_query = query.to_owned();
    let id = spot.id.clone();
    state.reader.wanted = Some(spot);
    if same {
        return arrive(state);
    }
    let generation = state.next_generation();
    state.reader.generation = generation;
    // A layout of the report before would come too late.
    state.reader.lay_generation = generation;
    vec![Job::Open {
        generation,
        id,
        width: width(state),
        folded: state.reader.page.view.folded,
    }]
}

/// Comes back to a spot.
pub fn restore(state: &mut State, spot: Spot) -> Vec<Job> {
    let hits = std::mem::take(&mut state.reader.hits);
    let same = state.reader.doc.as_ref().is_some_and(|d| d.id == spot.id);
    if same {
        state.reader.hits = hits;
        let line = state.reader.line_of(spot.range.start);
        scroll_to(state, line);
        return Vec::new();
    }
    open(state, spot, "")
}

/// A report has come.
pub fn opened(state: &mut State, answer: Result<(Arc<Doc>, Arc<Page>), String>) -> Vec<Job> {
    match answer {
        Ok((doc, page)) => {
            state.reader.take(doc, page, &state.reviews);
            let mut jobs = lay(state, state.reader.page.view.folded);
            jobs.extend(arrive(state));
            if std::mem::take(&mut state.reader.wanted_outline) {
                super::pickers::outline(state);
            }
            jobs
        }
        Err(why) => {
            state.reader.error = Some(why);
            state.reader.wanted = None;
            state.reader.wanted_outline = false;
            state.reader.doc = None;
            state.reader.page = Arc::default();
            Vec::new()
        }
    }
}

/// The report is here: on to the spot that was wanted in it.
fn arrive(state: &mut State) -> Vec<Job> {
    let Some(spot) = state.reader.wanted.take() else {
        return Vec::new();
    };
    let query = std::mem::take(&mut state.reader.wanted_query);
    let hits = hits(state, &query);
    if !hits.is_empty() {
        state.reader.hit = hits.iter().position(|h| h.start >= spot.range.start);
        state.reader.hits = hits;
    }
    if let Some(finding) = state.reader.wanted_finding.take() {
        wanted_finding(state, &finding);
        return Vec::new();
    }
    if let Some(key) = state.reader.wanted_indicator.take() {
        wanted_indicator(state, &key);
        return Vec::new();
    }
    let figure = state.reader.doc.as_ref().and_then(|doc| {
        let same =
            |&&i: &&usize| !spot.range.is_empty() && doc.reading.figures[i].range == spot.range;
        let found = state.reader.figures.iter().find(same)?;
        state.reader.figures.iter().position(|i| i == found)
    });
    if figure.is_some() {
        state.reader.figure = figure;
    }
    if spot.range.end > 0 {
        show(state, spot.range.start);
    }
    Vec::new()
}

fn sections(state: &State) -> usize {
    let doc = state.reader.doc.as_ref();
    doc.map_or(0, |d| d.reading.report.sections.len())
}

/// Does what a command says.
pub fn run(state: &mut State, command: Command) -> Vec<Job> {
    if state.reader.focus == Focus::Input {
        return in_field(state, command);
    }
    if let Some(part) = command.part() {
        jump::to_part(state, part);
        return Vec::new();
    }
    match command {
        Command::Close => return close(state),
        Command::Left if state.reader.focus != Focus::Side && state.reader.shift > 0 => {
            state.reader.shift = state.reader.shift.saturating_sub(SIDEWAYS);
        }
        Command::Left => {
            state.reader.focus = Focus::Side;
        }
        Command::Right if state.reader.focus == Focus::Main => {
            state.reader.shift = (state.reader.shift + SIDEWAYS).min(overhang(state));
        }
        Command::Right => {
            state.reader.focus = Focus::Main;
            follow(state);
        }
        Command::Open if state.reader.focus == Focus::Side => {
            let at = state.reader.outline.at;
            state.reader.focus = Focus::Main;
            to_section(state, at);
        }
        Command::Open => card::figure(state),
        Command::Next | Command::NextFigure => figure(state, 1),
        Command::Previous | Command::PreviousFigure => figure(state, -1),
        Command::NextSection => section(state, 1),
        Command::PreviousSection => section(state, -1),
        Command::Outline => pickers::outline(state),
        Command::Find => {
            state.reader.focus = Focus::Input;
            state.reader.find = Default::default();
        }
        Command::NextHit => hit(state, 1),
        Command::PreviousHit => hit(state, -1),
        Command::Folded => {
            let folded = !state.reader.page.view.folded;
            let key = if folded {
                "notice.folded"
            } else {
                "notice.original"
            };
            state.tell(Tone::Good, state.language.text(key).to_owned());
            return lay(state, folded);
        }
        Command::Metadata => card::metadata(state),
        Command::Correct => return correct::open(state),
        Command::Copies => {
            let id = state.reader.doc.as_ref().map(|d| d.id.clone());
            return id.map_or_else(Vec::new, |id| library::copies(state, id));
        }
        Command::Findings => pickers::findings(state),
        Command::Editor => return edit(state),
        Command::Copy => return card::copy(state),
        Command::Mark => mark(state),
        Command::CompareMarked => {
            let this = this(state);
            return compare::open_marked(state, this);
        }
        _ => {
            if let Some(step) = step(command) {
                moved(state, step);
            }
        }
    }
    Vec::new()
}

/// Escape goes back one step: out of the outline, the figure, the hits, the report.
fn close(state: &mut State) -> Vec<Job> {
    let reader = &mut state.reader;
    if reader.focus == Focus::Side {
        reader.focus = Focus::Main;
        follow(state);
    } else if reader.figure.is_some() {
        reader.figure = None;
    } else if !reader.hits.is_empty() || !reader.find.is_empty() {
        reader.hits.clear();
        reader.hit = None;
        reader.find = Default::default();
    } else {
        // Out of the report: to the place it was opened from.
        let from = state.trail.back.iter().rev().map(|t| t.0);
        let place = from.into_iter().find(|p| *p != Place::Reader);
        return super::go(state, place.unwrap_or_default());
    }
    Vec::new()
}

fn edit(state: &mut State) -> Vec<Job> {
    let Some(doc) = state.reader.doc.clone() else {
        return Vec::new();
    };
    let Some(file) = doc.file.clone() else {
        let text = state.language.text("reader.no_file").to_owned();
        state.tell(Tone::Bad, text);
        return Vec::new();
    };
    let at = match state.reader.current() {
        Some(i) => doc.reading.figures[i].range.start,
        None => state.reader.source_at_top(),
    };
    let before = doc.reading.report.text.as_bytes().iter().take(at);
    let line = before.filter(|b| **b == b'\n').count() + 1;
    vec![Job::Edit(file, line)]
}

/// The report that is open, as a mark; none for another document.
fn this(state: &State) -> Option<Marked> {
    let doc = state.reader.doc.as_ref()?;
    if doc.reading.report.kind != Kind::Report {
        return None;
    }
    Some(Marked {
        id: doc.id.clone(),
        name: card::name(doc),
    })
}

fn mark(state: &mut State) {
    let Some(mark) = this(state) else {
        return compare::refuse(state);
    };
    match state.marks.iter().position(|m| m.id == mark.id) {
        Some(at) => {
            state.marks.remove(at);
            let text = state.language.text("notice.unmarked").to_owned();
            state.tell(Tone::Good, text);
        }
        None => {
            let letter = crate::tui::state::letter(state.marks.len()).to_string();
            let text = state.language.fill(
                "notice.marked",
                &[("letter", &letter), ("name", &mark.name)],
            );
            state.marks.push(mark);
            state.tell(Tone::Good, text);
        }
    }
}
