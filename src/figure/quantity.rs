//! Every number of a folded text that counts something: with its unit and its reserve;
//! dates, ordinals, articles, telephone numbers and figures of speech are left out.

use std::ops::Range;

use rust_decimal::Decimal;

use super::Qualifier;
use super::grammar::Grammar;
use crate::text::fold::is_han;
use crate::text::numeral::{self, Numeral, Script};

/// A number with its unit. Ranges are bytes of the folded text.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// From the reserve before the number to unit and reserve behind it.
    pub range: Range<usize>,
    /// The number alone.
    pub number: Range<usize>,
    /// In the base unit.
    pub value: Decimal,
    /// Base unit; empty where none is printed.
    pub unit: String,
    /// How exact.
    pub qualifier: Qualifier,
    /// Counts only where its words name an indicator: small Chinese numerals, and numbers
    /// without a unit.
    pub weak: bool,
}

/// Most characters of a phrase before the number in it.
const PHRASE: usize = 12;

/// Most characters of a name in a list.
const NAME: usize = 10;

/// Every quantity of `folded`, in order.
pub fn scan(folded: &str) -> Vec<Quantity> {
    let grammar = Grammar::embedded();
    let quoted = quoted(folded);
    let mut found: Vec<Quantity> = Vec::new();
    for numeral in numeral::scan(folded) {
        let inside = quoted
            .iter()
            .find(|q| q.range.start < numeral.range.start && numeral.range.end <= q.range.end);
        let last = found.last();
        if let Some(mut quantity) = quantity(folded, &numeral, inside, grammar)
            && last.is_none_or(|last| last.range.end <= quantity.number.start)
        {
            quantity.weak &= !last.is_some_and(|last| goes_on(folded, last, &quantity));
            found.push(quantity);
        }
    }
    share_units(folded, &mut found);
    found
}

/// Whether a number without a unit goes on with a list (会议460条,动态402,其他248条).
fn goes_on(folded: &str, last: &Quantity, quantity: &Quantity) -> bool {
    let between = &folded[last.range.end..quantity.number.start];
    let name = between.strip_prefix([',', '、', ';']).unwrap_or_default();
    let behind = folded[quantity.range.end..].trim_start_matches([',', '、', ';']);
    let next = behind
        .char_indices()
        .take(NAME + 1)
        .find(|(_, c)| c.is_ascii_digit());
    let next = next.map_or("", |(at, _)| {
        behind[at..].trim_start_matches(|c: char| c.is_ascii_digit())
    });
    quantity.unit.is_empty()
        && matches!(&*last.unit, "条" | "件" | "份" | "篇")
        && name.chars().count() >= 2
        && name.chars().count() <= NAME
        && name.chars().all(is_han)
        && next.starts_with(last.unit.as_str())
}

/// What parts two numbers of a list that have one unit between them.
const JOINERS: [&str; 4] = ["、", "和", "及", "与"];

/// Whether 分别 stands before byte `at` in its sentence: numbers that follow belong to the
/// nouns before it.
fn in_pairs(folded: &str, at: usize) -> bool {
    let before = &folded[..at];
    let sentence = before.rfind(['。', ';']).unwrap_or(0);
    before[sentence..].contains("分别")
}

/// 分别发布356、1208条: the unit is printed once, behind the last number.
fn share_units(folded: &str, found: &mut [Quantity]) {
    for i in (1..found.len()).rev() {
        let (before, rest) = found.split_at_mut(i);
        let (one, next) = (&mut before[i - 1], &rest[0]);
        let joined = || JOINERS.contains(&&folded[one.range.end..next.number.start]);
        // 3、5万元: whether the first counts ten thousands too is anybody's guess.
        let scaled = || folded[next.number.clone()].ends_with(['万', '亿', '千', '百']);
        if one.unit.is_empty()
            && !next.unit.is_empty()
            && one.range.end < next.number.start
            && joined()
            && !scaled()
            && in_pairs(folded, one.range.start)
        {
            one.unit.clone_from(&next.unit);
            one.weak = next.weak;
        }
    }
}

