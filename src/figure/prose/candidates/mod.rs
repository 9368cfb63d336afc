//! The labels that may name a number, before it, behind it or around it, and which of them
//! fits best.

mod disclosed;
mod elsewhere;

use std::cell::LazyCell;
use std::ops::Range;

use super::together::{joined, together};
use super::zone::{has_content, strip_filler};
use super::{Reader, Sentence, family, opened, several};
use crate::figure::catalogue::Indicator;
use crate::figure::label::{Label, Place};
use crate::figure::quantity::Quantity;
use crate::text::fold::is_han;
use elsewhere::{beside, carried_over};

/// Most characters between a label and the number behind it.
const REACH: usize = 16;
/// Most characters between visits and the website that was visited.
const ABOUT: usize = 20;
/// How words end that say what is divided.
const WHOLE: [&str; 5] = ["申请中", "信息中", "案件中", "件中", "条中"];

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
    let about = |i: &Indicator| {
        i.about
            .iter()
            .filter(|w| so_far.contains(w.as_str()))
            .filter_map(|w| so_far.rfind(w.as_str()))
            .max()
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
    let mut found = before_number(reader, sentence, quantity, left, &context);
    let clause = left.start..right.end;
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
        found.extend(behind_number(
            reader,
            sentence,
            quantity,
            right,
            &context,
            number_first,
        ));
        found.extend(around_number(reader, sentence, quantity, &clause, &context));
    }
    // 复制费、邮寄费共312元 is neither of the two.
    let money_or_result = |i: usize| {
        let group = reader.lexicon.indicator(i).group.as_str();
        let key = reader.lexicon.indicator(i).key.as_str();
        matches!(group, "fees" | "outcome" | "actions") || key.starts_with("costs.")
    };
    if found.iter().any(|c| money_or_result(c.label.indicator)) {
        for (one, other) in joined(reader, sentence, left, money_or_result) {
            found.retain(|c| ![one.indicator, other.indicator].contains(&c.label.indicator));
        }
    }
    // 行政处罚、行政强制处理决定14宗 is neither of the two.
    found.retain(|c| {
        let group = reader.lexicon.indicator(c.label.indicator).group.as_str();
        let before = text
            .get(left.start..c.label.range.start)
            .unwrap_or_default();
        // 专项经费、实际支出及与诉讼有关的费用0元: nor of the three.
        let key = reader.lexicon.indicator(c.label.indicator).key.as_str();
        let joined = before.ends_with(['、', '和', '及', '与']);
        !(group == "actions" || key.starts_with("costs.")) || !joined || !has_content(before)
    });
    let forbids = sentence.words.forbids(left);
    found.retain(|c| c.label.range.start < quantity.range.end || !forbids(&c.label));
    let is_total = |c: &Candidate| {
        let key = reader.lexicon.indicator(c.label.indicator).key.as_str();
        key == "disclosure.total"
    };
    if found.iter().all(is_total)
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
    // 因涉及商业秘密不予公开1件, 从事信息公开工作的全职人员1人: a part says more than its whole.
    let key = &reader.lexicon.indicator(best.label.indicator).key;
    let part = found
        .iter()
        .filter(|c| !c.label.short)
        .filter(|c| {
            let inside = best.label.range.start <= c.label.range.start
                && c.label.range.end <= best.label.range.end;
            // 不掌握等原因无法提供3件: among other causes.
            let cause = || {
                let between = text.get(c.label.range.end..best.label.range.start);
                let among_others = between.is_some_and(|said| said.contains(['等', '、']));
                key == "requests.outcome.denied"
                    || key == "requests.outcome.unavailable" && !among_others
            };
            inside || c.gap <= best.gap || cause()
        })
        .filter(|c| is_below(reader, c.label.indicator, key))
        .filter(|c| c.label.weight == chars(text, c.label.range.clone()))
        .max_by_key(|c| c.score);
    let Some(part) = part else {
        return Some((best.label.clone(), best.gap));
    };
    let range = part.label.range.start.min(best.label.range.start)
        ..part.label.range.end.max(best.label.range.end);
    Some((
        Label {
            range,
            ..part.label.clone()
        },
        best.gap.min(part.gap),
    ))
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

