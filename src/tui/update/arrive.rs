//! Answers come in. Those to questions that have been asked anew since are dropped.

use super::{analysis, card, compare, correct, library, pickers, reader, review, search};
use crate::tui::action::{Arrived, Job, Tone};
use crate::tui::state::{Place, State};

/// Takes an answer.
pub fn update(state: &mut State, arrived: Arrived) -> Vec<Job> {
    match arrived {
        Arrived::List {
            generation,
            offset,
            page,
        } if generation == state.library.list_generation => library::listed(state, offset, page),
        Arrived::Tree(generation, nodes) if generation == state.library.tree_generation => {
            library::grown(state, nodes)
        }
        Arrived::Totals(generation, totals) if generation == state.library.totals_generation => {
            state.library.totals = totals;
            Vec::new()
        }
        Arrived::Found(generation, page) if generation == state.search.generation => {
            search::found(state, *page);
            Vec::new()
        }
        Arrived::Counts(counts, failures) => {
            state.counts = counts;
            state.failures = failures;
            Vec::new()
        }
        Arrived::Preview(generation, answer) if generation == state.library.preview_generation => {
            state.library.previewed = Some(answer);
            Vec::new()
        }
        Arrived::Opened(generation, answer) if generation == state.reader.generation => {
            reader::opened(state, answer)
        }
        Arrived::Laid(generation, page) if generation == state.reader.lay_generation => {
            reader::laid(state, page)
        }
        Arrived::Compared(generation, answer) if generation == state.compare.generation => {
            compare::compared(state, answer);
            Vec::new()
        }
        Arrived::Worst(generation, page) if generation == state.analysis.generation => {
            analysis::worst(state, page)
        }
        Arrived::Audited(generation, rows) if generation == state.analysis.generation => {
            analysis::audited(state, rows)
        }
        Arrived::Ranked(generation, ranking) if generation == state.analysis.generation => {
            analysis::ranked(state, *ranking);
            Vec::new()
        }
        Arrived::Years(generation, ids) if generation == state.compare.generation => {
            compare::years(state, ids)
        }
        Arrived::Copies(generation, rows) if generation == state.copies_generation => {
            pickers::copies(state, &rows);
            Vec::new()
        }
        Arrived::ToCorrect(generation, answer) if generation == state.correct_generation => {
            match answer {
                Ok(doc) => correct::show(state, &doc),
                Err(why) => state.tell(Tone::Bad, why),
            }
            Vec::new()
        }
        Arrived::Texts(generation, pair) if generation == state.compare.texts_generation => {
            card::texts::list(state, *pair);
            Vec::new()
        }
        Arrived::Reviews(reviews) => {
            state.reader.reviewed(&reviews);
            state.reviews = reviews;
            analysis::fit(state);
            Vec::new()
        }
        Arrived::Reviewed(written) => review::done(state, written),
        Arrived::Corrected(id, written) => correct::done(state, id, written),
        Arrived::Progress(progress) => {
            state.progress = Some(progress);
            Vec::new()
        }
        Arrived::Changed => {
            // What is previewed may have been read anew.
            state.library.preview_id = None;
            let mut jobs = library::changed(state);
            jobs.extend(search::again(state));
            let shown = state.place == Place::Analysis;
            jobs.extend(analysis::changed(state, shown));
            jobs
        }
        Arrived::Notice(tone, text) => {
            state.tell(tone, text);
            Vec::new()
        }
        // Stale.
        _ => Vec::new(),
    }
}
