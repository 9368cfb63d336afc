//! The analysis: checks that did not come out over all reports, and reports by an indicator.

use ratatui::style::Style;
use rust_decimal::prelude::ToPrimitive;

use crate::audit::Status;
use crate::config::theme::Role;
use crate::export::table;
use crate::figure::rates;
use crate::query::{Ranked, Ranking};
use crate::text::clean::clean_line;
use crate::text::width::cells;
use crate::text::wrap;
use crate::tui::geometry::Area;
use crate::tui::sheet;
use crate::tui::state::analysis::{CheckLine, View};
use crate::tui::state::search::level_key;
use crate::tui::state::{Focus, State};
use crate::tui::text;
use crate::tui::update::{analysis_panes, reviewed, short_name};
use crate::tui::widget::Pen;

/// Draws the analysis.
pub fn draw(state: &State, pen: &mut Pen<'_>) {
    let panes = analysis_panes(state);
    head(state, pen, panes.head);
    match state.analysis.view {
        View::Findings => {
            findings(state, pen, panes.list);
            note(state, pen, panes.note);
        }
        View::Rank => ranking(state, pen, panes.list),
    }
}

/// What is shown, and what narrows it.
fn head(state: &State, pen: &mut Pen<'_>, area: Area) {
    if area.h == 0 {
        return;
    }
    let (l, analysis) = (state.language, &state.analysis);
    let mut x = 1;
    for (view, key) in [
        (View::Findings, "analysis.findings"),
        (View::Rank, "analysis.rank"),
    ] {
        let role = if view == analysis.view {
            Role::Title
        } else {
            Role::Dim
        };
        let style = pen.style(role);
        let mark = if view == analysis.view { "▸" } else { " " };
        x = pen.put(area, x, 0, &format!("{mark}{} ", l.text(key)), style);
    }
    let mut narrowed = Vec::new();
    if analysis.view == View::Rank {
        narrowed.push(text::label_of(&analysis.indicator, l).to_owned());
    }
    if analysis.view == View::Findings {
        narrowed.extend(analysis.rule.clone());
        if analysis.grave {
            narrowed.push(format!("✗ {}", l.text("analysis.grave")));
        }
    }
    narrowed.extend(analysis.year.map(|y| y.to_string()));
    let level = analysis.level.map(|v| format!("level.{}", level_key(v)));
    narrowed.extend(level.map(|key| l.text(&key).to_owned()));
    let dim = pen.style(Role::Dim);
    x = pen.put(area, x + 1, 0, &narrowed.join(" · "), dim) + 1;
    if analysis.focus == Focus::Input || !analysis.filter.is_empty() {
        let accent = pen.style(Role::Accent);
        x = pen.put(area, x + 1, 0, l.text("library.filter"), accent);
        let style = pen.style(Role::Input);
        pen.put(area, x, 0, analysis.filter.text(), style);
        if analysis.focus == Focus::Input {
            let column = u16::try_from(analysis.filter.column()).unwrap_or(u16::MAX);
            let x = x.saturating_add(column).min(area.w.saturating_sub(1));
            pen.caret = Some((area.x + x, area.y));
        }
        return;
    }
    let words = match (analysis.view, &analysis.ranking) {
        (View::Findings, _) => progress(state),
        (View::Rank, Some(ranking)) => spread(state, ranking),
        (View::Rank, None) => String::new(),
    };
    let room = area.w.saturating_sub(x + 2);
    if cells(&words) <= usize::from(room) {
        pen.put_right(area, area.w.saturating_sub(1), 0, &words, dim);
    }
}

/// How many reports and findings have been seen.
fn progress(state: &State) -> String {
    let analysis = &state.analysis;
    let findings = |l: &&CheckLine<'_>| matches!(l, CheckLine::Finding(..));
    let lines = analysis.lines(&state.reviews);
    let found = lines.iter().filter(findings).count();
    let reports = lines.len() - found;
    let more = if analysis.done { "" } else { "+" };
    let (reports, found) = (format!("{reports}{more}"), format!("{found}{more}"));
    state.language.fill(
        "analysis.found",
        &[("reports", &reports), ("findings", &found)],
    )
}

