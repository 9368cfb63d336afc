//! Every rule of `assets/rules.toml`: a report that breaks it, one that keeps it, and one of
//! which that cannot be said. Whole texts, from words to findings.

use std::collections::BTreeMap;

use gongkai::audit::corpus::{self, Facts, Plain};
use gongkai::audit::{Finding, Status, rules};
use gongkai::reading::Reading;
use gongkai::report::Form;
use gongkai::source::Format;

use crate::common::forms::Filled;
use crate::common::read;
use crate::common::shapes::Shape;

/// The sentence of a rendered form that makes room for what a case wants to say.
const ROOM: &str = "全年的工作按部署开展，情况良好，有关数据见以下各表。";

/// A right form with few numbers in it.
fn form(form: Form) -> Filled {
    let mut filled = Filled {
        form,
        printed: BTreeMap::new(),
        damaged: None,
    };
    for cell in filled.data().cells() {
        if !cell.starts_with("C/t2/other.") {
            filled.set(&cell, 0);
        }
    }
    let cells: &[(&str, i64)] = match form {
        Form::C | Form::D => &[
            ("t3/received.new", 40),
            ("t3/received.carried_in", 5),
            ("t3/granted", 30),
            ("t3/denied.state_secret", 3),
            ("t3/unavailable.not_held", 10),
            ("t3/closed.total", 43),
            ("t3/carried_out", 2),
            ("t4/review.upheld", 4),
            ("t4/review.corrected", 1),
            ("t4/review.pending", 1),
            ("t4/review.total", 6),
            ("t4/litigation.direct.upheld", 2),
            ("t4/litigation.direct.total", 2),
            ("t2/licence.decisions", 100),
        ],
        Form::B => &[
            ("1.1", 90),
            ("1.1.1", 5),
            ("1.1.2", 5),
            ("1.2.1", 10),
            ("1.2.2", 90),
            ("2.2.1", 4),
            ("2.2.1.1", 1),
            ("3.1", 9),
            ("3.1.1", 4),
            ("3.1.3", 5),
            ("3.2", 9),
            ("3.2.1", 8),
            ("3.2.2", 1),
            ("3.3", 9),
            ("3.3.2", 7),
            ("3.3.4", 2),
            ("3.3.4.1", 2),
            ("4", 3),
            ("4.1", 3),
            ("5", 1),
            ("5.2", 1),
            ("8.3", 12),
            ("8.3.1", 3),
            ("8.3.2", 9),
        ],
        _ => &[
            ("01", 120),
            ("02", 100),
            ("03", 60),
            ("04", 6),
            ("05", 20),
            ("12", 9),
            ("13", 4),
            ("16", 5),
            ("19", 9),
            ("20", 7),
            ("27", 2),
            ("28", 2),
            ("37", 30),
            ("38", 10),
            ("39", 10),
            ("43", 20),
            ("44", 20),
            ("49", 12),
            ("50", 3),
            ("51", 9),
        ],
    };
    for (cell, value) in cells {
        let cell = format!("{form:?}/{cell}");
        match cell.contains("/t3/") {
            true => {
                filled.set(&format!("{cell}/natural"), value);
                filled.set(&format!("{cell}/total"), value);
            }
            false => filled.set(&cell, value),
        }
    }
    filled
}

/// A report with this form, in which these cells say something else.
fn with(of: Form, changes: &[(&str, &str)]) -> String {
    let mut filled = form(of);
    for (cell, printed) in changes {
        let cell = format!("{of:?}/{cell}");
        assert!(filled.printed.contains_key(&cell), "{cell}");
        filled.set(&cell, printed);
    }
    filled.render(Shape::Markdown).0
}

/// A report on 2023 whose overview says this.
fn says(sentence: &str) -> String {
    with(Form::D, &[]).replace(ROOM, sentence)
}

