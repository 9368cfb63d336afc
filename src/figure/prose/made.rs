//! Documents newly made among others: 规章13件(含新制定5件，修改4件) were not all issued.

use super::Sentence;
use crate::figure::Figure;

/// Takes its name from what the new documents named `key` by words `said` are listed as a
/// part of; `figures` are those of the paragraph so far.
pub(super) fn unname_whole(
    sentence: &Sentence,
    figures: &mut [Figure],
    key: &str,
    said: &str,
    value: rust_decimal::Decimal,
) {
    if !key.ends_with(".issued") || !said.contains('新') {
        return;
    }
    let whole = figures.iter_mut().rev().find(|f| {
        let same = f.indicator.as_deref() == Some(key) && f.range.start >= sentence.source;
        same && f.value.is_some_and(|v| v > value)
    });
    if let Some(whole) = whole {
        whole.indicator = None;
    }
}
