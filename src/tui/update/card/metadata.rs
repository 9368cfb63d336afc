//! What a report is and how it was read.

use crate::text::clean::clean_line;
use crate::tui::state::State;
use crate::tui::state::layer::{Card, CardLine};
use crate::tui::text;
use crate::tui::update::layer;

/// What the report is and how it was read.
pub fn metadata(state: &mut State) {
    let Some(doc) = state.reader.doc.clone() else {
        return;
    };
    let l = state.language;
    let report = &doc.reading.report;
    let basis = |b: crate::report::Basis| {
        use crate::report::Basis;
        l.text(match b {
            Basis::Title => "basis.title",
            Basis::Body => "basis.body",
            Basis::Metadata => "basis.metadata",
            Basis::Override => "basis.override",
            Basis::Inferred => "basis.inferred",
        })
        .to_owned()
    };
    let mut lines = Vec::new();
    let mut pair = |key: &str, value: &str| {
        if !value.is_empty() {
            let value = clean_line(value).into_owned();
            lines.push(CardLine::Pair(l.text(key).to_owned(), value));
        }
    };
    pair("meta.title", &report.title);
    let unknown = l.text("meta.unknown").to_owned();
    let year = report
        .year
        .map(|y| format!("{}  ({})", y.value, basis(y.basis)));
    pair("meta.year", &year.unwrap_or_else(|| unknown.clone()));
    let region = report.region.as_ref().map(|r| {
        let level = l
            .text(&format!(
                "level.{}",
                crate::tui::state::search::level_key(r.level)
            ))
            .to_owned();
        format!(
            "{}  {}  {level}  ({})",
            r.path.join(" › "),
            r.code,
            basis(r.basis)
        )
    });
    pair("meta.region", &region.unwrap_or(unknown));
    pair("meta.agency", report.agency.as_deref().unwrap_or_default());
    let m = &report.metadata;
    for (key, value) in [
        ("meta.issuer", &m.issuer),
        ("meta.index_number", &m.index_number),
        ("meta.doc_number", &m.doc_number),
        ("meta.subject", &m.subject),
        ("meta.written_on", &m.written_on),
        ("meta.published_on", &m.published_on),
        ("meta.status", &m.status),
        ("meta.source", &m.source),
    ] {
        pair(key, value.as_deref().unwrap_or_default());
    }
    pair("meta.keywords", &m.keywords.join("、"));
    pair("meta.form", l.text(&format!("form.{:?}", report.form)));
    pair("meta.path", &doc.path);
    let size = text::number(report.bytes.into());
    pair(
        "meta.file",
        &l.fill(
            "meta.file_of",
            &[("encoding", report.encoding), ("bytes", &size)],
        ),
    );
    let count = |n: usize| n.to_string();
    pair("meta.figures", &count(doc.reading.figures.len()));
    let open = doc.reading.findings.iter().filter(|f| f.is_open()).count();
    let all = doc.reading.findings.len();
    pair(
        "meta.checks",
        &l.fill(
            "meta.checks_of",
            &[("all", &count(all)), ("open", &count(open))],
        ),
    );
    let warnings = report
        .warnings
        .iter()
        .map(|w| clean_line(&l.sentence(w)).into_owned());
    let warnings: Vec<CardLine> = warnings.map(CardLine::Note).collect();
    if !warnings.is_empty() {
        lines.push(CardLine::Blank);
        lines.push(CardLine::Heading(l.text("meta.warnings").to_owned()));
        lines.extend(warnings);
    }
    let title = l.text("meta.card").to_owned();
    layer::read(state, Card::new(title, lines));
}
