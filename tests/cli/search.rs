//! `search` and `show`: how a report and its words are found.

use std::fs;

use serde_json::Value;

use crate::place::{Place, SAMPLES, json_lines};

#[test]
fn a_search_finds_words_in_either_script_or_says_no() {
    let place = Place::with(&SAMPLES);
    let text = place.wants(0, &["search", "政府信息公开", "corpus", "--format", "json"]);
    let hits = json_lines(&text);
    let in_sanya = |h: &&Value| h["path"] == "sanya-2012.txt";
    let hit = hits.iter().find(in_sanya).expect("政府資訊公開 is found");
    for name in ["report", "section", "title", "score", "ranges", "snippet"] {
        assert!(hit.get(name).is_some(), "{name}");
    }
    let sanya = fs::read(place.corpus().join("sanya-2012.txt")).expect("sample");
    let range = &hit["ranges"][0];
    let at = |i: usize| range[i].as_u64().expect("offset") as usize;
    let words = std::str::from_utf8(&sanya[at(0)..at(1)]).expect("whole characters");
    assert!(["政府資訊公開", "政府信息公開"].contains(&words), "{words}");

    let limited = place.wants(
        0,
        &[
            "search", "信息", "corpus", "--limit", "2", "--format", "json",
        ],
    );
    assert_eq!(limited.lines().count(), 2);
    assert_eq!(
        place.wants(1, &["search", "--literal", "盲文專櫃沒有", "corpus"]),
        ""
    );
    assert_eq!(
        place.wants(1, &["search", "信息", "corpus", "--year", "1999"]),
        ""
    );
    place.complains(2, &["search", "信息", "corpus", "--year", "x"]);
    place.complains(2, &["search", "", "corpus"]);
    for slip in [
        "year:abc",
        "-level:foo",
        "has:requests.received.new>abc",
        "(form:Z | 信息)",
    ] {
        let said = place.complains(2, &["search", slip, "corpus"]);
        let condition = slip
            .trim_matches(['-', '('])
            .split(' ')
            .next()
            .unwrap_or_default();
        assert!(said.contains(&condition.to_lowercase()), "{slip}: {said}");
    }
}

#[test]
fn a_report_is_named_by_id_path_or_description() {
    let place = Place::with(&["deqing-2010.txt", "deqing-2012.txt", "moganshan-2018.txt"]);
    let show = |name: &str| {
        let text = place.wants(0, &["show", name, "corpus", "--format", "json"]);
        let report: Value = serde_json::from_str(&text).expect("json");
        report["path"].as_str().expect("path").to_owned()
    };
    assert_eq!(show("deqing-2010.txt"), "deqing-2010.txt");
    assert_eq!(show("德清 2012"), "deqing-2012.txt");
    assert_eq!(show("德清县 2012"), "deqing-2012.txt");
    assert_eq!(show("corpus/deqing-2010.txt"), "deqing-2010.txt");
    let text = place.wants(
        0,
        &["show", "deqing-2010.txt", "corpus", "--format", "json"],
    );
    let id = serde_json::from_str::<Value>(&text).expect("json")["id"].clone();
    assert_eq!(show(id.as_str().expect("id")), "deqing-2010.txt");

    let several = place.complains(2, &["show", "德清", "corpus"]);
    assert!(several.contains("deqing-2010.txt"), "{several}");
    assert!(several.contains("deqing-2012.txt"), "{several}");
    let several = place.complains(2, &["compare", "德清", "莫干山 2018", "--corpus", "corpus"]);
    assert!(several.contains("deqing-2010.txt"), "{several}");
    place.complains(2, &["show", "海口 2012", "corpus"]);
}

#[test]
fn the_text_that_is_shown_is_the_text_that_ranges_speak_of() {
    let place = Place::with(&["sanya-2012.txt"]);
    let whole = place.wants(0, &["show", "sanya-2012.txt", "corpus", "--text"]);
    let file = fs::read_to_string(place.corpus().join("sanya-2012.txt")).expect("sample");
    assert_eq!(whole, file);
    let outline = place.wants(0, &["show", "sanya-2012.txt", "corpus"]);
    assert!(outline.contains("三亞市"), "{outline}");
    place.wants(0, &["show", "sanya-2012.txt", "corpus", "--section", "1"]);
    place.complains(2, &["show", "sanya-2012.txt", "corpus", "--section", "99"]);
}
