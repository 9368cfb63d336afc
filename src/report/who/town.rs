//! The town that a text means by 我镇: its name is the most frequent one.

use crate::report::Region;
use crate::source::Block;
use crate::text::chars;
use crate::text::fold::is_han;

/// The most frequent name of a town in a text that calls itself one's.
pub(super) fn our_town(blocks: &[Block], region: &Region) -> Option<String> {
    let texts = || blocks.iter().take(super::HEAD).map(|b| b.folded.text());
    let (end, _) = ["镇", "乡", "街道"]
        .into_iter()
        .map(|end| {
            let ours = [format!("我{end}"), format!("本{end}")];
            let count = |t: &str| {
                ours.iter()
                    .map(|o| t.matches(o.as_str()).count())
                    .sum::<usize>()
            };
            let mut all: usize = texts().map(count).sum();
            // 街道 speaks of itself as 街道.
            all += texts()
                .filter(|t| end == "街道" && t.contains("街道共"))
                .count();
            (end, all)
        })
        .max_by_key(|(_, n)| *n)
        .filter(|(_, n)| *n >= 1)?;
    let mut names: Vec<(String, usize)> = Vec::new();
    for text in texts() {
        for (at, _) in text.match_indices(end) {
            let before = chars::last(&text[..at], 5);
            let edge = |c: char| "的在为由与向和及是我本各全".contains(c) || !is_han(c);
            let start = before
                .char_indices()
                .rev()
                .find(|(_, c)| edge(*c))
                .map_or(0, |(i, c)| i + c.len_utf8());
            let stem = before[start..]
                .trim_start_matches(region.name.as_str())
                .trim_start_matches("区")
                .to_owned();
            let is_name = (2..=4).contains(&stem.chars().count())
                && !["乡", "村", "街道", "政府", "信息", "社区"]
                    .iter()
                    .any(|w| stem.contains(w));
            if !is_name {
                continue;
            }
            match names.iter_mut().find(|(n, _)| *n == stem) {
                Some((_, n)) => *n += 1,
                None => names.push((stem, 1)),
            }
        }
    }
    let (stem, _) = names.into_iter().max_by_key(|(_, n)| *n)?;
    Some(format!("{stem}{end}"))
}
