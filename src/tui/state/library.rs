//! Place 1: a tree of what there is, the list of what is in the chosen part of it, and a
//! preview of the selected report.

use std::collections::HashSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Cursor, Focus, Input};
use crate::query::{Filter, Grouping, Node, ReportRow, Sort};
use crate::report::Kind;
use crate::tui::action::{Doc, Generation};

/// Indicators that the list shows until the person chooses others.
pub const COLUMNS: [&str; 4] = [
    "disclosure.total",
    "requests.received.new",
    "review.total",
    "litigation.total",
];

/// State of the library.
#[derive(Debug)]
pub struct LibraryState {
    /// Which pane has the keys.
    pub focus: Focus,
    /// How the tree is built.
    pub grouping: Grouping,
    /// The whole tree, in drawing order.
    pub nodes: Vec<Node>,
    /// Labels from the root of nodes that a person has opened, or closed where they are
    /// open at first.
    pub turned: HashSet<String>,
    /// Line of the tree; 0 is "all".
    pub tree: Cursor,
    /// The part of the tree that is listed.
    pub part: Filter,
    /// What it is called.
    pub part_name: String,
    /// Words to filter by.
    pub filter: Input,
    /// Only this year.
    pub year: Option<i32>,
    /// Only reports, or only other documents.
    pub kind: Option<Kind>,
    /// Files too that repeat another of their body and year.
    pub copies: bool,
    /// Order of the list.
    pub sort: Sort,
    /// Indicators beside the reports.
    pub columns: Vec<String>,
    /// Sums of the columns over the whole list.
    pub totals: Vec<Option<Decimal>>,
    /// How long the list is.
    pub total: usize,
    /// Row number of the first of `rows`.
    pub offset: usize,
    /// The part of the list that is known.
    pub rows: Vec<ReportRow>,
    /// Whether any list has arrived.
    pub known: bool,
    /// Row of the list.
    pub list: Cursor,
    /// The report to select when the list arrives again.
    pub keep: Option<String>,
    /// Whether to show a preview.
    pub preview: bool,
    /// What it shows.
    pub previewed: Option<Result<Arc<Doc>, String>>,
    /// The report that the preview shows or will show.
    pub preview_id: Option<String>,
    /// Newest questions.
    pub list_generation: Generation,
    /// Newest questions.
    pub totals_generation: Generation,
    /// Newest questions.
    pub tree_generation: Generation,
    /// Newest questions.
    pub preview_generation: Generation,
}

impl Default for LibraryState {
    fn default() -> Self {
        Self {
            focus: Focus::Main,
            grouping: Grouping::default(),
            nodes: Vec::new(),
            turned: HashSet::new(),
            tree: Cursor::default(),
            part: Filter::default(),
            part_name: String::new(),
            filter: Input::default(),
            year: None,
            kind: None,
            copies: false,
            sort: Sort::default(),
            columns: COLUMNS.map(str::to_owned).to_vec(),
            totals: Vec::new(),
            total: 0,
            offset: 0,
            rows: Vec::new(),
            known: false,
            list: Cursor::default(),
            keep: None,
            preview: true,
            previewed: None,
            preview_id: None,
            list_generation: 0,
            totals_generation: 0,
            tree_generation: 0,
            preview_generation: 0,
        }
    }
}

/// A line of the tree as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Branch {
    /// Which node.
    pub node: usize,
    /// Open, closed, or nothing below it.
    pub open: Option<bool>,
}

impl LibraryState {
    /// The filter of the list.
    pub fn filter(&self) -> Filter {
        let mut filter = self.part.clone();
        filter.text = self.filter.text().trim().to_owned();
        filter.kind = self.kind;
        filter.copies = self.copies;
        if let Some(year) = self.year {
            filter.years = Some((year, year));
        }
        filter
    }

    /// The filter of the tree: all parts, but only with what the words and the year leave.
    pub fn tree_filter(&self) -> Filter {
        let mut filter = Filter {
            text: self.filter.text().trim().to_owned(),
            kind: self.kind,
            copies: self.copies,
            ..Filter::default()
        };
        filter.years = self.year.map(|y| (y, y));
        filter
    }

    /// The row with this number, when it is known.
    pub fn row(&self, at: usize) -> Option<&ReportRow> {
        self.rows.get(at.checked_sub(self.offset)?)
    }

    /// The report under the cursor.
    pub fn selected(&self) -> Option<&ReportRow> {
        self.row(self.list.at)
    }

    /// The path of labels of a node.
    pub fn path(&self, node: usize) -> String {
        let mut depth = u8::MAX;
        let mut labels = Vec::new();
        for n in self.nodes[..=node].iter().rev() {
            if n.depth < depth {
                labels.push(n.label.as_str());
                depth = n.depth;
            }
        }
        labels.reverse();
        labels.join(" › ")
    }

    /// Whether a node is open. A small tree is shown whole at first, a great one by its
    /// outermost branches.
    pub fn is_open(&self, path: &str) -> bool {
        (self.nodes.len() <= 60) != self.turned.contains(path)
    }

    /// Opens a node that is closed, closes one that is open.
    pub fn turn(&mut self, path: String) {
        if !self.turned.remove(&path) {
            self.turned.insert(path);
        }
    }

    /// Lines of the tree below "all", those inside closed nodes left out.
    pub fn branches(&self) -> Vec<Branch> {
        let mut out = Vec::new();
        let mut hidden: Option<u8> = None;
        for (at, node) in self.nodes.iter().enumerate() {
            if hidden.is_some_and(|depth| node.depth > depth) {
                continue;
            }
            let parent = self.nodes.get(at + 1).is_some_and(|n| n.depth > node.depth);
            let open = parent.then(|| self.is_open(&self.path(at)));
            hidden = (open == Some(false)).then_some(node.depth);
            out.push(Branch { node: at, open });
        }
        out
    }
}
