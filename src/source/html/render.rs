//! The article as a browser shows it: lines and tables, in order. Of what stands outside
//! the article only its title and its metadata are kept.

use super::article::Article;
use super::knowledge::KNOWLEDGE;
use super::table;
use super::tree::{DOCUMENT, Id, Kind, Step, Tree};
use super::words::Words;
use crate::source::grid::Grid;
use crate::text::fold::{fold, is_han};
use crate::text::numeral::starts_with_marker;

/// A heading is not longer than this, in characters.
const MAX_HEADING: usize = 90;

/// A line or a table.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// A line of text.
    Line(Line),
    /// A table that holds data.
    Table(Grid),
}

/// A line of text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub words: String,
    /// Level of the heading that it is.
    pub heading: Option<u8>,
    /// It ends with `<br>` or within `<pre>`: perhaps the sentence goes on.
    pub soft: bool,
}

/// The pieces of a page.
pub fn pieces(tree: &Tree, article: &Article, title: Option<&str>) -> Vec<Piece> {
    let indented = is_indented(tree);
    let mut render = Render {
        tree,
        article,
        title: title.map(fold).unwrap_or_default(),
        words: Words::new(indented),
        indented,
        inside: 0,
        links: 0,
        preformatted: 0,
        heading: None,
        titled: 0,
        lists: Vec::new(),
        item: None,
        begun: false,
        label: false,
        pieces: Vec::new(),
        outer_title: None,
        waiting: Vec::new(),
        draining: false,
    };
    render.walk(DOCUMENT);
    render.finish()
}

struct Render<'a> {
    tree: &'a Tree,
    article: &'a Article,
    /// What the page says its title is, folded.
    title: String,
    words: Words,
    indented: bool,
    /// Containers of the article that we are in.
    inside: usize,
    links: usize,
    preformatted: usize,
    heading: Option<u8>,
    /// Elements named "title" that we are in.
    titled: usize,
    /// Of each list that we are in: the next number, if it has numbers.
    lists: Vec<Option<usize>>,
    /// The number of the list item that begins here.
    item: Option<usize>,
    /// The article has begun.
    begun: bool,
    /// The last line outside the article was a label alone: its value follows.
    label: bool,
    pieces: Vec<Piece>,
    /// The title outside the article: where among the pieces, and its words.
    outer_title: Option<(usize, String)>,
    /// Tables that stood in cells.
    waiting: Vec<Id>,
    /// They are being read: no further turn of that.
    draining: bool,
}

