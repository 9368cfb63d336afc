//! `gongkai rank`: reports ordered by an indicator, each with its place among its peers.

use std::io::{self, BufWriter, Write};

use super::args::{ListFormat, Rank};
use super::context::Context;
use super::files::Files;
use super::{Outcome, Usage, asked, library, words};
use crate::config::language::Language;
use crate::export::{ranking, table};
use crate::figure::Applicant;
use crate::figure::catalogue::Catalogue;
use crate::figure::rates;
use crate::query::{Filter, Grouping, Library, Ranked, Ranking};
use crate::text::clean::clean_line;
use crate::text::columns::{Align, Columns};
use crate::text::digits::grouped;
use crate::text::fold::fold;

/// Reports that are listed where nobody says how many.
const SHOWN: usize = 50;
/// Most indicators that are named where none is meant.
const NEAR: usize = 20;

/// Runs it.
pub fn run(args: &Rank, context: &Context) -> anyhow::Result<Outcome> {
    let key = indicator(&args.indicator, context)?;
    let files = Files::of(context.corpus(&args.corpus)?);
    let (library, _) = library::open(&files.corpus, context)?;
    let mut filter = Filter {
        level: args.level.map(Into::into),
        ..Filter::default()
    };
    if let Some(year) = &args.year {
        filter.years = Some(asked::years(year, context)?);
    }
    if let Some(within) = &args.within {
        filter.region = Some(region(&library, within, context)?);
    }
    let all = match args.format {
        ListFormat::Csv => usize::MAX,
        ListFormat::Text | ListFormat::Json => SHOWN,
    };
    let window = 0..args.limit.unwrap_or(all);
    let ranking = library.rank(&key, &filter, args.ascending, window);
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ListFormat::Csv => ranking::csv(&ranking, context.language, &mut out)?,
        ListFormat::Text => list(&ranking, context, &mut out)?,
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &ranking)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(match ranking.stated {
        0 => Outcome::No,
        _ => Outcome::Done,
    })
}

/// The indicator that is meant: a key, a key with the kind of applicant behind a slash, or
/// a label.
fn indicator(wanted: &str, context: &Context) -> Result<String, Usage> {
    let catalogue = Catalogue::current();
    let (key, who) = wanted.split_once('/').unwrap_or((wanted, ""));
    if rates::definition(wanted).is_some() {
        return Ok(wanted.to_owned());
    }
    if catalogue.get(key).is_some() {
        let known = |who: &str| serde_json::from_value::<Applicant>(who.into()).is_ok();
        if wanted.contains('/') && !known(who) {
            return Err(asked::usage(context, "cli.asked.applicant", wanted));
        }
        return Ok(wanted.to_owned());
    }
    let called = |l: &str| l.eq_ignore_ascii_case(wanted);
    let mut found = catalogue.indicators.iter();
    let rate = || rates::definitions().find(|d| called(&d.zh) || called(&d.en));
    match found.find(|i| called(&i.zh) || called(&i.en)) {
        Some(i) => Ok(i.key.clone()),
        None if rate().is_some() => Ok(rate().map(|d| d.key.clone()).unwrap_or_default()),
        None => Err(like(wanted, context)),
    }
}

/// That there is no such indicator, with those whose name or key holds the word.
fn like(wanted: &str, context: &Context) -> Usage {
    let word = fold(wanted).to_lowercase();
    let holds = |words: &[&String]| words.iter().any(|w| w.to_lowercase().contains(&word));
    let language = context.language;
    let named = |key: &str, zh: &str, en: &str| match language {
        Language::Zh => format!("\n  {key}  {zh}"),
        Language::En => format!("\n  {key}  {en}"),
    };
    let indicators = Catalogue::current().indicators.iter();
    let indicators = indicators
        .filter(|i| holds(&[&i.key, &i.zh, &i.en]))
        .map(|i| named(&i.key, &i.zh, &i.en));
    let rates = rates::definitions()
        .filter(|d| holds(&[&d.key, &d.zh, &d.en]))
        .map(|d| named(&d.key, &d.zh, &d.en));
    let all: Vec<String> = indicators.chain(rates).collect();
    if all.is_empty() {
        return asked::usage(context, "cli.asked.indicator", wanted);
    }
    let mut message = context.fill("cli.asked.indicators", &[("asked", wanted)]);
    message.extend(all.iter().take(NEAR).map(String::as_str));
    if all.len() > NEAR {
        message += "\n  …";
    }
    Usage(message)
}

/// The code of the region that is meant, of those there are reports of.
fn region(library: &Library, name: &str, context: &Context) -> Result<String, Usage> {
    let nodes = library.tree(Grouping::Region, &Filter::default());
    let is_meant = |called: &dyn Fn(&str) -> bool| {
        let mut found = nodes.iter().filter(|n| called(&n.label));
        found.find_map(|n| n.filter.region.clone())
    };
    let name = fold(name);
    is_meant(&|label| label == name)
        .or_else(|| is_meant(&|label| label.starts_with(&name)))
        .ok_or_else(|| asked::usage(context, "cli.asked.region", &name))
}

/// Leads to what is said of a row that counts otherwise than the first, or of which another
/// version has another value.
fn sign(row: &Ranked) -> String {
    let mut sign = row
        .note
        .map_or_else(String::new, |n| format!(" *{}", n + 1));
    if !row.elsewhere.is_empty() {
        sign += " ≠";
    }
    sign
}

fn list(ranking: &Ranking, context: &Context, out: &mut dyn Write) -> io::Result<()> {
    let gap = if ranking.unit == "%" { "" } else { " " };
    let unit = format!("{gap}{}", ranking.unit);
    let mut aligns = vec![Align::Right; 3];
    aligns.extend([Align::Left; 2]);
    let mut columns = Columns::new(&aligns);
    for row in &ranking.rows {
        let small = if row.small { " *" } else { "" };
        let mut cells = vec![
            row.place.to_string(),
            format!("P{}", row.percentile.normalize()),
            format!("{}{unit}{small}{}", grouped(row.value), sign(row)),
        ];
        cells.extend(row.formula.as_ref().map(|f| format!("= {f}")));
        cells.push(clean_line(&words::row_line(&row.report)).into_owned());
        columns.push(cells);
    }
    let small = ranking.rows.iter().any(|r| r.small);
    for line in columns.lines() {
        writeln!(out, "{line}")?;
    }
    if small {
        writeln!(out, "* {}", context.language.text("compare.small_base"))?;
    }
    for (at, note) in ranking.notes.iter().enumerate() {
        writeln!(
            out,
            "*{} {}",
            at + 1,
            clean_line(&table::note(note, context.language))
        )?;
    }
    for row in ranking.rows.iter().filter(|r| !r.elsewhere.is_empty()) {
        writeln!(
            out,
            "≠ {} {}",
            row.place,
            table::elsewhere(row, context.language)
        )?;
    }
    let (stated, missing) = (ranking.stated.to_string(), ranking.missing.to_string());
    let counts = [("stated", stated.as_str()), ("missing", missing.as_str())];
    context.note(&context.fill("analysis.stated", &counts));
    if let Some(quartiles) = ranking.quartiles {
        let [low, middle, high] = quartiles.map(grouped);
        let values = [("low", low.as_str()), ("middle", &middle), ("high", &high)];
        context.note(&context.fill("analysis.quartiles", &values));
    }
    Ok(())
}
