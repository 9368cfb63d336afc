//! Plain text and Markdown → blocks: a line is a block, unless a converter broke a
//! sentence over several lines; then they are one. Tables that lost their bars on the way
//! are found again.

mod commas;
mod gather;
mod hard;
mod markup;
pub mod rows;
pub mod wrap;

pub use gather::gather;

use std::ops::Range;

use super::{Block, Format, Shape, trimmed};
use crate::text::fold::fold;
use crate::text::numeral;

/// Cuts a text into blocks.
pub fn blocks(text: &str, format: Format) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    for table in markup::tables(text) {
        blocks.extend(between(text, at..table.range.start, format));
        blocks.extend(table.rows);
        at = table.range.end;
    }
    blocks.extend(between(text, at..text.len(), format));
    gather(text, blocks)
}

/// The blocks of a stretch of text that holds no table in HTML.
fn between(text: &str, stretch: Range<usize>, format: Format) -> Vec<Block> {
    let lines = lines(text, stretch);
    // Rows of a table are as long as their cells.
    let running = |l: &&Line| !text[l.start..l.end].trim_start().starts_with('|');
    let measure = wrap::measure(lines.iter().filter(running).map(|l| &text[l.start..l.end]));
    let mut commas = commas::rows(text, lines.iter().map(|l| l.start..l.end));
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    let mut i = 0;
    // How many rows between bars stand one below the other.
    let mut rows = 0;
    while i < lines.len() {
        let line = &lines[i];
        i += 1;
        let content = &text[line.start..line.end];
        if content.trim().is_empty() {
            rows = 0;
            let blank = rows::blank(text, line.start..line.end, blocks.last());
            blocks.extend(blank);
            continue;
        }
        rows = if is_barred(content) { rows + 1 } else { 0 };
        let cells = std::mem::take(&mut commas[i - 1]);
        if !cells.is_empty() {
            let cells = cells.into_iter().map(|c| trimmed(text, c)).collect();
            blocks.push(Block::new(text, line.start..line.end, Shape::Row(cells)));
            continue;
        }
        match rows::line(text, line.start..line.end) {
            Some(rows::Line::Rule) => continue,
            Some(rows::Line::Row(cells))
                if rows == 2
                    && rows::is_thin_rule(text, &cells)
                    && lines
                        .get(i)
                        .is_some_and(|l| is_barred(&text[l.start..l.end])) =>
            {
                continue;
            }
            Some(rows::Line::Row(cells)) => {
                blocks.push(Block::new(text, line.start..line.end, Shape::Row(cells)));
                continue;
            }
            None => {}
        }
        if let Some((level, skip)) = hashes(content) {
            let first = line.start + skip..line.end;
            let mut pieces = Vec::from([first]);
            while let Some((next, range)) = rest_of_heading(text, &lines, i, level, &pieces) {
                pieces.push(range);
                i = next;
            }
            if !text[pieces[0].clone()].trim().is_empty() {
                blocks.push(Block::of_pieces(text, &pieces, Shape::Heading(level)));
            }
            continue;
        }
        if format == Format::Md && is_rule(content) {
            continue;
        }
        let (pieces, next) = paragraph(text, &lines, i - 1, measure);
        i = next;
        blocks.push(Block::of_pieces(text, &pieces, Shape::Paragraph));
    }
    blocks
}

/// The pieces of the paragraph that begins with line `at`, over whose end a converter broke it,
/// and the line behind it.
fn paragraph(
    text: &str,
    lines: &[Line],
    at: usize,
    measure: Option<wrap::Measure>,
) -> (Vec<Range<usize>>, usize) {
    let mut last = &lines[at];
    let mut pieces: Vec<Range<usize>> = std::iter::once(last.start..last.end).collect();
    let mut i = at + 1;
    while let Some(next) = lines.get(i) {
        let (this, that) = (&text[last.start..last.end], &text[next.start..next.end]);
        let goes_on = measure.is_some_and(|m| wrap::continues(this, that, m))
            || wrap::breaks_number(this, that);
        if !goes_on {
            break;
        }
        match (pieces.last_mut(), wrap::is_within_number(this, that)) {
            (Some(piece), false) => piece.end = next.end,
            _ => pieces.push(next.start..next.end),
        }
        last = next;
        i += 1;
    }
    (pieces, i)
}

/// Whether a line is a row of a table between bars.
fn is_barred(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2 && line.starts_with('|') && line.ends_with('|')
}

