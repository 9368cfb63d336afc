//! The card of a rate or a group: how it follows from what each report says.

use super::{name, quote, spot};
use crate::export::table;
use crate::query::compare::{DerivedRow, letter};
use crate::tui::sheet;
use crate::tui::state::State;
use crate::tui::state::layer::{Card, CardLine, Target};
use crate::tui::text;

/// Value and formula for each report, and below them the figures they are made of, each a
/// link to its place.
pub fn derived(state: &State, row: &DerivedRow) -> Card {
    let l = state.language;
    let mut lines = vec![CardLine::Note(l.text("compare.derived").to_owned())];
    let notes = row.notes.iter().map(|n| CardLine::Note(table::note(n, l)));
    lines.extend(notes);
    let mut links = Vec::new();
    let mut chosen = 0;
    let docs = state.compare.compared.as_ref().map(|c| &c.docs);
    for (at, cell) in row.cells.iter().enumerate() {
        let Some(doc) = docs.and_then(|d| d.get(at)) else {
            continue;
        };
        lines.push(CardLine::Blank);
        lines.push(CardLine::Heading(format!("{}  {}", letter(at), name(doc))));
        let Some(cell) = cell else {
            lines.push(CardLine::Note(l.text("compare.not_derived").to_owned()));
            continue;
        };
        if at == state.compare.column {
            chosen = links.len();
        }
        lines.push(CardLine::Pair(
            sheet::derived(row, Some(cell)),
            cell.formula.clone(),
        ));
        if cell.small {
            let words = l.fill("compare.note.small_base", &[("column", &letter(at))]);
            lines.push(CardLine::Note(words));
        }
        let reading = &doc.reading;
        for figure in cell.figures.iter().filter_map(|i| reading.figures.get(*i)) {
            let label = text::figure_label(&reading.report, figure, l);
            lines.push(CardLine::Link(links.len(), label, text::value(figure, l)));
            links.push(Target::Spot(spot(doc, figure)));
            lines.push(quote(reading, figure));
        }
    }
    Card {
        links,
        link: chosen,
        ..Card::new(text::message(&row.label, l).to_owned(), lines)
    }
}
