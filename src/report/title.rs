//! A report's title: found among the first blocks, and taken apart into body and year.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::wording::wording;
use crate::source::{Block, Shape};
use crate::text::chars;
use crate::text::fold::is_han;
use crate::text::numeral;

/// How many blocks from the beginning a title is looked for in.
const REACH: usize = 40;

/// 2012年, 二〇一二年, and 2012政府信息公开年报, where 年 was left out.
static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(20[0-9]{2}|二[〇零○0OoＯ][〇零○0OoＯ一二三四五六七八九][〇零○0OoＯ一二三四五六七八九])(?:年|年?度|(政府信息|政务信息|信息公开|政务公开))",
    )
    .expect("valid")
});

/// A report's name inside a sentence (现公布某局2012年政府信息公开年度报告).
static PHRASE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"[^,。;:、()《》"<>?]{0,40}(?:20[0-9]{2}|二[〇零○0]..)年?度?[^,。;:()《》]{0,24}信息公开[^,。;:()《》]{0,8}?(?:年度报告|工作报告|情况报告|年报)"#,
    )
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
    /// Bytes of the first block's fold, where the title is only a part of it.
    pub within: Option<Range<usize>>,
    /// Whether it is the name of a report, not just how the text begins.
    pub is_found: bool,
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
            // A channel of the site (政府信息公开) above a whole title is no part of it.
            let is_channel = !YEAR.is_match(&folded) && body(&folded).is_empty();
            if is_channel && YEAR.is_match(next) && names_report(next) {
                break;
            }
            // The body's name above a title that says it again.
            let again = body(next);
            if !again.is_empty() && folded.ends_with(&again) && names_report(next) {
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
                    within: None,
                    is_found: true,
                },
            ));
        }
    }
    best.map(|(_, title)| title)
        .or_else(|| phrase(blocks))
        .unwrap_or_else(|| opening(blocks))
}

/// The name of a report in the first sentences of one that has no title.
fn phrase(blocks: &[Block]) -> Option<Title> {
    for (i, block) in blocks.iter().enumerate().take(12) {
        if matches!(block.shape, Shape::Row(_)) {
            continue;
        }
        let folded = block.folded.text();
        for found in PHRASE.find_iter(folded) {
            // 关于做好2022年年度报告编制工作的通知 is not what this text is.
            let after = &folded[found.end()..];
            let names = wording();
            let of_notice = names.of_notice.beginning(after).is_some()
                && names.not_of_notice.beginning(after).is_none();
            let before = &folded[..found.start()];
            if of_notice || before.matches('《').count() > before.matches('》').count() {
                continue;
            }
            let words = found.as_str();
            let mut opened = 0;
            names.announced.each(words, |at, place| {
                let end = at + names.announced.words()[place].len();
                if end > opened && YEAR.is_match(&words[end..]) {
                    opened = end;
                }
            });
            let within = found.start() + opened..found.end();
            return Some(Title {
                folded: folded[within.clone()].to_owned(),
                blocks: i..i + 1,
                within: Some(within),
                is_found: false,
            });
        }
    }
    None
}

/// How a text without any title begins.
fn opening(blocks: &[Block]) -> Title {
    // A menu's items and a portal's table are not how a text begins.
    let is_item = |b: &Block| {
        let folded = b.folded.text();
        folded.starts_with(['-', '•', '·', '*']) && folded.chars().count() <= 12
    };
    let is_text = |b: &Block| !matches!(b.shape, Shape::Row(_)) && !is_item(b);
    let at = blocks.iter().position(is_text).unwrap_or(0);
    let Some(first) = blocks.get(at) else {
        return Title {
            folded: String::new(),
            blocks: 0..0,
            within: None,
            is_found: false,
        };
    };
    let folded = first.folded.text();
    let end = folded.find(['。', ';']).unwrap_or(folded.len());
    let end = chars::first(&folded[..end], 60).len();
    let whole = end == folded.len() && !numeral::starts_with_marker(folded);
    Title {
        folded: folded[..end].to_owned(),
        blocks: at..at + 1,
        within: (!whole).then_some(0..end),
        is_found: false,
    }
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
    score += i32::from(wording().annual.is_in(folded)) * 3;
    score += i32::from(YEAR.is_match(folded)) * 3;
    score += i32::from(folded.contains("信息公开")) * 2;
    score += i32::from(length >= 12);
    score += i32::from(wording().reports.ending(folded).is_some());
    Some(score)
}

/// Whether a text speaks of a report on disclosure rather than of a guide or a notice.
pub fn names_report(folded: &str) -> bool {
    wording().reports.is_in(folded)
}

