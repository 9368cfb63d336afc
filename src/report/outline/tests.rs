use super::*;
use crate::source::{Format, plain};

fn outline(text: &str) -> Vec<String> {
    let blocks = plain::blocks(text, Format::Txt);
    read(text, &blocks, &[], false)
        .iter()
        .filter(|s| s.id != "0")
        .map(|s| format!("{} {}{}", s.id, s.marker, s.title))
        .collect()
}

#[test]
fn lists_nest_by_their_numbers() {
    let text = "前言。\n一、概述\n(一)加强领导,健全机制。全市成立了小组。\n1.培训。正文。\n2.检查。正文。\n(二)制度\n二、主动公开情况\n";
    assert_eq!(
        outline(text),
        [
            "1 一、概述",
            "1.1 (一)加强领导,健全机制",
            "1.1.1 1.培训",
            "1.1.2 2.检查",
            "1.2 (二)制度",
            "2 二、主动公开情况",
        ]
    );
}

#[test]
fn a_number_printed_twice_begins_no_list() {
    assert_eq!(
        outline(
            "一、概述\n总的情况。\n二、主动公开情况\n二、依申请公开情况\n四、收费情况\n三、附件\n"
        ),
        [
            "1 一、概述",
            "2 二、主动公开情况",
            "3 二、依申请公开情况",
            "4 四、收费情况",
            "5 三、附件",
        ]
    );
}

#[test]
fn titles_right_above_the_official_tables_are_headings() {
    let text = "某县2020年政府信息公开工作年度报告\n一、总体情况\n全年平稳。\n\
        二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n\
        规章\t0\t0\t0\n规范性文件\t14\t14\t86\n第二十条第（五）项\n信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n\
        行政许可\t312\t+9\t61284\n其他对外管理服务事项\t587\t-21\t104562\n\
        三、收到和处理政府信息公开申请情况\n没有收到。\n";
    let source = crate::source::read(text.as_bytes(), Format::Txt).expect("a text");
    let report = crate::report::read(source);
    let titles: Vec<&str> = report.sections.iter().map(|s| &*s.title).collect();
    assert_eq!(
        titles[titles.len() - 3..],
        [
            "总体情况",
            "主动公开政府信息情况",
            "收到和处理政府信息公开申请情况"
        ]
    );
}

#[test]
fn numbers_that_start_again_inside_a_section_are_below_it() {
    let text = "一、概述\n总的情况。\n一、抓规范\n1、机构。有。\n二、抓公开\n三、抓权力\n二、主动公开政府信息情况\n三、依申请公开情况\n";
    assert_eq!(
        outline(text),
        [
            "1 一、概述",
            "1.1 一、抓规范",
            "1.1.1 1、机构",
            "1.2 二、抓公开",
            "1.3 三、抓权力",
            "2 二、主动公开政府信息情况",
            "3 三、依申请公开情况",
        ]
    );
}

#[test]
fn headings_without_numbers_are_seen_where_the_introduction_announces_them() {
    let text = "全文包括概述,主动公开情况,申请情况,主要问题和改进措施等。\n一、概述\n二、主动公开情况\n三、申请情况\n主要问题和改进措施\n存在的主要问题:\n1、慢。\n2、少。\n下一步改进措施:\n1、快。\n";
    assert_eq!(
        outline(text)[3..],
        [
            "4 主要问题和改进措施",
            "4.1 存在的主要问题",
            "4.1.1 1、慢",
            "4.1.2 2、少",
            "4.2 下一步改进措施",
            "4.2.1 1、快",
        ]
    );
}

#[test]
fn a_numbered_paragraph_has_no_title() {
    let text = "一、主动公开情况\n(一)截至2012年12月31日,全市各级行政机关通过门户网站和各种便于公众知晓的方式主动公开各类信息的数量比上一年又有了新的增加,质量也有提高。\n";
    assert_eq!(outline(text), ["1 一、主动公开情况", "1.1 (一)"]);
}

#[test]
fn sections_know_their_part_and_their_own_text() {
    let text = "一、依申请公开情况\n(一)申请情况。收到3件。\n(二)其他\n二、复议、诉讼情况\n";
    let blocks = plain::blocks(text, Format::Txt);
    let sections = read(text, &blocks, &[], false);
    assert_eq!(sections[0].part, Some(Part::Requests));
    assert_eq!(sections[1].part, Some(Part::Requests));
    assert_eq!(sections[3].part, Some(Part::Disputes));
    assert_eq!(&text[sections[0].own.clone()], "一、依申请公开情况\n");
    assert!(text[sections[0].range.clone()].ends_with("(二)其他\n"));
}

#[test]
fn a_report_in_one_line_has_its_chapters() {
    let filler = "各项工作按照要求有序进行并取得了一定的成绩".repeat(4);
    let text = format!(
        "根据条例编制本报告。一、总体情况 2022年,{filler}。(一)主动公开。{filler}。(二)依申请公开情况。{filler}。二、主动公开政府信息情况2022年发布3条。三、收到和处理政府信息公开申请情况 无。"
    );
    assert_eq!(
        outline(&text),
        [
            "1 一、总体情况",
            "1.1 (一)主动公开",
            "1.2 (二)依申请公开情况",
            "2 二、主动公开政府信息情况",
            "3 三、收到和处理政府信息公开申请情况无",
        ]
    );
}

