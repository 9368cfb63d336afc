//! The statistical tables of the four forms, flattened as portals flatten them: with tabs,
//! between bars, as Markdown, or one cell a line.

use fastrand::Rng;

use super::Era;
use super::facts::{Facts, RESULTS};

/// How a table lost its lines.
#[derive(Clone, Copy)]
enum Flat {
    Tabs,
    Bars,
    Markdown,
    Lines,
}

impl Flat {
    fn draw(rng: &mut Rng) -> Self {
        match rng.u32(..10) {
            ..=4 => Self::Tabs,
            5..=6 => Self::Bars,
            7..=8 => Self::Markdown,
            _ => Self::Lines,
        }
    }

    fn row<S: AsRef<str>>(self, text: &mut String, cells: &[S]) {
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        match self {
            Self::Tabs => *text += &cells.join("\t"),
            Self::Bars => *text += &cells.join("|"),
            Self::Markdown => *text += &format!("| {} |", cells.join(" | ")),
            Self::Lines => *text += &cells.join("\n"),
        }
        text.push('\n');
    }

    fn head<S: AsRef<str>>(self, text: &mut String, cells: &[S]) {
        self.row(text, cells);
        if matches!(self, Self::Markdown) {
            self.row(text, &vec!["---"; cells.len()]);
        }
    }
}

const APPLICANTS: [&str; 7] = [
    "自然人",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
    "总计",
];

const ROWS: [&str; RESULTS] = [
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
];

/// Headings that stand before the row with this number.
const GROUPS: [(usize, &str); 4] = [
    (2, "（三）不予公开"),
    (10, "（四）无法提供"),
    (13, "（五）不予处理"),
    (18, "（六）其他处理"),
];

