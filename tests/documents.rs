//! Word documents, PDF files and archives, good and bad: what is read of them, and that
//! nothing a file holds can harm the program or the other files.

mod common;

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

#[test]
fn lines_of_a_pdf_are_joined_and_furniture_is_dropped() {
    assert_eq!(
        read_pdf(&report().bytes()),
        [TITLE, "一、总体情况", TEXT, "二、主动公开", TEXT]
    );
}

#[test]
fn a_ruled_table_of_a_pdf_keeps_its_spans() {
    let one = |w: &str| (w.to_owned(), 1, 1);
    let rows = vec![
        vec![
            ("".to_owned(), 1, 2),
            ("申请人情况".to_owned(), 2, 1),
            ("总计".to_owned(), 1, 2),
        ],
        vec![one("自然人"), one("法人或其他组织")],
        vec![
            one("本年新收政府信息公开申请数量"),
            one("12"),
            one(""),
            one("12"),
        ],
    ];
    let mut pdf = Pdf::default();
    pdf.text(60.0, 90.0, 12.0, "表前的话。");
    let end = pdf.table(60.0, 120.0, 80.0, 10.0, &rows);
    pdf.text(60.0, end + 30.0, 12.0, "表后的话。");
    assert_eq!(
        read_pdf(&pdf.bytes()),
        [
            "表前的话。",
            "|申请人情况|申请人情况|总计",
            "|自然人|法人或其他组织|总计",
            "本年新收政府信息公开申请数量|12||12",
            "表后的话。"
        ]
    );
}

#[test]
fn turned_pages_and_turned_text_are_read_in_reading_order() {
    let mut pdf = Pdf::default();
    // Text that runs upwards, on a page that is shown turned by a quarter.
    for (i, line) in ["第一行", "第二行", "第三行"].iter().enumerate() {
        let codes: String = line.encode_utf16().map(|u| format!("{u:04x}")).collect();
        pdf.raw(&format!(
            "BT /F 12 Tf 0 1 -1 0 {} 100 Tm <{codes}> Tj ET\n",
            100 + i * 30
        ));
    }
    let want = ["第一行", "第二行", "第三行"];
    assert_eq!(read_pdf(&pdf.bytes()), want);
    pdf.page_entries = "/Rotate 90".to_owned();
    assert_eq!(read_pdf(&pdf.bytes()), want);
}

#[test]
fn fonts_without_a_table_are_read_by_their_encoding() {
    let (gbk, _, _) = encoding_rs::GBK.encode("某县2012年公开申请15件");
    let hex: String = gbk.iter().map(|b| format!("{b:02x}")).collect();
    let content = format!("BT /F 12 Tf 60 700 Td <{hex}> Tj ET");
    let file = |encoding: &str, content: &str| {
        assembled(&[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_vec(),
            format!("<</Length {}>>stream\n{content}\nendstream", content.len()).into_bytes(),
            format!("<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/{encoding}/DescendantFonts[6 0 R]>>").into_bytes(),
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/S/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>".to_vec(),
        ])
    };
    assert_eq!(
        read_pdf(&file("GBK-EUC-H", &content)),
        ["某县2012年公开申请15件"]
    );
    let utf16: String = "公开申请"
        .encode_utf16()
        .map(|u| format!("{u:04x}"))
        .collect();
    let content = format!("BT /F 12 Tf 60 700 Td <{utf16}> Tj ET");
    assert_eq!(read_pdf(&file("UniGB-UCS2-H", &content)), ["公开申请"]);
    // Some systems name the encoding at a simple font.
    let content = format!("BT /F 12 Tf 60 700 Td <{hex}> Tj ET");
    let simple = documents::renamed(
        file("GBK-EUC-H", &content),
        b"/Type0/BaseFont/S/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]",
        b"/TrueType/BaseFont/S/Encoding/GBK-EUC-H                    ",
    );
    assert_eq!(read_pdf(&simple), ["某县2012年公开申请15件"]);
    let content = format!("BT /F 12 Tf 60 700 Td <{utf16}> Tj ET");
    // A Latin font that says nothing at all is written in ASCII.
    let latin = documents::renamed(
        file("GBK-EUC-H", "BT /F 12 Tf 60 700 Td (total 15) Tj ET"),
        b"/Type0/BaseFont/S/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]",
        b"/Type1/BaseFont/Helvetica                                  ",
    );
    assert_eq!(read_pdf(&latin), ["total 15"]);
    // A font of which nothing is known draws something that nobody can read.
    let unknown = file("Identity-H", &content);
    let unknown = documents::renamed(unknown, b"/Ordering(GB1)", b"/Ordering(XY1)");
    assert_eq!(
        source::read(&unknown, Format::Pdf).err(),
        Some(SourceError::Unmapped)
    );
}

