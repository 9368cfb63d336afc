//! What the words around a figure say of its sense: which verb counts, whether it is the
//! whole, whose it is, how exact.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::rules::said_words;
use super::{Check, Message};
use crate::figure::{Figure, Qualifier};
use crate::text::words::WordList;

/// Words around a figure, as far as an audit cares; both are pieces of folded text.
#[derive(Debug, Default)]
pub(super) struct Said<'a> {
    /// From the beginning of its clause to its unit.
    clause: &'a str,
    /// What the brackets right behind it say.
    bracket: &'a str,
    verb: Option<Verb>,
    /// Only one sense is possible (新收; 含上年结转).
    pub fixed: bool,
    /// 共, 全年, 总计: it claims to be the whole.
    pub names_whole: bool,
    /// The sentence names parts, or of what kind it is, before.
    pub is_listed: bool,
    /// It is the figure that a report would give for the year, not one of a breakdown.
    pub is_headline: bool,
    /// A month or a day stands beside it.
    pub is_dated: bool,
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
    /// 办理结果总计 + 结转下年度继续办理
    ClosedAndCarriedOut,
}

impl Sense {
    /// Every one.
    pub const ALL: [Self; 4] = [
        Self::New,
        Self::NewAndCarried,
        Self::Closed,
        Self::ClosedAndCarriedOut,
    ];

    /// Whether numbers of this key may have several senses.
    pub fn may_be_of(key: &str) -> bool {
        matches!(
            key,
            "requests.received.new" | "requests.handled.total" | "requests.closed.total"
        )
    }

    /// Lines of table 3 that it adds up.
    pub fn rows(self) -> &'static [&'static str] {
        match self {
            Self::New => &["received.new"],
            Self::NewAndCarried => &["received.new", "received.carried_in"],
            Self::Closed => &["closed.total"],
            Self::ClosedAndCarriedOut => &["closed.total", "carried_out"],
        }
    }

    pub fn name(self) -> Message {
        let (zh, en) = match self {
            Self::New => ("本年新收", "received this year"),
            Self::NewAndCarried => ("本年新收加上年结转", "received this year and carried in"),
            Self::Closed => ("办理结果总计", "results, total"),
            Self::ClosedAndCarriedOut => ("办理结果总计加结转下年", "results and carried over"),
        };
        Message {
            zh: zh.into(),
            en: en.into(),
        }
    }
}

/// What a word says of a figure; its clause or its sentence may say several such things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Verb(Verb),
    /// Requests carried over are among them.
    Carried,
    /// It claims to be the whole.
    Whole,
    /// Words that only look like such a claim.
    NotWhole,
    /// The sentence lists parts.
    Listed,
    /// The sentence speaks of more than the body itself.
    Area,
}

impl Sign {
    /// One bit for each.
    fn bit(self) -> u16 {
        1 << match self {
            Self::Verb(verb) => verb as u16,
            Self::Carried => 8,
            Self::Whole => 9,
            Self::Listed => 10,
            Self::Area => 11,
            Self::NotWhole => 12,
        }
    }
}

/// All such words, found in one pass, and the bit of each.
static SIGNS: LazyLock<(WordList, Vec<u16>)> = LazyLock::new(|| {
    let said = said_words();
    let words = [
        (Sign::Verb(Verb::NewlyReceived), &said.newly_received),
        (Sign::Verb(Verb::Answered), &said.answered),
        (Sign::Verb(Verb::Accepted), &said.accepted),
        (Sign::Verb(Verb::Received), &said.received),
        (Sign::Verb(Verb::Handled), &said.handled),
        (Sign::Carried, &said.carried),
        (Sign::Whole, &said.whole),
        (Sign::NotWhole, &said.not_whole),
        (Sign::Listed, &said.listed),
        (Sign::Area, &said.area),
    ];
    let each = || words.iter().flat_map(|(s, w)| w.iter().map(|w| (*s, w)));
    let list = each().map(|(_, word)| word.as_str()).collect();
    (list, each().map(|(sign, _)| sign.bit()).collect())
});

