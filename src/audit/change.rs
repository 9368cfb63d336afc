//! R-P8: a stated change (同比增长20%) against the figures of both years. The year before
//! stands in the same sentence, or follows from the difference that it states; else last
//! year's report may have it (the corpus asks that).

use std::ops::Range;

use rust_decimal::Decimal;

use super::claims::unless_far;
use super::draft::Draft;
use super::rules::rule;
use super::shares::last_digit;
use super::{Check, Finding, Status};
use crate::figure::{Applicant, Figure, Qualifier};
use crate::report::Report;
use crate::text::fold::fold;

/// Words for more, and for less.
const UP: [&str; 7] = ["增长", "上升", "提高", "增加", "增幅", "提升", "净增"];
const DOWN: [&str; 6] = ["下降", "减少", "降低", "降幅", "下滑", "净减"];

/// Words for the year before.
const LAST: [&str; 4] = ["上年", "去年", "上一年", "前一年"];

/// What the words say of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
    /// 是上年的2倍: not how much more, but how much.
    Times,
}

/// Figures on either side of a difference that are looked at.
const MOST_BESIDE: usize = 12;

/// A change that the text states of a figure, by places among the figures.
pub(super) struct Change {
    /// What has changed.
    pub now: usize,
    /// How much, in per cent or as a multiple.
    pub rate: usize,
    /// What the words say of it.
    pub way: Way,
    /// What it was the year before, and the figure that says so.
    pub before: Option<(Decimal, usize)>,
}

/// Checks every change whose two years stand in one sentence.
pub(super) fn check(check: &Check) -> Vec<Finding> {
    let changes = stated(check.report, check.figures).into_iter();
    let drafts = changes.filter_map(|change| {
        let (before, at) = change.before?;
        let now = check.value(change.now)?;
        let stated = check.value(change.rate)?;
        let rate = &check.figures[change.rate];
        let outcome = compare(
            now,
            before,
            stated,
            change.way,
            &rate.unit,
            last_digit(check, rate),
        )?;
        let draft = outcome.draft()?;
        Some(draft.figures([change.rate, change.now, at]))
    });
    let differences = (0..check.figures.len()).filter_map(|at| difference(check, at));
    let all = drafts.chain(differences);
    all.map(|d| check.finding(d)).collect()
}

/// 1000条，比上年800条增加200条: what the number has changed by, where nothing else of its
/// unit stands in the sentence.
fn difference(check: &Check, at: usize) -> Option<Draft> {
    let (figures, report) = (check.figures, check.report);
    let counted =
        |f: &Figure| f.cell.is_none() && f.qualifier == Qualifier::Exact && f.value.is_some();
    let changed = &figures[at];
    if !counted(changed) || changed.year.is_some() || matches!(changed.unit.as_str(), "%" | "倍") {
        return None;
    }
    // No sentence that says such a thing plainly has more figures than these.
    let around = at.saturating_sub(MOST_BESIDE)..figures.len().min(at + MOST_BESIDE);
    let last = report.year.map(|y| y.value - 1);
    let of_last = |f: &Figure| f.year.is_some() && f.year == last;
    if !figures[around.start..at].iter().any(of_last) {
        return None;
    }
    let words = |f: &Figure| {
        let words = report.text.get(f.range.start..f.number.start);
        fold(words.unwrap_or_default())
    };
    let up = direction(&words(changed))?;
    let near = |f: &&Figure| {
        counted(f) && f.unit == changed.unit && same_sentence(report, &f.range, &changed.range)
    };
    let alike: Vec<usize> = around.filter(|i| *i != at && near(&&figures[*i])).collect();
    let [now, before] = alike[..] else {
        return None;
    };
    let stands = now < before && before < at;
    let own = figures[now].year.is_none() && direction(&words(&figures[now])).is_none();
    if !stands || !own || !of_last(&figures[before]) {
        return None;
    }
    let (a, b) = (check.value(now)?, check.value(before)?);
    let stated = check.value(at)?;
    let signed = if up { stated } else { -stated };
    let actual = a.checked_sub(b)?;
    let (status, case) = if actual == signed {
        (Status::Pass, "equal")
    } else if actual == -signed {
        (Status::Fail, "sign")
    } else {
        (unless_far(Status::Fail, actual.abs(), stated), "wrong")
    };
    let sign = |n: Decimal| {
        format!(
            "{}{}",
            if n.is_sign_negative() { "" } else { "+" },
            n.normalize()
        )
    };
    Some(
        Draft::new(rule("R-P8")?, status, case)
            .figures([at, now, before])
            .formula(format!("{a} - {b} = {}", actual.normalize()))
            .put("stated", sign(signed))
            .values(actual, signed)
            .put("actual", sign(actual)),
    )
}

