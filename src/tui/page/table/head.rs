//! Heads of tables whose merged cells were lost: each row of such a head has only the cells
//! that begin in it. They are put back over the columns of numbers they stand over, or the
//! whole head is left alone when it cannot be told which those are.

use std::ops::Range;

use super::{HEAD, is_number};
use crate::tui::page::view::ViewBlock;

/// The heads of the official forms of 2019 and 2021 that stand over others, in a row where
/// the rest stand over none.
const OVER: [&str; 2] = ["法人", "行政诉讼"];

/// The rows of the head, each with a cell for every column; none where nothing is lost or
/// too much is.
pub(super) fn restored(
    text: &str,
    rows: &[ViewBlock],
    columns: usize,
) -> Option<Vec<Vec<Range<usize>>>> {
    let is_value = |c: &Range<usize>| {
        let words = text[c.clone()].trim();
        !words.is_empty() && is_number(words)
    };
    let has_values = |r: &&ViewBlock| r.cells.iter().skip(1).any(is_value);
    let end = rows.iter().position(|r| has_values(&r))?;
    if !(1..=HEAD).contains(&end) || rows[..end].iter().all(|r| r.cells.len() == columns) {
        return None;
    }
    let data = rows[end..].iter().filter(has_values);
    let values = |r: &ViewBlock| r.cells.iter().rev().take_while(|c| is_value(c)).count();
    let values = data.map(values).min().filter(|v| *v >= 2)?;
    let mut head = Head {
        text,
        labels: columns - values,
        units: (columns - values..columns).map(|c| c..c + 1).collect(),
        rows: vec![vec![0..0; columns]; end],
    };
    let mut at = end;
    while at > 0 {
        let above = at.checked_sub(2).map(|r| rows[r].cells.as_slice());
        at -= head.place(at - 1, &rows[at - 1].cells, above)?;
    }
    head.fill_labels();
    Some(head.rows)
}

struct Head<'a> {
    text: &'a str,
    /// Columns before those of the numbers.
    labels: usize,
    /// Columns that a cell of the next row upwards may stand over: each alone, or the
    /// groups in which the words of the row below come again.
    units: Vec<Range<usize>>,
    rows: Vec<Vec<Range<usize>>>,
}

