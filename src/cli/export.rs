//! `gongkai export`: everything extracted, one JSON object a line, in path order. It reads
//! the files themselves and needs no index.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use anyhow::Context as _;

use super::Outcome;
use super::args::{Export, ExportFormat};
use super::context::Context;
use super::files::Files;
use crate::corpus::Entry;
use crate::export::json::ReportJson;

/// Runs it.
pub fn run(args: &Export, context: &Context) -> anyhow::Result<Outcome> {
    let ExportFormat::Jsonl = args.format;
    let mut files = Files::of(context.corpus(&args.corpus)?);
    let mut out: Box<dyn Write> = match &args.output {
        Some(path) => Box::new(BufWriter::new(
            File::create(path).with_context(|| path.display().to_string())?,
        )),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    let make = |entry: &Entry, reading| {
        let mut line = Vec::new();
        let written = ReportJson::new(&entry.id, &entry.path, &reading).write_line(&mut line);
        written.map(|()| line)
    };
    files.for_each(make, |line| Ok(out.write_all(&line?)?))?;
    out.flush()?;
    context.failures(&files.failures);
    Ok(Outcome::Done)
}
