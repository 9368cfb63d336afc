//! What the words around a figure say of its sense: which verb counts, whether it is the
//! whole, whose it is, how exact.

use rust_decimal::Decimal;

use super::{Check, Message};
use crate::figure::{Figure, Qualifier};
use crate::text::fold::fold;

/// Words around a figure, as far as an audit cares.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// From the beginning of its clause to its unit, and what stands in brackets behind.
    clause: String,
    /// What the brackets right behind it say.
    bracket: String,
    verb: Option<Verb>,
    /// Only one sense is possible (新收; 含上年结转).
    pub fixed: bool,
    /// 共, 全年, 总计: it claims to be the whole.
    pub names_whole: bool,
    /// It is the figure that a report would give for the year, not one of a breakdown.
    pub is_headline: bool,
    /// 全市, 各级各部门: it may sum up more bodies than the form does.
    pub whole_area: bool,
    /// 予以公开及部分公开 in front of one number.
    pub granted_and_partial: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    NewlyReceived,
    Received,
    Accepted,
    Handled,
    Answered,
}

/// What received, handled or answered may count in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// 本年新收
    New,
    /// 本年新收 + 上年结转
    NewAndCarried,
    /// 办理结果总计
    Closed,
}

impl Sense {
    /// Lines of table 3 that it adds up.
    pub fn rows(self) -> &'static [&'static str] {
        match self {
            Self::New => &["received.new"],
            Self::NewAndCarried => &["received.new", "received.carried_in"],
            Self::Closed => &["closed.total"],
        }
    }

    pub fn name(self) -> Message {
        let (zh, en) = match self {
            Self::New => ("本年新收", "received this year"),
            Self::NewAndCarried => ("本年新收加上年结转", "received this year and carried in"),
            Self::Closed => ("办理结果总计", "results, total"),
        };
        Message {
            zh: zh.into(),
            en: en.into(),
        }
    }
}

