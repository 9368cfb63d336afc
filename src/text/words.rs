//! Lists of words, and what is asked of them all the time: does one stand in this text, at
//! its beginning, at its end? A Chinese word is all but told by its first two characters, so
//! a list is a small table by first and by last characters: quick to make, and quicker over
//! the short pieces that sentences are cut into than any automaton.

use serde::Deserialize;

/// A list of words. Of several that fit at one place, the longest counts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordList {
    words: Vec<String>,
    by_first: Table,
    by_last: Table,
}

/// Words by the two characters at one of their ends.
#[derive(Debug, Clone, Default)]
struct Table {
    /// A bit for every character at the very end, by its last ten bits: most characters of a
    /// text are told by it to end no word.
    seen: [u64; 16],
    /// The same for the pairs of characters at that end, by a hash.
    paired: Vec<u64>,
    /// How many of the bits of `seen` are set before each of the sixteen numbers.
    ranks: [u16; 16],
    /// For each set bit where its part of `ends` begins; and where the last one ends.
    starts: Vec<u32>,
    /// Characters at the very end and next to it (`\0` in words of one), ordered by the bit
    /// of the first; each pair with its part of `places`.
    ends: Vec<((char, char), u32, u32)>,
    /// Places in the list, the longest word of each pair first.
    places: Vec<usize>,
}

impl Table {
    fn new<'w>(words: &'w [String], ends: impl Fn(&'w str) -> (Option<char>, char)) -> Self {
        let mut all: Vec<_> = words
            .iter()
            .enumerate()
            .filter_map(|(i, w)| {
                let (outer, inner) = ends(w);
                let pair = (outer?, inner);
                Some((pair.0 as u32 & 0x3ff, pair, std::cmp::Reverse(w.len()), i))
            })
            .collect();
        all.sort_unstable();
        let mut table = Self::default();
        for alike in all.chunk_by(|a, b| a.0 == b.0) {
            let (word, bit) = bit(alike[0].1.0);
            table.seen[word] |= bit;
            table.starts.push(table.ends.len() as u32);
            for pair in alike.chunk_by(|a, b| a.1 == b.1) {
                let from = table.places.len() as u32;
                table.places.extend(pair.iter().map(|p| p.3));
                let to = table.places.len() as u32;
                table.ends.push((pair[0].1, from, to));
            }
        }
        table.starts.push(table.ends.len() as u32);
        // Eight bits for a pair: one pair in eight that is none looks like one.
        table.paired = vec![0; (table.ends.len() / 8).next_power_of_two()];
        for ((outer, inner), _, _) in &table.ends {
            let (word, bit) = table.pair_bit(*outer, *inner);
            table.paired[word] |= bit;
        }
        for i in 1..16 {
            table.ranks[i] = table.ranks[i - 1] + table.seen[i - 1].count_ones() as u16;
        }
        table
    }

    #[inline]
    fn may_have(&self, c: char) -> bool {
        self.seen[bit(c).0] & bit(c).1 != 0
    }

    /// Where characters of `text` stand, from byte `from` on, for which [`Table::may_have`]
    /// says yes. The ten bits lie in the last two bytes of a character, so that none is put
    /// together for it.
    #[inline]
    fn hits<'t>(&'t self, text: &'t str, from: usize) -> impl Iterator<Item = usize> + 't {
        let bytes = text.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
        let mut next = from;
        std::iter::from_fn(move || {
            while let Some(&first) = bytes.get(next) {
                let at = next;
                let (length, high, low) = match first {
                    0..=0x7f => (1, first >> 6, first),
                    0x80..=0xdf => (2, first, byte(at + 1)),
                    0xe0..=0xef => (3, byte(at + 1), byte(at + 2)),
                    _ => (4, byte(at + 2), byte(at + 3)),
                };
                next += length;
                if self.seen[usize::from(high & 15)] >> (low & 63) & 1 != 0 {
                    return Some(at);
                }
            }
            None
        })
    }

