//! Names as they are typed: in Chinese of either script, in pinyin, or by initials.

use std::sync::LazyLock;

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::{PinyinData, PinyinNotation};

use crate::text::fold::{fold, is_han};

/// Whole syllables and first letters.
const NOTATIONS: PinyinNotation = PinyinNotation::Ascii.union(PinyinNotation::AsciiFirstLetter);

/// Readings of all characters, made once.
static PINYIN: LazyLock<PinyinData> = LazyLock::new(|| PinyinData::new(NOTATIONS));

/// Names that are not read as their characters mostly are, or not typed as they are read.
const ALIASES: [(&str, &str); 12] = [
    ("shaanxi", "陕西"),
    ("laoting", "乐亭"),
    ("leting", "乐亭"),
    ("lvliang", "吕梁"),
    ("lyuliang", "吕梁"),
    ("luan", "六安"),
    ("bengbu", "蚌埠"),
    ("lishui", "丽水"),
    ("taizhou", "台州"),
    ("neimenggu", "内蒙古"),
    ("inner mongolia", "内蒙古"),
    ("tibet", "西藏"),
];

/// One word that was typed.
pub(super) struct Needle {
    folded: String,
    alias: Option<&'static str>,
    /// Only for words in Latin letters.
    pinyin: Option<Box<IbMatcher<'static>>>,
}

impl Needle {
    /// The words of `typed`; all of them have to match.
    pub(super) fn all(typed: &str) -> Vec<Self> {
        // Blanks that the fold takes out between Chinese words separate them here.
        typed
            .split_whitespace()
            .map(Self::new)
            .filter(|n| !n.folded.is_empty())
            .collect()
    }

    /// One word.
    pub(super) fn new(typed: &str) -> Self {
        let folded = fold(typed);
        let latin = folded.chars().any(|c| c.is_ascii_alphabetic())
            && folded
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '\'' || is_han(c));
        let pinyin = latin.then(|| {
            let config = PinyinMatchConfig::builder(NOTATIONS)
                .data(&PINYIN)
                .allow_partial_pattern(true)
                .build();
            Box::new(IbMatcher::builder(folded.as_str()).pinyin(config).build())
        });
        let alias = ALIASES
            .iter()
            .find(|(spelt, _)| *spelt == folded)
            .map(|(_, name)| *name);
        Self {
            folded,
            alias,
            pinyin,
        }
    }

    /// Whether it is the year of a report (`2010`, `2010年`), or its first digits.
    pub(super) fn is_year(&self, year: Option<i32>) -> bool {
        let typed = self.folded.trim_end_matches('年');
        typed.len() >= 2
            && typed.bytes().all(|b| b.is_ascii_digit())
            && year.is_some_and(|y| y.to_string().starts_with(typed))
    }

    /// Whether it names a region or a department: by characters, pinyin or initials.
    /// `name` is in Simplified characters.
    pub(super) fn names(&self, name: &str) -> bool {
        name.contains(&self.folded)
            || self.alias.is_some_and(|alias| name.contains(alias))
            || self.pinyin.as_ref().is_some_and(|m| m.is_match(name))
    }

    /// Every way to cut Chinese words in two: 广州市教育局 is a place and a department.
    pub(super) fn cuts(&self) -> impl Iterator<Item = (&str, &str)> {
        let han = self.folded.chars().all(is_han) && self.folded.chars().count() <= 16;
        let cuts = self.folded.char_indices().skip(2).filter(move |_| han);
        cuts.map(|(at, _)| self.folded.split_at(at))
    }

    /// What was typed, in folded form.
    pub(super) fn text(&self) -> &str {
        &self.folded
    }

    /// Whether a name ends in it, the rank left off or not: 三亚 and 海南三亚市 name 三亚市.
    pub(super) fn ends(&self, name: &str) -> bool {
        const RANKS: [char; 8] = ['省', '市', '区', '县', '州', '盟', '旗', '镇'];
        name.ends_with(&self.folded)
            || name
                .strip_suffix(RANKS)
                .is_some_and(|short| !short.is_empty() && short.ends_with(&self.folded))
    }

    /// Whether it stands in `joined` (place and department) and reaches into the department.
    pub(super) fn reaches(&self, joined: &str, agency: &str) -> bool {
        let begins = joined.len() - agency.len();
        joined
            .find(&self.folded)
            .is_some_and(|at| at + self.folded.len() > begins)
    }

    /// Whether it occurs in a folded title. Initials would be found in nearly every one, so
    /// that four letters at least are asked for.
    pub(super) fn occurs(&self, title: &str) -> bool {
        title.contains(&self.folded)
            || self.alias.is_some_and(|alias| title.contains(alias))
            || (self.folded.len() >= 4 && self.pinyin.as_ref().is_some_and(|m| m.is_match(title)))
    }

    /// Whether it occurs in a path.
    pub(super) fn in_path(&self, path: &str) -> bool {
        if path.is_ascii() {
            // Nothing to fold but capitals.
            let (path, typed) = (path.as_bytes(), self.folded.as_bytes());
            return path
                .windows(typed.len().max(1))
                .any(|part| part.eq_ignore_ascii_case(typed));
        }
        self.occurs(&fold(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_characters_pinyin_and_initials() {
        for typed in [
            "三亚",
            "三亞",
            "sanya",
            "sy",
            "SanYa",
            "ｓａｎｙａ",
            "海南",
            "hn",
        ] {
            assert!(Needle::new(typed).names("海南省/三亚市"), "{typed}");
        }
        for typed in ["北京", "beijing", "sx", "三y三"] {
            assert!(!Needle::new(typed).names("海南省/三亚市"), "{typed}");
        }
        for (typed, name) in [
            ("shaanxi", "陕西省"),
            ("shanxi", "陕西省"),
            ("laoting", "乐亭县"),
            ("lvliang", "吕梁市"),
            ("luan", "六安市"),
            ("chongqing", "重庆市"),
        ] {
            assert!(Needle::new(typed).names(name), "{typed}");
        }
    }

    #[test]
    fn words_separated_by_blanks_are_several() {
        assert_eq!(Needle::all(" 三亚　2010 ").len(), 2);
        assert!(Needle::all("").is_empty());
    }
}
