//! Finds the article among menus, breadcrumbs, share bars, related lists and footers:
//! containers known by name first, else the part of the page with most words that are no
//! links (`20 × punctuation + characters − 15 × linked characters`).

use std::collections::{BTreeMap, HashSet};

use super::knowledge::{KNOWLEDGE, Rank};
use super::table;
use super::tree::{DOCUMENT, Id, Kind, Step, Tree};
use crate::text::fold::is_han;

/// A named piece of furniture that holds more than this share of all words is none.
const MAX_FURNITURE: f64 = 0.3;
/// A part of the best part is taken for it when it holds this share of its score.
const TIGHT: f64 = 0.97;
/// A known container must hold this share of what the best part holds.
const HOLDS: f64 = 0.8;
/// What a list of links takes, at most, from the score of the part that holds it: a short
/// report must not drown in the long list beside it.
const LOOSE: i64 = -100;
/// Chinese characters of a list of links that belongs to the page.
const LISTED: i64 = 40;
/// Most containers that one article is put together from.
const MAX_ROOTS: usize = 200;

/// What is shown of a page, and where its article is.
pub struct Article {
    /// The containers of the article, in order; none lies in another.
    pub roots: Vec<Id>,
    /// Elements that are not shown or are furniture.
    dropped: HashSet<Id>,
    /// Of each node: the Chinese characters that are shown inside it.
    words: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    /// Chinese characters outside links.
    words: i64,
    /// Within links.
    linked: i64,
    /// Chinese punctuation outside links.
    marks: i64,
    /// The score of all inside that is no furniture.
    score: i64,
    /// A text that is the page's (主办单位：…): it speaks for no part.
    of_page: bool,
}

impl Article {
    /// Looks at a page. Hidden elements are looked at only when nothing else is there.
    pub fn find(tree: &Tree) -> Self {
        let shown = Self::among(tree, false);
        if shown.1 >= 30 {
            return shown.0;
        }
        let all = Self::among(tree, true);
        if all.1 > shown.1 { all.0 } else { shown.0 }
    }

    /// Whether a container of the article begins here.
    pub fn is_root(&self, id: Id) -> bool {
        self.roots.contains(&id)
    }

    /// Chinese characters shown inside a node.
    pub fn words(&self, id: Id) -> usize {
        self.words[id as usize] as usize
    }

    /// Whether an element and all inside it is left out.
    pub fn is_dropped(&self, id: Id) -> bool {
        self.dropped.contains(&id)
    }

    fn among(tree: &Tree, hidden: bool) -> (Self, i64) {
        let mut dropped = HashSet::new();
        let mut named = Vec::new();
        let mut order = Vec::new();
        let mut weights = vec![Weight::default(); tree.size()];
        let mut links = 0;
        tree.walk(DOCUMENT, |step| match step {
            Step::Enter(id) => {
                let mut inside = true;
                match tree.kind(id) {
                    Kind::Text(text) => {
                        let weight = &mut weights[id as usize];
                        weight.of_page = KNOWLEDGE.begins_furniture(text);
                        for c in text.chars() {
                            if is_han(c) {
                                if links > 0 {
                                    weight.linked += 1;
                                } else {
                                    weight.words += 1;
                                }
                            } else if links == 0 && is_mark(c) {
                                weight.marks += 1;
                            }
                        }
                    }
                    Kind::Element(element) => {
                        if KNOWLEDGE.is_dead(element) || !hidden && KNOWLEDGE.is_hidden(element) {
                            dropped.insert(id);
                            inside = false;
                        } else if KNOWLEDGE.is_furniture(element) {
                            named.push(id);
                        }
                        links += i32::from(element.name() == "a");
                    }
                    Kind::Other => {}
                }
                order.push(id);
                inside
            }
            Step::Leave(id) => {
                links -= i32::from(tree.name(id) == "a");
                true
            }
        });
        for id in order.iter().rev() {
            let weight = weights[*id as usize];
            if let Some(parent) = tree.parent(*id) {
                let sum = &mut weights[parent as usize];
                sum.words += weight.words;
                sum.linked += weight.linked;
                sum.marks += weight.marks;
            }
        }
        let all = weights[DOCUMENT as usize].words;
        let furniture: HashSet<Id> = named
            .into_iter()
            .filter(|id| (weights[*id as usize].words as f64) < all as f64 * MAX_FURNITURE)
            .collect();
        for id in order.iter().rev() {
            let leaf = matches!(tree.kind(*id), Kind::Text(_));
            let weight = &mut weights[*id as usize];
            if leaf && !weight.of_page {
                weight.score = 20 * weight.marks + weight.words - 15 * weight.linked;
            }
            let mut score = weight.score;
            if table::is_block(tree.name(*id)) {
                score = score.max(LOOSE);
            }
            if furniture.contains(id) {
                score = score.min(0);
            }
            if let Some(parent) = tree.parent(*id) {
                weights[parent as usize].score += score;
            }
        }
        let best = densest(tree, &order, &weights, &furniture);
        let roots = known(tree, &order, &weights, best).unwrap_or_else(|| vec![best]);
        let inside = |root: &Id| weights[*root as usize];
        let of_links = roots.iter().map(inside).map(|w| w.linked).sum::<i64>();
        let of_words = roots.iter().map(inside).map(|w| w.words).sum::<i64>();
        // A list of links beside a text is what else there is to read.
        if of_links < 4 * of_words {
            let lists = order.iter().filter(|id| {
                let weight = weights[**id as usize];
                matches!(tree.name(**id), "ul" | "ol" | "dl")
                    && weight.linked >= LISTED
                    && weight.linked > 8 * weight.words
            });
            dropped.extend(lists);
        }
        // What holds the article, or is it, is no furniture.
        let mut kept: HashSet<Id> = HashSet::new();
        for root in &roots {
            kept.extend(tree.ancestors(*root));
        }
        dropped.extend(furniture.difference(&kept));
        let words = roots.iter().map(|r| weights[*r as usize].words).sum();
        let article = Self {
            roots,
            dropped,
            words: weights
                .iter()
                .map(|w| (w.words + w.linked) as u32)
                .collect(),
        };
        (article, words)
    }
}

