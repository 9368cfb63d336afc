//! `compare`, `trend` and `rank`: figures beside figures.

use serde_json::Value;

use crate::place::Place;

#[test]
fn a_comparison_comes_in_four_forms() {
    let place = Place::with(&["deqing-2015.txt", "fenggang-2015.txt"]);
    let compare = |format: &str| {
        let two = ["compare", "deqing-2015.txt", "fenggang-2015.txt"];
        let rest = ["--corpus", "corpus", "--format", format];
        place.wants(0, &[&two[..], &rest[..]].concat())
    };
    let json: Value = serde_json::from_str(&compare("json")).expect("json");
    assert_eq!(json["columns"].as_array().map(Vec::len), Some(2));
    assert!(!json["groups"].as_array().expect("groups").is_empty());
    let csv = compare("csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().expect("head").len();
    for record in reader.records() {
        let record = record.expect("a record");
        assert_eq!(record.len(), columns);
        for cell in &record {
            let formula = cell.starts_with(['=', '+', '@', '\t']);
            let number = cell.parse::<f64>().is_ok();
            assert!(!formula && (number || !cell.starts_with('-')), "{cell}");
        }
    }
    assert!(compare("md").contains("| --- |"));
    assert!(compare("text").contains("德清县 2015"));
    let none = [
        "compare",
        "deqing-2015.txt",
        "fenggang-2015.txt",
        "--corpus",
        "corpus",
    ];
    place.wants(1, &[&none[..], &["--indicator", "no.such"]].concat());
    place.complains(2, &["compare", "deqing-2015.txt", "--corpus", "corpus"]);
}

#[test]
fn one_body_is_followed_over_its_years() {
    let place = Place::with(&["deqing-2008.txt", "deqing-2015.txt", "fenggang-2015.txt"]);
    let trend = |region: &str, format: &str| {
        let args = ["trend", region, "--corpus", "corpus", "--format", format];
        place.wants(0, &args)
    };
    let text = trend("德清县", "text");
    assert!(text.contains("A 2008") && text.contains("B 2015"), "{text}");
    let json: Value = serde_json::from_str(&trend("deqing", "json")).expect("json");
    let columns = json["columns"].as_array().expect("columns");
    let years: Vec<_> = columns.iter().map(|c| c["year"].as_i64()).collect();
    assert_eq!(years, [Some(2008), Some(2015)]);
    // Two counties are called so.
    place.complains(2, &["trend", "县", "--corpus", "corpus"]);
    place.complains(2, &["trend", "火星", "--corpus", "corpus"]);
}

#[test]
fn reports_are_ranked_by_an_indicator() {
    let place = Place::with(&["deqing-2008.txt", "deqing-2015.txt", "fenggang-2015.txt"]);
    let rank = |more: &[&str]| {
        let args = ["rank", "requests.received.new", "--corpus", "corpus"];
        let json = place.wants(0, &[&args[..], &["--format", "json"], more].concat());
        let json: Value = serde_json::from_str(&json).expect("json");
        let rows = json["rows"].as_array().expect("rows").clone();
        let value = |r: &Value| (r["place"].as_u64(), r["value"].as_f64());
        rows.iter().map(value).collect::<Vec<_>>()
    };
    let all = rank(&[]);
    assert_eq!(all.len(), 3);
    assert!(all.windows(2).all(|w| w[0].1 >= w[1].1 && w[0].0 <= w[1].0));
    assert_eq!(rank(&["--within", "浙江"]).len(), 2);
    assert_eq!(rank(&["--year", "2015"]).len(), 2);
    assert_eq!(rank(&["--limit", "1"]), [all[0]]);
    let none = ["rank", "requests.received.new", "--corpus", "corpus"];
    place.wants(1, &[&none[..], &["--level", "province"]].concat());
    place.complains(2, &["rank", "no.such", "--corpus", "corpus"]);
}

#[test]
fn a_ranking_is_a_sheet_and_a_word_finds_its_indicators() {
    let place = Place::with(&["deqing-2008.txt", "deqing-2015.txt", "fenggang-2015.txt"]);
    let args = ["rank", "requests.received.new", "--corpus", "corpus"];
    let written = place.wants(0, &[&args[..], &["--format", "csv"]].concat());
    let mut reader = csv::Reader::from_reader(written.as_bytes());
    let head = reader.headers().expect("a head").clone();
    let at = |name: &str| head.iter().position(|h| h == name).expect(name);
    let rows: Vec<_> = reader.records().map(|r| r.expect("a record")).collect();
    assert_eq!(rows.len(), 3);
    let first = |name: &str| rows[0].get(at(name)).expect(name);
    let cells = ["place", "value", "unit", "year", "agency", "file"].map(first);
    assert_eq!(cells, ["1", "87", "件", "2015", "", "deqing-2015.txt"]);
    // A word that is no indicator's name leads to those that hold it.
    let said = place.complains(2, &["--lang", "zh", "rank", "新收", "--corpus", "corpus"]);
    assert!(
        said.contains("requests.received.new  本年新收申请"),
        "{said}"
    );
    let said = place.complains(2, &["--lang", "zh", "rank", "火星", "--corpus", "corpus"]);
    assert!(!said.contains("requests."), "{said}");
}

/// A county's report of a year: so many closed, so many of them denied.
fn closed(year: i32, closed: u32, denied: u32) -> String {
    format!(
        "浙江省德清县人民政府{year}年政府信息公开工作年度报告\n一、概述\n按规定编制。\n二、依申请公开情况\n全年新收政府信息公开申请{closed}件，办结申请{closed}件，其中不予公开{denied}件。\n"
    )
}

#[test]
fn rates_are_ranked_with_what_they_are_made_of() {
    let place = Place::new();
    for (year, all, denied) in [(2021, 40, 10), (2022, 20, 8), (2023, 0, 0)] {
        place.file(&format!("{year}.txt"), closed(year, all, denied).as_bytes());
    }
    let args = ["rank", "rate.denied", "--corpus", "corpus"];
    let json = place.wants(0, &[&args[..], &["--format", "json"]].concat());
    let json: Value = serde_json::from_str(&json).expect("json");
    let rows = json["rows"].as_array().expect("rows");
    let told = |r: &Value| {
        (
            r["value"].as_f64(),
            r["formula"].as_str().map(str::to_owned),
            r["small"].as_bool().unwrap_or(false),
        )
    };
    let rows: Vec<_> = rows.iter().map(told).collect();
    // Nothing closed: no base, no rate, and no place among those that have one.
    let wanted = [
        (Some(40.0), Some("8 ÷ 20".to_owned()), true),
        (Some(25.0), Some("10 ÷ 40".to_owned()), false),
    ];
    assert_eq!(rows, wanted);
    assert_eq!(json["missing"].as_u64(), Some(1));
    let text = place.wants(0, &args);
    assert!(
        text.contains("40% *") && text.contains("= 8 ÷ 20"),
        "{text}"
    );
}

#[test]
fn ranked_rates_that_count_otherwise_are_marked() {
    let place = Place::new();
    for (year, all, denied) in [(2016, 50, 10), (2021, 40, 10), (2022, 40, 8)] {
        place.file(&format!("{year}.txt"), closed(year, all, denied).as_bytes());
    }
    let args = ["rank", "rate.denied", "--corpus", "corpus"];
    let json = place.wants(0, &[&args[..], &["--format", "json"]].concat());
    let json: Value = serde_json::from_str(&json).expect("json");
    let rows = json["rows"].as_array().expect("rows");
    let marked = |r: &Value| (r["report"]["year"].as_i64(), r["note"].as_u64());
    let marked: Vec<_> = rows.iter().map(marked).collect();
    assert_eq!(
        marked,
        [
            (Some(2021), None),
            (Some(2016), Some(0)),
            (Some(2022), None)
        ]
    );
    assert_eq!(json["notes"][0]["hard"].as_bool(), Some(true));
    let text = place.wants(0, &args);
    assert!(text.contains("20% *1 ") && text.contains("\n*1 "), "{text}");
}

#[test]
fn a_trend_tells_rates_and_what_has_changed_since_the_year_before() {
    let place = Place::new();
    for (year, all) in [(2019, 0), (2020, 40), (2021, 60), (2023, 90)] {
        place.file(&format!("{year}.txt"), closed(year, all, 0).as_bytes());
    }
    let args = ["trend", "德清县", "--corpus", "corpus"];
    let text = place.wants(0, &args);
    assert!(text.contains("60 件 (+50%)"), "{text}");
    // Nothing can be divided by the zero of 2019, and 2022 has no report.
    assert!(
        !text.contains("40 件 (") && !text.contains("90 件 ("),
        "{text}"
    );
    assert!(text.contains("0 ÷ 60"), "{text}");
    let csv = place.wants(0, &[&args[..], &["--format", "csv"]].concat());
    assert!(
        csv.lines()
            .next()
            .is_some_and(|l| l.contains("C yoy_percent")),
        "{csv}"
    );
}
