//! What only looks like a count: ordinals, dates, articles, numbers in names, figures of speech.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::figure::grammar::Grammar;
use crate::text::numeral::{self, Numeral, Script};

/// Whether a numeral is an ordinal, a date, an article, part of a number or of a name.
pub(super) fn is_guarded(folded: &str, numeral: &Numeral, grammar: &Grammar) -> bool {
    let Range { start, end } = numeral.range;
    let (before, after) = (&folded[..start], &folded[end..]);
    let last = before.chars().next_back();
    let next = after.chars().next();
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if joins(last) || next.is_some_and(|c| c.is_ascii_alphabetic()) {
        return true;
    }
    if numeral.script == Script::Han && is_vague(before, numeral, &folded[start..end], next) {
        return true;
    }
    // 20161201231: dates run together, telephone numbers.
    if numeral.plain && (numeral.range.len() > 10 || is_date(&folded[start..end])) {
        return true;
    }
    let symbol = |c: char| matches!(c, '-' | '/' | ':' | '.' | '_' | '@' | '*' | '~' | '=');
    if last.is_some_and(symbol) && joins(before[..before.len() - 1].chars().next_back())
        || next.is_some_and(symbol) && joins(after[1..].chars().next())
    {
        return true;
    }
    if let Some(word) = grammar.guards.before.ending(before)
        && (word != "前" || numeral.script == Script::Han || !before.ends_with("目前"))
        && !(word == "各" && numeral.script == Script::Digits)
    {
        return true;
    }
    if grammar.guards.contact.ending(before).is_some() && grammar.unit(after).is_none() {
        return true;
    }
    // 广场路188号7幢
    let house = before
        .strip_suffix('号')
        .is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()));
    if house {
        return true;
    }
    if numeral.plain && numeral.range.len() == 4 && is_year_in_list(numeral.value, after) {
        return true;
    }
    // 第九至十二条, 第3、4项
    let chained = |c: &char| {
        c.is_ascii_digit()
            || matches!(
                c,
                '至' | '到' | '、' | '和' | '-' | '条' | '款' | '项' | '(' | ')' | ' '
            )
            || numeral::is_han_numeral(*c)
    };
    if before.chars().rev().find(|c| !chained(c)) == Some('第') {
        return true;
    }
    // 每周至少2次 is a rate; 只计1条 a rule of counting; 五章二十八条 a law; 后三名 a rank.
    let tail = before.char_indices().rev().take(7).last();
    let tail = tail.map_or("", |(at, _)| &before[at..]);
    if grammar.guards.rates.is_in(tail) && !tail.contains([',', '。', ';', '》'])
        || numeral.value == Decimal::ONE
            && before
                .strip_suffix('计')
                .is_some_and(|b| grammar.guards.counts.ending(b).is_none())
        || tail.contains('届') && after.starts_with("次")
        || after.starts_with('条')
            && before
                .strip_suffix('章')
                .is_some_and(|b| b.ends_with(numeral::is_han_numeral))
        || before.ends_with('后')
            && numeral.script == Script::Han
            && after.starts_with(['名', '位'])
        || numeral.script == Script::Han
            && numeral.value <= Decimal::TEN
            && ["件事", "件大事", "件实事"]
                .iter()
                .any(|w| after.starts_with(w))
    {
        return true;
    }
    // 没有发生一起复议: none, and not one.
    if numeral.script == Script::Han
        && numeral.value == Decimal::ONE
        && grammar.zero.cues.ending(before).is_some()
    {
        return true;
    }
    // 统一, 之一
    if numeral.script == Script::Han
        && folded[start..].starts_with('一')
        && grammar.guards.joined.ending(before).is_some()
    {
        return true;
    }
    // An enumerator: 1. 1、 (1) at the beginning of a sentence.
    let opens = before.is_empty() || before.ends_with(['。', ';', ':', '(']);
    if opens
        && numeral.plain
        && (next == Some('、') || next == Some('.') || next == Some(')') && before.ends_with('('))
    {
        return true;
    }
    // 国办发(2008)36号, 〔2011〕
    next == Some('〕') || next == Some(']') || after.starts_with(")号")
}

/// 20161231: a day in eight digits.
fn is_date(digits: &str) -> bool {
    let part = |range: Range<usize>| digits.get(range).and_then(|d| d.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(4..6), part(6..8)) else {
        return false;
    };
    digits.len() == 8
        && (1990..2100).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
}

/// 2014、2015、2016年, 2014-2016年: a year whose 年 stands behind the last of them.
fn is_year_in_list(value: Decimal, after: &str) -> bool {
    let is_year = |v: Decimal| (Decimal::from(1990)..Decimal::from(2100)).contains(&v);
    let mut rest = after;
    while let Some(next) = ["、", "和", "至", "到", "-", "与", "及"]
        .iter()
        .find_map(|j| rest.strip_prefix(j))
    {
        let digits = next.bytes().take_while(u8::is_ascii_digit).count();
        let year = next[..digits].parse().is_ok_and(is_year);
        if digits != 4 || !year {
            return false;
        }
        rest = &next[digits..];
    }
    is_year(value) && rest.len() < after.len() && rest.starts_with('年')
}

/// 几十, 数百, 二三十, 三四件: words for about how many, and not a number.
fn is_vague(before: &str, numeral: &Numeral, number: &str, next: Option<char>) -> bool {
    let mut earlier = before.chars().rev();
    let last = earlier.next();
    let several = match last {
        Some('几') => true,
        // 总数十件 says ten; 数十件 tens of them.
        Some('数') => !earlier
            .next()
            .is_some_and(|c| "总件条次份篇人个宗".contains(c)),
        _ => false,
    };
    let multiplied = number.starts_with(['十', '百', '千', '万', '亿']);
    let two = || number.chars().count() == 2 && !number.contains(['〇', '零', '○', '十']);
    several && multiplied
        || last.is_some_and(numeral::is_han_numeral)
        || next.is_some_and(numeral::is_han_numeral)
        || numeral.plain && two()
}
