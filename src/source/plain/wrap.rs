//! Lines that a converter broke inside a sentence.

use crate::text::fold::is_han;
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

/// Most digits of a number on either side of the end of a line that broke it.
const DIGITS: usize = 3;

/// Whether a number is broken between two lines: 收到申请1 / 2件.
pub fn breaks_number(line: &str, next: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let (this, that) = (line.trim_end(), next.trim_start());
    if !this.ends_with(is_digit) || !that.starts_with(is_digit) {
        return false;
    }
    let (words, unit) = (
        this.trim_end_matches(is_digit),
        that.trim_start_matches(is_digit),
    );
    let few = |all: &str, rest: &str| all.len() - rest.len() <= DIGITS;
    few(this, words)
        && few(that, unit)
        && words.ends_with(is_han)
        && words.contains(['，', '。', '；', ',', ';'])
        && unit.starts_with([
            '件', '条', '份', '篇', '宗', '起', '次', '人', '名', '个', '项', '期', '场',
        ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_broken_between_lines_is_told_from_two() {
        assert!(breaks_number("全年办结，收到申请1", "2件。"));
        assert!(!breaks_number("全年办结，详见附表1", "2016年"));
        assert!(!breaks_number("表1", "2件"));
        assert!(!breaks_number("，文号为国办发2016", "12件"));
    }
}
