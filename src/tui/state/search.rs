//! Place 3: a query, what it finds, and how the finds are spread.

use std::ops::Range;

use super::{Cursor, Focus, Input};
use crate::query::{Hit, HitGroup, SearchPage};
use crate::text::clean::{Mapped, clean_line, mapped};
use crate::tui::action::Generation;

/// State of the search.
#[derive(Debug, Default)]
pub struct SearchState {
    /// The query.
    pub input: Input,
    /// Which pane has the keys.
    pub focus: Focus,
    /// The newest answer.
    pub page: Option<SearchPage>,
    /// The query it answers.
    pub answered: String,
    /// Line of the finds.
    pub cursor: Cursor,
    /// Line of the facets.
    pub facet: Cursor,
    /// Queries of the past, the last one last.
    pub history: Vec<String>,
    /// Which of them is in the field, counted from the last.
    pub recalled: Option<usize>,
    /// What was typed before one was recalled.
    pub draft: String,
    /// Newest question.
    pub generation: Generation,
    /// The query asked last.
    pub asked: String,
}

/// A line of the finds.
#[derive(Debug, Clone, Copy)]
pub enum FindLine<'a> {
    /// The report that the following were found in.
    Report(&'a HitGroup),
    /// Section and title.
    Section(&'a HitGroup, &'a Hit),
    /// The words around it.
    Snippet(&'a HitGroup, &'a Hit),
}

/// A line of the facets, with the term that narrows the query to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FacetLine {
    /// A heading: key of its text.
    Heading(&'static str),
    /// A value, how often, and the term.
    Value {
        /// What it is called; empty for unknown.
        label: String,
        /// How many sections.
        count: usize,
        /// What to add to the query; empty when there is nothing to add.
        term: String,
    },
}

impl SearchState {
    /// Lines of the finds: a report, then two lines for each section.
    pub fn lines(&self) -> Vec<FindLine<'_>> {
        let mut out = Vec::new();
        for group in self.page.iter().flat_map(|p| &p.groups) {
            out.push(FindLine::Report(group));
            for hit in &group.hits {
                out.push(FindLine::Section(group, hit));
                if repeated(&hit.snippet, hit.title.trim()) < hit.snippet.len() {
                    out.push(FindLine::Snippet(group, hit));
                }
            }
        }
        out
    }

    /// Whether the answer on the screen is older than the words in the field.
    pub fn is_stale(&self) -> bool {
        self.answered != self.input.text()
    }

    /// Lines of the facets.
    pub fn facets(&self) -> Vec<FacetLine> {
        let Some(page) = &self.page else {
            return Vec::new();
        };
        let facets = &page.facets;
        let mut out = Vec::new();
        if !facets.years.is_empty() {
            out.push(FacetLine::Heading("search.years"));
        }
        out.extend(facets.years.iter().map(|(year, count)| FacetLine::Value {
            label: year.map(|y| y.to_string()).unwrap_or_default(),
            count: *count,
            term: year.map(|y| format!("year:{y}")).unwrap_or_default(),
        }));
        if !facets.regions.is_empty() {
            out.push(FacetLine::Heading("search.regions"));
        }
        out.extend(
            facets
                .regions
                .iter()
                .map(|(_, name, count)| FacetLine::Value {
                    label: name.clone(),
                    count: *count,
                    term: match name.is_empty() {
                        true => String::new(),
                        false => format!("region:{name}"),
                    },
                }),
        );
        if !facets.levels.is_empty() {
            out.push(FacetLine::Heading("search.levels"));
        }
        out.extend(facets.levels.iter().map(|(level, count)| {
            FacetLine::Value {
                label: level.map(|l| level_key(l).to_owned()).unwrap_or_default(),
                count: *count,
                term: level
                    .map(|l| format!("level:{}", level_key(l)))
                    .unwrap_or_default(),
            }
        }));
        out
    }
}

/// A snippet that begins with the section's heading says it once more: how much of it that
/// is, with the signs after it.
fn repeated(snippet: &str, title: &str) -> usize {
    let Some(rest) = snippet.strip_prefix(title).filter(|_| !title.is_empty()) else {
        return 0;
    };
    let body = rest.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '。' | '：' | ':' | '.' | '#' | '|')
    });
    // An ellipsis alone says nothing.
    if body.trim_matches(['…', ' ']).is_empty() {
        return snippet.len();
    }
    snippet.len() - body.len()
}

/// The snippet as it is shown and its marks.
fn shown(hit: &Hit) -> (Mapped, Vec<Range<usize>>, String, usize) {
    let snippet = mapped(&hit.snippet);
    let place = |m: &(usize, usize)| {
        let from = snippet.place(m.0);
        from..snippet.place(m.1).max(from)
    };
    let marks = hit.marks.iter().map(place).collect();
    let title = clean_line(&hit.title).trim().to_owned();
    let cut = repeated(snippet.text(), &title);
    (snippet, marks, title, cut)
}

/// The heading of a find, and what was found in it.
pub fn titled(hit: &Hit) -> (String, Vec<Range<usize>>) {
    let (_, marks, title, cut) = shown(hit);
    let end = if cut > 0 { title.len() } else { 0 };
    let marks = marks.into_iter().filter(|m| m.end <= end);
    (title, marks.collect())
}

/// The words around a find without its heading; empty when there are no others.
pub fn around(hit: &Hit) -> (String, Vec<Range<usize>>) {
    let (snippet, marks, _, cut) = shown(hit);
    let marks = marks.into_iter().filter(|m| m.start >= cut);
    let words = snippet.text()[cut..].to_owned();
    (words, marks.map(|m| m.start - cut..m.end - cut).collect())
}

/// The name of a level in queries and language keys.
pub fn level_key(level: crate::report::Level) -> &'static str {
    use crate::report::Level;
    match level {
        Level::National => "national",
        Level::Province => "province",
        Level::Prefecture => "prefecture",
        Level::County => "county",
        Level::Township => "township",
    }
}
