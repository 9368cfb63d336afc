//! A report as a portal serves it: menus and share bars around it, its paragraphs broken
//! over spans, its tables as tables.

use std::fmt::Write;

use fastrand::Rng;

const MENU: [&str; 12] = [
    "首页",
    "政务公开",
    "政务服务",
    "互动交流",
    "走进本地",
    "数据开放",
    "领导之窗",
    "机构设置",
    "政策文件",
    "规划计划",
    "财政资金",
    "专题专栏",
];

/// Wraps a generated text into a page of about `kilobytes`.
pub fn page(text: &str, kilobytes: usize, rng: &mut Rng) -> String {
    let mut out = String::with_capacity(kilobytes << 10);
    let title = text
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches("# ");
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <title>{title}</title>\n<meta name=\"ArticleTitle\" content=\"{title}\">\n<style>"
    );
    // Half of what is missing is style and script, as on real pages.
    let filler = (kilobytes << 10).saturating_sub(text.len() * 2);
    for n in 0..filler / 2 / 64 {
        let _ = writeln!(
            out,
            ".c{n} a:hover {{ color: #{:06x}; margin: {}px }}",
            rng.u32(..0xff_ffff),
            n % 40
        );
    }
    out.push_str("</style></head>\n<body><div class=\"header\"><ul>\n");
    for n in 0..filler / 2 / 60 {
        let name = MENU[n % MENU.len()];
        let _ = writeln!(
            out,
            "<li><a href=\"/col/{}/index.html\">{name}</a></li>",
            rng.u32(..99_999)
        );
    }
    let _ = write!(
        out,
        "</ul></div>\n<div class=\"crumbs\">您现在的位置：首页 &gt; 政务公开 &gt; 年度报告</div>\n\
         <div class=\"article\"><h1>{title}</h1>\n\
         <p class=\"info\">字体：[<a>大</a> <a>中</a> <a>小</a>]&nbsp;<a>打印</a></p>\n<div id=\"zoom\">\n"
    );
    let mut in_table = false;
    for line in text.lines().skip(1) {
        let separator = if line.contains('\t') { '\t' } else { '|' };
        let is_row = line.matches(separator).count() >= 2;
        if is_row != in_table {
            out.push_str(if is_row {
                "<table border=\"1\"><tbody>\n"
            } else {
                "</tbody></table>\n"
            });
            in_table = is_row;
        }
        if is_row {
            row(&mut out, line, separator);
        } else if !line.is_empty() {
            paragraph(&mut out, line, rng);
        }
    }
    if in_table {
        out.push_str("</tbody></table>\n");
    }
    out.push_str(
        "</div></div>\n<div class=\"share\">分享到：<a>微信</a> <a>微博</a></div>\n\
         <div class=\"footer\">主办：政府办公室　网站地图　联系我们</div></body></html>\n",
    );
    out
}

fn row(out: &mut String, line: &str, separator: char) {
    let cells: Vec<&str> = line
        .trim_matches('|')
        .split(separator)
        .map(str::trim)
        .collect();
    if cells.iter().all(|c| c.starts_with("---")) {
        return;
    }
    out.push_str("<tr>");
    for cell in cells {
        let _ = write!(out, "<td style=\"border:1px solid\"><p>{cell}</p></td>");
    }
    out.push_str("</tr>\n");
}

/// A paragraph; word processors break it over spans at any place, even within a number.
fn paragraph(out: &mut String, line: &str, rng: &mut Rng) {
    let line = line.trim_start_matches("## ");
    out.push_str("<p style=\"text-indent:2em\">");
    for c in line.chars() {
        if rng.u32(..40) == 0 {
            out.push_str("</span><span style=\"font-family:仿宋\">");
        }
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out.push_str("</p>\n");
}
