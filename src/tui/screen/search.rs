//! The search: query, finds, facets; the query's grammar while there is nothing to show.

use std::ops::Range;

use ratatui::style::Style;

use crate::config::theme::Role;
use crate::query::{Hit, HitGroup};
use crate::text::clean::clean_line;
use crate::text::width::{cells, head};
use crate::text::wrap;
use crate::tui::geometry::{self, Area};
use crate::tui::state::search::{self, FacetLine, FindLine};
use crate::tui::state::{Focus, State};
use crate::tui::widget::Pen;

/// Draws the search.
pub fn draw(state: &State, pen: &mut Pen<'_>) {
    let body = state.shell().body;
    let panes = geometry::search(body, state.search.focus);
    input(state, pen, panes.input);
    status(state, pen, panes.status);
    facets(state, pen, panes.facets);
    if panes.facets.w > 0 && panes.hits.w > 0 {
        pen.upright(panes.facets.x - 1, panes.facets.y, panes.facets.h);
    }
    if state
        .search
        .page
        .as_ref()
        .is_some_and(|p| !p.groups.is_empty())
    {
        finds(state, pen, panes.hits);
    } else {
        grammar(state, pen, panes.hits);
    }
}

fn input(state: &State, pen: &mut Pen<'_>, area: Area) {
    let search = &state.search;
    let (accent, style) = (pen.style(Role::Accent), pen.style(Role::Input));
    let x = pen.put(area, 1, 0, state.language.text("search.prompt"), accent) + 1;
    let room = usize::from(area.w.saturating_sub(x + 1));
    // A query longer than the field shows its end, where the caret mostly is.
    let column = search.input.column();
    let skip = column.saturating_sub(room);
    let hidden = if skip > 0 {
        head(search.input.text(), skip + 1).len()
    } else {
        0
    };
    let shown = &search.input.text()[hidden..];
    pen.put(area, x, 0, shown, style);
    if search.focus == Focus::Input {
        let before = cells(&search.input.before()[hidden.min(search.input.before().len())..]);
        let x = x.saturating_add(u16::try_from(before).unwrap_or(0));
        pen.caret = Some((area.x + x.min(area.w.saturating_sub(1)), area.y));
    }
}

fn status(state: &State, pen: &mut Pen<'_>, area: Area) {
    if area.h == 0 {
        return;
    }
    let l = state.language;
    let dim = pen.style(Role::Dim);
    let Some(page) = &state.search.page else {
        return;
    };
    let (sections, reports) = (page.sections.to_string(), page.reports.to_string());
    let found = l.fill(
        "search.found",
        &[("sections", &sections), ("reports", &reports)],
    );
    let stale = if state.search.is_stale() { " …" } else { "" };
    let style = pen.style(Role::Title);
    let x = pen.cut(
        area,
        1,
        0,
        area.w.saturating_sub(1),
        &format!("{found}{stale}"),
        style,
    );
    let understood = clean_line(&page.understood);
    pen.cut(
        area,
        x + 2,
        0,
        area.w.saturating_sub(x + 2),
        &understood,
        dim,
    );
}

fn finds(state: &State, pen: &mut Pen<'_>, area: Area) {
    let search = &state.search;
    let lines = search.lines();
    let focused = search.focus == Focus::Main;
    for y in 0..area.h {
        let at = search.cursor.top + usize::from(y);
        let Some(line) = lines.get(at) else { break };
        let selected = at == search.cursor.at;
        // The snippet belongs to the line above it.
        let with =
            selected || (at == search.cursor.at + 1 && matches!(line, FindLine::Snippet(..)));
        if with && focused {
            let style = pen.style(Role::Cursor);
            let glyph = pen.skin.glyphs.cursor;
            pen.put(area, 0, y, glyph, style);
        }
        let bold = selected && focused;
        match line {
            FindLine::Report(group) => report(state, pen, area, y, group, bold),
            FindLine::Section(_, hit) => section(state, pen, area, y, hit, bold),
            FindLine::Snippet(_, hit) => snippet(pen, area, y, hit),
        }
    }
    pen.scroll_bar(area, search.cursor.top, lines.len());
}

fn report(state: &State, pen: &mut Pen<'_>, area: Area, y: u16, group: &HitGroup, bold: bool) {
    let row = &group.report;
    let style = pen.style(if bold { Role::Selected } else { Role::Title });
    // The library gives the best few of them.
    let (given, total) = (group.hits.len(), group.total);
    let count = match given < total {
        true => format!("{given}/{total}"),
        false => total.to_string(),
    };
    let count = state.language.fill("search.hits", &[("count", &count)]);
    let dim = pen.style(Role::Dim);
    let end = area.w.saturating_sub(2);
    let right = pen.put_right(area, end, y, &count, dim);
    let name = crate::tui::update::short_name(row);
    let x = pen.cut(area, 2, y, right.saturating_sub(3), &name, style);
    // Of a file that repeats another its title says nothing new.
    let title = clean_line(if row.is_copy { &row.path } else { &row.title });
    if x + 2 < right {
        pen.cut(area, x + 2, y, right - x - 3, &title, dim);
    }
}

