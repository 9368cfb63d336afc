//! What happens in the reader.

use std::ops::Range;
use std::sync::Arc;

use super::{card, compare, correct, leave, step};
use crate::figure::Figure;
use crate::query;
use crate::report::Part;
use crate::tui::action::{Doc, Job, Spot, Tone};
use crate::tui::command::Command;
use crate::tui::geometry::{self, ReaderPanes};
use crate::tui::page::{self, Page};
use crate::tui::state::{Focus, Marked, Place, State, Step};
use crate::tui::update::pickers;

/// Lines kept above something one has jumped to.
const ABOVE: usize = 3;

/// Cells by which a wide table moves at once.
const SIDEWAYS: u16 = 8;

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
            state.reader.take(doc, page);
            let mut jobs = arrive(state);
            jobs.extend(lay(state, state.reader.page.view.folded));
            jobs
        }
        Err(why) => {
            state.reader.error = Some(why);
            state.reader.wanted = None;
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
    if let Some(fingerprint) = state.reader.wanted_finding.take() {
        wanted_finding(state, &fingerprint);
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

/// The check that was asked for, over the figures it is about.
fn wanted_finding(state: &mut State, fingerprint: &str) {
    let Some(doc) = state.reader.doc.clone() else {
        return;
    };
    let findings = &doc.reading.findings;
    let Some(at) = findings.iter().position(|f| f.fingerprint == fingerprint) else {
        return;
    };
    if let Some(id) = findings[at].figures.first() {
        choose(state, |f| f.id == *id);
    }
    card::finding::finding(state, at);
}

/// The figure that states an indicator for all together.
fn wanted_indicator(state: &mut State, key: &str) {
    choose(state, |f| {
        f.indicator.as_deref() == Some(key) && f.applicant.is_none() && f.principal
    });
}

/// Puts the cursor on the first figure that passes `test`.
fn choose(state: &mut State, test: impl Fn(&Figure) -> bool) {
    let Some(doc) = state.reader.doc.clone() else {
        return;
    };
    let figures = &doc.reading.figures;
    let at = state.reader.figures.iter().position(|&i| test(&figures[i]));
    if let Some(at) = at {
        state.reader.figure = Some(at);
        show(
            state,
            page::emphasis(&figures[state.reader.figures[at]]).start,
        );
    }
}

/// Where the words of a query stand in the report: in both scripts and all vocabularies.
fn hits(state: &State, query: &str) -> Vec<Range<usize>> {
    match &state.reader.doc {
        Some(doc) if !query.is_empty() => {
            let found = query::find(&doc.reading.report, &query::parse(query));
            found.into_iter().map(|r| r.0..r.1).collect()
        }
        _ => Vec::new(),
    }
}

fn scroll_to(state: &mut State, line: usize) {
    let last = state.reader.page.lines.len().saturating_sub(height(state));
    // Having jumped beyond the last page one does not slip back by moving on.
    let last = last.max(state.reader.top.min(line));
    state.reader.top = line.min(last);
    follow(state);
}

/// The outline follows the text unless it has the keys itself.
fn follow(state: &mut State) {
    if state.reader.focus != Focus::Side {
        let at = state.reader.section().unwrap_or(0);
        let len = sections(state);
        let height = usize::from(panes(state).outline.h);
        state.reader.outline.select(at, len, height);
    }
}

fn sections(state: &State) -> usize {
    let doc = state.reader.doc.as_ref();
    doc.map_or(0, |d| d.reading.report.sections.len())
}

/// Brings a byte of the text onto the screen, with a little of what stands above it.
fn show(state: &mut State, source: usize) {
    let line = state.reader.line_of(source);
    let height = height(state);
    let top = state.reader.top;
    if line < top || line >= top + height.saturating_sub(1) {
        scroll_to(state, line.saturating_sub(ABOVE.min(height / 3)));
    } else {
        follow(state);
    }
    reveal(state, source);
}

/// Cells by which the widest table on the screen is wider than it.
fn overhang(state: &State) -> u16 {
    let reader = &state.reader;
    let shown = reader
        .page
        .lines
        .iter()
        .skip(reader.top)
        .take(height(state));
    let widest = shown.map(|l| l.table).max().unwrap_or(0);
    widest.saturating_sub(width(state))
}

/// Moves a wide table so that a byte of the text in it is on the screen.
fn reveal(state: &mut State, source: usize) {
    let page = &state.reader.page;
    let at = page.view.map.place(source);
    let Some(line) = page.lines.get(page.line_of(source)) else {
        return;
    };
    let segment = line.segments.iter().find(|s| s.range.contains(&at));
    let Some(x) = segment.map(|s| s.x).filter(|_| line.table > 0) else {
        return;
    };
    let most = line.table.saturating_sub(width(state));
    let room = width(state).saturating_sub(2 * SIDEWAYS);
    if x < state.reader.shift + SIDEWAYS || x > state.reader.shift + room {
        state.reader.shift = x.saturating_sub(room / 2).min(most);
    }
}

/// Jumps to a section: its heading stands at the top.
pub fn to_section(state: &mut State, at: usize) {
    let Some(start) = state
        .reader
        .doc
        .as_ref()
        .and_then(|d| d.reading.report.sections.get(at))
        .map(|s| s.range.start)
    else {
        return;
    };
    leave(state);
    // The heading stands at the top, even where less than a page follows it.
    state.reader.top = state.reader.line_of(start);
    let len = sections(state);
    let height = usize::from(panes(state).outline.h);
    state.reader.outline.select(at, len, height);
}

/// Jumps to the first section of a canonical part; says so when there is none.
pub fn to_part(state: &mut State, part: Part) {
    let found = state.reader.doc.as_ref().and_then(|d| {
        let sections = &d.reading.report.sections;
        sections.iter().position(|s| s.part == Some(part))
    });
    match found {
        Some(at) => to_section(state, at),
        None => {
            let name = state.language.text(pickers::part_key(part)).to_owned();
            let text = state.language.fill("reader.no_part", &[("part", &name)]);
            state.tell(Tone::Bad, text);
        }
    }
}

/// Does what a command says.
pub fn run(state: &mut State, command: Command) -> Vec<Job> {
    if state.reader.focus == Focus::Input {
        return in_field(state, command);
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

fn moved(state: &mut State, step: Step) {
    let height = height(state);
    if state.reader.focus == Focus::Side {
        let len = sections(state);
        let height = usize::from(panes(state).outline.h);
        state.reader.outline.step(step, len, height);
        return;
    }
    let len = state.reader.page.lines.len();
    let page = height.saturating_sub(2).max(1);
    let top = match step {
        Step::By(n) => state.reader.top.saturating_add_signed(n),
        Step::Page(n) => state
            .reader
            .top
            .saturating_add_signed(n * isize::try_from(page).unwrap_or(1)),
        Step::First => 0,
        Step::Last => len,
    };
    scroll_to(state, top);
}

/// Scrolls by lines: the wheel.
pub fn wheel(state: &mut State, by: isize) {
    let top = state.reader.top.saturating_add_signed(by);
    scroll_to(state, top);
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

fn in_field(state: &mut State, command: Command) -> Vec<Job> {
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

fn hit(state: &mut State, by: isize) {
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

/// The next figure on the screen, or the next one after it.
fn figure(state: &mut State, by: isize) {
    let Some(doc) = state.reader.doc.clone() else {
        return;
    };
    let len = state.reader.figures.len();
    if len == 0 {
        let text = state.language.text("reader.no_figures").to_owned();
        state.tell(Tone::Bad, text);
        return;
    }
    let start = |i: usize| page::emphasis(&doc.reading.figures[state.reader.figures[i]]).start;
    let visible = state.reader.visible(height(state));
    let shown = state.reader.figure.filter(|&i| visible.contains(&start(i)));
    let at = match shown {
        Some(i) => i.saturating_add_signed(by).min(len - 1),
        None if by > 0 => (0..len)
            .find(|&i| start(i) >= visible.start)
            .unwrap_or(len - 1),
        None => (0..len).rfind(|&i| start(i) < visible.end).unwrap_or(0),
    };
    let source = start(at);
    state.reader.figure = Some(at);
    show(state, source);
}

fn section(state: &mut State, by: isize) {
    let len = sections(state);
    if len == 0 {
        return;
    }
    // From where the outline stands: near the end of a report that is ahead of the text.
    let at = state.reader.outline.at;
    let heading = state.reader.doc.as_ref().map_or(0, |d| {
        let start = d.reading.report.sections[at.min(len - 1)].range.start;
        state.reader.line_of(start)
    });
    let to = if by < 0 && heading < state.reader.top {
        at
    } else {
        at.saturating_add_signed(by).min(len - 1)
    };
    to_section(state, to);
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

/// The report that is open, as a mark.
fn this(state: &State) -> Option<Marked> {
    let doc = state.reader.doc.as_ref()?;
    Some(Marked {
        id: doc.id.clone(),
        name: card::name(doc),
    })
}

fn mark(state: &mut State) {
    let Some(mark) = this(state) else { return };
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
