//! `gongkai export`: everything extracted, one JSON object a line, or the figures as CSV, in
//! path order. It reads the files themselves and needs no index.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};

use anyhow::Context as _;

use super::Outcome;
use super::args::{Export, ExportFormat};
use super::context::Context;
use super::files::Files;
use super::progress::Line;
use crate::audit::Finding;
use crate::audit::corpus::{self, Facts, Plain};
use crate::corpus::Entry;
use crate::export::figures;
use crate::export::json::ReportJson;
use crate::reading::Reading;

/// Runs it.
pub fn run(args: &Export, context: &Context) -> anyhow::Result<Outcome> {
    let mut files = Files::of(context.corpus(&args.corpus)?);
    let mut out: Box<dyn Write> = match &args.output {
        Some(path) => Box::new(BufWriter::new(
            File::create(path).with_context(|| path.display().to_string())?,
        )),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    match args.format {
        ExportFormat::Jsonl => lines(&mut files, context, &mut *out)?,
        ExportFormat::Csv => records(&mut files, context, &mut *out)?,
    }
    out.flush()?;
    context.failures(&files.failures);
    context.sidecar(&files.corpus, &files.corpus.reviews());
    files.some_read()?;
    Ok(Outcome::Done)
}

/// Everything, a JSON object a report.
fn lines(files: &mut Files, context: &Context, out: &mut dyn Write) -> anyhow::Result<()> {
    let reviews = files.corpus.reviews();
    let found = of_corpus(files, context)?;
    let make = |entry: &Entry, reading| {
        let mut line = Vec::new();
        let found = found.get(&entry.path).map_or(&[][..], Vec::as_slice);
        let report = ReportJson::new(&entry.id, &entry.path, &reading).with(found, &reviews);
        report.write_line(&mut line).map(|()| line)
    };
    files.for_each(make, |line| Ok(out.write_all(&line?)?), &|_, _| {})
}

/// The figures, a record each.
fn records(files: &mut Files, context: &Context, out: &mut dyn Write) -> anyhow::Result<()> {
    figures::head(out)?;
    let make = |entry: &Entry, reading| {
        let mut records = Vec::new();
        figures::csv(&entry.path, &reading, context.language, &mut records).map(|()| records)
    };
    let line = Line::new(context, "cli.progress.read");
    let watch = |done, total| line.tell(done, total);
    files.for_each(make, |records| Ok(out.write_all(&records?)?), &watch)
}

/// What is found when the reports are held against one another, by path. Reads them all
/// once before they are written: what is told of a report may need those behind it, and
/// keeping a hundred thousand in memory is no way.
fn of_corpus(
    files: &mut Files,
    context: &Context,
) -> anyhow::Result<HashMap<String, Vec<Finding>>> {
    let mut facts = Vec::new();
    let mut entries = Vec::new();
    if files.entries.len() < 2 {
        return Ok(HashMap::new());
    }
    let make = |entry: &Entry, reading: Reading| {
        let facts = Facts::new(&reading.report, &entry.path, &reading.figures);
        (entry.clone(), facts)
    };
    let take = |(entry, fact)| {
        entries.push(entry);
        facts.push(fact);
        Ok(())
    };
    let line = Line::new(context, "cli.progress.read");
    files.for_each(make, take, &|done, total| line.tell(done, total))?;
    drop(line);
    // The second reading will tell of what cannot be read.
    files
        .failures
        .retain(|f| !files.entries.iter().any(|e| e.path == f.path));
    let text = |at: usize| Some(Plain::of(&files.report(&entries[at]).ok()?));
    let mut found: HashMap<String, Vec<Finding>> = HashMap::new();
    let line = Line::new(context, "cli.progress.held");
    let taken = corpus::taken_over(&facts, &text, &|done, total| line.tell(done, total));
    drop(line);
    for (at, finding) in corpus::check(&facts).into_iter().chain(taken) {
        found
            .entry(facts[at].path.clone())
            .or_default()
            .push(finding);
    }
    Ok(found)
}
