//! Finds the article among menus, breadcrumbs, share bars, related lists and footers:
//! containers known by name first, else the part of the page with most words that are no
//! links (`20 × punctuation + characters − 15 × linked characters`).

use std::collections::{BTreeMap, HashSet};

use super::knowledge::{KNOWLEDGE, Rank};
use super::tree::{DOCUMENT, Id, Tree};
use super::weigh::Weighed;

/// A part of the best part is taken for it when it holds this share of its score.
const TIGHT: f64 = 0.97;
/// A known container must hold this share of what the best part holds.
const HOLDS: f64 = 0.8;
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

    /// The article and how many words it has.
    fn among(tree: &Tree, hidden: bool) -> (Self, i64) {
        let page = Weighed::of(tree, hidden);
        let best = densest(&page);
        let roots = known(&page, best).unwrap_or_else(|| vec![best]);
        let inside = || roots.iter().map(|r| page.weight(*r));
        let of_links = inside().map(|w| w.linked).sum::<i64>();
        let of_words = inside().map(|w| w.words).sum::<i64>();
        let mut dropped = page.dropped.clone();
        // A list of links beside a text is what else there is to read.
        if of_links < 4 * of_words {
            dropped.extend(page.order.iter().filter(|id| is_list_of_links(&page, **id)));
        }
        // What holds the article, or is it, is no furniture.
        let kept: HashSet<Id> = roots.iter().flat_map(|r| tree.ancestors(*r)).collect();
        dropped.extend(page.furniture.difference(&kept));
        let article = Self {
            roots,
            dropped,
            words: page.words(),
        };
        (article, of_words)
    }
}

fn is_list_of_links(page: &Weighed, id: Id) -> bool {
    let weight = page.weight(id);
    matches!(page.tree.name(id), "ul" | "ol" | "dl")
        && weight.linked >= LISTED
        && weight.linked > 8 * weight.words
}

/// The smallest part of the page that has nearly the best score.
fn densest(page: &Weighed) -> Id {
    let (tree, order) = (page.tree, &page.order);
    let may_be = |id: Id| {
        matches!(
            tree.name(id),
            "body" | "div" | "td" | "article" | "section" | "main" | "form" | "center" | "pre"
        ) && !page.furniture.contains(&id)
    };
    let best = order
        .iter()
        .filter(|id| may_be(**id))
        .map(|id| page.weight(*id).score)
        .max()
        .unwrap_or(0);
    let near = best as f64 * TIGHT;
    order
        .iter()
        .rev()
        .find(|id| may_be(**id) && best > 0 && page.weight(**id).score as f64 >= near)
        .or_else(|| order.iter().find(|id| tree.name(**id) == "body"))
        .copied()
        .unwrap_or(DOCUMENT)
}

/// The containers that a known name points to, if they hold about all that the best part does.
fn known(page: &Weighed, best: Id) -> Option<Vec<Id>> {
    let (tree, order) = (page.tree, &page.order);
    let needed = page.weight(best).words as f64 * HOLDS;
    let words = |ids: &[Id]| ids.iter().map(|i| page.weight(*i).words).sum::<i64>();
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
            let most = roots.iter().map(|r| page.weight(*r).words).max()?;
            roots.retain(|r| page.weight(*r).words * 10 >= most.max(20));
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
                let weight = page.weight(*id);
                // One that also holds a menu is looser than the best part.
                weight.words as f64 >= needed
                    && weight.linked <= page.weight(best).linked + weight.words / 50
            })
            // Of several that hold it all, the tightest.
            .min_by_key(|id| (page.weight(*id).words, std::cmp::Reverse(*id)))
            .map(|id| vec![id])
    })
}
