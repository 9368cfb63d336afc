//! A text in a quarter of a kilobyte: the least hash of each of 64 classes of its pieces (one
//! permutation hashing). Two texts that share much agree in many classes, so that a hundred
//! thousand need no comparison of all with all.

use crate::report::Report;
use crate::source::Shape;
use crate::text::fold::is_han;

/// Characters of a piece that the sketch hashes.
const PIECE: usize = 8;
/// Classes of hashes.
const CLASSES: usize = 64;
/// Classes that must agree before two reports are looked at: of sixteen such bands one does
/// nearly always where half of the pieces are in common, hardly ever where a tenth is.
const BAND: usize = 4;
/// Shorter texts say little but what all must say.
const LEAST_TEXT: usize = 400;

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
        if !self.is_telling() {
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

    /// Whether the text is long enough to be held against others.
    pub(super) fn is_telling(&self) -> bool {
        self.length >= LEAST_TEXT
    }

    /// Classes whose least hash is the same.
    pub(super) fn agreeing(&self, other: &Self) -> usize {
        let pairs = self.least.iter().zip(&*other.least);
        pairs.filter(|(a, b)| a == b && **a != u32::MAX).count()
    }

    /// One number for each four classes, those of which one is empty left out: where two
    /// texts have one in common they are worth a look.
    pub(super) fn bands(&self) -> impl Iterator<Item = u64> {
        let bands = (0u64..).zip(self.least.chunks(BAND));
        let full = bands.filter(|(_, band)| !band.contains(&u32::MAX));
        full.map(|(number, band)| {
            band.iter().fold(number, |hash, least| {
                (hash ^ u64::from(*least)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            })
        })
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

#[cfg(test)]
mod tests {
    use super::super::chance::text;
    use super::*;

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
}
