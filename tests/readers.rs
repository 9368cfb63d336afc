//! Whatever the bytes: a reader ends, does not panic, and its blocks speak of its text.
//!
//! `PROPTEST_CASES=100000 cargo test --release --test readers` tries longer.

use std::fmt::Write as _;

use gongkai::source::{self, Format, Shape, Source};
use proptest::prelude::*;

const FORMATS: [Format; 4] = [Format::Txt, Format::Md, Format::Html, Format::Mhtml];

fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(48);
    ProptestConfig::with_cases(cases)
}

/// What holds of every source.
fn check(source: &Source) {
    let text = &source.text;
    let mut end = 0;
    let mut seen = vec![false; text.len()];
    for block in &source.blocks {
        let range = block.range.clone();
        assert!(range.start >= end || range.is_empty(), "blocks in order");
        assert!(
            text.get(range.clone()).is_some(),
            "a block lies in the text"
        );
        assert_eq!(
            text[range.clone()].trim().len(),
            range.len(),
            "no blanks at its ends"
        );
        let folded = &block.folded;
        let back = folded.source(0..folded.text().len());
        assert!(folded.text().is_empty() || back.start >= range.start && back.end <= range.end);
        if let Shape::Row(cells) = &block.shape {
            assert!(!cells.is_empty(), "a row has cells");
            for cell in cells {
                assert!(text.get(cell.clone()).is_some(), "a cell lies in the text");
                assert!(
                    !text[cell.clone()].contains(['\t', '\n'])
                        || source.format == Format::Txt
                        || source.format == Format::Md
                );
            }
        }
        seen[range.clone()].fill(true);
        end = end.max(range.end);
    }
    if matches!(source.format, Format::Html | Format::Mhtml) {
        for (at, c) in text.char_indices() {
            assert!(
                c.is_whitespace() || seen[at],
                "{c:?} at {at} lies in a block"
            );
        }
    }
}

fn read(bytes: &[u8]) {
    for format in FORMATS {
        if let Ok(source) = source::read(bytes, format) {
            check(&source);
        }
    }
}

/// Pieces that readers act upon.
const PIECES: [&str; 82] = [
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<td colspan=3>",
    "<td rowspan=0>",
    "<td rowspan=9 colspan=99999>",
    "<th>",
    "<p>",
    "</p>",
    "<div class=content>",
    "<div id=zoom>",
    "</div>",
    "<div class=nav>",
    "<span>",
    "</span>",
    "<b a=1>",
    "<b a=2>",
    "</b>",
    "<a href=x>",
    "</a>",
    "<br>",
    "<h1>",
    "</h1>",
    "<h3>",
    "<ol start=3>",
    "<li>",
    "</ol>",
    "<pre>",
    "</pre>",
    "<select>",
    "<option>",
    "<template>",
    "<svg>",
    "<math>",
    "</svg>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<plaintext>",
    "<frameset>",
    "<body style='display:none'>",
    "<meta charset=gbk>",
    "<title>",
    "</title>",
    "&nbsp;",
    "&amp;nbsp;",
    "&#0;",
    "&#20844;",
    "&amp;amp;#x5f00;",
    "&#20",
    "凯发k8官网",
    "政府ä¿¡æ\u{81}¯",
    "鏀垮簻淇℃伅",
    "## 三、收到和处理政府\n",
    "## 信息公开申请情况\n",
    "主办：",
    "<ul><li><a>某县某局2012年年报</a></ul>",
    "\0",
    "全年，共收到申请",
    "12",
    "件。",
    "一、概述",
    "发布日期：2013-01-02",
    "索引号",
    "\n",
    "\t",
    "  ",
    " | ",
    "## ",
    "|---|",
    "3\n0\n1\n4\n",
    "— 3 —",
    "\u{feff}",
    "\u{200b}",
    "Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n",
    "--b\r\n",
];

fn soup() -> impl Strategy<Value = String> {
    proptest::collection::vec(0..PIECES.len(), 0..80)
        .prop_map(|ids| ids.into_iter().map(|i| PIECES[i]).collect())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes);
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        read(text.as_bytes());
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        read(&wide);
    }

    #[test]
    fn any_soup_of_what_readers_act_upon(text in soup()) {
        read(text.as_bytes());
    }

    #[test]
    fn a_page_with_a_wound(text in soup(), cut in 0usize..400, byte in any::<u8>()) {
        let mut bytes = format!("<html><body><div id=zoom><table><tr><td>规章<td>3</table>{text}<p>全年，共收到申请12件。").into_bytes();
        let at = cut % bytes.len();
        bytes[at] = byte;
        read(&bytes);
        bytes.truncate(at);
        read(&bytes);
    }
}

#[test]
fn ten_thousand_levels_of_anything_end_soon() {
    for open in [
        "<div>",
        "<table><tr><td>",
        "<ul><li>",
        "<b><i>",
        "<svg><g>",
        "<template>",
        "<td>1<table><td>2<td>",
    ] {
        let page = open.repeat(10_000) + "全年，共收到申请12件。";
        let source = source::read(page.as_bytes(), Format::Html);
        if let Ok(source) = source {
            check(&source);
        }
    }
    let nested = (0..2_000).fold(String::new(), |mut mail, i| {
        write!(
            mail,
            "Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n"
        )
        .expect("a string");
        mail
    });
    assert!(source::read(nested.as_bytes(), Format::Mhtml).is_err());
    let many = "Content-Type: multipart/mixed; boundary=b\r\n\r\n".to_owned()
        + &"--b\r\n\r\nx\r\n".repeat(50_000);
    assert!(source::read(many.as_bytes(), Format::Mhtml).is_err());
}
