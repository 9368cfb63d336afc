//! Names that a quantity has from what was counted just before: the rest of a list (其他3件),
//! the total of its parts (合计15人).

use std::ops::Range;

use rust_decimal::Decimal;

use super::label::Name;
use super::zone::{has_content, strip_filler, trim_filler};
use super::{Reader, Sentence, disputes};
use crate::figure::Figure;
use crate::figure::quantity::{Quantity, compatible};

/// The figures of the sentence's paragraph so far that count something known, newest first.
fn counted<'a>(reader: &'a Reader, sentence: &Sentence) -> impl Iterator<Item = &'a Figure> {
    let figures = &reader.figures[sentence.from.min(reader.figures.len())..];
    figures
        .iter()
        .rev()
        .filter(|f| f.indicator.is_some() && f.year.is_none() && f.unit != "%")
}

/// What the last count may be followed by parts of: its own key and that of its whole.
pub(super) fn of_last<'a>(reader: &'a Reader, sentence: &Sentence) -> Vec<&'a str> {
    if let Some(whole) = disputes::divided(reader, sentence) {
        return vec![whole];
    }
    let Some(last) = counted(reader, sentence).next() else {
        return Vec::new();
    };
    let key = last.indicator.as_deref().unwrap_or_default();
    let indicator = reader
        .lexicon
        .place(key)
        .map(|i| reader.lexicon.indicator(i));
    let whole = indicator.and_then(|i| i.parent.as_deref());
    // 答复12件，其中主动公开4件: what was answered divides as what was closed does.
    let answered = key == "requests.answered.total";
    let closed = answered.then_some("requests.closed.total");
    std::iter::once(key).chain(whole).chain(closed).collect()
}

/// 其他3件 behind 网站20件、微博5件: the rest of the family that is being listed.
pub(super) fn rest(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    right: &Range<usize>,
) -> Option<usize> {
    let label = strip_filler(&sentence.text[trim_filler(sentence.text, left)]);
    let is_rest = reader
        .grammar
        .naming
        .rest
        .words()
        .iter()
        .any(|w| w == label);
    // 其余2件因内容不明确…: the words behind say what.
    let behind = &sentence.text[right.clone()];
    if !is_rest || has_content(behind) && !behind.starts_with('(') {
        return None;
    }
    let figures = &reader.figures[sentence.from.min(reader.figures.len())..];
    let last = figures.iter().rev().find(|f| f.unit != "%")?;
    if !compatible(&last.unit, &quantity.unit) {
        return None;
    }
    let mut family = last.indicator.as_deref()?;
    while let Some((above, _)) = family.rsplit_once('.') {
        family = above;
        if let Some(place) = reader.lexicon.place(&format!("{family}.other")) {
            return Some(place);
        }
    }
    None
}

/// 合计15人 behind 专职3人、兼职12人: their whole, if the numbers say so too.
pub(super) fn total(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    name: &Name,
) -> Option<usize> {
    let said = &sentence.text[left.clone()];
    let bare = strip_filler(said).is_empty() && !said.trim().is_empty();
    if name.indicator.is_some() || !bare || !super::names_whole(said) {
        return None;
    }
    let key = |f: &Figure| reader.lexicon.place(f.indicator.as_deref()?);
    // 自然人8件,法人2件,共10件: all who applied.
    let of_applicants: Vec<(usize, Decimal)> = counted(reader, sentence)
        .take_while(|f| compatible(&f.unit, &quantity.unit) && f.applicant.is_some())
        .map_while(|f| Some((key(f)?, f.value?)))
        .take(12)
        .collect();
    if let [(first, _), rest @ ..] = of_applicants.as_slice()
        && !rest.is_empty()
        && rest.iter().all(|(place, _)| place == first)
        && of_applicants.iter().map(|(_, v)| *v).sum::<Decimal>() == quantity.value
    {
        return Some(*first);
    }
    let parts: Vec<(usize, Decimal)> = counted(reader, sentence)
        .take_while(|f| compatible(&f.unit, &quantity.unit) && f.applicant.is_none())
        .map_while(|f| Some((key(f)?, f.value?)))
        .take(12)
        .collect();
    // 信函2件,网络3件,共5件: all that came in, whichever way.
    let parent = |place: &usize| reader.lexicon.indicator(*place).parent.as_deref();
    if let Some((first, _)) = parts.first()
        && let Some(whole) = parent(first)
        && whole == "requests.received.new"
    {
        let ways = parts
            .iter()
            .take_while(|(place, _)| parent(place) == Some(whole));
        let ways: Vec<Decimal> = ways.map(|(_, value)| *value).collect();
        // 共收到网络申请150件、信函申请60件、现场申请21件,共计231件: all of them, whatever they
        // come to, where nothing else has been counted.
        let listed = || {
            let counted = reader.figures[sentence.from..].iter().rev();
            let same = counted.take_while(|f| compatible(&f.unit, &quantity.unit));
            ways.len() >= 3
                && same.count() == ways.len()
                && ways.iter().all(|v| *v < quantity.value)
        };
        if ways.len() >= 2 && ways.iter().copied().sum::<Decimal>() == quantity.value || listed() {
            return reader.lexicon.place(whole);
        }
    }
    // 县直部门收到30件，各乡镇收到10件，共计40件: the same of all of them.
    if let [(first, _), rest @ ..] = parts.as_slice()
        && !rest.is_empty()
        && parts.iter().all(|(place, _)| place == first)
        && parts.iter().map(|(_, v)| *v).sum::<Decimal>() == quantity.value
    {
        return Some(*first);
    }
    let wholes = reader.lexicon.indicators().iter().enumerate();
    let sums = wholes.filter(|(_, whole)| !whole.sum.is_empty());
    sums.filter_map(|(place, whole)| {
        let is_part = |part: &usize| whole.sum.contains(&reader.lexicon.indicator(*part).key);
        let parts: Vec<Decimal> = parts
            .iter()
            .take_while(|(part, _)| is_part(part))
            .map(|(_, value)| *value)
            .collect();
        let sum: Decimal = parts.iter().copied().sum();
        (parts.len() >= 2 && sum == quantity.value).then_some(place)
    })
    .next()
}
