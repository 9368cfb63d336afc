//! Facts → a report in words, from the frames of `frames.toml`.

use std::collections::BTreeMap;

use fastrand::Rng;

use super::Era;
use super::facts::Facts;
use super::forms;

/// Lists and frames, by chapter and sort.
pub struct Frames {
    lists: BTreeMap<String, Vec<String>>,
    frames: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Frames {
    /// Reads the file beside this module.
    pub fn read() -> Self {
        let table: toml::Table = include_str!("../frames.toml").parse().expect("frames.toml");
        let strings = |value: &toml::Value| -> Vec<String> {
            let all = value.as_array().expect("a list");
            all.iter()
                .filter_map(|v| v.as_str().map(str::to_owned))
                .collect()
        };
        let mut read = Self {
            lists: BTreeMap::new(),
            frames: BTreeMap::new(),
        };
        for (name, value) in &table {
            match value.as_table() {
                None => {
                    read.lists.insert(name.clone(), strings(value));
                }
                Some(sorts) => {
                    let sorts = sorts.iter().map(|(n, v)| (n.clone(), strings(v)));
                    read.frames.insert(name.clone(), sorts.collect());
                }
            }
        }
        read
    }

    fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }
}

/// How a report writes.
struct Writer<'a> {
    frames: &'a Frames,
    facts: &'a Facts,
    rng: &'a mut Rng,
    text: String,
    /// 1,234 rather than 1234.
    thousands: bool,
    chapter: usize,
    /// Rows of the form say it: prose leaves out half of it.
    brief: bool,
}

const ORDINALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// The whole text of a report.
pub fn write(frames: &Frames, facts: &Facts, with_form: bool, rng: &mut Rng) -> String {
    let thousands = rng.u32(..5) == 0;
    let mut w = Writer {
        frames,
        facts,
        rng,
        text: String::with_capacity(8 << 10),
        thousands,
        chapter: 0,
        brief: with_form && matches!(facts.era, Era::C | Era::D),
    };
    w.head();
    match facts.era {
        Era::A | Era::B => w.old(with_form),
        Era::C | Era::D => w.new_form(with_form),
    }
    let signature = format!(
        "\n{}办公室\n{}年3月{}日\n",
        facts.slots["body"],
        facts.year + 1,
        w.rng.u32(1..31)
    );
    w.text.push_str(&signature);
    w.text
}