/// The changes that the text states, in reading order.
pub(super) fn stated(report: &Report, figures: &[Figure]) -> Vec<Change> {
    let words = |f: &Figure| {
        fold(
            report
                .text
                .get(f.range.start..f.number.start)
                .unwrap_or_default(),
        )
    };
    let direction = |f: &Figure| direction(&words(f));
    let prose: Vec<usize> = (0..figures.len())
        .filter(|i| figures[*i].cell.is_none())
        .collect();
    let mut changes = Vec::new();
    for (place, &at) in prose.iter().enumerate() {
        let rate = &figures[at];
        let is_rate =
            matches!(rate.unit.as_str(), "%" | "倍") && rate.qualifier == Qualifier::Exact;
        // Few figures are rates: their words are looked at last.
        let way = || way(rate, &words(rate));
        let Some(way) = is_rate.then(way).flatten() else {
            continue;
        };
        // 从, 由 … and a change of a change are other claims.
        if words(rate).contains("点") || rate.value.is_none() {
            continue;
        }
        let near = |i: &&usize| same_sentence(report, &figures[**i].range, &rate.range);
        let others: Vec<usize> = prose
            .iter()
            .filter(near)
            .copied()
            .filter(|i| *i != at)
            .collect();
        let counted = |i: &usize| {
            let f = &figures[*i];
            !matches!(f.unit.as_str(), "%" | "倍")
                && f.qualifier == Qualifier::Exact
                && f.value.is_some()
        };
        let behind: Vec<usize> = prose[..place]
            .iter()
            .rev()
            .copied()
            .filter(|i| others.contains(i))
            .collect();
        let Some(now) = behind.iter().copied().find(|i| {
            counted(i) && figures[*i].year.is_none() && direction(&figures[*i]).is_none()
        }) else {
            continue;
        };
        let unit = figures[now].unit.as_str();
        let alike = |i: &usize| counted(i) && figures[*i].unit == unit && *i != now;
        let last = report.year.map(|y| y.value - 1);
        let earlier: Vec<usize> = others
            .iter()
            .copied()
            .filter(|i| alike(i) && figures[*i].year.is_some())
            .collect();
        let differences: Vec<usize> = others
            .iter()
            .copied()
            .filter(|i| alike(i) && figures[*i].year.is_none() && direction(&figures[*i]).is_some())
            .collect();
        let rivals = others.iter().filter(|i| alike(i)).count();
        let value = |i: usize| figures[i].value;
        // Where other figures of the unit stand in the sentence, whose change it is stays open.
        let before = match (&earlier[..], &differences[..]) {
            ([one], []) if rivals == 1 && figures[*one].year == last => {
                value(*one).map(|v| (v, *one))
            }
            ([], [one]) if rivals == 1 && is_of_same(report, &figures[now], &figures[*one]) => {
                let grew = direction(&figures[*one]) == Some(true);
                let sum = value(now).zip(value(*one));
                let before = sum.and_then(|(now, d)| match grew {
                    true => now.checked_sub(d),
                    false => now.checked_add(d),
                });
                before.map(|v| (v, *one))
            }
            _ => None,
        };
        let of_last_year = || LAST.iter().any(|w| words(rate).contains(w));
        let is_open = before.is_none() && (rivals > 0 || way == Way::Times && !of_last_year());
        if is_open {
            continue;
        }
        changes.push(Change {
            now,
            rate: at,
            way,
            before,
        });
    }
    changes
}

