//! `gongkai show`: one report — metadata, outline, figures, findings, text.

use std::io::{self, BufWriter, Write};

use super::args::{Show, TextOrJson};
use super::context::Context;
use super::pick::{Picked, pick, siblings};
use super::{Outcome, Usage, words};
use crate::audit::Status;
use crate::config::language::Language;
use crate::export::json::{self, ReportJson};
use crate::export::table;
use crate::figure::rates;
use crate::query::Siblings;
use crate::reading::Reading;
use crate::report::Section;
use crate::text::clean::{clean, clean_line};
use crate::text::columns::{Align, Columns};
use crate::text::digits::grouped;

/// Runs it.
pub fn run(args: &Show, context: &Context) -> anyhow::Result<Outcome> {
    let picked = pick(&args.report, &args.corpus, context)?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        TextOrJson::Json => in_json(args, &picked, &mut out)?,
        TextOrJson::Text => in_text(args, &picked, context, &mut out)?,
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// The section named on the command line.
fn section<'r>(reading: &'r Reading, id: &str) -> anyhow::Result<&'r Section> {
    let sections = &reading.report.sections;
    let found = sections.iter().find(|s| s.id == id);
    found.ok_or_else(|| {
        let ids: Vec<_> = sections.iter().map(|s| s.id.as_str()).collect();
        Usage(format!("no section {id}; there are: {}", ids.join(" "))).into()
    })
}

fn in_json(args: &Show, picked: &Picked, out: &mut dyn Write) -> anyhow::Result<()> {
    let reading = &picked.reading;
    let report = ReportJson::new(&picked.id, &picked.path, reading);
    let mut value = serde_json::to_value(&report)?;
    if let Some(id) = &args.section {
        let section = section(reading, id)?;
        value = serde_json::to_value(json::section(section))?;
        let inside: Vec<_> = reading
            .figures
            .iter()
            .filter(|f| section.range.contains(&f.range.start))
            .map(|f| json::figure(f, reading))
            .collect();
        value["figures"] = serde_json::to_value(inside)?;
        value["text"] = reading.report.text[section.range.clone()].into();
    } else if args.figures {
        value = serde_json::to_value(&report.figures)?;
    } else if args.text {
        value["text"] = reading.report.text.as_str().into();
    } else {
        // The order of the contract's fields, which a `Value` would not keep.
        serde_json::to_writer_pretty(&mut *out, &report)?;
        return Ok(out.write_all(b"\n")?);
    }
    serde_json::to_writer_pretty(&mut *out, &value)?;
    Ok(out.write_all(b"\n")?)
}

fn in_text(
    args: &Show,
    picked: &Picked,
    context: &Context,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let reading = &picked.reading;
    let text = &reading.report.text;
    if let Some(id) = &args.section {
        let section = section(reading, id)?;
        if args.figures {
            figures(reading, Some(section), context, out)?;
        } else {
            write_text(&text[section.range.clone()], out)?;
        }
    } else if args.text {
        write_text(text, out)?;
    } else if args.figures {
        figures(reading, None, context, out)?;
    } else {
        overview(args, picked, context, out)?;
    }
    Ok(())
}

