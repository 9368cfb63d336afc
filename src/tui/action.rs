//! Everything that can happen, and everything that can be asked of the world outside.
//! [`Action`]s go into `update`, [`Job`]s come out of it; nothing else changes the state.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::command::Command;
use super::page::Page;
use super::session::Session;
use super::state::analysis::Audited;
use crate::config::keymap::Key;
use crate::corpus::{Failure, Override, Review, Reviews};
use crate::query::compare::Comparison;
use crate::query::texts::Texts;
use crate::query::{
    self, Counts, Filter, Grouping, Node, Ranking, ReportRow, SearchPage, Sort, Window,
};
use crate::reading::Reading;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Action {
    /// A key was pressed.
    Key(Key),
    /// Text came in at once: pasted, or from an input method.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// A command was asked for by name: palette, signals, tests.
    Do(Command),
    /// The answer to a job.
    Arrived(Arrived),
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub kind: MouseKind,
    /// Column.
    pub x: u16,
    /// Row.
    pub y: u16,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// Left button down.
    Press,
    /// Wheel away from the hand.
    WheelUp,
    /// Wheel towards the hand.
    WheelDown,
}

/// Which question an answer belongs to. Answers to older ones are dropped.
pub type Generation = u64;

/// A file that has been read.
#[derive(Debug)]
pub struct Doc {
    /// Stable id.
    pub id: String,
    /// Path below the corpus root.
    pub path: String,
    /// Where it is on the disk; none for a sample.
    pub file: Option<PathBuf>,
    /// What a person says of it.
    pub said: Option<Override>,
    /// Everything it says.
    pub reading: Reading,
}

/// Work that is done elsewhere.
#[derive(Debug, Clone)]
pub enum Job {
    /// A window of the list.
    List {
        /// Tag of the answer.
        generation: Generation,
        /// Which reports.
        filter: Filter,
        /// In which order.
        sort: Sort,
        /// Which indicators beside them.
        columns: Vec<String>,
        /// Which part of the list.
        window: Window,
    },
    /// The tree beside the list.
    Tree {
        /// Tag of the answer.
        generation: Generation,
        /// By what.
        grouping: Grouping,
        /// Which reports.
        filter: Filter,
    },
    /// A search.
    Search {
        /// Tag of the answer.
        generation: Generation,
        /// As typed.
        query: String,
        /// Whether files that repeat another are found too.
        copies: bool,
        /// Which reports of those found.
        window: Window,
    },
    /// How much there is, and what could not be read.
    Counts,
    /// A report for the preview.
    Preview {
        /// Tag of the answer.
        generation: Generation,
        /// Which.
        id: String,
    },
    /// A report to read.
    Open {
        /// Tag of the answer.
        generation: Generation,
        /// Which.
        id: String,
        /// Cells of a line of it.
        width: u16,
        /// Whether to show its folded form.
        folded: bool,
    },
    /// The report that is open laid out another way.
    Lay {
        /// Tag of the answer.
        generation: Generation,
        /// The report.
        doc: Arc<Doc>,
        /// Cells of a line of it.
        width: u16,
        /// Whether to show its folded form.
        folded: bool,
    },
    /// Reports to compare.
    Compare {
        /// Tag of the answer.
        generation: Generation,
        /// Which, the first one pinned.
        ids: Vec<String>,
    },
    /// Sums over all reports of the list.
    Totals {
        /// Tag of the answer.
        generation: Generation,
        /// Which reports.
        filter: Filter,
        /// Which indicators.
        columns: Vec<String>,
    },
    /// A window of the reports in the order of what their checks found, the worst first.
    Worst {
        /// Tag of the answer.
        generation: Generation,
        /// Which reports.
        filter: Filter,
        /// Which part of the list.
        window: Window,
    },
    /// The open findings of some reports, held against those of the year before too.
    Audit {
        /// Tag of the answer.
        generation: Generation,
        /// The reports, each with the id of last year's.
        rows: Vec<(ReportRow, Option<String>)>,
    },
    /// Reports by an indicator.
    Rank {
        /// Tag of the answer.
        generation: Generation,
        /// Key of the indicator.
        key: String,
        /// Which reports.
        filter: Filter,
        /// The smallest first.
        ascending: bool,
        /// Which part of the list.
        window: Window,
    },
    /// All reports of the body that wrote this one.
    Years {
        /// Tag of the answer.
        generation: Generation,
        /// One of them.
        row: ReportRow,
    },
    /// The other files of the body and year of this one.
    Copies {
        /// Tag of the answer.
        generation: Generation,
        /// Which.
        id: String,
    },
    /// Two reports' texts section by section.
    Texts {
        /// Tag of the answer.
        generation: Generation,
        /// The reports.
        docs: [Arc<Doc>; 2],
    },
    /// A file to be corrected.
    ToCorrect {
        /// Tag of the answer.
        generation: Generation,
        /// Which.
        id: String,
    },
    /// Write down what a person says of a file.
    Correct {
        /// Which.
        id: String,
        /// Its path below the corpus root.
        path: String,
        /// What is said of it.
        said: Override,
    },
    /// What people say of findings.
    Reviews,
    /// Write down what a person says of a finding; none takes it back.
    Review {
        /// Which.
        fingerprint: String,
        /// What is said of it.
        review: Option<Review>,
    },
    /// Bring the index up to date.
    Rescan,
    /// Put text on the clipboard.
    Copy(String),
    /// Open a file in the editor at a line.
    Edit(PathBuf, usize),
    /// Write what is on the screen to a file in the current folder.
    Save {
        /// Name of the file.
        name: String,
        /// What to write.
        body: String,
    },
    /// Stop until the shell brings us back.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Remember where we are.
    Remember(Box<Session>),
}

