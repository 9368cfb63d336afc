//! `gongkai audit` as other programs use it: filters, formats, and what a person decides of
//! a finding.

use std::fs;

use serde_json::Value;

use crate::place::{Place, json_lines};

/// Two samples that are wrong on purpose and one that is right.
const SAMPLES: [&str; 3] = ["nanyang-2010.txt", "zhanggong-2022.txt", "deqing-2012.txt"];

/// Runs `gongkai audit corpus …`: exit status, standard output, standard error.
fn audit(place: &Place, args: &[&str]) -> (i32, String, String) {
    let output = place.run(&[&["audit", "corpus", "--lang", "en"], args].concat());
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code().unwrap_or(-1),
        text(output.stdout),
        text(output.stderr),
    )
}

/// Findings as JSON, the exit status being 0.
fn findings(place: &Place, args: &[&str]) -> Vec<Value> {
    let args = [args, &["--format", "json"]].concat();
    let (status, out, err) = audit(place, &args);
    assert_eq!(status, 0, "{err}");
    json_lines(&out)
}

fn names<'v>(findings: &'v [Value], field: &str) -> Vec<&'v str> {
    let mut names: Vec<&str> = findings.iter().filter_map(|f| f[field].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn rules_years_and_regions_narrow_what_is_listed() {
    let place = Place::with(&SAMPLES);
    let all = findings(&place, &[]);
    assert!(names(&all, "rule").contains(&"R-P5") && names(&all, "rule").contains(&"R-T3a"));
    let ofs: [(&[&str], &[&str]); 5] = [
        (&["--rule", "R-T3a"], &["R-T3a"]),
        (&["--rule", "t3*"], &["R-T3a", "R-T3c"]),
        (&["--rule", "R-P5,R-P6"], &["R-P5", "R-P6"]),
        (&["--year", "2010", "--rule", "R-P5,R-T3a"], &["R-P5"]),
        (&["--year", "2020..", "--rule", "R-P5,R-T3a"], &["R-T3a"]),
    ];
    for (args, rules) in ofs {
        assert_eq!(names(&findings(&place, args), "rule"), rules, "{args:?}");
    }
    for region in ["江西", "360700", "章贡"] {
        let found = findings(&place, &["--region", region]);
        assert_eq!(names(&found, "path"), ["zhanggong-2022.txt"], "{region}");
    }
    // A region of which there is no report is most likely mistyped.
    let (status, out, err) = audit(&place, &["--region", "三亚"]);
    assert!(
        status == 2 && out.is_empty() && err.contains("三亚"),
        "{err}"
    );
    // What holds is listed only when it is asked for.
    let passes = |findings: &[Value]| findings.iter().any(|f| f["status"] == "pass");
    assert!(!passes(&all) && passes(&findings(&place, &["--all"])));
    let (status, _, err) = audit(&place, &["--year", "zwanzig"]);
    assert!(status == 2 && err.contains("zwanzig"), "{status} {err}");
    assert_eq!(audit(&place, &["--year", "2023..2020"]).0, 2);
    // Nothing was there to be checked.
    assert_eq!(audit(&place, &["--year", "1999"]).0, 1);
}

#[test]
fn every_format_tells_the_same_findings() {
    let place = Place::with(&SAMPLES);
    let all = findings(&place, &[]);
    let prints = names(&all, "fingerprint");
    assert_eq!(prints.len(), all.len(), "each has its own");
    for format in ["text", "csv", "md"] {
        let (status, out, err) = audit(&place, &["--format", format]);
        assert_eq!(status, 0);
        for print in &prints {
            assert!(out.contains(print), "{format}: {print}");
        }
        assert!(err.contains("3 reports"), "{err}");
    }
    let (_, csv, _) = audit(&place, &["--format", "csv"]);
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let head = rows.headers().expect("a header").clone();
    for (row, finding) in rows.records().zip(&all) {
        let row = row.expect("a row");
        let cell = |name: &str| {
            let at = head.iter().position(|h| h == name).expect(name);
            row.get(at).unwrap_or_default().to_owned()
        };
        for field in ["path", "rule", "status", "fingerprint"] {
            assert_eq!(Some(cell(field).as_str()), finding[field].as_str());
        }
        assert_eq!(
            Some(cell("message").as_str()),
            finding["message"]["en"].as_str()
        );
    }
    let one = Place::with(&SAMPLES[..1]);
    assert!(
        audit(&one, &[]).2.contains("1 report,"),
        "{}",
        audit(&one, &[]).2
    );
}

#[test]
fn every_part_of_a_list_is_quoted_however_short() {
    let place = Place::new();
    let text = "某某市2019年政府信息公开工作年度报告\n一、主动公开情况\n\
        门户网站主动公开信息40条,其中公开指南2条,公开年报1条,机构信息5条,政策文件4条,\
        计划总结4条,财政信息2条,人事信息5条,业务信息20条,占48.1%。\n";
    fs::write(place.corpus().join("a.txt"), text).expect("a report");
    for (rule, wanted) in [
        (
            "R-P5",
            &["信息40条", "公开指南2条", "公开年报1条", "业务信息20条"][..],
        ),
        ("R-P6", &["信息40条", "业务信息20条", "48.1%"]),
    ] {
        for format in ["json", "text", "csv"] {
            let (_, out, err) = audit(&place, &["--rule", rule, "--format", format]);
            for quote in wanted {
                assert!(out.contains(quote), "{rule} {format} {quote}: {out}{err}");
            }
        }
    }
}

#[test]
fn a_list_that_its_own_shares_show_to_be_open_is_no_doubt() {
    let place = Place::new();
    let report = |list: &str| {
        let text = format!("某某市2016年政府信息公开工作年度报告\n一、主动公开情况\n{list}\n");
        fs::write(place.corpus().join("a.txt"), text).expect("a report");
        findings(&place, &["--rule", "R-P5"]).len()
    };
    let head = "主动公开政府信息200条";
    for open in [
        "其中政策法规类信息40条,占20%;人事信息60条,占30%。",
        // A part without a share of its own.
        "其中政策法规类信息40条,占20%;人事信息60条,占30%;业务信息8条。",
        "包括政策法规类信息40条,人事信息60条。",
    ] {
        assert_eq!(report(&format!("{head},{open}")), 0, "{open}");
    }
    for doubtful in [
        "其中政策法规类信息40条,人事信息60条。",
        "其中政策法规类信息40条,占20%;其他信息60条,占30%。",
        "其中政策法规类信息40条,占22%;人事信息60条,占30%。",
        "包括政策法规类信息140条,人事信息61条。",
    ] {
        assert_eq!(report(&format!("{head},{doubtful}")), 1, "{doubtful}");
    }
}

#[test]
fn a_person_dismisses_confirms_and_reopens_a_finding() {
    let place = Place::with(&SAMPLES[..1]);
    let file = place.corpus().join("gongkai.toml");
    assert_eq!(audit(&place, &["--strict"]).0, 1);
    let all = findings(&place, &[]);
    let prints = names(&all, "fingerprint");
    let reason = "核对原件，系原文如此";
    for print in &prints {
        let (status, out, err) = audit(&place, &["--dismiss", print, "--reason", reason]);
        assert_eq!((status, out.as_str()), (0, ""), "{err}");
        assert!(err.contains("gongkai.toml"), "{err}");
    }
    let noted = fs::read_to_string(&file).expect("written beside the corpus");
    assert!(prints.iter().all(|p| noted.contains(p)) && noted.contains(reason));
    // Dismissed: no longer listed, no longer counted, but there when all is asked for.
    assert!(findings(&place, &[]).is_empty());
    let (status, _, err) = audit(&place, &["--strict"]);
    assert_eq!(status, 0, "{err}");
    let listed = findings(&place, &["--all"]);
    let dismissed = listed.iter().find(|f| f["fingerprint"] == prints[0]);
    let review = &dismissed.expect("still there")["review"];
    assert!(review.to_string().contains("dismissed") && review.to_string().contains(reason));
    // The same report under another name: nobody has to look at it again.
    let corpus = place.corpus();
    let (from, to) = (corpus.join(SAMPLES[0]), corpus.join("renamed.txt"));
    fs::rename(&from, &to).expect("renamed");
    assert!(findings(&place, &[]).is_empty());
    fs::rename(&to, &from).expect("renamed back");
    // Confirmed: listed, counted, and said so.
    assert_eq!(audit(&place, &["--confirm", prints[0]]).0, 0);
    let confirmed = findings(&place, &[]);
    assert_eq!(names(&confirmed, "fingerprint"), prints[..1]);
    assert!(confirmed[0]["review"].to_string().contains("confirmed"));
    assert_eq!(audit(&place, &["--strict"]).0, 1);
    // Reopened: as if nobody had said anything.
    for print in &prints {
        assert_eq!(audit(&place, &["--reopen", print]).0, 0);
    }
    let noted = fs::read_to_string(&file).unwrap_or_default();
    assert!(prints.iter().all(|p| !noted.contains(p)), "{noted}");
    assert_eq!(findings(&place, &[]).len(), all.len());
    assert_eq!(audit(&place, &["--reopen", prints[0]]).0, 1, "said of none");
    assert_eq!(
        audit(&place, &["--reason", reason]).0,
        2,
        "a reason for nothing"
    );
    // A reason is asked for, and what nobody found cannot be decided on.
    assert_eq!(audit(&place, &["--dismiss", prints[0]]).0, 2);
    let unknown = ["--dismiss", "0123456789abcdef", "--reason", reason];
    let (status, _, err) = audit(&place, &unknown);
    assert!(
        status != 0 && err.contains("0123456789abcdef"),
        "{status} {err}"
    );
}

/// The sample with a total of enterprises that is wrong, stated otherwise.
fn with_total(stated: u32) -> String {
    let sample = include_str!("../../assets/samples/zhanggong-2022.txt");
    let changed = sample.replace(
        "（七）总计\t62\t13\t",
        &format!("（七）总计\t62\t{stated}\t"),
    );
    assert!(stated == 13 || changed != sample);
    changed
}

#[test]
fn two_files_of_one_body_and_year_are_told_apart() {
    let place = Place::new();
    let corpus = place.corpus();
    fs::write(corpus.join("a.txt"), with_total(13)).expect("written");
    fs::write(corpus.join("b.txt"), with_total(12)).expect("written");
    let found = findings(&place, &["--rule", "R-T3a"]);
    let prints = names(&found, "fingerprint");
    assert_eq!((found.len(), prints.len()), (2, 2), "{found:?}");
    let short = prints[0].split('-').next().expect("a fingerprint");
    let (status, _, err) = audit(&place, &["--dismiss", short, "--reason", "which?"]);
    assert!(
        status == 2 && prints.iter().all(|p| err.contains(p)),
        "{err}"
    );
    let of = |path: &str| -> String {
        let of_path = found.iter().find(|f| f["path"] == path).expect(path);
        of_path["fingerprint"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    for path in ["b.txt", "a.txt"] {
        let (status, _, err) = audit(&place, &["--dismiss", &of(path), "--reason", path]);
        assert_eq!(status, 0, "{err}");
        let open = findings(&place, &["--rule", "R-T3a"]);
        assert!(!names(&open, "path").contains(&path), "{open:?}");
    }
    // Both under other names: nobody has to look at them again.
    for (from, to) in [("a.txt", "c.txt"), ("b.txt", "d.txt")] {
        fs::rename(corpus.join(from), corpus.join(to)).expect("renamed");
    }
    assert!(findings(&place, &["--rule", "R-T3a"]).is_empty());
    // A number has changed: a person has to look again, and is told so.
    fs::write(corpus.join("c.txt"), with_total(11)).expect("written");
    assert_eq!(findings(&place, &["--rule", "R-T3a"]).len(), 1);
    let (_, _, err) = audit(&place, &[]);
    assert!(err.contains("1 review ") && err.contains("a.txt"), "{err}");
}

#[test]
fn what_cannot_be_understood_of_a_persons_words_is_told() {
    let place = Place::with(&SAMPLES[..1]);
    let file = place.corpus().join("gongkai.toml");
    let all = findings(&place, &[]).len();
    for (text, telling) in [
        ("broken = [", "gongkai.toml"),
        ("review = 3", "gongkai.toml"),
        ("[review.0123]\nverdict = \"no\"", "0123"),
    ] {
        fs::write(&file, text).expect("written");
        let (status, out, err) = audit(&place, &["--format", "json"]);
        assert_eq!((status, out.lines().count()), (0, all), "{text}");
        assert!(err.contains(telling), "{text}: {err}");
        assert_eq!(audit(&place, &["--strict"]).0, 1);
    }
    fs::write(&file, "[report.\"x.txt\"]\nyear = 2009\n").expect("written");
    let (_, _, err) = audit(&place, &[]);
    assert!(!err.contains("gongkai.toml"), "{err}");
}

#[test]
fn the_library_counts_what_nobody_has_dismissed() {
    let place = Place::with(&SAMPLES[1..2]);
    let count = || {
        let args = ["rank", "requests.received.new", "--corpus", "corpus"];
        let args = [&args[..], &["--index-dir", "index", "--format", "json"]].concat();
        let json: Value = serde_json::from_str(&place.wants(0, &args)).expect("json");
        json["rows"][0]["report"]["fails"].as_u64()
    };
    let before = count().expect("a count");
    let found = findings(&place, &["--rule", "R-T3c"]);
    let print = names(&found, "fingerprint")[0].to_owned();
    assert_eq!(
        audit(&place, &["--dismiss", &print, "--reason", "seen"]).0,
        0
    );
    assert_eq!(count(), Some(before - 1));
    // The same file under another name.
    let corpus = place.corpus();
    fs::rename(corpus.join(SAMPLES[1]), corpus.join("other.txt")).expect("renamed");
    assert_eq!(count(), Some(before - 1));
    assert_eq!(audit(&place, &["--reopen", &print]).0, 0);
    fs::rename(corpus.join("other.txt"), corpus.join(SAMPLES[1])).expect("renamed back");
    assert_eq!(count(), Some(before));
}
