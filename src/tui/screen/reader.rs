//! The reader: outline, text with its figures, margin.

use std::ops::Range;

use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::audit::Status;
use crate::config::theme::Role;
use crate::figure::Figure;
use crate::text::clean::clean_line;
use crate::text::width;
use crate::tui::action::Doc;
use crate::tui::geometry::Area;
use crate::tui::page::{self, Line};
use crate::tui::state::{Focus, State};
use crate::tui::text;
use crate::tui::update::reader::panes;
use crate::tui::widget::Pen;

/// Draws the reader.
pub fn draw(state: &State, pen: &mut Pen<'_>) {
    let body = state.shell().body;
    let reader = &state.reader;
    let Some(doc) = &reader.doc else {
        let key = if reader.wanted.is_some() {
            "reader.opening"
        } else {
            "reader.nothing"
        };
        let style = pen.style(Role::Dim);
        let words = match &reader.error {
            Some(why) => format!("! {}", clean_line(why)),
            None => state.language.text(key).to_owned(),
        };
        pen.cut(body, 2, 1, body.w.saturating_sub(2), &words, style);
        return;
    };
    let panes = panes(state);
    outline(state, pen, panes.outline, doc);
    if panes.outline.w > 0 && panes.outline.w < body.w {
        pen.upright(panes.outline.x + panes.outline.w, body.y, body.h);
    }
    crumb(state, pen, panes.crumb, doc);
    let marks = Marks::new(state, doc);
    for y in 0..panes.text.h {
        let Some(line) = reader.page.lines.get(reader.top + usize::from(y)) else {
            break;
        };
        words(state, pen, panes.text, y, line, &marks);
        aside(state, pen, panes.gutter, panes.margin, y, line, doc);
    }
    let all = Area::new(
        panes.text.x,
        panes.text.y,
        body.x + body.w - panes.text.x,
        panes.text.h,
    );
    pen.scroll_bar(all, reader.top, reader.page.lines.len());
    find(state, pen, panes.find);
}

fn outline(state: &State, pen: &mut Pen<'_>, area: Area, doc: &Doc) {
    if area.w == 0 {
        return;
    }
    let reader = &state.reader;
    let report = &doc.reading.report;
    let focused = reader.focus == Focus::Side;
    for y in 0..area.h {
        let at = reader.outline.top + usize::from(y);
        let Some(section) = report.sections.get(at) else {
            break;
        };
        let selected = at == reader.outline.at;
        let mut style = pen.style(if section.level <= 1 {
            Role::Text
        } else {
            Role::Dim
        });
        if selected {
            style = pen.style(if focused {
                Role::Selected
            } else {
                Role::Accent
            });
            if focused {
                pen.fill(Area::new(area.x, area.y + y, area.w, 1), style);
            }
            let bar = pen.style(Role::Cursor).patch(style);
            let glyph = pen.skin.glyphs.cursor;
            pen.put(area, 0, y, glyph, bar);
        }
        let x = 2 + u16::from(section.level.saturating_sub(1)) * 2;
        let words = text::heading(report, at, state.language);
        pen.cut(area, x, y, area.w.saturating_sub(x + 1), &words, style);
    }
    pen.scroll_bar(area, reader.outline.top, report.sections.len());
}

/// Report and section, when the outline is not shown.
fn crumb(state: &State, pen: &mut Pen<'_>, area: Area, doc: &Doc) {
    if area.h == 0 {
        return;
    }
    let name = crate::tui::update::name(doc);
    let section = state.reader.section();
    let section = section.map(|at| text::heading(&doc.reading.report, at, state.language));
    let words = format!("{name} › {}", section.unwrap_or_default());
    let style = pen.style(Role::Dim);
    pen.cut(area, 2, 0, area.w.saturating_sub(2), &words, style);
}

/// What parts of the view look different, in bytes of the view.
struct Marks {
    headings: Vec<Range<usize>>,
    figures: Vec<Range<usize>>,
    failed: Vec<Range<usize>>,
    here: Range<usize>,
    here_all: Range<usize>,
    hits: Vec<Range<usize>>,
    hit: Range<usize>,
}

