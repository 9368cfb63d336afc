//! What the prose says of its own figures. R-P5: parts against their whole. R-P6: stated
//! shares against their operands. R-P7: the shares of a complete list.

use std::cmp::Ordering;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::draft::Draft;
use super::prose::said;
use super::rules::{self, rule};
use super::{Check, Finding, Status};
use crate::figure::{Claim, Figure, Parts, Qualifier};
use crate::report::Report;
use crate::text::fold::fold;

/// Checks what the prose claims.
pub(super) fn check(check: &Check, claims: &[Claim]) -> Vec<Finding> {
    let each = claims.iter().filter_map(|claim| match claim {
        Claim::Sum { whole, parts, kind } => {
            let kind = match kind {
                Parts::Known if is_open(check, *whole, parts, claims) => Parts::Ranked,
                kind => *kind,
            };
            sum(check, *whole, parts, kind)
        }
        Claim::Share {
            part,
            whole,
            share,
            certain,
        } => {
            let draft = stated_share(check, *part, *whole, *share, false);
            let doubt = |d: &Draft| match d.status {
                Status::Fail => !certain,
                status => status == Status::NotAssessable,
            };
            match draft.as_ref().is_some_and(doubt) {
                true if is_confirmed(check, *part, *whole, *certain, claims) => {
                    stated_share(check, *part, *whole, *share, true)
                }
                true if !certain => None,
                _ => draft,
            }
        }
    });
    let lists = claims
        .iter()
        .filter_map(|c| shares_of_list(check, c, claims));
    let rates = (0..check.figures.len()).filter_map(|at| named_rate(check, at, claims));
    let all = each.chain(lists).chain(rates);
    all.map(|d| check.finding(d)).collect()
}

/// R-P6: a rate with a name of its own (全文电子化率90%), where its part and its whole stand in
/// the same sentence, each once.
fn named_rate(check: &Check, at: usize, claims: &[Claim]) -> Option<Draft> {
    let rate = &check.figures[at];
    let key = rate.indicator.as_deref().filter(|_| rate.unit == "%")?;
    let stated = rules::stated_rates().iter().find(|r| r.key == key)?;
    let told = |c: &Claim| matches!(c, Claim::Share { share, .. } if *share == at);
    if !is_own(rate) || claims.iter().any(told) {
        return None;
    }
    let text = &check.report.text;
    let near = |f: &Figure| {
        let (from, to) = (
            f.range.end.min(rate.range.end),
            f.range.start.max(rate.range.start),
        );
        let between = text.get(from..to.max(from)).unwrap_or_default();
        !between.contains(['。', '\n'])
    };
    let one = |key: &str| {
        let figures = check.figures.iter().enumerate();
        let of = |f: &Figure| f.indicator.as_deref() == Some(key) && is_own(f) && near(f);
        let mut found = figures.filter(|(_, f)| of(f)).map(|(i, _)| i);
        found.next().filter(|_| found.next().is_none())
    };
    stated_share(check, one(&stated.part)?, one(&stated.whole)?, at, false)
}

/// A figure of the running text that is of the report's own body and year.
fn is_own(figure: &Figure) -> bool {
    figure.cell.is_none() && figure.scope.is_none() && figure.year.is_none()
}

/// R-P5.
fn sum(check: &Check, whole: usize, parts: &[usize], kind: Parts) -> Option<Draft> {
    let total = check.value(whole)?;
    let values: Option<Vec<Decimal>> = parts.iter().map(|p| check.value(*p)).collect();
    let values = values?;
    let sum = total_of(&values)?;
    let status = match (kind, sum.cmp(&total)) {
        (_, Ordering::Equal) => Status::Pass,
        (Parts::Ranked, Ordering::Less) => Status::Pass,
        (Parts::Known, Ordering::Less) => Status::Warn,
        // A guess that does not hold says nothing.
        (Parts::Implied, _) => return None,
        _ => Status::Fail,
    };
    let status = unless_far(status, sum, total);
    // What the list goes on with may be what is missing.
    let unread = sum < total
        && matches!(status, Status::Fail | Status::Warn)
        && has_unread(check, parts[0], parts[parts.len() - 1]);
    let status = if unread {
        Status::NotAssessable
    } else {
        status
    };
    let sign = match sum.cmp(&total) {
        Ordering::Equal => "=",
        Ordering::Less => "<",
        Ordering::Greater => ">",
    };
    let difference = (sum - total).abs().normalize();
    let unit = &check.figures[whole].unit;
    let case = match (status, sum > total) {
        _ if unread => "misread",
        (Status::Pass, _) if sum == total => "equal",
        (Status::Pass, _) => "some",
        (_, true) => "over",
        (Status::Warn, false) => "rest",
        (_, false) => "under",
    };
    Some(
        Draft::new(rule("R-P5")?, status, case)
            .figures([whole])
            .figures(parts.iter().copied())
            .formula(format!("{} {sign} {total}", terms(&values)))
            .put("sum", sum)
            .put("total", total)
            .put("difference", format!("{difference} {unit}"))
            .values(sum, total),
    )
}

