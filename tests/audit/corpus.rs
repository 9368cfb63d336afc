//! Reports held against one another.

use std::sync::atomic::{AtomicUsize, Ordering};

use gongkai::audit::corpus::{Facts, Plain, check, taken_over};
use gongkai::audit::{Finding, Status};
use gongkai::figure::Figure;
use gongkai::source::{self, Format};
use rust_decimal::Decimal;

use super::forms::{Content, figure};

/// A report of a county on `year` with these figures and this text.
struct One {
    path: &'static str,
    title: String,
    body: String,
    figures: Vec<Figure>,
}

/// A figure by cell, indicator and value.
fn counted(at: usize, cell: &str, indicator: &str, value: i64) -> Figure {
    let mut figure = figure(at, cell, Content::Number(Decimal::from(value)));
    figure.indicator = Some(indicator.to_owned());
    if cell.is_empty() {
        figure.cell = None;
    }
    figure
}

fn one(path: &'static str, title: &str, figures: &[(&str, &str, i64)]) -> One {
    let figures = figures.iter().enumerate();
    One {
        path,
        title: title.to_owned(),
        body: "本年制发件数 现行有效件数".to_owned(),
        figures: figures.map(|(i, (c, k, v))| counted(i, c, k, *v)).collect(),
    }
}

fn found(reports: &[One]) -> Vec<(usize, Finding)> {
    let read = |one: &One| {
        let text = format!("{}\n{}\n", one.title, one.body);
        gongkai::report::read(source::read(text.as_bytes(), Format::Txt).expect("text"))
    };
    let all: Vec<_> = reports.iter().map(read).collect();
    let facts: Vec<Facts> = all
        .iter()
        .zip(reports)
        .map(|(report, one)| Facts::new(report, one.path, &one.figures))
        .collect();
    let text = |at: usize| Some(Plain::of(&all[at]));
    let taken = taken_over(&facts, &text, &|_, _| {});
    check(&facts).into_iter().chain(taken).collect()
}

fn statuses(reports: &[One], rule: &str) -> Vec<(usize, Status)> {
    let found = found(reports);
    let of = found.iter().filter(|(_, f)| f.rule == rule);
    of.map(|(at, f)| (*at, f.status)).collect()
}

const Y2021: &str = "浙江省德清县人民政府2021年政府信息公开工作年度报告";
const Y2022: &str = "浙江省德清县人民政府2022年政府信息公开工作年度报告";
const Y2023: &str = "浙江省德清县人民政府2023年政府信息公开工作年度报告";
const OUT: (&str, &str) = ("D/t3/carried_out/total", "requests.carried_out");
const IN: (&str, &str) = (
    "D/t3/received.carried_in/total",
    "requests.received.carried_in",
);

fn cell(of: (&'static str, &'static str), value: i64) -> (&'static str, &'static str, i64) {
    (of.0, of.1, value)
}

#[test]
fn what_was_carried_out_is_carried_in_the_year_after() {
    let pair = |out, into| {
        [
            one("a.txt", Y2021, &[cell(OUT, out)]),
            one("b.txt", Y2022, &[cell(IN, into)]),
        ]
    };
    assert_eq!(statuses(&pair(3, 3), "R-Y1"), [(1, Status::Pass)]);
    assert_eq!(statuses(&pair(3, 4), "R-Y1"), [(1, Status::Fail)]);
    assert_eq!(statuses(&pair(0, 0), "R-Y1"), [(1, Status::Pass)]);
    // The year before is not there, or one of the two is blank.
    let apart = [
        one("a.txt", Y2021, &[cell(OUT, 3)]),
        one("b.txt", Y2023, &[cell(IN, 4)]),
    ];
    assert!(statuses(&apart, "R-Y1").is_empty());
    let blank = [
        one("a.txt", Y2021, &[cell(OUT, 3)]),
        one("b.txt", Y2022, &[]),
    ];
    assert_eq!(statuses(&blank, "R-Y1"), [(1, Status::NotAssessable)]);
    let message = &found(&pair(3, 4))[0].1.message;
    assert!(message.zh.contains('3') && message.zh.contains('4') && message.zh.contains("总计"));
}

