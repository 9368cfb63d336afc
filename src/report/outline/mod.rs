//! The outline: headings with and without numbers, and which belongs under which.
//!
//! Numbering is followed like a reader does: a number that continues a list already open
//! belongs to that list, the innermost one first; the number one opens a new list below.

use std::sync::LazyLock;

use serde::Deserialize;

mod heading;
mod marker;

use heading::{Heading, announced, headings};
use marker::Style;

use super::{Part, Section};
use crate::source::Block;
use crate::text::words::WordList;

#[derive(Deserialize)]
struct Parts {
    titles: Vec<String>,
    part: Vec<PartData>,
}

#[derive(Deserialize)]
struct PartData {
    name: Part,
    words: WordList,
    #[serde(default)]
    not: WordList,
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let mut parts: Parts = toml::from_str(include_str!("../../../assets/parts.toml"))
        .expect("assets/parts.toml is checked by a test");
    parts.titles.sort_by_key(|t| std::cmp::Reverse(t.len()));
    parts
});

/// The canonical part that a folded title speaks of.
pub fn part(folded: &str) -> Option<Part> {
    PARTS
        .part
        .iter()
        .find(|p| p.words.is_in(folded) && !p.not.is_in(folded))
        .map(|p| p.name)
}

/// An open list on the way down to where the reader is.
#[derive(Debug)]
struct Open {
    style: Style,
    ordinal: u32,
    section: usize,
    level: u8,
    /// A chapter by its place and by its words.
    chapter: bool,
}

/// Reads the outline of `blocks`; `skip` are blocks that are no body text (title,
/// metadata). `has_grid`: the text holds the national grids of 2019 or 2021, whose rows are
/// numbered like chapters.
pub fn read(text: &str, blocks: &[Block], skip: &[usize], has_grid: bool) -> Vec<Section> {
    let announced = announced(blocks);
    let headings = headings(text, blocks, skip, &announced, has_grid);
    let mut sections: Vec<Section> = Vec::with_capacity(headings.len() + 1);
    let mut open: Vec<Open> = Vec::new();
    let first = headings.first().map_or(text.len(), |h| h.start);
    let is_mark = |c: char| c.is_whitespace() || c == '#';
    if !text[..first].trim_matches(is_mark).is_empty() || headings.is_empty() {
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
            chapter: level == 1 && heading.part.is_some(),
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
    // A number is missing or printed twice, or a heading has none: no list begins so.
    match open.iter().rposition(same) {
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
    // A list below a line with a colon belongs to that line; and where chapters are
    // numbered 1., 2., what is numbered (一) stands below them.
    let below = |o: &Open| (o.style, style) == (Style::Digits, Style::HanBrackets);
    let stays = |o: &Open| {
        o.style == Style::Colon && style > Style::HanBrackets
            || o.chapter && o.ordinal > 1 && below(o)
    };
    while open.last().is_some_and(|o| o.style > style && !stays(o)) {
        open.pop();
    }
}

/// The chapter's title that a folded text begins with, in bytes.
fn known_title(folded: &str) -> Option<usize> {
    let mut titles = PARTS.titles.iter();
    titles
        .find(|t| folded.starts_with(t.as_str()))
        .map(String::len)
}

/// Whether a folded title is that of a chapter, whatever stands before it.
fn holds_known_title(folded: &str) -> bool {
    let long = PARTS.titles.iter().filter(|t| t.chars().count() >= 6);
    long.into_iter().any(|t| folded.contains(t.as_str()))
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

#[cfg(test)]
mod tests;