impl Writer<'_> {
    fn head(&mut self) {
        self.one("title", "government");
        self.text.push('\n');
        if self.rng.bool() {
            let (year, day) = (self.facts.year + 1, self.rng.u32(1..29));
            let from = self.facts.slots["body"].clone();
            self.text += &format!("发布日期：{year}-03-{day:02}　来源：{from}办公室\n");
        }
        self.text.push('\n');
        let era = match self.facts.era {
            Era::A => "A",
            Era::B => "B",
            Era::C => "C",
            Era::D => "D",
        };
        self.one("intro", era);
        self.text.push('\n');
    }

    /// The free form of the first ten years.
    fn old(&mut self, with_form: bool) {
        self.chapter("概述");
        self.some("overview", "any", 5, 10);
        self.one("training", "number");
        self.end();
        self.chapter("主动公开政府信息情况");
        self.section(1, "公开数量");
        self.one("disclosure", "total");
        self.one("disclosure", "kinds");
        self.one("disclosure", "channels");
        self.end();
        self.section(2, "公开内容和方式");
        self.some("disclosure", "any", 6, 12);
        self.one("disclosure", "normative");
        self.end();
        self.chapter("依申请公开政府信息情况");
        self.requests("old_outcome");
        self.chapter("咨询处理情况");
        self.one("consult", "number");
        self.one("consult", "visits");
        self.end();
        self.chapter("复议、诉讼和收费情况");
        self.disputes();
        let fees = if self.facts.counts["fees"] > 0 {
            "number"
        } else {
            "zero"
        };
        self.one("fees", fees);
        self.end();
        self.chapter("机构和人员");
        self.one("training", "staff");
        self.one("training", "points");
        self.end();
        self.problems();
        if with_form {
            forms::append_old(&mut self.text, self.facts, self.rng);
        }
    }

    /// The six prescribed chapters.
    fn new_form(&mut self, with_form: bool) {
        self.chapter("总体情况");
        self.some("overview", "any", 4, 7);
        self.section(1, "主动公开");
        self.one("disclosure", "total");
        self.some("disclosure", "any", 3, 6);
        self.end();
        self.section(2, "依申请公开");
        self.requests("outcome");
        self.section(3, "监督保障");
        self.one("training", "number");
        self.some("overview", "any", 1, 3);
        self.end();
        self.chapter("主动公开政府信息情况");
        if with_form {
            forms::table2(&mut self.text, self.facts, self.rng);
        } else {
            self.one("disclosure", "normative");
            self.end();
        }
        self.chapter("收到和处理政府信息公开申请情况");
        if with_form {
            forms::table3(&mut self.text, self.facts, self.rng);
        } else {
            self.requests("outcome");
        }
        self.chapter("政府信息公开行政复议、行政诉讼情况");
        if with_form {
            forms::table4(&mut self.text, self.facts, self.rng);
        } else {
            self.disputes();
            self.end();
        }
        self.problems();
        self.chapter("其他需要报告的事项");
        self.some("others", "any", 1, 2);
        self.end();
    }

    fn requests(&mut self, outcome: &str) {
        if self.facts.counts["received"] == 0 {
            self.one("requests", "zero");
        } else {
            self.one("requests", "received");
            self.one("requests", "channels");
            if !self.brief || self.rng.bool() {
                self.one("requests", "applicants");
                self.one("requests", outcome);
            }
        }
        self.some("requests", "any", 3, 7);
        self.end();
    }

    fn disputes(&mut self) {
        let some = self.facts.counts["review"] + self.facts.counts["litigation"] > 0;
        self.one("disputes", if some { "number" } else { "zero" });
    }

    fn problems(&mut self) {
        self.chapter("存在的主要问题及改进情况");
        self.section(1, "存在的问题");
        self.some("problems", "any", 3, 6);
        self.end();
        self.section(2, "改进措施");
        self.some("improvements", "any", 4, 7);
        self.end();
    }

    fn chapter(&mut self, title: &str) {
        let ordinal = ORDINALS[self.chapter.min(9)];
        self.chapter += 1;
        self.text += &format!("\n{ordinal}、{title}\n");
    }

    fn section(&mut self, number: usize, title: &str) {
        let ordinal = ORDINALS[number - 1];
        // Headings of their own, and headings run into the text.
        let end = if self.rng.bool() { "\n" } else { "。" };
        self.text += &format!("（{ordinal}）{title}{end}");
    }

    fn end(&mut self) {
        self.text.push('\n');
    }

    /// One of the frames.
    fn one(&mut self, chapter: &str, sort: &str) {
        let frames = &self.frames.frames[chapter][sort];
        let frame = &frames[self.rng.usize(..frames.len())];
        self.fill(frame);
    }

    /// Several different ones, sometimes in paragraphs of their own.
    fn some(&mut self, chapter: &str, sort: &str, least: usize, most: usize) {
        let frames = &self.frames.frames[chapter][sort];
        let mut order: Vec<usize> = (0..frames.len()).collect();
        self.rng.shuffle(&mut order);
        let wanted = self.rng.usize(least..=most).min(frames.len());
        for &i in &order[..wanted] {
            self.fill(&frames[i]);
            if self.rng.u32(..5) == 0 {
                self.text.push('\n');
            }
        }
    }

    fn fill(&mut self, frame: &str) {
        let mut rest = frame;
        while let Some((before, after)) = rest.split_once('{') {
            self.text.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let word = self.slot(name);
            self.text.push_str(&word);
            rest = after;
        }
        self.text.push_str(rest);
    }

    fn slot(&mut self, name: &str) -> String {
        if let Some(count) = self.facts.counts.get(name) {
            // Only parts are falsified: a total is what they are held against.
            let wrong = self.facts.wrong && matches!(name, "k4" | "onsite" | "partial");
            return self.number(count + if wrong { 7 } else { 0 });
        }
        if let Some(word) = self.facts.slots.get(name) {
            return word.clone();
        }
        match name {
            "small" => self.rng.u64(2..30).to_string(),
            "middle" => self.rng.u64(30..900).to_string(),
            "large" => {
                let large = self.rng.u64(1000..90_000);
                self.number(large)
            }
            _ => {
                let list = self.frames.list(&format!("{name}s"));
                assert!(!list.is_empty(), "frames.toml: no list for {{{name}}}");
                list[self.rng.usize(..list.len())].clone()
            }
        }
    }

    fn number(&self, value: u64) -> String {
        let plain = value.to_string();
        if !self.thousands {
            return plain;
        }
        let mut out = String::new();
        for (i, digit) in plain.chars().enumerate() {
            if i > 0 && (plain.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }
}
