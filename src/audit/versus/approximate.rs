//! R-P11: an approximate figure, 近300件, leaves room for what the form has.

use rust_decimal::Decimal;

use super::meant::{Meant, Sum};
use crate::audit::draft::Draft;
use crate::audit::prose::Said;
use crate::audit::rules::rule;
use crate::audit::{Check, Status};

/// What the form has is within the bounds that the words set.
pub(super) fn compare(check: &Check, at: usize, said: &Said, meant: &[Meant]) -> Option<Draft> {
    let figure = &check.figures[at];
    let stated = figure.value?;
    let first = meant.first()?;
    let sums: Vec<Sum> = meant.iter().map(Meant::sum).collect::<Option<_>>()?;
    let unclear = sums.iter().any(|s| s.open + s.words > 0);
    let fits = |s: &Sum| {
        let bounds = said.bounds(stated, figure.qualifier);
        s.open + s.words == 0 && bounds.is_some_and(|b| b.contains(s.value))
    };
    let (i, status, case) = match sums.iter().position(fits) {
        Some(i) => (i, Status::Pass, "equal"),
        None if said.whole_area || unclear => return None,
        None => (0, Status::Warn, "wrong"),
    };
    let far = sums[i].value > stated.saturating_mul(Decimal::TWO)
        || sums[i].value.saturating_mul(Decimal::TWO) < stated;
    let status = if far && status == Status::Warn {
        Status::NotAssessable
    } else {
        status
    };
    let words = check
        .report
        .text
        .get(figure.range.clone())
        .unwrap_or_default();
    Some(
        Draft::new(rule("R-P11")?, status, case)
            .figures([at])
            .figures(first.filled.figures_of(&meant[i].cells))
            .put("quote", words.split_whitespace().collect::<String>())
            .formula(meant[i].formula(check, sums[i].value))
            .values(stated, sums[i].value),
    )
}
