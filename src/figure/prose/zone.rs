//! Which words around a number may name it.

use std::ops::Range;

use super::Sentence;
use crate::figure::grammar::Grammar;

/// Words that open what is said of all that a number counts.
const ALL: [&str; 8] = [
    "全部来自",
    "均来自",
    "全部为",
    "均为",
    "全部由",
    "均由",
    "全部通过",
    "均通过",
];

/// Most characters of a zone that are read for a label.
const ZONE: usize = 160;

/// The clause before a number: back to a comma, colon or semicolon, but on to the clause
/// before while there is nothing in it that could name something.
pub(super) fn left_zone(text: &str, before: usize, start: usize) -> Range<usize> {
    let mut end = start;
    let slice = &text[before..start];
    // 其他类信息（含人事、采购）20187条: the name stands before the brackets.
    if slice.ends_with(')')
        && let Some(open) = slice.rfind('(')
        && open > 0
    {
        end = before + open;
    }
    // 回应舆情,包括正面的和负面的共13次: what it consists of does not name it.
    let comma = slice.rfind([',', ';', ':']);
    if let Some(comma) = comma.filter(|at| slice[*at..].starts_with(','))
        && is_apposition(&slice[comma + 1..])
        && has_content(&slice[..comma])
    {
        end = before + comma;
    }
    let mut from = before;
    let mut brackets = 0usize;
    for (at, c) in text[before..end].char_indices().rev() {
        match c {
            ')' => brackets += 1,
            // 通过门户网站(含子站、专栏)公开: what closes again cuts nothing off.
            '(' if brackets > 0 => brackets -= 1,
            ',' | ';' | ':' | '(' if brackets == 0 => {
                let after = before + at + c.len_utf8();
                // …的专门机构;14个乡镇: what a semicolon ends says nothing of what follows.
                if c == ';' || has_content(&text[after..end]) {
                    from = after;
                    break;
                }
            }
            _ => {}
        }
    }
    from += heading(&text[from..end]);
    // 办结的申请中同意公开9件: what the number is part of does not name it.
    let frames = &Grammar::embedded().naming.frames;
    if let Some((at, place)) = frames.last(&text[from..end]) {
        let inner = from + at + frames.words()[place].len();
        let word = text[inner..end].starts_with(['心', '央', '国']);
        if !word && has_content(&text[inner..end]) {
            from = inner;
        }
    }
    let excess = text[from..end].chars().count().saturating_sub(ZONE);
    let from = text[from..end]
        .char_indices()
        .nth(excess)
        .map_or(from, |(i, _)| from + i);
    from..end
}

/// The bytes that a heading takes on the line of its text: 五、复议、诉讼情况我局收到复议1件.
fn heading(said: &str) -> usize {
    if !said.contains("情况") {
        return 0;
    }
    let title = |end: &usize| {
        let rest = said[*end..].trim_start_matches(' ');
        let opens = rest.starts_with(['我', '本', '全', '截', '2']);
        opens && crate::text::numeral::starts_with_marker(said)
    };
    let end = said.find("情况").map(|at| at + "情况".len());
    end.filter(title).unwrap_or(0)
}

/// 包括正面的和负面的共: a clause that lists what the words before it name.
fn is_apposition(clause: &str) -> bool {
    let opens = Grammar::embedded().naming.consists.beginning(clause);
    opens.is_some()
        && ["共", "共计", "合计", "总计"]
            .iter()
            .any(|w| clause.ends_with(w))
}

