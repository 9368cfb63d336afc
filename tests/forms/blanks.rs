//! Cells that nobody filled in, numbers that a page break or a line break got into, columns
//! that the form does not have: what is not there is not made up, and what is there is read.

use gongkai::reading::Reading;
use gongkai::source::Format;

use crate::common::read;
use crate::said::{HEADS, cells, form_d, row};

const DISPUTES: &str = "四、政府信息公开行政复议、行政诉讼情况";
const RESULTS: [&str; 5] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];

/// The fifteen cells of table 4.
fn disputes(reading: &Reading) -> Vec<String> {
    let cells = cells(reading);
    let t4 = cells.iter().filter(|(cell, _)| cell.starts_with("D/t4/"));
    t4.map(|(_, said)| said.clone()).collect()
}

#[test]
fn a_blank_row_of_table_four_is_fifteen_blanks_in_every_grid() {
    let heads: Vec<&str> = RESULTS.repeat(3);
    let groups = ["行政复议", "", "", "", "", "行政诉讼"];
    let groups: Vec<&str> = groups.into_iter().chain([""; 9]).collect();
    let tabs = format!(
        "{DISPUTES}\n{}\n{}\n{}\n五、存在的主要问题及改进情况\n没有。\n",
        groups.join("\t"),
        heads.join("\t"),
        "\t".repeat(14)
    );
    let bars = |cells: &[&str]| format!("| {} |\n", cells.join(" | "));
    let rows = [&groups[..], &["---"; 15], &heads, &[""; 15]];
    let rows: String = rows.into_iter().map(bars).collect();
    let compact = rows.replace(' ', "");
    let cell = |c: &&str| format!("<td>{c}</td>");
    let line = |cells: &[&str]| format!("<tr>{}</tr>", cells.iter().map(cell).collect::<String>());
    let page = format!(
        "<h1>浙江省德清县人民政府2022年政府信息公开工作年度报告</h1><p>本年制发件数、本年废止件数、现行有效件数均已核对。</p><p>{DISPUTES}</p><table>{}{}{}</table>",
        line(&groups),
        line(&heads),
        line(&["&nbsp;"; 15])
    );
    for (text, format) in [
        (form_d(&tabs), Format::Txt),
        (form_d(&format!("{DISPUTES}\n\n{rows}")), Format::Md),
        (form_d(&format!("{DISPUTES}\n\n{compact}")), Format::Md),
        (page, Format::Html),
    ] {
        assert_eq!(disputes(&read(&text, format)), ["_"; 15], "{text}");
    }
}

#[test]
fn lines_of_nothing_but_bars_or_tabs_elsewhere_are_no_rows() {
    let text = form_d(&format!(
        "{HEADS}\t\t\n|||\n一、本年新收政府信息公开申请数量 | 6 | 2 | 0 | 0 | 0 | 0 | 8 | ||\n"
    ));
    let reading = read(&text, Format::Txt);
    assert_eq!(row(&reading, "received.new"), "6 2 0 0 0 0 8");
    assert!(reading.report.warnings.is_empty());
}

/// Table 2 of form D, a cell a line.
fn lines_of_table_two(behind_fee: &str) -> String {
    format!(
        "信息内容\n本年处理决定数量\n行政许可\n1200\n信息内容\n本年处理决定数量\n行政处罚\n300\n行政强制\n0\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n12.5\n{behind_fee}"
    )
}

#[test]
fn the_number_of_a_page_behind_one_value_is_none() {
    let paged = |number: &str| {
        let text = format!(
            "1\n\n本机关的工作平稳有序。\n2\n\n{}",
            lines_of_table_two(number)
        );
        read(&form_d(&text), Format::Txt)
    };
    let fee = |reading: &Reading| cells(reading).get("D/t2/fee.amount").cloned();
    let reading = paged("3\n三、收到和处理政府信息公开申请情况\n没有。\n");
    assert_eq!(fee(&reading).as_deref(), Some("125000"));
    assert!(reading.report.warnings.is_empty());
    // No other page says that 7 would be the number of this one.
    let reading = paged("7\n三、收到和处理政府信息公开申请情况\n没有。\n");
    assert_eq!(fee(&reading), None);
    assert_eq!(reading.report.warnings.len(), 1);
}

