//! The index for commands: opened, brought up to date with progress on the terminal, read.

use std::sync::atomic::AtomicBool;

use super::context::Context;
use super::progress::Line;
use crate::corpus::Corpus;
use crate::index::{Progress, Store, Summary};
use crate::query::Library;

/// Opens the index of `corpus` and brings it up to date. Where its folder cannot be
/// written it is made in memory, which is said.
///
/// # Errors
/// When it can be neither read nor made.
pub fn up_to_date(corpus: &Corpus, context: &Context) -> anyhow::Result<(Store, Summary)> {
    let store = Store::open(corpus, Some(&context.index_folder()))?;
    if let Some(reason) = store.in_memory() {
        context.note(&context.fill("cli.index.in_memory", &[("reason", reason)]));
    }
    let line = Line::new(context, "cli.index.progress");
    let watch = |progress: &Progress| line.tell(progress.done, progress.total);
    let summary = store.update(corpus, &watch, &AtomicBool::new(false));
    drop(line);
    let summary = summary?;
    if summary.read_only {
        context.note(context.text("cli.index.read_only"));
    }
    Ok((store, summary))
}

/// The reading side of the index, up to date.
///
/// # Errors
/// When it can be neither read nor made.
pub fn open(corpus: &Corpus, context: &Context) -> anyhow::Result<(Library, Summary)> {
    let (store, summary) = up_to_date(corpus, context)?;
    Ok((Library::of(&store)?, summary))
}
