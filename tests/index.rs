//! The index is a cache: whatever happens to it or to the files, the content is that of an
//! undisturbed run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use gongkai::corpus::{Corpus, CorpusError, Override, SaidKind, SidecarError};
use gongkai::index::{Store, Summary};
use gongkai::query::{Filter, Library, Query, parse};
use gongkai::report::Kind;

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
fn an_index_made_by_other_rules_is_replaced() {
    let (dir, cache) = (folder(4), tempfile::tempdir().expect("cache"));
    let corpus = corpus(dir.path());
    let expected = undisturbed(&corpus);
    let store = Store::open(&corpus, Some(cache.path())).expect("open");
    update(&store, &corpus);
    let path = store.path().expect("on disk");
    drop(store);

    // Its manifest tells of another version.
    let manifest = path.join("gongkai.json");
    let text = fs::read_to_string(&manifest).expect("manifest");
    let version = gongkai::index::store::version();
    assert!(text.contains(version));
    fs::write(&manifest, text.replace(version, "000000000000")).expect("written");
    let store = Store::open(&corpus, Some(cache.path())).expect("open");
    assert_ne!(store.path(), Some(path.clone()));
    assert_eq!(Library::of(&store).expect("readable").counts().reports, 0);
    assert_eq!(update(&store, &corpus).new.len(), 4);
    assert_eq!(content(&Library::of(&store).expect("readable")), expected);
    assert!(!path.exists(), "the old one is removed");
    let home = path.parent().expect("below the cache").to_owned();
    drop(store);

    // An index in a folder of another version is not looked at.
    let ours = fs::read_dir(&home)
        .expect("home")
        .flatten()
        .find(|e| e.path().is_dir());
    let ours = ours.expect("an index").path();
    fs::rename(&ours, home.join("111111111111-0")).expect("renamed");
    let store = Store::open(&corpus, Some(cache.path())).expect("open");
    assert_eq!(update(&store, &corpus).new.len(), 4);
    assert_eq!(content(&Library::of(&store).expect("readable")), expected);
    assert!(!home.join("111111111111-0").exists());
}

#[test]
fn a_damaged_index_is_rebuilt_without_a_word() {
    let dir = folder(12);
    let corpus = corpus(dir.path());
    let expected = undisturbed(&corpus);
    let cache = tempfile::tempdir().expect("cache");
    let store = Store::open(&corpus, Some(cache.path())).expect("open");
    update(&store, &corpus);
    drop(store);
    let whole: Vec<(PathBuf, Vec<u8>)> = files(cache.path())
        .into_iter()
        .map(|path| (path.clone(), fs::read(&path).expect("readable")))
        .collect();
    let names = whole.iter().filter(|(path, _)| !path.ends_with("lock"));
    let mut cases = 0;
    for (victim, bytes) in names {
        let halves = bytes[..bytes.len() / 2].to_vec();
        let noise: Vec<u8> = bytes.iter().map(|b| b ^ 0x5a).collect();
        for damage in [Some(halves), Some(noise), Some(Vec::new()), None] {
            fs::remove_dir_all(cache.path()).expect("removed");
            for (path, bytes) in &whole {
                fs::create_dir_all(path.parent().expect("folder")).expect("folder");
                fs::write(path, bytes).expect("written");
            }
            match &damage {
                Some(bytes) => fs::write(victim, bytes).expect("written"),
                None => fs::remove_file(victim).expect("removed"),
            }
            let store = Store::open(&corpus, Some(cache.path())).expect("open");
            let _ = Library::of(&store).map(|l| content(&l));
            update(&store, &corpus);
            let library = Library::of(&store).expect("readable");
            assert_eq!(
                content(&library),
                expected,
                "{} {:?}",
                victim.display(),
                damage.map(|d| d.len())
            );
            cases += 1;
        }
    }
    assert!(cases > 20, "{cases}");
}