#[test]
fn what_a_file_says_its_glyphs_are_counts() {
    let mut pdf = Pdf::default();
    // 人 drawn as a radical, 件 by a glyph that means nothing, a sign that is none.
    pdf.text(60.0, 80.0, 12.0, "全年受理申请");
    pdf.raw("/Span <</ActualText <FEFF4EBA>>> BDC\n");
    pdf.text(132.0, 80.0, 12.0, "\u{2f08}");
    pdf.raw("EMC\n/Span <</ActualText <FEFF0031003000304EF6>>> BDC\n");
    pdf.text(144.0, 80.0, 12.0, "\u{e000}\u{e001}\u{e002}");
    pdf.raw("EMC\n");
    pdf.text(180.0, 80.0, 12.0, "。");
    assert_eq!(read_pdf(&pdf.bytes()), ["全年受理申请人100件。"]);
}

#[test]
fn what_a_pdf_cannot_give_is_said() {
    let mut pdf = Pdf::default();
    pdf.raw("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{1} EI Q\n");
    let scanned = pdf.bytes();
    assert_eq!(
        source::read(&scanned, Format::Pdf).err(),
        Some(SourceError::Scanned(1))
    );
    pdf.page();
    pdf.text(60.0, 100.0, 12.0, TEXT);
    let part = source::read(&pdf.bytes(), Format::Pdf).expect("readable");
    assert!(part.notes[0].contains("1 of 2 pages"), "{:?}", part.notes);

    let whole = report().bytes();
    assert!(source::read(&whole[..200], Format::Pdf).is_err());
    // The end with its table of objects is gone: they are looked for.
    let cut = &whole[..whole.len() - 300];
    assert!(source::read(cut, Format::Pdf).is_ok_and(|s| s.text.contains("总体情况")));
    assert_eq!(
        source::read(b"%PDF-1.4\nnothing", Format::Pdf).err(),
        Some(SourceError::Damaged("PDF structure"))
    );
}

/// A file of a kilobyte whose page unpacks to a gigabyte.
fn bomb() -> Vec<u8> {
    let mut packed = vec![0; 1 << 20];
    for round in 0..3 {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..if round == 0 { 3000 } else { 1 } {
            encoder.write_all(&packed).expect("packed");
        }
        packed = encoder.finish().expect("packed");
    }
    let mut content = format!(
        "<</Length {}/Filter[/FlateDecode/FlateDecode/FlateDecode]>>stream\n",
        packed.len()
    )
    .into_bytes();
    content.extend(packed);
    content.extend(b"\nendstream");
    assembled(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_vec(),
        content,
    ])
}

/// One line for each file that cannot be read; every other file is read.
#[test]
fn bad_files_cost_a_line_each_and_the_rest_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let put =
        |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("written");
    put("a.pdf", &report().bytes());
    put("b.txt", format!("{TITLE}\n一、概述\n{TEXT}\n").as_bytes());
    put(
        "c.docx",
        &docx(&format!("<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p>"), "", ""),
    );
    put("bomb.pdf", &bomb());
    put(
        "old.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
    );
    put("rich.doc", b"{\\rtf1 x}");
    put(
        "really.doc",
        &docx(&format!("<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"), "", ""),
    );
    put("sheet.xls", b"x");
    put("scan.jpg", b"x");
    fs::create_dir(folder.path().join("页面_files")).expect("a folder");
    put("页面_files/logo.png", b"x");
    put(
        "locked.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
    );
    put("not.docx", b"plain text");
    put("\u{1b}[31mred.ofd", b"x");
    let huge = fs::File::create(folder.path().join("huge.txt")).expect("a file");
    huge.set_len(500 << 20).expect("sparse");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).expect("a link");
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("zero.txt")).expect("a link");
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"\xb1\xa8\xb8\xe6.txt");
        fs::write(folder.path().join(name), TEXT).expect("written");
    }
    let begun = Instant::now();
    let index = tempfile::tempdir().expect("a folder");
    let mut run = Command::cargo_bin("gongkai").expect("the program");
    let run = run
        .args(["index", "--lang", "en", "--index-dir"])
        .arg(index.path())
        .arg(folder.path())
        .output()
        .expect("run");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(
        begun.elapsed() < Duration::from_secs(40),
        "{:?}",
        begun.elapsed()
    );
    assert!(run.status.success(), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
    for (file, reason) in [
        ("bomb.pdf", "takes more time or memory"),
        ("old.doc", "Word (doc) files are not supported"),
        ("rich.doc", "RTF files are not supported"),
        ("sheet.xls", "Excel (xls) files are not supported"),
        ("scan.jpg", "JPEG image files are not supported"),
        ("locked.docx", "encrypted"),
        ("not.docx", "damaged"),
        ("red.ofd", "OFD files are not supported"),
        ("huge.txt", "larger than 64 MB"),
    ] {
        let line = said
            .lines()
            .filter(|l| l.contains(file))
            .collect::<Vec<_>>();
        assert_eq!(line.len(), 1, "{file} in {said}");
        assert!(line[0].contains(reason), "{}", line[0]);
    }
    assert!(!said.contains("logo.png"));
    let read = String::from_utf8_lossy(&run.stdout).into_owned();
    // What cannot be read is counted as that alone, never as new too.
    let (new, unreadable) = if cfg!(unix) { (5, 11) } else { (4, 9) };
    let counts = format!("{new} new, 0 changed, 0 gone, 0 unchanged, {unreadable} unreadable");
    assert!(read.contains(&counts), "{read} {said}");
    #[cfg(unix)]
    for (file, reason) in [("loop", "leads back"), ("zero.txt", "not a regular file")] {
        assert!(
            said.lines().any(|l| l.contains(file) && l.contains(reason)),
            "{said}"
        );
    }
}

