//! Search over small corpora of our own: every substring, both scripts, the query language.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use gongkai::corpus::Corpus;
use gongkai::index::Store;
use gongkai::query::{Library, Query, parse};
use gongkai::reading::read;
use gongkai::report::Report;
use gongkai::source::Format;
use gongkai::text::fold::{Folded, fold};

/// Two reports in our own words, one in each script, and a notice.
const FIXTURES: [(&str, &str); 3] = [
    (
        "海南/三亚市2011.txt",
        "三亚市2011年政府信息公开工作年度报告\n\n本报告由三亚市人民政府办公室编制，统计期限自2011年1月1日至12月31日。\n\n一、概述\n全市各单位认真落实《条例》，公开LED屏、网站3个，信息1,204条。\n二、依申请公开政府信息情况\n（一）收到申请情况\n全年收到申请37件，其中网上30件、当面7件；答复率98.6%。\n（二）答复情况\n同意公开30件，不予公开7件。\n三、复议和诉讼情况\n没有发生行政复议，行政诉讼0件。\n",
    ),
    (
        "臺灣海峽/荔灣區2010.txt",
        "廣州市荔灣區2010年政府資訊公開工作年度報告\n\n現(xiàn)將本區２０１０年政府資訊公開情況報告如下。\n\n一、概述\n本區門戶網站與入口網站同步更新，公開政府資訊５３件，公公公示。\n二、依申請公開\n收到申請 7 件，於期限內答覆；裏面沒有收費。\n三、複議與訴訟\n無。\n",
    ),
    (
        "海南/公告.md",
        "# 关于网站维护的公告\n\n本网站将于周末维护，A b 1 2 c。\n",
    ),
];

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in FIXTURES {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("folder");
        std::fs::write(path, text).expect("file");
    }
    dir
}

fn library_of(corpus: &Corpus) -> Library {
    let store = Store::open(corpus, None).expect("in memory");
    let summary = store
        .update(corpus, &|_| {}, &AtomicBool::new(false))
        .expect("indexed");
    assert_eq!(summary.failures, []);
    Library::of(&store).expect("readable")
}

fn library(dir: &Path) -> Library {
    library_of(&Corpus::open(&[dir]).expect("there"))
}

/// Own text of every section, block by block, in folded form: what a search must find, worked
/// out without the index.
fn truth(path: &str, report: &Report) -> Vec<((String, String), Vec<String>)> {
    report
        .sections
        .iter()
        .map(|section| {
            let blocks = report
                .blocks
                .iter()
                .filter(|b| b.range.start < section.own.end && section.own.start < b.range.end)
                .map(|b| {
                    let start = b.range.start.max(section.own.start);
                    let end = b.range.end.min(section.own.end);
                    fold(&report.text[start..end])
                })
                .collect();
            ((path.to_owned(), section.id.clone()), blocks)
        })
        .collect()
}

fn found(library: &Library, mut query: Query) -> BTreeSet<(String, String)> {
    query.sections_per_report = usize::MAX;
    let page = library.search(&query, 0..usize::MAX);
    let hits: Vec<(String, String)> = page
        .groups
        .iter()
        .flat_map(|g| g.hits.iter().map(|h| (h.path.clone(), h.section.clone())))
        .collect();
    assert_eq!(hits.len(), page.sections, "the count is exact");
    assert_eq!(page.groups.len(), page.reports);
    let set: BTreeSet<_> = hits.iter().cloned().collect();
    assert_eq!(set.len(), hits.len(), "no section twice");
    set
}

