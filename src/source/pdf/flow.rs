//! Lines and tables of all pages → the pieces of one text: lines joined to the paragraphs
//! that they were broken from.

use std::collections::HashMap;

use super::lines::{Line, join};
use super::tables::Table;
use super::{Piece, Starts, columns, furniture, unruled};
use crate::text::numeral::starts_with_marker;

/// What stands on a page, from the top down.
pub struct Sheet {
    /// The page it is of, from 1: one in columns is several sheets.
    pub page: u32,
    /// Where it begins: not at 0 in a column.
    pub left: f64,
    pub width: f64,
    pub height: f64,
    pub lines: Vec<Line>,
    pub tables: Vec<Table>,
}

/// The pieces of a document.
pub fn pieces(mut sheets: Vec<Sheet>) -> Vec<Piece> {
    furniture::drop_from(&mut sheets);
    let sheets = columns::split(sheets);
    let usual = usual_size(&sheets);
    let indents = indented(&sheets, usual);
    let mut flow = Flow {
        pieces: Vec::new(),
        open: None,
        table: None,
        number: 0,
        indents,
        usual,
    };
    for (page, sheet) in sheets.into_iter().enumerate() {
        flow.sheet(page, sheet);
    }
    flow.end();
    flow.pieces
}

/// A paragraph that may go on.
struct Open {
    text: String,
    /// Where in it which pages begin.
    pages: Starts,
    page: usize,
    /// Its last line.
    line: Line,
    measure: Measure,
    /// Set in the middle of the page.
    centred: bool,
}

/// Where the text of a page begins and ends.
#[derive(Clone, Copy)]
struct Measure {
    left: f64,
    right: f64,
}

struct Flow {
    pieces: Vec<Piece>,
    open: Option<Open>,
    /// The table that stands last, which may go on on the next page, its last sheet, and
    /// with which cells which pages begin.
    table: Option<(usize, Table, Starts)>,
    /// The page that is being read.
    number: u32,
    /// Paragraphs begin with an indent.
    indents: bool,
    usual: f64,
}

impl Flow {
    fn sheet(&mut self, page: usize, sheet: Sheet) {
        self.number = sheet.page;
        let measure = measure(&sheet.lines, sheet.left, sheet.width);
        let mut tables = sheet.tables.into_iter().peekable();
        let rows = unruled::rows(&sheet.lines);
        for (line, row) in sheet.lines.into_iter().zip(rows) {
            while let Some(table) = tables.next_if(|t| t.top < line.y) {
                self.table(page, table);
            }
            if let Some(cells) = row {
                self.end();
                self.pieces.push(Piece::Row(cells, self.number));
                continue;
            }
            self.line(page, line, measure);
        }
        for table in tables {
            self.table(page, table);
        }
    }

    fn table(&mut self, page: usize, table: Table) {
        self.close();
        let table = match &mut self.table {
            Some((before, open, pages)) if *before + 1 == page => {
                let cells = open.grid.cells.len();
                match open.continued(table) {
                    Ok(()) => {
                        *before = page;
                        pages.push((cells, self.number));
                        return;
                    }
                    Err(table) => table,
                }
            }
            _ => table,
        };
        self.end();
        self.table = Some((page, table, vec![(0, self.number)]));
    }

    fn line(&mut self, page: usize, line: Line, measure: Measure) {
        let text = line.text();
        let centred = self.is_centred(&line, measure);
        if let Some(open) = &mut self.open
            && goes_on(
                open,
                &line,
                &text,
                page,
                measure,
                centred,
                self.indents,
                self.usual,
            )
        {
            open.text = join(std::mem::take(&mut open.text), &text);
            if open.page != page {
                let at = open.text.len().saturating_sub(text.len());
                open.pages.push((at, self.number));
            }
            open.line = line;
            open.page = page;
            open.measure = measure;
            return;
        }
        self.end();
        self.open = Some(Open {
            text,
            pages: vec![(0, self.number)],
            page,
            line,
            measure,
            centred,
        });
    }

    /// Writes out the paragraph that is open.
    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.pieces.push(Piece::Line(open.text, open.pages));
        }
    }

    /// Writes out whatever is open.
    fn end(&mut self) {
        if let Some((_, table, pages)) = self.table.take() {
            self.pieces.push(Piece::Table {
                cells: table.grid.cells,
                rows: table.grid.rows,
                pages,
            });
        }
        self.close();
    }
}

