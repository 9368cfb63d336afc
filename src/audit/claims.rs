//! What the prose claims of its own figures. R-P5: parts against their whole. The shares
//! among its claims are checked next door ([`super::shares`]).

use std::cmp::Ordering;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::draft::Draft;
use super::rules::rule;
use super::shares::{self, last_digit, stated_share};
use super::{Check, Finding, Status};
use crate::figure::{Claim, Parts};
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
        Claim::Share { .. } => shares::of_claim(check, claim, claims),
    });
    each.map(|d| check.finding(d)).collect()
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
        stated_share(check, &[part], whole, share, false).is_some_and(|d| d.status == Status::Pass)
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

/// Twice as much or half as little is no slip of the pen: more likely the whole is not the
/// one that these are parts of.
pub(super) fn unless_far(status: Status, a: Decimal, b: Decimal) -> Status {
    let far = a > b.saturating_mul(Decimal::TWO) || a.saturating_mul(Decimal::TWO) < b;
    match status {
        Status::Fail if far => Status::NotAssessable,
        status => status,
    }
}

pub(super) fn terms(values: &[Decimal]) -> String {
    let terms: Vec<String> = values.iter().map(ToString::to_string).collect();
    terms.join(" + ")
}

pub(super) fn total_of(values: &[Decimal]) -> Option<Decimal> {
    values
        .iter()
        .try_fold(Decimal::ZERO, |sum, v| sum.checked_add(*v))
}