/// Every substring of one to six characters is found by a literal search in exactly the
/// sections that contain it.
fn every_substring(library: &Library, sections: &[((String, String), Vec<String>)], step: usize) {
    let mut needles = BTreeSet::new();
    for (_, blocks) in sections {
        for block in blocks {
            let cuts: Vec<usize> = block
                .char_indices()
                .map(|(i, _)| i)
                .chain([block.len()])
                .collect();
            for len in 1..=6 {
                for ends in cuts.windows(len + 1) {
                    let needle = &block[ends[0]..ends[len]];
                    // A blank at an end is no part of any query.
                    if needle.chars().any(char::is_alphanumeric) && fold(needle) == needle {
                        needles.insert(needle);
                    }
                }
            }
        }
    }
    assert!(!needles.is_empty());
    for needle in needles.into_iter().step_by(step) {
        let expected: BTreeSet<_> = sections
            .iter()
            .filter(|(_, blocks)| blocks.iter().any(|b| b.contains(needle)))
            .map(|(section, _)| section.clone())
            .collect();
        assert_eq!(
            found(library, Query::literal(needle)),
            expected,
            "{needle:?}"
        );
    }
}

#[test]
fn every_substring_of_the_fixtures_is_found_where_it_stands_and_nowhere_else() {
    let dir = folder();
    let library = library(dir.path());
    let mut sections = Vec::new();
    for (path, text) in FIXTURES {
        let format = Format::of(path).expect("known");
        let reading = read(text.as_bytes(), path, format).expect("readable");
        sections.extend(truth(path, &reading.report));
    }
    assert!(sections.len() > 3);
    every_substring(&library, &sections, 1);
    // Something that spans two blocks or two sections is no substring of either.
    assert!(found(&library, Query::literal("报告本报告")).is_empty());
    assert!(found(&library, Query::literal("。")).is_empty());
}

#[test]
fn every_substring_of_the_samples_is_found_where_it_stands_and_nowhere_else() {
    let corpus = Corpus::samples();
    let walk = corpus.walk();
    if walk.entries.is_empty() {
        return;
    }
    let library = library_of(&corpus);
    let mut sections = Vec::new();
    for entry in &walk.entries {
        let bytes = corpus.bytes(entry).expect("embedded");
        let reading = read(&bytes, &entry.path, entry.format).expect("readable");
        sections.extend(truth(&entry.path, &reading.report));
    }
    every_substring(&library, &sections, 97);
}

/// The words that a search highlights.
fn shown(library: &Library, query: &str) -> Vec<String> {
    let mut query = parse(query);
    query.sections_per_report = usize::MAX;
    let page = library.search(&query, 0..100);
    let mut words = Vec::new();
    for group in &page.groups {
        for hit in &group.hits {
            let (_, text) = FIXTURES
                .iter()
                .find(|(path, _)| *path == hit.path)
                .expect("a fixture");
            for (start, end) in &hit.ranges {
                words.push(text[*start..*end].to_owned());
            }
            for (start, end) in &hit.marks {
                let mark = &hit.snippet[*start..*end];
                assert!(
                    hit.ranges
                        .iter()
                        .any(|(a, b)| fold(&text[*a..*b]) == fold(mark)),
                    "{mark} in {}",
                    hit.snippet
                );
            }
        }
    }
    words.sort();
    words.dedup();
    words
}

#[test]
fn both_scripts_and_both_vocabularies_find_each_other() {
    let dir = folder();
    let library = library(dir.path());
    for query in [
        "政府信息公开",
        "政府資訊公開",
        "政府资讯公开",
        "政府信息公開",
    ] {
        assert_eq!(
            shown(&library, query),
            ["政府信息公开", "政府資訊公開"],
            "{query}"
        );
    }
    assert_eq!(shown(&library, "\"政府資訊公開\""), ["政府資訊公開"]);
    assert_eq!(shown(&library, "“政府信息公开”"), ["政府信息公开"]);
    assert_eq!(shown(&library, "\"政府资讯公开\""), Vec::<String>::new());
    assert_eq!(shown(&library, "门户网站"), ["入口網站", "門戶網站"]);
    assert_eq!(shown(&library, "53件"), ["５３件"]);
    assert_eq!(shown(&library, "现将本区"), ["現(xiàn)將本區"]);
    assert_eq!(shown(&library, "led"), ["LED"]);
    assert_eq!(shown(&library, "\"led\""), Vec::<String>::new());
    assert_eq!(shown(&library, "\"LED\""), ["LED"]);
    assert_eq!(shown(&library, "98.6%"), ["98.6%"]);
    assert_eq!(shown(&library, "1,204条"), ["1,204条"]);
}

