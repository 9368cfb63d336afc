//! How far two words are apart.

/// How many characters must be changed, put in or taken out.
pub fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// The one of `words` that `word` is most likely a slip for: no more than half of it differs.
pub fn nearest<'w>(word: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let chars: Vec<char> = word.chars().collect();
    let far = |w: &&str| distance(&chars, &w.chars().collect::<Vec<_>>());
    let best = words.min_by_key(far)?;
    (far(&best) * 2 <= chars.len()).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_other_words_are_not() {
        let words = || ["index", "indicators", "search", "audit"].into_iter();
        assert_eq!(nearest("aduit", words()), Some("audit"));
        assert_eq!(nearest("serch", words()), Some("search"));
        assert_eq!(nearest("indicator", words()), Some("indicators"));
        assert_eq!(nearest("报告", words()), None);
        assert_eq!(nearest("frobnicate", words()), None);
    }
}
