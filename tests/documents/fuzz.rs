//! Documents changed at random, and made of random pieces.

use super::*;

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
