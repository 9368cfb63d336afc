//! Traditional and variant characters to Simplified ones, one for one (`assets/fold.tsv`).

use std::sync::LazyLock;

pub(super) struct Table {
    /// What every character up to U+FFFF becomes, as a plain array; 0 where `rare` knows.
    common: Vec<u16>,
    /// The few entries from or to a character beyond it, sorted.
    rare: Vec<(char, char)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut common: Vec<u16> = (0..=u16::MAX).collect();
    let mut rare = Vec::new();
    for line in include_str!("../../../assets/fold.tsv").lines() {
        let mut chars = line.chars();
        let (Some(from), Some('\t'), Some(to)) = (chars.next(), chars.next(), chars.next()) else {
            continue;
        };
        match (common.get_mut(from as usize), u16::try_from(to as u32)) {
            (Some(place), Ok(to)) => *place = to,
            (place, _) => {
                place.into_iter().for_each(|p| *p = 0);
                rare.push((from, to));
            }
        }
    }
    rare.sort_unstable();
    Table { common, rare }
});

/// The table, to be asked for many characters.
pub(super) fn known() -> &'static Table {
    &TABLE
}

/// The Simplified form of `c`, or `c` itself.
#[inline]
pub(super) fn simplified(c: char) -> char {
    match c as u32 {
        ..0x2e80 => c,
        _ => TABLE.simplified(c),
    }
}

impl Table {
    /// The Simplified form of a character that is no letter, or the character itself.
    #[inline]
    pub(super) fn simplified(&self, c: char) -> char {
        match self.common.get(c as usize) {
            None | Some(0) => match self.rare.binary_search_by_key(&c, |&(from, _)| from) {
                Ok(i) => self.rare[i].1,
                Err(_) => c,
            },
            Some(&to) => char::from_u32(u32::from(to)).unwrap_or(c),
        }
    }
}
