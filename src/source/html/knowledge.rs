//! `assets/pages.toml`: where an article stands in a page and what stands around it; and
//! the labels of metadata (`assets/metadata.toml`), by which it is known outside the article.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use super::tree::Element;
use crate::text::fold::{fold, fold_char, is_han};

/// The tables of the asset, ready for use.
pub struct Knowledge {
    /// Ids (`#`), classes (`.`) and names of the containers of articles, by rank.
    containers: HashMap<String, Rank>,
    /// Where `<meta>` says what.
    pub hints: Hints,
    hidden_elements: HashSet<String>,
    hidden_styles: Vec<String>,
    furniture: Furniture,
    /// The characters that `furniture.begin` begins with.
    openers: HashSet<char>,
    labels: AhoCorasick,
}

/// How sure a container is, and its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// It holds the article and nothing else.
    Certain(usize),
    /// It often holds more.
    Likely(usize),
}

#[derive(Deserialize)]
struct Data {
    article: Article,
    hidden: Hidden,
    furniture: Furniture,
    hints: Hints,
}

#[derive(Deserialize)]
struct Article {
    certain: Vec<String>,
    likely: Vec<String>,
}

#[derive(Deserialize)]
struct Hidden {
    elements: HashSet<String>,
    styles: Vec<String>,
}

#[derive(Deserialize)]
struct Furniture {
    elements: HashSet<String>,
    roles: HashSet<String>,
    names: HashSet<String>,
    begin: Vec<String>,
    whole: HashSet<String>,
}

/// Names of `<meta>` by what they say; the earlier one wins.
#[derive(Deserialize)]
pub struct Hints {
    /// The article's title.
    pub title: Vec<String>,
    /// When it was published.
    pub published: Vec<String>,
    /// By whom.
    pub issuer: Vec<String>,
    /// The site.
    pub site: Vec<String>,
    /// What stands between an article's title and its site's name.
    pub cuts: Vec<String>,
    /// What footers print before the name of who runs the site.
    pub host: Vec<String>,
}

#[derive(Deserialize)]
struct Labels {
    field: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    words: Vec<String>,
}

/// The one copy of it.
pub static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    let data: Data = toml::from_str(include_str!("../../../assets/pages.toml"))
        .expect("assets/pages.toml is checked by a test");
    let labels: Labels = toml::from_str(include_str!("../../../assets/metadata.toml"))
        .expect("assets/metadata.toml is checked by a test");
    let labels = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(labels.field.iter().flat_map(|f| &f.words))
        .expect("labels are few");
    let ranked = |names: Vec<String>, rank: fn(usize) -> Rank| {
        names
            .into_iter()
            .enumerate()
            .map(move |(i, name)| (name.to_ascii_lowercase(), rank(i)))
    };
    Knowledge {
        containers: ranked(data.article.likely, Rank::Likely)
            .chain(ranked(data.article.certain, Rank::Certain))
            .collect(),
        hints: data.hints,
        hidden_elements: data.hidden.elements,
        hidden_styles: data.hidden.styles,
        openers: data
            .furniture
            .begin
            .iter()
            .filter_map(|b| b.chars().next())
            .collect(),
        furniture: data.furniture,
        labels,
    }
});

impl Knowledge {
    /// What an element is as a container of articles, by its id, classes and name.
    pub fn container(&self, element: &Element) -> Option<Rank> {
        let mut name = String::new();
        let mut rank = |sign: &str, word: &str| {
            name.clear();
            name.push_str(sign);
            name.push_str(word);
            name.make_ascii_lowercase();
            self.containers.get(&name).copied()
        };
        let id = element.attribute("id").and_then(|id| rank("#", id.trim()));
        let class = element.attribute("class").and_then(|classes| {
            classes
                .split_ascii_whitespace()
                .filter_map(|class| rank(".", class))
                .min()
        });
        let name = match element.name() {
            "div" | "span" | "p" | "td" | "a" | "li" => None,
            name => rank("", name),
        };
        id.into_iter().chain(class).chain(name).min()
    }

    /// Whether an element can never hold words of the article.
    pub fn is_dead(&self, element: &Element) -> bool {
        self.hidden_elements.contains(element.name())
    }

    /// Whether an element is not shown.
    pub fn is_hidden(&self, element: &Element) -> bool {
        self.looks_hidden(element) && !matches!(self.container(element), Some(Rank::Certain(_)))
    }

    /// As its attributes say; articles that a script shows later are hidden too.
    fn looks_hidden(&self, element: &Element) -> bool {
        if element.attribute("hidden").is_some() || element.attribute("aria-hidden") == Some("true")
        {
            return true;
        }
        let Some(style) = element.attribute("style").filter(|s| s.len() < 2000) else {
            return false;
        };
        // Most styles are about fonts.
        let may_hide = ["none", "NONE", "None", "idden", "IDDEN", "mso-hide", "-999"];
        if !may_hide.iter().any(|part| style.contains(part)) {
            return false;
        }
        let style: String = style
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        self.hidden_styles.iter().any(|s| style.contains(s))
    }

