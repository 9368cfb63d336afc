//! Screens drawn into a buffer, from reports in our own words.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::config::keymap::{Code, Key};
use crate::config::language::Language;
use crate::config::theme::Theme;
use crate::corpus::Corpus;
use crate::index::Store;
use crate::query::Library;
use crate::text::width::grapheme_cells;
use crate::tui::action::{Action, Arrived, Job};
use crate::tui::command::{Command, Keymap};
use crate::tui::desk::Desk;
use crate::tui::shelf::Shelf;
use crate::tui::state::{Layer, State};
use crate::tui::style::Skin;
use crate::tui::update::{start, update};
use crate::tui::worker::answer;

/// What stands on the screen; the second half of a wide character is left out.
pub fn screen_text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut skip = 0;
        for x in 0..buffer.area.width {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buffer[(x, y)].symbol();
            out.push_str(symbol);
            skip = grapheme_cells(symbol).saturating_sub(1);
        }
        out.push('\n');
    }
    out
}

/// As [`screen_text`], without blanks at the ends of lines.
fn tidy(buffer: &Buffer) -> String {
    let text = screen_text(buffer);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// A browser without terminal and threads: jobs are answered at once.
pub struct Harness {
    pub state: State,
    skin: Skin,
    shelf: Arc<dyn Shelf>,
    desk: Corpus,
    /// Jobs for the world outside.
    pub left: Vec<Job>,
    _dir: tempfile::TempDir,
}

const REPORTS: [(&str, &str); 4] = [
    (
        "临川县2011.txt",
        "临川区人民政府2011年政府信息公开工作年度报告\n\n一、概述\n　　2011年，本区推进政府信息公开工作，制度更加健全。\n二、主动公开政府信息的情况\n　　全年主动公开政府信息1234条。\n三、依申请公开政府信息的情况\n　　全年共收到政府信息公开申请26件，其中当面申请20件，网上申请5件。\n　　均已按时答复。\n四、行政复议和行政诉讼情况\n　　因政府信息公开申请行政复议0件，行政诉讼1件。\n",
    ),
    (
        "三亚市2010.txt",
        "三亞市人民政府2010年政府資訊公開工作年度報告\n\n一、概述\n　　本市各單位推進政府資訊公開工作。\n二、主動公開政府資訊情況\n　　全年主動公開政府資訊五千余條。\n三、依申請公開政府資訊情況\n　　全年收到申請9件，其中當面申請1件，網上申請7件，信函申請1件。\n",
    ),
    (
        "三亚市2012.txt",
        "三亚市人民政府2012年政府信息公开工作年度报告\n\n一、概述\n　　本市继续推进政府信息公开工作。\n二、主动公开政府信息情况\n　　全年主动公开政府信息6100条。\n三、依申请公开政府信息情况\n　　全年收到申请12件，全部予以公开。\n\u{1b}[2J\u{1b}]0;坏\u{7}结束。\n",
    ),
    ("空.txt", ""),
];

impl Harness {
    pub fn new(w: u16, h: u16) -> Self {
        Self::with(w, h, &[])
    }

    /// With more files than the usual ones.
    fn with(w: u16, h: u16, more: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        for (name, text) in REPORTS.iter().chain(more) {
            std::fs::write(dir.path().join(name), text).expect("written");
        }
        let desk = Corpus::open(&[dir.path()]).expect("a corpus");
        let store = Store::open(&desk, None).expect("an index");
        store
            .update(&desk, &|_| {}, &std::sync::atomic::AtomicBool::new(false))
            .expect("indexed");
        let shelf: Arc<dyn Shelf> = Arc::new(Library::of(&store).expect("a library"));
        let mut state = State::new(Language::Zh, Arc::new(Keymap::new(None)));
        state.size = (w, h);
        state.corpus = "样例".into();
        let mut harness = Self {
            skin: Skin::new(Theme::embedded().remove(0)),
            state,
            shelf,
            desk,
            left: Vec::new(),
            _dir: dir,
        };
        let jobs = start(&mut harness.state);
        harness.settle(jobs);
        harness
    }

    fn settle(&mut self, mut jobs: Vec<Job>) {
        while let Some(job) = jobs.pop() {
            let desk: &dyn Desk = &self.desk;
            match answer(&self.shelf, desk, &job) {
                Some(arrived) => jobs.extend(update(&mut self.state, Action::Arrived(arrived))),
                None => self.left.push(job),
            }
        }
    }

    pub fn act(&mut self, action: Action) -> &mut Self {
        let jobs = update(&mut self.state, action);
        self.settle(jobs);
        self
    }

    /// Keys by their names in the key file, apart by blanks.
    pub fn keys(&mut self, names: &str) -> &mut Self {
        for name in names.split(' ') {
            let key = Key::parse(name).unwrap_or_else(|| panic!("{name}"));
            self.act(Action::Key(key));
        }
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.act(Action::Key(Key::plain(Code::Char(c))));
        }
        self
    }

    pub fn screen(&self) -> String {
        tidy(&self.draw().0)
    }

    pub fn draw(&self) -> (Buffer, Option<(u16, u16)>) {
        let (w, h) = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, w, h));
        let caret = super::draw(&self.state, &self.skin, &mut buffer);
        (buffer, caret)
    }
}

