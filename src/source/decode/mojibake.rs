//! Text that somebody before us decoded in the wrong way and saved: UTF-8 or GBK bytes read
//! as Latin-1, UTF-8 bytes read as GBK, GBK bytes read as UTF-8. A line is repaired when
//! the way back gives text that is surely Chinese where there was none; what was lost on
//! the way stays lost and is said.

use encoding_rs::{GB18030, WINDOWS_1252};

use super::{COMMON, chinese};

/// Fewer characters outside ASCII prove nothing.
const MIN_CHARACTERS: usize = 4;

/// What was done to a text.
#[derive(Debug, Default)]
pub(super) struct Repairs {
    pub lines: usize,
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Damage {
    Utf8AsLatin,
    GbkAsLatin,
    Utf8AsGbk,
}

impl Damage {
    fn note(self, lines: usize) -> String {
        let how = match self {
            Self::Utf8AsLatin => "UTF-8 read as Latin-1",
            Self::GbkAsLatin => "GBK read as Latin-1",
            Self::Utf8AsGbk => "UTF-8 read as GBK",
        };
        format!("lines repaired that were {how}: {lines}")
    }
}

/// Repairs the lines of a text that are surely damaged.
pub(super) fn repair(text: String) -> (String, Repairs) {
    let mut repairs = Repairs::default();
    if text.contains("锟斤拷")
        || text.matches('\u{fffd}').count() > 20 && text.contains("\u{fffd}\u{fffd}")
    {
        repairs.notes.push(
            "characters were lost when GBK was read as UTF-8; they cannot be had back".to_owned(),
        );
    }
    if !may_be_damaged(&text) {
        return (text, repairs);
    }
    let mut whole = String::with_capacity(text.len());
    let mut counts = [0usize; 3];
    for line in text.split_inclusive('\n') {
        match mend(line) {
            Some((words, damage)) => {
                whole.push_str(&words);
                counts[damage as usize] += 1;
            }
            None => match mend_runs(line) {
                Some((words, damage)) => {
                    whole.push_str(&words);
                    counts[damage as usize] += 1;
                }
                None => whole.push_str(line),
            },
        }
    }
    for damage in [Damage::Utf8AsLatin, Damage::GbkAsLatin, Damage::Utf8AsGbk] {
        let lines = counts[damage as usize];
        if lines > 0 {
            repairs.lines += lines;
            repairs.notes.push(damage.note(lines));
        }
    }
    (if repairs.lines > 0 { whole } else { text }, repairs)
}

/// A first look, cheap: letters of Latin-1, or the characters that UTF-8 read as GBK is
/// full of.
fn may_be_damaged(text: &str) -> bool {
    let mut latin = 0;
    for c in text.chars() {
        match c {
            // Nearly all.
            '\0'..='\u{7f}' | '\u{100}'..='\u{6d5b}' => {}
            '\u{80}'..='\u{ff}'
                if !matches!(c, '\u{a0}' | '·' | '×' | '°' | '±' | '\u{ad}' | '\u{85}') =>
            {
                latin += 1;
                if latin >= MIN_CHARACTERS {
                    return true;
                }
            }
            // What 的, 一, 政, 是, 年 and the full stop become.
            '鐨' | '涓' | '鏀' | '鏄' | '骞' | '銆' | '锛' | '绗' | '浜' => return true,
            _ => {}
        }
    }
    false
}

fn mend(line: &str) -> Option<(String, Damage)> {
    let (mut latin, mut han) = (0, 0);
    for c in line.chars() {
        match c {
            '\u{80}'..='\u{ff}' => latin += 1,
            c if crate::text::fold::is_han(c) => han += 1,
            _ => {}
        }
    }
    if latin >= MIN_CHARACTERS && latin > han * 2 {
        let bytes = latin_bytes(line)?;
        if let Ok(words) = std::str::from_utf8(&bytes) {
            return sure(words.to_owned(), 0.3).map(|w| (w, Damage::Utf8AsLatin));
        }
        let (words, damaged) = GB18030.decode_without_bom_handling(&bytes);
        if damaged {
            return None;
        }
        return sure(words.into_owned(), 0.5).map(|w| (w, Damage::GbkAsLatin));
    }
    if han < MIN_CHARACTERS || chinese(line) > 0.25 {
        return None;
    }
    let (bytes, _, lost) = GB18030.encode(line);
    if lost {
        return None;
    }
    // An odd byte at the end of a run was lost when the text was read: one character of it.
    let words = String::from_utf8_lossy(&bytes);
    let all = words.chars().count();
    let gone = words.matches('\u{fffd}').count();
    (gone * 12 <= all)
        .then(|| sure(words.into_owned(), 0.4))
        .flatten()
        .map(|w| (w, Damage::Utf8AsGbk))
}

/// Repairs what stands wrong inside a line that is good otherwise: only UTF-8 is surely
/// known there, by its shape, and only when common characters come of it.
fn mend_runs(line: &str) -> Option<(String, Damage)> {
    let mut words = String::with_capacity(line.len());
    let mut damage = None;
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let found = run(rest, Damage::Utf8AsLatin).or_else(|| run(rest, Damage::Utf8AsGbk));
        match (found, rest.chars().next()) {
            (Some(found), _) => {
                words.push_str(&found.words);
                damage = Some(found.damage);
                at += found.len;
            }
            (None, Some(c)) => {
                words.push(c);
                at += c.len_utf8();
            }
            (None, None) => break,
        }
    }
    damage.map(|d| (words, d))
}

