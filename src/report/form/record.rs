//! Lines of tokens → records: a label, or what is left of one, and the values that belong
//! to it, whether they stand in one line or each in its own.

use std::ops::Range;

use super::label::Labels;
use super::token::{self, Kind, Line, Token};

/// Most pieces that a torn label is put together from.
const MOST_PIECES: usize = 8;

/// A label and its values.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Lines of the form that the label names in full.
    pub exact: Vec<usize>,
    /// Lines that what is left of the label may belong to.
    pub piece: Vec<usize>,
    /// The label in the text; empty where there is none.
    pub label: Range<usize>,
    /// Column of the grid that the label stands in; in text, how many words stand before it.
    pub label_column: usize,
    /// Number printed before the label.
    pub code: Option<u32>,
    /// Unit printed beside the values, folded.
    pub unit: Option<String>,
    /// Values, blanks and, in a grid, words where a value should be.
    pub values: Vec<Token>,
    /// Blocks it stands in.
    pub blocks: Range<usize>,
    /// Columns of the grid row; 0 in a line of text.
    pub columns: usize,
    /// Whether the label stands in the line of the values.
    pub inline: bool,
    /// Whether the words before the label are a header of table 3.
    pub below_header: bool,
    /// How many values stand in each of its lines.
    pub line_values: Vec<usize>,
    /// Bars at the end of the row for what its cells span.
    pub fillers: usize,
}

impl Record {
    /// Cells of the row, where each has a line of its own.
    pub fn cells(&self) -> usize {
        self.label_column + 1 + self.values.len() + self.fillers
    }
}

/// Puts lines together to records.
pub fn records(text: &str, lines: &[Line], labels: &Labels) -> Vec<Record> {
    let mut reader = Reader {
        text,
        labels,
        records: Vec::new(),
        floating: Vec::new(),
        current: None,
        last_block: 0,
        coded: is_coded(lines, labels),
        last_code: None,
    };
    for line in lines {
        if line.block > reader.last_block + 1 {
            // Prose lies between.
            reader.flush();
            reader.floating.clear();
        }
        reader.last_block = line.block;
        if line.columns > 0 {
            reader.grid(line);
        } else {
            reader.text(line);
        }
    }
    reader.flush();
    reader.records
}

/// Whether the labels are numbered by codes in front of them: 01 … 54.
fn is_coded(lines: &[Line], labels: &Labels) -> bool {
    let tokens: Vec<&Token> = lines.iter().flat_map(|l| &l.tokens).collect();
    let labels: Vec<Option<u32>> = tokens
        .windows(2)
        .filter(|w| w[1].kind == Kind::Words && labels.is_label(&w[1].folded))
        .map(|w| code(w[0]))
        .collect();
    let next = |w: &&[Option<u32>]| matches!(w[..], [Some(a), Some(b)] if a + 1 == b);
    labels.windows(2).filter(next).count() * 5 >= labels.len() * 3 && labels.len() >= 4
}

