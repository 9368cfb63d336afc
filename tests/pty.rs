//! The browser in a real terminal: a pseudo-terminal with a screen behind it. Nothing here
//! sleeps: every step waits for what it expects to see.
#![cfg(unix)]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const PATIENCE: Duration = Duration::from_secs(30);

const REPORTS: [(&str, &str); 3] = [
    (
        "lin.txt",
        "临川区人民政府2011年政府信息公开工作年度报告\n\n一、概述\n　　2011年，本区推进政府信息公开工作，制度更加健全。\n二、主动公开政府信息的情况\n　　全年主动公开政府信息1234条。\n三、依申请公开政府信息的情况\n　　全年共收到政府信息公开申请25件，其中当面申请20件，网上申请5件。\n　　均已按时答复。\n",
    ),
    (
        "san.txt",
        "三亞市人民政府2010年政府資訊公開工作年度報告\n\n一、概述\n　　本市各單位推進政府資訊公開工作。\n二、主動公開政府資訊情況\n　　全年主動公開政府資訊5000條。\n三、依申請公開政府資訊情況\n　　全年收到申請9件，其中當面申請1件，網上申請7件，信函申請1件。\n",
    ),
    (
        "gui.txt",
        "桂林市人民政府2012年政府信息公开工作年度报告\n\n一、概述\n　　本市继续推进政府信息公开工作。\n二、主动公开政府信息情况\n　　全年主动公开政府信息6100条。\n三、依申请公开政府信息情况\n　　全年收到申请12件，全部予以公开。\n",
    ),
];

fn cells(n: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(n).expect("a size")
}

type Shared = Arc<(Mutex<(vt100::Parser, bool)>, Condvar)>;

struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    shared: Shared,
    home: tempfile::TempDir,
}

impl Terminal {
    fn start(w: u16, h: u16) -> Self {
        Self::start_with(w, h, &[])
    }

    fn start_with(w: u16, h: u16, env: &[(&str, &str)]) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let reports = home.path().join("reports");
        std::fs::create_dir(&reports).expect("a folder");
        for (name, text) in REPORTS {
            std::fs::write(reports.join(name), text).expect("written");
        }
        let size = PtySize {
            rows: h,
            cols: w,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_gongkai"));
        command.arg(&reports);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LANG", "zh_CN.UTF-8");
        command.env("HOME", home.path());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("started");
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().expect("output");
        let keys = pair.master.take_writer().expect("input");
        let shared: Shared = Arc::new((
            Mutex::new((vt100::Parser::new(cells(h), cells(w), 0), false)),
            Condvar::new(),
        ));
        let feed = shared.clone();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                let read = output.read(&mut buffer).unwrap_or(0);
                let mut screen = feed.0.lock().expect("not poisoned");
                screen.0.process(&buffer[..read]);
                screen.1 = read == 0;
                feed.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        Self {
            master: pair.master,
            keys,
            child,
            shared,
            home,
        }
    }

    fn type_in(&mut self, text: &str) -> &mut Self {
        self.keys.write_all(text.as_bytes()).expect("typed");
        self.keys.flush().expect("typed");
        self
    }

    /// Waits until the screen is as expected, and says what it was when it never is.
    fn wait(&self, what: &str, expected: impl Fn(&vt100::Screen) -> bool) -> String {
        let end = Instant::now() + PATIENCE;
        let mut screen = self.shared.0.lock().expect("not poisoned");
        loop {
            if expected(screen.0.screen()) {
                return screen.0.screen().contents();
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let seen = screen.0.screen().contents();
                drop(screen);
                panic!("waited for {what}:\n{seen}");
            }
            screen = self
                .shared
                .1
                .wait_timeout(screen, left.min(Duration::from_millis(50)))
                .expect("not poisoned")
                .0;
        }
    }

    fn wait_for(&self, text: &str) -> String {
        self.wait(text, |screen| screen.contents().contains(text))
    }

    /// Waits for the end of the program and of its output.
    fn end(&mut self) -> bool {
        let end = Instant::now() + PATIENCE;
        let mut screen = self.shared.0.lock().expect("not poisoned");
        while !screen.1 && Instant::now() < end {
            screen = self
                .shared
                .1
                .wait_timeout(screen, Duration::from_millis(50))
                .expect("not poisoned")
                .0;
        }
        drop(screen);
        self.child.wait().expect("ended").success()
    }

