//! How long things take, over generated reports: the stages of reading and indexing, one by
//! one and in MB/s of text (`stage/decode`, `blocks`, `report`, `figures`, `audit` and
//! `count`, which is an audit without words, `index`), saved `pages`, `index`, `open`, `search`,
//! `frame`. One program, because every further one is linked again.
//!
//! ```text
//! cargo bench --bench speed               all of them
//! cargo bench --bench speed -- stage      one of them
//! ```
//!
//! The times of one machine say little about another: compare runs in turn. What matters
//! against other programs is measured by `examples/floor.rs`.

#[path = "../examples/generate/corpus/mod.rs"]
mod corpus;

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tempfile::TempDir;

use corpus::Generator;
use gongkai::config::keymap::Key;
use gongkai::config::language::Language;
use gongkai::config::theme::Theme;
use gongkai::corpus::Corpus;
use gongkai::index::Store;
use gongkai::index::build::ARENA;
use gongkai::index::document::documents;
use gongkai::index::schema::{PAIRS, schema};
use gongkai::index::store::settings;
use gongkai::index::tokenizer::Pairs;
use gongkai::query::{Filter, Library, Sort, parse};
use gongkai::source::{self, Format, decode, plain};
use gongkai::tui::action::{Action, Job};
use gongkai::tui::command::Keymap;
use gongkai::tui::screen::draw;
use gongkai::tui::shelf::Shelf;
use gongkai::tui::state::State;
use gongkai::tui::style::Skin;
use gongkai::tui::update::{start, update};
use gongkai::tui::worker::answer;
use gongkai::{audit, figure, reading, report};

/// Reports that are taken through the stages.
const FEW: u64 = 100;
/// Reports that are indexed in one go.
const SOME: u64 = 500;
/// Reports that are searched.
const MANY: u64 = 5_000;

fn texts(count: u64) -> Vec<(String, Format)> {
    let generator = Generator::new(1);
    let report = |number| {
        let report = generator.report(number);
        let format = Format::of(&report.path).expect("a text file");
        (report.text, format)
    };
    (0..count).map(report).collect()
}

/// A folder with reports in it.
fn folder(count: u64) -> (TempDir, Corpus) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let generator = Generator::new(1);
    for number in 0..count {
        let report = generator.report(number);
        let path = dir.path().join(&report.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, report.text).expect("written");
    }
    let corpus = Corpus::open(&[dir.path()]).expect("a corpus");
    (dir, corpus)
}

fn indexed(corpus: &Corpus, dir: &TempDir) -> Store {
    let store = Store::open(corpus, Some(&dir.path().join("index"))).expect("an index");
    let never = AtomicBool::new(false);
    store.update(corpus, &|_| {}, &never).expect("indexed");
    store
}

/// Each stage over what the stages before it have made, in bytes of text a second.
fn of_stages(c: &mut Criterion) {
    let texts = texts(FEW);
    let bytes = texts.iter().map(|(text, _)| text.len() as u64).sum();
    let mut group = c.benchmark_group("stage");
    group.sample_size(20).throughput(Throughput::Bytes(bytes));
    group.bench_function("decode", |b| {
        let decoded = |(text, _): &(String, Format)| {
            decode::decode(black_box(text.as_bytes())).map_or(0, |d| d.text.len())
        };
        b.iter(|| texts.iter().map(decoded).sum::<usize>());
    });
    let blocks = |(text, format): &(String, Format)| plain::blocks(black_box(text), *format);
    group.bench_function("blocks", |b| {
        b.iter(|| texts.iter().map(|t| blocks(t).len()).sum::<usize>());
    });
    let source = |(text, format): &(String, Format)| {
        source::read(text.as_bytes(), *format).expect("a generated report")
    };
    let sources: Vec<_> = texts.iter().map(source).collect();
    group.bench_function("report", |b| {
        b.iter_batched(
            || sources.clone(),
            |sources| sources.into_iter().map(report::read).collect::<Vec<_>>(),
            BatchSize::LargeInput,
        );
    });
    let reports: Vec<_> = sources.into_iter().map(report::read).collect();
    group.bench_function("figures", |b| {
        b.iter(|| {
            reports
                .iter()
                .map(|r| figure::read(black_box(r)).0.len())
                .sum::<usize>()
        });
    });
    let found: Vec<_> = reports.iter().map(figure::read).collect();
    let both = || reports.iter().zip(&found);
    group.bench_function("audit", |b| {
        b.iter(|| {
            both()
                .map(|(r, (f, c))| audit::check(black_box(r), "a.txt", f, c).len())
                .sum::<usize>()
        });
    });
    group.bench_function("count", |b| {
        b.iter(|| {
            both()
                .map(|(r, (f, c))| audit::count(black_box(r), f, c).len())
                .sum::<usize>()
        });
    });
    group.finish();
}

