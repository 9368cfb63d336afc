//! Parts, order and dates of a report.

use gongkai::audit::Status;
use gongkai::source::Format;

use crate::common::read;

fn status(text: &str, rule: &str) -> Vec<Status> {
    let reading = read(text, Format::Txt);
    let of = reading.findings.iter().filter(|f| f.rule == rule);
    of.map(|f| f.status).collect()
}

/// A report since 2021 with these chapters.
fn report(chapters: &[&str]) -> String {
    let mut text = String::from("某县人民政府2022年政府信息公开工作年度报告\n");
    for (number, chapter) in chapters.iter().enumerate() {
        let number = ["一", "二", "三", "四", "五", "六", "七"][number];
        let (title, body) = chapter.split_once('|').unwrap_or((chapter, "情况如下。"));
        text += &format!("{number}、{title}\n{body}\n");
    }
    text
}

const CHAPTERS: [&str; 6] = [
    "总体情况|全年工作平稳有序，各项任务按时完成。",
    "主动公开政府信息情况|规章\n本年制发件数\n本年废止件数\n现行有效件数",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况|一些单位发布不够及时，下一步将加强督促检查和培训指导。",
    "其他需要报告的事项|全年未收取信息处理费。",
];

#[test]
fn six_parts_in_order_are_as_they_should_be() {
    let text = report(&CHAPTERS);
    for rule in ["R-S1", "R-S2", "R-S3", "R-L2"] {
        assert_eq!(status(&text, rule), [Status::Pass], "{rule}");
    }
}

#[test]
fn a_part_out_of_its_place_or_out_of_count_is_told() {
    let mut swapped = CHAPTERS;
    swapped.swap(4, 5);
    assert_eq!(status(&report(&swapped), "R-S1"), [Status::Warn]);
    let gap = report(&CHAPTERS)
        .replace("四、", "五、")
        .replace("五、存", "六、存");
    assert_eq!(status(&gap, "R-S1"), [Status::Warn]);
}

#[test]
fn a_missing_part_is_told_with_its_law() {
    let text = report(&CHAPTERS[..5]);
    let reading = read(&text, Format::Txt);
    let found = reading.findings.iter().find(|f| f.rule == "R-L2");
    let found = found.expect("checked");
    assert_eq!(found.status, Status::Warn);
    assert!(found.message.zh.contains("其他需要报告的事项"));
    assert!(found.message.zh.contains("国办公开办函〔2021〕30号"));
}

#[test]
fn a_part_that_says_nothing_is_told() {
    let mut empty = CHAPTERS;
    empty[4] = "存在的主要问题及改进情况|无。";
    assert_eq!(status(&report(&empty), "R-S2"), [Status::Warn]);
    let mut silent = CHAPTERS;
    silent[5] = "其他需要报告的事项|无其他事项。";
    assert_eq!(status(&report(&silent), "R-S3"), [Status::Warn]);
}

#[test]
fn a_report_is_late_after_its_day() {
    let dated = |head: &str, day: &str| {
        format!("发布日期：{day}\n{head}政府信息公开工作年度报告\n一、概述\n内容。\n")
    };
    let cases = [
        ("广东省德庆县2010年", "2011-03-31", Status::Pass),
        ("广东省德庆县2010年", "2011-04-01", Status::Warn),
        ("广东省德庆县教育局2021年", "2022-01-31", Status::Pass),
        ("广东省德庆县教育局2021年", "2022-02-01", Status::Warn),
        ("广东省德庆县人民政府2021年", "2022-02-01", Status::Pass),
        ("广东省德庆县2010年", "2019-06-01", Status::NotAssessable),
    ];
    for (head, day, expected) in cases {
        assert_eq!(
            status(&dated(head, day), "R-L1"),
            [expected],
            "{head} {day}"
        );
    }
    // No law had named a day yet; and since 2019 it names none for townships.
    for (head, day) in [
        ("广东省德庆县2006年", "2007-06-01"),
        ("广东省德庆县官圩镇人民政府2021年", "2022-06-01"),
    ] {
        assert!(status(&dated(head, day), "R-L1").is_empty(), "{head}");
    }
    let before = dated("广东省德庆县官圩镇人民政府2015年", "2016-06-01");
    assert_eq!(status(&before, "R-L1"), [Status::Warn]);
}
