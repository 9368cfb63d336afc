//! What a quantity is called: label, applicant, kind of information, or nothing.

use std::ops::Range;

use super::zone::{has_content, left_zone, nearest, right_zone, strip_filler, trim_filler};
use super::{Reader, Sentence, parts, time};
use crate::figure::Applicant;
use crate::figure::catalogue::Indicator;
use crate::figure::label::Label;
use crate::figure::quantity::Quantity;

/// Most characters between a label and the number behind it.
const REACH: usize = 16;

/// A quantity's name. Ranges are bytes of the block's folded text.
#[derive(Debug, Default)]
pub(super) struct Name {
    /// Place in the catalogue.
    pub indicator: Option<usize>,
    /// Who applied.
    pub applicant: Option<Applicant>,
    /// The words that name it; may be empty.
    pub label: Range<usize>,
    /// The clause before the number.
    pub zone: Range<usize>,
    /// Where the words end that belong to it, when it comes before its name.
    pub until: usize,
    /// The other year spoken of.
    pub year: Option<i32>,
    /// It speaks of growth or decline.
    pub is_change: bool,
    /// It is called what the quantity before it was (由上年的16个增加到21个).
    pub follows_previous: bool,
    /// The place in the catalogue that words of comparison took from it.
    pub would_be: Option<usize>,
    /// It refers to a figure given before (在7743件申请中).
    pub reference: bool,
    /// Its label counts only within its topic.
    pub is_short: bool,
    /// Characters between the label and the number.
    pub gap: usize,
}

impl Name {
    /// Whether the name is good enough to make a count of a doubtful number.
    pub fn is_certain(&self) -> bool {
        self.indicator.is_some() && self.gap <= 6
    }
}

/// Names `quantity`; `before` is where the previous quantity ended, `next` where the next begins.
pub(super) fn name(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    before: usize,
    next: usize,
) -> Name {
    let text = sentence.text;
    let left = left_zone(text, before, quantity.range.start);
    let right = right_zone(text, quantity.range.end, next, sentence);
    let words_before = &text[left.clone()];
    let mut name = Name {
        zone: left.clone(),
        label: left.clone(),
        ..Name::default()
    };
    name.label = nearest(text, trim_filler(text, &left));
    if let Some(year) = time::other_year(reader, text, &left, before) {
        name.year = Some(year);
    }
    name.is_change = is_change(reader, words_before);
    let unit = quantity.unit.as_str();
    let best = best(reader, sentence, quantity, &left, &right);
    if let Some((label, gap)) = &best {
        // 上年结转3件 counts this year's, though it names another.
        if reader.lexicon.indicator(label.indicator).key == "requests.received.carried_in" {
            name.year = None;
        }
        name.indicator = Some(label.indicator);
        name.label = label.range.clone();
        if label.range.start >= quantity.range.end && !has_content(words_before) {
            name.until = right.end;
        }
        name.is_short = label.short;
        name.gap = *gap;
    }
    // 2件办理结果为主动公开，8件…: the number comes first, named or not.
    let words_behind = &text[right.clone()];
    if best.is_none() && !has_content(words_before) && has_content(words_behind) {
        name.until = right.end;
        name.label = nearest(text, trim_filler(text, &right));
    }
    if best.is_none()
        && reader
            .grammar
            .naming
            .risen_to
            .ending(words_before)
            .is_some()
    {
        name.follows_previous = true;
    }
    if unit == "%" {
        let named = best.is_some_and(|(label, gap)| !label.short && gap <= 4);
        if !named || reader.grammar.cues.share.is_in(words_before) || name.is_change {
            name.indicator = None;
            name.label = trim_filler(text, &left);
        }
        return name;
    }
    if name.is_change && !name.follows_previous || name.year.is_some() {
        name.would_be = name.indicator.take();
        if name.is_change {
            name.year = None;
        }
        name.is_change |= name.year.is_some();
        return name;
    }
    if let Some(joint) = parts::joint(reader, sentence, quantity, &left, &right) {
        name.indicator = Some(joint.0);
        name.label = joint.1;
        name.gap = 0;
    }
    if let Some(applicant) = parts::applicant(reader, sentence, &left, &name) {
        name.applicant = Some(applicant.1);
        name.indicator = Some(applicant.2);
        name.label = applicant.0..left.end;
    }
    if let Some(kind) = parts::kind(reader, sentence, quantity, &left, &name) {
        name.indicator = Some(kind.0);
        name.label = kind.1;
        name.gap = 0;
    }
    let opening = text[..quantity.range.start].trim_end_matches(['的', '有', '这']);
    let in_whole = opening.ends_with('在')
        || opening.ends_with("对") && text[quantity.range.end..].starts_with("申请");
    if in_whole
        && reader
            .figures
            .iter()
            .any(|f| f.value == Some(quantity.value))
        && !is_named_before(&best, quantity)
    {
        name.reference = true;
    }
    name
}

