//! The labels that may name a number, before it, behind it or around it, and which of them
//! fits best.

mod before;
mod disclosed;
mod elsewhere;

use std::cell::LazyCell;
use std::ops::Range;

use super::together::{joined, together};
use super::zone::{has_content, strip_filler};
use super::{Reader, Sentence, family, opened};
use crate::figure::catalogue::Indicator;
use crate::figure::label::{Label, Place};
use crate::figure::quantity::Quantity;
use before::before_number;
use elsewhere::{beside, carried_over};

/// Most characters between visits and the website that was visited.
const ABOUT: usize = 20;

/// A label that may name a number: how well it fits, and how far it is.
pub(super) struct Candidate {
    pub score: i64,
    pub label: Label,
    pub gap: usize,
    /// Where the nearest word stands that makes a short label understood.
    about: Option<usize>,
}

impl Candidate {
    fn new(score: i64, label: Label, gap: usize) -> Self {
        Self {
            score,
            label,
            gap,
            about: None,
        }
    }
}

/// The label that fits best, with its distance in characters.
pub(super) fn best(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    right: &Range<usize>,
) -> Option<(Label, usize)> {
    let text = sentence.text;
    let so_far = &text[sentence.range.start..left.start.max(sentence.range.start)];
    let family = LazyCell::new(|| family::of_last(reader, sentence));
    let is_part = |i: &Indicator| i.parent.as_deref().is_some_and(|p| family.contains(&p));
    // Looking from the front is far quicker, and most words are not there.
    let about = |i: &Indicator| {
        let said = i.about.iter().filter(|w| so_far.contains(w.as_str()));
        said.filter_map(|w| so_far.rfind(w.as_str())).max()
    };
    let near = |at: usize| chars(so_far, at..so_far.len()) <= ABOUT;
    let context = |i: &Indicator, place: Place| match place {
        Place::Any => true,
        Place::Topic => {
            sentence.is_about(i, so_far)
                || quantity.unit == "条"
                    && i.key == "disclosure.total"
                    && disclosed::is_told_plainly(sentence, left)
        }
        Place::Part => is_part(i),
        Place::After => about(i).is_some_and(|at| i.group != "access" || near(at)),
        Place::None => false,
    };
    let mut found = gather(reader, sentence, quantity, left, right, &context);
    leave_out_joined(reader, sentence, left, &mut found);
    let forbids = sentence.words.forbids(left);
    found.retain(|c| c.label.range.start < quantity.range.end || !forbids(&c.label));
    let key = |c: &Candidate| reader.lexicon.indicator(c.label.indicator).key.as_str();
    if found.iter().all(|c| key(c) == "disclosure.total")
        && let Some(channel) = opened::channel(reader, sentence, quantity, left)
    {
        return Some((channel, 0));
    }
    if found.is_empty() {
        return beside(sentence, quantity, &context)
            .or_else(|| carried_over(reader, sentence, quantity, right));
    }
    for candidate in &mut found {
        let indicator = reader.lexicon.indicator(candidate.label.indicator);
        if sentence.topics.last() == Some(&indicator.group.as_str()) {
            candidate.score += 5;
        }
        candidate.about = candidate.label.short.then(|| about(indicator)).flatten();
        candidate.score += i64::from(candidate.about.is_some()) * 3;
        candidate.score += i64::from(is_part(indicator)) * 2;
    }
    if let Some(whole) = together(reader, sentence, &found, left) {
        return whole;
    }
    let best = found
        .iter()
        .max_by_key(|c| (c.score, c.about, std::cmp::Reverse(c.label.indicator)))?;
    let part = part_of(reader, text, best, &found);
    Some(part.unwrap_or_else(|| (best.label.clone(), best.gap)))
}