    /// Whether an element's name, role, id or class says that it is furniture.
    pub fn is_furniture(&self, element: &Element) -> bool {
        let known = &self.furniture;
        known.elements.contains(element.name())
            || element
                .attribute("role")
                .is_some_and(|r| known.roles.contains(r))
            || ["id", "class"]
                .into_iter()
                .filter_map(|a| element.attribute(a))
                .any(|names| any_word(names, |w| known.names.contains(w)))
    }

    /// Whether a text begins as texts of the page do, and not of the article.
    pub fn begins_furniture(&self, text: &str) -> bool {
        let text = text.trim_start();
        let Some(first) = text.chars().next().map(fold_char) else {
            return false;
        };
        self.openers.contains(&first) && !text.contains('。') && {
            let begin: String = text.chars().take(20).collect();
            let begin = fold(&begin);
            self.furniture
                .begin
                .iter()
                .any(|b| begin.starts_with(b.as_str()))
        }
    }

    /// Whether a line, folded, belongs to the page.
    pub fn is_furniture_line(&self, folded: &str) -> bool {
        let line = folded.trim_start_matches(|c: char| !c.is_alphanumeric() && !"【[".contains(c));
        if line.chars().count() > 60 && (line.contains('。') || line.chars().count() > 300) {
            return false;
        }
        let bare: String = line.chars().filter(|c| is_han(*c) || *c == '>').collect();
        self.furniture.whole.contains(&bare) && !line.chars().any(|c| c.is_ascii_alphanumeric())
            || self
                .furniture
                .begin
                .iter()
                .any(|b| line.starts_with(b.as_str()))
    }

    /// Whether a line is metadata as portals print it: a label and a colon; or labels and
    /// values with nothing but blanks between them.
    pub fn is_metadata(&self, words: &str, folded: &str) -> bool {
        if folded.chars().count() > 160 || folded.contains('。') {
            return false;
        }
        let mut words = words.split_whitespace().map(fold);
        let spaced = words.next().is_some_and(|first| self.is_label(&first))
            && words.any(|word| self.is_label(&word));
        spaced
            || self.labels.find_iter(folded).any(|m| {
                let before = folded[..m.start()].chars().next_back();
                before.is_none_or(|c| !is_han(c)) && folded[m.end()..].starts_with([':', '】', ']'])
            })
    }

    /// Whether a cell or line, folded, is a label of metadata and nothing else.
    pub fn is_label(&self, folded: &str) -> bool {
        let bare = folded.trim_matches(|c| matches!(c, ':' | '【' | '】' | '[' | ']'));
        self.labels
            .find(bare)
            .is_some_and(|m| m.start() == 0 && m.end() == bare.len())
    }
}

/// Whether a word of an id or class is one of those: `leftNav`, `left-nav`, `left_nav2` are
/// "left" and "nav"; each name is also a word as a whole.
fn any_word(names: &str, is: impl Fn(&str) -> bool) -> bool {
    let mut word = String::new();
    for name in names.split_ascii_whitespace().take(20) {
        word.clear();
        word.push_str(name);
        word.make_ascii_lowercase();
        if is(&word) {
            return true;
        }
        word.clear();
        let mut small = false;
        for c in name.chars().chain(['-']).take(100) {
            if (!c.is_ascii_alphabetic() || c.is_ascii_uppercase() && small) && !word.is_empty() {
                if is(&word) {
                    return true;
                }
                word.clear();
            }
            small = c.is_ascii_lowercase();
            if c.is_ascii_alphabetic() {
                word.push(c.to_ascii_lowercase());
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        for word in ["leftnav", "left", "nav", "page", "footer", "page_footer2"] {
            assert!(any_word("leftNav page_footer2", |w| w == word), "{word}");
        }
        assert!(!any_word("leftNav", |w| w == "leftn" || w == "foot"));
    }

    #[test]
    fn lines_of_the_page_are_told_from_lines_of_the_article() {
        let known = &KNOWLEDGE;
        for line in [
            "您现在的位置:首页>年报",
            "【打印】【关闭】",
            "[ 打印 ] [ 关闭 ]",
            "分享到:",
        ] {
            assert!(known.is_furniture_line(&fold(line)), "{line}");
        }
        for line in ["打印机采购情况", "分享经验的做法", "一、概述", "索引号:A1"]
        {
            assert!(!known.is_furniture_line(&fold(line)), "{line}");
        }
        let is_metadata = |line| known.is_metadata(line, &fold(line));
        assert!(is_metadata("索 引 号：0012 发布日期：2013-1-2"));
        assert!(is_metadata("索引号 0012 发文字号"));
        assert!(!is_metadata("公开的来源很多"));
        assert!(!is_metadata("来源 很多"));
        assert!(known.is_label(&fold("发布机构：")));
    }
}