/// A number that ends its clause: 其他信息3, without the unit that would make it a figure.
static BARE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[^0-9.,%年月第]([0-9]+)(?:[,、;。]|$)").expect("valid"));

/// Whether a list, from one part to the end of its sentence, has numbers that are no figures.
fn has_unread(check: &Check, first: usize, last: usize) -> bool {
    let (from, to) = (
        check.figures[first].range.start,
        check.figures[last].range.end,
    );
    let text = &check.report.text;
    let behind = text.get(to..).unwrap_or_default();
    let end = behind.find(['。', '\n']).map_or(text.len(), |end| to + end);
    let numbers = check.figures.iter().map(|f| &f.number);
    let read: Vec<_> = numbers
        .filter(|n| from <= n.start && n.end <= end)
        .collect();
    let mut rest = String::new();
    let mut at = from;
    for number in read {
        if at <= number.start {
            rest.push_str(text.get(at..number.start).unwrap_or_default());
            at = number.end;
        }
    }
    rest.push_str(text.get(at..end).unwrap_or_default());
    BARE.is_match(fold(&rest).trim())
}

/// Whether it is certain that a part is one of this whole: the parts of the whole add up to
/// it, or other shares of it are right.
fn is_confirmed(check: &Check, part: usize, whole: usize, certain: bool, claims: &[Claim]) -> bool {
    let adds_up = |parts: &[usize]| {
        let values: Option<Vec<Decimal>> = parts.iter().map(|p| check.value(*p)).collect();
        values.and_then(|v| total_of(&v)) == check.value(whole)
    };
    // A share to a decimal is right by no chance, two without one hardly. Of a whole that
    // only we suppose, other shares of which it is supposed must be right.
    let proves = |c: &Claim| match c {
        Claim::Share {
            part: p,
            whole: w,
            share,
            certain: c,
        } if *p != part && *w == whole && *c == certain && in_one_sentence(check, *p, part) => {
            let right = stated_share(check, *p, *w, *share, false)
                .is_some_and(|d| d.status == Status::Pass);
            let exact = last_digit(check, &check.figures[*share]) < Decimal::ONE;
            usize::from(right) * if exact { 2 } else { 1 }
        }
        _ => 0,
    };
    claims.iter().any(|c| {
        matches!(c, Claim::Sum { whole: w, parts, .. }
            if *w == whole && parts.contains(&part) && adds_up(parts))
    }) || claims.iter().map(proves).sum::<usize>() >= 2
}

/// Whether two figures stand in one sentence: another one may divide another whole.
fn in_one_sentence(check: &Check, a: usize, b: usize) -> bool {
    let (a, b) = (&check.figures[a].range, &check.figures[b].range);
    let between = a.end.min(b.end)..a.start.max(b.start);
    let between = check.report.text.get(between);
    between.is_none_or(|text| !text.contains(['。', '\n']))
}

/// Whether the shares printed beside parts show that there are other parts: each is right
/// of the whole, and together they are less than all.
fn is_open(check: &Check, whole: usize, parts: &[usize], claims: &[Claim]) -> bool {
    let share_of = |of: &usize| {
        claims.iter().find_map(|c| match c {
            Claim::Share {
                part,
                whole: w,
                share,
                ..
            } if part == of && *w == whole => Some(*share),
            _ => None,
        })
    };
    let shares = || parts.iter().filter_map(|p| Some((*p, share_of(p)?)));
    let holds = |(part, share)| {
        stated_share(check, part, whole, share, false).is_some_and(|d| d.status == Status::Pass)
    };
    // With the shares of those that have none printed.
    let least = |part: usize| {
        let all = check.value(whole).filter(|w| !w.is_zero())?;
        let exact = || {
            check
                .value(part)?
                .checked_mul(Decimal::ONE_HUNDRED)?
                .checked_div(all)
        };
        share_of(&part).and_then(|s| check.value(s)).or_else(exact)
    };
    let together: Option<Vec<Decimal>> = parts.iter().map(|p| least(*p)).collect();
    let room: Decimal = shares()
        .map(|(_, s)| last_digit(check, &check.figures[s]) / Decimal::TWO)
        .sum();
    shares().count() >= 2
        && shares().all(holds)
        && together
            .and_then(|t| total_of(&t))
            .is_some_and(|t| t + room < Decimal::ONE_HUNDRED)
}

