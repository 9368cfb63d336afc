//! The one translation of text: original → *folded* form, with the way back.
//!
//! Everything that understands text (labels, numbers, tokens, queries) reads the fold;
//! everything that shows or cites it uses the original. One character folds to one
//! character (Traditional and variant forms to Simplified, full width to half width,
//! capitals to small letters); white space is taken out except one blank between
//! letters or digits, and so is the noise that scraping leaves behind.

mod noise;
mod table;

use std::borrow::Cow;
use std::ops::Range;

/// One folded character: where it stands in the fold and in the original, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    folded: u32,
    start: u32,
    end: u32,
}

/// A piece of text in folded form, with a map from every character back to its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    places: Vec<Place>,
    repaired: u32,
    odd: u64,
}

impl Folded {
    /// Folds pieces of a text that belong together, each with where it begins.
    pub fn of_pieces<'a>(pieces: impl IntoIterator<Item = (&'a str, usize)>) -> Self {
        let mut folded = Self::default();
        for (original, base) in pieces {
            folded.push(original, base);
        }
        folded
    }

    /// Folds `original`, which begins `base` bytes into the text that ranges speak of.
    pub fn new(original: &str, base: usize) -> Self {
        let mut folded = Self {
            text: String::with_capacity(original.len()),
            // Most characters take three bytes; short cells are digits.
            places: Vec::with_capacity(original.len() / 2 + 2),
            repaired: 0,
            odd: 0,
        };
        folded.push(original, base);
        folded
    }

    fn push(&mut self, original: &str, base: usize) {
        let (noise, table) = (noise::known(), table::known());
        let mut at = 0;
        let mut gap = false;
        let mut before = '\0';
        // What folds to itself is copied in stretches; the one that is open begins here.
        let mut kept = 0;
        while let Some(c) = original[at..].chars().next() {
            let len = c.len_utf8();
            if c == '&'
                && let Some((real, len)) = noise::entity(&original[at..])
            {
                // The entity is in the text, what it stands for in the fold.
                self.text.push_str(&original[kept..at]);
                self.repaired += 1;
                if real.is_whitespace() {
                    gap = true;
                } else if !is_invisible(real) {
                    let f = fold_char(real);
                    self.place(0, base + at, base + at + len);
                    self.text.push(f);
                    self.odd |= odd_bit(f);
                    (before, gap) = (f, false);
                }
                at += len;
                kept = at;
                continue;
            }
            let f = if is_ideograph(c) && !noise.may_advertise(c) {
                // Nearly every character is one: never noise, never white space.
                table.simplified(c)
            } else {
                let skip = match noise.at(before, &original[at..], c) {
                    Some(skip) => {
                        self.repaired += u32::from(skip.counted);
                        skip.len
                    }
                    None if c.is_whitespace() => {
                        gap = true;
                        len
                    }
                    None if is_invisible(c) => len,
                    None => 0,
                };
                if skip > 0 {
                    self.text.push_str(&original[kept..at]);
                    at += skip;
                    kept = at;
                    continue;
                }
                let f = fold_char(c);
                if gap && joins(before) && joins(f) {
                    self.place(0, base + at - 1, base + at);
                    self.text.push(' ');
                }
                f
            };
            gap = false;
            self.place(at - kept, base + at, base + at + len);
            before = f;
            if f != c {
                self.text.push_str(&original[kept..at]);
                self.text.push(f);
                self.odd |= odd_bit(f);
                kept = at + len;
            }
            at += len;
        }
        self.text.push_str(&original[kept..]);
    }

    /// Notes a character, `open` bytes behind the end of the text so far.
    #[inline]
    fn place(&mut self, open: usize, start: usize, end: usize) {
        self.places.push(Place {
            folded: (self.text.len() + open) as u32,
            start: start as u32,
            end: end as u32,
        });
    }

    /// One bit (see [`odd_bit`]) for every character that is written otherwise than it folds.
    pub fn odd(&self) -> u64 {
        self.odd
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many characters it has.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many pieces of scraping noise were taken out.
    pub fn repaired(&self) -> usize {
        self.repaired as usize
    }

    /// Bytes of the original that the folded bytes `range` came from. Noise between two
    /// of its characters is included, noise at its ends is not. An empty range maps to an
    /// empty one.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let first = self.index(range.start);
        let last = self.index(range.end);
        match (self.places.get(first), last.checked_sub(1)) {
            (Some(a), Some(last)) if last >= first => {
                a.start as usize..self.places[last].end as usize
            }
            (Some(a), _) => a.start as usize..a.start as usize,
            (None, _) => {
                let end = self.places.last().map_or(0, |p| p.end as usize);
                end..end
            }
        }
    }

    /// Every folded character: the byte at which it begins, and the bytes of the original that
    /// it came from.
    pub fn sources(&self) -> impl Iterator<Item = (usize, Range<usize>)> {
        let places = self.places.iter();
        places.map(|p| (p.folded as usize, p.start as usize..p.end as usize))
    }

    /// Folded bytes that came from the bytes `range` of the original: the smallest run of
    /// folded characters that holds every one whose bytes overlap it.
    pub fn folded(&self, range: Range<usize>) -> Range<usize> {
        let first = self
            .places
            .partition_point(|p| p.end as usize <= range.start);
        let last = self
            .places
            .partition_point(|p| (p.start as usize) < range.end);
        let at = |i: usize| {
            self.places
                .get(i)
                .map_or(self.text.len(), |p| p.folded as usize)
        };
        at(first)..at(last.max(first))
    }

    /// The original characters of the folded bytes `range`, without what folding took out.
    /// `text` is the text that the ranges speak of.
    pub fn repair(&self, text: &str, range: Range<usize>) -> String {
        let (first, last) = (self.index(range.start), self.index(range.end));
        self.places[first..last.max(first)]
            .iter()
            .filter_map(|p| text.get(p.start as usize..p.end as usize))
            .map(|c| match noise::entity(c) {
                Some((real, _)) => Cow::Owned(real.to_string()),
                None if c.trim().is_empty() => Cow::Borrowed(" "),
                None => Cow::Borrowed(c),
            })
            .collect()
    }

    fn index(&self, folded: usize) -> usize {
        self.places
            .partition_point(|p| (p.folded as usize) < folded)
    }
}