/// How many characters wide the beginning of a line is that no line break may divide: a
/// number or Latin word, or one Chinese character, with the marks that belong to it.
fn first_word(text: &str) -> f64 {
    let opens = |c: &char| {
        matches!(
            c,
            '“' | '‘' | '（' | '《' | '〈' | '【' | '〔' | '「' | '『'
        )
    };
    let closes = |c: &char| "，。、；：？！”’）》〉】〕」』％…".contains(*c);
    let mut chars = text.chars().peekable();
    let mut width = 0.0;
    while chars.next_if(opens).is_some() {
        width += 1.0;
    }
    if chars.peek().is_some_and(char::is_ascii_graphic) {
        while chars.next_if(char::is_ascii_graphic).is_some() {
            width += 0.55;
        }
    } else if chars.next().is_some() {
        width += 1.0;
    }
    while chars.next_if(closes).is_some() {
        width += 1.0;
    }
    // Some keep a figure together with the mark before it.
    while chars.next_if(char::is_ascii_digit).is_some() {
        width += 0.55;
    }
    width
}

impl Flow {
    fn is_centred(&self, line: &Line, measure: Measure) -> bool {
        // A first line with its indent lies in the middle, too, where its last word did not
        // fit any more.
        let indent = (line.x0 - measure.left) / line.size;
        let first = self.indents && (1.5..2.8).contains(&indent);
        is_centred(line, measure) && !(first && line.size < self.usual * 1.15)
    }
}

fn is_centred(line: &Line, measure: Measure) -> bool {
    let middle = f64::midpoint(measure.left, measure.right);
    let off = (f64::midpoint(line.x0, line.x1) - middle).abs();
    let away = line.size * 1.5;
    // A first line with its indent lies in the middle too, but it reaches the margin.
    off < away && line.x0 > measure.left + away && line.x1 < measure.right - away
}

/// Whether a line goes on with the paragraph that is open.
#[allow(clippy::too_many_arguments)]
fn goes_on(
    open: &Open,
    line: &Line,
    text: &str,
    page: usize,
    measure: Measure,
    centred: bool,
    indents: bool,
    usual: f64,
) -> bool {
    let (last, size) = (&open.line, line.size);
    if (last.size - size).abs() > size * 0.15 {
        return false;
    }
    // A row of figures never goes on with the next one.
    if last.stretches.len() > 1 && open.text.ends_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let same_page = open.page == page;
    if same_page && line.y - last.y > size * 3.2 {
        return false;
    }
    let ends = open
        .text
        .ends_with(['。', '！', '？', '；', '：', ':', '”']);
    // The next word did not fit on the line any more.
    let word = first_word(text) * size + size * 0.5;
    let full = last.x1 > open.measure.right - word.max(last.size * 2.2);
    // A title on several lines, in a larger size than the text.
    if centred && (open.centred || full) && size > usual * 1.15 {
        // Some converters print it twice.
        return same_page
            && !ends
            && !starts_with_marker(text)
            && open.text.chars().count() < 80
            && !open.text.starts_with(text);
    }
    if !full || open.centred {
        return false;
    }
    let indented = line.x0 > measure.left + size * 1.2;
    if indents {
        return !(indented || ends && starts_with_marker(text));
    }
    // 一、 and （一） begin headings; figures may begin a line by chance.
    let heading = starts_with_marker(text) && !text.starts_with(|c: char| c.is_ascii_digit());
    !indented && !ends && !heading
}

/// Left and right end of the text of a page.
fn measure(lines: &[Line], start: f64, width: f64) -> Measure {
    let long: Vec<&Line> = lines.iter().filter(|l| l.x1 - l.x0 > width * 0.3).collect();
    if long.len() < 2 {
        let left = lines.iter().map(|l| l.x0).fold(f64::MAX, f64::min);
        let right = lines.iter().map(|l| l.x1).fold(f64::MIN, f64::max);
        // Without long lines the margins are taken to be equal.
        let margin = (left - start).clamp(0.0, width * 0.2);
        return Measure {
            left: left.min(start + width * 0.2),
            right: right.max(start + width - margin),
        };
    }
    let left = long.iter().map(|l| l.x0).fold(f64::MAX, f64::min);
    let mut ends: Vec<f64> = long.iter().map(|l| l.x1).collect();
    ends.sort_by(f64::total_cmp);
    Measure {
        left,
        right: ends[ends.len() * 9 / 10],
    }
}

