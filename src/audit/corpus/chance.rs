//! Texts of no meaning, for tests.

/// So many characters, the same for the same seed.
pub(super) fn text(seed: u64, length: usize) -> Vec<char> {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut next = || char::from_u32(0x4e00 + rng.u32(..3000)).unwrap_or('一');
    (0..length).map(|_| next()).collect()
}
