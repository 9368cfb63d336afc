//! The enumerators of headings: 第一部分, 一、, （一）, 1., (1).

use crate::text::numeral;

/// How a heading is numbered, outermost style first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// 第一部分
    Chapter,
    /// 一、
    Han,
    /// No number.
    Bare,
    /// （一）
    HanBrackets,
    /// 1. or 1、
    Digits,
    /// (1) or 1)
    DigitsBrackets,
    /// No number, with a colon at its end.
    Colon,
}

/// An enumerator, and where the title begins behind it.
pub(super) struct Marker {
    pub(super) style: Style,
    pub(super) ordinal: u32,
    /// Bytes of the fold that the marker takes.
    pub(super) len: usize,
    /// Bytes up to the title: punctuation behind a bracket is not part of either.
    pub(super) title: usize,
}

/// The enumerator that a folded line begins with.
pub(super) fn marker(folded: &str) -> Option<Marker> {
    let count = |s: &str| {
        s.len()
            - s.trim_start_matches(|c: char| c.is_ascii_digit() || numeral::is_han_numeral(c))
                .len()
    };
    let ordinal = |s: &str| {
        numeral::value(s)
            .and_then(|v| u32::try_from(v.mantissa()).ok())
            .filter(|n| (1..=60).contains(n))
    };
    let han = |s: &str| !s.starts_with(|c: char| c.is_ascii_digit());
    if let Some(rest) = folded.strip_prefix('第') {
        let n = count(rest);
        let end = ["部分", "章"].iter().find(|w| rest[n..].starts_with(**w))?;
        let len = '第'.len_utf8() + n + end.len();
        return Some(with_title(
            folded,
            Style::Chapter,
            ordinal(&rest[..n])?,
            len,
        ));
    }
    if let Some(rest) = folded.strip_prefix('(') {
        let n = count(rest);
        let after = rest[n..].strip_prefix(')')?;
        let style = if han(rest) {
            Style::HanBrackets
        } else {
            Style::DigitsBrackets
        };
        return Some(with_title(
            folded,
            style,
            ordinal(&rest[..n])?,
            folded.len() - after.len(),
        ));
    }
    let n = count(folded);
    if n == 0 {
        return None;
    }
    let (number, rest) = folded.split_at(n);
    let end = rest.chars().next()?;
    let after = &rest[end.len_utf8()..];
    let style = match end {
        '、' => {
            if han(folded) {
                Style::Han
            } else {
                Style::Digits
            }
        }
        '.' if after.starts_with(|c: char| c.is_ascii_digit()) => return None,
        '.' => {
            if han(folded) {
                Style::Han
            } else {
                Style::Digits
            }
        }
        ')' => {
            if han(folded) {
                Style::HanBrackets
            } else {
                Style::DigitsBrackets
            }
        }
        ',' | ':' if han(folded) && after.chars().count() <= 30 => Style::Han,
        _ => return None,
    };
    Some(with_title(
        folded,
        style,
        ordinal(number)?,
        n + end.len_utf8(),
    ))
}

pub(super) fn with_title(folded: &str, style: Style, ordinal: u32, len: usize) -> Marker {
    let rest = &folded[len..];
    let title = len + rest.len() - rest.trim_start_matches(['、', '.', ':', ',', ' ']).len();
    Marker {
        style,
        ordinal,
        len,
        title,
    }
}
