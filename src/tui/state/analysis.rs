//! Place 5: what was checked in all reports, the worst first; and who stands where by an
//! indicator.

use super::{Cursor, Focus, Input};
use crate::audit::{Finding, Status};
use crate::corpus::Reviews;
use crate::query::{Filter, Ranking, ReportRow};
use crate::report::Level;
use crate::tui::action::Generation;
use crate::tui::text;

/// Indicator that is ranked until a person chooses another.
const INDICATOR: &str = "requests.received.new";

/// What of the analysis is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Checks that did not come out.
    #[default]
    Findings,
    /// Reports by an indicator.
    Rank,
}

/// A report with the checks of it that ask for a look.
#[derive(Debug, Clone)]
pub struct Audited {
    /// The report.
    pub row: ReportRow,
    /// Its open findings, the gravest first.
    pub findings: Vec<Finding>,
}

/// State of the analysis.
#[derive(Debug)]
pub struct AnalysisState {
    /// What is shown.
    pub view: View,
    /// Which pane has the keys.
    pub focus: Focus,
    /// Words to filter by: region, department, title.
    pub filter: Input,
    /// Only this year.
    pub year: Option<i32>,
    /// Only regions of this level.
    pub level: Option<Level>,
    /// Only this rule.
    pub rule: Option<String>,
    /// Only checks that failed.
    pub grave: bool,
    /// Reports looked at so far, the worst first.
    pub audited: Vec<Audited>,
    /// How many of the list have been looked at, those without anything open too.
    pub read: usize,
    /// Whether there are no more.
    pub done: bool,
    /// Whether some are being read.
    pub reading: bool,
    /// Line of the findings.
    pub cursor: Cursor,
    /// Indicator that is ranked.
    pub indicator: String,
    /// The smallest first.
    pub ascending: bool,
    /// The ranking.
    pub ranking: Option<Ranking>,
    /// Line of the ranking.
    pub ranked: Cursor,
    /// The index has changed since it was asked.
    pub stale: bool,
    /// Newest question.
    pub generation: Generation,
}

impl Default for AnalysisState {
    fn default() -> Self {
        Self {
            view: View::default(),
            focus: Focus::Main,
            filter: Input::default(),
            year: None,
            level: None,
            rule: None,
            grave: false,
            audited: Vec::new(),
            read: 0,
            done: false,
            reading: false,
            cursor: Cursor::default(),
            indicator: INDICATOR.to_owned(),
            ascending: false,
            ranking: None,
            ranked: Cursor::default(),
            stale: true,
            generation: 0,
        }
    }
}

/// A line of the findings.
#[derive(Debug, Clone, Copy)]
pub enum CheckLine<'a> {
    /// The report that the following belong to.
    Report(&'a Audited),
    /// A check.
    Finding(&'a Audited, &'a Finding),
}

impl AnalysisState {
    /// Which reports.
    pub fn filter(&self) -> Filter {
        Filter {
            text: self.filter.text().trim().to_owned(),
            years: self.year.map(|y| (y, y)),
            level: self.level,
            ..Filter::default()
        }
    }

    fn wants(&self, finding: &Finding, reviews: &Reviews) -> bool {
        self.rule.as_deref().is_none_or(|rule| finding.rule == rule)
            && (!self.grave || text::standing(finding, reviews) == Status::Fail)
    }

    /// Lines of the findings: a report, then its checks.
    pub fn lines(&self, reviews: &Reviews) -> Vec<CheckLine<'_>> {
        let mut lines = Vec::new();
        for audited in &self.audited {
            let mut wanted = audited
                .findings
                .iter()
                .filter(|f| self.wants(f, reviews))
                .peekable();
            if wanted.peek().is_some() {
                lines.push(CheckLine::Report(audited));
                lines.extend(wanted.map(|f| CheckLine::Finding(audited, f)));
            }
        }
        lines
    }

    /// The check under the cursor, with its report.
    pub fn selected(&self, reviews: &Reviews) -> Option<(&Audited, &Finding)> {
        match self.lines(reviews).get(self.cursor.at)? {
            CheckLine::Finding(audited, finding) => Some((audited, finding)),
            CheckLine::Report(audited) => {
                let first = audited.findings.iter().find(|f| self.wants(f, reviews))?;
                Some((audited, first))
            }
        }
    }
}