/// The last stage: reports already read into an index on the disk.
fn of_documents(c: &mut Criterion) {
    let (dir, corpus) = folder(FEW);
    let entries = corpus.walk().entries;
    let mut bytes = 0;
    let mut readings = Vec::new();
    for entry in &entries {
        let file = corpus.bytes(entry).expect("readable");
        bytes += file.len() as u64;
        readings.push(reading::count_entry(&file, entry).expect("a generated report"));
    }
    let (schema, fields) = schema();
    let mut group = c.benchmark_group("stage");
    group.sample_size(10).throughput(Throughput::Bytes(bytes));
    group.bench_function("index", |b| {
        let fresh = || {
            let folder = tempfile::tempdir_in(&dir).expect("a temporary folder");
            let builder = tantivy::Index::builder().schema(schema.clone());
            let index = builder.settings(settings()).create_in_dir(&folder);
            let index = index.expect("an index");
            index.tokenizers().register(PAIRS, Pairs::default());
            let writer = index.writer_with_num_threads(1, ARENA).expect("a writer");
            (folder, writer)
        };
        b.iter_batched(
            fresh,
            |(folder, mut writer): (_, tantivy::IndexWriter)| {
                for (entry, reading) in entries.iter().zip(&readings) {
                    for document in documents(&fields, entry, 1, reading) {
                        writer.add_document(document).expect("added");
                    }
                }
                writer.commit().expect("committed");
                (folder, writer)
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

/// Saved web pages of about 100 kB, where this build reads any.
fn of_pages(c: &mut Criterion) {
    let generator = Generator::new(1).with_pages(100);
    let pages: Vec<_> = (0..FEW).map(|n| generator.report(n)).collect();
    let Some(format) = Format::of(&pages[0].path) else {
        return;
    };
    let bytes = pages.iter().map(|p| p.text.len() as u64).sum();
    let mut group = c.benchmark_group("100 saved pages");
    group.sample_size(10).throughput(Throughput::Bytes(bytes));
    group.bench_function("decode, blocks and fold", |b| {
        let blocks = |page: &corpus::Generated| {
            source::read(black_box(page.text.as_bytes()), format).map_or(0, |s| s.blocks.len())
        };
        b.iter(|| pages.iter().map(blocks).sum::<usize>());
    });
    group.bench_function("read", |b| {
        let read = |page: &corpus::Generated| {
            let reading = reading::read(black_box(page.text.as_bytes()), "a.html", format);
            reading.map_or(0, |r| r.figures.len())
        };
        b.iter(|| pages.iter().map(read).sum::<usize>());
    });
    group.finish();
}

fn of_index(c: &mut Criterion) {
    let (_dir, corpus) = folder(SOME);
    let mut group = c.benchmark_group("index");
    group.sample_size(10);
    group.bench_function("500 reports, all of it", |b| {
        let fresh = || tempfile::tempdir().expect("a temporary folder");
        b.iter_batched(
            fresh,
            |dir| (indexed(&corpus, &dir), dir),
            BatchSize::PerIteration,
        );
    });
    let dir = tempfile::tempdir().expect("a temporary folder");
    let store = indexed(&corpus, &dir);
    let never = AtomicBool::new(false);
    group.bench_function("500 reports, nothing new", |b| {
        b.iter(|| {
            store
                .update(&corpus, &|_| {}, &never)
                .expect("no change")
                .same
        });
    });
    group.finish();
}

/// From nothing to the first page of the list; and what is typed to its hits.
fn of_reading_side(c: &mut Criterion) {
    let (dir, corpus) = folder(MANY);
    let store = indexed(&corpus, &dir);
    let mut group = c.benchmark_group("open");
    group.bench_function("5000 reports, first page", |b| {
        b.iter(|| {
            let store = Store::open(&corpus, Some(&dir.path().join("index"))).expect("an index");
            let library = Library::of(&store).expect("a library");
            let (filter, sort) = (Filter::default(), Sort::default());
            library.reports(&filter, &sort, &[], 0..40).items.len()
        });
    });
    group.finish();
    let library = Library::of(&store).expect("a library");
    let mut group = c.benchmark_group("search");
    let queries = [
        ("in every report", "政府信息公开"),
        ("two characters", "诉讼"),
        ("rare", "退役军人安置"),
        ("one character", "税"),
        ("exactly as written", "\"政府資訊公開\""),
        (
            "words, year and indicator",
            "复议 year:2012..2016 has:requests.received.new>100",
        ),
    ];
    for (name, query) in queries {
        let query = parse(query);
        group.bench_function(name, |b| {
            b.iter(|| library.search(black_box(&query), 0..20).sections);
        });
    }
    group.finish();
    frames(c, library, &corpus);
}

/// From a key to the cells of the next frame, without the terminal.
fn frames(c: &mut Criterion, library: Library, corpus: &Corpus) {
    let shelf: Arc<dyn Shelf> = Arc::new(library);
    let skin = Skin::new(Theme::embedded().remove(0));
    let mut state = State::new(Language::Zh, Arc::new(Keymap::new(None)));
    state.size = (120, 40);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let jobs = start(&mut state);
    settle(&mut state, &shelf, corpus, jobs);
    let mut group = c.benchmark_group("frame");
    for (name, key) in [("down in the list", "down"), ("up in the list", "up")] {
        let key = Key::parse(key).expect("a key");
        group.bench_function(name, |b| {
            b.iter(|| {
                let jobs = update(&mut state, Action::Key(key));
                buffer.reset();
                draw(&state, &skin, &mut buffer);
                jobs.len()
            });
        });
    }
    let enter = Key::parse("enter").expect("a key");
    for _ in 0..2 {
        let jobs = update(&mut state, Action::Key(enter));
        settle(&mut state, &shelf, corpus, jobs);
    }
    group.bench_function("a report", |b| {
        b.iter(|| {
            buffer.reset();
            draw(&state, &skin, &mut buffer)
        });
    });
    group.finish();
}

/// Answers jobs at once, as the browser's threads do a little later.
fn settle(state: &mut State, shelf: &Arc<dyn Shelf>, corpus: &Corpus, mut jobs: Vec<Job>) {
    while let Some(job) = jobs.pop() {
        if let Some(arrived) = answer(shelf, corpus, &job) {
            jobs.extend(update(state, Action::Arrived(arrived)));
        }
    }
}

criterion_group!(
    benches,
    of_stages,
    of_documents,
    of_pages,
    of_index,
    of_reading_side
);
criterion_main!(benches);