/// All labels that may name `quantity`, where they stand in its clause.
fn gather(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    right: &Range<usize>,
    context: &impl Fn(&Indicator, Place) -> bool,
) -> Vec<Candidate> {
    let text = sentence.text;
    let mut found = before_number(reader, sentence, quantity, left, context);
    // 网站发布了72条解读信息: what stands behind the number counts for what is before it too.
    let behind = right.start
        ..text[right.clone()]
            .find(['"', '(', '、'])
            .map_or(right.end, |at| right.start + at);
    let forbids = sentence.words.forbids(&behind);
    found.retain(|c| !forbids(&c.label));
    // 其中2件公开，1件不予公开: the number comes first.
    let own = text[left.clone()]
        .rfind([',', ';'])
        .map_or(left.start, |at| left.start + at + 1);
    let number_first = !has_content(&text[left.clone()]) || text[own..left.end].trim() == "其中";
    let adjacent = found.iter().any(|c| c.gap <= 3 && !c.label.short);
    if (!adjacent || number_first) && !right.is_empty() {
        let behind = behind_number(reader, sentence, quantity, right, context, number_first);
        found.extend(behind);
        let clause = left.start..right.end;
        found.extend(around_number(reader, sentence, quantity, &clause, context));
    }
    found
}

/// Leaves out what is joined to another of its kind before the number, which is neither of the
/// two: 复制费、邮寄费共312元; 行政处罚、行政强制处理决定14宗.
fn leave_out_joined(
    reader: &Reader,
    sentence: &Sentence,
    left: &Range<usize>,
    found: &mut Vec<Candidate>,
) {
    let is_cost = |i: &Indicator| i.key.starts_with("costs.");
    let money_or_result = |i: usize| {
        let indicator = reader.lexicon.indicator(i);
        matches!(&*indicator.group, "fees" | "outcome" | "actions") || is_cost(indicator)
    };
    if found.iter().any(|c| money_or_result(c.label.indicator)) {
        for (one, other) in joined(reader, sentence, left, money_or_result) {
            found.retain(|c| ![one.indicator, other.indicator].contains(&c.label.indicator));
        }
    }
    // 专项经费、实际支出及与诉讼有关的费用0元: nor of three.
    found.retain(|c| {
        let indicator = reader.lexicon.indicator(c.label.indicator);
        let before = sentence.text.get(left.start..c.label.range.start);
        let before = before.unwrap_or_default();
        let joined = before.ends_with(['、', '和', '及', '与']) && has_content(before);
        !(joined && (indicator.group == "actions" || is_cost(indicator)))
    });
}

/// 因涉及商业秘密不予公开1件, 从事信息公开工作的全职人员1人: a part says more than its whole `best`.
fn part_of(
    reader: &Reader,
    text: &str,
    best: &Candidate,
    found: &[Candidate],
) -> Option<(Label, usize)> {
    let key = &reader.lexicon.indicator(best.label.indicator).key;
    let whole = &best.label.range;
    let belongs = |c: &&Candidate| {
        let said = &c.label.range;
        let inside = whole.start <= said.start && said.end <= whole.end;
        // 不掌握等原因无法提供3件: among other causes.
        let cause = || {
            let between = text.get(said.end..whole.start);
            let among_others = between.is_some_and(|said| said.contains(['等', '、']));
            key == "requests.outcome.denied"
                || key == "requests.outcome.unavailable" && !among_others
        };
        inside || c.gap <= best.gap || cause()
    };
    let part = found
        .iter()
        .filter(|c| !c.label.short)
        .filter(belongs)
        .filter(|c| is_below(reader, c.label.indicator, key))
        .filter(|c| c.label.weight == chars(text, c.label.range.clone()))
        .max_by_key(|c| c.score)?;
    let said = &part.label.range;
    let label = Label {
        range: said.start.min(whole.start)..said.end.max(whole.end),
        ..part.label.clone()
    };
    Some((label, best.gap.min(part.gap)))
}

