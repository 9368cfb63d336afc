//! A report's title: found among the first blocks, and taken apart into body and year.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::source::{Block, Shape};
use crate::text::numeral;

/// How many blocks from the beginning a title is looked for in.
const REACH: usize = 40;

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(20[0-9]{2}|二[〇零○0][〇零○0一二三四五六七八九][〇零○0一二三四五六七八九])年")
        .expect("valid")
});

/// A year with the words around it that belong to no body's name.
static DATED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("{}度?", YEAR.as_str())).expect("valid"));

/// A title and the blocks it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Folded.
    pub folded: String,
    /// First and last block, `[first, last)`.
    pub blocks: Range<usize>,
}

/// The title among `blocks`: the first lines that speak of a report on disclosure, joined
/// where they were broken; else the first block.
pub fn find(blocks: &[Block]) -> Title {
    let mut best: Option<(i32, Title)> = None;
    for (i, block) in blocks.iter().enumerate().take(REACH) {
        if matches!(block.shape, Shape::Row(_)) {
            continue;
        }
        let mut folded = block.folded.text().to_owned();
        let mut end = i + 1;
        if is_sentence(&folded) {
            continue;
        }
        // 某市2011年度 / 政府信息公开工作年度报告
        while !names_report(&folded) && end < blocks.len().min(i + 3) && could_begin(&folded) {
            let next = blocks[end].folded.text();
            if is_sentence(next) || next.chars().count() > 40 || numeral::starts_with_marker(next) {
                break;
            }
            folded.push_str(next);
            end += 1;
        }
        let Some(mut score) = score(&folded) else {
            continue;
        };
        if matches!(block.shape, Shape::Heading(1)) {
            score += 2;
        }
        if best.as_ref().is_none_or(|(s, _)| score > *s) {
            best = Some((
                score,
                Title {
                    folded,
                    blocks: i..end,
                },
            ));
        }
    }
    best.map(|(_, title)| title).unwrap_or_else(|| Title {
        folded: blocks
            .first()
            .map(|b| b.folded.text().to_owned())
            .unwrap_or_default(),
        blocks: 0..blocks.len().min(1),
    })
}

fn score(folded: &str) -> Option<i32> {
    let length = folded.chars().count();
    if !(4..=70).contains(&length) || !folded.contains("公开") || !names_report(folded) {
        return None;
    }
    if folded.contains([':', '>', '【']) || numeral::starts_with_marker(folded) {
        return None;
    }
    let mut score = 0;
    score += i32::from(folded.contains("年度报告") || folded.contains("年报")) * 3;
    score += i32::from(YEAR.is_match(folded)) * 3;
    score += i32::from(folded.contains("信息公开")) * 2;
    score += i32::from(length >= 12);
    Some(score)
}

/// Whether a text speaks of a report on disclosure rather than of a guide or a notice.
pub fn names_report(folded: &str) -> bool {
    ["报告", "年报", "汇报", "总结"]
        .iter()
        .any(|word| folded.contains(word))
}

fn could_begin(folded: &str) -> bool {
    let length = folded.chars().count();
    (3..=40).contains(&length)
        && !folded.contains(':')
        && (YEAR.is_match(folded)
            || is_organ(folded)
            || folded.ends_with("政府")
            || folded.ends_with("公开")
            || folded.ends_with("年度"))
}

fn is_sentence(folded: &str) -> bool {
    folded.chars().count() > 80
        || folded.ends_with(['。', '!', '?', ';', ':', ',', '、'])
        || folded.contains('。')
}

/// The year that a text names first.
pub fn year(folded: &str) -> Option<i32> {
    YEAR.captures_iter(folded)
        .filter_map(|c| i32::try_from(numeral::value(&c[1])?.mantissa()).ok())
        .find(|y| (2003..=2100).contains(y))
}

