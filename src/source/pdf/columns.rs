//! Pages set in columns, as gazettes are → their columns one after the other. A gutter is
//! white from top to bottom between lines that fill both sides of it; what goes across
//! (titles, wide tables) ends the columns above it.

use super::flow::Sheet;
use super::lines::{self, Line, Stretch};
use super::page::Glyph;
use super::tables::Table;

/// A column has at least so many lines.
const MIN_LINES: usize = 5;
/// A column is at least so many characters wide, and this part of the page.
const MIN_CHARACTERS: f64 = 9.0;
const MIN_PART: f64 = 0.15;
/// Gutters nearer to each other than this are one, in points.
const SAME: f64 = 12.0;
/// Columns beside each other.
const MAX_DEPTH: usize = 4;
/// Gutters that are tried on one page.
const MAX_TRIED: usize = 60;

/// Pages as the pieces to be read one after the other: themselves, where they have no
/// columns.
pub fn split(pages: Vec<Sheet>) -> Vec<Sheet> {
    // The last lines of a text in columns are few: a gutter known from elsewhere is enough.
    let known: Vec<f64> = pages
        .iter()
        .filter_map(|page| best(page, &[]))
        .map(|run| run.gutter)
        .collect();
    let mut sheets = Vec::new();
    for page in pages {
        divide(page, 0, &known, &mut sheets);
    }
    sheets
}

/// A run of items that a gutter divides.
struct Run {
    gutter: f64,
    top: f64,
    bottom: f64,
    lines: usize,
}

fn divide(sheet: Sheet, depth: usize, known: &[f64], sheets: &mut Vec<Sheet>) {
    let run = if depth < MAX_DEPTH {
        best(&sheet, known)
    } else {
        None
    };
    let Some(run) = run else {
        sheets.push(sheet);
        return;
    };
    let part = || Sheet {
        lines: Vec::new(),
        tables: Vec::new(),
        ..sheet
    };
    let [mut above, mut left, mut right, mut below] = [part(), part(), part(), part()];
    left.width = run.gutter - sheet.left;
    right.left = run.gutter;
    right.width = sheet.left + sheet.width - run.gutter;
    let (mut on_left, mut on_right) = (Vec::new(), Vec::new());
    for line in sheet.lines {
        if line.y < run.top {
            above.lines.push(line);
        } else if line.y > run.bottom {
            below.lines.push(line);
        } else {
            let (l, r): (Vec<Glyph>, _) = line.glyphs.iter().partition(|g| g.x < run.gutter);
            on_left.extend(l);
            on_right.extend(r);
        }
    }
    // Lines beside each other may have been taken for one.
    left.lines = lines::lines(on_left);
    right.lines = lines::lines(on_right);
    for table in sheet.tables {
        let part = if table.top < run.top {
            &mut above
        } else if table.top > run.bottom {
            &mut below
        } else if table.left() < run.gutter {
            &mut left
        } else {
            &mut right
        };
        part.tables.push(table);
    }
    for part in [above, left, right, below] {
        if !(part.lines.is_empty() && part.tables.is_empty()) {
            divide(part, depth + 1, known, sheets);
        }
    }
}

/// What stands on a page: where it begins and ends, from the top down.
enum Item<'a> {
    Line(&'a Line),
    Table(&'a Table),
}

impl Item<'_> {
    fn top(&self) -> f64 {
        match self {
            Self::Line(line) => line.y,
            Self::Table(table) => table.top,
        }
    }

    fn crosses(&self, gutter: f64) -> bool {
        let over = |x0: f64, x1: f64| x0 < gutter && x1 > gutter;
        match self {
            Self::Line(line) => line.stretches.iter().any(|s| over(s.x0, s.x1)),
            Self::Table(table) => over(table.left(), table.right()),
        }
    }
}

/// The run of columns with the most lines on a page.
fn best(sheet: &Sheet, known: &[f64]) -> Option<Run> {
    let mut items: Vec<Item> = sheet.lines.iter().map(Item::Line).collect();
    items.extend(sheet.tables.iter().map(Item::Table));
    items.sort_by(|a, b| a.top().total_cmp(&b.top()));
    let mut best: Option<Run> = None;
    for gutter in gutters(sheet) {
        let known = known.iter().any(|k| (k - gutter).abs() < SAME);
        let mut from = 0;
        while from < items.len() {
            let length = items[from..]
                .iter()
                .take_while(|i| !i.crosses(gutter))
                .count();
            let run = run(&items[from..from + length], gutter, known, sheet.width);
            if let Some(run) = run
                && best.as_ref().is_none_or(|b| run.lines > b.lines)
            {
                best = Some(run);
            }
            from += length + 1;
        }
    }
    best
}

