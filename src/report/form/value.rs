//! What a cell of a form holds (domain data, section 2.1): a number with or without sign,
//! unit and note, nothing, a mark for "no such thing", or words.

use std::ops::Range;

use rust_decimal::Decimal;

/// Content of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// Nothing: not known, which is not zero.
    Blank,
    /// A number and the bytes of the folded cell it stands in.
    Number(Decimal, Range<usize>),
    /// `-`, `/`, 无, 不适用: the author says that there is no such thing.
    None,
    /// Words, or digits that are no one number.
    Text,
}

const UNITS: [&str; 19] = [
    "人次", "亿元", "万元", "件次", "条次", "件", "条", "次", "篇", "人", "个", "元", "份", "项",
    "起", "宗", "名", "场", "期",
];
const NONE: [&str; 8] = ["n/a", "na", "不适用", "无", "暂无", "没有", "×", "x"];

/// What may stand before a number: how exact it is, and in what money.
const RESERVES: [&str; 6] = ["大约", "约", "近", "人民币", "￥", "¥"];

/// Reads a folded cell.
pub fn read(folded: &str) -> Printed {
    let cell = folded.trim_matches([' ', '|', '*']);
    if cell.is_empty() {
        return match folded.contains('*') {
            true => Printed::Text,
            false => Printed::Blank,
        };
    }
    if NONE.contains(&cell) || cell.chars().all(|c| matches!(c, '-' | '/' | '\\')) {
        return Printed::None;
    }
    if matches!(cell, "零" | "〇") {
        return Printed::Number(Decimal::ZERO, 0..folded.len());
    }
    let number_of = RESERVES
        .iter()
        .fold(cell, |c, r| c.strip_prefix(r).unwrap_or(c));
    let at = number_of.as_ptr() as usize - folded.as_ptr() as usize;
    change(number_of)
        .or_else(|| number(number_of))
        .map_or(Printed::Text, |(value, len)| {
            Printed::Number(value, at..at + len)
        })
}

/// Whether a folded piece of text is a number or a mark for none.
pub fn is_value(folded: &str) -> bool {
    matches!(read(folded), Printed::Number(..) | Printed::None)
}

/// 增4减1, 增0/减0, 增3, 减少2: what is left of it.
fn change(cell: &str) -> Option<(Decimal, usize)> {
    let mut rest = cell;
    let mut sum = Decimal::ZERO;
    let mut seen = false;
    while !rest.is_empty() {
        rest = rest.trim_start_matches(['/', ',', '、', ';', ' ']);
        let (sign, after) = match rest.strip_prefix('增') {
            Some(after) => (Decimal::ONE, after),
            None => (-Decimal::ONE, rest.strip_prefix('减')?),
        };
        let after = after.trim_start_matches(['加', '少', ':']);
        let (value, len) = digits(after)?;
        sum += sign * value;
        seen = true;
        rest = unit(&after[len..]);
    }
    seen.then_some((sum, cell.len()))
}

/// A number, perhaps with sign, reserve, unit and a note behind it. The length is that of
/// the number.
fn number(cell: &str) -> Option<(Decimal, usize)> {
    let sign = cell.len() - cell.trim_start_matches(['+', '-']).len();
    if sign > 1 {
        return None;
    }
    let (value, len) = digits(&cell[sign..])?;
    let rest = &cell[sign + len..];
    let rest = rest.strip_prefix(['余', '多']).unwrap_or(rest);
    let (times, more) = match rest.strip_prefix('万') {
        Some(more) if !more.starts_with('元') => (10_000, more),
        _ => (1, rest),
    };
    let rest = unit(more.strip_prefix(['余', '多']).unwrap_or(more));
    let rest = ["余", "左右", "以上"]
        .iter()
        .fold(rest, |r, s| r.strip_prefix(s).unwrap_or(r));
    let noted = rest.is_empty() || rest.starts_with(['(', '[', '【']);
    let value = value * Decimal::from(times);
    let value = if cell.starts_with('-') { -value } else { value };
    noted.then_some((value, sign + len))
}

fn unit(text: &str) -> &str {
    let text = text.trim_start();
    let found = UNITS.iter().find_map(|u| text.strip_prefix(u));
    found.unwrap_or(text)
}

/// Digits at the beginning: 1234, 1,234, 1 234, 3.0. At most fifteen, so that they are exact.
fn digits(text: &str) -> Option<(Decimal, usize)> {
    let bytes = text.as_bytes();
    let run = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let mut len = run(0);
    if len == 0 || len > 1 && bytes[0] == b'0' {
        return None;
    }
    if len <= 3 {
        while matches!(bytes.get(len), Some(b',' | b' ')) && run(len + 1) == 3 {
            len += 4;
        }
    }
    if bytes.get(len) == Some(&b'.') && run(len + 1) > 0 {
        len += 1 + run(len + 1);
    }
    if let Ok(whole) = text[..len].parse::<u64>()
        && len <= 16
    {
        return Some((Decimal::from(whole), len));
    }
    let plain: String = text[..len]
        .chars()
        .filter(|c| !matches!(c, ',' | ' '))
        .collect();
    if plain.len() > 16 {
        return None;
    }
    Some((plain.parse().ok()?, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(cell: &str) -> Option<String> {
        match read(&crate::text::fold::fold(cell)) {
            Printed::Number(value, _) => Some(value.to_string()),
            _ => None,
        }
    }

    #[test]
    fn numbers_in_every_dress() {
        for (cell, wanted) in [
            ("0", "0"),
            ("1,234", "1234"),
            ("1，234", "1234"),
            ("1 234", "1234"),
            ("４５", "45"),
            ("22（其中修订16件）", "22"),
            ("+4", "4"),
            ("-2", "-2"),
            ("3.0", "3.0"),
            ("增4减1", "3"),
            ("增0/减0", "0"),
            ("减少2", "-2"),
            ("0件", "0"),
            ("零", "0"),
            ("约30", "30"),
            ("30余件", "30"),
            ("1.2万", "12000.0"),
            ("1.2万元", "1.2"),
            ("￥2400元", "2400"),
            ("人民币240万元", "240"),
            ("4068.208", "4068.208"),
        ] {
            assert_eq!(value(cell).as_deref(), Some(wanted), "{cell}");
        }
    }

    #[test]
    fn blanks_marks_and_words_are_no_numbers() {
        assert_eq!(read(""), Printed::Blank);
        for mark in ["-", "——", "/", "无", "暂无", "不适用", "n/a", "×"] {
            assert_eq!(
                read(&crate::text::fold::fold(mark)),
                Printed::None,
                "{mark}"
            );
        }
        for words in [
            "详见附件",
            "*",
            "约",
            "1 2",
            "12,34",
            "3类",
            "第3条",
            "1.2.3",
            "000",
        ] {
            assert_eq!(
                read(&crate::text::fold::fold(words)),
                Printed::Text,
                "{words}"
            );
        }
    }
}
