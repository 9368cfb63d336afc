//! Blocks → lines of words and values, whatever the layout: the cells of a grid, or the
//! words and numbers of a line.

use std::ops::Range;

use super::label::Labels;
use super::value;
use crate::source::{Block, Shape};
use crate::text::fold::Folded;

/// Longest line that is looked at as a row of a flattened table, in characters.
const LONGEST_LINE: usize = 160;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A label or a piece of one.
    Words,
    /// A number or a mark for none.
    Value,
    /// A cell of a grid with nothing in it.
    Blank,
}

/// A word or a value.
#[derive(Debug, Clone)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Folded.
    pub folded: String,
    /// Column of the grid, where there is one.
    pub column: usize,
}

/// The tokens of a block.
#[derive(Debug, Clone)]
pub struct Line {
    /// Index of the block.
    pub block: usize,
    /// Columns of the grid row; 0 for a line of text.
    pub columns: usize,
    /// In order; a cell that spans several columns is one.
    pub tokens: Vec<Token>,
    /// Whether all its words may belong to the form.
    pub formish: bool,
}

impl Line {
    /// Tokens that are values.
    pub fn values(&self) -> usize {
        self.count(Kind::Value)
    }

    fn count(&self, kind: Kind) -> usize {
        self.tokens.iter().filter(|t| t.kind == kind).count()
    }

    /// Its words, one after another.
    pub fn words(&self) -> String {
        let words = self.tokens.iter().filter(|t| t.kind == Kind::Words);
        words.map(|t| t.folded.as_str()).collect()
    }
}

/// The lines of `blocks` that may be rows, labels or values of a form.
pub fn lines(text: &str, blocks: &[Block], labels: &Labels) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut closed = true;
    let bars_are = Bars::find(text, blocks, labels);
    for (i, block) in blocks.iter().enumerate() {
        let (columns, tokens) = match &block.shape {
            _ if is_bars(text, block) => {
                let blanks = bars(text, block);
                // Where lines do not end with bars, the first bar closes the cell above.
                let mut from = usize::from(!closed).min(blanks.len());
                closed = true;
                if bars_are.no_cells(text, blocks, i) {
                    from = blanks.len();
                }
                (0, blanks[from..].to_vec())
            }
            // `8 | ||`: the last cell of a row whose cells stand in lines of their own.
            Shape::Row(cells)
                if cells.len() > 1
                    && cells[1..].iter().all(Range::is_empty)
                    && bars_are.cells_are_lines
                    && lines.last().is_some_and(|l: &Line| {
                        l.columns == 0 && l.block + 1 == i && l.tokens.len() <= 1
                    }) =>
            {
                (0, words_and_values(text, cells[0].clone(), labels))
            }
            Shape::Row(cells) if cells.len() > 1 => (cells.len(), cells_of(text, cells)),
            Shape::Row(_) => (0, words_and_values(text, block.range.clone(), labels)),
            _ => {
                let folded = block.folded.text();
                let prose = folded.chars().count() > LONGEST_LINE
                    || folded.contains('。') && !folded.starts_with(['注', '(']);
                if prose || is_page_number(folded) {
                    continue;
                }
                (0, words_and_values(text, block.range.clone(), labels))
            }
        };
        if !is_bars(text, block) {
            closed = line_of(text, block).trim_end().ends_with('|');
        }
        let words = |t: &Token| {
            t.kind != Kind::Words
                || labels.is_label(&t.folded)
                || labels.is_debris(&t.folded)
                || value::read(&t.folded) != value::Printed::Text
        };
        lines.push(Line {
            block: i,
            columns,
            formish: tokens.iter().all(words),
            tokens,
        });
    }
    lines
}

/// What lines of nothing but bars mean in a text whose cells stand in lines of their own.
struct Bars {
    /// Lines end with a bar, and most hold one cell.
    cells_are_lines: bool,
    /// A bar opens every row, before its label.
    open_rows: bool,
}

impl Bars {
    fn find(text: &str, blocks: &[Block], labels: &Labels) -> Self {
        let (mut alone, mut opened, mut rows) = (0usize, 0usize, 0usize);
        for (i, block) in blocks.iter().enumerate() {
            if matches!(&block.shape, Shape::Row(cells) if cells.len() > 1) {
                continue;
            }
            let line = line_of(text, block).trim_end();
            let Some(cell) = line.strip_suffix('|').map(str::trim) else {
                continue;
            };
            if cell.is_empty() || cell.contains('|') {
                continue;
            }
            alone += 1;
            if labels.is_label(block.folded.text().trim_end_matches([' ', '|'])) {
                rows += 1;
                let before = i.checked_sub(1).and_then(|i| blocks.get(i));
                opened += usize::from(before.is_some_and(|b| is_bars(text, b)));
            }
        }
        Self {
            cells_are_lines: alone >= 6,
            open_rows: rows >= 2 && opened * 5 >= rows * 4,
        }
    }

    /// Whether the bars of a line are no blank cells: what is left of merged cells behind a
    /// row (`||`), or the bar that opens the next.
    fn no_cells(&self, text: &str, blocks: &[Block], at: usize) -> bool {
        if !self.cells_are_lines {
            return false;
        }
        let opens = blocks.get(at + 1).is_none_or(|next| {
            let folded = next.folded.text().trim_end_matches([' ', '|']);
            !is_bars(text, next) && !is_value(folded)
        });
        let fillers = line_of(text, &blocks[at]).contains("||");
        opens && (fillers || self.open_rows)
    }
}

