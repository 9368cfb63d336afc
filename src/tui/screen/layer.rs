//! Pickers and cards over a place.

use crate::config::theme::Role;
use crate::text::clean::clean_line;
use crate::text::width::{cells, truncate};
use crate::tui::geometry::Area;
use crate::tui::state::layer::{Card, Picker};
use crate::tui::state::{Layer, State};
use crate::tui::text::{self, DrawnKind};
use crate::tui::update::layer_area;
use crate::tui::widget::Pen;

/// Draws a layer.
pub fn draw(state: &State, layer: &Layer, pen: &mut Pen<'_>) {
    let area = layer_area(layer, state.size);
    match layer {
        Layer::Picker(p) => picker(state, p, pen, area),
        Layer::Card(c) => card(c, pen, area),
        Layer::Form(f) => super::form::draw(state, f, pen, area),
    }
}

fn picker(state: &State, p: &Picker, pen: &mut Pen<'_>, area: Area) {
    let inner = pen.frame(area, state.language.text(p.title));
    let (accent, input) = (pen.style(Role::Accent), pen.style(Role::Input));
    let x = pen.put(inner, 1, 0, ">", accent) + 1;
    pen.put(inner, x, 0, p.input.text(), input);
    let column = u16::try_from(p.input.column()).unwrap_or(u16::MAX);
    let caret = x.saturating_add(column).min(inner.w.saturating_sub(1));
    pen.caret = Some((inner.x + caret, inner.y));
    let dim = pen.style(Role::Dim);
    let count = format!("{}/{} ", p.left.len(), p.items.len());
    pen.put_right(inner, inner.w, 0, &count, dim);
    pen.level(inner, 1);
    let list = inner.top(2).1;
    for y in 0..list.h {
        let at = p.cursor.top + usize::from(y);
        let Some((i, marks)) = p.left.get(at) else {
            break;
        };
        let item = &p.items[*i];
        let selected = at == p.cursor.at;
        let style = pen.style(if selected { Role::Selected } else { Role::Text });
        if selected {
            pen.fill(Area::new(list.x, list.y + y, list.w, 1), style);
            let bar = pen.style(Role::Cursor).patch(style);
            let glyph = pen.skin.glyphs.cursor;
            pen.put(list, 0, y, glyph, bar);
        }
        let mut x = 2;
        let mark = match (p.several, item.chosen) {
            (true, true) => "[x] ",
            (true, false) => "[ ] ",
            (false, true) => "• ",
            (false, false) => "  ",
        };
        let accent = pen.style(Role::Accent).patch(style);
        x = pen.put(list, x, y, mark, accent) + u16::from(item.depth) * 2;
        let aside = truncate(&item.aside, usize::from(list.w / 3)).into_owned();
        let key = pen.style(Role::Key).patch(style);
        let end = list.w.saturating_sub(2);
        let right = if aside.is_empty() {
            end
        } else {
            pen.put_right(list, end, y, &aside, key)
        };
        let label = truncate(&item.label, usize::from(right.saturating_sub(x + 1))).into_owned();
        let lit = pen.style(Role::Accent).patch(style);
        let mut from = 0;
        for r in marks {
            if r.end > label.len()
                || r.start < from
                || !label.is_char_boundary(r.end)
                || !label.is_char_boundary(r.start)
            {
                continue;
            }
            x = pen.put(list, x, y, &label[from..r.start], style);
            x = pen.put(list, x, y, &label[r.clone()], lit);
            from = r.end;
        }
        x = pen.put(list, x, y, &label[from..], style);
        let room = right.saturating_sub(x + 4);
        if room > 6 && item.detail != item.aside {
            let dim = pen.style(Role::Dim).patch(style);
            let detail = clean_line(&item.detail);
            pen.cut(list, x + 2, y, room, &detail, dim);
        }
    }
    if p.left.is_empty() {
        let words = state.language.text("picker.nothing");
        pen.put(list, 4, 0, words, dim);
    }
    pen.scroll_bar(list, p.cursor.top, p.left.len());
}

/// The side a sentence stands on; what both have is not what one looks for.
fn sentence_role(kind: DrawnKind) -> Role {
    match kind {
        DrawnKind::Sentence(0) => Role::Dim,
        DrawnKind::Sentence(1..) => Role::SideB,
        _ => Role::SideA,
    }
}

fn card(c: &Card, pen: &mut Pen<'_>, area: Area) {
    pen.frame(area, &clean_line(&c.title));
    let inner = area.inset(2, 1);
    let lines = text::card_lines(c, usize::from(inner.w));
    let dim = pen.style(Role::Dim);
    for y in 0..inner.h {
        let Some(line) = lines.get(c.top + usize::from(y)) else {
            break;
        };
        let chosen = line.kind == DrawnKind::Link(c.link);
        if chosen {
            let style = pen.style(Role::Selected);
            pen.fill(Area::new(area.x + 1, inner.y + y, area.w - 2, 1), style);
            let bar = pen.style(Role::Cursor).patch(style);
            let glyph = pen.skin.glyphs.cursor;
            pen.put(area, 1, y + 1, glyph, bar);
        }
        let name_role = match line.kind {
            DrawnKind::Finding(s) => match text::gravity(s) {
                0 => Role::Fail,
                1 => Role::Warn,
                4 | 5 => Role::Pass,
                _ => Role::Dim,
            },
            DrawnKind::Sentence(_) => sentence_role(line.kind),
            _ => Role::Key,
        };
        let under = if chosen { Role::Selected } else { name_role };
        let name_style = pen.style(name_role).patch(pen.style(under));
        pen.put(inner, 0, y, &line.name, name_style);
        let style = match line.kind {
            DrawnKind::Heading => pen.style(Role::Heading),
            DrawnKind::Sentence(_) => pen.style(sentence_role(line.kind)),
            _ if chosen => pen.style(Role::Selected),
            _ => pen.style(Role::Text),
        };
        let mut x = u16::try_from(line.indent).unwrap_or(0);
        if line.kind == DrawnKind::Quote {
            let glyph = pen.skin.glyphs.upright;
            pen.put(inner, 0, y, glyph, dim);
        }
        let s = &line.stress;
        let lit = pen.style(Role::FigureHere);
        x = pen.put(inner, x, y, &line.text[..s.start], style);
        x = pen.put(inner, x, y, &line.text[s.clone()], lit);
        pen.put(inner, x, y, &line.text[s.end..], style);
        debug_assert!(cells(&line.text) + line.indent <= usize::from(inner.w).max(line.indent + 2));
    }
    let bar = Area::new(area.x, inner.y, area.w, inner.h);
    pen.scroll_bar(bar, c.top, lines.len());
}
