//! A window of text around the first hit, on one line, safe for any screen.

use unicode_width::UnicodeWidthChar;

/// Columns shown on either side of the first hit.
const SIDE: usize = 30;
/// How many columns may be given up to begin or end at the edge of a sentence.
const NEAR: usize = 15;

/// The window around the first of `ranges` (or the beginning of `text`), and where the
/// ranges lie in it. White space and control characters become single blanks.
pub(super) fn snippet(text: &str, ranges: &[(usize, usize)]) -> (String, Vec<(usize, usize)>) {
    let (first, end) = ranges.first().copied().unwrap_or((0, 0));
    let start = before(text, first);
    let room = if ranges.is_empty() { 2 * SIDE } else { SIDE };
    let end = after(text, end, room);
    // A hit at the far end is shown whole.
    let cut = ranges.iter().find(|r| r.0 < end && end < r.1);
    let end = cut.map_or(end, |r| r.1);

    let mut line = String::new();
    if start > 0 && !text[..start].ends_with(is_edge) {
        line.push('…');
    }
    let mut marks: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<usize> = None;
    let mut next = ranges.iter().filter(|r| r.1 > start).peekable();
    for (i, c) in text[start..end].char_indices() {
        let at = start + i;
        if open.is_none() && next.peek().is_some_and(|r| r.0 <= at) {
            open = Some(line.len());
        }
        if c.is_whitespace() || c.is_control() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_hidden(c) {
            line.push(c);
        }
        let done = at + c.len_utf8();
        if next.peek().is_some_and(|r| r.1 <= done) {
            next.next();
            marks.extend(open.take().map(|from| (from, line.len())));
        }
    }
    marks.extend(open.take().map(|from| (from, line.len())));
    if end < text.len() && !line.ends_with(['。', '；', '！', '？']) {
        line.push('…');
    }
    let trimmed = line.trim_end().len();
    line.truncate(trimmed);
    for mark in &mut marks {
        mark.1 = mark.1.min(trimmed);
    }
    marks.retain(|m| m.0 < m.1);
    (line, marks)
}

/// A text on one line without control characters.
pub(super) fn cleaned(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_hidden(c) {
            line.push(c);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Where the window begins: at the edge of a sentence when one is near the far end.
fn before(text: &str, at: usize) -> usize {
    let mut columns = 0;
    let mut start = at;
    let mut edge = None;
    for (i, c) in text[..at].char_indices().rev() {
        columns += width(c);
        if is_edge(c) {
            edge = Some((start, columns));
            if c == '\n' || columns > SIDE - NEAR {
                break;
            }
        }
        if columns > SIDE {
            break;
        }
        start = i;
    }
    match edge {
        // A hit at the beginning of its sentence still shows what came before it on the line.
        Some((edge, columns)) if columns > SIDE - NEAR || text[..edge].ends_with('\n') => edge,
        _ => start,
    }
}

/// Where it ends.
fn after(text: &str, at: usize, room: usize) -> usize {
    let mut columns = 0;
    for (i, c) in text[at..].char_indices() {
        columns += width(c);
        if columns > room + NEAR {
            return at + i;
        }
        if is_edge(c) && columns > room - NEAR {
            return at + i + c.len_utf8();
        }
    }
    text.len()
}

fn is_edge(c: char) -> bool {
    matches!(c, '。' | '；' | '！' | '？' | '\n')
}

/// Characters without shape, and those that turn the direction of writing.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn width(c: char) -> usize {
    c.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_window_lies_around_the_first_hit() {
        let text = format!(
            "{}。本年收到申请37件\n全部答复。{}",
            "前".repeat(90),
            "后".repeat(90)
        );
        let at = text.find("申请").map(|a| (a, a + "申请".len()));
        let (line, marks) = snippet(&text, &[at.unwrap_or_default()]);
        assert_eq!(
            marks.iter().map(|m| &line[m.0..m.1]).collect::<Vec<_>>(),
            ["申请"]
        );
        assert!(line.contains("收到申请37件 全部答复。"), "{line}");
        assert!(line.chars().count() < 60, "{line}");
    }

    proptest! {
        #[test]
        fn marks_show_the_words_and_nothing_dangerous_passes(
            text in "[一-三。；\n\t\u{1b}\u{202e}a1 ]{0,120}", a in 0usize..120, len in 1usize..9,
        ) {
            let cuts: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let (a, b) = (cuts[a % cuts.len()], cuts[(a + len) % cuts.len()]);
            let ranges = if a < b { vec![(a, b)] } else { Vec::new() };
            let (line, marks) = snippet(&text, &ranges);
            prop_assert!(!line.chars().any(|c| c.is_control() || is_hidden(c)));
            for (from, to) in &marks {
                let shown = &line[*from..*to];
                let squeezed = |t: &str| t.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !is_hidden(*c)).collect::<String>();
                prop_assert_eq!(squeezed(shown), squeezed(&text[a..b]));
            }
        }
    }
}
