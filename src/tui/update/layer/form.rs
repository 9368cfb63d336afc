//! Keys in a form: Tab and the arrows go from field to field, Enter takes it.

use crate::config::keymap::{Code, Key};
use crate::tui::action::Job;
use crate::tui::command::Command;
use crate::tui::state::form::{Content, Purpose};
use crate::tui::state::{Layer, State};
use crate::tui::update::{correct, review};

/// A key while a form is on top.
pub fn press(state: &mut State, key: Key, command: Option<Command>) -> Vec<Job> {
    let Some(Layer::Form(form)) = state.layers.last_mut() else {
        return Vec::new();
    };
    let fields = form.fields.len().max(1);
    match (key.code, command) {
        (Code::Enter, _) => return submit(state),
        (Code::Esc, _) => {
            state.layers.pop();
            return Vec::new();
        }
        (Code::Tab | Code::Down, _) => form.at = (form.at + 1) % fields,
        (Code::BackTab | Code::Up, _) => form.at = (form.at + fields - 1) % fields,
        _ => {
            form.error = None;
            match form.fields.get_mut(form.at).map(|f| &mut f.content) {
                Some(Content::Text(input)) => {
                    input.key(key);
                }
                Some(Content::Choice(all, chosen)) => {
                    let len = all.len().max(1);
                    match key.code {
                        Code::Left => *chosen = (*chosen + len - 1) % len,
                        Code::Right | Code::Char(' ' | '　') => *chosen = (*chosen + 1) % len,
                        _ => {}
                    }
                }
                None => {}
            }
        }
    }
    Vec::new()
}

/// Takes what is filled in when it makes sense, and says what does not.
fn submit(state: &mut State) -> Vec<Job> {
    let language = state.language;
    let Some(Layer::Form(form)) = state.layers.last_mut() else {
        return Vec::new();
    };
    let taken = match &form.purpose {
        Purpose::Correct { id, path, said } => {
            correct::check(form, said, language).map(|said| Job::Correct {
                id: id.clone(),
                path: path.clone(),
                said,
            })
        }
        Purpose::Review(about) => review::check(form, about, language).map(|review| Job::Review {
            fingerprint: about.fingerprint.clone(),
            review,
        }),
    };
    match taken {
        Ok(job) => {
            state.layers.pop();
            vec![job]
        }
        Err(why) => {
            form.error = Some(why);
            Vec::new()
        }
    }
}
