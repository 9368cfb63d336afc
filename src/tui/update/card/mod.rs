//! Cards: where a figure comes from, what a report is, what a check says; and what is
//! copied of them.

mod copy;
mod derived;
pub mod finding;
mod metadata;
pub mod texts;

pub use copy::copy;
pub use derived::derived;
pub use metadata::metadata;

use super::layer;
use crate::figure::{Basis, Figure, Period, Qualifier, Semantics};
use crate::query::compare::{Row, letter};
use crate::reading::Reading;
use crate::text::clean::{clean_line, mapped};
use crate::tui::action::{Doc, Spot, Tone};
use crate::tui::state::State;
use crate::tui::state::layer::{Card, CardLine, Target};
use crate::tui::text;
use finding::check;

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
    let mut links = Vec::new();
    let mut lines = vec![quote(reading, figure), CardLine::Blank];
    lines.extend(about(state, reading, figure, &mut links));
    let title = text::figure_label(&reading.report, figure, state.language);
    layer::read(
        state,
        Card {
            links,
            ..Card::new(title, lines)
        },
    );
}

/// Where a figure stands.
pub(super) fn spot(doc: &Doc, figure: &Figure) -> Spot {
    Spot {
        id: doc.id.clone(),
        range: figure.range.clone(),
    }
}

/// Everything known of a figure, and every check it takes part in, each a link of its own.
fn about(
    state: &State,
    reading: &Reading,
    figure: &Figure,
    links: &mut Vec<Target>,
) -> Vec<CardLine> {
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
    if let Some(page) = reading.report.pages.at(figure.number.start) {
        lines.push(pair("card.page", page.to_string()));
    }
    let all = reading.findings.iter().enumerate();
    let mut findings: Vec<_> = all
        .filter(|(_, f)| f.figures.contains(&figure.id))
        .collect();
    findings.sort_by_key(|(_, f)| text::gravity(text::standing(f, &state.reviews)));
    if !findings.is_empty() {
        lines.push(CardLine::Blank);
        lines.push(CardLine::Heading(l.text("card.findings").to_owned()));
        for (at, finding) in findings {
            let mark = format!(
                "{} {}",
                text::status_mark(text::standing(finding, &state.reviews)),
                finding.rule
            );
            let words = clean_line(text::message(&finding.message, l)).into_owned();
            lines.push(CardLine::Link(links.len(), mark, words));
            lines.extend(check(state, finding).into_iter().skip(1));
            links.push(Target::Finding(at));
        }
    }
    lines
}

/// A row of the comparison: what each report says, one under the other.
pub fn row(state: &State, row: &Row) -> Card {
    let l = state.language;
    let mut lines = Vec::new();
    let mut links = Vec::new();
    let mut chosen = 0;
    let docs = state.compare.compared.as_ref().map(|c| &c.docs);
    for (at, cell) in row.cells.iter().enumerate() {
        let Some(doc) = docs.and_then(|d| d.get(at)) else {
            continue;
        };
        if !lines.is_empty() {
            lines.push(CardLine::Blank);
        }
        let side = format!("{}  {}", letter(at), name(doc));
        match cell
            .as_ref()
            .and_then(|c| doc.reading.figures.get(c.figure))
        {
            Some(figure) => {
                if at == state.compare.column {
                    chosen = links.len();
                }
                lines.push(CardLine::Link(links.len(), side, text::value(figure, l)));
                links.push(Target::Spot(spot(doc, figure)));
                lines.push(quote(&doc.reading, figure));
                // Its checks are a page further on, in the report.
                lines.extend(about(state, &doc.reading, figure, &mut Vec::new()));
            }
            None => {
                lines.push(CardLine::Heading(side));
                lines.push(CardLine::Note(l.text("compare.not_stated").to_owned()));
            }
        }
    }
    let notes: Vec<String> = crate::tui::sheet::notes(row, l);
    if !notes.is_empty() {
        lines.push(CardLine::Blank);
        lines.push(CardLine::Heading(l.text("compare.notes").to_owned()));
        lines.extend(notes.into_iter().map(CardLine::Note));
    }
    Card {
        links,
        link: chosen,
        ..Card::new(text::message(&row.label, l).to_owned(), lines)
    }
}