#[derive(Debug)]
struct Line {
    start: usize,
    end: usize,
    /// Characters, without white space at the ends.
    length: usize,
}

fn lines(text: &str, stretch: Range<usize>) -> Vec<Line> {
    let mut at = stretch.start;
    text[stretch]
        .split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{c}'])
        .map(|line| {
            let start = at;
            at += line.len();
            Line {
                start,
                end: at,
                length: line.trim().chars().count(),
            }
        })
        .collect()
}

/// Level of a Markdown heading and where its words begin. Plain text saved by converters
/// has them too.
fn hashes(line: &str) -> Option<(u8, usize)> {
    let lead = line.len() - line.trim_start().len();
    let body = &line[lead..];
    let count = body.bytes().take_while(|b| *b == b'#').count();
    if !(1..=6).contains(&count) || !body[count..].starts_with([' ', '\u{3000}', '\t']) {
        return None;
    }
    Some((count as u8, lead + count))
}

/// The heading line after line `i` that goes on with one that a converter broke in two:
/// 三、收到和处理政府 / 信息公开申请情况. The first has a number, the second has none, and
/// nothing stands between them.
fn rest_of_heading(
    text: &str,
    lines: &[Line],
    i: usize,
    level: u8,
    pieces: &[Range<usize>],
) -> Option<(usize, Range<usize>)> {
    let first = text[pieces[0].clone()].trim();
    let ahead = lines.get(i..)?.iter().take(2);
    let (next, line) = ahead.enumerate().find(|(_, l)| l.length > 0)?;
    let (same, skip) = hashes(&text[line.start..line.end])?;
    let range = line.start + skip..line.end;
    let words = text[range.clone()].trim();
    let long = first.chars().count() >= 8;
    let goes_on = same == level
        && long
        && pieces.len() < 3
        && !words.is_empty()
        && words.chars().count() <= 40
        && numeral::starts_with_marker(&fold(first))
        && !numeral::starts_with_marker(&fold(words))
        && !first.ends_with(['。', '；', '：', ':', '！', '？']);
    goes_on.then_some((i + next + 1, range))
}

