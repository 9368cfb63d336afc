//! A page as a tree in one vector, walked without recursion.

mod parse;

use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};

/// Place of a node in its tree.
pub type Id = u32;
const NONE: Id = Id::MAX;
/// The root of every tree.
pub const DOCUMENT: Id = 0;

/// A parsed page.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    /// The page asked for more work than it gets; from some place on its tags are missing.
    pub cut: bool,
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    parent: Id,
    first: Id,
    last: Id,
    before: Id,
    after: Id,
    depth: u32,
}

/// What a node is.
#[derive(Debug)]
pub enum Kind {
    /// The root, a comment or an instruction.
    Other,
    /// Words.
    Text(StrTendril),
    /// An element.
    Element(Element),
}

/// An element's name and attributes.
#[derive(Debug)]
pub struct Element {
    name: QualName,
    attributes: Vec<Attribute>,
}

impl Element {
    /// Its name in small letters.
    pub fn name(&self) -> &str {
        &self.name.local
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|a| &*a.name.local == name)
            .map(|a| &*a.value)
    }

    /// An attribute that is a number.
    pub fn number(&self, name: &str) -> Option<usize> {
        let value = self.attribute(name)?.trim();
        let digits = value.bytes().take_while(u8::is_ascii_digit).count();
        value[..digits].parse().ok()
    }
}

impl Tree {
    /// Parses a page, within bounds.
    pub fn parse(page: &str) -> Self {
        parse::within(page, parse::LIMITS)
    }

    /// What a node is.
    pub fn kind(&self, id: Id) -> &Kind {
        &self.nodes[id as usize].kind
    }

    /// The node as element.
    pub fn element(&self, id: Id) -> Option<&Element> {
        match self.kind(id) {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The node's element name; empty for anything else.
    pub fn name(&self, id: Id) -> &str {
        self.element(id).map_or("", Element::name)
    }

    /// How many nodes there are.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    /// The node that this one lies in.
    pub fn parent(&self, id: Id) -> Option<Id> {
        some(self.nodes[id as usize].parent)
    }

    /// The node itself and all that it lies in, outwards.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(Some(id), |id| self.parent(*id))
    }

    /// The nodes directly inside, in order.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(some(self.nodes[id as usize].first), |id| {
            some(self.nodes[*id as usize].after)
        })
    }

    /// Walks over a node and all inside it without recursion. `visit` is told of each node
    /// when it is entered (true: its inside is wanted) and left.
    pub fn walk(&self, root: Id, mut visit: impl FnMut(Step) -> bool) {
        let mut id = root;
        loop {
            let inside = visit(Step::Enter(id));
            let first = self.nodes[id as usize].first;
            if inside && first != NONE {
                id = first;
                continue;
            }
            loop {
                visit(Step::Leave(id));
                if id == root {
                    return;
                }
                let node = &self.nodes[id as usize];
                if node.after != NONE {
                    id = node.after;
                    break;
                }
                id = node.parent;
            }
        }
    }

    fn add(&mut self, kind: Kind) -> Id {
        self.nodes.push(Node::new(kind));
        (self.nodes.len() - 1) as Id
    }

    fn detach(&mut self, id: Id) {
        let node = &mut self.nodes[id as usize];
        let (parent, before, after) = (node.parent, node.before, node.after);
        (node.parent, node.before, node.after) = (NONE, NONE, NONE);
        if before != NONE {
            self.nodes[before as usize].after = after;
        } else if parent != NONE {
            self.nodes[parent as usize].first = after;
        }
        if after != NONE {
            self.nodes[after as usize].before = before;
        } else if parent != NONE {
            self.nodes[parent as usize].last = before;
        }
    }

    /// Puts a node before `next`, or at the end of `parent`.
    fn insert(&mut self, parent: Id, next: Id, id: Id) {
        self.detach(id);
        let before = if next == NONE {
            self.nodes[parent as usize].last
        } else {
            self.nodes[next as usize].before
        };
        let depth = self.nodes[parent as usize].depth + 1;
        let node = &mut self.nodes[id as usize];
        (node.parent, node.before, node.after, node.depth) = (parent, before, next, depth);
        if before == NONE {
            self.nodes[parent as usize].first = id;
        } else {
            self.nodes[before as usize].after = id;
        }
        if next == NONE {
            self.nodes[parent as usize].last = id;
        } else {
            self.nodes[next as usize].before = id;
        }
    }
}

/// A turn of [`Tree::walk`].
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// Into a node.
    Enter(Id),
    /// Out of it.
    Leave(Id),
}

impl Node {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            parent: NONE,
            first: NONE,
            last: NONE,
            before: NONE,
            after: NONE,
            depth: 0,
        }
    }
}

fn some(id: Id) -> Option<Id> {
    (id != NONE).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(tree: &Tree) -> String {
        let mut words = String::new();
        tree.walk(DOCUMENT, |step| {
            if let Step::Enter(id) = step
                && let Kind::Text(text) = tree.kind(id)
            {
                words.push_str(text);
            }
            true
        });
        words
    }

    #[test]
    fn cells_that_nobody_closed_are_cells() {
        let tree = Tree::parse("<table><tr><td>甲<td>乙<tr><td>丙</table>后");
        let cells = (0..tree.size() as Id)
            .filter(|id| tree.name(*id) == "td")
            .count();
        assert_eq!(cells, 3);
        assert_eq!(words(&tree), "甲乙丙后");
    }

    #[test]
    fn ten_thousand_nested_elements_are_a_tree() {
        let page = "<div>".repeat(10_000) + "申请<p>数量";
        let tree = Tree::parse(&page);
        assert!(!tree.cut);
        assert!(words(&tree).contains("申请"));
    }

    #[test]
    fn embedded_pictures_are_passed_over() {
        let page = format!(
            "<img src=\"data:image/png;base64,{}\">字",
            "iVBO/Rw0".repeat(100_000)
        );
        let tree = Tree::parse(&page);
        assert!(!tree.cut);
        assert_eq!(words(&tree), "字");
    }
}
