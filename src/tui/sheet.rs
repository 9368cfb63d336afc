//! A comparison as words: what stands in its cells, what is to be known of a row, and the
//! whole of it as Markdown. The screen draws these words, an export writes them.

use rust_decimal::Decimal;

use super::state::State;
use super::state::compare::SheetLine;
use super::text::{message, number};
use crate::config::language::Language;
use crate::figure::{Basis, Period, Qualifier, Semantics};
use crate::query::compare::{Cell, Note, Row, Versus, letter};
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
pub fn caution(versus: &Versus) -> &'static str {
    let hard = |n: &Note| n.forbids() && !matches!(n, Note::Missing { .. } | Note::NoValue { .. });
    if versus.notes.iter().any(hard) {
        "≠"
    } else if versus.notes.iter().any(Note::is_warning) {
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

/// The rows on the screen as a table in Markdown, with the sources below it.
pub fn markdown(state: &State) -> String {
    let language = state.language;
    let Some(compared) = &state.compare.compared else {
        return String::new();
    };
    let columns = &compared.comparison.columns;
    let cell = |text: &str| text.replace('|', "\\|");
    let mut out = format!("| {} |", language.text("compare.indicator"));
    for (at, _) in columns.iter().enumerate() {
        let name = compared.docs.get(at).map(|d| super::update::name(d));
        out += &format!(" {} {} |", letter(at), cell(&name.unwrap_or_default()));
    }
    for at in 1..columns.len() {
        out += &format!(" A−{0} | A÷{0} |", letter(at));
    }
    out += &format!(" {} |\n|---|", language.text("compare.notes"));
    out += &"---:|".repeat(columns.len() + 2 * (columns.len() - 1));
    out += "---|\n";
    for line in state.compare.lines() {
        match line {
            SheetLine::Group(group, _) => {
                out += &format!("| **{}** |", cell(message(&group.label, language)));
                out += &" |".repeat(columns.len() + 2 * (columns.len() - 1) + 1);
            }
            SheetLine::Row(row) => {
                let label = message(&row.label, language);
                out += &format!("| {}{} |", "  ".repeat(row.depth.into()), cell(label));
                for c in &row.cells {
                    let share = share(c.as_ref()).map(|s| format!(" ({s})"));
                    let value = value(c.as_ref(), language);
                    out += &format!(" {}{} |", cell(&value), share.unwrap_or_default());
                }
                for v in &row.versus {
                    out += &format!(" {} | {} |", difference(v), ratio(v));
                }
                out += &format!(" {} |", cell(&notes(row, language).join("; ")));
            }
            SheetLine::Flag(flag) => {
                out += &format!(
                    "| ! {} {} |",
                    letter(flag.column),
                    cell(&clean_line(message(&flag.message, language)))
                );
                out += &" |".repeat(columns.len() + 2 * (columns.len() - 1) + 1);
            }
        }
        out.push('\n');
    }
    out.push('\n');
    for (at, column) in columns.iter().enumerate() {
        let source = language.fill(
            "copy.source",
            &[
                ("title", &clean_line(&column.title)),
                ("path", &clean_line(&column.path)),
            ],
        );
        out += &format!("- {}: {source}\n", letter(at));
    }
    out
}
