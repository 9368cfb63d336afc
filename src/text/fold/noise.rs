//! What scraping leaves inside sentences (`assets/noise.toml`): pronunciation in brackets
//! behind a character, stray placeholders, advertising strings put where a name stood.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::text::words::WordList;

/// A piece of noise: its length in bytes, and whether it tells of a repair.
pub(super) struct Skip {
    pub len: usize,
    pub counted: bool,
}

#[derive(Deserialize)]
struct Data {
    strings: WordList,
    advert: Advert,
    pattern: Vec<Pattern>,
}

/// The names of betting sites and their like, in Chinese.
#[derive(Deserialize)]
struct Advert {
    whole: WordList,
    names: WordList,
    tails: WordList,
}

#[derive(Deserialize)]
struct Pattern {
    group: usize,
    regex: String,
}

/// All that is known of noise.
pub(super) struct Noise {
    strings: WordList,
    advert: Advert,
    patterns: Vec<(Regex, usize)>,
}

static NOISE: LazyLock<Noise> = LazyLock::new(|| {
    let data: Data = toml::from_str(include_str!("../../../assets/noise.toml"))
        .expect("assets/noise.toml is checked by a test");
    let patterns = data
        .pattern
        .iter()
        .map(|p| {
            (
                Regex::new(&format!("^(?:{})", p.regex)).expect("checked by a test"),
                p.group,
            )
        })
        .collect();
    Noise {
        strings: data.strings,
        advert: data.advert,
        patterns,
    }
});

/// What is known, to be asked for many characters.
pub(super) fn known() -> &'static Noise {
    &NOISE
}

impl Noise {
    /// Whether noise begins at `rest` (which begins with `c`), after the folded character
    /// `before`.
    pub(super) fn at(&self, before: char, rest: &str, c: char) -> Option<Skip> {
        let skip = |len| Skip { len, counted: true };
        if super::is_han(c) {
            return self.advert(rest, c).map(skip);
        }
        if matches!(c, '(' | '（') {
            return gloss(before, rest).map(skip);
        }
        // Nearly every character begins nothing of the kind.
        if self.strings.may_begin(c)
            && let Some(s) = self.strings.beginning(rest)
        {
            return Some(skip(s.len()));
        }
        if let Some(len) = self.advert(rest, c) {
            return Some(skip(len));
        }
        let begins = matches!(c, '$' | '{' | '[')
            || c.is_ascii_alphabetic() && !before.is_ascii_alphanumeric();
        if !begins {
            return None;
        }
        self.patterns.iter().find_map(|(regex, group)| {
            let noise = regex.captures(rest)?.get(*group)?;
            Some(skip(noise.end()))
        })
    }

    /// Whether an advertisement may begin with this character: nearly none does.
    #[inline]
    pub(super) fn may_advertise(&self, c: char) -> bool {
        self.advert.names.may_begin(c) || self.advert.whole.may_begin(c)
    }

    /// Length of the advertisement that `rest`, which begins with `c`, begins with: a name that
    /// is nothing else, or a brand and the words that go with brands (官网, 登录, 平台 …).
    fn advert(&self, rest: &str, c: char) -> Option<usize> {
        if !self.may_advertise(c) {
            return None;
        }
        let known = &self.advert;
        if let Some(whole) = known.whole.beginning(rest) {
            return Some(whole.len());
        }
        let name = known.names.beginning(rest)?.len();
        let mut end = name;
        loop {
            let mark = rest[end..].starts_with(['-', '_', '·']);
            let from =
                end + usize::from(mark) * rest[end..].chars().next().map_or(0, char::len_utf8);
            match known.tails.beginning(&rest[from..]) {
                Some(tail) => end = from + tail.len(),
                None => break,
            }
        }
        (end > name).then_some(end)
    }
}

/// The character that an entity at the beginning of `rest` stands for, and the entity's
/// length: `&#20844;`, `&#x516c;`, also where `&` itself was written as an entity once or
/// twice. `None` as the character when it has no shape or is a control.
pub(super) fn entity(rest: &str) -> Option<(char, usize)> {
    let mut at = rest.strip_prefix('&').map(|_| 1)?;
    while rest[at..].starts_with("amp;") {
        at += 4;
    }
    let digits = rest[at..].strip_prefix('#')?;
    let (radix, digits) = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => (16, hex),
        None => (10, digits),
    };
    let count = digits
        .bytes()
        .take_while(|b| char::from(*b).is_digit(radix))
        .count();
    if !(2..=7).contains(&count) || !digits[count..].starts_with(';') {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(&digits[..count], radix).ok()?)?;
    Some((c, rest.len() - digits.len() + count + 1))
}

/// Length of a pronunciation in brackets behind a Chinese character, such as `(xiàn)`:
/// one to six letters of which exactly one bears a tone mark.
fn gloss(before: char, rest: &str) -> Option<usize> {
    if !super::is_han(before) {
        return None;
    }
    let (mut letters, mut marks) = (0, 0);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            'a'..='z' | 'ü' => letters += 1,
            'ā' | 'á' | 'ǎ' | 'à' | 'ē' | 'é' | 'ě' | 'è' | 'ī' | 'í' | 'ǐ' | 'ì' | 'ō' | 'ó'
            | 'ǒ' | 'ò' | 'ū' | 'ú' | 'ǔ' | 'ù' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ń' | 'ň' => {
                letters += 1;
                marks += 1;
            }
            ')' | '）' if letters > 0 && marks == 1 => return Some(at + c.len_utf8()),
            _ => return None,
        }
        if letters > 6 {
            return None;
        }
    }
    None
}
