//! Settings: `config.toml` over the documented defaults of `assets/config.toml`.
//!
//! What cannot be understood is named and left at its default: a slip in one line must
//! not keep anyone from reading reports.

use std::path::PathBuf;

use super::language::Language;
use super::paths;

/// The documented defaults, to copy and change.
pub const DOCUMENTED: &str = include_str!("../../assets/config.toml");

/// What a person has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Folders and files that are read when none are named.
    pub corpus: Vec<PathBuf>,
    /// Language of the interface; none for that of the environment.
    pub language: Option<Language>,
    /// Name of the theme.
    pub theme: String,
    /// Whether characters of ambiguous width take two cells.
    pub ambiguous_wide: bool,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Command that opens a file; empty for that of the environment.
    pub editor: String,
    /// Widest line of a report's text, in cells.
    pub measure: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            corpus: Vec::new(),
            language: None,
            theme: "dark".into(),
            ambiguous_wide: false,
            mouse: true,
            editor: String::new(),
            measure: 84,
        }
    }
}

/// Narrowest and widest measure that can be asked for.
const MEASURES: std::ops::RangeInclusive<i64> = 20..=400;

impl Settings {
    /// Reads a file of settings. The second part tells what could not be understood, a
    /// line each.
    pub fn parse(file: &str) -> (Self, Vec<String>) {
        let mut settings = Self::default();
        let table = match file.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => return (settings, vec![error.to_string().trim().to_owned()]),
        };
        let mut wrong = Vec::new();
        for (key, value) in &table {
            if settings.set(key, value).is_none() {
                wrong.push(format!("{key} = {value}"));
            }
        }
        (settings, wrong)
    }

    /// Sets one of them; none when there is no such setting or no such value.
    fn set(&mut self, key: &str, value: &toml::Value) -> Option<()> {
        match key {
            "corpus" => self.corpus = folders(value)?,
            "language" => {
                self.language = match value.as_str()? {
                    "auto" => None,
                    "zh" => Some(Language::Zh),
                    "en" => Some(Language::En),
                    _ => return None,
                }
            }
            "theme" => value.as_str()?.clone_into(&mut self.theme),
            "ambiguous" => {
                self.ambiguous_wide = match value.as_str()? {
                    "narrow" => false,
                    "wide" => true,
                    _ => return None,
                }
            }
            "mouse" => self.mouse = value.as_bool()?,
            "editor" => value.as_str()?.clone_into(&mut self.editor),
            "measure" => {
                let measure = value.as_integer().filter(|m| MEASURES.contains(m))?;
                self.measure = usize::try_from(measure).ok()?;
            }
            _ => return None,
        }
        Some(())
    }
}

fn folders(value: &toml::Value) -> Option<Vec<PathBuf>> {
    match value {
        toml::Value::String(path) => Some(vec![paths::expand(path)]),
        toml::Value::Array(all) => all.iter().map(|v| v.as_str().map(paths::expand)).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_file_says_what_holds_without_it() {
        assert_eq!(
            Settings::parse(DOCUMENTED),
            (Settings::default(), Vec::new())
        );
    }

    #[test]
    fn a_slip_spoils_its_own_line_only() {
        let file = "mouse = false\nlanguage = \"fr\"\nmeasure = 3\ncolour = 1\n";
        let (settings, wrong) = Settings::parse(file);
        assert!(!settings.mouse);
        assert_eq!(settings.measure, 84);
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert_eq!(Settings::parse("mouse =").1.len(), 1);
    }

    #[test]
    fn a_corpus_is_one_folder_or_several() {
        let corpus = |file| Settings::parse(file).0.corpus;
        assert_eq!(corpus("corpus = '/a'"), [PathBuf::from("/a")]);
        assert_eq!(corpus("corpus = ['/a', '/b']").len(), 2);
        assert!(!corpus("corpus = '~/a'")[0].starts_with("~"));
    }
}
