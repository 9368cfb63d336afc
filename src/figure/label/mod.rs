//! Which indicator words name: the label patterns of the catalogue, found in one pass.

mod found;
mod kind;
mod mask;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::catalogue::{Catalogue, Indicator};
use super::grammar::WordList;
use crate::text::numeral;

/// Most characters between two words of a label.
const MAX_GAP: usize = 12;

/// The catalogue's labels, ready for reading.
pub struct Lexicon {
    catalogue: &'static Catalogue,
    words: WordList,
    /// Of each word: its length in characters.
    lengths: Vec<usize>,
    patterns: Vec<Pattern>,
    /// Of each word: the patterns that end with it.
    ending: Vec<Vec<Ending>>,
    /// The bit of every unit that something is counted in: there are fewer than 128.
    units: FxHashMap<String, u128>,
    /// Of each indicator: the bits of its units.
    counted_in: Vec<u128>,
    /// Of each indicator: words that forbid it.
    forbidden: Vec<WordList>,
    /// Words for kinds of information, longest first, with their indicators.
    kinds: Vec<(String, usize)>,
    kind_words: WordList,
    /// The words 上年 and 下年.
    year_before: Option<usize>,
    year_after: Option<usize>,
}

#[derive(Debug)]
struct Pattern {
    indicator: usize,
    /// One after the other; each any of several words.
    words: Vec<Vec<usize>>,
    /// Where it is understood.
    place: Place,
}

/// A pattern, with what tells quickly that it does not stand somewhere.
#[derive(Debug)]
struct Ending {
    /// The bits of words that must stand before the last one: any of the first group, any
    /// of the second.
    before: [u128; 2],
    pattern: usize,
}

/// Where a label is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Everywhere.
    Any,
    /// Within its topic.
    Topic,
    /// Where its whole or another part of it was counted just before.
    Part,
    /// Where one of the words it is about stands earlier in the sentence.
    After,
    /// Behind words for none.
    None,
}

/// A word of some label in a text. Ranges are bytes of the folded text.
#[derive(Debug, Clone, Copy)]
struct Word {
    word: usize,
    start: usize,
    end: usize,
}

/// A bit for a word, to tell quickly that none of several stands somewhere.
fn bit(word: usize) -> u128 {
    1 << (word % 128)
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
    /// It counts only in its context.
    pub short: bool,
    /// It counts only behind words for none.
    pub only_none: bool,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(Catalogue::current()));

impl Lexicon {
    /// That of the catalogue that holds in this process.
    pub fn current() -> &'static Self {
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
            let full = indicator.labels.iter().map(|l| (l, Place::Any));
            let short = indicator.short.iter().map(|l| (l, Place::Topic));
            let part = indicator.part.iter().map(|l| (l, Place::Part));
            let after = indicator.after.iter().map(|l| (l, Place::After));
            let none = indicator
                .none
                .iter()
                .filter(|l| *l != "*")
                .map(|l| (l, Place::None));
            for (label, place) in full.chain(short).chain(part).chain(after).chain(none) {
                let words: Vec<Vec<usize>> = label
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
                    place,
                });
            }
        }
        let mut ending: Vec<Vec<Ending>> = words.iter().map(|_| Vec::new()).collect();
        for (at, pattern) in patterns.iter().enumerate() {
            let Some((last, groups)) = pattern.words.split_last() else {
                continue;
            };
            let bits = |group: &Vec<usize>| group.iter().fold(0, |bits, word| bits | bit(*word));
            let before = [0, 1].map(|i| groups.get(i).map_or(u128::MAX, bits));
            for word in last {
                let pattern = at;
                ending[*word].push(Ending { before, pattern });
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
        let word = |said: &str| words.iter().position(|w| w == said);
        let (year_before, year_after) = (word("上年"), word("下年"));
        let mut units: FxHashMap<String, u128> = FxHashMap::default();
        for unit in catalogue.indicators.iter().flat_map(|i| &i.units) {
            let next = bit(units.len());
            units.entry(unit.clone()).or_insert(next);
        }
        let bits = |i: &Indicator| i.units.iter().fold(0, |bits, u| bits | units[u]);
        let counted_in = catalogue.indicators.iter().map(bits).collect();
        Self {
            units,
            counted_in,
            year_before,
            year_after,
            catalogue,
            lengths: words.iter().map(|w| w.chars().count()).collect(),
            words: words.into(),
            patterns,
            ending,
            forbidden,
            kind_words: kinds.iter().map(|(word, _)| word.as_str()).collect(),
            kinds,
        }
    }

    /// Finds the words of labels in `folded`. In a report on `year` the year before it says
    /// what 上年 says, and the year after it what 下年 says.
    pub fn words<'a>(&'a self, folded: &'a str, year: Option<i32>) -> Words<'a> {
        let mut found = Vec::new();
        self.words.each(folded, |start, word| {
            let end = start + self.words.words()[word].len();
            found.push(Word { word, start, end });
        });
        let in_order = found.len();
        let near = |offset: i32| match offset {
            -1 => self.year_before,
            1 => self.year_after,
            _ => None,
        };
        found.extend(numeral::years(folded).filter_map(|(start, end, named)| {
            let word = near(named - year?)?;
            Some(Word { word, start, end })
        }));
        if found.len() > in_order {
            found.sort_by_key(|w| w.start);
        }
        Words {
            lexicon: self,
            folded,
            found,
        }
    }

    /// All indicators, by their places.
    pub fn indicators(&self) -> &'static [Indicator] {
        &self.catalogue.indicators
    }

    /// Whether some word of a label stands in `folded`.
    pub fn knows_a_word_of(&self, folded: &str) -> bool {
        let mut known = false;
        let long = |word: usize| self.words.words()[word].chars().count() >= 2;
        self.words.each(folded, |_, word| known |= long(word));
        known
    }

    /// The indicator at `place` of the catalogue.
    pub fn indicator(&self, place: usize) -> &'static Indicator {
        &self.catalogue.indicators[place]
    }

    /// The key of shares of the kind of information that `key` counts.
    pub fn share_of(&self, key: &str) -> Option<String> {
        if key == "disclosure.fulltext_electronic" {
            return Some("disclosure.fulltext_rate".to_owned());
        }
        let kind = key.strip_prefix("disclosure.kind.")?;
        let share = format!("disclosure.kind_share.{kind}");
        self.place(&share).map(|_| share)
    }

    /// Place of the indicator named `key`.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.catalogue.position(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(text: &str, unit: &str) -> Option<&'static str> {
        let lexicon = Lexicon::current();
        let words = lexicon.words(text, None);
        let labels = words.labels(&(0..text.len()), unit, |_, _| false);
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
        let lexicon = Lexicon::current();
        let kind = |t: &str| lexicon.kind(t).map(|i| lexicon.indicator(i).key.as_str());
        assert_eq!(kind("政策法规类信息"), Some("disclosure.kind.policy"));
        assert_eq!(
            kind("机构设置、人事类及其它类信息"),
            Some("disclosure.kind.other")
        );
        assert_eq!(kind("捐赠物资类"), None);
    }
}
