//! Single lines as pages really print them: cells in odd dress, labels run together with
//! what stands beside them, lists of other provinces, tables that are no form at all.

use std::collections::BTreeMap;

use gongkai::audit::Status;
use gongkai::figure::{Figure, Qualifier};
use gongkai::report::Form;
use gongkai::source::Format;

use crate::common::read;
use crate::said::{HEADS, cells, form_d, row};

fn by_label<'a>(text: &str, figures: &'a [Figure]) -> BTreeMap<String, &'a Figure> {
    let label = |f: &&Figure| text[f.label.clone()].to_owned();
    figures.iter().map(|f| (label(&f), f)).collect()
}

#[test]
fn cells_in_any_dress_are_read_on_lines_of_their_own() {
    for (printed, wanted) in [
        ("／", "-"),
        ("－", "-"),
        ("––", "-"),
        ("N/A", "-"),
        ("不适用", "-"),
        ("暂无", "-"),
        ("〇", "0"),
        ("0件", "0"),
        ("12件", "12"),
        ("22（其中修订16件）", "22"),
        ("1(补正)", "1"),
        ("增4减1", "3"),
        ("1.2万", "12000"),
        ("约30", "30"),
    ] {
        let text = form_d(&format!(
            "{HEADS}一、本年新收政府信息公开申请数量\n6\n{printed}\n0\n0\n0\n0\n8\n二、上年结转政府信息公开申请数量\n1\n0\n0\n0\n0\n0\n1\n四、结转下年度继续办理\n0\n0\n0\n0\n0\n0\n0\n"
        ));
        let reading = read(&text, Format::Txt);
        let wanted = format!("6 {wanted} 0 0 0 0 8");
        assert_eq!(row(&reading, "received.new"), wanted, "{printed}");
    }
}

#[test]
fn labels_run_together_with_their_group_or_their_number_are_read() {
    let text = form_d(&format!(
        "{HEADS}一、本年新收政府信息公开申请数量6\n2\n0\n0\n0\n0\n8\n三、本年度办理结果（一）予以公开\n4\n1\n0\n0\n0\n0\n5\n（三）不予公开1.属于国家秘密\n1\n0\n0\n0\n0\n0\n1\n（七）总计\n5\n1\n0\n0\n0\n0\n6\n"
    ));
    let reading = read(&text, Format::Txt);
    assert_eq!(row(&reading, "received.new"), "6 2 0 0 0 0 8");
    assert_eq!(row(&reading, "granted"), "4 1 0 0 0 0 5");
    assert_eq!(row(&reading, "denied.state_secret"), "1 0 0 0 0 0 1");
}

#[test]
fn a_group_beside_a_torn_label_is_not_the_row() {
    let text = form_d(&format!(
        "{HEADS}                      自然人   商业企业   科研机构   社会公益组织   法律服务机构   其他   总计\n            5.要求行政机关确认或重新出具   0   0   0   0   0   0   0\n            已获取信息\n  （六）    1.申请人无正当理由逾期不补   2   0   0   0   0   0   2\n            正、行政机关不再处理\n            2.申请人逾期未按收费通知\n  其他      要求缴纳费用、行政机关不     1   0   0   0   0   0   1\n  处理      再处理其政府信息公开申请\n            3.其他                       4   0   0   0   0   0   4\n    （七）总计                           7   0   0   0   0   0   7\n"
    ));
    let reading = read(&text, Format::Txt);
    assert_eq!(row(&reading, "other.overdue_fee"), "1 0 0 0 0 0 1");
    assert_eq!(row(&reading, "other.other"), "4 0 0 0 0 0 4");
    assert_eq!(row(&reading, "closed.total"), "7 0 0 0 0 0 7");
}

#[test]
fn a_row_is_its_own_wherever_a_wrong_span_puts_it() {
    let values = |n: u32| format!("<td>{n}</td>{}<td>{n}</td>", "<td>0</td>".repeat(5));
    let row_of = |cells: &str, n: u32| format!("<tr>{cells}{}</tr>", values(n));
    let page = format!(
        "<html><body><p>德清县2022年政府信息公开工作年度报告</p><p>三、收到和处理政府信息公开申请情况</p><table><tr><td colspan=3 rowspan=2>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr><tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>{}{}{}{}{}{}</table><p>规章 本年制发件数 现行有效件数</p></body></html>",
        row_of("<td colspan=3>一、本年新收政府信息公开申请数量</td>", 9),
        row_of(
            "<td rowspan=6>三、本年度办理结果</td><td rowspan=3>（三）不予公开</td><td>7.属于行政执法案卷</td>",
            1
        ),
        row_of("<td>8.属于行政查询事项</td>", 2),
        // The span of the group above is one row too long.
        row_of(
            "<td rowspan=3>（四）无法提供</td><td>1.本机关不掌握相关政府信息</td>",
            3
        ),
        row_of("<td>2.没有现成信息需要另行制作</td>", 4),
        row_of("<td>3.补正后申请内容仍不明确</td>", 5),
    );
    let reading = read(&page, Format::Html);
    for (name, n) in [
        ("denied.query", 2),
        ("unavailable.not_held", 3),
        ("unavailable.need_creation", 4),
        ("unavailable.unclear", 5),
    ] {
        assert_eq!(row(&reading, name), format!("{n} 0 0 0 0 0 {n}"), "{name}");
    }
}