    #[inline]
    fn pair_bit(&self, outer: char, inner: char) -> (usize, u64) {
        let mixed = ((outer as u64) << 32 | inner as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let word = (mixed >> 40) as usize & (self.paired.len() - 1);
        (word, 1 << (mixed >> 58))
    }

    /// Whether words begin so; a no is certain.
    #[inline]
    fn may_pair(&self, outer: char, inner: char) -> bool {
        let (word, bit) = self.pair_bit(outer, inner);
        self.paired[word] & bit != 0
    }

    /// Places of the words that have these characters at their end, the longest first: those
    /// of two characters and more, and those that are `outer` alone. Only where
    /// [`Table::may_have`] says so.
    fn of(&self, outer: char, inner: Option<char>) -> (&[usize], &[usize]) {
        let inner = inner.filter(|c| *c != '\0' && self.may_pair(outer, *c));
        let alone = self.may_pair(outer, '\0');
        if inner.is_none() && !alone {
            return (&[], &[]);
        }
        let (word, bit) = bit(outer);
        let rank = self.ranks[word] as usize + (self.seen[word] & (bit - 1)).count_ones() as usize;
        let ends = &self.ends[self.starts[rank] as usize..self.starts[rank + 1] as usize];
        let places = |inner: char| match ends.binary_search_by_key(&(outer, inner), |e| e.0) {
            Ok(at) => &self.places[ends[at].1 as usize..ends[at].2 as usize],
            Err(_) => &[],
        };
        let pairs = inner.map_or(&[][..], places);
        let alone = if alone { places('\0') } else { &[] };
        (pairs, alone)
    }
}

/// The first two characters, the second `\0` where there is none.
fn pair(mut chars: impl Iterator<Item = char>) -> (Option<char>, char) {
    (chars.next(), chars.next().unwrap_or('\0'))
}

#[inline]
fn bit(c: char) -> (usize, u64) {
    let low = c as usize & 0x3ff;
    (low >> 6, 1 << (low & 63))
}

impl From<Vec<String>> for WordList {
    fn from(words: Vec<String>) -> Self {
        Self {
            by_first: Table::new(&words, |w| pair(w.chars())),
            by_last: Table::new(&words, |w| pair(w.chars().rev())),
            words,
        }
    }
}

impl<S: Into<String>> FromIterator<S> for WordList {
    fn from_iter<T: IntoIterator<Item = S>>(words: T) -> Self {
        words
            .into_iter()
            .map(Into::into)
            .collect::<Vec<String>>()
            .into()
    }
}

impl WordList {
    /// The words as they were given; places in this list are what the searches return.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether one of them may begin with `c`; a no is certain.
    #[inline]
    pub fn may_begin(&self, c: char) -> bool {
        self.by_first.may_have(c)
    }

    /// Whether one of them stands in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.first(text).is_some()
    }

    /// The place of the longest that `text` begins with.
    pub fn place_at_beginning(&self, text: &str) -> Option<usize> {
        let mut chars = text.chars();
        let c = chars.next().filter(|c| self.by_first.may_have(*c))?;
        let (pairs, alone) = self.by_first.of(c, chars.next());
        let fits = |i: &&usize| text.starts_with(self.words[**i].as_str());
        pairs.iter().find(fits).or(alone.first()).copied()
    }

    /// The place of the longest that `text` ends with.
    pub fn place_at_end(&self, text: &str) -> Option<usize> {
        let mut chars = text.chars().rev();
        let c = chars.next().filter(|c| self.by_last.may_have(*c))?;
        let (pairs, alone) = self.by_last.of(c, chars.next());
        let fits = |i: &&usize| text.ends_with(self.words[**i].as_str());
        pairs.iter().find(fits).or(alone.first()).copied()
    }

