//! html5ever's tokens → a tree, within bounds: a page cannot make us use time, memory or
//! stack out of proportion to its size. What html5ever does at a tag grows with the depth
//! of the tree, at an attribute with the number of those before it, and one paragraph can
//! reopen every font ever opened; so all of that is added up as *work*, and once it is
//! spent the rest of the page is read as text without tags.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{Attribute, QualName, TokenizerResult};
use memchr::memmem;

use super::{DOCUMENT, Element, Id, Kind, NONE, Node, Tree, some};

/// What a page may cost.
pub(super) struct Limits {
    /// Nodes of the tree: a saved page of a megabyte has some ten thousand.
    nodes: usize,
    /// Steps spent on depth: ten thousand nested elements, opened and closed, take 150
    /// million.
    work: u64,
    /// Steps spent on the attributes of single tags.
    tag_work: u64,
}

pub(super) const LIMITS: Limits = Limits {
    nodes: 1_000_000,
    work: 200_000_000,
    tag_work: 1_000_000_000,
};
/// Bytes that are given to the parser at once.
const CHUNK: usize = 16 << 10;

/// Parses a page that may cost so much.
pub(super) fn within(page: &str, limits: Limits) -> Tree {
    let max_tag_work = limits.tag_work;
    let sink = Sink {
        limits,
        tree: RefCell::new(Tree {
            nodes: vec![Node::new(Kind::Other)],
            cut: false,
        }),
        work: Cell::new(0),
        depth: Cell::new(0),
    };
    let guard = Guard {
        builder: TreeBuilder::new(sink, Default::default()),
        tokens: Cell::new(0),
    };
    let tokenizer = Tokenizer::new(guard, Default::default());
    let queue = BufferQueue::default();
    let page = StrTendril::from(page);
    let (mut waiting, mut tag_work) = (0u64, 0u64);
    'page: for part in without_embedded(&page) {
        let mut at = part.start;
        while at < part.end {
            let mut end = (at + CHUNK).min(part.end);
            while !page.is_char_boundary(end) {
                end += 1;
            }
            let chunk = page.subtendril(at as u32, (end - at) as u32);
            let tokens = tokenizer.sink.tokens.get();
            queue.push_back(chunk.clone());
            while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
            at = end;
            if tokenizer.sink.tokens.get() != tokens {
                waiting = 0;
                continue;
            }
            // Still inside one tag (or comment): every attribute is compared with all
            // that came before it.
            let more = separators(&chunk);
            waiting += more;
            tag_work += more * waiting;
            if tag_work > max_tag_work {
                tokenizer.sink.builder.sink.tree.borrow_mut().cut = true;
                break 'page;
            }
        }
    }
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

impl Tree {
    fn place(&mut self, parent: Id, next: Id, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(handle) => self.insert(parent, next, handle.id),
            NodeOrText::AppendText(words) => {
                let before = if next == NONE {
                    self.nodes[parent as usize].last
                } else {
                    self.nodes[next as usize].before
                };
                if before != NONE
                    && let Kind::Text(text) = &mut self.nodes[before as usize].kind
                {
                    text.push_tendril(&words);
                } else {
                    let id = self.add(Kind::Text(words));
                    self.insert(parent, next, id);
                }
            }
        }
    }
}

/// The page without the bytes of pictures that are embedded as `data:` addresses.
fn without_embedded(page: &str) -> Vec<std::ops::Range<usize>> {
    const MARK: &str = ";base64,";
    let mut parts = Vec::new();
    let mut from = 0;
    for at in memmem::find_iter(page.as_bytes(), MARK) {
        let start = at + MARK.len();
        if start < from {
            continue;
        }
        let length = page.as_bytes()[start..]
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
            .count();
        if length > 256 {
            parts.push(from..start);
            from = start + length;
        }
    }
    parts.push(from..page.len());
    parts
}

/// Characters that can begin an attribute.
fn separators(chunk: &str) -> u64 {
    chunk
        .bytes()
        .filter(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'"' | b'\''))
        .count() as u64
}

