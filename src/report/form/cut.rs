//! Tables that a file has run into one line, with the text around them or without a gap
//! between their rows: the line is cut into its rows at the form's own words.

use std::ops::Range;

use super::label::{Labels, UNITS};
use super::value;
use crate::report::Form;
use crate::source::{Block, Shape};
use crate::text::numeral::is_han_numeral;
use crate::text::words::WordList;

/// Fewest rows with values in a stretch of a line that is taken for tables.
const FEWEST_ROWS: usize = 4;
/// Values of table 4, in a row without a label.
const DISPUTES: usize = 15;
/// Longest words between two of the form's that are taken for a line of a province's own.
const LONGEST_FOREIGN: usize = 40;
/// Most columns of a table with its labels: one whose headers are table 3 on its side.
const WIDEST: usize = 40;
/// Fewest digits of a line worth looking at.
const FEWEST_DIGITS: usize = 8;

/// The words of a form as they stand in a text without gaps and marks.
pub struct Words {
    list: WordList,
    /// How many of the list are the titles of chapters; they come first.
    chapters: usize,
}

impl Words {
    pub fn new(chapters: &[String], words: impl Iterator<Item = String>) -> Self {
        let squeeze = |w: &String| w.chars().filter(|c| !is_mark(*c)).collect::<String>();
        let titles: Vec<String> = chapters.iter().map(squeeze).collect();
        let mut all: Vec<String> = words
            .map(|w| squeeze(&w))
            .filter(|w| !w.is_empty())
            .collect();
        all.sort_unstable();
        all.dedup();
        all.retain(|w| !titles.contains(w));
        Self {
            chapters: titles.len(),
            list: titles.into_iter().chain(all).collect(),
        }
    }
}

/// Marks that a label may have or lack.
fn is_mark(c: char) -> bool {
    c.is_whitespace() || "|()[]【】\"'、,:*".contains(c)
}

/// Cuts every block that holds rows of `form` among other things.
pub fn cut(text: &str, blocks: &mut Vec<Block>, form: Form) {
    let Some(labels) = Labels::of(form) else {
        return;
    };
    if !blocks.iter().any(may_hold_rows) {
        return;
    }
    let mut whole = Vec::with_capacity(blocks.len());
    for block in blocks.drain(..) {
        let pieces = match may_hold_rows(&block) {
            true => {
                // Folding takes the blanks between words and numbers away.
                let spaced = |at: usize| {
                    let at = block.folded.source(at..at).start;
                    text[..at].ends_with([' ', '\t', '|', '\u{3000}', '\u{a0}'])
                };
                pieces(block.folded.text(), &labels, &spaced)
            }
            false => Vec::new(),
        };
        if pieces.len() < 2 {
            whole.push(block);
            continue;
        }
        let parts = pieces.into_iter().map(|p| {
            let range = block.folded.source(p);
            Block::new(text, range, Shape::Paragraph)
        });
        whole.extend(parts.filter(|b| !b.folded.is_empty()));
    }
    *blocks = whole;
}

fn may_hold_rows(block: &Block) -> bool {
    let folded = block.folded.text();
    let several = match &block.shape {
        Shape::Paragraph => true,
        // No table is as wide: the cells of all its rows stand on one line.
        Shape::Row(cells) => cells.len() > WIDEST,
        Shape::Heading(_) => false,
    };
    several
        && folded.len() > 60
        && folded.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_DIGITS
}

/// A word of the form in the folded text.
#[derive(Debug, Clone)]
struct Anchor {
    /// With the enumerator before it.
    range: Range<usize>,
    is_chapter: bool,
    /// What stands behind it, up to the next one.
    gap: Gap,
}

/// What stands between two words of the form.
#[derive(Debug, Clone, Default)]
struct Gap {
    /// How many values.
    values: usize,
    /// Where the first of them begins and the last one ends.
    span: Option<Range<usize>>,
    /// Words that the form does not have, and their values.
    foreign: Option<Range<usize>>,
    /// Whether text follows: the stretch ends here.
    ends: bool,
}

/// The pieces of a line; none or one where there is nothing to cut.
fn pieces(folded: &str, labels: &Labels, spaced: &dyn Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut anchors = anchors(folded, labels, spaced);
    if labels.data.form == Form::A {
        take_codes(folded, &mut anchors);
    }
    let mut cuts = vec![0];
    let mut from = 0;
    while from < anchors.len() {
        let len = anchors[from..].iter().take_while(|a| !a.gap.ends).count();
        let end = (from + len + 1).min(anchors.len());
        let stretch = &anchors[from..end];
        if is_table(stretch) {
            for (at, anchor) in stretch.iter().enumerate() {
                let before = at.checked_sub(1).map(|i| &stretch[i]);
                cut_at(&mut cuts, folded, anchor, before);
            }
        }
        from = end;
    }
    if cuts.len() == 1 {
        return Vec::new();
    }
    // The other chapters of a report that stands on one line.
    let numbered =
        |a: &&Anchor| a.is_chapter && folded[a.range.clone()].starts_with(is_han_numeral);
    for chapter in anchors.iter().filter(numbered) {
        cuts.extend([chapter.range.start, chapter.range.end]);
    }
    cuts.push(folded.len());
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|w| w[0]..w[1]).collect()
}