fn quantity(
    folded: &str,
    numeral: &Numeral,
    quoted: Option<&Quotation>,
    grammar: &Grammar,
) -> Option<Quantity> {
    let Range { start, end } = numeral.range;
    let (before, after) = (&folded[..start], &folded[end..]);
    let trimmed = after.trim_start_matches(' ');
    let blank = after.len() - trimmed.len();
    if is_guarded(folded, numeral, grammar)
        || grammar.is_time(trimmed)
        || grammar.guards.structure.beginning(trimmed).is_some()
        || before.ends_with(['等', '共']) && grammar.guards.listed.beginning(trimmed).is_some()
    {
        return None;
    }
    let mut value = numeral.value;
    let mut range = start..end;
    let unit = if let Some(rest) = before.strip_suffix("百分之") {
        range.start = rest.len();
        "%".to_owned()
    } else if after.starts_with('成')
        && !after.starts_with("成立")
        && !after.starts_with("成为")
        && value <= Decimal::TEN
    {
        range.end += "成".len();
        value *= Decimal::TEN;
        "%".to_owned()
    } else {
        // 98大条, 539小项
        let sized = trimmed.starts_with(['大', '小']) && numeral.script == Script::Digits;
        let skipped = blank + if sized { "大".len() } else { 0 };
        let unit = |skipped: usize| {
            let (len, unit) = grammar.unit(&after[skipped..])?;
            Some((skipped + len, unit))
        };
        match unit(skipped).or_else(|| unit(blank)) {
            Some((len, unit)) => {
                range.end += len;
                unit.to_owned()
            }
            None => String::new(),
        }
    };
    let (qualifier, lead, tail) = reserve(before, &folded[range.end..], numeral, grammar);
    range.start = range.start.min(start - lead);
    range.end += tail;
    let small = numeral.script == Script::Han && value <= Decimal::TEN && !numeral.more;
    let number = &folded[numeral.range.clone()];
    if quoted.is_some_and(|q| q.holds_name(folded, numeral, &unit, range.end)) {
        return None;
    }
    if numeral.bare && lead == 0 && unit != "%" {
        return None;
    }
    let mut weak = unit.is_empty();
    if small {
        let rest = &folded[range.end..];
        // The number stands in a phrase that begins here or a little before.
        let begins = before.char_indices().rev().take(PHRASE).map(|(at, _)| at);
        let phrase = std::iter::once(start).chain(begins).any(|at| {
            let mut phrases = grammar.guards.phrases.all_at_beginning(&folded[at..]);
            phrases.any(|p| p.find(number) == Some(start - at))
        });
        if phrase && number != "零" || !phrase && unit.is_empty() {
            return None;
        }
        let rhetoric = grammar.guards.rhetoric_units.words().contains(&unit)
            && (!grammar.guards.counted_anyway.words().contains(&unit)
                || grammar.guards.is_rhetoric(rest)
                || rest.starts_with(['"', ',', '。', '、']) && value == Decimal::ONE);
        let single = grammar.guards.single_units.words().contains(&unit);
        weak |= rhetoric || single && value == Decimal::ONE && rest.starts_with(is_han);
    }
    if unit.is_empty() {
        // A number alone: 总浏览量为536万 counts, 12345热线 does not.
        if numeral.script == Script::Han {
            return None;
        }
        let follows = folded[range.end..].chars().next();
        let listed = || {
            let behind = JOINERS.iter().find_map(|j| after.strip_prefix(j));
            behind.is_some_and(|b| b.starts_with(|c: char| c.is_ascii_digit()))
                && in_pairs(folded, start)
        };
        let ends = follows.is_none_or(|c| matches!(c, ',' | '。' | ';' | '、' | '(' | ')' | ':'))
            || listed();
        // 公开形式1、公告栏: the number of an item whose line has been lost.
        let item = follows == Some('、')
            && numeral.plain
            && numeral.range.len() <= 2
            && after.chars().nth(1).is_some_and(is_han);
        if !ends || item {
            return None;
        }
        // 留言2400余: what is given with a reserve is counted.
        let plain = numeral.plain && tail == 0;
        weak = (plain || numeral.range.len() < 3) && !grammar.numbers(before);
    }
    Some(Quantity {
        range,
        number: numeral.range.clone(),
        value: value.normalize(),
        unit,
        qualifier,
        weak,
    })
}

