//! What a number in such a table is called: by its row where the column says only that it
//! counts, by its column where the rows are offices.

use crate::figure::catalogue::Indicator;
use crate::figure::grammar::Grammar;
use crate::figure::label::{Lexicon, Place};
use crate::report::form::without_enumerator;
use crate::report::{Part, Report};
use crate::text::fold::is_han;

use super::grid::{Column, Grid, Row};

/// What a column's head says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Head {
    /// How many there are of what the row names.
    Count,
    /// The same, in that year.
    Year(i32),
    /// How many of this there are in the row's office.
    Named(usize),
    /// How many the office has of what the row names.
    Office(String),
    /// A share, a change, or something unknown: numbers without a name.
    Unknown,
    /// No statistic: an ordinal, a date, a telephone number.
    Other,
}

/// Names the numbers of one table.
pub(super) struct Namer {
    lexicon: &'static Lexicon,
    words: &'static crate::figure::grammar::Tabled,
    year: Option<i32>,
    part: Option<Part>,
    /// Words around the table: its caption, its corner.
    around: String,
    has_head: bool,
    /// Whether the rows are offices.
    of_offices: bool,
}

impl Namer {
    pub fn of(report: &Report, grid: &Grid) -> Self {
        let start = grid.rows.first().map_or(0, |r| r.label.start);
        let before = report.blocks.partition_point(|b| b.range.end <= start);
        let caption = report.blocks[..before]
            .iter()
            .rev()
            .find(|b| !matches!(b.shape, crate::source::Shape::Row(_)));
        let caption = caption.map_or("", |b| b.folded.text());
        Self {
            lexicon: Lexicon::current(),
            words: &Grammar::embedded().tabled,
            year: report.year.map(|y| y.value),
            part: report.section_at(start).and_then(|s| s.part),
            around: format!("{caption}{}", grid.corner),
            has_head: grid.has_head,
            of_offices: grid.rows.iter().any(|r| office(&bare(&r.said)).is_some()),
        }
    }

    /// What the head of a column says.
    pub fn head(&self, column: &Column) -> Head {
        let said = bare(&column.head);
        if said.is_empty() {
            return match self.has_head && column.unit.is_none() {
                true => Head::Unknown,
                false => Head::Count,
            };
        }
        if self.words.no_count.is_in(&said) {
            return Head::Other;
        }
        if self.words.changes.is_in(&said) || column.unit.as_deref() == Some("%") {
            return Head::Unknown;
        }
        if let Some(year) = self.year_of(&said) {
            return Head::Year(year);
        }
        let unit = column.unit.as_deref().unwrap_or_default();
        match self.indicator(&said, unit, &self.around) {
            // 公开信息数 of kinds of information counts what each kind is called.
            _ if self.is_general(&said) && !self.of_offices => Head::Count,
            Some(indicator) => Head::Named(indicator),
            None if self.is_general(&said) => Head::Count,
            None => match office(&said) {
                Some(office) => Head::Office(office.to_owned()),
                None => Head::Unknown,
            },
        }
    }

    /// Indicator and scope of the number of a row.
    pub fn name(
        &self,
        row: &Row,
        column: &Column,
        head: &Head,
        unit: &str,
    ) -> (Option<usize>, Option<String>) {
        let said = bare(without_enumerator(row.said.trim()));
        let context = format!("{}{}{}", self.around, row.group, column.head);
        match head {
            Head::Count | Head::Year(_) => match self.indicator(&said, unit, &context) {
                None => (None, office(&said).map(str::to_owned)),
                indicator => (indicator, None),
            },
            Head::Office(office) => (self.indicator(&said, unit, &context), Some(office.clone())),
            Head::Named(indicator) if row.is_total() => (Some(*indicator), None),
            Head::Named(indicator) => match office(&said) {
                Some(office) => (Some(*indicator), Some(office.to_owned())),
                None => (None, None),
            },
            _ => (None, None),
        }
    }

    /// The indicator that a label names and nothing else.
    fn indicator(&self, label: &str, unit: &str, context: &str) -> Option<usize> {
        let label = label
            .strip_prefix("其中")
            .unwrap_or(label)
            .trim_start_matches(':');
        let words = self.lexicon.words(label, self.year);
        let topic = |i: &Indicator, place: Place| {
            matches!(place, Place::Topic) && self.is_topic(&i.group, context)
        };
        let whole = |range: &std::ops::Range<usize>| {
            self.is_general(&label[..range.start]) && self.is_general(&label[range.end..])
        };
        let labels = words.labels(&(0..label.len()), unit, topic);
        let best = labels
            .iter()
            .filter(|l| whole(&l.range))
            .max_by_key(|l| (l.weight, !l.short));
        if let Some(best) = best {
            return Some(best.indicator);
        }
        // 区财政局 is an office, and not what is told of finances.
        let counts = matches!(unit, "" | "条" | "件" | "篇") && office(label).is_none();
        let kinds = counts && self.is_topic("disclosure", context);
        kinds.then(|| self.lexicon.kind(label)).flatten()
    }

    fn is_topic(&self, group: &str, context: &str) -> bool {
        let has = |words: &[&str]| words.iter().any(|w| context.contains(w));
        match group {
            "requests" | "outcome" => self.part == Some(Part::Requests) || has(&["申请"]),
            "disputes" => self.part == Some(Part::Disputes) || has(&["复议", "诉讼"]),
            "consult" => self.part == Some(Part::Consult) || has(&["咨询"]),
            "fees" => self.part == Some(Part::Fees) || has(&["收费", "费用"]),
            "staff" => self.part == Some(Part::Staff) || has(&["人员", "机构建设"]),
            "disclosure" | "documents" => {
                self.part == Some(Part::Disclosure) || has(&["公开", "发布"]) && !has(&["申请"])
            }
            _ => false,
        }
    }

    /// Whether words say only that something is counted: 数量, 全年公开信息数.
    fn is_general(&self, said: &str) -> bool {
        let mut rest = said;
        while let Some(c) = rest.chars().next() {
            let len = match self.words.general.beginning(rest) {
                Some(word) => word.len(),
                None if !is_han(c) && !c.is_alphanumeric() => c.len_utf8(),
                None => return false,
            };
            rest = &rest[len..];
        }
        true
    }

    /// 2016年, 上年: the year that a column is about.
    fn year_of(&self, said: &str) -> Option<i32> {
        if let Some(digits) = said
            .get(..4)
            .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))
        {
            let rest = said[4..].strip_prefix('年')?;
            let year = digits.parse().ok().filter(|y| (2000..2100).contains(y))?;
            return self.is_general(rest).then_some(year);
        }
        let before = self.words.year_before.beginning(said)?;
        self.is_general(&said[before.len()..])
            .then_some(self.year? - 1)
    }
}

/// Words without brackets and white space.
pub fn bare(said: &str) -> String {
    let mut depth = 0;
    let mut out = String::with_capacity(said.len());
    for c in said.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            c if depth <= 0 && !c.is_whitespace() => out.push(c),
            _ => {}
        }
    }
    out
}

/// The office, or the group of them, that words name: 区直单位统计数 counts for 区直单位.
pub fn office(said: &str) -> Option<&str> {
    let name = said.trim_end_matches("统计数").trim_end_matches('数');
    let words = &Grammar::embedded().tabled.offices;
    words.ending(name).map(|_| name)
}
