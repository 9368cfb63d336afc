//! The comparison: a column for each report, the first one pinned; differences and what to
//! know about them.

mod around;

use ratatui::style::Style;
use rust_decimal::prelude::ToPrimitive;

use around::{head, note};

use crate::config::theme::Role;
use crate::figure::Semantics;
use crate::query::compare::{Cell, DerivedRow, Flag, Row, letter};
use crate::text::clean::clean_line;
use crate::text::width::{cells, truncate};
use crate::text::wrap;
use crate::tui::action::Compared;
use crate::tui::geometry::{Area, ComparePanes, RATIO};
use crate::tui::sheet;
use crate::tui::state::State;
use crate::tui::state::compare::{DERIVED, SheetLine};
use crate::tui::text;
use crate::tui::update::compare_panes;
use crate::tui::widget::Pen;

/// Draws the comparison.
pub fn draw(state: &State, pen: &mut Pen<'_>) {
    let body = state.shell().body;
    let compare = &state.compare;
    let Some(compared) = &compare.compared else {
        let key = if compare.ids.is_empty() {
            "compare.how"
        } else {
            "compare.opening"
        };
        let words = match &compare.error {
            Some(why) => format!("! {}", clean_line(why)),
            None => state.language.text(key).to_owned(),
        };
        let style = pen.style(Role::Dim);
        let width = usize::from(body.w.saturating_sub(4)).max(2);
        for (y, r) in wrap::lines(&words, width).into_iter().enumerate() {
            let y = u16::try_from(y + 1).unwrap_or(u16::MAX);
            pen.put(body, 2, y, words[r].trim_end(), style);
        }
        return;
    };
    let panes = compare_panes(state);
    let sheet = Sheet::new(state, compared, panes);
    head(state, pen, &sheet);
    let lines = compare.lines();
    for y in 0..panes.rows.h {
        let at = compare.cursor.top + usize::from(y);
        let Some(line) = lines.get(at) else { break };
        let selected = at == compare.cursor.at;
        if selected {
            let style = pen.style(Role::Selected);
            pen.fill(
                Area::new(panes.rows.x, panes.rows.y + y, panes.rows.w, 1),
                style,
            );
            let bar = pen.style(Role::Cursor).patch(style);
            let glyph = pen.skin.glyphs.cursor;
            pen.put(panes.rows, 0, y, glyph, bar);
        }
        match line {
            SheetLine::Group(group, rows) => {
                let open = !compare.closed.contains(&group.name);
                let label = text::message(&group.label, state.language);
                heading(pen, panes.rows, y, label, open, *rows);
            }
            SheetLine::Rates(rows) => {
                let open = !compare.closed.contains(DERIVED);
                let label = state.language.text("compare.derived");
                heading(pen, panes.rows, y, label, open, *rows);
            }
            SheetLine::Rate(row) => sheet.rate(state, pen, y, row, selected),
            SheetLine::Row(row) => {
                let below = |depth| continues(&lines[at + 1..], depth);
                let knees: Vec<bool> = (1..=row.depth).map(below).collect();
                sheet.row(state, pen, y, row, selected, &knees);
            }
            SheetLine::Flag(flag) => check(state, pen, panes.rows, y, flag),
        }
    }
    if lines.is_empty() {
        let style = pen.style(Role::Dim);
        let key = if compare.differences {
            "compare.same"
        } else {
            "compare.no_rows"
        };
        pen.cut(
            panes.rows,
            2,
            0,
            panes.rows.w.saturating_sub(2),
            state.language.text(key),
            style,
        );
    }
    pen.scroll_bar(panes.rows, compare.cursor.top, lines.len());
    note(state, pen, panes.note, lines.get(compare.cursor.at));
}

/// The heading of a group, with how many rows are folded away below it.
fn heading(pen: &mut Pen<'_>, area: Area, y: u16, label: &str, open: bool, rows: usize) {
    let sign = if open {
        pen.skin.glyphs.open
    } else {
        pen.skin.glyphs.closed
    };
    let style = pen.style(Role::Heading);
    let words = format!("{sign} {label}");
    let x = pen.cut(area, 2, y, area.w.saturating_sub(2), &words, style);
    if !open {
        let dim = pen.style(Role::Dim);
        pen.put(area, x + 2, y, &rows.to_string(), dim);
    }
}

/// The report that is held against the first one: that under the cursor.
fn other(state: &State) -> usize {
    state.compare.column.max(1)
}

