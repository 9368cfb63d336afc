//! Numbers as others expect them to be read: the specifications of Recognizers-Text, from
//! the folder that `GONGKAI_NUMBER_SPECS` names. Without it there is nothing to check.
//!
//! What we do not read as they do is listed, with its reason, in
//! `tests/fixtures/numbers.toml`; the list may only shrink.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gongkai::text::fold::fold;
use gongkai::text::numeral;
use rust_decimal::Decimal;
use serde::Deserialize;

/// Least share of the numerals of NumberModel that are read as expected.
const NUMBERS: f64 = 0.93;
/// Least share of those of PercentModel.
const PERCENTS: f64 = 0.95;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Case {
    input: String,
    #[serde(default)]
    results: Vec<Expected>,
    #[serde(default)]
    ignore_resolution: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Expected {
    start: usize,
    end: usize,
    #[serde(default)]
    resolution: BTreeMap<String, serde_json::Value>,
}

#[derive(Deserialize)]
struct Differences {
    #[serde(default)]
    number: Vec<Difference>,
    #[serde(default)]
    percent: Vec<Difference>,
}

#[derive(Deserialize)]
struct Difference {
    texts: Vec<String>,
    reason: String,
}

#[test]
fn numerals_are_read_as_others_expect() {
    check("NumberModel", NUMBERS, |d| &d.number, numeral::value);
}

#[test]
fn shares_are_read_as_others_expect() {
    check("PercentModel", PERCENTS, |d| &d.percent, numeral::percent);
}

fn check(
    model: &str,
    floor: f64,
    listed: impl Fn(&Differences) -> &Vec<Difference>,
    read: impl Fn(&str) -> Option<Decimal>,
) {
    let Some(folder) = std::env::var_os("GONGKAI_NUMBER_SPECS") else {
        eprintln!("{model}: GONGKAI_NUMBER_SPECS is not set, nothing checked");
        return;
    };
    let file = Path::new(&folder).join(format!("{model}.json"));
    let text = std::fs::read_to_string(&file).expect("the specification can be read");
    let cases: Vec<Case> =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("a specification");
    let differences: Differences =
        toml::from_str(include_str!("fixtures/numbers.toml")).expect("numbers.toml");
    let allowed: BTreeSet<&str> = listed(&differences)
        .iter()
        .inspect(|d| assert!(!d.reason.is_empty()))
        .flat_map(|d| d.texts.iter().map(String::as_str))
        .collect();
    let (mut right, mut all) = (0, 0);
    let (mut new, mut seen) = (Vec::new(), BTreeSet::new());
    for case in &cases {
        for expected in &case.results {
            let Some(want) = expected.resolution.get("value").and_then(|v| v.as_str()) else {
                continue;
            };
            let count = expected.end + 1 - expected.start;
            let said: String = case
                .input
                .chars()
                .skip(expected.start)
                .take(count)
                .collect();
            let found = read(&fold(&said));
            all += 1;
            if case.ignore_resolution && found.is_some() || same(found, want) {
                right += 1;
            } else if allowed.contains(said.as_str()) {
                seen.insert(said);
            } else {
                new.push(format!("{said} is {want}, read as {found:?}"));
            }
        }
    }
    let share = f64::from(right) / f64::from(all);
    eprintln!("{model}: {right} of {all} ({share:.3})");
    assert!(new.is_empty(), "not listed: {new:#?}");
    let stale: Vec<_> = allowed.iter().filter(|t| !seen.contains(**t)).collect();
    assert!(stale.is_empty(), "listed, but read as expected: {stale:?}");
    assert!(share >= floor, "{model}: {share:.3} is less than {floor}");
}

/// Equal up to the fifteen digits that a double can say.
fn same(found: Option<Decimal>, want: &str) -> bool {
    let want = want.trim_end_matches('%');
    let (Some(found), Ok(want)) = (found, want.parse::<f64>()) else {
        return false;
    };
    let found: f64 = found.to_string().parse().unwrap_or(f64::NAN);
    (found - want).abs() <= 1e-12 * want.abs().max(1.0)
}