/// What follows a number, up to the end of the clause or to the next number's own words.
/// `named_before`: words before the number name it.
pub(super) fn right_zone(
    text: &str,
    end: usize,
    next: usize,
    sentence: &Sentence,
    named_before: bool,
) -> Range<usize> {
    let slice = &text[end..next.max(end)];
    let mut to = slice.find([',', ';', ':', ')']).unwrap_or(slice.len());
    // 全职、兼职)工作人员; but 14条(全年制发15件): another number's words.
    if let Some(inside) = slice.strip_prefix('(') {
        match inside.find(')') {
            Some(close) => {
                let rest = &slice[close + 2..];
                to = close + 2 + rest.find([',', ';', ':', ')']).unwrap_or(rest.len());
            }
            None => to = 0,
        }
    }
    let ends_at_number = to == slice.len() && next < sentence.range.end;
    // 公文835条行政许可决定书1447条: a list without commas; the words are the next number's.
    if ends_at_number && named_before && !slice.contains(['、', '和', '及', '与', '有']) {
        return end..end;
    }
    if ends_at_number && let Some(comma) = slice.find('、') {
        to = to.min(comma);
    }
    // 收到的5件申请全部来自自然人: what is said of all of them does not name them.
    if named_before
        && let Some((at, _)) = ALL
            .iter()
            .filter_map(|w| Some((slice[..to].find(w)?, w)))
            .min()
    {
        to = at;
    }
    // 3件申请均未发生复议: there was none of it.
    if slice[..to].contains('均')
        && let Some((at, _)) = Grammar::embedded().zero.after.first(&slice[..to])
    {
        to = at;
    }
    // 2条以及主动公开其他信息: what is joined is another thing.
    let joiners = &Grammar::embedded().naming.joiners;
    if let Some((at, _)) = joiners.first(&slice[..to]) {
        to = at;
    }
    let to = slice[..to].char_indices().nth(28).map_or(to, |(i, _)| i);
    end..end + to
}

/// Whether a piece of a clause has words that could name something.
pub(super) fn has_content(piece: &str) -> bool {
    let bare = strip_filler(piece);
    let mut han = bare.chars().filter(|c| crate::text::fold::is_han(*c));
    han.nth(1).is_some()
}

pub(super) fn strip_filler(piece: &str) -> &str {
    let mut piece =
        piece.trim_matches(|c: char| !crate::text::fold::is_han(c) && !c.is_ascii_alphanumeric());
    let naming = &Grammar::embedded().naming;
    loop {
        let before = piece.len();
        if let Some(word) = naming.filler_before.beginning(piece) {
            piece = &piece[word.len()..];
        }
        if let Some(word) = naming.filler.ending(piece) {
            piece = &piece[..piece.len() - word.len()];
        }
        piece = piece
            .trim_matches(|c: char| matches!(c, ' ' | '"' | ',' | ':' | '(' | ')' | '、' | '。'));
        if piece.len() == before {
            return piece;
        }
    }
}

/// A zone without the filler at its beginning.
pub(super) fn trim_filler(text: &str, zone: &Range<usize>) -> Range<usize> {
    let slice = &text[zone.clone()];
    let piece = strip_filler(slice);
    let at = match piece {
        "" => 0,
        // A part of the slice: how far behind its beginning.
        piece => piece.as_ptr() as usize - slice.as_ptr() as usize,
    };
    zone.start + at..zone.end.max(zone.start + at)
}

/// The end of a zone that names nothing: as much as a reader needs, from where a clause or a
/// way of doing it (通过门户网站发布) begins, if that is not far.
pub(super) fn nearest(text: &str, zone: Range<usize>) -> Range<usize> {
    const LONGEST: usize = 18;
    const MORE: usize = 8;
    const FEWEST: usize = 4;
    let words = &text[zone.clone()];
    let Some((cut, _)) = words
        .char_indices()
        .rev()
        .nth(LONGEST - 1)
        .filter(|(at, _)| *at > 0)
    else {
        return zone;
    };
    let begins = |at: &usize| {
        let (before, behind) = words.split_at(*at);
        before.is_empty()
            || before.ends_with([',', '、', ';', ':', ')', '的', '等'])
            || ["通过", "利用", "依托", "借助"]
                .iter()
                .any(|way| behind.starts_with(way))
    };
    let above = words[..cut].char_indices().rev().take(MORE);
    let earlier = || above.map(|(at, _)| at).find(begins);
    let below = words[cut..].char_indices().take(LONGEST - FEWEST);
    let start = Some(cut).filter(begins).or_else(earlier);
    let start = start.or_else(|| below.map(|(at, _)| cut + at).find(begins));
    let start = start.unwrap_or(cut);
    zone.start + start..zone.end
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn what_names_nothing_is_shown_from_the_border_of_a_clause() {
        let shown = |text: &'static str| &text[nearest(text, 0..text.len())];
        assert_eq!(
            shown("本单位今年以来主要通过市政府门户网站发布各类动态和工作信息共"),
            "通过市政府门户网站发布各类动态和工作信息共"
        );
        assert_eq!(
            shown("本单位认真做好本年度以来布置下来各项基础工作,完成档案整理归集共"),
            "完成档案整理归集共"
        );
        assert_eq!(shown("完成档案整理"), "完成档案整理");
    }
}