/// How many state the indicator, and how their values are spread; of a selected one that
/// counts otherwise than the first, how.
fn spread(state: &State, ranking: &Ranking) -> String {
    let l = state.language;
    let (stated, missing) = (ranking.stated.to_string(), ranking.missing.to_string());
    let counts = [("stated", stated.as_str()), ("missing", missing.as_str())];
    let selected = ranking.rows.get(state.analysis.ranked.at);
    let note = selected.and_then(|r| ranking.notes.get(r.note?));
    if let Some(note) = note {
        return table::note(note, l);
    }
    if let Some(row) = selected.filter(|r| !r.elsewhere.is_empty()) {
        return table::elsewhere(row, l);
    }
    let mut words = l.fill("analysis.stated", &counts);
    if let Some(q) = &ranking.quartiles {
        let [low, middle, high] = q.map(text::number);
        let values = [("low", low.as_str()), ("middle", &middle), ("high", &high)];
        words += "   ";
        words += &l.fill("analysis.quartiles", &values);
    }
    words
}

/// The look of a line, with the bar before it when it is selected.
fn row_style(pen: &mut Pen<'_>, area: Area, y: u16, selected: bool) -> Style {
    if !selected {
        return pen.style(Role::Text);
    }
    let style = pen.style(Role::Selected);
    pen.fill(Area::new(area.x, area.y + y, area.w, 1), style);
    let bar = pen.style(Role::Cursor).patch(style);
    let glyph = pen.skin.glyphs.cursor;
    pen.put(area, 0, y, glyph, bar);
    style
}

fn findings(state: &State, pen: &mut Pen<'_>, area: Area) {
    let analysis = &state.analysis;
    let lines = analysis.lines(&state.reviews);
    let l = state.language;
    if lines.is_empty() {
        let key = if analysis.done {
            "analysis.nothing"
        } else {
            "analysis.reading"
        };
        let style = pen.style(Role::Dim);
        pen.cut(area, 3, 1, area.w.saturating_sub(3), l.text(key), style);
        if analysis.done {
            not_here(state, pen, area, 3);
        }
        return;
    }
    // Behind the last of them: what else there may be.
    let behind = lines.len().saturating_sub(analysis.cursor.top) + 1;
    if let Ok(y) = u16::try_from(behind)
        && analysis.done
    {
        not_here(state, pen, area, y);
    }
    for y in 0..area.h {
        let at = analysis.cursor.top + usize::from(y);
        let Some(line) = lines.get(at) else { break };
        let selected = at == analysis.cursor.at;
        let style = row_style(pen, area, y, selected);
        let end = area.w.saturating_sub(2);
        match line {
            CheckLine::Report(audited) => {
                let row = &audited.row;
                let title = pen.style(if selected {
                    Role::Selected
                } else {
                    Role::Title
                });
                let x = pen.cut(area, 2, y, end.saturating_sub(14), &short_name(row), title);
                let dim = pen.style(Role::Dim).patch(style);
                let room = end.saturating_sub(x + 14);
                pen.cut(area, x + 2, y, room, &clean_line(&row.title), dim);
                let of = |status| {
                    audited
                        .findings
                        .iter()
                        .filter(|f| text::standing(f, &state.reviews) == status)
                        .count()
                };
                let mut counts = String::new();
                for (mark, count) in [("✗", of(Status::Fail)), ("!", of(Status::Warn))] {
                    if count > 0 {
                        counts += &format!(" {mark}{count}");
                    }
                }
                pen.put_right(area, end, y, &counts, dim);
            }
            CheckLine::Finding(_, finding) => {
                let status = text::standing(finding, &state.reviews);
                let role = match status {
                    Status::Fail => Role::Fail,
                    Status::Warn => Role::Warn,
                    _ => Role::Dim,
                };
                let mark = pen.style(role).patch(style);
                let x = pen.put(area, 4, y, text::status_mark(status), mark);
                let dim = pen.style(Role::Key).patch(style);
                let x = pen.put(area, x + 1, y, finding.rule, dim).max(13);
                let mut words = clean_line(text::message(&finding.message, l)).into_owned();
                let mut style = style;
                if let Some(said) = reviewed(state, finding) {
                    words = format!("[{said}] {words}");
                    style = dim_of(pen, style);
                }
                pen.cut(area, x + 1, y, end.saturating_sub(x + 1), &words, style);
            }
        }
    }
    pen.scroll_bar(area, analysis.cursor.top, lines.len());
}