#[test]
fn literal_queries_are_not_expanded() {
    let dir = folder();
    let library = library(dir.path());
    let page = library.search(&Query::literal("政府信息公开"), 0..10);
    assert_eq!(page.reports, 1);
    let page = library.search(&Query::literal("-复议"), 0..10);
    assert_eq!(page.reports, 0);
}

fn paths(library: &Library, query: &str) -> Vec<String> {
    let page = library.search(&parse(query), 0..100);
    let mut paths: Vec<String> = page.groups.iter().map(|g| g.report.path.clone()).collect();
    paths.sort();
    paths
}

#[test]
fn words_are_combined_excluded_and_grouped() {
    let dir = folder();
    let library = library(dir.path());
    let (sanya, liwan) = (FIXTURES[0].0, FIXTURES[1].0);
    assert_eq!(paths(&library, "申请 答复"), [sanya, liwan]);
    assert_eq!(paths(&library, "申请 网上"), [sanya]);
    assert_eq!(paths(&library, "申请 -网上 收费"), [liwan]);
    assert_eq!(paths(&library, "当面 OR 收费"), [sanya, liwan]);
    assert_eq!(paths(&library, "(当面|收费) -期限"), [sanya]);
    assert_eq!(paths(&library, "path:荔灣 申请"), [liwan]);
    assert_eq!(paths(&library, "这里没有的字"), Vec::<String>::new());
    // Half-typed fields do not empty the page.
    assert_eq!(paths(&library, "申请 region:"), paths(&library, "申请"));
    assert_eq!(paths(&library, "申请 has:没有的"), paths(&library, "申请"));
}

#[test]
fn a_hit_tells_where_it_stands() {
    let dir = folder();
    let library = library(dir.path());
    let page = library.search(&parse("收到申请37件"), 0..10);
    assert_eq!((page.reports, page.sections), (1, 1));
    let hit = &page.groups[0].hits[0];
    let (start, end) = hit.ranges[0];
    assert_eq!(&FIXTURES[0].1[start..end], "收到申请37件");
    let (start, end) = hit.marks[0];
    assert_eq!(&hit.snippet[start..end], "收到申请37件");
    assert!(!hit.snippet.contains('\n'));
}

#[test]
fn lists_trees_and_names_agree() {
    let dir = folder();
    let library = library(dir.path());
    let counts = library.counts();
    assert_eq!(counts.reports + counts.others, 3);
    let all = library.reports(&Default::default(), &Default::default(), &[], 0..10);
    assert_eq!((all.total, all.items.len()), (3, 3));
    for row in &all.items {
        assert_eq!(
            library.report(&row.id).map(|r| r.path),
            Some(row.path.clone())
        );
        assert_eq!(library.resolve(&row.id)[0].path, row.path);
        assert_eq!(library.resolve(&row.path)[0].path, row.path);
        assert_eq!(library.resolve(&row.id[..6])[0].path, row.path);
    }
    for grouping in [
        gongkai::query::Grouping::Region,
        gongkai::query::Grouping::Year,
        gongkai::query::Grouping::Level,
        gongkai::query::Grouping::Agency,
    ] {
        let nodes = library.tree(grouping, &Default::default());
        let outermost: usize = nodes.iter().filter(|n| n.depth == 0).map(|n| n.count).sum();
        assert_eq!(outermost, 3, "{grouping:?}");
        for node in &nodes {
            let page = library.reports(&node.filter, &Default::default(), &[], 0..0);
            assert_eq!(page.total, node.count, "{grouping:?} {:?}", node.label);
        }
    }
}

