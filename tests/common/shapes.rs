//! The shapes in which portals, scrapers and converters leave the official forms.

use gongkai::report::Form;
use gongkai::report::form::FormRow;
use gongkai::source::Format;

use super::forms::Filled;
use super::page::Page;

/// A way to write a form down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Markdown tables, spanned cells blank.
    Markdown,
    /// Markdown in which every line became a table of its own below a heading, with
    /// headers that say nothing.
    Torn,
    /// Cells between tabs.
    Tabs,
    /// Cells between bars, spanned cells left out.
    Bars,
    /// Cells set apart by several blanks.
    Blanks,
    /// Label and numbers set apart by one blank each.
    OneBlank,
    /// A cell a line.
    CellLines,
    /// A cell a line, with a bar behind it, as text extractors leave cells of paragraphs.
    BarLines,
    /// A cell a line with a bar behind it, and bars for what a cell spans.
    Padded,
    /// A cell a line and a bar on the line after each.
    BarBetween,
    /// Labels broken into pieces of a dozen characters, the numbers after the last piece.
    Broken,
    /// Labels broken into pieces, the numbers after the first piece.
    Around,
    /// A web page, cells spanning columns and rows.
    Html,
    /// Cells between bars, table 3 on its side: applicants are its rows.
    Sideways,
    /// A web page with table 3 on its side, its headers in three rows.
    SidewaysHtml,
    /// A cell a line, table 3 on its side.
    SidewaysLines,
    /// The whole report on one line.
    OneLine,
    /// The whole report on one line, a bar behind each cell.
    OneLineBars,
    /// A cell a line, and the number of a page within a row.
    PageEnds,
    /// A cell a line, the name of a group run together with the label beside it.
    GluedGroups,
    /// A web page with every merged cell of the printed form.
    Merged,
    /// Cells between tabs in as many columns as the form has: what cells cover is blank.
    Unmerged,
    /// Markdown in which a merged cell is repeated in all that it covered.
    Repeated,
    /// Markdown without blanks, its rule of single dashes.
    ThinRule,
    /// Cells between bars, at the end of a row bars for what they cover.
    Fillers,
    /// A cell a line with a bar behind it; rows begin with a bar on a line of its own, and
    /// end with bars for what their cells cover.
    Opened,
    /// The same with those bars on a line of their own, and none at the beginning.
    OwnFillers,
    /// Rows without gaps between their cells.
    Glued,
    /// The whole report on one line, without gaps.
    GluedLine,
}

/// Shapes in which numbers have run together: not every row can be read.
pub const GLUED: [Shape; 2] = [Shape::Glued, Shape::GluedLine];

/// All shapes.
pub const SHAPES: [Shape; 27] = [
    Shape::Markdown,
    Shape::Torn,
    Shape::Tabs,
    Shape::Bars,
    Shape::Blanks,
    Shape::OneBlank,
    Shape::CellLines,
    Shape::BarLines,
    Shape::Padded,
    Shape::BarBetween,
    Shape::Broken,
    Shape::Around,
    Shape::Html,
    Shape::Sideways,
    Shape::SidewaysHtml,
    Shape::SidewaysLines,
    Shape::OneLine,
    Shape::OneLineBars,
    Shape::PageEnds,
    Shape::GluedGroups,
    Shape::Merged,
    Shape::Unmerged,
    Shape::Repeated,
    Shape::ThinRule,
    Shape::Fillers,
    Shape::Opened,
    Shape::OwnFillers,
];

impl Shape {
    /// Whether a blank cell can be seen in it.
    pub fn shows_blanks(self) -> bool {
        matches!(
            self,
            Self::Markdown
                | Self::Torn
                | Self::Tabs
                | Self::Bars
                | Self::BarLines
                | Self::Padded
                | Self::BarBetween
                | Self::Html
                | Self::Sideways
                | Self::SidewaysHtml
        ) || self.is_grid()
    }

