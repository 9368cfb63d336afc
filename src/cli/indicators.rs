//! `gongkai indicators`, `schema`, `completions` and `man`: what the program says of itself.

use std::io::{self, BufWriter, Write};

use clap::CommandFactory;

use super::Outcome;
use super::args::{Args, Completions, IndicatorFormat, Indicators};
use super::context::Context;
use super::unmapped;
use crate::config::language::Language;
use crate::export::json;
use crate::figure::catalogue::{Catalogue, EMBEDDED_TOML, Indicator};
use crate::figure::rates;
use crate::text::columns::{Align, Columns};

/// The catalogue that figures are named by.
pub fn run(args: &Indicators, context: &Context) -> anyhow::Result<Outcome> {
    if let Some(corpus) = &args.unmapped {
        return unmapped::run(corpus, args.format, context);
    }
    let catalogue = Catalogue::current();
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        IndicatorFormat::Toml => {
            out.write_all(EMBEDDED_TOML.as_bytes())?;
            out.write_all(Catalogue::overlay_text().as_bytes())?;
        }
        IndicatorFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &catalogue.indicators)?;
            out.write_all(b"\n")?;
        }
        IndicatorFormat::Text => list(catalogue, context, &mut out)?,
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn list(catalogue: &Catalogue, context: &Context, out: &mut dyn Write) -> io::Result<()> {
    let in_words = |zh: &str, en: &str| match context.language {
        Language::Zh => zh.to_owned(),
        Language::En => en.to_owned(),
    };
    let mut columns = Columns::new(&[Align::Left; 4]);
    for group in &catalogue.groups {
        columns.plain(context.bold(&in_words(&group.zh, &group.en)));
        let members = catalogue
            .indicators
            .iter()
            .filter(|i| i.group == group.name);
        for indicator in members {
            let indent = "  ".repeat(depth(catalogue, indicator) + 1);
            let stock = if indicator.stock {
                "cli.stock"
            } else {
                "cli.flow"
            };
            columns.push([
                format!("{indent}{}", in_words(&indicator.zh, &indicator.en)),
                indicator.unit.clone(),
                context.text(stock).to_owned(),
                indicator.key.clone(),
            ]);
        }
    }
    for line in columns.lines() {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{}", context.bold(context.text("compare.derived")))?;
    let mut columns = Columns::new(&[Align::Left; 4]);
    for rate in rates::definitions() {
        columns.push([
            format!("  {}", in_words(&rate.zh, &rate.en)),
            rate.unit().to_owned(),
            rate.key.clone(),
            format!("= {}", rate.formula()),
        ]);
    }
    for line in columns.lines() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// How many wholes an indicator is a part of.
fn depth(catalogue: &Catalogue, indicator: &Indicator) -> usize {
    let mut above = indicator.parent.as_deref();
    let mut depth = 0;
    while let Some(parent) = above.and_then(|key| catalogue.get(key)) {
        depth += 1;
        // A user's overlay may close a circle.
        above = parent.parent.as_deref().filter(|_| depth < 8);
    }
    depth
}

/// The JSON Schema of the export.
pub fn schema() -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &json::schema())?;
    out.write_all(b"\n")?;
    Ok(Outcome::Done)
}

/// Completions for a shell.
pub fn completions(args: &Completions) -> anyhow::Result<Outcome> {
    // clap_complete panics when it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "gongkai", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}

/// The manual page, with one section for each command.
pub fn man() -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    let mut command = Args::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|c| c.get_name() != "help") {
        let man = clap_mangen::Man::new(sub.clone());
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
    }
    io::stdout().lock().write_all(&page)?;
    Ok(Outcome::Done)
}
