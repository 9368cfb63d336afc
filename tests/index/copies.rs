//! Files that say the same: one of them stands for all.

use gongkai::index::Store;
use gongkai::query::{Filter, Library};

use super::*;

/// Every file that another one stands for: `=` a copy, `≠` another version.
fn pairs(library: &Library) -> Vec<String> {
    let all = library.all_copies().into_iter();
    all.map(|r| {
        let sign = if r.differing.is_none() { '=' } else { '≠' };
        format!("{} {sign} {}", r.path, r.principal)
    })
    .collect()
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
    assert_eq!(pairs(&library), ["a.txt = b/page.txt"]);
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
    assert_eq!(pairs(&library), ["b.txt = a.txt"]);
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
    let of_b = |r: &gongkai::query::Repeat| r.path == "b.txt" || r.principal == "b.txt";
    assert!(!of_b(&pairs[0]), "{pairs:?}");
    // They stand side by side in lists; of one of them the other is told.
    let one = corpus.entry_at("a.txt").expect("there").id;
    let versions = library.siblings(&one).versions;
    assert_eq!(versions.len(), 1, "{versions:?}");
    assert_eq!(versions[0].path, "b.txt");
}

#[test]
fn the_same_text_twice_is_one_document_whatever_is_known_of_it() {
    let dir = tempfile::tempdir().expect("a folder");
    // Neither says where or when.
    let text = "某区住建局信息公开工作年度报告\n\n一、概述\n本局认真做好公开工作，公开信息30条，举办培训5期，接待来访的群众40人次。\n";
    write(dir.path(), "a/one.txt", text);
    write(dir.path(), "b/two.txt", &text.replace('\n', "\r\n"));
    write(dir.path(), "b/other.txt", &text.replace("30条", "31条"));
    let corpus = corpus(dir.path());
    let store = Store::open(&corpus, None).expect("in memory");
    update(&store, &corpus);
    let library = Library::of(&store).expect("readable");
    assert_eq!(pairs(&library), ["b/two.txt = a/one.txt"]);
    assert_eq!((library.counts().reports, library.counts().copies), (2, 1));
}

#[test]
fn a_file_with_other_figures_is_another_version_and_never_a_copy() {
    let dir = tempfile::tempdir().expect("a folder");
    let text = |received: u32, more: &str| {
        format!(
            "三亚市教育局2014年政府信息公开工作年度报告\n\n一、概述\n公开信息30条。\n二、依申请公开情况\n收到申请{received}件。{more}\n"
        )
    };
    write(dir.path(), "a.txt", &text(21, "接待咨询40人次。"));
    write(dir.path(), "b.txt", &text(12, ""));
    write(dir.path(), "c.txt", &text(21, ""));
    let corpus = corpus(dir.path());
    let store = Store::open(&corpus, None).expect("in memory");
    update(&store, &corpus);
    let library = Library::of(&store).expect("readable");
    assert_eq!(pairs(&library), ["b.txt ≠ a.txt", "c.txt = a.txt"]);
    let listed = library.reports(&Filter::default(), &Default::default(), &[], 0..9);
    let row = &listed.items[0];
    assert_eq!(
        (row.path.as_str(), row.others, row.versions),
        ("a.txt", 2, 1)
    );
    let id = |path: &str| corpus.entry_at(path).expect("there").id;
    let of_b = library.siblings(&id("b.txt"));
    assert_eq!(of_b.principal.as_deref(), Some("a.txt"));
    let told: Vec<_> = of_b
        .versions
        .iter()
        .map(|v| (v.path.as_str(), v.differing))
        .collect();
    assert_eq!(told, [("a.txt", 1), ("c.txt", 1)]);
    // A ranking says what the other version states.
    let ranking = library.rank("requests.received.new", &Filter::default(), false, 0..9);
    let elsewhere: Vec<_> = ranking.rows[0]
        .elsewhere
        .iter()
        .map(|e| format!("{} {}", e.path, e.value))
        .collect();
    assert_eq!(elsewhere, ["b.txt 12"]);
    // Of what both say alike there is nothing to tell.
    let ranking = library.rank("disclosure.total", &Filter::default(), false, 0..9);
    assert!(ranking.rows[0].elsewhere.is_empty());
}
