//! The words by which titles, kinds, years and makers of reports are told
//! (`assets/titles.toml`).

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::words::WordList;

#[derive(Deserialize)]
pub(super) struct Wording {
    pub reports: WordList,
    pub annual: WordList,
    pub subjects: WordList,
    pub about: Vec<String>,
    pub announced: WordList,
    pub of_notice: WordList,
    pub not_of_notice: WordList,
    pub sites: WordList,
    pub welcome: WordList,
    pub broken_behind: WordList,
    pub other: Other,
    pub untitled: Untitled,
    pub year: Year,
    pub around: Around,
}

/// Titles of other documents.
#[derive(Deserialize)]
pub(super) struct Other {
    pub ends: WordList,
    pub trials: Vec<String>,
    pub words: WordList,
    pub affairs: WordList,
    pub not_affairs: WordList,
}

/// Reports without a title.
#[derive(Deserialize)]
pub(super) struct Untitled {
    pub said: WordList,
}

/// Where the year reported on stands.
#[derive(Deserialize)]
pub(super) struct Year {
    pub behind: Vec<String>,
    pub before: Vec<String>,
    pub dated: WordList,
    pub first: WordList,
    pub until: WordList,
    pub end: WordList,
}

/// What stands around a place's name.
#[derive(Deserialize)]
pub(super) struct Around {
    pub address: WordList,
    pub announced: WordList,
    pub made: WordList,
    pub report: WordList,
    pub contact: WordList,
    pub site: WordList,
}

pub(super) fn wording() -> &'static Wording {
    static WORDING: LazyLock<Wording> = LazyLock::new(|| {
        toml::from_str(include_str!("../../assets/titles.toml"))
            .expect("assets/titles.toml is checked by a test")
    });
    &WORDING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn the_words_of_titles_are_folded() {
        let data = include_str!("../../assets/titles.toml");
        let lists = data.lines().filter(|l| !l.starts_with('#'));
        let mut words = lists.flat_map(|l| l.split('"').skip(1).step_by(2));
        assert!(words.all(|w| fold(w) == w));
        assert!(wording().reports.is_in("年报"));
    }
}
