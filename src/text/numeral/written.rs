//! What written numbers are worth: the value of words that are one number and nothing
//! else, in whatever way they are written (`7万5千4百`, `一千三`, `负二又三分之一`, `九成五`).
//!
//! The scanner finds numbers in running text and is strict; this reads what is known to be
//! a number, and is not. Works on folded text; values are exact unless a fraction is not.

use rust_decimal::Decimal;

use super::{digit, multiplier, tens};

/// Deepest nesting of fractions, powers and great units that is followed.
const MAX_DEPTH: usize = 8;

/// The value of a text that is one number and nothing else.
pub fn value(folded: &str) -> Option<Decimal> {
    let folded = folded.trim();
    // Most are a single character.
    let mut chars = folded.chars();
    if let (Some(d), "") = (chars.next().and_then(digit), chars.as_str()) {
        return Some(Decimal::from(d));
    }
    // Nearly all others are nothing but numerals.
    let plain = |c: char| digit(c).is_some() || tens(c).is_some() || multiplier(c).is_some();
    if !folded.is_empty() && folded.chars().all(plain) {
        return Some(great(folded)?.normalize());
    }
    // 1 4/3: the blank says "and".
    if let Some((whole, part)) = folded.split_once(' ')
        && part.contains('/')
        && !whole.contains('/')
        && whole.chars().all(|c| c.is_ascii_digit())
    {
        return number(&squeeze(whole), 0)?.checked_add(number(&squeeze(part), 0)?);
    }
    Some(number(&squeeze(folded), 0)?.normalize())
}

/// The value, in per cent, of a text that is one share and nothing else: `98.6%`,
/// `百分之九十`, `千分之三`, `三成五`, `六个百分点`, `七五折`.
pub fn percent(folded: &str) -> Option<Decimal> {
    let text = squeeze(folded);
    for unit in ["%", "个百分点", "百分点"] {
        if let Some(rest) = text.strip_suffix(unit) {
            return number(rest, 0);
        }
    }
    if let Some((of, part)) = text.split_once("分之") {
        // 百分之2.4k says how many of a hundred.
        let share = number(part, 0)?.checked_div(great(of)?)?;
        return share.checked_mul(Decimal::ONE_HUNDRED);
    }
    let discount = text.ends_with('折');
    let (head, tail) = text.split_once(['成', '折'])?;
    let whole = match head {
        "对" | "半" if discount => Decimal::from(5),
        "半" => Decimal::new(5, 1),
        // 七五折 is 7.5 tenths, and so is 75折.
        _ if discount && head.chars().count() == 2 && !head.contains('十') => {
            number(head, 0)?.checked_div(Decimal::TEN)?
        }
        _ => number(head, 0)?,
    };
    let rest = match tail {
        "" => Decimal::ZERO,
        "半" => Decimal::new(5, 1),
        _ => number(tail, 0)?.checked_div(Decimal::TEN)?,
    };
    whole.checked_add(rest)?.checked_mul(Decimal::TEN)
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Signs, mixed numbers, fractions, powers, dozens.
fn number(text: &str, depth: usize) -> Option<Decimal> {
    if depth > MAX_DEPTH || text.is_empty() {
        return None;
    }
    let deeper = |text| number(text, depth + 1);
    for sign in ["负", "-"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return Some(-deeper(rest)?);
        }
    }
    if let Some(rest) = text.strip_prefix('+') {
        return deeper(rest);
    }
    if let Some((whole, part)) = text.split_once('又') {
        return deeper(whole)?.checked_add(deeper(part)?);
    }
    if let Some((of, part)) = text.split_once("分之") {
        return deeper(part)?.checked_div(deeper(of)?);
    }
    if let Some((part, of)) = text.split_once('/') {
        return deeper(part)?.checked_div(deeper(of)?);
    }
    if let Some((base, power)) = text.split_once('^') {
        return raised(deeper(base)?, deeper(power)?.try_into().ok()?);
    }
    for (unit, worth) in [("k", 1_000), ("m", 1_000_000), ("打", 12)] {
        if let Some(rest) = text.strip_suffix(unit) {
            let count = if rest.is_empty() {
                Decimal::ONE
            } else {
                deeper(rest)?
            };
            return count.checked_mul(Decimal::from(worth));
        }
    }
    if let Some((digits, power)) = text.split_once('e')
        && let Ok(power) = power.trim_start_matches('+').parse::<i64>()
    {
        return deeper(digits)?.checked_mul(raised(Decimal::TEN, power)?);
    }
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '余' | '多' | '几' | '来'))
        .collect();
    great(&plain)
}

