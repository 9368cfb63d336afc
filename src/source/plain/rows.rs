//! A line → the cells of a table row: between bars or tabs, or set apart by blanks.

use std::ops::Range;

use super::super::{Block, Shape, trimmed};

/// What a line of a table is.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Cells, as ranges of the text.
    Row(Vec<Range<usize>>),
    /// The rule below a header.
    Rule,
}

/// What stands between cells: in Markdown, in full width, in tables drawn with lines.
const BARS: [char; 4] = ['|', '｜', '│', '┃'];

/// The cells of the line that stands at `line` of `text`, if it is one of a table.
pub fn line(text: &str, line: Range<usize>) -> Option<Line> {
    let content = text[line.clone()].trim_end();
    if is_drawn_rule(content.trim()) {
        return Some(Line::Rule);
    }
    let bars = content.matches(BARS).count();
    if bars >= 2 && (content.trim_start().starts_with(BARS) || !is_menu(content)) {
        return Some(separated(text, line.start, content, &BARS));
    }
    // Tabs at the end are blank cells.
    let open = text[line.clone()].trim_end_matches(|c: char| c.is_whitespace() && c != '\t');
    if content.trim_start().contains('\t') || !content.is_empty() && open.ends_with("\t\t") {
        let content = open;
        return Some(separated(text, line.start, content, &['\t']));
    }
    columns(text, line.start, content).map(Line::Row)
}

/// A line drawn between rows; a short one may be a mark for none.
fn is_drawn_rule(line: &str) -> bool {
    const FEWEST: usize = 5;
    let drawn = |c: char| matches!(c, '\u{2500}'..='\u{257f}');
    line.starts_with(drawn)
        && line.chars().all(|c| drawn(c) || c == ' ')
        && line.chars().count() >= FEWEST
}

/// The row that a line of nothing but tabs is, where the row right above it has as many cells.
pub fn blank(text: &str, line: Range<usize>, above: Option<&Block>) -> Option<Block> {
    let above = above?;
    let Shape::Row(cells) = &above.shape else {
        return None;
    };
    let content = text[line.clone()].trim_end_matches(['\r', '\n']);
    let tabs = content.bytes().filter(|b| *b == b'\t').count();
    let touches = text[above.range.end..line.start].matches('\n').count() == 1;
    if tabs < 2 || cells.len() != tabs + 1 || !touches {
        return None;
    }
    let ends = content.match_indices('\t').map(|(at, _)| line.start + at);
    let mut blanks: Vec<Range<usize>> = ends.map(|at| at..at).collect();
    blanks.push(line.start + content.len()..line.start + content.len());
    Some(Block::new(text, line, Shape::Row(blanks)))
}

/// Words between bars that lead to other pages: `首页 | 简介 | 联系我们`.
fn is_menu(content: &str) -> bool {
    content.contains("首页") || content.contains("首頁")
}

fn separated(text: &str, start: usize, content: &str, by: &[char]) -> Line {
    let bar = by[0] == '|';
    let lead = content.len() - content.trim_start_matches([' ', '\u{3000}']).len();
    let (mut from, mut to) = (lead, content.len());
    if bar {
        if let Some(first) = content[from..].chars().next().filter(|c| by.contains(c)) {
            from += first.len_utf8();
        }
        if let Some(last) = content[from..]
            .chars()
            .next_back()
            .filter(|c| by.contains(c))
        {
            to -= last.len_utf8();
        }
    }
    let mut cells = Vec::new();
    let mut at = from;
    let mut before = ' ';
    for (i, c) in content[from..to].char_indices() {
        // Markdown writes a bar within a cell as `\|`.
        if by.contains(&c) && !(bar && before == '\\') {
            cells.push(trimmed(text, start + at..start + from + i));
            at = from + i + c.len_utf8();
        }
        before = c;
    }
    cells.push(trimmed(text, start + at..start + to));
    let is_rule = |cell: &Range<usize>| {
        let cell = &text[cell.clone()];
        !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':' | ' '))
    };
    if bar && content.contains("--") && cells.iter().all(is_rule) {
        return Line::Rule;
    }
    Line::Row(cells)
}