/// A report without an official form that says this.
fn prose(sentence: &str) -> String {
    format!(
        "浙江省德清县人民政府2012年政府信息公开工作年度报告\n一、概述\n{sentence}\n二、主动公开政府信息的情况\n按规定公开。\n三、依申请公开政府信息的情况\n按规定办理。\n四、收费及减免情况\n没有收费。\n五、行政复议、行政诉讼情况\n没有发生。\n六、存在的主要问题和改进措施\n人手偏少。\n"
    )
}

/// The same report on another year.
fn on(year: i32, text: &str) -> String {
    let line = text.lines().next().expect("a title");
    let own: String = line.chars().filter(char::is_ascii_digit).collect();
    text.replacen(&own, &year.to_string(), 1)
}

fn letter(text: String) -> Vec<String> {
    vec![text]
}

/// A table with the year's and all years' numbers, as departments of Shanghai printed it.
fn cumulative(year: i32, now: &str, ever: &str) -> String {
    format!(
        "浙江省德清县人民政府{year}年政府信息公开工作年度报告\n一、概述\n全年公开工作正常。\n附表\n\
        | 指标名称 | 计量单位 | 代码 | 本年累计 | 历年累计 |\n|---|---|---|---|---|\n\
        | 主动公开政府信息数 | 条 | 01 | {now} | {ever} |\n\
        | 其中：全文电子化的主动公开政府信息数 | 条 | 02 | 7 | 290 |\n\
        | 公文类信息数 | 条 | 03 | 6 | 190 |\n\
        | 现场接待人数 | 人次 | 06 | 1 | 40 |\n\
        | 专项经费 | 万元 | 36 | 3.5 | 9 |\n"
    )
}

/// Sixty sentences of no meaning, other ones for each seed.
fn story(seed: u64) -> String {
    let mut rng = fastrand::Rng::with_seed(seed);
    let word = |rng: &mut fastrand::Rng| char::from_u32(0x4e00 + rng.u32(..2000));
    let sentence = |rng: &mut fastrand::Rng| {
        let words: String = (0..20).filter_map(|_| word(rng)).collect();
        format!("{words}。")
    };
    (0..60).map(|_| sentence(&mut rng)).collect()
}

/// Three governments: that of a prefecture which says it sums up those below, and two.
fn prefecture(whole: i32, parts: &[i32]) -> Vec<String> {
    let one = |who: &str, n: i32, more: &str| {
        format!(
            "{who}人民政府2012年政府信息公开工作年度报告\n一、概述\n{more}全年共收到政府信息公开申请{n}件。\n二、主动公开政府信息的情况\n按规定公开。\n"
        )
    };
    let names = ["江西省新余市渝水区", "江西省新余市分宜县"];
    let below = names.iter().zip(parts).map(|(who, n)| one(who, *n, ""));
    let above = one("江西省新余市", whole, "本报告由各县区报告汇总而成。");
    below.chain([above]).collect()
}

const CHAPTERS: [&str; 6] = [
    "总体情况\n全年工作平稳有序，各项任务按时完成。",
    "主动公开政府信息情况\n规章\n本年制发件数\n本年废止件数\n现行有效件数",
    "收到和处理政府信息公开申请情况\n见表。",
    "政府信息公开行政复议、行政诉讼情况\n见表。",
    "存在的主要问题及改进情况\n一些单位发布不够及时，解读形式单一，下一步将加强督促检查和培训指导，逐项抓好整改落实。",
    "其他需要报告的事项\n全年未收取信息处理费。",
];

fn chapters(year: i32, chapters: &[&str]) -> String {
    let numbers = ["一", "二", "三", "四", "五", "六"].iter().zip(chapters);
    let body: String = numbers.map(|(n, c)| format!("{n}、{c}\n")).collect();
    format!("浙江省德清县人民政府{year}年政府信息公开工作年度报告\n{body}")
}

