//! Which time a figure covers: the year, a part of it, or everything so far.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Reader;
use crate::figure::catalogue::Indicator;
use crate::figure::grammar::Grammar;
use crate::figure::{Basis, Period};
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
    let words: [(Sign, &[&str]); 5] = [
        (
            Sign::Annual,
            &[
                "全年",
                "今年累计",
                "今年共",
                "本年累计",
                "本年度",
                "年度内",
                "12月31日",
                "年底",
                "一年来",
            ],
        ),
        (Sign::OwnYear, &["全年", "今年", "本年度"]),
        (Sign::Partial, &["月", "季", "半年", "汛期"]),
        (Sign::Since, &["以来", "起", "自20"]),
        (Sign::Years, &["来", "近", "过去", "-20", "至20", "到20"]),
    ];
    let each = || words.iter().flat_map(|(s, w)| w.iter().map(|w| (*s, *w)));
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

/// Flow or stock. `in_year`: the paragraph has spoken of the year before, and has not counted
/// the same thing.
pub(super) fn basis(
    so_far: &str,
    clause: &str,
    indicator: Option<&Indicator>,
    since: Option<i32>,
    year: Option<i32>,
    in_year: bool,
    grammar: &Grammar,
) -> Basis {
    if let Some(indicator) = indicator {
        if grammar.stock.flow_keys.beginning(&indicator.key).is_some() {
            return Basis::Flow;
        }
        // 2016年,累计公开158条 counts that year, though 累计公开 alone counts all there are.
        let ended = || {
            ["截", "底", "以来", "历年"]
                .iter()
                .any(|w| so_far.contains(w))
        };
        let in_own = || match since {
            Some(from) => Some(from) == year,
            None => year.is_some_and(|y| speaks_of_year(so_far, y) || spans_year(so_far, y)),
        };
        if indicator.key == "disclosure.total_stock" && in_own() && !ended() {
            return Basis::Flow;
        }
        // 依申请公开目录57条 is what there is; 作为依申请公开信息46条 a part of the year's.
        if indicator.stock && (!indicator.key.starts_with("catalogue.") || clause.contains("目录"))
        {
            return Basis::Stock;
        }
        if indicator.unit == "%" {
            return Basis::Flow;
        }
    }
    // 年度公开158条，历年累计公开545条；全年访问12万次，开通以来100万次: each clause for itself.
    let own = clause.rsplit([',', ';']).next().unwrap_or(clause);
    let began = |w: &String| w.ends_with("以来") && own.contains(w.as_str());
    if own.contains("历年")
        || own.contains("以来") && grammar.stock.strong.words().iter().any(began)
    {
        return Basis::Stock;
    }
    if grammar.stock.flow.is_in(clause) {
        return Basis::Flow;
    }
    if grammar.stock.own.is_in(own) {
        return Basis::Stock;
    }
    // 全年新增158条；截至年底累计545条: more than the year's own.
    let earlier = &so_far[..so_far.len().saturating_sub(own.len())];
    if own.contains('截') && own.contains("累计") && grammar.stock.flow.is_in(earlier) {
        return Basis::Stock;
    }
    // 全年累计公开158条，历年累计公开545条
    if clause.contains("历年") {
        return Basis::Stock;
    }
    // 2011年以来 in a report on 2011 is that year.
    if let Some(from) = since {
        return if year.is_some_and(|own| from < own) {
            Basis::Stock
        } else {
            Basis::Flow
        };
    }
    // 近年来不断完善制度,2016年公开820条: the year named last.
    let named = year.and_then(|y| own_year(so_far, y).last().copied());
    let strong = grammar.stock.strong.last(so_far).map(|(at, _)| at);
    if named
        .zip(strong)
        .is_some_and(|(named, strong)| named > strong)
    {
        return Basis::Flow;
    }
    // 2016年累计公开 counts that year; 截至2016年底累计公开 all years.
    let said = [clause, so_far].iter().any(|s| s.contains("累计"));
    if said && year.is_some_and(|y| speaks_of_year(so_far, y) || spans_year(so_far, y)) {
        return Basis::Flow;
    }
    // 2016年公开210条。累计刊发报道12篇 goes on with that year.
    let only_word = || {
        let strong = grammar.stock.strong.words().iter();
        let mut others = strong
            .chain(grammar.stock.weak.words())
            .filter(|w| *w != "累计");
        !others.any(|w| so_far.contains(w.as_str()))
    };
    if said && in_year && only_word() {
        return Basis::Flow;
    }
    if grammar.stock.strong.is_in(clause) && !grammar.stock.flow.is_in(so_far) {
        return Basis::Stock;
    }
    if grammar.stock.strong.is_in(so_far)
        && !grammar.stock.flow.is_in(so_far)
        && (clause.contains('已') || clause.contains("计") || indicator.is_some())
    {
        return Basis::Stock;
    }
    // 截至年底公开 is what was disclosed in the year, 截至年底访问 all visits so far, whatever
    // else the sentence counts of the year.
    let countable = indicator.is_some_and(|i| i.key.starts_with("access."));
    let weak = grammar.stock.weak.is_in(so_far) && (countable || !grammar.stock.flow.is_in(so_far));
    if weak && (countable || clause.contains('已')) {
        Basis::Stock
    } else {
        Basis::Flow
    }
}

