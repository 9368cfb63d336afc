//! The changes that a text states: of which number, how much, and what it was before.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::figure::{Figure, Qualifier};
use crate::report::Report;
use crate::text::fold::fold;
use crate::text::numeral;

/// Words for more, and for less.
const UP: [&str; 7] = ["增长", "上升", "提高", "增加", "增幅", "提升", "净增"];
const DOWN: [&str; 6] = ["下降", "减少", "降低", "降幅", "下滑", "净减"];

/// Words for the year before.
const LAST: [&str; 4] = ["上年", "去年", "上一年", "前一年"];

/// What the words say of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::audit) enum Way {
    Up,
    Down,
    /// 是上年的2倍: not how much more, but how much.
    Times,
}

/// A change that the text states of a figure, by places among the figures.
pub(in crate::audit) struct Change {
    /// What has changed.
    pub now: usize,
    /// How much, in per cent or as a multiple.
    pub rate: usize,
    /// What the words say of it.
    pub way: Way,
    /// Whether nothing stands between the two that could have changed instead.
    pub sure: bool,
    /// What it was the year before, and the figure that says so.
    pub before: Option<(Decimal, usize)>,
}

/// The changes that the text states, in reading order.
pub(in crate::audit) fn stated(report: &Report, figures: &[Figure]) -> Vec<Change> {
    let in_prose = |i: &usize| figures[*i].cell.is_none();
    let prose: Vec<usize> = (0..figures.len()).filter(in_prose).collect();
    let text = Text {
        report,
        figures,
        prose: &prose,
    };
    let changes = (0..prose.len()).filter_map(|place| text.change(place));
    changes.collect()
}

/// Figures of the running text, and what stands between them.
struct Text<'a> {
    report: &'a Report,
    figures: &'a [Figure],
    prose: &'a [usize],
}

impl Text<'_> {
    /// The change that the figure at `place` among those of the prose states, if any.
    fn change(&self, place: usize) -> Option<Change> {
        let at = self.prose[place];
        let (report, rate) = (self.report, &self.figures[at]);
        let is_rate = matches!(rate.unit.as_str(), "%" | "倍");
        if !is_rate || rate.qualifier != Qualifier::Exact || rate.value.is_none() {
            return None;
        }
        // Few figures are rates: their words are looked at last.
        let words = words_of(report, rate);
        let way = way(rate, &words)?;
        // 从, 由 … and a change of a change are other claims.
        if words.contains("点") || self.is_since_another_year(rate) {
            return None;
        }
        let near = |i: &&usize| same_sentence(report, &self.figures[**i].range, &rate.range);
        let behind = self.prose[..place].iter().rev().take_while(near);
        let ahead = self.prose[place + 1..].iter().take_while(near);
        let behind: Vec<usize> = behind.copied().collect();
        let others: Vec<usize> = behind.iter().chain(ahead).copied().collect();
        let way_of = |i: usize| direction(&words_of(report, &self.figures[i]));
        let mut counts = behind.iter().copied().filter(|i| self.is_count(*i));
        let now = counts.find(|i| self.figures[*i].year.is_none() && way_of(*i).is_none())?;
        let unit = &self.figures[now].unit;
        let alike = |i: &usize| *i != now && self.is_count(*i) && self.figures[*i].unit == *unit;
        let rivals: Vec<usize> = others.into_iter().filter(alike).collect();
        let sure = is_of_same(report, &self.figures[now], rate);
        let value = |i: usize| self.figures[i].value;
        let last = |i: usize| self.figures[i].year == report.year.map(|y| y.value - 1);
        let bracketed = || {
            self.in_bracket_behind(place)
                .filter(|i| alike(i) && last(*i))
        };
        let before = match &rivals[..] {
            [one] if self.figures[*one].year.is_some() => {
                value(*one).filter(|_| last(*one)).map(|v| (v, *one))
            }
            [one] if is_of_same(report, &self.figures[now], &self.figures[*one]) => {
                let grew = way_of(*one);
                let sum = value(now).zip(value(*one)).zip(grew);
                let before = sum.and_then(|((now, d), grew)| match grew {
                    true => now.checked_sub(d),
                    false => now.checked_add(d),
                });
                before.map(|v| (v, *one))
            }
            // 其中本级30件，同比增长20%（上年25件）
            _ if sure => bracketed().and_then(|i| Some((value(i)?, i))),
            _ => None,
        };
        // Where other figures of the unit stand in the sentence, whose change it is stays open.
        let of_last_year = || LAST.iter().any(|w| words.contains(w));
        let is_open = !rivals.is_empty() || way == Way::Times && !of_last_year();
        (before.is_some() || !is_open).then_some(Change {
            now,
            rate: at,
            way,
            sure,
            before,
        })
    }

    fn is_count(&self, at: usize) -> bool {
        let figure = &self.figures[at];
        !matches!(figure.unit.as_str(), "%" | "倍")
            && figure.qualifier == Qualifier::Exact
            && figure.value.is_some()
    }

    /// The figure that stands in brackets right behind the one at `place`.
    fn in_bracket_behind(&self, place: usize) -> Option<usize> {
        let next = *self.prose.get(place + 1)?;
        let (from, to) = (
            self.figures[self.prose[place]].number.end,
            self.figures[next].number.start,
        );
        let between = fold(self.report.text.get(from..to)?);
        (between
            .trim_start_matches(['%', '倍'])
            .trim_start()
            .starts_with('('))
        .then_some(next)
    }

    /// 较2008年增长13%, in a report on 2010.
    fn is_since_another_year(&self, rate: &Figure) -> bool {
        let Some(own) = self.report.year.map(|y| y.value) else {
            return false;
        };
        let before = self.report.text.get(..rate.number.start);
        let start =
            before.and_then(|b| b.rfind(['，', ',', '；', ';', '。', '\n', '（', '(', '、']));
        let clause = before.and_then(|b| b.get(start.unwrap_or(0)..));
        let clause = fold(clause.unwrap_or_default());
        numeral::years(&clause).any(|(_, _, year)| year != own && year != own - 1)
    }
}

