//! Numbers as reports write them: `１，２３４`, `37万`, `10.5亿`, `二十三`, `三百余`, `4万多`.
//! Works on folded text; values are exact decimals.

mod written;

use std::borrow::Cow;
use std::ops::Range;

use rust_decimal::Decimal;

pub use written::{percent, value};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Digits, with or without 万 and 亿.
    Digits,
    /// Chinese numerals.
    Han,
}

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numeral {
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// What it is worth.
    pub value: Decimal,
    /// 余, 多 or 几 stands inside or behind it: at least this much.
    pub more: bool,
    /// How it is written.
    pub script: Script,
    /// Digits only, without decimal point, comma or multiplier.
    pub plain: bool,
    /// A multiplier without digits (近万人次).
    pub bare: bool,
}

/// Every number in `folded`, in order.
pub fn scan(folded: &str) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, c) in folded.char_indices() {
        if at >= from
            && (c.is_ascii_digit() || is_han_numeral(c))
            && let Some(numeral) = numeral(folded, at)
        {
            from = numeral.range.end;
            found.push(numeral);
        }
    }
    found
}

/// Every year that `folded` names in four digits (2016年): where they begin, where 年 ends,
/// which it is.
pub fn years(folded: &str) -> impl Iterator<Item = (usize, usize, i32)> {
    folded.match_indices('年').filter_map(|(at, word)| {
        let digits = at.checked_sub(4)?;
        let year = folded.get(digits..at)?.parse().ok()?;
        Some((digits, at + word.len(), year))
    })
}

/// Whether a line begins with an enumerator: `一、`, `（二）`, `3.`, `1、`, `第三部分`.
pub fn starts_with_marker(line: &str) -> bool {
    let folded = super::fold::fold(&line.chars().take(10).collect::<String>());
    let body = folded.trim_start_matches('(');
    let rest = body.trim_start_matches(|c: char| c.is_ascii_digit() || is_han_numeral(c));
    let counted = body.len() - rest.len();
    if body.len() < folded.len() {
        return counted > 0 && rest.starts_with(')');
    }
    counted > 0
        && (rest.starts_with('、')
            || rest.starts_with('.') && !rest[1..].starts_with(|c: char| c.is_ascii_digit()))
        || folded.starts_with('第') && starts_with_part(&folded)
}

fn starts_with_part(folded: &str) -> bool {
    let rest = folded['第'.len_utf8()..]
        .trim_start_matches(|c: char| c.is_ascii_digit() || is_han_numeral(c));
    ["部分", "章", "节"]
        .iter()
        .any(|word| rest.starts_with(word))
}

/// Whether `c` can stand in a number written in Chinese.
pub fn is_han_numeral(c: char) -> bool {
    // A look at the last eight bits tells most characters to be none.
    const MAY: [u64; 4] = {
        let all = "〇零○一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾廿卅百佰千仟万亿";
        let (mut may, mut at, bytes) = ([0; 4], 0, all.as_bytes());
        while at < bytes.len() {
            // All of them take three bytes, the last two of which end with six bits each.
            may[bytes[at + 1] as usize & 3] |= 1 << (bytes[at + 2] & 0x3f);
            at += 3;
        }
        may
    };
    let low = c as usize & 0xff;
    MAY[low >> 6] >> (low & 0x3f) & 1 == 1
        && (digit(c).is_some() || tens(c).is_some() || multiplier(c).is_some())
}

fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Several tens in one character.
fn tens(c: char) -> Option<i64> {
    Some(match c {
        '廿' => 20,
        '卅' => 30,
        _ => return None,
    })
}

