//! The program as a program: options, settings, colours, pipes, what it tells of itself.

use std::fs;
use std::io::Write;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::place::{Place, json_lines};

#[test]
fn a_slip_in_a_command_is_named() {
    let place = Place::new();
    let said = place.complains(2, &["--lang", "en", "aduit"]);
    assert!(said.contains("did you mean audit?"), "{said}");
    let said = place.complains(2, &["--lang", "en", "frobnicate"]);
    assert!(said.contains("no such command, file or folder"), "{said}");
    // A path is a path.
    place.complains(3, &["no/such/folder"]);
}

#[test]
fn options_of_every_command_may_stand_before_it() {
    let place = Place::with(&["deqing-2010.txt"]);
    let said = place.wants(0, &["--lang", "en", "audit", "corpus"]);
    assert_eq!(said, place.wants(0, &["audit", "corpus", "--lang", "en"]));
}

#[test]
fn colours_are_for_terminals_and_those_who_ask() {
    let place = Place::with(&["deqing-2010.txt"]);
    let search = ["search", "信息", "corpus", "--limit", "1"];
    let has_colour = |output: &Output| output.stdout.contains(&0x1b);
    assert!(!has_colour(&place.run(&search)));
    let asked = [&search[..], &["--color", "always"]].concat();
    assert!(has_colour(&place.run(&asked)));
    let no_color = place.command(&search).env("NO_COLOR", "1").output();
    assert!(!has_colour(&no_color.expect("gongkai runs")));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::new();
    let text = fs::read("assets/samples/deqing-2010.txt").expect("sample");
    for i in 0..60 {
        place.file(&format!("{i}.txt"), &text);
    }
    for args in [
        &["export", "corpus"][..],
        &["indicators", "--format", "toml"],
        &["man"],
    ] {
        let mut child = place
            .command(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("gongkai runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{args:?} {complaints}");
        assert_eq!(complaints, "", "{args:?}");
    }
}

#[test]
fn the_program_tells_about_itself() {
    let place = Place::new();
    for language in ["zh", "en"] {
        let text = place.wants(0, &["indicators", "--lang", language]);
        assert!(text.contains("requests.received.new"));
    }
    let json = place.wants(0, &["indicators", "--format", "json"]);
    let all: Value = serde_json::from_str(&json).expect("json");
    assert!(all.as_array().is_some_and(|a| a.len() > 100));
    let toml = place.wants(0, &["indicators", "--format", "toml"]);
    assert!(toml.parse::<toml::Table>().is_ok());
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(place.wants(0, &["completions", shell]).contains("gongkai"));
    }
    assert!(place.wants(0, &["man"]).starts_with(".ie"));
    assert!(place.wants(0, &["--help"]).contains("Usage"));
    assert!(
        place
            .wants(0, &["--version"])
            .contains(env!("CARGO_PKG_VERSION"))
    );
    // A test has no terminal.
    let said = place.complains(2, &[]);
    assert!(said.contains("终端"), "{said}");
}

#[test]
fn settings_are_read_and_slips_in_them_named() {
    let place = Place::with(&["deqing-2010.txt"]);
    let corpus = place.corpus();
    let config = place.beside("config.toml");
    let mut file = fs::File::create(&config).expect("config");
    writeln!(
        file,
        "corpus = '{}'\nlanguage = 'en'\ncolour = 1",
        corpus.display()
    )
    .expect("written");
    let args = ["index", "--config", config.to_str().expect("path")];
    let output = place.run(&args);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("1 new"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("colour"));
}

#[test]
fn a_strict_audit_says_no_when_a_check_fails() {
    let wrong = "某县2010年政府信息公开工作年度报告\n一、主动公开\n全年共主动公开政府信息100条，\
        按内容分为：机构职能类20条，政策法规类30条，规划计划类10条，业务动态类20条，其他10条。\n";
    let place = Place::new();
    place.file("wrong.txt", wrong.as_bytes());
    place.wants(0, &["audit", "corpus"]);
    place.wants(1, &["audit", "corpus", "--strict"]);
    for line in json_lines(&place.wants(0, &["audit", "corpus", "--format", "json"])) {
        assert!(line["rule"].is_string() && line["message"]["zh"].is_string());
    }
}
