//! A report around a table, and what was read of its cells.

use std::collections::BTreeMap;

use gongkai::figure::Semantics;
use gongkai::reading::Reading;

const APPLICANTS: [&str; 7] = [
    "natural",
    "enterprise",
    "research",
    "nonprofit",
    "legal_service",
    "other_org",
    "total",
];

/// A report on 2022 with table 2 of form D, and then this.
pub fn form_d(rest: &str) -> String {
    format!(
        "浙江省德清县人民政府2022年政府信息公开工作年度报告\n一、总体情况\n全年工作平稳。\n二、主动公开政府信息情况\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 0 | 0\n行政规范性文件 | 5 | 1 | 12\n{rest}"
    )
}

/// What stands in the cells: a number, `_` for a blank, `-` for a mark, `T` for words.
pub fn cells(reading: &Reading) -> BTreeMap<String, String> {
    let figures = reading.figures.iter();
    let with_cell = figures.filter_map(|f| Some((f.cell.clone()?, f)));
    with_cell
        .map(|(cell, f)| {
            let shown = match (f.semantics, f.value) {
                (Semantics::Empty, _) => "_".to_owned(),
                (Semantics::Na, _) => "-".to_owned(),
                (_, Some(value)) => value.normalize().to_string(),
                _ => "T".to_owned(),
            };
            (cell, shown)
        })
        .collect()
}

/// A row of table 3, its seven cells between blanks; empty where it was not read.
pub fn row(reading: &Reading, row: &str) -> String {
    let cells = cells(reading);
    let found = APPLICANTS
        .iter()
        .filter_map(|a| cells.get(&format!("D/t3/{row}/{a}")).cloned());
    found.collect::<Vec<_>>().join(" ")
}

pub const HEADS: &str = "三、收到和处理政府信息公开申请情况\n";
