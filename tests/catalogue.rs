//! A catalogue of one's own, through the program: labels that grow without touching code.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

const REPORT: &str = "某某市2021年政府信息公开工作年度报告\n一、总体情况\n\
    全年收到政府信息公开申请30件，办结申请24件，其中不予公开6件，举行圆桌恳谈4次。\n";

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().expect("a temporary folder"));
        fs::create_dir_all(home.0.path().join("gongkai")).expect("configuration");
        fs::create_dir_all(home.0.path().join("reports")).expect("corpus");
        fs::write(home.0.path().join("reports/a.txt"), REPORT).expect("a report");
        home
    }

    fn indicators(&self, toml: &str) {
        fs::write(self.0.path().join("gongkai/indicators.toml"), toml).expect("an overlay");
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(assert_cmd::cargo::cargo_bin!("gongkai"))
            .env("XDG_CONFIG_HOME", self.0.path())
            .env("XDG_CACHE_HOME", self.0.path().join("cache"))
            .env("XDG_DATA_HOME", self.0.path().join("data"))
            .env("HOME", self.0.path())
            .env("LANG", "en_US.UTF-8")
            .current_dir(self.0.path())
            .args(args)
            .output()
            .expect("gongkai runs")
    }

    fn says(&self, args: &[&str]) -> String {
        String::from_utf8(self.run(args).stdout).expect("UTF-8")
    }
}

const TALKS: &str = "[[indicator]]\nkey = 'own.talks'\nzh = '恳谈'\nen = 'Talks'\n\
    unit = '次'\ngroup = 'response'\nlabels = ['圆桌 恳谈']\n";

#[test]
fn a_label_of_ones_own_names_figures_and_the_index_follows() {
    let home = Home::new();
    let unmapped = home.says(&["indicators", "--unmapped", "reports"]);
    assert!(
        unmapped.contains("圆桌恳谈") && unmapped.contains("a.txt"),
        "{unmapped}"
    );
    assert_eq!(home.run(&["index", "reports"]).status.code(), Some(0));
    home.indicators(TALKS);
    let unmapped = home.says(&["indicators", "--unmapped", "reports"]);
    assert!(!unmapped.contains("圆桌恳谈"), "{unmapped}");
    assert!(home.says(&["indicators"]).contains("own.talks"));
    assert!(
        home.says(&["export", "reports"])
            .contains("\"indicator\":\"own.talks\"")
    );
    // The index made without it is not taken for ours.
    assert!(
        home.says(&["index", "reports"]).starts_with("1 new"),
        "rebuilt"
    );
    assert!(
        home.says(&["index", "reports"]).starts_with("0 new"),
        "once"
    );
}

#[test]
fn a_slip_in_it_is_one_line_and_stops_nothing() {
    let home = Home::new();
    home.indicators(&format!(
        "{TALKS}[[indicator]]\nkey = 'own.other'\nunit = '次'\n"
    ));
    let output = home.run(&["export", "reports"]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.contains("indicators.toml") && said.contains("own.other"),
        "{said}"
    );
    assert!(String::from_utf8_lossy(&output.stdout).contains("own.talks"));
    assert!(home.says(&["doctor", "reports"]).contains("own.other"));
}

#[test]
fn every_kind_of_label_may_be_added() {
    let home = Home::new();
    home.indicators(
        "[[indicator]]\nkey = 'requests.outcome.other.withdrawn'\npart = ['銷案']\n\
         [[indicator]]\nkey = 'requests.closed.total'\nlabels = ['了结 申请']\n\
         [[indicator]]\nkey = 'disclosure.kind.planning'\nkind = ['蓝图']\n",
    );
    let report = "某某市2021年政府信息公开工作年度报告\n一、总体情况\n\
        全年了结申请24件，其他处理6件，销案2件。主动公开蓝图类信息9条。\n";
    fs::write(home.0.path().join("reports/a.txt"), report).expect("a report");
    let export = home.says(&["export", "reports"]);
    for key in [
        "requests.closed.total",
        "requests.outcome.other.withdrawn",
        "disclosure.kind.planning",
    ] {
        assert!(
            export.contains(&format!("\"indicator\":\"{key}\"")),
            "{key}"
        );
    }
}

#[test]
fn no_overlay_stops_the_program() {
    let deep = format!("a = {}1{}", "[".repeat(5000), "]".repeat(5000));
    for (bad, why) in [
        ("", ""),
        ("# nothing\n", ""),
        ("not toml at all", "line 1"),
        ("[[indicator]]\n", "?"),
        ("[[indicators]]\nkey = 'a.b'\n", "line 1"),
        (
            "[[indicator]]\nkey = 'staff.total'\nlabels = '人'\n",
            "staff.total",
        ),
        (
            "[[indicator]]\nkey = 'staff.total'\nlabels = [' ']\n",
            "staff.total",
        ),
        (
            "[[indicator]]\nkey = 'staff.total'\nparent = 'staff.total'\n",
            "",
        ),
        (
            "[[indicator]]\nkey = '\u{1b}[31m.x'\nunit = '件'\n",
            "line 2",
        ),
        (deep.as_str(), ""),
    ] {
        let home = Home::new();
        home.indicators(bad);
        let output = home.run(&["export", "reports"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{bad:.60}: {said}");
        assert!(
            said.contains(why) && said.lines().count() <= 1,
            "{bad:.60}: {said}"
        );
        assert!(!said.contains('\u{1b}'), "{said}");
        let out = String::from_utf8_lossy(&output.stdout);
        assert!(out.contains("requests.received.new"), "{bad:.60}");
        assert_eq!(
            home.run(&["indicators"]).status.code(),
            Some(0),
            "{bad:.60}"
        );
    }
    let home = Home::new();
    let path = home.0.path().join("gongkai/indicators.toml");
    fs::write(&path, b"\xff\xfe\x00[").expect("bytes");
    assert_eq!(home.run(&["export", "reports"]).status.code(), Some(0));
    fs::remove_file(&path).expect("gone");
    fs::create_dir(&path).expect("a folder in its place");
    assert_eq!(home.run(&["export", "reports"]).status.code(), Some(0));
}

#[test]
fn rates_are_shown_with_what_they_are_made_of() {
    let home = Home::new();
    let show = home.says(&["show", "reports/a.txt", "reports"]);
    assert!(
        show.contains("25% *") && show.contains("= 6 ÷ 24"),
        "{show}"
    );
    assert!(!home.says(&["export", "reports"]).contains("rate.denied"));
    let csv = home.says(&[
        "compare", "a.txt", "a.txt", "--corpus", "reports", "--format", "csv",
    ]);
    assert!(
        csv.contains("rate.denied") && csv.contains("6 ÷ 24"),
        "{csv}"
    );
}