fn multiplier(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// The number that begins at `start`.
fn numeral(folded: &str, start: usize) -> Option<Numeral> {
    let first = folded[start..].chars().next()?;
    let mut found = if first.is_ascii_digit() && !is_positional(&folded[start..]) {
        digits(folded, start)?
    } else {
        han(folded, start)?
    };
    // 4万余, 200多万, 3千: what stands behind multiplies.
    loop {
        let rest = &folded[found.range.end..];
        let Some(c) = rest.chars().next() else { break };
        let after = rest[c.len_utf8()..].chars().next();
        match c {
            '余' | '多' | '几' if !found.more => {
                // 余额, 多次: part of a word unless a multiplier or a unit follows.
                if after.is_none_or(|a| a == '额') {
                    break;
                }
                found.more = true;
                found.range.end += c.len_utf8();
            }
            // 3万+次
            '+' if !found.more && after.is_some_and(super::fold::is_han) => {
                found.more = true;
                found.range.end += 1;
            }
            '千' | '百' | '万' | '亿' if found.script == Script::Digits || found.more => {
                let by = Decimal::from(multiplier(c)?);
                found.value = found.value.checked_mul(by)?;
                found.plain = false;
                found.range.end += c.len_utf8();
                // 1亿2000万, 5万4千6百: what follows counts lesser units.
                if let Some((end, less)) = lesser(folded, found.range.end, by) {
                    found.value = found.value.checked_add(less)?;
                    found.range.end = end;
                }
            }
            _ => break,
        }
    }
    found.value = found.value.normalize();
    Some(found)
}

/// Digits with lesser units than `unit` right behind it: where they end, and their value.
fn lesser(folded: &str, start: usize, unit: Decimal) -> Option<(usize, Decimal)> {
    if !folded[start..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let next = numeral(folded, start)?;
    (next.value < unit && !next.more).then_some((next.range.end, next.value))
}

/// 二0一二: digits and Chinese digits mixed one by one, as years are written.
fn is_positional(rest: &str) -> bool {
    let run = || {
        let chars = rest.chars();
        chars.take_while(|c| c.is_ascii_digit() || digit(*c).is_some())
    };
    run().take(5).count() == 4
        && run().any(|c| !c.is_ascii_digit())
        && run().any(|c| c.is_ascii_digit())
}

fn digits(folded: &str, start: usize) -> Option<Numeral> {
    let bytes = folded.as_bytes();
    let mut at = start;
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        at += 1;
    }
    let mut text = Cow::Borrowed(&folded[start..at]);
    let lead = text.len();
    let mut plain = true;
    // Thousands: exactly three digits behind each comma, one to three before the first.
    if lead <= 3 && !text.starts_with('0') {
        while at + 3 < bytes.len() + 1
            && matches!(bytes.get(at), Some(b',' | b'\''))
            && bytes
                .get(at + 1..at + 4)
                .is_some_and(|d| d.iter().all(u8::is_ascii_digit))
            && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit)
        {
            text.to_mut().push_str(&folded[at + 1..at + 4]);
            at += 4;
            plain = false;
        }
    }
    if plain && let Some(rest) = split(folded, start, at) {
        text.to_mut().push_str(rest);
        at += 1 + rest.len();
        plain = false;
    }
    if bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
        let mut end = at + 1;
        while bytes.get(end).is_some_and(u8::is_ascii_digit) {
            end += 1;
        }
        // 1.2.3 is no number.
        if bytes.get(end) != Some(&b'.') || !bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            text.to_mut().push_str(&folded[at..end]);
            at = end;
            plain = false;
        }
    }
    let value = match text.parse::<u64>() {
        Ok(whole) => Decimal::from(whole),
        Err(_) => Decimal::from_str_exact(&text).ok()?,
    };
    Some(Numeral {
        range: start..at,
        value,
        more: false,
        script: Script::Digits,
        plain,
        bare: false,
    })
}

/// The digits behind a blank that go on with the number at `start..end` (1 234条, 2 5件): three
/// of them, or one behind one, alone between characters.
fn split(folded: &str, start: usize, end: usize) -> Option<&str> {
    let behind = folded[end..].strip_prefix(' ')?;
    let len = behind.bytes().take_while(u8::is_ascii_digit).count();
    let thousands = len == 3 && end - start <= 3 && !folded[start..].starts_with('0');
    if !(thousands || len == 1 && end - start == 1) {
        return None;
    }
    let alone = |c: Option<char>| c.is_some_and(super::fold::is_han);
    let before = folded[..start].trim_end_matches(' ').chars().next_back();
    let after = behind[len..].trim_start_matches(' ').chars().next();
    (alone(before) && alone(after) && before != Some('第')).then(|| &behind[..len])
}

