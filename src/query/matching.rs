//! Where the words of a query stand in a text: block by block, in folded form, mapped back
//! to the bytes of the original. The same ranges drive snippets, highlights and the jump
//! from hit to hit in the reader, and decide where tokens alone cannot.

use std::ops::Range;

use super::language::{Query, Words};
use crate::report::Report;
use crate::text::fold::Folded;

/// Byte ranges of the report's text in which the words of `query` stand, in order, merged
/// where they overlap. Words count as found wherever they occur, in every section.
pub fn find(report: &Report, query: &Query) -> Vec<(usize, usize)> {
    let words = query.words();
    let mut found = Vec::new();
    for block in &report.blocks {
        hits(&report.text, &block.folded, 0, &words, &mut found);
    }
    merge(found)
}

/// Adds where `words` stand in one folded piece of text. `text` begins `base` bytes into the
/// text that the piece's map speaks of.
pub(super) fn hits(
    text: &str,
    folded: &Folded,
    base: usize,
    words: &[&Words],
    found: &mut Vec<(usize, usize)>,
) {
    for words in words {
        for variant in &words.variants {
            each(folded.text(), variant, |range| {
                if fits(text, folded, base, &range, words) {
                    let source = folded.source(range);
                    found.push((source.start, source.end));
                }
                true
            });
        }
    }
}

/// Whether `words` stand anywhere in one folded piece of text.
pub(super) fn contains(text: &str, folded: &Folded, base: usize, words: &Words) -> bool {
    let mut found = false;
    for variant in &words.variants {
        each(folded.text(), variant, |range| {
            found |= fits(text, folded, base, &range, words);
            !found
        });
    }
    found
}

/// Every place of `needle` in `text`, overlapping ones too, until `then` says no.
fn each(text: &str, needle: &str, mut then: impl FnMut(Range<usize>) -> bool) {
    let step = needle.chars().next().map_or(1, char::len_utf8);
    let finder = memchr::memmem::Finder::new(needle);
    let mut at = 0;
    while let Some(found) = text.as_bytes().get(at..).and_then(|rest| finder.find(rest)) {
        let start = at + found;
        if !then(start..start + needle.len()) {
            return;
        }
        at = start + step;
    }
}

/// Whether the words are written as asked for, where that matters.
fn fits(text: &str, folded: &Folded, base: usize, range: &Range<usize>, words: &Words) -> bool {
    let Some(exact) = &words.exact else {
        return true;
    };
    let chars = folded.text()[range.clone()].char_indices();
    chars.zip(exact).all(|((at, c), written)| {
        let start = range.start + at;
        let source = folded.source(start..start + c.len_utf8());
        let source = source.start.saturating_sub(base)..source.end.saturating_sub(base);
        // A blank stands for white space of any kind.
        c == ' ' || text.get(source).is_some_and(|s| s.ends_with(*written))
    })
}

/// Ranges in order, those that overlap made one.
pub(super) fn merge(mut ranges: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    ranges.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match merged.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::super::language::parse;
    use super::*;

    fn found(text: &str, query: &str) -> Vec<String> {
        let folded = Folded::new(text, 7);
        let query = parse(query);
        let mut ranges = Vec::new();
        hits(text, &folded, 7, &query.words(), &mut ranges);
        let ranges = merge(ranges).into_iter();
        ranges.map(|(a, b)| text[a - 7..b - 7].to_owned()).collect()
    }

    #[test]
    fn words_are_found_in_either_script_and_vocabulary() {
        let text = "本年度政府資訊公開工作，政府信息公開";
        assert_eq!(
            found(text, "政府信息公开"),
            ["政府資訊公開", "政府信息公開"]
        );
        assert_eq!(found(text, "\"政府資訊公開\""), ["政府資訊公開"]);
        assert_eq!(found(text, "\"政府信息公开\""), Vec::<String>::new());
        assert_eq!(found(text, "\"公開\""), ["公開", "公開"]);
        assert_eq!(found(text, "公开 -政府"), ["公開", "公開"]);
    }

    #[test]
    fn overlapping_places_become_one() {
        assert_eq!(found("公公公x", "公公"), ["公公公"]);
        assert_eq!(
            found("依申请公开信息", "申请公开 公开信息"),
            ["申请公开信息"]
        );
    }

    #[test]
    fn noise_inside_a_word_does_not_hide_it() {
        assert_eq!(found("現(xiàn)將 結果", "现将结果"), ["現(xiàn)將 結果"]);
    }
}