/// The chapters with one of them replaced.
fn other(at: usize, chapter: &str) -> Vec<String> {
    let mut all = CHAPTERS;
    all[at] = chapter;
    letter(chapters(2022, &all))
}

fn published(day: &str) -> Vec<String> {
    letter(format!("发布日期：{day}\n{}", prose("全年工作正常。")))
}

/// Which rule, and the reports (each a list of files) that break it, keep it, leave it open.
struct Case {
    rule: &'static str,
    breaks: Vec<String>,
    keeps: Vec<String>,
    open: Vec<String>,
}

fn cases() -> Vec<Case> {
    use Form::{A, B, C, D};
    let mut cases = Vec::new();
    let mut add =
        |rule: &'static str, breaks: Vec<String>, keeps: Vec<String>, open: Vec<String>| {
            cases.push(Case {
                rule,
                breaks,
                keeps,
                open,
            });
        };
    let one = |form, changes: &[(&str, &str)]| letter(with(form, changes));
    let right = |form| letter(with(form, &[]));
    let nothing = || letter(prose("全年工作正常。"));
    let words = "见附件";
    // One change in a form breaks it, words in a cell leave it open.
    let formulas: [(&'static str, Form, &str, &str, &str); 17] = [
        (
            "R-T3a",
            D,
            "t3/closed.total/natural",
            "44",
            "t3/granted/natural",
        ),
        (
            "R-T3b",
            D,
            "t3/carried_out/natural",
            "3",
            "t3/carried_out/natural",
        ),
        ("R-T3c", D, "t3/granted/total", "31", "t3/granted/natural"),
        ("R-T4a", D, "t4/review.total", "7", "t4/review.other"),
        ("R-B1", B, "3.1", "10", "3.1.1"),
        ("R-B2", B, "3.2", "8", "3.2.1"),
        ("R-B3", B, "3.3", "8", "3.3.1"),
        ("R-B4", B, "4", "4", "4.1"),
        ("R-B5", B, "8.3", "13", "8.3.1"),
        ("R-B6", B, "1.2.1", "91", "1.1"),
        ("R-B7", B, "1.1.1", "6", "1.1.1"),
        ("R-B8", B, "2.2.1.1", "5", "2.2.1"),
        ("R-B9", B, "3.2", "10", "3.2"),
        ("R-A1", A, "12", "10", "13"),
        ("R-A2", A, "49", "13", "50"),
        ("R-A3", A, "02", "121", "01"),
        (
            "R-T2d",
            C,
            "t2/rules.newly_published",
            "1",
            "t2/rules.public_total",
        ),
    ];
    for (rule, form, cell, wrong, unknown) in formulas {
        let mut changes = vec![(unknown, words)];
        if rule == "R-B6" {
            changes.push(("1.2.2", words));
        }
        add(
            rule,
            one(form, &[(cell, wrong)]),
            right(form),
            one(form, &changes),
        );
    }
    add(
        "R-T3d",
        one(D, &[("t3/granted/natural", "-3")]),
        right(D),
        nothing(),
    );
    let all = |printed: &str| {
        let mut filled = form(D);
        for cell in filled.cells().iter().filter(|c| c.contains("/t3/")) {
            filled.set(cell, printed);
        }
        letter(filled.render(Shape::Markdown).0)
    };
    add("R-T3e", all(""), all("0"), right(D));
    add(
        "R-T2a",
        one(D, &[("t2/licence.decisions", "-5")]),
        right(D),
        nothing(),
    );
    let kept = [
        ("t2/normative.issued", "5"),
        ("t2/normative.in_force", "44"),
    ];
    let few = [("t2/normative.issued", "5"), ("t2/normative.in_force", "0")];
    let blank = [
        ("t2/normative.issued", "5"),
        ("t2/normative.in_force", ""),
        ("t2/rules.in_force", ""),
    ];
    add("R-T2c", one(D, &few), one(D, &kept), one(D, &blank));
    let two = |first: String, second: String| vec![on(2021, &first), on(2022, &second)];
    let before = || with(D, &[("t2/normative.in_force", "39")]);
    let after = |n: &str| {
        with(
            D,
            &[("t2/normative.issued", "5"), ("t2/normative.in_force", n)],
        )
    };
    add(
        "R-T2b",
        two(before(), after("50")),
        two(before(), after("44")),
        letter(after("44")),
    );
    let items = |prev: &str, delta: &str| {
        with(
            C,
            &[
                ("t2/licence.items_prev", prev),
                ("t2/licence.items_delta", delta),
            ],
        )
    };
    let pair = |first: String, second: String| vec![on(2019, &first), on(2020, &second)];
    add(
        "R-T2e",
        pair(items("40", "+4"), items("45", "0")),
        pair(items("40", "+4"), items("44", "0")),
        letter(items("44", "0")),
    );
    add(
        "R-A4",
        letter(cumulative(2009, "311", "310")),
        letter(cumulative(2009, "120", "310")),
        right(A),
    );
    add(
        "R-P1",
        letter(says("全年上年结转政府信息公开申请6件。")),
        letter(says("全年上年结转政府信息公开申请5件。")),
        nothing(),
    );
    let received = |n: i32| letter(says(&format!("全年新收政府信息公开申请{n}件。")));
    add("R-P2", received(41), received(40), nothing());
    let denied = |n: i32| letter(says(&format!("全年答复申请，其中不予公开{n}件。")));
    add("R-P3", denied(4), denied(3), nothing());
    let sued = |n: i32| letter(says(&format!("全年共发生政府信息公开行政诉讼{n}件。")));
    add("R-P4", sued(3), sued(2), nothing());
    let none = |what: &str| letter(says(&format!("全年未收到{what}。")));
    add(
        "R-P9",
        none("政府信息公开申请"),
        letter(
            says("全年没有政府信息公开行政诉讼复议后起诉案件。")
                .replace("| 2 | 0 | 0 | 0 | 2 |", "| 0 | 0 | 0 | 0 | 0 |")
                .replace(
                    "没有政府信息公开行政诉讼复议后起诉案件",
                    "未发生政府信息公开行政诉讼案件",
                )
                .replacen(
                    "| 4 | 1 | 0 | 1 | 6 | 2 | 0 | 0 | 0 | 2 |",
                    "| 4 | 1 | 0 | 1 | 6 | 0 | 0 | 0 | 0 | 0 |",
                    1,
                ),
        ),
        nothing(),
    );
    let closed = "收到的申请全部办结。";
    let done = [
        ("t3/carried_out/natural", "0"),
        ("t3/carried_out/total", "0"),
        ("t3/received.new/natural", "38"),
        ("t3/received.new/total", "38"),
    ];
    add(
        "R-P10",
        letter(says(closed)),
        letter(with(D, &done).replace(ROOM, closed)),
        nothing(),
    );
    let near = |n: &str| letter(says(&format!("全年新收政府信息公开申请{n}件。")));
    add("R-P11", near("近60"), near("近42"), nothing());
    add(
        "R-P5",
        letter(prose(
            "全年共收到申请20件，分别为当面申请9件、信函申请10件。",
        )),
        letter(prose(
            "全年共收到申请20件，分别为当面申请9件、信函申请11件。",
        )),
        nothing(),
    );
    let shares = |p: &str| {
        letter(prose(&format!(
            "全年主动公开政府信息200条，其中政策法规类50条，占{p}%。"
        )))
    };
    add("R-P6", shares("35"), shares("25"), nothing());
    let list = |p: &str| {
        letter(prose(&format!(
            "全年主动公开政府信息200条，其中政策法规类50条，占25%；业务动态类90条，占45%；其他类60条，占{p}%。"
        )))
    };
    add("R-P7", list("20"), list("30"), nothing());
    let change = |p: &str| {
        letter(prose(&format!(
            "全年收到申请120件，比上年（100件）增长{p}%。"
        )))
    };
    add(
        "R-P8",
        change("25"),
        change("20"),
        letter(prose("全年收到申请120件，同比增长20%。")),
    );
    let twice = |n: i32| {
        letter(prose(&format!(
            "全年共主动公开政府信息120条。全年共主动公开政府信息{n}条。"
        )))
    };
    add("R-X1", twice(130), twice(120), nothing());
    let carried = |out: &str, into: &str| {
        let first = with(
            D,
            &[
                ("t3/carried_out/natural", out),
                ("t3/carried_out/total", out),
            ],
        );
        let second = with(
            D,
            &[
                ("t3/received.carried_in/natural", into),
                ("t3/received.carried_in/total", into),
            ],
        );
        two(first, second)
    };
    add(
        "R-Y1",
        carried("2", "3"),
        carried("3", "3"),
        carried("", "3"),
    );
    let counts = |y: i32, a: i32, b: i32, c: i32| {
        on(
            y,
            &prose(&format!(
                "全年共收到申请{a}件，主动公开政府信息{b}条，接受咨询{c}人次。"
            )),
        )
    };
    add(
        "R-Y2",
        vec![counts(2011, 31, 900, 44), counts(2012, 31, 900, 44)],
        vec![counts(2011, 31, 900, 44), counts(2012, 32, 900, 45)],
        letter(counts(2012, 31, 900, 44)),
    );
    let period = |y: &str| {
        letter(prose(&format!(
            "本报告所列数据的统计期限自{y}年1月1日起至{y}年12月31日止。"
        )))
    };
    add("R-Y3", period("2011"), period("2012"), nothing());
    add(
        "R-Y4",
        vec![counts(2011, 31, 900, 44), counts(2012, 33, 90_000, 45)],
        vec![counts(2011, 31, 900, 44), counts(2012, 33, 980, 45)],
        letter(counts(2012, 33, 980, 45)),
    );
    add(
        "R-Y5",
        vec![
            cumulative(2008, "90", "310"),
            cumulative(2009, "120", "300"),
        ],
        vec![
            cumulative(2008, "90", "310"),
            cumulative(2009, "120", "430"),
        ],
        letter(cumulative(2009, "120", "430")),
    );
    add(
        "R-H1",
        prefecture(16, &[7, 8]),
        prefecture(15, &[7, 8]),
        prefecture(15, &[7]),
    );
    let same = || counts(2012, 31, 900, 44);
    add(
        "R-X5",
        vec![same(), same()],
        vec![same(), counts(2012, 32, 900, 44)],
        letter(same()),
    );
    let six = || letter(chapters(2022, &CHAPTERS));
    let mut swapped = CHAPTERS;
    swapped.swap(4, 5);
    add("R-S1", letter(chapters(2022, &swapped)), six(), nothing());
    for (right, slip) in [("五、", "四、"), ("三、", "二、")] {
        let misnumbered = chapters(2022, &CHAPTERS).replace(right, slip);
        add("R-S1", letter(misnumbered), six(), nothing());
    }
    add(
        "R-S2",
        other(4, "存在的主要问题及改进情况\n无。"),
        six(),
        nothing(),
    );
    add(
        "R-S3",
        other(5, "其他需要报告的事项\n无其他事项。"),
        six(),
        nothing(),
    );
    add(
        "R-L1",
        published("2013-04-20"),
        published("2013-03-20"),
        published("2019-06-01"),
    );
    add(
        "R-L2",
        letter(chapters(2022, &CHAPTERS[..5])),
        six(),
        letter("某地的一则通知\n请各单位准时参加会议。\n".to_owned()),
    );
    let tale = |y: i32, seed: u64| on(y, &prose(&story(seed)));
    add(
        "R-L3",
        vec![tale(2011, 1), tale(2012, 1)],
        vec![tale(2011, 1), tale(2012, 2)],
        letter(tale(2012, 1)),
    );
    cases
}

