//! Which time a figure covers: the year, a part of it, or several years.

use std::sync::LazyLock;

use regex::Regex;

use super::year::own_year;
use crate::figure::Period;
use crate::figure::grammar::Grammar;
use crate::text::numeral;
use crate::text::words::WordList;

/// A part of a year, or a day at which something began or up to which it was counted.
static PARTIAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"上半年|下半年|前三季度|前[一二两三]个?季度|前(?:[1-9]|10|11|[一二三四五六七八九十]|十一)个月|第?[一二三四1-4]季度|汛期|当月|本月|本季",
        r"|(?:20([0-9]{2})年)?(?:1?[0-9]|[一二三四五六七八九十]{1,2})(?:月份?)?[-至到](?:1?[0-9]|[一二三四五六七八九十]{1,2})月",
        r"|(?:截至|截止|截止到|截至到|到|至|-)(?:20([0-9]{2})年)?(?:[1-9]|10|11|[一二三四五六七八九十]|十一)月(?:底|末|份|[0-9]{1,2}日)",
        r"|(?:截至|截止)到?(?:20([0-9]{2})年)?(?:[1-9]|10|11|[一二三四五六七八九十]|十一)月[,共全我]",
        r"|(?:20([0-9]{2})年)?(?:[2-9]|1[0-2])月(?:[0-9]{1,2}日)?[^,。0-9]{0,6}(?:以来|起)",
        r"|(?:1?[0-9])月份?共?(?:主动公开|公开|受理|收到|接到)",
    ))
    .expect("valid")
});
/// Years that are counted together: 五年来, 过去三年, 2008年至2012年.
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:近|过去|最近)?([2-9二两三四五六七八九十])年[以多]?来",
        r"|(?:近|过去|最近)([2-9二两三四五六七八九十])年",
        r"|20([0-9]{2})年?(?:([0-9]{1,2})月)?(?:[0-9]{1,2}日)?[-至到]20([0-9]{2})年(?:([0-9]{1,2})月)?",
    ))
    .expect("valid")
});
static SINCE_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"20([0-9]{2})年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?[^,。0-9]{0,8}(?:以来|起)",
        r"|自20([0-9]{2})年[^,。]{0,8}[至到]20[0-9]{2}年",
    ))
    .expect("valid")
});

/// What a word says of time, or which pattern it is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// The whole year.
    Annual,
    /// The report's year: 施行四年多来,…,全年接受咨询2300人次 counts the year.
    OwnYear,
    /// [`PARTIAL`] may stand here.
    Partial,
    /// [`SINCE_YEAR`] may.
    Since,
    /// [`YEARS`] may.
    Years,
}

/// All such words, found in one pass: most sentences hold none that a pattern needs.
static SIGNS: LazyLock<(WordList, Vec<Sign>)> = LazyLock::new(|| {
    let periods = &Grammar::embedded().periods;
    let words = [
        (Sign::Annual, &periods.annual),
        (Sign::OwnYear, &periods.own_year),
        (Sign::Partial, &periods.partial),
        (Sign::Since, &periods.since),
        (Sign::Years, &periods.years),
    ];
    let each = || {
        words
            .iter()
            .flat_map(|(s, w)| w.words().iter().map(|w| (*s, w)))
    };
    let list = each().map(|(_, word)| word).collect();
    (list, each().map(|(sign, _)| sign).collect())
});

/// What a sentence says of time, and where.
#[derive(Debug, Default)]
pub(super) struct Times {
    marks: Vec<(usize, Mark)>,
    /// Where parts of other years stand.
    others: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// The whole year.
    Annual,
    /// A part of it.
    Partial,
    /// From a day of the year on: a part, whatever comes behind.
    FromDay,
    /// From another year on.
    SinceYear(i32),
    /// Within the report's year.
    OwnYear,
}

