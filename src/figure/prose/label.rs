//! What a quantity is called: label, applicant, kind of information, or nothing.

use std::ops::Range;

use super::candidates::best;
use super::zone::{has_content, left_zone, nearest, right_zone, trim_filler};
use super::{Reader, Sentence, family, parts, time};
use crate::figure::Applicant;
use crate::figure::label::Label;
use crate::figure::quantity::Quantity;

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
    /// Its label counts only in its context.
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
    let people = matches!(quantity.unit.as_str(), "人" | "名" | "位");
    let named = !people && has_content(&text[left.clone()]);
    let right = right_zone(text, quantity.range.end, next, sentence, named);
    let right = without_exception(text, quantity, right);
    let words_before = &text[left.clone()];
    let mut name = Name {
        zone: left.clone(),
        label: left.clone(),
        ..Name::default()
    };
    name.label = nearest(text, trim_filler(text, &left));
    // 是上年的1.2倍 is no number of that year.
    if quantity.unit != "倍" {
        name.year = time::other_year(reader, text, &left, before);
    }
    name.is_change = is_change(reader, words_before);
    let unit = quantity.unit.as_str();
    let best = best(reader, sentence, quantity, &left, &right);
    if let Some((label, gap)) = &best {
        // 上年结转3件 counts this year's, though it names another.
        let key = &*reader.lexicon.indicator(label.indicator).key;
        if key == "requests.received.carried_in" || key.ends_with(".items_prev") {
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
    // 31个部门共有工作人员58人: what reaches to the next number is that one's.
    let is_next = right.end >= next && next < sentence.range.end;
    if best.is_none() && !is_next && !has_content(words_before) && has_content(words_behind) {
        name.until = right.end;
        name.label = nearest(text, trim_filler(text, &right));
    }
    if best.is_none()
        && reader
            .grammar
            .naming
            .risen_to
            .ending(without_own_year(words_before, reader))
            .is_some()
    {
        name.follows_previous = true;
    }
    // 由1020条增加到1310条: the first is what was before.
    let rises = || {
        let behind = text[quantity.range.end..].trim_start_matches(['的', ',', ' ']);
        reader.grammar.naming.risen_to.beginning(behind).is_some()
    };
    if unit != "%" && name.year.is_none() && rises() {
        name.year = reader.report.year.map(|y| y.value - 1);
    }
    if unit == "%" {
        if name.is_change {
            name.year = None;
        }
        let is_rate = |label: &Label| text[label.range.clone()].ends_with('率');
        let named = best.is_some_and(|(label, gap)| gap <= 4 && (!label.short || is_rate(&label)));
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
    if let Some(applicant) = parts::applicant(reader, sentence, &left, &right, &name) {
        name.applicant = Some(applicant.1);
        name.indicator = Some(applicant.2);
        name.label = applicant.0;
    }
    if let Some(kind) = parts::kind(reader, sentence, quantity, &left, &name) {
        name.indicator = Some(kind.0);
        name.label = kind.1;
        name.gap = 0;
    }
    let of_family = family::rest(reader, sentence, quantity, &left, &right)
        .or_else(|| family::total(reader, sentence, quantity, &left, &name));
    if let Some(indicator) = of_family {
        name.indicator = Some(indicator);
        name.label = trim_filler(text, &left);
        if name.label.is_empty() {
            name.label = left.clone();
        }
        name.gap = 0;
        name.is_short = true;
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

/// 增加到2016年的 says what 增加到 says, in a report on 2016.
fn without_own_year<'a>(words: &'a str, reader: &Reader) -> &'a str {
    let bare = words.trim_end_matches('的').trim_end_matches('度');
    let year = reader.year().map(|y| format!("{y}年"));
    year.and_then(|y| bare.strip_suffix(y.as_str()))
        .unwrap_or(words)
}

/// 除1件纠正外均维持: what the others were says nothing of the one.
fn without_exception(text: &str, quantity: &Quantity, right: Range<usize>) -> Range<usize> {
    let excepts = text[..quantity.range.start].ends_with('除');
    match text[right.clone()].find('外').filter(|_| excepts) {
        Some(end) => right.start..right.start + end,
        None => right,
    }
}

fn is_named_before(best: &Option<(Label, usize)>, quantity: &Quantity) -> bool {
    best.as_ref()
        .is_some_and(|(label, _)| label.range.end <= quantity.range.start)
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