    /// Whether it is the printed form with its merged cells, or what became of them.
    fn is_grid(self) -> bool {
        matches!(
            self,
            Self::Merged
                | Self::Unmerged
                | Self::Repeated
                | Self::ThinRule
                | Self::Fillers
                | Self::Opened
                | Self::OwnFillers
        )
    }

    pub fn is_sideways(self) -> bool {
        matches!(
            self,
            Self::Sideways | Self::SidewaysHtml | Self::SidewaysLines
        )
    }

    pub fn is_html(self) -> bool {
        matches!(self, Self::Html | Self::SidewaysHtml)
    }
}

impl Filled {
    /// A report with the form in it.
    pub fn render(&self, shape: Shape) -> (String, Format) {
        let year = match self.form {
            Form::A => 2010,
            Form::B => 2016,
            Form::C => 2020,
            _ => 2023,
        };
        let title = format!("德清县{year}年政府信息公开工作年度报告");
        if shape.is_grid() {
            return self.render_grids(&title, shape);
        }
        let mut page = Page {
            text: String::new(),
            shape,
            columns: 4,
            open: false,
            reach: 0,
        };
        if shape.is_html() {
            page.text.push_str("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><div class=\"article\">\n");
        }
        page.line(&title);
        match self.form {
            Form::C | Form::D => self.render_tables(&mut page),
            _ => self.render_list(&mut page),
        }
        let format = match shape {
            Shape::Html | Shape::SidewaysHtml => Format::Html,
            Shape::Markdown | Shape::Torn => Format::Md,
            _ => Format::Txt,
        };
        page.close();
        if matches!(
            shape,
            Shape::OneLine | Shape::OneLineBars | Shape::GluedLine
        ) {
            let lines = page.text.lines().filter(|l| !l.is_empty());
            let between = if shape == Shape::GluedLine { "" } else { " " };
            page.text = lines.collect::<Vec<_>>().join(between);
        }
        (page.text, format)
    }

    fn render_list(&self, page: &mut Page) {
        page.line("一、概述");
        page.line("全年的工作按部署开展，情况良好，有关数据见本报告所附的统计表。");
        page.line("附件：政府信息公开情况统计表");
        let coded = self.form == Form::A;
        let head: &[&str] = match coded {
            true => &["序号", "指标", "单位", "数量"],
            false => &["统计指标", "单位", "统计数"],
        };
        page.head(head);
        for row in self.data().row.iter().filter(|r| !r.cell.is_empty()) {
            for group in &row.group {
                page.row(&[group], &[]);
            }
            for slot in self.data().slots(row) {
                let code = row.cell.as_str();
                let value = self.get(&slot.cell);
                let cells = [code, row.printed.as_str(), row.unit.as_str()];
                match page.shape {
                    Shape::Torn => page.row(&cells[1..2], &[value]),
                    _ => page.row(&cells[usize::from(!coded)..], &[value]),
                }
            }
        }
    }

    fn render_tables(&self, page: &mut Page) {
        page.line("一、总体情况");
        page.line("全年的工作按部署开展，情况良好，有关数据见以下各表。");
        page.line("二、主动公开政府信息情况");
        for row in self.data().row.iter().filter(|r| r.table == "t2") {
            let slots = self.data().slots(row);
            if !self.printed.contains_key(&slots[0].cell) {
                continue;
            }
            for group in &row.group {
                page.end_table();
                page.line(group);
                let mut head = vec!["信息内容".to_owned()];
                head.extend(row.columns.iter().map(|c| self.head(row, c)));
                page.head(&head.iter().map(String::as_str).collect::<Vec<_>>());
            }
            let values: Vec<&str> = slots.iter().map(|s| self.get(&s.cell)).collect();
            page.row(&[&row.printed], &values);
        }
        page.end_table();
        page.line("三、收到和处理政府信息公开申请情况");
        self.render_requests(page);
        page.end_table();
        page.line("四、政府信息公开行政复议、行政诉讼情况");
        self.render_disputes(page);
        page.end_table();
        page.line("五、存在的主要问题及改进情况");
        page.line("解读形式不够丰富，明年将多用图表说明政策，并加强培训。");
        page.line("六、其他需要报告的事项");
        page.line("没有其他需要报告的事项。");
    }

