//! The running text against the form, and against itself.

use gongkai::audit::{self, Finding, Status};
use gongkai::source::{self, Format};
use rust_decimal::Decimal;

use super::forms::{Content, figure};

/// The findings of a report whose chapter on requests says `sentence` and whose form has
/// these cells.
fn findings(sentence: &str, cells: &[(&str, i64)]) -> Vec<Finding> {
    let text = format!(
        "某县人民政府2022年政府信息公开工作年度报告\n一、总体情况\n{sentence}\n二、主动公开政府信息情况\n见下表。\n"
    );
    let source = source::read(text.as_bytes(), Format::Txt).expect("text");
    let report = gongkai::report::read(source);
    let (mut figures, claims) = gongkai::figure::read(&report);
    for (cell, value) in cells {
        let content = match *value {
            BLANK => Content::Blank,
            n => Content::Number(Decimal::from(n)),
        };
        figures.push(figure(figures.len(), cell, content));
    }
    audit::check(&report, "a.txt", &figures, &claims)
}

const BLANK: i64 = -1;

fn status(sentence: &str, cells: &[(&str, i64)], rule: &str) -> Vec<Status> {
    let found = findings(sentence, cells);
    let of = found.iter().filter(|f| f.rule == rule);
    of.map(|f| f.status).collect()
}

const NEW: &str = "D/t3/received.new/total";
const CARRIED_IN: &str = "D/t3/received.carried_in/total";
const CLOSED: &str = "D/t3/closed.total/total";
const CARRIED_OUT: &str = "D/t3/carried_out/total";
const REQUESTS: [(&str, i64); 4] = [(NEW, 40), (CARRIED_IN, 5), (CLOSED, 43), (CARRIED_OUT, 2)];

#[test]
fn received_and_handled_have_the_senses_of_their_verbs() {
    let cases = [
        ("全年共收到政府信息公开申请40件。", vec![Status::Pass]),
        ("全年共收到政府信息公开申请45件。", vec![Status::Pass]),
        ("全年新收政府信息公开申请45件。", vec![Status::Fail]),
        (
            "全年共收到政府信息公开申请45件（含上年结转5件）。",
            vec![Status::Pass],
        ),
        // Which of the two senses is meant is not said: no more than a warning.
        ("全年共收到政府信息公开申请48件。", vec![Status::Warn]),
    ];
    for (sentence, expected) in cases {
        assert_eq!(status(sentence, &REQUESTS, "R-P2"), expected, "{sentence}");
    }
    // The form has no number there.
    let blank = [(NEW, BLANK), (CARRIED_IN, BLANK)];
    let sentence = "全年共收到政府信息公开申请40件。";
    assert_eq!(status(sentence, &blank, "R-P2"), [Status::NotAssessable]);
    // A whole area is not the body whose form it is.
    let sentence = "全县各级行政机关共收到政府信息公开申请140件。";
    let open = status(sentence, &REQUESTS, "R-P2");
    assert!(open.iter().all(|s| *s == Status::NotAssessable), "{open:?}");
}

#[test]
fn a_figure_in_the_text_is_that_of_its_cell() {
    let carried = "全年共收到申请40件，结转下年度办理2件。";
    assert_eq!(status(carried, &REQUESTS, "R-P1"), [Status::Pass]);
    let wrong = "全年共收到申请40件，结转下年度办理3件。";
    assert_eq!(status(wrong, &REQUESTS, "R-P1"), [Status::Fail]);
    let found = findings(wrong, &REQUESTS);
    let fail = found.iter().find(|f| f.rule == "R-P1").expect("checked");
    assert_eq!(fail.figures.len(), 2);
    assert_eq!(fail.expected, Some(Decimal::from(2)));
    assert_eq!(fail.actual, Some(Decimal::from(3)));
    assert!(fail.message.zh.contains('3') && fail.message.zh.contains('2'));
    // Without a form there is nothing to compare with.
    assert!(status(wrong, &[], "R-P1").is_empty());
}

#[test]
fn groups_are_sums_of_their_lines() {
    let lines = [
        ("D/t3/unavailable.not_held/total", 6),
        ("D/t3/unavailable.need_creation/total", 2),
        ("D/t3/unavailable.unclear/total", 1),
        (CLOSED, 43),
    ];
    let cases = [
        ("答复的申请中，无法提供9件。", Some(Status::Pass)),
        ("答复的申请中，无法提供6件。", Some(Status::Warn)),
    ];
    for (sentence, expected) in cases {
        let found = status(sentence, &lines, "R-P3");
        assert_eq!(found.first().copied(), expected, "{sentence}");
    }
}