#[test]
fn documents_in_force_follow_from_the_year_before() {
    let kind = |column: &'static str| match column {
        "issued" => ("D/t2/normative.issued", "documents.normative.issued"),
        "repealed" => ("D/t2/normative.repealed", "documents.normative.repealed"),
        _ => ("D/t2/normative.in_force", "documents.normative.in_force"),
    };
    let pair = |now| {
        [
            one("a.txt", Y2021, &[cell(kind("in_force"), 40)]),
            one(
                "b.txt",
                Y2022,
                &[
                    cell(kind("issued"), 5),
                    cell(kind("repealed"), 0),
                    cell(kind("in_force"), now),
                ],
            ),
        ]
    };
    assert_eq!(statuses(&pair(45), "R-T2b"), [(1, Status::Pass)]);
    assert_eq!(statuses(&pair(47), "R-T2b"), [(1, Status::Warn)]);
}

#[test]
fn copied_figures_and_jumps_are_told() {
    let figures = |a, b, c| {
        [
            ("", "requests.received.new", a),
            ("", "consult.total", b),
            ("", "disclosure.total", c),
        ]
    };
    type Three = [(&'static str, &'static str, i64); 3];
    let pair =
        |first: Three, second: Three| [one("a.txt", Y2021, &first), one("b.txt", Y2022, &second)];
    let same = pair(figures(12, 40, 900), figures(12, 40, 900));
    assert_eq!(statuses(&same, "R-Y2"), [(1, Status::Warn)]);
    let other = pair(figures(12, 40, 900), figures(12, 41, 900));
    assert!(statuses(&other, "R-Y2").is_empty());
    let jump = pair(figures(12, 40, 900), figures(12, 41, 90_000));
    assert_eq!(statuses(&jump, "R-Y4"), [(1, Status::Warn)]);
    // From two to thirty is more than tenfold, and says nothing.
    let few = pair(figures(2, 40, 900), figures(30, 41, 901));
    assert!(statuses(&few, "R-Y4").is_empty());
}

#[test]
fn one_report_in_two_files_is_told_once() {
    let figures = [
        ("", "requests.received.new", 12),
        ("", "consult.total", 40),
        ("", "disclosure.total", 900),
    ];
    let twice = [one("a.txt", Y2021, &figures), one("b.txt", Y2021, &figures)];
    assert_eq!(statuses(&twice, "R-X5"), [(1, Status::Warn)]);
    assert!(!found(&twice)[0].1.is_open());
    let mut other = figures;
    other[0].2 = 13;
    let differ = [one("a.txt", Y2021, &figures), one("b.txt", Y2021, &other)];
    assert!(statuses(&differ, "R-X5").is_empty());
}

/// Sentences without repetition, of no meaning.
fn prose(seed: u64, sentences: usize) -> String {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut text = String::new();
    for _ in 0..sentences {
        for _ in 0..20 {
            text.extend(char::from_u32(0x4e00 + rng.u32(..2000)));
        }
        text.push('。');
    }
    text
}

#[test]
fn text_taken_over_is_found_among_others() {
    let own = prose(1, 60);
    let mut reports = vec![
        one("a.txt", Y2021, &[]),
        one("b.txt", Y2022, &[]),
        one(
            "c.txt",
            "浙江省安吉县人民政府2022年政府信息公开工作年度报告",
            &[],
        ),
    ];
    reports[0].body = own.clone();
    reports[1].body = format!("{}{own}", prose(2, 5));
    reports[2].body = prose(3, 60);
    let told = statuses(&reports, "R-L3");
    assert_eq!(told, [(1, Status::Warn)]);
    let found = found(&reports);
    let (_, finding) = found.iter().find(|(_, f)| f.rule == "R-L3").expect("told");
    assert!(
        finding.message.zh.contains("a.txt"),
        "{}",
        finding.message.zh
    );
    assert!(finding.message.zh.contains("92%"), "{}", finding.message.zh);
    // A third of the text is no more than a habit.
    reports[1].body = format!("{}{}", prose(2, 40), &own[..own.len() / 3 / 63 * 63]);
    assert!(statuses(&reports, "R-L3").is_empty());
}