impl Times {
    /// Those of `text`, which begins at byte `start` of its block; `year` is the report's.
    pub fn of(text: &str, start: usize, year: Option<i32>) -> Self {
        let (mut marks, mut others) = (Vec::new(), Vec::new());
        let (mut partial, mut since, mut years) = (false, false, false);
        let (words, signs) = &*SIGNS;
        words.each(text, |at, place| {
            let end = start + at + words.words()[place].len();
            match signs[place] {
                Sign::Annual => marks.push((end, Mark::Annual)),
                Sign::OwnYear => marks.push((end, Mark::OwnYear)),
                Sign::Partial => partial = true,
                Sign::Since => since = true,
                Sign::Years => years = true,
            }
        });
        let matches = |asked: bool, of: &'static Regex| asked.then(|| of.captures_iter(text));
        for found in matches(partial, &PARTIAL).into_iter().flatten() {
            let Some(all) = found.get(0) else { continue };
            let named = (1..=4).find_map(|i| found.get(i));
            let named = named.and_then(|y| y.as_str().parse::<i32>().ok());
            let other = named.is_some_and(|y| year.is_some_and(|own| 2000 + y != own));
            match mark(&text[..all.start()], all.as_str(), year) {
                Some(mark) if !other => marks.push((start + all.end(), mark)),
                Some(_) => others.push(start + all.end()),
                None => {}
            }
        }
        for found in matches(since, &SINCE_YEAR).into_iter().flatten() {
            let since = found.get(1).or(found.get(2));
            let since = since.and_then(|y| y.as_str().parse::<i32>().ok());
            if let (Some(all), Some(y)) = (found.get(0), since) {
                marks.push((start + all.end(), Mark::SinceYear(2000 + y)));
            }
        }
        if let Some(own) = year {
            for found in matches(years, &YEARS).into_iter().flatten() {
                // 1998年以来 are not eight years.
                let digits =
                    |m: &regex::Match| text[..m.start()].ends_with(|c: char| c.is_ascii_digit());
                let all = found.get(0).filter(|m| !digits(m));
                if let (Some(all), Some(since)) = (all, first_of(&found, own)) {
                    marks.push((start + all.end(), Mark::SinceYear(since)));
                }
            }
            let named = own_year(text, own).into_iter();
            marks.extend(named.map(|at| (start + at, Mark::OwnYear)));
        }
        // Of marks at one place what tells of parts and of other years comes first.
        marks.sort_by_key(|(at, mark)| (*at, matches!(mark, Mark::Annual | Mark::OwnYear)));
        Self { marks, others }
    }

    /// The period of what stands at byte `at` of the block. `carried`: the sentence before
    /// spoke of a part of the year, and this one goes on.
    pub fn period(&self, at: usize, carried: &mut bool) -> Period {
        let of_years = |m: &Mark| matches!(m, Mark::SinceYear(_) | Mark::OwnYear);
        let said = self.before(at).filter(|m| !of_years(m));
        let (mut last, mut from_day) = (None, false);
        for mark in said {
            from_day |= mark == Mark::FromDay;
            last = Some(mark);
        }
        // 2011年9月进驻以来至2011年底 covers a part of the year all the same.
        *carried = match last {
            Some(Mark::Annual) => from_day,
            Some(_) => true,
            None => *carried,
        };
        if *carried {
            Period::Partial
        } else {
            Period::Annual
        }
    }

    /// Whether a part of another year is spoken of before byte `at`.
    pub fn is_part_of_other(&self, at: usize) -> bool {
        self.others.iter().any(|other| *other <= at)
    }

    /// The year since which things are counted at byte `at`; the report's own year named
    /// behind it ends that.
    pub fn since(&self, at: usize) -> Option<i32> {
        let mut since = None;
        for mark in self.before(at) {
            match mark {
                Mark::SinceYear(year) => since = Some(year),
                Mark::OwnYear => since = None,
                _ => {}
            }
        }
        since
    }

    fn before(&self, at: usize) -> impl Iterator<Item = Mark> + '_ {
        let said = self.marks.iter().take_while(move |(end, _)| *end <= at);
        said.map(|(_, mark)| *mark)
    }
}

/// The first of several years that are counted together; none of a single year, and none of
/// a school year.
fn first_of(found: &regex::Captures, own: i32) -> Option<i32> {
    if let Some(many) = found.get(1).or(found.get(2)) {
        let many = numeral::value(many.as_str())?;
        return Some(own - i32::try_from(many).ok()?);
    }
    let number = |i: usize| found.get(i)?.as_str().parse::<i32>().ok();
    let (from, to) = (2000 + number(3)?, 2000 + number(5)?);
    let months = match (number(4), number(6)) {
        (None, None) => (to - from + 1) * 12,
        (Some(first), Some(last)) => (to - from) * 12 + last - first + 1,
        _ => (to - from) * 12,
    };
    // 2015年12月至2016年12月 is still the year.
    (to <= own && months > 13).then_some(from)
}

/// What words that speak of months say: 结转下半年办理 is where something goes, 1-12月 the
/// whole year, 9月1日至8月31日 a school year, and the year 2008 begins in May, with the
/// Regulations.
fn mark(before: &str, words: &str, year: Option<i32>) -> Option<Mark> {
    let ends = |ends: &[&str]| ends.iter().any(|w| words.ends_with(w));
    if before.ends_with('转')
        || ends(&["引起", "发起"])
        // A day that is none: the 1 of December has been lost.
        || ends(&["月31日", "月30日"]) && words.contains("2月3") && !words.contains("12月3")
        || year == Some(2008) && words.contains("5月")
    {
        return None;
    }
    let months = words.rsplit('年').next().unwrap_or(words);
    let months = months.trim_end_matches('月');
    let whole = ["1", "一", "1月", "一月", "1月份"].iter().any(|first| {
        let rest = months.strip_prefix(first).unwrap_or_default();
        matches!(rest.trim_start_matches(['-', '至', '到']), "12" | "十二")
    });
    let school = words.ends_with("8月31日") && before.ends_with("9月1日");
    Some(match () {
        () if whole || school => Mark::Annual,
        () if ends(&["以来", "起"]) => Mark::FromDay,
        () => Mark::Partial,
    })
}
