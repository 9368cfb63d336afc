//! `gongkai indicators --unmapped CORPUS`: the labels for which no indicator is known, most
//! frequent first. This is how the labels of a catalogue grow.

use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::Outcome;
use super::args::IndicatorFormat;
use super::context::Context;
use super::files::Files;
use super::progress::Line;
use crate::corpus::Entry;
use crate::figure::{Figure, unnamed};
use crate::reading::Reading;
use crate::text::clean::clean_line;
use crate::text::columns::{Align, Columns};

/// A printed label without an indicator.
#[derive(Debug, Serialize)]
struct Unmapped {
    label: String,
    unit: String,
    /// `prose` or `table`.
    place: &'static str,
    count: usize,
    /// Path of the first report it stands in, and the words there.
    path: String,
    quote: String,
}

/// Runs it.
pub fn run(
    corpus: &[PathBuf],
    format: IndicatorFormat,
    context: &Context,
) -> anyhow::Result<Outcome> {
    let mut files = Files::of(context.corpus(corpus)?);
    let mut found: HashMap<(String, String, &'static str), Unmapped> = HashMap::new();
    let take = |labels: Vec<Unmapped>| {
        for label in labels {
            let key = (label.label.clone(), label.unit.clone(), label.place);
            found
                .entry(key)
                .and_modify(|u| u.count += 1)
                .or_insert(label);
        }
        Ok(())
    };
    let line = Line::new(context, "cli.progress.read");
    files.for_each(labels, take, &|done, total| line.tell(done, total))?;
    drop(line);
    let mut all: Vec<_> = found.into_values().collect();
    all.sort_by(|a, b| (b.count, &a.label, &a.unit).cmp(&(a.count, &b.label, &b.unit)));
    let mut out = BufWriter::new(io::stdout().lock());
    if format == IndicatorFormat::Json {
        serde_json::to_writer_pretty(&mut out, &all)?;
        out.write_all(b"\n")?;
    } else {
        list(&all, context, &mut out)?;
    }
    out.flush()?;
    context.failures(&files.failures);
    Ok(if all.is_empty() {
        Outcome::No
    } else {
        Outcome::Done
    })
}

/// The labels of one report that no indicator is known for.
fn labels(entry: &Entry, reading: Reading) -> Vec<Unmapped> {
    let label = |(place, figure): (usize, &Figure)| {
        let in_table = unnamed::in_table(&reading.report, figure);
        Some(Unmapped {
            label: unnamed::label(&reading.report, &reading.figures, place)?,
            unit: figure.unit.clone(),
            place: if in_table { "table" } else { "prose" },
            count: 1,
            path: entry.path.clone(),
            quote: reading.quote(figure).to_owned(),
        })
    };
    reading
        .figures
        .iter()
        .enumerate()
        .filter_map(label)
        .collect()
}

fn list(all: &[Unmapped], context: &Context, out: &mut dyn Write) -> io::Result<()> {
    let mut columns = Columns::new(&[
        Align::Right,
        Align::Left,
        Align::Left,
        Align::Left,
        Align::Left,
    ]);
    for unmapped in all {
        let key = format!("cli.unmapped.{}", unmapped.place);
        let cells = [
            unmapped.count.to_string(),
            unmapped.label.clone(),
            unmapped.unit.clone(),
            context.text(&key).to_owned(),
            format!("“{}”  {}", unmapped.quote, unmapped.path),
        ];
        columns.push(cells.map(|c| clean_line(&c).into_owned()));
    }
    for line in columns.lines() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
