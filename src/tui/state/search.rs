//! Place 3: a query, what it finds, and how the finds are spread.

use super::{Cursor, Focus, Input};
use crate::query::{Hit, HitGroup, SearchPage};
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
                out.push(FindLine::Snippet(group, hit));
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
