//! `gongkai compare`: the figures of two or more reports side by side.

use std::io::{self, BufWriter, Write};

use super::Outcome;
use super::args::{Compare, Sheet, TableFormat};
use super::context::Context;
use super::pick::{pick_all, siblings};
use crate::config::language::Language;
use crate::export::table;
use crate::figure::catalogue::Catalogue;
use crate::query::compare::{Comparison, Side, compare, letter};

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
    let picked: Vec<_> = picked.iter().collect();
    let siblings = siblings(&picked, &args.sheet.corpus, context);
    for (column, siblings) in comparison.columns.iter_mut().zip(siblings) {
        column.versions = siblings.versions;
    }
    print(&mut comparison, &args.sheet, context, table::text)
}

/// Prints what was asked for of a comparison; for people by `people`.
pub(super) fn print(
    comparison: &mut Comparison,
    sheet: &Sheet,
    context: &Context,
    people: impl Fn(&Comparison, Language, &mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<Outcome> {
    if let Some(pattern) = &sheet.indicator {
        comparison.keep(pattern);
        comparison.loose.clear();
    }
    let (comparison, language) = (&*comparison, context.language);
    let mut out = BufWriter::new(io::stdout().lock());
    match sheet.format {
        TableFormat::Text => people(comparison, language, &mut out)?,
        TableFormat::Json => table::json(comparison, &mut out)?,
        TableFormat::Csv => {
            table::csv(comparison, language, &mut out)?;
            // A spreadsheet has no line for what is to be said of a column.
            for (at, column) in comparison.columns.iter().enumerate() {
                if let Some(versions) = table::versions(column, language) {
                    context.note(&format!("{} {versions}", letter(at)));
                }
            }
        }
        TableFormat::Md => table::markdown(comparison, language, &mut out)?,
    }
    out.flush()?;
    if comparison.groups.is_empty() && comparison.derived.is_empty() {
        context.note(context.text("cli.compare.nothing"));
        return Ok(Outcome::No);
    }
    Ok(Outcome::Done)
}
