//! The browser in the terminal.
//!
//! ```text
//! event ─▶ Action ─▶ update(&mut State) ─▶ Job ─▶ worker ─▶ Action …
//!                          │
//!                          ▼
//!               screen::draw(&State) ─▶ buffer ─▶ terminal
//! ```
//!
//! Everything that happens is an [`action::Action`]; `update` is pure and gives jobs for
//! the threads in [`worker`]; `screen` only reads. Neither `state` nor `update` names a type
//! of ratatui. What can be asked for stands in one table, [`command`].

pub mod action;
pub mod clipboard;
pub mod command;
pub mod desk;
pub mod event;
pub mod fuzzy;
pub mod geometry;
mod main_loop;
pub mod page;
pub mod screen;
pub mod session;
pub mod sheet;
pub mod shelf;
pub mod state;
pub mod style;
mod terminal;
pub mod text;
pub mod update;
pub mod widget;
pub mod worker;

use std::io;
use std::path::PathBuf;

use crate::config::language::Language;
use crate::config::theme::Theme;
use crate::corpus::Corpus;

pub use main_loop::run;

/// What the browser is started with.
#[derive(Debug)]
pub struct Options {
    /// What to read.
    pub corpus: Corpus,
    /// Where the index lies; in memory when none.
    pub index_dir: Option<PathBuf>,
    /// Language of the interface.
    pub language: Language,
    /// Whether it was asked for on the command line: then it goes before what was chosen in
    /// the browser at another time.
    pub language_given: bool,
    /// `dark`, `light`, `mono`, `auto` or the name of one of `themes`.
    pub theme: String,
    /// Themes of the user, beside the embedded ones.
    pub themes: Vec<Theme>,
    /// The user's `keys.toml`, as text.
    pub keys: Option<String>,
    /// Where the session is remembered; nowhere when none.
    pub state_dir: Option<PathBuf>,
    /// Whether to take the mouse.
    pub mouse: bool,
    /// Whether the terminal draws ambiguous characters two cells wide.
    pub ambiguous_wide: bool,
    /// Command that opens a file; empty for that of the environment.
    pub editor: String,
    /// Widest line of running text, in cells.
    pub measure: usize,
}

/// Why the browser cannot run.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// Standard output or input is no terminal.
    #[error("the browser needs a terminal; see `gongkai --help` for commands that do not")]
    NotATerminal,
    /// The terminal does not obey.
    #[error("terminal: {0}")]
    Terminal(#[from] io::Error),
}
