//! The reading of the embedded samples against labels made by hand when they were written
//! (`tests/fixtures/samples/`). The floors may only rise.

use std::path::PathBuf;

use gongkai::figure::{Figure, Period};
use gongkai::reading::{self, Reading};
use gongkai::source::Format;
use serde_json::Value;

struct Sample {
    name: String,
    label: Value,
    reading: Reading,
}

fn samples() -> Vec<Sample> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut samples = Vec::new();
    let folder = root.join("tests/fixtures/samples");
    for entry in std::fs::read_dir(folder).expect("labels").flatten() {
        let name = entry.file_name().to_string_lossy().replace(".json", "");
        let label =
            serde_json::from_slice(&std::fs::read(entry.path()).expect("readable")).expect("JSON");
        let (file, format) = [("txt", Format::Txt), ("md", Format::Md)]
            .into_iter()
            .map(|(ending, format)| (root.join(format!("assets/samples/{name}.{ending}")), format))
            .find(|(file, _)| file.exists())
            .expect("a sample for every label");
        let reading = reading::read(&std::fs::read(file).expect("readable"), &name, format)
            .expect("a report");
        samples.push(Sample {
            name,
            label,
            reading,
        });
    }
    assert!(samples.len() >= 18);
    samples
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn samples_are_placed_in_the_right_year_and_region() {
    for sample in samples() {
        let report = &sample.reading.report;
        let year = report.year.map(|y| i64::from(y.value));
        assert_eq!(year, sample.label["year"].as_i64(), "{}", sample.name);
        let title = sample.label["title"].as_str().unwrap_or_default();
        assert_eq!(squeezed(&report.title), squeezed(title), "{}", sample.name);
        let region = report.region.as_ref().map(|r| r.code.as_str());
        assert_eq!(region, sample.label["region"].as_str(), "{}", sample.name);
        let agency = report.agency.as_deref();
        assert_eq!(agency, sample.label["agency"].as_str(), "{}", sample.name);
        let form = format!("{:?}", report.form);
        assert_eq!(
            Some(form.as_str()),
            sample.label["form"].as_str(),
            "{}",
            sample.name
        );
    }
}

#[test]
fn every_quote_is_the_words_of_its_range() {
    for sample in samples() {
        let text = &sample.reading.report.text;
        for figure in &sample.reading.figures {
            let quote = text.get(figure.range.clone()).unwrap_or_default();
            assert!(
                !quote.is_empty() && quote.len() <= 300,
                "{}: {figure:?}",
                sample.name
            );
        }
    }
}

#[test]
fn nothing_that_is_no_figure_is_taken_for_one() {
    let (mut kept, mut all, mut misses) = (0, 0, Vec::new());
    for sample in samples() {
        let text = &sample.reading.report.text;
        for words in sample.label["not_figures"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            all += 1;
            let taken = text.match_indices(words).any(|(at, w)| {
                sample
                    .reading
                    .figures
                    .iter()
                    .any(|f| f.range.start < at + w.len() && at < f.range.end)
            });
            if taken {
                misses.push(format!("{}: {words}", sample.name));
            } else {
                kept += 1;
            }
        }
    }
    assert!(kept * 100 >= all * GUARDS, "{kept} of {all}: {misses:#?}");
}

#[test]
fn statistics_are_found_and_named() {
    let (mut found, mut named, mut labels, mut nameable) = (0, 0, 0, 0);
    let (mut right, mut given) = (0, 0);
    for sample in samples() {
        let text = &sample.reading.report.text;
        let wanted: Vec<&Value> = sample.label["figures"]
            .as_array()
            .into_iter()
            .flatten()
            .collect();
        for label in &wanted {
            labels += 1;
            let hit = sample
                .reading
                .figures
                .iter()
                .any(|f| is_hit(text, f, label));
            found += usize::from(hit);
            if label["indicator"].is_string() && label["scope"].is_null() && label["year"].is_null()
            {
                nameable += 1;
                let named_so = |f: &&Figure| f.indicator.as_deref() == label["indicator"].as_str();
                named += usize::from(
                    sample
                        .reading
                        .figures
                        .iter()
                        .filter(named_so)
                        .any(|f| is_hit(text, f, label)),
                );
            }
        }
        for figure in &sample.reading.figures {
            let counted =
                figure.indicator.is_some() && figure.scope.is_none() && figure.cell.is_none();
            if !counted || figure.period == Period::Partial {
                continue;
            }
            given += 1;
            let so = |l: &&&Value| l["indicator"].as_str() == figure.indicator.as_deref();
            right += usize::from(wanted.iter().filter(so).any(|l| is_hit(text, figure, l)));
        }
    }
    println!("found {found}/{labels}, named {named}/{nameable}, right {right}/{given}");
    assert!(found * 100 >= labels * FOUND, "found {found} of {labels}");
    assert!(
        named * 100 >= nameable * NAMED,
        "named {named} of {nameable}"
    );
    assert!(right * 100 >= given * RIGHT, "right {right} of {given}");
}

