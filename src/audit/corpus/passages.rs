//! How much of one text stands in another, in passages of thirteen characters and more.

use std::ops::Range;

/// Characters of a passage that counts as shared.
pub(super) const PASSAGE: usize = 13;
/// What is reported: so many per cent of the text or of a part of it, and a passage of so
/// many characters.
const LEAST_SHARE: usize = 70;
const LEAST_OF_PART: usize = 90;
const LEAST_PASSAGE: usize = 150;

/// A passage that stands in two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Passage {
    /// Where it begins.
    pub at: usize,
    /// Where in the other text.
    pub there: usize,
    /// Characters.
    pub length: usize,
}

/// What of one text stands in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Common {
    /// One after the other.
    pub passages: Vec<Passage>,
    /// Characters of the text.
    length: usize,
}

impl Common {
    /// Per cent of the text.
    pub fn share(&self) -> usize {
        self.share_of(&(0..self.length))
    }

    /// Per cent of some of its characters.
    pub fn share_of(&self, part: &Range<usize>) -> usize {
        let inside = |p: &Passage| {
            let (from, to) = (p.at.max(part.start), (p.at + p.length).min(part.end));
            to.saturating_sub(from)
        };
        let shared: usize = self.passages.iter().map(inside).sum();
        (shared * 100).checked_div(part.len()).unwrap_or(0)
    }

    /// The longest passage among some characters, as far as it is among them.
    pub fn longest_in(&self, part: &Range<usize>) -> Option<Passage> {
        let inside = self.passages.iter().filter_map(|p| {
            let from = p.at.max(part.start);
            let length = (p.at + p.length).min(part.end).checked_sub(from)?;
            Some(Passage {
                at: from,
                there: p.there + (from - p.at),
                length,
            })
        });
        // The first of equals.
        inside.rev().max_by_key(|p| p.length)
    }

    /// Whether so much is taken over of the whole text.
    pub fn is_taken_over(&self) -> bool {
        self.share() >= LEAST_SHARE && self.is_long(&(0..self.length))
    }

    /// Whether a part is taken over wholly.
    pub fn has_taken(&self, part: &Range<usize>) -> bool {
        self.share_of(part) >= LEAST_OF_PART && self.is_long(part)
    }

    fn is_long(&self, part: &Range<usize>) -> bool {
        let longest = self.longest_in(part);
        longest.is_some_and(|p| p.length >= LEAST_PASSAGE)
    }
}

/// Measures how much of `text` stands in `other`: from its beginning on, each piece of
/// thirteen characters is looked for, taken as far as both go on alike from the first place
/// it stands at, and what follows it is next.
pub(super) fn common(text: &[char], other: &[char]) -> Common {
    let places = Places::of(other);
    let mut passages = Vec::new();
    let mut at = 0;
    let mut roll = Roll::default();
    while at + PASSAGE <= text.len() {
        let Some(there) = places.first(&text[at..at + PASSAGE], roll.at(text, at)) else {
            at += 1;
            continue;
        };
        let both = text[at..].iter().zip(&other[there..]);
        let length = both.take_while(|(a, b)| a == b).count();
        passages.push(Passage { at, there, length });
        at += length;
    }
    Common {
        passages,
        length: text.len(),
    }
}

/// Where each piece of a text stands first: an open table of places, twice as long as the
/// text, with half of a piece's hash beside each so that most others need no look.
struct Places<'t> {
    text: &'t [char],
    slots: Vec<(u32, u32)>,
}

/// No place: texts are shorter.
const FREE: u32 = u32::MAX;

impl<'t> Places<'t> {
    fn of(text: &'t [char]) -> Self {
        let slots = (text.len() * 2).next_power_of_two();
        let mut places = Self {
            text,
            slots: vec![(0, FREE); slots],
        };
        let mut roll = Roll::default();
        for (place, piece) in (0u32..FREE).zip(text.windows(PASSAGE)) {
            let hash = roll.at(text, place as usize);
            let slot = places.slot(piece, hash);
            if places.slots[slot].1 == FREE {
                places.slots[slot] = (hash as u32, place);
            }
        }
        places
    }

    fn first(&self, piece: &[char], hash: u64) -> Option<usize> {
        match self.slots[self.slot(piece, hash)].1 {
            FREE => None,
            place => Some(place as usize),
        }
    }

