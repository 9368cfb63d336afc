use std::io::Write;

use super::*;
use crate::source::Shape;

/// A document of these parts' bodies.
pub(crate) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, c)| (*n, c.as_bytes())).collect();
    bytes_package(&parts)
}

fn bytes_package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, content) in parts {
        zip.start_file(*name, options).expect("a member");
        zip.write_all(content).expect("its bytes");
    }
    zip.finish().expect("a zip").into_inner()
}

fn document(body: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="x" xmlns:mc="y" xmlns:wps="z"><w:body>{body}</w:body></w:document>"#
    )
}

fn read_body(body: &str) -> Source {
    read(&package(&[("word/document.xml", &document(body))])).expect("readable")
}

fn lines(source: &Source) -> Vec<String> {
    source
        .blocks
        .iter()
        .map(|b| match &b.shape {
            Shape::Row(cells) => {
                let cells: Vec<&str> = cells.iter().map(|c| &source.text[c.clone()]).collect();
                cells.join("|")
            }
            Shape::Heading(n) => format!(
                "{}{}",
                "#".repeat(*n as usize),
                &source.text[b.range.clone()]
            ),
            Shape::Paragraph => source.text[b.range.clone()].to_owned(),
        })
        .collect()
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn tc(properties: &str, words: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(words))
}

#[test]
fn a_number_split_between_runs_is_one_and_deletions_are_gone() {
    let source = read_body(
        "<w:p><w:r><w:t>全年共收到申请1</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t>2</w:t></w:r>\
         <w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins><w:r><w:t>3</w:t></w:r></w:ins>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r><w:r><w:t xml:space=\"preserve\">件&amp;&#12290;</w:t></w:r></w:p>",
    );
    assert_eq!(lines(&source), ["全年共收到申请123件&。"]);
}

#[test]
fn merged_cells_stand_in_every_place_that_they_cover() {
    let restart = r#"<w:vMerge w:val="restart"/>"#;
    let source = read_body(&format!(
        "{}<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>{}",
        p("前"),
        tc(r#"<w:gridSpan w:val="2"/>"#, "申请人"),
        tc(restart, "合计"),
        tc(restart, "自然人"),
        tc("", "甲"),
        tc("<w:vMerge/>", ""),
        tc("<w:vMerge/>", ""),
        tc("", "乙"),
        tc("", "3"),
        p("后"),
    ));
    assert_eq!(
        lines(&source),
        [
            "前",
            "申请人|申请人|合计",
            "自然人|甲|合计",
            "自然人|乙|3",
            "后"
        ]
    );
}

#[test]
fn text_boxes_nested_tables_and_breaks() {
    let source = read_body(&format!(
        "<w:p><w:r><w:t>锚</w:t></w:r><mc:AlternateContent><mc:Choice><w:r><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:r></mc:Choice>\
         <mc:Fallback><w:txbxContent>{}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>\
         <w:tbl><w:tr><w:tc>{}<w:tbl><w:tr>{}{}</w:tr></w:tbl></w:tc>{}</w:tr></w:tbl>\
         <w:p><w:r><w:t>上行</w:t><w:br/><w:t>下行</w:t></w:r></w:p>\
         <w:p><w:r><w:t>收到申请</w:t><w:tab/><w:t>35</w:t></w:r></w:p>",
        p("框中"),
        p("框中"),
        p("布局"),
        tc("", "里"),
        tc("", "7"),
        tc("", "旁"),
    ));
    assert_eq!(
        lines(&source),
        [
            "锚",
            "框中",
            "布局",
            "里|7",
            "旁",
            "上行",
            "下行",
            "收到申请|35"
        ]
    );
}

#[test]
fn headings_have_levels_and_computed_numbers() {
    let styles = r#"<w:styles xmlns:w="x"><w:style w:type="paragraph" w:styleId="1"><w:name w:val="标题 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style></w:styles>"#;
    let numbering = r#"<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let styled = |style: &str, extra: &str, words: &str| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#
        )
    };
    let body = [
        styled("t", "", "总体情况 1"),
        styled("1", "", "总体情况"),
        styled(
            "9",
            r#"<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>"#,
            "主动公开。",
        ),
        styled("1", "", "存在问题"),
        styled("1", r#"<w:numPr><w:numId w:val="0"/></w:numPr>"#, "附件"),
        styled("", r#"<w:outlineLvl w:val="1"/>"#, "大纲"),
    ]
    .concat();
    let core = "<x><dc:title>某县年度报告</dc:title></x>";
    let source = read(&package(&[
        ("word/document.xml", &document(&body)),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering),
        ("docProps/core.xml", core),
    ]))
    .expect("readable");
    assert_eq!(
        lines(&source),
        [
            "#一、总体情况",
            "（一）主动公开。",
            "#二、存在问题",
            "#附件",
            "##大纲"
        ]
    );
    assert_eq!(source.hints.title.as_deref(), Some("某县年度报告"));
}

#[test]
fn a_damaged_document_is_read_as_far_as_it_goes() {
    let broken = document(&p("第一段。"));
    let broken = &broken[..broken.len() - 20];
    let source = read(&package(&[(
        "word/document.xml",
        &format!("{broken}<w:p><w:r><w:t>第二"),
    )]))
    .expect("readable");
    assert_eq!(lines(&source)[0], "第一段。");
    assert!(read(b"PK\x03\x04 nothing").is_err());
    assert!(read(&package(&[("a.txt", "x")])).is_err());
}

