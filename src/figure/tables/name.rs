//! What a number in such a table is called: by its row, by its column, or by both, when one
//! says what is counted and the other whose, when, or by whom.

use std::sync::LazyLock;

use regex::Regex;

use super::family::{Family, stem};
use super::grid::{Column, Grid, Row, is_total};
use super::unit;
use crate::figure::Applicant;
use crate::figure::catalogue::Indicator;
use crate::figure::grammar::{Grammar, Tabled};
use crate::figure::label::{Lexicon, Place};
use crate::report::form::without_enumerator;
use crate::report::{Part, Report};
use crate::text::fold::is_han;

/// How the keys of ways of applying begin.
const WAYS: &str = "requests.channel";
/// Most rows whose labels are words around the heads of the columns.
const FEW_ROWS: usize = 3;

/// What the head of a column, or the label of a row, says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// Only that something is counted: 数量, 合计.
    Count,
    /// What is counted, as a place in the catalogue.
    Named(usize),
    /// All of what its neighbours divide, as a place in the catalogue.
    Whole(usize),
    /// In which year.
    Year(i32),
    /// In which part of the year: 第一季度, 3月.
    Within,
    /// In all years so far: 历年累计.
    Stock,
    /// Who applied.
    Applicant(Applicant),
    /// In which office, or group of them.
    Office(String),
    /// A share, or a change.
    Change,
    /// Something that has no name.
    Unknown,
    /// No statistic: an ordinal, a date, a telephone number.
    Other,
}

/// What a number counts.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    /// Place in the catalogue.
    pub indicator: Option<usize>,
    pub applicant: Option<Applicant>,
    pub scope: Option<String>,
    /// The year spoken of, which may be the report's.
    pub year: Option<i32>,
    /// It counts what a part of the year brought.
    pub partial: bool,
    /// It counts what all years have brought.
    pub stock: bool,
}

