//! What the prose claims of its own figures, sentence by sentence (`tests/fixtures/claims.txt`).

use gongkai::audit::{Finding, Status};
use gongkai::source::Format;

use crate::common::read;

const FIXTURE: &str = include_str!("../fixtures/claims.txt");

/// What is said of a sentence: rule, verdict, formula.
fn said(sentence: &str) -> Vec<(Status, String)> {
    let text = format!("平湖市人民政府2014年政府信息公开工作年度报告\n\n一、概述\n\n{sentence}\n");
    let reading = read(&text, Format::Txt);
    let of_prose = |f: &&Finding| f.rule.starts_with("R-P") || f.rule == "R-X1";
    let told = |f: &Finding| {
        let status = serde_json::to_value(f.status).expect("a word");
        let status = status.as_str().unwrap_or_default();
        (f.status, format!("{} {status} {}", f.rule, f.formula))
    };
    reading.findings.iter().filter(of_prose).map(told).collect()
}

#[test]
fn true_sentences_stand_and_wrong_ones_are_told() {
    let mut wrong = Vec::new();
    let cases = FIXTURE.split("\n> ").skip(1);
    for case in cases {
        let mut lines = case.lines().take_while(|l| !l.is_empty());
        let sentence = lines.next().unwrap_or_default();
        let expected: Vec<&str> = lines.collect();
        let said = said(sentence);
        let there = |line: &&&str| !said.iter().any(|s| s.1.trim_end() == **line);
        let missing: Vec<_> = expected.iter().filter(there).collect();
        let extra = said.iter().filter(|s| s.0 != Status::Pass);
        let extra: Vec<_> = extra
            .filter(|s| !expected.contains(&s.1.trim_end()))
            .collect();
        if !missing.is_empty() || !extra.is_empty() {
            wrong.push(format!(
                "{sentence}\n  missing {missing:?}\n  extra {extra:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
