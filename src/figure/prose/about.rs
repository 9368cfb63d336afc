//! What of a larger number is about disclosure: 办理行政复议56件，其中涉及信息公开3件 counts
//! three reviews, not fifty-six.

use std::ops::Range;

use rust_decimal::Decimal;

use super::label::Name;
use super::whole::end_in;
use super::{Reader, Sentence};
use crate::figure::{Claim, Figure};
use crate::text::fold::fold;

/// What may be counted of all matters, and of those about disclosure.
const KEYS: [&str; 7] = [
    "review.total",
    "litigation.total",
    "disputes.total",
    "complaints.total",
    "appeal.total",
    "consult.total",
    NEW,
];
const NEW: &str = "requests.received.new";

/// Words for disclosure.
const DISCLOSURE: [&str; 4] = ["信息公开", "政务公开", "政府信息", "依申请公开"];

/// What says that it was the cause of a case.
const CAUSED: [&str; 2] = ["引发", "引起"];

/// Gives `name`, that of a number `value` with its clause `words`, what the number before it
/// was called, where that one counts all matters and this one those about disclosure.
pub(super) fn take_over(
    reader: &mut Reader,
    sentence: &Sentence,
    name: &mut Name,
    value: Decimal,
    words: Range<usize>,
) {
    if reader.figures.len() == sentence.from || name.applicant.is_some() {
        return;
    }
    let said = &sentence.text[words];
    if !DISCLOSURE.iter().any(|w| said.contains(w)) {
        return;
    }
    let so_far = &sentence.text[..name.zone.start];
    let indicator = name.indicator.map(|i| reader.lexicon.indicator(i));
    // 参加诉讼82件，因信息公开引发的6件: those of the same kind, whose cause it was.
    let caused = CAUSED.iter().any(|w| said.contains(w));
    let divides = ["其中", "涉及", "属于", "(", "信息公开类"].iter().any(|w| {
        let last = so_far.rfind(['。', ';']).unwrap_or(0);
        so_far[last..].contains(w) || said.contains(w)
    });
    if !divides && !caused {
        return;
    }
    let part_of = |figure: &Figure| {
        let key = figure.indicator.as_deref()?;
        let place = reader.lexicon.place(key)?;
        let group = reader.lexicon.indicator(place).group.as_str();
        let fits = match indicator {
            None => key != NEW,
            Some(named) if key != NEW && !divides => named.key == key,
            Some(named) if key != NEW => named.group == group,
            Some(named) => key == NEW && named.key == key && said.contains("公开申请"),
        };
        let more = figure.value.is_some_and(|v| v > value);
        (KEYS.contains(&key)
            && fits
            && more
            && figure.scope.is_none()
            && figure.applicant.is_none())
        .then_some(place)
    };
    let from = sentence.from;
    let whole = (from..reader.figures.len())
        .rev()
        .find_map(|i| Some((i, part_of(&reader.figures[i])?)));
    let Some((at, place)) = whole else {
        return;
    };
    // The words before the whole say that it is about disclosure itself.
    let figure = &reader.figures[at];
    let start = sentence.range.start;
    let before = match end_in(sentence, figure) {
        Some(end) => &sentence.text[start..end.max(start)],
        None if !sentence.text[start..]
            .trim_start_matches([',', ' '])
            .starts_with("其中") =>
        {
            return;
        }
        None => {
            let earlier = sentence.text[..start].trim_end_matches('。');
            earlier.rsplit('。').next().unwrap_or(earlier)
        }
    };
    let ours = |said: &str| DISCLOSURE.iter().any(|w| said.contains(w));
    if ours(own_words(before, ours)) || before.contains("申请公开") {
        return;
    }
    let group = reader.lexicon.indicator(place).group.as_str();
    for figure in &mut reader.figures[from..] {
        // 其中涉及信息公开2件: told from the others before.
        let words = reader.report.text.get(figure.range.clone());
        if words.is_some_and(|w| ours(&fold(w))) {
            continue;
        }
        let key = figure.indicator.as_deref();
        let key = key.and_then(|k| reader.lexicon.place(k));
        let same = key.is_some_and(|k| reader.lexicon.indicator(k).group == group);
        if same && (group == "disputes" || key == Some(place)) {
            figure.indicator = None;
        }
    }
    if name.indicator.is_none() {
        name.indicator = Some(place);
        name.gap = 0;
    }
}

