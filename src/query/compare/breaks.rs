//! Where series break: typed view of `assets/breaks.toml`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Column, Note};
use crate::audit::Message;
use crate::report::Form;

/// Rules of counting that a report follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Era {
    /// Local forms, 2008 to 2013.
    A,
    /// The national table of 2014 to 2018.
    B,
    /// The tables of 2019 and 2020.
    C,
    /// The tables since 2021.
    D,
}

impl Era {
    /// By the form of the tables; a report in prose follows the rules of its year.
    pub fn of(form: Form, year: Option<i32>) -> Option<Self> {
        match (form, year) {
            (Form::A, _) => Some(Self::A),
            (Form::B, _) => Some(Self::B),
            (Form::C, _) => Some(Self::C),
            (Form::D, _) => Some(Self::D),
            (Form::P, None) => None,
            (Form::P, Some(..=2013)) => Some(Self::A),
            (Form::P, Some(2014..=2018)) => Some(Self::B),
            (Form::P, Some(2019..=2020)) => Some(Self::C),
            (Form::P, Some(2021..)) => Some(Self::D),
        }
    }
}

/// Whether the two sides may still be held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Grade {
    Near,
    Break,
}

#[derive(Debug, Deserialize)]
struct Break {
    id: String,
    keys: Vec<String>,
    #[serde(default)]
    left: Vec<Era>,
    #[serde(default)]
    right: Vec<Era>,
    year: Option<i32>,
    #[serde(default)]
    flow: bool,
    grade: Grade,
    zh: String,
    en: String,
}

#[derive(Debug, Deserialize)]
struct Base {
    of: String,
    or: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    #[serde(rename = "break")]
    breaks: Vec<Break>,
    #[serde(rename = "base")]
    bases: Vec<Base>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../assets/breaks.toml"))
        .expect("assets/breaks.toml is checked by a test")
});

/// When a report speaks, for the rules that it counts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The year reported on.
    pub year: Option<i32>,
    /// The rules.
    pub era: Option<Era>,
}

impl From<&Column> for When {
    fn from(column: &Column) -> Self {
        Self {
            year: column.year,
            era: column.era,
        }
    }
}

/// The break between two reports for `key`, an indicator or what is derived from some; of a
/// stock, or of anything else that a shorter year does not lessen, or not.
pub fn between(key: &str, stock: bool, a: When, b: When) -> Option<Note> {
    let found = FILE.breaks.iter().find(|entry| {
        let apart = match (entry.year, a.era, b.era) {
            (Some(year), ..) => (a.year == Some(year)) != (b.year == Some(year)),
            (None, Some(a), Some(b)) => {
                entry.left.contains(&a) && entry.right.contains(&b)
                    || entry.left.contains(&b) && entry.right.contains(&a)
            }
            (None, ..) => false,
        };
        apart && !(entry.flow && stock) && entry.keys.iter().any(|k| matches(k, key))
    })?;
    Some(Note::Break {
        id: found.id.clone(),
        hard: found.grade == Grade::Break,
        message: Message {
            zh: found.zh.clone(),
            en: found.en.clone(),
        },
    })
}

/// Wholes that a share may be taken of when `key` itself is not stated, best first.
pub fn other_bases(key: &str) -> &'static [String] {
    FILE.bases
        .iter()
        .find(|base| base.of == key)
        .map_or(&[], |base| &base.or)
}

/// Whether `key` is what `pattern` describes; `*` stands for anything.
pub fn matches(pattern: &str, key: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == key;
    };
    let Some(tail) = key.strip_prefix(first) else {
        return false;
    };
    // Try every place the star could end at; keys are short.
    (0..=tail.len())
        .filter(|at| tail.is_char_boundary(*at))
        .any(|at| matches(rest, &tail[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::catalogue::Catalogue;
    use crate::figure::rates;

    #[test]
    fn every_break_speaks_of_indicators_that_there_are() {
        let keys: Vec<_> = Catalogue::current()
            .indicators
            .iter()
            .map(|i| i.key.as_str())
            .collect();
        for entry in &FILE.breaks {
            for pattern in &entry.keys {
                let derived = rates::definitions().any(|d| matches(pattern, &d.key));
                let known = derived || keys.iter().any(|key| matches(pattern, key));
                assert!(known, "{}: no indicator is called {pattern}", entry.id);
            }
            assert!(
                entry.year.is_some() != (!entry.left.is_empty() && !entry.right.is_empty()),
                "{}: either a year or eras on both sides",
                entry.id
            );
        }
        for base in &FILE.bases {
            for key in std::iter::once(&base.of).chain(&base.or) {
                assert!(keys.contains(&key.as_str()), "{key}");
            }
        }
    }

    #[test]
    fn stars_stand_for_anything() {
        assert!(matches("*", "a.b"));
        assert!(matches("a.*", "a.b.c"));
        assert!(matches("*.c", "a.b.c"));
        assert!(matches("a*c", "a.b.c"));
        assert!(!matches("a.*", "b.a.c"));
        assert!(!matches("a", "a.b"));
    }
}
