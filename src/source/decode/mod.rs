//! bytes → text: the only place that knows encodings.
//!
//! Order of the rules: byte order mark; valid UTF-8; then GB18030, Big5, both UTF-16 and
//! what the file itself declares are tried and the one whose outcome looks most like
//! Chinese wins.

mod mojibake;

use std::collections::HashSet;
use std::sync::LazyLock;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::SourceError;

/// How much of a file the candidates are judged by.
const SAMPLE: usize = 64 << 10;
/// Share of replacement characters above which bytes are no text.
const MAX_DAMAGE: f64 = 0.3;

/// Text and how it was decoded.
#[derive(Debug)]
pub struct Decoded {
    /// Without byte order mark; line ends as they were.
    pub text: String,
    /// WHATWG name.
    pub encoding: &'static str,
    /// Replacement characters put in where bytes could not be decoded.
    pub undecodable: usize,
    /// Lines that somebody before us had decoded in the wrong way.
    pub repaired: usize,
    /// What was repaired, in one English sentence each.
    pub notes: Vec<String>,
}

/// Decodes a file's bytes.
///
/// # Errors
/// [`SourceError::Empty`] without any visible character, [`SourceError::Binary`] when no
/// encoding makes text of them.
pub fn decode(bytes: &[u8]) -> Result<Decoded, SourceError> {
    decode_declared(bytes, None)
}

/// Decodes a file's bytes that are said to be in the encoding of this name: one more
/// candidate, never the verdict.
///
/// # Errors
/// As [`decode`].
pub fn decode_declared(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, SourceError> {
    if bytes.is_empty() {
        return Err(SourceError::Empty);
    }
    let (encoding, body) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None => (detect(bytes, declared)?, bytes),
    };
    let (text, damaged) = encoding.decode_without_bom_handling(body);
    let text = text.into_owned();
    if text.trim().is_empty() {
        return Err(SourceError::Empty);
    }
    let undecodable = if damaged {
        text.matches('\u{fffd}').count()
    } else {
        0
    };
    let all = text.chars().count().max(1);
    let strange = text.chars().filter(|c| is_strange(*c)).count();
    if (undecodable + strange) as f64 / all as f64 > MAX_DAMAGE {
        return Err(SourceError::Binary);
    }
    let (text, repairs) = mojibake::repair(text);
    Ok(Decoded {
        undecodable: if repairs.lines > 0 {
            text.matches('\u{fffd}').count()
        } else {
            undecodable
        },
        text,
        encoding: encoding.name(),
        repaired: repairs.lines,
        notes: repairs.notes,
    })
}

fn detect(bytes: &[u8], declared: Option<&str>) -> Result<&'static Encoding, SourceError> {
    let sample = sample(bytes);
    let zeros = sample.iter().filter(|b| **b == 0).count();
    if zeros == 0 && is_utf8(sample) {
        return Ok(UTF_8);
    }
    let wide = zeros > 0 || sample.len().is_multiple_of(2);
    let mut candidates: Vec<&'static Encoding> = match (zeros > 0, wide) {
        (true, _) => vec![UTF_16LE, UTF_16BE],
        (false, true) => vec![UTF_16LE, UTF_16BE, BIG5, GB18030, UTF_8],
        (false, false) => vec![BIG5, GB18030, UTF_8],
    };
    if let Some(declared) = declared.and_then(|d| Encoding::for_label(d.trim().as_bytes()))
        && zeros == 0
    {
        // The last of equals wins.
        candidates.retain(|c| *c != declared);
        candidates.push(declared);
    }
    let best = candidates
        .into_iter()
        .map(|encoding| (likeness(encoding, sample), encoding))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((score, encoding)) if score > 0.0 => Ok(encoding),
        _ if zeros > 0 => Err(SourceError::Binary),
        _ => Ok(GB18030),
    }
}

/// The part of a file that its encoding is judged by: web pages can begin with more than
/// 64 kB of letters.
fn sample(bytes: &[u8]) -> &[u8] {
    let start = if bytes.len() <= SAMPLE || bytes[..SAMPLE].contains(&0) {
        0
    } else {
        bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0)
    };
    &bytes[start..bytes.len().min(start + SAMPLE)]
}

/// The encoding that a web page declares for itself, in `<meta>` or an XML declaration.
pub fn declared(bytes: &[u8]) -> Option<String> {
    static CHARSET: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        regex::bytes::Regex::new(r#"(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})"#)
            .expect("valid")
    });
    let head = &bytes[..bytes.len().min(8 << 10)];
    let found = CHARSET.captures(head)?;
    Some(String::from_utf8_lossy(&found[1]).into_owned())
}

/// Valid UTF-8 but for a character cut off at the sample's end.
fn is_utf8(sample: &[u8]) -> bool {
    match std::str::from_utf8(sample) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && sample.len() == SAMPLE,
    }
}