#[test]
fn digits_apart_in_a_cell_are_one_number_where_the_row_adds_up() {
    let page = |cells: [&str; 7]| {
        let cells: String = cells.iter().map(|c| format!("<td>{c}</td>")).collect();
        let text = format!(
            "<h1>浙江省德清县人民政府2022年政府信息公开工作年度报告</h1><table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr><tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr></table><p>{HEADS}</p>\
            <table><tr><td>一、本年新收政府信息公开申请数量</td>{cells}</tr>\
            <tr><td>（一）予以公开</td><td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td></tr>\
            <tr><td>（七）总计</td><td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td></tr></table>"
        );
        read(&text, Format::Html)
    };
    let whole = page(["5<br/>0", "2", "0", "0", "0", "0", "<p>5</p><p>2</p>"]);
    assert_eq!(row(&whole, "received.new"), "50 2 0 0 0 0 52");
    // Two numbers in one cell are not one.
    let two = page(["5<br/>0", "2", "0", "0", "0", "0", "7"]);
    assert_eq!(row(&two, "received.new"), "T 2 0 0 0 0 7");
}

#[test]
fn lines_of_a_hard_blank_are_blank_cells() {
    let line = |label: &str, cells: [&str; 7]| {
        let cell = |c: &&str| {
            if c.is_empty() {
                "\u{a0}\n".to_owned()
            } else {
                format!("{c}\n")
            }
        };
        format!("{label}\n{}", cells.iter().map(cell).collect::<String>())
    };
    let text = form_d(
        &[
            HEADS.to_owned(),
            line(
                "一、本年新收政府信息公开申请数量",
                ["6", "2", "", "", "", "", "8"],
            ),
            line("二、上年结转政府信息公开申请数量", [""; 7]),
            line("（一）予以公开", ["", "2", "", "1", "", "", "3"]),
            line("（七）总计", ["5", "2", "0", "0", "0", "0", "7"]),
        ]
        .concat(),
    );
    let reading = read(&text, Format::Txt);
    assert_eq!(row(&reading, "received.new"), "6 2 _ _ _ _ 8");
    assert_eq!(row(&reading, "received.carried_in"), "_ _ _ _ _ _ _");
    assert_eq!(row(&reading, "granted"), "_ 2 _ 1 _ _ 3");
    // One between every two cells only sets them apart.
    let spaced = "一、本年新收政府信息公开申请数量\n6\n2\n0\n0\n0\n0\n8\n（一）予以公开\n0\n2\n0\n1\n0\n0\n3\n（七）总计\n5\n2\n0\n0\n0\n0\n7\n".replace('\n', "\n\u{a0}\n");
    let reading = read(&form_d(&format!("{HEADS}{spaced}")), Format::Txt);
    assert_eq!(row(&reading, "received.new"), "6 2 0 0 0 0 8");
    assert_eq!(row(&reading, "granted"), "0 2 0 1 0 0 3");
}