/// - 5 -, 第 5 页
fn is_page_number(folded: &str) -> bool {
    let framed = folded.starts_with('-') && folded.ends_with('-')
        || folded.starts_with('第') && folded.ends_with('页');
    let bare = folded.trim_matches(['-', ' ', '·', '第', '页']);
    framed && !bare.is_empty() && bare.len() <= 4 && bare.bytes().all(|b| b.is_ascii_digit())
}

/// Nothing but bars: cells with nothing in them, where text extractors give each cell a line.
fn is_bars(text: &str, block: &Block) -> bool {
    let mut line = line_of(text, block).chars();
    line.all(|c| c == '|' || c.is_whitespace())
}

/// The line of the text that a block stands in.
fn line_of<'t>(text: &'t str, block: &Block) -> &'t str {
    let start = text[..block.range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[block.range.end..].find('\n');
    &text[start..end.map_or(text.len(), |at| block.range.end + at)]
}

fn bars(text: &str, block: &Block) -> Vec<Token> {
    let blank = |_| Token {
        kind: Kind::Blank,
        range: block.range.start..block.range.start,
        folded: String::new(),
        column: 0,
    };
    line_of(text, block).matches('|').map(blank).collect()
}

/// The pieces of a token that white space parts.
pub fn pieces(text: &str, token: &Token) -> Vec<Token> {
    let mut pieces = Vec::new();
    for word in text[token.range.clone()].split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let folded = Folded::new(word, start);
        if !folded.text().is_empty() {
            pieces.push(Token {
                range: start..start + word.len(),
                folded: folded.text().to_owned(),
                ..token.clone()
            });
        }
    }
    pieces
}

/// Cells of a grid row. A cell that stands in several columns is one.
fn cells_of(text: &str, cells: &[Range<usize>]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(cells.len());
    for (column, cell) in cells.iter().enumerate() {
        if tokens
            .last()
            .is_some_and(|t| t.range == *cell && !cell.is_empty())
        {
            continue;
        }
        let folded = Folded::new(&text[cell.clone()], cell.start);
        let kind = match folded.text() {
            "" => Kind::Blank,
            folded if is_value(folded) => Kind::Value,
            _ => Kind::Words,
        };
        tokens.push(Token {
            kind,
            range: cell.clone(),
            folded: folded.text().to_owned(),
            column,
        });
    }
    tokens
}

/// The words and values of a line: a piece between white space, tabs or bars is one or the
/// other, or a label with its number right behind it.
pub fn words_and_values(text: &str, range: Range<usize>, labels: &Labels) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let line = &text[range.clone()];
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut from = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        let gap = c.is_whitespace() || matches!(c, '|' | '｜' | '│');
        match (gap, from) {
            (true, Some(start)) => {
                pieces.push(range.start + start..range.start + at);
                from = None;
            }
            (false, None) => from = Some(at),
            _ => {}
        }
    }
    // A note in brackets with blanks in it is one piece with what stands before it.
    let mut i = 0;
    while i < pieces.len() {
        let mut piece = pieces[i].clone();
        let noted = text[piece.clone()].starts_with(char::is_numeric)
            && pieces[i..]
                .iter()
                .map(|p| depth(&text[p.clone()]))
                .sum::<i32>()
                == 0;
        while noted && depth(&text[piece.clone()]) > 0 && i + 1 < pieces.len() {
            i += 1;
            piece.end = pieces[i].end;
        }
        i += 1;
        push(text, piece, labels, &mut tokens);
    }
    tokens
}

/// A number, a mark for none, or digits that may be several numbers run together.
fn is_value(folded: &str) -> bool {
    value::is_value(folded) || !folded.is_empty() && folded.bytes().all(|b| b.is_ascii_digit())
}

/// Brackets left open.
fn depth(piece: &str) -> i32 {
    piece.chars().fold(0, |depth, c| match c {
        '(' | '（' => depth + 1,
        ')' | '）' => depth - 1,
        _ => depth,
    })
}

/// Where a label begins behind the name of its group: (三)不予公开1.属于国家秘密
fn behind_group(words: &str, labels: &Labels) -> Option<usize> {
    const LONGEST: usize = 60;
    let places = words.char_indices().skip(2).take(LONGEST);
    let mut splits = places.map(|(at, _)| words.split_at(at));
    let split = splits.find(|(group, label)| {
        let part = |words: &str| !super::without_enumerator(words).is_empty();
        part(label) && labels.is_word(group) && !labels.exact(label).is_empty()
    })?;
    Some(split.0.len())
}

fn push(text: &str, piece: Range<usize>, labels: &Labels, tokens: &mut Vec<Token>) {
    let folded = Folded::new(&text[piece.clone()], piece.start);
    let words = folded.text();
    let token = |kind, range: Range<usize>| Token {
        kind,
        range: folded.source(range.clone()),
        folded: words[range].to_owned(),
        column: 0,
    };
    if words.is_empty() {
        return;
    }
    if is_value(words) {
        tokens.push(token(Kind::Value, 0..words.len()));
        return;
    }
    // Label and number run together: 行政许可412, 信息不存在数6
    let tail = words.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let tail = tail.strip_suffix(['+', '-']).unwrap_or(tail);
    let (label, number) = words.split_at(tail.len());
    let known = |l: &str| labels.is_label(l) || !labels.piece(l).is_empty();
    if !label.is_empty() && is_value(number) {
        let value = token(Kind::Value, label.len()..words.len());
        if known(label) {
            tokens.push(token(Kind::Words, 0..label.len()));
            tokens.push(value);
            return;
        }
        if let Some(at) = behind_group(label, labels) {
            tokens.push(token(Kind::Words, 0..at));
            tokens.push(token(Kind::Words, at..label.len()));
            tokens.push(value);
            return;
        }
    }
    tokens.push(token(Kind::Words, 0..words.len()));
}
