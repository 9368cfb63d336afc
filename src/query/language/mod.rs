//! What a person types → [`Query`]. Total: whatever is typed means something, half-typed
//! input too, and what is not understood is searched for as words.
//!
//! ```text
//! 政府信息公开 复议      both in one section, in either script and either vocabulary
//! "政府資訊公開"         exactly as written
//! -复议   NOT 复议       without it
//! 复议 OR 诉讼   复议|诉讼   either (binds closer than the blank)
//! (复议 | 诉讼) 败诉     groups
//! region:三亚 year:2010..2012 section:依申请 level:county kind:other form:D
//! agency:财政 has:requests.received.new>1000
//! ```
//!
//! Full-width characters do what their ASCII twins do, and the fields have Chinese names
//! (地区 年 章节 级别 部门 指标 类型 表式). The same field twice means either of them.

mod tokens;
mod words;

use super::fields::{self, Field};
use crate::index::tokenizer::is_word;
use crate::text::fold::fold;
use tokens::{Token, tokens};
pub(super) use words::Words;

/// A query as it was understood. Made by [`parse`] or [`Query::literal`].
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub(super) clause: Clause,
    /// Most sections given for one report (its best ones; the count is exact all the same).
    pub sections_per_report: usize,
    /// Whether files that repeat another are found too, as in [`super::Filter::copies`].
    pub copies: bool,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Clause {
    /// All of them; everything when there is none.
    All(Vec<Clause>),
    /// At least one of them.
    Any(Vec<Clause>),
    /// Whatever it does not match.
    Not(Box<Clause>),
    /// Words in the text.
    Words(Words),
    /// Something about the report or section.
    Field(Field),
}

/// Sections given for one report unless asked otherwise.
const SECTIONS_PER_REPORT: usize = 5;

impl Query {
    /// Plain text: found as it stands in the fold, nothing is expanded or interpreted.
    pub fn literal(text: &str) -> Self {
        let folded = fold(text);
        let clause = if folded.chars().any(is_word) {
            Clause::Words(Words {
                variants: vec![folded],
                exact: None,
            })
        } else {
            Clause::Any(Vec::new())
        };
        Self::new(clause)
    }

    fn new(clause: Clause) -> Self {
        Self {
            clause,
            sections_per_report: SECTIONS_PER_REPORT,
            copies: true,
        }
    }

    /// This and something else besides: for filters that stand beside the query.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            clause: Clause::All(vec![self.clause, other.clause]),
            sections_per_report: self.sections_per_report,
            copies: self.copies,
        }
    }

    /// The same with files that repeat another, or without them.
    #[must_use]
    pub fn with_copies(self, copies: bool) -> Self {
        Self { copies, ..self }
    }

    /// Whether it asks for nothing at all.
    pub fn is_empty(&self) -> bool {
        matches!(&self.clause, Clause::All(parts) if parts.is_empty())
    }

    /// The words to be highlighted: those that are not excluded.
    pub(super) fn words(&self) -> Vec<&Words> {
        fn gather<'a>(clause: &'a Clause, into: &mut Vec<&'a Words>) {
            match clause {
                Clause::All(parts) | Clause::Any(parts) => {
                    parts.iter().for_each(|p| gather(p, into));
                }
                Clause::Words(words) => into.push(words),
                Clause::Not(_) | Clause::Field(_) => {}
            }
        }
        let mut words = Vec::new();
        gather(&self.clause, &mut words);
        words
    }

    /// Conditions that were not understood and narrow nothing (`year:abc`, `level:foo`).
    pub fn not_understood(&self) -> Vec<&str> {
        fn gather<'a>(clause: &'a Clause, into: &mut Vec<&'a str>) {
            match clause {
                Clause::All(parts) | Clause::Any(parts) => {
                    parts.iter().for_each(|p| gather(p, into));
                }
                Clause::Not(part) => gather(part, into),
                Clause::Field(Field::Unknown(written)) => into.push(written),
                Clause::Words(_) | Clause::Field(_) => {}
            }
        }
        let mut unknown = Vec::new();
        gather(&self.clause, &mut unknown);
        unknown
    }

    /// How it was understood, in the query language itself, with what was expanded.
    pub fn understood(&self) -> String {
        describe(&self.clause, true)
    }
}

fn describe(clause: &Clause, outermost: bool) -> String {
    let join = |parts: &[Clause], by: &str| {
        let parts: Vec<String> = parts.iter().map(|p| describe(p, false)).collect();
        let text = parts.join(by);
        if parts.len() > 1 && !outermost {
            format!("({text})")
        } else {
            text
        }
    };
    match clause {
        Clause::All(parts) => join(parts, " "),
        Clause::Any(parts) => join(parts, " | "),
        Clause::Not(part) => format!("-{}", describe(part, false)),
        Clause::Words(Words {
            exact: Some(exact), ..
        }) => format!("\"{}\"", exact.iter().collect::<String>()),
        Clause::Words(words) if words.variants.len() > 1 => {
            format!("({})", words.variants.join(" | "))
        }
        Clause::Words(words) => words.variants.join(" | "),
        Clause::Field(field) => field.to_string(),
    }
}

