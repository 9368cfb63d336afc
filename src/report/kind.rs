//! What is a report, and what some other document of the same folder: told by the title,
//! and where there is none, by the parts that the text has.

use super::title::{self, Title};
use super::wording::wording;
use super::{Kind, Part, Section, Year};
use crate::source::Block;

/// Parts that a report without a title must have of these.
const TELLING: [Part; 6] = [
    Part::Disclosure,
    Part::Requests,
    Part::Disputes,
    Part::Fees,
    Part::Problems,
    Part::Overview,
];

/// The kind of a document: its folded title, where that was found, its outline, its year.
pub fn read(
    folded: &str,
    title: &Title,
    sections: &[Section],
    blocks: &[Block],
    year: Option<Year>,
) -> Kind {
    let mut bare = folded.trim_end_matches(['》', '"', ')']);
    let other = &wording().other;
    for trial in &other.trials {
        bare = bare.strip_suffix(trial.as_str()).unwrap_or(bare);
    }
    if other.ends.ending(bare).is_some() || other.words.is_in(folded) {
        return Kind::Other;
    }
    if other.affairs.is_in(folded) && !other.not_affairs.is_in(folded) {
        return Kind::Other;
    }
    if title::names_report(folded) && folded.contains("公开") {
        return Kind::Report;
    }
    let has = |part: &Part| sections.iter().any(|s| s.part == Some(*part));
    let parts = TELLING.iter().filter(|p| has(p)).count();
    let says_so = blocks.iter().take(12).any(|b| {
        let text = b.folded.text();
        text.contains("信息公开") && wording().untitled.said.is_in(text)
    });
    if !title.is_found && year.is_some() && (parts >= 2 || says_so) {
        Kind::Report
    } else {
        Kind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Format, plain};

    #[test]
    fn affairs_of_villages_courts_and_parties_are_no_reports_of_a_government() {
        for (name, want) in [
            ("平湖市新仓镇三叉河村2012年村务公开报告", Kind::Other),
            ("平湖市人民法院2014年司法公开工作年度报告", Kind::Other),
            (
                "平湖市新仓镇三叉河村2012年政府信息公开年度报告",
                Kind::Report,
            ),
            ("平湖市2014年党务公开、政务公开工作总结", Kind::Report),
        ] {
            let blocks = plain::blocks(&format!("{name}\n\n公开信息3条。\n"), Format::Txt);
            let title = title::find(&blocks);
            let kind = read(&title.folded, &title, &[], &blocks, None);
            assert_eq!(kind, want, "{name}");
        }
    }
}
