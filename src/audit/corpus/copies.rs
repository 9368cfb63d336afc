//! R-L3: text taken over from last year's report or from another body's. Reports that may
//! share text are found by sketches of it (one permutation hashing: the least hash of each
//! of 64 classes of its pieces), so that a hundred thousand need no comparison of all with
//! all; what is likely is then measured in the texts themselves.

use std::collections::HashMap;

use crate::report::Report;
use crate::source::Shape;
use crate::text::fold::is_han;

/// Characters of a piece that the sketch hashes.
const PIECE: usize = 8;
/// Characters of a passage that counts as shared.
const PASSAGE: usize = 13;
/// Classes of hashes.
const CLASSES: usize = 64;
/// Classes that must agree before two reports are looked at, and how many such bands there
/// are: half of the pieces in common are found nearly always, a tenth hardly ever.
const BAND: usize = 4;
/// Reports of one band that are compared at most, the newest.
const MOST_IN_BAND: usize = 24;
/// Texts that a report is measured against at most, the likeliest first.
const MOST_MEASURED: usize = 3;
/// Shorter texts say little but what all must say.
const LEAST_TEXT: usize = 400;
/// What is reported: so many per cent of the text, and a passage of so many characters.
const LEAST_SHARE: usize = 70;
const LEAST_PASSAGE: usize = 150;

/// The least hash of each class of pieces.
#[derive(Debug, Clone)]
pub struct Sketch {
    least: Box<[u32]>,
    /// Characters of the text.
    pub length: usize,
}

/// Bits of [`Sketch::bits`].
const BITS: u32 = 62;
/// So many of them agree by chance and one more half where two texts share little.
const ALIKE: u32 = 42;

impl Sketch {
    /// The sketch of a text.
    pub fn of(text: &[char]) -> Self {
        let mut least = vec![u32::MAX; CLASSES];
        for piece in text.windows(PIECE) {
            let hash = hash(piece);
            let class = (hash >> 58) as usize % CLASSES;
            let value = (hash & 0xffff_ffff) as u32;
            least[class] = least[class].min(value);
        }
        Self {
            least: least.into_boxed_slice(),
            length: text.len(),
        }
    }

    /// One bit of each class but two, as one number below 2⁶²; 0 for a text too short to be
    /// told from another.
    pub fn bits(&self) -> u64 {
        if self.length < LEAST_TEXT {
            return 0;
        }
        let classes = self.least.iter().take(BITS as usize);
        classes.fold(0, |bits, v| bits << 1 | u64::from(v & 1))
    }

    /// Whether two texts may be one, by their [`Sketch::bits`]: two that share half of
    /// their pieces are hardly ever told apart, two that share a tenth nearly always.
    pub fn may_be_one(a: u64, b: u64) -> bool {
        a == 0 || b == 0 || BITS - (a ^ b).count_ones() >= ALIKE
    }

    /// Classes whose least hash is the same.
    fn agreeing(&self, other: &Self) -> usize {
        let pairs = self.least.iter().zip(&*other.least);
        pairs.filter(|(a, b)| a == b && **a != u32::MAX).count()
    }
}

