//! A page being written, row by row, in any of the shapes of [`super::shapes`].

use std::fmt::Write;

use gongkai::report::form::FormRow;

use super::shapes::Shape;

/// The headers of table 3, three rows of them.
const HTML_HEAD: &str = "<table>\n<tr><td colspan=\"3\" rowspan=\"3\">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan=\"7\">申请人情况</td></tr>\n<tr><td rowspan=\"2\">自然人</td><td colspan=\"5\">法人或其他组织</td><td rowspan=\"2\">总计</td></tr>\n<tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>\n";

/// Text being written.
pub struct Page {
    pub text: String,
    pub shape: Shape,
    /// Columns of the table being written.
    pub columns: usize,
    /// Whether a table is open (web pages).
    pub open: bool,
    /// Rows that a group name at the left still spans.
    pub reach: usize,
}

impl Page {
    pub fn line(&mut self, words: &str) {
        if self.shape.is_html() {
            self.end_table();
            let _ = writeln!(self.text, "<p><span>{words}</span></p>");
            return;
        }
        let mark = match self.shape {
            Shape::Torn if words.chars().count() < 30 && !words.ends_with('。') => "### ",
            _ => "",
        };
        let _ = writeln!(self.text, "{mark}{words}\n");
    }

    pub fn end_table(&mut self) {
        if self.open {
            self.text.push_str("</table>\n");
            self.open = false;
        }
        self.text.push('\n');
    }

    pub fn close(&mut self) {
        if self.shape.is_html() {
            self.end_table();
            self.text.push_str("</div></body></html>\n");
        }
    }

    /// A row of a web page: the last label spans what columns are left.
    pub fn html_row(&mut self, labels: &[&str], values: &[&str]) {
        if !self.open {
            self.text.push_str("<table>\n");
            self.open = true;
        }
        let used = labels.len() + values.len();
        let span = self.columns.saturating_sub(used) + 1;
        self.text.push_str("<tr>");
        for (i, cell) in labels.iter().chain(values).enumerate() {
            let spans = i + 1 == labels.len().max(1) && span > 1;
            let span = if spans {
                format!(" colspan=\"{span}\"")
            } else {
                String::new()
            };
            let _ = write!(self.text, "<td{span}><p>{cell}</p></td>");
        }
        self.text.push_str("</tr>\n");
    }

    /// Three rows of headers: the four points of table 3, the groups of its third, the lines.
    pub fn sideways_head(&mut self, rows: &[&FormRow]) {
        self.text
            .push_str("<table>\n<tr><td rowspan=\"3\">申请人情况</td>");
        self.open = true;
        let results = rows.len() - 3;
        let cell = |row: &FormRow, span: &str| format!("<td {span}>{}</td>", row.printed);
        let (first, rest) = rows.split_at(2);
        let (inner, last) = rest.split_at(results);
        for row in first {
            self.text.push_str(&cell(row, "rowspan=\"3\""));
        }
        let _ = write!(
            self.text,
            "<td colspan=\"{results}\">三、本年度办理结果</td>"
        );
        self.text.push_str(&cell(last[0], "rowspan=\"3\""));
        self.text.push_str("</tr>\n<tr>");
        let group = |row: &FormRow| row.cell.split('.').next().unwrap_or_default().to_owned();
        let mut lines = String::new();
        for part in inner.chunk_by(|a, b| group(a) == group(b)) {
            let name = part[0].group.last().filter(|_| part.len() > 1);
            match name {
                Some(name) => {
                    let _ = write!(self.text, "<td colspan=\"{}\">{name}</td>", part.len());
                    lines.extend(part.iter().map(|r| cell(r, "")));
                }
                None => {
                    let spanning = part.iter().map(|r| cell(r, "rowspan=\"2\""));
                    self.text.extend(spanning);
                }
            }
        }
        let _ = writeln!(self.text, "</tr>\n<tr>{lines}</tr>");
    }

    pub fn head(&mut self, cells: &[&str]) {
        match self.shape {
            Shape::Markdown => {
                self.row(cells, &[]);
                self.row(&vec!["---"; cells.len()], &[]);
            }
            Shape::Torn => {}
            _ => self.row(cells, &[]),
        }
    }

    /// A table of one line below headers that say nothing.
    pub fn table(&mut self, heads: &[&[&str]], values: &[&str]) {
        for head in heads {
            let _ = writeln!(self.text, "| {} |", head.join(" | "));
            let _ = writeln!(self.text, "|{}", "---|".repeat(head.len()));
        }
        let _ = writeln!(self.text, "| {} |\n", values.join(" | "));
    }

