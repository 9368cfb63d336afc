//! R-X1: a total that the running text gives twice is the same both times.

use rustc_hash::FxHashMap;

use super::claims::unless_far;
use super::draft::Draft;
use super::prose::said;
use super::rules::rule;
use super::{Check, Finding, Message, Status};
use crate::figure::{Applicant, Basis, Claim, Figure, Period, Qualifier, Semantics};
use crate::text::fold::fold;

/// Compares figures of one key whose clauses both claim to be the whole.
pub(super) fn check(check: &Check, claims: &[Claim]) -> Vec<Finding> {
    let listed = |at: usize| {
        claims.iter().any(|c| match c {
            Claim::Sum { parts, .. } => parts.contains(&at),
            Claim::Share { part, .. } => *part == at,
            #[allow(unreachable_patterns)]
            _ => false,
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
    let mut first: FxHashMap<Counted, usize> = FxHashMap::default();
    let mut drafts = Vec::new();
    for (at, counted) in totals.into_iter().filter(|(_, c)| times[c] > 1) {
        let words = said(check, &check.figures[at]);
        if !words.names_whole {
            continue;
        }
        match first.get(&counted) {
            Some(&before) => drafts.extend(compared(check, before, at, words.whole_area)),
            None => drop(first.insert(counted, at)),
        }
    }
    drafts.into_iter().map(|d| check.finding(d)).collect()
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

/// What a figure is called, without the words that make it the whole.
fn words(check: &Check, figure: &Figure) -> String {
    let mut label = fold(&check.label(figure));
    for whole in [
        "全年",
        "本年度",
        "年度",
        "总计",
        "共计",
        "合计",
        "一共",
        "共",
    ] {
        label = label.replace(whole, "");
    }
    label
}

fn compared(check: &Check, before: usize, at: usize, whole_area: bool) -> Option<Draft> {
    let (a, b) = (&check.figures[before], &check.figures[at]);
    let (first, second) = (a.value?, b.value?);
    let same = first == second;
    // 全市 here and the body itself there are two wholes.
    let differ = said(check, a).whole_area != whole_area;
    // Requests received have two senses, with and without those carried in (R-P2).
    let senses = [
        "requests.received.new",
        "requests.handled.total",
        "requests.closed.total",
    ];
    let open = senses.contains(&a.indicator.as_deref()?);
    let alike = words(check, a) == words(check, b);
    let far = unless_far(Status::Fail, first, second) != Status::Fail;
    // Under one name twice it is the report that differs; under two names, or far apart, it
    // may be our reading; under two names and far apart most likely two things are meant.
    let status = match (same, differ || open, alike, far) {
        (true, ..) => Status::Pass,
        (_, true, ..) | (_, _, false, true) => Status::NotAssessable,
        (_, _, true, false) => Status::Fail,
        _ => Status::Warn,
    };
    let label = Message::same(check.label(b));
    Some(
        Draft::new(rule("R-X1")?, status, if same { "equal" } else { "wrong" })
            .figures([before, at])
            .say("label", &label)
            .formula(format!("{first} {} {second}", if same { "=" } else { "≠" }))
            .values(first, second),
    )
}
