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
    /// The same for the pairs of characters at that end, by their hash.
    paired: Vec<u64>,
    /// Pairs of characters, each at the slot of its hash or in one of those behind it; half
    /// of the slots are free.
    slots: Vec<Slot>,
    /// Places in the list, the longest word of each pair first.
    places: Vec<usize>,
    /// Some word is a single character.
    has_single: bool,
}

/// Two characters at the end of words, and their part of [`Table::places`]; none in a free one.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    pair: u64,
    from: u32,
    to: u32,
}

impl Table {
    fn new<'w>(words: &'w [String], ends: impl Fn(&'w str) -> (Option<char>, char)) -> Self {
        let mut all: Vec<_> = words
            .iter()
            .enumerate()
            .filter_map(|(i, w)| {
                let (outer, inner) = ends(w);
                Some(((outer?, inner), std::cmp::Reverse(w.len()), i))
            })
            .collect();
        all.sort_unstable();
        let mut table = Self {
            slots: vec![Slot::default(); (all.len() * 2).next_power_of_two()],
            // Eight bits for a pair: one pair in eight that is none looks like one.
            paired: vec![0; (all.len() / 8).next_power_of_two()],
            ..Self::default()
        };
        for pair in all.chunk_by(|a, b| a.0 == b.0) {
            let (outer, inner) = pair[0].0;
            let (word, bit) = bit(outer);
            table.seen[word] |= bit;
            table.has_single |= inner == '\0';
            let (word, bit) = table.pair_bit(hash(outer, inner));
            table.paired[word] |= bit;
            let from = table.places.len() as u32;
            table.places.extend(pair.iter().map(|p| p.2));
            let slot = table.slot(outer, inner);
            table.slots[slot] = Slot {
                pair: joined(outer, inner),
                from,
                to: table.places.len() as u32,
            };
        }
        table
    }

    #[inline]
    fn may_have(&self, c: char) -> bool {
        self.seen[bit(c).0] & bit(c).1 != 0
    }

    /// The slot of a pair, or the free one where it would be.
    #[inline]
    fn slot(&self, outer: char, inner: char) -> usize {
        let pair = joined(outer, inner);
        let last = self.slots.len() - 1;
        let mut at = (hash(outer, inner) >> 40) as usize & last;
        while self.slots[at].from < self.slots[at].to && self.slots[at].pair != pair {
            at = (at + 1) & last;
        }
        at
    }

    #[inline]
    fn pair_bit(&self, hash: u64) -> (usize, u64) {
        (
            (hash >> 40) as usize & (self.paired.len() - 1),
            1 << (hash >> 58),
        )
    }

    /// Places of the words that have these characters at their end, the longest first: those
    /// of two characters and more, and those that are `outer` alone. Only where
    /// [`Table::may_have`] says so.
    #[inline]
    fn of(&self, outer: char, inner: Option<char>) -> (&[usize], &[usize]) {
        let places = |inner: char| -> &[usize] {
            let (word, bit) = self.pair_bit(hash(outer, inner));
            if self.paired[word] & bit == 0 {
                return &[];
            }
            let slot = self.slots[self.slot(outer, inner)];
            &self.places[slot.from as usize..slot.to as usize]
        };
        let pairs = inner.filter(|c| *c != '\0').map_or(&[][..], places);
        let alone = self.has_single.then(|| places('\0'));
        (pairs, alone.unwrap_or_default())
    }
}

#[inline]
fn joined(outer: char, inner: char) -> u64 {
    (outer as u64) << 32 | inner as u64
}

#[inline]
fn hash(outer: char, inner: char) -> u64 {
    joined(outer, inner).wrapping_mul(0x9e37_79b9_7f4a_7c15)
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
        let known = text.len() - chars.as_str().len();
        let fits = |i: &&usize| self.begins(text, known, **i);
        pairs.iter().find(fits).or(alone.first()).copied()
    }

    /// Whether `text` begins with a word, whose first `known` bytes it is known to begin with.
    #[inline]
    fn begins(&self, text: &str, known: usize, place: usize) -> bool {
        let word = self.words[place].as_bytes();
        if word.len() == known {
            return true;
        }
        let (rest, there) = (&word[known..], text.as_bytes().get(known..word.len()));
        // Most others are told by their last byte.
        there.is_some_and(|there| there.last() == rest.last() && there == rest)
    }

    /// The place of the longest that `text` ends with.
    pub fn place_at_end(&self, text: &str) -> Option<usize> {
        let mut chars = text.chars();
        let c = chars.next_back().filter(|c| self.by_last.may_have(*c))?;
        let (pairs, alone) = self.by_last.of(c, chars.next_back());
        let before = chars.as_str();
        let known = text.len() - before.len();
        let fits = |i: &&usize| {
            let word = self.words[**i].as_bytes();
            before.as_bytes().ends_with(&word[..word.len() - known])
        };
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
        text[from..]
            .char_indices()
            .map(|(at, c)| (from + at, c))
            .filter(|(_, c)| self.by_first.may_have(*c))
            .find_map(|(at, _)| Some((at, self.place_at_beginning(&text[at..])?)))
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
        for (at, c) in text.char_indices() {
            if !self.by_first.may_have(c) {
                continue;
            }
            let rest = &text[at..];
            let next = rest[c.len_utf8()..].chars().next();
            let (pairs, alone) = self.by_first.of(c, next);
            for &i in alone.iter().rev() {
                each(at, i);
            }
            let known = c.len_utf8() + next.map_or(0, char::len_utf8);
            for &i in pairs.iter().rev().filter(|i| self.begins(rest, known, **i)) {
                each(at, i);
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
            words in prop::collection::vec("[一二三甲a]{1,3}", 0..6),
            text in "[一二三甲乙a]{0,12}",
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
