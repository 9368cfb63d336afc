//! The words of a query: what was typed → what is looked for in the folded text.

use super::Clause;
use crate::index::tokenizer::is_word;
use crate::text::fold::{Folded, fold};
use crate::text::vocabulary;

/// Words to be found in one block.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::query) struct Words {
    /// In folded form: what was typed, then what says the same.
    pub(in crate::query) variants: Vec<String>,
    /// The characters as written, one for each of the first variant, when they matter.
    pub(in crate::query) exact: Option<Vec<char>>,
}

/// Words that were typed without quotes: cut at punctuation, except inside of numbers and
/// Latin words (98.6, 2,417, a-b).
pub(super) fn typed(text: &str) -> Option<Clause> {
    let folded = fold(text);
    let chars: Vec<char> = folded.chars().collect();
    let binds = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    let mut pieces = vec![String::new()];
    for (i, &c) in chars.iter().enumerate() {
        let inside = i > 0 && binds(chars.get(i - 1)) && binds(chars.get(i + 1));
        if is_word(c) || inside || (c == '%' && i > 0 && chars[i - 1].is_ascii_digit()) {
            if let Some(last) = pieces.last_mut() {
                last.push(c);
            }
        } else {
            pieces.push(String::new());
        }
    }
    let mut parts: Vec<Clause> = pieces
        .into_iter()
        .filter(|p| p.chars().any(is_word))
        .map(|piece| {
            Clause::Words(Words {
                variants: vocabulary::variants(&piece),
                exact: None,
            })
        })
        .collect();
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Clause::All(parts)),
    }
}

/// Words in quotes: as written, only white space does not matter where the fold has none.
pub(super) fn quoted(text: &str) -> Option<Clause> {
    let folded = Folded::new(text, 0);
    if !folded.text().chars().any(is_word) {
        return None;
    }
    let written = folded
        .text()
        .char_indices()
        .map(|(at, c)| {
            let source = text.get(folded.source(at..at + c.len_utf8()));
            source.and_then(|s| s.chars().next_back()).unwrap_or(c)
        })
        .collect();
    Some(Clause::Words(Words {
        variants: vec![folded.text().to_owned()],
        exact: Some(written),
    }))
}
