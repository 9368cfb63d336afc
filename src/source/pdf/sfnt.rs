//! An embedded TrueType font's own table of characters, read backwards: glyph → character,
//! for files that say nowhere else which characters they draw (OpenType specification,
//! `cmap`).

use std::collections::HashMap;

/// Largest font that is looked into, in bytes.
pub const MAX_FONT: usize = 32 << 20;
/// Codes of one table beyond this many are not looked at.
const MAX_CODES: usize = 500_000;

/// The characters of a font's glyphs; none when it has no table of Unicode characters, as
/// subsets often have not.
pub fn characters(font: &[u8]) -> Option<HashMap<u32, char>> {
    let cmap = table(font, b"cmap")?;
    let count = u16_at(cmap, 2)?;
    // Tables of all planes before those of the first one.
    let rank = |platform, encoding| match (platform, encoding) {
        (3, 10) | (0, 4 | 6) => Some(0),
        (3, 1) | (0, 0..=3) => Some(1),
        _ => None,
    };
    let mut tables: Vec<(u8, usize)> = (0..usize::from(count.min(64)))
        .filter_map(|i| {
            let at = 4 + i * 8;
            let rank = rank(u16_at(cmap, at)?, u16_at(cmap, at + 2)?)?;
            Some((rank, u32_at(cmap, at + 4)? as usize))
        })
        .collect();
    tables.sort_unstable();
    let maps = tables
        .iter()
        .filter_map(|(_, at)| backwards(cmap.get(*at..)?));
    maps.into_iter().find(|map| !map.is_empty())
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_be_bytes([bytes[0], bytes[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

fn table<'a>(font: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    // Of a collection, the first font.
    let start = match font.get(..4)? {
        b"ttcf" => u32_at(font, 12)? as usize,
        _ => 0,
    };
    let count = u16_at(font, start.checked_add(4)?)?;
    (0..usize::from(count)).find_map(|i| {
        let record = font.get(start + 12 + i * 16..)?;
        if record.get(..4)? != name {
            return None;
        }
        let (from, length) = (u32_at(record, 8)? as usize, u32_at(record, 12)? as usize);
        // A table cut short still tells something.
        font.get(from..from.checked_add(length)?.min(font.len()))
    })
}

/// One table, read backwards.
struct Backwards {
    map: HashMap<u32, char>,
    /// Codes that may still be looked at: ranges of a hostile table overlap.
    left: usize,
}

impl Backwards {
    /// Notes what a code is drawn with; says nothing when enough codes have been seen.
    fn pair(&mut self, glyph: u32, code: u32) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        if glyph != 0
            && let Some(c) = char::from_u32(code)
        {
            let known = self.map.entry(glyph).or_insert(c);
            // A glyph of several characters stands for the common one of them.
            if rarity(c) < rarity(*known) {
                *known = c;
            }
        }
        Some(())
    }

    /// Segments of codes, each with its distance to the glyphs or a list of them.
    fn format_4(&mut self, table: &[u8]) -> Option<()> {
        let size = usize::from(u16_at(table, 6)?) & !1;
        for i in (0..size).step_by(2) {
            // Behind the ends stand two bytes of nothing.
            let (end, start) = (u16_at(table, 14 + i)?, u16_at(table, 16 + size + i)?);
            let delta = u16_at(table, 16 + 2 * size + i)?;
            let place = 16 + 3 * size + i;
            let offset = usize::from(u16_at(table, place)?);
            for code in start..=end {
                let glyph = match offset {
                    0 => code.wrapping_add(delta),
                    _ => match u16_at(table, place + offset + usize::from(code - start) * 2) {
                        Some(glyph) if glyph > 0 => glyph.wrapping_add(delta),
                        _ => 0,
                    },
                };
                self.pair(u32::from(glyph), u32::from(code))?;
            }
        }
        Some(())
    }

    /// One range of codes with a list of glyphs.
    fn format_6(&mut self, table: &[u8]) -> Option<()> {
        let first = u32::from(u16_at(table, 6)?);
        for i in 0..usize::from(u16_at(table, 8)?) {
            self.pair(u16_at(table, 10 + i * 2)?.into(), first + i as u32)?;
        }
        Some(())
    }

    /// Ranges of codes with ranges of glyphs.
    fn format_12(&mut self, table: &[u8]) -> Option<()> {
        for i in 0..u32_at(table, 12)? as usize {
            let at = |n: usize| u32_at(table, 16 + i * 12 + n * 4);
            let (start, end, glyph) = (at(0)?, at(1)?, at(2)?);
            for code in start..=end {
                self.pair(glyph.saturating_add(code - start), code)?;
            }
        }
        Some(())
    }
}

fn backwards(table: &[u8]) -> Option<HashMap<u32, char>> {
    let mut read = Backwards {
        map: HashMap::new(),
        left: MAX_CODES,
    };
    // Where a table ends too soon, what was read counts.
    let _ = match u16_at(table, 0)? {
        4 => read.format_4(table),
        6 => read.format_6(table),
        12 => read.format_12(table),
        _ => None,
    };
    Some(read.map)
}

/// Radicals, compatibility forms and private characters share glyphs with characters that
/// are meant nearly always.
fn rarity(c: char) -> (u8, char) {
    let rank = match c {
        '\u{20}'..='\u{7e}' | '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' => 0,
        '\u{2e80}'..='\u{2fdf}' | '\u{e000}'..='\u{faff}' => 2,
        _ => 1,
    };
    (rank, c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font with nothing but this table of characters.
    fn font(subtable: &[u8]) -> Vec<u8> {
        let mut cmap = vec![0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12];
        cmap.extend(subtable);
        let mut font = vec![0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        font.extend(b"cmap\0\0\0\0");
        font.extend(28_u32.to_be_bytes());
        font.extend((cmap.len() as u32).to_be_bytes());
        font.extend(cmap);
        font
    }

    fn words(units: &[u16]) -> Vec<u8> {
        units.iter().flat_map(|u| u.to_be_bytes()).collect()
    }

    #[test]
    fn glyphs_are_found_in_segments_and_the_common_character_wins() {
        // 年 (5E74) by a list, ⼈ (2F08) and 人 (4EBA) by distances to one glyph.
        let table = words(&[
            4,
            0,
            0,
            8,
            0,
            0,
            0, // four segments
            0x2f08,
            0x4eba,
            0x5e74,
            0xffff,
            0, // ends
            0x2f08,
            0x4eba,
            0x5e74,
            0xffff, // starts
            7_u16.wrapping_sub(0x2f08),
            7_u16.wrapping_sub(0x4eba),
            0,
            1, // distances
            0,
            0,
            4,
            0, // offsets
            9, // the list
        ]);
        let map = characters(&font(&table)).expect("characters");
        assert_eq!((map.get(&7), map.get(&9)), (Some(&'人'), Some(&'年')));
        assert_eq!(map.len(), 2);
    }

    #[test]
    fn overlapping_ranges_end_soon_and_stumps_say_what_they_can() {
        let mut table = words(&[12, 0, 0, 0, 0, 0, 0xffff, 0xffff]);
        for _ in 0..1000 {
            table.extend(words(&[0, 0x4e00, 0x7fff, 0xffff, 0, 1]));
        }
        let map = characters(&font(&table)).expect("characters");
        assert_eq!(map.get(&1), Some(&'一'));
        let table = words(&[6, 0, 0, 0x4e00, 500, 3, 4]);
        let map = characters(&font(&table)).expect("characters");
        assert_eq!((map.get(&3), map.get(&4)), (Some(&'一'), Some(&'丁')));
        for end in 0..60 {
            let whole = font(&table);
            let _ = characters(&whole[..end.min(whole.len())]);
        }
        assert_eq!(characters(b"ttcf"), None);
    }
}