/// `base` to a whole power; none above the sixty-fourth.
fn raised(base: Decimal, power: i64) -> Option<Decimal> {
    if power.unsigned_abs() > 64 {
        return None;
    }
    let times = (0..power.unsigned_abs()).try_fold(Decimal::ONE, |v, _| v.checked_mul(base))?;
    if power < 0 {
        Decimal::ONE.checked_div(times)
    } else {
        Some(times)
    }
}

/// 兆, 亿 and 万 with what stands before and behind them.
fn great(text: &str) -> Option<Decimal> {
    let units = [
        ('兆', 1_000_000_000_000_i64),
        ('亿', 100_000_000),
        ('万', 10_000),
    ];
    for (unit, worth) in units {
        // 四万万: the last one multiplies all before it.
        let Some(at) = text.rfind(unit) else { continue };
        let worth = Decimal::from(worth);
        let (head, tail) = (&text[..at], &text[at + unit.len_utf8()..]);
        let count = if head.is_empty() {
            Decimal::ONE
        } else {
            great(head)?
        };
        let count = count.checked_mul(worth)?;
        return match tail {
            "" => Some(count),
            _ if tail.starts_with(['.', '点']) => count.checked_add(below_one(tail)?),
            _ => count.checked_add(rest(tail, worth)?),
        };
    }
    small(text)
}

/// What follows a unit: 一万三 is 13,000, 一万零三 is 10,003.
fn rest(tail: &str, unit: Decimal) -> Option<Decimal> {
    let mut chars = tail.chars();
    match (chars.next().and_then(digit), chars.as_str()) {
        (Some(d), after) if d > 0 && (after.is_empty() || after.starts_with('点')) => {
            let whole = Decimal::from(d)
                .checked_mul(unit)?
                .checked_div(Decimal::TEN)?;
            let fraction = if after.is_empty() {
                Decimal::ZERO
            } else {
                below_one(after)?
            };
            whole.checked_add(fraction)
        }
        _ => {
            let tail = tail.trim_start_matches(['零', '〇']);
            if tail.is_empty() {
                Some(Decimal::ZERO)
            } else {
                great(tail)
            }
        }
    }
}

/// 点二五, .25
fn below_one(text: &str) -> Option<Decimal> {
    let digits: String = text
        .strip_prefix(['.', '点'])?
        .chars()
        .map(|c| c.to_digit(10).or_else(|| digit(c)))
        .map(|d| d.and_then(|d| char::from_digit(d, 10)))
        .collect::<Option<_>>()?;
    Decimal::from_str_exact(&format!("0.{digits}")).ok()
}

/// Numbers below ten thousand, digits of any length, and their decimals.
fn small(text: &str) -> Option<Decimal> {
    if let Some((whole, _)) = text.split_once('点') {
        let whole_value = if whole.is_empty() {
            Decimal::ZERO
        } else {
            small(whole)?
        };
        return whole_value.checked_add(below_one(&text[whole.len()..])?);
    }
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '.') && text.is_ascii() {
        return arabic(text);
    }
    // 二〇一一, 2四4
    let positional: Option<String> = text
        .chars()
        .map(|c| c.to_digit(10).or_else(|| digit(c)))
        .map(|d| d.and_then(|d| char::from_digit(d, 10)))
        .collect();
    if let Some(digits) = positional {
        return digits.parse().ok();
    }
    hundreds(text)
}

