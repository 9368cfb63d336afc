//! Lines that a converter broke inside a sentence, as wide as its page was.

use unicode_width::UnicodeWidthStr;

use crate::text::fold::is_han;
use crate::text::numeral::starts_with_marker;

/// Shorter lines tell nothing of where long ones were broken.
const SHORT: usize = 12;
/// How much less than the measure a full line may hold: a mark, or a wide character, that
/// would not fit.
const SLACK: usize = 3;
/// Fewest full lines that show a measure, and one in how many they must be.
const FEWEST_FULL: usize = 5;
const FULL: usize = 8;
/// The narrowest measure taken from full lines alone: below, lists of equal items have one.
const NARROWEST: usize = 30;
/// One in so many lines may be longer than the measure: an address, a title.
const OUTLIERS: usize = 50;

/// Where a converter broke the lines of a text.
#[derive(Debug, Clone, Copy)]
pub enum Measure {
    /// Behind so many of what is counted.
    Exact(Count, usize),
    /// Behind about so many characters.
    About(usize),
}

/// What a converter counts on a line.
#[derive(Debug, Clone, Copy)]
pub enum Count {
    /// Characters.
    Characters,
    /// Columns of a terminal, where “ and … take one.
    Columns,
    /// The same, where they take two.
    WideColumns,
}

impl Count {
    fn of(self, line: &str) -> usize {
        match self {
            Self::Characters => line.chars().count(),
            Self::Columns => line.width(),
            Self::WideColumns => line.width_cjk(),
        }
    }
}

/// The measure at which a converter broke the lines of a text, if it did. White space at the
/// ends of `lines` does not count.
pub fn measure<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Measure> {
    let lines: Vec<&str> = lines.map(str::trim).filter(|l| l.len() >= SHORT).collect();
    [Count::Characters, Count::Columns, Count::WideColumns]
        .into_iter()
        .find_map(|count| Some(Measure::Exact(count, exact(&lines, count)?)))
        .or_else(|| about(&lines).map(Measure::About))
}

/// No line is longer, and many are just as long: paragraphs end anywhere, broken lines do not.
fn exact(lines: &[&str], count: Count) -> Option<usize> {
    let mut lengths: Vec<usize> = lines.iter().map(|l| count.of(l)).collect();
    lengths.retain(|l| *l >= SHORT);
    lengths.sort_unstable();
    lengths.truncate(lengths.len() - lengths.len() / OUTLIERS);
    let measure = *lengths.last().filter(|l| **l >= NARROWEST)?;
    let full = lengths.iter().filter(|l| **l + SLACK >= measure).count();
    (full >= FEWEST_FULL && full * FULL >= lengths.len()).then_some(measure)
}

/// Most lines that are not short are about equally long, and not one is much longer.
fn about(lines: &[&str]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines.iter().map(|l| l.chars().count()).collect();
    lengths.retain(|l| *l >= SHORT);
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
pub fn continues(line: &str, next: &str, measure: Measure) -> bool {
    let (this, that) = (line.trim(), next.trim());
    if that.is_empty() || that.contains('\t') || begins_anew(next) {
        return false;
    }
    let (full, nearly) = match measure {
        Measure::Exact(count, measure) => {
            let length = count.of(this);
            (length + SLACK >= measure, length * 10 >= measure * 8)
        }
        Measure::About(measure) => (false, this.chars().count() * 10 >= measure * 8),
    };
    let ends = this.ends_with(['。', '！', '？', '；', '：', ':', ';', '!', '?', '|']);
    full || nearly && !ends
}

/// Whether a line shows by its beginning that it goes on with nothing.
fn begins_anew(line: &str) -> bool {
    let words = line.trim();
    words.starts_with(['#', '|', '-', '—', '•', '·', '*', '>'])
        || starts_with_marker(words)
        || line.starts_with(['\u{3000}', '\t'])
        || line.starts_with("  ")
}

/// Whether a line that `next` goes on with ends within a number (参训2 / 85人次): there what
/// holds the digits apart is no white space.
pub fn is_within_number(line: &str, next: &str) -> bool {
    let digit =
        |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let within = |c: Option<char>| matches!(c, Some('.' | ',' | '，' | '．'));
    let (mut this, mut that) = (line.trim_end().chars().rev(), next.trim_start().chars());
    let (last, first) = (this.next(), that.next());
    digit(last) && digit(first)
        || within(last) && digit(this.next()) && digit(first)
        || digit(last) && within(first) && digit(that.next())
}

/// Most digits of a number on either side of the end of a line that broke it.
const DIGITS: usize = 3;

/// Whether a number is broken between two lines of a text that is not broken otherwise:
/// 收到申请1 / 2件.
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
