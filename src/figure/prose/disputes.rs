//! What a result in a list of disputes is a result of: 诉讼2件（未审结1件） counts a lawsuit;
//! and whether complaints are any about disclosure.

use std::ops::Range;

use super::whole::end_in;
use super::{Reader, Sentence, depth};
use crate::figure::Figure;
use crate::figure::label::Label;
use crate::figure::quantity::Quantity;

/// The place of what a result named `indicator` by words `said` is: that of the dispute
/// spoken of last, and of none where its kind has no such result, or where it may be of either
/// of two. `quantity`: how many there are of it.
pub(super) fn result(
    reader: &Reader,
    sentence: &Sentence,
    indicator: usize,
    said: &str,
    quantity: &Quantity,
) -> Option<usize> {
    let key = reader.lexicon.indicator(indicator).key.as_str();
    let result = match key.rsplit_once('.') {
        // 复议机关维持1件、法院驳回1件
        Some(("review", result)) if said.contains("法院") && !said.contains("复议") => {
            return reader.lexicon.place(&format!("litigation.{result}"));
        }
        Some(("review", result)) if !said.contains("复议") => result,
        // 直接起诉5件,其中维持2件: of these lawsuits.
        Some(("litigation", result)) if !said.contains("诉讼") => result,
        _ => return Some(indicator),
    };
    if result == "total" {
        return Some(indicator);
    }
    let dispute = match divided(reader, sentence) {
        Some(dispute) => Some(dispute),
        None => spoken_of(reader, sentence, quantity, said)?,
    };
    match dispute.and_then(|k| k.rsplit_once('.')) {
        None | Some(("review", _)) => Some(indicator),
        Some((lawsuits, _)) => reader.lexicon.place(&format!("{lawsuits}.{result}")),
    }
}

/// What a number counts that stands before both the kind of its cases and what became of them:
/// 2件直接起诉案件未审结, 3件复议、1件诉讼尚未审结. Nothing where it does not stand so; an empty
/// answer where that result of that kind has no name. `next`: where the next number begins.
pub(super) fn counted_first(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    next: usize,
) -> Option<Option<usize>> {
    let (text, from) = (sentence.text, quantity.range.end);
    let clause = &text[from..sentence.range.end];
    let end = from + clause.find([',', ';', ':', ')']).unwrap_or(clause.len());
    if !text[from..end].contains(['诉', '议']) {
        return None;
    }
    let before = &text[sentence.range.start..quantity.range.start];
    let opens = [',', ';', ':', '(', '、', '和', '及', '与', '有', '中'];
    if !before.is_empty() && !before.ends_with(opens) {
        return None;
    }
    let labels = |zone: Range<usize>, total: bool| {
        // What became of them forbids the names of their kinds in other places.
        let mut labels = sentence.words.all(&zone);
        let key = |l: &Label| reader.lexicon.indicator(l.indicator).key.as_str();
        labels.retain(|l| {
            let dispute = key(l).starts_with("review.") || key(l).starts_with("litigation.");
            dispute && key(l).ends_with(".total") == total
        });
        labels.into_iter().max_by_key(|l| l.weight)
    };
    let kind = labels(from..end.min(next.max(from)), true)?;
    let result = labels(kind.range.end..end, false)?;
    let key = |l: &Label| reader.lexicon.indicator(l.indicator).key.as_str();
    let (kind, result) = (
        key(&kind).strip_suffix(".total")?,
        key(&result).rsplit('.').next()?,
    );
    Some(reader.lexicon.place(&format!("{kind}.{result}")))
}

/// The kind of dispute spoken of last before `quantity`, if any; nothing at all where the
/// result may be of either of two. What stands in brackets that have closed is not spoken of
/// any more: 诉讼3件(直接起诉2件、复议后起诉1件),维持2件.
fn spoken_of<'a>(
    reader: &'a Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    said: &str,
) -> Option<Option<&'a str>> {
    let is_open = |f: &&Figure| match end_in(sentence, f) {
        Some(end) => !leaves_brackets(sentence, end, quantity.range.start),
        None => true,
    };
    let figures = reader.figures[sentence.from..].iter().rev();
    let mut counted = figures.filter_map(|f| {
        let key = f.indicator.as_deref()?;
        let dispute = key.starts_with("review.") || key.starts_with("litigation.");
        dispute.then_some((key, f))
    });
    let Some((key, last)) = counted.find(|(_, f)| is_open(f)) else {
        return Some(None);
    };
    // 复议2件、诉讼1件,纠错1件: of both, unless the words are those of one; so are more than
    // the last alone has.
    let more = last.value.is_some_and(|v| v < quantity.value);
    let other = counted.next().filter(|(other, f)| {
        let total = |k: &str| k.ends_with(".total");
        let both = total(key) && total(other) && key != *other;
        both && (more || are_joined(sentence, f, last))
    });
    let Some((other, _)) = other else {
        return Some(Some(key));
    };
    let lawsuits = |k: &str| k.starts_with("litigation.");
    let words = &reader.grammar.naming.lawsuits;
    match (lawsuits(key), lawsuits(other)) {
        (true, true) => Some(Some("litigation.total")),
        _ if words.is_in(said) => Some([key, other].into_iter().find(|k| lawsuits(k))),
        _ => None,
    }
}

/// Whether brackets that are open at the byte `from` of the sentence's text have closed at `to`.
fn leaves_brackets(sentence: &Sentence, from: usize, to: usize) -> bool {
    let deep = |at: usize| depth(sentence.text, sentence.range.start, at);
    deep(from) > deep(to)
}

/// Whether two figures of a sentence are joined: 复议2件、诉讼1件.
fn are_joined(sentence: &Sentence, one: &Figure, other: &Figure) -> bool {
    let ends = end_in(sentence, one).zip(end_in(sentence, other));
    ends.and_then(|(from, to)| sentence.text.get(from..to))
        .is_some_and(|between| between.starts_with(['、', '和', '及', '与']))
}

/// The disputes that a sentence begins by dividing, as long as nothing of it is counted:
/// 行政复议案中,维持9件.
pub(super) fn divided(reader: &Reader, sentence: &Sentence) -> Option<&'static str> {
    // 行政复议案中,维持9件; 行政诉讼中原告撤诉2件
    let opening = sentence.text[sentence.range.clone()].split(',').next()?;
    let frame = match opening.strip_suffix('中') {
        Some(frame) => frame,
        None => opening
            .find("诉讼中")
            .map(|at| &opening[..at + "诉讼".len()])?,
    };
    let key = match (frame.contains("复议"), frame.contains("诉讼")) {
        (true, false) => "review.total",
        (false, true) => "litigation.total",
        _ => return None,
    };
    let last = reader.figures.last();
    let counted = last.is_some_and(|f| f.range.start >= sentence.source);
    (!counted && frame.chars().count() <= 12).then_some(key)
}

/// Whether the parts of complaints show that they are no complaints about disclosure:
/// 举报投诉658件，其中热线转交421件 counts what a hotline had.
pub(super) fn of_hotline(reader: &Reader, indicator: usize, behind: &str) -> bool {
    let indicator = reader.lexicon.indicator(indicator);
    let parts = behind.trim_start_matches([',', '(']).strip_prefix("其中");
    let parts = parts.and_then(|p| p.split(';').next());
    indicator.key == "complaints.total"
        && parts.is_some_and(|p| indicator.not.iter().any(|w| p.contains(w.as_str())))
}
