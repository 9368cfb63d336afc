//! What every command needs to know: settings, language, colours, how much to say, and
//! which corpus is meant.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::args::{Color, Common};
use crate::config::language::Language;
use crate::config::paths::Paths;
use crate::config::settings::Settings;
use crate::corpus::{Corpus, CorpusError, Failure, Reviews};
use crate::figure::catalogue::Catalogue;
use crate::text::clean::clean_line;
use crate::text::width;

/// The common options, resolved.
#[derive(Debug)]
pub struct Context {
    /// Language of the interface.
    pub language: Language,
    /// Whether the command line names it.
    pub language_given: bool,
    /// Whether results may be coloured.
    pub color: bool,
    /// Where files live.
    pub paths: Paths,
    /// What the person has chosen.
    pub settings: Settings,
    /// Where settings were read from, and whether there was anything.
    pub settings_file: (PathBuf, bool),
    /// What of the person's own indicators could not be understood, a line each.
    pub indicators_wrong: Vec<String>,
    /// Where indexes lie, if not in the cache directory.
    index_dir: Option<PathBuf>,
    quiet: bool,
    verbose: bool,
}

impl Context {
    /// Resolves the common options.
    ///
    /// # Errors
    /// When the file of settings that was named cannot be read.
    pub fn new(common: &Common) -> anyhow::Result<Self> {
        let paths = Paths::of_user();
        let file = common.config.clone().unwrap_or_else(|| paths.settings());
        let (read, (settings, wrong)) = match std::fs::read_to_string(&file) {
            Ok(text) => (true, Settings::parse(&text)),
            // A person without settings has chosen the defaults.
            Err(_) if common.config.is_none() => (false, Default::default()),
            Err(error) => return Err(error).with_context(|| file.display().to_string()),
        };
        width::set_ambiguous_wide(settings.ambiguous_wide);
        let own = paths.indicators();
        let indicators_wrong = match std::fs::read_to_string(&own) {
            Ok(text) => Catalogue::overlay(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => vec![error.to_string()],
        };
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        let context = Self {
            language_given: common.lang.is_some(),
            language: common
                .lang
                .map(Language::from)
                .or(settings.language)
                .unwrap_or_else(Language::of_environment),
            color: match common.color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => !no_color && std::io::stdout().is_terminal(),
            },
            paths,
            settings,
            settings_file: (file, read),
            indicators_wrong,
            index_dir: common.index_dir.clone(),
            quiet: common.quiet,
            verbose: common.verbose > 0,
        };
        let file = context.settings_file.0.clone();
        context.wrong_lines("cli.setting_wrong", &file, &wrong);
        let file = context.paths.indicators();
        context.wrong_lines("cli.indicator_wrong", &file, &context.indicators_wrong);
        Ok(context)
    }

    /// Folders and files to read: those named, else those of the settings, else the folder
    /// of the data directory if there is anything in it. None means the samples.
    pub fn corpus_paths(&self, named: &[PathBuf]) -> Vec<PathBuf> {
        if !named.is_empty() {
            return named.to_vec();
        }
        if !self.settings.corpus.is_empty() {
            return self.settings.corpus.clone();
        }
        let reports = self.paths.reports();
        let filled = std::fs::read_dir(&reports).is_ok_and(|mut dir| dir.next().is_some());
        if filled { vec![reports] } else { Vec::new() }
    }

    /// The corpus that is meant, with its corrections.
    ///
    /// # Errors
    /// When a folder or file that was named is not there.
    pub fn corpus(&self, named: &[PathBuf]) -> Result<Corpus, CorpusError> {
        let corpus = Corpus::open(&self.corpus_paths(named))?;
        Ok(corpus.keeping(self.paths.state.join("corrections")))
    }

    /// Where indexes lie.
    pub fn index_folder(&self) -> PathBuf {
        let named = self.index_dir.clone();
        named.unwrap_or_else(|| self.paths.cache.join("index"))
    }

    /// Whether nothing but errors may be said.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether more is to be said.
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// A text of the interface.
    pub fn text<'k>(&self, key: &'k str) -> &'k str {
        self.language.text(key)
    }

    /// A text of the interface with its blanks filled.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.language.fill(key, values)
    }

    /// Something a person should know, on standard error.
    pub fn note(&self, line: &str) {
        if !self.quiet {
            // Nothing can be done when standard error is closed.
            let _ = writeln!(std::io::stderr(), "{}", clean_line(line));
        }
    }

    /// What of a person's own file could not be understood.
    fn wrong_lines(&self, key: &str, file: &Path, lines: &[String]) {
        let file = file.display().to_string();
        for line in lines {
            let line = self.language.sentence(line);
            self.note(&self.fill(key, &[("file", &file), ("line", &line)]));
        }
    }

    /// Something for those who want to know more.
    pub fn detail(&self, line: &str) {
        if self.verbose {
            self.note(line);
        }
    }

    /// Files that could not be read, a line each.
    pub fn failures(&self, failures: &[Failure]) {
        for failure in failures {
            let reason = self.language.sentence(&failure.reason);
            let values = [("path", &*failure.path), ("reason", &*reason)];
            self.note(&self.fill("cli.unreadable", &values));
        }
    }

    /// Tells what of a corpus's `gongkai.toml` cannot be understood and is passed over.
    pub fn sidecar(&self, corpus: &Corpus, reviews: &Reviews) {
        let sidecar = corpus.sidecar();
        for broken in sidecar.broken().iter().chain(reviews.broken()) {
            let file = broken.file.display().to_string();
            let entry = match &*broken.entry {
                "" => String::new(),
                entry => format!(" [{entry}]"),
            };
            let path = format!("{file}{entry}");
            let values = [("path", &*path), ("reason", &*broken.reason)];
            self.note(&self.fill("cli.sidecar", &values));
        }
    }

    /// `text` so that it stands out.
    pub fn bold(&self, text: &str) -> String {
        self.paint("1", text)
    }

    /// `text` as something that is wrong.
    pub fn red(&self, text: &str) -> String {
        self.paint("31", text)
    }

    /// `text` as words that were searched for.
    pub fn found(&self, text: &str) -> String {
        self.paint("1;33", text)
    }

    /// `text` as something of less weight.
    pub fn dim(&self, text: &str) -> String {
        self.paint("2", text)
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.color && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::language::Language;
    use crate::source::SourceError;

    #[test]
    fn every_reason_is_said_in_both_languages() {
        let errors = [
            SourceError::Empty,
            SourceError::Binary,
            SourceError::TooLarge,
            SourceError::TooLong,
            SourceError::Unsupported("RTF"),
            SourceError::Encrypted,
            SourceError::Damaged("zip member"),
            SourceError::Scanned(3),
            SourceError::Unmapped,
            SourceError::Unbounded,
            SourceError::TooMany(9),
            SourceError::NoPage,
        ];
        for error in errors {
            let english = error.to_string();
            assert_eq!(Language::En.sentence(&english), english);
            let chinese = Language::Zh.sentence(&english);
            assert_ne!(chinese, english);
            assert!(!chinese.contains('{'), "{chinese}");
        }
        let said = Language::Zh.sentence(&SourceError::Scanned(3).to_string());
        assert!(said.contains("3 页"), "{said}");
        assert_eq!(Language::Zh.sentence("disk on fire"), "disk on fire");
    }
}
