//! Words and numbers as they are shown: what things are called in the language of the
//! interface, thousands separated, a report's name with its source.

use rust_decimal::Decimal;

use super::state::layer::{Card, CardLine};
use super::state::{Place, State};
use crate::audit::{Finding, Message, Status};
use crate::config::language::Language;
use crate::corpus::Reviews;
use crate::figure::catalogue::{Catalogue, Indicator};
use crate::figure::{Figure, Qualifier, Semantics, rates};
use crate::query::Grouping;
use crate::report::Report;
use crate::text::clean::clean_line;
use crate::text::{width, wrap};

/// The name of a place in the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Which.
    pub place: Place,
    /// Its key and its name.
    pub text: String,
    /// First column.
    pub from: u16,
    /// First column after it.
    pub to: u16,
}

/// The names of the places, from the left; only the one that is shown when there is no room.
pub fn tabs(state: &State) -> Vec<Tab> {
    let mut x = 0;
    let mut out = Vec::new();
    for (at, place) in Place::ALL.into_iter().enumerate() {
        if state.size.0 < 60 && place != state.place {
            continue;
        }
        let name = state
            .language
            .text(&format!("place.{}", place.context().name()))
            .to_owned();
        let text = format!(" {} {name} ", at + 1);
        let w = u16::try_from(width::cells(&text)).unwrap_or(u16::MAX);
        out.push(Tab {
            place,
            text,
            from: x,
            to: x.saturating_add(w),
        });
        x = x.saturating_add(w);
    }
    out
}

/// One of two, by language.
pub fn pick_language<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// What an indicator is called.
pub fn label(indicator: &Indicator, language: Language) -> &str {
    pick_language(language, &indicator.zh, &indicator.en)
}

/// What it is called in the other language.
pub fn other_label(indicator: &Indicator, language: Language) -> &str {
    pick_language(language, &indicator.en, &indicator.zh)
}

/// What an indicator or a rate is called, by key; the key when it is unknown.
pub fn label_of(key: &str, language: Language) -> &str {
    if let Some(rate) = rates::definition(key) {
        return pick_language(language, &rate.zh, &rate.en);
    }
    let known = Catalogue::current().get(key);
    known.map_or(key, |i| label(i, language))
}

/// Head of a column of the list: short where there is a short name.
pub fn column(key: &str, language: Language) -> String {
    let name = format!("column.{key}");
    let text = language.text(&name);
    if text == name {
        label_of(key, language).to_owned()
    } else {
        text.to_owned()
    }
}

/// A message in the language of the interface.
pub fn message(message: &Message, language: Language) -> &str {
    pick_language(language, &message.zh, &message.en)
}

/// A number with its thousands separated: 1487096.50 → 1,487,096.5.
pub fn number(value: Decimal) -> String {
    let plain = value.normalize().to_string();
    let (sign, rest) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |r| ("-", r));
    let (whole, fraction) = rest
        .split_once('.')
        .map_or((rest, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A figure's value with what the source says of its exactness.
pub fn value(figure: &Figure, language: Language) -> String {
    match (figure.semantics, figure.value) {
        (Semantics::Empty, _) => language.text("value.empty").to_owned(),
        (Semantics::Na, _) => language.text("value.na").to_owned(),
        (_, None) => language.text("value.text").to_owned(),
        (_, Some(v)) => {
            let mark = match figure.qualifier {
                Qualifier::Exact => "",
                Qualifier::Approx => "~",
                Qualifier::AtLeast => "≥",
                Qualifier::AtMost => "<",
            };
            let gap = if figure.unit == "%" { "" } else { " " };
            format!("{mark}{}{gap}{}", number(v), clean_line(&figure.unit))
        }
    }
}

/// What a figure is called: its indicator, else the words that name it.
pub fn figure_label(report: &Report, figure: &Figure, language: Language) -> String {
    match (&figure.indicator, figure.applicant) {
        (Some(key), Some(applicant)) => {
            let applicant = crate::query::compare::applicant_label(applicant);
            format!(
                "{}（{}）",
                label_of(key, language),
                message(&applicant, language)
            )
        }
        (Some(key), None) => label_of(key, language).to_owned(),
        (None, _) => {
            let words = report.text.get(figure.label.clone()).unwrap_or_default();
            clean_line(words).into_owned()
        }
    }
}

/// A section's heading on one line.
pub fn heading(report: &Report, at: usize, language: Language) -> String {
    let Some(section) = report.sections.get(at) else {
        return String::new();
    };
    if section.id == "0" && section.title.is_empty() {
        return language.text("outline.opening").to_owned();
    }
    let title = if section.title.is_empty() {
        // A numbered paragraph without a title: its first words.
        let words = report.text.get(section.own.clone()).unwrap_or_default();
        words.trim().chars().take(24).collect()
    } else {
        format!("{}{}", section.marker, section.title)
    };
    clean_line(&title).into_owned()
}

/// Key of a way to build the tree.
pub fn grouping_key(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Region => "group.region",
        Grouping::Year => "group.year",
        Grouping::Level => "group.level",
        Grouping::Agency => "group.agency",
    }
}

/// A sign for how a check came out, told without colour.
pub fn status_mark(status: Status) -> &'static str {
    match status {
        Status::Pass | Status::PassIfBlankZero => "✓",
        Status::Implied => "=",
        Status::Fail => "✗",
        Status::Warn => "!",
        Status::NotAssessable => "?",
    }
}