fn is_table(stretch: &[Anchor]) -> bool {
    let rows = stretch.iter().filter(|a| a.gap.values > 0).count();
    rows >= FEWEST_ROWS || stretch.iter().any(|a| a.gap.values >= DISPUTES)
}

fn cut_at(cuts: &mut Vec<usize>, folded: &str, anchor: &Anchor, before: Option<&Anchor>) {
    let begins = before.is_none_or(|b| b.gap.values > 0 || b.gap.foreign.is_some() || b.is_chapter);
    if begins || anchor.is_chapter {
        cuts.push(anchor.range.start);
    }
    if anchor.is_chapter {
        cuts.push(anchor.range.end);
    }
    if let Some(span) = &anchor.gap.span {
        // The last header of table 4 is no label of the values behind it.
        let pending = before.is_some_and(|b| folded[b.range.clone()].ends_with("审结"));
        match pending {
            true => cuts.push(span.start),
            false => cuts.push(anchor.range.start),
        }
        cuts.push(span.end);
    }
    if let Some(foreign) = &anchor.gap.foreign {
        cuts.extend([foreign.start, foreign.end]);
    }
}

/// The words of the form in a line, in order and not one within another.
fn anchors(folded: &str, labels: &Labels, spaced: &dyn Fn(usize) -> bool) -> Vec<Anchor> {
    let mut squeezed = String::with_capacity(folded.len());
    // Of each byte of it: where it stands in the folded text.
    let mut places: Vec<usize> = Vec::with_capacity(folded.len() + 1);
    for (at, c) in folded.char_indices().filter(|(_, c)| !is_mark(*c)) {
        squeezed.push(c);
        places.extend((0..c.len_utf8()).map(|_| at));
    }
    places.push(folded.len());
    let Words { list, chapters } = labels.cut();
    let mut found: Vec<(Range<usize>, bool)> = Vec::new();
    list.each(&squeezed, |at, word| {
        let end = at + list.words()[word].len();
        let last = places[end - 1];
        let last = last + folded[last..].chars().next().map_or(1, char::len_utf8);
        let place = (places[at]..last, word < *chapters);
        match found.last_mut() {
            // The longest of those that begin here; what lies within another is none.
            Some(before) if before.0.start == place.0.start => *before = place,
            Some(before) if before.0.end > place.0.start => {}
            _ => found.push(place),
        }
    });
    let mut anchors: Vec<Anchor> = Vec::new();
    for (at, (range, is_chapter)) in found.iter().enumerate() {
        let floor = at.checked_sub(1).map_or(0, |i| found[i].0.end);
        let start = floor + enumerated(&folded[floor..range.start], labels, &folded[range.clone()]);
        let next = found.get(at + 1).map_or(folded.len(), |f| f.0.start);
        if !stands_free(&folded[..start])
            && !spaced(start)
            && anchors.last().is_none_or(|a| a.range.end != start)
        {
            continue;
        }
        let end = range.end + closing(&folded[range.end..next]);
        anchors.push(Anchor {
            range: start..end,
            is_chapter: *is_chapter,
            gap: Gap {
                span: Some(end..next),
                ..Gap::default()
            },
        });
    }
    for at in 0..anchors.len() {
        let from = anchors[at].range.end;
        let next = anchors.get(at + 1).map(|a| a.range.start);
        anchors[at].gap = gap(folded, from..next.unwrap_or(folded.len()), next.is_none());
    }
    anchors
}

/// The last number before a word may be the code of its line: 01, 02, …
fn take_codes(folded: &str, anchors: &mut [Anchor]) {
    let mut next = 1;
    for at in 1..anchors.len() {
        let Some(span) = anchors[at - 1].gap.span.clone() else {
            continue;
        };
        let tokens = tokens(&folded[span.clone()]);
        let Some(last) = tokens.last() else { continue };
        let code = span.start + last.start..span.start + last.end;
        if folded[code.clone()].parse() != Ok(next) || code.len() > 3 {
            continue;
        }
        next += 1;
        anchors[at].range.start = code.start;
        let gap = &mut anchors[at - 1].gap;
        gap.values -= 1;
        let rest = tokens.len().checked_sub(2).map(|i| tokens[i].end);
        gap.span = rest.map(|end| span.start..span.start + end);
    }
}

