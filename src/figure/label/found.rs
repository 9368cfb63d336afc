//! The labels that stand in a text: patterns embedded in the words found there.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::ops::Range;

use super::mask::Masked;
use super::{Label, MAX_GAP, Pattern, Place, Word, Words, bit};
use crate::figure::catalogue::Indicator;
use crate::figure::grammar::Grammar;

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
        let forbids = self.forbids(zone);
        labels.retain(|l| !forbids(l));
        labels
    }

    /// Every label in `zone`, short and forbidden ones too, counted in whatever.
    pub fn all(&self, zone: &Range<usize>) -> Vec<Label> {
        self.embedded(zone, "", |pattern, _| pattern.place != Place::None, MAX_GAP)
    }

    /// Whether words in `zone` forbid a label.
    pub fn forbids(&self, zone: &Range<usize>) -> impl Fn(&Label) -> bool {
        let said = LazyCell::new(|| Masked::new(&self.folded[zone.clone()]));
        move |label| said.holds(&self.lexicon.forbidden[label.indicator])
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
        let said = &self.folded[zone.clone()];
        labels.retain(|l| {
            let forbidden = &self.lexicon.forbidden[l.indicator];
            let around = Masked::new(&self.folded[self.piece(zone, &l.range)]);
            let before = || of_nobody(&self.folded[zone.start..l.range.start]);
            // 检索、复制、邮寄费: words that are joined stand in no piece.
            let joined = |w: &String| w.contains('、') && said.contains(w);
            let joined = || said.contains('、') && forbidden.words().iter().any(joined);
            let is_forbidden = around.holds(forbidden) || joined();
            !is_forbidden || l.only_none && !Masked::new(&before()).holds(forbidden)
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
        let counted = match unit {
            "" => u128::MAX,
            unit => self.lexicon.units.get(unit).copied().unwrap_or(0),
        };
        let counts = |indicator: usize| {
            let units = self.lexicon.counted_in[indicator];
            units == 0 || units & counted != 0
        };
        let mut labels: Vec<Label> = Vec::new();
        for word in words.iter().filter(|w| w.end <= zone.end) {
            for ending in &self.lexicon.ending[word.word] {
                if ending.before.iter().any(|bits| bits & there == 0) {
                    continue;
                }
                let pattern = &self.lexicon.patterns[ending.pattern];
                let indicator = self.lexicon.indicator(pattern.indicator);
                if !counts(pattern.indicator) || !understood(pattern, indicator) {
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
            if outside_brackets(between) > gap && outside_brackets(&unsaid(between)) > gap {
                return None;
            }
            weight += chars(nearest);
            start = nearest.start;
        }
        Some((start, weight))
    }
}

/// What words for none say but for who applied and how: 没有公民通过网络等形式申请 tells of
/// all requests.
fn of_nobody(said: &str) -> Cow<'_, str> {
    let none = ["没有", "未有", "无"];
    let rest = none.iter().find_map(|w| said.strip_prefix(w));
    let rest = rest.map(|r| r.strip_prefix("任何").unwrap_or(r));
    let persons = ["公民", "个人", "企业", "法人"];
    let rest = rest.and_then(|r| persons.iter().find_map(|w| r.strip_prefix(w)));
    let mut said = Cow::from(rest.filter(|r| !r.starts_with('、')).unwrap_or(said));
    if let Some(at) = said.find("公民的") {
        said.to_mut().replace_range(at..at + "公民的".len(), "");
    }
    let means = Grammar::embedded().naming.means.first(&said);
    if let Some((end, len)) = means
        && let Some(start) = said[..end].rfind("通过")
    {
        said.to_mut().replace_range(start..end + len, "");
    }
    said
}

/// Most bytes of a phrase for a place.
const PLACE: usize = 48;

/// `text` without its phrases for everyone (接受公民、法人及其他组织的咨询) and for a place
/// (回复网友在新媒体平台上的留言).
fn unsaid(text: &str) -> String {
    let everyone = &Grammar::embedded().naming.everyone;
    let mut said = text.to_owned();
    while let Some((at, len)) = everyone.first(&said) {
        said.replace_range(at..at + len, "");
    }
    if let Some(at) = said.find('在')
        && let Some(len) = said[at..].find("上的")
        && len <= PLACE
    {
        said.replace_range(at..at + len + "上的".len(), "");
    }
    said
}

/// Characters of `text` that do not stand in brackets or quotes; what it enumerates (甲、乙、丙等)
/// counts for nothing, a word of Latin letters and digits (微信号:abc1234567) for one.
fn outside_brackets(text: &str) -> usize {
    let text = match (text.find('、'), text.rfind('等')) {
        (Some(first), Some(last)) if first < last => &text[last..],
        _ => text,
    };
    let quotes = text.matches('"').count() % 2 == 0;
    let mut depth = 0usize;
    let mut count = 0;
    let (mut in_word, mut in_quotes) = (false, false);
    for c in text.chars() {
        let goes_on = in_word && c.is_ascii_alphanumeric();
        in_word = c.is_ascii_alphanumeric();
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '"' if quotes => in_quotes = !in_quotes,
            _ => count += usize::from(depth == 0 && !in_quotes && !goes_on),
        }
    }
    count
}
