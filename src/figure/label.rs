//! Which indicator words name: the label patterns of the catalogue, found in one pass.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::catalogue::{Catalogue, Indicator};
use super::grammar::WordList;

/// Most characters between two words of a label.
const MAX_GAP: usize = 12;

/// The catalogue's labels, ready for reading.
pub struct Lexicon {
    catalogue: &'static Catalogue,
    words: WordList,
    patterns: Vec<Pattern>,
    /// Of each word: the patterns that end with it.
    ending: Vec<Vec<usize>>,
    /// Of each indicator: words that forbid it.
    forbidden: Vec<WordList>,
    /// Words for kinds of information, longest first, with their indicators.
    kinds: Vec<(String, usize)>,
    kind_words: WordList,
}

#[derive(Debug)]
struct Pattern {
    indicator: usize,
    /// One after the other; each any of several words.
    words: Vec<Vec<usize>>,
    short: bool,
}

/// A word of some label in a text. Ranges are bytes of the folded text.
#[derive(Debug, Clone, Copy)]
struct Word {
    word: usize,
    start: usize,
    end: usize,
}

/// All words of labels that stand in a folded text.
pub struct Words<'a> {
    lexicon: &'a Lexicon,
    folded: &'a str,
    /// Ordered by start.
    found: Vec<Word>,
}

/// A label found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Place in the catalogue.
    pub indicator: usize,
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// How many characters of it are words of the label.
    pub weight: usize,
    /// It counts only within its topic.
    pub short: bool,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(Catalogue::embedded()));

impl Lexicon {
    /// That of the embedded catalogue.
    pub fn embedded() -> &'static Self {
        &LEXICON
    }

    fn new(catalogue: &'static Catalogue) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut intern = |word: String| {
            *known.entry(word).or_insert_with_key(|word| {
                words.push(word.clone());
                words.len() - 1
            })
        };
        let mut patterns = Vec::new();
        for (at, indicator) in catalogue.indicators.iter().enumerate() {
            let full = indicator.labels.iter().map(|l| (l, false));
            let short = indicator.short.iter().map(|l| (l, true));
            for (label, short) in full.chain(short) {
                let words = label
                    .split_whitespace()
                    .map(|group| {
                        // 资讯 says what 信息 says: labels are understood in both.
                        let said = group.split('|').flat_map(crate::text::vocabulary::variants);
                        said.map(&mut intern).collect()
                    })
                    .collect();
                patterns.push(Pattern {
                    indicator: at,
                    words,
                    short,
                });
            }
        }
        let mut ending = vec![Vec::new(); words.len()];
        for (at, pattern) in patterns.iter().enumerate() {
            for word in pattern.words.last().into_iter().flatten() {
                ending[*word].push(at);
            }
        }
        let forbidden = catalogue
            .indicators
            .iter()
            .map(|i| {
                let words = i.not.iter().flat_map(|w| w.split('|'));
                words.flat_map(crate::text::vocabulary::variants).collect()
            })
            .collect();
        let mut kinds: Vec<(String, usize)> = catalogue
            .indicators
            .iter()
            .enumerate()
            .flat_map(|(at, i)| i.kind.iter().map(move |k| (k.clone(), at)))
            .collect();
        kinds.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Self {
            catalogue,
            words: words.into(),
            patterns,
            ending,
            forbidden,
            kind_words: kinds.iter().map(|(word, _)| word.as_str()).collect(),
            kinds,
        }
    }

    /// Finds the words of labels in `folded`.
    pub fn words<'a>(&'a self, folded: &'a str) -> Words<'a> {
        let mut found = Vec::new();
        self.words.each(folded, |start, word| {
            let end = start + self.words.words()[word].len();
            found.push(Word { word, start, end });
        });
        Words {
            lexicon: self,
            folded,
            found,
        }
    }

    /// The indicator at `place` of the catalogue.
    pub fn indicator(&self, place: usize) -> &'static Indicator {
        &self.catalogue.indicators[place]
    }

    /// Place of the indicator named `key`.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.catalogue.position(key)
    }

    /// The kind of information that `label` names: one, or 其他 where it joins several.
    pub fn kind(&self, label: &str) -> Option<usize> {
        let mut there: Vec<usize> = Vec::new();
        self.kind_words.each(label, |_, i| there.push(i));
        if there.is_empty() {
            return None;
        }
        there.sort_unstable();
        there.dedup();
        let mut rest = label.to_owned();
        let mut found: Vec<usize> = Vec::new();
        for (word, indicator) in there.iter().map(|i| &self.kinds[*i]) {
            if let Some(at) = rest.find(word.as_str()) {
                rest.replace_range(at..at + word.len(), "#");
                if !found.contains(indicator) {
                    found.push(*indicator);
                }
            }
        }
        let other = self.place("disclosure.kind.other");
        match found.as_slice() {
            [] => None,
            [one] => Some(*one),
            several if several.iter().any(|i| Some(*i) == other) => other,
            several => {
                // 行政许可办事指南类: the word nearest to 类 says what it is; 甲、乙及丙类 joins.
                let joined = ['、', '及', '和', '与'].iter().any(|c| label.contains(*c));
                if joined {
                    other
                } else {
                    several.first().copied()
                }
            }
        }
    }
}