/// A line of dashes or stars.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '*' | '_' | '='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, format: Format) -> Vec<String> {
        blocks(text, format)
            .iter()
            .map(|b| b.folded.text().to_owned())
            .collect()
    }

    #[test]
    fn a_line_is_a_block() {
        assert_eq!(
            texts("一、概述\n\n  全年共收到申请9件。\n", Format::Txt),
            ["一、概述", "全年共收到申请9件。"]
        );
    }

    #[test]
    fn rows_of_a_table_do_not_hide_where_lines_were_broken() {
        let line = "本单位在这一年里认真落实各项公开要求并且持续改进有关工作";
        let mut text = format!("{line}\n").repeat(12);
        text += &"| 行政许可事项 | 本年处理决定数量 | 0 |\n".repeat(40);
        text += &format!("| {} | 0 |\n", "很长的一行".repeat(20));
        assert_eq!(
            texts(&text, Format::Md)[0].chars().count(),
            12 * line.chars().count()
        );
    }

    #[test]
    fn lines_broken_by_a_converter_are_one_block() {
        let line = "本单位在这一年里认真落实各项公开要求并且持续改进有关工作";
        let mut text = String::from("一、总体情况\n");
        for _ in 0..12 {
            text.push_str(line);
            text.push('\n');
        }
        text.push_str("最后一行。\n二、主动公开\n");
        let blocks = texts(&text, Format::Txt);
        assert_eq!(blocks.len(), 3, "{blocks:?}");
        assert!(blocks[1].ends_with("最后一行。"));
    }

    /// Breaks a text behind every so many columns, as programs with a fixed page do.
    fn broken(text: &str, columns: usize) -> String {
        let mut out = String::new();
        for line in text.lines() {
            let mut used = 0;
            for c in line.chars() {
                let width = 1 + usize::from(!c.is_ascii());
                if used + width > columns {
                    out.push('\n');
                    used = 0;
                }
                used += width;
                out.push(c);
            }
            out.push('\n');
        }
        out
    }

    #[test]
    fn a_number_broken_by_the_end_of_a_line_is_one() {
        let paragraph = "本年度我局举办业务培训3期，参加人员285人次，经费支出1,906.5元；主动公开信息1236条，其中通过网站公开的有1100条，通过公报公开的有136条，占11.0%。";
        let text = format!("一、概述\n{paragraph}\n二、其他\n{paragraph}{paragraph}\n").repeat(3);
        let plain = texts(&text, Format::Txt);
        for columns in 40..90 {
            assert_eq!(
                texts(&broken(&text, columns), Format::Txt),
                plain,
                "{columns}"
            );
        }
    }

    #[test]
    fn lines_that_end_anywhere_are_not_broken() {
        let text: String = (20..60)
            .map(|n| {
                let words = "全年公开的事项较多".repeat(8);
                words
                    .chars()
                    .take(n)
                    .chain("。\n".chars())
                    .collect::<String>()
            })
            .collect();
        assert_eq!(texts(&text, Format::Txt).len(), 40);
    }

    #[test]
    fn rows_have_cells() {
        let text = "| 指标 | 数量 |\n|---|---|\n| 申请 |  |\n甲\t3\n";
        let found = blocks(text, Format::Md);
        assert_eq!(found.len(), 3);
        let Shape::Row(cells) = &found[1].shape else {
            panic!("no row")
        };
        assert_eq!(
            cells.iter().map(|c| &text[c.clone()]).collect::<Vec<_>>(),
            ["申请", ""]
        );
        let Shape::Row(cells) = &found[2].shape else {
            panic!("no row")
        };
        assert_eq!(
            cells.iter().map(|c| &text[c.clone()]).collect::<Vec<_>>(),
            ["甲", "3"]
        );
    }

    #[test]
    fn dashes_below_a_header_are_its_rule_whatever_their_number() {
        let cells = |text: &str| -> Vec<String> { texts(text, Format::Md) };
        let thin = "|指标|数量|\n|-|:-|\n|申请|3|\n";
        assert_eq!(cells(thin).len(), 2);
        // Below other rows, or at the end, they are marks for none.
        let marks = "|申请|数量|\n|---|---|\n|甲|乙|\n|-|-|\n|丙|3|\n\n|甲|乙|\n|-|-|\n";
        assert_eq!(cells(marks).len(), 6);
    }

    #[test]
    fn hashes_are_headings_in_any_text() {
        let found = blocks("## 一、概述\n正文。\n", Format::Txt);
        assert_eq!(found[0].shape, Shape::Heading(2));
        assert_eq!(found[0].folded.text(), "一、概述");
    }

    #[test]
    fn a_heading_broken_in_two_is_one() {
        let text =
            "## 三、收到和处理政府\n\n## 信息公开申请情况\n没有。\n## 四、诉讼\n## 五、问题\n";
        let found = blocks(text, Format::Md);
        let words: Vec<&str> = found.iter().map(|b| b.folded.text()).collect();
        assert_eq!(
            words,
            [
                "三、收到和处理政府信息公开申请情况",
                "没有。",
                "四、诉讼",
                "五、问题"
            ]
        );
        let at = "三、收到和处理政府".len();
        let second = found[0].folded.source(at..at + "信息".len());
        assert_eq!(&text[second], "信息");
        let apart = "## 主动公开情况\n## 依申请公开情况\n";
        assert_eq!(blocks(apart, Format::Md).len(), 2);
    }

    fn cells<'a>(text: &'a str, block: &Block) -> Vec<&'a str> {
        match &block.shape {
            Shape::Row(cells) => cells.iter().map(|c| &text[c.clone()]).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_cell_a_line_is_a_row() {
        let text =
            "申请人情况\n一、本年新收\n\n3\n0\n1\n4\n二、上年结转\n0\n0\n-\n0\n五、问题\n没有。\n";
        let found = blocks(text, Format::Txt);
        assert_eq!(cells(text, &found[1]), ["一、本年新收", "3", "0", "1", "4"]);
        assert_eq!(cells(text, &found[2]), ["二、上年结转", "0", "0", "-", "0"]);
        assert_eq!(found[3].folded.text(), "五、问题");
    }

    #[test]
    fn a_heading_repeated_within_a_table_begins_nothing() {
        let text =
            "## 表一\n| 项目 | 数 |\n|---|---|\n## 表一\n| 规章 | 2 |\n## 表二\n| 许可 | 3 |\n";
        let found = blocks(text, Format::Md);
        let headings = found
            .iter()
            .filter(|b| matches!(b.shape, Shape::Heading(_)))
            .count();
        assert_eq!(headings, 2);
        assert_eq!(cells(text, &found[2]), ["规章", "2"]);
    }
}
