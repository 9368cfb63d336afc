//! Numbers in lists that have their unit from another one.

use rust_decimal::Decimal;

use super::Quantity;
use crate::text::fold::is_han;
use crate::text::numeral::{Numeral, Script};

/// Most characters of a name in a list.
const NAME: usize = 10;

/// Most items of a list with one unit.
const ITEMS: usize = 12;

/// What items of lists are counted in.
const UNITS: [&str; 4] = ["条", "件", "份", "篇"];

/// Whether a number without a unit goes on with a list (会议460条,动态402,其他248条).
pub(super) fn goes_on(folded: &str, last: &Quantity, quantity: &Quantity) -> bool {
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
        && UNITS.contains(&&*last.unit)
        && is_item(name)
        && next.starts_with(last.unit.as_str())
}

/// 政策解读12、工作动态30、公告8条: the unit that a list prints behind its last number alone,
/// for `numeral` in it; 形式1、公告栏2、宣传栏3: none where the numbers are those of items.
pub(super) fn unit_ahead(folded: &str, numeral: &Numeral) -> Option<&'static str> {
    let mut rest = folded[numeral.range.end..].strip_prefix('、')?;
    let next = rest.trim_start_matches(is_han);
    let next = next.split(|c: char| !c.is_ascii_digit()).next();
    if next.and_then(|n| n.parse().ok()) == numeral.value.checked_add(Decimal::ONE) {
        return None;
    }
    for _ in 0..ITEMS {
        let number = rest.find(|c: char| c.is_ascii_digit())?;
        if !is_item(&rest[..number]) {
            return None;
        }
        let behind = rest[number..].trim_start_matches(|c: char| c.is_ascii_digit());
        match UNITS.into_iter().find(|unit| behind.starts_with(unit)) {
            Some(unit) => return Some(unit),
            None => rest = behind.strip_prefix('、')?,
        }
    }
    None
}

/// 医疗卫生类1条,其他信息一条: whether a small numeral in words is the last of a list that
/// `last` belongs to.
pub(super) fn ends_list(folded: &str, last: &Quantity, numeral: &Numeral) -> bool {
    let between = folded
        .get(last.range.end..numeral.range.start)
        .unwrap_or_default();
    let name = between.strip_prefix([',', '、', ';']).unwrap_or_default();
    let behind = folded[numeral.range.end..].strip_prefix(last.unit.as_str());
    !last.weak
        && last.unit == "条"
        && numeral.script == Script::Han
        && is_item(name)
        && behind.is_some_and(|b| !b.starts_with(is_han))
}

/// Whether words name an item of a list.
fn is_item(name: &str) -> bool {
    (2..=NAME).contains(&name.chars().count()) && name.chars().all(is_han)
}

/// What parts two numbers of a list that have one unit between them.
pub(super) const JOINERS: [&str; 4] = ["、", "和", "及", "与"];

/// Whether 分别 stands before byte `at` in its sentence: numbers that follow belong to the
/// nouns before it.
pub(super) fn in_pairs(folded: &str, at: usize) -> bool {
    let before = &folded[..at];
    let sentence = before.rfind(['。', ';']).unwrap_or(0);
    before[sentence..].contains("分别")
}

/// 分别发布356、1208条: the unit is printed once, behind the last number.
pub(super) fn share_units(folded: &str, found: &mut [Quantity]) {
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
