//! A [`Comparison`] as text for people, as JSON, CSV and Markdown for other programs.

mod csv;
mod markdown;
mod text;

use std::io::{self, Write};

use crate::audit::{Message, Status};
use crate::config::language::Language;
use crate::figure::{Qualifier, Semantics};
use crate::query::compare::{Cell, Column, Comparison, DerivedRow, Note, Row, letter};
use crate::query::{Elsewhere, Ranked, Version};
use crate::text::clean::clean_line;
use crate::text::digits::{grouped, signed, times};
pub use csv::csv;
pub use markdown::markdown;
pub use text::{series, text};

/// What a note says.
pub fn note(note: &Note, language: Language) -> String {
    let blanks = note.blanks(|message| pick(message, language));
    let blanks: Vec<_> = blanks.iter().map(|(n, v)| (*n, v.as_str())).collect();
    language.fill(note.key(), &blanks)
}

/// Another file of the same body and year, and how far it differs.
pub fn version(version: &Version, language: Language) -> String {
    let key = match version.differing {
        0 => "version.words",
        _ => "version.figures",
    };
    let count = version.differing.to_string();
    let values = [("path", version.path.as_str()), ("count", &count)];
    clean_line(&language.fill(key, &values)).into_owned()
}

/// What is to be said of a column's other versions, if there are any.
pub fn versions(column: &Column, language: Language) -> Option<String> {
    let all: Vec<_> = column
        .versions
        .iter()
        .map(|v| version(v, language))
        .collect();
    let words = [("versions", all.join(language.text("version.and")))];
    let words = words
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    (!all.is_empty()).then(|| language.fill("version.others", &words))
}

/// What other versions of a ranked report state.
pub fn elsewhere(row: &Ranked, language: Language) -> String {
    let version = |other: &Elsewhere| {
        let value = grouped(other.value);
        let values = [("path", other.path.as_str()), ("value", &value)];
        language.fill("version.states", &values)
    };
    let all: Vec<_> = row.elsewhere.iter().map(version).collect();
    let versions = all.join(language.text("version.and"));
    clean_line(&language.fill("version.others", &[("versions", &versions)])).into_owned()
}

/// A message in the language of the interface.
pub fn pick(message: &Message, language: Language) -> &str {
    match language {
        Language::Zh => &message.zh,
        Language::En => &message.en,
    }
}

/// What a column is called: the region and department it speaks of, and the year.
pub fn heading(column: &Column) -> String {
    let region = column.region_path.last().map(String::as_str);
    let agency = column.agency.as_deref();
    let body = match (region, agency) {
        (None, None) => column.title.clone(),
        _ => [region, agency].into_iter().flatten().collect(),
    };
    match column.year {
        Some(year) => format!("{body} {year}"),
        None => body,
    }
}

/// A value as it is shown in a cell: number with unit, or a mark that tells blank, not
/// applicable, words and not stated apart.
pub fn value(cell: Option<&Cell>, language: Language) -> String {
    let Some(cell) = cell else {
        return language.text("compare.cell.missing").to_owned();
    };
    let Some(value) = cell.value else {
        return language
            .text(match cell.semantics {
                Semantics::Na => "compare.cell.not_applicable",
                Semantics::Text => "compare.cell.words",
                _ => "compare.cell.blank",
            })
            .to_owned();
    };
    let mark = match cell.qualifier {
        Qualifier::Exact => "",
        Qualifier::Approx => "≈",
        Qualifier::AtLeast => "≥",
        Qualifier::AtMost => "≤",
    };
    let gap = if cell.unit == "%" { "" } else { " " };
    format!("{mark}{}{gap}{}", grouped(value), cell.unit)
}

/// For programs: everything, as it is.
///
/// # Errors
/// Those of the writer.
pub fn json(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, comparison)?;
    out.write_all(b"\n")
}

/// Footnotes, each once.
#[derive(Default)]
struct Remarks(Vec<String>);

impl Remarks {
    /// The sign that leads to the remark.
    fn add(&mut self, sign: &str, remark: &str) -> String {
        let of = |n: usize| format!("{sign}{n}");
        let known = (1..=self.0.len()).find(|n| self.0[n - 1] == format!("{} {remark}", of(*n)));
        let n = known.unwrap_or_else(|| {
            self.0.push(format!("{} {remark}", of(self.0.len() + 1)));
            self.0.len()
        });
        of(n)
    }
}

fn line(row: &Row, language: Language, remarks: &mut Remarks) -> Vec<String> {
    let indent = "  ".repeat(usize::from(row.depth) + 1);
    let mut label = format!("{indent}{}", pick(&row.label, language));
    for flag in &row.flags {
        let about = format!("{} {}", letter(flag.column), flag.rule);
        let remark = format!("{about}: {}", pick(&flag.message, language));
        label += &format!(" {}", remarks.add(mark(flag.status), &remark));
    }
    let notes = row.versus.iter().flat_map(|v| &v.notes);
    label += &signs(notes.filter(|n| n.is_warning()), language, remarks);
    let mut cells = vec![label];
    for cell in &row.cells {
        cells.push(value(cell.as_ref(), language));
        cells.push(share(cell.as_ref(), language));
    }
    for versus in &row.versus {
        cells.push(versus.difference.map_or_else(String::new, signed));
        cells.push(versus.ratio.map_or_else(String::new, times));
    }
    cells
}

/// The signs that lead to notes, each once.
fn signs<'n>(
    notes: impl Iterator<Item = &'n Note>,
    language: Language,
    remarks: &mut Remarks,
) -> String {
    let mut signs: Vec<String> = Vec::new();
    for warning in notes {
        let sign = format!(" {}", remarks.add("*", &note(warning, language)));
        if !signs.contains(&sign) {
            signs.push(sign);
        }
    }
    signs.concat()
}

/// A rate or a group: no difference is drawn between two of them.
fn derived_line(row: &DerivedRow, language: Language, remarks: &mut Remarks) -> Vec<String> {
    let label = format!("  {}", pick(&row.label, language));
    let mut cells = vec![label + &signs(row.notes.iter(), language, remarks)];
    for cell in &row.cells {
        let Some(cell) = cell else {
            cells.extend([
                language.text("compare.cell.missing").to_owned(),
                String::new(),
            ]);
            continue;
        };
        let gap = if row.unit == "%" { "" } else { " " };
        let small = if cell.small { " *" } else { "" };
        cells.push(format!("{}{gap}{}{small}", grouped(cell.value), row.unit));
        cells.push(format!("({})", cell.formula));
    }
    cells
}

fn share(cell: Option<&Cell>, language: Language) -> String {
    let Some(share) = cell.and_then(|c| c.share.as_ref()) else {
        return String::new();
    };
    let values = [
        ("percent", grouped(share.percent)),
        ("base", grouped(share.base)),
    ];
    let values = values.each_ref().map(|(n, v)| (*n, v.as_str()));
    language.fill("compare.cell.share", &values)
}

fn mark(status: Status) -> &'static str {
    match status {
        Status::Fail => "✗",
        Status::Warn => "!",
        _ => "·",
    }
}

/// The contract's word for a state.
pub(super) fn snake(state: impl serde::Serialize) -> String {
    match serde_json::to_value(state) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
