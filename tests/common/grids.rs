//! The official tables as they are printed, with their merged cells, and what portals and
//! extractors make of merged cells: spans, blanks, repetitions, bars at the end of a row.

use gongkai::report::Form;
use gongkai::report::form::FormRow;
use gongkai::source::Format;

use super::forms::Filled;
use super::shapes::Shape;

const RESULTS: [&str; 5] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
const CAPTION: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";

/// A cell with the columns and rows that it covers.
#[derive(Clone)]
struct Cell {
    words: String,
    columns: usize,
    rows: usize,
}

fn cell(words: &str, columns: usize, rows: usize) -> Cell {
    Cell {
        words: words.to_owned(),
        columns,
        rows,
    }
}

fn plain(words: &str) -> Cell {
    cell(words, 1, 1)
}

/// A table: its rows, and its columns.
struct Grid {
    rows: Vec<Vec<Cell>>,
    columns: usize,
}

impl Filled {
    /// The report in one of the shapes that keep merged cells in some way.
    pub fn render_grids(&self, title: &str, shape: Shape) -> (String, Format) {
        let mut parts = vec![title.to_owned()];
        let mut say = |line: &str| parts.push(paragraph(line, shape));
        match self.form {
            Form::C | Form::D => {
                say("一、总体情况");
                say("全年的工作按部署开展，情况良好，有关数据见以下各表。");
                say("二、主动公开政府信息情况");
                parts.push(self.documents().write(shape));
                parts.push(paragraph("三、收到和处理政府信息公开申请情况", shape));
                parts.push(self.requests().write(shape));
                parts.push(paragraph("四、政府信息公开行政复议、行政诉讼情况", shape));
                parts.push(self.disputes().write(shape));
                parts.push(paragraph("五、存在的主要问题及改进情况", shape));
                let end = "解读形式不够丰富，明年将多用图表说明政策，并加强培训。";
                parts.push(paragraph(end, shape));
            }
            _ => {
                say("一、概述");
                say("全年的工作按部署开展，情况良好，有关数据见本报告所附的统计表。");
                say("附件：政府信息公开情况统计表");
                parts.push(self.list().write(shape));
            }
        }
        match shape {
            Shape::Merged => {
                parts[0] = paragraph(title, shape);
                let page = parts.concat();
                let head = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>";
                (format!("{head}{page}</body></html>"), Format::Html)
            }
            Shape::Repeated | Shape::ThinRule => (parts.join("\n\n"), Format::Md),
            _ => (parts.join("\n"), Format::Txt),
        }
    }

    fn list(&self) -> Grid {
        let coded = self.form == Form::A;
        let head: &[&str] = match coded {
            true => &["序号", "指标", "单位", "数量"],
            false => &["统计指标", "单位", "统计数"],
        };
        let mut rows = vec![head.iter().map(|h| plain(h)).collect()];
        for row in self.data().row.iter().filter(|r| !r.cell.is_empty()) {
            for group in &row.group {
                rows.push(vec![cell(group, head.len(), 1)]);
            }
            let value = self.get(&self.data().slots(row)[0].cell);
            let cells = [row.cell.as_str(), &row.printed, &row.unit, value];
            let cells = cells[usize::from(!coded)..].iter();
            rows.push(cells.map(|c| plain(c)).collect());
        }
        Grid {
            rows,
            columns: head.len(),
        }
    }

    fn documents(&self) -> Grid {
        let mut rows = Vec::new();
        for row in self.data().row.iter().filter(|r| r.table == "t2") {
            let slots = self.data().slots(row);
            if !self.printed.contains_key(&slots[0].cell) {
                continue;
            }
            let spanning = |words: Vec<&str>| -> Vec<Cell> {
                let last = words.len() - 1;
                let span = |i: usize| if i == last { 3 - last } else { 1 };
                let cells = words.iter().enumerate();
                cells.map(|(i, w)| cell(w, span(i), 1)).collect()
            };
            for group in &row.group {
                rows.push(vec![cell(group, 4, 1)]);
                let heads: Vec<String> = row.columns.iter().map(|c| self.head(row, c)).collect();
                let mut head = vec![plain("信息内容")];
                head.extend(spanning(heads.iter().map(String::as_str).collect()));
                rows.push(head);
            }
            let mut cells = vec![plain(&row.printed)];
            cells.extend(spanning(slots.iter().map(|s| self.get(&s.cell)).collect()));
            rows.push(cells);
        }
        Grid { rows, columns: 4 }
    }

    fn requests(&self) -> Grid {
        let data = self.data();
        let who: Vec<&str> = data.applicant_words.iter().map(|w| w[0].as_str()).collect();
        let mut rows = vec![
            vec![cell(CAPTION, 3, 3), cell("申请人情况", 7, 1)],
            vec![
                cell(who[0], 1, 2),
                cell("法人或其他组织", 5, 1),
                cell(who[6], 1, 2),
            ],
            who[1..6].iter().map(|w| plain(w)).collect(),
        ];
        let printed: Vec<&FormRow> = data.row.iter().filter(|r| r.table == "t3").collect();
        let group = |r: &FormRow| r.cell.split_once('.').map(|c| c.0.to_owned());
        for (at, row) in printed.iter().enumerate() {
            let mut cells = Vec::new();
            if row.cell == "granted" {
                cells.push(cell(&row.group[0], 1, printed.len() - 3));
            }
            let outer = row.printed.starts_with(['一', '二', '四']);
            match group(row).filter(|_| !outer && row.cell != "closed.total") {
                Some(name) => {
                    if let [words] = &row.group[..] {
                        let alike = printed[at..].iter();
                        let alike = alike.take_while(|r| group(r).as_ref() == Some(&name));
                        cells.push(cell(words, 1, alike.count()));
                    }
                    cells.push(plain(&row.printed));
                }
                None if outer => cells.push(cell(&row.printed, 3, 1)),
                None => cells.push(cell(&row.printed, 2, 1)),
            }
            let slots = data.slots(row).into_iter();
            let (values, _) = self.values(&slots.map(|s| s.cell).collect::<Vec<_>>());
            cells.extend(values.iter().map(|v| plain(v)));
            rows.push(cells);
        }
        Grid { rows, columns: 10 }
    }

