//! `gongkai` without a command: the browser.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use super::context::Context;
use super::{Outcome, Usage};
use crate::corpus::Corpus;

/// Runs it.
pub fn run(named: &[PathBuf], context: &Context) -> anyhow::Result<Outcome> {
    let corpus = Corpus::open(&context.corpus_paths(named))?;
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Usage(context.text("cli.browse.no_terminal").to_owned()).into());
    }
    let _ = corpus;
    Err(Usage("the browser has not moved in yet".into()).into())
}
