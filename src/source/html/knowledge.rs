//! `assets/pages.toml`: where an article stands in a page and what stands around it; and
//! the labels of metadata (`assets/metadata.toml`), by which it is known outside the article.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use super::tree::Element;
use crate::text::fold::is_han;

/// The tables of the asset, ready for use.
pub struct Knowledge {
    /// Ids, classes and names of the containers of articles.
    pub certain: Vec<Selector>,
    /// Those that often hold more.
    pub likely: Vec<Selector>,
    /// Where `<meta>` says what.
    pub hints: Hints,
    hidden_elements: HashSet<String>,
    hidden_styles: Vec<String>,
    furniture: Furniture,
    labels: AhoCorasick,
}

/// An id (`#`), a class (`.`) or an element's name, in small letters.
pub struct Selector(String);

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
    let selectors = |names: Vec<String>| {
        names
            .into_iter()
            .map(|n| Selector(n.to_lowercase()))
            .collect()
    };
    Knowledge {
        certain: selectors(data.article.certain),
        likely: selectors(data.article.likely),
        hints: data.hints,
        hidden_elements: data.hidden.elements,
        hidden_styles: data.hidden.styles,
        furniture: data.furniture,
        labels,
    }
});

impl Selector {
    /// Whether it names this element.
    pub fn is(&self, element: &Element) -> bool {
        match self.0.split_at_checked(1) {
            Some(("#", id)) => element
                .attribute("id")
                .is_some_and(|i| i.trim().eq_ignore_ascii_case(id)),
            Some((".", class)) => element.attribute("class").is_some_and(|names| {
                names
                    .split_ascii_whitespace()
                    .any(|n| n.eq_ignore_ascii_case(class))
            }),
            _ => element.name() == self.0,
        }
    }
}

impl Knowledge {
    /// Whether an element can never hold words of the article.
    pub fn is_dead(&self, element: &Element) -> bool {
        self.hidden_elements.contains(element.name())
    }

    /// Whether an element is not shown.
    pub fn is_hidden(&self, element: &Element) -> bool {
        if element.attribute("hidden").is_some() || element.attribute("aria-hidden") == Some("true")
        {
            return true;
        }
        let Some(style) = element.attribute("style").filter(|s| s.len() < 2000) else {
            return false;
        };
        if !style.contains([':']) {
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
                .any(|names| words(names).any(|w| known.names.contains(&w)))
    }

    /// Whether a line, folded, belongs to the page.
    pub fn is_furniture_line(&self, folded: &str) -> bool {
        let line = folded.trim_start_matches(|c: char| !c.is_alphanumeric() && !"【[".contains(c));
        if line.chars().count() > 60 {
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

    /// Whether a line, folded, is metadata as portals print it: a label and a colon.
    pub fn is_metadata_line(&self, folded: &str) -> bool {
        folded.chars().count() <= 160
            && !folded.contains('。')
            && self.labels.find_iter(folded).any(|m| {
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

/// The words of an id or class: `leftNav`, `left-nav`, `left_nav2` are "left" and "nav".
fn words(names: &str) -> impl Iterator<Item = String> + '_ {
    let whole = names
        .split_ascii_whitespace()
        .map(|n| n.to_ascii_lowercase());
    let mut parts = vec![String::new()];
    let mut small = false;
    for c in names.chars().take(400) {
        if !c.is_ascii_alphabetic() || c.is_ascii_uppercase() && small {
            parts.push(String::new());
        }
        small = c.is_ascii_lowercase();
        if c.is_ascii_alphabetic()
            && let Some(last) = parts.last_mut()
        {
            last.push(c.to_ascii_lowercase());
        }
    }
    whole.chain(parts).filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn names_are_cut_into_words() {
        let words: Vec<String> = words("leftNav page_footer2").collect();
        for word in ["leftnav", "left", "nav", "page", "footer"] {
            assert!(words.iter().any(|w| w == word), "{word}");
        }
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
        assert!(known.is_metadata_line(&fold("索 引 号：0012 发布日期：2013-1-2")));
        assert!(!known.is_metadata_line(&fold("公开的来源很多")));
        assert!(known.is_label(&fold("发布机构：")));
    }
}
