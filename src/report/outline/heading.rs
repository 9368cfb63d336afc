//! Which lines are headings: numbered ones, named ones, and those inside a line that holds
//! a whole report.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::marker::{Marker, Style, marker, with_title};
use super::{holds_known_title, part};
use crate::report::Part;
use crate::report::form::is_form_line;
use crate::source::{Block, Shape};
use crate::text::fold::fold;
use crate::text::numeral;
use crate::text::words::WordList;

/// Longest title that a numbered paragraph may have, in characters; beyond, it has none.
const LONGEST_TITLE: usize = 48;
/// Longest line that is a heading without a number, in characters.
const LONGEST_BARE: usize = 26;
/// Shortest line that may hold several chapters, in characters.
const SINGLE_LINE: usize = 120;

#[derive(Debug)]
pub(super) struct Heading {
    pub(super) style: Style,
    pub(super) ordinal: u32,
    /// Level the file itself gives it.
    pub(super) hashes: Option<u8>,
    pub(super) marker: Range<usize>,
    pub(super) title: Range<usize>,
    /// The title as written, noise taken out.
    pub(super) words: String,
    /// Where the section begins.
    pub(super) start: usize,
    pub(super) part: Option<Part>,
}

pub(super) fn headings(
    text: &str,
    blocks: &[Block],
    skip: &[usize],
    announced: &[String],
    has_grid: bool,
) -> Vec<Heading> {
    let mut found = Vec::new();
    let chapters = |b: &Block| marker(b.folded.text()).is_some_and(|m| m.style == Style::Han);
    let numbered = blocks.iter().filter(|b| chapters(b)).count();
    let first_chapter = blocks
        .iter()
        .filter_map(|b| marker(b.folded.text()))
        .find(|m| m.style == Style::Han)
        .map_or(0, |m| m.ordinal);
    let mut spaced_so_far = 0;
    // The tables of a portal's metadata stand before the first chapter that has a grid.
    let mut in_grids = false;
    for (i, block) in blocks.iter().enumerate() {
        if skip.contains(&i) || matches!(block.shape, Shape::Row(_)) {
            continue;
        }
        let folded = block.folded.text();
        let next = is_next_chapter(&found, folded);
        if is_contents(folded) || in_grids && !next && is_in_grid(blocks, skip, i) {
            continue;
        }
        let hashes = match block.shape {
            Shape::Heading(level) => Some(level),
            _ => None,
        };
        let heading = match marker(folded) {
            Some(marker) => Some(numbered_heading(text, block, 0, &marker, hashes)),
            None => match spaced(text, block, spaced_so_far) {
                Some(marker) => {
                    spaced_so_far = marker.ordinal;
                    Some(numbered_heading(text, block, 0, &marker, hashes))
                }
                None => bare_heading(text, blocks, i, hashes, announced, numbered > 0),
            },
        };
        in_grids |= has_grid
            && heading
                .as_ref()
                .is_some_and(|h| h.style == Style::Han && holds_known_title(&fold(&h.words)));
        found.extend(heading);
        if numbered <= 1 || first_chapter > 1 {
            found.extend(in_one_line(text, block));
        }
    }
    found
}

/// Whether a line has the number that follows the last chapter's, and is no row of a form
/// (四、结转下年度继续办理).
fn is_next_chapter(found: &[Heading], folded: &str) -> bool {
    let Some(marker) = marker(folded) else {
        return false;
    };
    let chapters = found.iter().find(|h| h.part.is_some()).map(|h| h.style);
    let last = found.iter().rfind(|h| Some(h.style) == chapters);
    let follows = |h: &Heading| h.style == marker.style && h.ordinal + 1 == marker.ordinal;
    last.is_some_and(follows) && !is_form_line(folded)
}

/// Whether a line lists chapters instead of beginning one: 一、…,二、…,三、…
fn is_contents(folded: &str) -> bool {
    let at = |number: &str| folded.find(number);
    folded.starts_with("一、")
        && [",", "、", " "].iter().any(|stop| {
            let (two, three) = (at(&format!("{stop}二、")), at(&format!("{stop}三、")));
            two.is_some() && two < three
        })
}