/// Cells set apart by blanks. Runs of them part anything, when the last cell is a value;
/// single ones part a label from two or more values.
fn columns(text: &str, start: usize, content: &str) -> Option<Vec<Range<usize>>> {
    let blank = |c: char| content.contains(c);
    if content.len() > 600 || !(blank(' ') || blank('\u{3000}') || blank('\u{a0}')) {
        return None;
    }
    wide_columns(text, start, content).or_else(|| narrow_columns(text, start, content))
}

fn wide_columns(text: &str, start: usize, content: &str) -> Option<Vec<Range<usize>>> {
    let lead = content.len() - content.trim_start().len();
    if content.chars().count() > 160 {
        return None;
    }
    let mut cells = Vec::new();
    let (mut from, mut blanks, mut end) = (start + lead, 0, start + lead);
    for (at, c) in content[lead..].char_indices() {
        let at = start + lead + at;
        if c.is_whitespace() {
            blanks += if c == '\u{3000}' { 2 } else { 1 };
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
    let value = |c: &Range<usize>| is_value(&text[c.clone()]);
    (cells.len() >= 2 && cells.last().is_some_and(value)).then_some(cells)
}

/// `（一）予以公开 201 5 0 0 0 0 206`: a label without punctuation that ends a sentence,
/// then nothing but values.
fn narrow_columns(text: &str, start: usize, content: &str) -> Option<Vec<Range<usize>>> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, c) in content.char_indices().chain([(content.len(), ' ')]) {
        match (c.is_whitespace(), from) {
            (false, None) => from = Some(at),
            (true, Some(begin)) => {
                words.push(start + begin..start + at);
                from = None;
            }
            _ => {}
        }
    }
    let values = words
        .iter()
        .rev()
        .take_while(|w| is_value(&text[(*w).clone()]))
        .count();
    let label = words.len() - values;
    if values < 2 || label > 4 {
        return None;
    }
    // Dates and times are figures that belong together: `2013 03 20`.
    if label == 0 && values < 5 {
        return None;
    }
    let mut cells = Vec::with_capacity(values + 1);
    if label > 0 {
        let range = words[0].start..words[label - 1].end;
        if text[range.clone()].contains(['。', '；', '，'])
            && !text[range.clone()].contains(['（', '('])
        {
            return None;
        }
        cells.push(range);
    }
    cells.extend(words.drain(label..));
    Some(cells)
}

/// Whether a row of bars may be the rule below a header though its dashes are single.
pub fn is_thin_rule(text: &str, cells: &[Range<usize>]) -> bool {
    let mut cells = cells.iter().map(|c| &text[c.clone()]);
    cells.all(|c| c.contains('-') && c.chars().all(|c| matches!(c, '-' | ':')))
}

/// Whether a line is the number of a page: - 5 -, — 5 —, 第 5 页, 5/9.
pub fn is_page_number(line: &str) -> bool {
    let line = line.trim();
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '－' | '·');
    let framed = line.starts_with(dash) && line.ends_with(dash)
        || line.starts_with('第') && line.ends_with('页');
    let bare = line.trim_matches(|c: char| dash(c) || c.is_whitespace() || c == '第' || c == '页');
    let number = |n: &str| (1..=4).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
    let of_all = || {
        line.split_once('/')
            .is_some_and(|(n, all)| number(n) && number(all))
    };
    framed && number(bare) || of_all()
}

