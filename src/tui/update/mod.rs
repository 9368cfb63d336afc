//! `update`: what happened → another state, and jobs for the world outside. Pure: no files,
//! no clock, no terminal. A file per place.

mod analysis;
mod arrive;
mod card;
mod compare;
mod correct;
mod layer;
mod library;
mod mouse;
mod pickers;
pub mod reader;
mod review;
mod search;

pub use analysis::panes as analysis_panes;
pub use card::name;
pub use compare::panes as compare_panes;
pub use library::short_name;
pub use review::said as reviewed;

/// Where a layer stands.
pub use layer::area as layer_area;

use super::action::{Action, Job, Spot, Tone};
use super::command::{Command, Context};
use super::state::form::Content;
use super::state::{Focus, Layer, Place, State, Step};
use crate::config::keymap::{Code, Key};
use crate::config::language::Language;

/// Brings the state up to date with what happened.
pub fn update(state: &mut State, action: Action) -> Vec<Job> {
    match action {
        Action::Key(key) => {
            state.notice = None;
            press(state, key)
        }
        Action::Paste(text) => paste(state, &text),
        Action::Mouse(mouse) => mouse::update(state, mouse),
        Action::Resize(w, h) => {
            state.size = (w, h);
            resized(state)
        }
        Action::Do(command) => run(state, command),
        Action::Arrived(arrived) => arrive::update(state, arrived),
    }
}

/// The questions to ask at the start.
pub fn start(state: &mut State) -> Vec<Job> {
    let mut jobs = library::refresh(state);
    jobs.push(Job::Counts);
    jobs.push(Job::Reviews);
    jobs
}

fn press(state: &mut State, key: Key) -> Vec<Job> {
    if !state.layers.is_empty() {
        return layer::press(state, key);
    }
    if state.focus() == Focus::Input {
        let taken = match state.place {
            Place::Library => state.library.filter.key(key),
            Place::Reader => state.reader.find.key(key),
            Place::Search => state.search.input.key(key),
            Place::Analysis => state.analysis.filter.key(key),
            Place::Compare => false,
        };
        if taken {
            return typed(state);
        }
        let moves = !matches!(key.code, Code::Char(_)) || key.ctrl || key.alt;
        if !moves {
            return Vec::new();
        }
    }
    let contexts = [state.place.context(), Context::Move, Context::Global];
    let command = state.keymap.command(key, &contexts);
    command.map_or_else(Vec::new, |command| run(state, command))
}

fn paste(state: &mut State, text: &str) -> Vec<Job> {
    match state.layers.last_mut() {
        Some(Layer::Picker(picker)) => {
            picker.input.insert(text);
            layer::narrow(picker);
            return Vec::new();
        }
        Some(Layer::Form(form)) => {
            let field = form.fields.get_mut(form.at).map(|f| &mut f.content);
            if let Some(Content::Text(input)) = field {
                input.insert(text);
            }
            return Vec::new();
        }
        Some(Layer::Card(_)) => return Vec::new(),
        None => {}
    }
    if state.focus() != Focus::Input {
        return Vec::new();
    }
    match state.place {
        Place::Library => state.library.filter.insert(text),
        Place::Reader => state.reader.find.insert(text),
        Place::Search => state.search.input.insert(text),
        Place::Analysis => state.analysis.filter.insert(text),
        Place::Compare => {}
    }
    typed(state)
}

/// Something in the field of the place has changed.
fn typed(state: &mut State) -> Vec<Job> {
    match state.place {
        Place::Library => library::filtered(state),
        Place::Reader => reader::found(state),
        Place::Search => {
            state.search.recalled = None;
            search::asked(state)
        }
        Place::Analysis => analysis::refresh(state),
        Place::Compare => Vec::new(),
    }
}

