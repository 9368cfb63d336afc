//! The story as a Word document and as a PDF file.

use std::fmt::Write as _;

use super::documents::{Cell, Pdf, WIDTH, broken, docx, heights, placed, width, word_table};
use super::story::Part;

/// As Word writes it: headings in styles, their numbers computed.
pub fn word(story: &[Part]) -> Vec<u8> {
    let mut body = String::new();
    let paragraph = |properties: &str, words: &str| {
        // Word cuts a line into runs wherever its dictionary changes.
        let middle = words
            .char_indices()
            .nth(words.chars().count() / 2)
            .map_or(0, |(at, _)| at);
        let (a, b) = words.split_at(middle);
        format!(
            "<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{a}</w:t></w:r><w:proofErr w:type=\"x\"/><w:r><w:t>{b}</w:t></w:r></w:p>"
        )
    };
    for part in story {
        match part {
            Part::Title(words) => body += &paragraph(r#"<w:jc w:val="center"/>"#, words),
            Part::Metadata(pairs) => {
                for (label, value) in pairs {
                    body += &paragraph("", &format!("{label}：{value}"));
                }
            }
            Part::Heading(level, words) => {
                let end = if *level == 1 { '、' } else { '）' };
                let words = words.split_once(end).map_or(*words, |(_, words)| words);
                body += &paragraph(&format!(r#"<w:pStyle w:val="{level}"/>"#), words);
            }
            Part::Text(words) => body += &paragraph(r#"<w:ind w:firstLine="640"/>"#, words),
            Part::Table(table) => body += &word_table(table),
        }
    }
    let mut styles = String::new();
    for level in 1..=2 {
        write!(
            styles,
            r#"<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="标题 {level}"/><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#,
            level - 1
        )
        .expect("text");
    }
    let numbering = r#"<w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
        </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    docx(&body, &styles, numbering)
}

/// As Word prints it: A4, first lines indented, tables ruled, page numbers.
pub fn pdf(story: &[Part]) -> Vec<u8> {
    let (left, measure, size, leading) = (85.0, 425.0, 16.0, 28.0);
    let mut pdf = Pdf::default();
    let mut pages = 0;
    let mut y = f64::MAX;
    let mut need = |pdf: &mut Pdf, y: &mut f64, height: f64| {
        if *y + height > 770.0 {
            pages += 1;
            pdf.page();
            pdf.text(280.0, 800.0, 14.0, &format!("— {pages} —"));
            *y = 90.0;
        }
    };
    for part in story {
        match part {
            Part::Title(words) => {
                for line in broken(words, 22.0, measure) {
                    need(&mut pdf, &mut y, 36.0);
                    pdf.text((WIDTH - width(&line, 22.0)) / 2.0, y, 22.0, &line);
                    y += 36.0;
                }
            }
            Part::Metadata(pairs) => {
                for (label, value) in pairs {
                    need(&mut pdf, &mut y, leading);
                    pdf.text(left, y, 12.0, &format!("{label}：{value}"));
                    y += leading;
                }
            }
            Part::Heading(_, words) | Part::Text(words) => {
                for (i, line) in broken(&format!("　　{words}"), size, measure)
                    .iter()
                    .enumerate()
                {
                    need(&mut pdf, &mut y, leading);
                    // The blanks of the indent are no characters in a printed file.
                    let indent = if i == 0 { 2.0 * size } else { 0.0 };
                    pdf.text(left + indent, y, size, line.trim_start_matches('\u{3000}'));
                    y += leading;
                }
            }
            Part::Table(table) => {
                let columns: usize = table[0].iter().map(|c| c.1).sum();
                let column = measure / columns as f64;
                let mut rows = table.clone();
                while !rows.is_empty() {
                    let heights = heights(column, 9.0, &rows);
                    let fits = |n: &usize| y + heights[..*n].iter().sum::<f64>() < 780.0;
                    match (1..=rows.len()).rev().find(fits) {
                        Some(n) => {
                            let (here, rest) = cut(&rows, n);
                            y = pdf.table(left, y, column, 9.0, &here) + 24.0;
                            rows = rest;
                        }
                        None => y = f64::MAX,
                    }
                    if !rows.is_empty() {
                        need(&mut pdf, &mut y, f64::MAX);
                    }
                }
            }
        }
    }
    pdf.bytes()
}

/// A table cut by the end of a page: a cell that is cut goes on without words.
fn cut(rows: &[Vec<Cell>], n: usize) -> (Vec<Vec<Cell>>, Vec<Vec<Cell>>) {
    let mut here: Vec<Vec<Cell>> = vec![Vec::new(); n];
    let mut rest: Vec<Vec<(usize, Cell)>> = vec![Vec::new(); rows.len() - n];
    for (y, x, (words, columns, down)) in placed(rows) {
        if y < n {
            here[y].push((words.clone(), *columns, (*down).min(n - y)));
            if y + down > n {
                rest[0].push((x, (String::new(), *columns, y + down - n)));
            }
        } else {
            rest[y - n].push((x, (words.clone(), *columns, *down)));
        }
    }
    let sorted = |mut row: Vec<(usize, Cell)>| {
        row.sort_by_key(|(x, _)| *x);
        row.into_iter().map(|(_, cell)| cell).collect()
    };
    (here, rest.into_iter().map(sorted).collect())
}
