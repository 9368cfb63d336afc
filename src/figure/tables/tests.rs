use crate::figure::{self, Period};
use crate::report;
use crate::source::{self, Format};

fn read(body: &str) -> Vec<String> {
    let text = format!("某某区2016年政府信息公开工作年度报告\n\n{body}\n");
    let source = source::read(text.as_bytes(), Format::Md).expect("a text");
    let (figures, _) = figure::read(&report::read(source));
    let shown = figures.iter().map(|f| {
        let value = f.value.map(|v| v.to_string()).unwrap_or_default();
        let key = f.indicator.as_deref().unwrap_or("-");
        let scope = f
            .scope
            .as_deref()
            .map(|s| format!(" ({s})"))
            .unwrap_or_default();
        let year = f.year.map(|y| format!(" [{y}]")).unwrap_or_default();
        let whom = f.applicant.map(|a| {
            format!(
                " of {}",
                serde_json::to_value(a)
                    .expect("a name")
                    .as_str()
                    .expect("a word")
                    .to_owned()
            )
        });
        let whom = whom.unwrap_or_default();
        let part = match f.period {
            Period::Partial => " in part",
            _ => "",
        };
        format!("{key} {value}{}{scope}{year}{whom}{part}", f.unit)
    });
    shown.collect()
}

#[test]
fn rows_name_what_a_column_counts() {
    assert_eq!(
        read(
            "# 一、主动公开情况\n\n| 类别 | 数量（条） | 占比 |\n|---|---|---|\n| 机构职能类 | 12 | 6% |\n| 政策法规类 | 30 | 15% |\n| 盆景类 | 158 | 79% |\n| 合计 | 200 | 100% |\n"
        ),
        [
            "disclosure.kind.organization 12条",
            "disclosure.kind_share.organization 6%",
            "disclosure.kind.policy 30条",
            "disclosure.kind_share.policy 15%",
            "- 158条",
            "- 79%",
            "disclosure.total 200条",
            "- 100%",
        ]
    );
    assert_eq!(
        read(
            "# 二、依申请公开情况\n\n| 序号 | 申请方式 | 单位 | 2015年 | 2016年 |\n|---|---|---|---|---|\n| 1 | 网络申请 | 件 | 9 | 12 |\n| 2 | 信函申请 | 件 | 1 | 3 |\n"
        ),
        [
            "- 9件 [2015]",
            "requests.channel.online 12件",
            "- 1件 [2015]",
            "requests.channel.letter 3件",
        ]
    );
}

#[test]
fn columns_and_rows_may_be_offices() {
    assert_eq!(
        read(
            "# 一、公开情况\n\n| 单位 | 主动公开政府信息数（条） | 收到申请数（件） |\n|---|---|---|\n| 区水务局 | 30 | 2 |\n| 东湖街道 | 20 | 0 |\n| 合计 | 50 | 2 |\n"
        ),
        [
            "disclosure.total 30条 (区水务局)",
            "requests.received.new 2件 (区水务局)",
            "disclosure.total 20条 (东湖街道)",
            "requests.received.new 0件 (东湖街道)",
            "disclosure.total 50条",
            "requests.received.new 2件",
        ]
    );
    assert_eq!(
        read(
            "# 一、公开情况\n\n| 指标 | 单位 | 合计 | 区直单位 | 乡镇街道 |\n|---|---|---|---|---|\n| 主动公开政府信息数 | 条 | 50 | 30 | 20 |\n| 收到申请数 | 件 | 2 | 2 | 0 |\n"
        ),
        [
            "disclosure.total 50条",
            "disclosure.total 30条 (区直单位)",
            "disclosure.total 20条 (乡镇街道)",
            "requests.received.new 2件",
            "requests.received.new 2件 (区直单位)",
            "requests.received.new 0件 (乡镇街道)",
        ]
    );
}

#[test]
fn a_row_may_say_when() {
    assert_eq!(
        read(
            "# 二、依申请公开情况\n\n| 年份 | 受理申请数 | 答复数 |\n|---|---|---|\n| 2015年 | 9 | 8 |\n| 2016年 | 12 | 11 |\n"
        ),
        [
            "- 9件 [2015]",
            "- 8件 [2015]",
            "requests.received.new 12件",
            "requests.answered.total 11件",
        ]
    );
    assert_eq!(
        read(
            "# 二、依申请公开情况\n\n| 季度 | 收到申请数（件） |\n|---|---|\n| 第一季度 | 3 |\n| 第二季度 | 4 |\n| 合计 | 7 |\n"
        ),
        [
            "requests.received.new 3件 in part",
            "requests.received.new 4件 in part",
            "requests.received.new 7件",
        ]
    );
}

