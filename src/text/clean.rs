//! Text from files, made fit for a terminal: no control characters, escape sequences,
//! direction overrides or other characters without a shape, which could move the cursor,
//! recolour the screen or make a text read differently from what it says.
//!
//! What is taken out or replaced is remembered, so that places in the cleaned text can be
//! told from places in the original and highlights do not drift.

use std::borrow::Cow;

/// A text made from another one, with the way from one to the other. Only the places where
/// the two drift apart are kept, so a text without anything to clean costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapped {
    text: String,
    /// (byte here, byte there), ascending; between two of them both advance alike.
    turns: Vec<(usize, usize)>,
}

impl Mapped {
    /// Appends a character that stands for the original from byte `source` on.
    pub fn push(&mut self, c: char, source: usize) {
        if self.turns.is_empty() || self.source(self.text.len()) != source {
            self.turns.push((self.text.len(), source));
        }
        self.text.push(c);
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the original that byte `at` of this text stands for.
    pub fn source(&self, at: usize) -> usize {
        let i = self.turns.partition_point(|t| t.0 <= at);
        match i.checked_sub(1).map(|i| self.turns[i]) {
            Some((here, there)) => there + (at - here),
            None => at,
        }
    }

    /// The byte of this text that stands for byte `source` of the original, or for the next
    /// one that has been kept.
    pub fn place(&self, source: usize) -> usize {
        let i = self.turns.partition_point(|t| t.1 <= source);
        let end = self.turns.get(i).map_or(self.text.len(), |t| t.0);
        match i.checked_sub(1).map(|i| self.turns[i]) {
            Some((here, there)) => {
                let mut at = (here + (source - there)).min(end);
                while !self.text.is_char_boundary(at) {
                    at += 1;
                }
                at
            }
            None if self.turns.is_empty() => {
                let mut at = source.min(self.text.len());
                while !self.text.is_char_boundary(at) {
                    at += 1;
                }
                at
            }
            None => 0,
        }
    }
}

/// Whether `c` has no place on a terminal.
fn is_unfit(c: char) -> bool {
    matches!(c,
        '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{a0}' | '\u{ad}' | '\u{61c}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// What stands for `c` when it is not part of a sequence.
fn replacement(c: char) -> &'static str {
    match c {
        '\t' => "    ",
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => "\n",
        '\u{a0}' => " ",
        // Private use: in GBK and Big5 these are characters the author's own font drew.
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => "\u{fffd}",
        _ => "",
    }
}

/// Bytes of the escape sequence that `rest` begins with, or 0.
fn sequence(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1).peekable();
    let string_body = |from: usize| {
        // Up to BEL or ST, but never beyond the line: an unfinished one must not eat the text.
        let body = &rest[from..];
        for (at, c) in body.char_indices() {
            match c {
                '\u{7}' | '\u{9c}' => return from + at + c.len_utf8(),
                '\u{1b}' if body[at..].starts_with("\u{1b}\\") => return from + at + 2,
                '\n' | '\r' | '\u{1b}' | '\u{2028}' | '\u{2029}' => return from + at,
                _ => {}
            }
        }
        rest.len()
    };
    let csi_body = |from: usize| {
        for (at, c) in rest[from..].char_indices() {
            match c {
                '\u{20}'..='\u{3f}' => {}
                '\u{40}'..='\u{7e}' => return from + at + 1,
                _ => return from + at,
            }
        }
        rest.len()
    };
    match rest.chars().next() {
        Some('\u{9b}') => csi_body(2),
        Some('\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}') => string_body(2),
        Some('\u{1b}') => match chars.peek() {
            Some((_, '[')) => csi_body(2),
            Some((_, ']' | 'P' | 'X' | '^' | '_')) => string_body(2),
            _ => {
                for (at, c) in chars {
                    match c {
                        '\u{20}'..='\u{2f}' => {}
                        '\u{30}'..='\u{7e}' => return at + 1,
                        _ => return at,
                    }
                }
                rest.len()
            }
        },
        _ => 0,
    }
}

/// `text` without anything that a terminal would obey instead of showing.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unfit) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(mapped(text).text)
}

/// As [`clean`], on one line: line ends become blanks.
pub fn clean_line(text: &str) -> Cow<'_, str> {
    match clean(text) {
        Cow::Borrowed(same) if !same.contains('\n') => Cow::Borrowed(same),
        cleaned => Cow::Owned(cleaned.trim().replace('\n', " ")),
    }
}

/// As [`clean`], with the way back.
pub fn mapped(text: &str) -> Mapped {
    if !text.chars().any(is_unfit) {
        return Mapped {
            text: text.to_owned(),
            turns: Vec::new(),
        };
    }
    let mut out = Mapped::default();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if !is_unfit(c) {
            out.push(c, at);
            at += c.len_utf8();
            continue;
        }
        let skip = sequence(rest);
        if skip > 0 {
            at += skip;
            continue;
        }
        if !(c == '\r' && rest[1..].starts_with('\n')) {
            for r in replacement(c).chars() {
                out.push(r, at);
            }
        }
        at += c.len_utf8();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sequences_go_whole_and_words_stay() {
        for (dirty, clean_text) in [
            ("公\u{1b}[31m开\u{1b}[0m", "公开"),
            ("\u{9b}2J申请", "申请"),
            ("\u{1b}]0;title\u{7}三亚", "三亚"),
            ("\u{1b}]8;;http://x\u{1b}\\链接\u{1b}]8;;\u{1b}\\", "链接"),
            ("\u{1b}]never ends\n下一行", "\n下一行"),
            ("\u{1b}(B市", "市"),
            ("a\tb\r\nc\rd", "a    b\nc\nd"),
            ("\u{202e}反\u{202c}\u{feff}\u{200b}向", "反向"),
            ("\u{e123}", "\u{fffd}"),
        ] {
            assert_eq!(clean(dirty), clean_text, "{dirty:?}");
        }
        assert_eq!(clean_line("a\r\nb\n"), "a b");
    }

    #[test]
    fn places_survive() {
        let text = "公\u{1b}[31m开\u{200b}申请";
        let map = mapped(text);
        for word in ["公", "开", "申请"] {
            let here = map.text().find(word).expect(word);
            let there = text.find(word).expect(word);
            assert_eq!(map.source(here), there);
            assert_eq!(map.place(there), here);
        }
        assert_eq!(mapped("公开").place(3), 3);
        assert_eq!(mapped("公开").place(99), 6);
    }

    proptest! {
        #[test]
        fn nothing_unfit_is_left(text in any::<String>()) {
            let once = clean(&text).into_owned();
            prop_assert!(!once.chars().any(is_unfit));
            prop_assert_eq!(clean(&once).into_owned(), once.clone());
            let map = mapped(&text);
            for at in 0..=text.len() {
                prop_assert!(map.text().is_char_boundary(map.place(at)));
            }
        }

        #[test]
        fn escape_soup(text in "[\\x1b\\[\\]0-9;mPX(B\\\\\\x07\\n公\\u{9b}\\u{9d}\\u{9c}]{0,30}") {
            let once = clean(&text).into_owned();
            prop_assert!(!once.chars().any(is_unfit));
            prop_assert_eq!(clean(&once).into_owned(), once.clone());
        }
    }
}
