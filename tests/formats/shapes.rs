//! The ways in which people have a report. To add one: a function from the story to bytes,
//! and a line in `SHAPES`.

use std::fmt::Write as _;

use gongkai::source::Format;
use gongkai::source::grid::{self, Grid};

use super::story::{Cell, Part};

/// A shape: its name, what it is read as, and how the story is put into it (before encoding).
pub type Shape = (&'static str, Format, fn(&[Part]) -> String);

/// Every shape that is text before it is encoded.
pub const SHAPES: [Shape; 9] = [
    ("plain text, cells between tabs", Format::Txt, tabs),
    ("plain text, cells between bars", Format::Txt, bars),
    ("plain text, cells between blanks", Format::Txt, blanks),
    ("plain text, a cell a line", Format::Txt, lines),
    ("Markdown", Format::Md, markdown),
    ("Markdown of a converter", Format::Md, converter),
    ("a portal's page", Format::Html, page),
    ("a page of a word processor", Format::Html, word),
    ("a web archive", Format::Mhtml, archive),
];

fn resolved(table: &[Vec<Cell>]) -> Grid {
    Grid::new(
        table
            .iter()
            .map(|row| {
                row.iter()
                    .map(|(words, columns, rows)| grid::Cell {
                        words: words.clone(),
                        columns: *columns,
                        rows: *rows,
                    })
                    .collect()
            })
            .collect(),
    )
}

/// Words of the cells that begin in each row; a place that a cell from elsewhere covers is
/// blank when `filled`, else left out.
fn rows(table: &[Vec<Cell>], filled: bool) -> Vec<Vec<String>> {
    let grid = resolved(table);
    let mut seen = vec![false; grid.cells.len()];
    grid.rows
        .iter()
        .map(|row| {
            row.iter()
                .filter_map(|place| match place {
                    Some(id) if !seen[*id] => {
                        seen[*id] = true;
                        Some(grid.cells[*id].clone())
                    }
                    _ => filled.then(String::new),
                })
                .collect()
        })
        .collect()
}

fn plain(story: &[Part], table: impl Fn(&[Vec<Cell>]) -> String) -> String {
    let mut text = String::new();
    for part in story {
        match part {
            Part::Title(words) => writeln!(text, "{words}\n"),
            Part::Metadata(pairs) => pairs
                .iter()
                .try_for_each(|(label, value)| writeln!(text, "{label}：{value}")),
            Part::Heading(_, words) => writeln!(text, "\n{words}"),
            Part::Text(words) => writeln!(text, "　　{words}"),
            Part::Table(rows) => writeln!(text, "{}", table(rows)),
        }
        .expect("a string");
    }
    text
}

fn tabs(story: &[Part]) -> String {
    plain(story, |table| {
        rows(table, true)
            .iter()
            .map(|r| r.join("\t") + "\n")
            .collect()
    })
}

fn bars(story: &[Part]) -> String {
    plain(story, |table| {
        rows(table, true)
            .iter()
            .map(|r| format!("| {} |\n", r.join(" | ")))
            .collect()
    })
}

fn blanks(story: &[Part]) -> String {
    plain(story, |table| {
        rows(table, false)
            .iter()
            .map(|r| r.join("  ") + "\n")
            .collect()
    })
}

fn lines(story: &[Part]) -> String {
    plain(story, |table| {
        rows(table, false)
            .iter()
            .flatten()
            .map(|cell| format!("{cell}\n"))
            .collect()
    })
}

fn markdown(story: &[Part]) -> String {
    let mut text = String::new();
    for part in story {
        match part {
            Part::Title(words) => writeln!(text, "# {words}\n"),
            Part::Metadata(pairs) => {
                let cells: Vec<String> = pairs.iter().map(|(l, v)| format!("{l} | {v}")).collect();
                writeln!(text, "| {} |\n", cells.join(" | "))
            }
            Part::Heading(level, words) => {
                writeln!(text, "{} {words}\n", "#".repeat(usize::from(*level) + 1))
            }
            Part::Text(words) => writeln!(text, "{words}\n"),
            Part::Table(table) => {
                let rows = rows(table, true);
                let rule = "|---".repeat(rows[0].len()) + "|\n";
                let rows: Vec<String> = rows
                    .iter()
                    .map(|r| format!("| {} |\n", r.join(" | ")))
                    .collect();
                writeln!(text, "{}{rule}{}", rows[0], rows[1..].concat())
            }
        }
        .expect("a string");
    }
    text
}

/// Blank lines and the heading once more within a table, no rule lines, bold headings.
fn converter(story: &[Part]) -> String {
    let mut text = String::new();
    let mut above = "";
    for part in story {
        match part {
            Part::Title(words) => writeln!(text, "# {words}\n"),
            Part::Metadata(pairs) => pairs
                .iter()
                .try_for_each(|(label, value)| writeln!(text, "{label}：{value}\n")),
            Part::Heading(level, words) => {
                above = words;
                writeln!(text, "{} {words}\n", "#".repeat(usize::from(*level) + 1))
            }
            Part::Text(words) => writeln!(text, "{words}\n"),
            Part::Table(table) => rows(table, true)
                .iter()
                .enumerate()
                .try_for_each(|(i, row)| {
                    if i > 0 && i % 9 == 0 {
                        writeln!(text, "\n## {above}")?;
                    }
                    writeln!(text, "| {} |", row.join(" | "))
                }),
        }
        .expect("a string");
    }
    text
}

fn cells(table: &[Vec<Cell>], tag: &str) -> String {
    let mut html = String::from("<table border=1>");
    for row in table {
        html += "<tr>";
        for (words, columns, rows) in row {
            write!(
                html,
                "<td colspan={columns} rowspan=\"{rows}\">{tag}{words}</td>"
            )
            .expect("a string");
        }
        html += "</tr>";
    }
    html + "</table>"
}

fn page(story: &[Part]) -> String {
    let (mut head, mut body) = (String::new(), String::new());
    for part in story {
        match part {
            Part::Title(words) => {
                write!(head, "<h1 class=bt>{words}</h1>")
            }
            Part::Metadata(pairs) => {
                let cells: String = pairs
                    .iter()
                    .map(|(l, v)| format!("<td><b>{l}：</b></td><td>{v}</td>"))
                    .collect();
                write!(head, "<table><tr>{cells}</tr></table>")
            }
            Part::Heading(level, words) => write!(body, "<h{0}>{words}</h{0}>", level + 1),
            Part::Text(words) => {
                // Every third character in an element of its own.
                let pieces: String = words
                    .chars()
                    .collect::<Vec<_>>()
                    .chunks(3)
                    .map(|c| format!("<span lang=EN-US>{}</span>", c.iter().collect::<String>()))
                    .collect();
                writeln!(body, "<p>&nbsp;&nbsp;&nbsp;&nbsp;{pieces}</p>")
            }
            Part::Table(table) => write!(body, "{}", cells(table, "<p align=center>")),
        }
        .expect("a string");
    }
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n\
         <title>年度报告_桐庐县政府网</title><script>document.write('全年，共12条。')</script></head>\n<body>\
         <div class=\"nav\"><a href=#>首页</a> | <a href=#>政务公开</a> | <a href=#>网上办事</a></div>\
         <div class=\"weizhi\">您当前的位置：<a>首页</a>&gt;<a>政府信息公开</a>&gt;<a>年报</a></div>\
         <div class=\"leftlist\"><ul><li><a>桐庐县人民政府2021年政府信息公开工作年度报告</a></li><li><a>桐庐县人民政府2020年政府信息公开工作年度报告</a></li></ul></div>\
         {head}<div class=\"TRS_Editor\">{body}</div><div class=\"fx\">分享到：<a>微博</a><a>微信</a></div>\
         <p>【<a>打印</a>】【<a>关闭</a>】</p><div class=\"foot\">主办单位：桐庐县人民政府办公室　网站标识码：3301220001</div></body></html>"
    )
}