/// Does what a command says, here.
pub fn run(state: &mut State, command: Command) -> Vec<Job> {
    match command {
        Command::Quit => {
            state.quit = true;
            return Vec::new();
        }
        Command::Library => return go(state, Place::Library),
        Command::Reader => return go(state, Place::Reader),
        Command::Compare if state.compare.ids.is_empty() && state.marks.len() > 1 => {
            return compare::open_marked(state, None);
        }
        Command::Compare => return go(state, Place::Compare),
        Command::Analysis => return go(state, Place::Analysis),
        Command::Search => {
            state.search.focus = Focus::Input;
            return go(state, Place::Search);
        }
        Command::Back => return back(state, true),
        Command::Forward => return back(state, false),
        Command::Palette => pickers::palette(state),
        Command::Help => pickers::help(state),
        Command::Failures => pickers::failures(state),
        Command::Rescan => return vec![Job::Rescan],
        Command::Language => {
            state.language = match state.language {
                Language::Zh => Language::En,
                Language::En => Language::Zh,
            };
        }
        Command::Theme => state.theme = (state.theme + 1) % state.themes.max(1),
        Command::Mouse => {
            state.mouse = !state.mouse;
            let key = if state.mouse {
                "notice.mouse_on"
            } else {
                "notice.mouse_off"
            };
            state.tell(Tone::Good, state.language.text(key).to_owned());
            return vec![Job::Mouse(state.mouse)];
        }
        Command::Redraw => return vec![Job::Redraw],
        Command::Suspend => return vec![Job::Suspend],
        _ => {
            return match state.place {
                Place::Library => library::run(state, command),
                Place::Reader => reader::run(state, command),
                Place::Search => search::run(state, command),
                Place::Compare => compare::run(state, command),
                Place::Analysis => analysis::run(state, command),
            };
        }
    }
    Vec::new()
}

/// Shows a place.
fn go(state: &mut State, place: Place) -> Vec<Job> {
    if state.place != place {
        leave(state);
        state.place = place;
    }
    match place {
        Place::Library => library::seen(state),
        Place::Search => search::asked(state),
        Place::Analysis => analysis::seen(state),
        // Nothing to read yet: what is under the cursor is surely meant.
        Place::Reader if state.reader.doc.is_none() && state.reader.wanted.is_none() => {
            match state.library.selected().map(|r| r.id.clone()) {
                Some(id) => reader::open(state, Spot { id, range: 0..0 }, ""),
                None => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// Where one is, so that one can come back.
fn here(state: &State) -> (Place, Spot) {
    let at = state.reader.source_at_top();
    let spot = state.reader.doc.as_ref().map(|d| Spot {
        id: d.id.clone(),
        range: at..at,
    });
    (state.place, spot.unwrap_or_default())
}

/// Puts where one is on the trail.
fn leave(state: &mut State) {
    let here = here(state);
    if state.trail.back.last() != Some(&here) {
        state.trail.back.push(here);
    }
    state.trail.forward.clear();
    if state.trail.back.len() > 200 {
        state.trail.back.remove(0);
    }
}

fn back(state: &mut State, backwards: bool) -> Vec<Job> {
    let now = here(state);
    let trail = &mut state.trail;
    let (from, to) = match backwards {
        true => (&mut trail.back, &mut trail.forward),
        false => (&mut trail.forward, &mut trail.back),
    };
    let mut target = from.pop();
    while target.as_ref() == Some(&now) {
        target = from.pop();
    }
    let Some((place, spot)) = target else {
        return Vec::new();
    };
    to.push(now);
    state.place = place;
    let jobs = if spot.id.is_empty() {
        Vec::new()
    } else {
        reader::restore(state, spot)
    };
    state.place = place;
    jobs
}

/// The terminal has another size.
fn resized(state: &mut State) -> Vec<Job> {
    let mut jobs = reader::lay(state, state.reader.page.view.folded);
    compare::fit(state);
    search::fit(state);
    analysis::fit(state);
    for layer in &mut state.layers {
        layer::fit(layer, state.size);
    }
    jobs.extend(library::seen(state));
    jobs
}

/// The step a command of moving means.
fn step(command: Command) -> Option<Step> {
    Some(match command {
        Command::Up => Step::By(-1),
        Command::Down => Step::By(1),
        Command::PageUp => Step::Page(-1),
        Command::PageDown => Step::Page(1),
        Command::First => Step::First,
        Command::Last => Step::Last,
        _ => return None,
    })
}
