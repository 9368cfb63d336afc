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
