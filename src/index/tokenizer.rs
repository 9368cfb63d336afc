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
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// See the head of this file.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    token: Token,
}

/// The tokens of one text.
pub struct PairStream<'a> {
    text: &'a str,
    /// Byte and number of the next character to look at.
    at: usize,
    count: usize,
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
            token: &mut self.token,
        }
    }
}

impl TokenStream for PairStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(first) = self.text[self.at..].chars().next() {
            let start = self.at;
            let position = self.count;
            self.at += first.len_utf8();
            self.count += 1;
            if !is_word(first) {
                continue;
            }
            let second = self.text[self.at..].chars().next().filter(|&c| is_word(c));
            let end = self.at + second.map_or(0, char::len_utf8);
            self.token.offset_from = start;
            self.token.offset_to = end;
            self.token.position = position;
            self.token.text.clear();
            self.token.text.push_str(&self.text[start..end]);
            return true;
        }
        false
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
