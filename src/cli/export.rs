//! `gongkai export`: everything extracted, one JSON object a line, in path order. It reads
//! the files themselves and needs no index.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use anyhow::Context as _;

use super::args::Export;
use super::context::Context;
use super::{Outcome, files, walk};
use crate::export::json::ReportJson;

/// Runs it.
pub fn run(args: &Export, context: &Context) -> anyhow::Result<Outcome> {
    let (entries, mut failures) = walk::walk(&args.corpus)?;
    let mut out: Box<dyn Write> = match &args.output {
        Some(path) => Box::new(BufWriter::new(
            File::create(path).with_context(|| path.display().to_string())?,
        )),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    let make = |entry: &crate::corpus::Entry, reading| {
        let mut line = Vec::new();
        ReportJson::new(&entry.id, &entry.path, &reading).write_line(&mut line)?;
        Ok::<_, io::Error>(line)
    };
    failures.extend(files::for_each(&entries, make, |line| {
        Ok(out.write_all(&line?)?)
    })?);
    out.flush()?;
    for failure in &failures {
        context.note(&format!("{}: {}", failure.path, failure.reason));
    }
    Ok(Outcome::Done)
}
