//! What the forms print, and how a line is told to be of a form: labels without their
//! enumerators, brackets and units.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{FORMS, FormData, forms};
use crate::report::Form;
use crate::text::fold::fold;
use crate::text::numeral::is_han_numeral;

/// The normalised labels and words of each form.
static WORDS_OF: LazyLock<Vec<(Form, FxHashSet<String>)>> = LazyLock::new(|| {
    let words = |f: &FormData| {
        let rows = f.row.iter();
        let printed = rows.flat_map(|r| r.words.iter().chain(&r.group).chain([&r.printed]));
        let all = f.words.iter().chain(printed);
        all.map(|w| normalised(&fold(w))).collect()
    };
    FORMS.iter().map(|f| (f.form, words(f))).collect()
});

/// Those of every form.
static WORDS: LazyLock<FxHashSet<String>> =
    LazyLock::new(|| WORDS_OF.iter().flat_map(|(_, w)| w.clone()).collect());

/// The titles of chapters around the tables, normalised.
static CHAPTERS: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let titles = FORMS.iter().flat_map(|f| &f.chapters);
    titles.map(|t| normalised(&fold(t))).collect()
});

/// Length of the longest of them in bytes.
static LONGEST: LazyLock<usize> =
    LazyLock::new(|| WORDS.iter().map(String::len).max().unwrap_or(0));

/// The indicator of a line added by a province, where we have met it before.
pub fn local(folded: &str) -> Option<&'static str> {
    let label = normalised(folded);
    let mut lines = forms().iter().flat_map(|f| &f.local);
    let known = lines.find(|l| label.starts_with(l.printed.as_str()))?;
    Some(&known.indicator)
}

/// A printed label without its enumerator, 其中, brackets, punctuation and unit.
pub fn normalised(label: &str) -> String {
    normalised_within(label, usize::MAX).unwrap_or_default()
}

/// The same, unless it is longer than `most` bytes.
fn normalised_within(label: &str, most: usize) -> Option<String> {
    let mut text = label;
    loop {
        let before = text;
        text = text.trim_start_matches([':', '、', '.', ' ', '|', '-', '*', '#']);
        if let Some(rest) = text.strip_prefix("其中") {
            text = rest;
        }
        text = without_enumerator(text);
        if text == before {
            break;
        }
    }
    let mut out = String::with_capacity(text.len().min(most));
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = (depth - 1).max(0),
            '"' | ' ' | ':' | ',' | '、' | '|' | '*' | '\'' => {}
            _ if depth == 0 && out.len() < most => out.push(c),
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    Some(out)
}

/// Takes `一、`, `(一)`, `1.`, `01`, `①` off the front of a label.
pub fn without_enumerator(text: &str) -> &str {
    let open = text.strip_prefix('(').unwrap_or(text);
    let rest = open.trim_start_matches(|c: char| c.is_ascii_digit() || is_han_numeral(c));
    let counted = open.len() - rest.len();
    if counted == 0 {
        return text
            .strip_prefix(|c| matches!(c, '①'..='⑳'))
            .unwrap_or(text);
    }
    if open.len() < text.len() {
        return rest.strip_prefix(')').unwrap_or(text);
    }
    match rest.strip_prefix(['、', '.', ')']) {
        Some(after) => after,
        // 01 申请总数: a code of digits right before the words.
        None if open.as_bytes()[0].is_ascii_digit() && !rest.is_empty() => rest,
        None => text,
    }
}

/// Whether a line is a cell or a row of an official form: a printed label, alone or with
/// nothing but numbers behind it.
pub fn is_form_line(folded: &str) -> bool {
    let cut = folded
        .trim_end_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '-' | '/' | '|' | '%' | '+' | '无')
        })
        .trim_end();
    let known = |label: Option<String>| label.is_some_and(|l| WORDS.contains(&l));
    match normalised_within(cut, *LONGEST) {
        Some(label) if label.is_empty() => false,
        label => known(label) || cut != folded && known(normalised_within(folded, *LONGEST)),
    }
}

/// Whether a line is the numbered title of a chapter, as the forms of 2019 and later print
/// them between their tables.
pub fn is_chapter(folded: &str) -> bool {
    folded.starts_with(is_han_numeral)
        && normalised_within(folded, *LONGEST).is_some_and(|title| CHAPTERS.contains(&title))
}

/// Whether a line is numbered and bears the words of a row that `form` does not print:
/// 二、主动公开情况 is a row of the forms of 2008, and a chapter beside later ones.
pub fn is_row_of_others(folded: &str, form: Form) -> bool {
    let own = WORDS_OF.iter().find(|(of, _)| *of == form);
    let none_of_own = |title| own.is_some_and(|(_, words)| !words.contains(&title));
    without_enumerator(folded).len() < folded.len()
        && normalised_within(folded, *LONGEST).is_some_and(none_of_own)
}

/// Whether a line is nothing but numbers and marks for none.
pub fn is_values(folded: &str) -> bool {
    folded.chars().all(|c| {
        c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '-' | '/' | '|' | '%' | '+' | '\\')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_forms_are_told_from_headings() {
        for line in [
            "一、本年新收政府信息公开申请数量",
            "(一)予以公开",
            "1.属于国家秘密 0 0 0 0 0 0 0",
            "其中:1.按时办结数 件 12",
            "危及\"三安全一稳定\"",
        ] {
            assert!(
                is_form_line(line) || is_form_line(line.trim_end_matches(" 件 12")),
                "{line}"
            );
        }
        for line in ["一、概述", "(一)申请情况", "三、依申请公开政府信息情况"]
        {
            assert!(!is_form_line(line), "{line}");
        }
    }
}