/// Whether a number counts all years so far, whatever its indicator: 历年累计收到申请86件.
pub(super) fn counts_all_years(
    so_far: &str,
    key: &str,
    since: Option<i32>,
    year: Option<i32>,
    grammar: &Grammar,
) -> bool {
    let stock = &grammar.stock;
    // 三年来新建查阅点12个 counts those of all three.
    let new = || ["新建", "新增", "新设"].iter().any(|w| so_far.contains(w));
    let present =
        ["staff.", "org."].iter().any(|k| key.starts_with(k)) && !(since.is_some() && new());
    let earlier = since.is_some() && since < year;
    let flow = || stock.flow.is_in(so_far) || year.is_some_and(|y| speaks_of_year(so_far, y));
    // 2010年未收到申请，历年累计收到4件: the clause is nearer than the year.
    let own = so_far.rsplit([',', ';']).next().unwrap_or(so_far);
    !present
        && stock.flow_keys.beginning(key).is_some()
        && (earlier || own.starts_with("历年") || stock.all_years.is_in(so_far) && !flow())
}

/// Whether a sentence speaks of what the year `year` has brought.
pub(super) fn tells_of_year(text: &str, year: Option<i32>, grammar: &Grammar) -> bool {
    grammar.stock.flow.is_in(text) || year.is_some_and(|y| speaks_of_year(text, y))
}

/// Whether a text speaks of what happened within a year, and not up to its end.
fn speaks_of_year(text: &str, year: i32) -> bool {
    !own_year(text, year).is_empty()
}

/// Whether the words before a number name only a year, by its number or from the report's year
/// `own` on: 2016年, 今年, 前年为.
pub(super) fn is_year(words: &str, own: i32) -> bool {
    let said = words.trim_matches(|c: char| ",;:( ".contains(c));
    let said = said.trim_end_matches(['为', '有', '达', '则', '是', '度']);
    let named = said.strip_suffix('年').and_then(|y| y.parse::<i32>().ok());
    matches!(said, "今年" | "本年" | "去年" | "上年" | "前年")
        || named.is_some_and(|year| year <= own && own - year < 20)
}

/// Whether a text speaks of a year from its first day to its last.
fn spans_year(text: &str, year: i32) -> bool {
    text.contains("1月1日")
        && text.contains("12月31日")
        && text.contains(&format!("{year}年1月1日"))
}

/// Where a text names a year as the time of what it tells, and not as its end: the bytes
/// behind it.
fn own_year(text: &str, year: i32) -> Vec<usize> {
    let named = numeral::years(text).filter(|(digits, end, named)| {
        let (before, after) = (&text[..*digits], &text[*end..]);
        let until = ["截至", "截止", "到", "至", "自", "从", "-"]
            .iter()
            .any(|w| before.ends_with(w));
        let end = ["底", "末", "12月", "年底"]
            .iter()
            .any(|w| after.starts_with(w));
        *named == year && !until && !end
    });
    named.map(|(_, end, _)| end).collect()
}

/// The key that a flow's indicator has when its value is a stock, and the other way round.
pub(super) fn key_of(key: &str, basis: Basis) -> &str {
    match (key, basis) {
        ("disclosure.total", Basis::Stock) => "disclosure.total_stock",
        ("disclosure.total_stock", Basis::Flow) => "disclosure.total",
        ("access.site_visits", Basis::Stock) => "access.site_visits_stock",
        _ => key,
    }
}

/// The year that the clause with byte `at` of `text` tells of, when it is not the report's:
/// 2015年未发生行政复议. The last year or word for this year that opens a clause before decides.
pub(super) fn told_of(text: &str, at: usize, own: i32) -> Option<i32> {
    let so_far = &text[..at];
    if !so_far.contains('年') {
        return None;
    }
    let said = OPENING_YEAR.captures_iter(so_far).last()?;
    let rest = &so_far[said.get(0)?.end()..];
    let ours = ["全年", "本年", "今年", "当年", "年内"];
    if rest.starts_with(['转', '末'])
        || rest.starts_with("结转")
        || ours.iter().any(|w| rest.contains(w))
    {
        return None;
    }
    let year = match said.get(1) {
        Some(year) => 2000 + year.as_str().parse::<i32>().ok()?,
        None if said.get(0)?.as_str().ends_with("前年") => own - 2,
        None => own - 1,
    };
    let ours = || numeral::years(rest).any(|(_, _, named)| named == own);
    (year != own && !ours()).then_some(year)
}

static OPENING_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[,;:。(])(?:而|在)?(?:20([0-9]{2})年度?|(?:上一?年度?|去年|前年|上一年))")
        .expect("valid")
});

static OTHER_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:比|较|与|同|对比|由|从|其中|是|^|[,(:;、])(?:20([0-9]{2})年度?|(上一?年度?|去年|前年|上一年)(?:同期)?|(同期))").expect("valid")
});

/// The year that a comparing clause speaks of, when it is not the report's.
pub(super) fn other_year(
    reader: &Reader,
    text: &str,
    left: &Range<usize>,
    before: usize,
) -> Option<i32> {
    let own = reader.report.year?.value;
    if !text[before..left.end].contains(['年', '期']) {
        return None;
    }
    let clause = &text[left.start..left.end];
    let from = text[before..left.start]
        .rfind([',', ';'])
        .map_or(before, |i| before + i);
    let wide = &text[from.max(before)..left.end];
    let haystack = if clause.chars().count() < 4 {
        wide
    } else {
        clause
    };
    let found = OTHER_YEAR.captures_iter(haystack).last()?;
    let tail = &haystack[found.get(0)?.end()..];
    if ["以来", "起", "制定", "结转"]
        .iter()
        .any(|w| tail.contains(w))
    {
        return None;
    }
    match found.get(1) {
        Some(year) => {
            let year = 2000 + year.as_str().parse::<i32>().ok()?;
            let compares = found
                .get(0)?
                .as_str()
                .starts_with(['比', '较', '与', '同', '对', '由', '从']);
            (year != own && (compares || year < own)).then_some(year)
        }
        None if found.get(2).is_some_and(|said| said.as_str() == "前年") => Some(own - 2),
        None => Some(own - 1),
    }
}
