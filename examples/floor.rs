//! What the engine costs at least: a plain tantivy index (default tokenizer, one document a
//! file, text stored) of a folder of reports, and our own work on the same folder in turn
//! in the same run, so that anyone can measure the ratios. The plain index is useless for
//! searching Chinese; that is the point.
//!
//! ```text
//! cargo build --release && cargo run --release --example floor -- DIR target/release/gongkai [ROUNDS]
//! ```
//!
//! CPU time (user and system, all threads) and memory come from `/proc` and are shown as 0
//! where there is none. Each figure is the median of the rounds.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{fs, thread};

use gongkai::corpus::{Corpus, Entry};
use gongkai::index::build::ARENA;
use gongkai::index::document::documents;
use gongkai::index::schema::{PAIRS, schema};
use gongkai::index::store::settings;
use gongkai::index::tokenizer::Pairs;
use gongkai::reading::{self, Reading};
use gongkai::text::fold::Folded;
use rayon::prelude::*;
use tantivy::directory::MmapDirectory;
use tantivy::schema::{STORED, STRING, Schema, TEXT};
use tantivy::{Index, IndexWriter, doc};

/// What something cost.
#[derive(Clone, Copy, Default)]
struct Cost {
    wall: Duration,
    cpu: Duration,
    /// Highest anonymous memory, in MB; only measured for another process.
    memory: u64,
    /// Bytes of the index.
    size: u64,
}

/// What is measured, in order; the first is what the others are compared with.
const NAMES: [&str; 5] = [
    "plain tantivy index (the floor)",
    "indexing reports already read",
    "reading: decode, fold, extract, count findings",
    "gongkai index, all of it",
    "reading the bytes of the files",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let usage = "usage: floor DIR GONGKAI [ROUNDS]";
    let folder = PathBuf::from(args.next().ok_or(usage)?);
    let program = PathBuf::from(args.next().ok_or(usage)?);
    let rounds: usize = args.next().map_or(Ok(3), |n| n.parse())?;
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    let sizes = files
        .iter()
        .filter_map(|f| Some(fs::metadata(f).ok()?.len()));
    let bytes: u64 = sizes.sum();
    println!("{} files, {:.1} MB", files.len(), bytes as f64 / 1e6);

    let corpus = Corpus::open(&[&folder])?;
    let mut costs: [Vec<Cost>; 5] = Default::default();
    for _ in 0..rounds {
        costs[0].push(plain_index(&files)?);
        let (indexing, reading) = in_two_steps(&corpus)?;
        costs[1].push(indexing);
        costs[2].push(reading);
        costs[3].push(ours(&program, &folder)?);
        costs[4].push(measured(|| read_all(&files)).0);
    }
    let medians = costs.map(|c| median(&c));
    for (name, cost) in NAMES.iter().zip(&medians) {
        show(name, cost, &medians[0], bytes);
    }
    Ok(())
}

fn median(costs: &[Cost]) -> Cost {
    let middle = |of: &dyn Fn(&Cost) -> Duration| {
        let mut all: Vec<Duration> = costs.iter().map(of).collect();
        all.sort();
        all[all.len() / 2]
    };
    Cost {
        wall: middle(&|c| c.wall),
        cpu: middle(&|c| c.cpu),
        memory: costs.iter().map(|c| c.memory).max().unwrap_or(0),
        size: costs.iter().map(|c| c.size).max().unwrap_or(0),
    }
}

fn show(what: &str, cost: &Cost, floor: &Cost, bytes: u64) {
    let ratio = cost.cpu.as_secs_f64() / floor.cpu.as_secs_f64();
    print!(
        "{what:38} wall {:6.2} s   cpu {:6.2} s  {ratio:5.2} x floor  {:6.1} MB/s",
        cost.wall.as_secs_f64(),
        cost.cpu.as_secs_f64(),
        bytes as f64 / 1e6 / cost.cpu.as_secs_f64(),
    );
    if cost.size > 0 {
        print!("   index {:.2} x text", cost.size as f64 / bytes as f64);
    }
    if cost.memory > 0 {
        print!("   anonymous memory {} MB", cost.memory);
    }
    println!();
}

