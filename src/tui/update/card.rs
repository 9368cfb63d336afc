//! Cards: where a figure comes from, what a report is, what a check says; and what is
//! copied of them.

use super::layer;
use crate::audit::Finding;
use crate::figure::{Basis, Figure, Period, Qualifier, Semantics};
use crate::query::compare::{Row, letter};
use crate::reading::Reading;
use crate::text::clean::{clean_line, mapped};
use crate::tui::action::{Doc, Job, Tone};
use crate::tui::page;
use crate::tui::state::layer::{Card, CardLine};
use crate::tui::state::{Layer, State};
use crate::tui::text;

/// Region, department and year, else the title.
pub fn name(doc: &Doc) -> String {
    let report = &doc.reading.report;
    let place = report.region.as_ref().map_or("", |r| r.name.as_str());
    let agency = report.agency.as_deref().unwrap_or_default();
    let year = report.year.map(|y| y.value.to_string()).unwrap_or_default();
    if place.is_empty() && agency.is_empty() {
        return clean_line(&report.title).into_owned();
    }
    format!("{place}{agency} {year}").trim_end().to_owned()
}

/// The words of a figure with a little before and after, and where the figure stands in it.
fn quote(reading: &Reading, figure: &Figure) -> CardLine {
    let text = &reading.report.text;
    let block = reading
        .report
        .blocks
        .iter()
        .find(|b| b.range.contains(&figure.range.start));
    let bounds = block.map_or(figure.range.clone(), |b| b.range.clone());
    // The sentence: from the last full stop before it to the next one after it.
    let stop = |c: char| matches!(c, '。' | '！' | '？' | '；');
    let before = text
        .get(bounds.start..figure.range.start)
        .unwrap_or_default();
    let start = before
        .char_indices()
        .rfind(|(_, c)| stop(*c))
        .map_or(bounds.start, |(at, c)| bounds.start + at + c.len_utf8());
    let end_from = figure.range.end.min(bounds.end);
    let after = text.get(end_from..bounds.end).unwrap_or_default();
    let end = after
        .char_indices()
        .find(|(_, c)| stop(*c))
        .map_or(bounds.end, |(at, c)| end_from + at + c.len_utf8());
    let words = text.get(start..end).unwrap_or_default();
    let shown = mapped(words);
    let from = shown.place(figure.range.start - start);
    let to = shown.place(figure.range.end.min(end) - start).max(from);
    // One line: line ends inside a sentence are the converter's.
    let flat = shown.text().replace('\n', " ");
    CardLine::Quote(flat, from..to)
}

/// What the figure under the cursor says and where.
pub fn figure(state: &mut State) {
    let Some(doc) = state.reader.doc.clone() else {
        return;
    };
    let Some(at) = state.reader.current() else {
        let words = state.language.text("reader.pick_figure").to_owned();
        state.tell(Tone::Bad, words);
        return;
    };
    let reading = &doc.reading;
    let figure = &reading.figures[at];
    let mut lines = vec![quote(reading, figure), CardLine::Blank];
    lines.extend(about(state, reading, figure));
    let title = text::figure_label(&reading.report, figure, state.language);
    layer::read(
        state,
        Card {
            title,
            lines,
            top: 0,
            target: None,
        },
    );
}

/// Everything known of a figure, and every check it takes part in.
fn about(state: &State, reading: &Reading, figure: &Figure) -> Vec<CardLine> {
    let l = state.language;
    let pair = |key: &str, value: String| CardLine::Pair(l.text(key).to_owned(), value);
    let mut lines = vec![pair("card.value", text::value(figure, l))];
    if figure.indicator.is_none() {
        lines.push(pair("card.indicator", l.text("card.unnamed").to_owned()));
    } else if let Some(key) = &figure.indicator {
        lines.push(pair(
            "card.indicator",
            format!("{}  {key}", text::label_of(key, l)),
        ));
    }
    if figure.qualifier != Qualifier::Exact {
        let key = match figure.qualifier {
            Qualifier::Approx => "card.approx",
            Qualifier::AtLeast => "card.at_least",
            _ => "card.at_most",
        };
        lines.push(pair("card.qualifier", l.text(key).to_owned()));
    }
    let semantics = match figure.semantics {
        Semantics::Zero => Some("card.zero"),
        Semantics::Empty => Some("card.empty"),
        Semantics::Na => Some("card.na"),
        Semantics::Text => Some("card.words"),
        Semantics::Number => None,
    };
    if let Some(key) = semantics {
        lines.push(pair("card.semantics", l.text(key).to_owned()));
    }
    let period = match figure.period {
        Period::Annual => "card.annual",
        Period::Partial => "card.partial",
        Period::Unknown => "card.period_unknown",
    };
    let mut period = l.text(period).to_owned();
    if let Some(year) = figure.year {
        period = format!("{year} · {period}");
    }
    lines.push(pair("card.period", period));
    let basis = match figure.basis {
        Basis::Flow => "card.flow",
        Basis::Stock => "card.stock",
    };
    lines.push(pair("card.basis", l.text(basis).to_owned()));
    if let Some(scope) = &figure.scope {
        lines.push(pair("card.scope", clean_line(scope).into_owned()));
    }
    let sections = &reading.report.sections;
    if let Some(at) = sections.iter().position(|s| s.id == figure.section) {
        lines.push(pair("card.section", text::heading(&reading.report, at, l)));
    }
    let mut findings: Vec<&Finding> = reading
        .findings
        .iter()
        .filter(|f| f.figures.contains(&figure.id))
        .collect();
    findings.sort_by_key(|f| text::gravity(f.status));
    if !findings.is_empty() {
        lines.push(CardLine::Blank);
        lines.push(CardLine::Heading(l.text("card.findings").to_owned()));
        for finding in findings {
            lines.extend(check(state, finding));
        }
    }
    lines
}

