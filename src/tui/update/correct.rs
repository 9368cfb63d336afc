//! A person sets year, region, department or kind of a file by hand.

use super::reader;
use crate::config::language::Language;
use crate::corpus::{Override, SaidKind};
use crate::report::{Kind, overrides};
use crate::text::clean::clean_line;
use crate::tui::action::{Doc, Job, Spot};
use crate::tui::state::form::{Content, Field, Form, Purpose};
use crate::tui::state::{Input, Layer, Place, State};

/// Years that reports can be about; the first regulation came into force in 2008, some
/// places wrote reports before.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
/// What is filled in for "the government itself, no department".
const NONE: &str = "-";

/// Asks for the file under the cursor, or opens the form for the report that is open.
pub fn open(state: &mut State) -> Vec<Job> {
    if state.place == Place::Reader {
        if let Some(doc) = state.reader.doc.clone() {
            show(state, &doc);
        }
        return Vec::new();
    }
    let Some(id) = state.library.selected().map(|r| r.id.clone()) else {
        return Vec::new();
    };
    let generation = state.next_generation();
    state.correct_generation = generation;
    vec![Job::ToCorrect { generation, id }]
}

/// Shows the form, with what has been said before in its fields and what was read beside
/// them.
pub fn show(state: &mut State, doc: &Doc) {
    let l = state.language;
    let report = &doc.reading.report;
    let said = doc.said.clone().unwrap_or_default();
    let unknown = || l.text("meta.unknown").to_owned();
    let text = |value: Option<String>| Content::Text(Input::new(&value.unwrap_or_default()));
    let year = report.year.map(|y| y.value.to_string());
    let region = report.region.as_ref().map(|r| r.path.concat());
    let agency = report.agency.clone();
    let kind = match report.kind {
        Kind::Report => "correct.report",
        Kind::Other => "correct.other",
    };
    let read = |value: &str| l.fill("correct.as_read", &[("value", &clean_line(value))]);
    let said_agency = match said.agency.as_deref() {
        Some("") => Some(NONE.to_owned()),
        other => other.map(str::to_owned),
    };
    let field = |label, otherwise: &str, content| Field {
        label,
        otherwise: read(otherwise),
        content,
    };
    let fields = vec![
        field(
            "meta.year",
            &year.unwrap_or_else(unknown),
            text(said.year.map(|y| y.to_string())),
        ),
        field(
            "meta.region",
            &region.unwrap_or_else(unknown),
            text(said.region.clone()),
        ),
        field(
            "meta.agency",
            agency.as_deref().unwrap_or(l.text("correct.none")),
            text(said_agency),
        ),
        field(
            "correct.kind",
            l.text(kind),
            Content::Choice(
                vec!["correct.not_said", "correct.report", "correct.other"],
                match said.kind {
                    None => 0,
                    Some(SaidKind::Report) => 1,
                    Some(SaidKind::Other) => 2,
                },
            ),
        ),
        Field {
            label: "correct.principal",
            otherwise: l.text("correct.principal_how").to_owned(),
            content: Content::Choice(
                vec!["correct.by_rule", "correct.stands", "correct.stands_not"],
                match said.principal {
                    None => 0,
                    Some(true) => 1,
                    Some(false) => 2,
                },
            ),
        },
    ];
    state.layers.push(Layer::Form(Form {
        title: l.text("correct.title").to_owned(),
        about: format!("{}\n{}", clean_line(&report.title), l.text("correct.how")),
        fields,
        at: 0,
        error: None,
        purpose: Purpose::Correct {
            id: doc.id.clone(),
            path: doc.path.clone(),
            said,
        },
    }));
}

/// What the form says; or what of it makes no sense.
pub fn check(form: &Form, before: &Override, language: Language) -> Result<Override, String> {
    let l = language;
    let year = match form.text(0) {
        "" => None,
        words => {
            let folded = crate::text::fold::fold(words);
            let year = folded.trim_end_matches('年').parse().ok();
            let year = year.filter(|y| YEARS.contains(y));
            Some(year.ok_or_else(|| l.fill("correct.no_year", &[("words", words)]))?)
        }
    };
    let region = match form.text(1) {
        "" => None,
        words if overrides::region(words, year).is_none() => {
            return Err(l.fill("correct.no_region", &[("words", words)]));
        }
        words => Some(words.to_owned()),
    };
    let agency = match form.text(2) {
        "" => None,
        NONE | "－" => Some(String::new()),
        words => Some(words.to_owned()),
    };
    let kind = [None, Some(SaidKind::Report), Some(SaidKind::Other)];
    Ok(Override {
        year,
        region,
        agency,
        kind: kind.get(form.choice(3)).copied().flatten(),
        title: before.title.clone(),
        principal: [None, Some(true), Some(false)][form.choice(4).min(2)],
    })
}

/// It has been written, or could not be. The index and the report that is open are read
/// again.
pub fn done(state: &mut State, id: String, written: Result<String, String>) -> Vec<Job> {
    if !state.wrote("correct.done", written) {
        return Vec::new();
    }
    let mut jobs = vec![Job::Rescan];
    if state.reader.doc.as_ref().is_some_and(|d| d.id == id) {
        let at = state.reader.source_at_top();
        let place = state.place;
        state.reader.doc = None;
        jobs.extend(reader::open(state, Spot { id, range: at..at }, ""));
        state.place = place;
    }
    jobs
}