/// Whether another row of this depth follows before the whole it is a part of ends.
fn continues(rest: &[SheetLine<'_>], depth: u8) -> bool {
    let next = rest.iter().find_map(|line| match line {
        SheetLine::Group(..) | SheetLine::Rates(_) => Some(0),
        SheetLine::Row(row) if row.depth <= depth => Some(row.depth),
        _ => None,
    });
    next == Some(depth)
}

/// What stands in a cell.
struct Words<'a> {
    /// Number and unit.
    main: &'a str,
    /// Beside them, where there is room and no bar.
    aside: &'a str,
    style: Style,
    /// Length of the bar, in parts of the longest.
    bar: Option<f64>,
    selected: bool,
}

/// Which columns are on the screen and where.
struct Sheet<'a> {
    compared: &'a Compared,
    panes: ComparePanes,
    /// Report and left edge of each column that is shown.
    shown: Vec<(usize, u16)>,
}

impl<'a> Sheet<'a> {
    fn new(state: &State, compared: &'a Compared, panes: ComparePanes) -> Self {
        let n = compared.docs.len();
        let others = panes.columns.saturating_sub(1);
        let shift = state.compare.shift;
        let visible = std::iter::once(0).chain((1..n).skip(shift).take(others));
        let shown = visible
            .enumerate()
            .map(|(i, c)| {
                let i = u16::try_from(i).unwrap_or(u16::MAX);
                (
                    c,
                    panes.label.saturating_add(i.saturating_mul(panes.column)),
                )
            })
            .collect();
        Self {
            compared,
            panes,
            shown,
        }
    }

    fn row(
        &self,
        state: &State,
        pen: &mut Pen<'_>,
        y: u16,
        row: &Row,
        selected: bool,
        knees: &[bool],
    ) {
        let area = self.panes.rows;
        let style = pen.style(if selected { Role::Selected } else { Role::Text });
        let depth = u16::from(row.depth).min(4);
        let dim = pen.style(Role::Dim).patch(style);
        let x = 4 + depth * 2;
        if depth > 0 && state.size.0 >= 60 {
            let glyphs = pen.skin.glyphs;
            for (level, &more) in knees.iter().enumerate().take(usize::from(depth)) {
                let own = level + 1 == knees.len();
                let knee = match (own, more) {
                    (true, _) => glyphs.knees[usize::from(!more)],
                    (false, true) => glyphs.upright,
                    (false, false) => "",
                };
                let at = 4 + 2 * u16::try_from(level).unwrap_or(0);
                pen.put(area, at, y, knee, dim);
            }
        }
        let label = text::message(&row.label, state.language);
        let room = self.panes.label.saturating_sub(x + 1);
        pen.cut(area, x, y, room, label, style);
        let most = row
            .cells
            .iter()
            .flatten()
            .filter_map(|c| c.value)
            .filter_map(|v| v.to_f64())
            .fold(0.0, f64::max);
        // Shares are parts of a hundred; one number alone has nothing to be long against.
        let stated = row
            .cells
            .iter()
            .flatten()
            .filter(|c| c.value.is_some())
            .count();
        let most = match (row.unit.as_str(), stated) {
            ("%", _) => 100.0,
            (_, 0 | 1) => 0.0,
            _ => most,
        };
        for &(column, x) in &self.shown {
            let cell = row.cells.get(column).and_then(Option::as_ref);
            self.cell(state, pen, (x, y), cell, most, selected);
        }
        self.delta(state, pen, y, row, selected);
    }

    fn cell(
        &self,
        state: &State,
        pen: &mut Pen<'_>,
        (x, y): (u16, u16),
        cell: Option<&Cell>,
        most: f64,
        selected: bool,
    ) {
        let missing = cell.is_none_or(|c| c.value.is_none());
        let zero = cell.is_some_and(|c| c.semantics == Semantics::Zero);
        let role = match (missing, zero) {
            (true, _) => Role::Missing,
            (_, true) => Role::Dim,
            _ => Role::Text,
        };
        let mut style = pen.style(role);
        if selected {
            style = pen.style(Role::Selected).patch(style);
        }
        let l = state.language;
        let share = sheet::share(cell);
        let (main, aside) = match (state.compare.percent, share) {
            (true, Some(share)) => (share, String::new()),
            (_, share) => (
                sheet::value(cell, l),
                share.map(|s| format!(" {s}")).unwrap_or_default(),
            ),
        };
        let bar = cell
            .and_then(|c| c.value)
            .and_then(|v| v.to_f64())
            .filter(|_| most > 0.0)
            .map(|v| v / most);
        let words = Words {
            main: &main,
            aside: &aside,
            style,
            bar,
            selected,
        };
        self.words(state, pen, (x, y), &words);
    }