#[test]
fn numbers_may_be_followed_by_a_space_only() {
    let text = "一 概 述\n我镇工作。\n二 主动公开情况\n公开3条。\n三 依申请公开情况\n无。\n";
    assert_eq!(
        outline(text),
        ["1 一概述", "2 二主动公开情况", "3 三依申请公开情况"]
    );
}

#[test]
fn a_list_of_chapters_is_none() {
    let text = "一、概述,(一)部署,二、主动公开情况,三、申请情况,\n一、概述\n二、主动公开情况\n三、申请情况\n";
    assert_eq!(outline(text).len(), 3);
}

#[test]
fn a_report_may_begin_in_the_middle() {
    let text =
        "(二)依申请公开。收到3件。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n";
    assert_eq!(
        outline(text),
        [
            "1 (二)依申请公开",
            "2 二、主动公开政府信息情况",
            "3 三、收到和处理政府信息公开申请情况",
        ]
    );
}

#[test]
fn rows_and_captions_of_the_national_grids_are_no_sections() {
    let text = "## 二、主动公开政府信息情况\n### 第二十条第(一)项\n| 规章 | 0 |\n|---|---|\n| 行政规范性文件 | 1 |\n## 三、收到和处理政府信息公开申请情况\n## 表三\n| 一、本年新收政府信息公开申请数量 | 3 |\n|---|---|\n三、本年度办理\n(四)无法\n| 3 | 0 |\n|---|---|\n## 四、政府信息公开行政复议、行政诉讼情况\n无。\n";
    let blocks = plain::blocks(text, Format::Md);
    let titles: Vec<String> = read(text, &blocks, &[], true)
        .into_iter()
        .map(|s| s.marker)
        .collect();
    assert_eq!(titles, ["二、", "三、", "四、"]);
}

#[test]
fn every_years_words_for_a_part_lead_to_it() {
    for (title, want) in [
        ("收到和处理政府信息公开申请情况", Part::Requests),
        ("依申请公开政府信息和不予公开政府信息的情况", Part::Requests),
        ("政府信息依申请公开办理情况", Part::Requests),
        ("依申请信息公开收费情况", Part::Fees),
        ("依申请公开信息收取费用或减免费用情况", Part::Fees),
        ("政府信息公开的收费及减免情况", Part::Fees),
        ("依申请公开办理和收费情况", Part::Requests),
        (
            "因政府信息公开申请行政复议、提起行政诉讼的情况",
            Part::Disputes,
        ),
        ("咨询处理情况", Part::Consult),
        ("主动公开政府信息的情况", Part::Disclosure),
        ("存在的主要问题及改进情况", Part::Problems),
        ("其他需要报告的事项", Part::Other),
        ("政府信息公开工作的基本概况", Part::Overview),
    ] {
        assert_eq!(part(title), Some(want), "{title}");
    }
}

#[test]
fn a_portals_table_before_the_text_hides_no_chapter() {
    let text = "| 索引号 | A1 |\n|---|---|\n一、总体情况\n(一)主动公开。有。\n二、主动公开政府信息情况\n| 规章 | 0 |\n|---|---|\n三、收到和处理政府信息公开申请情况\n";
    let blocks = plain::blocks(text, Format::Md);
    let markers: Vec<String> = read(text, &blocks, &[], true)
        .into_iter()
        .map(|s| s.marker)
        .collect();
    assert_eq!(markers[1..], ["一、", "(一)", "二、", "三、"]);
}

#[test]
fn plain_words_of_a_heading_name_its_part() {
    for (heading, want) in [
        ("哪里还不够", Part::Problems),
        ("公开工作的短板", Part::Problems),
        ("人手和经费", Part::Staff),
        ("申请办了几件", Part::Requests),
        ("政府信息公开经费", Part::Fees),
    ] {
        assert_eq!(part(heading), Some(want), "{heading}");
    }
    assert_ne!(part("专项资金申请"), Some(Part::Requests));
}

#[test]
fn chapters_around_the_tables_may_be_called_otherwise() {
    let rows = "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|\n| 规章 | 0 | 0 | 0 |\n| 行政规范性文件 | 1 | 0 | 9 |\n";
    let results = "| 一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |\n|---|---|---|---|---|---|---|---|\n| 二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n";
    for number in [["一、", "二、", "三、", "四、"], ["1.", "2.", "3.", "4."]] {
        let [first, second, third, fourth] = number;
        let text = format!(
            "某县2022年政府信息公开工作年度报告\n{first}总体情况\n全年平稳。\n{second}主动公开情况\n{rows}\n{third}依申请公开情况\n{results}\n{fourth}问题和改进\n（一）问题。不多。\n（二）改进。已做。\n"
        );
        let source = crate::source::read(text.as_bytes(), Format::Md).expect("a text");
        let report = crate::report::read(source);
        let ids: Vec<String> = report
            .sections
            .iter()
            .filter(|s| s.id != "0")
            .map(|s| format!("{} {}", s.id, s.title))
            .collect();
        assert_eq!(
            ids,
            [
                "1 总体情况",
                "2 主动公开情况",
                "3 依申请公开情况",
                "4 问题和改进",
                "4.1 问题",
                "4.2 改进",
            ]
        );
    }
}