#[test]
fn table_four_is_read_line_by_line_and_below_torn_heads() {
    let results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    let group = |name: &str, values: [u32; 5]| {
        let lines = results.iter().zip(values);
        let lines: String = lines.map(|(r, v)| format!("{r} {v}\n")).collect();
        format!("{name}\n{lines}")
    };
    let disputes = format!(
        "四、政府信息公开行政复议、行政诉讼情况\n{}行政诉讼\n{}{}五、存在的主要问题及改进情况\n",
        group("行政复议", [1, 2, 3, 4, 10]),
        group("未经复议直接起诉", [5, 0, 0, 1, 6]),
        group("复议后起诉", [0, 0, 2, 0, 2])
    );
    let torn = "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n结 结 其 尚\n果 果 他 未\n总计 果 果 他 未 总\n维 纠 结 审\n持 正 果 结\n1 2 3 4 10 5 0 0 1 6 0 0 2 0 2\n五、存在的主要问题及改进情况\n";
    let total = "（七）总计 5 2 0 0 0 0 7\n四、结转下年度继续办理 1 0 0 0 0 0 1\n";
    for table in [disputes.as_str(), torn] {
        let text = form_d(&format!("{HEADS}{total}{table}"));
        let reading = read(&text, Format::Txt);
        assert_eq!(row(&reading, "closed.total"), "5 2 0 0 0 0 7");
        let cells = cells(&reading);
        let value = |key: &str| cells.get(&format!("D/t4/{key}")).map(String::as_str);
        assert_eq!(value("review.total"), Some("10"), "{table}");
        assert_eq!(value("litigation.direct.upheld"), Some("5"), "{table}");
        assert_eq!(value("litigation.after_review.other"), Some("2"), "{table}");
    }
}

#[test]
fn money_is_in_the_unit_that_cell_or_header_print() {
    for (head, printed, wanted, qualifier) in [
        (
            "本年收费金额（单位：亿元）",
            "1.2",
            "120000000",
            Qualifier::Exact,
        ),
        (
            "本年收费金额（单位：万元）",
            "1.25亿元",
            "125000000",
            Qualifier::Exact,
        ),
        (
            "本年收费金额（单位：万元）",
            "￥2400元",
            "2400",
            Qualifier::Exact,
        ),
        (
            "本年收费金额（单位：万元）",
            "约240",
            "2400000",
            Qualifier::Approx,
        ),
    ] {
        let text = form_d(&format!("信息内容 | {head}\n行政事业性收费 | {printed}\n"));
        let reading = read(&text, Format::Txt);
        let fee = |f: &&Figure| f.cell.as_deref() == Some("D/t2/fee.amount");
        let fee = reading.figures.iter().find(fee).expect("a fee");
        let value = fee.value.map(|v| v.normalize().to_string());
        assert_eq!(value.as_deref(), Some(wanted), "{head} {printed}");
        assert_eq!(fee.qualifier, qualifier, "{head} {printed}");
    }
}

#[test]
fn a_row_that_was_left_out_never_counts_as_blank() {
    let html = |rows: &str| {
        format!(
            "<html><body><p>德清县2022年政府信息公开工作年度报告</p><p>规章 本年制发件数 现行有效件数</p><table>{rows}</table></body></html>"
        )
    };
    let row_of = |label: &str, values: &[u32]| {
        let values: String = values.iter().map(|v| format!("<td>{v}</td>")).collect();
        format!("<tr><td>{label}</td>{values}</tr>")
    };
    let head = "<tr><td>项目</td><td>自然人</td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td><td>总计</td></tr>";
    let form = gongkai::report::form::forms();
    let form = form.iter().find(|f| f.form == Form::D).expect("form D");
    let lines = form.row.iter().filter(|r| r.table == "t3");
    let lines: String = lines
        .map(|r| match r.cell.as_str() {
            // A cell is missing; the column would add up without this row.
            "partial" => row_of(&r.printed, &[1, 0, 0, 0, 0, 1]),
            "granted" | "closed.total" => row_of(&r.printed, &[5, 0, 0, 0, 0, 0, 5]),
            _ => row_of(&r.printed, &[0; 7]),
        })
        .collect();
    let reading = read(&html(&format!("{head}{lines}")), Format::Html);
    assert_eq!(row(&reading, "partial"), "");
    let sums: Vec<Status> = reading
        .findings
        .iter()
        .filter(|f| f.rule == "R-T3a")
        .map(|f| f.status)
        .collect();
    assert!(!sums.is_empty());
    assert!(!sums.contains(&Status::PassIfBlankZero), "{sums:?}");
}

