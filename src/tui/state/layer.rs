//! What lies over a place: a list to pick from, or something to read.

use super::form::Form;
use super::{Cursor, Input};
use crate::query::SortKey;
use crate::report::{Kind, Level, Part};
use crate::tui::action::Spot;
use crate::tui::command::Command;
use crate::tui::fuzzy::Match;

/// A layer.
#[derive(Debug, Clone)]
pub enum Layer {
    /// A list to pick from, narrowed by typing.
    Picker(Picker),
    /// Something to read.
    Card(Card),
    /// Fields to fill in.
    Form(Form),
}

/// A list to pick from.
#[derive(Debug, Clone)]
pub struct Picker {
    /// Key of its title in the language files.
    pub title: &'static str,
    /// What there is to pick.
    pub items: Vec<Item>,
    /// Words to narrow by.
    pub input: Input,
    /// Items that are left, the best first, with the bytes of their labels that matched.
    pub left: Vec<(usize, Match)>,
    /// Line of those left.
    pub cursor: Cursor,
    /// Several can be chosen: Space or Tab marks, Enter takes.
    pub several: bool,
    /// Columns it wants.
    pub width: u16,
}

/// Something to pick.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it is called.
    pub label: String,
    /// What else to know; searched too.
    pub detail: String,
    /// What stands at the right edge.
    pub aside: String,
    /// Cells of indent.
    pub depth: u8,
    /// Whether it is chosen now.
    pub chosen: bool,
    /// What picking it means.
    pub pick: Pick,
}

/// What picking an item means.
#[derive(Debug, Clone, PartialEq)]
pub enum Pick {
    /// A command.
    Command(Command),
    /// An order of the list.
    Sort(SortKey),
    /// Only this year, or all.
    Year(Option<i32>),
    /// An indicator as column of the list.
    Column(String),
    /// A place in the report's outline.
    Section(usize),
    /// The first section of a canonical part.
    Part(Part),
    /// A place in the text, to show a finding.
    Finding(usize),
    /// Another report.
    Report(String),
    /// Figures of a group only, or all.
    Indicators(Option<String>),
    /// Reports, other documents, or both.
    Kind(Option<Kind>),
    /// With the files that repeat another, or without.
    Copies(bool),
    /// A format to write the comparison in.
    Export(Export),
    /// Findings of a rule only, or of all.
    Rule(Option<String>),
    /// A pair of sections of the reports compared.
    Texts(usize),
    /// An indicator to rank by.
    Rank(String),
    /// Regions of a level only, or all.
    Level(Option<Level>),
}

/// Formats of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// For people.
    Markdown,
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

/// Something to read.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its title, in words.
    pub title: String,
    /// What it says.
    pub lines: Vec<CardLine>,
    /// First line on the screen.
    pub top: usize,
    /// What its links lead to.
    pub links: Vec<Target>,
    /// The one that Enter follows.
    pub link: usize,
    /// The finding it is about.
    pub finding: Option<About>,
}

/// A finding, as reviews name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its fingerprint.
    pub fingerprint: String,
    /// Its rule.
    pub rule: String,
    /// Path of the report.
    pub report: String,
    /// Its numbers.
    pub values: String,
}

impl Card {
    /// A card without links.
    pub fn new(title: String, lines: Vec<CardLine>) -> Self {
        Self {
            title,
            lines,
            top: 0,
            links: Vec::new(),
            link: 0,
            finding: None,
        }
    }
}

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A place in a report.
    Spot(Spot),
    /// A check of the report that is open.
    Finding(usize),
}

/// A paragraph of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardLine {
    /// A heading.
    Heading(String),
    /// A name and what belongs to it.
    Pair(String, String),
    /// A link by its number: what it is called, and what belongs to it.
    Link(usize, String, String),
    /// Words of a report, with the part of them to stress.
    Quote(String, std::ops::Range<usize>),
    /// A sentence of the first (-1), the second (1), or both (0) of two texts.
    Sentence(i8, String),
    /// A finding: how it came out, and what it says.
    Finding(crate::audit::Status, String),
    /// Words of ours.
    Note(String),
    /// Nothing.
    Blank,
}