/// What a finding says to a person who may have dismissed it.
pub fn standing(finding: &Finding, reviews: &Reviews) -> Status {
    match reviews.is_dismissed(&finding.fingerprint, &finding.values()) {
        true => Status::Pass,
        false => finding.status,
    }
}

/// How a check came out, in words: key in the language files.
pub fn status_key(status: Status) -> &'static str {
    match status {
        Status::Pass => "status.pass",
        Status::PassIfBlankZero => "status.pass_if_blank_zero",
        Status::Implied => "status.implied",
        Status::Fail => "status.fail",
        Status::Warn => "status.warn",
        Status::NotAssessable => "status.not_assessable",
    }
}

/// The gravest first.
pub fn gravity(status: Status) -> u8 {
    match status {
        Status::Fail => 0,
        Status::Warn => 1,
        Status::Implied => 2,
        Status::NotAssessable => 3,
        Status::PassIfBlankZero => 4,
        Status::Pass => 5,
    }
}

/// A line of a card as it is drawn: what it is, its words, and what of them to stress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// What it is.
    pub kind: DrawnKind,
    /// Cells to its left.
    pub indent: usize,
    /// Words before it, in another look.
    pub name: String,
    /// Words.
    pub text: String,
    /// Bytes of `text` to stress.
    pub stress: std::ops::Range<usize>,
}

/// What a line of a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawnKind {
    /// Heading
    Heading,
    /// Name and value
    Pair,
    /// Name and value of a link
    Link(usize),
    /// Words of a report
    Quote,
    /// A sentence of one text or of both
    Sentence(i8),
    /// How a check came out
    Finding(Status),
    /// Words of ours
    Note,
}

/// Breaks a card into lines of at most `w` cells.
pub fn card_lines(card: &Card, w: usize) -> Vec<Drawn> {
    let names = card.lines.iter().filter_map(|l| match l {
        CardLine::Pair(name, _) | CardLine::Link(_, name, _) => Some(width::cells(name)),
        _ => None,
    });
    let column = names.max().unwrap_or(0).min(w * 2 / 5).min(30);
    let mut out = Vec::new();
    for line in &card.lines {
        let (kind, indent, name, words, stress) = match line {
            CardLine::Blank => (DrawnKind::Note, 0, "", "", 0..0),
            CardLine::Heading(t) => (DrawnKind::Heading, 0, "", t.as_str(), 0..0),
            CardLine::Pair(n, t) => (DrawnKind::Pair, column + 2, n.as_str(), t.as_str(), 0..0),
            CardLine::Link(i, n, t) => {
                let kind = DrawnKind::Link(*i);
                (kind, column + 2, n.as_str(), t.as_str(), 0..0)
            }
            CardLine::Quote(t, s) => (DrawnKind::Quote, 2, "", t.as_str(), s.clone()),
            CardLine::Finding(s, t) => {
                (DrawnKind::Finding(*s), 2, status_mark(*s), t.as_str(), 0..0)
            }
            CardLine::Note(t) => (DrawnKind::Note, 0, "", t.as_str(), 0..0),
            CardLine::Sentence(side, t) => {
                let sign = match side {
                    0 => " ",
                    1.. => "+",
                    _ => "-",
                };
                (DrawnKind::Sentence(*side), 2, sign, t.as_str(), 0..0)
            }
        };
        let mut name = name.to_owned();
        // A name too long for its column has a line of its own.
        if matches!(kind, DrawnKind::Pair | DrawnKind::Link(_)) && width::cells(&name) > column {
            for r in wrap::lines(&name, w) {
                out.push(Drawn {
                    kind,
                    indent: 0,
                    name: name[r].trim_end().to_owned(),
                    text: String::new(),
                    stress: 0..0,
                });
            }
            name.clear();
        }
        for (i, r) in wrap::lines(words, w.saturating_sub(indent))
            .into_iter()
            .enumerate()
        {
            let part = words[r.clone()].trim_end();
            let end = r.start + part.len();
            let from = stress.start.clamp(r.start, end);
            let to = stress.end.clamp(from, end);
            out.push(Drawn {
                kind,
                indent,
                name: if i == 0 {
                    std::mem::take(&mut name)
                } else {
                    String::new()
                },
                text: part.to_owned(),
                stress: from - r.start..to - r.start,
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        for (value, shown) in [
            ("1487096.50", "1,487,096.5"),
            ("-743", "-743"),
            ("-7743", "-7,743"),
            ("0", "0"),
        ] {
            let value: Decimal = value.parse().expect(shown);
            assert_eq!(number(value), shown);
        }
    }
}
