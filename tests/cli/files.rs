//! Files and folders as they are: unreadable, gone, linked, locked, changed.

use std::fs;

use crate::place::{Place, json_lines};

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
    let blocked = place.beside("blocked");
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
