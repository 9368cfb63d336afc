//! Numbers that count only some of what the words around them name, or another thing of the
//! same name: 涉及企业的4件申请全部办结, 不予公开40条 among what was disclosed.

use super::label::Name;
use super::{Reader, Sentence};
use crate::figure::quantity::Quantity;

/// What tells which of them a number counts.
const ABOUT: [&str; 5] = ["涉及", "关于", "有关", "针对", "来自"];

/// Whether `name` is that of a whole of which `quantity` counts a few, or of requests where
/// it counts information.
pub(super) fn is_some_of(
    reader: &Reader,
    sentence: &Sentence,
    name: &Name,
    quantity: &Quantity,
) -> bool {
    let Some(indicator) = name.indicator.map(|i| reader.lexicon.indicator(i)) else {
        return false;
    };
    let before = &sentence.text[name.zone.clone()];
    // 涉及企业的4件申请: the words behind name all requests.
    let behind = name.label.end > quantity.range.end;
    let whole = indicator.parent.is_none() && matches!(&*indicator.group, "requests" | "outcome");
    let some = before
        .strip_suffix('的')
        .is_some_and(|b| ABOUT.iter().any(|w| b.contains(w)));
    if behind && whole && some {
        return true;
    }
    // 主动公开3000条，不予公开40条: information, and no requests.
    let so_far = &sentence.text[sentence.range.start..quantity.range.start];
    let about_requests = || {
        let said = so_far.replace("依申请公开", "");
        said.contains("申请") || said.contains("答复")
    };
    let listed = sentence.topics.last() == Some(&"disclosure");
    let key = indicator.key.as_str();
    let closed =
        key.starts_with("requests.outcome.granted") || key.starts_with("requests.outcome.denied");
    closed && listed && quantity.unit == "条" && !about_requests()
}