/// What this list holds beside a report's own checks, and what it does not.
fn not_here(state: &State, pen: &mut Pen<'_>, area: Area, y: u16) {
    let words = state.language.text("analysis.not_here");
    let room = usize::from(area.w.saturating_sub(6)).max(2);
    let style = pen.style(Role::Dim);
    for (y, range) in (y..area.h).zip(wrap::lines(words, room)) {
        pen.put(area, 4, y, words[range].trim_end(), style);
    }
}

fn dim_of(pen: &Pen<'_>, style: Style) -> Style {
    pen.style(Role::Dim).patch(style)
}

/// The check under the cursor in full.
fn note(state: &State, pen: &mut Pen<'_>, area: Area) {
    if area.h == 0 {
        return;
    }
    pen.level(area, 0);
    let Some((_, finding)) = state.analysis.selected(&state.reviews) else {
        return;
    };
    let l = state.language;
    let mut words = vec![text::message(&finding.message, l).to_owned()];
    if !words[0].contains(&finding.formula) {
        words.push(finding.formula.clone());
    }
    words.extend(
        finding
            .hint
            .as_ref()
            .map(|h| text::message(h, l).to_owned()),
    );
    let style = pen.style(Role::Text);
    let mut y = 1;
    for words in words {
        let words = clean_line(&words);
        for r in wrap::lines(&words, usize::from(area.w.saturating_sub(4)).max(2)) {
            pen.put(area, 2, y, words[r].trim_end(), style);
            y += 1;
        }
    }
}

fn ranking(state: &State, pen: &mut Pen<'_>, area: Area) {
    let analysis = &state.analysis;
    let Some(ranking) = &analysis.ranking else {
        return;
    };
    if ranking.rows.is_empty() {
        let style = pen.style(Role::Dim);
        let words = state.language.text("analysis.nobody");
        pen.cut(area, 3, 1, area.w.saturating_sub(3), words, style);
        return;
    }
    let most = ranking.rows.iter().filter_map(|r| r.value.to_f64());
    let most = most.fold(0.0, f64::max);
    for y in 0..area.h {
        let at = analysis.ranked.top + usize::from(y);
        let Some(row) = ranking.rows.get(at) else {
            break;
        };
        let style = row_style(pen, area, y, at == analysis.ranked.at);
        let note = row.note.and_then(|n| ranking.notes.get(n));
        let caution = match sheet::caution(note.map_or(&[], std::slice::from_ref)) {
            "" if !row.elsewhere.is_empty() => "≠",
            caution => caution,
        };
        pen.put(area, 1, y, caution, pen.style(Role::Warn).patch(style));
        ranked(state, pen, area, y, row, most, style);
    }
    pen.scroll_bar(area, analysis.ranked.top, ranking.stated);
}

fn ranked(
    state: &State,
    pen: &mut Pen<'_>,
    area: Area,
    y: u16,
    row: &Ranked,
    most: f64,
    style: Style,
) {
    let dim = pen.style(Role::Dim).patch(style);
    pen.put_right(area, 7, y, &row.place.to_string(), dim);
    let wide = area.w >= 60;
    let mut x = 9;
    if wide {
        let percentile = format!("P{}", row.percentile.round());
        pen.put_right(area, 13, y, &percentile, dim);
        x = 15;
    }
    let bars = if wide { area.w / 4 } else { 0 };
    let end = area.w.saturating_sub(bars + 2);
    let key = &state.analysis.indicator;
    let percent = rates::definition(key).is_some_and(|d| d.unit() == "%");
    let formula = row.formula.as_deref().filter(|_| area.w >= 100);
    let value = format!(
        "{}{}{}{}",
        formula.map_or_else(String::new, |f| format!("{f} = ")),
        text::number(row.value),
        if percent { "%" } else { "" },
        if row.small { " *" } else { "" },
    );
    let right = pen.put_right(area, end, y, &value, style);
    let room = right.saturating_sub(x + 1);
    let at = pen.cut(area, x, y, room, &short_name(&row.report), style);
    let level = row.report.level.map(|v| format!("level.{}", level_key(v)));
    if let Some(key) = level.filter(|_| at + 10 < right) {
        pen.put(area, at + 2, y, state.language.text(&key), dim);
    }
    if bars > 4 && most > 0.0 {
        let part = row.value.to_f64().unwrap_or(0.0) / most;
        let role = pen.style(Role::Bars).patch(style);
        pen.bar(area, end + 1, y, bars - 2, part, role);
    }
}
