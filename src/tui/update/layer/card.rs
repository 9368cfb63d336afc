//! Keys in something to read: it scrolls, Tab goes from link to link, Enter follows one.

use crate::config::keymap::Key;
use crate::tui::action::Job;
use crate::tui::command::Command;
use crate::tui::state::layer::{Card, Target};
use crate::tui::state::{Layer, Place, State, Step};
use crate::tui::text::{self, DrawnKind};
use crate::tui::update::{card, leave, pickers, reader, review, run, step};

/// A key while a card is on top.
pub fn press(state: &mut State, key: Key, command: Option<Command>) -> Vec<Job> {
    let size = state.size;
    let Some(Layer::Card(card)) = state.layers.last_mut() else {
        return Vec::new();
    };
    let links = card.links.len();
    match command {
        Some(Command::Open) if links > 0 => return follow(state),
        Some(Command::Open | Command::Close | Command::Quit | Command::Help) => {
            state.layers.pop();
        }
        Some(Command::Next) if links > 1 => link(card, 1, size),
        Some(Command::Previous) if links > 1 => link(card, links - 1, size),
        Some(command @ (Command::Next | Command::Previous)) => return on(state, command),
        Some(Command::Palette) => pickers::palette(state),
        Some(command) => {
            if let Some(step) = step(command) {
                scroll(card, step, size);
            }
        }
        None if key == Key::char('m') => {
            if let Some(about) = card.finding.clone() {
                let words = card.title.clone();
                review::open(state, about, &words);
            }
        }
        None if key == Key::char('y') => return card::copy(state),
        None if key == Key::char('.') => return on(state, Command::Next),
        None if key == Key::char(',') => return on(state, Command::Previous),
        None => {}
    }
    Vec::new()
}

/// The card of the next figure.
fn on(state: &mut State, command: Command) -> Vec<Job> {
    state.layers.pop();
    let jobs = run(state, command);
    if state.place == Place::Reader {
        card::figure(state);
    }
    jobs
}

/// Follows the chosen link.
pub fn follow(state: &mut State) -> Vec<Job> {
    let Some(Layer::Card(card)) = state.layers.last() else {
        return Vec::new();
    };
    match card.links.get(card.link).cloned() {
        Some(Target::Spot(spot)) => {
            state.layers.clear();
            leave(state);
            reader::open(state, spot, "")
        }
        Some(Target::Finding(at)) => {
            card::finding::finding(state, at);
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Chooses the link `by` further on, and shows it.
fn link(card: &mut Card, by: usize, size: (u16, u16)) {
    card.link = (card.link + by) % card.links.len();
    let (lines, height) = drawn(card, size);
    let at = lines
        .iter()
        .position(|l| l.kind == DrawnKind::Link(card.link));
    let at = at.unwrap_or(0);
    if at < card.top || at + 2 >= card.top + height {
        card.top = at.saturating_sub(1).min(lines.len().saturating_sub(height));
    }
}

/// Scrolls a card.
pub fn scroll(card: &mut Card, step: Step, size: (u16, u16)) {
    let (lines, height) = drawn(card, size);
    let len = lines.len();
    let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
    // There is nothing to scroll: the arrows go from link to link.
    if len <= height && card.links.len() > 1 {
        match step {
            Step::By(n) if n > 0 => link(card, 1, size),
            Step::By(_) => link(card, card.links.len() - 1, size),
            _ => {}
        }
        return;
    }
    let top = match step {
        Step::By(n) => card.top.saturating_add_signed(n),
        Step::Page(n) => card.top.saturating_add_signed(n * page),
        Step::First => 0,
        Step::Last => len,
    };
    card.top = top.min(len.saturating_sub(height));
}

/// The lines of a card, and how many of them are shown.
fn drawn(card: &Card, size: (u16, u16)) -> (Vec<text::Drawn>, usize) {
    let layer = Layer::Card(card.clone());
    let area = super::area(&layer, size).inset(2, 1);
    let lines = text::card_lines(card, usize::from(area.w));
    (lines, usize::from(area.h).max(1))
}
