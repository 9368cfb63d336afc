//! All wordings of a form's lines, and what can be found out about words by them.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::{FormData, Slot, cut, normalised, without_enumerator};
use super::{Named, UNITS};
use crate::text::distance::distance;
use crate::text::fold::fold;

/// Shortest piece of a label that says which line it is a piece of, in characters.
const SHORTEST_PIECE: usize = 3;

/// A wording, character by character, and the lines that bear it.
type Wording = (Vec<char>, Vec<usize>);

/// The wordings of a form.
pub(super) struct Table {
    pub(super) data: &'static FormData,
    /// Words as the forms print them, which most labels are.
    pub(super) printed: FxHashMap<String, Arc<Named>>,
    pub(super) exact: FxHashMap<String, Vec<usize>>,
    /// Every wording without brackets, with its line.
    pub(super) all: Vec<(String, usize)>,
    pub(super) words: FxHashSet<String>,
    /// Names of groups of lines, normalised and as they are printed.
    pub(super) groups: FxHashSet<String>,
    pub(super) group_names: Vec<String>,
    /// The wordings that a label with a slip may stand for, by their first and last
    /// characters: those are right in a slip.
    pub(super) by_ends: FxHashMap<(char, char), Vec<Wording>>,
    /// All words and wordings, to cut a line at.
    pub(super) cut: cut::Words,
    /// All words and wordings, a NUL between them, to look for pieces of them at once.
    pub(super) together: String,
    /// Its characters, and where in them every two that stand side by side are found.
    pub(super) chars: Vec<char>,
    pub(super) pairs: FxHashMap<(char, char), Vec<usize>>,
    /// Of each line: where its values belong.
    pub(super) slots: Vec<Vec<Slot>>,
}

impl Table {
    pub(super) fn new(data: &'static FormData) -> Self {
        let mut exact: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut all = Vec::new();
        for (i, row) in data.row.iter().enumerate() {
            for wording in row.words.iter().chain([&row.printed]) {
                let folded = fold(wording);
                for key in [whole(&folded), bare(&folded)] {
                    let rows = exact.entry(key).or_default();
                    if rows.last() != Some(&i) {
                        rows.push(i);
                    }
                }
                all.push((normalised(&folded), i));
                all.push((flat(&folded), i));
            }
        }
        let groups = data.row.iter().flat_map(|r| &r.group);
        let group_names: Vec<String> = groups.clone().map(|g| fold(g)).collect();
        let heads = data.heads.values().chain(&data.applicant_words).flatten();
        let words = data.words.iter().chain(groups).chain(heads);
        let as_printed: Vec<String> = words.clone().map(|w| fold(w)).collect();
        let words: FxHashSet<String> = words.map(|w| normalised(&fold(w))).collect();
        let mut by_ends: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for (key, rows) in &exact {
            let chars: Vec<char> = key.chars().collect();
            if let (Some(first), Some(last)) = (chars.first(), chars.last()) {
                let alike = by_ends.entry((*first, *last)).or_default();
                alike.push((chars, rows.clone()));
            }
        }
        let together: Vec<&str> = words
            .iter()
            .chain(all.iter().map(|(label, _)| label))
            .map(String::as_str)
            .collect();
        let together = together.join("\0");
        let every = as_printed.iter().chain(all.iter().map(|(label, _)| label));
        let cut = cut::Words::new(&data.chapters, every.cloned());
        let rows = data.row.iter();
        let wordings = rows.flat_map(|r| r.words.iter().chain(&r.group).chain([&r.printed]));
        let heads = data.heads.values().chain(&data.applicant_words).flatten();
        let printed = data.words.iter().chain(wordings).chain(heads);
        Self {
            data,
            exact,
            cut,
            pairs: pairs(&together),
            chars: together.chars().collect(),
            slots: data.row.iter().map(|r| data.slots(r)).collect(),
            together,
            printed: printed.map(|w| (fold(w), Arc::default())).collect(),
            all,
            words,
            groups: group_names.iter().map(|g| normalised(g)).collect(),
            group_names,
            by_ends,
        }
    }

