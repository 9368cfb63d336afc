//! A field to type into. It moves by graphemes and knows the display column of its caret,
//! so that the terminal's own cursor stands there and the window of an input method with it.

use unicode_segmentation::UnicodeSegmentation;

use crate::config::keymap::{Code, Key};
use crate::text::clean;
use crate::text::width::cells;

/// Text and caret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    caret: usize,
}

impl Input {
    /// A field with text in it and the caret at its end.
    pub fn new(text: &str) -> Self {
        let text = clean::clean_line(text).into_owned();
        Self {
            caret: text.len(),
            text,
        }
    }

    /// What has been typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing has been typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The cells before the caret.
    pub fn column(&self) -> usize {
        cells(&self.text[..self.caret])
    }

    /// What stands before the caret.
    pub fn before(&self) -> &str {
        &self.text[..self.caret]
    }

    /// Puts text at the caret: on one line and without control characters.
    pub fn insert(&mut self, text: &str) {
        let text = clean::clean(text).replace('\n', "");
        self.text.insert_str(self.caret, &text);
        self.caret += text.len();
    }

    /// Obeys a key of editing; says whether it was one.
    pub fn key(&mut self, key: Key) -> bool {
        match (key.code, key.ctrl, key.alt) {
            (Code::Char(c), false, false) => self.insert(c.encode_utf8(&mut [0; 4])),
            (Code::Backspace, false, false) | (Code::Char('h'), true, false) => {
                self.remove(self.left(), self.caret);
            }
            (Code::Delete, false, false) => self.remove(self.caret, self.right()),
            (Code::Left, false, false) => self.caret = self.left(),
            (Code::Right, false, false) => self.caret = self.right(),
            (Code::Home, ..) | (Code::Char('a'), true, false) => self.caret = 0,
            (Code::End, ..) | (Code::Char('e'), true, false) => self.caret = self.text.len(),
            (Code::Char('u'), true, false) => self.remove(0, self.caret),
            (Code::Char('k'), true, false) => self.remove(self.caret, self.text.len()),
            (Code::Char('w'), true, false) | (Code::Backspace, ..) => {
                let mut words = self.before().split_word_bound_indices();
                let word = words.rfind(|w| !w.1.trim().is_empty());
                self.remove(word.map_or(0, |w| w.0), self.caret);
            }
            _ => return false,
        }
        true
    }

    fn remove(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.caret = from;
    }

    fn left(&self) -> usize {
        let before = self.before().grapheme_indices(true).next_back();
        before.map_or(0, |g| g.0)
    }

    fn right(&self) -> usize {
        let after = self.text[self.caret..].graphemes(true).next();
        self.caret + after.map_or(0, str::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_counts_cells() {
        let mut input = Input::default();
        input.insert("政府a\n信\u{1b}[31m息");
        assert_eq!(input.text(), "政府a信息");
        assert_eq!(input.column(), 9);
        input.key(Key::plain(Code::Left));
        input.key(Key::plain(Code::Backspace));
        assert_eq!((input.text(), input.column()), ("政府a息", 5));
        input.key(Key::plain(Code::Home));
        input.key(Key::plain(Code::Delete));
        assert_eq!((input.text(), input.column()), ("府a息", 0));
        assert!(!input.key(Key::plain(Code::Enter)));
    }
}
