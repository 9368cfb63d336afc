//! Table 4, reviews and litigation: fifteen values in one row, in three rows or tables of
//! five, in five rows of three, or one a line.

use std::ops::Range;

use super::fit;
use super::label::Labels;
use super::token::{Kind, Line, Token};
use super::{FormCell, FormTable, Problem, Trouble};
use crate::source::Block;

const RESULTS: [&str; 5] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
const STRONG: [&str; 4] = ["未经复议直接起诉", "复议后起诉", "结果维持", "尚未审结"];

/// Finds every table 4 in `lines`; `taken` are blocks that are other tables.
pub fn read(text: &str, lines: &[Line], labels: &Labels, taken: &[Range<usize>]) -> Vec<FormTable> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if !is_strong(&lines[at]) || is_taken(&lines[at], taken) {
            at += 1;
            continue;
        }
        let mut first = at;
        while first > 0
            && lines[first - 1].block + 1 == lines[first].block
            && lines[first - 1].values() == 0
            && is_head(&lines[first - 1])
            && !is_taken(&lines[first - 1], taken)
        {
            first -= 1;
        }
        let mut last = at;
        let mut fifteen = false;
        while let Some(next) = lines.get(last + 1) {
            let near = next.block <= lines[last].block + 2;
            if !near || is_taken(next, taken) || !belongs(next) {
                break;
            }
            // A second table of the same kind begins with its own headers.
            if fifteen && next.values() == 0 && is_head(next) {
                break;
            }
            last += 1;
            fifteen |= lines[first..=last].iter().map(Line::values).sum::<usize>() >= 15;
        }
        let blank = |l: &Line| !l.tokens.is_empty() && l.words().is_empty();
        while last > at
            && lines[last].values() == 0
            && !is_head(&lines[last])
            && !blank(&lines[last])
        {
            last -= 1;
        }
        if let Some(table) = table(text, &lines[first..=last], labels) {
            tables.push(table);
        }
        at = last + 1;
    }
    tables
}

/// The chapters on reviews and litigation, in blocks.
pub fn chapters(blocks: &[Block]) -> Vec<Range<usize>> {
    let mut chapters = Vec::new();
    let mut from = None;
    for (i, block) in blocks.iter().enumerate() {
        let title = block.folded.text();
        if !super::is_chapter(title) {
            continue;
        }
        chapters.extend(from.take().map(|from| from..i));
        from = (title.contains("复议") && title.contains("诉讼")).then_some(i);
    }
    chapters.extend(from.map(|from| from..blocks.len()));
    chapters
}

fn is_taken(line: &Line, taken: &[Range<usize>]) -> bool {
    taken.iter().any(|t| t.contains(&line.block))
}

fn is_strong(line: &Line) -> bool {
    let words = line.words();
    words.chars().count() <= 150 && STRONG.iter().any(|s| words.contains(s))
        || words.chars().count() <= 60
            && words.contains("复议")
            && words.contains("诉讼")
            && is_head(line)
}

/// Nothing but headers of this table, or pieces of them.
fn is_head(line: &Line) -> bool {
    let words = line.words();
    let left = [
        "行政复议",
        "行政诉讼",
        "未经复议直接起诉",
        "复议后起诉",
        "结果",
        "维持",
        "纠正",
        "其他",
        "尚未",
        "审结",
        "总计",
        "小计",
        "合计",
    ]
    .iter()
    .fold(words.clone(), |w, part| w.replace(part, ""));
    // Narrow columns leave a letter a line: 结 结 其 尚, then 果 果 他 未.
    let letter = |c: char| "结果维持纠正其他尚未审总计".contains(c);
    let mark = |c: char| "()[]、,:|- 一二三四1234.项目".contains(c);
    !words.is_empty() && left.chars().all(|c| letter(c) || mark(c))
}

/// Whether a line may stand in this table.
fn belongs(line: &Line) -> bool {
    let words = line.words();
    // Words where a number should be, among numbers.
    line.columns > 1 && numbers(line) * 2 > line.tokens.len()
        || is_head(line)
        || words.starts_with('注')
        || words.is_empty()
        || matches!(
            words.as_str(),
            "数量" | "件数" | "件" | "案件数量" | "类别" | "数据" | "合计"
        )
}

/// Cells that are numbers, or would be in one piece.
fn numbers(line: &Line) -> usize {
    let number = |t: &&Token| t.kind == Kind::Value || t.is_broken();
    line.tokens.iter().filter(number).count()
}

/// Reads the values between the headers.
fn table(text: &str, lines: &[Line], labels: &Labels) -> Option<FormTable> {
    let slots = labels.data.dispute_slots();
    if slots.len() != 15 {
        return None;
    }
    let first = lines.first()?;
    let name = format!("{:?}/t4", labels.data.form);
    let mut table = FormTable::new(name, first.block..lines.last()?.block + 1);
    table.rows = super::extent::rows(lines);
    let rows: Vec<Row> = lines.iter().filter_map(Row::of).collect();
    let loose = loose(lines);
    if rows.is_empty() && loose.is_none() {
        return None;
    }
    let label = lines
        .iter()
        .flat_map(|l| &l.tokens)
        .find(|t| t.kind == Kind::Words)
        .map_or(0..0, |t| t.range.clone());
    let placed = fifteen(text, &rows)
        .or_else(|| fives(text, &rows, lines))
        .or_else(|| threes(text, &rows))
        .or_else(|| singles(&rows))
        .or(loose);
    match placed {
        Some(placed) => {
            for (slot, token) in placed {
                let label = heading(lines, &token).unwrap_or_else(|| label.clone());
                table
                    .cells
                    .push(FormCell::new(Some(slots[slot].clone()), label, &token));
            }
        }
        None => {
            let values: Vec<Token> = rows.iter().flat_map(|r| r.values.clone()).collect();
            let filled = values.iter().filter(|t| t.kind != Kind::Blank).count();
            table.troubles.push(Trouble {
                row: table.name.clone(),
                problem: if filled > 15 {
                    Problem::Surplus
                } else {
                    Problem::Missing
                },
                cells: values.iter().map(|t| t.range.clone()).collect(),
            });
            table.cells.extend(
                values
                    .iter()
                    .filter(|t| t.kind == Kind::Value)
                    .map(|t| FormCell::new(None, label.clone(), t)),
            );
        }
    }
    Some(table)
}