/// Reads a query. Never fails.
pub fn parse(typed: &str) -> Query {
    let mut parser = Parser {
        tokens: tokens(typed),
        at: 0,
    };
    let mut parts = Vec::new();
    while parser.at < parser.tokens.len() {
        parts.extend(parser.group());
        // A closing bracket that was never opened.
        parser.at += 1;
    }
    let clause = match (parts.len(), parts.pop()) {
        (1, Some(part)) => part,
        (_, Some(part)) => {
            parts.push(part);
            Clause::All(parts)
        }
        (_, None) => Clause::All(Vec::new()),
    };
    Query::new(clause)
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    /// Everything up to the closing bracket or the end; none when there is nothing.
    fn group(&mut self) -> Option<Clause> {
        let mut parts: Vec<Clause> = Vec::new();
        let mut either = false;
        while let Some(token) = self.tokens.get(self.at) {
            match token {
                Token::Close => break,
                Token::Or => {
                    either = !parts.is_empty();
                    self.at += 1;
                }
                _ => {
                    let Some(part) = self.part() else { continue };
                    match parts.pop() {
                        Some(Clause::Any(mut some)) if either => {
                            some.push(part);
                            parts.push(Clause::Any(some));
                        }
                        Some(last) if either => parts.push(Clause::Any(vec![last, part])),
                        last => {
                            parts.extend(last);
                            parts.push(part);
                        }
                    }
                    either = false;
                }
            }
        }
        let parts = merged(parts);
        match parts.len() {
            0 => None,
            1 => parts.into_iter().next(),
            _ => Some(Clause::All(parts)),
        }
    }

    /// One word, phrase, field or bracket.
    fn part(&mut self) -> Option<Clause> {
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        match token {
            Token::Open => {
                let inner = self.group();
                // The closing bracket, if it is there already.
                self.at += 1;
                inner
            }
            Token::Not => match self.tokens.get(self.at) {
                None | Some(Token::Close | Token::Or) => None,
                Some(_) => self.part().map(|part| Clause::Not(Box::new(part))),
            },
            Token::Quoted(text) => words::quoted(&text),
            Token::Field(name, value) => fields::field(&name, &value)
                .unwrap_or_else(|| words::typed(&format!("{name}:{value}"))),
            Token::Word(text) => words::typed(&text),
            Token::Close | Token::Or => None,
        }
    }
}

/// The same field twice means either of them.
fn merged(parts: Vec<Clause>) -> Vec<Clause> {
    let mut merged: Vec<Clause> = Vec::new();
    for part in parts {
        if let Clause::Field(new) = &part {
            let like = |c: &&mut Clause| match c {
                Clause::Field(old) => old.is_like(new),
                Clause::Any(some) => {
                    matches!(some.first(), Some(Clause::Field(old)) if old.is_like(new))
                }
                _ => false,
            };
            if let Some(old) = merged.iter_mut().find(like) {
                let before = std::mem::replace(old, Clause::All(Vec::new()));
                *old = match before {
                    Clause::Any(mut some) => {
                        some.push(part);
                        Clause::Any(some)
                    }
                    one => Clause::Any(vec![one, part]),
                };
                continue;
            }
        }
        merged.push(part);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn understood(typed: &str) -> String {
        parse(typed).understood()
    }

    #[test]
    fn words_phrases_and_groups() {
        assert_eq!(understood("复议 诉讼"), "复议 诉讼");
        assert_eq!(understood("複議　訴訟"), "复议 诉讼");
        assert_eq!(understood("a 复议 OR 诉讼 -败诉"), "a (复议 | 诉讼) -败诉");
        assert_eq!(understood("(复议|诉讼) 败诉"), "(复议 | 诉讼) 败诉");
        assert_eq!(understood("（复议｜诉讼）败诉"), "(复议 | 诉讼) 败诉");
        assert_eq!(understood("“政府資訊 公開”"), "\"政府資訊公開\"");
        assert_eq!(understood("－复议"), "-复议");
        assert_eq!(understood("NOT (复议 诉讼)"), "-(复议 诉讼)");
        assert_eq!(
            understood("政府信息公开"),
            "政府信息公开 | 政府资讯公开".replace(
                "政府信息公开 | 政府资讯公开",
                "(政府信息公开 | 政府资讯公开)"
            )
        );
    }

    #[test]
    fn punctuation_separates_words_but_not_numbers() {
        assert_eq!(
            understood("收到申请，答复"),
            "(收到申请 答复)".trim_matches(['(', ')'])
        );
        assert_eq!(understood("2,417件 98.6%"), "2,417件 98.6%");
        assert_eq!(understood("概述：一切"), "概述 一切");
        assert_eq!(understood("，。！"), "");
    }

    #[test]
    fn half_typed_input_is_no_error() {
        for typed in [
            "",
            "(",
            ")",
            "((",
            "\"",
            "“政府",
            "-",
            "--",
            "OR",
            "a OR",
            "OR a",
            "NOT",
            "|",
            "region:",
            "year:20",
            "year:2010..",
            "has:",
            "has:x>",
            ":",
            "：",
            "a:",
            "( )",
            "-( ",
            "\"\"",
        ] {
            let query = parse(typed);
            let _ = query.understood();
        }
        assert!(parse("").is_empty());
        assert!(parse("( ) - |").is_empty());
        assert_eq!(understood("\"政府"), "\"政府\"");
        assert_eq!(understood("(政府"), "政府");
        assert_eq!(understood("政府) 公开"), "政府 公开");
    }

    proptest! {
        #[test]
        fn any_input_is_understood(typed in "[-a-z()\"（）“”|:： 0-9.<>=一-丐年has地区]{0,40}") {
            let once = parse(&typed).understood();
            let _ = parse(&once);
        }
    }
}
