//! A layer with fields to fill in.

use super::Input;
use super::layer::About;
use crate::corpus::Override;

/// Fields to fill in.
#[derive(Debug, Clone)]
pub struct Form {
    /// Its title, in words.
    pub title: String,
    /// What it is about, in words.
    pub about: String,
    /// The fields.
    pub fields: Vec<Field>,
    /// The field that has the keys.
    pub at: usize,
    /// What is wrong with it, in words.
    pub error: Option<String>,
    /// What is done with it.
    pub purpose: Purpose,
}

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Key of its name in the language files.
    pub label: &'static str,
    /// What stands there when nothing is filled in, in words.
    pub otherwise: String,
    /// What is filled in.
    pub content: Content,
}

/// What is filled in.
#[derive(Debug, Clone)]
pub enum Content {
    /// Words.
    Text(Input),
    /// One of several, by keys of the language files.
    Choice(Vec<&'static str>, usize),
}

/// What is done with what is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A person corrects what was read of a file.
    Correct {
        /// Stable id of the file.
        id: String,
        /// Its path below the corpus root.
        path: String,
        /// What was said before; what the form does not ask for stays.
        said: Override,
    },
    /// A person says what is to be thought of a finding.
    Review(About),
}

impl Form {
    /// The words in a field.
    pub fn text(&self, at: usize) -> &str {
        match self.fields.get(at).map(|f| &f.content) {
            Some(Content::Text(input)) => input.text().trim(),
            _ => "",
        }
    }

    /// What is chosen in a field.
    pub fn choice(&self, at: usize) -> usize {
        match self.fields.get(at).map(|f| &f.content) {
            Some(Content::Choice(_, chosen)) => *chosen,
            _ => 0,
        }
    }
}