/// Whether a line stands among the rows of a grid: one that is numbered like a chapter
/// but is none, a broken cell, the caption of a table.
fn is_in_grid(blocks: &[Block], skip: &[usize], i: usize) -> bool {
    let folded = blocks[i].folded.text();
    let is_row = |b: &Block| matches!(b.shape, Shape::Row(_));
    let caption = folded.starts_with('表') || folded.starts_with("第二十条");
    let next_is_row = blocks.get(i + 1).is_some_and(is_row);
    if next_is_row && (caption || marker(folded).is_none()) && part(folded) != Some(Part::Appendix)
    {
        return true;
    }
    // The portal's metadata may be a table too, but none that a chapter lies in.
    let before = (i.saturating_sub(6)..i).any(|b| is_row(&blocks[b]) && !skip.contains(&b));
    let after = blocks[i + 1..(i + 9).min(blocks.len())].iter().any(is_row);
    before && after && folded.chars().count() <= LONGEST_TITLE && !holds_known_title(folded)
}

/// A chapter whose number is followed by a space only: 一 概述. The fold has no spaces.
fn spaced(text: &str, block: &Block, so_far: u32) -> Option<Marker> {
    let raw = &text[block.range.clone()];
    let folded = block.folded.text();
    let number = raw.split(char::is_whitespace).next()?;
    let short = folded.chars().count() <= LONGEST_BARE && !folded.contains(['。', ',', ';']);
    let whole = !number.is_empty() && number.chars().count() <= 2 && number.len() < raw.len();
    if !short || !whole || !number.chars().all(numeral::is_han_numeral) {
        return None;
    }
    let ordinal = u32::try_from(numeral::value(number)?.mantissa()).ok()?;
    let follows = ordinal == so_far + 1 && folded.starts_with(number);
    follows.then(|| with_title(folded, Style::Han, ordinal, number.len()))
}

/// The headings inside a block that holds several chapters, or the whole report, in one
/// line: 一、…。二、…。 in their order, with the (一), (二) below them.
fn in_one_line(text: &str, block: &Block) -> Vec<Heading> {
    let folded = block.folded.text();
    if folded.chars().count() < SINGLE_LINE {
        return Vec::new();
    }
    let begins = marker(folded);
    let mut chapter = begins
        .as_ref()
        .filter(|m| m.style == Style::Han)
        .map_or(0, |m| m.ordinal);
    let mut item = 0;
    let (mut found, mut chapters) = (Vec::new(), 0);
    let stops = folded.match_indices(['。', ';', '!', '?', ')', '》', '"']);
    let ends: Vec<usize> = stops.map(|(at, stop)| at + stop.len()).collect();
    for at in ends
        .into_iter()
        .chain(gaps(text, block))
        .collect::<BTreeSet<_>>()
    {
        let Some(marker) = marker(&folded[at..]) else {
            continue;
        };
        let follows = match marker.style {
            Style::Han => marker.ordinal == chapter + 1,
            Style::HanBrackets => marker.ordinal == item + 1 || marker.ordinal == 1,
            _ => false,
        };
        if !follows {
            continue;
        }
        match marker.style {
            Style::Han => (chapter, item, chapters) = (marker.ordinal, 0, chapters + 1),
            _ => item = marker.ordinal,
        }
        found.push(numbered_heading(text, block, at, &marker, None));
    }
    if chapters >= 2 { found } else { Vec::new() }
}

/// Where white space was left out of a block's fold.
fn gaps(text: &str, block: &Block) -> Vec<usize> {
    let mut gaps = Vec::new();
    let mut end = block.range.start;
    for (at, source) in block.folded.sources() {
        if text
            .get(end..source.start)
            .is_some_and(|gap| gap.contains(char::is_whitespace))
        {
            gaps.push(at);
        }
        end = source.end;
    }
    gaps
}

/// The heading that begins at byte `at` of a block's fold.
fn numbered_heading(
    text: &str,
    block: &Block,
    at: usize,
    marker: &Marker,
    hashes: Option<u8>,
) -> Heading {
    let folded = &block.folded.text()[at..];
    let rest = &folded[marker.title..];
    let gaps = gaps(text, block);
    let end = title_end(rest, &|end| gaps.contains(&(at + marker.title + end)));
    let short = rest[..end].chars().count() <= LONGEST_TITLE;
    let title = if short {
        marker.title..marker.title + end
    } else {
        marker.title..marker.title
    };
    let source = |range: &Range<usize>| block.folded.source(at + range.start..at + range.end);
    let marked = source(&(0..marker.len));
    Heading {
        style: marker.style,
        ordinal: marker.ordinal,
        hashes,
        part: part(&folded[title.clone()])
            .filter(|_| folded[title.clone()].chars().count() <= LONGEST_BARE),
        words: block.folded.repair(text, at + title.start..at + title.end),
        title: source(&title),
        start: if at == 0 {
            block.range.start
        } else {
            marked.start
        },
        marker: marked,
    }
}