#[test]
fn a_row_may_say_that_its_columns_are_counted() {
    assert_eq!(
        read(
            "# 一、公开情况\n\n| 渠道 | 政府网站 | 政务微博 | 其他 | 合计 |\n|---|---|---|---|---|\n| 公开数量（条） | 80 | 12 | 5 | 97 |\n"
        ),
        [
            "disclosure.channel.website 80条",
            "disclosure.channel.weibo 12条",
            "disclosure.channel.other 5条",
            "- 97条",
        ]
    );
    assert_eq!(
        read(
            "# 二、依申请公开情况\n\n| 申请人 | 公民 | 法人 | 其他 | 合计 |\n|---|---|---|---|---|\n| 申请数（件） | 30 | 6 | 1 | 37 |\n"
        ),
        [
            "requests.received.new 30件 of natural",
            "requests.received.new 6件 of legal_all",
            "requests.received.new 1件 of other_org",
            "requests.received.new 37件",
        ]
    );
    assert_eq!(
        read(
            "# 三、收费情况（单位：元）\n\n收费情况（单位：元）\n\n| 项目 | 检索费 | 邮寄费 | 合计 |\n|---|---|---|---|\n| 金额 | 20 | 8.5 | 28.5 |\n"
        ),
        [
            "fees.requests.search 20元",
            "fees.requests.mail 8.5元",
            "fees.requests 28.5元",
        ]
    );
}

#[test]
fn both_together_name_a_number() {
    assert_eq!(
        read(
            "# 四、复议诉讼情况\n\n| 类型 | 受理数 | 维持数 |\n|---|---|---|\n| 行政复议 | 5 | 3 |\n| 行政诉讼 | 2 | 1 |\n"
        ),
        [
            "review.total 5件",
            "review.upheld 3件",
            "litigation.total 2件",
            "litigation.upheld 1件",
        ]
    );
}

#[test]
fn parts_and_their_totals_stand_in_rows_too() {
    assert_eq!(
        read(
            "# 二、依申请公开情况\n\n| 申请方式 | 当面 | 网络 | 传真 | 合计 |\n|---|---|---|---|---|\n| 数量（件） | 12 | 7 | 1 | 20 |\n| 占比 | 60% | 35% | 5% | 100% |\n"
        ),
        [
            "requests.channel.in_person 12件",
            "requests.channel.online 7件",
            "requests.channel.fax 1件",
            "requests.received.new 20件",
            "- 60%",
            "- 35%",
            "- 5%",
            "- 100%",
        ]
    );
    assert_eq!(
        read(
            "# 二、依申请公开情况\n\n| 类型 | 自然人 | 法人 | 合计 |\n|---|---|---|---|\n| 新收申请 | 12 | 3 | 15 |\n| 予以公开 | 8 | 2 | 10 |\n"
        ),
        [
            "requests.received.new 12件 of natural",
            "requests.received.new 3件 of legal_all",
            "requests.received.new 15件",
            "requests.outcome.granted 8件 of natural",
            "requests.outcome.granted 2件 of legal_all",
            "requests.outcome.granted 10件",
        ]
    );
    assert_eq!(
        read(
            "# 四、复议情况\n\n| 类别 | 总数 | 维持 | 其他 |\n|---|---|---|---|\n| 行政复议 | 8 | 5 | 3 |\n| 行政诉讼 | 4 | 3 | 1 |\n"
        ),
        [
            "review.total 8件",
            "review.upheld 5件",
            "review.other 3件",
            "litigation.total 4件",
            "litigation.upheld 3件",
            "litigation.other 1件",
        ]
    );
    assert_eq!(
        read(
            "# 三、收费情况\n\n| 收费项目 | 标准 | 金额（元） |\n|---|---|---|\n| 检索费 | 2元/次 | 10 |\n| 邮寄费 | 按实 | 6 |\n"
        ),
        ["fees.requests.search 10元", "fees.requests.mail 6元"]
    );
}

#[test]
fn what_all_years_have_brought_is_no_flow() {
    assert_eq!(
        read(
            "# 一、公开情况\n\n| 类别 | 本年公开数（条） | 历年累计（条） |\n|---|---|---|\n| 机构职能 | 12 | 56 |\n| 政策法规 | 45 | 320 |\n| 合计 | 57 | 376 |\n"
        ),
        [
            "disclosure.kind.organization 12条",
            "- 56条",
            "disclosure.kind.policy 45条",
            "- 320条",
            "disclosure.total 57条",
            "disclosure.total_stock 376条",
        ]
    );
}

#[test]
fn a_table_folded_to_save_paper_is_one() {
    assert_eq!(
        read(
            "# 一、各单位公开信息情况\n\n| 单位 | 公开数 | 单位 | 公开数 |\n|---|---|---|---|\n| 区水务局 | 32 | 东湖街道 | 45 |\n| 区民政局 | 12 | | |\n"
        ),
        [
            "- 32条 (区水务局)",
            "- 45条 (东湖街道)",
            "- 12条 (区民政局)"
        ]
    );
}

#[test]
fn heads_over_one_row_say_all() {
    assert_eq!(
        read(
            "# 二、依申请公开情况\n\n| 收到申请数 | 按时办结数 | 收费（元） |\n|---|---|---|\n| 12 | 11 | 0 |\n"
        ),
        [
            "requests.received.new 12件",
            "requests.closed.on_time 11件",
            "fees.total 0元",
        ]
    );
}

#[test]
fn what_counts_nothing_is_no_figure() {
    for table in [
        "| 索引号 | 12345 |\n|---|---|\n| 浏览量 | 77 |\n",
        "| 部门 | 电话 |\n|---|---|\n| 区水务局 | 6288 |\n| 区财政局 | 6299 |\n",
        "| 序号 | 名称 |\n|---|---|\n| 1 | 甲 |\n| 2 | 乙 |\n",
        "| 文件 | 日期 |\n|---|---|\n| 某办法 | 2016-03-02 |\n",
    ] {
        assert_eq!(read(table), [""; 0], "{table}");
    }
}
