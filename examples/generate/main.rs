//! Writes any number of reports that look like real ones: all eras, both scripts, prose and
//! forms, figures that (mostly) add up. The same seed gives the same bytes.
//!
//! ```text
//! cargo run --release --example generate -- --count 10000 --seed 1 --out /tmp/reports
//! ```

mod corpus;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, io};

use rayon::prelude::*;

use corpus::Generator;

struct Wanted {
    count: u64,
    seed: u64,
    out: PathBuf,
    /// How many of a hundred files are saved web pages.
    pages: u32,
}

fn main() -> ExitCode {
    let Some(wanted) = wanted() else {
        eprintln!("usage: generate --count N --out DIR [--seed N] [--pages PERCENT]");
        return ExitCode::from(2);
    };
    let generator = Generator::new(wanted.seed).with_pages(wanted.pages);
    let written = (0..wanted.count)
        .into_par_iter()
        .map(|number| write(&generator, number, &wanted));
    match written.try_reduce(|| 0, |a, b| Ok(a + b)) {
        Ok(bytes) => {
            println!("{} reports, {bytes} bytes", wanted.count);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("generate: {error}");
            ExitCode::from(3)
        }
    }
}

fn write(generator: &Generator, number: u64, wanted: &Wanted) -> io::Result<u64> {
    let report = generator.report(number);
    let path = wanted.out.join(&report.path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, &report.text)?;
    Ok(report.text.len() as u64)
}

fn wanted() -> Option<Wanted> {
    let (mut count, mut seed, mut out, mut pages) = (None, 1, None, 0);
    let mut args = std::env::args().skip(1);
    while let Some(name) = args.next() {
        let value = args.next()?;
        match name.as_str() {
            "--count" => count = Some(value.parse().ok()?),
            "--seed" => seed = value.parse().ok()?,
            "--pages" => pages = value.parse().ok()?,
            "--out" => out = Some(PathBuf::from(value)),
            _ => return None,
        }
    }
    Some(Wanted {
        count: count?,
        seed,
        out: out?,
        pages,
    })
}