#[test]
fn rows_between_commas_or_semicolons_are_rows() {
    let text = "浙江省德清县人民政府2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n信息内容,本年制发件数,本年废止件数,现行有效件数\n规章,0,0,0\n行政规范性文件,5,1,\"1,012\"\n三、收到和处理政府信息公开申请情况\n,,,自然人,商业企业,科研机构,社会公益组织,法律服务机构,其他,总计\n一、本年新收政府信息公开申请数量,,,6,2,,,,,8\n三、本年度办理结果,（一）予以公开,,5,2,0,0,0,0,7\n,（三）不予公开,1.属于国家秘密,0,0,0,0,0,0,0\n";
    // As saved where a comma is in numbers.
    let semicolons = text.replace("\"1,012\"", "1#012").replace(',', ";");
    let semicolons = semicolons.replace('#', ",");
    for text in [text, &semicolons] {
        let reading = read(text, Format::Txt);
        assert_eq!(row(&reading, "received.new"), "6 2 _ _ _ _ 8");
        assert_eq!(row(&reading, "granted"), "5 2 0 0 0 0 7");
        assert_eq!(row(&reading, "denied.state_secret"), "0 0 0 0 0 0 0");
        let cells = cells(&reading);
        let in_force = cells.get("D/t2/normative.in_force");
        assert_eq!(in_force.map(String::as_str), Some("1012"));
    }
    // Sentences with commas are none.
    let prose = "德清县2022年政府信息公开工作年度报告\n一、总体情况\n全年公开信息5条,收到申请3件,办结2件.\n培训4次,开会1次,解读6篇.\n复议2件,诉讼1件,投诉7件.\n";
    assert!(read(prose, Format::Txt).report.tables.is_empty());
}

#[test]
fn columns_of_sub_units_count_for_them() {
    let head = "德清县2016年政府信息公开工作年度报告\n一、概述\n工作正常。\n附表\n";
    let line = |at: usize, label: &str, cells: &str| format!("| {at} | {label} | {cells} |\n");
    let text = [
        format!("{head}| 序号 | 统计指标 | 单位 | 合计 | 区直单位统计数 | 乡镇街道统计数 |\n"),
        line(1, "一、主动公开情况", " |  |  | "),
        line(
            2,
            "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
            "条 | 120 | 80 | 40",
        ),
        line(3, "1.按时办结数", "件 | 7 | 5 | 2"),
        line(4, "2.延期办结数", "件 | 1 | 1 | 0"),
        line(5, "（一）政府信息公开工作专门机构数", "个 | 3 | 1 | 2"),
    ]
    .concat();
    let reading = read(&text, Format::Txt);
    assert_eq!(
        cells(&reading).get("B/1.1").map(String::as_str),
        Some("120")
    );
    assert!(
        reading.report.warnings.is_empty(),
        "{:?}",
        reading.report.warnings
    );
    let of = |scope: &str| -> Vec<String> {
        let figures = reading
            .figures
            .iter()
            .filter(|f| f.scope.as_deref() == Some(scope));
        figures
            .map(|f| {
                format!(
                    "{}={}",
                    f.indicator.as_deref().unwrap_or("?"),
                    f.value.unwrap_or_default()
                )
            })
            .collect()
    };
    assert_eq!(
        of("区直单位"),
        [
            "disclosure.total=80",
            "requests.closed.on_time=5",
            "requests.closed.extended=1",
            "org.special_bodies=1"
        ]
    );
    assert_eq!(of("乡镇街道").len(), 4);
}

#[test]
fn columns_stand_where_their_headers_say() {
    let page = |heads: &[&str], rows: [&[&str]; 3]| {
        let line = |cells: &[&str]| -> String {
            let cells: String = cells.iter().map(|c| format!("<td>{c}</td>")).collect();
            format!("<tr>{cells}</tr>")
        };
        let labels = [
            "一、本年新收政府信息公开申请数量",
            "（一）予以公开",
            "（七）总计",
        ];
        let rows: String = labels
            .iter()
            .zip(rows)
            .map(|(label, cells)| line(&[&[*label], cells].concat()))
            .collect();
        let heads = line(&[&["申请人情况"], heads].concat());
        let text = format!(
            "<h1>浙江省德清县人民政府2022年政府信息公开工作年度报告</h1><p>本年制发件数</p><p>{HEADS}</p><table>{heads}{rows}</table>"
        );
        read(&text, Format::Html)
    };
    let total_first = [
        "总计",
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ];
    let cells: &[&str] = &["9", "6", "2", "0", "0", "1", "0"];
    let reading = page(&total_first, [cells; 3]);
    assert_eq!(row(&reading, "received.new"), "6 2 0 0 1 0 9");
    let with_sum = [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "小计",
        "总计",
    ];
    let cells: &[&str] = &["6", "2", "", "", "1", "", "3", "9"];
    let reading = page(&with_sum, [cells; 3]);
    assert_eq!(row(&reading, "received.new"), "6 2 _ _ 1 _ 9");
}