impl Render<'_> {
    fn walk(&mut self, root: Id) {
        let tree = self.tree;
        tree.walk(root, |step| match step {
            Step::Enter(id) => self.enter(id, root),
            Step::Leave(id) => {
                self.leave(id);
                true
            }
        });
    }

    fn enter(&mut self, id: Id, root: Id) -> bool {
        let element = match self.tree.kind(id) {
            Kind::Text(text) => {
                self.text(text);
                return true;
            }
            Kind::Other => return true,
            Kind::Element(element) => element,
        };
        if self.article.is_dropped(id) {
            return false;
        }
        if self.article.is_root(id) {
            self.flush(false);
            self.inside += 1;
            self.begun = true;
            self.label = false;
        }
        let name = element.name();
        match name {
            "br" => {
                if self.heading.is_some() {
                    self.words.blank();
                } else {
                    self.flush(true);
                }
            }
            "a" => self.links += 1,
            "table" if id != root => {
                self.flush(false);
                if let Some(data) = table::read(self.tree, self.article, id, self.indented) {
                    self.table(data);
                    return false;
                }
            }
            _ if table::is_block(name) => {
                self.flush(false);
                match name {
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                        self.heading = name[1..].parse().ok();
                    }
                    "pre" => self.preformatted += 1,
                    "ul" | "menu" | "dir" => self.lists.push(None),
                    "ol" => {
                        let numbers = element.attribute("type").is_none_or(|t| t == "1");
                        let first = element.number("start").unwrap_or(1);
                        self.lists.push(numbers.then_some(first));
                    }
                    "li" => {
                        if let Some(Some(number)) = self.lists.last_mut() {
                            self.item = Some(*number);
                            *number += 1;
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        if self.inside == 0 && is_titled(element) {
            self.titled += 1;
        }
        true
    }

    fn leave(&mut self, id: Id) {
        let Some(element) = self.tree.element(id) else {
            return;
        };
        // What was not entered is left all the same.
        if self.article.is_dropped(id) {
            return;
        }
        let name = element.name();
        if name == "a" {
            self.links = self.links.saturating_sub(1);
        } else if table::is_block(name) {
            self.flush(false);
            match name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
                "pre" => self.preformatted = self.preformatted.saturating_sub(1),
                "ul" | "ol" | "menu" | "dir" => {
                    self.lists.pop();
                }
                _ => {}
            }
        }
        if self.inside == 0 && is_titled(element) {
            self.flush(false);
            self.titled = self.titled.saturating_sub(1);
        }
        if self.article.is_root(id) {
            self.flush(false);
            self.inside -= 1;
        }
    }

    fn text(&mut self, text: &str) {
        let linked = self.links > 0;
        if self.preformatted == 0 {
            self.words.push(text, linked);
            return;
        }
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.flush(true);
            }
            // Blanks stand for columns here.
            let line = line
                .trim_end()
                .replace(' ', "\u{a0}")
                .replace('\t', "\u{a0}\u{a0}\u{a0}\u{a0}");
            self.words.push(&line, linked);
        }
    }

    fn flush(&mut self, soft: bool) {
        let linked = self.words.is_linked();
        if self.words.is_empty() {
            self.words.take();
            return;
        }
        let mut words = self.words.take();
        if let Some(number) = self.item.take()
            && !starts_with_marker(words.trim_start())
        {
            words = format!("{number}.{}", words.trim_start());
        }
        let folded = fold(&words);
        let heading = self.heading.filter(|_| {
            words.chars().count() <= MAX_HEADING && !folded.trim_end_matches('。').contains('。')
        });
        if self.inside > 0 {
            if !KNOWLEDGE.is_furniture_line(&folded) {
                self.pieces.push(Piece::Line(Line {
                    words,
                    heading,
                    soft,
                }));
            }
            return;
        }
        if self.is_outer_title(&folded, linked) {
            self.outer_title = Some((self.pieces.len(), words));
            self.label = false;
        } else if !linked
            && (KNOWLEDGE.is_label(&folded)
                || KNOWLEDGE.is_metadata(&words, &folded)
                || self.label && folded.chars().count() <= 60)
        {
            self.label = KNOWLEDGE.is_label(&folded) || folded.ends_with(':');
            self.pieces.push(Piece::Line(Line {
                words,
                heading: None,
                soft: false,
            }));
        } else {
            self.label = false;
        }
    }

    /// Whether a line before the article is its title.
    fn is_outer_title(&self, folded: &str, linked: bool) -> bool {
        let length = folded.chars().filter(|c| is_han(*c)).count();
        if self.begun || !(5..=MAX_HEADING).contains(&length) || folded.contains(['。', '>']) {
            return false;
        }
        if !self.title.is_empty() && (self.title.contains(folded) || folded.contains(&self.title)) {
            return !linked || self.heading.is_some() || self.title == folded;
        }
        !linked
            && (self.heading.is_some() || self.titled > 0)
            && folded.contains('年')
            && ["报告", "年报", "公开"].iter().any(|w| folded.contains(w))
    }

    fn table(&mut self, data: table::Data) {
        let keep = self.inside > 0
            || !data.linked
                && data.grid.rows.len() <= 30
                && data.grid.cells.iter().any(|c| KNOWLEDGE.is_label(&fold(c)));
        if keep {
            let grid = if self.inside > 0 {
                data.grid
            } else {
                labelled(data.grid)
            };
            self.pieces.push(Piece::Table(grid));
        }
        self.waiting.extend(data.inner.into_iter().rev());
        if self.draining {
            return;
        }
        self.draining = true;
        while let Some(id) = self.waiting.pop() {
            match table::read(self.tree, self.article, id, self.indented) {
                Some(inner) => self.table(inner),
                // The words of a mere frame belong to its cell.
                None => self.walk(id),
            }
        }
        self.draining = false;
    }

    fn finish(mut self) -> Vec<Piece> {
        self.flush(false);
        let Some((at, words)) = self.outer_title else {
            return self.pieces;
        };
        // Many pages print the title in the article once more.
        let folded = fold(&words);
        let repeated = self.pieces[at.min(self.pieces.len())..]
            .iter()
            .filter_map(|p| match p {
                Piece::Line(line) => Some(fold(&line.words)),
                Piece::Table(_) => None,
            })
            .take(4)
            .any(|line| line == folded);
        if !repeated {
            let title = Line {
                words,
                heading: Some(1),
                soft: false,
            };
            self.pieces.insert(at, Piece::Line(title));
        }
        self.pieces
    }
}

/// The rows of a table outside the article that have a label.
fn labelled(mut grid: Grid) -> Grid {
    let has: Vec<bool> = (0..grid.rows.len())
        .map(|y| (0..grid.rows[y].len()).any(|x| KNOWLEDGE.is_label(&fold(grid.words(y, x)))))
        .collect();
    grid.keep_rows(|y| has[y]);
    grid
}

fn is_titled(element: &super::tree::Element) -> bool {
    ["id", "class"]
        .iter()
        .filter_map(|a| element.attribute(a))
        .any(|names| {
            let names = names.to_ascii_lowercase();
            ["title", "tit", "biaoti", "headline", "bt"]
                .iter()
                .any(|n| {
                    names
                        .split(|c: char| !c.is_ascii_alphabetic())
                        .any(|w| w.ends_with(n))
                })
        })
        || element.name() == "ucaptitle"
}

/// Whether a tool has put every text of the page on lines of its own.
fn is_indented(tree: &Tree) -> bool {
    let (mut all, mut own) = (0, 0);
    tree.walk(DOCUMENT, |step| {
        if let Step::Enter(id) = step
            && let Kind::Text(text) = tree.kind(id)
            && !text.trim().is_empty()
        {
            all += 1;
            own += usize::from(
                text.starts_with(['\n', '\r'])
                    && text.trim_end_matches([' ', '\t']).ends_with('\n'),
            );
        }
        true
    });
    all >= 12 && own * 10 >= all * 9
}
