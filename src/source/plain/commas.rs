//! Rows whose cells are set apart by commas, or by semicolons where a comma is in numbers, as
//! spreadsheets save them, among other lines.

use std::ops::Range;

/// Fewest lines of as many cells that are a table, and fewest cells of each.
const FEWEST: usize = 3;
/// A row of numbers stands below at most so many of words, itself among them.
const MOST_HEADS: usize = 4;

/// The cells of every line that is such a row; empty for the others. One text has one mark.
pub fn rows(
    text: &str,
    lines: impl Iterator<Item = Range<usize>> + Clone,
) -> Vec<Vec<Range<usize>>> {
    let with = |mark| rows_with(mark, text, lines.clone());
    let commas = with(',');
    if !text.contains(';') {
        return commas;
    }
    let semicolons = with(';');
    let count = |rows: &[Vec<_>]| rows.iter().filter(|r| !r.is_empty()).count();
    match count(&semicolons) > count(&commas) {
        true => semicolons,
        false => commas,
    }
}

fn rows_with(
    mark: char,
    text: &str,
    lines: impl Iterator<Item = Range<usize>>,
) -> Vec<Vec<Range<usize>>> {
    let mut cells: Vec<Vec<Range<usize>>> = lines.map(|line| cells(mark, text, line)).collect();
    let mut from = 0;
    while from < cells.len() {
        let width = cells[from].len();
        let run = cells[from..]
            .iter()
            .take_while(|c| c.len() == width)
            .count();
        let rows = &mut cells[from..from + run];
        let counts = rows
            .iter()
            .filter(|row| row.iter().skip(1).any(|c| is_number(text, c)));
        if width < FEWEST || run < FEWEST || counts.count() * MOST_HEADS < run {
            rows.iter_mut().for_each(Vec::clear);
        }
        from += run;
    }
    cells
}

fn is_number(text: &str, cell: &Range<usize>) -> bool {
    let cell = text[cell.clone()].trim();
    !cell.is_empty()
        && cell
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b',' || b == b'.')
}

/// What stands between marks that are not within quotes; nothing where there are none.
fn cells(mark: char, text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let content = text[line.clone()].trim_end();
    if !content.contains(mark) {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let (mut from, mut quoted) = (0, false);
    for (at, c) in content.char_indices().chain([(content.len(), mark)]) {
        match c {
            '"' => quoted = !quoted,
            c if c == mark && (!quoted || at == content.len()) => {
                let cell = &content[from..at];
                let quotes =
                    usize::from(cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"'));
                cells.push(line.start + from + quotes..line.start + at - quotes);
                from = at + 1;
            }
            _ => {}
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<&str>> {
        let start = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
        let lines = text
            .split_inclusive('\n')
            .map(|l| start(l)..start(l) + l.len());
        let rows = rows(text, lines);
        let shown = |row: Vec<Range<usize>>| row.into_iter().map(|c| &text[c]).collect();
        rows.into_iter().map(shown).collect()
    }

    #[test]
    fn lines_of_as_many_cells_are_rows() {
        let rows = read("标题\n项目,数量,单位\n申请,\"1,234\",件\n复议,,\n没有,了\n");
        assert_eq!(rows[1], ["项目", "数量", "单位"]);
        assert_eq!(rows[2], ["申请", "1,234", "件"]);
        assert_eq!(rows[3], ["复议", "", ""]);
        assert!(rows[0].is_empty() && rows[4].is_empty());
    }

    #[test]
    fn semicolons_set_cells_apart_where_numbers_hold_commas() {
        let rows = read("项目;数量;单位\n申请;1,234;件\n\"复议;诉讼\";5;件\n收费;1,5;万元\n");
        assert_eq!(rows[1], ["申请", "1,234", "件"]);
        assert_eq!(rows[2], ["复议;诉讼", "5", "件"]);
        assert_eq!(rows[3], ["收费", "1,5", "万元"]);
    }

    #[test]
    fn sentences_are_no_rows() {
        let text = "收到5件,办结3件,结转2件.\n培训4次,开会1次,解读6篇.\n复议2件,诉讼1件,投诉7件.\n";
        assert!(read(text).iter().all(Vec::is_empty));
    }
}
