//! Words that make a number only a part of what its name says, or no longer that: requests
//! still open, answered within so many days, passed on by others; cases opened and not
//! decided; prices, and money that was not taken.

use super::label::Name;
use super::{Reader, Sentence};
use crate::figure::quantity::Quantity;

/// Whether a number named `key` is of another stage, or a part.
pub(super) fn is_of_other_stage(
    reader: &Reader,
    sentence: &Sentence,
    name: &Name,
    quantity: &Quantity,
    key: &str,
) -> bool {
    let stages = &reader.grammar.stages;
    let start = name.zone.start.min(quantity.range.start);
    let zone = &sentence.text[start..quantity.range.start];
    match key {
        "requests.closed.total" | "requests.answered.total" => {
            let behind = &sentence.text[quantity.range.end..sentence.range.end];
            let clause = behind.split([';', '。']).next().unwrap_or(behind);
            let all = || stages.all.is_in(zone);
            // 其余369件均已答复: some of them.
            stages.others.ending(zone).is_some()
                || stages.open.is_in(zone)
                || stages.open_behind.beginning(after_noun(clause)).is_some()
                || stages.some_answers.is_in(zone) && !all()
        }
        // 仍在办理的申请1件，剩余2件将在次年答复: some of those that go on.
        "requests.carried_out" => {
            let behind = &sentence.text[quantity.range.end..sentence.range.end];
            stages.left.is_in(behind)
        }
        "requests.received.new" => stages.passed_on.is_in(zone) && name.applicant.is_none(),
        "litigation.total" | "review.total" => stages.instances.is_in(zone),
        "fees.waived" => false,
        _ if key.starts_with("actions.") => stages.opened.is_in(zone),
        _ if key.starts_with("fees.") => stages.not_taken.is_in(zone),
        _ if key.starts_with("requests.outcome.") => names_several(sentence, name, quantity),
        _ => false,
    }
}

/// What stands behind the noun that is counted: 1件申请将在…
fn after_noun(behind: &str) -> &str {
    let rest = behind.trim_start_matches(',').trim_start_matches("申请");
    rest.trim_start_matches(',')
}

/// 其余88件为无法提供、不予处理或其他处理: results together, of which none is named by it.
fn names_several(sentence: &Sentence, name: &Name, quantity: &Quantity) -> bool {
    if name.label.start < quantity.range.end {
        return false;
    }
    let rest = &sentence.text[name.label.end.min(sentence.range.end)..sentence.range.end];
    let clause = rest.split([',', ';']).next().unwrap_or(rest);
    let result = ["提供", "处理", "公开"].iter().any(|w| clause.contains(w));
    let other = clause.contains(|c: char| c.is_ascii_digit());
    clause.starts_with(['、', '或']) && clause.contains('或') && result && !other
}