#[test]
fn litigation_is_both_kinds_together() {
    let cells = [
        ("D/t4/review.total", 7),
        ("D/t4/litigation.direct.total", 3),
        ("D/t4/litigation.after_review.total", 1),
    ];
    let right = "因政府信息公开被提起行政诉讼4件。";
    assert_eq!(status(right, &cells, "R-P4"), [Status::Pass]);
    let wrong = "因政府信息公开被提起行政诉讼5件。";
    assert_eq!(status(wrong, &cells, "R-P4"), [Status::Fail]);
}

#[test]
fn what_there_was_none_of_is_zero_in_the_form() {
    let none = "全年未发生因政府信息公开申请行政复议的情况。";
    assert_eq!(
        status(none, &[("D/t4/review.total", 0)], "R-P9"),
        [Status::Pass]
    );
    assert_eq!(
        status(none, &[("D/t4/review.total", 2)], "R-P9"),
        [Status::Fail]
    );
    let blank = status(none, &[("D/t4/review.total", BLANK)], "R-P9");
    assert_eq!(blank, [Status::PassIfBlankZero]);
}

#[test]
fn claims_in_words_do_not_contradict_the_form() {
    let all_closed = "收到的申请已全部办结。";
    let out = |n| [(CARRIED_OUT, n)];
    assert_eq!(status(all_closed, &out(0), "R-P10"), [Status::Pass]);
    assert_eq!(status(all_closed, &out(3), "R-P10"), [Status::Fail]);
    assert!(status(all_closed, &out(BLANK), "R-P10").is_empty());
    let carried = "申请除3件结转下年外，已全部办结。";
    assert!(status(carried, &out(3), "R-P10").is_empty());
    let upheld = "被申请行政复议的案件均获维持。";
    let cells = |corrected, pending| {
        [
            ("D/t4/review.corrected", corrected),
            ("D/t4/review.pending", pending),
        ]
    };
    assert_eq!(status(upheld, &cells(0, 0), "R-P10"), [Status::Pass]);
    assert_eq!(status(upheld, &cells(1, 0), "R-P10"), [Status::Fail]);
    assert_eq!(status(upheld, &cells(0, 2), "R-P10"), [Status::Warn]);
    let none_in = "本年度无上年结转的申请。";
    assert_eq!(status(none_in, &[(CARRIED_IN, 4)], "R-P10"), [Status::Fail]);
}

#[test]
fn approximate_figures_fit_the_exact_ones() {
    let near = "全年共收到政府信息公开申请近50件。";
    let cells = |new| [(NEW, new), (CARRIED_IN, 0)];
    assert_eq!(status(near, &cells(48), "R-P11"), [Status::Pass]);
    assert_eq!(status(near, &cells(52), "R-P11"), [Status::Warn]);
    assert!(status(near, &cells(BLANK), "R-P11").is_empty());
}

#[test]
fn a_total_given_twice_is_the_same_twice() {
    let same = "全年共发布主动公开政府信息120条。\n至年底，本年度共主动公开政府信息120条。";
    let differ = "全年共主动公开政府信息120条。\n一年来，全年共主动公开政府信息210条。";
    assert!(!status(same, &[], "R-X1").contains(&Status::Warn));
    assert_eq!(status(differ, &[], "R-X1"), [Status::Fail]);
    // So far apart, or under two names, it may be our reading.
    let far = "全年共主动公开政府信息120条。\n一年来，全年共主动公开政府信息2100条。";
    assert_eq!(status(far, &[], "R-X1"), [Status::Warn]);
    let names = "全年共主动公开政府信息120条。\n全年共公开各类政府信息210条。";
    assert!(!status(names, &[], "R-X1").contains(&Status::Fail));
}

#[test]
fn the_period_is_that_of_the_report() {
    let right = "本报告数据统计期限为2022年1月1日至2022年12月31日。";
    assert_eq!(status(right, &[], "R-Y3"), [Status::Pass]);
    let stale = "本报告数据统计期限为2021年1月1日至2021年12月31日。";
    assert_eq!(status(stale, &[], "R-Y3"), [Status::Fail]);
    let copied = "2021年，我局扎实推进政府信息公开。";
    assert_eq!(status(copied, &[], "R-Y3"), [Status::Warn]);
    let compared = "2021年，我局共公开100条，2022年比上年增加。";
    assert!(status(compared, &[], "R-Y3").is_empty());
}

#[test]
fn shares_of_a_complete_list_make_a_hundred() {
    let list = |last: &str| {
        format!(
            "全年主动公开政府信息100条，分为：机构职能类20条，占20%；政策法规类30条，占30%；其他50条，占{last}%。"
        )
    };
    assert_eq!(status(&list("50"), &[], "R-P7"), [Status::Pass]);
    assert_eq!(status(&list("40"), &[], "R-P7"), [Status::Warn]);
}
