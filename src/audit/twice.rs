//! R-X1: a total that the running text gives twice is the same both times.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::claims::unless_far;
use super::draft::Draft;
use super::prose::{Said, said};
use super::rules::{rule, said_words};
use super::slip::is_misprint;
use super::{Check, Finding, Message, Status};
use crate::figure::{Applicant, Basis, Claim, Figure, Period, Qualifier, Semantics};
use crate::text::fold::fold;

/// Compares figures of one key whose clauses both claim to be the whole.
pub(super) fn check(check: &Check, claims: &[Claim]) -> Vec<Finding> {
    let listed = |at: usize| {
        claims.iter().any(|c| match c {
            Claim::Sum { parts, .. } => parts.contains(&at),
            Claim::Share { part, .. } => *part == at,
        })
    };
    let totals: Vec<(usize, Counted)> = check
        .figures
        .iter()
        .enumerate()
        .filter(|(at, f)| is_total(f) && !listed(*at))
        .filter_map(|(at, f)| Some((at, counted(f)?)))
        .collect();
    let mut times: FxHashMap<Counted, usize> = FxHashMap::default();
    for (_, counted) in &totals {
        *times.entry(*counted).or_insert(0) += 1;
    }
    let mut first: FxHashMap<Counted, Total> = FxHashMap::default();
    let mut drafts = Vec::new();
    for (at, counted) in totals.into_iter().filter(|(_, c)| times[c] > 1) {
        let said = said(check, &check.figures[at]);
        // 6月共召开会议2次 is one of the year's.
        if !said.names_whole || said.is_dated {
            continue;
        }
        let total = Total { at, said };
        match first.get(&counted) {
            Some(before) => drafts.extend(compared(check, before, &total)),
            None => drop(first.insert(counted, total)),
        }
    }
    drafts.into_iter().map(|d| check.finding(d)).collect()
}

/// A figure that claims to be the whole, and the words that do.
struct Total<'a> {
    at: usize,
    said: Said<'a>,
}

/// What two figures must have alike to be one total given twice.
type Counted<'a> = (&'a str, Option<Applicant>, bool, &'a str);

/// 189期 and 713条 of one kind are two counts.
fn counted(figure: &Figure) -> Option<Counted<'_>> {
    let stock = figure.basis == Basis::Stock;
    let key = figure.indicator.as_deref()?;
    Some((key, figure.applicant, stock, &figure.unit))
}

/// A number of the report's own body and year, not one that words alone say is none.
fn is_total(figure: &Figure) -> bool {
    figure.cell.is_none()
        && figure.semantics == Semantics::Number
        && figure.qualifier == Qualifier::Exact
        && figure.scope.is_none()
        && figure.year.is_none()
        && figure.period == Period::Annual
        && figure.unit != "%"
}

fn compared(check: &Check, before: &Total, total: &Total) -> Option<Draft> {
    let (a, b) = (&check.figures[before.at], &check.figures[total.at]);
    let (first, second) = (a.value?, b.value?);
    let alike = is_one_name(check, a, b);
    let far =
        unless_far(Status::Fail, first, second) != Status::Fail && !is_misprint(first, second);
    // Under one name twice it is the report that differs; under two names, or far apart, it
    // may be our reading; under two names and far apart most likely two things are meant.
    let status = match (alike, far) {
        _ if first == second => Status::Pass,
        _ if !is_comparable(check, before, total) => Status::NotAssessable,
        (false, true) => Status::NotAssessable,
        (true, false) => Status::Fail,
        _ => Status::Warn,
    };
    let (case, sign) = match status {
        Status::Pass => ("equal", "="),
        _ => ("wrong", "≠"),
    };
    let label = Message::same(check.label(b));
    Some(
        Draft::new(rule("R-X1")?, status, case)
            .figures([before.at, total.at])
            .say("label", &label)
            .formula(format!("{first} {sign} {second}"))
            .values(first, second),
    )
}

/// Whether two totals of one key must be the same: both of the body itself or both of its
/// whole area, and of requests in one sense. What differs by those carried over is two counts.
fn is_comparable(check: &Check, before: &Total, total: &Total) -> bool {
    let (a, b) = (&before.said, &total.said);
    let figures = [before.at, total.at].map(|at| &check.figures[at]);
    let key = figures[0].indicator.as_deref().unwrap_or_default();
    let senses = !a.senses(key).is_empty() || !b.senses(key).is_empty();
    let values = figures.map(|f| f.value.unwrap_or_default());
    a.whole_area == b.whole_area
        && (!senses || a.counts_like(b) && !is_carried(check, (values[0] - values[1]).abs()))
}

/// Whether the text says that so many requests were carried over.
fn is_carried(check: &Check, difference: Decimal) -> bool {
    let carried = ["requests.received.carried_in", "requests.carried_out"];
    let mut figures = check.figures.iter();
    figures.any(|f| {
        let key = f.indicator.as_deref().unwrap_or_default();
        carried.contains(&key) && f.value == Some(difference)
    })
}

/// Whether two figures are called the same but for what makes them the whole, and for the
/// several names of requests, which have one meaning.
fn is_one_name(check: &Check, a: &Figure, b: &Figure) -> bool {
    let key = a.indicator.as_deref().unwrap_or_default();
    let name = |figure: &Figure| {
        let words = said_words();
        let mut label = fold(&check.label(figure));
        for whole in &words.whole {
            label = label.replace(whole, "");
        }
        label
    };
    key.starts_with("requests.") || name(a) == name(b)
}
