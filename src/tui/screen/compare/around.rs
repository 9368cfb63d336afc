//! Above and below the comparison: who is compared, and what to know of the row under the
//! cursor.

use super::{Sheet, other};
use crate::audit::Message;
use crate::config::theme::Role;
use crate::query::compare::letter;
use crate::report::Level;
use crate::text::clean::clean_line;
use crate::text::width::cells;
use crate::text::wrap;
use crate::tui::geometry::{Area, RATIO};
use crate::tui::sheet;
use crate::tui::state::State;
use crate::tui::state::compare::{DERIVED, SheetLine};
use crate::tui::state::search::level_key;
use crate::tui::text;
use crate::tui::update::compare_panes;
use crate::tui::widget::Pen;

/// Draws the names of the columns.
pub(super) fn head(state: &State, pen: &mut Pen<'_>, sheet: &Sheet<'_>) {
    let panes = sheet.panes;
    let area = panes.head;
    let l = state.language;
    let compare = &state.compare;
    let mut modes = Vec::new();
    if compare.differences {
        modes.push(l.text("compare.mode_differences").to_owned());
    }
    if compare.percent {
        modes.push("%".to_owned());
    }
    if let Some(only) = &compare.only {
        let groups = &sheet.compared.comparison.groups;
        let group = groups.iter().find(|g| g.name == *only);
        modes.extend(group.map(|g| text::message(&g.label, l).to_owned()));
        if only == DERIVED {
            modes.push(l.text("compare.derived").to_owned());
        }
    }
    let hidden = sheet.compared.docs.len() - sheet.shown.len();
    if hidden > 0 {
        modes.insert(0, format!("+{hidden} {}", pen.skin.glyphs.more[1]));
    }
    let dim = pen.style(Role::Dim);
    pen.cut(
        area,
        2,
        0,
        panes.label.saturating_sub(3),
        &modes.join(" · "),
        dim,
    );
    for &(column, x) in &sheet.shown {
        let Some(side) = sheet.compared.comparison.columns.get(column) else {
            continue;
        };
        let role = if column == 0 {
            Role::SideA
        } else {
            Role::SideB
        };
        let mut style = pen.style(role);
        if column == compare.column {
            style = style.add_modifier(ratatui::style::Modifier::REVERSED);
        }
        let mark = format!(" {} ", letter(column));
        let at = pen.put(area, x, 0, &mark, style);
        let name = sheet.compared.docs.get(column);
        let name = name
            .map(|d| crate::tui::update::name(d))
            .unwrap_or_default();
        let style = pen.style(role);
        let room = (x + panes.column).saturating_sub(at + 2);
        // A long name is cut before its year, which tells the columns of one body apart.
        let (place, year) = name.rsplit_once(' ').unwrap_or((&name, ""));
        let year_cells = u16::try_from(cells(year) + 1).unwrap_or(0);
        // Where there is a second line, the year can stand there.
        let below = area.h > 1 && cells(place) > usize::from(room.saturating_sub(year_cells));
        let place_room = if below {
            room + 1
        } else {
            room.saturating_sub(year_cells)
        };
        let end = pen.cut(area, at + 1, 0, place_room, place, style);
        let room = (x + panes.column).saturating_sub(end + 1);
        let from = if below {
            pen.put(area, x + 4, 1, year, style) + 1
        } else {
            pen.cut(area, end + 1, 0, room, year, style);
            x + 4
        };
        let above = side.region_path.iter().rev().skip(1).map(String::as_str);
        let mut facts: Vec<String> = above.take(2).map(str::to_owned).collect();
        facts.reverse();
        if !side.versions.is_empty() {
            let count = (side.versions.len() + 1).to_string();
            facts.insert(0, l.fill("version.short", &[("count", &count)]));
        }
        let level = side.level.filter(|l| *l != Level::National);
        facts.extend(level.map(|v| l.text(&format!("level.{}", level_key(v))).to_owned()));
        facts.push(l.text(&format!("form.short_{:?}", side.form)).to_owned());
        let room = (x + panes.column).saturating_sub(from + 1);
        pen.cut(area, from, 1, room, &clean_line(&facts.join(" ")), dim);
    }
    if panes.delta > 0 {
        let x = area.w - panes.delta;
        let y = area.h - 1;
        let with = letter(other(state));
        pen.put_right(area, x + 12, y, &format!("A−{with}"), dim);
        if panes.delta >= RATIO {
            pen.put_right(area, x + 20, y, &format!("A÷{with}"), dim);
        }
    }
}

/// What is to be known of the row under the cursor.
pub(super) fn note(state: &State, pen: &mut Pen<'_>, area: Area, line: Option<&SheetLine<'_>>) {
    if area.h == 0 {
        return;
    }
    let rest = if area.h > 1 {
        pen.level(area, 0);
        area.top(1).1
    } else {
        area
    };
    let words = match line {
        Some(SheetLine::Row(row)) => {
            let mut notes = sheet::notes(row, state.language);
            // The ratio that has no column.
            let versus = row.versus.get(other(state) - 1).map(sheet::ratio);
            if compare_panes(state).delta < RATIO
                && let Some(ratio) = versus.filter(|r| !r.is_empty())
            {
                notes.insert(0, format!("A÷{} {ratio}", letter(other(state))));
            }
            let notes = notes.join("；");
            with_label(state, &row.label, row.depth, notes)
        }
        Some(SheetLine::Rate(row)) => with_label(state, &row.label, 0, sheet::formulas(row)),
        Some(SheetLine::Flag(flag)) => {
            clean_line(text::message(&flag.message, state.language)).into_owned()
        }
        _ => state.language.text("compare.legend").to_owned(),
    };
    let style = pen.style(Role::Dim);
    let width = usize::from(rest.w.saturating_sub(4)).max(2);
    for (y, r) in wrap::lines(&words, width).into_iter().enumerate() {
        let y = u16::try_from(y).unwrap_or(u16::MAX);
        pen.put(rest, 2, y, words[r].trim_end(), style);
    }
}

/// The notes of a row, after its name where the row had no room for it.
fn with_label(state: &State, label: &Message, depth: u8, notes: String) -> String {
    let label = text::message(label, state.language);
    let room = usize::from(compare_panes(state).label).saturating_sub(5);
    if cells(label) + 2 * usize::from(depth.min(4)) <= room {
        return notes;
    }
    if notes.is_empty() {
        return label.to_owned();
    }
    let values = [("label", label), ("notes", &*notes)];
    state.language.fill("compare.labelled", &values)
}
