//! Place 2: one report, laid out for the width at hand.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::{Cursor, Focus, Input};
use crate::audit::{Finding, Status};
use crate::corpus::Reviews;
use crate::tui::action::{Doc, Generation, Spot};
use crate::tui::page::{self, Page};
use crate::tui::text;

/// State of the reader.
#[derive(Debug, Default)]
pub struct ReaderState {
    /// The report, when there is one.
    pub doc: Option<Arc<Doc>>,
    /// It laid out for reading.
    pub page: Arc<Page>,
    /// First line on the screen.
    pub top: usize,
    /// Cells by which wide tables are moved to the left.
    pub shift: u16,
    /// Which pane has the keys.
    pub focus: Focus,
    /// Line of the outline.
    pub outline: Cursor,
    /// Figures in reading order.
    pub figures: Vec<usize>,
    /// Place in `figures` of the one under the cursor.
    pub figure: Option<usize>,
    /// For every figure id, the worst thing an audit says of it.
    pub flags: HashMap<String, Status>,
    /// Words to find.
    pub find: Input,
    /// Where they, or those of a search, stand in the text.
    pub hits: Vec<Range<usize>>,
    /// Which of them is under the cursor.
    pub hit: Option<usize>,
    /// What is being opened.
    pub wanted: Option<Spot>,
    /// The outline was asked for while the report was still being read.
    pub wanted_outline: bool,
    /// Query whose words to highlight once it is there.
    pub wanted_query: String,
    /// Finding to show once it is there: one of its own, or one that needed others.
    pub wanted_finding: Option<Finding>,
    /// Indicator whose figure to show once it is there.
    pub wanted_indicator: Option<String>,
    /// Why the report cannot be shown.
    pub error: Option<String>,
    /// Newest question.
    pub generation: Generation,
    /// Newest question about the layout.
    pub lay_generation: Generation,
}

impl ReaderState {
    /// Takes a report and forgets the one before.
    pub fn take(&mut self, doc: Arc<Doc>, page: Arc<Page>, reviews: &Reviews) {
        self.page = page;
        self.figures = (0..doc.reading.figures.len()).collect();
        self.figures
            .sort_by_key(|&i| page::emphasis(&doc.reading.figures[i]).start);
        self.flags = flags(&doc, reviews);
        self.figure = None;
        self.hits.clear();
        self.hit = None;
        self.find = Input::default();
        self.error = None;
        self.top = 0;
        self.shift = 0;
        self.outline = Cursor::default();
        self.doc = Some(doc);
    }

    /// Takes the same report laid out another way; the same words stay on top.
    pub fn relaid(&mut self, page: Arc<Page>) {
        let at = self.source_at_top();
        self.page = page;
        self.top = self.page.line_of(at);
        self.shift = 0;
    }

    /// The byte of the text at the top of the screen.
    pub fn source_at_top(&self) -> usize {
        self.page.source_at(self.top)
    }

    /// The line that shows a byte of the text.
    pub fn line_of(&self, source: usize) -> usize {
        self.page.line_of(source)
    }

    /// Bytes of the text on the screen of `height` lines.
    pub fn visible(&self, height: usize) -> Range<usize> {
        let last = (self.top + height.max(1)).min(self.page.lines.len());
        let end = last.checked_sub(1).and_then(|i| self.page.lines.get(i));
        let end = end.map_or(0, |l| self.page.view.map.source(l.range.end));
        self.source_at_top()..end
    }

    /// The section at the top of the screen: place in the report's outline.
    pub fn section(&self) -> Option<usize> {
        let doc = self.doc.as_ref()?;
        // A blank line before a heading belongs to the heading.
        let line = self.page.lines[self.top.min(self.page.lines.len())..]
            .iter()
            .find(|l| !l.range.is_empty())?;
        let at = self.page.view.map.source(line.range.start);
        let sections = &doc.reading.report.sections;
        let found = doc.reading.report.section_at(at)?;
        sections.iter().position(|s| s.id == found.id)
    }

    /// Something has been said of findings.
    pub fn reviewed(&mut self, reviews: &Reviews) {
        if let Some(doc) = &self.doc {
            self.flags = flags(doc, reviews);
        }
    }

    /// The figure under the cursor: place in the reading's list.
    pub fn current(&self) -> Option<usize> {
        self.figures.get(self.figure?).copied()
    }

    /// A name for where one is.
    pub fn title(&self) -> Option<&str> {
        self.doc.as_ref().map(|d| d.reading.report.title.as_str())
    }
}

/// What the checks say of the figures, those left out that a person has dismissed.
fn flags(doc: &Doc, reviews: &Reviews) -> HashMap<String, Status> {
    let mut flags = HashMap::new();
    let grave = |s: Status| match s {
        Status::Fail => 3,
        Status::Warn => 2,
        Status::Implied => 1,
        _ => 0,
    };
    for finding in &doc.reading.findings {
        let status = text::standing(finding, reviews);
        for id in &finding.figures {
            let known = flags.entry(id.clone()).or_insert(status);
            if grave(status) > grave(*known) {
                *known = status;
            }
        }
    }
    flags
}
