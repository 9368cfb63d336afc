//! Rows of tables without rulings: labels and figures in columns.

use super::lines::{Line, Stretch};

/// For each line its cells, if it is a row: its last words are figures, or those of a
/// neighbour with as many stretches are.
pub fn rows(lines: &[Line]) -> Vec<Option<Vec<String>>> {
    let ends = |l: &Line| {
        let last = l.stretches.last();
        l.stretches.len() >= 2 && last.is_some_and(|s| s.text.split(' ').all(is_figure))
    };
    let is_row = |i: usize| {
        let line = &lines[i];
        let alike = |other: Option<&Line>| {
            other.is_some_and(|o| ends(o) && o.stretches.len() == line.stretches.len())
        };
        let before = i.checked_sub(1).and_then(|i| lines.get(i));
        ends(line) || (line.stretches.len() >= 2 && (alike(before) || alike(lines.get(i + 1))))
    };
    let cells = |line: &Line| line.stretches.iter().flat_map(cells).collect();
    (0..lines.len())
        .map(|i| is_row(i).then(|| cells(&lines[i])))
        .collect()
}

/// A stretch as cells: figures of narrow columns stand so near to each other, and to a
/// label, that only a blank is between them.
fn cells(stretch: &Stretch) -> Vec<String> {
    let mut parts: Vec<&str> = stretch.text.split(' ').collect();
    let figures = parts.iter().rev().take_while(|p| is_figure(p)).count();
    let label = parts.len() - figures;
    // “1 月 2 日” is one label: figures that stand alone are cells.
    let mut cells: Vec<String> = parts.drain(label..).map(str::to_owned).collect();
    if label > 0 {
        cells.insert(0, parts.join(" "));
    }
    cells
}

fn is_figure(words: &str) -> bool {
    let figure = |c: char| c.is_numeric() || matches!(c, '.' | ',' | '-' | '%');
    matches!(words, "—" | "-" | "/" | "无")
        || (words.chars().any(char::is_numeric) && words.chars().all(figure))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(stretches: &[&str]) -> Line {
        let stretches = stretches.iter().map(|text| Stretch {
            x0: 0.0,
            x1: 0.0,
            text: (*text).to_owned(),
        });
        Line {
            y: 0.0,
            x0: 0.0,
            x1: 0.0,
            size: 10.0,
            stretches: stretches.collect(),
            glyphs: Vec::new(),
        }
    }

    #[test]
    fn figures_of_narrow_columns_are_cells_of_their_own() {
        let lines = [
            line(&["指标名称", "数量"]),
            line(&["收到申请", "其中 网络申请 3", "0 12"]),
            line(&["本报告自 2020 年起编写"]),
        ];
        let rows = rows(&lines);
        let second = ["收到申请", "其中 网络申请", "3", "0", "12"];
        assert_eq!(rows[1].as_deref(), Some(&second.map(str::to_owned)[..]));
        assert_eq!((&rows[0], &rows[2]), (&None, &None));
        let heads = [line(&["指标名称", "数量"]), line(&["收到申请", "3"])];
        assert!(super::rows(&heads)[0].is_some());
    }
}