/// The body that a title names: what is left when year, 关于 and everything from
/// 信息公开 on are taken off.
pub fn body(folded: &str) -> String {
    let mut text = folded.trim_start_matches(['《', '"', '(']).to_owned();
    for word in ["关于公布", "关于发布", "关于印发", "关于报送", "关于"] {
        if let Some(rest) = text.strip_prefix(word) {
            text = rest.to_owned();
            break;
        }
    }
    let cut = [
        "政府信息公开",
        "政务信息公开",
        "政府资讯公开",
        "政务资讯公开",
        "政务公开",
        "信息公开",
        "资讯公开",
        "信息工作",
        "年度报告",
        "工作报告",
        "年报",
    ]
    .iter()
    .filter_map(|word| text.find(word))
    .min()
    .unwrap_or(text.len());
    let cut_off = text[cut..].to_owned();
    text.truncate(cut);
    // 荔湾区人民政府信息公开: the cut took 政府 from the body's own name.
    if text.ends_with("人民") && cut_off.starts_with("政府") {
        text.push_str("政府");
    }
    let text = DATED
        .replace_all(&text, "")
        .replace("年度", "")
        .replace("本级", "");
    let text = text.trim_end_matches(['的', '"', '》', '《', ',', '(', ')', '-']);
    text.trim_start_matches(['度', '《', '"', ',', '(', ')'])
        .to_owned()
}

const ORGANS: [&str; 40] = [
    "人民政府办公厅",
    "人民政府办公室",
    "政府办公厅",
    "政府办公室",
    "委员会办公室",
    "领导小组办公室",
    "办公厅",
    "办公室",
    "管理委员会",
    "委员会",
    "管委会",
    "分局",
    "总局",
    "支局",
    "局",
    "厅",
    "委",
    "部",
    "院",
    "署",
    "海关",
    "总队",
    "支队",
    "大队",
    "中心",
    "大学",
    "学院",
    "学校",
    "医院",
    "公司",
    "银行",
    "站",
    "所",
    "处",
    "办",
    "会",
    "馆",
    "台",
    "社",
    "团",
];

/// Whether a folded name ends as the names of departments do.
pub fn is_organ(folded: &str) -> bool {
    folded.chars().count() >= 2 && ORGANS.iter().any(|end| folded.ends_with(end))
}

/// The department in what is left of a body's name behind its region; none for a
/// government itself. A government's office keeps the word government in its name.
pub fn agency(rest: &str) -> Option<String> {
    let rest = rest.trim_matches(|c: char| matches!(c, '(' | ')' | '"' | ',' | '、' | ' '));
    if matches!(
        rest,
        "" | "人民政府" | "政府" | "办事处" | "人民政府办事处" | "街道办事处"
    ) || !is_organ(rest)
    {
        return None;
    }
    Some(rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Format, plain};

    #[test]
    fn titles_are_found_and_joined() {
        for (text, want) in [
            (
                "首页>公开\n某市2012年政府信息公开工作年度报告\n根据条例。\n",
                "某市2012年政府信息公开工作年度报告",
            ),
            (
                "某市水务局2012年度\n政府信息公开工作年度报告\n根据条例规定。\n",
                "某市水务局2012年度政府信息公开工作年度报告",
            ),
            (
                "市政务公开办:\n现将《某局2012年政府信息公开报告》上报。\n某局2012年政府信息公开年报\n",
                "某局2012年政府信息公开年报",
            ),
        ] {
            assert_eq!(find(&plain::blocks(text, Format::Txt)).folded, want);
        }
    }

    #[test]
    fn titles_are_taken_apart() {
        for (title, want, y) in [
            (
                "2011年广州市荔湾区人民政府信息公开年度报告",
                "广州市荔湾区人民政府",
                Some(2011),
            ),
            (
                "三亚市人民政府2012年政府信息公开工作年度报告",
                "三亚市人民政府",
                Some(2012),
            ),
            (
                "二〇〇九年度某县政府信息公开工作年度报告",
                "某县",
                Some(2009),
            ),
            (
                "关于某市教育局2016年度政务公开工作的总结",
                "某市教育局",
                Some(2016),
            ),
        ] {
            assert_eq!(body(title), want);
            assert_eq!(year(title), y);
        }
    }

    #[test]
    fn a_government_itself_is_no_department() {
        assert_eq!(agency("人民政府"), None);
        assert_eq!(agency("市政"), None);
        assert_eq!(
            agency("经济和信息化委员会").as_deref(),
            Some("经济和信息化委员会")
        );
        assert_eq!(agency("人民政府办公厅").as_deref(), Some("人民政府办公厅"));
    }
}
