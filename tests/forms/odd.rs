//! Tables as they really come: cells left blank below merged ones, fillers of merged cells,
//! headers that look like rows, units of other lines. Each is read right, or its row is
//! named as damaged; none is misread.

use gongkai::report::Form;
use gongkai::source::Format;

use crate::common::read;
use crate::said::{HEADS, cells, form_d, row};

#[test]
fn the_unit_of_a_blank_line_is_not_that_of_the_next() {
    let text = "德清县2016年政府信息公开工作年度报告\n附表：政府信息公开情况统计表\n统计指标\n单位\n统计数\n一、主动公开情况\n（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）\n条\n120\n（一）回应公众关注热点或重大舆情数\n次\n2\n七、依申请公开信息收取的费用\n万元\n八、机构建设和保障经费情况\n（一）政府信息公开工作专门机构数\n个\n3\n";
    let reading = read(text, Format::Txt);
    assert_eq!(reading.report.form, Form::B);
    assert_eq!(cells(&reading).get("B/8.1").map(String::as_str), Some("3"));
    let printed = text.replace(
        "七、依申请公开信息收取的费用\n万元\n",
        "七、依申请公开信息收取的费用\n万元\n0.5\n",
    );
    let reading = read(&printed, Format::Txt);
    let cells = cells(&reading);
    assert_eq!(cells.get("B/7").map(String::as_str), Some("5000"));
    assert_eq!(cells.get("B/8.1").map(String::as_str), Some("3"));
}

#[test]
fn headers_with_fillers_are_no_rows() {
    let text = form_d(&format!(
        "{HEADS}（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 | ||||||||\n| 法人或其他组织 | 总计 | |||||||\n商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||\n一、本年新收政府信息公开申请数量 | 6 | 2 | 0 | 0 | 0 | 0 | 8 | ||\n（七）总计 | 5 | 2 | 0 | 0 | 0 | 0 | 7 | ||\n"
    ));
    let reading = read(&text, Format::Txt);
    assert_eq!(row(&reading, "received.new"), "6 2 0 0 0 0 8");
    assert_eq!(row(&reading, "closed.total"), "5 2 0 0 0 0 7");
    assert_eq!(row(&reading, "other.other"), "");
}

#[test]
fn a_bar_before_each_row_is_no_blank() {
    let lines = |cells: &[&str]| -> String {
        let (last, first) = cells.split_last().expect("cells");
        let first: String = first.iter().map(|c| format!("{c} |\n")).collect();
        format!("|\n{first}{last} | ||\n")
    };
    let heads = lines(&[
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]);
    let new = lines(&[
        "一、本年新收政府信息公开申请数量",
        "8",
        "0",
        "0",
        "0",
        "0",
        "0",
        "8",
    ]);
    let carried = lines(&[
        "二、上年结转政府信息公开申请数量",
        "1",
        "2",
        "0",
        "0",
        "0",
        "0",
        "3",
    ]);
    let out = lines(&["四、结转下年度继续办理", "0", "1", "0", "0", "0", "0", "1"]);
    let reading = read(
        &form_d(&format!("{HEADS}{heads}{new}{carried}{out}")),
        Format::Txt,
    );
    assert_eq!(row(&reading, "received.new"), "8 0 0 0 0 0 8");
    assert_eq!(row(&reading, "received.carried_in"), "1 2 0 0 0 0 3");
    assert_eq!(row(&reading, "carried_out"), "0 1 0 0 0 0 1");
}

#[test]
fn blanks_between_bars_of_their_own_stay_where_they_are() {
    let lines = |label: &str, cells: [&str; 7]| -> String {
        let cell = |c: &&str| {
            if c.is_empty() {
                "|\n".to_owned()
            } else {
                format!("{c} |\n")
            }
        };
        let cells: String = cells.iter().map(cell).collect();
        format!("{label} |\n{cells}||\n")
    };
    let new = lines(
        "一、本年新收政府信息公开申请数量",
        ["", "", "", "", "", "", "0"],
    );
    let carried = lines(
        "二、上年结转政府信息公开申请数量",
        ["1", "", "2", "", "", "", "3"],
    );
    let out = lines("四、结转下年度继续办理", ["", "4", "", "", "", "", "4"]);
    let reading = read(&form_d(&format!("{HEADS}{new}{carried}{out}")), Format::Txt);
    assert_eq!(row(&reading, "received.new"), "_ _ _ _ _ _ 0");
    assert_eq!(row(&reading, "received.carried_in"), "1 _ 2 _ _ _ 3");
    assert_eq!(row(&reading, "carried_out"), "_ 4 _ _ _ _ 4");
}