/// The smallest part of the page that has nearly the best score.
fn densest(tree: &Tree, order: &[Id], weights: &[Weight], furniture: &HashSet<Id>) -> Id {
    let may_be = |id: Id| {
        matches!(
            tree.name(id),
            "body" | "div" | "td" | "article" | "section" | "main" | "form" | "center" | "pre"
        ) && !furniture.contains(&id)
    };
    let best = order
        .iter()
        .filter(|id| may_be(**id))
        .map(|id| weights[*id as usize].score)
        .max()
        .unwrap_or(0);
    let near = best as f64 * TIGHT;
    order
        .iter()
        .rev()
        .find(|id| may_be(**id) && best > 0 && weights[**id as usize].score as f64 >= near)
        .or_else(|| order.iter().find(|id| tree.name(**id) == "body"))
        .copied()
        .unwrap_or(DOCUMENT)
}

/// The containers that a known name points to, if they hold about all that the best part does.
fn known(tree: &Tree, order: &[Id], weights: &[Weight], best: Id) -> Option<Vec<Id>> {
    let needed = weights[best as usize].words as f64 * HOLDS;
    let words = |ids: &[Id]| ids.iter().map(|i| weights[*i as usize].words).sum::<i64>();
    let (mut certain, mut likely) = (BTreeMap::<usize, Vec<Id>>::new(), Vec::new());
    for id in order {
        match tree.element(*id).and_then(|e| KNOWLEDGE.container(e)) {
            Some(Rank::Certain(place)) => certain.entry(place).or_default().push(*id),
            Some(Rank::Likely(_)) => likely.push(*id),
            None => {}
        }
    }
    let certain = certain
        .into_values()
        .filter_map(|mut roots| {
            let most = roots.iter().map(|r| weights[*r as usize].words).max()?;
            roots.retain(|r| weights[*r as usize].words * 10 >= most.max(20));
            roots.truncate(MAX_ROOTS);
            let all: HashSet<Id> = roots.iter().copied().collect();
            roots.retain(|r| !tree.ancestors(*r).skip(1).any(|a| all.contains(&a)));
            Some(roots).filter(|r| !r.is_empty() && words(r) as f64 >= needed)
        })
        .max_by_key(|roots| words(roots));
    certain.or_else(|| {
        likely
            .into_iter()
            .filter(|id| {
                let weight = weights[*id as usize];
                // One that also holds a menu is looser than the best part.
                weight.words as f64 >= needed
                    && weight.linked <= weights[best as usize].linked + weight.words / 50
            })
            // Of several that hold it all, the tightest.
            .min_by_key(|id| (weights[*id as usize].words, std::cmp::Reverse(*id)))
            .map(|id| vec![id])
    })
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '、' | '；' | '：' | '（' | '）' | '“' | '”' | '《' | '》'
    )
}