#[test]
fn a_part_taken_over_is_told_with_the_words_and_their_places() {
    let part = prose(1, 14);
    let report = |years: [u32; 2]| {
        let [first, second] = years.map(|seed| prose(u64::from(seed), 20));
        format!("一、概述\n{first}\n二、存在的问题\n{part}\n三、下一步打算\n{second}")
    };
    let mut reports = vec![
        one("a.txt", Y2021, &[]),
        one(
            "b.txt",
            "浙江省安吉县人民政府2022年政府信息公开工作年度报告",
            &[],
        ),
    ];
    reports[0].body = report([11, 12]);
    reports[1].body = report([13, 14]);
    let all = found(&reports);
    let told: Vec<_> = all.iter().filter(|(_, f)| f.rule == "R-L3").collect();
    let [(1, finding)] = told[..] else {
        panic!("{told:?}")
    };
    let message = &finding.message.zh;
    assert!(
        message.contains("“存在的问题”一节") && message.contains("a.txt"),
        "{message}"
    );
    let shared = finding.shared.as_ref().expect("the passage");
    assert_eq!(shared.with.path, "a.txt");
    let words = |at: usize, range: &std::ops::Range<usize>| {
        let text = format!("{}\n{}\n", reports[at].title, reports[at].body);
        text[range.clone()].to_owned()
    };
    let (here, there) = (words(1, &shared.range), words(0, &shared.with.range));
    assert_eq!(here, there);
    assert!(here.contains(part.trim_end_matches('。')), "{here}");
    // How many requests there were is told by all in the same words.
    let counted = reports[1].body.clone();
    for report in &mut reports {
        report.body = report
            .body
            .replace("存在的问题", "收到和处理政府信息公开申请情况");
    }
    assert!(statuses(&reports, "R-L3").is_empty());
    reports[0].body = reports[0]
        .body
        .replace("收到和处理政府信息公开申请情况", "存在的问题");
    reports[1].body = counted;
    assert_eq!(statuses(&reports, "R-L3").len(), 1);
    // A short part, or one that is half new, is no more than a habit.
    let own = prose(15, 14);
    for changed in [
        &part[..part.len() / 4 / 63 * 63],
        &format!("{}{own}", &part[..441]),
    ] {
        reports[1].body = format!("一、概述\n{}\n二、存在的问题\n{changed}", prose(13, 30));
        assert!(statuses(&reports, "R-L3").is_empty(), "{changed}");
    }
}

#[test]
fn a_hundred_thousand_texts_would_be_workable() {
    let count = 2_000;
    let texts: Vec<Vec<char>> = (0..count)
        .map(|seed| prose(seed, 40).chars().filter(|c| *c != '。').collect())
        .collect();
    let title = |n: u64| {
        format!(
            "浙江省德清县教育局{}年政府信息公开工作年度报告",
            2008 + n % 15
        )
    };
    let reports: Vec<_> = (0..count)
        .map(|n| {
            let body: String = texts[n as usize].iter().collect();
            let text = format!("{}\n{body}\n", title(n));
            gongkai::report::read(source::read(text.as_bytes(), Format::Txt).expect("text"))
        })
        .collect();
    let facts: Vec<Facts> = reports
        .iter()
        .map(|report| Facts::new(report, "x.txt", &[]))
        .collect();
    let asked = AtomicUsize::new(0);
    let start = std::time::Instant::now();
    let text = |at: usize| {
        asked.fetch_add(1, Ordering::Relaxed);
        Some(Plain::of(&reports[at]))
    };
    taken_over(&facts, &text, &|_, _| {});
    let asked = asked.into_inner();
    println!("{count} reports against one another: {:?}", start.elapsed());
    // Texts that have nothing in common are never read again.
    assert!(asked < count as usize / 50, "{asked}");
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