#[test]
fn an_archive_is_read_as_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let (gbk, _, _) = encoding_rs::GBK.encode("年度报告（松溪县）.txt");
    let placeholder = "n".repeat(gbk.len());
    let inner = zip(&[
        ("乡镇/c.txt", TEXT.as_bytes()),
        ("../up.txt", b"x"),
        ("deeper.zip", b"x"),
    ]);
    let archive = zip(&[
        ("towns.zip", &inner),
        (
            "inner/a.docx",
            &docx(&format!("<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p>"), "", ""),
        ),
        ("inner/b.pdf", &report().bytes()),
        (&placeholder, TEXT.as_bytes()),
        ("../out.txt", b"x"),
        ("deep.zip", b"x"),
        ("picture_files/x.png", b"x"),
        ("inner/old.xls", b"x"),
    ]);
    let archive = documents::renamed(archive, placeholder.as_bytes(), &gbk);
    let file = folder.path().join("all.zip");
    fs::write(&file, &archive).expect("written");
    fs::write(folder.path().join("broken.zip"), &archive[..200]).expect("written");
    let corpus = Corpus::open(&[folder.path()]).expect("a corpus");
    let walk = corpus.walk();
    let paths: Vec<&str> = walk.entries.iter().map(|e| e.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "all.zip/inner/a.docx",
            "all.zip/inner/b.pdf",
            "all.zip/towns.zip/乡镇/c.txt",
            "all.zip/年度报告（松溪县）.txt"
        ]
    );
    let failed: Vec<&str> = walk.failures.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(
        failed,
        [
            "all.zip/deep.zip",
            "all.zip/inner/old.xls",
            "all.zip/out.txt",
            "all.zip/towns.zip/deeper.zip",
            "all.zip/towns.zip/up.txt",
            "broken.zip"
        ]
    );
    for entry in &walk.entries {
        let bytes = corpus.bytes(entry).expect("bytes");
        let source = source::read(&bytes, entry.format).expect("readable");
        assert!(source.text.contains("松溪县") || source.text.contains("全县"));
        assert_eq!(corpus.stamp(entry), entry.stamp);
        assert!(entry.editable().is_none());
        assert_eq!(corpus.entry_at(&entry.path).as_ref(), Some(entry));
    }
    // An encrypted member is said to be so: a bit in its two heads tells.
    let mut locked = zip(&[("a.txt", TEXT.as_bytes())]);
    let heads: Vec<usize> = (0..locked.len() - 4)
        .filter_map(|i| match &locked[i..i + 4] {
            b"PK\x03\x04" => Some(i + 6),
            b"PK\x01\x02" => Some(i + 8),
            _ => None,
        })
        .collect();
    heads.iter().for_each(|at| locked[*at] |= 1);
    fs::write(folder.path().join("broken.zip"), locked).expect("written");
    let walk = corpus.walk();
    let locked = walk.failures.iter().find(|f| f.path == "broken.zip/a.txt");
    assert!(
        locked.is_some_and(|f| f.reason.starts_with("encrypted")),
        "{:?}",
        walk.failures
    );
    fs::remove_file(folder.path().join("broken.zip")).expect("removed");
    // Another archive in its place is noticed.
    let before = walk.entries[0].stamp;
    fs::write(
        &file,
        zip(&[(
            "inner/a.docx",
            &docx("<w:p><w:r><w:t>新的内容</w:t></w:r></w:p>", "", ""),
        )]),
    )
    .expect("written");
    let after = corpus.walk();
    assert_eq!(after.entries.len(), 1);
    assert_ne!(after.entries[0].stamp, before);
    assert!(corpus.bytes(&walk.entries[1]).is_err());
}