/// The signs in `sentence`, and those behind byte `from` of it, as bits.
fn signs(sentence: &str, from: usize) -> (u16, u16) {
    let (words, bits) = &*SIGNS;
    let (mut all, mut behind) = (0, 0);
    // 公共 has one 共 in it that is none.
    let (mut claims, mut lookalikes) = (0, 0);
    words.each(sentence, |at, place| {
        all |= bits[place];
        if at >= from {
            behind |= bits[place];
            claims += usize::from(bits[place] == Sign::Whole.bit());
            lookalikes += usize::from(bits[place] == Sign::NotWhole.bit());
        }
    });
    if claims <= lookalikes {
        behind &= !Sign::Whole.bit();
    }
    (all, behind)
}

/// Whether a clause speaks of a month or a day: what it counts is one of several events.
fn is_dated(clause: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    // 截至12月底, 1至12月 is the whole year.
    let until = ["至12月", "到12月", "-12月", "—12月", "~12月"];
    let mut pieces = clause.split('月');
    let last = pieces.next_back().unwrap_or_default();
    let month = pieces.any(|before| before.ends_with(digit));
    let day = last
        .split_once('日')
        .is_some_and(|(d, _)| d.ends_with(digit));
    (month || day) && !until.iter().any(|u| clause.contains(u))
}

/// A date that is a clause of its own before another: 6月,
fn date_before(head: &str) -> &str {
    let clause = head.trim_end_matches(',').rsplit([',', ':', '、']).next();
    let of_date = |c: char| c.is_ascii_digit() || "年月日至到-上中下旬底初末".contains(c);
    clause
        .filter(|c| c.chars().all(of_date))
        .unwrap_or_default()
}

/// Reads the words around `figure`.
pub(super) fn said<'a>(check: &Check<'a>, figure: &Figure) -> Said<'a> {
    let blocks = &check.report.blocks;
    let at = blocks.partition_point(|b| b.range.end <= figure.range.start);
    let Some(block) = blocks.get(at) else {
        return Said::default();
    };
    let (folded, text) = (&block.folded, block.folded.text());
    // What is said behind the number is said of something else; words that are themselves
    // the number (未收到) are their own end.
    let until = figure.number.end.clamp(block.range.start, block.range.end);
    let own = folded.folded(figure.range.start.min(until)..until);
    let opening = |c: char| !c.is_alphanumeric();
    let sentence = text[..own.end].rsplit(['。', ';', '!', '?']).next();
    let sentence = sentence.unwrap_or_default().trim_start_matches(opening);
    let start = own.end - sentence.len();
    // The clause begins behind the last comma that is not inside the figure's own words.
    let head = &text[start..own.start.max(start)];
    let cut = head
        .rsplit([',', ':', '、', '('])
        .next()
        .unwrap_or_default();
    let clause = sentence[head.len() - cut.len()..].trim_start_matches(opening);
    let bracket = text[own.end..]
        .trim_start()
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .map_or("", |(inside, _)| inside);
    let label = &text[folded.folded(figure.label.clone())];
    let (in_sentence, in_clause) = signs(sentence, sentence.len() - clause.len());
    let says = |sign: Sign| in_clause & sign.bit() != 0;
    let verbs = [
        Verb::NewlyReceived,
        Verb::Answered,
        Verb::Accepted,
        Verb::Received,
        Verb::Handled,
    ];
    let verb = verbs.into_iter().find(|v| says(Sign::Verb(*v)));
    let carried = bracket.contains("结转") || says(Sign::Carried);
    let names_whole = says(Sign::Whole);
    let inside = in_sentence & Sign::Listed.bit() != 0;
    Said {
        verb,
        fixed: verb == Some(Verb::NewlyReceived) || verb == Some(Verb::Answered) || carried,
        names_whole,
        is_listed: inside,
        is_headline: names_whole || !inside,
        is_dated: is_dated(clause) || is_dated(date_before(&head[..head.len() - cut.len()])),
        whole_area: in_sentence & Sign::Area.bit() != 0,
        granted_and_partial: label.contains("部分公开")
            && (label.contains("予以公开")
                || label.contains("同意公开")
                || label.contains("公开及部分"))
            && !clause.contains("分别"),
        clause,
        bracket,
    }
}