fn could_begin(folded: &str) -> bool {
    let length = folded.chars().count();
    // 欢迎访问某区人民政府门户网站
    let names = wording();
    let is_site = names.welcome.beginning(folded).is_some() || names.sites.ending(folded).is_some();
    (3..=40).contains(&length)
        && !is_site
        && !folded.contains(':')
        && !folded.ends_with('日')
        && (YEAR.is_match(folded)
            || super::body::is_organ(folded)
            || names.broken_behind.ending(folded).is_some())
}

fn is_sentence(folded: &str) -> bool {
    folded.chars().count() > 80
        || folded.ends_with(['。', '!', '?', ';', ':', ',', '、'])
        || folded.contains('。')
}

/// The year that a text names first.
pub fn year(folded: &str) -> Option<i32> {
    years(folded).next().map(|(_, year, _)| year)
}

/// The year before a body's name without 年, and what follows it: 2015某市公安局信息公开年报.
pub fn bare_year(folded: &str) -> Option<(i32, &str)> {
    let (digits, rest) = folded.split_at_checked(4)?;
    let year = digits.parse().ok().filter(|y| (2003..=2100).contains(y))?;
    let follows = rest.starts_with(is_han) && !rest.starts_with('年');
    (follows && names_report(rest) && rest.contains("公开")).then_some((year, rest))
}

/// All years that a text names: where each begins, the year, where it ends.
pub fn years(folded: &str) -> impl Iterator<Item = (usize, i32, usize)> {
    YEAR.captures_iter(folded).filter_map(|c| {
        let (whole, digits) = (c.get(0)?, c.get(1)?);
        // The letter O stands for 〇 where somebody typed it so.
        let number = digits.as_str().replace(['O', 'o', 'Ｏ'], "〇");
        let year = i32::try_from(numeral::value(&number)?.mantissa()).ok()?;
        let end = c.get(2).map_or(whole.end(), |word| word.start());
        (2003..=2100)
            .contains(&year)
            .then_some((whole.start(), year, end))
    })
}

/// The body that a title names: what is left when year, 关于 and everything from
/// 信息公开 on are taken off.
pub fn body(folded: &str) -> String {
    let text = folded.trim_start_matches(['《', '"', '(']);
    let mut text = bare_year(text).map_or(text, |(_, rest)| rest).to_owned();
    let about = &wording().about;
    if let Some(rest) = about.iter().find_map(|w| text.strip_prefix(w.as_str())) {
        text = rest.to_owned();
    }
    let cut = wording().subjects.first(&text);
    let cut = cut.map_or(text.len(), |(at, _)| at);
    let cut_off = text[cut..].to_owned();
    text.truncate(cut);
    // 荔湾区人民政府信息公开: the cut took 政府 from the body's own name.
    if text.ends_with("人民") && cut_off.starts_with("政府") {
        text.push_str("政府");
    }
    // 海关总署2010年海关信息公开: what follows the year says what kind of information.
    if let Some(year) = DATED.find(&text) {
        let (head, kind) = (&text[..year.start()], &text[year.end()..]);
        let names_no_other = !super::body::is_organ(kind) || head.contains(kind);
        if super::body::is_organ(head) && names_no_other {
            text.truncate(year.start());
        }
    }
    let text = DATED
        .replace_all(&text, "")
        .replace("年度", "")
        .replace("本级", "");
    let text = text.trim_end_matches(['的', '"', '》', '《', ',', '(', ')', '-']);
    text.trim_start_matches(['度', '《', '"', ',', '(', ')'])
        .to_owned()
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
                "二〇一三年一月九日\n某县2012年政府信息公开年报\n根据条例。\n",
                "某县2012年政府信息公开年报",
            ),
            (
                "返回首页\n政府信息公开\n某市2013年政府信息公开工作年度报告\n根据条例。\n",
                "某市2013年政府信息公开工作年度报告",
            ),
            (
                "某市人民政府\n2013年政府信息公开工作年度报告\n根据条例。\n",
                "某市人民政府2013年政府信息公开工作年度报告",
            ),
            (
                "欢迎访问某区人民政府门户网站\n某区水务局2012年政府信息公开年报\n",
                "某区水务局2012年政府信息公开年报",
            ),
            (
                "某市某区民政局\n某区民政局2012年政府信息公开年报\n",
                "某区民政局2012年政府信息公开年报",
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
                "2015某市公安局某分局政府信息公开工作年度报告",
                "某市公安局某分局",
                None,
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
}