fn section(state: &State, pen: &mut Pen<'_>, area: Area, y: u16, hit: &Hit, bold: bool) {
    let style = pen.style(if bold { Role::Selected } else { Role::Margin });
    let (words, marks) = search::titled(hit);
    let area = Area {
        w: area.w.saturating_sub(2),
        ..area
    };
    if words.is_empty() {
        let words = state.language.text("outline.opening");
        pen.cut(area, 4, y, area.w.saturating_sub(4), words, style);
    } else {
        lit(pen, area, 4, y, &words, &marks, style);
    }
}

fn snippet(pen: &mut Pen<'_>, area: Area, y: u16, hit: &Hit) {
    let (words, marks) = search::around(hit);
    let area = Area {
        w: area.w.saturating_sub(2),
        ..area
    };
    let plain = pen.style(Role::Text);
    lit(pen, area, 6, y, &words, &marks, plain);
}

/// Words with what was found in them lit.
fn lit(
    pen: &mut Pen<'_>,
    area: Area,
    x: u16,
    y: u16,
    words: &str,
    marks: &[Range<usize>],
    plain: Style,
) {
    let text = head(words, usize::from(area.w.saturating_sub(x)));
    let lit = pen.style(Role::Hit);
    let (mut x, mut at) = (x, 0);
    for mark in marks {
        let (from, to) = (mark.start.max(at), mark.end.min(text.len()));
        if from < to {
            x = pen.put(area, x, y, &text[at..from], plain);
            x = pen.put(area, x, y, &text[from..to], lit);
            at = to;
        }
    }
    pen.put(area, x, y, &text[at..], plain);
}

fn facets(state: &State, pen: &mut Pen<'_>, area: Area) {
    if area.w == 0 {
        return;
    }
    let found = &state.search;
    let l = state.language;
    let lines = found.facets();
    let focused = found.focus == Focus::Side;
    for y in 0..area.h {
        let at = found.facet.top + usize::from(y);
        match lines.get(at) {
            Some(FacetLine::Heading(key)) => {
                let style = pen.style(Role::Dim);
                pen.put(area, 1, y, l.text(key), style);
            }
            Some(FacetLine::Value { label, count, term }) => {
                let selected = focused && at == found.facet.at;
                let style = pen.style(if selected { Role::Selected } else { Role::Text });
                if selected {
                    pen.fill(Area::new(area.x, area.y + y, area.w, 1), style);
                    let bar = pen.style(Role::Cursor).patch(style);
                    let glyph = pen.skin.glyphs.cursor;
                    pen.put(area, 0, y, glyph, bar);
                }
                let words = match label.as_str() {
                    "" => l.text("library.unknown").to_owned(),
                    label if term.starts_with("level:") => {
                        l.text(&format!("level.{label}")).to_owned()
                    }
                    label => clean_line(label).into_owned(),
                };
                let count = count.to_string();
                let end = area.w.saturating_sub(2);
                let dim = pen.style(Role::Dim).patch(style);
                let right = pen.put_right(area, end, y, &count, dim);
                pen.cut(area, 3, y, right.saturating_sub(4), &words, style);
            }
            None => break,
        }
    }
    pen.scroll_bar(area, found.facet.top, lines.len());
}

/// What a query can say; after a search without finds also how it was understood.
fn grammar(state: &State, pen: &mut Pen<'_>, area: Area) {
    if area.w == 0 {
        return;
    }
    let l = state.language;
    let mut y = 1;
    let searched = !state.search.answered.trim().is_empty() && state.search.page.is_some();
    if searched {
        let style = pen.style(Role::Warn);
        pen.cut(
            area,
            2,
            y,
            area.w.saturating_sub(2),
            l.text("search.nothing"),
            style,
        );
        y += 1;
        let read = state.search.page.as_ref().map(|p| p.understood.as_str());
        let read = l.fill(
            "search.read_as",
            &[("query", &clean_line(read.unwrap_or_default()))],
        );
        let style = pen.style(Role::Text);
        for r in wrap::lines(&read, usize::from(area.w.saturating_sub(4)).max(2)) {
            pen.put(area, 2, y, read[r].trim_end(), style);
            y += 1;
        }
        y += 1;
    }
    let (key, dim) = (pen.style(Role::Key), pen.style(Role::Dim));
    let rows: Vec<(&str, &str)> = l
        .text("search.help")
        .lines()
        .filter_map(|line| line.split_once('|'))
        .map(|(a, b)| (a.trim(), b.trim()))
        .collect();
    let column = rows.iter().map(|r| cells(r.0)).max().unwrap_or(0);
    let column = u16::try_from(column).unwrap_or(0).min(area.w / 2);
    for (example, meaning) in rows {
        pen.cut(area, 2, y, column, example, key);
        let room = area.w.saturating_sub(column + 5);
        pen.cut(area, column + 4, y, room, meaning, dim);
        y += 1;
    }
}
