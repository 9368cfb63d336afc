//! The outline: headings with and without numbers, and which belongs under which.
//!
//! Numbering is followed like a reader does: a number that continues a list already open
//! belongs to that list, the innermost one first; the number one opens a new list below.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Part, Section};
use crate::source::{Block, Shape};
use crate::text::numeral;
use crate::text::words::WordList;

/// Longest title that a numbered paragraph may have, in characters; beyond, it has none.
const LONGEST_TITLE: usize = 48;
/// Longest line that is a heading without a number, in characters.
const LONGEST_BARE: usize = 26;

#[derive(Deserialize)]
struct Parts {
    part: Vec<PartData>,
}

#[derive(Deserialize)]
struct PartData {
    name: Part,
    words: WordList,
    #[serde(default)]
    not: WordList,
}

static PARTS: LazyLock<Vec<PartData>> = LazyLock::new(|| {
    let parts: Parts = toml::from_str(include_str!("../../assets/parts.toml"))
        .expect("assets/parts.toml is checked by a test");
    parts.part
});

/// The canonical part that a folded title speaks of.
pub fn part(folded: &str) -> Option<Part> {
    PARTS
        .iter()
        .find(|p| p.words.is_in(folded) && !p.not.is_in(folded))
        .map(|p| p.name)
}

/// How a heading is numbered, outermost style first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    /// 第一部分
    Chapter,
    /// 一、
    Han,
    /// No number.
    Bare,
    /// （一）
    HanBrackets,
    /// 1. or 1、
    Digits,
    /// (1) or 1)
    DigitsBrackets,
    /// No number, with a colon at its end.
    Colon,
}

#[derive(Debug)]
struct Heading {
    style: Style,
    ordinal: u32,
    /// Level the file itself gives it.
    hashes: Option<u8>,
    marker: Range<usize>,
    title: Range<usize>,
    /// The title as written, noise taken out.
    words: String,
    /// Where the section begins.
    start: usize,
    part: Option<Part>,
}

/// An open list on the way down to where the reader is.
#[derive(Debug)]
struct Open {
    style: Style,
    ordinal: u32,
    section: usize,
    level: u8,
}

/// Reads the outline of `blocks`; `skip` are blocks that are no body text (title, metadata).
pub fn read(text: &str, blocks: &[Block], skip: &[usize]) -> Vec<Section> {
    let announced = announced(blocks);
    let headings = headings(text, blocks, skip, &announced);
    let mut sections: Vec<Section> = Vec::with_capacity(headings.len() + 1);
    let mut open: Vec<Open> = Vec::new();
    let first = headings.first().map_or(text.len(), |h| h.start);
    if first > 0 && !text[..first].trim().is_empty() || headings.is_empty() {
        sections.push(Section {
            id: "0".into(),
            parent: None,
            level: 1,
            marker: String::new(),
            title: String::new(),
            part: None,
            range: 0..first,
            own: 0..first,
        });
    }
    let preface = sections.len();
    for heading in &headings {
        let outer = is_chapter(text, heading, &announced);
        place(&mut open, heading, outer);
        let parent = open.last().map(|o| o.section);
        let level = open.last().map_or(1, |o| o.level + 1);
        let at = sections.len();
        open.push(Open {
            style: heading.style,
            ordinal: heading.ordinal,
            section: at,
            level,
        });
        sections.push(Section {
            id: String::new(),
            parent: parent.map(|p| p.to_string()),
            level,
            marker: text[heading.marker.clone()].split_whitespace().collect(),
            title: heading.words.trim().to_owned(),
            part: inherited(heading.part, parent.and_then(|p| sections[p].part)),
            range: heading.start..text.len(),
            own: heading.start..text.len(),
        });
    }
    name_and_close(&mut sections, preface, text.len());
    sections
}

/// The part of a section below one of part `above`: a sub-section's title may name a part
/// of its own, but 总体 or 人员 inside a chapter on disclosure is still about disclosure,
/// and whatever stands among the problems is one.
fn inherited(own: Option<Part>, above: Option<Part>) -> Option<Part> {
    match (own, above) {
        (own, None) => own,
        (None, above) | (_, above @ Some(Part::Problems | Part::Appendix)) => above,
        (
            Some(Part::Overview | Part::Staff | Part::Other),
            above @ Some(Part::Disclosure | Part::Requests | Part::Disputes | Part::Consult),
        ) => above,
        (Some(Part::Overview), above) => above,
        (own, _) => own,
    }
}

