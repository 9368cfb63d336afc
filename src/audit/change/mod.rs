//! R-P8: a stated change (同比增长20%) against the figures of both years. The year before
//! stands in the same sentence, or follows from the difference that it states; else last
//! year's report may have it (the corpus asks that).

mod compare;
mod stated;

use rust_decimal::Decimal;

use super::claims::unless_far;
use super::draft::Draft;
use super::rules::rule;
use super::shares::last_digit;
use super::{Check, Finding, Status};
use crate::figure::{Applicant, Figure, Qualifier};
use crate::report::Report;
pub(super) use compare::compare;
pub(super) use stated::Way;
use stated::{direction, same_sentence, stated, words_of};

/// Figures on either side of a difference that are looked at.
const MOST_BESIDE: usize = 12;

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
        let outcome = match change.sure {
            true => outcome,
            false => outcome.doubted(),
        };
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
    let words = |f: &Figure| words_of(report, f);
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
