//! Small writers of Word documents, PDF files and zip archives, for tests.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

/// A zip archive of these members.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, content) in members {
        zip.start_file(*name, options).expect("a member");
        zip.write_all(content).expect("its bytes");
    }
    zip.finish().expect("a zip").into_inner()
}

/// The same bytes with one name in place of another of the same length: archivers write
/// names in encodings of their own.
pub fn renamed(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = (0..=bytes.len() - from.len())
        .filter(|i| bytes[*i..].starts_with(from))
        .collect();
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

/// A Word document with this body and these styles and lists.
pub fn docx(body: &str, styles: &str, numbering: &str) -> Vec<u8> {
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    let relations = format!(
        "{head}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
    );
    let document =
        format!("{head}<w:document {space}><w:body>{body}<w:sectPr/></w:body></w:document>");
    let styles = format!("{head}<w:styles {space}>{styles}</w:styles>");
    let numbering = format!("{head}<w:numbering {space}>{numbering}</w:numbering>");
    zip(&[
        ("_rels/.rels", relations.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
    ])
}

/// A table cell: words, columns and rows that it covers.
pub type Cell = (String, usize, usize);

/// A table of Word, merged as Word merges.
pub fn word_table(rows: &[Vec<Cell>]) -> String {
    let mut xml = String::from("<w:tbl><w:tblPr/><w:tblGrid/>");
    // Of each column: the width of the cell that goes on there, and for how many rows.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        xml.push_str("<w:tr>");
        let mut x = 0;
        let mut cells = row.iter();
        loop {
            if let Some((width, left)) = open.get_mut(x).filter(|(_, left)| *left > 0) {
                *left -= 1;
                write!(xml, r#"<w:tc><w:tcPr><w:gridSpan w:val="{width}"/><w:vMerge/></w:tcPr><w:p/></w:tc>"#).expect("text");
                x += *width;
                continue;
            }
            let Some((words, columns, down)) = cells.next() else {
                break;
            };
            let merge = if *down > 1 {
                r#"<w:vMerge w:val="restart"/>"#
            } else {
                ""
            };
            write!(
                xml,
                r#"<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/>{merge}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"#
            )
            .expect("text");
            if open.len() <= x {
                open.resize(x + 1, (1, 0));
            }
            open[x] = (*columns, down - 1);
            x += columns;
        }
        xml.push_str("</w:tr>");
    }
    xml + "</w:tbl>"
}

/// A PDF file page by page. Distances in points, from the upper left corner of A4.
#[derive(Default)]
pub struct Pdf {
    pages: Vec<String>,
    /// Extra entries of every page, such as `/Rotate 90`.
    pub page_entries: String,
}

pub const WIDTH: f64 = 595.0;
pub const HEIGHT: f64 = 842.0;

/// Width of words at a size: half of it for ASCII.
pub fn width(words: &str, size: f64) -> f64 {
    words
        .chars()
        .map(|c| if c.is_ascii() { size / 2.0 } else { size })
        .sum()
}

impl Pdf {
    /// Begins a page.
    pub fn page(&mut self) {
        self.pages.push(String::new());
    }

    fn here(&mut self) -> &mut String {
        if self.pages.is_empty() {
            self.page();
        }
        self.pages.last_mut().expect("a page")
    }

    /// Operators as they are.
    pub fn raw(&mut self, operators: &str) {
        self.here().push_str(operators);
    }

    /// Words with their base line at `y`.
    pub fn text(&mut self, x: f64, y: f64, size: f64, words: &str) {
        let codes: String = words.encode_utf16().map(|u| format!("{u:04x}")).collect();
        let y = HEIGHT - y;
        writeln!(
            self.here(),
            "BT /F {size} Tf 1 0 0 1 {x:.2} {y:.2} Tm <{codes}> Tj ET"
        )
        .expect("text");
    }

    /// A line, drawn as word processors do: a thin filled rectangle.
    pub fn rule(&mut self, x0: f64, y0: f64, x1: f64, y1: f64) {
        let (w, h) = ((x1 - x0).max(0.5), (y1 - y0).max(0.5));
        let y = HEIGHT - y0 - h;
        writeln!(self.here(), "{x0:.2} {y:.2} {w:.2} {h:.2} re f").expect("text");
    }

    /// A ruled table; returns where it ends.
    pub fn table(
        &mut self,
        left: f64,
        top: f64,
        column: f64,
        size: f64,
        rows: &[Vec<Cell>],
    ) -> f64 {
        let heights = heights(column, size, rows);
        let y_of = |row: usize| top + heights[..row].iter().sum::<f64>();
        for (y, x, (words, columns, down)) in placed(rows) {
            let (x0, y0) = (left + x as f64 * column, y_of(y));
            let (x1, y1) = (x0 + *columns as f64 * column, y_of(y + down));
            self.rule(x0, y0, x1, y0);
            self.rule(x0, y1, x1, y1);
            self.rule(x0, y0, x0, y1);
            self.rule(x1, y0, x1, y1);
            // Words too long for the cell go on below.
            for (i, line) in broken(words, size, x1 - x0 - 4.0).iter().enumerate() {
                self.text(x0 + 2.0, y0 + size * (1.2 + i as f64 * 1.1), size, line);
            }
        }
        y_of(rows.len())
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def \
                   1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0020> <ffef> <0020> endbfrange endcmap end end";
        let kids: String = (0..self.pages.len())
            .map(|i| format!("{} 0 R ", 6 + i * 2))
            .collect();
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            format!("<</Type/Pages/Kids[{kids}]/Count {}>>", self.pages.len()),
            "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>".to_owned(),
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/W[32 126 500]>>".to_owned(),
            format!("<</Length {}>>stream\n{map}\nendstream", map.len()),
        ];
        for (i, content) in self.pages.iter().enumerate() {
            objects.push(format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R{}>>",
                7 + i * 2,
                self.page_entries
            ));
            objects.push(format!(
                "<</Length {}>>stream\n{content}\nendstream",
                content.len()
            ));
        }
        assembled(
            &objects
                .iter()
                .map(|o| o.as_bytes().to_vec())
                .collect::<Vec<_>>(),
        )
    }
}