#[test]
fn numbers_above_their_labels_are_not_those_of_the_row_before() {
    let rows = [
        ("一、本年新收政府信息公开申请数量", "6 2 0 0 0 0 8"),
        ("二、上年结转政府信息公开申请数量", "1 0 0 0 0 0 1"),
        ("（一）予以公开", "5 2 0 0 0 0 7"),
        ("1.属于国家秘密", "0 0 0 0 0 0 0"),
        ("（七）总计", "5 2 0 0 0 0 7"),
        ("四、结转下年度继续办理", "2 0 0 0 0 0 2"),
    ];
    let set = |above: bool| {
        let line = |(label, cells): &(&str, &str)| match above {
            true => format!("{cells}\n{label}\n"),
            false => format!("{label}\n{cells}\n"),
        };
        let rows: String = rows.iter().map(line).collect();
        let heads =
            "自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n";
        read(
            &form_d(&format!("{HEADS}{heads}{rows}{DISPUTES}\n没有。\n")),
            Format::Txt,
        )
    };
    for reading in [set(true), set(false)] {
        for ((_, cells), key) in rows.iter().zip([
            "received.new",
            "received.carried_in",
            "granted",
            "denied.state_secret",
            "closed.total",
            "carried_out",
        ]) {
            assert_eq!(row(&reading, key), *cells, "{key}");
        }
    }
}

#[test]
fn tables_in_html_within_a_text_are_tables() {
    let text = format!(
        "# 浙江省德清县人民政府2022年政府信息公开工作年度报告\n\n{HEADS}\n<table><tr><td colspan=\"2\">第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年<br>制发件数</td></tr></table>\n\n<table>\n<tr><td rowspan=\"2\" colspan=\"3\"></td><td>自然人</td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td><td>总计</td></tr>\n<tr></tr>\n<tr><td colspan=3>一、本年新收<br/>政府信息公开申请数量</td><td>6</td><td>2</td><td></td><td>&nbsp;</td><td>0</td><td>0</td><td><b>8</b></td></tr>\n<tr><td rowspan=2>三、本年度办理结果</td><td colspan=2>（一）予以公开</td><td>6</td><td>2</td><td>0</td><td>0</td><td>0</td><td>0</td><td>8</td></tr>\n<tr><td colspan=2>（七）总计</td><td>6</td><td>2</td><td>0</td><td>0</td><td>0</td><td>0</td><td>8</td></tr>\n</table>\n\n没有别的。\n"
    );
    let reading = read(&text, Format::Md);
    assert_eq!(row(&reading, "received.new"), "6 2 _ _ 0 0 8");
    assert_eq!(row(&reading, "closed.total"), "6 2 0 0 0 0 8");
    let quotes = reading.figures.iter().map(|f| &text[f.range.clone()]);
    assert!(
        quotes.clone().all(|q| !q.contains("<td")),
        "{:?}",
        quotes.collect::<Vec<_>>()
    );
}

#[test]
fn a_table_that_lacks_a_column_is_said_to_be_unread() {
    let line = |cells: &[&str]| format!("| {} |\n", cells.join(" | "));
    let rows = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（七）总计",
    ];
    let rows: String = rows
        .iter()
        .map(|label| line(&[label, "6", "2", "0", "0", "0", "8"]))
        .collect();
    let head = line(&[
        "申请人情况",
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "其他",
        "总计",
    ]);
    let rule = line(&["---"; 7]);
    let reading = read(&form_d(&format!("{HEADS}\n{head}{rule}{rows}")), Format::Md);
    assert_eq!(row(&reading, "received.new"), "");
    assert_eq!(
        reading.report.warnings.len(),
        4,
        "{:?}",
        reading.report.warnings
    );
}