fn han(folded: &str, start: usize) -> Option<Numeral> {
    let run = || {
        let chars = folded[start..].chars();
        chars.take_while(|c| is_han_numeral(*c) || c.is_ascii_digit())
    };
    let place = |c: char| digit(c).or_else(|| c.to_digit(10));
    if run().nth(1).is_some() && run().all(|c| place(c).is_some()) {
        let value = run().filter_map(place).try_fold(Decimal::ZERO, |sum, d| {
            sum.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(d))
        })?;
        let end = start + run().map(char::len_utf8).sum::<usize>();
        return Some(Numeral {
            range: start..end,
            value,
            more: false,
            script: Script::Han,
            plain: true,
            bare: false,
        });
    }
    let (mut end, mut last, mut seen_digit) = (start, None::<u32>, false);
    for c in folded[start..].chars() {
        if let Some(d) = digit(c) {
            if last.is_some_and(|l| l != 0) && d != 0 {
                break;
            }
            last = Some(d);
            seen_digit = true;
        } else if tens(c).is_some() {
            (last, seen_digit) = (None, true);
        } else if multiplier(c).is_some() {
            last = None;
        } else {
            break;
        }
        end += c.len_utf8();
    }
    let value = value(&folded[start..end])?;
    let bare = !seen_digit && !folded[start..end].starts_with(['十', '拾']);
    (end > start).then_some(Numeral {
        range: start..end,
        value,
        more: false,
        script: Script::Han,
        plain: false,
        bare,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use proptest::prelude::*;

    fn one(text: &str) -> Option<String> {
        value(&fold(text)).map(|v| v.to_string())
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for (text, want) in [
            ("7743", "7743"),
            ("１，２３４", "1234"),
            ("1,487,096", "1487096"),
            ("98.60", "98.6"),
            ("37万", "370000"),
            ("149.673874万", "1496738.74"),
            ("10.5亿", "1050000000"),
            ("二十三", "23"),
            ("一百零五", "105"),
            ("三千二百", "3200"),
            ("十", "10"),
            ("十二", "12"),
            ("一万二千", "12000"),
            ("两亿三千万", "230000000"),
            ("二〇一一", "2011"),
            ("二0一二", "2012"),
            ("三百二十万", "3200000"),
            ("万", "10000"),
            ("百", "100"),
            ("一百一十", "110"),
            ("一百五", "150"),
            ("1亿2000万", "120000000"),
            ("5万4千6百", "54600"),
        ] {
            assert_eq!(one(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn words_for_more_are_kept() {
        for (text, want) in [
            ("4万余", "40000"),
            ("200多", "200"),
            ("三百余", "300"),
            ("一千多万", "10000000"),
        ] {
            let found = scan(&format!("{}人", fold(text)));
            assert_eq!(found.len(), 1, "{text}");
            assert!(
                found[0].more && found[0].value.to_string() == want,
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn commas_between_numbers_separate_them() {
        let found: Vec<_> = scan("12,34,5")
            .iter()
            .map(|n| n.value.to_string())
            .collect();
        assert_eq!(found, ["12", "34", "5"]);
    }

    #[test]
    fn enumerators_are_told_from_numbers() {
        for line in [
            "一、概述",
            "（二）办理",
            "3.收费",
            "1、培训",
            "第三部分 收费",
            "(12)其他",
        ] {
            assert!(starts_with_marker(line), "{line}");
        }
        for line in ["3.5万件", "一是加强", "2011年", "（以下简称", "第三方"] {
            assert!(!starts_with_marker(line), "{line}");
        }
    }

    proptest! {
        #[test]
        fn plain_numbers_come_back(n in 0u64..10_000_000_000) {
            prop_assert_eq!(one(&n.to_string()), Some(n.to_string()));
        }

        #[test]
        fn nothing_panics_and_ranges_hold(text in "[0-9一二三十百千万亿零〇余多几,.年件 ]{0,24}") {
            for n in scan(&text) {
                prop_assert!(text.get(n.range.clone()).is_some_and(|s| !s.is_empty()));
            }
        }
    }
}