impl Said<'_> {
    /// What a number of requests received or handled may be in table 3. Answers and
    /// whatever has another key are compared with their own cell.
    pub fn senses(&self, key: &str) -> Vec<Sense> {
        use Sense::{Closed, New, NewAndCarried};
        let with_carried = self.bracket.contains("结转")
            && (self.bracket.contains('含') || self.bracket.contains("包括"));
        match (key, self.verb) {
            ("requests.received.new" | "requests.handled.total", Some(Verb::NewlyReceived))
                if !with_carried =>
            {
                vec![New]
            }
            (
                "requests.received.new" | "requests.handled.total",
                Some(Verb::NewlyReceived | Verb::Received | Verb::Accepted) | None,
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

    /// Whether two numbers of requests are counted in one sense, whichever that is.
    pub fn counts_like(&self, other: &Self) -> bool {
        self.verb == other.verb && self.fixed == other.fixed
    }

    /// Between which numbers an approximate one claims the exact one to be.
    pub fn bounds(&self, stated: Decimal, qualifier: Qualifier) -> Option<Bounds> {
        let percent = |n: i64| stated.checked_mul(Decimal::new(n, 2));
        let words = said_words();
        let says = |words: &WordList| words.is_in(self.clause);
        // 不足 is less, and 200余 less than 300.
        let mut most_is_in = true;
        let (least, most) = match qualifier {
            Qualifier::Exact => (Some(stated), Some(stated)),
            Qualifier::AtMost => {
                most_is_in = !says(&words.less);
                (Some(Decimal::ZERO), Some(stated))
            }
            Qualifier::AtLeast if says(&words.more) => {
                most_is_in = false;
                (Some(stated), stated.checked_add(last_place(stated)))
            }
            Qualifier::AtLeast => (Some(stated), Some(Decimal::MAX)),
            Qualifier::Approx if says(&words.nearly) => (percent(90), Some(stated)),
            Qualifier::Approx => (percent(95), percent(105)),
        };
        Some(Bounds {
            least: least?,
            most: most?,
            most_is_in,
        })
    }
}

/// A span of numbers; its lower end is in it.
#[derive(Debug)]
pub(super) struct Bounds {
    least: Decimal,
    most: Decimal,
    most_is_in: bool,
}

impl Bounds {
    pub fn contains(&self, value: Decimal) -> bool {
        let below = match self.most_is_in {
            true => value <= self.most,
            false => value < self.most,
        };
        self.least <= value && below
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
        let fits = |clause: &str, stated: i64, qualifier, exact: i64| {
            let said = Said {
                clause,
                ..Said::default()
            };
            let bounds = said.bounds(Decimal::from(stated), qualifier);
            bounds.is_some_and(|b| b.contains(Decimal::from(exact)))
        };
        assert!(fits("近1000件", 1000, Qualifier::Approx, 930));
        assert!(!fits("近1000件", 1000, Qualifier::Approx, 1010));
        assert!(fits("1200余件", 1200, Qualifier::AtLeast, 1280));
        assert!(!fits("1200余件", 1200, Qualifier::AtLeast, 1450));
        assert!(fits("突破1200件", 1200, Qualifier::AtLeast, 1450));
        assert!(fits("约100件", 100, Qualifier::Approx, 104));
        assert!(!fits("不足100件", 100, Qualifier::AtMost, 104));
        assert!(fits("不足100件", 100, Qualifier::AtMost, 99));
        assert!(!fits("不足100件", 100, Qualifier::AtMost, 100));
        assert!(!fits("200余件", 200, Qualifier::AtLeast, 300));
    }
}