/// How much like Chinese text the sample looks in this encoding; at most 1.
fn likeness(encoding: &'static Encoding, sample: &[u8]) -> f64 {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    chinese(&text)
}

/// How much like Chinese a text looks; at most 1.
fn chinese(text: &str) -> f64 {
    let (mut common, mut bad, mut all) = (0i64, 0i64, 0i64);
    for c in text.chars() {
        if c.is_ascii() && !c.is_ascii_control() || matches!(c, '\n' | '\r' | '\t') {
            continue;
        }
        all += 1;
        if COMMON.contains(&c) || is_chinese_punctuation(c) {
            common += 1;
        } else if is_strange(c) || c == '\u{fffd}' {
            bad += 1;
        }
    }
    if all == 0 {
        // Letters only: as good as any, unless an encoding of whole sentences fits better.
        return 0.05;
    }
    (common - 3 * bad) as f64 / all as f64
}

fn is_chinese_punctuation(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '、' | '；' | '：' | '（' | '）' | '“' | '”' | '《' | '》' | '\u{3000}'
    )
}

/// Characters that no text has: controls and private use.
fn is_strange(c: char) -> bool {
    match c {
        // Nearly all.
        ' '..='~' | '\u{a0}'..='\u{d7ff}' => false,
        '\u{e000}'..='\u{f8ff}' => true,
        '\n' | '\r' | '\t' | '\u{c}' | '\u{b}' | '\u{85}' | '\u{1b}' => false,
        _ => c.is_control(),
    }
}

static COMMON: LazyLock<HashSet<char>> = LazyLock::new(|| {
    include_str!("../../../assets/common.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str =
        "某某县人民政府二〇一二年度政府信息公开工作年度报告，全年共收到申请十二件。";
    const TRADITIONAL: &str =
        "某某縣人民政府二零一二年度政府資訊公開工作年度報告，全年共收到申請十二件。";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|u| {
                if little {
                    u.to_le_bytes()
                } else {
                    u.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn every_encoding_that_reports_come_in_is_told_from_its_bytes() {
        for text in [SIMPLIFIED, TRADITIONAL] {
            assert_eq!(decode(text.as_bytes()).unwrap().text, text);
            assert_eq!(
                decode(format!("\u{feff}{text}").as_bytes()).unwrap().text,
                text
            );
            for little in [true, false] {
                assert_eq!(decode(&utf16(text, little)).unwrap().text, text);
                assert_eq!(
                    decode(&utf16(&format!("\u{feff}{text}"), little))
                        .unwrap()
                        .text,
                    text
                );
            }
            let gb = GB18030.encode(text).0;
            assert_eq!(decode(&gb).unwrap().text, text);
        }
        let big5 = BIG5.encode(TRADITIONAL.split_once('二').unwrap().0).0;
        assert_eq!(decode(&big5).unwrap().encoding, "Big5");
    }

    #[test]
    fn what_a_file_declares_is_one_candidate_more() {
        let gb = GB18030.encode(SIMPLIFIED).0;
        for wrong in ["utf-8", "big5", "iso-8859-1", "no-such-encoding"] {
            assert_eq!(decode_declared(&gb, Some(wrong)).unwrap().text, SIMPLIFIED);
        }
        let japanese = encoding_rs::SHIFT_JIS
            .encode("報告の公開について申請と回答")
            .0;
        let decoded = decode_declared(&japanese, Some("shift_jis")).unwrap();
        assert_eq!(decoded.encoding, "Shift_JIS");
        let page = b"<html><META http-equiv=Content-Type content='text/html; charset=gb2312'>";
        assert_eq!(declared(page).as_deref(), Some("gb2312"));
    }

    #[test]
    fn a_long_head_of_letters_does_not_hide_the_encoding() {
        let head = "<script>var a = 1;</script>\n".repeat(4_000);
        let mut bytes = head.clone().into_bytes();
        bytes.extend_from_slice(&GB18030.encode(SIMPLIFIED).0);
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.encoding, "gb18030");
        assert!(decoded.text.ends_with(SIMPLIFIED));
    }

    #[test]
    fn what_is_no_text_is_said_to_be_none() {
        assert_eq!(decode(b"").unwrap_err(), SourceError::Empty);
        assert_eq!(decode(b" \n\t ").unwrap_err(), SourceError::Empty);
        let noise: Vec<u8> = (0..4096u32)
            .map(|i| (i.wrapping_mul(2654435761) >> 13) as u8)
            .collect();
        assert_eq!(decode(&noise).unwrap_err(), SourceError::Binary);
    }

    #[test]
    fn broken_bytes_are_counted() {
        let mut bytes = SIMPLIFIED.as_bytes().to_vec();
        bytes.splice(3..4, [0xff]);
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.undecodable > 0);
        assert!(decoded.text.contains("政府信息公开"));
    }
}