/// The map of a fold and the ranges of a hit speak of the same bytes.
#[test]
fn find_in_an_open_report_agrees_with_the_index() {
    let dir = folder();
    let library = library(dir.path());
    for (path, text) in FIXTURES {
        let format = Format::of(path).expect("known");
        let reading = read(text.as_bytes(), path, format).expect("readable");
        for typed in ["公开", "政府信息公开", "申请 件", "\"件\"", "公公"] {
            let mut query = parse(typed);
            query.sections_per_report = usize::MAX;
            let here: Vec<(usize, usize)> = gongkai::query::find(&reading.report, &query);
            for &(start, end) in &here {
                let folded = Folded::new(&reading.report.text[start..end], 0);
                assert!(!folded.text().is_empty());
            }
            let page = library.search(&query, 0..100);
            for hit in page
                .groups
                .iter()
                .flat_map(|g| &g.hits)
                .filter(|h| h.path == path)
            {
                for range in &hit.ranges {
                    assert!(here.contains(range), "{typed} {range:?} {here:?}");
                }
            }
        }
    }
}

#[test]
fn fields_narrow_by_what_was_read_out_of_the_reports() {
    let dir = folder();
    let library = library(dir.path());
    let (sanya, liwan) = (FIXTURES[0].0, FIXTURES[1].0);
    for query in [
        "region:三亚 申请",
        "地区：sanya 申请",
        "region:460200 申请",
        "region:4602 申请",
        "year:2011 申请",
        "year:>=2011 申请",
        "level:prefecture 申请",
        "script:simplified 申请",
        "has:requests.received.new>30 申请",
        "has:requests.received.new=37",
    ] {
        assert_eq!(paths(&library, query), [sanya], "{query}");
    }
    for query in [
        "region:廣州 申请",
        "year:2010 申请",
        "level:县级 申请",
        "has:requests.received.new<30 申请",
    ] {
        assert_eq!(paths(&library, query), [liwan], "{query}");
    }
    assert_eq!(paths(&library, "year:2010..2011 申请"), [sanya, liwan]);
    assert_eq!(
        paths(&library, "region:三亚 region:荔湾 申请"),
        [sanya, liwan]
    );
    assert_eq!(paths(&library, "-region:三亚 申请"), [liwan]);
    // Only sections about requests.
    let page = library.search(&parse("section:依申请 件"), 0..9);
    assert_eq!(page.reports, 2);
    for hit in page.groups.iter().flat_map(|g| &g.hits) {
        assert!(hit.section.starts_with('2'), "{}", hit.section);
    }
    let row = &library.resolve("三亚 2011")[0];
    assert_eq!(row.path, sanya);
    assert_eq!(library.resolve("荔湾区2010").len(), 1);
    assert!(library.resolve("荔湾区 2011").is_empty());
    let values = ["requests.received.new".to_owned(), "no.such".to_owned()];
    let page = library.reports(&Default::default(), &Default::default(), &values, 0..9);
    let row = page.items.iter().find(|r| r.path == sanya).expect("listed");
    assert_eq!(row.values, [Some(37.into()), None]);
}

#[test]
fn headings_come_first() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let often = "复议。".repeat(40);
    for (name, text) in [
        (
            "a.txt",
            format!("三亚市2010年政府信息公开工作年度报告\n一、概述\n{often}\n二、其他\n复议\n"),
        ),
        (
            "b.txt",
            "三亚市2009年政府信息公开工作年度报告\n一、概述\n无。\n二、复议和诉讼情况\n没有。\n"
                .to_owned(),
        ),
    ] {
        std::fs::write(dir.path().join(name), text).expect("written");
    }
    let library = library(dir.path());
    let page = library.search(&parse("复议"), 0..9);
    let order: Vec<&str> = page.groups.iter().map(|g| g.report.path.as_str()).collect();
    assert_eq!(order, ["b.txt", "a.txt"]);
    assert_eq!((page.sections, page.groups[1].total), (3, 2));
}