/// Without any heading element or container, nested in a table for the layout.
fn word(story: &[Part]) -> String {
    let mut body = String::new();
    for part in story {
        match part {
            Part::Title(words) => write!(
                body,
                "<p class=MsoNormal align=center><b>{words}<o:p></o:p></b></p>"
            ),
            Part::Metadata(pairs) => pairs.iter().try_for_each(|(l, v)| {
                write!(body, "<p class=MsoNormal>{l}：<span>{v}</span></p>")
            }),
            Part::Heading(_, words) => write!(
                body,
                "<p class=MsoNormal><b><font face=黑体>{words}</font></b></p>"
            ),
            Part::Text(words) => write!(
                body,
                "<p class=MsoNormal style='text-indent:32pt'>{words}<br clear=all></p>"
            ),
            Part::Table(table) => write!(
                body,
                "<div align=center>{}</div>",
                cells(table, "<p class=MsoNormal>")
            ),
        }
        .expect("a string");
    }
    format!(
        "<html xmlns:o=x><head><style>p.MsoNormal{{margin:0}}</style><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--></head>\
         <body><table width=960><tr><td><table><tr><td>{body}</td></tr></table></td></tr></table></body></html>"
    )
}

fn archive(story: &[Part]) -> String {
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.invalid/\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----MultipartBoundary--x\"\r\n\r\n\
         ------MultipartBoundary--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n\
         ------MultipartBoundary--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
         ------MultipartBoundary--x--\r\n",
        page(story)
    )
}