#[test]
fn library() {
    let mut h = Harness::new(120, 24);
    insta::assert_snapshot!("library", h.screen());
    h.keys("f").text("sanya");
    let screen = h.screen();
    assert!(!screen.contains("临川"), "{screen}");
    assert!(
        h.draw().1.is_some(),
        "the terminal's cursor is in the field"
    );
    h.keys("esc y down enter");
    insta::assert_snapshot!("library_year", h.screen());
}

#[test]
fn other_documents_take_no_part_in_comparisons() {
    let notice = "关于召开会议的通知\n\n各单位：定于3月5日召开工作会议，请派1人参加。\n";
    let mut h = Harness::with(120, 24, &[("通知.txt", notice)]);
    let said = h.state.language.text("compare.no_report").to_owned();
    let screen = h.keys("f").text("通知").keys("enter space").screen();
    assert!(screen.contains(&said), "{screen}");
    assert!(h.keys("esc down space").screen().contains(&said));
    assert!(h.state.marks.is_empty());
    h.keys("c");
    assert_ne!(h.state.place, crate::tui::state::Place::Compare);
}

#[test]
fn other_files_of_a_body_and_year_are_a_key_away() {
    let copy = "三亚市人民政府2012年政府信息公开工作年度报告\n\n一、概述\n　　本市继续推进政府信息公开工作。\n";
    let mut h = Harness::with(120, 24, &[("另存的2012.txt", copy)]);
    let path = |h: &Harness| h.state.reader.doc.as_ref().map(|d| d.path.clone());
    let screen = h.keys("f").text("2012").screen();
    assert_eq!(h.state.library.total, 1, "one stands for both: {screen}");
    assert!(screen.contains("三亚市 2 个版本"), "{screen}");
    // From the one in the list to the other, and from there back.
    let screen = h.keys("enter 1 d").screen();
    assert!(screen.contains("另存的2012.txt"), "{screen}");
    let Some(Layer::Picker(picker)) = h.state.layers.last() else {
        panic!("{screen}");
    };
    assert_eq!(picker.items.len(), 1, "itself is no other");
    h.keys("enter");
    assert_eq!(path(&h).as_deref(), Some("另存的2012.txt"));
    h.keys("d enter");
    assert_eq!(path(&h).as_deref(), Some("三亚市2012.txt"));
    // Where there is no other, that is said.
    let screen = h
        .keys("1 esc f")
        .text("linchuan")
        .keys("enter 1 d")
        .screen();
    assert!(h.state.layers.is_empty(), "{screen}");
    assert!(screen.contains("只有这一个文件"), "{screen}");
    assert!(!screen.contains("个版本"), "{screen}");
}

#[test]
fn reader_and_source() {
    let mut h = Harness::new(120, 24);
    h.keys("f").text("linchuan").keys("enter enter");
    insta::assert_snapshot!("reader", h.screen());
    h.keys("tab tab enter");
    insta::assert_snapshot!("source", h.screen());
}

