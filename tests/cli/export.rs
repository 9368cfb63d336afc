//! What `export` writes is what `schema` publishes.

use std::fs;

use serde_json::Value;

use crate::place::{Place, SAMPLES, json_lines};

#[test]
fn the_export_is_what_its_schema_says() {
    let place = Place::with(&SAMPLES);
    let schema: Value = serde_json::from_str(&place.wants(0, &["schema"])).expect("schema");
    let reports = json_lines(&place.wants(0, &["export", "--format", "jsonl", "corpus"]));
    assert_eq!(reports.len(), SAMPLES.len());
    let paths: Vec<_> = reports.iter().map(|r| r["path"].as_str()).collect();
    assert_eq!(paths, SAMPLES.map(Some), "in path order");
    for report in &reports {
        has_required(report, &schema, &schema);
        let path = report["path"].as_str().expect("path");
        let text = fs::read(place.corpus().join(path)).expect("sample");
        for figure in report["figures"].as_array().expect("figures") {
            let at = |i: usize| figure["range"][i].as_u64().expect("offset") as usize;
            let slice = std::str::from_utf8(&text[at(0)..at(1)]).expect("whole characters");
            assert_eq!(figure["quote"].as_str(), Some(slice));
            assert!(slice.len() <= 300, "{slice}");
        }
    }
    let file = place.beside("out.jsonl");
    let out = file.to_str().expect("path");
    assert_eq!(place.wants(0, &["export", "corpus", "--output", out]), "");
    assert_eq!(
        json_lines(&fs::read_to_string(&file).expect("written")),
        reports
    );
    place.complains(3, &["export", "corpus", "--output", "no/such/folder/out"]);
}

#[test]
fn the_figures_are_exported_for_spreadsheets_too() {
    let place = Place::with(&SAMPLES);
    place.file(
        "odd, name.txt",
        "三亚市教育局2014年政府信息公开工作年度报告\n一、概述\n公开信息“重点，\"类\"”30条。\n"
            .as_bytes(),
    );
    let reports = json_lines(&place.wants(0, &["export", "corpus"]));
    let written = place.wants(0, &["--lang", "zh", "export", "--format", "csv", "corpus"]);
    let mut reader = csv::Reader::from_reader(written.as_bytes());
    let head: Vec<String> = reader
        .headers()
        .expect("a head")
        .iter()
        .map(str::to_owned)
        .collect();
    let at = |name: &str| head.iter().position(|h| h == name).expect(name);
    let records: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a record")).collect();
    let figures = reports.iter().flat_map(|report| {
        let figures = report["figures"].as_array().expect("figures");
        figures.iter().map(move |figure| (report, figure))
    });
    let mut count = 0;
    for ((report, figure), record) in figures.zip(&records) {
        count += 1;
        let cell = |name: &str| record.get(at(name)).expect(name);
        let word = |value: &Value| match value {
            Value::String(word) => word.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        assert_eq!(cell("file"), word(&report["path"]));
        assert_eq!(cell("year"), word(&report["year"]["value"]));
        assert_eq!(
            cell("region"),
            report["region"]["path"]
                .as_array()
                .map_or_else(String::new, |p| {
                    p.iter().map(word).collect::<Vec<_>>().join(" ")
                })
        );
        for name in [
            "indicator",
            "unit",
            "semantics",
            "qualifier",
            "period",
            "basis",
            "scope",
            "cell",
        ] {
            assert_eq!(cell(name), word(&figure[name]), "{name} {figure}");
        }
        assert_eq!(cell("value").parse::<f64>().ok(), figure["value"].as_f64());
        assert_eq!(
            [cell("start"), cell("end")].map(str::to_owned),
            [0, 1].map(|i| word(&figure["range"][i]))
        );
        // No cell is a formula, and none goes over lines.
        let quote = word(&figure["quote"]);
        let plain = !quote.contains(char::is_control) && !quote.starts_with(['-', '+', '=', '@']);
        assert!(!plain || cell("quote") == quote, "{quote}");
    }
    assert_eq!(count, records.len());
    let named = records
        .iter()
        .find(|r| r.get(at("indicator")) == Some("requests.received.new"));
    assert_eq!(named.and_then(|r| r.get(at("name"))), Some("本年新收申请"));
    let file = place.beside("figures.csv");
    let out = file.to_str().expect("path");
    place.wants(
        0,
        &[
            "--lang", "zh", "export", "--format", "csv", "corpus", "-o", out,
        ],
    );
    assert_eq!(fs::read_to_string(&file).expect("written"), written);
}

/// Checks names that a schema requires, all the way down.
fn has_required(value: &Value, schema: &Value, root: &Value) {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.trim_start_matches('#');
        let target = root.pointer(pointer).expect(reference);
        return has_required(value, target, root);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let object = any.iter().find(|s| s["type"] != "null");
        if let Some(schema) = object.filter(|_| !value.is_null()) {
            has_required(value, schema, root);
        }
        return;
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        let name = name.as_str().expect("a name");
        assert!(value.get(name).is_some(), "{name} is missing in {value}");
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            has_required(value, schema, root);
        }
    }
    for value in value.as_array().into_iter().flatten() {
        has_required(value, &schema["items"], root);
    }
}