/// Documents and decisions.
pub fn table2(text: &mut String, facts: &Facts, rng: &mut Rng) {
    let flat = Flat::draw(rng);
    let n = |rng: &mut Rng, most: u64| rng.u64(..most).to_string();
    let normative = facts.counts["normative"].to_string();
    if facts.era == Era::C {
        text.push_str("第二十条第（一）项\n");
        flat.head(
            text,
            &[
                "信息内容",
                "本年新制作数量",
                "本年新公开数量",
                "对外公开总数量",
            ],
        );
        flat.row(text, &["规章", "0", "0", "0"]);
        let all = (facts.counts["normative"] + rng.u64(5..90)).to_string();
        flat.row(text, &["规范性文件", &normative, &normative, &all]);
        text.push_str("第二十条第（五）项\n");
        flat.head(
            text,
            &["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        );
        flat.row(text, &["行政许可", &n(rng, 400), "+3", &n(rng, 90_000)]);
        flat.row(
            text,
            &["其他对外管理服务事项", &n(rng, 900), "0", &n(rng, 50_000)],
        );
        text.push_str("第二十条第（六）项\n");
        flat.head(
            text,
            &["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        );
        flat.row(text, &["行政处罚", &n(rng, 4000), "-12", &n(rng, 9000)]);
        flat.row(text, &["行政强制", &n(rng, 300), "0", &n(rng, 500)]);
        text.push_str("第二十条第（八）项\n");
        flat.head(text, &["信息内容", "上一年项目数量", "本年增/减"]);
        flat.row(text, &["行政事业性收费", &n(rng, 60), "-1"]);
        text.push_str("第二十条第（九）项\n");
        flat.head(text, &["信息内容", "采购项目数量", "采购总金额"]);
        let money = format!("{}.{}", rng.u32(100..90_000), rng.u32(10..99));
        flat.row(text, &["政府集中采购", &n(rng, 300), &money]);
        return;
    }
    text.push_str("第二十条第（一）项\n");
    flat.head(
        text,
        &["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    );
    flat.row(text, &["规章", "0", "0", "0"]);
    let force = (facts.counts["normative"] + rng.u64(5..90)).to_string();
    flat.row(text, &["行政规范性文件", &normative, &n(rng, 6), &force]);
    text.push_str("第二十条第（五）项\n");
    flat.head(text, &["信息内容", "本年处理决定数量"]);
    flat.row(text, &["行政许可", &n(rng, 90_000)]);
    text.push_str("第二十条第（六）项\n");
    flat.head(text, &["信息内容", "本年处理决定数量"]);
    flat.row(text, &["行政处罚", &n(rng, 9000)]);
    flat.row(text, &["行政强制", &n(rng, 500)]);
    text.push_str("第二十条第（八）项\n");
    flat.head(text, &["信息内容", "本年收费金额（单位：万元）"]);
    let money = format!("{}.{}", rng.u32(10..9000), rng.u32(10..99));
    flat.row(text, &["行政事业性收费", &money]);
}

/// Requests by applicant and result.
pub fn table3(text: &mut String, facts: &Facts, rng: &mut Rng) {
    let flat = Flat::draw(rng);
    text.push_str("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n");
    let mut head = vec!["申请人情况"];
    head.extend(APPLICANTS);
    flat.head(text, &head);
    let mut line = |label: &str, row: &[u64; 6]| {
        let mut cells = vec![label.to_owned()];
        cells.extend(row.iter().map(u64::to_string));
        cells.push(row.iter().sum::<u64>().to_string());
        flat.row(text, &cells);
    };
    line("一、本年新收政府信息公开申请数量", &facts.requests[0]);
    line("二、上年结转政府信息公开申请数量", &facts.requests[1]);
    for (i, label) in ROWS.iter().enumerate() {
        let prefix = match (i, GROUPS.iter().find(|(at, _)| *at == i)) {
            (0, _) => "三、本年度办理结果",
            (_, Some((_, group))) => group,
            _ => "",
        };
        let mut row = facts.requests[i + 2];
        let single = facts.era == Era::C && i >= 18;
        if single && i > 18 {
            continue;
        }
        if single {
            for (column, sum) in row.iter_mut().enumerate() {
                *sum += facts.requests[21][column] + facts.requests[22][column];
            }
            line("（六）其他处理", &row);
            continue;
        }
        if facts.wrong && i == 1 {
            row[0] += 1;
        }
        line(&format!("{prefix}{label}"), &row);
    }
    line("（七）总计", &facts.requests[RESULTS + 2]);
    line("四、结转下年度继续办理", &facts.requests[RESULTS + 3]);
}

/// Review and litigation.
pub fn table4(text: &mut String, facts: &Facts, rng: &mut Rng) {
    let flat = Flat::draw(rng);
    flat.head(
        text,
        &["行政复议", "行政诉讼未经复议直接起诉", "行政诉讼复议后起诉"],
    );
    let names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    flat.row(text, &names.repeat(3));
    let c = |name: &str| facts.counts[name];
    let five = |upheld: u64, corrected: u64| [upheld, corrected, 0, 0, upheld + corrected];
    let cells: Vec<String> = five(c("review_upheld"), c("review_corrected"))
        .into_iter()
        .chain(five(c("litigation"), 0))
        .chain([0; 5])
        .map(|n| n.to_string())
        .collect();
    flat.row(text, &cells);
}

/// The statistics at the end of the older reports: form A by codes, form B by items.
pub fn append_old(text: &mut String, facts: &Facts, rng: &mut Rng) {
    let flat = Flat::draw(rng);
    let c = |name: &str| facts.counts[name];
    text.push_str("\n附表\n");
    if facts.era == Era::B {
        flat.head(text, &["统计指标", "单位", "统计数"]);
        let closed = c("answered") + c("not_processed") + c("otherdone");
        let rows: [(&str, &str, u64); 23] = [
            (
                "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
                "条",
                c("total"),
            ),
            ("其中：主动公开规范性文件数", "条", c("normative")),
            ("制发规范性文件总数", "件", c("normative")),
            ("1.政府公报公开政府信息数", "条", c("gazette")),
            ("2.政府网站公开政府信息数", "条", c("website")),
            ("5.其他方式公开政府信息数", "条", c("otherway")),
            ("（一）回应公众关注热点或重大舆情数", "次", rng.u64(..40)),
            ("3.政策解读稿件发布数", "篇", rng.u64(..60)),
            ("（一）收到申请数", "件", c("received")),
            ("1.当面申请数", "件", c("inperson")),
            ("3.网络申请数", "件", c("online")),
            ("4.信函申请数", "件", c("letter")),
            ("（二）申请办结数", "件", closed),
            ("1.按时办结数", "件", closed),
            ("2.延期办结数", "件", 0),
            ("四、行政复议数量", "件", c("review")),
            ("五、行政诉讼数量", "件", c("litigation")),
            ("六、举报投诉数量", "件", 0),
            ("七、依申请公开信息收取的费用", "万元", 0),
            ("（三）从事政府信息公开工作人员数", "人", c("staff")),
            ("1.专职人员数", "人", c("full")),
            ("2.兼职人员数", "人", c("part")),
            ("（三）接受培训人员数", "人次", c("trained")),
        ];
        for (label, unit, value) in rows {
            flat.row(
                text,
                &[label.to_owned(), unit.to_owned(), value.to_string()],
            );
        }
        return;
    }
    flat.head(text, &["指标", "代码", "单位", "数量"]);
    let rows: [(&str, &str, &str, u64); 15] = [
        ("主动公开信息数", "01", "条", c("total")),
        ("其中：新增的行政规范性文件数", "04", "条", c("normative")),
        ("专栏页面访问量", "06", "人次", c("visits")),
        ("现场接待人数", "07", "人次", c("onsite")),
        ("网上咨询数", "08", "次", c("webconsult")),
        ("咨询电话接听数", "09", "次", c("phone")),
        ("申请总数", "12", "条", c("received")),
        ("其中：1.当面申请数", "13", "条", c("inperson")),
        ("4.网上申请数", "16", "条", c("online")),
        ("5.信函申请数", "17", "条", c("letter")),
        ("行政复议数", "34", "件", c("review")),
        ("行政诉讼数", "35", "件", c("litigation")),
        ("收取费用总数", "37", "元", c("fees")),
        ("其中：全职人员数", "50", "人", c("full")),
        ("兼职人员数", "51", "人", c("part")),
    ];
    for (label, code, unit, value) in rows {
        let cells = [
            label.to_owned(),
            code.to_owned(),
            unit.to_owned(),
            value.to_string(),
        ];
        flat.row(text, &cells);
    }
}
