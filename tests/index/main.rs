//! The index is a cache: whatever happens to it or to the files, the content is that of an
//! undisturbed run.

mod copies;
mod damage;
mod said;
mod update;
mod walk;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use gongkai::corpus::Corpus;
use gongkai::index::{Store, Summary};
use gongkai::query::{Library, parse};

fn write(dir: &Path, name: &str, text: &str) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().expect("below the folder")).expect("folder");
    fs::write(path, text).expect("file");
}

fn report(n: usize) -> String {
    let year = 2008 + n % 12;
    format!(
        "三亚市第{n}局{year}年政府信息公开工作年度报告\n\n一、概述\n本局编号{n}，全年主动公开信息{}条。\n二、依申请公开情况\n收到申请{}件。\n三、複議訴訟情況\n無。\n",
        n * 3 + 1,
        n % 17
    )
}

fn folder(reports: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for n in 0..reports {
        write(dir.path(), &format!("{}/{n}.txt", n % 7), &report(n));
    }
    dir
}

fn corpus(dir: &Path) -> Corpus {
    Corpus::open(&[dir]).expect("there")
}

fn update(store: &Store, corpus: &Corpus) -> Summary {
    store
        .update(corpus, &|_| {}, &AtomicBool::new(false))
        .expect("updated")
}

/// Everything that can be seen of an index.
fn content(library: &Library) -> String {
    let mut all = String::new();
    let page = library.reports(&Default::default(), &Default::default(), &[], 0..usize::MAX);
    for row in &page.items {
        all += &serde_json::to_string(row).expect("a row");
        all.push('\n');
    }
    for typed in ["公开", "复议", "收到申请3件", "\"訴訟\"", "编号 -3", "年"] {
        let mut query = parse(typed);
        query.sections_per_report = usize::MAX;
        let found = library.search(&query, 0..usize::MAX);
        all += &format!("{typed} {} {}\n", found.sections, found.reports);
        for hit in found.groups.iter().flat_map(|g| &g.hits) {
            all += &serde_json::to_string(hit).expect("a hit");
            all.push('\n');
        }
    }
    for failure in library.failures() {
        all += &format!("{} {}\n", failure.path, failure.reason);
    }
    all
}

/// What an undisturbed run gives.
fn undisturbed(corpus: &Corpus) -> String {
    let store = Store::open(corpus, None).expect("in memory");
    update(&store, corpus);
    let content = content(&Library::of(&store).expect("readable"));
    assert!(content.lines().count() > 3);
    content
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(dir).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// Names, sizes and times of everything in a folder.
fn state(dir: &Path) -> Vec<(PathBuf, u64, std::time::SystemTime)> {
    files(dir)
        .into_iter()
        .map(|path| {
            let data = fs::metadata(&path).expect("there");
            (path, data.len(), data.modified().expect("a time"))
        })
        .collect()
}