/// Whether an indicator is a part, or a part of a part, of the one named `key`.
pub(super) fn is_below(reader: &Reader, indicator: usize, key: &str) -> bool {
    let mut above = reader.lexicon.indicator(indicator).parent.as_deref();
    for _ in 0..4 {
        match above {
            Some(parent) if parent == key => return true,
            Some(parent) => {
                let parent = reader.lexicon.place(parent);
                above = parent.and_then(|p| reader.lexicon.indicator(p).parent.as_deref());
            }
            None => return false,
        }
    }
    false
}

pub(super) fn chars(text: &str, range: Range<usize>) -> usize {
    text.get(range).map_or(0, |s| s.chars().count())
}

/// The labels in `zone` that may name `quantity`: where requests were counted as 项, what
/// became of them is counted so too.
fn labels(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    zone: &Range<usize>,
    context: &impl Fn(&Indicator, Place) -> bool,
) -> Vec<Label> {
    let mut labels = sentence.words.labels(zone, &quantity.unit, context);
    if sentence.counts_requests(reader, &quantity.unit) {
        let mut more = sentence.words.labels(zone, "件", context);
        more.retain(|l| {
            let group = reader.lexicon.indicator(l.indicator).group.as_str();
            matches!(group, "requests" | "outcome")
        });
        labels.extend(more);
    }
    labels
}

/// 9名工作人员, 2件办理结果为不予公开
fn behind_number(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    right: &Range<usize>,
    context: &impl Fn(&Indicator, Place) -> bool,
    number_first: bool,
) -> Vec<Candidate> {
    let people = matches!(quantity.unit.as_str(), "人" | "名" | "位" | "人次");
    let cases = matches!(quantity.unit.as_str(), "起" | "件" | "宗" | "例" | "封");
    let reach = match quantity.unit.as_str() {
        _ if number_first && (cases || sentence.counts_requests(reader, &quantity.unit)) => 24,
        _ if people || cases => 12,
        "次" | "场" | "期" | "条" | "份" if number_first => 12,
        "个" | "处" | "家" => 10,
        "" => 10,
        _ => 2,
    };
    let disputes = sentence.topics.last() == Some(&"disputes");
    let mut found = Vec::new();
    for label in labels(reader, sentence, quantity, right, context) {
        let gap = chars(sentence.text, right.start..label.range.start);
        let group = reader.lexicon.indicator(label.indicator).group.as_str();
        let near = gap <= 3
            || people
            || quantity.unit.is_empty()
            || matches!(group, "disputes" | "staff")
            || number_first;
        let verdict = disputes && group == "outcome";
        // 政协提案42件全部公开 says nothing of requests.
        let before = || {
            let said = &sentence.text[sentence.range.start..right.start];
            !said.contains("申请") && reader.grammar.naming.proposals.is_in(said)
        };
        if group == "outcome" && before() {
            continue;
        }
        // 2件办理结果为…: a short label must be all there is.
        let rest = &sentence.text[label.range.end..right.end];
        let alone = || number_first && gap <= 2 && strip_filler(rest).chars().count() <= 1;
        if gap <= reach && near && !verdict && (!label.short || alone()) {
            let score = label.weight as i64 * 4 - 4 - gap as i64 / if number_first { 4 } else { 1 };
            let gap = if number_first { 0 } else { gap };
            found.push(Candidate::new(score, label, gap));
        }
    }
    found
}

/// 配备9名专职人员
fn around_number(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    clause: &Range<usize>,
    context: &impl Fn(&Indicator, Place) -> bool,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    for label in labels(reader, sentence, quantity, clause, context) {
        let spans =
            label.range.start < quantity.range.start && label.range.end > quantity.range.end;
        let gap = chars(sentence.text, quantity.range.end..label.range.end);
        if spans && gap <= 14 && !label.short {
            let score = label.weight as i64 * 4 - 3 - gap as i64 / 2;
            found.push(Candidate::new(score, label, 0));
        }
    }
    found
}
