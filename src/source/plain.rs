//! Plain text and Markdown → blocks: a line is a block, unless a converter broke a
//! sentence over several lines; then they are one.

use super::{Block, Format, Shape};

/// Cuts a text into blocks.
pub fn blocks(text: &str, format: Format) -> Vec<Block> {
    let lines = lines(text);
    let measure = hard_wrap(&lines);
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    let mut i = 0;
    while i < lines.len() {
        let line = &lines[i];
        i += 1;
        let content = &text[line.start..line.end];
        if content.trim().is_empty() {
            continue;
        }
        if let Some(shape) = row(text, line) {
            if let Some(shape) = shape {
                blocks.push(Block::new(text, line.start..line.end, shape));
            }
            continue;
        }
        if let Some((level, skip)) = hashes(content) {
            let range = line.start + skip..line.end;
            if !text[range.clone()].trim().is_empty() {
                blocks.push(Block::new(text, range, Shape::Heading(level)));
            }
            continue;
        }
        if format == Format::Md && is_rule(content) {
            continue;
        }
        let mut end = line.end;
        if let Some(measure) = measure {
            let mut last = line;
            while let Some(next) = lines.get(i) {
                if !continues(text, last, next, measure) {
                    break;
                }
                end = next.end;
                last = next;
                i += 1;
            }
        }
        blocks.push(Block::new(text, line.start..end, Shape::Paragraph));
    }
    blocks
}

#[derive(Debug)]
struct Line {
    start: usize,
    end: usize,
    /// Characters, without white space at the ends.
    length: usize,
}

fn lines(text: &str) -> Vec<Line> {
    let mut at = 0;
    text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{c}'])
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

/// The measure at which a converter broke the lines of this text, if it did: then most
/// lines that are not short are about equally long, and not one is much longer.
fn hard_wrap(lines: &[Line]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines
        .iter()
        .map(|l| l.length)
        .filter(|l| *l >= 12)
        .collect();
    if lengths.len() < 10 {
        return None;
    }
    lengths.sort_unstable();
    let measure = lengths[lengths.len() * 9 / 10];
    let longest = lengths[lengths.len() - 1];
    let full = lengths.iter().filter(|l| **l * 10 >= measure * 8).count();
    (measure <= 60 && longest <= measure * 2 && full * 2 >= lengths.len()).then_some(measure)
}

/// Whether `next` goes on with the sentence that `line` breaks off.
fn continues(text: &str, line: &Line, next: &Line, measure: usize) -> bool {
    let (this, that) = (
        text[line.start..line.end].trim(),
        text[next.start..next.end].trim(),
    );
    if line.length * 10 < measure * 8 || that.is_empty() || this.is_empty() {
        return false;
    }
    let ends = this.ends_with(['。', '！', '？', '；', '：', ':', ';', '!', '?', '|']);
    let begins = that.starts_with(['#', '|', '-', '—', '•', '·', '*', '>'])
        || crate::text::numeral::starts_with_marker(that)
        || text[next.start..next.end].starts_with(['\u{3000}', '\t'])
        || text[next.start..next.end].starts_with("  ");
    !ends && !begins && !that.contains('\t')
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

/// A line of dashes or stars.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '*' | '_' | '='))
}

/// A table row: cells between bars or tabs. `Some(None)` for the rule below a header.
fn row(text: &str, line: &Line) -> Option<Option<Shape>> {
    let content = text[line.start..line.end].trim_end();
    let separator = if content.trim_start().starts_with('|') || content.matches('|').count() >= 2 {
        '|'
    } else if content.trim_start().contains('\t')
        || line.length <= 60 && text[line.start..line.end].contains("\t\t") && line.length > 0
    {
        '\t'
    } else {
        return columns(text, line).map(|cells| Some(Shape::Row(cells)));
    };
    let lead = content.len() - content.trim_start_matches([' ', '\u{3000}']).len();
    let (mut start, mut end) = (line.start + lead, line.start + content.len());
    if separator == '\t' {
        // Tabs at the end are blank cells.
        let whole = text[line.start..line.end].trim_end_matches(['\n', '\r', ' ']);
        end = line.start + whole.len();
    }
    if separator == '|' {
        if text[start..end].starts_with('|') {
            start += 1;
        }
        if text[start..end].ends_with('|') {
            end -= 1;
        }
    }
    let mut at = start;
    let cells: Vec<_> = text[start..end.max(start)]
        .split(separator)
        .map(|cell| {
            let range = at..at + cell.len();
            at += cell.len() + 1;
            super::trimmed(text, range)
        })
        .collect();
    let is_rule =
        |cell: &str| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':' | ' '));
    if separator == '|' && cells.iter().all(|c| is_rule(&text[c.clone()])) && content.contains("--")
    {
        return Some(None);
    }
    Some(Some(Shape::Row(cells)))
}

/// Cells set apart by runs of blanks, when the last of them is a number or a mark for none.
fn columns(text: &str, line: &Line) -> Option<Vec<std::ops::Range<usize>>> {
    let content = text[line.start..line.end].trim_end();
    let lead = content.len() - content.trim_start().len();
    if !content[lead..].contains("  ") && !content[lead..].contains('\u{a0}') || line.length > 160 {
        return None;
    }
    let mut cells = Vec::new();
    let (mut from, mut blanks, mut end) = (line.start + lead, 0, line.start + lead);
    for (at, c) in content[lead..].char_indices() {
        let at = line.start + lead + at;
        if c.is_whitespace() {
            blanks += 1;
            continue;
        }
        if blanks >= 2 {
            cells.push(from..end);
            from = at;
        }
        blanks = 0;
        end = at + c.len_utf8();
    }
    cells.push(from..end);
    let number = |c: &std::ops::Range<usize>| {
        let cell = &text[c.clone()];
        cell.chars().any(|c| c.is_numeric())
            && cell.chars().all(|c| {
                c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%' | '+' | '０'..='９')
            })
            || matches!(cell, "-" | "—" | "/" | "无")
    };
    let numbers = cells.iter().filter(|c| number(c)).count();
    (cells.len() >= 2 && numbers >= 1 && cells.last().is_some_and(number)).then_some(cells)
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
    fn hashes_are_headings_in_any_text() {
        let found = blocks("## 一、概述\n正文。\n", Format::Txt);
        assert_eq!(found[0].shape, Shape::Heading(2));
        assert_eq!(found[0].folded.text(), "一、概述");
    }
}
