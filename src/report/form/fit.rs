//! A record's values → the columns of its line: by the headers above them, else by their
//! number alone. What does not fit for certain is said, not guessed.

use std::ops::Range;

use super::Problem;
use super::habits::{Habits, Headers, filled};
use super::record::Record;
use super::token::{Kind, Token};
use crate::text::fold::Folded;

/// The `n` values of `record`.
///
/// # Errors
/// What is wrong with it, when they are not `n` for certain.
pub fn fit(
    text: &str,
    record: &Record,
    n: usize,
    headers: &Headers,
    habits: &Habits,
) -> Result<Vec<Token>, Problem> {
    if n == 1 {
        return by_number(text, &record.values, n);
    }
    if let Some(values) = headers.pick(record) {
        return Ok(whole(values));
    }
    if let Some(values) = habits.pick(record, n) {
        return Ok(whole(values));
    }
    let (len, filled) = (record.values.len(), filled(&record.values));
    // A blank may be one of the values, or what is left where one was lost.
    let usual = habits.usual(record, n);
    let blank = habits.leaves_blanks();
    let fewer = habits.padded(record, n) || habits.differs(record, n);
    if 0 < filled && filled < n && len == n && fewer {
        return Err(Problem::Missing);
    }
    let sure = match filled < n {
        true => usual && blank,
        false => usual || !blank || is_sum(&record.values, n),
    };
    if 0 < filled && filled <= n && len > n && !sure {
        return Err(Problem::Surplus);
    }
    by_number(text, &record.values, n)
}

/// `n` values out of `values`, when there is one way to see them.
///
/// # Errors
/// What is wrong when there is none, or more than one.
pub fn by_number(text: &str, values: &[Token], n: usize) -> Result<Vec<Token>, Problem> {
    let filled: Vec<&Token> = values.iter().filter(|t| t.kind != Kind::Blank).collect();
    let blanks = values.len() - filled.len();
    if values.len() == n {
        return Ok(whole(values.to_vec()));
    }
    if filled.is_empty() {
        return match values.len() {
            more if more > n => Ok(values[..n].to_vec()),
            _ => Err(Problem::Missing),
        };
    }
    let lead = values.iter().take_while(|t| t.kind == Kind::Blank).count();
    let trail = values
        .iter()
        .rev()
        .take_while(|t| t.kind == Kind::Blank)
        .count();
    if values.len() > n {
        let excess = values.len() - n;
        if filled.len() == n && (blanks == lead + trail || n == 1) {
            return Ok(filled.into_iter().cloned().collect());
        }
        if trail >= excess && lead == 0 {
            return Ok(values[..n].to_vec());
        }
        if lead >= excess && trail == 0 {
            return Ok(values[excess..].to_vec());
        }
        let thousands = thousands(text, values, n);
        let whole = thousands.or_else(|| without_page(text, values, n));
        return whole.ok_or(Problem::Surplus);
    }
    match (values, blanks) {
        ([one], 0) => apart(text, one, n).ok_or(Problem::Missing),
        _ => Err(Problem::Missing),
    }
}

/// `1 234` set with a blank: two tokens that are one, when one way to join them is left.
fn thousands(text: &str, values: &[Token], n: usize) -> Option<Vec<Token>> {
    if values.len() != n + 1 || values.iter().any(|t| t.kind != Kind::Value) {
        return None;
    }
    let digits = |t: &Token| t.folded.bytes().all(|b| b.is_ascii_digit());
    let joins = |a: &Token, b: &Token| {
        digits(a)
            && digits(b)
            && b.folded.len() == 3
            && a.folded.len() <= 3
            && !a.folded.starts_with('0')
            && matches!(
                text.get(a.range.end..b.range.start),
                Some(" " | "\u{3000}" | "\u{a0}")
            )
    };
    let ways: Vec<usize> = (0..values.len() - 1)
        .filter(|i| joins(&values[*i], &values[i + 1]))
        .collect();
    let [at] = ways[..] else { return None };
    let mut joined = values.to_vec();
    let second = joined.remove(at + 1);
    joined[at].range.end = second.range.end;
    joined[at].folded = format!("{} {}", joined[at].folded, second.folded);
    adds_up(&joined).then_some(joined)
}

