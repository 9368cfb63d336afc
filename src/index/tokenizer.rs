//! Folded text → pairs of adjacent characters, so that any substring can be found without
//! a dictionary: 信息公开 is 信息 息公 公开, and 开 alone because nothing follows it.
//!
//! A *run* is a stretch of letters, digits and Chinese characters. Every character of a run
//! begins a pair except the last, which stands alone: thus a single character is a prefix
//! of exactly the tokens that begin with it. A token's position is the place of its first
//! character in the text, counting every character, so that a phrase query asks for true
//! neighbours and nothing crosses punctuation or the line feed between two blocks.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Whether a folded character can be searched for.
#[inline]
pub fn is_word(c: char) -> bool {
    match c {
        // Nearly every character is one of these; the tables of Unicode know the rest.
        '\u{4e00}'..='\u{9fff}' => true,
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{3001}'..='\u{3003}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// See the head of this file.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    token: Token,
}

/// The tokens of one text.
pub struct PairStream<'a> {
    text: &'a str,
    /// Byte and number of the next character to look at, and that character if it is part
    /// of a run.
    at: usize,
    count: usize,
    next: Option<char>,
    token: &'a mut Token,
}

impl Tokenizer for Pairs {
    type TokenStream<'a> = PairStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream<'a> {
        self.token.reset();
        PairStream {
            text,
            at: 0,
            count: 0,
            next: text.chars().next().filter(|c| is_word(*c)),
            token: &mut self.token,
        }
    }
}

impl TokenStream for PairStream<'_> {
    fn advance(&mut self) -> bool {
        let first = match self.next {
            Some(first) => first,
            None => {
                let mut rest = self.text[self.at..].char_indices().enumerate();
                let Some((skipped, (at, first))) = rest.find(|(_, (_, c))| is_word(*c)) else {
                    return false;
                };
                self.at += at;
                self.count += skipped;
                first
            }
        };
        let (start, middle) = (self.at, self.at + first.len_utf8());
        let next = self.text[middle..].chars().next().filter(|c| is_word(*c));
        let end = middle + next.map_or(0, char::len_utf8);
        self.token.offset_from = start;
        self.token.offset_to = end;
        self.token.position = self.count;
        self.token.text.clear();
        self.token.text.push_str(&self.text[start..end]);
        self.at = middle;
        self.count += 1;
        self.next = next;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(usize, String)> {
        let mut pairs = Pairs::default();
        let mut stream = pairs.token_stream(text);
        let mut all = Vec::new();
        while stream.advance() {
            all.push((stream.token().position, stream.token().text.clone()));
        }
        all
    }

    #[test]
    fn what_is_a_word_agrees_with_unicode() {
        for c in '\0'..='\u{2ffff}' {
            assert_eq!(is_word(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn pairs_have_true_positions_and_stop_at_punctuation() {
        let expected = [
            (0, "信息"),
            (1, "息公"),
            (2, "公开"),
            (3, "开"),
            (5, "37"),
            (6, "7件"),
            (7, "件"),
            (9, "a"),
        ];
        let expected: Vec<_> = expected.map(|(p, t)| (p, t.to_owned())).into();
        assert_eq!(tokens("信息公开，37件\na"), expected);
        assert!(tokens("，。 ").is_empty());
        assert!(tokens("").is_empty());
    }
}
