//! `gongkai audit`: every check that failed, report by report.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::args::{Audit, TextOrJson};
use super::context::Context;
use super::files::Files;
use super::{Outcome, words};
use crate::audit::{Finding, Status};
use crate::corpus::Entry;
use crate::export::json::{FindingJson, finding};
use crate::export::table::pick;
use crate::reading::Reading;
use crate::text::clean::clean_line;

/// One line of `--format json`.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    report: &'a str,
    title: &'a str,
    #[serde(flatten)]
    finding: FindingJson<'a>,
    quotes: Vec<&'a str>,
}

/// What came of one report's checks.
struct Checked {
    lines: Vec<u8>,
    checks: usize,
    fails: usize,
    warns: usize,
}

/// Runs it.
pub fn run(args: &Audit, context: &Context) -> anyhow::Result<Outcome> {
    let mut files = Files::of(context.corpus(&args.corpus)?);
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut reports, mut checks, mut fails, mut warns) = (0, 0, 0, 0);
    let make = |entry: &Entry, reading: Reading| check(entry, &reading, args.format, context);
    files.for_each(make, |checked| {
        let checked: Checked = checked?;
        reports += 1;
        checks += checked.checks;
        fails += checked.fails;
        warns += checked.warns;
        Ok(out.write_all(&checked.lines)?)
    })?;
    out.flush()?;
    context.failures(&files.failures);
    let counts = [reports, checks, fails, warns].map(|n: usize| n.to_string());
    let names = ["reports", "checks", "fails", "warns"];
    let values: Vec<_> = names
        .into_iter()
        .zip(counts.iter().map(String::as_str))
        .collect();
    context.note(&context.fill("cli.audit.summary", &values));
    Ok(if args.strict && fails > 0 {
        Outcome::No
    } else {
        Outcome::Done
    })
}

fn check(
    entry: &Entry,
    reading: &Reading,
    format: TextOrJson,
    context: &Context,
) -> anyhow::Result<Checked> {
    let open: Vec<_> = reading.findings.iter().filter(|f| f.is_open()).collect();
    let count = |status| open.iter().filter(|f| f.status == status).count();
    let mut lines = Vec::new();
    match format {
        TextOrJson::Json => {
            for found in &open {
                serde_json::to_writer(&mut lines, &line(entry, reading, found))?;
                lines.push(b'\n');
            }
        }
        TextOrJson::Text if open.is_empty() => {}
        TextOrJson::Text => {
            let head = words::report_line(&entry.path, reading);
            writeln!(lines, "{}", context.bold(&clean_line(&head)))?;
            for found in &open {
                write_finding(&mut lines, reading, found, context)?;
            }
        }
    }
    Ok(Checked {
        lines,
        checks: reading.findings.len(),
        fails: count(Status::Fail),
        warns: count(Status::Warn),
    })
}

fn line<'a>(entry: &'a Entry, reading: &'a Reading, found: &'a Finding) -> Line<'a> {
    Line {
        path: &entry.path,
        report: &entry.id,
        title: &reading.report.title,
        finding: finding(found),
        quotes: quotes(reading, found),
    }
}

/// The words of every figure that a finding speaks of.
fn quotes<'a>(reading: &'a Reading, found: &Finding) -> Vec<&'a str> {
    let of = |id: &String| reading.figures.iter().find(|f| f.id == *id);
    let figures = found.figures.iter().filter_map(of);
    figures.map(|f| reading.quote(f)).collect()
}

fn write_finding(
    out: &mut Vec<u8>,
    reading: &Reading,
    found: &Finding,
    context: &Context,
) -> io::Result<()> {
    let mark = if found.status == Status::Fail {
        "✗"
    } else {
        "!"
    };
    let message = clean_line(pick(&found.message, context.language)).into_owned();
    writeln!(out, "  {} {}  {message}", context.red(mark), found.rule)?;
    if let Some(hint) = &found.hint {
        let hint = clean_line(pick(hint, context.language)).into_owned();
        writeln!(out, "      {hint}")?;
    }
    for quote in quotes(reading, found) {
        writeln!(
            out,
            "      {}",
            context.dim(&format!("“{}”", clean_line(quote)))
        )?;
    }
    Ok(())
}
