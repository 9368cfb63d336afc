//! The first step of reading a query: characters → brackets, signs, fields and words.

/// What stands by itself in a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Open,
    Close,
    Or,
    Not,
    Quoted(String),
    Field(String, String),
    Word(String),
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '＂' | '「' | '」' | '『' | '』')
}

/// Cuts what was typed. Total: whatever is typed is some token or separates two.
pub(super) fn tokens(typed: &str) -> Vec<Token> {
    let chars: Vec<char> = typed.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        at += 1;
        match c {
            c if c.is_whitespace() || c.is_control() => {}
            '(' | '（' => tokens.push(Token::Open),
            ')' | '）' => tokens.push(Token::Close),
            '|' | '｜' => tokens.push(Token::Or),
            '-' | '－' | '−' | '–' => {
                if chars.get(at).is_some_and(|c| !c.is_whitespace()) {
                    tokens.push(Token::Not);
                }
            }
            c if is_quote(c) => tokens.push(Token::Quoted(until(&chars, &mut at, is_quote))),
            _ => {
                at -= 1;
                let ends = |c: char| {
                    c.is_whitespace()
                        || matches!(c, '(' | '（' | ')' | '）' | '|' | '｜' | ':' | '：')
                        || is_quote(c)
                };
                let word = run(&chars, &mut at, ends);
                if matches!(chars.get(at), Some(':' | '：')) {
                    at += 1;
                    let value = if chars.get(at).is_some_and(|&c| is_quote(c)) {
                        at += 1;
                        until(&chars, &mut at, is_quote)
                    } else {
                        let ends = |c: char| {
                            c.is_whitespace() || matches!(c, '(' | '（' | ')' | '）' | '|' | '｜')
                        };
                        run(&chars, &mut at, ends)
                    };
                    tokens.push(Token::Field(word, value));
                } else {
                    match word.as_str() {
                        "OR" => tokens.push(Token::Or),
                        "NOT" => tokens.push(Token::Not),
                        "AND" => {}
                        _ => tokens.push(Token::Word(word)),
                    }
                }
            }
        }
    }
    tokens
}

/// Characters up to one that ends the run.
fn run(chars: &[char], at: &mut usize, ends: impl Fn(char) -> bool) -> String {
    let start = *at;
    while chars.get(*at).is_some_and(|&c| !ends(c)) {
        *at += 1;
    }
    chars[start..*at].iter().collect()
}

/// Characters up to the closing one, which is passed over, or to the end.
fn until(chars: &[char], at: &mut usize, closes: impl Fn(char) -> bool) -> String {
    let text = run(chars, at, closes);
    *at += 1;
    text
}
