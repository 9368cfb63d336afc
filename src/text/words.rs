//! Lists of words, and what is asked of them all the time: does one stand in this text, at
//! its beginning, at its end? A Chinese word is all but told by its first character, so a
//! list is a small table by first and by last characters: quick to make, and quicker over
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

/// Words by one of their characters.
#[derive(Debug, Clone, Default)]
struct Table {
    /// A bit for every character, by its last ten bits: most are told apart by it.
    seen: [u64; 16],
    /// Characters in order, each with its part of `places`.
    keys: Vec<(char, usize, usize)>,
    /// Places in the list, the longest word of each character first.
    places: Vec<usize>,
}

impl Table {
    fn new(words: &[String], key: impl Fn(&str) -> Option<char>) -> Self {
        let mut all: Vec<(char, std::cmp::Reverse<usize>, usize)> = words
            .iter()
            .enumerate()
            .filter_map(|(i, w)| Some((key(w)?, std::cmp::Reverse(w.len()), i)))
            .collect();
        all.sort_unstable();
        let mut table = Self::default();
        for (n, (c, _, place)) in all.into_iter().enumerate() {
            table.seen[bit(c).0] |= bit(c).1;
            table.places.push(place);
            match table.keys.last_mut() {
                Some((last, _, end)) if *last == c => *end = n + 1,
                _ => table.keys.push((c, n, n + 1)),
            }
        }
        table
    }

    #[inline]
    fn may_have(&self, c: char) -> bool {
        self.seen[bit(c).0] & bit(c).1 != 0
    }

    /// Places of the words with `c`, the longest first.
    fn of(&self, c: char) -> &[usize] {
        match self.keys.binary_search_by_key(&c, |k| k.0) {
            Ok(i) => &self.places[self.keys[i].1..self.keys[i].2],
            Err(_) => &[],
        }
    }
}

#[inline]
fn bit(c: char) -> (usize, u64) {
    let low = c as usize & 0x3ff;
    (low >> 6, 1 << (low & 63))
}

impl From<Vec<String>> for WordList {
    fn from(words: Vec<String>) -> Self {
        Self {
            by_first: Table::new(&words, |w| w.chars().next()),
            by_last: Table::new(&words, |w| w.chars().next_back()),
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
        let c = text.chars().next().filter(|c| self.by_first.may_have(*c))?;
        let mut places = self.by_first.of(c).iter().copied();
        places.find(|&i| text.starts_with(self.words[i].as_str()))
    }

    /// The place of the longest that `text` ends with.
    pub fn place_at_end(&self, text: &str) -> Option<usize> {
        let c = text.chars().next_back();
        let c = c.filter(|c| self.by_last.may_have(*c))?;
        let mut places = self.by_last.of(c).iter().copied();
        places.find(|&i| text.ends_with(self.words[i].as_str()))
    }

    /// All that `text` begins with, the longest first.
    pub fn all_at_beginning<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let c = text.chars().next().filter(|c| self.by_first.may_have(*c));
        let places = c.map_or(&[][..], |c| self.by_first.of(c)).iter();
        let words = places.map(|&i| self.words[i].as_str());
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
            if self.by_first.may_have(c) {
                for &i in self.by_first.of(c).iter().rev() {
                    if text[at..].starts_with(self.words[i].as_str()) {
                        each(at, i);
                    }
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
