//! How many terminal cells a piece of text takes, and cutting it to fit.
//!
//! Everything on the screen is measured here, grapheme by grapheme, by the same tables that
//! ratatui uses; `“ ” … ① ─` are as wide as the *ambiguous* setting says, because half of
//! all Chinese terminals draw them two cells wide and the other half one.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Set once at start from the configuration: a property of the terminal, not of a text.
static AMBIGUOUS_WIDE: AtomicBool = AtomicBool::new(false);

/// Says that the terminal draws characters of ambiguous width two cells wide.
pub fn set_ambiguous_wide(wide: bool) {
    AMBIGUOUS_WIDE.store(wide, Ordering::Relaxed);
}

/// Whether characters of ambiguous width take two cells.
pub fn ambiguous_wide() -> bool {
    AMBIGUOUS_WIDE.load(Ordering::Relaxed)
}

/// Cells of one grapheme.
pub fn grapheme_cells(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [b] if (0x20..0x7f).contains(b) => 1,
        _ if ambiguous_wide() => grapheme.width_cjk(),
        _ => grapheme.width(),
    }
}

/// Cells of a text.
pub fn cells(text: &str) -> usize {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return text.len();
    }
    text.graphemes(true).map(grapheme_cells).sum()
}

/// The longest beginning of `text` that takes at most `limit` cells.
pub fn head(text: &str, limit: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme_cells(grapheme);
        if used > limit {
            return &text[..at];
        }
    }
    text
}

/// The longest end of `text` that takes at most `limit` cells.
pub fn tail(text: &str, limit: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += grapheme_cells(grapheme);
        if used > limit {
            return &text[at + grapheme.len()..];
        }
    }
    text
}

/// `text`, cut with `…` when it takes more than `limit` cells.
pub fn truncate(text: &str, limit: usize) -> Cow<'_, str> {
    if cells(text) <= limit {
        return Cow::Borrowed(text);
    }
    let dots = grapheme_cells("…");
    if limit < dots {
        return Cow::Borrowed(head(text, limit));
    }
    Cow::Owned(format!("{}…", head(text, limit - dots).trim_end()))
}

/// `text` in exactly `limit` cells: cut with `…` or filled with blanks. Where the cut falls
/// into a wide character its other half becomes a blank.
pub fn fit(text: &str, limit: usize) -> String {
    let mut fitted = truncate(text, limit).into_owned();
    let used = cells(&fitted);
    fitted.extend(std::iter::repeat_n(' ', limit.saturating_sub(used)));
    fitted
}

/// As [`fit`], with the blanks before the text.
pub fn fit_right(text: &str, limit: usize) -> String {
    let cut = truncate(text, limit);
    let blanks = limit.saturating_sub(cells(&cut));
    format!("{}{cut}", " ".repeat(blanks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cut_wide_character_leaves_a_blank() {
        assert_eq!(fit("行政复议", 8), "行政复议");
        assert_eq!(fit("行政复议", 7), "行政复…");
        assert_eq!(fit("行政复议", 6), "行政… ");
        assert_eq!(fit("行政", 1), "…");
        assert_eq!(fit("行政", 0), "");
        assert_eq!(fit_right("7,743", 8), "   7,743");
    }

    proptest! {
        #[test]
        fn fitted_text_takes_just_the_cells(text in "\\PC{0,40}", limit in 0usize..50) {
            prop_assert_eq!(cells(&fit(&text, limit)), limit);
            prop_assert_eq!(cells(&fit_right(&text, limit)), limit);
            prop_assert!(cells(head(&text, limit)) <= limit);
            prop_assert!(cells(tail(&text, limit)) <= limit);
        }
    }
}