/// Whether a folded line of its own may be the cell of a table of numbers: a number, perhaps
/// with a reserve, a unit and a note (约30, 12件, 22（其中修订16件）), or a mark for none.
pub fn is_cell(folded: &str) -> bool {
    const MARKS: [&str; 8] = ["不适用", "n/a", "×", "〇", "零", "无", "暂无", "没有"];
    const AROUND: &str = "+-/, 增减加少约近余多万亿元￥¥人民币件条次个项起宗";
    let cell = folded.trim();
    if is_value(cell) || MARKS.contains(&cell) {
        return true;
    }
    let number = match cell.split_once('(') {
        Some((number, note)) if note.ends_with(')') && note.len() < 60 => number,
        _ => cell,
    };
    let digit = |c: char| c.is_ascii_digit();
    !number.is_empty() && number.chars().all(|c| matches!(c, '-' | '/' | '\\'))
        || number.len() < 40
            && number.contains(digit)
            && number
                .chars()
                .all(|c| digit(c) || c == '.' || AROUND.contains(c))
}

/// Whether a cell is a number, or a mark for none.
pub fn is_value(cell: &str) -> bool {
    let cell = cell.trim();
    let is_digit = |c: char| matches!(c, '0'..='9' | '０'..='９');
    let is_part = |c| is_digit(c) || matches!(c, '.' | ',' | '-' | '%' | '+' | '％' | '，' | '．');
    cell.chars().all(is_part) && cell.chars().any(is_digit)
        || matches!(cell, "-" | "—" | "——" | "/" | "无")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    fn cells(text: &str) -> Vec<&str> {
        match line(text, 0..text.len()) {
            Some(Line::Row(cells)) => cells.iter().map(|c| &text[c.clone()]).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_row_may_be_written_in_many_ways() {
        assert_eq!(cells("| 申请 |  | 3 |"), ["申请", "", "3"]);
        assert_eq!(cells("申请 | 件 | 3"), ["申请", "件", "3"]);
        assert_eq!(cells("｜申请｜3｜"), ["申请", "3"]);
        assert_eq!(cells("| 甲\\|乙 | 3 |"), ["甲\\|乙", "3"]);
        assert_eq!(cells("申请\t\t3"), ["申请", "", "3"]);
        assert_eq!(cells("申请\t件\t\n"), ["申请", "件", ""]);
        assert_eq!(cells("行政许可    3"), ["行政许可", "3"]);
        assert_eq!(cells("行政许可\u{3000}3"), ["行政许可", "3"]);
        assert_eq!(
            cells("（一）予以公开 20 5 0 0 0 0 25"),
            ["（一）予以公开", "20", "5", "0", "0", "0", "0", "25"]
        );
        assert_eq!(cells("4 0 1 0 5"), ["4", "0", "1", "0", "5"]);
        assert_eq!(line("|---|:-:|", 0..9), Some(Line::Rule));
        assert_eq!(line("├──┼──┤", 0..21), Some(Line::Rule));
        assert_eq!(cells("│申请│  │3│"), ["申请", "", "3"]);
        assert_eq!(cells("重复申请\t\t\t"), ["重复申请", "", "", ""]);
        assert_eq!(cells("重复申请\t\\\t3"), ["重复申请", "\\", "3"]);
    }

    #[test]
    fn cells_and_page_numbers_are_told_from_words() {
        for cell in [
            "／",
            "－",
            "––",
            "×",
            "N/A",
            "不适用",
            "〇",
            "0件",
            "12件",
            "22（其中修订16件）",
            "1(补正)",
            "－2",
            "\\",
            "1,234",
        ] {
            assert!(is_cell(&fold(cell)), "{cell}");
        }
        for words in [
            "1.属于国家秘密",
            "12件次要工作",
            "其他",
            "3月5日",
            "（一）予以公开",
        ] {
            assert!(!is_cell(&fold(words)), "{words}");
        }
        for number in ["- 5 -", "— 12 —", "第 3 页", "-5-", "5/9"] {
            assert!(is_page_number(number), "{number}");
        }
        for cell in ["-", "—", "-5", "5", "- -", "/", "1/"] {
            assert!(!is_page_number(cell), "{cell}");
        }
    }

    #[test]
    fn sentences_dates_and_menus_are_no_rows() {
        for text in [
            "首页 | 简介 | 联系我们",
            "2013 03 20",
            "全年共收到申请 3 件",
            "一、概 述",
            "截至 2012 年",
        ] {
            assert!(cells(text).is_empty(), "{text}");
        }
    }
}
