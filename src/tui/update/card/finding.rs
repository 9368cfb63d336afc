//! What a check says: message, formula, what was expected, the likeliest slip, and a link
//! to the source of every figure that takes part.

use super::{quote, spot};
use crate::audit::{Class, Finding, Status, rules};
use crate::corpus::id_of;
use crate::text::clean::clean_line;
use crate::tui::action::{Doc, Spot};
use crate::tui::state::State;
use crate::tui::state::layer::{About, Card, CardLine, Target};
use crate::tui::text;
use crate::tui::update::{layer, review};

/// A check in a few lines: how it came out, its formula when the message does not hold it,
/// and a hint.
pub(super) fn check(state: &State, finding: &Finding) -> Vec<CardLine> {
    let words = clean_line(text::message(&finding.message, state.language));
    let mut lines = vec![CardLine::Finding(
        finding.status,
        format!("{}  {words}", finding.rule),
    )];
    let formula = clean_line(&finding.formula);
    if !formula.is_empty() && !words.contains(&*formula) {
        lines.push(CardLine::Quote(formula.into_owned(), 0..0));
    }
    if let Some(hint) = &finding.hint {
        let hint = clean_line(text::message(hint, state.language)).into_owned();
        lines.push(CardLine::Quote(hint, 0..0));
    }
    lines
}

/// A check of the report that is open.
pub fn finding(state: &mut State, at: usize) {
    let Some(doc) = state.reader.doc.clone() else {
        return;
    };
    if let Some(finding) = doc.reading.findings.get(at) {
        show(state, finding);
    }
}

/// A check of the report that is open, which may have needed others.
pub fn show(state: &mut State, finding: &Finding) {
    if let Some(doc) = state.reader.doc.clone() {
        let card = card(state, &doc, finding);
        layer::read(state, card);
    }
}

/// A check with its figures one under the other, each with the way to its source.
fn card(state: &State, doc: &Doc, finding: &Finding) -> Card {
    let l = state.language;
    let reading = &doc.reading;
    let mut lines = check(state, finding);
    let pair = |key: &str, value: String| CardLine::Pair(l.text(key).to_owned(), value);
    lines.push(CardLine::Blank);
    if let Some(rule) = rules().iter().find(|r| r.id == finding.rule) {
        let asks = clean_line(text::message(&rule.asks, l)).into_owned();
        lines.push(pair("finding.rule", format!("{}  {asks}", finding.rule)));
    }
    lines.push(pair(
        "finding.verdict",
        l.text(text::status_key(finding.status)).to_owned(),
    ));
    let unit = finding.figures.first();
    let unit = unit.and_then(|id| reading.figures.iter().find(|f| f.id == *id));
    let unit = unit.map_or("", |f| f.unit.as_str());
    let with_unit = |v| format!("{} {}", text::number(v), clean_line(unit));
    if let Some(expected) = finding.expected {
        lines.push(pair("finding.expected", with_unit(expected)));
    }
    if let Some(actual) = finding.actual {
        lines.push(pair("finding.actual", with_unit(actual)));
    }
    if let (Some(e), Some(a)) = (finding.expected, finding.actual)
        && e != a
    {
        lines.push(pair("finding.difference", with_unit(a - e)));
    }
    let class = match finding.class {
        Class::Source => Some("finding.source"),
        Class::Extraction => Some("finding.extraction"),
        Class::Unknown => None,
    };
    if let Some(key) = class.filter(|_| finding.status != Status::Pass) {
        lines.push(pair("finding.class", l.text(key).to_owned()));
    }
    if let Some(said) = review::said(state, finding) {
        lines.push(pair("review.verdict", said));
    }
    let mut links = Vec::new();
    for id in &finding.figures {
        let Some(figure) = reading.figures.iter().find(|f| f.id == *id) else {
            continue;
        };
        let label = text::figure_label(&reading.report, figure, l);
        lines.push(CardLine::Blank);
        lines.push(CardLine::Link(links.len(), label, text::value(figure, l)));
        lines.push(quote(reading, figure));
        links.push(Target::Spot(spot(doc, figure)));
    }
    if let Some(shared) = &finding.shared {
        let there = &shared.with;
        let here = (
            l.text("finding.passage").to_owned(),
            doc.id.clone(),
            &shared.range,
        );
        let name = l.fill("finding.passage_there", &[("path", &there.path)]);
        let both = [here, (name, id_of(&there.path), &there.range)];
        lines.push(CardLine::Blank);
        for (name, id, range) in both {
            let bytes = format!("{}–{}", range.start, range.end);
            lines.push(CardLine::Link(links.len(), name, bytes));
            let range = range.clone();
            links.push(Target::Spot(Spot { id, range }));
        }
    }
    let title = format!(
        "{} {}",
        text::status_mark(text::standing(finding, &state.reviews)),
        finding.rule
    );
    Card {
        links,
        finding: Some(About {
            fingerprint: state
                .reviews
                .key(&finding.fingerprint, &finding.values(), &doc.path),
            rule: finding.rule.to_owned(),
            report: doc.path.clone(),
            values: finding.values(),
        }),
        ..Card::new(title, lines)
    }
}
