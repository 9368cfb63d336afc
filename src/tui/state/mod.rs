//! What the program knows at one moment: plain data, no terminal, no files. Only `update`
//! changes it and only `screen` draws it.

pub mod analysis;
pub mod compare;
pub mod cursor;
pub mod form;
pub mod input;
pub mod layer;
pub mod library;
pub mod reader;
pub mod search;

use std::sync::Arc;

pub use analysis::AnalysisState;
pub use compare::CompareState;
pub use cursor::{Cursor, Step};
pub use input::Input;
pub use layer::Layer;
pub use library::LibraryState;
pub use reader::ReaderState;
pub use search::SearchState;
use serde::{Deserialize, Serialize};

use super::action::{Generation, Progress, Spot, Tone};
use super::command::{Context, Keymap};
use super::geometry::{self, Shell};
use crate::config::language::Language;
use crate::corpus::{Failure, Reviews};
use crate::query::Counts;

/// One of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// What there is.
    #[default]
    Library,
    /// One report.
    Reader,
    /// What says something.
    Search,
    /// Two or more reports.
    Compare,
    /// All reports: checks and ranks.
    Analysis,
}

impl Place {
    /// All of them, in the order of their keys.
    pub const ALL: [Self; 5] = [
        Self::Library,
        Self::Reader,
        Self::Search,
        Self::Compare,
        Self::Analysis,
    ];

    /// Where its keys are.
    pub fn context(self) -> Context {
        match self {
            Self::Library => Context::Library,
            Self::Reader => Context::Reader,
            Self::Search => Context::Search,
            Self::Compare => Context::Compare,
            Self::Analysis => Context::Analysis,
        }
    }
}

/// Which pane of a place has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// List, text, hits, figures.
    #[default]
    Main,
    /// Tree, outline, facets.
    Side,
    /// The field to type into.
    Input,
}

/// A report that was marked for comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Which.
    pub id: String,
    /// A short name: region and year.
    pub name: String,
}

/// A line for the person, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Good or bad.
    pub tone: Tone,
    /// What.
    pub text: String,
}

/// Everything.
#[derive(Debug)]
pub struct State {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The screen that is shown.
    pub place: Place,
    /// What lies over it, the topmost last.
    pub layers: Vec<Layer>,
    /// Place 1.
    pub library: LibraryState,
    /// Place 2.
    pub reader: ReaderState,
    /// Place 3.
    pub search: SearchState,
    /// Place 4.
    pub compare: CompareState,
    /// Place 5.
    pub analysis: AnalysisState,
    /// Reports marked for comparison, in order: A, B, …
    pub marks: Vec<Marked>,
    /// Places one came from, and those one went back from.
    pub trail: Trail,
    /// Language of the interface.
    pub language: Language,
    /// Which of the themes.
    pub theme: usize,
    /// How many there are.
    pub themes: usize,
    /// Widest line of running text.
    pub measure: u16,
    /// Whether the mouse is ours.
    pub mouse: bool,
    /// Which key does what.
    pub keymap: Arc<Keymap>,
    /// What is read: the name of the folder, or the samples.
    pub corpus: String,
    /// How much there is.
    pub counts: Counts,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// How far the index has come; none before anything is known.
    pub progress: Option<Progress>,
    /// What people say of findings.
    pub reviews: Reviews,
    /// Newest question for other files.
    pub copies_generation: Generation,
    /// Newest question for a file to correct.
    pub correct_generation: Generation,
    /// Something to tell.
    pub notice: Option<Notice>,
    /// Tag of the last question.
    pub generation: Generation,
    /// Whether to end.
    pub quit: bool,
}

/// Where one has been.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// Left behind, the last one last.
    pub back: Vec<(Place, Spot)>,
    /// Come back from, the last one last.
    pub forward: Vec<(Place, Spot)>,
}

impl State {
    /// Nothing known yet.
    pub fn new(language: Language, keymap: Arc<Keymap>) -> Self {
        Self {
            size: (80, 24),
            place: Place::default(),
            layers: Vec::new(),
            library: LibraryState::default(),
            reader: ReaderState::default(),
            search: SearchState::default(),
            compare: CompareState::default(),
            analysis: AnalysisState::default(),
            marks: Vec::new(),
            trail: Trail::default(),
            language,
            theme: 0,
            themes: 1,
            measure: 84,
            mouse: true,
            keymap,
            corpus: String::new(),
            counts: Counts::default(),
            failures: Vec::new(),
            progress: None,
            reviews: Reviews::default(),
            copies_generation: 0,
            correct_generation: 0,
            notice: None,
            generation: 0,
            quit: false,
        }
    }

    /// A tag for a new question.
    pub fn next_generation(&mut self) -> Generation {
        self.generation += 1;
        self.generation
    }

    /// Header, body and footer.
    pub fn shell(&self) -> Shell {
        geometry::shell(self.size.0, self.size.1)
    }

    /// The focus of the place that is shown.
    pub fn focus(&self) -> Focus {
        match self.place {
            Place::Library => self.library.focus,
            Place::Reader => self.reader.focus,
            Place::Search => self.search.focus,
            Place::Compare => Focus::Main,
            Place::Analysis => self.analysis.focus,
        }
    }

    /// The letter of a marked report.
    pub fn mark_of(&self, id: &str) -> Option<char> {
        let at = self.marks.iter().position(|m| m.id == id)?;
        Some(letter(at))
    }

    /// Tells the person something.
    pub fn tell(&mut self, tone: Tone, text: impl Into<String>) {
        self.notice = Some(Notice {
            tone,
            text: text.into(),
        });
    }

    /// Tells whether what a person said has been written, with `key` when it has; and
    /// whether it has.
    pub fn wrote(&mut self, key: &str, written: Result<String, String>) -> bool {
        let (tone, key, name, value) = match &written {
            Ok(path) => (Tone::Good, key, "path", path),
            Err(why) => (Tone::Bad, "notice.not_saved", "why", why),
        };
        let words = self.language.fill(key, &[(name, value)]);
        self.tell(tone, words);
        written.is_ok()
    }
}

/// A, B, C, …
pub fn letter(at: usize) -> char {
    u8::try_from(at)
        .ok()
        .filter(|&n| n < 26)
        .map_or('*', |n| (b'A' + n) as char)
}
