//! How reports and figures are written on one line, in every command.

use crate::config::language::Language;
use crate::figure::catalogue::Catalogue;
use crate::figure::{Figure, Qualifier, Semantics};
use crate::query::ReportRow;
use crate::reading::Reading;
use crate::report::Report;
use crate::text::digits::grouped;

/// The same for a report of the index, with its id.
pub fn row_line(row: &ReportRow) -> String {
    let year = row
        .year
        .map_or_else(|| "????".to_owned(), |y| y.to_string());
    let mut body = row.region_path.join(" ");
    if let Some(agency) = &row.agency {
        body = format!("{body} {agency}");
    }
    if row.region_path.is_empty() {
        body = format!("{body} {}", row.title);
    }
    format!("{}  {year} {}  {}", row.id, body.trim(), row.path)
}

/// Year, region and department, or the title when neither is known.
pub fn body(report: &Report) -> String {
    let year = report
        .year
        .map_or_else(|| "????".to_owned(), |y| y.value.to_string());
    let region = report.region.as_ref().map(|r| r.path.join(" "));
    let parts = [region, report.agency.clone()];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => format!("{year} {}", report.title),
        false => format!("{year} {}", parts.join(" ")),
    }
}

/// A figure's value with its unit, or what stands in its place.
pub fn value(figure: &Figure, language: Language) -> String {
    let Some(value) = figure.value else {
        let key = match figure.semantics {
            Semantics::Na => "compare.cell.not_applicable",
            Semantics::Text => "compare.cell.words",
            _ => "compare.cell.blank",
        };
        return language.text(key).to_owned();
    };
    let mark = match figure.qualifier {
        Qualifier::Exact => "",
        Qualifier::Approx => "≈",
        Qualifier::AtLeast => "≥",
        Qualifier::AtMost => "≤",
    };
    let gap = if figure.unit == "%" { "" } else { " " };
    format!("{mark}{}{gap}{}", grouped(value), figure.unit)
}

/// What a figure is called: by the catalogue, or by its own words.
pub fn name(figure: &Figure, reading: &Reading, language: Language) -> String {
    let known = figure
        .indicator
        .as_deref()
        .and_then(|k| Catalogue::current().get(k));
    let mut name = match (known, language) {
        (Some(indicator), Language::Zh) => indicator.zh.clone(),
        (Some(indicator), Language::En) => indicator.en.clone(),
        (None, _) => format!("“{}”", &reading.report.text[figure.label.clone()]),
    };
    if let Some(applicant) = figure.applicant {
        let applicant = crate::query::compare::applicant_label(applicant);
        name += match language {
            Language::Zh => "·",
            Language::En => ", ",
        };
        name += crate::export::table::pick(&applicant, language);
    }
    name
}
