//! A form over a place.

use crate::config::theme::Role;
use crate::text::clean::clean_line;
use crate::text::width::cells;
use crate::text::wrap;
use crate::tui::geometry::Area;
use crate::tui::state::State;
use crate::tui::state::form::{Content, Form};
use crate::tui::widget::Pen;

/// Draws a form: a field and what stands there otherwise on two lines each.
pub fn draw(state: &State, form: &Form, pen: &mut Pen<'_>, area: Area) {
    let l = state.language;
    pen.frame(area, &form.title);
    let inner = area.inset(2, 1);
    let (dim, text) = (pen.style(Role::Dim), pen.style(Role::Text));
    let names = form.fields.iter().map(|f| cells(l.text(f.label)));
    let column = u16::try_from(names.max().unwrap_or(0)).unwrap_or(0) + 2;
    let mut y = 0;
    // On a small screen the fields matter more than what is said about them.
    let about = match inner.h >= 2 * form.fields.len() as u16 + 4 {
        true => form.about.as_str(),
        false => "",
    };
    for line in about.lines() {
        for r in wrap::lines(line, usize::from(inner.w).max(2)) {
            pen.put(inner, 0, y, line[r].trim_end(), dim);
            y += 1;
        }
    }
    y += u16::from(!about.is_empty());
    let step = if inner.h > 2 * form.fields.len() as u16 {
        2
    } else {
        1
    };
    for (at, field) in form.fields.iter().enumerate() {
        let here = at == form.at;
        let name = pen.style(if here { Role::Accent } else { Role::Key });
        if here {
            let glyph = pen.skin.glyphs.cursor;
            let bar = pen.style(Role::Cursor);
            pen.put(area, 1, inner.y - area.y + y, glyph, bar);
        }
        pen.put(inner, 0, y, l.text(field.label), name);
        let room = inner.w.saturating_sub(column);
        let place = Area::new(inner.x + column.min(inner.w), inner.y, room, inner.h);
        match &field.content {
            Content::Text(input) => {
                let style = pen.style(Role::Input);
                let blank = " ".repeat(usize::from(room.min(40)));
                pen.put(place, 0, y, &blank, style);
                let end = pen.put(place, 0, y, input.text(), style);
                if input.is_empty() && step == 1 {
                    pen.cut(place, 1, y, room, &field.otherwise, dim);
                }
                if here {
                    let x = u16::try_from(input.column()).unwrap_or(u16::MAX).min(end);
                    let x = x.min(room.saturating_sub(1));
                    pen.caret = Some((place.x + x, place.y + y));
                }
            }
            Content::Choice(all, chosen) => {
                let mut x = 0;
                for (i, key) in all.iter().enumerate() {
                    let (sign, style) = match i == *chosen {
                        true => ("(•) ", text),
                        false => ("( ) ", dim),
                    };
                    x = pen.put(place, x, y, &format!("{sign}{}  ", l.text(key)), style);
                }
            }
        }
        if step == 2 {
            pen.cut(place, 0, y + 1, room, &field.otherwise, dim);
        }
        y += step;
    }
    if let Some(error) = &form.error {
        let style = pen.style(Role::Fail);
        let words = format!("✗ {}", clean_line(error));
        pen.cut(inner, 0, inner.h.saturating_sub(1), inner.w, &words, style);
    }
}
