//! `gongkai index`: brings the index up to date and says what that meant.

use std::io::{self, BufWriter, Write};

use super::args;
use super::context::Context;
use super::{Outcome, library};
use crate::text::clean::clean_line;

/// Most paths of a kind that are listed without being asked for.
const LISTED: usize = 20;

/// Runs it.
pub fn run(args: &args::Corpus, context: &Context) -> anyhow::Result<Outcome> {
    let corpus = context.corpus(&args.corpus)?;
    let (store, summary) = library::up_to_date(&corpus, context)?;
    let mut out = BufWriter::new(io::stdout().lock());
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
    for (sign, paths) in [
        ("+", &summary.new),
        ("~", &summary.changed),
        ("-", &summary.gone),
    ] {
        // A corpus that is indexed for the first time is no news.
        if paths.len() <= LISTED || context.is_verbose() {
            for path in paths {
                writeln!(out, "{sign} {}", clean_line(path))?;
            }
        }
    }
    out.flush()?;
    context.failures(&summary.failures);
    if summary.new.len() + summary.changed.len() + summary.same == 0 && !summary.failures.is_empty()
    {
        anyhow::bail!("nothing of it could be read");
    }
    if let Some(path) = store.path() {
        context.detail(&path.display().to_string());
    }
    Ok(Outcome::Done)
}