impl Words<'_> {
    /// Every label that stands in `zone` of the folded text and may name a number counted
    /// in `unit` (empty: any). `near` restricts short labels to topics.
    pub fn labels(
        &self,
        zone: &Range<usize>,
        unit: &str,
        topic: impl Fn(&Indicator) -> bool,
    ) -> Vec<Label> {
        let first = self.found.partition_point(|w| w.start < zone.start);
        let last = self.found.partition_point(|w| w.start < zone.end);
        let words = &self.found[first..last.max(first)];
        let mut labels: Vec<Label> = Vec::new();
        for word in words.iter().filter(|w| w.end <= zone.end) {
            for pattern in &self.lexicon.ending[word.word] {
                let pattern = &self.lexicon.patterns[*pattern];
                let indicator = self.lexicon.indicator(pattern.indicator);
                if !unit.is_empty()
                    && !indicator.units.is_empty()
                    && !indicator.units.iter().any(|u| u == unit)
                {
                    continue;
                }
                if pattern.short && !topic(indicator) {
                    continue;
                }
                let Some((start, weight)) = self.embed(pattern, *word, words) else {
                    continue;
                };
                let forbidden = &self.lexicon.forbidden[pattern.indicator];
                if forbidden.is_in(&self.folded[zone.clone()]) {
                    continue;
                }
                labels.push(Label {
                    indicator: pattern.indicator,
                    range: start..word.end,
                    weight,
                    short: pattern.short,
                });
            }
        }
        labels
    }

    /// Where a pattern begins whose last word is `last`, and its weight in characters.
    fn embed(&self, pattern: &Pattern, last: Word, words: &[Word]) -> Option<(usize, usize)> {
        let chars = |w: &Word| self.folded[w.start..w.end].chars().count();
        let mut weight = chars(&last);
        let mut start = last.start;
        for group in pattern.words.iter().rev().skip(1) {
            let nearest = words
                .iter()
                .filter(|w| w.end <= start && group.contains(&w.word))
                .max_by_key(|w| (w.end, w.end - w.start))?;
            if outside_brackets(&self.folded[nearest.end..start]) > MAX_GAP {
                return None;
            }
            weight += chars(nearest);
            start = nearest.start;
        }
        Some((start, weight))
    }
}

/// Characters of `text` that do not stand in brackets.
fn outside_brackets(text: &str) -> usize {
    let mut depth = 0usize;
    let mut count = 0;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => count += usize::from(depth == 0),
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(text: &str, unit: &str) -> Option<&'static str> {
        let lexicon = Lexicon::embedded();
        let words = lexicon.words(text);
        let labels = words.labels(&(0..text.len()), unit, |_| false);
        labels
            .iter()
            .max_by_key(|l| l.weight)
            .map(|l| lexicon.indicator(l.indicator).key.as_str())
    }

    #[test]
    fn labels_name_indicators() {
        for (text, unit, want) in [
            (
                "全年共受理政府信息公开申请",
                "件",
                Some("requests.received.new"),
            ),
            (
                "本区人民政府全年主动公开政府信息",
                "条",
                Some("disclosure.total"),
            ),
            (
                "通过县政府门户网站主动公开政府信息",
                "条",
                Some("disclosure.channel.website"),
            ),
            ("其中当面申请", "件", Some("requests.channel.in_person")),
            ("电话咨询", "人次", Some("consult.phone")),
            ("上年结转", "件", Some("requests.received.carried_in")),
            ("结转下年度", "件", Some("requests.carried_out")),
            ("建筑面积为", "平方米", None),
        ] {
            assert_eq!(best(text, unit), want, "{text}");
        }
    }

    #[test]
    fn kinds_are_named_by_their_words() {
        let lexicon = Lexicon::embedded();
        let kind = |t: &str| lexicon.kind(t).map(|i| lexicon.indicator(i).key.as_str());
        assert_eq!(kind("政策法规类信息"), Some("disclosure.kind.policy"));
        assert_eq!(
            kind("机构设置、人事类及其它类信息"),
            Some("disclosure.kind.other")
        );
        assert_eq!(kind("捐赠物资类"), None);
    }
}