#[test]
fn a_part_is_found_in_every_report() {
    let mut h = Harness::new(80, 10);
    for _ in 0..3 {
        h.keys("enter o").text("依申请公开").keys("enter");
        let screen = h.screen();
        let first: String = screen.lines().skip(1).take(3).collect();
        assert!(
            first.contains("申请公开") || first.contains("申請公開"),
            "{screen}"
        );
        h.keys("1 down");
    }
}

#[test]
fn search_across_scripts() {
    let mut h = Harness::new(120, 24);
    h.keys("/").text("政府信息公开");
    let screen = h.screen();
    assert!(screen.contains("政府資訊公開"), "{screen}");
    insta::assert_snapshot!("search", screen);
    h.keys("down down enter");
    assert!(!h.state.reader.hits.is_empty());
}

#[test]
fn a_find_on_the_first_screen_is_where_the_outline_stands() {
    let text = "万宁市人民政府2021年政府信息公开工作年度报告\n\n一、概述\n　　公开3条。\n二、主动公开\n　　公开4条。\n三、依申请公开\n　　答复鹿回头一事。\n";
    let mut h = Harness::with(120, 24, &[("万宁2021.txt", text)]);
    h.keys("/").text("鹿回头").keys("enter enter");
    assert_eq!((h.state.reader.top, h.state.reader.hit), (0, Some(0)));
    let doc = h.state.reader.doc.clone().expect("open");
    let section = &doc.reading.report.sections[h.state.reader.outline.at];
    assert!(section.title.contains("依申请公开"), "{section:?}");
}

#[test]
fn a_search_finds_a_copy_only_where_copies_are_shown() {
    let copy = "三亚市人民政府2012年政府信息公开工作年度报告\n\n一、概述\n　　本市继续推进政府信息公开工作。\n";
    let mut h = Harness::with(120, 24, &[("另存的2012.txt", copy)]);
    let found = |h: &Harness| h.state.search.page.as_ref().map(|p| p.reports);
    h.keys("/").text("信息公开工作 year:2012");
    assert_eq!(found(&h), Some(1));
    let screen = h.screen();
    assert!(!screen.contains("另存的2012.txt"), "{screen}");
    h.state.library.copies = true;
    h.text(" ");
    assert_eq!(found(&h), Some(2));
    let screen = h.screen();
    assert!(screen.contains("另存的2012.txt"), "which file: {screen}");
}

#[test]
fn compare_two() {
    let mut h = Harness::new(120, 24);
    h.keys("space space c");
    insta::assert_snapshot!("compare", h.screen());
    h.keys("enter");
    insta::assert_snapshot!("compare_source", h.screen());
    h.keys("enter");
    assert_eq!(h.state.place, crate::tui::state::Place::Reader);
    h.keys("4 w");
    insta::assert_snapshot!("texts", h.screen());
    h.keys("down down enter");
    insta::assert_snapshot!("sentences", h.screen());
    h.keys("esc esc 4 x enter");
    let saved = h.left.iter().find_map(|j| match j {
        Job::Save { body, .. } => Some(body.clone()),
        _ => None,
    });
    assert!(saved.expect("a file").contains("| A−B |"));
}

