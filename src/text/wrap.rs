//! Breaking text into lines: UAX 14 with the rules of Chinese typesetting. Closing
//! punctuation never begins a line and opening punctuation never ends one, unless there is
//! no other way; Chinese quotation marks may be broken around, which UAX 14 forbids because
//! it cannot tell them from Western ones.
//!
//! Lines are byte ranges that join to the whole text: nothing is lost. White space at the
//! end of a line may hang over the edge; drawing leaves it out.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use super::width::{cells, grapheme_cells};

/// Punctuation that belongs to what stands before it.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '，'
            | '．'
            | '：'
            | '；'
            | '？'
            | '！'
            | '）'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '］'
            | '｝'
            | '”'
            | '’'
            | '…'
            | '—'
            | '％'
            | '‰'
            | '℃'
            | '〗'
            | '·'
            | ','
            | '.'
            | ':'
            | ';'
            | '?'
            | '!'
            | ')'
            | ']'
            | '}'
            | '%'
    )
}

/// Punctuation that belongs to what stands after it.
fn is_opening(c: char) -> bool {
    matches!(
        c,
        '（' | '《'
            | '〈'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '［'
            | '｛'
            | '“'
            | '‘'
            | '〖'
            | '('
            | '['
            | '{'
            | '￥'
            | '¥'
    )
}

/// Whether typesetting allows a break between the two.
fn may_part(before: Option<char>, after: Option<char>) -> bool {
    match (before, after) {
        (Some(b), Some(a)) => !is_opening(b) && !is_closing(a),
        _ => true,
    }
}

/// Breaks `text` into lines of at most `width` cells (at least 2).
pub fn lines(text: &str, width: usize) -> Vec<Range<usize>> {
    lines_indented(text, width, width)
}

/// As [`lines`], with another width for the first line: for a paragraph's indent.
pub fn lines_indented(text: &str, first: usize, rest: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut line = Line {
        text,
        start: 0,
        limit: first.max(2),
        rest: rest.max(2),
    };
    let mut from = 0;
    let mut used = 0;
    for (at, must) in opportunities(text) {
        let piece = &text[from..at];
        // White space at its end may hang over the edge, so it does not count yet.
        let body = cells(piece.trim_end());
        if used + body > line.limit && line.start < from {
            line.end(&mut out, from);
            used = 0;
        }
        if used + body > line.limit {
            line.force(&mut out, from, at);
            used = cells(&text[line.start..at]);
        } else {
            used += cells(piece);
        }
        from = at;
        if must {
            line.end(&mut out, at);
            used = 0;
        }
    }
    if line.start < text.len() {
        line.end(&mut out, text.len());
    }
    if out.is_empty() {
        out.push(0..0);
    }
    out
}

struct Line<'a> {
    text: &'a str,
    start: usize,
    limit: usize,
    rest: usize,
}

impl Line<'_> {
    fn end(&mut self, out: &mut Vec<Range<usize>>, at: usize) {
        if self.start < at {
            out.push(self.start..at);
            self.start = at;
        }
        self.limit = self.rest;
    }

    /// Breaks a piece without opportunities wherever it must be.
    fn force(&mut self, out: &mut Vec<Range<usize>>, from: usize, to: usize) {
        let end = from + self.text[from..to].trim_end().len();
        while cells(&self.text[self.start..end]) > self.limit {
            let cut = self.cut(end);
            self.end(out, cut);
        }
    }

    /// The last place before `end` where the line is full, going back a few graphemes for
    /// one that parts no punctuation from its word.
    fn cut(&self, end: usize) -> usize {
        let mut used = 0;
        let mut places = Vec::new();
        for (at, grapheme) in self.text[self.start..end].grapheme_indices(true) {
            used += grapheme_cells(grapheme);
            if used > self.limit {
                break;
            }
            places.push(self.start + at + grapheme.len());
        }
        let fine = |at: &&usize| {
            may_part(
                self.text[..**at].chars().next_back(),
                self.text[**at..].chars().next(),
            )
        };
        let nice = places.iter().rev().take(4).find(fine).copied();
        nice.or(places.last().copied()).unwrap_or_else(|| {
            // One grapheme wider than the line: by characters then, at least one.
            let mut at = self.start;
            for c in self.text[self.start..end].chars() {
                let next = at + c.len_utf8();
                if at > self.start && cells(&self.text[self.start..next]) > self.limit {
                    break;
                }
                at = next;
            }
            at
        })
    }
}

/// Places where a line may end, and whether it must; the last is the end of the text.
fn opportunities(text: &str) -> Vec<(usize, bool)> {
    let mut out: Vec<(usize, bool)> = Vec::new();
    let mut known = linebreaks(text).peekable();
    let mut before: Option<char> = None;
    for (at, after) in text.char_indices().chain([(text.len(), '\n')]) {
        let found = known.next_if(|k| k.0 == at).map(|k| k.1);
        let last = at == text.len();
        let must = found == Some(BreakOpportunity::Mandatory) && !last;
        let may = match (before, after) {
            (None, _) => false,
            _ if last || must => true,
            (Some(b), a) => {
                let quoted = (matches!(a, '“' | '‘') && is_wide_word(b))
                    || (matches!(b, '”' | '’') && is_wide_word(a));
                (found.is_some() || quoted) && may_part(Some(b), Some(a))
            }
        };
        if may {
            out.push((at, must));
        }
        before = Some(after);
    }
    out
}

/// Han characters and Chinese punctuation: neighbours that show a quotation mark to be Chinese.
fn is_wide_word(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}' | '”' | '’' | '“' | '‘')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, width: usize) -> Vec<&str> {
        lines(text, width).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn punctuation_keeps_to_its_word() {
        assert_eq!(
            shown("2024 年本机关收到申请，均已答复。", 12),
            ["2024 年本机", "关收到申请，", "均已答复。"]
        );
        assert_eq!(
            shown("依据《条例》办理", 6),
            ["依据", "《条", "例》办", "理"]
        );
        assert_eq!(
            shown("设立了“一站式”服务窗口", 8),
            ["设立了", "“一站式”", "服务窗口"]
        );
        assert_eq!(shown("甲\n乙", 10), ["甲\n", "乙"]);
        assert_eq!(
            shown("http://example.com/a", 8).concat(),
            "http://example.com/a"
        );
        assert_eq!(shown("", 8), [""]);
    }

    proptest! {
        #[test]
        fn lines_join_to_the_text_and_fit(
            text in "([一-龥]{0,6}|[a-z]{0,9}|[0-9]{1,4}|[，。、；“”（）《》——…！ ]|\n|\\PC){0,40}",
            width in 2usize..60,
            first in 2usize..60,
        ) {
            let ranges = lines_indented(&text, first, width);
            let mut at = 0;
            for (i, r) in ranges.iter().enumerate() {
                prop_assert_eq!(r.start, at);
                at = r.end;
                let limit = if i == 0 { first } else { width };
                prop_assert!(cells(text[r.clone()].trim_end()) <= limit, "{:?} in {}", &text[r.clone()], limit);
            }
            prop_assert_eq!(at, text.len());
        }

        #[test]
        fn chinese_prose_never_breaks_before_a_stop(
            clauses in proptest::collection::vec("[一-龥]{3,9}[，。；！？、”》）]", 1..12),
            width in 8usize..60,
        ) {
            let text = clauses.concat();
            for r in lines(&text, width).iter().skip(1) {
                let first = text[r.clone()].chars().next().unwrap_or(' ');
                prop_assert!(!is_closing(first), "{:?}", &text[r.clone()]);
            }
        }
    }
}
