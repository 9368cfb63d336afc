//! One and the same report gives the same title, year, region, outline and tables, however
//! it was saved, encoded and written.

#[path = "common/documents.rs"]
#[allow(dead_code)]
mod documents;
#[path = "formats/documents.rs"]
mod printed;
#[path = "formats/shapes.rs"]
mod shapes;
#[path = "formats/story.rs"]
mod story;

use encoding_rs::{BIG5, GB18030};
use gongkai::reading::{self, Reading};
use gongkai::source::{Format, Shape};
use gongkai::text::fold::fold;

/// What a report says, in folded form.
#[derive(Debug, PartialEq)]
struct Said {
    title: String,
    year: Option<i32>,
    region: Option<String>,
    issuer: Option<String>,
    published: Option<String>,
    doc_number: Option<String>,
    outline: Vec<(String, String, Option<String>)>,
    rows: Vec<(String, Vec<String>)>,
}

fn said(reading: &Reading) -> Said {
    let report = &reading.report;
    Said {
        title: fold(&report.title),
        year: report.year.as_ref().map(|y| y.value),
        region: report.region.as_ref().map(|r| r.code.to_string()),
        issuer: report.metadata.issuer.clone(),
        published: report.metadata.published_on.clone(),
        doc_number: report.metadata.doc_number.clone(),
        outline: report
            .sections
            .iter()
            .map(|s| {
                let title = fold(&s.title);
                (
                    fold(&s.marker),
                    title.trim_end_matches('。').to_owned(),
                    s.part.map(|p| format!("{p:?}")),
                )
            })
            .collect(),
        rows: report
            .blocks
            .iter()
            .filter_map(|b| match &b.shape {
                // A cell that spans places counts once.
                Shape::Row(cells) => {
                    let mut cells = cells.clone();
                    cells.dedup_by(|a, b| a == b && a.start < a.end);
                    row(cells.into_iter().map(|c| fold(&report.text[c])).collect())
                }
                _ => None,
            })
            .collect(),
    }
}

/// The label next to a row's values, and the values; none for a row of fewer than three.
fn row(cells: Vec<String>) -> Option<(String, Vec<String>)> {
    let is_value = |c: &String| !c.is_empty() && c.chars().all(|c| c.is_ascii_digit() || c == '.');
    let values: Vec<String> = cells.iter().filter(|c| is_value(c)).cloned().collect();
    let label = cells
        .iter()
        .rfind(|c| !c.is_empty() && !is_value(c))
        .cloned()
        .unwrap_or_default();
    (values.len() >= 3).then_some((label, values))
}

fn read(bytes: &[u8], format: Format) -> Said {
    said(&reading::read(bytes, "a", format).expect("readable"))
}

/// A text in every encoding that can hold it.
fn encoded(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut all = vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with a mark", format!("\u{feff}{text}").into_bytes()),
        ("GB18030", GB18030.encode(text).0.into_owned()),
        (
            "UTF-16LE",
            format!("\u{feff}{text}")
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
        ),
        (
            "UTF-16BE",
            format!("\u{feff}{text}")
                .encode_utf16()
                .flat_map(u16::to_be_bytes)
                .collect(),
        ),
    ];
    let (big5, _, lost) = BIG5.encode(text);
    if !lost {
        all.push(("Big5", big5.into_owned()));
    }
    all
}

#[test]
fn the_story_is_read_as_it_was_told() {
    let said = read(shapes::SHAPES[0].2(&story::story()).as_bytes(), Format::Txt);
    assert_eq!(said.title, "桐庐县人民政府2022年政府信息公开工作年度报告");
    assert_eq!(said.year, Some(2022));
    assert_eq!(said.region.as_deref(), Some("330122"));
    assert_eq!(said.issuer.as_deref(), Some("桐庐县人民政府办公室"));
    assert_eq!(said.published.as_deref(), Some("2023-01-18"));
    assert_eq!(said.doc_number.as_deref(), Some("桐政办〔2023〕3号"));
    let headings: Vec<String> = said
        .outline
        .iter()
        .map(|(m, t, _)| format!("{m}{t}"))
        .collect();
    for heading in [
        "一、总体情况",
        "(一)主动公开",
        "四、政府信息公开行政复议、行政诉讼情况",
        "六、其他需要报告的事项",
    ] {
        assert!(
            headings.iter().any(|h| h == heading),
            "{heading} in {headings:?}"
        );
    }
    // Two rows of table 2, 25 of table 3, one of table 4.
    assert_eq!(said.rows.len(), 28, "{:#?}", said.rows);
}

