//! What sentences say: every phrase of `tests/fixtures/phrases.txt` is read as it stands
//! there, no figure more and none less; every wording of `tests/fixtures/wordings.txt` gives
//! the names that stand behind it.

use gongkai::figure::{self, Basis, Figure, Period, Qualifier, Semantics};
use gongkai::report;
use gongkai::source::{self, Format};

const PHRASES: &str = include_str!("fixtures/phrases.txt");
const WORDINGS: &str = include_str!("fixtures/wordings.txt");

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

#[test]
fn wordings_name_what_they_count() {
    let mut wrong = Vec::new();
    let mut heading = "";
    for line in WORDINGS.lines() {
        if let Some(title) = line.strip_prefix('@') {
            heading = title;
        }
        let Some((sentence, want)) = line.split_once(" => ") else {
            continue;
        };
        let named: Vec<String> = figures(2023, heading, sentence).iter().map(name).collect();
        if named.join(" ") != want {
            wrong.push(format!(
                "{sentence}\n  want {want}\n  read {}",
                named.join(" ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whose numbers they are depends on whose report it is.
#[test]
fn the_body_of_a_report_is_no_other() {
    let scopes = |text: &str| -> Vec<Option<String>> {
        let source = source::read(text.as_bytes(), Format::Txt).expect("a text");
        let figures = figure::read(&report::read(source)).0;
        figures.into_iter().map(|f| f.scope).collect()
    };
    let told = "全区工作平稳。区政府本级涉及信息公开的行政复议案件10件。\n";
    let of_office = "荣昌区人民政府办公室2023年政府信息公开工作年度报告\n一、总体情况\n";
    assert_eq!(scopes(&format!("{of_office}{told}")), [None]);
    let of_area = "荣昌区2023年政府信息公开工作年度报告\n一、总体情况\n";
    let level = Some("区政府本级".to_owned());
    assert_eq!(scopes(&format!("{of_area}{told}")), [level]);
    // Nothing but a link tells where it is from.
    let unknown = "现公布2022年度政府信息公开工作年度报告，电子版可在青岛西海岸新区网站下载。\n\
                   一、总体情况\n2022年黄岛街道接到依申请公开2件。\n";
    assert_eq!(scopes(unknown), [None]);
}

fn read(heading: &str, sentence: &str) -> Vec<String> {
    let figures = figures(2016, heading, sentence);
    figures.iter().map(shown).collect()
}

fn figures(year: u16, heading: &str, sentence: &str) -> Vec<Figure> {
    let text = format!("某某区{year}年政府信息公开工作年度报告\n一、{heading}\n{sentence}\n");
    let source = source::read(text.as_bytes(), Format::Txt).expect("a text");
    figure::read(&report::read(source)).0
}

/// Key and applicant.
fn name(figure: &Figure) -> String {
    let mut name = figure.indicator.clone().unwrap_or_else(|| "-".to_owned());
    if let Some(who) = figure.applicant {
        let who = serde_json::to_value(who).expect("a word");
        name += &format!("/{}", who.as_str().expect("a word"));
    }
    name
}

fn shown(figure: &Figure) -> String {
    let mut shown = name(figure);
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
