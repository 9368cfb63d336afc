//! What there is to pick and to read in layers: made from the command table, the catalogue
//! and the report at hand.

mod analysis;
mod library;
mod reader;

use super::layer::{pick, read};
use crate::text::clean::clean_line;
use crate::tui::command::{Command, Context, Keymap};
use crate::tui::state::State;
use crate::tui::state::layer::{Card, CardLine, Item, Pick};

pub use analysis::{exports, indicators, levels, ranked, rules};
pub use library::{columns, copies, kinds, sorts, years};
pub use reader::{findings, outline, part_key};

fn item(label: impl Into<String>, pick: Pick) -> Item {
    Item {
        label: label.into(),
        detail: String::new(),
        aside: String::new(),
        depth: 0,
        chosen: false,
        pick,
    }
}

/// Every command that can be asked for here, by name in both languages and by key.
pub fn palette(state: &mut State) {
    use crate::config::language::Language;
    let here = state.place.context();
    let mut items = Vec::new();
    for &command in Command::ALL {
        if command == Command::Palette || (command.is_motion() && command != Command::Open) {
            continue;
        }
        let Some(&context) = command
            .contexts()
            .iter()
            .find(|c| matches!(c, Context::Global | Context::Move) || **c == here)
        else {
            continue;
        };
        let label = command.label(
            if context == Context::Move {
                here
            } else {
                context
            },
            state.language,
        );
        let other = match state.language {
            Language::Zh => Language::En,
            Language::En => Language::Zh,
        };
        let key = state.keymap.key(here, command);
        items.push(Item {
            detail: format!("{}  {}", command.label(here, other), command.name()),
            aside: key.map(|k| k.to_string()).unwrap_or_default(),
            ..item(label, Pick::Command(command))
        });
    }
    pick(state, "palette.title", items, false);
}

/// What the keys do here, generated from the table; and what is wrong with the key file.
pub fn help(state: &mut State) {
    let here = state.place.context();
    let language = state.language;
    let mut lines = Vec::new();
    if state.place == crate::tui::state::Place::Search {
        lines.push(CardLine::Heading(
            language.text("search.help_title").to_owned(),
        ));
        for row in language.text("search.help").lines() {
            let (left, right) = row.split_once('|').unwrap_or((row, ""));
            lines.push(CardLine::Pair(
                left.trim().to_owned(),
                right.trim().to_owned(),
            ));
        }
        lines.push(CardLine::Blank);
    }
    for context in [here, Context::Move, Context::Global] {
        let title = format!("help.{}", context.name());
        lines.push(CardLine::Heading(language.text(&title).to_owned()));
        for &command in Command::ALL {
            let keys = state.keymap.keys(context, command);
            if !command.contexts().contains(&context) || keys.is_empty() {
                continue;
            }
            let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
            let label_in = if context == Context::Move {
                here
            } else {
                context
            };
            let label = command.label(label_in, language);
            lines.push(CardLine::Pair(names.join(" "), label));
        }
        lines.push(CardLine::Blank);
    }
    let problems = state.keymap.problems.iter();
    let problems: Vec<String> = problems.map(|p| Keymap::explain(p, language)).collect();
    if !problems.is_empty() {
        lines.push(CardLine::Heading(language.text("help.problems").to_owned()));
        lines.extend(problems.into_iter().map(CardLine::Note));
    }
    let title = language.text("help.title").to_owned();
    read(state, Card::new(title, lines));
}

/// What could not be read, and why.
pub fn failures(state: &mut State) {
    let language = state.language;
    let mut lines = Vec::new();
    if state.failures.is_empty() {
        lines.push(CardLine::Note(language.text("failures.none").to_owned()));
    }
    for failure in &state.failures {
        let reason = language.sentence(&failure.reason);
        let (path, reason) = (clean_line(&failure.path), clean_line(&reason));
        lines.push(CardLine::Pair(path.into_owned(), reason.into_owned()));
    }
    let count = state.failures.len().to_string();
    let title = language.fill("failures.title", &[("count", &count)]);
    read(state, Card::new(title, lines));
}
