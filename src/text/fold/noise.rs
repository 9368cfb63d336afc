//! What scraping leaves inside sentences (`assets/noise.toml`): pronunciation in brackets
//! behind a character, stray placeholders, advertising strings put where a name stood.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::text::words::WordList;

/// A piece of noise: its length in bytes, and whether it tells of a repair.
pub(super) struct Skip {
    pub len: usize,
    pub counted: bool,
}

#[derive(Deserialize)]
struct Data {
    strings: WordList,
    pattern: Vec<Pattern>,
}

#[derive(Deserialize)]
struct Pattern {
    group: usize,
    regex: String,
}

struct Noise {
    strings: WordList,
    patterns: Vec<(Regex, usize)>,
}

static NOISE: LazyLock<Noise> = LazyLock::new(|| {
    let data: Data = toml::from_str(include_str!("../../../assets/noise.toml"))
        .expect("assets/noise.toml is checked by a test");
    let patterns = data
        .pattern
        .iter()
        .map(|p| {
            (
                Regex::new(&format!("^(?:{})", p.regex)).expect("checked by a test"),
                p.group,
            )
        })
        .collect();
    Noise {
        strings: data.strings,
        patterns,
    }
});

/// Whether noise begins at `rest` (which begins with `c`), after the folded character `before`.
pub(super) fn at(before: char, rest: &str, c: char) -> Option<Skip> {
    if super::is_han(c) {
        return None;
    }
    if matches!(c, '(' | '（') {
        return gloss(before, rest).map(|len| Skip { len, counted: true });
    }
    if let Some(s) = NOISE.strings.beginning(rest) {
        return Some(Skip {
            len: s.len(),
            counted: true,
        });
    }
    let begins =
        matches!(c, '$' | '{' | '[') || c.is_ascii_alphabetic() && !before.is_ascii_alphanumeric();
    if !begins {
        return None;
    }
    NOISE.patterns.iter().find_map(|(regex, group)| {
        let noise = regex.captures(rest)?.get(*group)?;
        Some(Skip {
            len: noise.end(),
            counted: true,
        })
    })
}

/// Length of a pronunciation in brackets behind a Chinese character, such as `(xiàn)`:
/// one to six letters of which exactly one bears a tone mark.
fn gloss(before: char, rest: &str) -> Option<usize> {
    if !super::is_han(before) {
        return None;
    }
    let (mut letters, mut marks) = (0, 0);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            'a'..='z' | 'ü' => letters += 1,
            'ā' | 'á' | 'ǎ' | 'à' | 'ē' | 'é' | 'ě' | 'è' | 'ī' | 'í' | 'ǐ' | 'ì' | 'ō' | 'ó'
            | 'ǒ' | 'ò' | 'ū' | 'ú' | 'ǔ' | 'ù' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ń' | 'ň' => {
                letters += 1;
                marks += 1;
            }
            ')' | '）' if letters > 0 && marks == 1 => return Some(at + c.len_utf8()),
            _ => return None,
        }
        if letters > 6 {
            return None;
        }
    }
    None
}