/// R-P6; R-P11 for a share that is not exact. `sure`: the whole is certainly the one meant.
fn stated_share(
    check: &Check,
    part: usize,
    whole: usize,
    share: usize,
    sure: bool,
) -> Option<Draft> {
    let (a, b, p) = (check.value(part)?, check.value(whole)?, check.value(share)?);
    if b.is_zero() {
        return None;
    }
    let actual = a.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(b)?;
    let exact = |f: usize| check.figures[f].qualifier == Qualifier::Exact;
    if !exact(part) || !exact(whole) {
        return None;
    }
    if !exact(share) {
        return about(check, [part, whole, share], actual);
    }
    // The last printed digit decides how exact the share claims to be.
    let ulp = last_digit(check, &check.figures[share]);
    let off = (actual - p).abs();
    let (status, case) = if off * Decimal::TWO <= ulp {
        (Status::Pass, "equal")
    } else if off < ulp {
        (Status::Warn, "rounding")
    } else {
        (Status::Fail, "wrong")
    };
    let shown = actual.round_dp(ulp.scale() + 2).normalize();
    let status = if sure {
        status
    } else {
        unless_far(status, actual, p)
    };
    Some(
        Draft::new(rule("R-P6")?, status, case)
            .figures([part, whole, share])
            .formula(format!("{a} ÷ {b} = {shown}%"))
            .put("part", a)
            .put("whole", b)
            .put("stated", p)
            .values(shown, p)
            .put("actual", shown),
    )
}

/// R-P11: 占比超五成.
fn about(check: &Check, figures: [usize; 3], actual: Decimal) -> Option<Draft> {
    let figure = &check.figures[figures[2]];
    let bounds = said(check, figure).bounds(figure.value?, figure.qualifier)?;
    let (status, case) = match bounds.contains(actual) {
        true => (Status::Pass, "equal"),
        false => (Status::Warn, "wrong"),
    };
    let quote = check.report.text.get(figure.range.clone())?;
    let (a, b) = (check.value(figures[0])?, check.value(figures[1])?);
    let shown = actual.round_dp(2).normalize();
    Some(
        Draft::new(
            rule("R-P11")?,
            unless_far(status, actual, figure.value?),
            case,
        )
        .figures([figures[2], figures[0], figures[1]])
        .formula(format!("{a} ÷ {b} = {shown}%"))
        .put("quote", quote.split_whitespace().collect::<String>())
        .values(figure.value?, actual)
        .put("actual", format!("{shown}%")),
    )
}

/// R-P7: a complete list, every part of which has its share.
fn shares_of_list(check: &Check, claim: &Claim, claims: &[Claim]) -> Option<Draft> {
    let Claim::Sum {
        whole,
        parts,
        kind: Parts::Closed,
    } = claim
    else {
        return None;
    };
    let share_of = |of: &usize| {
        claims.iter().find_map(|c| match c {
            Claim::Share {
                part,
                whole: w,
                share,
                certain: true,
            } if part == of && w == whole => Some(*share),
            _ => None,
        })
    };
    let shares: Option<Vec<usize>> = parts.iter().map(share_of).collect();
    let exact = |s: &usize| check.figures[*s].qualifier == Qualifier::Exact;
    let shares = shares.filter(|s| s.len() >= 2 && s.iter().all(exact))?;
    let values: Option<Vec<Decimal>> = shares.iter().map(|s| check.value(*s)).collect();
    let values = values?;
    let sum = total_of(&values)?;
    let room: Decimal = shares
        .iter()
        .map(|s| last_digit(check, &check.figures[*s]) / Decimal::TWO)
        .sum();
    let holds = (sum - Decimal::ONE_HUNDRED).abs() <= room;
    let (status, case) = match holds {
        true => (Status::Pass, "equal"),
        false => (Status::Warn, "wrong"),
    };
    let sign = if sum == Decimal::ONE_HUNDRED {
        "="
    } else {
        "≈"
    };
    let sign = if holds { sign } else { "≠" };
    Some(
        Draft::new(rule("R-P7")?, status, case)
            .figures(shares)
            .formula(format!("{} {sign} 100", terms(&values)))
            .put("sum", sum.normalize())
            .values(Decimal::ONE_HUNDRED, sum),
    )
}

/// Twice as much or half as little is no slip of the pen: more likely the whole is not the
/// one that these are parts of.
pub(super) fn unless_far(status: Status, a: Decimal, b: Decimal) -> Status {
    let far = a > b.saturating_mul(Decimal::TWO) || a.saturating_mul(Decimal::TWO) < b;
    match status {
        Status::Fail if far => Status::NotAssessable,
        status => status,
    }
}

fn terms(values: &[Decimal]) -> String {
    let terms: Vec<String> = values.iter().map(ToString::to_string).collect();
    terms.join(" + ")
}

fn total_of(values: &[Decimal]) -> Option<Decimal> {
    values
        .iter()
        .try_fold(Decimal::ZERO, |sum, v| sum.checked_add(*v))
}

/// One unit of the last digit printed: 0.1 for 12.5%.
pub(super) fn last_digit(check: &Check, figure: &Figure) -> Decimal {
    unit_of_last_digit(check.report, figure)
}

/// The same of a report.
pub(super) fn unit_of_last_digit(report: &Report, figure: &Figure) -> Decimal {
    let printed = report
        .text
        .get(figure.number.clone())
        .map(fold)
        .unwrap_or_default();
    let digits = printed.split_once('.').map_or(0, |(_, d)| {
        d.chars().take_while(char::is_ascii_digit).count()
    });
    Decimal::new(1, u32::try_from(digits).unwrap_or(0).min(20))
}