#[test]
fn rates_stand_last_with_what_they_are_made_of() {
    let files = [
        (
            "万宁2021.txt",
            "万宁市人民政府2021年政府信息公开工作年度报告\n\n二、依申请公开\n　　新收政府信息公开申请20件，办结申请20件，其中予以公开10件，部分公开5件，不予公开4件。\n",
        ),
        (
            "万宁2022.txt",
            "万宁市人民政府2022年政府信息公开工作年度报告\n\n二、依申请公开\n　　新收政府信息公开申请60件，办结申请50件，其中不予公开4件。\n",
        ),
    ];
    let mut h = Harness::with(140, 30, &files);
    h.keys("f").text("wanning").keys("down up space space c");
    insta::assert_snapshot!("compare_rates", h.screen());
    // Enter shows the figures of a rate, and leads to their places.
    h.keys("end enter");
    insta::assert_snapshot!("compare_rate_source", h.screen());
    h.keys("enter");
    assert_eq!(h.state.place, crate::tui::state::Place::Reader);
    // What is folded away is not written to a file either.
    let saved = |h: &Harness| {
        let mut bodies = h.left.iter().rev().filter_map(|j| match j {
            Job::Save { body, .. } => Some(body.clone()),
            _ => None,
        });
        bodies.next().expect("a file")
    };
    h.keys("4 x enter");
    assert!(saved(&h).contains("÷ 20"));
    h.keys("space x enter");
    assert!(!saved(&h).contains("÷ 20"));
    let screen = h.keys("r").text("推算").keys("enter").screen();
    assert!(screen.contains("▸ 推算"), "{screen}");
}

#[test]
fn findings_of_all_reports_lead_to_their_source() {
    let mut h = Harness::new(100, 24);
    h.keys("5");
    insta::assert_snapshot!("findings", h.screen());
    h.keys("down enter");
    let screen = h.screen();
    assert_eq!(h.state.place, crate::tui::state::Place::Reader);
    assert!(
        screen.contains("R-P5") && screen.contains("应为"),
        "{screen}"
    );
    // The second of its figures, then its place in the text.
    h.keys("tab enter");
    assert!(h.state.layers.is_empty());
    let current = h.state.reader.current().expect("a figure under the cursor");
    let doc = h.state.reader.doc.clone().expect("open");
    assert_eq!(doc.reading.figures[current].value, Some(20.into()));
}

#[test]
fn a_finding_that_needed_another_report_is_explained_too() {
    let mut h = Harness::new(100, 24);
    h.keys("5 down");
    // It stands among the findings of no report by itself.
    for audited in &mut h.state.analysis.audited {
        for finding in &mut audited.findings {
            finding.fingerprint = "of two reports".to_owned();
        }
    }
    let screen = h.keys("enter").screen();
    assert!(
        screen.contains("R-P5") && screen.contains("应为"),
        "{screen}"
    );
}

#[test]
fn a_finding_is_dismissed_with_a_reason() {
    let mut h = Harness::new(100, 24);
    h.keys("5 down m space space enter");
    assert!(h.screen().contains("理由"), "{}", h.screen());
    assert!(!h.state.layers.is_empty(), "no reason, no dismissal");
    h.keys("tab").text("已核实").keys("enter");
    assert!(h.state.layers.is_empty());
    let screen = h.screen();
    assert!(screen.contains("不算问题：已核实"), "{screen}");
    // Nobody has to look at it again.
    let dismissed = |h: &Harness| {
        let mut findings = h.state.analysis.audited.iter().flat_map(|a| &a.findings);
        findings.any(|f| h.state.reviews.is_dismissed(&f.fingerprint, &f.values()))
    };
    assert!(dismissed(&h));
    let grave = h.keys("!").screen();
    assert!(!grave.contains("已核实"), "{grave}");
}

#[test]
fn reports_are_ranked_among_their_peers() {
    let mut h = Harness::new(100, 24);
    h.keys("5 v");
    insta::assert_snapshot!("rank", h.screen());
    h.keys("down enter");
    let current = h.state.reader.current().expect("a figure under the cursor");
    let doc = h.state.reader.doc.clone().expect("open");
    assert_eq!(doc.reading.figures[current].value, Some(12.into()));
}

#[test]
fn a_person_corrects_what_was_read() {
    let mut h = Harness::new(100, 24);
    h.keys("f").text("linchuan").keys("enter 1 m");
    insta::assert_snapshot!("correct", h.screen());
    let (_, caret) = h.draw();
    assert!(caret.is_some(), "the terminal's cursor is in the field");
    // What makes no sense is not taken.
    h.text("2").keys("enter");
    assert!(h.screen().contains('✗'), "{}", h.screen());
    h.text("009").keys("tab").text("三亚市").keys("enter");
    assert!(h.state.layers.is_empty(), "{}", h.screen());
    assert!(h.left.iter().any(|j| matches!(j, Job::Rescan)));
    // The report that was open has been read again.
    let doc = h.state.reader.doc.clone().expect("open");
    let report = &doc.reading.report;
    assert_eq!(report.year.map(|y| y.value), Some(2009));
    assert_eq!(
        report.region.as_ref().map(|r| r.name.as_str()),
        Some("三亚市")
    );
}