#[test]
fn every_shape_gives_the_same_report() {
    let story = story::story();
    let told = read(shapes::SHAPES[0].2(&story).as_bytes(), Format::Txt);
    for (name, format, shape) in shapes::SHAPES {
        let mut found = read(shape(&story).as_bytes(), format);
        if name == "plain text, a cell a line" {
            // Nobody can tell a label from the cell before it there; the values are right.
            assert_eq!(
                found.rows.len(),
                told.rows.len(),
                "{name}: {:#?}",
                found.rows
            );
            for (found, told) in found.rows.iter_mut().zip(&told.rows) {
                assert_eq!(found.1, told.1, "{name}");
                found.0.clone_from(&told.0);
            }
        }
        assert_eq!(found, told, "{name}");
    }
}

#[test]
fn every_encoding_and_both_scripts_give_the_same_report() {
    let story = story::story();
    let told = read(shapes::SHAPES[0].2(&story).as_bytes(), Format::Txt);
    for (name, format, shape) in shapes::SHAPES {
        if !matches!(
            name,
            "plain text, cells between tabs" | "Markdown" | "a portal's page" | "a web archive"
        ) {
            continue;
        }
        let simplified = shape(&story);
        let traditional = hanconv::s2t(&simplified);
        for text in [simplified, traditional] {
            for (encoding, bytes) in encoded(&text) {
                // A web archive is mail: its head is letters.
                if format == Format::Mhtml
                    && encoding != "UTF-8"
                    && encoding != "GB18030"
                    && encoding != "Big5"
                {
                    continue;
                }
                assert_eq!(read(&bytes, format), told, "{name} in {encoding}");
            }
        }
    }
}

#[test]
fn documents_give_the_same_report() {
    let story = story::story();
    let told = read(shapes::SHAPES[0].2(&story).as_bytes(), Format::Txt);
    assert_eq!(
        read(&printed::word(&story), Format::Docx),
        told,
        "a Word document"
    );
    assert_eq!(read(&printed::pdf(&story), Format::Pdf), told, "a PDF file");
}

/// Files that real programs made of one page; `tests/fixtures/producers/README.md` says how.
fn produced(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/producers/");
    std::fs::read(format!("{folder}{name}")).expect("a fixture")
}

#[test]
fn files_of_real_programs_give_the_same_report() {
    let told = read(&produced("report.html"), Format::Html);
    assert_eq!(told.title, "石门县2022年政府信息公开工作年度报告");
    assert_eq!((told.outline.len(), told.rows.len()), (6, 3));
    for name in [
        "chromium.pdf",
        "chromium-columns.pdf",
        "weasyprint.pdf",
        "wkhtmltopdf.pdf",
        "libreoffice.pdf",
        "reportlab.pdf",
        "libreoffice.docx",
        "pandoc.docx",
    ] {
        let format = Format::of(name).expect("a format");
        assert_eq!(read(&produced(name), format), told, "{name}");
    }
}

#[test]
fn without_a_table_of_characters_the_embedded_font_tells_them() {
    let told = read(&produced("report.html"), Format::Html);
    let bare = documents::renamed(produced("weasyprint.pdf"), b"/ToUnicode", b"/NoUnicode");
    assert_eq!(read(&bare, Format::Pdf), told);
    // A subset without a table of its own says nothing, and that is said.
    let bare = documents::renamed(produced("wkhtmltopdf.pdf"), b"/ToUnicode", b"/NoUnicode");
    assert_eq!(
        gongkai::source::read(&bare, Format::Pdf).err(),
        Some(gongkai::source::SourceError::Unmapped)
    );
}