/// Numbers whose digits stand apart in their cells (`5<br>0`, `1 8`), when the row adds up with
/// them in one piece.
fn whole(values: Vec<Token>) -> Vec<Token> {
    if !values.iter().any(Token::is_broken) {
        return values;
    }
    let mut joined = values.clone();
    for token in joined.iter_mut().filter(|t| t.is_broken()) {
        token.folded.retain(|c| c != ' ');
        (token.kind, token.broken) = (Kind::Value, true);
    }
    if adds_up(&joined) { joined } else { values }
}

/// The values before a number on a line of its own that is that of the page: they add up
/// without it, and the row is no other in which a cell was split.
fn without_page(text: &str, values: &[Token], n: usize) -> Option<Vec<Token>> {
    let (last, row) = values.split_last()?;
    let between = text.get(row.last()?.range.end..last.range.start)?;
    let digits = last.folded.bytes().all(|b| b.is_ascii_digit());
    let page = digits && last.folded.len() <= 3 && between.contains('\n');
    let split = |at: usize| {
        let mut joined = values.to_vec();
        let second = joined.remove(at + 1);
        joined[at].folded.push_str(&second.folded);
        adds_up(&joined)
    };
    let sure = page && row.len() == n && n > 5 && adds_up(row) && !(0..n).any(split);
    sure.then(|| row.to_vec())
}

/// Whether what is filled are `n` values that add up.
fn is_sum(values: &[Token], n: usize) -> bool {
    let filled = values.iter().filter(|t| t.kind != Kind::Blank);
    let filled: Vec<Token> = filled.cloned().collect();
    filled.len() == n && adds_up(&filled)
}

