//! The command line as other programs use it: exit status, what goes where, JSON that
//! parses, and files that cannot be read.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A place of its own for a test: corpus, index, home.
struct Place {
    dir: TempDir,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(dir.path().join("corpus")).expect("corpus");
        Self { dir }
    }

    /// With these of our samples in it.
    fn with(samples: &[&str]) -> Self {
        let place = Self::new();
        for name in samples {
            let from = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("assets/samples")
                .join(name);
            fs::copy(from, place.corpus().join(name)).expect(name);
        }
        place
    }

    fn corpus(&self) -> PathBuf {
        self.dir.path().join("corpus")
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.corpus().join(name);
        fs::write(&path, bytes).expect(name);
        path
    }

    /// The program, away from the home of whoever runs the tests.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("gongkai"));
        for name in [
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "XDG_DATA_HOME",
            "XDG_STATE_HOME",
        ] {
            command.env(name, self.dir.path().join("home").join(name));
        }
        for name in ["NO_COLOR", "LC_ALL", "LC_MESSAGES"] {
            command.env_remove(name);
        }
        command.env("HOME", self.dir.path().join("home"));
        command.env("LANG", "zh_CN.UTF-8");
        command.current_dir(self.dir.path());
        command.args(args);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("gongkai runs")
    }

    /// Runs it, wants this exit status, gives standard output.
    fn wants(&self, status: i32, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(
            output.status.code(),
            Some(status),
            "{args:?}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// The same, for standard error.
    fn complains(&self, status: i32, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(status), "{args:?}");
        String::from_utf8(output.stderr).expect("UTF-8")
    }
}

fn json_lines(text: &str) -> Vec<Value> {
    let parse = |line: &str| serde_json::from_str(line).expect(line);
    text.lines().map(parse).collect()
}

const SAMPLES: [&str; 3] = ["deqing-2010.txt", "sanya-2012.txt", "yantai-tax-2021.md"];

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
    let file = place.dir.path().join("out.jsonl");
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
fn a_slip_in_a_command_is_named() {
    let place = Place::new();
    let said = place.complains(2, &["--lang", "en", "aduit"]);
    assert!(said.contains("did you mean audit?"), "{said}");
    let said = place.complains(2, &["--lang", "en", "frobnicate"]);
    assert!(said.contains("no such command, file or folder"), "{said}");
    // A path is a path.
    place.complains(3, &["no/such/folder"]);
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

#[test]
fn what_cannot_be_read_is_named_and_stops_nothing() {
    let place = Place::with(&["deqing-2010.txt"]);
    place.file("empty.txt", b"");
    place.file("blank.txt", " \n　\n".as_bytes());
    place.file(
        "binary.txt",
        &[0, 159, 146, 150, 0, 1, 2, 3, 0, 255, 254, 0, 7].repeat(40),
    );
    let enormous = place.file("enormous.txt", b"x");
    let file = fs::File::options()
        .write(true)
        .open(&enormous)
        .expect("open");
    file.set_len(3 << 30).expect("a sparse file");
    let text = "某县2010年政府信息公开工作年度报告\n一、概述\n全年公开信息12条。\n";
    let mut broken = text.as_bytes().to_vec();
    broken.splice(60..61, [0xff, 0xfe]);
    place.file("broken.txt", &broken);
    let mut half = text.repeat(20).into_bytes();
    half.extend([0x81, 0x20, 0xff, 0xff, 0xfe]);
    place.file("half.txt", &half);

    let output = place.run(&["export", "corpus"]);
    assert_eq!(output.status.code(), Some(0));
    let reports = json_lines(&String::from_utf8(output.stdout).expect("UTF-8"));
    let paths: Vec<_> = reports.iter().filter_map(|r| r["path"].as_str()).collect();
    assert_eq!(paths, ["broken.txt", "deqing-2010.txt", "half.txt"]);
    for damaged in [&reports[0], &reports[2]] {
        let warnings = damaged["warnings"].as_array().expect("warnings");
        assert!(!warnings.is_empty(), "{} says nothing", damaged["path"]);
    }
    let complaints = String::from_utf8(output.stderr).expect("UTF-8");
    for name in ["empty.txt", "blank.txt", "binary.txt", "enormous.txt"] {
        let lines = complaints.lines().filter(|l| l.contains(name)).count();
        assert_eq!(lines, 1, "{name}\n{complaints}");
    }
    assert_eq!(place.complains(0, &["export", "corpus", "-q"]), "");
    for command in ["index", "audit", "doctor"] {
        let output = place.run(&[command, "corpus"]);
        assert_eq!(output.status.code(), Some(0), "{command}");
        let said = [output.stdout, output.stderr].concat();
        assert!(
            String::from_utf8_lossy(&said).contains("enormous.txt"),
            "{command}"
        );
    }
}

#[test]
fn what_is_not_there_ends_with_3_and_its_name() {
    let place = Place::with(&["deqing-2010.txt"]);
    for command in ["index", "audit", "export", "doctor"] {
        let said = place.complains(3, &[command, "no-such-folder"]);
        assert!(said.contains("no-such-folder"), "{said}");
    }
    let said = place.complains(3, &["search", "信息", "no-such-folder"]);
    assert!(said.contains("no-such-folder"), "{said}");
    let said = place.complains(3, &["index", "corpus", "--config", "no-such-file"]);
    assert!(said.contains("no-such-file"), "{said}");
    let said = place.complains(2, &["index", "corpus", "--no-such-option"]);
    assert!(said.contains("--no-such-option"), "{said}");
    // A slip in what is asked for is no corpus without findings.
    for (option, slip) in [("--rule", "R-Z9"), ("--region", "无此处")] {
        let said = place.complains(2, &["audit", "corpus", option, slip]);
        assert!(said.contains(slip), "{said}");
    }
    // A file that was named and cannot be read is all that was asked for.
    place.file("torn.docx", b"PK\x03\x04 and no more");
    for command in ["index", "audit", "export"] {
        let said = place.complains(3, &[command, "corpus/torn.docx"]);
        assert!(said.contains("torn.docx"), "{said}");
        place.wants(0, &[command, "corpus"]);
    }
}

#[test]
fn options_of_every_command_may_stand_before_it() {
    let place = Place::with(&["deqing-2010.txt"]);
    let said = place.wants(0, &["--lang", "en", "audit", "corpus"]);
    assert_eq!(said, place.wants(0, &["audit", "corpus", "--lang", "en"]));
}

#[cfg(unix)]
#[test]
fn links_and_permissions_do_no_harm() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::with(&["deqing-2010.txt"]);
    symlink(place.corpus(), place.corpus().join("again")).expect("a loop");
    symlink("nowhere.txt", place.corpus().join("dangling.txt")).expect("a link");
    let secret = place.file("secret.txt", "内容".as_bytes());
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).expect("permissions");
    let output = place.run(&["export", "corpus"]);
    assert_eq!(output.status.code(), Some(0));
    let complaints = String::from_utf8(output.stderr).expect("UTF-8");
    // Root may read everything.
    let readable = fs::read(&secret).is_ok();
    let reports = json_lines(&String::from_utf8(output.stdout).expect("UTF-8"));
    assert_eq!(reports.len(), 1 + usize::from(readable), "{complaints}");
    assert!(
        readable || complaints.contains("secret.txt"),
        "{complaints}"
    );
    assert!(complaints.contains("dangling.txt"), "{complaints}");
}