#[test]
fn bombs_in_archives_and_documents_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let nothing = vec![b' '; 40 << 20];
    fs::write(
        folder.path().join("bomb.zip"),
        zip(&[("a.txt", &nothing), ("b.txt", TEXT.as_bytes())]),
    )
    .expect("written");
    let walk = Corpus::open(&[folder.path()]).expect("a corpus").walk();
    assert_eq!(walk.entries.len(), 1);
    assert_eq!(walk.failures.len(), 1);
    let begun = Instant::now();
    let body = "<w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(1 << 21);
    let large = docx(&body, "", "");
    assert!(large.len() < 1 << 20);
    assert_eq!(
        source::read(&large, Format::Docx).err(),
        Some(SourceError::TooLarge)
    );
    let body = "<w:tbl><w:tr><w:tc>".repeat(500_000);
    let _ = source::read(&docx(&body, "", ""), Format::Docx);
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "{:?}",
        begun.elapsed()
    );
    let lines = "a\n".repeat(source::MAX_LINES + 1);
    assert_eq!(
        source::read(lines.as_bytes(), Format::Txt).err(),
        Some(SourceError::TooLong)
    );
}

fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok());
    ProptestConfig::with_cases(cases.unwrap_or(64))
}

/// What holds of every source.
fn check(source: &Source) {
    let mut end = 0;
    for block in &source.blocks {
        assert!(block.range.start >= end || block.range.is_empty());
        assert!(source.text.get(block.range.clone()).is_some());
        if let Shape::Row(cells) = &block.shape {
            assert!(cells.iter().all(|c| source.text.get(c.clone()).is_some()));
        }
        end = end.max(block.range.end);
    }
}

fn survives(bytes: &[u8]) {
    for format in [Format::Docx, Format::Pdf] {
        if let Ok(source) = source::read(bytes, format) {
            check(&source);
        }
    }
}

/// Changes bytes here and there.
fn mutated(
    mut bytes: Vec<u8>,
    changes: &[(prop::sample::Index, u8)],
    cut: Option<prop::sample::Index>,
) -> Vec<u8> {
    for (at, to) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *to;
    }
    if let Some(cut) = cut {
        bytes.truncate(cut.index(bytes.len()));
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    prop::collection::vec(any::<(prop::sample::Index, u8)>(), 0..12)
}

/// Elements that the reader of documents acts upon, in any order and nesting.
const TAGS: [&str; 42] = [
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:gridSpan w:val=\"3\"/>",
    "<w:gridSpan w:val=\"99999999\"/>",
    "<w:vMerge/>",
    "<w:vMerge w:val=\"restart\"/>",
    "<w:hMerge/>",
    "<w:txbxContent>",
    "</w:txbxContent>",
    "<w:del>",
    "</w:del>",
    "<w:del/>",
    "<w:pPr>",
    "</w:pPr>",
    "<w:numId w:val=\"1\"/>",
    "<w:ilvl w:val=\"99\"/>",
    "<w:gridBefore w:val=\"7\"/>",
    "<w:br/>",
    "<w:trPr>",
    "</w:trPr>",
    "<w:sdt>",
    "</w:sdt>",
    "<w:docPartGallery w:val=\"Table of Contents\"/>",
    "<mc:AlternateContent>",
    "</mc:AlternateContent>",
    "<mc:Choice>",
    "</mc:Choice>",
    "<mc:Fallback>",
    "</mc:Fallback>",
    "<w:altChunk r:id=\"a\"/>",
    "字",
    "&#x4e2d;&amp;&bad;",
];

