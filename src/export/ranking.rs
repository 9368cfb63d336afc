//! A [`Ranking`] for spreadsheets.

use std::io::{self, Write};

use super::csv_cell;
use super::table::{elsewhere, note, snake};
use crate::config::language::Language;
use crate::query::{Ranked, Ranking};

/// A record a report, with a heading; notes in `language`.
///
/// # Errors
/// Those of the writer.
pub fn csv(ranking: &Ranking, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "place",
        "percentile",
        "value",
        "unit",
        "formula",
        "small_base",
        "year",
        "region",
        "region_code",
        "level",
        "agency",
        "title",
        "id",
        "file",
        "notes",
    ])?;
    for row in &ranking.rows {
        let report = &row.report;
        csv.write_record([
            row.place.to_string(),
            row.percentile.normalize().to_string(),
            row.value.normalize().to_string(),
            csv_cell(&ranking.unit),
            // As a spreadsheet shows it, not as it would reckon it.
            csv_cell(row.formula.as_deref().unwrap_or_default()),
            row.small.to_string(),
            report.year.map(|y| y.to_string()).unwrap_or_default(),
            csv_cell(&report.region_path.join(" ")),
            report.region.clone().unwrap_or_default(),
            report.level.map(snake).unwrap_or_default(),
            csv_cell(report.agency.as_deref().unwrap_or_default()),
            csv_cell(&report.title),
            report.id.clone(),
            csv_cell(&report.path),
            csv_cell(&notes(ranking, row, language)),
        ])?;
    }
    csv.flush()
}

/// Why the value may not be compared as it stands.
fn notes(ranking: &Ranking, row: &Ranked, language: Language) -> String {
    let mut notes: Vec<String> = Vec::new();
    let known = row.note.and_then(|n| ranking.notes.get(n));
    notes.extend(known.map(|n| note(n, language)));
    if !row.elsewhere.is_empty() {
        notes.push(elsewhere(row, language));
    }
    notes.join("; ")
}