/// Takes their names from results one of which is more than the disputes about disclosure before
/// them: 办理复议50件，其中涉及信息公开5件，维持30件，撤销15件 tells how all fifty ended. `first`
/// is the first figure of the sentence, `claims` what it claims.
pub(super) fn give_back(reader: &mut Reader, first: usize, claims: &mut Vec<Claim>) {
    let figures = &reader.figures;
    let key = |i: usize| figures[i].indicator.as_deref().unwrap_or_default();
    let ours = |i: usize| {
        let all = (first..i).any(|b| {
            let unnamed = figures[b].indicator.is_none() && figures[b].unit == figures[i].unit;
            unnamed && figures[b].value > figures[i].value
        });
        matches!(key(i), "review.total" | "litigation.total") && all
    };
    let Some(at) = (first..figures.len()).find(|i| ours(*i)) else {
        return;
    };
    let kind = key(at).trim_end_matches("total");
    let is_result = |i: &usize| key(*i).starts_with(kind) && !key(*i).ends_with(".total");
    let results: Vec<usize> = (at + 1..figures.len()).filter(is_result).collect();
    let more = |i: &usize| figures[*i].value > figures[at].value;
    if results.iter().any(more) {
        let parts = |c: &Claim| matches!(c, Claim::Sum { whole, parts, .. } if *whole == at && parts.iter().any(|p| results.contains(p)));
        claims.retain(|c| !parts(c));
        for i in results {
            reader.figures[i].indicator = None;
        }
    }
}

/// 受理的行政复议案件中涉及信息公开的15件: what those are that the words before the number tell
/// from other cases.
pub(super) fn of_cases(reader: &Reader, sentence: &Sentence, name: &mut Name) {
    let text = sentence.text;
    let zone = &text[name.zone.clone()];
    let opens = ["涉及", "属于", "有关", "关于", "因"];
    let ours = DISCLOSURE.iter().any(|w| zone.contains(w));
    if name.indicator.is_some() || !ours || !opens.iter().any(|w| zone.starts_with(w)) {
        return;
    }
    let so_far = text[sentence.range.start..name.zone.start].trim_end_matches(',');
    let Some(frame) = so_far.strip_suffix("件中").or(so_far.strip_suffix("案中")) else {
        return;
    };
    let clause = frame.rsplit([',', ';', ':']).next().unwrap_or(frame);
    let key = match (clause.contains("复议"), clause.contains("诉讼")) {
        (true, false) => "review.total",
        (false, true) => "litigation.total",
        _ => return,
    };
    name.indicator = reader.lexicon.place(key);
    name.gap = 0;
}

/// Whether words behind a number, which ends at byte `end`, say that none of it is about
/// disclosure: 行政应诉12件，均与政府信息公开无关.
pub(super) fn is_of_others(reader: &Reader, sentence: &Sentence, name: &Name, end: usize) -> bool {
    let Some(indicator) = name.indicator.map(|i| reader.lexicon.indicator(i)) else {
        return false;
    };
    let text = sentence.text;
    let clause = text[end..sentence.range.end].trim_start_matches([',', ';', ' ']);
    let clause = clause.split([',', ';']).next().unwrap_or(clause);
    let none = ["无涉及", "没有涉及", "未涉及", "不涉及", "均非", "均不是"];
    let ours = |said: &str| DISCLOSURE.iter().any(|w| said.contains(w));
    indicator.group == "disputes"
        && ours(clause)
        && (clause.ends_with("无关") || none.iter().any(|w| clause.contains(w)))
        && !ours(&text[sentence.range.start..end])
}

/// What says of a whole what it counts: 复议12件，其中涉及信息公开2件；诉讼8件 counts all lawsuits,
/// for the words before told ours from the others.
fn own_words(before: &str, ours: impl Fn(&str) -> bool) -> &str {
    let Some(at) = before.rfind("其中") else {
        return before;
    };
    match before[at..].find([',', ';']) {
        Some(end) if ours(&before[at..at + end]) => &before[at + end..],
        _ => before,
    }
}
