//! Which indicator words name: the label patterns of the catalogue, found in one pass.

mod kind;
mod mask;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::catalogue::{Catalogue, Indicator};
use super::grammar::WordList;
use mask::Masked;

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
    ending: Vec<Vec<usize>>,
    /// Every unit that something is counted in.
    units: Vec<String>,
    /// Of each indicator: places of its units.
    counted_in: Vec<Vec<usize>>,
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
    /// Of each: the bits of these words.
    bits: Vec<u128>,
    /// Where it is understood.
    place: Place,
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
                let bits = words
                    .iter()
                    .map(|group| group.iter().fold(0, |bits, word| bits | bit(*word)))
                    .collect();
                patterns.push(Pattern {
                    indicator: at,
                    bits,
                    words,
                    place,
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
        let word = |said: &str| words.iter().position(|w| w == said);
        let (year_before, year_after) = (word("上年"), word("下年"));
        let mut units: Vec<String> = Vec::new();
        let mut place = |unit: &String| match units.iter().position(|u| u == unit) {
            Some(place) => place,
            None => {
                units.push(unit.clone());
                units.len() - 1
            }
        };
        let indicators = catalogue.indicators.iter();
        let counted_in = indicators
            .map(|i| i.units.iter().map(&mut place).collect())
            .collect();
        Self {
            year_before,
            year_after,
            catalogue,
            units,
            counted_in,
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
        for (offset, word) in [(-1, self.year_before), (1, self.year_after)] {
            let (Some(year), Some(word)) = (year, word) else {
                continue;
            };
            let said = format!("{}年", year + offset);
            found.extend(folded.match_indices(&said).map(|(start, said)| Word {
                word,
                start,
                end: start + said.len(),
            }));
        }
        found.sort_by_key(|w| w.start);
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

    /// Place of the indicator named `key`.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.catalogue.position(key)
    }
}

impl Words<'_> {
    /// Every label that stands in `zone` of the folded text and may name a number counted
    /// in `unit` (empty: any). `context` says where short labels are understood.
    pub fn labels(
        &self,
        zone: &Range<usize>,
        unit: &str,
        context: impl Fn(&Indicator, Place) -> bool,
    ) -> Vec<Label> {
        let understood = |pattern: &Pattern, indicator: &Indicator| match pattern.place {
            Place::Any => true,
            Place::None => false,
            place => context(indicator, place),
        };
        let mut labels = self.embedded(zone, unit, understood, MAX_GAP);
        let text = Masked::new(&self.folded[zone.clone()]);
        labels.retain(|l| !text.holds(&self.lexicon.forbidden[l.indicator]));
        labels
    }

    /// Every label in `zone`, short and forbidden ones too, counted in whatever.
    pub fn all(&self, zone: &Range<usize>) -> Vec<Label> {
        self.embedded(zone, "", |pattern, _| pattern.place != Place::None, MAX_GAP)
    }

    /// Whether words in `zone` forbid a label.
    pub fn is_forbidden(&self, label: &Label, zone: &Range<usize>) -> bool {
        Masked::new(&self.folded[zone.clone()]).holds(&self.lexicon.forbidden[label.indicator])
    }

    /// Every label in `zone` that names what there was none of. Forbidden are words between
    /// the beginning of the zone and a label that only words for none let speak.
    pub fn none(&self, zone: &Range<usize>) -> Vec<Label> {
        let understood = |pattern: &Pattern, indicator: &Indicator| match pattern.place {
            Place::Any => indicator.none.iter().any(|l| l == "*"),
            Place::None => true,
            Place::Topic | Place::Part | Place::After => false,
        };
        let mut labels = self.embedded(zone, "", understood, MAX_GAP * 2);
        labels.retain(|l| {
            let forbidden = &self.lexicon.forbidden[l.indicator];
            let around = Masked::new(&self.folded[self.piece(zone, &l.range)]);
            let before = || Masked::new(&self.folded[zone.start..l.range.start]);
            // 检索、复制、邮寄费: words that are joined stand in no piece.
            let joined = |w: &String| w.contains('、') && self.folded[zone.clone()].contains(w);
            let is_forbidden = around.holds(forbidden) || forbidden.words().iter().any(joined);
            !is_forbidden || l.only_none && !before().holds(forbidden)
        });
        // 信息公开引起的复议、诉讼和投诉: 投诉 alone says it, and covers no other noun.
        let alone: Vec<Label> = labels.clone();
        labels.retain(|l| {
            let spans = |l: &Label| self.folded[l.range.clone()].contains('、');
            let inside = |o: &Label| {
                o.indicator == l.indicator
                    && l.range.start < o.range.start
                    && o.range.end <= l.range.end
            };
            !spans(l) || !alone.iter().any(|o| inside(o) && !spans(o))
        });
        labels
    }

    /// The piece of `zone` around a label, between what joins it to other nouns.
    fn piece(&self, zone: &Range<usize>, label: &Range<usize>) -> Range<usize> {
        let joins = ['、', '和', '与', '及', '或'];
        let start = self.folded[zone.start..label.start]
            .rfind(joins)
            .map_or(zone.start, |at| zone.start + at);
        let end = self.folded[label.end..zone.end]
            .find(joins)
            .map_or(zone.end, |at| label.end + at);
        start..end
    }

    /// Labels whose patterns are `understood`, with at most `gap` characters between words.
    fn embedded(
        &self,
        zone: &Range<usize>,
        unit: &str,
        understood: impl Fn(&Pattern, &Indicator) -> bool,
        gap: usize,
    ) -> Vec<Label> {
        let first = self.found.partition_point(|w| w.start < zone.start);
        let last = self.found.partition_point(|w| w.start < zone.end);
        let words = &self.found[first..last.max(first)];
        let there = words.iter().fold(0, |bits, w| bits | bit(w.word));
        let place = self.lexicon.units.iter().position(|u| u == unit);
        let counts = |indicator: usize| {
            let units = &self.lexicon.counted_in[indicator];
            unit.is_empty() || units.is_empty() || place.is_some_and(|p| units.contains(&p))
        };
        let mut labels: Vec<Label> = Vec::new();
        for word in words.iter().filter(|w| w.end <= zone.end) {
            for pattern in &self.lexicon.ending[word.word] {
                let pattern = &self.lexicon.patterns[*pattern];
                if pattern.bits.iter().any(|bits| bits & there == 0) || !counts(pattern.indicator) {
                    continue;
                }
                let indicator = self.lexicon.indicator(pattern.indicator);
                if !understood(pattern, indicator) {
                    continue;
                }
                if let Some((start, weight)) = self.embed(pattern, *word, words, gap) {
                    labels.push(Label {
                        indicator: pattern.indicator,
                        range: start..word.end,
                        weight,
                        short: !matches!(pattern.place, Place::Any | Place::None),
                        only_none: pattern.place == Place::None,
                    });
                }
            }
        }
        labels
    }

    /// Where a pattern begins whose last word is `last`, and its weight in characters.
    fn embed(
        &self,
        pattern: &Pattern,
        last: Word,
        words: &[Word],
        gap: usize,
    ) -> Option<(usize, usize)> {
        // 2015年 stands for 上年 and is as long as it is written.
        let chars = |w: &Word| match w.end - w.start == self.lexicon.words.words()[w.word].len() {
            true => self.lexicon.lengths[w.word],
            false => self.folded[w.start..w.end].chars().count(),
        };
        let mut weight = chars(&last);
        let mut start = last.start;
        for group in pattern.words.iter().rev().skip(1) {
            let nearest = words
                .iter()
                .filter(|w| w.end <= start && group.contains(&w.word))
                .max_by_key(|w| (w.end, w.end - w.start))?;
            let between = &self.folded[nearest.end..start];
            // 接受公民、法人和其他组织的咨询: who it was says nothing.
            let far = |between: &str| outside_brackets(between) > gap;
            if far(between) && mask::without_everyone(between).is_none_or(|b| far(&b)) {
                return None;
            }
            weight += chars(nearest);
            start = nearest.start;
        }
        Some((start, weight))
    }
}

/// Characters of `text` that do not stand in brackets; what it enumerates (甲、乙、丙等)
/// counts for nothing, a word of Latin letters and digits (微信号:abc1234567) for one.
fn outside_brackets(text: &str) -> usize {
    let text = match (text.find('、'), text.rfind('等')) {
        (Some(first), Some(last)) if first < last => &text[last..],
        _ => text,
    };
    let mut depth = 0usize;
    let mut count = 0;
    let mut in_word = false;
    for c in text.chars() {
        let goes_on = in_word && c.is_ascii_alphanumeric();
        in_word = c.is_ascii_alphanumeric();
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => count += usize::from(depth == 0 && !goes_on),
        }
    }
    count
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