fn measured<T>(work: impl FnOnce() -> T) -> (Cost, T) {
    let (start, before) = (Instant::now(), cpu(false));
    let kept = work();
    let cost = Cost {
        wall: start.elapsed(),
        cpu: cpu(false).saturating_sub(before),
        ..Cost::default()
    };
    (cost, kept)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn read_all(files: &[PathBuf]) -> usize {
    files
        .iter()
        .filter_map(|f| fs::read(f).ok())
        .map(|b| b.len())
        .sum()
}

fn plain_index(files: &[PathBuf]) -> tantivy::Result<Cost> {
    let folder = aside("floor");
    fs::create_dir_all(&folder)?;
    let mut b = Schema::builder();
    let path = b.add_text_field("path", STRING | STORED);
    let body = b.add_text_field("body", TEXT | STORED);
    let (cost, done) = measured(|| {
        let index = Index::create_in_dir(&folder, b.build())?;
        let mut writer: IndexWriter = index.writer_with_num_threads(1, ARENA)?;
        for file in files {
            let text = String::from_utf8_lossy(&fs::read(file)?).into_owned();
            writer.add_document(doc!(path => file.display().to_string(), body => text))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()
    });
    done?;
    let size = size(&folder);
    fs::remove_dir_all(&folder)?;
    Ok(Cost { size, ..cost })
}

/// Indexing of reports already read (folding, tokenising, adding, committing, merging), and
/// beside it what reading them costs.
fn in_two_steps(corpus: &Corpus) -> Result<(Cost, Cost), Box<dyn Error>> {
    let folder = aside("indexing");
    fs::create_dir_all(&folder)?;
    let (schema, fields) = schema();
    let builder = Index::builder().schema(schema).settings(settings());
    let index = builder.open_or_create(MmapDirectory::open(&folder)?)?;
    index.tokenizers().register(PAIRS, Pairs::default());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, ARENA)?;
    let entries = corpus.walk().entries;
    // All of them are held in memory: the writer's thread works on after a document is
    // handed to it, and its time must not be taken for reading.
    let (reading, readings) = measured(|| {
        let read = entries.par_iter().filter_map(|e| read(corpus, e));
        read.collect::<Vec<_>>()
    });
    let (mut indexing, done) = measured(|| {
        for (entry, reading) in &readings {
            // Reading has folded already; it counts as indexing all the same.
            for block in &reading.report.blocks {
                let range = block.range.clone();
                let folded = Folded::new(&reading.report.text[range.clone()], range.start);
                std::hint::black_box(folded);
            }
            for document in documents(&fields, entry, 1, reading) {
                writer.add_document(document)?;
            }
        }
        writer.commit()?;
        writer.wait_merging_threads()
    });
    done?;
    indexing.size = size(&folder);
    fs::remove_dir_all(&folder)?;
    Ok((indexing, reading))
}

fn read<'a>(corpus: &Corpus, entry: &'a Entry) -> Option<(&'a Entry, Reading)> {
    let bytes = corpus.bytes(entry).ok()?;
    let reading = reading::count_entry(&bytes, entry).ok()?;
    Some((entry, reading))
}

/// A folder of our own beside nobody's.
fn aside(what: &str) -> PathBuf {
    std::env::temp_dir().join(format!("gongkai-{what}-{}", std::process::id()))
}

/// Bytes of all files below a folder.
fn size(folder: &Path) -> u64 {
    let mut files = Vec::new();
    // What cannot be listed is not counted.
    let _ = collect(folder, &mut files);
    files
        .iter()
        .filter_map(|f| Some(fs::metadata(f).ok()?.len()))
        .sum()
}

/// `gongkai index` into an empty folder.
fn ours(program: &Path, folder: &Path) -> Result<Cost, Box<dyn Error>> {
    let index = aside("ours");
    let (start, before) = (Instant::now(), cpu(true));
    let mut child = Command::new(program)
        .arg("index")
        .arg("--quiet")
        .arg("--index-dir")
        .arg(&index)
        .arg(folder)
        .stdout(std::process::Stdio::null())
        .spawn()?;
    let mut memory = 0;
    while child.try_wait()?.is_none() {
        memory = memory.max(anonymous(child.id()));
        thread::sleep(Duration::from_millis(10));
    }
    let cost = Cost {
        wall: start.elapsed(),
        cpu: cpu(true).saturating_sub(before),
        memory,
        size: size(&index),
    };
    fs::remove_dir_all(&index)?;
    Ok(cost)
}

/// CPU time of this process, or of the ones it has waited for.
fn cpu(children: bool) -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field may hold blanks; it ends with the last bracket.
    let fields: Vec<&str> = stat
        .rsplit_once(')')
        .map_or_else(Vec::new, |(_, rest)| rest.split_whitespace().collect());
    let first = if children { 13 } else { 11 };
    let ticks: u64 = (first..first + 2)
        .filter_map(|i| fields.get(i)?.parse::<u64>().ok())
        .sum();
    // Linux counts these in hundredths of a second wherever it runs today.
    Duration::from_millis(ticks * 10)
}

/// Anonymous memory of a process, in MB.
fn anonymous(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("RssAnon:"));
    let kilobytes = line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}