/// Cells with the row and column that each begins in.
pub fn placed(rows: &[Vec<Cell>]) -> Vec<(usize, usize, &Cell)> {
    let mut taken: Vec<Vec<bool>> = vec![Vec::new(); rows.len()];
    let mut all = Vec::new();
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for cell in row {
            while taken[y].get(x) == Some(&true) {
                x += 1;
            }
            for line in taken.iter_mut().skip(y).take(cell.2) {
                line.resize(line.len().max(x + cell.1), false);
                line[x..x + cell.1].fill(true);
            }
            all.push((y, x, cell));
            x += cell.1;
        }
    }
    all
}

/// Heights of the rows of a table, so that all words have room.
pub fn heights(column: f64, size: f64, rows: &[Vec<Cell>]) -> Vec<f64> {
    let mut heights = vec![size * 2.0; rows.len()];
    let mut cells = placed(rows);
    cells.sort_by_key(|(_, _, cell)| cell.2);
    for (y, _, (words, columns, down)) in cells {
        let lines = broken(words, size, *columns as f64 * column - 4.0).len();
        let need = size * (0.8 + lines as f64 * 1.1);
        let have: f64 = heights[y..y + down].iter().sum();
        heights[y + down - 1] += (need - have).max(0.0);
    }
    heights
}

/// A PDF file of these objects; the first is its root.
pub fn assembled(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (i, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", bytes.len()).expect("text");
        bytes.extend(format!("{} 0 obj\n", i + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    let trailer = format!(
        "{table}trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    bytes.extend(trailer.bytes());
    bytes
}

/// Lines no wider than `measure`.
pub fn broken(words: &str, size: f64, measure: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for c in words.chars() {
        let w = width(c.encode_utf8(&mut [0; 4]), size);
        if used + w > measure + 0.01 {
            lines.push(String::new());
            used = 0.0;
        }
        lines.last_mut().expect("a line").push(c);
        used += w;
    }
    lines
}
