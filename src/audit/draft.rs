//! How a finding is written: a case of a rule, its blanks filled with values and labels.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::rules::Rule;
use super::{Check, Class, Finding, Message, Severity, Status};
use crate::figure::Figure;
use crate::text::fold::fold;
use crate::text::plural::agree;

/// Fills the blanks of a message.
pub(crate) fn fill(text: &str, words: &[(&str, &str)]) -> String {
    let number = |name: &str| words.iter().find(|w| w.0 == name).map(|w| w.1);
    let text = agree(text, number);
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match words.iter().find(|(n, _)| *n == name) {
            Some((_, value)) => out.push_str(value),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// A finding being written.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub rule: &'static Rule,
    pub status: Status,
    pub case: &'static str,
    /// Figures involved, by their place.
    pub figures: Vec<usize>,
    pub formula: String,
    pub expected: Option<Decimal>,
    pub actual: Option<Decimal>,
    /// Where no figure tells which of several like it this is.
    pub key: String,
    words: Vec<(&'static str, Word)>,
}

/// What fills a blank.
#[derive(Debug, Clone)]
enum Word {
    /// The same in both languages.
    Same(String),
    Own(Message),
}

impl Word {
    fn of(&self, pick: fn(&Message) -> &str) -> &str {
        match self {
            Self::Same(words) => words,
            Self::Own(message) => pick(message),
        }
    }
}

impl Draft {
    pub fn new(rule: &'static Rule, status: Status, case: &'static str) -> Self {
        Self {
            rule,
            status,
            case,
            figures: Vec::new(),
            formula: String::new(),
            expected: None,
            actual: None,
            key: String::new(),
            words: Vec::new(),
        }
    }

    /// A blank that is filled alike in both languages.
    pub fn put(mut self, name: &'static str, value: impl ToString) -> Self {
        self.words.push((name, Word::Same(value.to_string())));
        self
    }

    /// A blank that is filled with words of each language.
    pub fn say(mut self, name: &'static str, value: &Message) -> Self {
        self.words.push((name, Word::Own(value.clone())));
        self
    }

    /// As [`Self::say`], for words that few messages ask for and that are dear to make.
    pub fn say_if_asked(self, name: &'static str, value: impl FnOnce() -> Message) -> Self {
        let blank = format!("{{{name}}}");
        let asks = |m: &Message| m.zh.contains(&blank) || m.en.contains(&blank);
        match self.rule.message(self.case).is_some_and(asks) {
            true => self.say(name, &value()),
            false => self,
        }
    }

    pub fn figures(mut self, figures: impl IntoIterator<Item = usize>) -> Self {
        self.figures.extend(figures);
        self
    }

    pub fn formula(mut self, formula: impl Into<String>) -> Self {
        self.formula = formula.into();
        self
    }

    /// What the figures give, and what is stated; messages name them so too.
    pub fn values(mut self, expected: Decimal, actual: Decimal) -> Self {
        self.expected = Some(expected.normalize());
        self.actual = Some(actual.normalize());
        self
    }

    /// The same, but in other words.
    pub fn told_as(mut self, status: Status, case: &'static str) -> Self {
        (self.status, self.case) = (status, case);
        self
    }

    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// The message of the case in both languages.
    pub fn message(&self) -> Message {
        let Some(template) = self.rule.message(self.case) else {
            return Message::same(self.case);
        };
        let number = |n: Option<Decimal>| n.map(|n| n.to_string()).unwrap_or_default();
        let (expected, actual) = (number(self.expected), number(self.actual));
        let of = |pick: fn(&Message) -> &str| -> String {
            let law = self.rule.law.as_ref().map_or("", pick);
            let own = self.words.iter().map(|(n, m)| (*n, m.of(pick)));
            let of_all = [
                ("formula", self.formula.as_str()),
                ("expected", &expected),
                ("actual", &actual),
                ("law", law),
                ("where", ""),
            ];
            let words: Vec<(&str, &str)> = own.chain(of_all).collect();
            fill(pick(template), &words)
        };
        Message {
            zh: of(|m| &m.zh),
            en: of(|m| &m.en),
        }
    }

    /// The finding without words.
    pub fn counted(&self) -> Finding {
        let severity = match (self.status, self.rule.severity) {
            (Status::Fail, severity) => severity,
            (Status::Warn, Severity::Error) => Severity::Warning,
            (Status::Warn, severity) => severity,
            _ => Severity::Info,
        };
        let class = match (self.status, self.case) {
            (Status::Fail | Status::Warn, _) => Class::Source,
            (Status::NotAssessable, "absent" | "misread") => Class::Extraction,
            _ => Class::Unknown,
        };
        Finding {
            rule: &self.rule.id,
            status: self.status,
            severity,
            class,
            message: Message::same(""),
            fingerprint: String::new(),
            figures: Vec::new(),
            formula: String::new(),
            expected: self.expected,
            actual: self.actual,
            hint: None,
            shared: None,
        }
    }

    /// The finding, about the report of that name: with the ids of its figures, and what
    /// names them (for the fingerprint).
    pub fn told(mut self, owner: &str, figures: Vec<String>, places: &[String]) -> Finding {
        let own = [owner, &self.rule.id, &self.key];
        let mut named = Vec::with_capacity(512);
        for part in own.into_iter().chain(places.iter().map(String::as_str)) {
            named.extend_from_slice(part.as_bytes());
            named.push(0);
        }
        let [a, b, c, d, e, f, g, h, ..] = *blake3::hash(&named).as_bytes();
        Finding {
            message: self.message(),
            fingerprint: format!("{:016x}", u64::from_be_bytes([a, b, c, d, e, f, g, h])),
            figures,
            formula: std::mem::take(&mut self.formula),
            ..self.counted()
        }
    }
}

impl Check<'_> {
    pub(super) fn value(&self, figure: usize) -> Option<Decimal> {
        self.figures.get(figure)?.value
    }

    /// A sum of money in the unit in which it is printed, 12.5万元; none for other figures.
    pub(super) fn money(&self, figure: &Figure) -> Option<String> {
        let value = figure.value.filter(|_| figure.unit == "元")?;
        let printed = self.report.text.get(figure.number.clone())?;
        let digits: String = fold(printed)
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '.')
            .collect();
        let number = digits.parse::<Decimal>().ok();
        for (factor, unit) in [(10_000, "万元"), (100_000_000, "亿元")] {
            let factor = Decimal::from(factor);
            let same = number.and_then(|n| n.checked_mul(factor)) == Some(value);
            if same && !value.is_zero() {
                return Some(format!("{}{unit}", (value / factor).normalize()));
            }
        }
        Some(format!("{}元", value.normalize()))
    }

    /// A figure's value as a reader finds it in the text.
    pub(super) fn printed(&self, figure: &Figure) -> String {
        let plain = || figure.value.map(|v| v.normalize().to_string());
        self.money(figure).or_else(plain).unwrap_or_default()
    }

    /// The words that name a figure, without white space.
    pub(super) fn label(&self, figure: &Figure) -> String {
        let words = |range: std::ops::Range<usize>| {
            let text = self.report.text.get(range).unwrap_or_default();
            text.split_whitespace().collect::<String>()
        };
        match words(figure.label.clone()) {
            label if label.is_empty() => words(figure.range.clone()),
            label => label,
        }
    }

    pub(super) fn finding(&self, draft: Draft) -> Finding {
        if !self.tells {
            return draft.counted();
        }
        let figures = || draft.figures.iter().filter_map(|f| self.figures.get(*f));
        let ids = figures().map(|f| f.id.clone()).collect();
        let places: Vec<String> = figures().map(|f| self.place(f)).collect();
        draft.told(&self.owner, ids, &places)
    }

    /// What names a figure when the text elsewhere changes, and when a cell is corrected.
    fn place(&self, figure: &Figure) -> String {
        if let Some(cell) = &figure.cell {
            return cell.clone();
        }
        let key = figure.indicator.as_deref().unwrap_or("-");
        let words = self.report.text.get(figure.range.clone());
        let words = fold(words.unwrap_or_default());
        format!("{key}\0{words}")
    }
}

/// Findings that would bear one fingerprint (two equal tables in a report) are numbered.
pub(super) fn number_twins(findings: &mut [Finding]) {
    let mut seen: HashMap<String, u32> = HashMap::with_capacity(findings.len());
    for finding in findings {
        let count = seen.entry(finding.fingerprint.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            finding.fingerprint = format!("{}-{count}", finding.fingerprint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_and_braces_in_values_stay() {
        let words = [("a", "{b}"), ("b", "2")];
        assert_eq!(fill("{a} and {b}, {c} {", &words), "{b} and 2, {c} {");
    }
}
