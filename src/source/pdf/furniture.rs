//! Running heads, page numbers and what browsers print around a page.

use std::collections::HashMap;

use super::flow::Sheet;
use super::lines::Line;

/// The part of a page's height at either end in which running heads stand.
const MARGIN: f64 = 0.12;
/// As much of it at least, in points: pages may be small.
const MIN_MARGIN: f64 = 60.0;

/// Takes out what repeats at the ends of pages, and page numbers.
pub fn drop_from(sheets: &mut [Sheet]) {
    let zone = |line: &Line, height: f64| {
        let margin = (height * MARGIN).max(MIN_MARGIN);
        line.y < margin || line.y > height - margin
    };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for sheet in sheets.iter() {
        let mut here: Vec<String> = sheet
            .lines
            .iter()
            .filter(|l| zone(l, sheet.height))
            .map(|l| pattern(&l.text()))
            .collect();
        here.sort();
        here.dedup();
        for pattern in here {
            *seen.entry(pattern).or_default() += 1;
        }
    }
    let pages = sheets.len();
    let often = (pages / 2).max(2);
    for sheet in sheets.iter_mut() {
        let height = sheet.height;
        sheet.lines.retain(|line| {
            if !zone(line, height) {
                return true;
            }
            let text = line.text();
            let repeats = seen.get(&pattern(&text)).is_some_and(|n| *n >= often);
            !(repeats || is_page_number(&text) || is_print_footer(&text))
        });
    }
}

/// A line with its figures made alike.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let c = if c.is_numeric() { '0' } else { c };
        if !(c == '0' && pattern.ends_with('0')) {
            pattern.push(c);
        }
    }
    pattern
}

/// `1`, `- 1 -`, `— 1 —`, `第1页`, `第 1 页 共 5 页`, `1/5`.
fn is_page_number(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let core = text.trim_matches(['-', '—', '–', '－', '―', '·', '~', '～', '_', '─']);
    let numeral = |t: &str| {
        let count = t.chars().count();
        (1..=4).contains(&count)
            && t.chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '０'..='９') || "ivxIVX".contains(c))
    };
    if numeral(core) {
        return true;
    }
    if let Some((page, pages)) = core.split_once('/')
        && numeral(page)
        && numeral(pages)
    {
        return true;
    }
    let core = core.strip_prefix('第').unwrap_or(core);
    match core.split_once('页') {
        Some((page, rest)) => {
            let rest = rest.trim_start_matches(['，', ',', '/', '（', '(', '|']);
            let rest = rest.trim_start_matches('共');
            let rest = rest.trim_end_matches(['）', ')']).trim_end_matches('页');
            numeral(page) && (rest.is_empty() || numeral(rest))
        }
        None => false,
    }
}

/// The address and page at the foot of a page printed by a browser.
fn is_print_footer(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("file://"))
        && text.chars().filter(|c| c.is_whitespace()).count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known_in_their_many_shapes() {
        for yes in [
            "1",
            "- 12 -",
            "—3—",
            "第 1 页",
            "第1页 共5页",
            "第1页/共5页",
            "2/5",
            "－ ４ －",
            "iv",
        ] {
            assert!(is_page_number(yes), "{yes}");
        }
        for no in [
            "2019年",
            "一",
            "第一页说明",
            "12345",
            "1.总体情况",
            "2019/2020/1",
            "—",
        ] {
            assert!(!is_page_number(no), "{no}");
        }
        assert!(is_print_footer(
            "https://www.example.gov.cn/art/1.html  1/3"
        ));
    }
}