/// The words of a figure in front of its number.
pub(super) fn words_of(report: &Report, figure: &Figure) -> String {
    let words = report.text.get(figure.range.start..figure.number.start);
    fold(words.unwrap_or_default())
}

/// Whether a difference, or a rate, is that of the figure before it: 120件，同比增加20件, but not
/// 其中网络申请增加8件, whose clause names something of its own.
fn is_of_same(report: &Report, now: &Figure, difference: &Figure) -> bool {
    let from = now.range.end;
    let Some(between) = report.text.get(from..difference.number.start) else {
        return false;
    };
    let between = fold(between);
    let clause = between.rsplit([',', '、', '(', ';']).next();
    let clause = clause.unwrap_or_default().trim_start();
    let leads = [
        "同比", "比", "较", "与", "环比", "同期", "即", "共", "净", "也", "上年", "去年", "多",
        "少",
    ];
    let mut leads = leads.iter().chain(&UP).chain(&DOWN);
    leads.any(|l| clause.starts_with(l)) && !between.contains("其中")
}

/// Whether the words in front of a number say that something grew, or shrank.
pub(super) fn direction(words: &str) -> Option<bool> {
    let last = |list: &[&str]| list.iter().filter_map(|w| words.rfind(w)).max();
    match (last(&UP), last(&DOWN)) {
        // 同比增10%, 比上年多10件
        (None, None) => {
            let compares = ["比", "较"].iter().any(|w| words.contains(w));
            match words.trim_end().chars().next_back().filter(|_| compares)? {
                '增' | '升' | '多' => Some(true),
                '减' | '降' | '少' => Some(false),
                _ => None,
            }
        }
        (up, down) => Some(up > down),
    }
}

/// What the words in front of a rate say of the change.
fn way(rate: &Figure, words: &str) -> Option<Way> {
    match direction(words) {
        Some(true) => Some(Way::Up),
        Some(false) => Some(Way::Down),
        None if rate.unit == "倍" && words.trim_end().ends_with('的') => Some(Way::Times),
        None => None,
    }
}

pub(super) fn same_sentence(report: &Report, a: &Range<usize>, b: &Range<usize>) -> bool {
    let (from, to) = (a.end.min(b.end), a.start.max(b.start));
    let between = report.text.get(from..to.max(from)).unwrap_or_default();
    !between.contains(['。', '；', ';', '\n', '！'])
}
