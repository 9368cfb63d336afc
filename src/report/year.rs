//! The year reported on, never that of publishing: the title's; else the period that the
//! text states; else the year that the text speaks of before all others.

use std::sync::LazyLock;

use regex::Regex;

use super::title;
use super::wording::wording;
use super::{Basis, Metadata, Year};
use crate::source::Block;
use crate::text::chars;

/// The year, and how it was inferred where it was.
pub fn read(title: &str, metadata: &Metadata, blocks: &[Block]) -> (Option<Year>, Option<String>) {
    let bare = || title::bare_year(title).map(|(value, _)| value);
    if let Some(value) = title::year(title).or_else(bare) {
        return (Some(year(value, Basis::Title)), None);
    }
    if let Some(value) = stated(blocks) {
        return (Some(year(value, Basis::Body)), None);
    }
    if let Some((value, words)) = of_broken_date(blocks) {
        let reason = format!("year inferred from a date that lost characters: {words}");
        return (Some(year(value, Basis::Inferred)), Some(reason));
    }
    if first_year_of_the_regulations(blocks) {
        let reason = "year inferred: the first year of the Regulations is 2008";
        return (Some(year(2008, Basis::Inferred)), Some(reason.to_owned()));
    }
    match spoken_of(metadata, blocks) {
        Some(value) => {
            let reason = format!("year inferred: {value} is what the text speaks of");
            (Some(year(value, Basis::Inferred)), Some(reason))
        }
        None => (None, None),
    }
}

fn year(value: i32, basis: Basis) -> Year {
    Year { value, basis }
}

/// The year of the period that a text states, or of the report that it says it is.
fn stated(blocks: &[Block]) -> Option<i32> {
    let head = || blocks.iter().take(30).map(|b| b.folded.text());
    let words = &wording().year;
    for folded in head() {
        let behind = words.behind.iter().filter_map(|w| folded.find(w.as_str()));
        let behind = behind.map(|at| &folded[at..]);
        let before = words.before.iter().filter_map(|w| folded.find(w.as_str()));
        let before = before.map(|at| chars::last(&folded[..at], 30));
        if let Some(value) = behind.chain(before).find_map(title::year) {
            return Some(value);
        }
    }
    blocks.iter().take(60).find_map(|b| {
        let folded = b.folded.text();
        let begins = folded.starts_with("20") && folded.contains("公开");
        begins
            .then(|| title::year(folded.get(..12).unwrap_or(folded)))
            .flatten()
    })
}

/// The year of a period whose 年 and 月 were lost: 统计期限自201811日至20181231日.
fn of_broken_date(blocks: &[Block]) -> Option<(i32, String)> {
    static BROKEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(20[0-9]{2})(?:[0-9]{2,4}日?[至到-]20[0-9]{4,6}日?|1231日)").expect("valid")
    });
    for block in blocks.iter().take(30) {
        let folded = block.folded.text();
        if wording().year.dated.is_in(folded)
            && let Some(found) = BROKEN.captures(folded)
        {
            let value = found[1]
                .parse()
                .ok()
                .filter(|y| (2003..=2100).contains(y))?;
            return Some((value, found[0].to_owned()));
        }
    }
    None
}

/// The first year of the Regulations (国务院令第492号, in force from 1 May 2008) is 2008.
fn first_year_of_the_regulations(blocks: &[Block]) -> bool {
    let ends = blocks.iter().rev().take(30);
    let mut texts = blocks.iter().take(30).chain(ends).map(|b| b.folded.text());
    texts.any(|f| f.contains("条例") && wording().year.first.is_in(f))
}

/// The year that a text names before all others, as its own: at the beginning of its
/// sentences, and at least twice as often as any other.
fn spoken_of(metadata: &Metadata, blocks: &[Block]) -> Option<i32> {
    let mut counts: Vec<(i32, u32)> = Vec::new();
    for block in blocks.iter().take(80) {
        let folded = block.folded.text();
        for (at, value, end) in title::years(folded) {
            let before = &folded[..at];
            let quoted = before.matches('《').count() > before.matches('》').count();
            let is_date = folded[end..].starts_with(|c: char| c.is_ascii_digit());
            if quoted || is_date {
                continue;
            }
            let begins = before.is_empty() || before.ends_with(['。', ';', '、', ')']);
            let whole = folded[end..].starts_with('度') || folded[..end].ends_with('度');
            let weight = if begins || whole { 3 } else { 1 };
            match counts.iter_mut().find(|(y, _)| *y == value) {
                Some((_, n)) => *n += weight,
                None => counts.push((value, weight)),
            }
        }
    }
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let &(value, most) = counts.first()?;
    let second = counts.get(1).map_or(0, |(_, n)| *n);
    let published = metadata
        .published_on
        .as_ref()
        .or(metadata.written_on.as_ref());
    let published = published.and_then(|d| d.get(..4)?.parse::<i32>().ok());
    let possible = published.is_none_or(|p| (p - 2..=p).contains(&value));
    (most >= 3 && most >= second * 2 && possible).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Format, plain};

    fn read_text(title: &str, text: &str) -> Option<(i32, Basis)> {
        let blocks = plain::blocks(text, Format::Txt);
        let (year, _) = read(title, &Metadata::default(), &blocks);
        year.map(|y| (y.value, y.basis))
    }

    #[test]
    fn the_title_comes_before_the_text_and_the_text_before_its_sentences() {
        let text = "本报告数据统计期限为2012年1月1日至2012年12月31日。\n2013年,某县公开信息3条。\n";
        assert_eq!(
            read_text("某县2011年政府信息公开年报", text),
            Some((2011, Basis::Title))
        );
        assert_eq!(
            read_text("政府信息公开年报", text),
            Some((2012, Basis::Body))
        );
        let text = "一、概述\n2018年我镇在县政府领导下工作。\n二、情况\n2018年发布信息3条。2019年将做得更好。\n";
        assert_eq!(read_text("年报", text), Some((2018, Basis::Inferred)));
    }

    #[test]
    fn four_digits_before_the_name_in_a_title_are_the_year() {
        let bare = |title| read_text(title, "本分局公开信息3条。\n");
        let title = "2015某市公安局某分局政府信息公开工作年度报告";
        assert_eq!(bare(title), Some((2015, Basis::Title)));
        assert_eq!(bare("2015条信息的目录"), None);
        assert_eq!(bare("1215某市信息公开年度报告"), None);
    }

    #[test]
    fn a_date_that_lost_characters_still_tells_its_year() {
        for text in [
            "本报告所列数据统计期限自201811日至20181231日止。\n",
            "数据截至20181231日。\n",
        ] {
            assert_eq!(
                read_text("年报", text),
                Some((2018, Basis::Inferred)),
                "{text}"
            );
        }
        for text in [
            "时间二〇一?年12月。\n",
            "截至 年12月31日。\n",
            "统计电话20181231。\n",
        ] {
            assert_eq!(read_text("年报", text), None, "{text}");
        }
    }

    #[test]
    fn a_year_that_the_text_does_not_say_is_none() {
        for text in [
            "一、概述\n我镇认真工作。\n2019年1月3日\n",
            "一、概述\n2016年做了。2017年做了。2018年做了。\n",
            "根据《2018年工作要点》开展工作。\n",
        ] {
            assert_eq!(read_text("年报", text), None, "{text}");
        }
    }
}
