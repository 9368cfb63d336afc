use super::*;
use crate::source::{Format, plain};

fn outline(text: &str) -> Vec<String> {
    let blocks = plain::blocks(text, Format::Txt);
    read(text, &blocks, &[])
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
    let sections = read(text, &blocks, &[]);
    assert_eq!(sections[0].part, Some(Part::Requests));
    assert_eq!(sections[1].part, Some(Part::Requests));
    assert_eq!(sections[3].part, Some(Part::Disputes));
    assert_eq!(&text[sections[0].own.clone()], "一、依申请公开情况\n");
    assert!(text[sections[0].range.clone()].ends_with("(二)其他\n"));
}