    fn disputes(&self) -> Grid {
        let keys = self.data().disputes.iter();
        let values = keys.map(|k| plain(self.get(&format!("{:?}/t4/{k}", self.form))));
        let mut second: Vec<Cell> = RESULTS.iter().map(|r| cell(r, 1, 2)).collect();
        second.extend([cell("未经复议直接起诉", 5, 1), cell("复议后起诉", 5, 1)]);
        let rows = vec![
            vec![cell("行政复议", 5, 1), cell("行政诉讼", 10, 1)],
            second,
            RESULTS.repeat(2).iter().map(|r| plain(r)).collect(),
            values.collect(),
        ];
        Grid { rows, columns: 15 }
    }
}

fn paragraph(words: &str, shape: Shape) -> String {
    match shape {
        Shape::Merged => format!("<p>{words}</p>\n"),
        _ => words.to_owned(),
    }
}

impl Grid {
    fn write(&self, shape: Shape) -> String {
        let lines = match shape {
            Shape::Merged => {
                let rows: String = self.rows.iter().map(|r| html(r)).collect();
                return format!("<table>{rows}</table>\n");
            }
            Shape::Unmerged => self.covered(false).iter().map(|r| r.join("\t")).collect(),
            Shape::Repeated => {
                let rows = self.covered(true);
                let mut lines: Vec<String> = rows
                    .iter()
                    .map(|r| format!("| {} |", r.join(" | ")))
                    .collect();
                lines.insert(1, format!("|{}", "---|".repeat(self.columns)));
                lines
            }
            Shape::ThinRule => {
                let rows = self.rows.iter().map(|r| words(r));
                let mut lines: Vec<String> = rows.map(|r| format!("|{}|", r.join("|"))).collect();
                lines.insert(1, format!("|{}", "-|".repeat(self.columns)));
                lines
            }
            Shape::Fillers => {
                let row = |r: &Vec<Cell>| format!("{} | {}", words(r).join(" | "), self.pad(r));
                self.rows.iter().map(row).collect()
            }
            Shape::Opened => {
                let row = |r: &Vec<Cell>| format!("|\n{} {}", cell_lines(r), self.pad(r));
                self.rows.iter().map(row).collect()
            }
            _ => {
                let row = |r: &Vec<Cell>| format!("{}\n{}", cell_lines(r), self.pad(r));
                self.rows.iter().map(row).collect::<Vec<String>>()
            }
        };
        let lines: Vec<&str> = lines.iter().map(|l| l.trim_end_matches('\n')).collect();
        lines.join("\n")
    }

    /// A bar for each column and row that cells cover beyond their first; a row that lost a
    /// cell, or has one more, has as many of them as it would have.
    fn pad(&self, row: &[Cell]) -> String {
        let covered = row.iter().map(|c| c.columns - 1).sum::<usize>();
        let values = row
            .iter()
            .rev()
            .take_while(|c| c.words.is_empty() || digits(&c.words));
        let labels = row.len() - values.count();
        // What a group's name covers in the rows below it is missing there.
        let below = match self.columns {
            10 if row.len() >= 6 && labels > 0 => 3 - labels - covered,
            _ => 0,
        };
        "|".repeat(covered + below)
    }

    /// Every column of every row: what a cell covers is blank, or says the same.
    fn covered(&self, repeated: bool) -> Vec<Vec<String>> {
        let mut above: Vec<(usize, String)> = vec![(0, String::new()); self.columns];
        let mut lines = Vec::new();
        for row in &self.rows {
            let mut cells = row.iter();
            let mut line = Vec::new();
            let mut at = 0;
            while at < self.columns.max(line.len()) {
                if let Some((left, words)) = above.get_mut(at).filter(|a| a.0 > 0) {
                    *left -= 1;
                    line.push(if repeated {
                        words.clone()
                    } else {
                        String::new()
                    });
                    at += 1;
                    continue;
                }
                let Some(cell) = cells.next() else { break };
                for i in 0..cell.columns {
                    let show = repeated || i == 0;
                    line.push(if show {
                        cell.words.clone()
                    } else {
                        String::new()
                    });
                    if let Some(above) = above.get_mut(at + i) {
                        *above = (cell.rows - 1, cell.words.clone());
                    }
                }
                at += cell.columns;
            }
            line.extend(cells.map(|c| c.words.clone()));
            lines.push(line);
        }
        lines
    }
}

fn digits(words: &str) -> bool {
    words.chars().all(|c| c.is_ascii_digit())
}

fn words(row: &[Cell]) -> Vec<&str> {
    row.iter().map(|c| c.words.as_str()).collect()
}

/// A cell a line with a bar behind it; of a blank one only the bar is left.
fn cell_lines(row: &[Cell]) -> String {
    let line = |c: &Cell| match c.words.as_str() {
        "" => "|".to_owned(),
        words => format!("{words} |"),
    };
    row.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn html(row: &[Cell]) -> String {
    let cell = |c: &Cell| {
        let span = |name: &str, n: usize| match n {
            1 => String::new(),
            n => format!(" {name}=\"{n}\""),
        };
        let spans = span("colspan", c.columns) + &span("rowspan", c.rows);
        format!("<td{spans}><p>{}</p></td>", c.words)
    };
    format!("<tr>{}</tr>\n", row.iter().map(cell).collect::<String>())
}
