//! Numbers of pages that stand on lines of their own, without dashes: told by those of other
//! pages, which stand between paragraphs where no value can be.

use super::record::Record;
use super::token::Line;
use crate::source::{Block, Shape};

/// Where such numbers stand in the text, in order.
#[derive(Debug, Default)]
pub struct Pages(Vec<(usize, u32)>);

impl Pages {
    /// Finds those that follow no label and no value; none where they do not rise.
    pub fn find(blocks: &[Block], lines: &[Line]) -> Self {
        let mut found: Vec<(usize, u32)> = Vec::new();
        for (i, block) in blocks.iter().enumerate() {
            let Some(page) = number(block) else { continue };
            let above = i.checked_sub(1).and_then(|above| {
                let at = lines.binary_search_by_key(&above, |l| l.block).ok()?;
                Some(&lines[at])
            });
            let may_be_value = above.is_some_and(|l| l.columns < 2 && l.formish);
            let next = blocks.get(i + 1).and_then(number);
            if !may_be_value && next.is_none() {
                found.push((block.range.start, page));
            }
        }
        let rises = found.windows(2).all(|w| w[0].1 < w[1].1);
        Self(if rises && found.len() > 1 {
            found
        } else {
            Vec::new()
        })
    }

    /// Takes the number of a page off the end of a row of `width` values that has one more.
    pub fn take(&self, text: &str, record: &mut Record, width: usize) {
        if self.0.is_empty() || record.values.len() != width + 1 {
            return;
        }
        let [.., value, last] = &record.values[..] else {
            return;
        };
        let own_line = text
            .get(value.range.end..last.range.start)
            .is_some_and(|between| between.contains('\n'));
        if own_line
            && last
                .folded
                .parse()
                .is_ok_and(|n| self.is_next(last.range.start, n))
        {
            record.values.pop();
        }
    }

    /// Whether `number` is that of the page after the one before `at`, or before the one after.
    fn is_next(&self, at: usize, number: u32) -> bool {
        let after = self.0.partition_point(|(place, _)| *place < at);
        let follows = after
            .checked_sub(1)
            .is_some_and(|before| self.0[before].1 + 1 == number);
        follows
            || self
                .0
                .get(after)
                .is_some_and(|(_, next)| *next == number + 1)
    }
}

/// The number that a line consists of.
fn number(block: &Block) -> Option<u32> {
    let folded = block.folded.text();
    let digits = folded.len() < 4 && folded.bytes().all(|b| b.is_ascii_digit());
    let plain = block.shape == Shape::Paragraph && digits && !folded.starts_with('0');
    plain.then(|| folded.parse().ok()).flatten()
}
