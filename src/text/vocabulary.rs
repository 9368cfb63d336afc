//! Groups of words that mean the same in different parts of China (`assets/vocabulary.toml`):
//! 信息 here is 资讯 there. They are never folded into the text, which would spoil correct
//! words; queries and labels are expanded by them instead.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use super::fold::fold;

/// Most variants that one expression is expanded to.
pub const MAX_VARIANTS: usize = 16;

#[derive(Deserialize)]
struct Data {
    #[serde(default)]
    group: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    words: Vec<String>,
}

struct Vocabulary {
    finder: AhoCorasick,
    /// For every pattern of the finder the words that may stand in its place.
    equals: Vec<Vec<String>>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let data: Data = toml::from_str(include_str!("../../assets/vocabulary.toml"))
        .expect("assets/vocabulary.toml is checked by a test");
    let mut words = Vec::new();
    let mut equals = Vec::new();
    for group in data.group {
        let mut folded: Vec<String> = Vec::new();
        for word in &group.words {
            let word = fold(word);
            if !word.is_empty() && !folded.contains(&word) {
                folded.push(word);
            }
        }
        for word in &folded {
            words.push(word.clone());
            equals.push(folded.iter().filter(|w| *w != word).cloned().collect());
        }
    }
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&words)
        .expect("a few hundred short words");
    Vocabulary { finder, equals }
});

/// A folded expression and everything that says the same in other words, itself first, at
/// most [`MAX_VARIANTS`].
pub fn variants(folded: &str) -> Vec<String> {
    let mut variants = vec![String::new()];
    let mut at = 0;
    for found in VOCABULARY.finder.find_iter(folded) {
        let before = &folded[at..found.start()];
        for variant in &mut variants {
            variant.push_str(before);
        }
        let word = &folded[found.range()];
        let others = &VOCABULARY.equals[found.pattern().as_usize()];
        let stems = variants.clone();
        for variant in &mut variants {
            variant.push_str(word);
        }
        'full: for other in others {
            for stem in &stems {
                if variants.len() >= MAX_VARIANTS {
                    break 'full;
                }
                variants.push(format!("{stem}{other}"));
            }
        }
        at = found.end();
    }
    for variant in &mut variants {
        variant.push_str(&folded[at..]);
    }
    variants
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_expanded_by_every_word_in_it() {
        assert_eq!(variants("政府信息公开"), ["政府信息公开", "政府资讯公开"]);
        assert_eq!(variants("政府资讯公开"), ["政府资讯公开", "政府信息公开"]);
        assert_eq!(variants("三亚"), ["三亚"]);
        let both = variants("信息网络");
        assert_eq!(both[0], "信息网络");
        for other in ["资讯网络", "信息网路", "资讯网路"] {
            assert!(both.iter().any(|v| v == other), "{other}");
        }
        assert!(variants(&"信息网络".repeat(20)).len() <= MAX_VARIANTS);
    }
}