    fn is_as_before(&self) {
        let screen = self.shared.0.lock().expect("not poisoned");
        let screen = screen.0.screen();
        assert!(!screen.alternate_screen());
        assert!(!screen.hide_cursor());
        assert!(!screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().expect("running").to_string();
        let status = std::process::Command::new("kill")
            .args([name, &pid])
            .status()
            .expect("kill");
        assert!(status.success());
    }

    fn resize(&self, w: u16, h: u16) {
        let mut screen = self.shared.0.lock().expect("not poisoned");
        screen.0.screen_mut().set_size(cells(h), cells(w));
        drop(screen);
        let size = PtySize {
            rows: h,
            cols: w,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.master.resize(size).expect("resized");
    }
}

/// The whole way of a person who compares two reports and looks for a third one.
fn journey(w: u16, h: u16) {
    let mut t = Terminal::start(w, h);
    t.wait("the list", |s| {
        s.contents().contains("2012") && s.contents().contains("2010")
    });
    // Mark two and compare them.
    t.type_in("  c");
    t.wait_for("主动公开");
    t.wait_for("▾ 主动公开");
    // The source of a figure, then the report itself.
    t.type_in("\r");
    t.wait("the source", |s| {
        s.contents().contains("全年主") || s.contents().contains("数值")
    });
    t.type_in("\r");
    t.wait_for("一、概述");
    // Text pasted by an input method.
    t.type_in("3\u{1b}[200~政府信息\n公开\u{1b}[201~");
    let found = t.wait_for("3 份文件中的");
    assert!(found.contains("搜索："), "{found}");
    t.type_in("\u{1b}[B");
    let seen = t.wait("the Traditional report", |s| {
        s.contents().contains("資訊公開") || h < 20
    });
    assert!(seen.contains("公开") || seen.contains("公開"), "{seen}");
    t.type_in("\r");
    t.wait("a report", |s| {
        s.contents().contains("2 阅读") && s.contents().contains("大纲")
    });
    // The same jump in three reports.
    for _ in 0..3 {
        t.type_in("1\u{1b}[B\r");
        t.wait("the reader", |s| s.contents().contains("大纲"));
        t.type_in("o");
        t.wait("the outline", |s| s.contents().contains('╭'));
        t.type_in("依申请公开\r");
        t.wait("the part", |s| {
            // Its heading, within the first lines of the text.
            let text = s.contents_between(1, 0, 6, w - 1);
            let there = text.contains("申请公开") || text.contains("申請公開");
            there && !s.contents().contains('╭')
        });
    }
    t.type_in("q");
    assert!(t.end());
    t.is_as_before();
}

#[test]
fn a_journey_at_80x24() {
    journey(80, 24);
}

#[test]
fn a_journey_at_120x40() {
    journey(120, 40);
}

#[test]
fn a_journey_at_200x60() {
    journey(200, 60);
}

#[test]
fn a_journey_at_40x12() {
    journey(40, 12);
}

/// The words of the query are on a coloured ground in the report that writes them in
/// Traditional characters, and no others are.
fn lit(w: u16, h: u16) {
    let mut t = Terminal::start(w, h);
    t.wait("the list", |s| s.contents().contains("2010"));
    t.type_in("3政府信息公开 region:三亚");
    t.wait("the words lit", |screen| {
        // Below the field, and left of the facets where there is room for them.
        let right = if w >= 100 { w * 3 / 4 } else { w };
        let rows = (3..h - 1).map(|y| {
            let cells = (0..right).filter_map(|x| screen.cell(y, x));
            let lit = cells.filter(|c| c.bgcolor() != vt100::Color::Default);
            lit.map(|c| c.contents().to_owned()).collect::<String>()
        });
        let lit: Vec<String> = rows.filter(|r| !r.trim().is_empty()).collect();
        !lit.is_empty() && lit.iter().all(|r| r.trim() == "政府資訊公開")
    });
    drop(t.child.kill());
}

#[test]
fn found_words_are_highlighted_in_either_script() {
    for (w, h) in [(80, 24), (120, 40), (200, 60), (40, 12)] {
        lit(w, h);
    }
}

#[test]
fn another_size_is_drawn_at_once() {
    let mut t = Terminal::start(120, 40);
    t.wait_for("c 比较");
    t.resize(70, 20);
    t.wait("the narrow screen", |s| {
        let last = s.contents_between(19, 0, 19, 69);
        last.contains("阅读")
    });
    t.resize(10, 3);
    t.resize(120, 40);
    t.wait("the wide screen", |s| {
        s.contents_between(39, 0, 39, 119).contains("帮助")
    });
    t.type_in("q");
    assert!(t.end());
    t.is_as_before();
}

#[test]
fn stopped_and_continued() {
    let mut t = Terminal::start(100, 30);
    t.wait_for("3 份报告");
    t.type_in("\u{1a}");
    t.wait("the shell's screen", |s| !s.alternate_screen());
    let stat = format!("/proc/{}/stat", t.child.process_id().expect("running"));
    if Path::new(&stat).exists() {
        t.wait("the stop", |_| {
            std::fs::read_to_string(&stat).is_ok_and(|s| s.contains(") T "))
        });
    }
    t.signal("-CONT");
    t.wait("the browser again", |s| {
        s.alternate_screen() && s.contents().contains("3 份报告")
    });
    t.type_in("q");
    assert!(t.end());
    t.is_as_before();
}

#[test]
fn ended_from_outside() {
    let mut t = Terminal::start(100, 30);
    t.wait_for("3 份报告");
    t.signal("-TERM");
    assert!(t.end());
    t.is_as_before();
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let mut t = Terminal::start_with(100, 30, &[("GONGKAI_TEST_PANIC", "1")]);
    t.wait_for("3 份报告");
    t.type_in("\u{1b}[24~");
    assert!(!t.end());
    t.is_as_before();
    let screen = t.shared.0.lock().expect("not poisoned");
    let text = screen.0.screen().contents();
    assert!(text.contains("panicked"), "{text}");
}

#[test]
fn marks_and_queries_are_remembered() {
    let mut t = Terminal::start(100, 30);
    t.wait_for("3 份报告");
    t.type_in(" 3申请\r");
    t.wait_for("份文件中的");
    t.type_in("\u{3}");
    assert!(t.end());
    let state = t.home.path().join(".local/state/gongkai/session.json");
    let session = std::fs::read_to_string(&state).expect("remembered");
    assert!(session.contains("申请"), "{session}");
    assert!(session.contains("\"marks\""), "{session}");
}
