//! The index for commands: opened, brought up to date with progress on the terminal, read.

use std::io::{IsTerminal, Write};
use std::sync::atomic::AtomicBool;

use super::context::Context;
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
    // The line is rewritten in place: of no use in a file, and of none to those who asked
    // for silence.
    let shown = std::io::stderr().is_terminal() && !context.is_quiet();
    let watch = |progress: &Progress| {
        if shown && progress.total > 0 {
            let (done, total) = (progress.done.to_string(), progress.total.to_string());
            let values = [("done", done.as_str()), ("total", total.as_str())];
            let line = context.fill("cli.index.progress", &values);
            let _ = write!(std::io::stderr(), "\r\u{1b}[K{line}");
        }
    };
    let summary = store.update(corpus, &watch, &AtomicBool::new(false));
    if shown {
        let _ = write!(std::io::stderr(), "\r\u{1b}[K");
    }
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