fn code(token: &Token) -> Option<u32> {
    let digits = token.folded.trim_end_matches(['.', '、']);
    ((1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

fn is_unit(folded: &str) -> bool {
    super::label::UNITS.contains(&folded.trim_matches(['(', ')']))
}

struct Reader<'a> {
    text: &'a str,
    labels: &'a Labels,
    records: Vec<Record>,
    /// Words since the last record.
    floating: Vec<Token>,
    current: Option<Record>,
    last_block: usize,
    coded: bool,
    /// The code of the last label.
    last_code: Option<u32>,
}

impl Reader<'_> {
    fn flush(&mut self) {
        if let Some(mut record) = self.current.take() {
            let empty = record.values.iter().all(|t| t.kind == Kind::Blank);
            if empty && record.below_header {
                // 总计 at the end of a row of headers, and the padding behind it.
                record.exact.clear();
            }
            self.records.push(record);
        }
    }

    fn grid(&mut self, line: &Line) {
        if let Some(first) = line.tokens.iter().find(|t| t.kind == Kind::Words) {
            self.left_blank(first, line.block);
        }
        self.flush();
        let tokens = &line.tokens;
        if line.values() == 0 && line.tokens.iter().all(|t| t.kind == Kind::Blank) {
            return;
        }
        let label = self.label_cell(tokens);
        let group = |t: &Token| t.kind == Kind::Words && self.labels.is_group(&t.folded);
        let first_value = tokens.iter().position(|t| t.kind == Kind::Value);
        let (words, rest) = match (label, first_value) {
            (Some(label), _) => (label..label + 1, label + 1),
            (None, Some(first)) => (0..first, first),
            (None, None) => {
                let words = tokens.iter().filter(|t| t.kind == Kind::Words);
                self.floating.extend(words.cloned());
                return;
            }
        };
        let mut record = Record {
            blocks: line.block..line.block + 1,
            columns: line.columns,
            ..Record::default()
        };
        let inline: Vec<Token> = tokens[words.clone()]
            .iter()
            .filter(|t| t.kind == Kind::Words)
            .cloned()
            .collect();
        record.label_column = tokens[words.start].column;
        record.code = tokens[..words.start].iter().rev().find_map(code);
        // Where a span is too long or too short, the group stands behind the label.
        let rest = rest
            + tokens[rest..]
                .iter()
                .take_while(|t| label.is_some() && group(t))
                .count();
        let mut values = tokens[rest..].to_vec();
        if let Some(at) = values.iter().position(|t| is_unit(&t.folded)) {
            record.unit = Some(values.remove(at).folded);
        }
        record.values = values;
        record.inline = !inline.is_empty();
        let floating = std::mem::take(&mut self.floating);
        self.name(&mut record, inline.clone());
        if record.exact.is_empty() {
            // The rest of the label may stand in lines of its own above.
            let mut whole = Record::default();
            let words = [floating, inline].concat();
            self.name(&mut whole, words);
            if !whole.exact.is_empty() || !record.inline {
                (record.exact, record.label) = (whole.exact, whole.label);
                record.piece = whole.piece;
            }
        }
        self.records.push(record);
    }

    /// The last cell before the values that is a label in full.
    fn label_cell(&self, tokens: &[Token]) -> Option<usize> {
        let is_label = |t: &Token| t.kind == Kind::Words && self.ends_with_label(t);
        let values = tokens.iter().filter(|t| t.kind == Kind::Value).count();
        let mut found = None;
        for (i, token) in tokens.iter().enumerate() {
            if token.kind == Kind::Value && found.is_some() {
                break;
            }
            if is_label(token) && i + 1 < tokens.len() {
                found = Some(i);
            }
        }
        let label = found?;
        let after = &tokens[label + 1..];
        let group = |t: &&Token| t.kind == Kind::Words && self.labels.is_group(&t.folded);
        let groups = after.iter().take_while(group).count();
        let after = &after[groups..];
        // 其他 of a group's name at the left, and a piece of a label beside it.
        let torn = after
            .first()
            .filter(|t| t.kind == Kind::Words && !is_unit(&t.folded));
        if torn.is_some_and(|t| !self.labels.piece(&t.folded).is_empty()) {
            return None;
        }
        // A row of headers: nothing but words and blanks, other headers among them.
        let who = |t: &Token| self.labels.is_applicant(&t.folded);
        let word = |t: &Token| {
            let group = self.labels.is_group(&t.folded);
            self.labels.is_word(&t.folded) && !is_unit(&t.folded) && !group
        };
        let before = tokens[..label].iter().filter(|t| t.kind == Kind::Words);
        let beside = before.clone().any(who)
            || tokens[..label.saturating_sub(1)]
                .iter()
                .any(|t| t.kind == Kind::Words && word(t));
        let bare = self.labels.is_word(&tokens[label].folded);
        let below = bare && before.count() == 0 && self.floating.last().is_some_and(who);
        let header = values == 0 && (beside || below);
        let several = after.iter().any(|t| {
            t.kind == Kind::Words && self.labels.is_word(&t.folded) && !is_unit(&t.folded)
        });
        (!header && !several).then_some(label)
    }

    /// Whether a cell is a label in full, or a group name and a label behind it.
    fn ends_with_label(&self, token: &Token) -> bool {
        if self.labels.is_label(&token.folded) {
            return true;
        }
        let pieces = token::pieces(self.text, token);
        (1..pieces.len()).any(|from| {
            let joined: String = pieces[from..].iter().map(|t| t.folded.as_str()).collect();
            self.labels.is_label(&joined)
        })
    }

    fn text(&mut self, line: &Line) {
        if line.opens {
            self.flush();
            self.floating.clear();
        }
        let many = line.values() > 1;
        let mut begun = false;
        for token in &line.tokens {
            if token.kind == Kind::Words {
                if is_unit(&token.folded) {
                    if let Some(record) = &mut self.current {
                        record.unit.get_or_insert_with(|| token.folded.clone());
                        continue;
                    }
                    self.floating.push(token.clone());
                    continue;
                }
                let code = self.take_code();
                self.left_blank(token, line.block);
                self.flush();
                if let Some(code) = code {
                    self.floating.clear();
                    self.floating.push(code);
                }
                self.floating.push(token.clone());
                begun = true;
                continue;
            }
            // A line of several values after a line of several values is a row of its own.
            if many
                && !begun
                && self
                    .current
                    .as_ref()
                    .is_some_and(|r| r.line_values.iter().any(|n| *n > 1))
            {
                self.flush();
            }
            begun = true;
            if self.current.is_none() && self.floating.is_empty() && token.kind == Kind::Blank {
                continue;
            }
            if self.current.is_none() {
                let mut record = Record {
                    blocks: line.block..line.block + 1,
                    ..Record::default()
                };
                let floating = std::mem::take(&mut self.floating);
                record.label_column = floating.len().saturating_sub(1);
                let here = line.tokens[0].range.start;
                record.inline = floating.last().is_some_and(|t| t.range.start >= here);
                self.name(&mut record, floating);
                self.current = Some(record);
            }
            if let Some(record) = &mut self.current {
                if record.blocks.end <= line.block || record.line_values.is_empty() {
                    record.line_values.push(0);
                }
                record.blocks.end = line.block + 1;
                if let Some(n) = record.line_values.last_mut() {
                    *n += usize::from(token.kind == Kind::Value);
                }
                record.values.push(token.clone());
            }
        }
        if line.fillers > 0 {
            // The row ends here.
            if let Some(record) = &mut self.current {
                record.fillers = line.fillers;
            }
            self.flush();
            self.floating.clear();
        }
    }

    /// A line of a list with its unit and no number, before another line: it is blank.
    fn left_blank(&mut self, next: &Token, block: usize) {
        let is_list = self.labels.data.applicants.is_empty();
        let begins = || self.labels.is_label(&next.folded) || self.labels.is_word(&next.folded);
        let unit = self.floating.last().filter(|t| is_unit(&t.folded));
        let Some(unit) = unit.filter(|_| is_list && self.current.is_none() && begins()) else {
            return;
        };
        let mut record = Record {
            blocks: block.saturating_sub(1)..block,
            values: vec![Token::blank(unit.range.end)],
            ..Record::default()
        };
        self.name(&mut record, self.floating.clone());
        let label = self
            .floating
            .len()
            .checked_sub(2)
            .map(|i| &self.floating[i]);
        if !record.exact.is_empty() && label.is_some_and(|l| l.range.end == record.label.end) {
            self.records.push(record);
        }
        self.floating.clear();
    }

    /// The last number of the record being read, when it is the code of the label to come.
    fn take_code(&mut self) -> Option<Token> {
        if !self.coded {
            return None;
        }
        let record = self.current.as_mut()?;
        let code = code(record.values.last()?)?;
        let last = record.code.or(self.last_code);
        if record.values.len() < 2 && last.is_some_and(|l| code <= l || code > l + 5) {
            return None;
        }
        self.last_code = Some(code);
        let token = record.values.pop();
        if record.values.is_empty() && record.exact.is_empty() {
            self.current = None;
        }
        token
    }

    /// Finds out what the words before the values name.
    fn name(&self, record: &mut Record, words: Vec<Token>) {
        let (units, mut words): (Vec<Token>, Vec<Token>) =
            words.into_iter().partition(|t| is_unit(&t.folded));
        let found = self.find(record, &words);
        // A unit above the label is that of a line whose value is missing.
        let own = units
            .last()
            .filter(|u| !found || u.range.start > record.label.start);
        record.unit = record.unit.take().or(own.map(|u| u.folded.clone()));
        if found {
            return;
        }
        if words
            .iter()
            .any(|t| self.text[t.range.clone()].contains(char::is_whitespace))
        {
            words = words
                .iter()
                .flat_map(|t| token::pieces(self.text, t))
                .collect();
            if self.find(record, &words) {
                return;
            }
        }
        let Some(last) = words.last() else { return };
        record.label = last.range.clone();
        let joined: String = words.iter().map(|t| t.folded.as_str()).collect();
        record.piece = self.labels.piece(&joined);
        if record.piece.is_empty() {
            record.piece = self.labels.piece(&last.folded);
        }
    }

    /// Looks for a label in full at the end of `words`.
    fn find(&self, record: &mut Record, words: &[Token]) -> bool {
        for from in words.len().saturating_sub(MOST_PIECES)..words.len() {
            let pieces = &words[from..];
            let joined: String = pieces.iter().map(|t| t.folded.as_str()).collect();
            let exact = self.labels.exact(&joined);
            if !exact.is_empty() {
                record.exact = exact;
                record.label = pieces[0].range.start..pieces[pieces.len() - 1].range.end;
                let above = from.checked_sub(1).map(|i| &words[i].folded);
                record.below_header = above.is_some_and(|w| self.labels.is_applicant(w));
                record.code = record
                    .code
                    .or(from.checked_sub(1).and_then(|i| code(&words[i])));
                return true;
            }
        }
        false
    }
}
