//! A comparison as words: what stands in its cells and what is to be known of a row.

use rust_decimal::Decimal;

use super::text::{message, number};
use crate::config::language::Language;
use crate::figure::{Basis, Period, Qualifier, Semantics};
use crate::query::compare::{Cell, DerivedCell, DerivedRow, Note, Row, Versus, letter};
use crate::text::clean::clean_line;

/// A value with its unit and what the source says of its exactness. Missing, blank, not
/// applicable and zero look different.
pub fn value(cell: Option<&Cell>, language: Language) -> String {
    let Some(cell) = cell else {
        return "—".to_owned();
    };
    let Some(value) = cell.value else {
        return match cell.semantics {
            Semantics::Na => language.text("value.na").to_owned(),
            Semantics::Text => language.text("value.text").to_owned(),
            _ => language.text("value.empty").to_owned(),
        };
    };
    let mark = match cell.qualifier {
        Qualifier::Exact => "",
        Qualifier::Approx => "~",
        Qualifier::AtLeast => "≥",
        Qualifier::AtMost => "<",
    };
    let basis = if cell.basis == Basis::Stock { "Σ" } else { "" };
    let unit = match cell.unit.as_str() {
        "%" => "%".to_owned(),
        unit => format!(" {}", clean_line(unit)),
    };
    let period = if cell.period == Period::Partial {
        " ◐"
    } else {
        ""
    };
    format!("{basis}{mark}{}{unit}{period}", number(value))
}

/// The share of a cell in its whole: `99.96%`, and whether it is of few.
pub fn share(cell: Option<&Cell>) -> Option<String> {
    let share = cell?.share.as_ref()?;
    let few = if share.small { "*" } else { "" };
    Some(format!("{}%{few}", number(share.percent)))
}

/// A rate or a group with its unit: `75%`, `*` after it where the base is small.
pub fn derived(row: &DerivedRow, cell: Option<&DerivedCell>) -> String {
    let Some(cell) = cell else {
        return "—".to_owned();
    };
    let gap = if row.unit == "%" { "" } else { " " };
    let few = if cell.small { " *" } else { "" };
    format!("{}{gap}{}{few}", number(cell.value), row.unit)
}

/// What a rate or a group was made of in each report: `A 30 ÷ 40；B —`.
pub fn formulas(row: &DerivedRow) -> String {
    let formula = |cell: &Option<DerivedCell>| match cell {
        Some(cell) => cell.formula.clone(),
        None => "—".to_owned(),
    };
    let each = row.cells.iter().enumerate();
    let each: Vec<String> = each
        .map(|(at, cell)| format!("{} {}", letter(at), formula(cell)))
        .collect();
    each.join("；")
}

/// A − B with its sign.
pub fn difference(versus: &Versus) -> String {
    match versus.difference {
        Some(d) if d > Decimal::ZERO => format!("+{}", number(d)),
        Some(d) => number(d),
        None => String::new(),
    }
}

/// A ÷ B.
pub fn ratio(versus: &Versus) -> String {
    match versus.ratio {
        Some(r) if r >= Decimal::from(100) => format!("{}×", number(r.round_dp(0))),
        Some(r) if r >= Decimal::from(10) => format!("{}×", number(r.round_dp(1))),
        Some(r) if r >= Decimal::ONE => format!("{}×", number(r.round_dp(2))),
        // Two digits that say something, however small it is.
        Some(r) => format!("{}×", number(r.round_sf(2).unwrap_or(r))),
        None => String::new(),
    }
}

/// A sign for what is to be known: `≠` not comparable, `≈` with a grain of salt.
pub fn caution(notes: &[Note]) -> &'static str {
    let hard = |n: &Note| n.forbids() && !matches!(n, Note::Missing { .. } | Note::NoValue { .. });
    if notes.iter().any(hard) {
        "≠"
    } else if notes.iter().any(Note::is_warning) {
        "≈"
    } else {
        ""
    }
}

/// What is to be known of a row, in words.
pub fn notes(row: &Row, language: Language) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for note in row.versus.iter().flat_map(|v| &v.notes) {
        let blanks = note.blanks(|m| message(m, language));
        let blanks: Vec<(&str, &str)> = blanks.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let words = clean_line(&language.fill(note.key(), &blanks)).into_owned();
        if !out.contains(&words) {
            out.push(words);
        }
    }
    for (column, cell) in row.cells.iter().enumerate() {
        let share = cell.as_ref().and_then(|c| c.share.as_ref());
        if let Some(share) = share {
            out.push(language.fill(
                "compare.share_of",
                &[
                    ("column", &letter(column)),
                    ("percent", &number(share.percent)),
                    ("whole", message(&share.label, language)),
                    ("base", &number(share.base)),
                ],
            ));
        }
    }
    out
}
