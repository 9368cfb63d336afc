//! PDF files: reading order, tables, fonts, and what cannot be given.

use super::*;

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
fn every_place_of_a_pdf_is_on_its_page() {
    let mut pdf = Pdf::default();
    let one = |w: &str| (w.to_owned(), 1, 1);
    let row = |a: &str, b: &str| vec![one(a), one(b)];
    let full = "本县在这一年里继续做好各项公开工作并且改进了网站的栏目设置与检";
    pdf.page();
    for (i, line) in ["一、概述", full, full, full].iter().enumerate() {
        pdf.text(60.0, 80.0 + 20.0 * i as f64, 12.0, line);
    }
    pdf.page();
    pdf.text(60.0, 80.0, 12.0, "索的功能，公开信息12条。");
    // A table that goes on on the third page.
    pdf.table(
        60.0,
        120.0,
        120.0,
        10.0,
        &[row("指标", "数量"), row("甲项", "31")],
    );
    pdf.page();
    pdf.table(60.0, 60.0, 120.0, 10.0, &[row("乙项", "45")]);
    pdf.text(60.0, 200.0, 12.0, "以上为本年度情况。");
    let source = source::read(&pdf.bytes(), Format::Pdf).expect("readable");
    let page = |words: &str| source.pages.at(source.text.find(words).expect(words));
    let places = [
        "一、概述",
        "索的功能",
        "12条",
        "甲项",
        "31",
        "乙项",
        "45",
        "以上",
    ];
    assert_eq!(
        places.map(page),
        [1, 2, 2, 2, 2, 3, 3, 3].map(Some),
        "{}",
        source.text
    );
    let text = source::read("一、概述\n".as_bytes(), Format::Txt).expect("readable");
    assert_eq!(text.pages.at(0), None);
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
