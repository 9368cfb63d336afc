//! Numbers as people read them.

use rust_decimal::{Decimal, RoundingStrategy};

/// `1487096` → `1,487,096`; fractions keep their digits without trailing zeros.
pub fn grouped(value: Decimal) -> String {
    let plain = value.normalize().to_string();
    let (sign, rest) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain.as_str()),
    };
    let (whole, fraction) = match rest.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (rest, None),
    };
    let mut out = String::with_capacity(plain.len() + plain.len() / 3);
    out.push_str(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// As [`grouped`], with `+` before what is more than nothing.
pub fn signed(value: Decimal) -> String {
    let sign = if value > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", grouped(value))
}

/// A quotient: `860.3×`, `2.25×`, `0.004×`; three digits that matter are enough.
pub fn times(value: Decimal) -> String {
    let decimals = match value.abs() {
        v if v >= Decimal::ONE_HUNDRED => 1,
        v if v >= Decimal::ONE => 2,
        _ => 0,
    };
    let rounded = if decimals == 0 {
        value
            .round_sf_with_strategy(3, RoundingStrategy::MidpointAwayFromZero)
            .unwrap_or(value)
    } else {
        value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
    };
    format!("{}×", grouped(rounded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_threes() {
        let g = |s: &str| grouped(s.parse().expect(s));
        assert_eq!(g("0"), "0");
        assert_eq!(g("999"), "999");
        assert_eq!(g("1000"), "1,000");
        assert_eq!(g("1487096"), "1,487,096");
        assert_eq!(g("-1234.50"), "-1,234.5");
        assert_eq!(signed("5".parse().expect("5")), "+5");
        assert_eq!(signed("0".parse().expect("0")), "0");
    }

    #[test]
    fn quotients_keep_the_digits_that_matter() {
        let t = |a: i64, b: i64| times(Decimal::from(a) / Decimal::from(b));
        assert_eq!(t(7743, 9), "860.3×");
        assert_eq!(t(9, 4), "2.25×");
        assert_eq!(t(9, 7743), "0.00116×");
        assert_eq!(t(0, 5), "0×");
    }
}
