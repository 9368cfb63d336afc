//! A text by a few of its pieces: of all pieces of thirteen characters those whose hash falls
//! on one in thirty-two. The same words have the same pieces wherever they stand, so that a
//! part that two texts share shows as well as a whole.

use super::passages::{PASSAGE, Roll};

/// One in so many pieces is kept.
const RATE: u64 = 32;
/// Shorter texts say little but what all must say.
const LEAST_TEXT: usize = 400;

/// Pieces of a text.
#[derive(Debug, Clone)]
pub(super) struct Pieces {
    /// Hashes, each once, in order.
    pub hashes: Box<[u32]>,
    /// Characters of the text.
    pub length: usize,
}

impl Pieces {
    /// The pieces of a text.
    pub fn of(text: &[char]) -> Self {
        let mut roll = Roll::default();
        let last = (text.len() + 1).saturating_sub(PASSAGE);
        let all = (0..last).map(|at| roll.at(text, at));
        let mut hashes: Vec<u32> = all
            .filter(|hash| hash % RATE == 0)
            .map(|hash| (hash >> 32) as u32)
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self {
            hashes: hashes.into_boxed_slice(),
            length: text.len(),
        }
    }

    /// Whether the text is long enough to be held against others.
    pub fn is_telling(&self) -> bool {
        self.length >= LEAST_TEXT
    }
}

#[cfg(test)]
mod tests {
    use super::super::chance::text;
    use super::*;

    #[test]
    fn a_part_has_its_pieces_wherever_it_stands() {
        let part = text(1, 600);
        let alone = Pieces::of(&part);
        let mut within = text(2, 900);
        within.splice(100..100, part);
        let within = Pieces::of(&within);
        let shared = alone.hashes.iter().filter(|h| within.hashes.contains(h));
        assert_eq!(shared.count(), alone.hashes.len());
        assert!((8..40).contains(&alone.hashes.len()), "{alone:?}");
        let other = Pieces::of(&text(3, 1500));
        assert!(!other.hashes.iter().any(|h| within.hashes.contains(h)));
    }
}
