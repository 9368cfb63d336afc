//! The official statistical forms (`assets/forms/`): told by their own words, never by the
//! year, because reports of one year are found set in the tables of another.

mod align;
mod bars;
mod cut;
mod disputes;
mod extent;
mod fit;
mod glued;
mod habits;
mod label;
mod listed;
mod pages;
mod read;
mod record;
mod roles;
mod token;
mod told;
mod transposed;
mod turned;
mod unfilled;
pub mod value;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Form;
pub use cut::cut;
pub use read::read;
pub use told::detect;
pub use words::{
    is_chapter, is_form_line, is_row_of_others, is_values, local, normalised, without_enumerator,
};

/// One printed line of a form.
#[derive(Debug, Clone, Deserialize)]
pub struct FormRow {
    /// `t2`, `t3`; empty where the form is a single table.
    #[serde(default)]
    pub table: String,
    /// Cell reference, or its beginning where the line has several columns; empty for a
    /// local line that has no number of its own.
    #[serde(default)]
    pub cell: String,
    /// Ends of the cell references, column by column.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Indicator, or its beginning where the line has several columns; empty for none.
    #[serde(default)]
    pub indicator: String,
    /// Captions and group names above or left of the line, where it is the first under them.
    #[serde(default)]
    pub group: Vec<String>,
    /// How the line is printed.
    pub printed: String,
    /// Unit printed beside the line; empty where the form prints none.
    #[serde(default)]
    pub unit: String,
    /// Other wordings.
    #[serde(default)]
    pub words: Vec<String>,
}

/// A form's lines and the words around them.
#[derive(Debug, Clone, Deserialize)]
pub struct FormData {
    /// Which form.
    pub form: Form,
    /// Words that only this form prints.
    pub anchors: Vec<String>,
    /// Lines of which three tell it, too.
    #[serde(default)]
    pub lines: Vec<String>,
    /// Titles of the chapters around its tables.
    #[serde(default)]
    pub chapters: Vec<String>,
    /// Headers, captions and group names.
    pub words: Vec<String>,
    /// Columns of table 3, in printed order.
    #[serde(default)]
    pub applicants: Vec<String>,
    /// Headers of these columns.
    #[serde(default)]
    pub applicant_words: Vec<Vec<String>>,
    /// Cells of table 4, in printed order: three groups of five.
    #[serde(default)]
    pub disputes: Vec<String>,
    /// Headers of the columns of table 2, by the ends of its cell references.
    #[serde(default)]
    pub heads: BTreeMap<String, Vec<String>>,
    /// Lines that some provinces put between these.
    #[serde(default)]
    pub local: Vec<LocalRow>,
    /// Printed lines.
    pub row: Vec<FormRow>,
}

/// A line that only some provinces print.
#[derive(Debug, Clone, Deserialize)]
pub struct LocalRow {
    /// How it begins.
    pub printed: String,
    /// Its indicator.
    pub indicator: String,
}

/// Where a value of a form belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Cell reference, such as `D/t3/granted/natural`.
    pub cell: String,
    /// Key in the catalogue.
    pub indicator: Option<String>,
    /// Who applied; none for all together.
    pub applicant: Option<String>,
}

impl FormData {
    /// Where the values of a line belong, column by column.
    pub fn slots(&self, row: &FormRow) -> Vec<Slot> {
        let base = match row.table.as_str() {
            "" => format!("{:?}/{}", self.form, row.cell),
            table => format!("{:?}/{table}/{}", self.form, row.cell),
        };
        let key = |end: &str| match (row.indicator.as_str(), end) {
            ("", _) => None,
            (key, "") => Some(key.to_owned()),
            (key, end) => Some(format!("{key}.{end}")),
        };
        if row.table == "t3" {
            let slot = |who: &String| Slot {
                cell: format!("{base}/{who}"),
                indicator: key(""),
                applicant: (who != "total").then(|| who.clone()),
            };
            return self.applicants.iter().map(slot).collect();
        }
        let slot = |end: &str, cell: String| Slot {
            cell,
            indicator: key(end),
            applicant: None,
        };
        if row.columns.is_empty() {
            return vec![slot("", base)];
        }
        let each = |end: &String| slot(end, format!("{base}.{end}"));
        row.columns.iter().map(each).collect()
    }

