//! `gongkai search`: sections in which words are found, with the words in their place.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::args::{Search, TextOrJson};
use super::context::Context;
use super::{Outcome, Usage, asked, library};
use crate::query::{Hit, Query, ReportRow, parse};
use crate::text::clean::clean_line;

/// One line of `--format json`.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    report: &'a str,
    section: &'a str,
    title: &'a str,
    score: f32,
    ranges: &'a [(usize, usize)],
    snippet: &'a str,
}

/// Runs it.
pub fn run(args: &Search, context: &Context) -> anyhow::Result<Outcome> {
    let query = query(args, context)?;
    let corpus = context.corpus(&args.corpus)?;
    let (library, summary) = library::open(&corpus, context)?;
    context.failures(&summary.failures);
    // A limit of hits: no more reports than that can have one, and none may have more.
    let page = library.search(&query, 0..args.limit);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut left = args.limit;
    for group in &page.groups {
        let hits = &group.hits[..group.hits.len().min(left)];
        left -= hits.len();
        match args.format {
            TextOrJson::Json => hits.iter().try_for_each(|hit| in_json(hit, &mut out))?,
            TextOrJson::Text if hits.is_empty() => {}
            TextOrJson::Text => in_text(&group.report, hits, context, &mut out)?,
        }
    }
    out.flush()?;
    let counts = [page.sections, page.reports].map(|n| n.to_string());
    let values = [("sections", &*counts[0]), ("reports", &*counts[1])];
    context.note(&context.fill("cli.search.summary", &values));
    context.detail(&page.understood);
    Ok(if page.sections == 0 {
        Outcome::No
    } else {
        Outcome::Done
    })
}

fn query(args: &Search, context: &Context) -> anyhow::Result<Query> {
    let mut query = if args.literal {
        Query::literal(&args.query)
    } else {
        parse(&args.query)
    };
    if query.is_empty() {
        return Err(Usage(context.text("cli.asked.nothing").to_owned()).into());
    }
    if let Some(condition) = query.not_understood().first() {
        return Err(asked::usage(context, "cli.asked.condition", condition).into());
    }
    if let Some(year) = &args.year {
        asked::years(year, context)?;
        query = query.and(parse(&format!("year:{year}")));
    }
    if let Some(region) = &args.region {
        // Quotation marks hold names of several words together.
        query = query.and(parse(&format!("region:\"{}\"", region.replace('"', ""))));
    }
    query.sections_per_report = args.limit;
    Ok(query)
}

fn in_json(hit: &Hit, out: &mut dyn Write) -> anyhow::Result<()> {
    let line = Line {
        path: &hit.path,
        report: &hit.report,
        section: &hit.section,
        title: &hit.title,
        score: hit.score,
        ranges: &hit.ranges,
        snippet: &hit.snippet,
    };
    serde_json::to_writer(&mut *out, &line)?;
    Ok(out.write_all(b"\n")?)
}

fn in_text(
    report: &ReportRow,
    hits: &[Hit],
    context: &Context,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let title = clean_line(&report.title);
    let path = clean_line(&report.path);
    writeln!(out, "{}  {}", context.bold(&title), context.dim(&path))?;
    for hit in hits {
        let id = context.dim(&hit.section);
        writeln!(out, "  {id}  {}", clean_line(&hit.title))?;
        writeln!(out, "      {}", marked(hit, context))?;
    }
    Ok(())
}

/// The snippet with the words that were found standing out.
fn marked(hit: &Hit, context: &Context) -> String {
    let mut line = String::new();
    let mut at = 0;
    for &(start, end) in &hit.marks {
        let (Some(before), Some(word)) = (hit.snippet.get(at..start), hit.snippet.get(start..end))
        else {
            continue;
        };
        line += &clean_line(before);
        line += &context.found(&clean_line(word));
        at = end;
    }
    line += &clean_line(hit.snippet.get(at..).unwrap_or_default());
    line
}
