//! Which report is meant: an id, a path, or words such as `三亚 2011` that describe only
//! one.

use std::path::{Path, PathBuf};

use super::Usage;
use super::context::Context;
use super::files::Files;
use super::{library, words};
use crate::corpus::Entry;
use crate::index::Store;
use crate::query::{Filter, Library, ReportRow, Siblings, Sort};
use crate::reading::Reading;
use crate::report::Kind;
use crate::text::clean::clean_line;
use crate::text::fold::fold;

/// A report that was named and read.
pub struct Picked {
    /// Stable id.
    pub id: String,
    /// Path below the corpus root.
    pub path: String,
    /// What it says.
    pub reading: Reading,
}

/// Most candidates that are printed.
const SHOWN: usize = 20;

/// The one report that `wanted` names.
///
/// # Errors
/// [`Usage`] with the candidates when none or several are meant.
pub fn pick(wanted: &str, corpus: &[PathBuf], context: &Context) -> anyhow::Result<Picked> {
    let wanted = [wanted.to_owned()];
    let mut picked = pick_all(&wanted, corpus, context)?;
    picked.pop().ok_or_else(|| Usage(wanted[0].clone()).into())
}

/// The other files of the body and year of each of `picked`, as far as an index of `corpus`
/// that is there already knows them.
pub fn siblings(picked: &[&Picked], corpus: &[PathBuf], context: &Context) -> Vec<Siblings> {
    let known = || -> anyhow::Result<Vec<Siblings>> {
        let corpus = context.corpus(corpus)?;
        let store = Store::open(&corpus, Some(&context.index_folder()))?;
        let library = Library::of(&store)?;
        Ok(picked.iter().map(|p| library.siblings(&p.id)).collect())
    };
    known().unwrap_or_else(|_| vec![Siblings::default(); picked.len()])
}

/// The reports that are named, each by one of `wanted`, in that order.
///
/// # Errors
/// [`Usage`] with the candidates when none or several are meant.
pub fn pick_all(
    wanted: &[String],
    corpus: &[PathBuf],
    context: &Context,
) -> anyhow::Result<Vec<Picked>> {
    // Reports named by files of their own need no corpus, not even one that can be read.
    if wanted.iter().all(|w| Path::new(w).is_file()) {
        return wanted.iter().map(|w| alone(w, context)).collect();
    }
    let files = Files::of(context.corpus(corpus)?);
    let mut picked = Vec::new();
    for name in wanted {
        picked.push(match named(&files.entries, name).as_slice() {
            [one] => read(&files, one)?,
            [] if Path::new(name).is_file() => alone(name, context)?,
            [] => described(&files, name, context)?,
            several => {
                let lines = several.iter().map(|e| format!("{}  {}", e.id, e.path));
                return Err(candidates(name, lines.collect(), context));
            }
        });
    }
    Ok(picked)
}

/// A file that is named by its place on the disk.
fn alone(path: &str, context: &Context) -> anyhow::Result<Picked> {
    let files = Files::of(context.corpus(&[PathBuf::from(path)])?);
    match files.entries.first() {
        Some(entry) => read(&files, entry),
        None => {
            let reason = files.failures.first().map(|f| f.reason.clone());
            let reason = reason.unwrap_or_else(|| "not a report in text".to_owned());
            anyhow::bail!("{path}: {reason}")
        }
    }
}

fn read(files: &Files, entry: &Entry) -> anyhow::Result<Picked> {
    let reading = files.read(entry);
    let reading = reading.map_err(|e| anyhow::anyhow!("{}: {e}", entry.path))?;
    Ok(Picked {
        id: entry.id.clone(),
        path: entry.path.clone(),
        reading,
    })
}

/// Entries with this id or path; failing those, with a path that ends in it.
fn named<'e>(entries: &'e [Entry], wanted: &str) -> Vec<&'e Entry> {
    let exact = |e: &&Entry| {
        let file = e.file.as_deref().filter(|_| e.member.is_empty());
        e.id == wanted || e.path == wanted || file == Some(Path::new(wanted))
    };
    let found: Vec<_> = entries.iter().filter(exact).collect();
    if !found.is_empty() {
        return found;
    }
    let ends = |e: &&Entry| Path::new(&e.path).ends_with(wanted);
    entries.iter().filter(ends).collect()
}

/// The one report that words such as `三亚 2011` describe. This asks the index: only it
/// knows every report's year and region without reading them all.
fn described(files: &Files, wanted: &str, context: &Context) -> anyhow::Result<Picked> {
    let (library, _) = library::open(&files.corpus, context)?;
    let filter = Filter {
        text: wanted.to_owned(),
        kind: Some(Kind::Report),
        ..Filter::default()
    };
    let mut found = library
        .reports(&filter, &Sort::default(), &[], 0..usize::MAX)
        .items;
    let best = found.iter().map(|row| rank(row, wanted)).min();
    found.retain(|row| Some(rank(row, wanted)) == best);
    if let [one] = found.as_slice() {
        let entry = files.entries.iter().find(|e| e.id == one.id);
        let entry = entry.ok_or_else(|| anyhow::anyhow!("{}: has just gone", one.path))?;
        return read(files, entry);
    }
    let lines = found.iter().map(words::row_line).collect();
    Err(candidates(wanted, lines, context))
}

/// How well a report that fits a description fits it, 0 the best: the government of the
/// very region before its departments, and these before what lies in the region.
fn rank(row: &ReportRow, wanted: &str) -> u8 {
    let is_year = |w: &&str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    let mut rank = u8::from(row.agency.is_some());
    for name in wanted.split_whitespace().filter(|w| !is_year(w)) {
        let name = fold(name);
        let agency = row.agency.as_ref().is_some_and(|a| a.contains(&name));
        let region = row.region_path.last().is_some_and(|r| is_called(r, &name));
        let around = row.region_path.iter().any(|r| is_called(r, &name));
        rank += match (agency || region, around) {
            (true, _) => 0,
            (false, true) => 2,
            (false, false) => 4,
        };
    }
    rank
}

/// 三亚 is 三亚市; 三 is nothing.
fn is_called(region: &str, name: &str) -> bool {
    region.strip_prefix(name).is_some_and(|rest| {
        rest.is_empty() || (name.chars().count() > 1 && rest.chars().count() <= 5)
    })
}

/// An error that names the reports that might have been meant.
pub fn candidates(wanted: &str, lines: Vec<String>, context: &Context) -> anyhow::Error {
    which(
        ["cli.pick.none", "cli.pick.several"],
        wanted,
        lines,
        context,
    )
}

/// The same for bodies.
pub fn bodies(wanted: &str, lines: Vec<String>, context: &Context) -> anyhow::Error {
    which(
        ["cli.pick.no_body", "cli.pick.bodies"],
        wanted,
        lines,
        context,
    )
}

fn which(
    [none, several]: [&str; 2],
    wanted: &str,
    lines: Vec<String>,
    context: &Context,
) -> anyhow::Error {
    if lines.is_empty() {
        return Usage(context.fill(none, &[("wanted", wanted)])).into();
    }
    let count = lines.len().to_string();
    let values = [("wanted", wanted), ("count", &count)];
    let mut message = context.fill(several, &values);
    for line in lines.iter().take(SHOWN) {
        message += "\n  ";
        message += &clean_line(line);
    }
    if lines.len() > SHOWN {
        message += "\n  …";
    }
    Usage(message).into()
}
