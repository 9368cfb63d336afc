//! The line at the top (places, what is read, how far the index has come) and the line at
//! the bottom (what can be done here and now, from the command table).

use crate::config::theme::Role;
use crate::text::clean::clean_line;
use crate::text::width::cells;
use crate::tui::action::Tone;
use crate::tui::command::{Command, Context};
use crate::tui::geometry::Area;
use crate::tui::state::analysis::View;
use crate::tui::state::{Focus, Layer, Place, State, letter};
use crate::tui::text;
use crate::tui::widget::Pen;

/// The line at the top.
pub fn header(state: &State, pen: &mut Pen<'_>, area: Area) {
    if area.h == 0 {
        return;
    }
    let bar = pen.style(Role::Bar);
    pen.put(area, 0, 0, &" ".repeat(usize::from(area.w)), bar);
    let mut x = 0;
    for tab in text::tabs(state) {
        let style = if tab.place == state.place {
            bar.add_modifier(ratatui::style::Modifier::REVERSED)
        } else {
            bar
        };
        x = pen.put(area, tab.from, 0, &tab.text, style);
    }
    let right = progress(state, pen, area);
    let room = right.saturating_sub(x + 2);
    let counts = counts(state, usize::from(room));
    let marks = marks(state);
    let both = format!("{counts}   {marks}");
    // Marks matter more than counts when there is no room for both.
    let line = if marks.is_empty() || cells(&both) <= usize::from(room) {
        both
    } else {
        marks
    };
    pen.cut(area, x + 2, 0, room, line.trim_end(), bar);
}

fn counts(state: &State, room: usize) -> String {
    let l = state.language;
    let c = &state.counts;
    let mut words = vec![clean_line(&state.corpus).into_owned()];
    if c.reports + c.others > 0 {
        words.push(l.fill("header.reports", &[("count", &c.reports.to_string())]));
    }
    if c.regions > 0 {
        words.push(l.fill("header.regions", &[("count", &c.regions.to_string())]));
    }
    if let Some((first, last)) = c.years {
        words.push(match first == last {
            true => first.to_string(),
            false => format!("{first}–{last}"),
        });
    }
    if c.failures > 0 {
        words.push(l.fill("header.failures", &[("count", &c.failures.to_string())]));
    }
    words.retain(|w| !w.is_empty());
    // Whole words or none: a cut number says nothing.
    while words.len() > 1 && cells(&words.join(" · ")) > room {
        words.pop();
    }
    words.join(" · ")
}

fn marks(state: &State) -> String {
    let names = state.marks.iter().enumerate();
    let names: Vec<String> = names
        .map(|(i, m)| format!("{} {}", letter(i), m.name))
        .collect();
    names.join("  ")
}

/// How far the index has come, at the right edge; returns where it begins.
fn progress(state: &State, pen: &mut Pen<'_>, area: Area) -> u16 {
    let Some(p) = state.progress.filter(|p| !p.finished && p.total > 0) else {
        return area.w;
    };
    let bar = pen.style(Role::Bar);
    let (done, total) = (p.done.to_string(), p.total.to_string());
    let words = state
        .language
        .fill("header.index", &[("done", &done), ("total", &total)]);
    let blocks = if area.w >= 80 { 8 } else { 0 };
    let full = (p.done * blocks / p.total).min(blocks);
    let glyphs = pen.skin.glyphs;
    let line = format!(
        "{words} {}{} ",
        glyphs.full.repeat(full),
        glyphs.rest.repeat(blocks - full)
    );
    pen.put_right(area, area.w, 0, &line, bar)
}

/// The line at the bottom.
pub fn footer(state: &State, pen: &mut Pen<'_>, area: Area) {
    if area.h == 0 {
        return;
    }
    if let Some(notice) = &state.notice {
        let (role, mark) = match notice.tone {
            Tone::Good => (Role::Notice, "✓"),
            Tone::Bad => (Role::Warn, "!"),
        };
        let style = pen.style(role);
        let text = format!("{mark} {}", clean_line(&notice.text));
        pen.cut(area, 1, 0, area.w.saturating_sub(1), &text, style);
        return;
    }
    let (key_style, style) = (pen.style(Role::Key), pen.style(Role::Footer));
    // Where words are typed its key is one of their letters.
    let help = hint(state, state.place.context(), Command::Help).filter(|_| !is_typing(state));
    let help_w = help.as_ref().map_or(0, |(k, l)| cells(k) + cells(l) + 1);
    let end = area
        .w
        .saturating_sub(u16::try_from(help_w).unwrap_or(0) + 2);
    let mut x: u16 = 1;
    for &command in commands(state) {
        let Some((key, label)) = hint(state, state.place.context(), command) else {
            continue;
        };
        let w = u16::try_from(cells(&key) + cells(&label) + 1).unwrap_or(u16::MAX);
        if x.saturating_add(w) > end {
            break;
        }
        x = pen.put(area, x, 0, &key, key_style);
        x = pen.put(area, x + 1, 0, &label, style) + 2;
    }
    if let Some((key, label)) = help
        && x <= end + 2
    {
        let x = pen.put(area, end + 1, 0, &key, key_style);
        pen.put(area, x + 1, 0, &label, style);
    }
}