/// Stands before the tree builder and counts what it is asked to do.
struct Guard {
    builder: TreeBuilder<Handle, Sink>,
    tokens: Cell<u64>,
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        self.tokens.set(self.tokens.get() + 1);
        if let Token::TagToken(tag) = &token {
            let sink = &self.builder.sink;
            sink.work
                .set(sink.work.get() + u64::from(sink.depth.get()) + 1);
            if sink.is_spent() && !may_pass(tag) {
                sink.tree.borrow_mut().cut = true;
                return TokenSinkResult::Continue;
            }
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Scripts and styles keep their tags, or they would be read as words.
fn may_pass(tag: &Tag) -> bool {
    matches!(&*tag.name, "script" | "style") && !(tag.kind == TagKind::StartTag && tag.self_closing)
}

/// What html5ever holds of a node.
#[derive(Debug, Clone)]
struct Handle {
    id: Id,
    name: QualName,
}

impl Handle {
    fn nameless(id: Id) -> Self {
        Self {
            id,
            name: QualName::new(None, Default::default(), Default::default()),
        }
    }
}

struct Sink {
    limits: Limits,
    tree: RefCell<Tree>,
    work: Cell<u64>,
    /// Of the element that came last.
    depth: Cell<u32>,
}

impl Sink {
    fn is_spent(&self) -> bool {
        self.work.get() > self.limits.work || self.tree.borrow().nodes.len() > self.limits.nodes
    }

    fn placed(&self, parent: Id, next: Id, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        let id = match &child {
            NodeOrText::AppendNode(handle) => Some(handle.id),
            NodeOrText::AppendText(_) => None,
        };
        tree.place(parent, next, child);
        if let Some(id) = id {
            self.depth.set(tree.nodes[id as usize].depth);
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle::nameless(DOCUMENT)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Handle {
        let id = self.tree.borrow_mut().add(Kind::Element(Element {
            name: name.clone(),
            attributes,
        }));
        Handle { id, name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle::nameless(self.tree.borrow_mut().add(Kind::Other))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Handle::nameless(self.tree.borrow_mut().add(Kind::Other))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.placed(parent.id, NONE, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let parent = self.tree.borrow().parent(element.id);
        match parent {
            Some(parent) => self.placed(parent, element.id, child),
            None => self.append(previous, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, a: &Handle, b: &Handle) -> bool {
        a.id == b.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.tree.borrow().parent(sibling.id);
        if let Some(parent) = parent {
            self.placed(parent, sibling.id, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Kind::Element(element) = &mut tree.nodes[target.id as usize].kind else {
            return;
        };
        for attribute in attributes {
            if element.attributes.len() < 100
                && !element.attributes.iter().any(|a| a.name == attribute.name)
            {
                element.attributes.push(attribute);
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        let mut next = tree.nodes[node.id as usize].first;
        while let Some(id) = some(next) {
            next = tree.nodes[id as usize].after;
            tree.insert(parent.id, NONE, id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Step;
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
    fn what_would_take_for_ever_is_cut() {
        let small = || Limits {
            nodes: 20_000,
            work: 1_000_000,
            tag_work: 10_000_000,
        };
        let parse = |page: &str| within(page, small());
        let fonts: String = (0..2_000)
            .map(|i| format!("<font color={i}><p>字"))
            .collect();
        let tree = parse(&fonts);
        assert!(tree.cut && tree.size() < 40_000);
        let deep = "<div>".repeat(5_000) + &"<p>".repeat(5_000) + "末";
        let tree = parse(&deep);
        assert!(tree.cut && words(&tree).contains('末'));
        assert!(parse(&"<div><table></div></table>".repeat(5_000)).cut);
        let attributes: String = (0..30_000).map(|i| format!(" a{i}=\">\"")).collect();
        assert!(parse(&format!("<p{attributes}>字")).cut);
    }
}