/// Where the title at the beginning of `rest` ends: at the first stop, or behind a
/// chapter's usual title that runs on into its first sentence without one.
fn title_end(rest: &str, is_gap: &dyn Fn(usize) -> bool) -> usize {
    let end = rest.find(['。', '!', '?', ';', ':']).unwrap_or(rest.len());
    let Some(known) = super::known_title(rest).filter(|known| *known < end) else {
        return end;
    };
    let next = &rest[known..];
    let dated = next.starts_with("20") || next.starts_with("二〇") || marker(next).is_some();
    let runs_on = next.starts_with([
        '我', '本', '全', '根', '按', '为', '今', '截', '在', '一', '(',
    ]);
    let long = rest[..end].chars().count() > LONGEST_BARE;
    if dated || long && (runs_on || is_gap(known)) {
        known
    } else {
        end
    }
}

/// A heading without a number: a short line that names a chapter which the introduction
/// announced, or a canonical part, or that ends with a colon before a list.
fn bare_heading(
    text: &str,
    blocks: &[Block],
    i: usize,
    hashes: Option<u8>,
    announced: &[String],
    numbered: bool,
) -> Option<Heading> {
    let block = &blocks[i];
    let folded = block.folded.text();
    let length = folded.chars().count();
    let colon = folded.ends_with(':');
    if !(2..=LONGEST_BARE).contains(&length) {
        return None;
    }
    let body = folded.trim_end_matches(':');
    if hashes.is_none() {
        let line =
            !body.contains(['。', ',', ';', ':', '!', '?', '>', '|']) && !folded.ends_with("》");
        let next = blocks.get(i + 1)?;
        let list = marker(next.folded.text()).is_some_and(|m| m.ordinal == 1);
        let is_announced = announced.iter().any(|a| {
            a == body
                || (body.chars().count() >= 4 && (a.contains(body) || body.contains(a.as_str())))
        });
        let named = part(body);
        let canonical = named.is_some()
            && (named == Some(Part::Appendix) || !matches!(next.shape, Shape::Row(_)));
        let long = next.folded.text().chars().count() >= 30;
        let appendix = named == Some(Part::Appendix) && length <= 10;
        let accepted = line
            && if colon {
                list && canonical
            } else {
                is_announced || appendix || canonical && (list && numbered || !numbered && long)
            };
        if !accepted {
            return None;
        }
    }
    let range = block.folded.source(0..body.len());
    Some(Heading {
        style: if colon && hashes.is_none() {
            Style::Colon
        } else {
            Style::Bare
        },
        ordinal: 0,
        hashes,
        marker: range.start..range.start,
        part: part(body),
        words: text[range.clone()].to_owned(),
        title: range,
        start: block.range.start,
    })
}

/// The chapters that an introduction announces: 全文包括概述，主动公开…等八个部分.
pub(super) fn announced(blocks: &[Block]) -> Vec<String> {
    static OPENERS: LazyLock<WordList> = LazyLock::new(|| {
        let words = [
            "全文包括",
            "报告包括",
            "报告由",
            "内容包括",
            "全文由",
            "报告共分",
            "包括以下",
            "主要包括",
            "报告分为",
            "分为",
        ];
        words.into_iter().collect()
    });
    for block in blocks.iter().take(20) {
        let folded = block.folded.text();
        let Some((at, len)) = OPENERS.first(folded) else {
            continue;
        };
        let list = &folded[at + len..];
        let list = &list[..list.find('。').unwrap_or(list.len())];
        let chapters: Vec<String> = list
            .split([',', ';'])
            .flat_map(|piece| {
                if list.matches(',').count() >= 3 {
                    vec![piece]
                } else {
                    piece.split('、').collect()
                }
            })
            .map(|piece| {
                let piece = piece
                    .trim_start_matches("以及")
                    .trim_start_matches('和')
                    .trim_start_matches("存在的");
                piece.split("等").next().unwrap_or(piece).to_owned()
            })
            .filter(|piece| (2..=30).contains(&piece.chars().count()))
            .collect();
        if chapters.len() >= 3 {
            return chapters;
        }
    }
    Vec::new()
}
