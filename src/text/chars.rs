//! The first and the last characters of a text.

/// The first `count` characters.
pub fn first(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count);
    end.map_or(text, |(at, _)| &text[..at])
}

/// The last `count` characters.
pub fn last(text: &str, count: usize) -> &str {
    let Some(before) = count.checked_sub(1) else {
        return "";
    };
    let start = text.char_indices().nth_back(before);
    start.map_or(text, |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!((first("甲乙丙", 2), first("甲", 2)), ("甲乙", "甲"));
        assert_eq!((last("甲乙丙", 2), last("甲", 2)), ("乙丙", "甲"));
        assert_eq!((first("甲", 0), last("甲", 0)), ("", ""));
    }
}