    /// A rate or a group, its formula beside it where there is room.
    fn rate(&self, state: &State, pen: &mut Pen<'_>, y: u16, row: &DerivedRow, selected: bool) {
        let patched = |style: Style, pen: &Pen<'_>| match selected {
            true => pen.style(Role::Selected).patch(style),
            false => style,
        };
        let style = pen.style(if selected { Role::Selected } else { Role::Text });
        let label = text::message(&row.label, state.language);
        let caution = sheet::caution(&row.notes);
        // Groups bear such a sign in their names.
        let label = match label.starts_with(caution) {
            true => label.to_owned(),
            false => format!("{caution} {label}"),
        };
        let room = self.panes.label.saturating_sub(5);
        pen.cut(self.panes.rows, 4, y, room, &label, style);
        for &(column, x) in &self.shown {
            let cell = row.cells.get(column).and_then(Option::as_ref);
            let main = sheet::derived(row, cell);
            let aside = cell.map(|c| format!("  {}", c.formula)).unwrap_or_default();
            let role = cell.map_or(Role::Missing, |_| Role::Text);
            let style = patched(pen.style(role), pen);
            // Rates are parts of a hundred; sums of cases have no common measure.
            let rate = cell.filter(|_| row.unit == "%").map(|c| c.value);
            let bar = rate.and_then(|v| v.to_f64()).map(|v| v / 100.0);
            let words = Words {
                main: &main,
                aside: &aside,
                style,
                bar,
                selected,
            };
            self.words(state, pen, (x, y), &words);
        }
    }

    /// What stands in a cell: number, unit, and beside them a bar or some words.
    fn words(&self, state: &State, pen: &mut Pen<'_>, (x, y): (u16, u16), words: &Words<'_>) {
        let Words {
            main,
            aside,
            style,
            bar,
            selected,
        } = *words;
        let area = self.panes.rows;
        // The unit hangs so that digits stand below digits.
        let (digits, unit) = main.split_once(' ').unwrap_or((main, ""));
        let width = self.panes.column;
        let bars = state.compare.bars && width >= 24;
        let number = if bars {
            14
        } else {
            width.saturating_sub(12).clamp(8, 14)
        };
        let end = x + number.min(width);
        if cells(main) + 1 > usize::from(width) {
            let words = truncate(main, usize::from(width).saturating_sub(1)).into_owned();
            pen.put(area, x, y, &words, style);
            return;
        }
        let from = end
            .saturating_sub(u16::try_from(cells(digits)).unwrap_or(0))
            .max(x);
        let mut at = pen.put(area, from, y, digits, style);
        let dim = pen.style(Role::Dim).patch(if selected {
            pen.style(Role::Selected)
        } else {
            pen.style(Role::Text)
        });
        if !unit.is_empty() {
            at = pen.put(area, at + 1, y, unit, dim);
        }
        let rest = (x + width).saturating_sub(at + 1);
        if bars {
            if let Some(part) = bar {
                let from = (end + 4).max(at + 1);
                let w = (x + width).saturating_sub(from + 2);
                let role = pen.style(Role::Bars);
                pen.bar(area, from, y, w, part, role);
            }
        } else if cells(aside) <= usize::from(rest) {
            pen.put(area, at, y, aside, dim);
        }
    }

    fn delta(&self, state: &State, pen: &mut Pen<'_>, y: u16, row: &Row, selected: bool) {
        let area = self.panes.rows;
        let Some(versus) = row.versus.get(other(state) - 1) else {
            return;
        };
        let base = if selected {
            pen.style(Role::Selected)
        } else {
            pen.style(Role::Text)
        };
        let warn = pen.style(Role::Warn).patch(if selected {
            pen.style(Role::Selected)
        } else {
            pen.style(Role::Warn)
        });
        if self.panes.delta == 0 {
            let end = area.w.saturating_sub(2);
            pen.put_right(area, end + 1, y, sheet::caution(&versus.notes), warn);
            return;
        }
        let x = area.w - self.panes.delta;
        pen.put(area, x, y, sheet::caution(&versus.notes), warn);
        pen.put_right(area, x + 12, y, &sheet::difference(versus), base);
        if self.panes.delta >= RATIO {
            let dim = pen.style(Role::Dim).patch(base);
            pen.put_right(area, x + 20, y, &sheet::ratio(versus), dim);
        }
    }
}

/// A check that failed, below the row it concerns.
fn check(state: &State, pen: &mut Pen<'_>, area: Area, y: u16, flag: &Flag) {
    let role = match flag.status {
        crate::audit::Status::Fail => Role::Fail,
        _ => Role::Warn,
    };
    let style = pen.style(role);
    let words = text::message(&flag.message, state.language);
    let words = format!("! {}  {}", letter(flag.column), clean_line(words));
    pen.cut(area, 4, y, area.w.saturating_sub(6), &words, style);
}