fn check(state: &State, finding: &Finding) -> Vec<CardLine> {
    let words = clean_line(text::message(&finding.message, state.language));
    let mut lines = vec![CardLine::Finding(
        finding.status,
        format!("{}  {words}", finding.rule),
    )];
    if !finding.formula.is_empty() {
        let formula = clean_line(&finding.formula).into_owned();
        lines.push(CardLine::Quote(formula, 0..0));
    }
    if let Some(hint) = &finding.hint {
        let hint = clean_line(text::message(hint, state.language)).into_owned();
        lines.push(CardLine::Quote(hint, 0..0));
    }
    lines
}

/// A check: its figures one under the other; the text moves to the first of them.
pub fn finding(state: &mut State, at: usize) {
    let Some(doc) = state.reader.doc.clone() else {
        return;
    };
    let reading = &doc.reading;
    let Some(finding) = reading.findings.get(at) else {
        return;
    };
    let mut lines = check(state, finding);
    let mut target = None;
    for id in &finding.figures {
        let Some(figure) = reading.figures.iter().find(|f| f.id == *id) else {
            continue;
        };
        target.get_or_insert((doc.id.clone(), page::emphasis(figure).start));
        let label = text::figure_label(&reading.report, figure, state.language);
        lines.push(CardLine::Blank);
        lines.push(CardLine::Pair(label, text::value(figure, state.language)));
        lines.push(quote(reading, figure));
    }
    let title = finding.rule.to_owned();
    layer::read(
        state,
        Card {
            title,
            lines,
            top: 0,
            target,
        },
    );
}

/// A row of the comparison: what each report says, one under the other.
pub fn row(state: &State, row: &Row) -> Card {
    let l = state.language;
    let mut lines = Vec::new();
    let mut target = None;
    let docs = state.compare.compared.as_ref().map(|c| &c.docs);
    for (at, cell) in row.cells.iter().enumerate() {
        let Some(doc) = docs.and_then(|d| d.get(at)) else {
            continue;
        };
        if !lines.is_empty() {
            lines.push(CardLine::Blank);
        }
        lines.push(CardLine::Heading(format!("{}  {}", letter(at), name(doc))));
        match cell
            .as_ref()
            .and_then(|c| doc.reading.figures.get(c.figure))
        {
            Some(figure) => {
                lines.push(quote(&doc.reading, figure));
                lines.extend(about(state, &doc.reading, figure));
                if at == state.compare.column || target.is_none() {
                    target = Some((doc.id.clone(), page::emphasis(figure).start));
                }
            }
            None => lines.push(CardLine::Note(l.text("compare.not_stated").to_owned())),
        }
    }
    let notes: Vec<String> = crate::tui::sheet::notes(row, l);
    if !notes.is_empty() {
        lines.push(CardLine::Blank);
        lines.push(CardLine::Heading(l.text("compare.notes").to_owned()));
        lines.extend(notes.into_iter().map(CardLine::Note));
    }
    Card {
        title: text::message(&row.label, l).to_owned(),
        lines,
        top: 0,
        target,
    }
}

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
    let warnings = report.warnings.iter().map(|w| clean_line(w).into_owned());
    let warnings: Vec<CardLine> = warnings.map(CardLine::Note).collect();
    if !warnings.is_empty() {
        lines.push(CardLine::Blank);
        lines.push(CardLine::Heading(l.text("meta.warnings").to_owned()));
        lines.extend(warnings);
    }
    let title = l.text("meta.card").to_owned();
    layer::read(
        state,
        Card {
            title,
            lines,
            top: 0,
            target: None,
        },
    );
}

/// Copies the figure under the cursor with its sentence, else the section, with the source.
pub fn copy(state: &mut State) -> Vec<Job> {
    let Some(doc) = state.reader.doc.clone() else {
        return Vec::new();
    };
    let report = &doc.reading.report;
    let l = state.language;
    let source = l.fill(
        "copy.source",
        &[
            ("title", &clean_line(&report.title)),
            ("path", &clean_line(&doc.path)),
        ],
    );
    let (what, body) = match state.reader.current() {
        Some(at) => {
            let figure = &doc.reading.figures[at];
            let label = text::figure_label(report, figure, l);
            let CardLine::Quote(words, _) = quote(&doc.reading, figure) else {
                return Vec::new();
            };
            let value = text::value(figure, l);
            (
                "copy.figure",
                format!("{label}  {value}\n「{}」\n{source}\n", words.trim()),
            )
        }
        None => {
            let Some(section) = state.reader.section().and_then(|i| report.sections.get(i)) else {
                return Vec::new();
            };
            let words = report.text.get(section.own.clone()).unwrap_or_default();
            let words = crate::text::clean::clean(words);
            ("copy.section", format!("{}\n{source}\n", words.trim()))
        }
    };
    // With a card on top the notice would be hidden.
    if matches!(state.layers.last(), Some(Layer::Card(_))) {
        state.layers.pop();
    }
    let text = l.text(what).to_owned();
    state.tell(Tone::Good, text);
    vec![Job::Copy(body)]
}
