//! What a quantity is called: label, applicant, kind of information, or nothing.

use std::ops::Range;

use super::candidates::best;
use super::zone::{has_content, left_zone, nearest, right_zone, trim_filler};
use super::{Reader, Sentence, family, kinds, parts, year};
use crate::figure::label::Label;
use crate::figure::quantity::Quantity;
use crate::figure::{Applicant, Figure};
use crate::text::numeral;

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
    /// Leaves open what is counted: 智能终端申请5件 is called so, and not 申请.
    pub fn forget(&mut self, text: &str) {
        self.indicator = None;
        let whole = nearest(text, trim_filler(text, &self.zone));
        if self.zone.contains(&self.label.start) && whole.start < self.label.start {
            self.label = whole;
        }
    }

    /// Whether the name is good enough to make a count of a doubtful number.
    pub fn is_certain(&self) -> bool {
        self.indicator.is_some() && self.gap <= 6
    }
}

/// The words around a quantity. Ranges are bytes of the block's folded text.
struct Around<'a> {
    text: &'a str,
    quantity: &'a Quantity,
    /// The clause before it.
    left: Range<usize>,
    /// The words behind it that are its own.
    right: Range<usize>,
    /// The label that fits best, and the characters between them.
    best: Option<(Label, usize)>,
}

/// Names `quantity`; `before` is where the previous quantity ended, `next` where the next begins.
pub(super) fn name(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    before: usize,
    next: usize,
) -> Name {
    let around = Around::of(reader, sentence, quantity, before, next);
    let mut name = around.by_label(reader);
    // 31个部门共有工作人员58人: what reaches to the next number is that one's.
    let is_next = around.right.end >= next && next < sentence.range.end;
    if !is_next {
        around.by_words_behind(&mut name);
    }
    around.in_time(reader, &mut name, before);
    if quantity.unit == "%" {
        around.as_share(reader, &mut name);
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
    around.as_part(reader, sentence, &mut name);
    name.reference = around.is_reference(reader);
    name
}

/// Whether a number begins a clause about requests that says what became of them.
fn opens_clause(sentence: &Sentence, quantity: &Quantity, right: &Range<usize>) -> bool {
    let text = sentence.text;
    let requests = |topic: &&str| matches!(*topic, "requests" | "outcome");
    let ends = text[right.end..sentence.range.end].chars().next();
    sentence.topics.last().is_some_and(requests)
        && text[sentence.range.start..quantity.range.start].ends_with([',', ';'])
        && ends.is_none_or(|c| ",;:)".contains(c))
        && has_content(&text[right.clone()])
}

impl<'a> Around<'a> {
    fn of(
        reader: &Reader,
        sentence: &Sentence<'a>,
        quantity: &'a Quantity,
        before: usize,
        next: usize,
    ) -> Self {
        let text = sentence.text;
        let left = left_zone(text, before, quantity.range.start);
        let people = matches!(quantity.unit.as_str(), "人" | "名" | "位");
        let named = !people && has_content(&text[left.clone()]);
        let right = right_zone(text, quantity.range.end, next, sentence, named);
        let right = without_exception(text, quantity, right);
        // 做好答复工作,1项当事人撤销: what the clause before says is another thing.
        let left = match opens_clause(sentence, quantity, &right) {
            true => left.end..left.end,
            false => left,
        };
        let best = best(reader, sentence, quantity, &left, &right);
        Self {
            text,
            quantity,
            left,
            right,
            best,
        }
    }

    fn words_before(&self) -> &'a str {
        &self.text[self.left.clone()]
    }

    fn by_label(&self, reader: &Reader) -> Name {
        let mut name = Name {
            zone: self.left.clone(),
            label: nearest(self.text, trim_filler(self.text, &self.left)),
            ..Name::default()
        };
        let Some((label, gap)) = &self.best else {
            let words = without_own_year(self.words_before(), reader);
            name.follows_previous = reader.grammar.naming.risen_to.ending(words).is_some();
            return name;
        };
        name.indicator = Some(label.indicator);
        name.label = label.range.clone();
        if label.range.start >= self.quantity.range.end && !has_content(self.words_before()) {
            name.until = self.right.end;
        }
        name.is_short = label.short;
        name.gap = *gap;
        name
    }

    /// 2件办理结果为主动公开，8件…: the number comes first, named or not.
    fn by_words_behind(&self, name: &mut Name) {
        let behind = &self.text[self.right.clone()];
        if self.best.is_none() && !has_content(self.words_before()) && has_content(behind) {
            name.until = self.right.end;
            name.label = nearest(self.text, trim_filler(self.text, &self.right));
        }
    }

    /// Which year it is of, and whether it tells of a change.
    fn in_time(&self, reader: &Reader, name: &mut Name, before: usize) {
        let unit = self.quantity.unit.as_str();
        name.is_change = is_change(reader, self.words_before());
        // 上年结转3件 counts this year's, though it names another.
        let of_year_before = name.indicator.is_some_and(|i| {
            let key = &reader.lexicon.indicator(i).key;
            key == "requests.received.carried_in" || key.ends_with(".items_prev")
        });
        // 是上年的1.2倍 is no number of that year.
        if unit != "倍" && !of_year_before {
            name.year = year::other_year(reader, self.text, &self.left, before);
        }
        // 由1020条增加到1310条: the first is what was before.
        let rises = || {
            let behind = &self.text[self.quantity.range.end..];
            let behind = behind.trim_start_matches(['的', ',', ' ']);
            reader.grammar.naming.risen_to.beginning(behind).is_some()
        };
        if unit != "%" && name.year.is_none() && rises() {
            name.year = reader.year().map(|y| y - 1);
        }
    }

    /// A share is named only by words for that very share.
    fn as_share(&self, reader: &Reader, name: &mut Name) {
        if name.is_change {
            name.year = None;
        }
        let is_rate = |label: &Label| self.text[label.range.clone()].ends_with('率');
        let named = self
            .best
            .as_ref()
            .is_some_and(|(label, gap)| *gap <= 4 && (!label.short || is_rate(label)));
        let of_whole = reader.grammar.cues.share.is_in(self.words_before());
        if !named || of_whole || name.is_change {
            name.indicator = None;
            name.label = trim_filler(self.text, &self.left);
        }
    }

    /// What it counts as a part of what the sentence has counted before.
    fn as_part(&self, reader: &Reader, sentence: &Sentence, name: &mut Name) {
        let (quantity, left, right) = (self.quantity, &self.left, &self.right);
        if let Some((indicator, label)) = parts::joint(reader, sentence, quantity, left, right) {
            name.indicator = Some(indicator);
            name.label = label;
            name.gap = 0;
        }
        if let Some((label, applicant, indicator)) =
            parts::applicant(reader, sentence, quantity, left, right, name)
        {
            name.applicant = applicant;
            name.indicator = Some(indicator);
            name.label = label;
        }
        if let Some((indicator, label)) = kinds::kind(reader, sentence, quantity, left, name) {
            name.indicator = Some(indicator);
            name.label = label;
            name.gap = 0;
        }
        let of_family = family::rest(reader, sentence, quantity, left, right)
            .or_else(|| family::total(reader, sentence, quantity, left, name));
        if let Some(indicator) = of_family {
            name.indicator = Some(indicator);
            name.label = trim_filler(self.text, left);
            if name.label.is_empty() {
                name.label = left.clone();
            }
            name.gap = 0;
            name.is_short = true;
        }
    }

    /// 在7743件申请中: it has been told before.
    fn is_reference(&self, reader: &Reader) -> bool {
        let quantity = self.quantity;
        let opening = self.text[..quantity.range.start].trim_end_matches(['的', '有', '这']);
        let in_whole = opening.ends_with('在')
            || opening.ends_with('对') && self.text[quantity.range.end..].starts_with("申请");
        let is_told = |f: &Figure| f.value == Some(quantity.value);
        let named_before = |(label, _): &(Label, usize)| label.range.end <= quantity.range.start;
        in_whole
            && reader.figures.iter().any(is_told)
            && !self.best.as_ref().is_some_and(named_before)
    }
}