/// Reads the words around `figure`.
pub(super) fn said(check: &Check, figure: &Figure) -> Said {
    let text = &check.report.text;
    let blocks = &check.report.blocks;
    let at = blocks.partition_point(|b| b.range.end <= figure.range.start);
    let Some(block) = blocks.get(at) else {
        return Said::default();
    };
    let piece = |from: usize, to: usize| fold(text.get(from..to).unwrap_or_default());
    // What is said behind the number is said of something else; words that are themselves
    // the number (未收到) are their own end.
    let until = figure.number.end.clamp(block.range.start, block.range.end);
    // Only the sentence before it and a bracket behind it are looked at, so only they are
    // folded.
    let lead = text.get(block.range.start..until).unwrap_or_default();
    let stop = lead.rfind('。').map_or(0, |at| at + '。'.len_utf8());
    let before = piece(block.range.start + stop, until);
    let tail = text.get(until..block.range.end).unwrap_or_default();
    let close = tail
        .char_indices()
        .find(|(_, c)| matches!(c, ')' | '）'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let after = piece(until, block.range.end.min(until + close));
    let opening = |c: char| !c.is_alphanumeric();
    let sentence = before.rsplit(['。', ';', '!', '?']).next();
    let sentence = sentence.unwrap_or_default().trim_start_matches(opening);
    // The clause begins behind the last comma that is not inside the figure's own words.
    let own = piece(figure.range.start.min(until), until);
    let head = sentence.strip_suffix(own.as_str()).unwrap_or_default();
    let cut = head
        .rsplit([',', ':', '、', '('])
        .next()
        .unwrap_or_default();
    let clause = &sentence[head.len() - cut.len()..];
    let clause = clause.trim_start_matches(opening);
    let bracket = after
        .trim_start()
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .map_or("", |(inside, _)| inside);
    let label = fold(text.get(figure.label.clone()).unwrap_or_default());
    let has = |words: &[&str]| words.iter().any(|w| clause.contains(w));
    let verb = if has(&["新收", "新受理", "新接收", "新增申请"]) {
        Some(Verb::NewlyReceived)
    } else if has(&["答复", "办结"]) {
        Some(Verb::Answered)
    } else if has(&["受理"]) {
        Some(Verb::Accepted)
    } else if has(&["收到", "接到", "接收", "收受", "共收"]) {
        Some(Verb::Received)
    } else if has(&["办理", "处理"]) {
        Some(Verb::Handled)
    } else {
        None
    };
    let carried = bracket.contains("结转") || clause.contains("含上年") || clause.contains("结转");
    let names_whole = has(&["共", "全年", "总计", "总数", "合计", "本年度", "总量"]);
    let listed = ["其中", "包括", "分别", "主要", "如", "通过"];
    let inside = listed.iter().any(|w| sentence.contains(w));
    let whole_area = [
        "全市",
        "全县",
        "全区",
        "全省",
        "全州",
        "全盟",
        "全旗",
        "全系统",
        "各级",
        "各部门",
        "各单位",
        "各镇",
        "各乡",
        "各街道",
        "各县",
        "市本级",
        "汇总",
    ];
    Said {
        verb,
        fixed: verb == Some(Verb::NewlyReceived) || verb == Some(Verb::Answered) || carried,
        names_whole,
        is_headline: names_whole || !inside,
        whole_area: whole_area.iter().any(|w| sentence.contains(w)),
        granted_and_partial: label.contains("部分公开")
            && (label.contains("予以公开")
                || label.contains("同意公开")
                || label.contains("公开及部分"))
            && !clause.contains("分别"),
        clause: clause.to_owned(),
        bracket: bracket.to_owned(),
    }
}

impl Said {
    /// What a number of requests received or handled may be in table 3. Answers and
    /// whatever has another key are compared with their own cell.
    pub fn senses(&self, key: &str) -> Vec<Sense> {
        use Sense::{Closed, New, NewAndCarried};
        let with_carried = self.bracket.contains("结转")
            && (self.bracket.contains('含') || self.bracket.contains("包括"));
        match (key, self.verb) {
            ("requests.received.new", Some(Verb::NewlyReceived)) => vec![New],
            (
                "requests.received.new" | "requests.handled.total",
                Some(Verb::Received | Verb::Accepted) | None,
            ) => match with_carried {
                true => vec![NewAndCarried],
                false => vec![New, NewAndCarried],
            },
            (
                "requests.received.new" | "requests.handled.total" | "requests.closed.total",
                Some(Verb::Handled),
            ) => vec![Closed, NewAndCarried],
            ("requests.handled.total", _) => vec![NewAndCarried, Closed],
            _ => Vec::new(),
        }
    }

    /// Between which numbers an approximate one claims the exact one to be.
    pub fn bounds(&self, stated: Decimal, qualifier: Qualifier) -> Option<Bounds> {
        let percent = |n: i64| stated.checked_mul(Decimal::new(n, 2));
        let says = |words: &[&str]| words.iter().any(|w| self.clause.contains(w));
        let (least, most) = match qualifier {
            Qualifier::Exact => (Some(stated), Some(stated)),
            Qualifier::AtMost => (Some(Decimal::ZERO), Some(stated)),
            Qualifier::AtLeast if says(&["余", "多"]) => {
                (Some(stated), stated.checked_add(last_place(stated)))
            }
            Qualifier::AtLeast => (Some(stated), Some(Decimal::MAX)),
            Qualifier::Approx if says(&["近"]) => (percent(90), Some(stated)),
            Qualifier::Approx => (percent(95), percent(105)),
        };
        Some(Bounds {
            least: least?,
            most: most?,
        })
    }
}

/// A span of numbers, both ends in it.
#[derive(Debug)]
pub(super) struct Bounds {
    least: Decimal,
    most: Decimal,
}

impl Bounds {
    pub fn contains(&self, value: Decimal) -> bool {
        self.least <= value && value <= self.most
    }
}

/// One unit of the last digit that is not zero: 100 for 1200.
fn last_place(value: Decimal) -> Decimal {
    let mut unit = Decimal::new(1, value.normalize().scale());
    let mut value = value.normalize();
    while !value.is_zero() && (value % (unit * Decimal::TEN)).is_zero() {
        unit *= Decimal::TEN;
        value = value.normalize();
        if unit > value {
            break;
        }
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_place_is_that_of_the_last_digit_not_zero() {
        for (value, place) in [(1200, 100), (1234, 1), (500, 100), (7, 1), (10, 10)] {
            assert_eq!(
                last_place(Decimal::from(value)),
                Decimal::from(place),
                "{value}"
            );
        }
    }

    #[test]
    fn approximate_words_claim_a_span() {
        let say = |clause: &str| Said {
            clause: clause.to_owned(),
            ..Said::default()
        };
        let fits = |clause: &str, stated: i64, qualifier, exact: i64| {
            let bounds = say(clause).bounds(Decimal::from(stated), qualifier);
            bounds.is_some_and(|b| b.contains(Decimal::from(exact)))
        };
        assert!(fits("近1000件", 1000, Qualifier::Approx, 930));
        assert!(!fits("近1000件", 1000, Qualifier::Approx, 1010));
        assert!(fits("1200余件", 1200, Qualifier::AtLeast, 1280));
        assert!(!fits("1200余件", 1200, Qualifier::AtLeast, 1450));
        assert!(fits("突破1200件", 1200, Qualifier::AtLeast, 1450));
        assert!(fits("约100件", 100, Qualifier::Approx, 104));
        assert!(!fits("不足100件", 100, Qualifier::AtMost, 104));
    }
}