/// Table 3 as pages have it, with spans; `rows` are those of 不予公开 below the first.
fn spans(rows: &[[&str; 7]]) -> String {
    let labels = ["2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”"];
    let tds =
        |cells: &[&str]| -> String { cells.iter().map(|c| format!("<td>{c}</td>")).collect() };
    let rest: String = labels
        .iter()
        .zip(rows)
        .map(|(l, cells)| format!("<tr><td>{l}</td>{}</tr>", tds(cells)))
        .collect();
    let full = tds(&["1", "0", "0", "0", "0", "0", "1"]);
    format!(
        "<h1>浙江省德清县人民政府2022年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p>\
        <table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>\
        <tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr></table><p>三、收到和处理政府信息公开申请情况</p>\
        <table><tr><td colspan=3 rowspan=3>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan=7>申请人情况</td></tr>\
        <tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>\
        <tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>\
        <tr><td colspan=3>一、本年新收政府信息公开申请数量</td>{full}</tr>\
        <tr><td rowspan=4>三、本年度办理结果</td><td colspan=2>（一）予以公开</td>{full}</tr>\
        <tr><td rowspan=3>（三）不予公开</td><td>1.属于国家秘密</td>{full}</tr>{rest}</table>"
    )
}

#[test]
fn rows_left_blank_below_merged_cells_are_blank_cells() {
    let blank = [""; 7];
    let reading = read(
        &spans(&[blank, ["", "2", "", "", "", "", "2"]]),
        Format::Html,
    );
    assert_eq!(row(&reading, "denied.law_forbidden"), "_ _ _ _ _ _ _");
    assert_eq!(row(&reading, "denied.safety"), "_ 2 _ _ _ _ 2");
    assert_eq!(row(&reading, "denied.state_secret"), "1 0 0 0 0 0 1");
}

#[test]
fn a_grid_without_merged_cells_has_its_columns_from_two_rows_of_heads() {
    let line = |cells: &[&str]| format!("{}\n", cells.join("\t"));
    let text = form_d(
        &[
            HEADS.to_owned(),
            line(&[
                "",
                "",
                "",
                "自然人",
                "法人或其他组织",
                "",
                "",
                "",
                "",
                "总计",
            ]),
            line(&[
                "",
                "",
                "",
                "",
                "商业企业",
                "科研机构",
                "社会公益组织",
                "法律服务机构",
                "其他",
                "",
            ]),
            line(&[
                "一、本年新收政府信息公开申请数量",
                "",
                "",
                "8",
                "2",
                "",
                "",
                "",
                "",
                "10",
            ]),
            line(&[
                "三、本年度办理结果",
                "（一）予以公开",
                "",
                "",
                "2",
                "",
                "",
                "",
                "1",
                "3",
            ]),
            line(&[
                "",
                "（三）不予公开",
                "1.属于国家秘密",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
            ]),
            line(&[
                "",
                "",
                "2.其他法律行政法规禁止公开",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
            ]),
        ]
        .concat(),
    );
    let reading = read(&text, Format::Txt);
    assert_eq!(row(&reading, "received.new"), "8 2 _ _ _ _ 10");
    assert_eq!(row(&reading, "granted"), "_ 2 _ _ _ 1 3");
    assert_eq!(row(&reading, "denied.law_forbidden"), "_ _ _ _ _ _ _");
}

