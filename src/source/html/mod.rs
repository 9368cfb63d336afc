//! Web pages as browsers and scrapers save them → text and blocks. The article is found
//! among the page's furniture; its title and metadata are kept also when they stand outside.

mod article;
mod join;
mod knowledge;
mod render;
mod table;
pub mod tree;
mod words;

use self::article::Article;
use self::knowledge::KNOWLEDGE;
use self::tree::{DOCUMENT, Id, Kind, Step, Tree};
use super::writer::Writer;
use super::{Block, Hints, plain};

/// What a page says.
#[derive(Debug)]
pub struct Page {
    /// The article, with its title and metadata.
    pub text: String,
    /// The text in pieces.
    pub blocks: Vec<Block>,
    /// What the page says of itself.
    pub hints: Hints,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// Reads a page that has been decoded.
pub fn read(page: &str) -> Page {
    let tree = Tree::parse(page);
    let hints = hints(&tree);
    let article = Article::find(&tree);
    let pieces = render::pieces(&tree, &article, hints.title.as_deref());
    let mut writer = Writer::default();
    for piece in join::join(pieces) {
        match piece {
            render::Piece::Table(grid) => writer.table(&grid),
            render::Piece::Line(line) => match line.heading {
                Some(level) => writer.heading(level, &line.words),
                None => writer.paragraph(&line.words),
            },
        }
    }
    let (text, blocks) = writer.finish();
    let blocks = plain::gather(&text, blocks);
    let mut notes = Vec::new();
    if tree.cut {
        notes.push("The page is nested too deeply or is too large to be understood as a whole; part of its layout was not read.".to_owned());
    }
    Page {
        text,
        blocks,
        hints,
        notes,
    }
}

/// What `<title>` and `<meta>` say.
fn hints(tree: &Tree) -> Hints {
    let mut metas: Vec<(String, String)> = Vec::new();
    let mut title = None;
    tree.walk(DOCUMENT, |step| {
        let Step::Enter(id) = step else { return true };
        let Some(element) = tree.element(id) else {
            return true;
        };
        match element.name() {
            "meta" => {
                let name = element
                    .attribute("name")
                    .or_else(|| element.attribute("property"));
                if let (Some(name), Some(content)) = (name, element.attribute("content"))
                    && metas.len() < 200
                {
                    metas.push((name.trim().to_lowercase(), line(content)));
                }
                true
            }
            "title" => {
                title = title.take().or_else(|| Some(line(&words(tree, id))));
                false
            }
            "svg" => false,
            _ => true,
        }
    });
    let named = |names: &[String]| {
        names.iter().find_map(|name| {
            let name = name.to_lowercase();
            metas
                .iter()
                .find(|(n, content)| *n == name && !content.is_empty())
                .map(|(_, content)| content.clone())
        })
    };
    let known = &KNOWLEDGE.hints;
    let site = named(&known.site);
    Hints {
        title: named(&known.title).or_else(|| {
            title
                .map(|t| without_site(&t, site.as_deref()))
                .filter(|t| !t.is_empty())
        }),
        published: named(&known.published),
        issuer: named(&known.issuer),
        site,
    }
}

/// `某县2012年报告_某县人民政府` without what follows the cut.
fn without_site(title: &str, site: Option<&str>) -> String {
    let first = KNOWLEDGE
        .hints
        .cuts
        .iter()
        .filter_map(|cut| title.find(cut.as_str()))
        .min();
    let parts: Vec<&str> = match first {
        None => vec![title],
        Some(at) => vec![&title[..at], &title[at..]],
    };
    let head = parts[0].trim();
    let is_site = site.is_some_and(|s| s == head) || head.chars().count() < 6;
    if is_site { title } else { head }.trim().to_owned()
}

fn words(tree: &Tree, root: Id) -> String {
    let mut words = String::new();
    tree.walk(root, |step| {
        if let Step::Enter(id) = step
            && let Kind::Text(text) = tree.kind(id)
        {
            words.push_str(text);
        }
        true
    });
    words
}

/// At most 300 characters, on one line.
fn line(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").chars().take(300).collect()
}

#[cfg(test)]
mod tests;