/// Places where a gutter may be: right before stretches that begin behind a gap, and before
/// tables.
fn gutters(sheet: &Sheet) -> Vec<f64> {
    let behind = sheet.lines.iter().flat_map(|line| {
        let gaps = line.stretches.windows(2);
        gaps.map(|pair| f64::midpoint(pair[0].x1.max(pair[1].x0 - line.size), pair[1].x0))
    });
    let mut at: Vec<f64> = behind
        .chain(sheet.lines.iter().map(|l| l.x0 - l.size * 0.5))
        .chain(sheet.tables.iter().map(|t| t.left() - 2.0))
        .filter(|x| {
            let part = (x - sheet.left) / sheet.width.max(1.0);
            (MIN_PART..1.0 - MIN_PART).contains(&part)
        })
        .collect();
    at.sort_by(f64::total_cmp);
    at.dedup_by(|b, a| *b - *a < 2.0);
    at.truncate(MAX_TRIED);
    at
}

/// What lies on one side of a gutter.
#[derive(Default)]
struct Side {
    lines: usize,
    /// How wide each of them is.
    widths: Vec<f64>,
    /// Lines with gaps in them: rows of a table rather than text.
    gaps: usize,
    /// Rows of ruled tables.
    rows: usize,
    size: f64,
    x0: f64,
    x1: f64,
}

impl Side {
    fn new() -> Self {
        Self {
            x0: f64::MAX,
            x1: f64::MIN,
            ..Self::default()
        }
    }

    fn line(&mut self, stretches: &[&Stretch], size: f64) {
        let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
            return;
        };
        self.lines += 1;
        self.gaps += usize::from(stretches.len() > 1);
        self.widths.push(last.x1 - first.x0);
        self.size = self.size.max(size);
        self.reach(first.x0, last.x1);
    }

    fn table(&mut self, table: &Table) {
        self.rows += table.grid.rows.len();
        self.reach(table.left(), table.right());
    }

    fn reach(&mut self, x0: f64, x1: f64) {
        (self.x0, self.x1) = (self.x0.min(x0), self.x1.max(x1));
    }

    /// Whether it is filled as a column of text is.
    fn is_column(&self, page: f64) -> bool {
        let width = self.x1 - self.x0;
        let long = self.widths.iter().filter(|w| **w > width * 0.7).count();
        self.lines + self.rows >= MIN_LINES
            && width > (self.size * MIN_CHARACTERS).max(page * MIN_PART)
            && (long * 2 >= self.lines || self.rows >= self.lines)
            && self.gaps * 5 <= self.lines
    }
}

fn run(items: &[Item], gutter: f64, known: bool, page: f64) -> Option<Run> {
    let (mut left, mut right) = (Side::new(), Side::new());
    for item in items {
        match item {
            Item::Line(line) => {
                let (l, r): (Vec<_>, Vec<_>) = line.stretches.iter().partition(|s| s.x0 < gutter);
                left.line(&l, line.size);
                right.line(&r, line.size);
            }
            Item::Table(table) if table.left() < gutter => left.table(table),
            Item::Table(table) => right.table(table),
        }
    }
    let few = known && left.gaps + right.gaps == 0 && left.lines > 0 && right.lines > 0;
    let columns = few || (left.is_column(page) && right.is_column(page));
    columns.then(|| Run {
        gutter,
        top: items[0].top(),
        bottom: items[items.len() - 1].top(),
        lines: left.lines.min(right.lines) + left.rows.min(right.rows),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let place = |(i, c)| Glyph {
            c,
            x: x + i as f64 * 10.0,
            y,
            width: 10.0,
            size: 10.0,
        };
        text.chars().enumerate().map(place).collect()
    }

    fn read(glyphs: Vec<Glyph>) -> Vec<Vec<String>> {
        let sheets = split(vec![Sheet {
            page: 1,
            left: 0.0,
            width: 400.0,
            height: 600.0,
            lines: lines::lines(glyphs),
            tables: Vec::new(),
        }]);
        let texts = |sheet: &Sheet| sheet.lines.iter().map(Line::text).collect();
        sheets.iter().map(texts).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other_between_what_goes_across() {
        let mut glyphs = words("政府公报二〇二〇年第一期各县区人民政府", 100.0, 40.0);
        for i in 0..6 {
            let y = 80.0 + f64::from(i) * 20.0;
            glyphs.extend(words(&format!("左{i}栏一行里有十四个字左右"), 40.0, y));
            // Lines of two columns need not stand on one height.
            glyphs.extend(words(
                &format!("右{i}栏一行里有十四个字左右"),
                210.0,
                y + 3.0,
            ));
        }
        glyphs.extend(words("公报通栏的末尾一行横在两栏的下面不分", 100.0, 240.0));
        let read = read(glyphs);
        assert_eq!(read.iter().map(Vec::len).collect::<Vec<_>>(), [1, 6, 6, 1]);
        assert_eq!(read[1][5], "左5栏一行里有十四个字左右");
        assert_eq!(read[2][0], "右0栏一行里有十四个字左右");
    }

    #[test]
    fn labels_and_numbers_beside_each_other_are_no_columns() {
        let mut glyphs = Vec::new();
        for i in 0..8 {
            let y = 80.0 + f64::from(i) * 20.0;
            glyphs.extend(words("本年新收政府信息公开申请", 40.0, y));
            glyphs.extend(words("件", 220.0, y));
            glyphs.extend(words(&format!("{i}5"), 320.0, y));
        }
        assert_eq!(read(glyphs).len(), 1);
    }
}
