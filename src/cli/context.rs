//! What every command needs to know: language, colours, how much to say.

use std::io::{IsTerminal, Write};

use super::args::{Color, Common};
use crate::config::language::Language;

/// The common options, resolved.
#[derive(Debug)]
pub struct Context {
    /// Language of the interface.
    pub language: Language,
    /// Whether results may be coloured.
    pub color: bool,
    quiet: bool,
    verbose: bool,
}

impl Context {
    /// Resolves the common options.
    ///
    /// # Errors
    /// When the file of settings cannot be read.
    pub fn new(common: &Common) -> anyhow::Result<Self> {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        Ok(Self {
            language: common
                .lang
                .map_or_else(Language::of_environment, Language::from),
            color: match common.color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => !no_color && std::io::stdout().is_terminal(),
            },
            quiet: common.quiet,
            verbose: common.verbose > 0,
        })
    }

    /// Something a person should know, on standard error.
    pub fn note(&self, line: &str) {
        if !self.quiet {
            // Nothing can be done when standard error is closed.
            let _ = writeln!(std::io::stderr(), "{line}");
        }
    }

    /// Something for those who want to know more.
    pub fn detail(&self, line: &str) {
        if self.verbose {
            self.note(line);
        }
    }
}
