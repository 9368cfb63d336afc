//! What lies in the folders of a corpus, and what cannot be read there.

use std::fs;

use gongkai::corpus::{Corpus, CorpusError};
use gongkai::index::Store;
use gongkai::query::{Library, parse};

use super::*;

#[cfg(unix)]
#[test]
fn links_that_lead_back_and_things_that_are_no_files_are_told_of() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let dir = folder(2);
    symlink(dir.path(), dir.path().join("0/round")).expect("link");
    symlink(dir.path().join("nowhere"), dir.path().join("dangling.txt")).expect("link");
    symlink(dir.path().join("0/0.txt"), dir.path().join("good.txt")).expect("link");
    fs::create_dir(dir.path().join("folder.txt")).expect("folder");
    let _socket =
        std::os::unix::net::UnixListener::bind(dir.path().join("pipe.txt")).expect("socket");
    write(dir.path(), "bad\u{1b}[31m\nname.txt", &report(9));
    let latin = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(dir.path().join(latin), report(10)).expect("written");

    let walk = corpus(dir.path()).walk();
    let paths: Vec<&str> = walk.entries.iter().map(|e| e.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "0/0.txt",
            "1/1.txt",
            "bad\u{fffd}[31m\u{fffd}name.txt",
            "caf\u{fffd}.txt",
            "good.txt"
        ]
    );
    let failed: Vec<&str> = walk.failures.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(failed, ["0/round", "dangling.txt", "pipe.txt"]);
    assert!(
        walk.failures
            .iter()
            .all(|f| !f.reason.is_empty() && !f.reason.contains('\n'))
    );
    // Names that are no text are read all the same.
    let corpus = corpus(dir.path());
    let store = Store::open(&corpus, None).expect("in memory");
    update(&store, &corpus);
    let library = Library::of(&store).expect("readable");
    assert_eq!(library.search(&parse("编号10"), 0..9).reports, 1);
    for row in library
        .reports(&Default::default(), &Default::default(), &[], 0..9)
        .items
    {
        let entry = corpus.entry_at(&row.path).expect("found by its path");
        assert_eq!(entry.id, row.id);
        assert_eq!(corpus.entry(&row.id).map(|e| e.path), Some(row.path));
    }
}

#[test]
fn what_is_not_there_is_named() {
    let missing = Corpus::open(&["/no/such/folder"]).expect_err("not there");
    assert!(matches!(&missing, CorpusError::Missing(path) if path == "/no/such/folder"));
    assert!(missing.to_string().contains("/no/such/folder"));
}

#[test]
fn several_roots_bear_their_names() {
    let (a, b) = (folder(1), folder(2));
    let name = |d: &tempfile::TempDir| {
        d.path()
            .file_name()
            .expect("named")
            .to_string_lossy()
            .into_owned()
    };
    let single = a.path().join("0/0.txt");
    let corpus = Corpus::open(&[a.path(), b.path(), a.path(), &single]).expect("there");
    let walk = corpus.walk();
    let mut paths: Vec<String> = walk.entries.iter().map(|e| e.path.clone()).collect();
    paths.sort();
    let mut expected = vec![
        format!("{}/0/0.txt", name(&a)),
        format!("{}/0/0.txt", name(&b)),
        format!("{}/1/1.txt", name(&b)),
        "0.txt".to_owned(),
    ];
    expected.sort();
    assert_eq!(paths, expected);
    for entry in &walk.entries {
        assert_eq!(corpus.entry_at(&entry.path).as_ref(), Some(entry));
    }
    // The same files are the same reports wherever the folder lies.
    let one = Corpus::open(&[a.path()]).expect("there").walk();
    let other = Corpus::open(&[b.path()]).expect("there").walk();
    assert_eq!(one.entries[0].id, other.entries[0].id);
}
