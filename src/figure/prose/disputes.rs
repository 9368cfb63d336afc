//! What a result in a list of disputes is a result of: 诉讼2件（未审结1件） counts a lawsuit;
//! and whether complaints are any about disclosure.

use super::{Reader, Sentence};

/// The place of what a result named `indicator` by words `said` is: that of the dispute
/// spoken of last, and of none where its kind has no such result.
pub(super) fn result(
    reader: &Reader,
    sentence: &Sentence,
    indicator: usize,
    said: &str,
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
    let spoken_of = reader.figures[sentence.from..].iter().rev();
    let mut keys = spoken_of.filter_map(|f| f.indicator.as_deref());
    let dispute = keys.find(|k| k.starts_with("review.") || k.starts_with("litigation."));
    let dispute = divided(reader, sentence).or(dispute);
    match dispute.and_then(|k| k.rsplit_once('.')) {
        None | Some(("review", _)) => Some(indicator),
        Some((lawsuits, _)) => reader.lexicon.place(&format!("{lawsuits}.{result}")),
    }
}

/// The disputes that a sentence begins by dividing, as long as nothing of it is counted:
/// 行政复议案中,维持9件.
pub(super) fn divided(reader: &Reader, sentence: &Sentence) -> Option<&'static str> {
    let opening = &sentence.text[sentence.range.clone()];
    let frame = opening.split(',').next()?.strip_suffix('中')?;
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
