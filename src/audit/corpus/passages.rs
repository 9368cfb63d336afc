//! How much of one text stands in another, in passages of thirteen characters and more.

/// Characters of a passage that counts as shared.
const PASSAGE: usize = 13;
/// What is reported: so many per cent of the text, and a passage of so many characters.
const LEAST_SHARE: usize = 70;
const LEAST_PASSAGE: usize = 150;

/// How much of one text stands in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Common {
    /// Per cent of the text.
    pub share: usize,
    /// Characters of the longest passage.
    pub longest: usize,
}

impl Common {
    pub fn is_taken_over(self) -> bool {
        self.share >= LEAST_SHARE && self.longest >= LEAST_PASSAGE
    }
}

/// Measures how much of `text` stands in `other`: from its beginning on, each piece of
/// thirteen characters is looked for, taken as far as both go on alike from the first place
/// it stands at, and what follows it is next.
pub(super) fn common(text: &[char], other: &[char]) -> Common {
    let places = Places::of(other);
    let (mut shared, mut longest, mut at) = (0, 0, 0);
    let mut roll = Roll::default();
    while at + PASSAGE <= text.len() {
        let Some(there) = places.first(&text[at..at + PASSAGE], roll.at(text, at)) else {
            at += 1;
            continue;
        };
        let both = text[at..].iter().zip(&other[there..]);
        let length = both.take_while(|(a, b)| a == b).count();
        shared += length;
        longest = longest.max(length);
        at += length;
    }
    Common {
        share: (shared * 100).checked_div(text.len()).unwrap_or(0),
        longest,
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
struct Roll {
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
    fn at(&mut self, text: &[char], at: usize) -> u64 {
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
        let (mut shared, mut longest, mut at) = (0, 0, 0);
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
            (shared, longest, at) = (shared + length, longest.max(length), at + length);
        }
        Common {
            share: (shared * 100).checked_div(text.len()).unwrap_or(0),
            longest,
        }
    }

    #[test]
    fn what_two_texts_share_is_measured_in_passages() {
        let (a, b) = (text(1, 1000), text(2, 1000));
        let none = common(&a, &b);
        assert_eq!((none.share, none.longest), (0, 0));
        let mut mixed = b.clone();
        mixed.splice(100..100, a[200..700].iter().copied());
        let half = common(&a, &mixed);
        assert_eq!((half.share, half.longest), (50, 500));
        assert!(!half.is_taken_over());
        assert!(common(&a, &a).is_taken_over());
    }

    #[test]
    fn a_text_too_short_for_a_piece_is_no_trouble() {
        let short: Vec<char> = "无".chars().collect();
        assert_eq!(common(&short, &short).share, 0);
        assert_eq!(common(&[], &[]).share, 0);
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
