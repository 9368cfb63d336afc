//! Lines that a converter broke inside a sentence.

use crate::text::numeral::starts_with_marker;

/// The measure at which a converter broke the lines of a text, if it did: then most lines
/// that are not short are about equally long, and not one is much longer. `lengths` in
/// characters, without white space at the ends.
pub fn measure(lengths: impl Iterator<Item = usize>) -> Option<usize> {
    let mut lengths: Vec<usize> = lengths.filter(|l| *l >= 12).collect();
    if lengths.len() < 10 {
        return None;
    }
    lengths.sort_unstable();
    let measure = lengths[lengths.len() * 9 / 10];
    let longest = lengths[lengths.len() - 1];
    let full = lengths.iter().filter(|l| **l * 10 >= measure * 8).count();
    (measure <= 60 && longest <= measure * 2 && full * 2 >= lengths.len()).then_some(measure)
}

/// Whether the line `next` goes on with the sentence that `line` breaks off.
pub fn continues(line: &str, next: &str, measure: usize) -> bool {
    let (this, that) = (line.trim(), next.trim());
    if this.chars().count() * 10 < measure * 8 || that.is_empty() {
        return false;
    }
    let ends = this.ends_with(['。', '！', '？', '；', '：', ':', ';', '!', '?', '|']);
    let begins = that.starts_with(['#', '|', '-', '—', '•', '·', '*', '>'])
        || starts_with_marker(that)
        || next.starts_with(['\u{3000}', '\t'])
        || next.starts_with("  ");
    !ends && !begins && !that.contains('\t')
}
