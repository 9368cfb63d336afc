//! What people say of files.

use gongkai::corpus::{Corpus, Override, SaidKind, SidecarError};
use gongkai::index::Store;
use gongkai::query::Library;
use gongkai::report::Kind;

use super::*;

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
