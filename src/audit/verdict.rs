//! Interval arithmetic over the terms of a formula: a blank is some number from zero up,
//! a dash counts as zero but proves nothing, words and missing lines decide nothing.

use rust_decimal::Decimal;

use super::Status;
use super::formula::Relation;

/// What stands in one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    /// This very number.
    Known(Decimal),
    /// `-`, `/`, 不适用: none, says the author.
    Na,
    /// Blank: unknown, not negative.
    Blank,
    /// Words, or an approximate number.
    Words,
    /// The line was not found.
    Absent,
}

/// What came of comparing two sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub status: Status,
    /// Which message tells it.
    pub case: &'static str,
    /// Sum of what is known on the left and on the right.
    pub left: Decimal,
    pub right: Decimal,
    /// The value that the only blank must have.
    pub implied: Option<Decimal>,
}

/// One side of a formula.
#[derive(Debug, Clone, Copy, Default)]
struct Side {
    sum: Decimal,
    terms: usize,
    words: usize,
    absent: usize,
    dashes: usize,
    blanks: usize,
}

impl Side {
    /// None when its numbers are beyond all reckoning.
    fn of(terms: impl Iterator<Item = Term>) -> Option<Self> {
        let mut side = Self::default();
        for term in terms {
            side.terms += 1;
            match term {
                Term::Known(value) if value.is_zero() => {}
                Term::Known(value) => side.sum = side.sum.checked_add(value)?,
                Term::Words => side.words += 1,
                Term::Absent => side.absent += 1,
                Term::Na => side.dashes += 1,
                Term::Blank => side.blanks += 1,
            }
        }
        Some(side)
    }
}

/// Compares the sums of `left` and `right`; none when their numbers are beyond all reckoning.
pub(super) fn compare(
    left: impl Iterator<Item = Term>,
    right: impl Iterator<Item = Term>,
    relation: Relation,
) -> Option<Verdict> {
    let (left, right) = (Side::of(left)?, Side::of(right)?);
    let (l, r) = (left.sum, right.sum);
    let verdict = |status, case| {
        Some(Verdict {
            status,
            case,
            left: l,
            right: r,
            implied: None,
        })
    };
    let (words, absent) = (left.words + right.words, left.absent + right.absent);
    let dashes = left.dashes + right.dashes;
    let blanks = (left.blanks, right.blanks);
    let holds = match relation {
        Relation::Equal => l == r,
        Relation::AtMost => l <= r,
    };
    if words > 0 {
        return verdict(Status::NotAssessable, "words");
    }
    let all = left.terms + right.terms;
    if absent > 0 {
        // Lines that a region left out may be those that it had nothing to say of.
        return match holds && l + r > Decimal::ZERO && absent < all / 2 {
            true => verdict(Status::PassIfBlankZero, "blank_zero"),
            false => verdict(Status::NotAssessable, "absent"),
        };
    }
    let known = all - blanks.0 - blanks.1 - dashes;
    if blanks.0 + blanks.1 > 0 && known == 0 {
        return verdict(Status::NotAssessable, "blanks");
    }
    if holds {
        return match blanks.0 + blanks.1 + dashes {
            0 => verdict(Status::Pass, "equal"),
            _ => verdict(Status::PassIfBlankZero, "blank_zero"),
        };
    }
    let case = if relation == Relation::AtMost || r > l {
        "over"
    } else {
        "under"
    };
    // Only a blank on the lesser side can make up for the difference.
    let room = if l < r { blanks.0 } else { blanks.1 };
    match room {
        0 if dashes > 0 => verdict(Status::Warn, case),
        0 => verdict(Status::Fail, case),
        1 if relation == Relation::Equal && blanks.0 + blanks.1 == 1 => Some(Verdict {
            status: Status::Implied,
            case: "implied",
            left: l,
            right: r,
            implied: Some((l - r).abs()),
        }),
        _ => verdict(Status::NotAssessable, "blanks"),
    }
}

#[cfg(test)]
mod tests {
    use super::Term::*;
    use super::*;

    fn known(n: i64) -> Term {
        Known(Decimal::from(n))
    }

    fn compared(left: &[Term], right: &[Term], relation: Relation) -> Option<Verdict> {
        compare(left.iter().copied(), right.iter().copied(), relation)
    }

    fn equal(left: &[Term], right: &[Term]) -> (Status, Option<Decimal>) {
        let verdict = compared(left, right, Relation::Equal).expect("small numbers");
        (verdict.status, verdict.implied)
    }

    #[test]
    fn known_numbers_agree_or_do_not() {
        let (a, b, c) = (known(3), known(4), known(7));
        assert_eq!(equal(&[c], &[a, b]), (Status::Pass, None));
        assert_eq!(equal(&[known(8)], &[a, b]), (Status::Fail, None));
        assert_eq!(equal(&[known(6)], &[a, b]), (Status::Fail, None));
    }

    #[test]
    fn a_blank_is_what_the_others_leave() {
        assert_eq!(
            equal(&[known(7)], &[known(3), Blank]),
            (Status::Implied, Some(Decimal::from(4)))
        );
        assert_eq!(
            equal(&[Blank], &[known(3), known(4)]),
            (Status::Implied, Some(Decimal::from(7)))
        );
        assert_eq!(
            equal(&[known(3)], &[known(3), Blank]),
            (Status::PassIfBlankZero, None)
        );
        // The parts known exceed the total whatever the blank holds.
        assert_eq!(equal(&[known(7)], &[known(8), Blank]), (Status::Fail, None));
        let two = equal(&[known(7)], &[known(3), Blank, Blank]);
        assert_eq!(two, (Status::NotAssessable, None));
        assert_eq!(equal(&[Blank], &[Blank, Blank]).0, Status::NotAssessable);
    }

    #[test]
    fn a_dash_counts_as_zero_and_proves_nothing() {
        let pass = equal(&[known(3)], &[known(3), Na]);
        assert_eq!(pass.0, Status::PassIfBlankZero);
        assert_eq!(equal(&[known(4)], &[known(3), Na]).0, Status::Warn);
    }

    #[test]
    fn words_and_missing_lines_decide_nothing() {
        let words = equal(&[known(4)], &[known(3), Words]);
        assert_eq!(words.0, Status::NotAssessable);
        let absent = equal(&[known(4)], &[known(3), Absent]);
        assert_eq!(absent.0, Status::NotAssessable);
        let enough = equal(&[known(4)], &[known(3), known(1), Absent]);
        assert_eq!(enough.0, Status::PassIfBlankZero);
    }

    #[test]
    fn at_most_is_wrong_only_above() {
        let most = |l: &[Term], r: &[Term]| compared(l, r, Relation::AtMost).map(|v| v.status);
        assert_eq!(most(&[known(3)], &[known(4)]), Some(Status::Pass));
        assert_eq!(most(&[known(5)], &[known(4)]), Some(Status::Fail));
        let open = most(&[known(5)], &[known(4), Blank]);
        assert_eq!(open, Some(Status::NotAssessable));
        assert_eq!(most(&[known(5)], &[known(4), Na]), Some(Status::Warn));
    }

    #[test]
    fn numbers_beyond_all_reckoning_are_left_alone() {
        let most = Known(Decimal::MAX);
        assert_eq!(compared(&[known(1)], &[most, most], Relation::Equal), None);
    }
}
