//! Word documents, PDF files and archives, good and bad: what is read of them, and that
//! nothing a file holds can harm the program or the other files.

mod archive;
#[path = "../common/mod.rs"]
mod common;
mod fuzz;
mod harm;
mod pdf;

use std::fs;
use std::io::Write as _;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use common::documents::{self, Pdf, assembled, broken, docx, zip};
use gongkai::corpus::Corpus;
use gongkai::source::{self, Format, Shape, Source, SourceError};
use proptest::prelude::*;

/// Blocks as lines: cells between bars.
fn lines(source: &Source) -> Vec<String> {
    source
        .blocks
        .iter()
        .map(|block| match &block.shape {
            Shape::Row(cells) => {
                let cells: Vec<&str> = cells.iter().map(|c| &source.text[c.clone()]).collect();
                cells.join("|")
            }
            _ => source.text[block.range.clone()].to_owned(),
        })
        .collect()
}

fn read_pdf(bytes: &[u8]) -> Vec<String> {
    lines(&source::read(bytes, Format::Pdf).expect("readable"))
}

const TITLE: &str = "松溪县人民政府2020年政府信息公开工作年度报告";
const TEXT: &str = "本年度全县主动公开政府信息3,206条，收到公开申请58件，办结55件，结转3件；各乡镇和部门都按要求更新了公开目录，回应了群众关心的问题。";

/// A document over two pages with heads and page numbers.
fn report() -> Pdf {
    let mut pdf = Pdf::default();
    for page in 1..=2 {
        pdf.page();
        pdf.text(60.0, 40.0, 9.0, "松溪县年度报告");
        pdf.text(280.0, 810.0, 9.0, &format!("- {page} -"));
        let mut y = 100.0;
        if page == 1 {
            pdf.text(218.0, y, 20.0, "松溪县人民政府");
            pdf.text(138.0, y + 28.0, 20.0, "2020年政府信息公开工作年度报告");
            y = 170.0;
        }
        pdf.text(84.0, y, 12.0, ["一、总体情况", "二、主动公开"][page - 1]);
        for (i, line) in broken(&format!("　　{TEXT}"), 12.0, 456.0)
            .iter()
            .enumerate()
        {
            pdf.text(60.0, y + 20.0 * (i + 1) as f64, 12.0, line);
        }
    }
    pdf
}
