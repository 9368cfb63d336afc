//! R-P5: parts against their whole. R-P6: stated shares against their operands.

use rust_decimal::Decimal;

use super::{Check, Finding, Severity, Status};
use crate::figure::{Claim, Figure, Parts};

/// Checks what the prose claims.
pub(super) fn check(check: &Check, claims: &[Claim]) -> Vec<Finding> {
    claims
        .iter()
        .filter_map(|claim| match claim {
            Claim::Sum { whole, parts, kind } => sum(check, *whole, parts, *kind),
            Claim::Share {
                part,
                whole,
                share,
                certain,
            } => stated_share(check, *part, *whole, *share)
                .filter(|f| *certain || f.status != Status::Fail),
        })
        .collect()
}

fn sum(check: &Check, whole: usize, parts: &[usize], kind: Parts) -> Option<Finding> {
    let total = check.value(whole)?;
    let values: Option<Vec<Decimal>> = parts.iter().map(|p| check.value(*p)).collect();
    let values = values?;
    let sum = values
        .iter()
        .try_fold(Decimal::ZERO, |sum, v| sum.checked_add(*v))?;
    let status = match (kind, sum.cmp(&total)) {
        (_, std::cmp::Ordering::Equal) => Status::Pass,
        (Parts::Ranked, std::cmp::Ordering::Less) => Status::Pass,
        (Parts::Known, std::cmp::Ordering::Less) => Status::Warn,
        // A guess that does not hold says nothing.
        (Parts::Implied, _) => return None,
        _ => Status::Fail,
    };
    // Twice as much or half as little is no slip of the pen: more likely the whole is not
    // the one that these are parts of.
    let far = sum > total * Decimal::TWO || sum * Decimal::TWO < total;
    let status = if far && status == Status::Fail {
        Status::NotAssessable
    } else {
        status
    };
    let terms = values
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" + ");
    let sign = match sum.cmp(&total) {
        std::cmp::Ordering::Equal => "=",
        std::cmp::Ordering::Less => "<",
        std::cmp::Ordering::Greater => ">",
    };
    let difference = (sum - total).abs().normalize();
    let unit = &check.figures[whole].unit;
    let words = [
        ("formula", format!("{terms} {sign} {total}")),
        ("sum", sum.to_string()),
        ("total", total.to_string()),
        ("difference", format!("{difference} {unit}")),
    ];
    let case = match (status, sum > total) {
        (Status::Pass, _) if sum == total => "equal",
        (Status::Pass, _) => "some",
        (_, true) => "over",
        (_, false) => "under",
    };
    let mut figures = vec![whole];
    figures.extend(parts);
    Some(check.finding(
        "R-P5",
        status,
        severity(status),
        &figures,
        case,
        &words,
        Some(sum),
        Some(total),
    ))
}

fn stated_share(check: &Check, part: usize, whole: usize, share: usize) -> Option<Finding> {
    let (a, b, p) = (check.value(part)?, check.value(whole)?, check.value(share)?);
    if b.is_zero() {
        return None;
    }
    let actual = a.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(b)?;
    // The last printed digit decides how exact the share claims to be.
    let ulp = Decimal::new(1, decimals(check, &check.figures[share]));
    let off = (actual - p).abs();
    let status = if off * Decimal::TWO <= ulp {
        Status::Pass
    } else if off < ulp {
        Status::Warn
    } else {
        Status::Fail
    };
    let shown = actual.round_dp(ulp.scale() + 2).normalize();
    let far = actual > p * Decimal::TWO || actual * Decimal::TWO < p;
    let status = if far && status == Status::Fail {
        Status::NotAssessable
    } else {
        status
    };
    let words = [
        ("formula", format!("{a} ÷ {b} = {shown}%")),
        ("part", a.to_string()),
        ("whole", b.to_string()),
        ("stated", p.to_string()),
        ("actual", shown.to_string()),
    ];
    let case = match status {
        Status::Pass => "equal",
        Status::Warn => "rounding",
        _ => "wrong",
    };
    Some(check.finding(
        "R-P6",
        status,
        severity(status),
        &[part, whole, share],
        case,
        &words,
        Some(shown),
        Some(p),
    ))
}

/// Digits printed behind the decimal point.
fn decimals(check: &Check, figure: &Figure) -> u32 {
    let printed = check
        .report
        .text
        .get(figure.number.clone())
        .map(crate::text::fold::fold)
        .unwrap_or_default();
    let digits = printed.split_once('.').map_or(0, |(_, d)| {
        d.chars().take_while(char::is_ascii_digit).count()
    });
    u32::try_from(digits).unwrap_or(0)
}

fn severity(status: Status) -> Severity {
    match status {
        Status::Fail => Severity::Error,
        Status::Warn => Severity::Warning,
        _ => Severity::Info,
    }
}