/// An answer.
#[derive(Debug, Clone)]
pub enum Arrived {
    /// See [`Job::List`].
    List {
        /// Tag of the question.
        generation: Generation,
        /// First row of the page.
        offset: usize,
        /// The rows.
        page: query::Page<ReportRow>,
    },
    /// See [`Job::Tree`].
    Tree(Generation, Vec<Node>),
    /// See [`Job::Search`].
    Found(Generation, Box<SearchPage>),
    /// See [`Job::Counts`].
    Counts(Counts, Vec<Failure>),
    /// See [`Job::Totals`].
    Totals(Generation, Vec<Option<Decimal>>),
    /// See [`Job::Worst`]; with each report that of the year before, where there is one.
    Worst(Generation, query::Page<(ReportRow, Option<String>)>),
    /// See [`Job::Audit`].
    Audited(Generation, Vec<Audited>),
    /// See [`Job::Rank`].
    Ranked(Generation, Box<Ranking>),
    /// See [`Job::Years`]: their ids, the oldest first.
    Years(Generation, Vec<String>),
    /// See [`Job::Copies`]: the principal one first.
    Copies(Generation, Vec<ReportRow>),
    /// See [`Job::Preview`].
    Preview(Generation, Result<Arc<Doc>, String>),
    /// See [`Job::Open`].
    Opened(Generation, Result<(Arc<Doc>, Arc<Page>), String>),
    /// See [`Job::Texts`].
    Texts(Generation, Box<TextPair>),
    /// See [`Job::ToCorrect`].
    ToCorrect(Generation, Result<Arc<Doc>, String>),
    /// See [`Job::Correct`]: which file, and where it was written down.
    Corrected(String, Result<String, String>),
    /// See [`Job::Reviews`].
    Reviews(Reviews),
    /// See [`Job::Review`]: where it was written down.
    Reviewed(Result<String, String>),
    /// See [`Job::Lay`].
    Laid(Generation, Arc<Page>),
    /// See [`Job::Compare`].
    Compared(Generation, Result<Arc<Compared>, String>),
    /// How far the index has come.
    Progress(Progress),
    /// The index can be asked; reports may have come or gone.
    Changed,
    /// Something to tell, good or bad.
    Notice(Tone, String),
}

/// Two reports' texts, and what they have in common.
#[derive(Debug, Clone)]
pub struct TextPair {
    /// The reports.
    pub docs: [Arc<Doc>; 2],
    /// Their sections.
    pub texts: Texts,
}

/// Reports side by side.
#[derive(Debug)]
pub struct Compared {
    /// The reports, in order.
    pub docs: Vec<Arc<Doc>>,
    /// What they say of the same things.
    pub comparison: Comparison,
}

/// How far the index has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Files done.
    pub done: usize,
    /// Files in all.
    pub total: usize,
    /// Whether that was all.
    pub finished: bool,
}

/// Whether a notice is good news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Good,
    /// It did not.
    Bad,
}

/// A place in a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spot {
    /// Which report.
    pub id: String,
    /// Bytes of its text to show; empty for where one was.
    pub range: Range<usize>,
}