/// The key and the name of a command, as the table has them.
fn hint(state: &State, context: Context, command: Command) -> Option<(String, String)> {
    let key = state.keymap.key(context, command)?;
    let language = state.language;
    let name = format!("{}_{}", focus_name(state), command.name());
    let special = [
        format!("hint.{}_{name}", context.name()),
        format!("hint.{name}"),
    ];
    let known = special
        .iter()
        .find(|key| language.text(key) != key.as_str());
    let label = match known {
        Some(key) => language.text(key).to_owned(),
        None => command.label(context, language),
    };
    Some((key.to_string(), label))
}

/// Whether letters go into a field.
fn is_typing(state: &State) -> bool {
    match state.layers.last() {
        Some(layer) => matches!(layer, Layer::Picker(_) | Layer::Form(_)),
        None => state.focus() == Focus::Input,
    }
}

fn focus_name(state: &State) -> &'static str {
    match (state.layers.last(), state.focus()) {
        (Some(Layer::Picker(p)), _) if p.several => "pick_several",
        (Some(Layer::Picker(_)), _) => "pick",
        (Some(Layer::Card(_)), _) => "card",
        (Some(Layer::Form(_)), _) => "form",
        (None, Focus::Input) => "input",
        (None, Focus::Side) => "side",
        (None, Focus::Main) => "main",
    }
}

/// What is worth saying here, the most useful first.
fn commands(state: &State) -> &'static [Command] {
    use Command as C;
    match (state.layers.last(), state.place, state.focus()) {
        (Some(Layer::Picker(p)), ..) if p.several => &[C::Next, C::Open, C::Close],
        (Some(Layer::Picker(_)), ..) => &[C::Open, C::Close, C::Down],
        (Some(Layer::Card(card)), ..) if !card.links.is_empty() => {
            &[C::Open, C::Next, C::Close, C::Down]
        }
        (Some(Layer::Card(_)), ..) => &[C::Close, C::Next, C::Down],
        (Some(Layer::Form(_)), ..) => &[C::Open, C::Next, C::Right, C::Close],
        (None, Place::Library, Focus::Input) => &[C::Open, C::Down, C::Close],
        (None, Place::Library, Focus::Side) => {
            &[C::Open, C::Group, C::Left, C::Right, C::Next, C::Filter]
        }
        (None, Place::Library, Focus::Main) => &[
            C::Open,
            C::Mark,
            C::CompareMarked,
            C::Search,
            C::Sort,
            C::Filter,
            C::Year,
            C::Group,
            C::Columns,
            C::Trend,
            C::Show,
            C::Correct,
            C::Copies,
            C::Next,
            C::Failures,
            C::Palette,
        ],
        (None, Place::Reader, Focus::Input) => &[C::Open, C::Down, C::Close],
        (None, Place::Reader, Focus::Side) => &[C::Open, C::Close, C::Outline],
        (None, Place::Reader, Focus::Main) => &[
            C::Outline,
            C::NextSection,
            C::Next,
            C::Open,
            C::Find,
            C::NextHit,
            C::Findings,
            C::Metadata,
            C::Copy,
            C::Mark,
            C::Folded,
            C::Correct,
            C::Editor,
            C::Close,
        ],
        (None, Place::Search, Focus::Input) => &[C::Down, C::Up, C::Next, C::Close],
        (None, Place::Search, Focus::Side) => &[C::Open, C::Next, C::Query],
        (None, Place::Search, Focus::Main) => &[C::Open, C::Next, C::Query, C::Palette],
        (None, Place::Analysis, Focus::Input) => &[C::Down, C::Close],
        (None, Place::Analysis, _) => match state.analysis.view {
            View::Findings => &[
                C::Open,
                C::View,
                C::Rule,
                C::Review,
                C::Severity,
                C::Filter,
                C::Year,
                C::Level,
                C::Close,
            ],
            View::Rank => &[
                C::Open,
                C::View,
                C::Rule,
                C::Year,
                C::Level,
                C::Filter,
                C::Reverse,
                C::Close,
            ],
        },
        (None, Place::Compare, _) if state.compare.compared.is_none() => &[C::Close],
        (None, Place::Compare, _) => &[
            C::Open,
            C::Differences,
            C::Percent,
            C::Bars,
            C::Indicators,
            C::Fold,
            C::Next,
            C::Swap,
            C::Texts,
            C::Export,
            C::Close,
        ],
    }
}
