//! Blocks → lines of words and values, whatever the layout: the cells of a grid, or the
//! words and numbers of a line.

use std::ops::Range;

use super::bars::{self, Bars};
use super::label::Labels;
use super::value;
use crate::source::plain::rows::is_page_number;
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
    /// Whether it is a number whose digits stand apart in their cell: in one piece they add up.
    pub broken: bool,
}

impl Token {
    /// A cell with nothing in it, at a byte of the text.
    pub fn blank(at: usize) -> Self {
        Self {
            kind: Kind::Blank,
            range: at..at,
            folded: String::new(),
            column: 0,
            broken: false,
        }
    }

    /// Whether it is nothing but digits that stand apart, and so no number.
    pub fn is_broken(&self) -> bool {
        let digits = |b: u8| b.is_ascii_digit() || b == b' ';
        self.kind == Kind::Words && self.folded.bytes().all(digits)
    }
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
    /// Whether a row begins with this line, where a text says so.
    pub opens: bool,
    /// How many bars at the end of a row stand for what its cells span.
    pub fillers: usize,
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
    let shapes: Vec<Bars> = blocks.iter().map(|b| Bars::of(text, b)).collect();
    let opened = bars::rows_are_opened(blocks, &shapes, labels);
    let mut lines = Vec::new();
    let mut closed = true;
    let mut heads: Vec<String> = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| shapes[i]);
        // Where rows are opened, no blank cell but an opening bar stands before words, or
        // before the number of a line and its words.
        let words = |at: usize| {
            let cell = shapes.get(at).filter(|s| s.is_cell()).map(|_| &blocks[at]);
            cell.map(|b| b.folded.text().trim_end_matches(['|', ' ']))
        };
        let words_next = words(i + 1).is_some_and(|w| !is_value(w))
            || words(i + 1).is_some() && words(i + 2).is_some_and(|w| labels.is_label(w));
        let ended = before.is_none_or(|b| !b.goes_on());
        let (mut opens, mut fillers) = (false, 0);
        let (columns, tokens) = match (&block.shape, shapes[i]) {
            (Shape::Row(cells), Bars::Only { .. }) if bars::is_blank_row(blocks, i) => {
                (cells.len(), cells_of(text, cells, labels))
            }
            (_, Bars::Only { .. }) if opened && (words_next || ended) => {
                opens = true;
                (0, Vec::new())
            }
            (_, Bars::Only { blanks, spans }) if closed => {
                fillers = spans;
                (0, vec![Token::blank(block.range.start); blanks])
            }
            // Where lines do not end with bars, the first bar closes the cell above.
            (_, Bars::Only { blanks, spans }) => {
                let blank = Token::blank(block.range.start);
                (0, vec![blank; blanks + spans - 1])
            }
            (_, Bars::Cell { spans }) if spans > 0 && before.is_some_and(Bars::goes_on) => {
                fillers = spans;
                (0, words_and_values(text, block.range.clone(), labels))
            }
            (Shape::Row(cells), _) if cells.len() > 1 => {
                (cells.len(), cells_of(text, cells, labels))
            }
            (Shape::Row(_), _) => (0, words_and_values(text, block.range.clone(), labels)),
            _ => {
                let folded = block.folded.text();
                let prose = folded.chars().count() > LONGEST_LINE
                    || folded.contains('。') && !folded.starts_with(['注', '(']);
                if prose {
                    continue;
                }
                // A page may end within a row.
                match is_page_number(folded) {
                    true => (0, Vec::new()),
                    false => (0, words_and_values(text, block.range.clone(), labels)),
                }
            }
        };
        closed = match shapes[i] {
            Bars::Only { .. } => true,
            _ => bars::line_of(text, block).trim_end().ends_with('|'),
        };
        let words = |t: &Token| {
            t.kind != Kind::Words
                || labels.is_label(&t.folded)
                || labels.is_debris(&t.folded)
                || value::read(&t.folded) != value::Printed::Text
        };
        if columns > 1 && !tokens.iter().any(|t| t.kind == Kind::Value) {
            heads = heads_of(&tokens, columns, labels);
        }
        let tokens = match columns > 1 && heads.len() == columns {
            true => without_repeated(tokens, &heads),
            false => tokens,
        };
        lines.push(Line {
            block: i,
            columns,
            formish: tokens.iter().all(words),
            tokens,
            opens,
            fillers,
        });
    }
    lines
}

/// What stands above the columns of table 2, where a row of headers names them.
fn heads_of(tokens: &[Token], columns: usize, labels: &Labels) -> Vec<String> {
    let mut heads = vec![String::new(); columns];
    for token in tokens.iter().filter(|t| labels.is_column(&t.folded)) {
        heads[token.column].clone_from(&token.folded);
    }
    heads
}

/// Cells of a row without those that only repeat what stands beside them below the same
/// header: converters write a merged cell into each column that it covered.
fn without_repeated(tokens: Vec<Token>, heads: &[String]) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let head = &heads[token.column];
        let same = |last: &Token| {
            last.column + 1 == token.column
                && !head.is_empty()
                && heads[last.column] == *head
                && last.folded == token.folded
        };
        match kept.last_mut() {
            Some(last) if same(last) => last.column = token.column,
            _ => kept.push(token),
        }
    }
    kept
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
fn cells_of(text: &str, cells: &[Range<usize>], labels: &Labels) -> Vec<Token> {
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
        let part = |kind, part: Range<usize>| Token {
            kind,
            range: folded.source(part.clone()),
            folded: folded.text()[part].to_owned(),
            column,
            broken: false,
        };
        let end = folded.text().len();
        match (kind, labels.behind_group(folded.text())) {
            (Kind::Words, Some(at)) => {
                tokens.push(part(Kind::Words, 0..at));
                tokens.push(part(Kind::Words, at..end));
            }
            (Kind::Words, None) => match before_number(folded.text(), labels) {
                Some(at) => {
                    tokens.push(part(Kind::Words, 0..at));
                    tokens.push(part(Kind::Value, at..end));
                }
                None => tokens.push(part(Kind::Words, 0..end)),
            },
            _ => tokens.push(Token {
                range: cell.clone(),
                ..part(kind, 0..end)
            }),
        }
    }
    tokens
}

/// Where the number begins that has run together with a label in full.
fn before_number(words: &str, labels: &Labels) -> Option<usize> {
    let label = words.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    (label.len() < words.len() && value::is_value(&words[label.len()..]) && labels.is_label(label))
        .then_some(label.len())
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

fn push(text: &str, piece: Range<usize>, labels: &Labels, tokens: &mut Vec<Token>) {
    let folded = Folded::new(&text[piece.clone()], piece.start);
    let words = folded.text();
    let token = |kind, range: Range<usize>| Token {
        kind,
        range: folded.source(range.clone()),
        folded: words[range].to_owned(),
        column: 0,
        broken: false,
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
        if let Some(at) = labels.behind_group(label) {
            tokens.push(token(Kind::Words, 0..at));
            tokens.push(token(Kind::Words, at..label.len()));
            tokens.push(value);
            return;
        }
    }
    if let Some(at) = labels.behind_group(words) {
        tokens.push(token(Kind::Words, 0..at));
        tokens.push(token(Kind::Words, at..words.len()));
        return;
    }
    // 1.当面申请数:12件
    if let Some((label, number)) = words.rsplit_once(':')
        && is_value(number)
        && labels.is_label(label)
    {
        tokens.push(token(Kind::Words, 0..label.len()));
        tokens.push(token(Kind::Value, label.len() + 1..words.len()));
        return;
    }
    tokens.push(token(Kind::Words, 0..words.len()));
}