/// Whether a row of table 3, or of table 4, adds up: its last value is the sum of the others.
/// A cell split elsewhere in the row would make the same number of values.
fn adds_up(values: &[Token]) -> bool {
    let number = |t: &Token| -> Option<u64> {
        let digits: String = t.folded.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let sum = |values: &[Token]| -> Option<bool> {
        let (total, parts) = values.split_last()?;
        let parts: Option<u64> = parts.iter().map(number).sum();
        Some(parts? == number(total)?)
    };
    match values.len() {
        5 | 7 => sum(values) == Some(true),
        15 => values.chunks(5).all(|v| sum(v) == Some(true)),
        _ => false,
    }
}

/// Digits run together (`0000100`), when they are `n` numbers in one way only.
fn apart(text: &str, token: &Token, n: usize) -> Option<Vec<Token>> {
    let digits = token.folded.as_bytes();
    if n < 2 || digits.len() < n || digits.len() > 40 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // ways[i][k]: in how many ways the digits from i on are k numbers; two is as bad as more.
    let len = digits.len();
    let mut ways = vec![vec![0u8; n + 1]; len + 1];
    ways[len][0] = 1;
    for i in (0..len).rev() {
        let longest = if digits[i] == b'0' { i + 1 } else { len };
        for k in 1..=n {
            let sum: u32 = (i + 1..=longest).map(|j| u32::from(ways[j][k - 1])).sum();
            ways[i][k] = sum.min(2) as u8;
        }
    }
    if ways[0][n] != 1 {
        return None;
    }
    let mut cells = Vec::with_capacity(n);
    let mut i = 0;
    for k in (1..=n).rev() {
        let longest = if digits[i] == b'0' { i + 1 } else { len };
        let j = (i + 1..=longest).find(|j| ways[*j][k - 1] == 1)?;
        cells.push(i..j);
        i = j;
    }
    Some(parts(text, token, &cells))
}

/// Pieces of a value, by their bytes in its folded form.
pub fn parts(text: &str, token: &Token, ranges: &[Range<usize>]) -> Vec<Token> {
    let folded = Folded::new(&text[token.range.clone()], token.range.start);
    let part = |range: &Range<usize>| cell(token, &folded, range.clone());
    ranges.iter().map(part).collect()
}

fn cell(token: &Token, folded: &Folded, range: Range<usize>) -> Token {
    Token {
        kind: Kind::Value,
        range: folded.source(range.clone()),
        folded: token.folded[range].to_owned(),
        column: token.column,
        broken: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(cells: &[&str]) -> Vec<Token> {
        let mut at = 0;
        let token = |cell: &&str| {
            let range = at..at + cell.len();
            at += cell.len() + 1;
            Token {
                kind: if cell.is_empty() {
                    Kind::Blank
                } else {
                    Kind::Value
                },
                range,
                folded: (*cell).to_owned(),
                column: 0,
                broken: false,
            }
        };
        cells.iter().map(token).collect()
    }

    fn fitted(cells: &[&str], n: usize) -> Result<Vec<String>, Problem> {
        let text = cells.join(" ");
        let values = by_number(&text, &tokens(cells), n)?;
        Ok(values.into_iter().map(|t| t.folded).collect())
    }

    #[test]
    fn blanks_beside_the_values_are_the_layout() {
        assert_eq!(fitted(&["4", "0", "4", ""], 3).unwrap(), ["4", "0", "4"]);
        assert_eq!(fitted(&["", "4", "0", "4"], 3).unwrap(), ["4", "0", "4"]);
        assert_eq!(fitted(&["4", "", "4", ""], 3).unwrap(), ["4", "", "4"]);
        assert_eq!(fitted(&["", "4", "", "4", ""], 3), Err(Problem::Surplus));
        assert_eq!(fitted(&["4", "4"], 3), Err(Problem::Missing));
        assert_eq!(fitted(&["1", "2", "0", "12"], 3), Err(Problem::Surplus));
    }

    #[test]
    fn a_thousand_set_with_a_blank_is_one_number() {
        assert_eq!(
            fitted(&["1", "234", "0", "0", "6", "1240"], 5).unwrap(),
            ["1 234", "0", "0", "6", "1240"]
        );
        // 12 was split, and 1 and 234 are two numbers.
        let split = ["1", "234", "0", "1", "2", "247"];
        assert_eq!(fitted(&split, 5), Err(Problem::Surplus));
        assert_eq!(fitted(&["1", "234", "567", "3"], 3), Err(Problem::Surplus));
    }

    #[test]
    fn the_number_of_a_page_behind_a_row_is_no_value() {
        let lines = |cells: &[&str]| {
            let values = by_number(&cells.join("\n"), &tokens(cells), 7)?;
            Ok(values.into_iter().map(|t| t.folded).collect::<Vec<_>>())
        };
        let row = ["3", "1", "0", "0", "0", "2", "6", "5"];
        assert_eq!(
            lines(&row),
            Ok(row[..7].iter().map(|c| (*c).to_owned()).collect())
        );
        // 12 was split, or the row does not add up.
        let split = ["1", "0", "0", "0", "0", "1", "2", "13"];
        assert_eq!(lines(&split), Err(Problem::Surplus));
        let wrong = ["3", "1", "0", "0", "0", "2", "7", "5"];
        assert_eq!(lines(&wrong), Err(Problem::Surplus));
        assert_eq!(fitted(&row, 7), Err(Problem::Surplus));
    }

    #[test]
    fn digits_run_together_are_parted_where_there_is_one_way() {
        assert_eq!(fitted(&["0000000"], 7).unwrap().len(), 7);
        assert_eq!(
            fitted(&["2100003"], 7).unwrap(),
            ["2", "1", "0", "0", "0", "0", "3"]
        );
        assert_eq!(fitted(&["21000023"], 7), Err(Problem::Missing));
        assert_eq!(fitted(&["1000"], 3).unwrap(), ["10", "0", "0"]);
    }
}