struct Run {
    words: String,
    damage: Damage,
    /// Bytes of the line that it takes.
    len: usize,
}

/// Most characters of a run.
const MAX_RUN: usize = 200;

/// The run of damaged characters that `rest` begins with.
fn run(rest: &str, damage: Damage) -> Option<Run> {
    // Nearly every character is none that damage begins with.
    let first = rest.chars().next()?;
    let may_begin = match damage {
        Damage::Utf8AsLatin => ('\u{e3}'..='\u{ef}').contains(&first),
        _ => !first.is_ascii() && !COMMON.contains(&first),
    };
    if !may_begin {
        return None;
    }
    let mut bytes: Vec<u8> = Vec::new();
    // Of each character: where it ends in the line and in the bytes, and how many of those
    // so far no text is made of.
    let mut ends: Vec<(usize, usize, usize)> = Vec::new();
    let mut buffer = [0; 4];
    let mut odd = 0;
    for (at, c) in rest.char_indices().take(MAX_RUN) {
        let one = match damage {
            Damage::Utf8AsLatin if matches!(c, '\u{80}'..='\u{ff}') => vec![c as u8],
            Damage::Utf8AsLatin => match WINDOWS_1252.encode(c.encode_utf8(&mut buffer)) {
                (encoded, _, false) if !c.is_ascii() => encoded.into_owned(),
                _ => break,
            },
            _ if !c.is_ascii() => {
                odd += usize::from(!COMMON.contains(&c));
                match GB18030.encode(c.encode_utf8(&mut buffer)) {
                    (encoded, _, false) => encoded.into_owned(),
                    _ => break,
                }
            }
            _ => break,
        };
        // UTF-8 of Chinese begins so.
        if bytes.is_empty() && !(0xe3..=0xef).contains(one.first()?) {
            return None;
        }
        bytes.extend(one);
        ends.push((at + c.len_utf8(), bytes.len(), odd));
    }
    let valid = match std::str::from_utf8(&bytes) {
        Ok(_) => bytes.len(),
        Err(e) => e.valid_up_to(),
    };
    let whole = |end: usize| end <= valid && std::str::from_utf8(&bytes[..end]).is_ok();
    let last = ends.iter().rposition(|(_, end, _)| whole(*end))?;
    let (len, end, odd) = ends[last];
    let words = std::str::from_utf8(&bytes[..end]).ok()?;
    let least = if damage == Damage::Utf8AsLatin { 1 } else { 2 };
    let sure = words.chars().count() >= least
        && words
            .chars()
            .all(|c| COMMON.contains(&c) || super::is_chinese_punctuation(c));
    // Right text is made of common characters.
    let strange = damage == Damage::Utf8AsLatin || odd * 2 > last;
    (sure && strange).then(|| Run {
        words: words.to_owned(),
        damage,
        len,
    })
}