/// Gives every section its id, its parent's id and its end.
fn name_and_close(sections: &mut [Section], preface: usize, end: usize) {
    let mut counts: Vec<u32> = Vec::new();
    for i in preface..sections.len() {
        let level = sections[i].level as usize;
        counts.truncate(level);
        counts.resize(level, 0);
        counts[level - 1] += 1;
        sections[i].id = counts
            .iter()
            .map(u32::to_string)
            .collect::<Vec<_>>()
            .join(".");
        sections[i].parent = sections[i]
            .parent
            .take()
            .and_then(|p| p.parse::<usize>().ok())
            .map(|p| sections[p].id.clone());
        let next = sections.get(i + 1).map_or(end, |s| s.range.start);
        sections[i].own.end = next;
        sections[i].range.end = sections[i + 1..]
            .iter()
            .find(|s| usize::from(s.level) <= level)
            .map_or(end, |s| s.range.start);
    }
}

/// Closes the open lists that `heading` does not belong under.
fn place(open: &mut Vec<Open>, heading: &Heading, outer: bool) {
    if outer {
        // An announced chapter is a chapter, whatever list is open.
        let level = open.iter().position(|o| o.level == 1).map_or(0, |_| 0);
        open.truncate(level);
        return;
    }
    if let Some(hashes) = heading.hashes
        && heading.style == Style::Bare
    {
        // Only the file's own levels can tell.
        open.retain(|o| o.level < hashes.max(2) && o.style != Style::Colon);
        let bare = open
            .iter()
            .position(|o| o.style == Style::Bare && o.level + 1 >= hashes);
        if let Some(at) = bare {
            open.truncate(at);
        }
        return;
    }
    let same = |o: &Open| o.style == heading.style;
    let continues = open
        .iter()
        .rposition(|o| same(o) && o.ordinal + 1 == heading.ordinal);
    if heading.ordinal > 1
        && let Some(at) = continues
    {
        open.truncate(at);
        return;
    }
    if heading.ordinal == 1 {
        match open.iter().rposition(same) {
            // The numbers start again inside a section.
            Some(at) => open.truncate(at + 1),
            None => close_deeper(open, heading.style),
        }
        return;
    }
    // A number is missing, or a heading has none.
    let unnumbered = heading.ordinal == 0;
    match open
        .iter()
        .rposition(|o| same(o) && (unnumbered || o.ordinal < heading.ordinal))
    {
        Some(at) => open.truncate(at),
        None => close_deeper(open, heading.style),
    }
}

/// Closes lists of a style that usually stands below `style`.
fn close_deeper(open: &mut Vec<Open>, style: Style) {
    if style == Style::Colon {
        while open
            .last()
            .is_some_and(|o| matches!(o.style, Style::Digits | Style::DigitsBrackets))
        {
            open.pop();
        }
        return;
    }
    // A list below a line with a colon belongs to that line.
    let stays = |o: &Open| o.style == Style::Colon && style > Style::HanBrackets;
    while open.last().is_some_and(|o| o.style > style && !stays(o)) {
        open.pop();
    }
}

fn is_chapter(text: &str, heading: &Heading, announced: &[String]) -> bool {
    if heading.style != Style::Bare || heading.hashes.is_some_and(|h| h > 2) {
        return false;
    }
    let title = crate::text::fold::fold(&text[heading.title.clone()]);
    announced
        .iter()
        .any(|a| a.contains(&title) || title.contains(a.as_str()))
}

fn headings(text: &str, blocks: &[Block], skip: &[usize], announced: &[String]) -> Vec<Heading> {
    let mut found = Vec::new();
    let numbered = blocks
        .iter()
        .any(|b| marker(b.folded.text()).is_some_and(|m| m.style == Style::Han));
    for (i, block) in blocks.iter().enumerate() {
        if skip.contains(&i) || matches!(block.shape, Shape::Row(_)) {
            continue;
        }
        let folded = block.folded.text();
        let hashes = match block.shape {
            Shape::Heading(level) => Some(level),
            _ => None,
        };
        let heading = match marker(folded) {
            Some(marker) => Some(numbered_heading(text, block, &marker, hashes)),
            None => bare_heading(text, blocks, i, hashes, announced, numbered),
        };
        found.extend(heading);
    }
    found
}

