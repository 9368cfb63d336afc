//! The mouse: a press selects, a press on what is selected opens, the wheel scrolls what
//! is under it.

use super::{analysis, compare, layer, library, reader, run, search};
use crate::tui::action::{Job, Mouse, MouseKind};
use crate::tui::command::Command;
use crate::tui::geometry::Area;
use crate::tui::page;
use crate::tui::state::analysis::View;
use crate::tui::state::{Focus, Layer, Place, State, Step};
use crate::tui::text::DrawnKind;

/// Lines for a notch of the wheel.
const NOTCH: isize = 3;

/// Does what the mouse says.
pub fn update(state: &mut State, mouse: Mouse) -> Vec<Job> {
    if mouse.kind == MouseKind::Press {
        state.notice = None;
    }
    if !state.layers.is_empty() {
        return on_layer(state, mouse);
    }
    let shell = state.shell();
    if shell.header.contains(mouse.x, mouse.y) && mouse.kind == MouseKind::Press {
        return on_header(state, mouse.x);
    }
    match state.place {
        Place::Library => on_library(state, mouse),
        Place::Reader => on_reader(state, mouse),
        Place::Search => on_search(state, mouse),
        Place::Compare => on_compare(state, mouse),
        Place::Analysis => on_analysis(state, mouse),
    }
}

fn notch(kind: MouseKind) -> Option<isize> {
    match kind {
        MouseKind::Press => None,
        MouseKind::WheelUp => Some(-NOTCH),
        MouseKind::WheelDown => Some(NOTCH),
    }
}

/// The item of a list on which the mouse is.
fn item(area: Area, mouse: Mouse, top: usize) -> Option<usize> {
    area.contains(mouse.x, mouse.y)
        .then(|| top + usize::from(mouse.y - area.y))
}

fn on_layer(state: &mut State, mouse: Mouse) -> Vec<Job> {
    let size = state.size;
    let Some(top) = state.layers.last() else {
        return Vec::new();
    };
    let area = layer::area(top, size);
    if mouse.kind == MouseKind::Press && !area.contains(mouse.x, mouse.y) {
        state.layers.pop();
        return Vec::new();
    }
    match state.layers.last_mut() {
        Some(Layer::Picker(p)) => {
            let list = Area::new(area.x, area.y + 3, area.w, area.h.saturating_sub(4));
            let height = usize::from(list.h).max(1);
            if let Some(by) = notch(mouse.kind) {
                p.cursor.scroll(by, p.left.len(), height);
            } else if let Some(at) = item(list, mouse, p.cursor.top).filter(|&i| i < p.left.len()) {
                let same = p.cursor.at == at;
                p.cursor.at = at;
                if p.several {
                    if let Some((i, _)) = p.left.get(at) {
                        p.items[*i].chosen = !p.items[*i].chosen;
                    }
                } else if same {
                    return layer::take(state);
                }
            }
        }
        Some(Layer::Card(card)) => {
            if let Some(by) = notch(mouse.kind) {
                layer::scroll(card, Step::By(by), size);
                return Vec::new();
            }
            let inner = area.inset(2, 1);
            let lines = crate::tui::text::card_lines(card, usize::from(inner.w));
            let line = item(inner, mouse, card.top).and_then(|at| lines.get(at));
            if let Some(DrawnKind::Link(at)) = line.map(|l| l.kind) {
                let same = card.link == at;
                card.link = at;
                if same {
                    return layer::follow(state);
                }
            }
        }
        _ => {}
    }
    Vec::new()
}

/// The names of the places stand at the left of the header.
fn on_header(state: &mut State, x: u16) -> Vec<Job> {
    let tabs = crate::tui::text::tabs(state);
    let hit = tabs.iter().find(|t| (t.from..t.to).contains(&x));
    match hit.map(|t| t.place) {
        Some(Place::Library) => run(state, Command::Library),
        Some(Place::Reader) => run(state, Command::Reader),
        Some(Place::Search) => run(state, Command::Search),
        Some(Place::Compare) => run(state, Command::Compare),
        Some(Place::Analysis) => run(state, Command::Analysis),
        None => Vec::new(),
    }
}

fn on_library(state: &mut State, mouse: Mouse) -> Vec<Job> {
    let panes = library::panes(state);
    let lib = &mut state.library;
    if let Some(at) = item(panes.tree, mouse, lib.tree.top) {
        let len = lib.branches().len() + 1;
        let height = usize::from(panes.tree.h);
        if let Some(by) = notch(mouse.kind) {
            lib.tree.scroll(by, len, height);
            return Vec::new();
        }
        if at < len {
            lib.focus = Focus::Side;
            let same = lib.tree.at == at;
            lib.tree.select(at, len, height);
            let open = at
                .checked_sub(1)
                .and_then(|i| lib.branches().get(i).copied());
            if same && let Some(branch) = open {
                let command = match branch.open {
                    Some(true) => Command::Left,
                    _ => Command::Right,
                };
                return library::run(state, command);
            }
            return library::choose(state);
        }
    } else if let Some(at) = item(panes.list, mouse, lib.list.top) {
        let height = usize::from(panes.list.h);
        if let Some(by) = notch(mouse.kind) {
            lib.list.scroll(by, lib.total, height);
            return library::seen(state);
        }
        if at < lib.total {
            let same = lib.list.at == at && lib.focus == Focus::Main;
            lib.focus = Focus::Main;
            lib.list.select(at, lib.total, height);
            if same {
                return library::run(state, Command::Open);
            }
            return library::seen(state);
        }
    }
    Vec::new()
}