/// Whether a difference is that of the figure before it: 120件，同比增加20件, but not 其中网络
/// 申请增加8件, whose clause names something of its own.
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
fn direction(words: &str) -> Option<bool> {
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

fn same_sentence(report: &Report, a: &Range<usize>, b: &Range<usize>) -> bool {
    let (from, to) = (a.end.min(b.end), a.start.max(b.start));
    let between = report.text.get(from..to.max(from)).unwrap_or_default();
    !between.contains(['。', '；', ';', '\n', '！'])
}

/// What came of comparing a stated change with the figures of both years.
pub(super) struct Outcome {
    status: Status,
    case: &'static str,
    now: Decimal,
    before: Decimal,
    way: Way,
    stated: Decimal,
    actual: Decimal,
    unit: String,
}

/// Compares; none where there is nothing to compare with. `ulp` is one unit of the last
/// digit that the change is stated with.
pub(super) fn compare(
    now: Decimal,
    before: Decimal,
    stated: Decimal,
    way: Way,
    unit: &str,
    ulp: Decimal,
) -> Option<Outcome> {
    if before <= Decimal::ZERO {
        return None;
    }
    let times = now.checked_div(before)?;
    let grown = times - Decimal::ONE;
    let scale = if unit == "%" {
        Decimal::ONE_HUNDRED
    } else {
        Decimal::ONE
    };
    let up = way != Way::Down;
    let (actual, other) = match way {
        Way::Times => (times, grown),
        _ => (grown.checked_mul(scale)?, times),
    };
    let signed = if up { stated } else { -stated };
    let off = (actual - signed).abs();
    let near = |off: Decimal| off * Decimal::TWO <= ulp;
    let (status, case) = if near(off) {
        (Status::Pass, "equal")
    } else if near((other - stated).abs()) && unit != "%" {
        let case = if way == Way::Times { "more" } else { "times" };
        (Status::Warn, case)
    } else if actual.is_sign_negative() == up
        && !grown.is_zero()
        && near((actual.abs() - stated).abs())
    {
        (Status::Fail, "sign")
    } else if off < ulp {
        (Status::Warn, "rounding")
    } else if actual.is_sign_negative() == up {
        // Another direction and another size: most likely another figure's change.
        (Status::NotAssessable, "wrong")
    } else {
        (unless_far(Status::Fail, actual.abs(), stated), "wrong")
    };
    Some(Outcome {
        status,
        case,
        now,
        before,
        way,
        stated: signed,
        actual: actual.round_dp(ulp.scale() + 2).normalize(),
        unit: unit.to_owned(),
    })
}

impl Outcome {
    pub fn draft(self) -> Option<Draft> {
        let Self {
            now,
            before,
            actual,
            unit,
            ..
        } = &self;
        let formula = match self.way {
            Way::Times => format!("{now} ÷ {before} = {actual}{unit}"),
            _ => format!("({now} - {before}) ÷ {before} = {actual}{unit}"),
        };
        let draft = Draft::new(rule("R-P8")?, self.status, self.case)
            .formula(formula)
            .put("stated", format!("{}{unit}", self.stated.normalize()))
            .values(self.actual, self.stated)
            .put("actual", format!("{actual}{unit}"));
        Some(draft)
    }

    /// As a warning at most: last year's report may count otherwise.
    pub fn softened(mut self) -> Self {
        if self.status == Status::Fail {
            self.status = Status::Warn;
        }
        self
    }
}

/// A change that last year's report may bear out.
#[derive(Debug, Clone)]
pub(super) struct Unproven {
    pub indicator: String,
    pub applicant: Option<Applicant>,
    pub figure: u32,
    pub now: Decimal,
    pub stated: Decimal,
    pub way: Way,
    pub unit: String,
    pub ulp: Decimal,
}

/// The changes of named figures whose year before the text does not give.
pub(super) fn unproven(report: &Report, figures: &[Figure]) -> Vec<Unproven> {
    let changes = stated(report, figures)
        .into_iter()
        .filter(|c| c.before.is_none());
    let unproven = changes.filter_map(|c| {
        let (now, rate) = (&figures[c.now], &figures[c.rate]);
        Some(Unproven {
            indicator: now.indicator.clone()?,
            applicant: now.applicant,
            figure: u32::try_from(c.rate).ok()?,
            now: now.value?,
            stated: rate.value?,
            way: c.way,
            unit: rate.unit.clone(),
            ulp: super::shares::unit_of_last_digit(report, rate),
        })
    });
    unproven.collect()
}