fn is_named_before(best: &Option<(Label, usize)>, quantity: &Quantity) -> bool {
    best.as_ref()
        .is_some_and(|(label, _)| label.range.end <= quantity.range.start)
}

/// A label that may name a number: how well it fits, and how far it is.
struct Candidate {
    score: i64,
    label: Label,
    gap: usize,
}

/// The label that fits best, with its distance in characters.
fn best(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    right: &Range<usize>,
) -> Option<(Label, usize)> {
    let text = sentence.text;
    let so_far = &text[sentence.range.start..left.start.max(sentence.range.start)];
    let topic = |i: &Indicator| sentence.is_about(i, so_far);
    let mut found = before_number(reader, sentence, quantity, left, &topic);
    let clause = left.start..right.end;
    // 网站发布了72条解读信息: what stands behind the number counts for what is before it too.
    let behind = right.start
        ..text[right.clone()]
            .find(['"', '(', '、'])
            .map_or(right.end, |at| right.start + at);
    found.retain(|c| !sentence.words.is_forbidden(&c.label, &behind));
    // 其中2件公开，1件不予公开: the number comes first.
    let number_first = !has_content(&text[left.clone()]);
    let adjacent = found.iter().any(|c| c.gap <= 3 && !c.label.short);
    if (!adjacent || number_first) && !right.is_empty() {
        found.extend(behind_number(
            reader,
            sentence,
            quantity,
            right,
            &topic,
            number_first,
        ));
        found.extend(around_number(sentence, quantity, &clause, &topic));
    }
    if found.is_empty() {
        return carried_over(reader, sentence, quantity, right);
    }
    for candidate in &mut found {
        let group = &reader.lexicon.indicator(candidate.label.indicator).group;
        if sentence.topics.last() == Some(&group.as_str()) {
            candidate.score += 5;
        }
        let about = &reader.lexicon.indicator(candidate.label.indicator).about;
        if candidate.label.short && about.iter().any(|w| so_far.contains(w.as_str())) {
            candidate.score += 3;
        }
    }
    if let Some(whole) = together(reader, sentence, &found, left) {
        return whole;
    }
    let best = found
        .iter()
        .max_by_key(|c| (c.score, std::cmp::Reverse(c.label.indicator)))?;
    // 因涉及商业秘密不予公开1件, 从事信息公开工作的全职人员1人: a part says more than its whole.
    let key = &reader.lexicon.indicator(best.label.indicator).key;
    let part = found
        .iter()
        .filter(|c| !c.label.short && (c.gap <= best.gap || key == "requests.outcome.denied"))
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

/// 通过网络、信函等渠道收到23件: several ways together are their whole, and without such words
/// (微信、微博发布3870条) nothing that has a name.
fn together(
    reader: &Reader,
    sentence: &Sentence,
    found: &[Candidate],
    left: &Range<usize>,
) -> Option<Option<(Label, usize)>> {
    let text = sentence.text;
    let is_way = |l: &Label| {
        reader
            .lexicon
            .indicator(l.indicator)
            .key
            .contains(".channel.")
    };
    if !found.iter().any(|c| is_way(&c.label)) {
        return None;
    }
    let mut ways = sentence.words.all(left);
    ways.retain(|l| is_way(l) && l.weight == chars(text, l.range.clone()));
    ways.sort_by_key(|l| l.range.start);
    let parent = |l: &Label| reader.lexicon.indicator(l.indicator).parent.as_deref();
    let joined = |a: &Label, b: &Label| {
        let between = text.get(a.range.end..b.range.start).unwrap_or_default();
        a.indicator != b.indicator
            && parent(a) == parent(b)
            && between.chars().count() <= 4
            && between.contains(['、', '和', '与', '及'])
    };
    let pair = ways.iter().flat_map(|a| ways.iter().map(move |b| (a, b)));
    let (first, second) = pair.into_iter().find(|(a, b)| joined(a, b))?;
    if reader
        .grammar
        .naming
        .together
        .first(&text[left.clone()])
        .is_none()
    {
        return Some(None);
    }
    let whole = reader.lexicon.place(parent(first)?)?;
    let named = found
        .iter()
        .filter(|c| c.label.indicator == whole)
        .max_by_key(|c| c.score);
    let end = named.map_or(second.range.end, |c| {
        c.label.range.end.max(second.range.end)
    });
    let label = Label {
        indicator: whole,
        range: first.range.start..end,
        ..first.clone()
    };
    Some(Some((label, chars(text, end..left.end))))
}

fn chars(text: &str, range: Range<usize>) -> usize {
    text.get(range).map_or(0, |s| s.chars().count())
}

/// 收到申请9件
fn before_number(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    topic: &impl Fn(&Indicator) -> bool,
) -> Vec<Candidate> {
    let text = sentence.text;
    let disputes =
        sentence.topics.last() == Some(&"disputes") && !text[left.clone()].contains("申请公开");
    let mut found = Vec::new();
    for label in sentence.words.labels(left, &quantity.unit, topic) {
        let gap = chars(text, label.range.end..left.end);
        let tail = &text[label.range.end..left.end];
        let indicator = reader.lexicon.indicator(label.indicator);
        // 申请涉及房屋拆迁5件 counts what was asked about, not what was received.
        let about = || reader.grammar.naming.topics.is_in(tail);
        // 行政诉讼4件，其中1件已撤回 is no result of a request.
        let verdict = disputes && indicator.group == "outcome";
        let reaches = !label.short || strip_filler(tail).chars().count() <= 1;
        if gap <= REACH && !verdict && reaches && !about() {
            let score = label.weight as i64 * 4 - gap as i64 - i64::from(label.short) * 3;
            found.push(Candidate { score, label, gap });
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
    topic: &impl Fn(&Indicator) -> bool,
    number_first: bool,
) -> Vec<Candidate> {
    let people = matches!(quantity.unit.as_str(), "人" | "名" | "位" | "人次");
    let cases = matches!(quantity.unit.as_str(), "起" | "件" | "宗" | "例");
    let reach = match quantity.unit.as_str() {
        _ if number_first && cases => 24,
        _ if people || cases => 12,
        "个" | "处" | "家" => 10,
        "" => 10,
        _ => 2,
    };
    let disputes = sentence.topics.last() == Some(&"disputes");
    let mut found = Vec::new();
    for label in sentence.words.labels(right, &quantity.unit, topic) {
        let gap = chars(sentence.text, right.start..label.range.start);
        let group = reader.lexicon.indicator(label.indicator).group.as_str();
        let near = gap <= 3
            || people
            || quantity.unit.is_empty()
            || matches!(group, "disputes" | "staff")
            || number_first;
        let verdict = disputes && group == "outcome";
        // 2件办理结果为…: a short label must be all there is.
        let rest = &sentence.text[label.range.end..right.end];
        let alone = || number_first && gap <= 2 && strip_filler(rest).chars().count() <= 1;
        if gap <= reach && near && !verdict && (!label.short || alone()) {
            let score = label.weight as i64 * 4 - 4 - gap as i64 / if number_first { 4 } else { 1 };
            let gap = if number_first { 0 } else { gap };
            found.push(Candidate { score, label, gap });
        }
    }
    found
}

/// 配备9名专职人员
fn around_number(
    sentence: &Sentence,
    quantity: &Quantity,
    clause: &Range<usize>,
    topic: &impl Fn(&Indicator) -> bool,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    for label in sentence.words.labels(clause, &quantity.unit, topic) {
        let spans =
            label.range.start < quantity.range.start && label.range.end > quantity.range.end;
        let gap = chars(sentence.text, quantity.range.end..label.range.end);
        if spans && gap <= 14 && !label.short {
            let score = label.weight as i64 * 4 - 3 - gap as i64 / 2;
            found.push(Candidate {
                score,
                label,
                gap: 0,
            });
        }
    }
    found
}

/// 另有3件正在征求意见，结转下一年度办理: the last number of a sentence about requests.
fn carried_over(
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
    if super::zero::may_say_none(&sentence.text[right.start..end]) {
        return None;
    }
    let labels = sentence
        .words
        .labels(&(right.start..end), &quantity.unit, |_| false);
    let label = labels
        .into_iter()
        .find(|l| reader.lexicon.indicator(l.indicator).key == "requests.carried_out")?;
    Some((label, 0))
}

fn is_change(reader: &Reader, before: &str) -> bool {
    let bare = before.trim_end_matches(['了', '约', '近', '达', '幅', '度', '为', '比']);
    match reader.grammar.cues.change.ending(bare) {
        Some("增") | Some("减") => !bare.ends_with("新增") && !bare.ends_with("递增"),
        Some("增加") => !before.ends_with("增加至"),
        Some(_) => true,
        None => false,
    }
}
