//! Names that a quantity has from what was counted just before: the rest of a list (其他3件),
//! the total of its parts (合计15人).

use std::ops::Range;

use rust_decimal::Decimal;

use super::label::Name;
use super::zone::{strip_filler, trim_filler};
use super::{Reader, Sentence};
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
    let Some(last) = counted(reader, sentence).next() else {
        return Vec::new();
    };
    let key = last.indicator.as_deref().unwrap_or_default();
    let indicator = reader.lexicon.place(key).map(|i| reader.lexicon.indicator(i));
    let whole = indicator.and_then(|i| i.parent.as_deref());
    std::iter::once(key).chain(whole).collect()
}

/// 其他3件 behind 网站20件、微博5件: the rest of the family that is being listed.
pub(super) fn rest(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
) -> Option<usize> {
    let label = strip_filler(&sentence.text[trim_filler(sentence.text, left)]);
    let naming = &reader.grammar.naming;
    let word = naming.rest.beginning(label)?;
    let what = strip_filler(&label[word.len()..]);
    if !what.is_empty() && !naming.rest_of.words().iter().any(|w| w == what) {
        return None;
    }
    let last = counted(reader, sentence).next()?;
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
    let parts: Vec<(usize, Decimal)> = counted(reader, sentence)
        .take_while(|f| compatible(&f.unit, &quantity.unit) && f.applicant.is_none())
        .map_while(|f| Some((key(f)?, f.value?)))
        .take(12)
        .collect();
    let indicators = || reader.lexicon.indicators().iter().enumerate();
    (2..=parts.len()).find_map(|n| {
        let parts = &parts[..n];
        if parts.iter().map(|(_, v)| *v).sum::<Decimal>() != quantity.value {
            return None;
        }
        let is_part = |whole: &crate::figure::catalogue::Indicator, part: usize| {
            let part = reader.lexicon.indicator(part);
            part.parent.as_deref() == Some(&whole.key) || whole.sum.contains(&part.key)
        };
        indicators()
            .find(|(_, whole)| parts.iter().all(|(part, _)| is_part(whole, *part)))
            .map(|(place, _)| place)
    })
}