/// The text as it stands for other programs, made fit to be looked at for a terminal:
/// ranges of the JSON must point at the same bytes when it is piped.
fn write_text(text: &str, out: &mut dyn Write) -> io::Result<()> {
    if io::IsTerminal::is_terminal(&io::stdout()) {
        out.write_all(clean(text).as_bytes())?;
    } else {
        out.write_all(text.as_bytes())?;
    }
    if !text.ends_with('\n') && io::IsTerminal::is_terminal(&io::stdout()) {
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn overview(
    args: &Show,
    picked: &Picked,
    context: &Context,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let reading = &picked.reading;
    let report = &reading.report;
    writeln!(out, "{}", context.bold(&clean_line(&report.title)))?;
    let mut facts = Columns::new(&[Align::Left, Align::Left]);
    let mut all = facts_of(picked, context);
    for siblings in siblings(&[picked], &args.corpus, context) {
        all.extend(facts_of_siblings(&siblings, context));
    }
    for (key, value) in all {
        facts.push([
            context.text(&key).to_owned(),
            clean_line(&value).into_owned(),
        ]);
    }
    for line in facts.lines() {
        writeln!(out, "  {line}")?;
    }
    for warning in &report.warnings {
        let warning = context.language.sentence(warning);
        writeln!(out, "  ! {}", clean_line(&warning))?;
    }
    writeln!(out, "\n{}", context.bold(context.text("cli.show.outline")))?;
    for section in &report.sections {
        let indent = "  ".repeat(usize::from(section.level));
        let name = match (section.marker.is_empty(), section.title.is_empty()) {
            (true, true) => context.text("cli.show.head").to_owned(),
            (false, true) => {
                let own = &report.text[section.own.clone()];
                let own = own.trim_start().trim_start_matches(&section.marker);
                let words: String = own.trim().chars().take(24).collect();
                format!("{}{words}…", section.marker)
            }
            _ => format!("{}{}", section.marker, section.title),
        };
        let id = context.dim(&section.id);
        writeln!(out, "{indent}{}  {id}", clean_line(&name))?;
    }
    derived(reading, context, out)?;
    let open: Vec<_> = reading.findings.iter().filter(|f| f.is_open()).collect();
    if !open.is_empty() {
        writeln!(out, "\n{}", context.bold(context.text("cli.show.findings")))?;
    }
    for finding in open {
        let mark = if finding.status == Status::Fail {
            "✗"
        } else {
            "!"
        };
        let message = clean_line(table::pick(&finding.message, context.language)).into_owned();
        writeln!(out, "  {} {}  {message}", context.red(mark), finding.rule)?;
    }
    Ok(())
}

/// What follows from the figures, with the numbers it was made of.
fn derived(reading: &Reading, context: &Context, out: &mut dyn Write) -> io::Result<()> {
    let mut derived = rates::derive(&reading.figures);
    derived.retain(|d| !d.single);
    if derived.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", context.bold(context.text("cli.show.derived")))?;
    let mut columns = Columns::new(&[Align::Left, Align::Right, Align::Left]);
    for definition in rates::definitions() {
        let Some(found) = derived.iter().find(|d| d.key == definition.key) else {
            continue;
        };
        let name = match context.language {
            Language::Zh => &definition.zh,
            Language::En => &definition.en,
        };
        let gap = if definition.unit() == "%" { "" } else { " " };
        let small = if found.small { " *" } else { "" };
        columns.push([
            format!("  {name}"),
            format!("{}{gap}{}{small}", grouped(found.value), definition.unit()),
            format!("= {}", found.formula),
        ]);
    }
    for line in columns.lines() {
        writeln!(out, "{line}")?;
    }
    if derived.iter().any(|d| d.small) {
        writeln!(out, "  * {}", context.text("compare.small_base"))?;
    }
    Ok(())
}

/// Which other files there are of this body and year, and which one lists take.
fn facts_of_siblings(siblings: &Siblings, context: &Context) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut add = |name: &str, value: String| facts.push((format!("cli.show.{name}"), value));
    if !siblings.copies.is_empty() {
        add("copies", siblings.copies.join(" "));
    }
    for version in &siblings.versions {
        add("version", table::version(version, context.language));
    }
    match &siblings.principal {
        Some(path) => add("taken", path.clone()),
        None if siblings.versions.is_empty() => {}
        None => add("taken", context.text("cli.show.this_one").to_owned()),
    }
    facts
}

/// What is known of the report as a whole: keys of `assets/lang` and values.
fn facts_of(picked: &Picked, context: &Context) -> Vec<(String, String)> {
    let report = &picked.reading.report;
    let mut facts: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            facts.push((format!("cli.show.{name}"), value));
        }
    };
    let unknown = || Some(context.text("cli.unknown").to_owned());
    add("path", Some(picked.path.clone()));
    add("id", Some(picked.id.clone()));
    add(
        "year",
        report.year.map(|y| y.value.to_string()).or_else(unknown),
    );
    let region = report.region.as_ref();
    let region = region.map(|r| format!("{} ({})", r.path.join(" "), r.code));
    add("region", region.or_else(unknown));
    add("agency", report.agency.clone());
    add("form", Some(format!("{:?}", report.form)));
    add(
        "source",
        Some(format!("{}, {} B", report.encoding, report.bytes)),
    );
    let metadata = &report.metadata;
    add("index_number", metadata.index_number.clone());
    add("issuer", metadata.issuer.clone());
    add("subject", metadata.subject.clone());
    add("written_on", metadata.written_on.clone());
    add("published_on", metadata.published_on.clone());
    add("doc_number", metadata.doc_number.clone());
    add("status", metadata.status.clone());
    add("origin", metadata.source.clone());
    add("keywords", Some(metadata.keywords.join(" ")));
    let named = picked
        .reading
        .figures
        .iter()
        .filter(|f| f.indicator.is_some())
        .count();
    let counts = [picked.reading.figures.len(), named].map(|n| n.to_string());
    let counts = [("all", counts[0].as_str()), ("named", counts[1].as_str())];
    add(
        "figures",
        Some(context.fill("cli.show.figure_counts", &counts)),
    );
    facts
}

/// Figures in reading order: section, name, value, the very words.
fn figures(
    reading: &Reading,
    inside: Option<&Section>,
    context: &Context,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut columns = Columns::new(&[Align::Left, Align::Left, Align::Right, Align::Left]);
    for figure in &reading.figures {
        if inside.is_some_and(|s| !s.range.contains(&figure.range.start)) {
            continue;
        }
        let mut value = words::value(figure, context.language);
        if let Some(scope) = &figure.scope {
            value = format!("[{scope}] {value}");
        }
        let name = words::name(figure, reading, context.language);
        let quote = clean_line(reading.quote(figure)).into_owned();
        let mut place = figure.section.clone();
        if let Some(page) = reading.report.pages.at(figure.number.start) {
            let page = page.to_string();
            place += &format!("  {}", context.fill("cli.show.page", &[("page", &page)]));
        }
        let cells = [place, name, value, format!("“{quote}”")];
        columns.push(cells.map(|c| clean_line(&c).into_owned()));
    }
    for line in columns.lines() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
