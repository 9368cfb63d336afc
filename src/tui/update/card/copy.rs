//! What is copied of a report, always with its source.

use super::quote;
use crate::text::clean::clean_line;
use crate::tui::action::{Job, Tone};
use crate::tui::state::layer::CardLine;
use crate::tui::state::{Layer, State};
use crate::tui::text;

/// Copies the figure under the cursor with its sentence, else the section, with the source.
pub fn copy(state: &mut State) -> Vec<Job> {
    let Some(doc) = state.reader.doc.clone() else {
        return Vec::new();
    };
    let report = &doc.reading.report;
    let l = state.language;
    let figure = state.reader.current().map(|at| &doc.reading.figures[at]);
    let page = figure.and_then(|f| report.pages.at(f.number.start));
    let key = match page {
        Some(_) => "copy.source_page",
        None => "copy.source",
    };
    let source = l.fill(
        key,
        &[
            ("title", &clean_line(&report.title)),
            ("path", &clean_line(&doc.path)),
            ("page", &page.map(|p| p.to_string()).unwrap_or_default()),
        ],
    );
    let (what, body) = match figure {
        Some(figure) => {
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
