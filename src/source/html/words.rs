//! Running text of a page: white space as a browser shows it, and none where a line of the
//! source ends between two Chinese characters.

use crate::text::fold::is_han;

/// Puts the texts of elements together to lines.
#[derive(Debug, Default)]
pub struct Words {
    text: String,
    gap: Gap,
    /// Every text of this page begins and ends with a line end (a tool indented its source):
    /// then a line end between digits is none of the author's.
    indented: bool,
    /// Chinese characters within links, and all of them.
    linked: usize,
    han: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    Blank,
    LineEnd,
}

impl Words {
    /// Nothing yet.
    pub fn new(indented: bool) -> Self {
        Self {
            indented,
            ..Self::default()
        }
    }

    /// Appends the text of one element.
    pub fn push(&mut self, text: &str, linked: bool) {
        for c in text.chars() {
            match c {
                '\n' | '\r' => self.gap = Gap::LineEnd,
                ' ' | '\t' | '\u{c}' => {
                    if self.gap == Gap::None {
                        self.gap = Gap::Blank;
                    }
                }
                c => self.visible(if c == '\u{a0}' { ' ' } else { c }, linked),
            }
        }
    }

    /// Appends a blank, as the end of a block within a cell is.
    pub fn blank(&mut self) {
        self.gap = Gap::Blank;
        // A blank that is meant: no rule may take it away.
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn visible(&mut self, c: char, linked: bool) {
        if self.gap != Gap::None {
            let before = self.text.chars().next_back();
            let joined = self.gap == Gap::LineEnd
                && before.is_some_and(|b| {
                    is_wide(b) && is_wide(c)
                        || self.indented
                            && (b.is_ascii_digit() || is_wide(b))
                            && (c.is_ascii_digit() || is_wide(c))
                });
            if before.is_some_and(|b| b != ' ') && !joined {
                self.text.push(' ');
            }
            self.gap = Gap::None;
        }
        if is_han(c) {
            self.han += 1;
            self.linked += usize::from(linked);
        }
        self.text.push(c);
    }

    /// Whether nearly all of it are links.
    pub fn is_linked(&self) -> bool {
        self.linked * 10 > self.han * 8
    }

    /// Whether there is any visible character.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The words so far; what follows begins anew.
    pub fn take(&mut self) -> String {
        let text = std::mem::take(&mut self.text);
        *self = Self::new(self.indented);
        text.trim_end().to_owned()
    }
}

fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(parts: &[&str], indented: bool) -> String {
        let mut words = Words::new(indented);
        for part in parts {
            words.push(part, false);
        }
        words.take()
    }

    #[test]
    fn words_split_between_elements_are_one() {
        assert_eq!(
            joined(&["共收到申请1", "2", "8件"], false),
            "共收到申请128件"
        );
        assert_eq!(
            joined(&["政府信息\n    公开", "  LED  屏"], false),
            "政府信息公开 LED 屏"
        );
        assert_eq!(joined(&["1", "\n", "2"], false), "1 2");
        assert_eq!(joined(&["\n 1\n", "\n 28\n", "\n件\n"], true), "128件");
        assert_eq!(joined(&["甲\u{a0}\u{a0}3"], false), "甲  3");
    }
}
