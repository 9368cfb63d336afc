//! What there is to pick in a report: its sections and what was checked.

use super::super::layer::pick;
use super::super::review;
use super::item;
use crate::report::Part;
use crate::text::clean::clean_line;
use crate::tui::state::State;
use crate::tui::state::layer::{Item, Pick};
use crate::tui::text;

/// The canonical parts, in the order in which reports have them.
const PARTS: [Part; 10] = [
    Part::Overview,
    Part::Disclosure,
    Part::Requests,
    Part::Consult,
    Part::Disputes,
    Part::Fees,
    Part::Staff,
    Part::Problems,
    Part::Other,
    Part::Appendix,
];

/// Key of a part's name in the language files.
pub fn part_key(part: Part) -> &'static str {
    match part {
        Part::Overview => "part.overview",
        Part::Disclosure => "part.disclosure",
        Part::Requests => "part.requests",
        Part::Consult => "part.consult",
        Part::Disputes => "part.disputes",
        Part::Fees => "part.fees",
        Part::Staff => "part.staff",
        Part::Problems => "part.problems",
        Part::Other => "part.other",
        Part::Appendix => "part.appendix",
    }
}

/// The report's own headings, then the canonical parts.
pub fn outline(state: &mut State) {
    // The report still on the screen is not the one that was opened.
    if state.reader.wanted.is_some() {
        state.reader.wanted_outline = true;
        return;
    }
    let Some(doc) = state.reader.doc.clone() else {
        return;
    };
    let language = state.language;
    let report = &doc.reading.report;
    let here = state.reader.section();
    let mut items = Vec::new();
    for (at, section) in report.sections.iter().enumerate() {
        let part = section.part.map(|p| language.text(part_key(p)).to_owned());
        items.push(Item {
            detail: part.clone().unwrap_or_default(),
            aside: part.filter(|_| section.level <= 1).unwrap_or_default(),
            depth: section.level.saturating_sub(1),
            chosen: here == Some(at),
            ..item(text::heading(report, at, language), Pick::Section(at))
        });
    }
    for part in PARTS {
        if report.sections.iter().any(|s| s.part == Some(part)) {
            items.push(Item {
                aside: language.text("outline.part").to_owned(),
                ..item(
                    format!("→ {}", language.text(part_key(part))),
                    Pick::Part(part),
                )
            });
        }
    }
    pick(state, "outline.title", items, false);
}

/// What was checked, the gravest first.
pub fn findings(state: &mut State) {
    let Some(doc) = state.reader.doc.clone() else {
        return;
    };
    let mut order: Vec<usize> = (0..doc.reading.findings.len()).collect();
    let standing = |i: usize| text::standing(&doc.reading.findings[i], &state.reviews);
    order.sort_by_key(|&i| text::gravity(standing(i)));
    let items = order.into_iter().map(|i| {
        let finding = &doc.reading.findings[i];
        let mut words = clean_line(text::message(&finding.message, state.language)).into_owned();
        if let Some(said) = review::said(state, finding) {
            words = format!("[{said}] {words}");
        }
        Item {
            // Most messages hold the formula already.
            detail: if words.contains(&finding.formula) {
                String::new()
            } else {
                finding.formula.clone()
            },
            aside: finding.rule.to_owned(),
            ..item(
                format!("{} {words}", text::status_mark(standing(i))),
                Pick::Finding(i),
            )
        }
    });
    let items: Vec<Item> = items.collect();
    if items.is_empty() {
        let words = state.language.text("findings.none").to_owned();
        state.tell(crate::tui::action::Tone::Good, words);
        return;
    }
    pick(state, "findings.title", items, false);
}
