//! Other rules, damage and death at any moment: the index is made again without a word.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use gongkai::index::Store;
use gongkai::query::Library;

use super::*;

/// Where a child process is told its folders.
const CHILD: &str = "GONGKAI_TEST_CHILD";

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
                .args(["--exact", "damage::indexes_in_a_child_process"])
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