#[test]
fn one_hyphen_a_column_is_a_rule_and_merged_cells_may_be_repeated() {
    let text = "# 浙江省德清县人民政府2022年政府信息公开工作年度报告\n\n二、主动公开政府信息情况\n\n|信息内容|本年制发件数|本年废止件数|现行有效件数|\n|-|-|-|-|\n|规章|-|-|-|\n|行政规范性文件|5|1|12|\n|第二十条第（五）项|第二十条第（五）项|第二十条第（五）项|第二十条第（五）项|\n|信息内容|本年处理决定数量|本年处理决定数量|本年处理决定数量|\n|行政许可|1808|1808|1808|\n\n四、政府信息公开行政复议、行政诉讼情况\n\n|行政复议|行政复议|行政复议|行政复议|行政复议|\n|-|-|-|-|-|\n|结果维持|结果纠正|其他结果|尚未审结|总计|\n|1|0|2|0|3|\n";
    let cells = cells(&read(text, Format::Md));
    let get = |cell: &str| cells.get(cell).map(String::as_str);
    assert_eq!(get("D/t2/licence.decisions"), Some("1808"));
    assert_eq!(get("D/t2/rules.issued"), Some("-"));
    assert_eq!(get("D/t2/normative.in_force"), Some("12"));
    assert_eq!(get("D/t4/review.total"), Some("3"));
}

#[test]
fn results_named_line_by_line_do_not_touch_table_three() {
    let text = form_d(&format!(
        "{HEADS}一、本年新收政府信息公开申请数量 6 2 0 0 0 0 8\n（七）总计 5 2 0 0 0 0 7\n四、结转下年度继续办理 1 0 0 0 0 0 1\n四、政府信息公开行政复议、行政诉讼情况\n总计 5 0 1 1 0 0 7\n"
    ));
    let reading = read(&text, Format::Txt);
    assert_eq!(row(&reading, "closed.total"), "5 2 0 0 0 0 7");
}

#[test]
fn the_number_of_a_line_is_no_amount() {
    let line = |label: &str, code: &str, unit: &str, value: &str| {
        format!("<tr><td>{label}</td><td>{code}</td><td>{unit}</td><td>{value}</td></tr>")
    };
    let rows = [
        line("主动公开信息数", "01", "条", "500"),
        line("全文电子化的主动公开信息数", "02", "条", "480"),
        line("公文类信息数", "03", "条", "60"),
        line("现场接待人数", "07", "人次", "9"),
        line("本地另设的一项经费", "12", "万元", "5"),
        line("同意公开答复数", "20", "条", "7"),
    ]
    .concat();
    let text = format!(
        "<h1>浙江省德清县人民政府2012年政府信息公开工作年度报告</h1><p>附表</p><table><tr><td>指标名称</td><td>代码</td><td>计量单位</td><td>数量</td></tr>{rows}</table>"
    );
    let reading = read(&text, Format::Html);
    assert_eq!(cells(&reading).get("A/01").map(String::as_str), Some("500"));
    let values: Vec<String> = reading
        .figures
        .iter()
        .filter_map(|f| f.value.map(|v| v.normalize().to_string()))
        .collect();
    assert!(values.contains(&"50000".to_owned()), "{values:?}");
    assert!(!values.contains(&"120000".to_owned()), "{values:?}");
}

#[test]
fn torn_lines_of_the_form_of_2021_tell_it_from_that_of_2019() {
    let rows = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "7.属于行政执法案卷",
        "8.属于行政查询事项",
    ];
    let rows: String = rows
        .iter()
        .map(|r| format!("{r} 1 0 0 0 0 0 1\n"))
        .collect();
    let report = |last: &str| {
        format!("浙江省德清县人民政府2022年政府信息公开工作年度报告\n{HEADS}{rows}{last}")
    };
    let torn = "1.申请人无正当理由逾\n期不补正、行政机关不 0 0 0 0 0 0 0\n再处理其政府信息公开申请\n2.申请人逾期未按收费\n通知要求缴纳费用 0 0 0 0 0 0 0\n";
    assert_eq!(read(&report(torn), Format::Txt).report.form, Form::D);
    let one = "（六）其他处理 0 0 0 0 0 0 0\n";
    assert_eq!(read(&report(one), Format::Txt).report.form, Form::C);
}