/// Folds a piece of text and forgets where it came from: for queries and labels.
pub fn fold(text: &str) -> String {
    Folded::new(text, 0).text
}

/// The bit of a folded character in [`Folded::odd`]: one of 63, by hash.
pub fn odd_bit(folded: char) -> u64 {
    1 << (((folded as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) % 63)
}

/// The folded form of one character.
#[inline]
pub fn fold_char(c: char) -> char {
    match c {
        _ if is_ideograph(c) => table::simplified(c),
        '\u{21}'..='\u{7e}' => c.to_ascii_lowercase(),
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(c as u32 - 0xfee0).map_or(c, |c| c.to_ascii_lowercase())
        }
        '“' | '”' | '„' | '「' | '」' | '『' | '』' | '﹁' | '﹂' => '"',
        '‘' | '’' => '\'',
        '—' | '–' | '―' | '‐' | '‑' | '‒' | '−' => '-',
        '﹪' => '%',
        '｡' => '。',
        '､' => '、',
        _ => table::simplified(c),
    }
}

/// How many Chinese characters a text has, and how many of them folding changes.
pub fn count_han(text: &str) -> (usize, usize) {
    let table = table::known();
    let (mut han, mut changed) = (0, 0);
    for c in text.chars() {
        let folded = match c {
            _ if is_ideograph(c) => table.simplified(c),
            _ if is_han(c) => fold_char(c),
            _ => continue,
        };
        han += 1;
        changed += usize::from(folded != c);
    }
    (han, changed)
}

/// Whether white space between this and a like neighbour means something.
fn joins(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// The block that nearly every Chinese character lies in.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// Whether `c` is a Chinese character (or 〇).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// Characters without any shape: they are never part of a word.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests;
