//! Slips of the pen: which number is easily written for which.

use rust_decimal::Decimal;

/// Whether two numbers are one but for a digit too many, too few or wrong, or for the place of
/// the decimal point (125 and 12.5万元). Numbers of one digit agree by chance, and so do those
/// of two that share one of them.
pub(super) fn is_misprint(a: Decimal, b: Decimal) -> bool {
    let digits = |n: Decimal| {
        let text = n.normalize().to_string().replace('.', "");
        text.trim_matches('0').to_owned()
    };
    let moved = digits(a) == digits(b) && digits(a).len() > 1;
    let long = match a.max(b) < Decimal::ONE_HUNDRED {
        true => exchanged(a, b),
        false => a.min(b) >= Decimal::TEN,
    };
    moved || long && is_slip(a, b)
}

/// Whether two numbers are the same digits in another order: 16 and 61.
fn exchanged(a: Decimal, b: Decimal) -> bool {
    let digits = |n: Decimal| {
        let mut digits = n.normalize().to_string().into_bytes();
        digits.sort_unstable();
        digits
    };
    digits(a) == digits(b)
}

/// Whether one number is easily written for the other: two digits exchanged, one digit
/// changed, doubled or left out.
pub(super) fn is_slip(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (a.normalize().to_string(), b.normalize().to_string());
    let (short, long) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let (short, long) = (short.as_bytes(), long.as_bytes());
    let head = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let tail = |from: usize| {
        let (s, l) = (
            &short[from.min(short.len())..],
            &long[from.min(long.len())..],
        );
        s == l
    };
    match long.len() - short.len() {
        0 => {
            let exchanged = short.len() > head + 1
                && short[head] == long[head + 1]
                && short[head + 1] == long[head];
            // A lone digit is as likely any other.
            short.len() > 1 && (exchanged && tail(head + 2) || tail(head + 1))
        }
        1 => short[head..] == long[head + 1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_told_from_other_numbers() {
        let slip = |a: i64, b: i64| is_slip(Decimal::from(a), Decimal::from(b));
        assert!(slip(1139, 1193));
        assert!(slip(1139, 1138));
        assert!(slip(1139, 139));
        assert!(slip(1139, 11139));
        assert!(slip(201, 210));
        assert!(!slip(1139, 1250));
        assert!(!slip(3, 5));
        assert!(!slip(1139, 11));
    }

    #[test]
    fn numbers_of_one_digit_are_misprints_of_none() {
        let misprint = |a: &str, b: &str| {
            let number = |n: &str| n.parse::<Decimal>().expect("a number");
            is_misprint(number(a), number(b))
        };
        assert!(misprint("2310", "231"));
        assert!(misprint("23", "231"));
        assert!(misprint("331", "231"));
        assert!(misprint("125", "12.5"));
        assert!(!misprint("3", "31"));
        assert!(!misprint("5", "50"));
        assert!(!misprint("1000", "231"));
    }
}