/// Everything found in these files, each a report.
fn found(files: &[String]) -> Vec<Finding> {
    let readings: Vec<Reading> = files.iter().map(|text| read(text, Format::Md)).collect();
    let facts: Vec<Facts> = readings
        .iter()
        .enumerate()
        .map(|(at, r)| Facts::new(&r.report, &format!("{at}.md"), &r.figures))
        .collect();
    let text = |at: usize| Some(Plain::of(&readings[at].report));
    let taken = corpus::taken_over(&facts, &text, &|_, _| {});
    let over_all = corpus::check(&facts).into_iter().chain(taken);
    let own = readings.into_iter().flat_map(|r| r.findings);
    own.chain(over_all.map(|(_, f)| f)).collect()
}

fn statuses(files: &[String], rule: &str) -> Vec<Status> {
    let of = found(files).into_iter().filter(|f| f.rule == rule);
    of.map(|f| f.status).collect()
}

/// Rules that only ever explain what another one found.
const HINTS: [&str; 3] = ["R-X2", "R-X3", "R-X4"];
/// Rules that say nothing when all is well.
const SILENT: [&str; 6] = ["R-Y2", "R-Y4", "R-Y5", "R-X5", "R-L3", "R-P7"];

#[test]
fn every_rule_is_broken_kept_and_left_open() {
    let mut wrong = Vec::new();
    for case in cases() {
        let (breaks, keeps, open) = (
            statuses(&case.breaks, case.rule),
            statuses(&case.keeps, case.rule),
            statuses(&case.open, case.rule),
        );
        let is_open = |s: &Status| matches!(s, Status::Fail | Status::Warn);
        let holds = |s: &Status| matches!(s, Status::Pass | Status::PassIfBlankZero);
        if !breaks.iter().any(is_open) {
            wrong.push(format!("{} is not broken: {breaks:?}", case.rule));
        }
        let silent = SILENT.contains(&case.rule) && keeps.is_empty();
        if keeps.iter().any(is_open) || !(silent || keeps.iter().any(holds)) {
            wrong.push(format!("{} is not kept: {keeps:?}", case.rule));
        }
        // Formulas that hold elsewhere in the table may; the one in question may not.
        let decided = open.iter().any(is_open);
        let unknown = open.is_empty() || open.contains(&Status::NotAssessable);
        if decided || !unknown {
            wrong.push(format!("{} is not left open: {open:?}", case.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_rule_is_without_its_case() {
    let cases = cases();
    for rule in rules() {
        let has = cases.iter().any(|c| c.rule == rule.id) || HINTS.contains(&rule.id.as_str());
        assert!(has, "{} has no case", rule.id);
    }
}

/// The hints of what does not hold, in Chinese.
fn hints(changes: &[(&str, &str)]) -> Vec<String> {
    let found = found(&[with(Form::D, changes)]);
    let open = found.into_iter().filter(Finding::is_open);
    open.filter_map(|f| f.hint).map(|h| h.zh).collect()
}

#[test]
fn a_cell_in_the_wrong_column_is_explained() {
    let shifted = [("t3/granted/natural", "0"), ("t3/granted/enterprise", "30")];
    let found = hints(&shifted);
    assert!(found.iter().any(|h| h.contains("移到")), "{found:?}");
    // A sum that is wrong in one place is no shift, and a right form has nothing to explain.
    let slip = hints(&[("t3/granted/total", "31")]);
    assert!(slip.iter().all(|h| !h.contains("移到")), "{slip:?}");
    assert!(hints(&[]).is_empty());
    assert!(hints(&[("t3/granted/natural", "见附件")]).is_empty());
}

#[test]
fn a_slip_in_one_cell_is_explained() {
    let found = hints(&[("t3/granted/natural", "31")]);
    assert!(found.iter().any(|h| h.contains("30")), "{found:?}");
    assert!(hints(&[]).is_empty());
    // Two cells wrong at once: no single one repairs everything.
    let two = hints(&[
        ("t3/granted/natural", "31"),
        ("t3/denied.query/natural", "1"),
    ]);
    assert!(two.iter().all(|h| !h.contains("有关各式即相符")), "{two:?}");
}

/// A row of eight numbers where seven belong, as a broken line leaves it.
fn split(row: &str) -> (Vec<Finding>, Vec<String>) {
    let right = "| 30 | 0 | 0 | 0 | 0 | 0 | 30 |";
    let text = with(Form::D, &[]);
    assert!(text.contains(right), "{text}");
    let found = found(&[text.replacen(right, row, 1)]);
    let hints = found.iter().filter_map(|f| f.hint.clone()).map(|h| h.zh);
    let hints = hints.filter(|h| h.contains("合读")).collect();
    (found, hints)
}

#[test]
fn a_number_split_over_two_cells_is_explained() {
    // 30 has become 3 and 0: read together they make the row right.
    let (found, hints) = split("| 3 | 0 | 0 | 0 | 0 | 0 | 0 | 30 |");
    assert!(hints.iter().any(|h| h.contains("30")), "{hints:?}");
    // Nothing that the row takes part in is held against the report.
    assert!(found.iter().all(|f| f.status != Status::Fail), "{found:?}");
    // A right row, and one that no joining or more than one makes right, has no such hint.
    for other in [
        "| 30 | 0 | 0 | 0 | 0 | 0 | 30 |",
        "| 3 | 1 | 0 | 0 | 0 | 0 | 0 | 30 |",
        "| 0 | 0 | 0 | 30 | 0 | 0 | 0 | 30 |",
    ] {
        let (_, hints) = split(other);
        assert!(hints.is_empty(), "{other}: {hints:?}");
    }
}

#[test]
fn a_row_one_column_off_is_explained_and_not_held_against_the_report() {
    let cells = [
        "natural",
        "enterprise",
        "research",
        "nonprofit",
        "legal_service",
        "other_org",
        "total",
    ];
    // 20 natural persons and 10 enterprises; their row is printed one column off.
    let rows = |granted: [&str; 7]| {
        let mut changes: Vec<(String, &str)> = Vec::new();
        for (column, natural, enterprise, total) in [
            ("received.new", "28", "12", "40"),
            ("closed.total", "31", "12", "43"),
            ("denied.state_secret", "3", "0", "3"),
            ("unavailable.not_held", "8", "2", "10"),
        ] {
            changes.push((format!("t3/{column}/natural"), natural));
            changes.push((format!("t3/{column}/enterprise"), enterprise));
            changes.push((format!("t3/{column}/total"), total));
        }
        for (cell, value) in cells.iter().zip(granted) {
            changes.push((format!("t3/granted/{cell}"), value));
        }
        let changes: Vec<(&str, &str)> = changes.iter().map(|(c, v)| (c.as_str(), *v)).collect();
        let found = found(&[with(Form::D, &changes)]);
        let fails = found.iter().filter(|f| f.status == Status::Fail).count();
        let told = |f: &&Finding| f.hint.as_ref().is_some_and(|h| h.zh.contains("移一格"));
        (fails, found.iter().filter(told).count())
    };
    assert_eq!(rows(["20", "10", "0", "0", "0", "0", "30"]), (0, 0));
    let (fails, told) = rows(["", "20", "10", "0", "0", "0", "0"]);
    assert!(fails == 0 && told >= 3, "{fails} {told}");
    let (fails, told) = rows(["10", "0", "0", "0", "0", "30", ""]);
    assert!(fails == 0 && told >= 3, "{fails} {told}");
    // Another wrong row is no shifted one.
    let (fails, told) = rows(["", "25", "10", "0", "0", "0", "0"]);
    assert!(fails > 0 && told == 0, "{fails} {told}");
}
