//! What is a report, and what some other document of the same folder: told by the title,
//! and where there is none, by the parts that the text has.

use super::title::{self, Title};
use super::{Kind, Part, Section, Year};
use crate::source::Block;

/// How the titles of other documents end, and words that make one of a title that speaks
/// of a report too.
const ENDS: [&str; 25] = [
    "指南",
    "目录",
    "的通知",
    "办法",
    "规定",
    "制度",
    "申请表",
    "流程",
    "公告",
    "公示",
    "细则",
    "须知",
    "方案",
    "要点",
    "解读",
    "意见",
    "的函",
    "批复",
    "问答",
    "宣传册",
    "手册",
    "一览表",
    "汇总表",
    "格式",
    "模板",
];
const WORDS: [&str; 12] = [
    "自查",
    "调研报告",
    "审计报告",
    "整改报告",
    "评估报告",
    "检查情况",
    "上半年",
    "季度",
    "月份",
    "半年",
    "述职",
    "政府工作报告",
];
/// What else is disclosed under other rules than the Regulations: a village's accounts to
/// those who live there, a court's or a party's affairs.
const AFFAIRS: [&str; 9] = [
    "村务公开",
    "居务公开",
    "社务公开",
    "厂务公开",
    "党务公开",
    "检务公开",
    "审务公开",
    "审判公开",
    "司法公开",
];
/// Parts that a report without a title must have of these.
const TELLING: [Part; 6] = [
    Part::Disclosure,
    Part::Requests,
    Part::Disputes,
    Part::Fees,
    Part::Problems,
    Part::Overview,
];

/// How a report without a title says what it is.
const SAID: [&str; 11] = [
    "编制本年度报告",
    "编制本报告",
    "本报告根据",
    "本报告是根据",
    "本年报是根据",
    "本年报根据",
    "工作情况报告如下",
    "工作情况汇报如下",
    "有关情况报告如下",
    "有关情况汇报如下",
    "本报告包括",
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
    for trial in ["(试行", "(暂行", "(修订", "(草案", "(征求意见稿"] {
        bare = bare.strip_suffix(trial).unwrap_or(bare);
    }
    let other = ENDS.iter().any(|w| bare.ends_with(w)) || WORDS.iter().any(|w| folded.contains(w));
    if other {
        return Kind::Other;
    }
    let of_government = ["信息公开", "政务公开", "资讯公开"];
    if AFFAIRS.iter().any(|w| folded.contains(w))
        && !of_government.iter().any(|w| folded.contains(w))
    {
        return Kind::Other;
    }
    if title::names_report(folded) && folded.contains("公开") {
        return Kind::Report;
    }
    let has = |part: &Part| sections.iter().any(|s| s.part == Some(*part));
    let parts = TELLING.iter().filter(|p| has(p)).count();
    let says_so = blocks.iter().take(12).any(|b| {
        let text = b.folded.text();
        text.contains("信息公开") && SAID.iter().any(|w| text.contains(w))
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
            ("平湖市新仓镇三叉河村2012年政府信息公开年度报告", Kind::Report),
            ("平湖市2014年党务公开、政务公开工作总结", Kind::Report),
        ] {
            let blocks = plain::blocks(&format!("{name}\n\n公开信息3条。\n"), Format::Txt);
            let title = title::find(&blocks);
            let kind = read(&title.folded, &title, &[], &blocks, None);
            assert_eq!(kind, want, "{name}");
        }
    }
}