fn arabic(text: &str) -> Option<Decimal> {
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    if groups.clone().next().is_some() && (first.is_empty() || first.len() > 3)
        || groups.any(|g| g.len() != 3)
    {
        return None;
    }
    let digits: String = text.chars().filter(|c| *c != ',').collect();
    let digits = if digits.starts_with('.') {
        format!("0{digits}")
    } else {
        digits
    };
    Decimal::from_str_exact(digits.trim_end_matches('.')).ok()
}

/// 三千二百零五, 7千5, 半百
fn hundreds(text: &str) -> Option<Decimal> {
    let mut total = Decimal::ZERO;
    let mut count: Option<Decimal> = None;
    // What the last multiplier was worth; none behind 零, which a lone digit does not follow.
    let mut unit: Option<i64> = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let ascii = rest
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')))
            .unwrap_or(rest.len());
        if ascii > 0 {
            count = Some(arabic(&rest[..ascii])?);
            unit = None;
            rest = &rest[ascii..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c == '半' {
            count = Some(Decimal::new(5, 1));
        } else if matches!(c, '零' | '〇') {
            unit = None;
            count = None;
        } else if let Some(d) = digit(c) {
            count = Some(Decimal::from(d));
        } else if let Some(many) = tens(c) {
            total = total.checked_add(Decimal::from(many))?;
            unit = Some(10);
        } else if let Some(by) = multiplier(c).filter(|by| *by < 10_000) {
            let many = count.take().unwrap_or(Decimal::ONE);
            total = total.checked_add(many.checked_mul(Decimal::from(by))?)?;
            unit = Some(by);
        } else {
            return None;
        }
    }
    match (count, unit) {
        // 一百五 is 150.
        (Some(d), Some(by)) if by > 10 => total.checked_add(d.checked_mul(Decimal::from(by / 10))?),
        (Some(d), _) => total.checked_add(d),
        (None, _) => Some(total),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use proptest::prelude::proptest;

    #[test]
    fn numbers_are_worth_what_people_mean() {
        for (text, want) in [
            ("一千三", "1300"),
            ("一千零三", "1003"),
            ("三万六", "36000"),
            ("7万5千4百", "75400"),
            ("三万4000", "34000"),
            ("1,100.9亿", "110090000000"),
            ("四万亿", "4000000000000"),
            ("二十几万", "200000"),
            ("负二又二分之一", "-2.5"),
            ("1 3/5", "1.6"),
            ("两千三点一", "2300.1"),
            ("半百", "50"),
            ("廿三", "23"),
            ("一百卅", "130"),
            ("4.78万", "47800"),
            ("2^-1", "0.5"),
        ] {
            let found = value(&fold(text)).map(|v| v.normalize().to_string());
            assert_eq!(found.as_deref(), Some(want), "{text}");
        }
        for text in ["", "件", "1,2", "一二三条", "分之"] {
            assert_eq!(value(&fold(text)), None, "{text}");
        }
    }

    #[test]
    fn shares_are_worth_what_people_mean() {
        for (text, want) in [
            ("98.6%", "98.6"),
            ("百分之九十点五", "90.5"),
            ("千分之三", "0.3"),
            ("三成五", "35"),
            ("两成半", "25"),
            ("六个百分点", "6"),
            ("七五折", "75"),
            ("对折", "50"),
        ] {
            let found = percent(&fold(text)).map(|v| v.normalize().to_string());
            assert_eq!(found.as_deref(), Some(want), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "[0-9一二三十百千万亿兆零〇余多几半又分之点打负ek^/,.%折成 -]{0,24}") {
            let _ = (value(&text), percent(&text));
        }
    }
}