    pub fn head(&self, row: &FormRow, column: &str) -> String {
        let head = &self.data().heads[column][0];
        match (row.cell.as_str(), column) {
            ("fee", "amount") => format!("{head}（单位：万元）"),
            ("procurement", "amount") => format!("{head}（万元）"),
            _ => head.clone(),
        }
    }

    /// Table 3 with the applicants as rows.
    fn render_sideways(&self, page: &mut Page) {
        let data = self.data();
        let rows = data.row.iter().filter(|r| r.table == "t3");
        let rows: Vec<&FormRow> = rows.collect();
        page.columns = rows.len() + 1;
        if page.shape == Shape::SidewaysHtml {
            page.sideways_head(&rows);
        } else {
            let labels = rows.iter().map(|r| r.printed.as_str());
            let head: Vec<&str> = ["申请人情况"].into_iter().chain(labels).collect();
            page.row(&head, &[]);
        }
        for (who, words) in data.applicant_words.iter().enumerate() {
            let slots = rows.iter().map(|r| data.slots(r).swap_remove(who));
            let cells: Vec<String> = slots.map(|s| s.cell).collect();
            let (values, change) = self.values(&cells);
            page.changed_row(&[&words[0]], &values, change);
        }
    }

    fn render_requests(&self, page: &mut Page) {
        if page.shape.is_sideways() {
            return self.render_sideways(page);
        }
        page.columns = 10;
        let data = self.data();
        let who: Vec<&str> = data.applicant_words.iter().map(|w| w[0].as_str()).collect();
        match page.shape {
            Shape::Markdown | Shape::Torn => {
                let mut head = vec!["项目", ""];
                head.extend(&who);
                page.head(&head);
            }
            _ => {
                page.row(
                    &[
                        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
                        "申请人情况",
                    ],
                    &[],
                );
                page.row(&["自然人", "法人或其他组织", "总计"], &[]);
                page.row(&who[1..6], &[]);
            }
        }
        for row in data.row.iter().filter(|r| r.table == "t3") {
            let slots = data.slots(row).into_iter();
            let cells: Vec<String> = slots.map(|s| s.cell).collect();
            let (values, change) = self.values(&cells);
            let group = row.group.first().map_or("", String::as_str);
            let inner = page.shape == Shape::Markdown;
            let labels: &[&str] = match (inner, group) {
                (true, "") if !row.printed.starts_with(['一', '二', '四']) => {
                    &["", &row.printed]
                }
                (true, "") => &[&row.printed, ""],
                (_, "") => &[&row.printed],
                _ => &[group, &row.printed],
            };
            page.changed_row(labels, &values, change);
        }
    }

    fn render_disputes(&self, page: &mut Page) {
        page.columns = 15;
        let results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
        let values: Vec<&str> = self
            .data()
            .disputes
            .iter()
            .map(|k| self.get(&format!("{:?}/t4/{k}", self.form)))
            .collect();
        if page.shape == Shape::Torn {
            let groups = [
                "行政复议",
                "行政诉讼（未经复议直接起诉）",
                "行政诉讼（复议后起诉）",
            ];
            for (group, values) in groups.iter().zip(values.chunks(5)) {
                page.line(group);
                page.table(&[&results], values);
            }
            return;
        }
        if page.shape == Shape::Markdown {
            let mut head = vec![""; 15];
            (head[0], head[5], head[10]) = (
                "行政复议",
                "行政诉讼（未经复议直接起诉）",
                "行政诉讼（复议后起诉）",
            );
            page.head(&head);
        } else {
            page.row(&["行政复议", "行政诉讼"], &[]);
            page.row(&["未经复议直接起诉", "复议后起诉"], &[]);
        }
        page.row(&results.repeat(3), &[]);
        page.row(&[], &values);
    }
}
