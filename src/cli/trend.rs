//! `gongkai trend`: one body's indicators over the years.

use super::args::Trend;
use super::compare::print;
use super::context::Context;
use super::files::Files;
use super::{Outcome, library, pick};
use crate::export::table;
use crate::figure::catalogue::Catalogue;
use crate::query::ReportRow;
use crate::query::compare::{Side, compare};
use crate::reading::Reading;

/// Runs it.
pub fn run(args: &Trend, context: &Context) -> anyhow::Result<Outcome> {
    let files = Files::of(context.corpus(&args.sheet.corpus)?);
    let (library, _) = library::open(&files.corpus, context)?;
    let found = library.resolve(&args.region);
    let Some(first) = found.first() else {
        return Err(pick::bodies(&args.region, Vec::new(), context));
    };
    if !found.iter().all(|row| row.is_of(first)) {
        let mut bodies: Vec<String> = found.iter().map(body).collect();
        bodies.sort();
        bodies.dedup();
        return Err(pick::bodies(&args.region, bodies, context));
    }
    let mut read: Vec<(ReportRow, Reading)> = Vec::new();
    for row in library.years_of(first) {
        let Some(entry) = files.entries.iter().find(|e| e.id == row.id) else {
            continue;
        };
        match files.read(entry) {
            Ok(reading) => read.push((row, reading)),
            Err(e) => context.note(&format!("{}: {e}", entry.path)),
        }
    }
    let sides: Vec<_> = read
        .iter()
        .map(|(row, reading)| Side {
            id: &row.id,
            path: &row.path,
            reading,
        })
        .collect();
    let mut comparison = compare(&sides, Catalogue::current());
    for column in &mut comparison.columns {
        column.versions = library.siblings(&column.id).versions;
    }
    print(
        &mut comparison,
        &args.sheet,
        context,
        |series, language, out| {
            writeln!(out, "{}", context.bold(&body(first)))?;
            table::series(series, language, out)
        },
    )
}

/// What a body is called, from the province down.
fn body(row: &ReportRow) -> String {
    let mut names = row.region_path.clone();
    names.extend(row.agency.clone());
    names.join(" ")
}
