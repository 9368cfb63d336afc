//! Every number of a folded text that counts something: with its unit and its reserve;
//! dates, ordinals, articles, telephone numbers and figures of speech are left out.

mod guards;
mod lists;
mod quotes;

use std::cell::LazyCell;
use std::ops::Range;

use rust_decimal::Decimal;

use super::Qualifier;
use super::grammar::Grammar;
use crate::text::fold::is_han;
use crate::text::numeral::{self, Numeral, Script};
use guards::is_guarded;
use lists::{JOINERS, ends_list, goes_on, in_pairs, share_units, unit_ahead};
use quotes::{Quotation, quoted};

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

/// Every quantity of `folded`, in order.
pub fn scan(folded: &str) -> Vec<Quantity> {
    let grammar = Grammar::embedded();
    let quoted = LazyCell::new(|| quoted(folded));
    let mut found: Vec<Quantity> = Vec::new();
    for numeral in numeral::scan(folded) {
        let inside = || {
            let holds = |q: &&Quotation| {
                q.range.start < numeral.range.start && numeral.range.end <= q.range.end
            };
            quoted.iter().find(holds)
        };
        let last = found.last();
        let listed = last.is_some_and(|last| ends_list(folded, last, &numeral));
        if let Some(mut quantity) = quantity(folded, &numeral, inside, listed, grammar)
            && last.is_none_or(|last| last.range.end <= quantity.number.start)
        {
            quantity.weak &= !listed && !last.is_some_and(|last| goes_on(folded, last, &quantity));
            found.push(quantity);
        }
    }
    share_units(folded, &mut found);
    found
}

fn quantity<'q>(
    folded: &str,
    numeral: &Numeral,
    quoted: impl FnOnce() -> Option<&'q Quotation>,
    listed: bool,
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
    if quoted().is_some_and(|q| q.holds_name(folded, numeral, &unit, range.end)) {
        return None;
    }
    if numeral.bare && lead == 0 && unit != "%" {
        return None;
    }
    if small && matches!(&*unit, "项" | "类" | "种") && sums_up(before, value) {
        return None;
    }
    // 政策解读12、工作动态30、公告8条
    let ahead = || match before.ends_with(is_han) && numeral.script == Script::Digits {
        true => unit_ahead(folded, numeral),
        false => None,
    };
    let unit = match unit.as_str() {
        "" => ahead().unwrap_or_default().to_owned(),
        _ => unit,
    };
    let mut weak = unit.is_empty();
    if small {
        let rest = &folded[range.end..];
        // The number stands in a phrase that begins here or a little before.
        let begins = before.char_indices().rev().take(PHRASE).map(|(at, _)| at);
        let phrase = std::iter::once(start).chain(begins).any(|at| {
            let mut phrases = grammar.guards.phrases.all_at_beginning(&folded[at..]);
            phrases.any(|p| p.find(number) == Some(start - at))
        });
        if phrase && number != "零" && !listed || !phrase && unit.is_empty() {
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
        let ends = follows
            .is_none_or(|c| matches!(c, ',' | '。' | ';' | '、' | '(' | ')' | ':' | '"'))
            || listed()
            // 共受理4申请公开政府信息: the unit has been lost.
            || folded[range.end..].starts_with("申请")
                && ["受理", "收到", "接到"].iter().any(|w| before.ends_with(w));
        // 公开形式1、公告栏: the number of an item whose line has been lost.
        let item = follows == Some('、')
            && numeral.plain
            && numeral.range.len() <= 2
            && after.chars().nth(1).is_some_and(is_han)
            && !grammar.numbers(before);
        if !ends || item {
            return None;
        }
        // 公开信息2016。: a year, or who knows what.
        let year = plain_year(numeral) && tail == 0 && folded[..start].ends_with("信息");
        if year {
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

/// Whether a numeral is written as years are.
fn plain_year(numeral: &Numeral) -> bool {
    let years = Decimal::from(1990)..Decimal::from(2100);
    numeral.plain && numeral.range.len() == 4 && years.contains(&numeral.value)
}

/// Whether a small number says how many nouns stand before it: 政务动态和村务公开两项.
fn sums_up(before: &str, value: Decimal) -> bool {
    let clause = before
        .rsplit([',', ';', '。', ':', '('])
        .next()
        .unwrap_or(before);
    let joins = clause.matches(['、', '和', '与', '及']).count();
    joins > 0 && Decimal::from(joins + 1) == value && clause.ends_with(is_han)
}

/// The reserve with which a number is given, and how many bytes it takes before and behind.
fn reserve(
    before: &str,
    after: &str,
    numeral: &Numeral,
    grammar: &Grammar,
) -> (Qualifier, usize, usize) {
    let q = &grammar.qualifiers;
    // 约占9%: what stands before 占 belongs to the number.
    if let Some(word) = before.strip_suffix('占')
        && ["约", "大约", "近"].iter().any(|w| word.ends_with(w))
        && !word.ends_with("附近")
    {
        return (Qualifier::Approx, 0, 0);
    }
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
            && !is_difference(word, &after[word.len()..])
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

/// Whether a word behind a number compares it with the next: 比上年282件多36件.
fn is_difference(word: &str, behind: &str) -> bool {
    let goes_on =
        |c: char| c.is_ascii_digit() || numeral::is_han_numeral(c) || matches!(c, '了' | '出');
    matches!(word, "多" | "余") && behind.starts_with(goes_on)
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