#[test]
fn labels_without_a_single_number_are_a_table_left_blank() {
    let form = gongkai::report::form::forms();
    let form = form.iter().find(|f| f.form == Form::D).expect("form D");
    let lines = form.row.iter().filter(|r| r.table == "t3");
    let lines: String = lines.map(|r| format!("{}\n", r.printed)).collect();
    let reading = read(&form_d(&format!("{HEADS}{lines}")), Format::Txt);
    assert_eq!(row(&reading, "granted"), "_ _ _ _ _ _ _");
    let blank = reading.findings.iter().find(|f| f.rule == "R-T3e");
    assert_eq!(blank.map(|f| f.status), Some(Status::Fail));
}

#[test]
fn lists_count_for_all_or_beside_their_label() {
    let lines = [
        (
            "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
            "条",
            "120",
        ),
        ("1.按时办结数", "件", "7"),
        ("2.延期办结数", "件", "1"),
        ("（三）申请答复数", "件", "8"),
        ("（一）政府信息公开工作专门机构数", "个", "3"),
        ("六、举报投诉数量", "件", "0"),
    ];
    let head = "德清县2016年政府信息公开工作年度报告\n一、概述\n工作正常。\n附表\n";
    let sums: String = lines
        .iter()
        .map(|(l, u, v)| format!("| {l} | {u} | {v} | 1 | 2 |\n"))
        .collect();
    let sums =
        format!("{head}| 统计指标 | 单位 | 合计 | 区直单位统计数 | 乡镇街道统计数 |\n{sums}");
    let beside: String = lines
        .iter()
        .map(|(l, u, v)| format!("{l}：{v}{u}\n"))
        .collect();
    for text in [sums, format!("{head}{beside}")] {
        let reading = read(&text, Format::Txt);
        let cells = cells(&reading);
        let value = |cell: &str| cells.get(cell).map(String::as_str);
        assert_eq!(value("B/1.1"), Some("120"), "{text}");
        assert_eq!(value("B/3.2.1"), Some("7"));
        assert_eq!(value("B/8.1"), Some("3"));
        assert_eq!(value("B/6"), Some("0"));
    }
}

#[test]
fn lists_of_other_provinces_are_told_by_their_lines() {
    let text = "德清县2009年政府信息公开工作年度报告\n一、概述\n工作正常。\n附表\n指标名称\t计量单位\t2009年度\t历年累计\n主动公开信息数\t条\t812\t1500\n其中：1.政府网站\t条\t800\t1400\n受理依申请公开信息总数\t件\t9\t20\n其中：1.当面申请数\t件\t9\t20\n2.传真申请数\t件\t0\t0\n本年度对申请的答复总数\t件\t9\t20\n1.同意公开答复数\t件\t7\t17\n3.否决公开答复总数\t件\t2\t3\n";
    let reading = read(text, Format::Txt);
    assert_eq!(reading.report.form, Form::A);
    assert!(
        reading.report.warnings.is_empty(),
        "{:?}",
        reading.report.warnings
    );
    let found = |key: &str| {
        let named = |f: &&Figure| f.indicator.as_deref() == Some(key);
        let figure = reading.figures.iter().find(named)?;
        figure.value.map(|v| v.to_string())
    };
    for (key, value) in [
        ("disclosure.total", "812"),
        ("disclosure.channel.website", "800"),
        ("requests.received.new", "9"),
        ("requests.answered.total", "9"),
        ("requests.outcome.granted", "7"),
    ] {
        assert_eq!(found(key).as_deref(), Some(value), "{key}");
    }
}

#[test]
fn statistics_in_tables_of_no_form_are_figures() {
    let text = "# 德清县2012年政府信息公开工作年度报告\n\n一、概述\n\n工作正常。\n\n二、主动公开政府信息情况\n\n| 类别 | 数量（条） |\n|---|---|\n| 机构职能类 | 12 |\n| 财政信息 | 8 |\n\n三、依申请公开情况\n\n| 项目 | 单位 | 2012年 |\n|---|---|---|\n| 收到申请数 | 件 | 5 |\n| 举办培训班 | 期 | 3 |\n\n| 序号 | 名称 | 联系电话 |\n|---|---|---|\n| 1 | 办公室 | 8012345 |\n| 2 | 监察室 | 8062222 |\n";
    let reading = read(text, Format::Md);
    let found = by_label(&reading.report.text, &reading.figures);
    let said = |label: &str| {
        let figure = found.get(label)?;
        let value = figure.value.map(|v| v.to_string())?;
        Some((value, figure.unit.clone(), figure.indicator.clone()?))
    };
    let wanted = |value: &str, unit: &str, key: &str| {
        Some((value.to_owned(), unit.to_owned(), key.to_owned()))
    };
    let kind = wanted("12", "条", "disclosure.kind.organization");
    assert_eq!(said("机构职能类"), kind);
    let received = wanted("5", "件", "requests.received.new");
    assert_eq!(said("收到申请数"), received);
    assert_eq!(said("举办培训班"), wanted("3", "期", "training.sessions"));
    assert_eq!(found.len(), 4, "telephone numbers count nothing");
}
