//! A text in 62 bits, to tell whether two files hold the same report: of the least hash of
//! each of its classes of pieces (one permutation hashing) a bit. Two texts that share much
//! agree in many classes.

/// Characters of a piece that the sketch hashes.
const PIECE: usize = 8;
/// Classes of hashes.
const CLASSES: usize = 64;
/// Shorter texts say little but what all must say.
const LEAST_TEXT: usize = 400;

/// The least hash of each class of pieces.
#[derive(Debug, Clone)]
pub struct Sketch {
    least: Box<[u32]>,
    length: usize,
}

/// Bits of [`Sketch::bits`].
const BITS: u32 = 62;
/// So many of them agree by chance and one more half where two texts share little.
const ALIKE: u32 = 42;
/// So many where they share nine tenths.
const NEARLY: u32 = 56;

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

    /// Whether two texts are nearly the same, by their [`Sketch::bits`] (neither 0): those
    /// that share nine tenths of their pieces mostly are, those that share half hardly ever.
    pub fn nearly_one(a: u64, b: u64) -> bool {
        BITS - (a ^ b).count_ones() >= NEARLY
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