/// Names the numbers of one table.
pub(super) struct Namer {
    lexicon: &'static Lexicon,
    words: &'static Tabled,
    year: Option<i32>,
    part: Option<Part>,
    /// Words around the table: its caption, its corner, the labels of a few rows.
    pub around: String,
    /// The unit that the caption gives to all (单位：元).
    pub unit: Option<String>,
    has_head: bool,
    /// Whether its rows say where or when, so that its columns must say what.
    asks_columns: bool,
    /// What most rows are, and what most columns are.
    rows: Family,
    columns: Family,
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
        let mut around = format!("{caption}{}", grid.corner);
        if grid.rows.len() <= FEW_ROWS {
            around.extend(grid.rows.iter().map(|r| r.said.as_str()));
        }
        let mut namer = Self {
            lexicon: Lexicon::current(),
            words: &Grammar::embedded().tabled,
            year: report.year.map(|y| y.value),
            part: report.section_at(start).and_then(|s| s.part),
            unit: unit::of_caption(&around),
            around,
            has_head: grid.has_head,
            asks_columns: false,
            rows: Family::Mixed,
            columns: Family::Mixed,
        };
        let when = |r: &Row| namer.is_when(&bare(&r.said));
        namer.asks_columns = grid.rows.iter().any(|r| is_office(&bare(&r.said)))
            || grid.rows.iter().any(when) && grid.rows.iter().all(|r| when(r) || r.is_total());
        let context = format!("{}{}", namer.around, grid.columns[0].head);
        let is_rest = |said: &str| namer.words.rest.words().iter().any(|w| w == said);
        let rows = grid.rows.iter().filter(|r| !is_rest(&bare(&r.said)));
        let rows = rows.map(|r| namer.row(r, "", &context));
        let columns = grid.columns.iter().filter(|c| !is_rest(&bare(&c.head)));
        let columns = columns.map(|c| namer.column(c));
        (namer.rows, namer.columns) = (Family::of(rows), Family::of(columns));
        namer
    }

    /// What the head of a column says.
    pub fn column(&self, column: &Column) -> Said {
        let said = bare(&column.said);
        if said.is_empty() {
            return match self.has_head && column.unit.is_none() {
                true => Said::Unknown,
                false => Said::Count,
            };
        }
        if self.words.no_count.is_in(&said) && !self.is_way_of_applying(&said) {
            return Said::Other;
        }
        if self.words.changes.is_in(&said) || column.unit.as_deref() == Some("%") {
            return Said::Change;
        }
        if let Some((at, len)) = self.words.stock.first(&said)
            && self.is_general(&said[..at])
            && self.is_general(&said[at + len..])
        {
            return Said::Stock;
        }
        let unit = column.unit.as_deref().unwrap_or_default();
        // 公开信息数 of kinds of information counts what each kind is called.
        if self.is_general(&said) && !self.asks_columns {
            return self.whole(&said, self.columns);
        }
        let context = format!("{}{}", self.around, column.head);
        match self.said(&said, unit, &context, self.columns) {
            // 2015年 over 数量 and 比例; 申请 over 网上 and 信函.
            Said::Unknown if column.said != column.head => {
                self.said(&bare(&column.head), unit, &context, self.columns)
            }
            Said::Unknown if self.is_general(&said) => Said::Count,
            said => said,
        }
    }

    /// What the label of a row says, of numbers in `unit`.
    fn row(&self, row: &Row, unit: &str, context: &str) -> Said {
        let said = match bare(&row.said) {
            said if self.is_when(&said) => said,
            said => without_enumerator(&said).to_owned(),
        };
        if row.is_total() {
            return self.whole(&said, self.rows);
        }
        match self.said(&said, unit, context, self.rows) {
            Said::Unknown if self.is_general(&said) => Said::Count,
            said => said,
        }
    }

    /// What a number counts in a column whose head says `head`.
    pub fn meaning(&self, row: &Row, column: &Column, head: &Said, unit: &str) -> Meaning {
        let context = format!("{}{}{}", self.around, row.group, column.head);
        let mut said = self.row(row, unit, &context);
        // 市场监管局 has so many of what the column names, whatever it may be called like.
        let label = bare(&row.said);
        let names = matches!(head, Said::Named(_));
        let open = names || matches!(head, Said::Unknown | Said::Count);
        if open && matches!(said, Said::Named(_) | Said::Unknown) {
            let both = self.both(&label, &bare(&column.said), &said, unit, &context);
            if let Some(indicator) = both {
                return self.together([&Said::Named(indicator), &Said::Count]);
            }
        }
        if names && row.is_total() {
            said = Said::Count;
        } else if names && let Some(office) = office(&label) {
            said = Said::Office(office.to_owned());
        }
        self.together([head, &said])
    }

    /// 行政诉讼 has so many 维持, and 其他.
    fn both(
        &self,
        row: &str,
        column: &str,
        said: &Said,
        unit: &str,
        context: &str,
    ) -> Option<usize> {
        if column.is_empty() {
            return None;
        }
        if let Said::Named(whole) = said
            && self.words.rest.words().iter().any(|w| w == column)
        {
            let stem = self.lexicon.indicator(*whole).key.strip_suffix(".total")?;
            return self.lexicon.place(&format!("{stem}.other"));
        }
        self.labelled(&format!("{row}{column}"), unit, context)
    }

    /// 传真 beside other ways in which people apply is one, elsewhere a telephone number.
    fn is_way_of_applying(&self, said: &str) -> bool {
        let ways = matches!(self.columns, Family::Indicators { stem, .. } if stem == WAYS);
        let named = || self.labelled(said, "件", &self.around);
        ways && named().is_some_and(|i| stem(&self.lexicon.indicator(i).key) == WAYS)
    }

    fn together(&self, said: [&Said; 2]) -> Meaning {
        let mut meaning = Meaning::default();
        let (mut named, mut whole) = (Vec::new(), None);
        for said in said {
            match said {
                Said::Named(indicator) => named.push(*indicator),
                Said::Whole(indicator) => whole = Some(*indicator),
                Said::Year(year) => meaning.year = Some(*year),
                Said::Within => meaning.partial = true,
                Said::Stock => meaning.stock = true,
                Said::Applicant(who) => meaning.applicant = Some(*who),
                Said::Office(office) => meaning.scope = Some(office.clone()),
                Said::Count | Said::Change | Said::Unknown | Said::Other => {}
            }
        }
        let received = self.lexicon.place("requests.received.new");
        let nameless = |said: &&Said| matches!(said, Said::Change | Said::Unknown);
        meaning.indicator = match named.as_slice() {
            _ if said.iter().any(nameless) => None,
            [] if meaning.applicant.is_some() => received,
            [] => whole,
            [indicator] => Some(*indicator),
            _ => None,
        };
        let of_requests = |i: usize| self.lexicon.indicator(i).key.starts_with("requests.");
        if meaning.applicant.is_some() && !meaning.indicator.is_some_and(of_requests) {
            (meaning.indicator, meaning.applicant) = (None, None);
        }
        meaning
    }

    fn said(&self, said: &str, unit: &str, context: &str, beside: Family) -> Said {
        if let Some(year) = self.year_of(said) {
            return Said::Year(year);
        }
        if is_within(said) {
            return Said::Within;
        }
        if self.words.rest.words().iter().any(|w| w == said) {
            return self.rest(said, unit, context, beside);
        }
        if let Some(who) = self.applicant(said, context) {
            return Said::Applicant(who);
        }
        match self.indicator(said, unit, context) {
            Some(indicator) => Said::Named(indicator),
            None => office(said).map_or(Said::Unknown, |office| Said::Office(office.to_owned())),
        }
    }

    /// 其他 is what its neighbours leave.
    fn rest(&self, said: &str, unit: &str, context: &str, beside: Family) -> Said {
        let named = match beside {
            Family::Applicants => return Said::Applicant(Applicant::OtherOrg),
            Family::Indicators { stem, .. } => self.lexicon.place(&format!("{stem}.other")),
            Family::Mixed => self.indicator(said, unit, context),
        };
        named.map_or(Said::Unknown, Said::Named)
    }

    /// 合计 is what its neighbours divide.
    fn whole(&self, said: &str, beside: Family) -> Said {
        let whole = match beside {
            _ if !is_total(said) => None,
            Family::Applicants => Some("requests.received.new"),
            // The same information goes out in several ways.
            Family::Indicators {
                stem: "disclosure.channel",
                ..
            } => None,
            Family::Indicators { whole, .. } => whole,
            Family::Mixed => None,
        };
        let answered = self.around.contains("答复") && !self.around.contains("办结");
        let whole = match whole {
            Some("requests.closed.total") if answered => Some("requests.answered.total"),
            whole => whole,
        };
        let place = whole.and_then(|key| self.lexicon.place(key));
        place.map_or(Said::Count, Said::Whole)
    }

    /// 公民, 企业申请: who applied, in a table of requests.
    fn applicant(&self, said: &str, context: &str) -> Option<Applicant> {
        let of_requests = self.is_topic("requests", context) && !self.is_topic("disputes", context);
        let said = said.trim_end_matches(['数', '量']).trim_end_matches("申请");
        let (at, who) = Grammar::embedded().applicant(said)?;
        (of_requests && at == 0).then_some(who)
    }

    /// The indicator, or the kind of information, that a label names and nothing else.
    fn indicator(&self, label: &str, unit: &str, context: &str) -> Option<usize> {
        let label = label
            .strip_prefix("其中")
            .unwrap_or(label)
            .trim_start_matches(':');
        self.labelled(label, unit, context).or_else(|| {
            // 区财政局 is an office, and not what is told of finances.
            let counts = matches!(unit, "" | "条" | "件" | "篇") && !is_office(label);
            let kinds = counts && self.is_topic("disclosure", context);
            kinds.then(|| self.lexicon.kind(label)).flatten()
        })
    }

    fn labelled(&self, label: &str, unit: &str, context: &str) -> Option<usize> {
        let words = self.lexicon.words(label, self.year);
        let topic = |i: &Indicator, place: Place| {
            matches!(place, Place::Topic) && self.is_topic(&i.group, context)
        };
        let whole = |range: &std::ops::Range<usize>| {
            self.is_general(&label[..range.start]) && self.is_general(&label[range.end..])
        };
        let labels = words.labels(&(0..label.len()), unit, topic);
        let whole = labels.iter().filter(|l| whole(&l.range));
        let best = whole.max_by_key(|l| (l.weight, !l.short));
        best.map(|l| l.indicator)
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

    fn is_when(&self, said: &str) -> bool {
        is_within(said) || self.year_of(said).is_some()
    }

    /// 2016年, 上年: the year that a head is about.
    fn year_of(&self, said: &str) -> Option<i32> {
        if let Some(digits) = said
            .get(..4)
            .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))
        {
            let rest = said[4..]
                .strip_prefix('年')
                .or(Some("").filter(|_| said.len() == 4))?;
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

fn is_office(said: &str) -> bool {
    office(said).is_some()
}

static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:第?[一二三四1-4]季度?|[上下]半年|(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九])(?:[-至][0-9]{1,2})?月份?)$")
        .expect("valid")
});

/// Whether words name a part of the year: 第一季度, 3月.
fn is_within(said: &str) -> bool {
    WITHIN.is_match(said)
}
