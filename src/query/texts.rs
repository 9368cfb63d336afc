//! Two reports' texts section by section: what is the same, what has changed, what stands
//! in one of them only, and how much of the words they have in common.

use std::collections::HashMap;

use crate::reading::Reading;
use crate::text::fold::fold;

/// Two sections are held to be the same one from this likeness on, in per cent.
const LIKE: u32 = 45;
/// Characters of a section that are compared.
const MOST: usize = 40_000;

/// A section of one report and the one of the other that answers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Place in the outline of the first report.
    pub a: Option<usize>,
    /// Place in the outline of the second report.
    pub b: Option<usize>,
    /// Share of pairs of neighbouring characters that both texts have, 0 to 100. 100 only
    /// when nothing differs.
    pub common: u32,
}

/// Reports side by side as texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    /// Sections in the order of the first report, those of the second only where they stand
    /// among them.
    pub pairs: Vec<Pair>,
    /// The same share for the whole of both texts.
    pub common: u32,
}

/// A sentence and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sentence<'a> {
    /// In both.
    Both(&'a str),
    /// In the first only.
    OnlyA(&'a str),
    /// In the second only.
    OnlyB(&'a str),
}

/// How often each pair of neighbouring characters occurs in a text.
#[derive(Default)]
struct Grams {
    counts: HashMap<(char, char), u32>,
    total: u32,
}

impl Grams {
    fn new(folded: &str) -> Self {
        let mut grams = Self::default();
        let mut before = '\0';
        for c in folded.chars().filter(|c| !c.is_whitespace()).take(MOST) {
            *grams.counts.entry((before, c)).or_default() += 1;
            grams.total += 1;
            before = c;
        }
        grams
    }

    /// Of a hundred pairs in both, how many they share.
    fn common(&self, other: &Self) -> u32 {
        if self.total + other.total == 0 {
            return 100;
        }
        let (small, large) = if self.counts.len() <= other.counts.len() {
            (self, other)
        } else {
            (other, self)
        };
        let shared = small.counts.iter().map(|(gram, n)| {
            let m = large.counts.get(gram).copied().unwrap_or(0);
            (*n).min(m)
        });
        200 * shared.sum::<u32>() / (self.total + other.total)
    }
}

/// A section ready to be compared.
struct Own {
    title: Grams,
    body: Grams,
    folded: String,
    level: u8,
}

fn sections(reading: &Reading) -> Vec<Own> {
    let report = &reading.report;
    let own = |s: &crate::report::Section| {
        let folded = fold(report.text.get(s.own.clone()).unwrap_or_default());
        Own {
            title: Grams::new(&fold(&s.title)),
            body: Grams::new(&folded),
            folded,
            level: s.level,
        }
    };
    report.sections.iter().map(own).collect()
}

/// Holds two reports' texts against one another.
pub fn texts(a: &Reading, b: &Reading) -> Texts {
    let (left, right) = (sections(a), sections(b));
    let part = |r: &Reading, i: usize| r.report.sections[i].part;
    let mut candidates = Vec::new();
    for (i, x) in left.iter().enumerate() {
        for (j, y) in right.iter().enumerate() {
            // The outline says as much as the words: a heading of the same level and part.
            let mut like = x.title.common(&y.title).max(x.body.common(&y.body));
            if x.level != y.level {
                like /= 2;
            }
            if part(a, i).is_some() && part(a, i) == part(b, j) {
                like += 10;
            }
            if like >= LIKE {
                candidates.push((like, i, j));
            }
        }
    }
    // The likest first; of equals those that stand first.
    candidates.sort_by_key(|&(like, i, j)| (std::cmp::Reverse(like), i.abs_diff(j), i));
    let mut of_a: Vec<Option<usize>> = vec![None; left.len()];
    let mut of_b: Vec<Option<usize>> = vec![None; right.len()];
    for (_, i, j) in candidates {
        if of_a[i].is_none() && of_b[j].is_none() {
            (of_a[i], of_b[j]) = (Some(j), Some(i));
        }
    }
    let mut pairs = Vec::new();
    let mut next = 0;
    let only_b = |j: usize| Pair {
        a: None,
        b: Some(j),
        common: 0,
    };
    for (i, &b) in of_a.iter().enumerate() {
        if let Some(j) = b {
            // What only the second has stands before the section it precedes there.
            while next < j {
                if of_b[next].is_none() {
                    pairs.push(only_b(next));
                }
                next += 1;
            }
            next = next.max(j + 1);
        }
        let common = b.map_or(0, |j| match left[i].folded == right[j].folded {
            true => 100,
            false => left[i].body.common(&right[j].body).min(99),
        });
        pairs.push(Pair {
            a: Some(i),
            b,
            common,
        });
    }
    pairs.extend(
        (next..right.len())
            .filter(|&j| of_b[j].is_none())
            .map(only_b),
    );
    let whole = |r: &Reading| Grams::new(&fold(&r.report.text));
    Texts {
        pairs,
        common: whole(a).common(&whole(b)),
    }
}

/// The sentences of two texts: those of the first in order, those only the second has where
/// they stand there.
pub fn sentences<'a>(a: &'a str, b: &'a str) -> Vec<Sentence<'a>> {
    let (left, right) = (split(a), split(b));
    let mut seats: HashMap<String, Vec<usize>> = HashMap::new();
    for (j, s) in right.iter().enumerate().rev() {
        seats.entry(fold(s)).or_default().push(j);
    }
    let mut out = Vec::new();
    let mut next = 0;
    for s in left {
        let seat = seats.get_mut(&fold(s)).and_then(Vec::pop);
        match seat.filter(|&j| j >= next) {
            Some(j) => {
                out.extend(right[next..j].iter().map(|s| Sentence::OnlyB(s)));
                out.push(Sentence::Both(s));
                next = j + 1;
            }
            None => out.push(Sentence::OnlyA(s)),
        }
    }
    out.extend(right[next..].iter().map(|s| Sentence::OnlyB(s)));
    out
}

/// Sentences and clauses; lines are ends too.
fn split(text: &str) -> Vec<&str> {
    let parts = text.split_inclusive(['。', '；', '！', '？', '\n']);
    let parts = parts.map(str::trim).filter(|s| !s.is_empty());
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn reading(text: &str) -> Reading {
        crate::reading::read(text.as_bytes(), "a.txt", Format::Txt).expect("readable")
    }

    const HEAD: &str = "某县2011年政府信息公开工作年度报告\n\n一、概述\n　　本县推进公开工作。\n二、主动公开情况\n　　全年公开政府信息120条。\n";

    #[test]
    fn sections_answer_to_one_another() {
        let a = reading(&format!("{HEAD}三、收费情况\n　　没有收费。\n"));
        let b = reading(&format!(
            "{}三、存在的问题\n　　人手不足。\n",
            HEAD.replace("120条", "340条").replace("2011", "2012")
        ));
        let texts = texts(&a, &b);
        let title = |r: &Reading, i: Option<usize>| i.map(|i| r.report.sections[i].title.clone());
        let named: Vec<_> = texts
            .pairs
            .iter()
            .map(|p| (title(&a, p.a), title(&b, p.b)))
            .collect();
        let some = |t: &str| Some(t.to_owned());
        assert!(named.contains(&(some("概述"), some("概述"))), "{named:?}");
        assert!(named.contains(&(some("收费情况"), None)), "{named:?}");
        assert!(named.contains(&(None, some("存在的问题"))), "{named:?}");
        let of = |t: &str| {
            let at = named.iter().position(|n| n.0 == some(t)).expect("there");
            texts.pairs[at].common
        };
        assert_eq!(of("概述"), 100);
        assert!(
            (60..100).contains(&of("主动公开情况")),
            "{}",
            of("主动公开情况")
        );
        assert_eq!(super::texts(&a, &a).common, 100);
    }

    #[test]
    fn sentences_are_told_apart_in_either_script() {
        let all = sentences(
            "已公開。收到3件；没有收费。",
            "已公开。收到9件；没有收费。另有1件。",
        );
        assert_eq!(
            all,
            [
                Sentence::Both("已公開。"),
                Sentence::OnlyA("收到3件；"),
                Sentence::OnlyB("收到9件；"),
                Sentence::Both("没有收费。"),
                Sentence::OnlyB("另有1件。"),
            ]
        );
    }
}
