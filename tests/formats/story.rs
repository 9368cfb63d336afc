//! One report, told once: what every shape in `shapes` must give again.

/// A group of rows: its label, and label and cells of each row.
type Group<'a> = (&'a str, &'a [(&'a str, [&'a str; 7])]);

/// A piece of it.
pub enum Part {
    /// The title.
    Title(&'static str),
    /// Label and value, as portals print them.
    Metadata(Vec<(&'static str, &'static str)>),
    /// Level and words.
    Heading(u8, &'static str),
    /// A paragraph.
    Text(&'static str),
    /// Rows of cells with their spans.
    Table(Vec<Vec<Cell>>),
}

/// A cell: words, columns, rows.
pub type Cell = (String, usize, usize);

fn one(words: &str) -> Cell {
    (words.to_owned(), 1, 1)
}

fn values(numbers: &[&str]) -> Vec<Cell> {
    numbers.iter().map(|n| one(n)).collect()
}

/// The report of a county on 2022.
pub fn story() -> Vec<Part> {
    use Part::{Heading, Metadata, Table, Text, Title};
    vec![
        Title("桐庐县人民政府2022年政府信息公开工作年度报告"),
        Metadata(vec![
            ("索引号", "A0101/2023-00012"),
            ("发布机构", "桐庐县人民政府办公室"),
            ("公开日期", "2023-01-18"),
            ("文号", "桐政办〔2023〕3号"),
        ]),
        Text("本报告按照《条例》第五十条编写，所列数据的统计期限为2022年1月1日至12月31日。"),
        Heading(1, "一、总体情况"),
        Text(
            "2022年，全县通过县政府门户网站主动公开政府信息3,206条，新收政府信息公开申请58件，上年结转4件，办结59件，结转下年度3件。",
        ),
        Heading(2, "（一）主动公开。"),
        Text("全年举办新闻发布会6场，发布政策解读45篇，没有收取任何费用。"),
        Heading(2, "（二）监督保障。"),
        Text("全年开展培训2次，参训140人次，各单位都能按时完成任务。"),
        Heading(1, "二、主动公开政府信息情况"),
        Table(vec![
            vec![("第二十条第（一）项".into(), 4, 1)],
            values(&["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]),
            values(&["规章", "0", "0", "0"]),
            values(&["行政规范性文件", "14", "5", "79"]),
            vec![("第二十条第（五）项".into(), 4, 1)],
            vec![one("信息内容"), ("本年处理决定数量".into(), 3, 1)],
            vec![one("行政许可"), ("35210".into(), 3, 1)],
            vec![("第二十条第（六）项".into(), 4, 1)],
            vec![one("信息内容"), ("本年处理决定数量".into(), 3, 1)],
            vec![one("行政处罚"), ("8127".into(), 3, 1)],
            vec![one("行政强制"), ("312".into(), 3, 1)],
            vec![("第二十条第（八）项".into(), 4, 1)],
            vec![one("信息内容"), ("本年收费金额（单位：万元）".into(), 3, 1)],
            vec![one("行政事业性收费"), ("2160.5".into(), 3, 1)],
        ]),
        Heading(1, "三、收到和处理政府信息公开申请情况"),
        Table(requests()),
        Heading(1, "四、政府信息公开行政复议、行政诉讼情况"),
        Table(disputes()),
        Heading(1, "五、存在的主要问题及改进情况"),
        Text(
            "主要问题是部分单位对公开属性的判断不够准确。下一步将加强业务指导，做到应公开尽公开。",
        ),
        Heading(1, "六、其他需要报告的事项"),
        Text("按照规定，本年度没有收取信息处理费。"),
    ]
}

fn requests() -> Vec<Vec<Cell>> {
    let notes = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
    let mut rows = vec![
        vec![(notes.into(), 3, 3), ("申请人情况".into(), 7, 1)],
        vec![
            ("自然人".into(), 1, 2),
            ("法人或其他组织".into(), 5, 1),
            ("总计".into(), 1, 2),
        ],
        values(&[
            "商业企业",
            "科研机构",
            "社会公益组织",
            "法律服务机构",
            "其他",
        ]),
    ];
    let mut whole = |label: &str, numbers: &[&str]| {
        let mut row = vec![(label.to_owned(), 3, 1)];
        row.extend(values(numbers));
        rows.push(row);
    };
    whole(
        "一、本年新收政府信息公开申请数量",
        &["51", "4", "0", "1", "2", "0", "58"],
    );
    whole(
        "二、上年结转政府信息公开申请数量",
        &["4", "0", "0", "0", "0", "0", "4"],
    );
    let none = ["0"; 7];
    let groups: [Group; 6] = [
        (
            "（一）予以公开",
            &[("", ["20", "2", "0", "1", "1", "0", "24"])],
        ),
        (
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            &[("", ["5", "0", "0", "0", "0", "0", "5"])],
        ),
        (
            "（三）不予公开",
            &[
                ("1.属于国家秘密", none),
                ("2.其他法律行政法规禁止公开", none),
                ("3.危及“三安全一稳定”", none),
                ("4.保护第三方合法权益", ["1", "0", "0", "0", "0", "0", "1"]),
                (
                    "5.属于三类内部事务信息",
                    ["3", "0", "0", "0", "0", "0", "3"],
                ),
                ("6.属于四类过程性信息", none),
                ("7.属于行政执法案卷", none),
                ("8.属于行政查询事项", none),
            ],
        ),
        (
            "（四）无法提供",
            &[
                (
                    "1.本机关不掌握相关政府信息",
                    ["14", "1", "0", "0", "0", "0", "15"],
                ),
                (
                    "2.没有现成信息需要另行制作",
                    ["2", "0", "0", "0", "0", "0", "2"],
                ),
                ("3.补正后申请内容仍不明确", none),
            ],
        ),
        (
            "（五）不予处理",
            &[
                ("1.信访举报投诉类申请", ["2", "0", "0", "0", "0", "0", "2"]),
                ("2.重复申请", none),
                ("3.要求提供公开出版物", none),
                ("4.无正当理由大量反复申请", none),
                ("5.要求行政机关确认或重新出具已获取信息", none),
            ],
        ),
        (
            "（六）其他处理",
            &[
                (
                    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                    none,
                ),
                (
                    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
                    none,
                ),
                ("3.其他", ["5", "1", "0", "0", "1", "0", "7"]),
            ],
        ),
    ];
    let results = groups.iter().map(|(_, lines)| lines.len()).sum::<usize>() + 1;
    for (g, (group, lines)) in groups.iter().enumerate() {
        for (i, (label, numbers)) in lines.iter().enumerate() {
            let mut row = Vec::new();
            if g == 0 && i == 0 {
                row.push(("三、本年度办理结果".to_owned(), 1, results));
            }
            if label.is_empty() {
                row.push(((*group).to_owned(), 2, 1));
            } else {
                if i == 0 {
                    row.push(((*group).to_owned(), 1, lines.len()));
                }
                row.push(one(label));
            }
            row.extend(values(numbers));
            rows.push(row);
        }
    }
    let mut row = vec![("（七）总计".to_owned(), 2, 1)];
    row.extend(values(&["52", "4", "0", "1", "2", "0", "59"]));
    rows.push(row);
    let mut row = vec![("四、结转下年度继续办理".to_owned(), 3, 1)];
    row.extend(values(&["3", "0", "0", "0", "0", "0", "3"]));
    rows.push(row);
    rows
}

fn disputes() -> Vec<Vec<Cell>> {
    let results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    vec![
        vec![("行政复议".into(), 5, 2), ("行政诉讼".into(), 10, 1)],
        vec![
            ("未经复议直接起诉".into(), 5, 1),
            ("复议后起诉".into(), 5, 1),
        ],
        values(&[results, results, results].concat()),
        values(&[
            "3", "0", "1", "0", "4", "1", "0", "0", "0", "1", "0", "0", "1", "1", "2",
        ]),
    ]
}