/// The reserve with which a number is given, and how many bytes it takes before and behind.
fn reserve(
    before: &str,
    after: &str,
    numeral: &Numeral,
    grammar: &Grammar,
) -> (Qualifier, usize, usize) {
    let q = &grammar.qualifiers;
    // 不少于 ends with 少于: the longest word says it.
    let said = [
        (&q.at_most_before, Qualifier::AtMost),
        (&q.at_least_before, Qualifier::AtLeast),
        (&q.approx_before, Qualifier::Approx),
    ]
    .map(|(words, qualifier)| (words.ending(before), qualifier));
    {
        let longest = said.iter().max_by_key(|(word, _)| word.map_or(0, str::len));
        if let Some((Some(word), qualifier)) = longest {
            // 通过3次, 不过: part of another word.
            let part = *word == "过" && ["通过", "经过"].iter().any(|w| before.ends_with(w))
                || *word == "近" && ["附近", "最近"].iter().any(|w| before.ends_with(w));
            if !part {
                return (*qualifier, word.len(), 0);
            }
        }
    }
    for (words, qualifier) in [
        (&q.at_least_after, Qualifier::AtLeast),
        (&q.at_most_after, Qualifier::AtMost),
        (&q.approx_after, Qualifier::Approx),
    ] {
        if let Some(word) = words.beginning(after)
            && !after[word.len()..].starts_with(['级', '地', '家'])
        {
            return (qualifier, 0, word.len());
        }
    }
    (
        if numeral.more {
            Qualifier::AtLeast
        } else {
            Qualifier::Exact
        },
        0,
        0,
    )
}

/// Whether a numeral is an ordinal, a date, an article, part of a number or of a name.
fn is_guarded(folded: &str, numeral: &Numeral, grammar: &Grammar) -> bool {
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

/// A short quotation or the title of a work: what counts in it may be part of a name.
struct Quotation {
    range: Range<usize>,
    is_title: bool,
}

impl Quotation {
    /// Whether a number in it, whose unit ends at `end`, is part of a name: in a title, in
    /// Chinese numerals (“十二条”), or at the end of a short quotation (“民营经济32条”).
    fn holds_name(&self, folded: &str, numeral: &Numeral, unit: &str, end: usize) -> bool {
        let before = &folded[self.range.start..numeral.range.start];
        let named = || before.chars().filter(|c| is_han(*c)).count() >= 2;
        self.is_title
            || numeral.script == Script::Han
            || unit.is_empty()
            || end == self.range.end && named()
    }
}

fn quoted(folded: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut titles: Vec<usize> = Vec::new();
    for (at, c) in folded.char_indices() {
        match c {
            '"' => match open.take() {
                Some(start) if folded[start..at].chars().count() <= 14 => found.push(Quotation {
                    range: start..at,
                    is_title: false,
                }),
                Some(_) => open = Some(at),
                None => open = Some(at),
            },
            '《' => titles.push(at),
            '》' => {
                if let Some(start) = titles.pop() {
                    found.push(Quotation {
                        range: start..at,
                        is_title: true,
                    });
                }
            }
            '。' => open = None,
            _ => {}
        }
    }
    found
}

/// Whether two units count the same kind of thing, so that their numbers may be added.
pub fn compatible(a: &str, b: &str) -> bool {
    let kind = |u: &str| match u {
        "元" => 1,
        "%" => 2,
        "人" | "名" | "位" => 3,
        "平方米" | "公里" | "亩" | "吨" | "倍" => 4,
        _ => 0,
    };
    let people = |u: &str| kind(u) == 3 || u == "人次";
    kind(a) == kind(b) || people(a) && people(b)
}

/// Whether a character ends a clause.
pub fn is_clause_end(c: char) -> bool {
    matches!(c, ',' | ';' | '。' | '!' | '?' | ':')
}

/// Whether `c` may stand in a name.
pub fn is_name(c: char) -> bool {
    is_han(c)
}

#[cfg(test)]
mod tests;