fn on_reader(state: &mut State, mouse: Mouse) -> Vec<Job> {
    let panes = reader::panes(state);
    if let Some(at) = item(panes.outline, mouse, state.reader.outline.top) {
        let doc = state.reader.doc.as_ref();
        let len = doc.map_or(0, |d| d.reading.report.sections.len());
        if let Some(by) = notch(mouse.kind) {
            let height = usize::from(panes.outline.h);
            state.reader.outline.scroll(by, len, height);
        } else if at < len {
            state.reader.focus = Focus::Main;
            reader::to_section(state, at);
        }
        return Vec::new();
    }
    if let Some(by) = notch(mouse.kind) {
        reader::wheel(state, by);
        return Vec::new();
    }
    // A press on a figure selects it, another one opens its card.
    if let Some(line) = item(panes.text, mouse, state.reader.top)
        && let Some(at) = figure_at(state, line, usize::from(mouse.x - panes.text.x))
    {
        if state.reader.figure == Some(at) {
            return reader::run(state, Command::Open);
        }
        state.reader.figure = Some(at);
    }
    Vec::new()
}

fn figure_at(state: &State, line: usize, x: usize) -> Option<usize> {
    let reader = &state.reader;
    let doc = reader.doc.as_ref()?;
    let text = reader.page.view.map.text();
    let segment = reader.page.lines.get(line)?.segments.iter().find(|s| {
        let from = usize::from(s.x);
        let width = crate::text::width::cells(&text[s.range.clone()]);
        (from..from + width).contains(&x)
    })?;
    let head = crate::text::width::head(&text[segment.range.clone()], x - usize::from(segment.x));
    let source = reader
        .page
        .view
        .map
        .source(segment.range.start + head.len());
    reader
        .figures
        .iter()
        .position(|&i| page::emphasis(&doc.reading.figures[i]).contains(&source))
}

fn on_analysis(state: &mut State, mouse: Mouse) -> Vec<Job> {
    if let Some(by) = notch(mouse.kind) {
        return analysis::wheel(state, by);
    }
    let list = analysis::panes(state).list;
    let found = &mut state.analysis;
    let (len, cursor) = match found.view {
        View::Findings => (found.lines(&state.reviews).len(), &mut found.cursor),
        View::Rank => {
            let len = found.ranking.as_ref().map_or(0, |r| r.rows.len());
            (len, &mut found.ranked)
        }
    };
    let Some(at) = item(list, mouse, cursor.top).filter(|&at| at < len) else {
        return Vec::new();
    };
    let same = cursor.at == at;
    cursor.select(at, len, usize::from(list.h));
    match same {
        true => analysis::run(state, Command::Open),
        false => Vec::new(),
    }
}

fn on_search(state: &mut State, mouse: Mouse) -> Vec<Job> {
    let panes = search::panes(state);
    let found = &mut state.search;
    if panes.input.contains(mouse.x, mouse.y) {
        found.focus = Focus::Input;
    } else if let Some(at) = item(panes.hits, mouse, found.cursor.top) {
        let len = found.lines().len();
        if let Some(by) = notch(mouse.kind) {
            found.cursor.scroll(by, len, usize::from(panes.hits.h));
        } else if at < len {
            let snippet = matches!(
                found.lines()[at],
                crate::tui::state::search::FindLine::Snippet(..)
            );
            let at = if snippet { at - 1 } else { at };
            let same = found.cursor.at == at && found.focus == Focus::Main;
            found.focus = Focus::Main;
            found.cursor.at = at;
            if same {
                return search::run(state, Command::Open);
            }
        }
    } else if let Some(at) = item(panes.facets, mouse, found.facet.top) {
        let len = found.facets().len();
        if let Some(by) = notch(mouse.kind) {
            found.facet.scroll(by, len, usize::from(panes.facets.h));
        } else if at < len {
            found.focus = Focus::Side;
            found.facet.at = at;
            return search::run(state, Command::Open);
        }
    }
    Vec::new()
}

fn on_compare(state: &mut State, mouse: Mouse) -> Vec<Job> {
    let panes = compare::panes(state);
    let sheet = &mut state.compare;
    let len = sheet.lines().len();
    if let Some(at) = item(panes.rows, mouse, sheet.cursor.top) {
        let height = usize::from(panes.rows.h);
        if let Some(by) = notch(mouse.kind) {
            sheet.cursor.scroll(by, len, height);
        } else if at < len {
            let same = sheet.cursor.at == at;
            sheet.cursor.at = at;
            if same {
                return compare::run(state, Command::Open);
            }
        }
    }
    Vec::new()
}
