//! What of a larger number is about disclosure: 办理行政复议56件，其中涉及信息公开3件 counts
//! three reviews, not fifty-six.

use super::label::Name;
use super::{Reader, Sentence, depth};
use crate::figure::quantity::Quantity;

/// What may be counted of all matters, and of those about disclosure.
const KEYS: [&str; 7] = [
    "review.total",
    "litigation.total",
    "disputes.total",
    "complaints.total",
    "appeal.total",
    "consult.total",
    "requests.received.new",
];

/// Words for disclosure.
const DISCLOSURE: [&str; 2] = ["信息公开", "政务公开"];

/// Gives `name` what the number before it was called, where that one counts all matters and
/// this one those of them that are about disclosure.
pub(super) fn take_over(
    reader: &mut Reader,
    sentence: &Sentence,
    name: &mut Name,
    quantity: &Quantity,
) {
    let text = sentence.text;
    let zone = &text[name.zone.start.min(quantity.range.start)..quantity.range.start];
    if !DISCLOSURE.iter().any(|w| zone.contains(w)) {
        return;
    }
    let start = sentence.block.folded.source(sentence.range.clone()).start;
    let Some(whole) = reader.figures.last() else {
        return;
    };
    let Some(place) = whole.indicator.as_deref().and_then(|k| {
        let known = KEYS.contains(&k).then_some(k)?;
        reader.lexicon.place(known)
    }) else {
        return;
    };
    let so_far = &text[sentence.range.start..quantity.range.start];
    let Some(at) = so_far.rfind(['(']).max(so_far.rfind("其中")) else {
        return;
    };
    let inside = so_far[at..].starts_with("其中")
        || depth(text, sentence.range.start, quantity.range.start) > 0;
    let of_all = !DISCLOSURE.iter().any(|w| so_far[..at].contains(w));
    if whole.range.start >= start
        && whole.applicant.is_none()
        && whole.unit == quantity.unit
        && whole.value.is_some_and(|v| v > quantity.value)
        && inside
        && of_all
        && name.indicator.is_none_or(|i| i == place)
    {
        name.indicator = Some(place);
        name.gap = 0;
        if let Some(whole) = reader.figures.last_mut() {
            whole.indicator = None;
        }
    }
}
