//! Figures for spreadsheets: a record each, with who states it, what it is and where it
//! stands.

use std::io::{self, Write};

use super::csv_cell;
use super::table::{pick, snake};
use crate::config::language::Language;
use crate::figure::Figure;
use crate::figure::catalogue::Catalogue;
use crate::query::compare::applicant_label;
use crate::reading::Reading;

/// The heads of the columns: names of the contract's JSON where it has one.
const HEAD: [&str; 27] = [
    "file",
    "figure",
    "region",
    "region_code",
    "level",
    "agency",
    "year",
    "indicator",
    "name",
    "applicant",
    "label",
    "value",
    "unit",
    "semantics",
    "qualifier",
    "period",
    "basis",
    "of_year",
    "scope",
    "principal",
    "section",
    "cell",
    "page",
    "start",
    "end",
    "quote",
    "title",
];

/// The first line.
///
/// # Errors
/// Those of the writer.
pub fn head(out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEAD)?;
    csv.flush()
}

/// The figures of one report; names and kinds of applicants in `language`.
///
/// # Errors
/// Those of the writer.
pub fn csv(
    path: &str,
    reading: &Reading,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    for figure in &reading.figures {
        csv.write_record(record(path, reading, figure, language))?;
    }
    csv.flush()
}

fn record(path: &str, reading: &Reading, f: &Figure, language: Language) -> [String; 27] {
    let report = &reading.report;
    let region = report.region.as_ref();
    let known = f.indicator.as_deref();
    let name = known.and_then(|key| Catalogue::current().get(key));
    let name = name.map(|i| match language {
        Language::Zh => i.zh.as_str(),
        Language::En => i.en.as_str(),
    });
    let applicant = f.applicant.map(applicant_label);
    let number = |n: Option<i32>| n.map(|n| n.to_string()).unwrap_or_default();
    [
        csv_cell(path),
        f.id.clone(),
        csv_cell(&region.map(|r| r.path.join(" ")).unwrap_or_default()),
        region.map(|r| r.code.clone()).unwrap_or_default(),
        region.map(|r| snake(r.level)).unwrap_or_default(),
        csv_cell(report.agency.as_deref().unwrap_or_default()),
        number(report.year.map(|y| y.value)),
        csv_cell(known.unwrap_or_default()),
        csv_cell(name.unwrap_or_default()),
        csv_cell(applicant.as_ref().map_or("", |a| pick(a, language))),
        csv_cell(&report.text[f.label.clone()]),
        f.value
            .map(|v| v.normalize().to_string())
            .unwrap_or_default(),
        csv_cell(&f.unit),
        snake(f.semantics),
        snake(f.qualifier),
        snake(f.period),
        snake(f.basis),
        number(f.year),
        csv_cell(f.scope.as_deref().unwrap_or_default()),
        f.principal.to_string(),
        f.section.clone(),
        csv_cell(f.cell.as_deref().unwrap_or_default()),
        report
            .pages
            .at(f.number.start)
            .map(|page| page.to_string())
            .unwrap_or_default(),
        f.range.start.to_string(),
        f.range.end.to_string(),
        csv_cell(reading.quote(f)),
        csv_cell(&report.title),
    ]
}