fn hash(piece: &[char]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for c in piece {
        hash = (hash ^ u64::from(*c as u32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 29;
    }
    hash
}

/// The words of the running text, without numbers, punctuation and tables: what stays the
/// same when only the year is changed stays the same here.
pub fn plain_text(report: &Report) -> Vec<char> {
    let paragraphs = report
        .blocks
        .iter()
        .enumerate()
        .filter(|(i, b)| !matches!(b.shape, Shape::Row(_)) && !report.furniture.contains(i));
    let words = paragraphs.flat_map(|(_, b)| b.folded.text().chars());
    words.filter(|c| is_han(*c)).collect()
}

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

/// Measures how much of `text` stands in `other`, in passages of thirteen characters and more.
pub(super) fn common(text: &[char], other: &[char]) -> Common {
    let mut places: HashMap<u64, usize> = HashMap::with_capacity(other.len());
    for (at, piece) in other.windows(PASSAGE).enumerate() {
        places.entry(hash(piece)).or_insert(at);
    }
    let (mut shared, mut longest, mut at) = (0, 0, 0);
    while at + PASSAGE <= text.len() {
        let piece = &text[at..at + PASSAGE];
        let found = places.get(&hash(piece));
        let Some(&there) = found.filter(|p| other[**p..].starts_with(piece)) else {
            at += 1;
            continue;
        };
        let length = text[at..]
            .iter()
            .zip(&other[there..])
            .take_while(|(a, b)| a == b)
            .count();
        shared += length;
        longest = longest.max(length);
        at += length;
    }
    Common {
        share: (shared * 100).checked_div(text.len()).unwrap_or(0),
        longest,
    }
}

/// For each report the others, earlier in `order`, that it may have text from: the likeliest
/// first. `related(a, b)`: they are the same report in two files.
pub(super) fn candidates(
    sketches: &[&Sketch],
    order: &[usize],
    same: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, Vec<usize>)> {
    let mut bands: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
    let mut all = Vec::new();
    for &at in order {
        let sketch = sketches[at];
        if sketch.length < LEAST_TEXT {
            continue;
        }
        let mut near: HashMap<usize, usize> = HashMap::new();
        for (band, part) in sketch.least.chunks(BAND).enumerate() {
            if part.contains(&u32::MAX) {
                continue;
            }
            let key = part.iter().fold(band as u64, |h, v| {
                (h ^ u64::from(*v)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            });
            let known = bands.entry((band, key)).or_default();
            for &other in known.iter().rev().take(MOST_IN_BAND) {
                near.entry(other)
                    .or_insert_with(|| sketch.agreeing(sketches[other]));
            }
            known.push(at);
        }
        let mut near: Vec<(usize, usize)> = near.into_iter().collect();
        near.retain(|(other, _)| !same(at, *other));
        near.sort_by_key(|(other, agreeing)| (std::cmp::Reverse(*agreeing), *other));
        near.truncate(MOST_MEASURED);
        if !near.is_empty() {
            all.push((at, near.into_iter().map(|(other, _)| other).collect()));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(seed: u64, length: usize) -> Vec<char> {
        let mut state = seed;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 40) as u32
        };
        (0..length)
            .filter_map(|_| char::from_u32(0x4e00 + next() % 3000))
            .collect()
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
    fn texts_that_share_most_are_found_and_others_are_not() {
        let a = text(1, 3000);
        let mut changed = a.clone();
        changed.splice(1000..1400, text(9, 300));
        let texts = [a, text(2, 3000), changed, text(3, 3000)];
        let sketches: Vec<Sketch> = texts.iter().map(|t| Sketch::of(t)).collect();
        let sketches: Vec<&Sketch> = sketches.iter().collect();
        let found = candidates(&sketches, &[0, 1, 2, 3], |_, _| false);
        assert_eq!(found, [(2, vec![0])]);
        assert!(candidates(&sketches, &[0, 1, 2, 3], |_, _| true).is_empty());
    }

    #[test]
    fn bits_tell_texts_apart_that_share_little() {
        let mut wrong = 0;
        for seed in 0..50 {
            let a = text(seed + 1, 2000);
            let mut changed = a.clone();
            changed.splice(300..500, text(seed + 500, 200));
            let mut other = text(seed + 100, 2000);
            other.splice(0..200, a[0..200].iter().copied());
            let bits = |t: &[char]| Sketch::of(t).bits();
            assert!(Sketch::may_be_one(bits(&a), bits(&changed)));
            wrong += usize::from(Sketch::may_be_one(bits(&a), bits(&other)));
        }
        assert!(wrong <= 3, "{wrong} of 50");
        assert!(Sketch::may_be_one(Sketch::of(&text(1, 90)).bits(), 1 << 40));
    }

    #[test]
    fn a_text_too_short_for_a_piece_is_no_trouble() {
        let short: Vec<char> = "无".chars().collect();
        let sketch = Sketch::of(&short);
        assert!(candidates(&[&sketch, &sketch], &[0, 1], |_, _| false).is_empty());
        assert_eq!(common(&short, &short).share, 0);
        assert_eq!(common(&[], &[]).share, 0);
    }
}