/// The bytes of a line that was read as Latin-1 or windows-1252.
fn latin_bytes(line: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(line.len());
    let mut buffer = [0; 4];
    for c in line.chars() {
        match u8::try_from(c) {
            Ok(byte) => bytes.push(byte),
            Err(_) => {
                let (encoded, _, lost) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
                match (&*encoded, lost) {
                    ([byte], false) => bytes.push(*byte),
                    _ => return None,
                }
            }
        }
    }
    Some(bytes)
}

fn sure(words: String, least: f64) -> Option<String> {
    let han = words
        .chars()
        .filter(|c| crate::text::fold::is_han(*c))
        .count();
    (han >= 2 && chinese(&words) >= least).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "某某县人民政府二〇一二年政府信息公开工作年度报告，全年共收到申请12件。";

    #[test]
    fn wrong_readings_are_undone() {
        let latin: String = LINE.bytes().map(char::from).collect();
        let windows = WINDOWS_1252
            .decode_without_bom_handling(LINE.as_bytes())
            .0
            .into_owned();
        let gbk: String = GB18030
            .encode(LINE)
            .0
            .iter()
            .map(|b| char::from(*b))
            .collect();
        for (wrong, how) in [
            (latin, "UTF-8 read as Latin-1"),
            (windows, "UTF-8 read as Latin-1"),
            (gbk, "GBK read as Latin-1"),
        ] {
            let (text, repairs) = repair(format!("{wrong}\n好的。\n"));
            assert_eq!(text, format!("{LINE}\n好的。\n"));
            assert_eq!(repairs.lines, 1);
            assert!(repairs.notes[0].contains(how), "{:?}", repairs.notes);
        }
        let wrong = GB18030
            .decode_without_bom_handling(LINE.as_bytes())
            .0
            .into_owned();
        let (text, repairs) = repair(wrong);
        assert_eq!(repairs.lines, 1);
        assert!(text.starts_with("某某县人民政府"), "{text}");
    }

    #[test]
    fn what_stands_wrong_inside_a_good_line_is_undone_when_it_is_certain() {
        let latin: String = "政府信息".bytes().map(char::from).collect();
        let gbk = GB18030
            .decode_without_bom_handling("政府信息".as_bytes())
            .0
            .into_owned();
        for wrong in [latin, gbk] {
            let line = format!("全年共主动公开{wrong}12条，比上年多3条。\n");
            let (text, repairs) = repair(line.clone());
            assert_eq!(
                text, "全年共主动公开政府信息12条，比上年多3条。\n",
                "{line}"
            );
            assert_eq!(repairs.lines, 1);
        }
        // Half of it is gone: nothing is certain.
        let lost = "（一）主動公開情況\n?。ǘ┮郎暾埞_情況\n";
        assert_eq!(repair(lost.to_owned()).0, lost);
    }

    #[test]
    fn what_is_right_stays_as_it_is() {
        for text in [
            LINE,
            "现(xiàn)将结(jié)果公布，été déjà là",
            "锛是一个字，骞也是。",
            "温度为20°±3°，占100×2。",
            "龘靐齉爩鱻麤灪籱",
        ] {
            let (found, repairs) = repair(text.to_owned());
            assert_eq!(found, text);
            assert_eq!(repairs.lines, 0);
        }
    }
}