impl Marks {
    fn new(state: &State, doc: &Doc) -> Self {
        let reader = &state.reader;
        let view = &reader.page.view;
        let report = &doc.reading.report;
        let height = usize::from(state.shell().body.h);
        let shown = reader.visible(height);
        let near = |r: &Range<usize>| r.start < shown.end + 400 && r.end + 400 > shown.start;
        let headings = report.sections.iter().filter(|s| near(&s.own));
        let headings = headings.filter(|s| s.id != "0").map(|s| {
            let words = report.text.get(s.own.clone()).unwrap_or_default();
            let title = words.find(s.title.as_str()).filter(|at| *at < 80);
            let len = title.map_or(s.marker.len(), |at| at + s.title.len());
            view.place_range(&(s.own.start..s.own.start + len))
        });
        let title = std::iter::once(&report.title_range).map(|r| view.place_range(r));
        let failed = |f: &&Figure| reader.flags.get(&f.id) == Some(&Status::Fail);
        let failed = doc
            .reading
            .figures
            .iter()
            .filter(failed)
            .map(page::emphasis);
        let figures = doc.reading.figures.iter().map(page::emphasis);
        let place = |r: Option<Range<usize>>| r.map_or(0..0, |r| view.place_range(&r));
        let current = reader.current().map(|i| &doc.reading.figures[i]);
        let hit = reader.hit.and_then(|i| reader.hits.get(i)).cloned();
        Self {
            headings: headings.chain(title).collect(),
            figures: figures.filter(near).map(|r| view.place_range(&r)).collect(),
            failed: failed.filter(near).map(|r| view.place_range(&r)).collect(),
            here: place(current.map(page::emphasis)),
            here_all: place(current.map(|f| f.range.clone())),
            hits: reader
                .hits
                .iter()
                .filter(|r| near(r))
                .map(|r| view.place_range(r))
                .collect(),
            hit: place(hit),
        }
    }

    fn style(&self, pen: &Pen<'_>, at: usize) -> Style {
        let within = |all: &[Range<usize>]| all.iter().any(|r| r.contains(&at));
        let mut style = pen.style(Role::Text);
        if within(&self.headings) {
            style = style.patch(pen.style(Role::Heading));
        }
        if self.here_all.contains(&at) {
            style = style.patch(pen.style(Role::Selected));
        }
        if within(&self.figures) {
            style = style.patch(pen.style(Role::Figure));
        }
        if within(&self.failed) {
            style = style.patch(pen.style(Role::Fail));
        }
        if self.here.contains(&at) {
            style = style.patch(pen.style(Role::FigureHere));
        }
        if self.hit.contains(&at) {
            style = style.patch(pen.style(Role::HitHere));
        } else if within(&self.hits) {
            style = style.patch(pen.style(Role::Hit));
        }
        style
    }
}

fn words(state: &State, pen: &mut Pen<'_>, area: Area, y: u16, line: &Line, marks: &Marks) {
    let reader = &state.reader;
    let text = reader.page.view.map.text();
    // Only tables are moved sideways.
    let shift = i32::from(reader.shift.min(line.table.saturating_sub(area.w)));
    if shift > 0 && line.pinned > 0 {
        let (first, rest) = area.left(line.pinned);
        part(
            text,
            pen,
            rest,
            y,
            line,
            marks,
            shift + i32::from(line.pinned),
        );
        part(text, pen, first, y, line, marks, 0);
    } else {
        part(text, pen, area, y, line, marks, shift);
    }
    let [left, right] = pen.skin.glyphs.more;
    let key = pen.style(Role::Key);
    if shift > 0 {
        pen.put(area, line.pinned.saturating_sub(1), y, left, key);
    }
    if i32::from(line.table) > i32::from(area.w) + shift {
        pen.put(area, area.w.saturating_sub(1), y, right, key);
    }
}

/// What of a line is seen in `area` when its cell `from` stands at the left edge.
fn part(text: &str, pen: &mut Pen<'_>, area: Area, y: u16, line: &Line, marks: &Marks, from: i32) {
    let border = pen.style(Role::Border);
    for stroke in &line.strokes {
        let glyph = pen.skin.glyphs.joints[usize::from(stroke.leads & 15)];
        let rule = glyph.repeat(usize::from(stroke.len));
        pen.slide(area, i32::from(stroke.x) - from, y, &rule, border);
    }
    for segment in &line.segments {
        let mut x = i32::from(segment.x) - from;
        let start = segment.range.start;
        // Runs of one look are written at once.
        let mut run = start;
        let mut look = marks.style(pen, start);
        for (at, _) in text[segment.range.clone()].grapheme_indices(true) {
            let style = marks.style(pen, start + at);
            if style != look {
                x = pen.slide(area, x, y, &text[run..start + at], look);
                (run, look) = (start + at, style);
            }
        }
        pen.slide(area, x, y, &text[run..segment.range.end], look);
    }
}

