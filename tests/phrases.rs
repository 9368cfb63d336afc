//! What sentences say: every phrase of `tests/fixtures/phrases.txt` is read as it stands
//! there, no figure more and none less.

use gongkai::figure::{self, Basis, Figure, Period, Qualifier, Semantics};
use gongkai::report;
use gongkai::source::{self, Format};

const PHRASES: &str = include_str!("fixtures/phrases.txt");

#[test]
fn phrases_are_read_as_they_are_meant() {
    let mut wrong = Vec::new();
    let mut heading = "";
    let mut lines = PHRASES.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            heading = title;
        }
        let Some(sentence) = line.strip_prefix("> ") else {
            continue;
        };
        let mut want = Vec::new();
        while let Some(line) = lines.next_if(|l| !l.is_empty() && !l.starts_with(['>', '#'])) {
            want.push(line.to_owned());
        }
        let found = read(heading, sentence);
        if found != want {
            wrong.push(format!("{sentence}\n  want {want:?}\n  read {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn read(heading: &str, sentence: &str) -> Vec<String> {
    let text = format!("某某区2016年政府信息公开工作年度报告\n一、{heading}\n{sentence}\n");
    let source = source::read(text.as_bytes(), Format::Txt).expect("a text");
    let (figures, _) = figure::read(&report::read(source));
    figures.iter().map(shown).collect()
}

fn shown(figure: &Figure) -> String {
    let mut shown = figure.indicator.clone().unwrap_or_else(|| "-".to_owned());
    if let Some(who) = figure.applicant {
        let who = serde_json::to_value(who).expect("a word");
        shown += &format!("/{}", who.as_str().expect("a word"));
    }
    let value = figure.value.map(|v| v.to_string()).unwrap_or_default();
    shown += &format!(" {value}{}", figure.unit);
    // A printed 0 is a zero too: only one in words needs to be told.
    let in_words = figure.semantics == Semantics::Zero && figure.number == figure.range;
    let mut marks = Vec::new();
    marks.extend(figure.year.map(|y| y.to_string()));
    marks.extend(figure.scope.clone());
    for (holds, mark) in [
        (in_words, "zero"),
        (figure.basis == Basis::Stock, "stock"),
        (figure.period == Period::Partial, "partial"),
        (figure.qualifier == Qualifier::Approx, "approx"),
        (figure.qualifier == Qualifier::AtLeast, "at_least"),
        (figure.qualifier == Qualifier::AtMost, "at_most"),
    ] {
        if holds {
            marks.push(mark.to_owned());
        }
    }
    if !marks.is_empty() {
        shown += &format!(" ({})", marks.join(", "));
    }
    shown
}