    /// A row that has `change` more cells than it should: what it spans stays as it is.
    pub fn changed_row(&mut self, labels: &[&str], values: &[&str], change: isize) {
        let columns = self.columns;
        self.columns = columns.saturating_add_signed(change);
        self.row(labels, values);
        self.columns = columns;
    }

    pub fn row(&mut self, labels: &[&str], values: &[&str]) {
        if self.shape.is_html() {
            self.html_row(labels, values);
            return;
        }
        let pad = self.columns.saturating_sub(labels.len() + values.len());
        let all: Vec<&str> = labels.iter().chain(values).copied().collect();
        let text = &mut self.text;
        let _ = match self.shape {
            Shape::Markdown | Shape::Bars | Shape::Sideways => {
                writeln!(text, "| {} |", all.join(" | "))
            }
            Shape::Torn if values.is_empty() => {
                self.line(labels[labels.len() - 1]);
                Ok(())
            }
            Shape::Torn => {
                for group in &labels[..labels.len() - 1] {
                    self.line(group);
                }
                let label = labels[labels.len() - 1];
                let heads: Vec<String> = (1..=values.len()).map(|i| format!("数据{i}")).collect();
                let mut head = vec!["类别"];
                head.extend(heads.iter().map(String::as_str));
                let mut cells = vec![label];
                cells.extend(values);
                self.table(&[&head], &cells);
                Ok(())
            }
            Shape::Tabs => writeln!(text, "{}", all.join("\t")),
            Shape::Blanks => writeln!(text, "{}", all.join("   ")),
            Shape::OneBlank | Shape::OneLine => writeln!(text, "{}", all.join(" ")),
            Shape::OneLineBars => writeln!(text, "{} |", all.join(" | ")),
            Shape::Glued | Shape::GluedLine => writeln!(text, "{}", all.concat()),
            Shape::PageEnds if values.len() == 7 => {
                let (before, after) = all.split_at(all.len() - 4);
                writeln!(
                    text,
                    "{}\n\n- 5 -\n\n{}",
                    before.join("\n"),
                    after.join("\n")
                )
            }
            Shape::GluedGroups if labels.len() == 2 && values.len() > 5 => {
                writeln!(text, "{}\n{}", labels.concat(), values.join("\n"))
            }
            Shape::CellLines | Shape::PageEnds | Shape::GluedGroups | Shape::SidewaysLines => {
                writeln!(text, "{}", all.join("\n"))
            }
            Shape::BarLines => writeln!(text, "{} |", all.join(" |\n")),
            Shape::Padded if pad > 0 => {
                writeln!(text, "{} |\n{}", all.join(" |\n"), "|".repeat(pad))
            }
            Shape::Padded => writeln!(text, "{} |", all.join(" |\n")),
            // These are written by their own functions.
            Shape::Html
            | Shape::SidewaysHtml
            | Shape::Merged
            | Shape::Unmerged
            | Shape::Repeated
            | Shape::ThinRule
            | Shape::Fillers
            | Shape::Opened
            | Shape::OwnFillers => Ok(()),
            Shape::Around => {
                let (groups, label) = labels.split_at(labels.len().saturating_sub(1));
                for group in groups {
                    let _ = writeln!(text, "{group}");
                }
                let label: Vec<char> = label.iter().flat_map(|l| l.chars()).collect();
                let mut pieces = label.chunks(14).map(|p| p.iter().collect::<String>());
                let first = pieces.next().unwrap_or_default();
                let _ = writeln!(text, "{first} {}", values.join(" "));
                pieces.for_each(|piece| {
                    let _ = writeln!(text, "{piece}");
                });
                Ok(())
            }
            Shape::BarBetween => writeln!(text, "{}\n|", all.join("\n|\n")),
            Shape::Broken => {
                let (groups, label) = labels.split_at(labels.len().saturating_sub(1));
                for group in groups {
                    let _ = writeln!(text, "{group}");
                }
                let label: Vec<char> = label.iter().flat_map(|l| l.chars()).collect();
                let mut pieces = label.chunks(14).map(|p| p.iter().collect::<String>());
                let first = pieces.next().unwrap_or_default();
                let rest: Vec<String> = pieces.collect();
                let _ = match rest.split_last() {
                    Some((last, between)) => {
                        let _ = writeln!(text, "{first}");
                        for piece in between {
                            let _ = writeln!(text, "{piece}");
                        }
                        writeln!(text, "{last} {}", values.join(" "))
                    }
                    None => writeln!(text, "{first} {}", values.join(" ")),
                };
                Ok(())
            }
        };
    }
}