/// The flag before a line and the names of its figures after it.
fn aside(
    state: &State,
    pen: &mut Pen<'_>,
    gutter: Area,
    margin: Area,
    y: u16,
    line: &Line,
    doc: &Doc,
) {
    let reader = &state.reader;
    let on_line = |source: usize| {
        let at = reader.page.view.map.place(source);
        line.segments.iter().any(|s| s.range.contains(&at))
    };
    let figures = reader.figures.iter().map(|&i| (i, &doc.reading.figures[i]));
    let figures: Vec<_> = figures
        .filter(|(_, f)| on_line(page::emphasis(f).start))
        .collect();
    let current = reader.current();
    let worst = figures
        .iter()
        .filter_map(|(_, f)| reader.flags.get(&f.id).copied());
    let worst = worst.min_by_key(|s| text::gravity(*s));
    let here = figures.iter().any(|(i, _)| Some(*i) == current);
    if here {
        let style = pen.style(Role::Cursor);
        let glyph = pen.skin.glyphs.cursor;
        pen.put(gutter, 0, y, glyph, style);
    } else if let Some(status) = worst.filter(|s| matches!(s, Status::Fail | Status::Warn)) {
        let role = if status == Status::Fail {
            Role::Fail
        } else {
            Role::Warn
        };
        let style = pen.style(role);
        pen.put(gutter, 0, y, text::status_mark(status), style);
    }
    if margin.w == 0 {
        return;
    }
    let l = state.language;
    let mut x = 0;
    // With two figures on a line the one under the cursor comes first.
    let mut named: Vec<_> = figures
        .iter()
        .filter(|(_, f)| f.indicator.is_some())
        .collect();
    named.sort_by_key(|(i, _)| Some(*i) != current);
    let mut said: Vec<String> = Vec::new();
    for (i, figure) in named {
        // In a table the columns say who applied; only the cell under the cursor tells all.
        let words = match &figure.indicator {
            Some(key) if line.table > 0 && Some(*i) != current => text::label_of(key, l).to_owned(),
            _ => text::figure_label(&doc.reading.report, figure, l),
        };
        if said.contains(&words) {
            continue;
        }
        said.push(words.clone());
        let role = if Some(*i) == current {
            Role::Accent
        } else {
            Role::Margin
        };
        let mut style = pen.style(role);
        if x > 0 {
            let room = margin.w.saturating_sub(x);
            if room < 3 {
                break;
            }
            if width::cells(&words) + 3 > usize::from(room) {
                let dim = pen.style(Role::Dim);
                pen.put(margin, x, y, "…", dim);
                break;
            }
            let dim = pen.style(Role::Dim);
            let dot = format!(" {} ", pen.skin.glyphs.dot);
            x = pen.put(margin, x, y, &dot, dim);
        }
        if let Some(Status::Fail) = reader.flags.get(&figure.id) {
            let fail = pen.style(Role::Fail);
            x = pen.put(margin, x, y, "✗ ", fail);
            style = style.patch(fail);
        }
        x = pen.cut(margin, x, y, margin.w.saturating_sub(x + 1), &words, style);
    }
}

fn find(state: &State, pen: &mut Pen<'_>, area: Area) {
    if area.h == 0 {
        return;
    }
    let reader = &state.reader;
    let (key, input) = (pen.style(Role::Accent), pen.style(Role::Input));
    let x = pen.put(area, 1, 0, state.language.text("reader.find"), key) + 1;
    pen.put(area, x, 0, reader.find.text(), input);
    let (at, all) = (reader.hit.map_or(0, |i| i + 1), reader.hits.len());
    let count = format!("{at}/{all} ");
    let dim = pen.style(Role::Dim);
    pen.put_right(area, area.w, 0, &count, dim);
    if reader.focus == Focus::Input {
        let column = u16::try_from(reader.find.column()).unwrap_or(u16::MAX);
        let x = x.saturating_add(column).min(area.w.saturating_sub(1));
        pen.caret = Some((area.x + x, area.y));
    }
}