impl Head<'_> {
    /// Seats the row `r`, and the one above it where only both together fill the columns;
    /// how many rows that were.
    fn place(
        &mut self,
        r: usize,
        cells: &[Range<usize>],
        above: Option<&[Range<usize>]>,
    ) -> Option<usize> {
        for named in [false, true] {
            let (label, own) = match (named, cells.split_first()) {
                (true, Some((label, own))) if self.labels > 0 => (Some(label), own),
                (true, _) => break,
                (false, _) => (None, cells),
            };
            let units = self.units.clone();
            if own.len() == units.len() {
                self.seat(r, own.iter().zip(&units));
                self.group(own);
            } else if let ([all], Some(first), Some(last)) = (own, units.first(), units.last()) {
                self.seat(r, [(all, &(first.start..last.end))]);
            } else if label.is_none()
                && let Some(above) = above
                && above.len() > 1
                && own.len() + above.len() == units.len() + 1
                && let Some(over) = self.over(above)
            {
                // One of those above stands over all of these, the others reach down.
                let inner = over..over + own.len();
                self.seat(r, own.iter().zip(&units[inner.clone()]));
                let whole = units[inner.start].start..units[inner.end - 1].end;
                let outer = units[..inner.start].iter();
                let outer = outer.chain([&whole]).chain(&units[inner.end..]);
                let outer: Vec<Range<usize>> = outer.cloned().collect();
                self.seat(r - 1, above.iter().zip(&outer));
                let down = above.iter().zip(&outer).enumerate();
                self.seat(r, down.filter(|(i, _)| *i != over).map(|(_, pair)| pair));
                return Some(2);
            } else {
                continue;
            }
            if let Some(label) = label {
                self.rows[r][..self.labels].fill(label.clone());
            }
            return Some(1);
        }
        None
    }

    fn seat<'c>(
        &mut self,
        r: usize,
        pairs: impl IntoIterator<Item = (&'c Range<usize>, &'c Range<usize>)>,
    ) {
        for (cell, columns) in pairs {
            let trimmed = self.text[cell.clone()].trim_end().len();
            self.rows[r][columns.clone()].fill(cell.start..cell.start + trimmed);
        }
    }

    /// The one of a row's cells that stands over others.
    fn over(&self, cells: &[Range<usize>]) -> Option<usize> {
        let stands = |c: &Range<usize>| OVER.iter().any(|w| self.text[c.clone()].starts_with(w));
        let at = cells.iter().position(stands)?;
        (cells.iter().filter(|c| stands(c)).count() == 1).then_some(at)
    }

    /// Where the words of a row come again, what is above stands over each turn of them.
    fn group(&mut self, cells: &[Range<usize>]) {
        let words: Vec<&str> = cells.iter().map(|c| self.text[c.clone()].trim()).collect();
        let Some(n) = (2..words.len()).find(|n| words[*n] == words[0]) else {
            return;
        };
        if words.len().is_multiple_of(n) && words.chunks(n).all(|c| c == &words[..n]) {
            let groups = self.units.chunks(n);
            self.units = groups.map(|g| g[0].start..g[n - 1].end).collect();
        }
    }

    /// What stands over the labels reaches down to them.
    fn fill_labels(&mut self) {
        for r in 1..self.rows.len() {
            let (above, below) = self.rows.split_at_mut(r);
            for c in 0..self.labels {
                if below[0][c].is_empty() {
                    below[0][c] = above[r - 1][c].clone();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Format;
    use crate::tui::page::{Line, Page};

    /// For each line its words and where they begin.
    fn drawn(text: &str) -> Vec<Vec<(String, u16)>> {
        let reading =
            crate::reading::read(text.as_bytes(), "a.txt", Format::Txt).expect("readable");
        let page = Page::new(&reading, false, 120);
        let shown = page.view.map.text();
        let words = |line: &Line| {
            let segments = line.segments.iter();
            let words = segments.map(|s| (shown[s.range.clone()].to_owned(), s.x));
            words.collect()
        };
        page.lines.iter().map(words).collect()
    }

    fn x(lines: &[Vec<(String, u16)>], word: &str) -> u16 {
        let all = lines.iter().flatten();
        let mut found = all.filter(|(w, _)| w.starts_with(word)).map(|(_, x)| *x);
        found
            .next()
            .unwrap_or_else(|| panic!("{word} in {lines:?}"))
    }

    #[test]
    fn heads_without_their_merged_cells_stand_over_their_numbers() {
        let lines = drawn(include_str!("../../../../assets/samples/deqing-2020.txt"));
        let row = |first: &str| {
            let found = lines
                .iter()
                .find(|l| l.iter().any(|(w, _)| w.starts_with(first)));
            found.cloned().unwrap_or_else(|| panic!("{first}"))
        };
        let new = row("一、本年新收");
        let numbers: Vec<u16> = new.iter().skip(1).map(|(_, x)| *x).collect();
        assert_eq!(numbers.len(), 7);
        // Nothing of the head stands left of the first number's column.
        for (head, at) in [("自然人", 0), ("法人", 1), ("商业", 1), ("总计", 6)] {
            let head = x(&lines, head);
            assert!(head <= numbers[at], "{head} {at} {numbers:?}");
            assert!(at == 0 || head > numbers[at - 1], "{head} {at} {numbers:?}");
        }
        let left = new[0].1 + crate::text::width::cells(&new[0].0) as u16;
        assert!(x(&lines, "自然人") >= left);
        // Three times five results: 行政诉讼 over the last ten.
        let results = lines.iter().find(|l| l.len() == 15).expect("the results");
        assert!(x(&lines, "行政复议") <= results[0].1);
        for (head, first) in [("行政诉讼", 5), ("未经复议", 5), ("复议后", 10)] {
            let head = x(&lines, head);
            assert!(
                results[first - 1].1 < head && head <= results[first].1,
                "{first}"
            );
        }
    }

    #[test]
    fn a_head_that_cannot_be_told_is_left_as_it_was() {
        let lines = drawn("| 甲 | 乙 |\n| 丙 | 丁 | 戊 |\n| 己 | 1 | 2 | 3 | 4 | 5 |\n");
        assert_eq!(lines.iter().flatten().filter(|(w, _)| w == "甲").count(), 1);
    }
}
