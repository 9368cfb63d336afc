//! Traditional and variant characters to Simplified ones, one for one (`assets/fold.tsv`).

use std::sync::LazyLock;

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

struct Table {
    /// The block of ideographs that nearly every entry lies in, as a plain array.
    common: Vec<u16>,
    /// The few entries outside it, sorted.
    rare: Vec<(char, char)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut common: Vec<u16> = vec![0; (LAST - FIRST + 1) as usize];
    let mut rare = Vec::new();
    for line in include_str!("../../../assets/fold.tsv").lines() {
        let mut chars = line.chars();
        let (Some(from), Some('\t'), Some(to)) = (chars.next(), chars.next(), chars.next()) else {
            continue;
        };
        match (from as u32, u16::try_from(to as u32)) {
            (FIRST..=LAST, Ok(to)) => common[(from as u32 - FIRST) as usize] = to,
            _ => rare.push((from, to)),
        }
    }
    rare.sort_unstable();
    Table { common, rare }
});

/// The Simplified form of `c`, or `c` itself.
pub(super) fn simplified(c: char) -> char {
    let code = c as u32;
    if code < 0x2e80 {
        return c;
    }
    if (FIRST..=LAST).contains(&code) {
        let to = TABLE.common[(code - FIRST) as usize];
        if to != 0 {
            return char::from_u32(u32::from(to)).unwrap_or(c);
        }
        if TABLE.rare.is_empty() {
            return c;
        }
    }
    match TABLE.rare.binary_search_by_key(&c, |&(from, _)| from) {
        Ok(i) => TABLE.rare[i].1,
        Err(_) => c,
    }
}
