//! Names that stand neither right before a number nor right behind it: two units of what is
//! named once, what goes over into the next year.

use std::ops::Range;

use super::super::zone::{left_zone, strip_filler};
use super::super::{Reader, Sentence, zero};
use super::chars;
use crate::figure::catalogue::Indicator;
use crate::figure::label::{Label, Place};
use crate::figure::quantity::Quantity;

/// 培训2期、310人次, 收取处理费1件120元: two units of what is named once.
pub(super) fn beside(
    sentence: &Sentence,
    quantity: &Quantity,
    context: &impl Fn(&Indicator, Place) -> bool,
) -> Option<(Label, usize)> {
    let text = sentence.text;
    let earlier = |q: &&Quantity| q.range.end <= quantity.range.start;
    let mut before = sentence.quantities.iter().rev().filter(earlier);
    let last = before.next()?;
    let between = strip_filler(&text[last.range.end..quantity.range.start]);
    let same = last.unit == quantity.unit || last.unit == "%" || quantity.unit.is_empty();
    if !between.is_empty() || same {
        return None;
    }
    let from = before.next().map_or(sentence.range.start, |q| q.range.end);
    let left = left_zone(text, from, last.range.start);
    let after = |i: &Indicator, place: Place| place == Place::After && context(i, place);
    let labels = sentence.words.labels(&left, &quantity.unit, after);
    let near = labels
        .into_iter()
        .map(|l| (chars(text, l.range.end..left.end), l))
        .filter(|(gap, _)| *gap <= 3);
    near.max_by_key(|(_, l)| l.weight).map(|(_, l)| (l, 0))
}

/// 另有3件正在征求意见，结转下一年度办理: the last number of a sentence about requests.
pub(super) fn carried_over(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    right: &Range<usize>,
) -> Option<(Label, usize)> {
    let last = sentence.quantities.last()?;
    if last.range.end > right.start || !sentence.speaks_of("requests") {
        return None;
    }
    let end = sentence.text[right.start..sentence.range.end]
        .char_indices()
        .nth(40)
        .map_or(sentence.range.end, |(i, _)| right.start + i);
    // 三件都已办完，无结转下年: there were none.
    if zero::may_say_none(&sentence.text[right.start..end]) {
        return None;
    }
    let labels = sentence
        .words
        .labels(&(right.start..end), &quantity.unit, |_, _| false);
    let label = labels
        .into_iter()
        .find(|l| reader.lexicon.indicator(l.indicator).key == "requests.carried_out")?;
    Some((label, 0))
}