#[test]
fn what_could_not_be_read_is_told() {
    let mut h = Harness::new(100, 20);
    let screen = h.keys("F").screen();
    assert!(screen.contains("空.txt"), "{screen}");
}

#[test]
fn palette_and_help_know_the_keys() {
    let mut h = Harness::new(100, 24);
    let screen = h.keys("f2").text("paixu").screen();
    assert!(screen.contains("排序"), "{screen}");
    h.keys("enter");
    assert!(h.screen().contains("核查未通过"));
    let screen = h.keys("esc ?").screen();
    assert!(screen.contains("Space"), "{screen}");
}

#[test]
fn control_characters_never_reach_the_screen() {
    let mut h = Harness::new(100, 30);
    for _ in 0..4 {
        h.keys("enter");
        let (buffer, _) = h.draw();
        let unfit = |c: char| c.is_control();
        assert!(
            buffer
                .content
                .iter()
                .all(|cell| !cell.symbol().contains(unfit))
        );
        h.keys("1 down");
    }
}

#[test]
fn no_size_is_too_small() {
    let mut h = Harness::new(80, 24);
    h.keys("space space");
    for script in [
        "1",
        "enter",
        "o",
        "esc i",
        "esc 3 a",
        "down",
        "4 c",
        "5 enter",
        "esc 1 m",
        "esc 5 v",
        "enter",
        "esc ?",
        "esc f2",
        "esc 1 left",
    ] {
        h.keys(script);
        for w in 0..=40 {
            for height in (0..=12).chain([40]) {
                h.act(Action::Resize(w, height));
                h.draw();
                // A buffer smaller than we were told of: the terminal has just shrunk.
                let mut small = Buffer::empty(Rect::new(0, 0, w / 2, height / 2));
                super::draw(&h.state, &h.skin, &mut small);
            }
        }
        h.act(Action::Resize(80, 24));
    }
}

#[test]
fn stale_answers_are_dropped() {
    let mut h = Harness::new(80, 24);
    h.keys("3");
    let jobs = update(&mut h.state, Action::Paste("申请".into()));
    let old = answer(&h.shelf, &h.desk, &jobs[0]).expect("an answer");
    h.text("x");
    let before = h.state.search.page.as_ref().map(|p| p.sections);
    h.act(Action::Arrived(old));
    assert_eq!(h.state.search.page.as_ref().map(|p| p.sections), before);
    assert!(matches!(jobs[0], Job::Search { .. }));
    h.act(Action::Arrived(Arrived::Tree(0, Vec::new())));
    assert!(!h.state.library.nodes.is_empty());
}

#[test]
fn every_command_can_be_asked_for_anywhere() {
    for &command in Command::ALL {
        for place in ["1", "2", "3", "4", "5"] {
            let mut h = Harness::new(100, 24);
            h.keys("space space c 1 enter").keys(place);
            h.act(Action::Do(command));
            h.draw();
        }
    }
}

#[test]
fn arrows_enter_escape_and_function_keys_suffice() {
    let mut h = Harness::new(100, 24);
    // An input method swallows letters: the palette lists everything else.
    h.keys("down enter").keys("f4 down enter");
    h.keys("f2 down enter");
    h.keys("esc esc");
    h.keys("f3 f5 f10");
    assert!(h.state.quit);
}

#[test]
fn both_languages_and_every_theme() {
    let mut h = Harness::new(100, 24);
    h.keys("L");
    let screen = h.screen();
    assert!(screen.contains("Library"), "{screen}");
    for theme in Theme::embedded() {
        h.skin = Skin::new(theme);
        h.keys("down");
        // The selected line is told without colour.
        assert!(h.screen().contains('▌'));
    }
}
