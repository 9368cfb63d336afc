//! The official statistical forms (`assets/forms/`): told by their own words, never by the
//! year, because reports of one year are found set in the tables of another.

mod align;
mod cut;
mod disputes;
mod extent;
mod fit;
mod glued;
mod label;
mod listed;
mod read;
mod record;
mod roles;
mod token;
mod transposed;
pub mod value;

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Form;
use crate::text::numeral::is_han_numeral;

use crate::text::words::WordList;
pub use cut::cut;
pub use read::read;

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
        include_str!("../../assets/forms/d.toml"),
        include_str!("../../assets/forms/c.toml"),
        include_str!("../../assets/forms/b.toml"),
        include_str!("../../assets/forms/a.toml"),
    ]
    .iter()
    .map(|text| toml::from_str(text).expect("assets/forms is checked by a test"))
    .collect()
});

/// Every normalised label and word of every form.
static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    FORMS
        .iter()
        .flat_map(|f| {
            let rows = f.row.iter();
            let printed = rows.flat_map(|r| r.words.iter().chain(&r.group).chain([&r.printed]));
            f.words.iter().chain(printed)
        })
        .map(|w| normalised(&crate::text::fold::fold(w)))
        .collect()
});

/// The titles of chapters around the tables, normalised.
static CHAPTERS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let titles = FORMS.iter().flat_map(|f| &f.chapters);
    titles
        .map(|t| normalised(&crate::text::fold::fold(t)))
        .collect()
});

/// Length of the longest of them in bytes.
static LONGEST: LazyLock<usize> =
    LazyLock::new(|| WORDS.iter().map(String::len).max().unwrap_or(0));

/// The forms, newest first.
pub fn forms() -> &'static [FormData] {
    &FORMS
}

/// The anchors of all forms, and which form each belongs to.
static ANCHORS: LazyLock<(WordList, Vec<usize>)> = LazyLock::new(|| {
    let (mut words, mut owners) = (Vec::new(), Vec::new());
    for (i, form) in FORMS.iter().enumerate() {
        words.extend(form.anchors.iter().cloned());
        owners.extend(form.anchors.iter().map(|_| i));
    }
    (words.into(), owners)
});

/// The indicator of a line added by a province, where we have met it before.
pub fn local(folded: &str) -> Option<&'static str> {
    let label = normalised(folded);
    let mut lines = forms().iter().flat_map(|f| &f.local);
    let known = lines.find(|l| label.starts_with(l.printed.as_str()))?;
    Some(&known.indicator)
}

/// Which form a folded text follows.
pub fn detect(folded: &str) -> Form {
    let (anchors, owners) = &*ANCHORS;
    let mut seen = vec![false; owners.len()];
    anchors.each(folded, |_, place| seen[place] = true);
    for (i, data) in forms().iter().enumerate() {
        let own = owners.iter().zip(&seen);
        let seen = own.filter(|(owner, seen)| **owner == i && **seen).count();
        let needed = match data.form {
            Form::D | Form::C => 1,
            _ => 2,
        };
        if seen >= needed {
            return data.form;
        }
    }
    by_requests(folded).unwrap_or(Form::P)
}

/// The labels of table 3 in the forms C and D, as long ones as say which line it is; and
/// which line, form by form, each belongs to.
static REQUESTS: LazyLock<(WordList, Vec<(Form, usize)>)> = LazyLock::new(|| {
    let (mut words, mut owners) = (Vec::new(), Vec::new());
    let both = FORMS.iter().filter(|f| matches!(f.form, Form::C | Form::D));
    for (form, at, row) in both.flat_map(|f| f.row.iter().enumerate().map(|(i, r)| (f.form, i, r)))
    {
        let labels = row.words.iter().chain([&row.printed]);
        for label in labels.map(|w| normalised(&crate::text::fold::fold(w))) {
            if row.table == "t3" && label.chars().count() >= 6 {
                words.push(label);
                owners.push((form, at));
            }
        }
    }
    (words.into(), owners)
});

/// C or D by the lines of table 3 alone, where table 2 is lost or its headers are.
fn by_requests(folded: &str) -> Option<Form> {
    const FEWEST: usize = 8;
    let (words, owners) = &*REQUESTS;
    let mut seen = HashSet::new();
    words.each(folded, |_, place| {
        seen.insert(owners[place]);
    });
    if seen.iter().filter(|(form, _)| *form == Form::C).count() < FEWEST {
        return None;
    }
    let rows = &forms().iter().find(|f| f.form == Form::D)?.row;
    let overdue =
        |(form, at): &(Form, usize)| *form == Form::D && rows[*at].cell.starts_with("other.");
    Some(match seen.iter().any(overdue) {
        false => Form::C,
        true => Form::D,
    })
}

