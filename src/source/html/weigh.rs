//! What each part of a page holds: words, words within links, punctuation, and a score made
//! of them. `article` chooses by it.

use std::collections::HashSet;

use super::knowledge::KNOWLEDGE;
use super::table;
use super::tree::{DOCUMENT, Element, Id, Kind, Step, Tree};
use crate::text::fold::is_han;

/// A named piece of furniture that holds more than this share of all words is none.
const MAX_FURNITURE: f64 = 0.3;
/// What a list of links takes, at most, from the score of the part that holds it: a short
/// report must not drown in the long list beside it.
const LOOSE: i64 = -100;

#[derive(Debug, Clone, Copy, Default)]
pub struct Weight {
    /// Chinese characters outside links.
    pub words: i64,
    /// Within links.
    pub linked: i64,
    /// Chinese punctuation outside links.
    marks: i64,
    /// The score of all inside that is no furniture.
    pub score: i64,
    /// A text that is the page's (主办单位：…): it speaks for no part.
    of_page: bool,
}

impl Weight {
    fn of_text(text: &str, in_link: bool) -> Self {
        let mut weight = Self {
            of_page: KNOWLEDGE.begins_furniture(text),
            ..Self::default()
        };
        for c in text.chars() {
            match (is_han(c), in_link) {
                (true, true) => weight.linked += 1,
                (true, false) => weight.words += 1,
                (false, false) if is_mark(c) => weight.marks += 1,
                (false, _) => {}
            }
        }
        weight
    }

    fn hold(&mut self, inner: Self) {
        self.words += inner.words;
        self.linked += inner.linked;
        self.marks += inner.marks;
    }
}

/// A page whose parts have been weighed.
pub struct Weighed<'t> {
    pub tree: &'t Tree,
    /// What is shown, in order.
    pub order: Vec<Id>,
    /// Elements that are not shown.
    pub dropped: HashSet<Id>,
    /// Elements that are furniture by their names, and not too much of the page for it.
    pub furniture: HashSet<Id>,
    weights: Vec<Weight>,
}

impl<'t> Weighed<'t> {
    /// `hidden`: hidden elements are looked at too.
    pub fn of(tree: &'t Tree, hidden: bool) -> Self {
        let mut page = Self {
            tree,
            order: Vec::new(),
            dropped: HashSet::new(),
            furniture: HashSet::new(),
            weights: vec![Weight::default(); tree.size()],
        };
        page.enter_all(hidden);
        page.sum();
        page.part_furniture();
        page.score();
        page
    }

    pub fn weight(&self, id: Id) -> Weight {
        self.weights[id as usize]
    }

    /// Of each node: the Chinese characters that are shown inside it.
    pub fn words(&self) -> Vec<u32> {
        let shown = |w: &Weight| (w.words + w.linked) as u32;
        self.weights.iter().map(shown).collect()
    }

    fn enter_all(&mut self, hidden: bool) {
        let tree = self.tree;
        let mut links = 0;
        tree.walk(DOCUMENT, |step| match step {
            Step::Enter(id) => {
                self.order.push(id);
                match tree.kind(id) {
                    Kind::Text(text) => {
                        self.weights[id as usize] = Weight::of_text(text, links > 0);
                        true
                    }
                    Kind::Element(element) => {
                        links += i32::from(element.name() == "a");
                        self.enter(id, element, hidden)
                    }
                    Kind::Other => true,
                }
            }
            Step::Leave(id) => {
                links -= i32::from(tree.name(id) == "a");
                true
            }
        });
    }

    /// Whether to look inside an element.
    fn enter(&mut self, id: Id, element: &Element, hidden: bool) -> bool {
        if KNOWLEDGE.is_dead(element) || !hidden && KNOWLEDGE.is_hidden(element) {
            self.dropped.insert(id);
            return false;
        }
        if KNOWLEDGE.is_furniture(element) {
            self.furniture.insert(id);
        }
        true
    }

    fn sum(&mut self) {
        for id in self.order.iter().rev() {
            if let Some(parent) = self.tree.parent(*id) {
                let inner = self.weights[*id as usize];
                self.weights[parent as usize].hold(inner);
            }
        }
    }

    /// Of what has the name of furniture, that which holds much of the page is none.
    fn part_furniture(&mut self) {
        let most = self.weights[DOCUMENT as usize].words as f64 * MAX_FURNITURE;
        let weights = &self.weights;
        self.furniture
            .retain(|id| (weights[*id as usize].words as f64) < most);
    }

    fn score(&mut self) {
        for id in self.order.iter().rev() {
            let leaf = matches!(self.tree.kind(*id), Kind::Text(_));
            let weight = &mut self.weights[*id as usize];
            if leaf && !weight.of_page {
                weight.score = 20 * weight.marks + weight.words - 15 * weight.linked;
            }
            let mut score = weight.score;
            if table::is_block(self.tree.name(*id)) {
                score = score.max(LOOSE);
            }
            if self.furniture.contains(id) {
                score = score.min(0);
            }
            if let Some(parent) = self.tree.parent(*id) {
                self.weights[parent as usize].score += score;
            }
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '、' | '；' | '：' | '（' | '）' | '“' | '”' | '《' | '》'
    )
}
