//! Prose against the form: R-P1 (one figure, one cell), R-P2 (received and handled, whose
//! sense the words leave open), R-P3 (groups), R-P4 (litigation and disputes together),
//! R-P9 (what there was none of), R-P11 (approximate figures).

mod approximate;
mod exact;
mod meant;

use std::cell::LazyCell;

use super::draft::Draft;
use super::prose::said;
use super::sheets::Filled;
use super::{Check, Finding, Status};
use crate::figure::{Figure, Period, Qualifier};
use meant::meanings;

/// Holds every figure of the prose against the forms.
pub(super) fn check(check: &Check, sheets: &[Filled]) -> Vec<Finding> {
    if sheets.is_empty() {
        return Vec::new();
    }
    let figures = check.figures.iter().enumerate();
    let mut drafts = Vec::new();
    for (at, figure) in figures.filter(|(_, f)| is_of_report(check, f)) {
        let said = LazyCell::new(|| said(check, figure));
        let meant = meanings(check, figure, &said, sheets);
        if meant.is_empty() {
            continue;
        }
        let draft = match figure.qualifier {
            Qualifier::Exact => exact::compare(check, at, &said, &meant),
            _ => approximate::compare(check, at, &said, &meant),
        };
        drafts.extend(draft);
    }
    settle(check, &mut drafts);
    drafts.into_iter().map(|d| check.finding(d)).collect()
}

/// A figure of the prose that speaks of the report's own body and year.
fn is_of_report(check: &Check, figure: &Figure) -> bool {
    // 予以公开及部分公开 is a group that the catalogue has no name for.
    let named = |f: &Figure| f.indicator.is_some() || check.label(f).contains("部分");
    figure.cell.is_none()
        && figure.value.is_some()
        && named(figure)
        && figure.scope.is_none()
        && figure.year.is_none()
        && figure.period == Period::Annual
        && figure.unit != "%"
}

/// Where one mention of an indicator agrees with the form, another that does not is about
/// something else (a quarter, a sub-unit, one channel) unless it says that it is the whole.
fn settle(check: &Check, drafts: &mut [Draft]) {
    let key = |d: &Draft| {
        let figure = &check.figures[d.figures[0]];
        (figure.indicator.clone(), figure.applicant)
    };
    let right: Vec<_> = drafts
        .iter()
        .filter(|d| matches!(d.status, Status::Pass | Status::PassIfBlankZero))
        .map(key)
        .collect();
    for draft in drafts {
        let unsure = matches!(draft.status, Status::Fail | Status::Warn);
        if unsure
            && draft.rule.id != "R-P11"
            && draft.case != "subrow"
            && right.contains(&key(draft))
        {
            let figure = &check.figures[draft.figures[0]];
            let whole = said(check, figure).names_whole;
            draft.status = match (draft.status, whole) {
                (Status::Fail, true) => Status::Warn,
                (status, true) => status,
                _ => Status::NotAssessable,
            };
        }
    }
}
