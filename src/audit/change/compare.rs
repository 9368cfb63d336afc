//! A stated change against the numbers of both years.

use rust_decimal::Decimal;

use super::stated::Way;
use crate::audit::Status;
use crate::audit::claims::unless_far;
use crate::audit::draft::Draft;
use crate::audit::rules::rule;

/// What came of comparing a stated change with the figures of both years.
pub(in crate::audit) struct Outcome {
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
pub(in crate::audit) fn compare(
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
    } else {
        (Status::Fail, "wrong")
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

    /// Where it is not certain whose change is stated: one in another direction, or of quite
    /// another size, is most likely that of another figure.
    pub fn doubted(mut self) -> Self {
        let opposite = self.actual.is_sign_negative() != self.stated.is_sign_negative();
        if self.case == "wrong" {
            self.status = match opposite {
                true => Status::NotAssessable,
                false => unless_far(self.status, self.actual.abs(), self.stated.abs()),
            };
        }
        self
    }

    /// As a warning at most: last year's report may count otherwise.
    pub fn softened(mut self) -> Self {
        if self.status == Status::Fail {
            self.status = Status::Warn;
        }
        self
    }
}
