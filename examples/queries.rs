//! How long a search takes, from the words to the first page of hits with exact counts and
//! facets: over phrases drawn from the texts themselves (so that what is written often is
//! asked often), every prefix of some as they are typed, and the densest words there are.
//!
//! ```text
//! cargo run --release --example queries -- DIR INDEX_DIR
//! ```
//!
//! The index is brought up to date first. Times are wall times; each query is asked
//! several times and its median counts, so that other work of the machine weighs less.

use std::error::Error;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use fastrand::Rng;
use gongkai::corpus::Corpus;
use gongkai::index::Store;
use gongkai::query::{Filter, Library, Sort, parse};
use gongkai::text::fold::{fold, is_han};

/// Phrases drawn.
const DRAWN: usize = 2000;
/// Phrases of which every prefix is asked for.
const TYPED: usize = 100;
/// How often each is asked.
const ASKED: usize = 5;
/// Hits on a page.
const PAGE: usize = 20;

const DENSE: [&str; 12] = [
    "政府信息公开",
    "依申请公开",
    "信息公开工作年度报告",
    "公开",
    "政府",
    "诉讼",
    "税",
    "主动公开政府信息 年",
    "行政复议 OR 行政诉讼",
    "公开 -诉讼",
    "依申请公开 year:2012..2016 level:county",
    "\"政府資訊公開\"",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1).map(PathBuf::from);
    let usage = "usage: queries DIR INDEX_DIR";
    let folder = args.next().ok_or(usage)?;
    let index = args.next().ok_or(usage)?;
    let corpus = Corpus::open(&[&folder])?;
    let start = Instant::now();
    let store = Store::open(&corpus, Some(&index))?;
    let library = Library::of(&store)?;
    let (filter, sort) = (Filter::default(), Sort::default());
    let first = library.reports(&filter, &sort, &[], 0..40).items.len();
    let opened = start.elapsed();
    println!(
        "open and first page of {first} reports: {:.1} ms",
        ms(opened)
    );
    let start = Instant::now();
    let same = store
        .update(&corpus, &|_| {}, &AtomicBool::new(false))?
        .same;
    println!(
        "rescan ({same} files unchanged): {:.1} ms",
        ms(start.elapsed())
    );
    let library = Library::of(&store)?;

    let mut rng = Rng::with_seed(1);
    let entries = corpus.walk().entries;
    let mut texts = Vec::new();
    for _ in 0..200 {
        let entry = &entries[rng.usize(..entries.len())];
        texts.push(fold(&String::from_utf8_lossy(&corpus.bytes(entry)?)));
    }
    let drawn: Vec<String> = (0..DRAWN).filter_map(|_| draw(&texts, &mut rng)).collect();
    let typed: Vec<String> = drawn.iter().take(TYPED).flat_map(|p| prefixes(p)).collect();
    let dense: Vec<String> = DENSE.iter().map(|q| (*q).to_owned()).collect();
    for (name, queries) in [("drawn", drawn), ("as typed", typed), ("dense", dense)] {
        ask(&library, name, &queries);
    }
    Ok(())
}

fn draw(texts: &[String], rng: &mut Rng) -> Option<String> {
    let text = &texts[rng.usize(..texts.len())];
    let chars: Vec<char> = text.chars().collect();
    let start = rng.usize(..chars.len());
    let phrase = chars[start..].iter().take(rng.usize(2..=10));
    let phrase: String = phrase.take_while(|c| is_han(**c)).collect();
    (phrase.chars().count() > 1).then_some(phrase)
}

fn prefixes(phrase: &str) -> Vec<String> {
    let ends = phrase.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.map(|end| phrase[..end].to_owned()).collect()
}

fn ask(library: &Library, name: &str, queries: &[String]) {
    let mut times = Vec::with_capacity(queries.len());
    let mut hits = 0;
    for query in queries {
        let query = parse(query);
        let mut asked = [Duration::ZERO; ASKED];
        for time in &mut asked {
            let start = Instant::now();
            hits += library.search(&query, 0..PAGE).sections;
            *time = start.elapsed();
        }
        asked.sort();
        times.push(asked[ASKED / 2]);
    }
    times.sort();
    let at = |percent: usize| ms(times[(times.len() * percent / 100).min(times.len() - 1)]);
    println!(
        "{name:10} {:5} queries, {:8} hits each: p50 {:.2}  p90 {:.2}  p99 {:.2}  max {:.2} ms",
        times.len(),
        hits / times.len() / ASKED,
        at(50),
        at(90),
        at(99),
        at(100),
    );
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