/// 增加到2016年的 says what 增加到 says, in a report on 2016.
fn without_own_year<'a>(words: &'a str, reader: &Reader) -> &'a str {
    let bare = words.trim_end_matches('的').trim_end_matches('度');
    match numeral::years(bare).last() {
        Some((at, end, year)) if end == bare.len() && Some(year) == reader.year() => &bare[..at],
        _ => words,
    }
}

/// 除1件纠正外均维持: what the others were says nothing of the one.
fn without_exception(text: &str, quantity: &Quantity, right: Range<usize>) -> Range<usize> {
    let excepts = text[..quantity.range.start].ends_with('除');
    match text[right.clone()].find('外').filter(|_| excepts) {
        Some(end) => right.start..right.start + end,
        None => right,
    }
}

fn is_change(reader: &Reader, before: &str) -> bool {
    let bare = before.trim_end_matches(['了', '约', '近', '达', '幅', '度', '为', '比']);
    match reader.grammar.cues.change.ending(bare) {
        Some("增") | Some("减") => !bare.ends_with("新增") && !bare.ends_with("递增"),
        Some("增加") => !before.ends_with("增加至"),
        Some(_) => true,
        // 比上年多36件
        None => bare.ends_with(['多', '少']) && bare.contains(['比', '较']),
    }
}
