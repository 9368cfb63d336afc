//! An update reads what is new or has changed, and only that; whoever watches, stops or shares it.

use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use gongkai::index::Store;
use gongkai::query::{Library, Query, parse};

use super::*;

#[test]
fn only_what_is_new_or_changed_is_read_and_what_is_gone_disappears() {
    let (dir, cache) = (folder(5), tempfile::tempdir().expect("cache"));
    write(dir.path(), "empty.txt", "");
    write(dir.path(), "scan.pdf", "%PDF");
    write(dir.path(), "picture.png", "no document");
    write(dir.path(), ".hidden.txt", "hidden");
    write(dir.path(), ".gitignore", "*.txt\n");
    let corpus = corpus(dir.path());
    let store = Store::open(&corpus, Some(cache.path())).expect("open");
    assert_eq!(store.in_memory(), None);
    let first = update(&store, &corpus);
    // What cannot be read is no new report.
    assert_eq!((first.new.len(), first.same), (5, 0));
    let failed: Vec<_> = first.failures.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(failed, ["empty.txt", "picture.png", "scan.pdf"]);
    assert!(first.failures[2].reason.contains("PDF"));

    // Nothing has changed: nothing is read, nothing written.
    let before = state(cache.path());
    let read = AtomicUsize::new(0);
    let watch = |p: &gongkai::index::Progress| {
        read.fetch_max(p.total, Ordering::Relaxed);
    };
    let second = store
        .update(&corpus, &watch, &AtomicBool::new(false))
        .expect("updated");
    assert_eq!(read.load(Ordering::Relaxed), 0);
    assert_eq!(
        (second.new.len(), second.changed.len(), second.same),
        (0, 0, 5)
    );
    assert_eq!(second.failures, first.failures, "failures are kept");
    assert_eq!(state(cache.path()), before);

    write(dir.path(), "1/1.txt", &report(100));
    write(dir.path(), "1/new.txt", &report(101));
    fs::remove_file(dir.path().join("2/2.txt")).expect("removed");
    fs::remove_file(dir.path().join("scan.pdf")).expect("removed");
    let third = update(&store, &corpus);
    assert_eq!(third.new, ["1/new.txt"]);
    assert_eq!(third.changed, ["1/1.txt"]);
    assert_eq!(third.gone, ["2/2.txt", "scan.pdf"]);
    assert_eq!(third.same, 3);
    let library = Library::of(&store).expect("readable");
    assert_eq!(library.search(&Query::literal("编号1，"), 0..9).reports, 0);
    assert_eq!(library.search(&parse("编号100"), 0..9).reports, 1);
    assert_eq!(content(&library), undisturbed(&corpus));

    // The same after being opened again.
    drop(store);
    let store = Store::open(&corpus, Some(cache.path())).expect("open");
    let library = Library::of(&store).expect("readable");
    assert_eq!(content(&library), undisturbed(&corpus));
}

#[test]
fn a_file_that_changes_while_it_is_read_is_read_again() {
    let dir = folder(3);
    let corpus = corpus(dir.path());
    let store = Store::open(&corpus, None).expect("in memory");
    let changed = AtomicBool::new(false);
    let watch = |_: &gongkai::index::Progress| {
        if !changed.swap(true, Ordering::Relaxed) {
            write(dir.path(), "1/1.txt", &report(50));
        }
    };
    store
        .update(&corpus, &watch, &AtomicBool::new(false))
        .expect("updated");
    assert_eq!(update(&store, &corpus).changed, ["1/1.txt"]);
    assert_eq!(update(&store, &corpus).changed, Vec::<String>::new());
}

#[test]
fn a_second_instance_reads_while_the_first_writes() {
    let (dir, cache) = (folder(40), tempfile::tempdir().expect("cache"));
    let corpus = corpus(dir.path());
    let first = Store::open(&corpus, Some(cache.path())).expect("open");
    let second = Store::open(&corpus, Some(cache.path())).expect("open");
    assert_eq!(first.path(), second.path());
    let asked = AtomicUsize::new(0);
    let watch = |p: &gongkai::index::Progress| {
        let summary = update(&second, &corpus);
        assert!(summary.read_only || p.done == p.total);
        if p.committed {
            asked.fetch_add(1, Ordering::Relaxed);
            let library = Library::of(&second).expect("readable");
            assert_eq!(library.counts().reports, p.done);
        }
    };
    first
        .update(&corpus, &watch, &AtomicBool::new(false))
        .expect("updated");
    assert!(asked.load(Ordering::Relaxed) > 0);
    // Afterwards there is nothing left to do.
    let summary = update(&second, &corpus);
    assert_eq!((summary.read_only, summary.same), (false, 40));
    assert_eq!(
        content(&Library::of(&second).expect("readable")),
        undisturbed(&corpus)
    );
}

#[test]
fn a_stopped_update_keeps_what_it_did_and_goes_on_later() {
    let (dir, cache) = (folder(200), tempfile::tempdir().expect("cache"));
    let corpus = corpus(dir.path());
    let store = Store::open(&corpus, Some(cache.path())).expect("open");
    let cancel = AtomicBool::new(true);
    let summary = store.update(&corpus, &|_| {}, &cancel).expect("stopped");
    assert!(summary.cancelled);
    let after = update(&store, &corpus);
    assert!(!after.cancelled);
    assert_eq!(
        content(&Library::of(&store).expect("readable")),
        undisturbed(&corpus)
    );
}

#[test]
fn without_a_place_for_the_index_memory_will_do() {
    let dir = folder(3);
    let corpus = corpus(dir.path());
    // A file where a folder should be: not even root can make one there.
    write(dir.path(), "cache.md", "a file");
    let store = Store::open(&corpus, Some(&dir.path().join("cache.md"))).expect("open");
    assert!(
        store
            .in_memory()
            .is_some_and(|why| why.contains("cache.md"))
    );
    assert_eq!(store.path(), None);
    update(&store, &corpus);
    assert_eq!(
        Library::of(&store)
            .expect("readable")
            .search(&parse("编号2"), 0..9)
            .reports,
        1
    );
}