    /// Where the fifteen values of table 4 belong.
    pub fn dispute_slots(&self) -> Vec<Slot> {
        let slot = |key: &String| Slot {
            cell: format!("{:?}/t4/{key}", self.form),
            indicator: Some(key.clone()),
            applicant: None,
        };
        self.disputes.iter().map(slot).collect()
    }

    /// The cell references of all its values, in printed order.
    pub fn cells(&self) -> Vec<String> {
        let rows = self.row.iter().filter(|r| !r.cell.is_empty());
        let rows = rows.flat_map(|r| self.slots(r));
        rows.chain(self.dispute_slots()).map(|s| s.cell).collect()
    }
}

/// What is wrong with a row of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Cells are missing.
    Missing,
    /// There are more values than columns: a cell may have been split.
    Surplus,
    /// The line was there before, with the same values or with others.
    Repeated {
        /// Whether the values are the same.
        same: bool,
    },
    /// Values whose line cannot be told.
    Unplaced,
    /// Numbers that have run together and can be parted in several ways, or in none.
    Glued,
    /// Numbers that have run together, parted in the only way in which the sums hold.
    Parted,
}

/// A row of a form that could not be read for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Cell references begin with this: `D/t3/granted`, or `D/t3` where the line is not known.
    pub row: String,
    /// What is wrong.
    pub problem: Problem,
    /// Its values as printed, in bytes of the text.
    pub cells: Vec<Range<usize>>,
}

/// A value of a form and its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormCell {
    /// Where it belongs; none where that is not certain.
    pub slot: Option<Slot>,
    /// Whether its column counts since the beginning (历年累计).
    pub stock: bool,
    /// Whether its line is one that the form does not have: a province added it.
    pub local: bool,
    /// Whether the digits of its number stand apart: the row adds up with them in one piece.
    pub broken: bool,
    /// Header of its column, where that is none of the form's (区直单位): the number counts
    /// for what the header names.
    pub head: Option<Range<usize>>,
    /// Unit printed beside it or in the header above, folded.
    pub unit: Option<String>,
    /// The label, in bytes of the text.
    pub label: Range<usize>,
    /// The cell, in bytes of the text; empty for a blank one.
    pub range: Range<usize>,
}

impl FormCell {
    fn new(slot: Option<Slot>, label: Range<usize>, token: &token::Token) -> Self {
        Self {
            slot,
            stock: false,
            local: false,
            broken: token.broken,
            head: None,
            unit: None,
            label,
            range: token.range.clone(),
        }
    }

    fn is_amount(&self) -> bool {
        self.slot
            .as_ref()
            .is_some_and(|s| s.cell.ends_with(".amount"))
    }
}

/// An official table found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormTable {
    /// `D/t3`, `B`, …
    pub name: String,
    /// Blocks it stands in.
    pub blocks: Range<usize>,
    /// Cells of the blocks that are lines of text.
    pub rows: BTreeMap<usize, Vec<Range<usize>>>,
    /// Its values.
    pub cells: Vec<FormCell>,
    /// What of it could not be read.
    pub troubles: Vec<Trouble>,
}

impl FormTable {
    fn new(name: String, blocks: Range<usize>) -> Self {
        Self {
            name,
            blocks,
            rows: BTreeMap::new(),
            cells: Vec::new(),
            troubles: Vec::new(),
        }
    }

    fn trouble(&mut self, row: String, problem: Problem, values: &[token::Token]) {
        self.troubles.push(Trouble {
            row,
            problem,
            cells: values.iter().map(|t| t.range.clone()).collect(),
        });
    }
}

static FORMS: LazyLock<Vec<FormData>> = LazyLock::new(|| {
    [
        include_str!("../../../assets/forms/d.toml"),
        include_str!("../../../assets/forms/c.toml"),
        include_str!("../../../assets/forms/b.toml"),
        include_str!("../../../assets/forms/a.toml"),
    ]
    .iter()
    .map(|text| toml::from_str(text).expect("assets/forms is checked by a test"))
    .collect()
});

/// The forms, newest first.
pub fn forms() -> &'static [FormData] {
    &FORMS
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn form_d_has_two_hundred_cells() {
        let cells: HashSet<String> = forms()[0].cells().into_iter().collect();
        assert_eq!(cells.len(), 200);
        assert!(cells.contains("D/t2/rules.in_force"));
        assert!(cells.contains("D/t3/denied.query/other_org"));
        assert!(cells.contains("D/t4/litigation.after_review.total"));
    }
}