/// Operators of pages, likewise.
const OPERATORS: [&str; 36] = [
    "q ",
    "Q ",
    "BT ",
    "ET ",
    "/F 12 Tf ",
    "/F -1e30 Tf ",
    "1 0 0 1 50 700 Tm ",
    "0 1 -1 0 9 9 Tm ",
    "<4e2d6587> Tj ",
    "[<4e2d> -900 <6587>] TJ ",
    "T* ",
    "14 TL ",
    "<00310032> ' ",
    "1 2 <4e00> \" ",
    "0 0 m ",
    "500 0 l ",
    "h ",
    "S ",
    "f ",
    "10 10 200 100 re ",
    "10 10 200 0.5 re ",
    "B* ",
    "n ",
    "1e38 0 0 1e38 0 0 cm ",
    "0 0 0 0 0 0 cm ",
    "/F Do ",
    "/Artifact <</Type/Pagination>> BDC ",
    "EMC ",
    "/Span <</ActualText <FEFF4e2d>>> BDC ",
    "/Span <</ActualText <FEFF4e2d65874e00>>> BDC ",
    "50 700 200 20 re S 50 680 200 20 re S 150 680 0.5 40 re f ",
    "1 0 0 1 60 686 Tm ",
    "0 -12 Td <4e2d> Tj ",
    "1 0 0 1 320 700 Tm <4e2d65874e2d65874e2d65874e2d65874e2d6587> Tj ",
    "0 0 0.001 Tz ",
    "(abc \\344\\270) Tj ",
];

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..2000), head in 0..4_usize) {
        let heads: [&[u8]; 4] = [b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];
        survives(&[heads[head], &bytes].concat());
    }

    #[test]
    fn a_pdf_with_errors_is_survived(changes in changes(), cut in any::<Option<prop::sample::Index>>()) {
        survives(&mutated(report().bytes(), &changes, cut));
    }

    #[test]
    fn a_docx_with_errors_is_survived(changes in changes(), cut in any::<Option<prop::sample::Index>>()) {
        let bytes = docx("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", "", "");
        survives(&mutated(bytes, &changes, cut));
    }

    #[test]
    fn any_document_is_survived(tags in prop::collection::vec(prop::sample::select(&TAGS[..]), 0..200)) {
        survives(&docx(&tags.concat(), "", ""));
    }

    #[test]
    fn any_pages_are_survived(pages in prop::collection::vec(prop::collection::vec(prop::sample::select(&OPERATORS[..]), 0..120), 1..4)) {
        let mut pdf = Pdf::default();
        for operators in pages {
            pdf.page();
            pdf.raw(&operators.concat());
        }
        survives(&pdf.bytes());
    }

    #[test]
    fn a_font_with_errors_is_survived(changes in changes(), cut in any::<Option<prop::sample::Index>>()) {
        // Two ranges, a list and segments of characters in one font.
        let mut font = b"\0\x01\0\0\0\x01\0\0\0\0\0\0cmap\0\0\0\0\0\0\0\x1c\0\0\0\x60".to_vec();
        let words: [u16; 48] = [
            0, 2, 3, 1, 0, 20, 3, 10, 0, 60,
            4, 40, 0, 4, 0, 0, 0, 0x4e10, 0xffff, 0, 0x4e00, 0xffff, 0xb202, 1, 0, 0, 0, 0, 0, 0,
            12, 0, 0, 40, 0, 0, 0, 2, 0, 0x4e00, 0, 0x4e10, 0, 5, 0, 0x30, 0, 0x39,
        ];
        font.extend(words.iter().flat_map(|w| w.to_be_bytes()));
        let font = mutated(font, &changes, cut);
        let content = "BT /F 12 Tf 60 700 Td <0005000600070003> Tj ET";
        let mut stream = format!("<</Length {}>>stream\n", font.len()).into_bytes();
        stream.extend(&font);
        stream.extend(b"\nendstream");
        survives(&assembled(&[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_vec(),
            format!("<</Length {}>>stream\n{content}\nendstream", content.len()).into_bytes(),
            b"<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/Identity-H/DescendantFonts[6 0 R]>>".to_vec(),
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/S/FontDescriptor 7 0 R/DW 1000>>".to_vec(),
            b"<</Type/FontDescriptor/FontFile2 8 0 R>>".to_vec(),
            stream,
        ]));
    }

    #[test]
    fn an_archive_with_errors_is_survived(changes in changes(), cut in any::<Option<prop::sample::Index>>()) {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = zip(&[("e.txt", b"text"), ("f.zip", b"PK")]);
        let bytes = zip(&[("a/b.txt", b"text"), ("c.docx", b"PK"), ("d.doc", b"<html>"), ("e.zip", &inner)]);
        fs::write(folder.path().join("a.zip"), mutated(bytes, &changes, cut)).expect("written");
        let corpus = Corpus::open(&[folder.path()]).expect("a corpus");
        for entry in corpus.walk().entries {
            if let Ok(bytes) = corpus.bytes(&entry) {
                let _ = source::read(&bytes, entry.format);
            }
        }
    }
}