const APPLICANTS: [&str; 7] = [
    "natural",
    "enterprise",
    "research",
    "nonprofit",
    "legal_service",
    "other_org",
    "total",
];

#[test]
fn every_cell_of_a_form_has_its_printed_number() {
    let mut cells = 0;
    for sample in samples() {
        let Some(rows) = sample.label.get("cells").and_then(Value::as_object) else {
            continue;
        };
        let mut wanted: Vec<(String, f64)> = Vec::new();
        for (row, value) in rows {
            match value.as_array() {
                None => wanted.push((row.clone(), value.as_f64().expect("a number"))),
                Some(values) => wanted.extend(
                    APPLICANTS
                        .iter()
                        .zip(values)
                        .map(|(who, v)| (format!("{row}/{who}"), v.as_f64().expect("a number"))),
                ),
            }
        }
        let read = |cell: &str| {
            let figures = sample.reading.figures.iter();
            let mut of_cell = figures.filter(|f| f.cell.as_deref() == Some(cell));
            let figure = of_cell.next()?;
            assert!(of_cell.next().is_none(), "{}: {cell} twice", sample.name);
            figure.value?.to_string().parse::<f64>().ok()
        };
        cells += wanted.len();
        let wrong: Vec<_> = wanted
            .into_iter()
            .filter(|(cell, value)| read(cell).is_none_or(|got| (got - value).abs() > 1e-6))
            .collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", sample.name);
    }
    assert!(cells >= 1300, "{cells}");
}

#[test]
fn no_doubt_is_raised_that_the_words_do_not_give() {
    for sample in samples() {
        let doubts: Vec<_> = sample
            .reading
            .findings
            .iter()
            .filter(|f| f.status == gongkai::audit::Status::Warn && f.rule.starts_with("R-P"))
            .map(|f| (f.rule, f.formula.clone()))
            .collect();
        let wanted = sample.label["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|f| f["status"] == "warn")
            .count();
        assert_eq!(doubts.len(), wanted, "{}: {doubts:?}", sample.name);
    }
}

/// Floors in per cent.
const GUARDS: usize = 90;
const FOUND: usize = 97;
const NAMED: usize = 95;
const RIGHT: usize = 99;

fn is_hit(text: &str, figure: &Figure, label: &Value) -> bool {
    let value = label["value"].as_f64().unwrap_or(f64::NAN);
    let got = figure.value.and_then(|v| v.to_string().parse::<f64>().ok());
    let quote = label["quote"].as_str().unwrap_or_default();
    got.is_some_and(|g| (g - value).abs() < 1e-6)
        && text
            .match_indices(quote)
            .any(|(at, q)| figure.range.start < at + q.len() && at < figure.range.end)
}

#[test]
fn sums_that_do_not_add_up_are_reported_and_no_others() {
    for sample in samples() {
        let fails: Vec<_> = sample
            .reading
            .findings
            .iter()
            .filter(|f| f.status == gongkai::audit::Status::Fail && f.rule.starts_with("R-P"))
            .map(|f| (f.rule, f.formula.clone()))
            .collect();
        let wanted: Vec<&Value> = sample.label["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|f| {
                f["status"] == "fail" && f["rule"].as_str().is_some_and(|r| r.starts_with("R-P"))
            })
            .collect();
        assert_eq!(fails.len(), wanted.len(), "{}: {fails:?}", sample.name);
    }
}

/// The index only counts findings: what it counts is what others read.
#[test]
fn findings_without_words_are_the_same_findings() {
    for sample in samples() {
        let reading = &sample.reading;
        let (figures, claims) = gongkai::figure::read(&reading.report);
        let told = reading.findings.iter();
        let told: Vec<_> = told
            .map(|f| (f.rule, f.status, f.severity, f.class))
            .collect();
        let counted = gongkai::audit::count(&reading.report, &figures, &claims);
        let counted = counted.iter();
        let counted: Vec<_> = counted
            .map(|f| (f.rule, f.status, f.severity, f.class))
            .collect();
        assert_eq!(told, counted, "{}", sample.name);
    }
}
