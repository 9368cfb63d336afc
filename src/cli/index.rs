//! `gongkai index`: brings the index up to date and says what that meant.

use std::io::{self, BufWriter, Write};

use super::args;
use super::context::Context;
use super::{Outcome, library};
use crate::corpus::Corpus;
use crate::text::clean::clean_line;

/// Runs it.
pub fn run(args: &args::Corpus, context: &Context) -> anyhow::Result<Outcome> {
    let corpus = Corpus::open(&context.corpus_paths(&args.corpus))?;
    let (store, summary) = library::up_to_date(&corpus, context)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let lists = [
        ("+", &summary.new),
        ("~", &summary.changed),
        ("-", &summary.gone),
    ];
    if context.is_verbose() {
        for (sign, paths) in lists {
            for path in paths {
                writeln!(out, "{sign} {}", clean_line(path))?;
            }
        }
    }
    let counts = [
        ("new", summary.new.len()),
        ("changed", summary.changed.len()),
        ("gone", summary.gone.len()),
        ("same", summary.same),
        ("failed", summary.failures.len()),
    ]
    .map(|(name, count)| (name, count.to_string()));
    let values = counts.each_ref().map(|(n, c)| (*n, c.as_str()));
    writeln!(out, "{}", context.fill("cli.index.summary", &values))?;
    out.flush()?;
    context.failures(&summary.failures);
    if let Some(path) = store.path() {
        context.detail(&path.display().to_string());
    }
    Ok(Outcome::Done)
}