    /// The slot of a piece, or the free one that it would have.
    fn slot(&self, piece: &[char], hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (hash >> 32) as usize & mask;
        loop {
            let (half, place) = self.slots[slot];
            let is_it = || half == hash as u32 && self.text[place as usize..].starts_with(piece);
            if place == FREE || is_it() {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// The hash of a piece, made from that of the piece before it.
#[derive(Default)]
pub(super) struct Roll {
    sum: u64,
    /// Where the next piece begins; nothing before the first.
    next: Option<usize>,
}

/// Odd, so that no character is ever lost from the sum.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
/// What a piece's first character was multiplied with.
const FIRST: u64 = BASE.wrapping_pow(PASSAGE as u32 - 1);

impl Roll {
    /// The hash of the piece at `at`, of which `text` has all characters.
    pub fn at(&mut self, text: &[char], at: usize) -> u64 {
        let add = |sum: u64, c: &char| sum.wrapping_mul(BASE).wrapping_add(u64::from(*c));
        self.sum = match self.next {
            Some(next) if next == at => {
                let gone = FIRST.wrapping_mul(u64::from(text[at - 1]));
                add(self.sum.wrapping_sub(gone), &text[at + PASSAGE - 1])
            }
            _ => text[at..at + PASSAGE].iter().fold(0, add),
        };
        self.next = Some(at + 1);
        // The low bits of the sum know little of the first characters.
        let mixed = (self.sum ^ self.sum >> 32).wrapping_mul(BASE);
        mixed ^ mixed >> 29
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::chance::text;
    use super::*;

    /// What [`common`] says it does, without any table.
    fn simply(text: &[char], other: &[char]) -> Common {
        let (mut passages, mut at) = (Vec::new(), 0);
        while at + PASSAGE <= text.len() {
            let piece = &text[at..at + PASSAGE];
            let Some(there) = other.windows(PASSAGE).position(|w| w == piece) else {
                at += 1;
                continue;
            };
            let mut length = PASSAGE;
            while text.get(at + length).is_some()
                && text.get(at + length) == other.get(there + length)
            {
                length += 1;
            }
            passages.push(Passage { at, there, length });
            at += length;
        }
        Common {
            passages,
            length: text.len(),
        }
    }

    #[test]
    fn what_two_texts_share_is_measured_in_passages() {
        let (a, b) = (text(1, 1000), text(2, 1000));
        let none = common(&a, &b);
        assert_eq!((none.share(), none.passages.len()), (0, 0));
        let mut mixed = b.clone();
        mixed.splice(100..100, a[200..700].iter().copied());
        let half = common(&a, &mixed);
        let passage = Passage {
            at: 200,
            there: 100,
            length: 500,
        };
        assert_eq!((half.share(), &half.passages[..]), (50, &[passage][..]));
        assert!(!half.is_taken_over());
        assert!(common(&a, &a).is_taken_over());
        // A part may be, where the whole is not.
        assert!(half.has_taken(&(190..700)) && !half.has_taken(&(100..700)));
        assert!(!half.has_taken(&(200..340)), "too short to say anything");
        let inside = half.longest_in(&(300..800));
        let there = inside.map(|p| (p.at, p.there, p.length));
        assert_eq!(there, Some((300, 200, 400)));
    }

    #[test]
    fn a_text_too_short_for_a_piece_is_no_trouble() {
        let short: Vec<char> = "无".chars().collect();
        assert_eq!(common(&short, &short).share(), 0);
        assert_eq!(common(&[], &[]).share(), 0);
    }

    proptest! {
        /// Texts of few characters, so that pieces stand at many places.
        #[test]
        fn the_table_finds_what_a_search_finds(
            a in proptest::collection::vec(prop_oneof![9 => Just('公'), 1 => Just('开')], 0..300),
            b in proptest::collection::vec(prop_oneof![9 => Just('公'), 1 => Just('开')], 0..300),
            cuts in proptest::collection::vec((0usize..300, 0usize..60, 0usize..300), 0..6),
        ) {
            let mut mixed = b;
            for (from, length, to) in cuts {
                let piece: Vec<char> = a.iter().skip(from).take(length).copied().collect();
                let to = to.min(mixed.len());
                mixed.splice(to..to, piece);
            }
            prop_assert_eq!(common(&a, &mixed), simply(&a, &mixed));
            prop_assert_eq!(common(&mixed, &a), simply(&mixed, &a));
        }
    }
}