/// A printed label without its enumerator, 其中, brackets, punctuation and unit.
pub fn normalised(label: &str) -> String {
    normalised_within(label, usize::MAX).unwrap_or_default()
}

/// The same, unless it is longer than `most` bytes.
fn normalised_within(label: &str, most: usize) -> Option<String> {
    let mut text = label;
    loop {
        let before = text;
        text = text.trim_start_matches([':', '、', '.', ' ', '|', '-', '*', '#']);
        if let Some(rest) = text.strip_prefix("其中") {
            text = rest;
        }
        text = without_enumerator(text);
        if text == before {
            break;
        }
    }
    let mut out = String::with_capacity(text.len().min(most));
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = (depth - 1).max(0),
            '"' | ' ' | ':' | ',' | '、' | '|' | '*' | '\'' => {}
            _ if depth == 0 && out.len() < most => out.push(c),
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    Some(out)
}

/// Takes `一、`, `(一)`, `1.`, `01`, `①` off the front of a label.
pub fn without_enumerator(text: &str) -> &str {
    let open = text.strip_prefix('(').unwrap_or(text);
    let rest = open.trim_start_matches(|c: char| c.is_ascii_digit() || is_han_numeral(c));
    let counted = open.len() - rest.len();
    if counted == 0 {
        return text
            .strip_prefix(|c| matches!(c, '①'..='⑳'))
            .unwrap_or(text);
    }
    if open.len() < text.len() {
        return rest.strip_prefix(')').unwrap_or(text);
    }
    match rest.strip_prefix(['、', '.', ')']) {
        Some(after) => after,
        // 01 申请总数: a code of digits right before the words.
        None if open.as_bytes()[0].is_ascii_digit() && !rest.is_empty() => rest,
        None => text,
    }
}

/// Whether a line is a cell or a row of an official form: a printed label, alone or with
/// nothing but numbers behind it.
pub fn is_form_line(folded: &str) -> bool {
    let cut = folded
        .trim_end_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '-' | '/' | '|' | '%' | '+' | '无')
        })
        .trim_end();
    let known = |label: Option<String>| label.is_some_and(|l| WORDS.contains(&l));
    match normalised_within(cut, *LONGEST) {
        Some(label) if label.is_empty() => false,
        label => known(label) || cut != folded && known(normalised_within(folded, *LONGEST)),
    }
}

/// Whether a line is the numbered title of a chapter, as the forms of 2019 and later print
/// them between their tables.
pub fn is_chapter(folded: &str) -> bool {
    folded.starts_with(is_han_numeral)
        && normalised_within(folded, *LONGEST).is_some_and(|title| CHAPTERS.contains(&title))
}

/// Whether a line is nothing but numbers and marks for none.
pub fn is_values(folded: &str) -> bool {
    folded.chars().all(|c| {
        c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '-' | '/' | '|' | '%' | '+' | '\\')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_by_their_words() {
        assert_eq!(detect("规章本年制发件数本年废止件数现行有效件数"), Form::D);
        assert_eq!(
            detect("信息内容本年新制作数量本年新公开数量对外公开总数量"),
            Form::C
        );
        assert_eq!(detect("按时办结数 件 3 告知作出更改补充数"), Form::B);
        assert_eq!(
            detect("全年主动公开政府信息12条,其中全文电子化率达98%"),
            Form::P
        );
    }

    #[test]
    fn rows_of_forms_are_told_from_headings() {
        for line in [
            "一、本年新收政府信息公开申请数量",
            "(一)予以公开",
            "1.属于国家秘密 0 0 0 0 0 0 0",
            "其中:1.按时办结数 件 12",
            "危及\"三安全一稳定\"",
        ] {
            assert!(
                is_form_line(line) || is_form_line(line.trim_end_matches(" 件 12")),
                "{line}"
            );
        }
        for line in ["一、概述", "(一)申请情况", "三、依申请公开政府信息情况"]
        {
            assert!(!is_form_line(line), "{line}");
        }
    }

    #[test]
    fn form_d_has_two_hundred_cells() {
        let cells: HashSet<String> = forms()[0].cells().into_iter().collect();
        assert_eq!(cells.len(), 200);
        assert!(cells.contains("D/t2/rules.in_force"));
        assert!(cells.contains("D/t3/denied.query/other_org"));
        assert!(cells.contains("D/t4/litigation.after_review.total"));
    }
}