    pub(super) fn exact(&self, folded: &str) -> Vec<usize> {
        let whole = whole(folded);
        let (key, bare) = (whole.as_str(), bare(folded));
        if key.is_empty() || bare.is_empty() && key.chars().count() > 40 {
            return Vec::new();
        }
        for key in [key, bare.as_str()] {
            if let Some(rows) = self.exact.get(key) {
                return rows.clone();
            }
        }
        for unit in UNITS {
            if let Some(rows) = bare.strip_suffix(unit).and_then(|k| self.exact.get(k)) {
                return rows.clone();
            }
            let label = bare.strip_suffix(unit).map(without_count);
            if let Some(rows) = label.and_then(|k| self.exact.get(k)) {
                return rows.clone();
            }
        }
        self.slip(&bare)
    }

    /// A label with one or two characters wrong, left out or doubled.
    pub(super) fn slip(&self, bare: &str) -> Vec<usize> {
        let label: Vec<char> = bare.chars().collect();
        if label.len() < 6 || label.len() > 45 {
            return Vec::new();
        }
        let most = if label.len() < 10 { 1 } else { 2 };
        let mut best = (most + 1, Vec::new());
        let alike = self.by_ends.get(&(label[0], label[label.len() - 1]));
        for (key, rows) in alike.into_iter().flatten() {
            if key.len().abs_diff(label.len()) > most {
                continue;
            }
            let distance = distance(key, &label);
            if distance < best.0 {
                best = (distance, rows.clone());
            } else if distance == best.0 && best.1 != *rows {
                best.1.clear();
            }
        }
        if best.0 <= most { best.1 } else { Vec::new() }
    }

    pub(super) fn piece(&self, folded: &str) -> Vec<usize> {
        let piece = normalised(folded);
        if piece.chars().count() < SHORTEST_PIECE {
            return Vec::new();
        }
        let mut rows: Vec<usize> = Vec::new();
        let finder = memchr::memmem::Finder::new(&piece);
        if finder.find(self.together.as_bytes()).is_none() {
            return rows;
        }
        for (label, row) in &self.all {
            if rows.last() != Some(row) && finder.find(label.as_bytes()).is_some() {
                rows.push(*row);
            }
        }
        rows
    }

    pub(super) fn is_debris(&self, folded: &str) -> bool {
        let text = flat(folded);
        if text.is_empty() || self.words.contains(&text) || self.words.contains(&normalised(folded))
        {
            return true;
        }
        let chars: Vec<char> = text.chars().collect();
        if chars.len() > 80 {
            return false;
        }
        // Greedy from the left: the longest piece of a word, two characters at least.
        let mut at = 0;
        while at < chars.len() {
            let Some(next) = chars.get(at + 1) else {
                return false;
            };
            let places = self.pairs.get(&(chars[at], *next)).into_iter().flatten();
            let alike = |place: &usize| {
                let both = self.chars[*place..].iter().zip(&chars[at..]);
                both.take_while(|(a, b)| a == b).count()
            };
            let longest = places.map(alike).max();
            match longest {
                Some(len) => at += len,
                None => return false,
            }
        }
        true
    }

    pub(super) fn is_word(&self, folded: &str) -> bool {
        self.words.contains(&normalised(folded)) || self.words.contains(&flat(folded))
    }
}

/// Every two characters side by side, and the places of the first of them.
fn pairs(text: &str) -> FxHashMap<(char, char), Vec<usize>> {
    let mut pairs: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    let neighbours = text.chars().zip(text.chars().skip(1));
    for (place, pair) in neighbours.enumerate() {
        pairs.entry(pair).or_default().push(place);
    }
    pairs
}

/// A label without enumerator and punctuation, what stands in brackets included.
fn flat(folded: &str) -> String {
    let open: String = folded
        .chars()
        .map(|c| {
            if matches!(c, '(' | ')' | '[' | ']' | '【' | '】') {
                ' '
            } else {
                c
            }
        })
        .collect();
    // An enumerator in brackets is one still.
    let text = without_enumerator(folded.trim_start_matches([' ', '|']));
    if text.len() < folded.len() && !text.is_empty() {
        let inner: String = text
            .chars()
            .filter(|c| !matches!(c, '(' | ')' | '[' | ']' | '【' | '】'))
            .collect();
        return normalised(&inner);
    }
    normalised(&open)
}

fn whole(folded: &str) -> String {
    without_count(&flat(folded)).to_owned()
}

fn bare(folded: &str) -> String {
    without_count(&normalised(folded)).to_owned()
}

/// 申请办结数 → 申请办结
fn without_count(label: &str) -> &str {
    let cut = ["总数量", "总数", "数量", "数"]
        .iter()
        .find_map(|end| label.strip_suffix(end));
    cut.filter(|l| l.chars().count() >= 2).unwrap_or(label)
}
