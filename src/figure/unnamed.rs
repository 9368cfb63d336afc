//! Which labels of figures without an indicator look like the name of a statistic: those
//! that a catalogue could grow by. Sentences cut at a number, lists cut in the middle and
//! mere words of place are none.

use super::grammar::Grammar;
use super::label::Lexicon;
use super::{Basis, Figure};
use crate::report::{Part, Report};
use crate::text::fold::fold;

/// Most and fewest characters of such a label.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=12;

/// Most bytes between two figures of one list.
const NEAR: usize = 80;

/// Units in which information is counted.
const INFORMATION: [&str; 5] = ["条", "件", "篇", "份", "期"];

/// The name that the label of an unnamed figure gives it, the one at `place` of `figures`,
/// as names are compared; `None` where it has none by rule (another year, a sub-unit, a
/// share) or where its words are no name.
pub fn label(report: &Report, figures: &[Figure], place: usize) -> Option<String> {
    let figure = figures.get(place)?;
    let has_none_by_rule = figure.indicator.is_some()
        || figure.cell.is_some()
        || figure.year.is_some()
        || figure.scope.is_some()
        || figure.unit == "%";
    if has_none_by_rule {
        return None;
    }
    let printed = report.text.get(figure.label.clone())?;
    let name = name(&fold(printed))?;
    let in_table = in_table(report, figure);
    let section = report.section_at(figure.range.start).and_then(|s| s.part);
    let listed = section == Some(Part::Disclosure)
        && figure.basis == Basis::Flow
        && INFORMATION.contains(&figure.unit.as_str());
    let known = Lexicon::current().knows_a_word_of(&name);
    // What stands between statistics that are known is likely to be one too.
    let is_near = |other: &Figure| {
        let far = other.range.start.abs_diff(figure.range.start) > NEAR;
        !far && other.indicator.is_some() && other.cell.is_none()
    };
    let before = place.checked_sub(1).and_then(|i| figures.get(i));
    let beside = before.into_iter().chain(figures.get(place + 1));
    (in_table || listed || known || beside.into_iter().any(is_near)).then_some(name)
}

/// Whether a figure stands in a table.
pub fn in_table(report: &Report, figure: &Figure) -> bool {
    report
        .tables
        .iter()
        .any(|t| t.range.contains(&figure.range.start))
}

/// The last piece of a folded label, without what opens a sentence.
fn name(folded: &str) -> Option<String> {
    let words = &Grammar::embedded().unnamed;
    let marks = |c: char| !c.is_alphanumeric() || c.is_ascii_digit();
    let label = folded.trim_end_matches(marks);
    if words.ends.ending(label).is_some() {
        return None;
    }
    // 甲、乙、丙等5条 has no name of its own.
    let mut name = label.rsplit(marks).next()?;
    if label.trim_start_matches(marks).contains('、') {
        return None;
    }
    let own = &Grammar::embedded().whose.own;
    while let Some(word) = words.openers.beginning(name).or(own.beginning(name)) {
        name = &name[word.len()..];
    }
    let inside = words.inside.last(name);
    if let Some((at, place)) = inside {
        name = &name[at + words.inside.words()[place].len()..];
    }
    // 信息5条 counts something, but does not say what.
    let generic = &Grammar::embedded().naming.generic;
    // 三处查阅点接待: another count stands in it.
    let counts = name.starts_with(crate::text::numeral::is_han_numeral);
    let is_name = LENGTH.contains(&name.chars().count())
        && !counts
        && words.ends.ending(name).is_none()
        && generic.beginning(name) != Some(name);
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_pieces_of_sentences() {
        for (label, want) in [
            ("、通知公告", Some("通知公告")),
            ("全年共发布图解", Some("图解")),
            ("其中直播", Some("直播")),
            ("全市", None),
            ("我县乡镇有", None),
            ("工作规范、收费标准等", None),
            ("完成了对", None),
            ("部门的民生信息", Some("民生信息")),
        ] {
            assert_eq!(name(label).as_deref(), want, "{label}");
        }
    }
}
