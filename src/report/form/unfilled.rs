//! A table 3 of which nothing but the labels is there: nobody has filled it in. Its cells
//! are blank, which is something else than a report without the table.

use super::label::Labels;
use super::token::{Kind, Line, Token};
use super::{FormCell, FormTable};

/// The table, when nearly all of its lines stand there in order and not one number among them.
pub fn read(lines: &[Line], labels: &Labels) -> Option<FormTable> {
    let data = labels.data;
    let is_request = |row: &usize| data.row[*row].table == "t3";
    let mut found: Vec<(usize, &Token, usize)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        for token in line.tokens.iter().filter(|t| t.kind == Kind::Words) {
            let bare = super::without_enumerator(&token.folded).len() == token.folded.len();
            if bare && labels.is_word(&token.folded) {
                continue;
            }
            let below = found.last().map_or(0, |last| last.0 + 1);
            let rows = labels.exact(&token.folded);
            let row = rows.into_iter().find(|r| is_request(r) && *r >= below);
            found.extend(row.map(|row| (row, token, at)));
        }
    }
    let all = data.row.iter().filter(|r| r.table == "t3").count();
    let (first, last) = (found.first()?.2, found.last()?.2);
    let numbers: usize = lines[first..=last].iter().map(Line::values).sum();
    if numbers > 0 || found.len() * 5 < all * 4 {
        return None;
    }
    let blocks = lines[first].block..lines[last].block + 1;
    let mut table = FormTable::new(format!("{:?}/t3", data.form), blocks);
    for (row, label, _) in found {
        let blank = Token::blank(label.range.end);
        let slots = labels.slots(row).iter();
        let cells = slots.map(|s| FormCell::new(Some(s.clone()), label.range.clone(), &blank));
        table.cells.extend(cells);
    }
    Some(table)
}