/// Bytes changed in the middle, where no check at opening sees them: nothing panics, and as
/// soon as reading meets the damage the index is rebuilt.
#[test]
fn damage_in_the_middle_is_survived() {
    let dir = folder(12);
    let corpus = corpus(dir.path());
    let cache = tempfile::tempdir().expect("cache");
    let store = Store::open(&corpus, Some(cache.path())).expect("open");
    update(&store, &corpus);
    let path = store.path().expect("on disk");
    drop(store);
    let all = files(&path);
    let victim = all
        .iter()
        .find(|p| p.extension().is_some_and(|e| e == "store"));
    let victim = victim.expect("stored text");
    let mut bytes = fs::read(victim).expect("readable");
    let len = bytes.len();
    for byte in &mut bytes[8..len / 2] {
        *byte ^= 0xff;
    }
    fs::write(victim, bytes).expect("written");
    let store = Store::open(&corpus, Some(cache.path())).expect("open");
    let _ = Library::of(&store).map(|l| content(&l));
    update(&store, &corpus);
    let library = Library::of(&store).expect("readable");
    assert_eq!(content(&library), undisturbed(&corpus));
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

const CHILD: &str = "GONGKAI_TEST_CHILD";

/// Not a test of its own: the process that is killed below.
#[test]
fn indexes_in_a_child_process() {
    let Ok(place) = std::env::var(CHILD) else {
        return;
    };
    let (dir, cache) = place.split_once('\n').expect("two folders");
    let corpus = corpus(Path::new(dir));
    let store = Store::open(&corpus, Some(Path::new(cache))).expect("open");
    update(&store, &corpus);
}

#[test]
fn killing_it_at_any_moment_changes_nothing_in_the_end() {
    let dir = folder(2500);
    let corpus = corpus(dir.path());
    let expected = undisturbed(&corpus);
    let mut random = fastrand::Rng::with_seed(2011);
    let (mut killed, mut unfinished) = (0, 0);
    for round in 0..6 {
        let cache = tempfile::tempdir().expect("cache");
        // Several deaths before the run that is let alone.
        for _ in 0..3 {
            let mut child = Command::new(std::env::current_exe().expect("this test"))
                .args(["--exact", "indexes_in_a_child_process"])
                .env(
                    CHILD,
                    format!("{}\n{}", dir.path().display(), cache.path().display()),
                )
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("a child");
            std::thread::sleep(Duration::from_millis(random.u64(5..900)));
            killed += usize::from(child.try_wait().expect("its state").is_none());
            let _ = child.kill();
            child.wait().expect("gone");
        }
        let store = Store::open(&corpus, Some(cache.path())).expect("open");
        let summary = update(&store, &corpus);
        unfinished += usize::from(!summary.new.is_empty());
        assert!(!summary.read_only, "a dead process holds no lock");
        assert_eq!(
            content(&Library::of(&store).expect("readable")),
            expected,
            "round {round}"
        );
    }
    assert!(killed > 0, "every child was done before it was killed");
    println!("{killed} of 18 killed, {unfinished} of 6 left something to do");
}

#[test]
fn what_a_person_says_of_a_file_is_read_again_and_shown() {
    let dir = folder(8);
    let corpus = corpus(dir.path());
    let store = Store::open(&corpus, None).expect("in memory");
    update(&store, &corpus);
    let path = "0/0.txt";
    let said = Override {
        year: Some(2013),
        region: Some("四平市铁东区".to_owned()),
        agency: Some("教育局".to_owned()),
        title: Some("教育局政府信息公开年报".to_owned()),
        ..Override::default()
    };
    let written = corpus.correct(path, &said).expect("written");
    assert_eq!(
        written,
        dir.path()
            .canonicalize()
            .expect("there")
            .join("gongkai.toml")
    );
    let summary = update(&store, &corpus);
    assert_eq!(
        (summary.changed.as_slice(), summary.same),
        (&[path.to_owned()][..], 7)
    );
    let row = |library: &Library| {
        let page = library.reports(&Default::default(), &Default::default(), &[], 0..99);
        let row = page
            .items
            .into_iter()
            .find(|r| r.path == path)
            .expect("listed");
        (row.year, row.region, row.agency, row.title, row.kind)
    };
    let library = Library::of(&store).expect("readable");
    let (year, region, agency, title, kind) = row(&library);
    assert_eq!((year, region.as_deref()), (Some(2013), Some("220303")));
    assert_eq!(
        (agency.as_deref(), &*title),
        (Some("教育局"), "教育局政府信息公开年报")
    );
    assert_eq!(kind, Kind::Report);

    // Being no report after all, and then taken back.
    let other = Override {
        kind: Some(SaidKind::Other),
        ..Override::default()
    };
    corpus.correct(path, &other).expect("written");
    update(&store, &corpus);
    assert_eq!(row(&Library::of(&store).expect("readable")).4, Kind::Other);
    corpus.correct(path, &Override::default()).expect("written");
    assert_eq!(update(&store, &corpus).changed, [path]);
    assert_eq!(update(&store, &corpus).same, 8);
}

#[test]
fn corrections_to_what_cannot_be_written_to_lie_in_the_state_directory() {
    let state = tempfile::tempdir().expect("a folder");
    let dir = folder(1);
    let said = Override {
        year: Some(2011),
        ..Override::default()
    };
    for corpus in [
        Corpus::samples(),
        Corpus::open(&[dir.path().join("0/0.txt")]).expect("there"),
        Corpus::open(&[dir.path(), state.path()]).expect("there"),
    ] {
        assert!(matches!(
            corpus.edit_sidecar(|_| {}),
            Err(SidecarError::Nowhere)
        ));
        let corpus = corpus.keeping(state.path().join("corrections"));
        let path = corpus.walk().entries[0].path.clone();
        let written = corpus.correct(&path, &said).expect("written");
        assert!(written.starts_with(state.path()));
        let entry = corpus.entry_at(&path).expect("there");
        assert_eq!(entry.said.as_ref().and_then(|s| s.year), Some(2011));
        assert_eq!(corpus.stamp(&entry), entry.stamp);
    }
}

#[test]
fn of_two_files_of_one_body_and_year_one_stands_for_both() {
    let dir = tempfile::tempdir().expect("a folder");
    let text = |of: &str, more: &str| {
        format!(
            "{of}2014年政府信息公开工作年度报告\n\n一、概述\n公开信息30条。{more}\n二、依申请公开情况\n收到申请3件。\n"
        )
    };
    write(dir.path(), "a.txt", &text("三亚市发改委", ""));
    write(
        dir.path(),
        "b/page.txt",
        &text("三亚市发展和改革委员会", "举办培训5期。"),
    );
    write(dir.path(), "c.txt", &text("三亚市教育局", ""));
    write(dir.path(), "d.txt", &text("三亚市教育局系统", ""));
    write(
        dir.path(),
        "e.txt",
        &text("三亚市", "").replace("2014", "2015"),
    );
    let corpus = corpus(dir.path());
    let store = Store::open(&corpus, None).expect("in memory");
    update(&store, &corpus);
    let library = Library::of(&store).expect("readable");
    let paths = |filter: &Filter| -> Vec<String> {
        let page = library.reports(filter, &Default::default(), &[], 0..99);
        assert_eq!(page.total, page.items.len());
        let mut paths: Vec<String> = page.items.into_iter().map(|r| r.path).collect();
        paths.sort();
        paths
    };
    // More figures make it the principal one; 系统 is another report than the bureau's own.
    assert_eq!(
        paths(&Filter::default()),
        ["b/page.txt", "c.txt", "d.txt", "e.txt"]
    );
    let all = Filter {
        copies: true,
        ..Filter::default()
    };
    assert_eq!(paths(&all).len(), 5);
    assert_eq!((library.counts().reports, library.counts().copies), (4, 1));
    assert_eq!(
        library.all_copies(),
        [("a.txt".to_owned(), "b/page.txt".to_owned())]
    );
    let id = |path: &str| corpus.entry_at(path).expect("there").id;
    let group: Vec<String> = library
        .copies(&id("a.txt"))
        .into_iter()
        .map(|r| r.path)
        .collect();
    assert_eq!(group, ["b/page.txt", "a.txt"]);
    assert_eq!(library.copies(&id("e.txt")).len(), 1);
    // By what a person calls it the principal one is meant, by its path the copy is.
    let meant = |words: &str| {
        library
            .resolve(words)
            .into_iter()
            .map(|r| r.path)
            .collect::<Vec<_>>()
    };
    assert_eq!(meant("三亚市发展和改革委员会 2014"), ["b/page.txt"]);
    assert_eq!(meant("a.txt"), ["a.txt"]);
}

#[test]
fn a_person_says_which_file_stands_for_a_report() {
    let dir = tempfile::tempdir().expect("a folder");
    let text = "三亚市教育局2014年政府信息公开工作年度报告\n\n一、概述\n公开信息30条。\n";
    write(dir.path(), "a.txt", text);
    write(dir.path(), "b.txt", &format!("{text}\n举办培训5期。\n"));
    write(
        dir.path(),
        "gongkai.toml",
        "[report.\"a.txt\"]\nprincipal = true\n",
    );
    let corpus = corpus(dir.path());
    let store = Store::open(&corpus, None).expect("in memory");
    update(&store, &corpus);
    let library = Library::of(&store).expect("readable");
    let pairs = library.all_copies();
    assert_eq!(pairs, [("b.txt".to_owned(), "a.txt".to_owned())]);
}

#[test]
fn two_files_with_different_texts_are_two_reports() {
    let dir = tempfile::tempdir().expect("a folder");
    // Sentences of our own, put together from different words: long enough to be told apart.
    let text = |words: &[&str]| {
        let body: String = (0..60)
            .map(|i| {
                let (a, b, c) = (words[i % 7], words[(i * 3 + 1) % 7], words[(i * 5 + 2) % 7]);
                format!("本局第{i}次就{a}与{b}的安排作出说明，并由{c}负责落实，结果向社会公布。\n")
            })
            .collect();
        format!("三亚市教育局2014年政府信息公开工作年度报告\n一、概述\n{body}")
    };
    let one = text(&[
        "招生",
        "学籍管理",
        "校车安全",
        "教师培训",
        "营养餐补助",
        "校舍维修",
        "体育场地",
    ]);
    let other = "三亚市教育局2014年政府信息公开工作年度报告\n一、概述\n".to_owned()
        + &(0..60)
            .map(|i| format!("在第{i}个季度里我们通过公报栏和热线回答群众提问，其中关于收费标准的占多数，其余涉及转学手续。\n"))
            .collect::<String>();
    write(dir.path(), "a.txt", &one);
    write(dir.path(), "b.txt", &other);
    write(
        dir.path(),
        "c.html",
        &format!("<body><div id=zoom>{}</div>", one.replace('\n', "<br>")),
    );
    let corpus = corpus(dir.path());
    let store = Store::open(&corpus, None).expect("in memory");
    update(&store, &corpus);
    let library = Library::of(&store).expect("readable");
    let pairs = library.all_copies();
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    assert!(pairs[0].0 != "b.txt" && pairs[0].1 != "b.txt", "{pairs:?}");
}