#[test]
fn an_index_that_cannot_be_written_is_made_in_memory() {
    let place = Place::with(&["deqing-2010.txt"]);
    let blocked = place.dir.path().join("blocked");
    fs::write(&blocked, "a file where a folder should be").expect("written");
    let index = blocked.to_str().expect("path");
    let args = ["search", "信息", "corpus", "--index-dir", index];
    let output = place.run(&args);
    assert_eq!(output.status.code(), Some(0));
    assert!(!output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("内存"));
}

#[test]
fn only_what_changed_is_read_again() {
    let place = Place::with(&["deqing-2010.txt", "deqing-2012.txt"]);
    let index = || place.wants(0, &["index", "corpus", "--lang", "en"]);
    assert!(index().starts_with("2 new"));
    assert!(index().contains("2 unchanged"));
    fs::remove_file(place.corpus().join("deqing-2012.txt")).expect("removed");
    place.file(
        "new.txt",
        "某县2011年政府信息公开工作年度报告\n一、概述\n".as_bytes(),
    );
    let said = index();
    assert!(
        said.starts_with("1 new, 0 changed, 1 gone, 1 unchanged"),
        "{said}"
    );
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
fn files_cannot_speak_to_the_terminal() {
    let place = Place::new();
    let text = "某县2010年\u{1b}]0;owned\u{7}政府信息公开\u{202e}工作年度报告\n一、概\u{9b}2J述\n";
    place.file("evil\u{1b}[2J.txt", text.as_bytes());
    for args in [
        &["doctor", "corpus"][..],
        &["search", "概述", "corpus"],
        &["index", "-v", "corpus"],
    ] {
        let output = place.run(args);
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!said.contains(bad), "{args:?} {said:?}");
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
    let config = place.dir.path().join("config.toml");
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