/// The size that most characters have.
fn usual_size(sheets: &[Sheet]) -> f64 {
    let mut sizes: HashMap<u32, usize> = HashMap::new();
    for line in sheets.iter().flat_map(|s| &s.lines) {
        let weight: usize = line.stretches.iter().map(|s| s.text.len()).sum();
        *sizes.entry((line.size * 2.0) as u32).or_default() += weight;
    }
    sizes
        .into_iter()
        .max_by_key(|(size, weight)| (*weight, *size))
        .map_or(12.0, |(size, _)| f64::from(size) / 2.0)
}

/// Whether paragraphs of this document begin with an indent: some of its full-size lines
/// begin two characters to the right.
fn indented(sheets: &[Sheet], usual: f64) -> bool {
    let (mut begun, mut all) = (0, 0);
    for sheet in sheets {
        let measure = measure(&sheet.lines, sheet.left, sheet.width);
        for line in &sheet.lines {
            let long = line.x1 - line.x0 > sheet.width * 0.4;
            if !long || (line.size - usual).abs() > usual * 0.2 {
                continue;
            }
            all += 1;
            let indent = (line.x0 - measure.left) / line.size;
            begun += usize::from((1.5..2.8).contains(&indent));
        }
    }
    all > 0 && begun * 12 >= all
}

#[cfg(test)]
mod tests {
    use super::super::lines::Stretch;
    use super::*;

    fn line(text: &str, x0: f64, y: f64, size: f64) -> Line {
        let x1 = x0 + text.chars().count() as f64 * size;
        Line {
            y,
            x0,
            x1,
            size,
            stretches: vec![Stretch {
                x0,
                x1,
                text: text.to_owned(),
            }],
            glyphs: Vec::new(),
        }
    }

    fn texts(sheets: Vec<Sheet>) -> Vec<String> {
        pieces(sheets)
            .into_iter()
            .map(|piece| match piece {
                Piece::Line(text, _) => text,
                Piece::Row(cells, _) => cells.join("|"),
                Piece::Table { cells, .. } => cells.join("|"),
            })
            .collect()
    }

    fn sheet(lines: Vec<Line>) -> Sheet {
        Sheet {
            page: 1,
            left: 0.0,
            width: 300.0,
            height: 400.0,
            lines,
            tables: Vec::new(),
        }
    }

    #[test]
    fn lines_are_joined_across_pages_and_furniture_is_dropped() {
        let first = sheet(vec![
            line("某县年报", 50.0, 20.0, 8.0),
            line("某某县人民政府", 80.0, 60.0, 20.0),
            line("二〇二〇年度报告", 70.0, 90.0, 20.0),
            line("本报告由某县编制全年共收到各类公开", 70.0, 120.0, 10.0),
            line("申请十二件都已办结其中予以公开的有三", 50.0, 140.0, 10.0),
            line("件。", 50.0, 160.0, 10.0),
            line("一、总体情况", 70.0, 180.0, 10.0),
            line("县政府在这一年里继续做好各项公开工作", 50.0, 340.0, 10.0),
            line("- 1 -", 140.0, 390.0, 8.0),
        ]);
        let second = sheet(vec![
            line("某县年报", 50.0, 20.0, 8.0),
            line("并且改进了网站的栏目设置与检索的功能", 50.0, 60.0, 10.0),
            line("还办了培训。", 50.0, 80.0, 10.0),
            line("- 2 -", 140.0, 390.0, 8.0),
        ]);
        assert_eq!(
            texts(vec![first, second]),
            [
                "某某县人民政府二〇二〇年度报告",
                "本报告由某县编制全年共收到各类公开申请十二件都已办结其中予以公开的有三件。",
                "一、总体情况",
                "县政府在这一年里继续做好各项公开工作并且改进了网站的栏目设置与检索的功能还办了培训。",
            ]
        );
    }
}
