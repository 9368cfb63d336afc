//! What the engine costs at least: a plain tantivy index (default tokenizer, one document a
//! file, text stored) of a folder of text files, and `gongkai index` of the same folder in
//! the same run, so that anyone can measure the ratio. Useless for searching Chinese; that
//! is the point.
//!
//! ```text
//! cargo build --release && cargo run --release --example floor -- DIR target/release/gongkai
//! ```
//!
//! CPU time and memory come from `/proc` and are shown as 0 where there is none.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{fs, thread};

use rayon::prelude::*;
use tantivy::schema::{STORED, STRING, Schema, TEXT};
use tantivy::{Index, doc};

/// What something cost.
#[derive(Clone, Copy)]
struct Cost {
    wall: Duration,
    cpu: Duration,
    /// Highest anonymous memory, in MB; only measured for another process.
    memory: u64,
}

/// The same arena and number of threads as our own writer.
const ARENA: usize = 100 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1).map(PathBuf::from);
    let folder = args.next().ok_or("usage: floor DIR [GONGKAI]")?;
    let program = args.next();
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    let bytes: u64 = files
        .iter()
        .filter_map(|f| fs::metadata(f).ok())
        .map(|m| m.len())
        .sum();
    println!("{} files, {:.1} MB", files.len(), bytes as f64 / 1e6);

    let reading = measured(|| read_all(&files));
    let plain = measured(|| plain_index(&files));
    let extraction = measured(|| extract(&files));
    show("reading the files", reading, None);
    show("plain tantivy index (the floor)", plain, Some(plain));
    show("reading and extraction, no index", extraction, Some(plain));
    if let Some(program) = program {
        let whole = ours(&program, &folder)?;
        show("gongkai index, all of it", whole, Some(plain));
        let cpu = (whole.cpu + reading.cpu).saturating_sub(extraction.cpu);
        let ratio = cpu.as_secs_f64() / plain.cpu.as_secs_f64();
        println!("indexing alone (all of it without extraction): {ratio:.2} x the floor's CPU");
    }
    Ok(())
}

fn show(what: &str, cost: Cost, floor: Option<Cost>) {
    let ratio = floor.map_or_else(String::new, |floor| {
        let ratio = cost.cpu.as_secs_f64() / floor.cpu.as_secs_f64();
        format!("   {ratio:.2} x floor")
    });
    let memory = match cost.memory {
        0 => String::new(),
        mb => format!("   anonymous memory {mb} MB"),
    };
    println!(
        "{what:34} wall {:6.2} s   cpu {:6.2} s{ratio}{memory}",
        cost.wall.as_secs_f64(),
        cost.cpu.as_secs_f64()
    );
}

fn measured<T>(work: impl FnOnce() -> T) -> Cost {
    let (start, before) = (Instant::now(), cpu(false));
    let kept = work();
    let cost = Cost {
        wall: start.elapsed(),
        cpu: cpu(false).saturating_sub(before),
        memory: 0,
    };
    drop(kept);
    cost
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

fn plain_index(files: &[PathBuf]) -> tantivy::Result<()> {
    let folder = std::env::temp_dir().join(format!("gongkai-floor-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let mut schema = Schema::builder();
    let path = schema.add_text_field("path", STRING | STORED);
    let body = schema.add_text_field("body", TEXT | STORED);
    let index = Index::create_in_dir(&folder, schema.build())?;
    let mut writer = index.writer_with_num_threads(1, ARENA)?;
    for file in files {
        let bytes = fs::read(file)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        writer.add_document(doc!(path => file.display().to_string(), body => text))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    fs::remove_dir_all(&folder)?;
    Ok(())
}

fn extract(files: &[PathBuf]) -> usize {
    let figures = files.par_iter().map(|file| {
        let name = file.to_string_lossy();
        let format = gongkai::source::Format::of(&name)?;
        let reading = gongkai::reading::read(&fs::read(file).ok()?, &name, format).ok()?;
        Some(reading.figures.len())
    });
    figures.flatten().sum()
}

/// `gongkai index` into an empty folder.
fn ours(program: &Path, folder: &Path) -> Result<Cost, Box<dyn Error>> {
    let index = std::env::temp_dir().join(format!("gongkai-ours-{}", std::process::id()));
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
