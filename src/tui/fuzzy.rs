//! Narrowing a list by typing: words in any order, letters in order, Chinese by its
//! characters, its pinyin or their initials (`sqgk` finds 依申请公开 as 申请公开 does).

use std::ops::Range;

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::PinyinNotation;

use crate::text::fold::fold;

/// Bytes of the label that matched, for highlighting.
pub type Match = Vec<Range<usize>>;

/// How well `query` matches a label with its details: smaller is better, none when it does
/// not. `label` is highlighted where it matched.
pub struct Matcher {
    words: Vec<Word>,
}

struct Word {
    folded: String,
    pinyin: Option<IbMatcher<'static>>,
}

impl Matcher {
    /// Prepares a query.
    pub fn new(query: &str) -> Self {
        let words = query.split_whitespace().map(|w| {
            let latin = w.chars().all(|c| c.is_ascii_alphabetic());
            Word {
                folded: fold(w),
                pinyin: latin.then(|| {
                    let notations = PinyinNotation::Ascii | PinyinNotation::AsciiFirstLetter;
                    IbMatcher::builder(w.to_ascii_lowercase().as_str())
                        .pinyin(PinyinMatchConfig::notations(notations))
                        .build()
                }),
            }
        });
        Self {
            words: words.collect(),
        }
    }

    /// Matches an item.
    pub fn score(&self, label: &str, detail: &str) -> Option<(usize, Match)> {
        let mut total = 0;
        let mut ranges = Match::new();
        for word in &self.words {
            let (score, range) = word.score(label, detail)?;
            total += score;
            ranges.extend(range);
        }
        ranges.sort_by_key(|r| r.start);
        Some((total, ranges))
    }
}

impl Word {
    fn score(&self, label: &str, detail: &str) -> Option<(usize, Option<Range<usize>>)> {
        let folded = crate::text::fold::Folded::new(label, 0);
        if let Some(at) = folded.text().find(&self.folded) {
            return Some((at.min(40), Some(folded.source(at..at + self.folded.len()))));
        }
        if let Some(m) = self.pinyin.as_ref().and_then(|p| p.find(label)) {
            return Some((50 + m.start().min(40), Some(m.start()..m.end())));
        }
        let other = fold(detail);
        if let Some(at) = other.find(&self.folded) {
            return Some((100 + at.min(40), None));
        }
        // Letters in order, near one another: "nsec" for "next section".
        let spread = subsequence(&other, &self.folded)?;
        (spread <= self.folded.len() * 4).then_some((200 + spread, None))
    }
}

/// Bytes from the first to the last character of `needle` in `hay`, in order.
fn subsequence(hay: &str, needle: &str) -> Option<usize> {
    let mut start = None;
    let mut at = 0;
    for c in needle.chars() {
        let found = at + hay[at..].find(c)?;
        start.get_or_insert(found);
        at = found + c.len_utf8();
    }
    Some(at - start.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_pinyin_initials_and_english() {
        for query in [
            "依申请",
            "yishenqing",
            "ysqgk",
            "shenqing",
            "request",
            "rqst",
        ] {
            let found = Matcher::new(query).score("依申请公开", "Requests received");
            assert!(found.is_some(), "{query}");
        }
        assert!(
            Matcher::new("fuyi")
                .score("依申请公开", "Requests")
                .is_none()
        );
        assert_eq!(
            Matcher::new("申请").score("依申请公开", ""),
            Some((3, std::iter::once(3..9).collect()))
        );
    }
}