struct Marker {
    style: Style,
    ordinal: u32,
    /// Bytes of the fold that the marker takes.
    len: usize,
    /// Bytes up to the title: punctuation behind a bracket is not part of either.
    title: usize,
}

/// The enumerator that a folded line begins with.
fn marker(folded: &str) -> Option<Marker> {
    let count = |s: &str| {
        s.len()
            - s.trim_start_matches(|c: char| c.is_ascii_digit() || numeral::is_han_numeral(c))
                .len()
    };
    let ordinal = |s: &str| {
        numeral::value(s)
            .and_then(|v| u32::try_from(v.mantissa()).ok())
            .filter(|n| (1..=60).contains(n))
    };
    let han = |s: &str| !s.starts_with(|c: char| c.is_ascii_digit());
    if let Some(rest) = folded.strip_prefix('第') {
        let n = count(rest);
        let end = ["部分", "章"].iter().find(|w| rest[n..].starts_with(**w))?;
        let len = '第'.len_utf8() + n + end.len();
        return Some(with_title(
            folded,
            Style::Chapter,
            ordinal(&rest[..n])?,
            len,
        ));
    }
    if let Some(rest) = folded.strip_prefix('(') {
        let n = count(rest);
        let after = rest[n..].strip_prefix(')')?;
        let style = if han(rest) {
            Style::HanBrackets
        } else {
            Style::DigitsBrackets
        };
        return Some(with_title(
            folded,
            style,
            ordinal(&rest[..n])?,
            folded.len() - after.len(),
        ));
    }
    let n = count(folded);
    if n == 0 {
        return None;
    }
    let (number, rest) = folded.split_at(n);
    let end = rest.chars().next()?;
    let after = &rest[end.len_utf8()..];
    let style = match end {
        '、' => {
            if han(folded) {
                Style::Han
            } else {
                Style::Digits
            }
        }
        '.' if after.starts_with(|c: char| c.is_ascii_digit()) => return None,
        '.' => {
            if han(folded) {
                Style::Han
            } else {
                Style::Digits
            }
        }
        ')' => {
            if han(folded) {
                Style::HanBrackets
            } else {
                Style::DigitsBrackets
            }
        }
        ',' | ':' if han(folded) && after.chars().count() <= 30 => Style::Han,
        _ => return None,
    };
    Some(with_title(
        folded,
        style,
        ordinal(number)?,
        n + end.len_utf8(),
    ))
}

fn with_title(folded: &str, style: Style, ordinal: u32, len: usize) -> Marker {
    let rest = &folded[len..];
    let title = len + rest.len() - rest.trim_start_matches(['、', '.', ':', ',', ' ']).len();
    Marker {
        style,
        ordinal,
        len,
        title,
    }
}

fn numbered_heading(text: &str, block: &Block, marker: &Marker, hashes: Option<u8>) -> Heading {
    let folded = block.folded.text();
    let rest = &folded[marker.title..];
    let end = rest.find(['。', '!', '?', ';', ':']).unwrap_or(rest.len());
    let short = rest[..end].chars().count() <= LONGEST_TITLE;
    let title = if short {
        marker.title..marker.title + end
    } else {
        marker.title..marker.title
    };
    Heading {
        style: marker.style,
        ordinal: marker.ordinal,
        hashes,
        marker: block.folded.source(0..marker.len),
        part: part(&folded[title.clone()])
            .filter(|_| folded[title.clone()].chars().count() <= LONGEST_BARE),
        words: block.folded.repair(text, title.clone()),
        title: block.folded.source(title),
        start: block.range.start,
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
fn announced(blocks: &[Block]) -> Vec<String> {
    const OPENERS: [&str; 10] = [
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
    for block in blocks.iter().take(20) {
        let folded = block.folded.text();
        let Some((at, opener)) = OPENERS
            .iter()
            .filter_map(|o| folded.find(o).map(|at| (at, o)))
            .min_by_key(|(at, _)| *at)
        else {
            continue;
        };
        let list = &folded[at + opener.len()..];
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

#[cfg(test)]
mod tests;