/// Whether a word may begin behind `before`.
fn stands_free(before: &str) -> bool {
    let last = before.chars().next_back();
    last.is_none_or(|c| is_mark(c) || c.is_ascii_digit() || "。;-/无件条次篇人个元".contains(c))
}

/// Brackets and quotes right behind a word that belong to it.
fn closing(behind: &str) -> usize {
    behind.len() - behind.trim_start_matches([')', '"', ']']).len()
}

/// Where in `before`, what stands between two words, the enumerator of the second begins.
fn enumerated(before: &str, labels: &Labels, label: &str) -> usize {
    let mut end = before.trim_end_matches([' ', '|', '"', '(']).len();
    let bare = end;
    loop {
        let start = end;
        let text = before[..end].trim_end_matches([' ', '|', ':', '"']);
        if let Some(rest) = text.strip_suffix("其中") {
            end = rest.len();
            continue;
        }
        if let Some(open) = text.strip_suffix(')').and_then(|t| t.rfind('(')) {
            let inner = text[open..].trim_matches(['(', ')']);
            if !inner.is_empty()
                && inner
                    .chars()
                    .all(|c| is_han_numeral(c) || c.is_ascii_digit())
            {
                end = open;
                continue;
            }
        }
        if let Some(rest) = text.strip_suffix('、') {
            let bare = rest.trim_end_matches(is_han_numeral);
            if bare.len() < rest.len() {
                end = bare.len();
                continue;
            }
        }
        if let Some(rest) = text.strip_suffix('.') {
            // Digits run into the number of the line are told apart by what the form prints.
            let digits = rest.len() - rest.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let printed = labels.enumerator(label);
            let own = match (digits, printed) {
                (1 | 2, _)
                    if stands_free(&rest[..rest.len() - digits])
                        && !rest[..rest.len() - digits].ends_with(|c: char| c.is_ascii_digit()) =>
                {
                    digits
                }
                (_, Some(number)) if rest.ends_with(&number) => number.len(),
                _ => 0,
            };
            if own > 0 {
                end = rest.len() - own;
                continue;
            }
        }
        if end == start {
            break;
        }
    }
    match end == bare {
        // A bracket or a quote that the word itself opens.
        true => before.trim_end_matches(['"', '(']).len(),
        false => end,
    }
}

/// What stands in a gap.
fn gap(folded: &str, range: Range<usize>, is_last: bool) -> Gap {
    let mut gap = Gap::default();
    let mut foreign: Option<Range<usize>> = None;
    for token in tokens(&folded[range.clone()]) {
        let token = range.start + token.start..range.start + token.end;
        let word = &folded[token.clone()];
        let bare = word.trim_matches(['(', ')', ':']);
        if bare.is_empty() || UNITS.contains(&bare) && foreign.is_none() {
            continue;
        }
        let note = word.starts_with('(') && word.ends_with(')');
        if note && foreign.is_none() {
            if let Some(span) = gap.span.as_mut() {
                span.end = token.end;
            }
            continue;
        }
        let is_value = value::is_value(word) || word.bytes().all(|b| b.is_ascii_digit());
        match (&mut foreign, is_value) {
            (None, true) => {
                gap.values += 1;
                let start = gap.span.as_ref().map_or(token.start, |s| s.start);
                gap.span = Some(start..token.end);
            }
            (Some(foreign), _) => foreign.end = token.end,
            (None, false) => foreign = Some(token.clone()),
        }
    }
    if let Some(words) = foreign {
        let text = &folded[words.clone()];
        let prose = text.contains(['。', ';', ',']) || text.chars().count() > LONGEST_FOREIGN;
        gap.ends = prose || is_last;
        gap.foreign = Some(words).filter(|_| !prose && !is_last);
    }
    gap.ends |= is_last;
    gap
}

/// Words and values between blanks and bars; a value that runs into a word is one by itself.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut depth = 0usize;
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let gap = c == ' ' || c == '|';
        let digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '/');
        // 0五、存在的: a number ends where words begin, but for its unit and its note.
        let turns = depth == 0 && digit(last) && !digit(c) && !"()件条次人元万项,".contains(c);
        let turns =
            turns || depth == 0 && digit(c) && UNITS.iter().any(|u| text[..at].ends_with(u));
        depth = match c {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        match tokens.last_mut() {
            _ if gap && depth == 0 => {}
            Some(token) if token.end == at && !turns => token.end = end,
            _ => tokens.push(at..end),
        }
        last = c;
    }
    tokens
}
