//! `gongkai doctor`: what was read how, what was not and why, where everything lies, and
//! what the terminal can do.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};

use super::args;
use super::context::Context;
use super::files::Files;
use super::{Outcome, words};
use crate::config::keymap::Bindings;
use crate::corpus::Entry;
use crate::export::table;
use crate::index::Store;
use crate::query::{Repeat, Version};
use crate::reading::Reading;
use crate::report::Kind;
use crate::text::clean::clean_line;
use crate::text::columns::{Align, Columns};
use crate::tui::command::Keymap;

/// How a file was read.
struct Seen {
    line: String,
    encoding: &'static str,
    form: String,
    kind: Kind,
    doubts: Vec<String>,
}

/// Runs it.
pub fn run(args: &args::Corpus, context: &Context) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(io::stdout().lock());
    places(context, &mut out)?;
    terminal(context, &mut out)?;
    out.flush()?;
    let mut files = Files::of(context.corpus(&args.corpus)?);
    index(&files, context, &mut out)?;
    corpus(&mut files, context, &mut out)?;
    out.flush()?;
    Ok(Outcome::Done)
}

fn heading(key: &str, context: &Context, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", context.bold(context.text(key)))
}

fn write_pairs(pairs: &[(String, String)], out: &mut dyn Write) -> io::Result<()> {
    let mut columns = Columns::new(&[Align::Left, Align::Left]);
    for (name, value) in pairs {
        columns.push([format!("  {name}"), clean_line(value).into_owned()]);
    }
    for line in columns.lines() {
        writeln!(out, "{line}")?;
    }
    writeln!(out)
}

fn places(context: &Context, out: &mut dyn Write) -> io::Result<()> {
    heading("cli.doctor.places", context, out)?;
    let state = |exists: bool| {
        context.text(if exists {
            "cli.doctor.there"
        } else {
            "cli.doctor.absent"
        })
    };
    let paths = &context.paths;
    let places = [
        ("settings", context.settings_file.0.clone()),
        ("keys", paths.keys()),
        ("themes", paths.themes()),
        ("indicators", paths.indicators()),
        ("reports", paths.reports()),
        ("index", context.index_folder()),
        ("state", paths.state.clone()),
    ];
    let line = |(name, path): &(&str, std::path::PathBuf)| {
        let name = context.text(&format!("cli.doctor.{name}")).to_owned();
        (
            name,
            format!("{}  {}", path.display(), state(path.exists())),
        )
    };
    write_pairs(&places.iter().map(line).collect::<Vec<_>>(), out)?;
    let own = std::fs::read_to_string(paths.keys()).ok();
    for problem in Bindings::with(own.as_deref()).problems {
        let said = Keymap::explain(&problem, context.language);
        writeln!(out, "  ! keys.toml  {}", clean_line(&said))?;
    }
    for problem in &context.indicators_wrong {
        writeln!(
            out,
            "  ! indicators.toml  {}",
            clean_line(&context.language.sentence(problem))
        )?;
    }
    Ok(())
}

fn terminal(context: &Context, out: &mut dyn Write) -> io::Result<()> {
    heading("cli.doctor.terminal", context, out)?;
    let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| "—".to_owned());
    let yes_no = |yes: bool| {
        context
            .text(if yes { "cli.yes" } else { "cli.no" })
            .to_owned()
    };
    let mut pairs: Vec<(String, String)> = ["TERM", "COLORTERM", "LANG", "LC_ALL", "NO_COLOR"]
        .map(|name| (name.to_owned(), variable(name)))
        .to_vec();
    let say = |key: &str| context.text(&format!("cli.doctor.{key}")).to_owned();
    pairs.push((say("stdout"), yes_no(io::stdout().is_terminal())));
    pairs.push((say("color"), yes_no(context.color)));
    let wide = if context.settings.ambiguous_wide {
        "2"
    } else {
        "1"
    };
    pairs.push((say("ambiguous"), format!("{wide}  “ ” … ① ─ 中文│")));
    write_pairs(&pairs, out)
}

