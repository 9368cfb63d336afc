//! `gongkai compare`: the figures of two or more reports side by side.

use std::io::{self, BufWriter, Write};

use super::Outcome;
use super::args::{Compare, TableFormat};
use super::context::Context;
use super::pick::pick_all;
use crate::export::table;
use crate::figure::catalogue::Catalogue;
use crate::query::compare::{Side, compare};

/// Runs it.
pub fn run(args: &Compare, context: &Context) -> anyhow::Result<Outcome> {
    let picked = pick_all(&args.reports, &args.sheet.corpus, context)?;
    let sides: Vec<_> = picked
        .iter()
        .map(|p| Side {
            id: &p.id,
            path: &p.path,
            reading: &p.reading,
        })
        .collect();
    let mut comparison = compare(&sides, Catalogue::current());
    if let Some(pattern) = &args.sheet.indicator {
        comparison.keep(pattern);
        comparison.loose.clear();
    }
    let mut out = BufWriter::new(io::stdout().lock());
    match args.sheet.format {
        TableFormat::Text => table::text(&comparison, context.language, &mut out)?,
        TableFormat::Json => table::json(&comparison, &mut out)?,
        TableFormat::Csv => table::csv(&comparison, context.language, &mut out)?,
        TableFormat::Md => table::markdown(&comparison, context.language, &mut out)?,
    }
    out.flush()?;
    if comparison.groups.is_empty() && comparison.derived.is_empty() {
        context.note(context.text("cli.compare.nothing"));
        return Ok(Outcome::No);
    }
    Ok(Outcome::Done)
}