#[test]
fn nesting_without_end_is_read_in_bounded_time() {
    let open = "<w:tbl><w:tr><w:tc><w:p><w:txbxContent>".repeat(20_000);
    let source = read(&package(&[(
        "word/document.xml",
        &document(&format!("{}{open}{}", p("甲"), p("乙"))),
    )]));
    assert!(source.is_ok_and(|s| s.text.contains('甲') && s.text.contains('乙')));
}

#[test]
fn what_change_tracking_deleted_is_gone_and_its_paragraphs_run_on() {
    let source = read_body(
        "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>全年新收申请</w:t></w:r></w:p>\
         <w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr><w:r><w:t>12</w:t></w:r><w:moveFrom><w:r><w:t>9</w:t></w:r></w:moveFrom></w:p>\
         <w:p><w:moveTo><w:r><w:t>件。</w:t></w:r></w:moveTo></w:p>\
         <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>旧</w:t></w:r></w:p></w:tc></w:tr>\
         <w:tr><w:tc><w:p><w:r><w:t>收到</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>末</w:t></w:r></w:p>",
    );
    assert_eq!(lines(&source), ["全年新收申请12件。", "收到|3", "末"]);
}

#[test]
fn content_controls_are_read_but_not_a_table_of_contents() {
    let source = read_body(&format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>{}{}</w:sdtContent></w:sdt>\
         <w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>{}</w:tr></w:sdtContent></w:sdt></w:tbl>",
        p("目录"),
        p("一、总体情况1"),
        p("一、总体情况"),
        tc("", "收到"),
        tc("", "3"),
    ));
    assert_eq!(lines(&source), ["一、总体情况", "收到|3"]);
}

#[test]
fn of_alternatives_one_is_read_and_bent_letters_are_words() {
    let text_box = |words: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(words));
    let source = read_body(&format!(
        "<w:p><mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:p>\
         <w:p><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent><w:r><w:t>其后</w:t></w:r></w:p>\
         <w:p><w:r><w:pict><v:textpath string=\"某县人民政府\"/></w:pict></w:r></w:p>",
        text_box("只有旧的"),
        text_box("新的"),
        text_box("第二"),
        text_box("旧的"),
    ));
    assert_eq!(lines(&source), ["只有旧的", "其后", "新的", "某县人民政府"]);
}

#[test]
fn notes_stand_behind_their_paragraph_whatever_the_prefix_and_namespace() {
    // As the strict kind of the format has it, with other prefixes.
    let document = r#"<ns0:document xmlns:ns0="http://purl.oclc.org/ooxml/wordprocessingml/main"><ns0:body>
        <ns0:p><ns0:r><ns0:t>收到申请12件</ns0:t></ns0:r><ns0:r><ns0:footnoteReference ns0:id="2"/></ns0:r><ns0:r><ns0:endnoteReference ns0:id="2"/></ns0:r></ns0:p>
        <ns0:p><ns0:r><ns0:t>后文</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>"#;
    let note = |kind: &str, words: &str| {
        format!(
            r#"<ns0:{kind}s xmlns:ns0="x"><ns0:{kind} ns0:id="0"><ns0:p/></ns0:{kind}><ns0:{kind} ns0:id="2"><ns0:p><ns0:r><ns0:footnoteRef/></ns0:r><ns0:r><ns0:t>{words}</ns0:t></ns0:r></ns0:p></ns0:{kind}></ns0:{kind}s>"#
        )
    };
    let relations = r#"<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>"#;
    let source = read(&package(&[
        ("_rels/.rels", relations),
        ("word/document2.xml", document),
        ("word/footnotes.xml", &note("footnote", "含上年结转。")),
        ("word/endnotes.xml", &note("endnote", "另计。")),
    ]))
    .expect("readable");
    assert_eq!(
        lines(&source),
        ["收到申请12件", "含上年结转。", "另计。", "后文"]
    );
}

#[test]
fn documents_put_into_a_document_are_read_in_their_place() {
    let relations = |targets: &[&str]| {
        let all: String = targets
            .iter()
            .enumerate()
            .map(|(i, target)| {
                format!(r#"<Relationship Id="c{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="{target}"/>"#)
            })
            .collect();
        format!("<Relationships>{all}</Relationships>")
    };
    let page = "<html><head><meta charset=\"utf-8\"></head><body><p>页中一段。</p><table><tr><td rowspan=2>申请</td><td>新收</td><td>12</td></tr><tr><td>结转</td><td>3</td></tr></table></body></html>";
    // A document that holds itself, as far as this can be.
    let inner = package(&[
        (
            "word/document.xml",
            &document(&format!("{}<w:altChunk r:id=\"c0\"/>", p("内"))),
        ),
        ("word/_rels/document.xml.rels", &relations(&["afchunk.htm"])),
        ("word/afchunk.htm", page),
    ]);
    let body = format!(
        "{}<w:altChunk r:id=\"c0\"/><w:altChunk r:id=\"c1\"/><w:altChunk r:id=\"none\"/>{}",
        p("前"),
        p("后")
    );
    let outer = bytes_package(&[
        ("word/document.xml", document(&body).as_bytes()),
        (
            "word/_rels/document.xml.rels",
            relations(&["afchunk.htm", "/word/inner.docx", "missing.htm"]).as_bytes(),
        ),
        ("word/afchunk.htm", page.as_bytes()),
        ("word/inner.docx", &inner),
    ]);
    let source = read(&outer).expect("readable");
    assert_eq!(
        lines(&source),
        [
            "前",
            "页中一段。",
            "申请|新收|12",
            "申请|结转|3",
            "内",
            "页中一段。",
            "申请|新收|12",
            "申请|结转|3",
            "后"
        ]
    );
}