/// 收到申请9件
fn before_number(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    context: &impl Fn(&Indicator, Place) -> bool,
) -> Vec<Candidate> {
    let text = sentence.text;
    // 办结的申请中同意公开9件: what is divided neither names the part nor forbids its name.
    let end_of = |w: &&str| Some(left.start + text[left.clone()].rfind(w)? + w.len());
    let whole = match text[left.clone()].contains('中') {
        true => WHOLE.iter().filter_map(end_of).max(),
        false => None,
    };
    let left = &whole.map_or(left.clone(), |from| from..left.end);
    let disputes =
        sentence.topics.last() == Some(&"disputes") && !text[left.clone()].contains("申请公开");
    let mut found = Vec::new();
    for label in labels(reader, sentence, quantity, left, context) {
        let tail = &text[label.range.end..left.end];
        let indicator = reader.lexicon.indicator(label.indicator);
        // 微信公众号“某某市某某局”发布信息: its name makes it no farther.
        let name = || tail.strip_prefix('"').and_then(|rest| rest.find('"'));
        // 微信公众号发布报道、科普、预告等520条: nor does what it enumerates.
        let passed = match indicator.key.starts_with("disclosure.channel.") {
            true if disclosed::is_enumeration(tail) => tail.len(),
            true => name().map_or(0, |len| len + 2),
            false => 0,
        };
        let gap = chars(text, label.range.end + passed..left.end);
        if gap > REACH {
            continue;
        }
        // 申请涉及房屋拆迁5件 counts what was asked about, not what was received.
        // 发布各类信息内容46条 counts it all.
        let contents = indicator.group == "disclosure" && strip_filler(tail) == "内容";
        let about = || !contents && reader.grammar.naming.topics.is_in(tail);
        // 行政诉讼4件，其中1件已撤回 is no result of a request.
        let verdict = disputes && indicator.group == "outcome";
        // 转办申请公开1件, 申请信息公开5件 grant nothing.
        let asked = indicator.group == "outcome"
            && text[label.range.clone()].starts_with("公开")
            && text[..label.range.start]
                .trim_end_matches(['政', '府', '务', '信', '息'])
                .ends_with("申请");
        // 推送信息1363微博发布信息1155条: what stands before another number is that one's.
        let said = &text[label.range.start..left.end];
        let other_number = passes_number(reader, said);
        let held = ["response.press", "response.interview", "meetings."];
        let of_news = held.iter().any(|k| indicator.key.starts_with(k)) && tail.ends_with("信息");
        // 未按时答复1件, 不受理1件, 应主动公开30条
        let before = &text[..label.range.start];
        let before = before.strip_suffix("主动").unwrap_or(before);
        let denied = before.ends_with(['未', '不', '没', '应', '可']) || before.ends_with("没有");
        let reaches = !label.short || contents || strip_filler(tail).chars().count() <= 1;
        // 不予公开的答复说理不足,有2件: another clause says something of its own.
        let whole = tail.contains("其中");
        let said = tail.find([',', ';']).map_or("", |at| &tail[..at]);
        let elsewhere = strip_filler(said).chars().count() > 4;
        // 投诉类8件，申请类5件: matters of a kind, whatever they ask for.
        let asked = asked || indicator.group == "requests" && tail.starts_with('类');
        // “政策咨询问答库”97条: a word in the middle of a name.
        let in_name = || {
            let said = &text[left.start..label.range.end];
            said.matches('"').count() % 2 == 1 && !tail.starts_with('"')
        };
        let denied = denied || indicator.group == "consult" && in_name();
        let of_others = asked || denied || other_number || of_news;
        let is_other = of_others || verdict || whole || elsewhere || !reaches;
        let names_it = !is_other
            && !several::is_one_of(reader, sentence, left, &label)
            && !about()
            && !disclosed::is_special(reader, sentence, quantity, left, &label);
        if names_it {
            let score = label.weight as i64 * 4 - gap as i64 - i64::from(label.short) * 3;
            found.push(Candidate::new(score, label, gap));
        }
    }
    found
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

/// Whether a number without a unit stands in `said`, before other words.
fn passes_number(reader: &Reader, said: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut rest = said;
    while let Some(at) = rest.find(is_digit) {
        let behind = rest[at..].trim_start_matches(is_digit);
        let long = rest[at..].len() - behind.len() >= 2;
        let next = behind.chars().next();
        let date = next.is_some_and(|c| "年月日号时点分".contains(c));
        let before = rest[..at].chars().next_back();
        let counted = reader.grammar.unit(behind).is_some();
        if long && !date && !counted && next.is_some_and(is_han) && before.is_none_or(is_han) {
            return true;
        }
        rest = behind;
    }
    false
}