fn index(files: &Files, context: &Context, out: &mut dyn Write) -> anyhow::Result<()> {
    heading("cli.doctor.index_heading", context, out)?;
    let store = Store::open(&files.corpus, Some(&context.index_folder()))?;
    let mut pairs = Vec::new();
    let say = |key: &str| context.text(&format!("cli.doctor.{key}")).to_owned();
    match (store.path(), store.in_memory()) {
        (Some(path), _) => pairs.push((say("folder"), path.display().to_string())),
        (None, reason) => pairs.push((say("memory"), reason.unwrap_or_default().to_owned())),
    }
    if let Ok(library) = crate::query::Library::of(&store) {
        let counts = library.counts();
        let repeats = library.all_copies();
        let versions = repeats.iter().filter(|r| r.differing.is_some()).count();
        let text = [
            counts.reports,
            repeats.len() - versions,
            versions,
            counts.others,
            counts.failures,
        ]
        .map(|n| n.to_string());
        let values = [
            ("reports", &*text[0]),
            ("copies", &*text[1]),
            ("versions", &*text[2]),
            ("others", &*text[3]),
            ("failures", &*text[4]),
        ];
        pairs.push((say("indexed"), context.fill("cli.doctor.counts", &values)));
        for Repeat {
            path,
            principal,
            differing,
        } in repeats
        {
            pairs.push(match differing {
                None => (say("copy"), format!("{path} = {principal}")),
                Some(differing) => {
                    let id = String::new();
                    let version = Version {
                        id,
                        path,
                        differing,
                    };
                    let version = table::version(&version, context.language);
                    (say("version"), format!("{version} ≠ {principal}"))
                }
            });
        }
    }
    Ok(write_pairs(&pairs, out)?)
}

fn corpus(files: &mut Files, context: &Context, out: &mut dyn Write) -> anyhow::Result<()> {
    heading("cli.doctor.corpus", context, out)?;
    for root in files.corpus.roots() {
        writeln!(out, "  {}", clean_line(&root.name()))?;
    }
    corrections(files, out)?;
    let (mut ways, mut kinds) = (BTreeMap::new(), BTreeMap::new());
    let take = |seen: Seen| {
        *ways
            .entry(format!("{} {}", seen.encoding, seen.form))
            .or_insert(0_usize) += 1;
        let kind = if seen.kind == Kind::Report {
            "cli.doctor.kind_report"
        } else {
            "cli.doctor.kind_other"
        };
        *kinds.entry(kind).or_insert(0_usize) += 1;
        if context.is_verbose() || !seen.doubts.is_empty() {
            writeln!(out, "  {}", clean_line(&seen.line))?;
        }
        for doubt in &seen.doubts {
            writeln!(
                out,
                "    ! {}",
                clean_line(&context.language.sentence(doubt))
            )?;
        }
        Ok(())
    };
    // Lines may stand on the terminal already: no place for one that is written over.
    files.for_each(see, take, &|_, _| {})?;
    let mut columns = Columns::new(&[Align::Left, Align::Right]);
    for (kind, count) in kinds {
        columns.push([format!("  {}", context.text(kind)), count.to_string()]);
    }
    for (way, count) in ways {
        columns.push([format!("  {way}"), count.to_string()]);
    }
    for line in columns.lines() {
        writeln!(out, "{line}")?;
    }
    for failure in &files.failures {
        let reason = context.language.sentence(&failure.reason);
        let values = [("path", &*failure.path), ("reason", &*reason)];
        let line = context.fill("cli.unreadable", &values);
        writeln!(out, "  {} {}", context.red("✗"), clean_line(&line))?;
    }
    Ok(())
}

/// What `gongkai.toml` holds, and what in it is broken or about no file.
fn corrections(files: &Files, out: &mut dyn Write) -> io::Result<()> {
    let (sidecar, reviews) = (files.corpus.sidecar(), files.corpus.reviews());
    for (file, _) in files.corpus.sidecar_files() {
        if file.exists() {
            writeln!(out, "  {}", clean_line(&file.display().to_string()))?;
        }
    }
    for broken in sidecar.broken().iter().chain(reviews.broken()) {
        let (file, entry, reason) = (broken.file.display(), &broken.entry, &broken.reason);
        let line = format!("{file}: {entry}: {reason}");
        writeln!(out, "    ! {}", clean_line(&line))?;
    }
    for (path, said) in sidecar.reports() {
        let is_there = files.entries.iter().any(|e| e.path == path);
        if !is_there && !said.is_empty() {
            let line = format!("gongkai.toml: no such file: {path}");
            writeln!(out, "    ! {}", clean_line(&line))?;
        }
    }
    Ok(())
}

fn see(entry: &Entry, reading: Reading) -> Seen {
    let report = reading.report;
    let mut doubts = report.warnings.clone();
    if report.kind == Kind::Report {
        let missing = [
            (report.year.is_none(), "year unknown"),
            (report.region.is_none(), "region unknown"),
        ];
        doubts.extend(missing.iter().filter(|m| m.0).map(|m| m.1.to_owned()));
    }
    Seen {
        line: format!(
            "{}  {}  {:?}",
            entry.path,
            words::body(&report),
            report.script
        ),
        encoding: report.encoding,
        form: format!("{:?}", report.form),
        kind: report.kind,
        doubts,
    }
}