/// The header that stands nearest above a value in its column, else before it.
fn heading(lines: &[Line], token: &Token) -> Option<Range<usize>> {
    let mut found = None;
    for line in lines {
        for t in &line.tokens {
            if t.range.start >= token.range.start && t.range != token.range {
                continue;
            }
            if t.kind == Kind::Words && (line.columns == 0 || t.column == token.column) {
                found = Some(t.range.clone());
            }
        }
    }
    found
}

/// A line with values.
struct Row {
    block: usize,
    words: String,
    values: Vec<Token>,
}

impl Row {
    fn of(line: &Line) -> Option<Self> {
        // The row of a table that was left blank.
        let blank = line.columns > 0 && line.tokens.len() == 15;
        if blank && line.tokens.iter().all(|t| t.kind == Kind::Blank) {
            return Some(Self {
                block: line.block,
                words: String::new(),
                values: line.tokens.clone(),
            });
        }
        let number = |t: &Token| t.kind == Kind::Value || t.is_broken();
        let first = line.tokens.iter().position(number)?;
        // Blanks before the first value are values where no label stands before them.
        let label = line.tokens[..first]
            .iter()
            .rposition(|t| t.kind == Kind::Words && !t.is_broken());
        let from = label.map_or(0, |l| l + 1);
        Some(Self {
            block: line.block,
            words: line.words(),
            values: line.tokens[from..]
                .iter()
                .filter(|t| {
                    t.kind != Kind::Words || line.columns > 0 && (t.column > 0 || t.is_broken())
                })
                .cloned()
                .collect(),
        })
    }
}

type Placed = Vec<(usize, Token)>;

fn fifteen(text: &str, rows: &[Row]) -> Option<Placed> {
    let mut full = rows
        .iter()
        .filter_map(|r| fit::by_number(text, &r.values, 15).ok());
    let values = full.next()?;
    Some(values.into_iter().enumerate().collect())
}

/// Which of the three groups words speak of.
fn group(words: &str) -> Option<usize> {
    match () {
        () if words.contains("未经复议") || words.contains("直接起诉") => Some(1),
        () if words.contains("复议后") => Some(2),
        () if words.contains("行政复议") && !words.contains("诉讼") => Some(0),
        () => None,
    }
}

fn fives(text: &str, rows: &[Row], lines: &[Line]) -> Option<Placed> {
    let mut found: Vec<(Option<usize>, Vec<Token>)> = Vec::new();
    let mut before = 0;
    for row in rows {
        let Ok(values) = fit::by_number(text, &row.values, 5) else {
            continue;
        };
        let caption = lines
            .iter()
            .filter(|l| (before..=row.block).contains(&l.block))
            .filter_map(|l| group(&l.words()))
            .next_back();
        before = row.block + 1;
        found.push((group(&row.words).or(caption), values));
    }
    let mut groups: Vec<usize> = found.iter().filter_map(|f| f.0).collect();
    groups.dedup();
    let named = groups.len() == found.len();
    if !(named || found.len() == 3) || found.is_empty() || found.len() > 3 {
        return None;
    }
    let mut placed = Placed::new();
    for (i, (group, values)) in found.into_iter().enumerate() {
        let group = if named { group? } else { i };
        placed.extend(
            values
                .into_iter()
                .enumerate()
                .map(|(k, t)| (group * 5 + k, t)),
        );
    }
    Some(placed)
}

/// Rows are results, columns the three groups.
fn threes(text: &str, rows: &[Row]) -> Option<Placed> {
    if rows.len() != 5 {
        return None;
    }
    let mut placed = Placed::new();
    for (i, row) in rows.iter().enumerate() {
        let values = fit::by_number(text, &row.values, 3).ok()?;
        let result = RESULTS
            .iter()
            .position(|r| row.words.contains(r))
            .unwrap_or(i);
        placed.extend(
            values
                .into_iter()
                .enumerate()
                .map(|(group, t)| (group * 5 + result, t)),
        );
    }
    Some(placed)
}

/// The cells below the last header, when they are fifteen, blank ones among them.
fn loose(lines: &[Line]) -> Option<Placed> {
    let head = lines.iter().rposition(|l| l.words() != "")?;
    let cells: Vec<Token> = lines[head + 1..]
        .iter()
        .flat_map(|l| l.tokens.clone())
        .collect();
    (cells.len() == 15).then(|| cells.into_iter().enumerate().collect())
}

/// One after another, fifteen in all. Names of results between them must agree.
fn singles(rows: &[Row]) -> Option<Placed> {
    let values: Vec<(&str, &Token)> = rows
        .iter()
        .flat_map(|r| r.values.iter().map(|t| (r.words.as_str(), t)))
        .filter(|(_, t)| t.kind == Kind::Value)
        .collect();
    if values.len() != 15 {
        return None;
    }
    let agree = values.iter().enumerate().all(|(i, (words, _))| {
        let named = RESULTS.iter().position(|r| words.ends_with(r));
        named.is_none_or(|n| n == i % 5)
    });
    agree.then(|| {
        values
            .into_iter()
            .map(|(_, t)| t.clone())
            .enumerate()
            .collect()
    })
}