    /// All that `text` begins with, the longest first.
    pub fn all_at_beginning<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let mut chars = text.chars();
        let c = chars.next().filter(|c| self.by_first.may_have(*c));
        let (pairs, alone) = c.map_or((&[][..], &[][..]), |c| self.by_first.of(c, chars.next()));
        let words = pairs.iter().chain(alone).map(|&i| self.words[i].as_str());
        words.filter(move |word| text.starts_with(word))
    }

    /// The longest that `text` begins with.
    pub fn beginning(&self, text: &str) -> Option<&str> {
        Some(&self.words[self.place_at_beginning(text)?])
    }

    /// The longest that `text` ends with.
    pub fn ending(&self, text: &str) -> Option<&str> {
        Some(&self.words[self.place_at_end(text)?])
    }

    /// The first that stands in `text`: where, and how long.
    pub fn first(&self, text: &str) -> Option<(usize, usize)> {
        let (at, place) = self.next(text, 0)?;
        Some((at, self.words[place].len()))
    }

    /// The first that stands in `text` from byte `from` on: where, and its place.
    pub fn next(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        self.by_first
            .hits(text, from)
            .find_map(|at| Some((at, self.place_at_beginning(&text[at..])?)))
    }

    /// The one that ends last in `text` (the longest of those): where, and its place.
    pub fn last(&self, text: &str) -> Option<(usize, usize)> {
        text.char_indices()
            .rev()
            .filter(|(_, c)| self.by_last.may_have(*c))
            .find_map(|(at, c)| {
                let end = at + c.len_utf8();
                let place = self.place_at_end(&text[..end])?;
                Some((end - self.words[place].len(), place))
            })
    }

    /// Calls `each` with the byte and the place of every word that stands in `text`, also
    /// where they overlap: in order of where they begin, the shortest first.
    pub fn each(&self, text: &str, mut each: impl FnMut(usize, usize)) {
        for at in self.by_first.hits(text, 0) {
            let mut chars = text[at..].chars();
            let Some(c) = chars.next() else { return };
            let (pairs, alone) = self.by_first.of(c, chars.next());
            for &i in alone.iter().rev().chain(pairs.iter().rev()) {
                if text[at..].starts_with(self.words[i].as_str()) {
                    each(at, i);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_longest_word_at_a_place_counts() {
        let list: WordList = ["申请", "申请表", "表"].into_iter().collect();
        assert_eq!(list.beginning("申请表格"), Some("申请表"));
        assert_eq!(list.ending("填申请表"), Some("申请表"));
        assert_eq!(list.first("填申请表"), Some(("填".len(), "申请表".len())));
        assert_eq!(list.last("申请表与申请"), Some(("申请表与".len(), 0)));
        assert!(list.is_in("代表") && !list.is_in("申报"));
    }

    proptest! {
        #[test]
        fn answers_are_those_of_searching_word_by_word(
            words in prop::collection::vec("[一二三甲aé𠮷]{1,3}", 0..6),
            text in "[一二三甲乙aéü𠮷]{0,12}",
        ) {
            let list: WordList = words.iter().cloned().collect();
            prop_assert_eq!(list.is_in(&text), words.iter().any(|w| text.contains(w.as_str())));
            let first = words.iter().filter_map(|w| text.find(w.as_str()).map(|at| (at, w.len())));
            let first = first.min_by_key(|(at, len)| (*at, std::cmp::Reverse(*len)));
            prop_assert_eq!(list.first(&text), first);
            let last = words.iter().filter_map(|w| text.rfind(w.as_str()).map(|at| (at + w.len(), at)));
            let last = last.max_by_key(|(end, at)| (*end, std::cmp::Reverse(*at)));
            prop_assert_eq!(list.last(&text).map(|l| l.0), last.map(|l| l.1));
            let longest = words.iter().filter(|w| text.ends_with(w.as_str())).map(String::len).max();
            prop_assert_eq!(list.ending(&text).map(str::len), longest);
            let mut found = vec![false; words.len()];
            list.each(&text, |at, i| found[i] = text[at..].starts_with(&words[i]));
            let there: Vec<bool> = words.iter().map(|w| text.contains(w.as_str())).collect();
            prop_assert_eq!(found, there);
        }
    }
}
