//! Moving about in a report: by lines, to sections and parts, from figure to figure.

use super::{height, panes, sections, width};
use crate::audit::Finding;
use crate::figure::Figure;
use crate::report::Part;
use crate::tui::action::Tone;
use crate::tui::page;
use crate::tui::state::{Focus, State, Step};
use crate::tui::update::{card, leave, pickers};

/// Lines kept above something one has jumped to.
const ABOVE: usize = 3;
/// Cells by which a wide table moves at once.
pub(super) const SIDEWAYS: u16 = 8;

/// The check that was asked for, over the figures it is about.
pub(super) fn wanted_finding(state: &mut State, finding: &Finding) {
    if let Some(id) = finding.figures.first() {
        choose(state, |f| f.id == *id);
    }
    card::finding::show(state, finding);
}

/// The figure that states an indicator for all together.
pub(super) fn wanted_indicator(state: &mut State, key: &str) {
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

pub(super) fn scroll_to(state: &mut State, line: usize) {
    let last = state.reader.page.lines.len().saturating_sub(height(state));
    // Having jumped beyond the last page one does not slip back by moving on.
    let last = last.max(state.reader.top.min(line));
    state.reader.top = line.min(last);
    follow(state);
}

/// The outline follows the text unless it has the keys itself.
pub(super) fn follow(state: &mut State) {
    if state.reader.focus != Focus::Side {
        let at = state.reader.section().unwrap_or(0);
        let len = sections(state);
        let height = usize::from(panes(state).outline.h);
        state.reader.outline.select(at, len, height);
    }
}

/// Brings a byte of the text onto the screen, with a little of what stands above it.
pub(super) fn show(state: &mut State, source: usize) {
    let line = state.reader.line_of(source);
    let height = height(state);
    let top = state.reader.top;
    if line < top || line >= top + height.saturating_sub(1) {
        scroll_to(state, line.saturating_sub(ABOVE.min(height / 3)));
    } else {
        follow(state);
    }
    mark_section(state, source);
    reveal(state, source);
}

/// The outline stands on the section of what was jumped to, even where an earlier one
/// begins the screen.
fn mark_section(state: &mut State, source: usize) {
    let Some(doc) = state.reader.doc.as_ref() else {
        return;
    };
    let report = &doc.reading.report;
    let found = report.section_at(source);
    let at = found.and_then(|f| report.sections.iter().position(|s| s.id == f.id));
    if let Some(at) = at.filter(|_| state.reader.focus != Focus::Side) {
        let height = usize::from(panes(state).outline.h);
        let len = sections(state);
        state.reader.outline.select(at, len, height);
    }
}

/// Cells by which the widest table on the screen is wider than it.
pub(super) fn overhang(state: &State) -> u16 {
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
    if x < state.reader.shift + SIDEWAYS.max(line.pinned) || x > state.reader.shift + room {
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

/// Jumps to the chapter of a canonical part; says so when there is none.
pub fn to_part(state: &mut State, part: Part) {
    let found = state.reader.doc.as_ref().and_then(|d| {
        let sections = d.reading.report.sections.iter().enumerate();
        // The chapter itself rather than a passage of the overview that names it.
        let of_part = sections.filter(|(_, s)| s.part == Some(part));
        of_part.min_by_key(|(_, s)| s.level).map(|(at, _)| at)
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

pub(super) fn moved(state: &mut State, step: Step) {
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

/// The next figure on the screen, or the next one after it.
pub(super) fn figure(state: &mut State, by: isize) {
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

pub(super) fn section(state: &mut State, by: isize) {
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
