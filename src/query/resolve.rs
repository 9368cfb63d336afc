//! What a person calls a report → the reports it may be: an id, a path, or region, body and
//! year in any order (`荔湾区 2011`, `三亚市财政局2010年`, `sanya 2010`).

use super::library::{Inner, Library};
use super::names::Needle;
use super::{Filter, ReportRow, Sort, SortKey};
use crate::index::schema::Facts;
use crate::report::Kind;
use crate::text::fold::{fold, is_han};

/// Most candidates that are given.
const MOST: usize = 200;
/// Fewest digits of an id that are taken for one.
const ID: usize = 4;

impl Library {
    /// The reports that `words` may mean, likeliest first; one when it is clear, none when
    /// nothing fits.
    pub fn resolve(&self, words: &str) -> Vec<ReportRow> {
        let words = words.trim();
        if words.is_empty() {
            return Vec::new();
        }
        if let Some(row) = self.report(words) {
            return vec![row];
        }
        let inner = &self.inner;
        inner.guarded(Vec::new(), || inner.resolve(words))
    }
}

impl Inner {
    fn resolve(&self, words: &str) -> Vec<ReportRow> {
        for those in [self.by_path(words), self.by_id(words), self.by_names(words)] {
            if !those.is_empty() {
                return self.rows(&those[..those.len().min(MOST)], &[]);
            }
        }
        Vec::new()
    }

    /// The path itself, or else paths that end in it.
    fn by_path(&self, words: &str) -> Vec<u32> {
        let words = words.strip_prefix("./").unwrap_or(words);
        let exact = self.where_path(&|path| path == words);
        if !exact.is_empty() {
            return exact;
        }
        let tail = format!("/{words}");
        self.where_path(&|path| {
            // `other/place/2010.txt`, given from where the caller stands, means `2010.txt`
            // of the corpus `place`.
            path.ends_with(&tail) || (words.contains('/') && ends_with_path(words, path))
        })
    }

    fn where_path(&self, test: &dyn Fn(&str) -> bool) -> Vec<u32> {
        let mut those = Vec::new();
        for segment in &self.segments {
            let own: Vec<u32> = (segment.first..segment.last).map(|at| at as u32).collect();
            let mut yes = vec![false; own.len()];
            self.mark(&own, &mut yes, &segment.path, test);
            those.extend(own.iter().zip(yes).filter(|(_, y)| *y).map(|(at, _)| *at));
        }
        let sort = Sort {
            key: SortKey::Path,
            descending: false,
        };
        let end = those.len();
        self.sort(&mut those, &sort, end);
        those
    }

    /// The beginning of an id.
    fn by_id(&self, words: &str) -> Vec<u32> {
        let digits = words
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        // Four digits are a year rather than an id.
        if !digits || words.len() < ID || words.bytes().all(|b| b.is_ascii_digit()) {
            return Vec::new();
        }
        let has = |at: &u32| {
            let card = self.card(&self.reports[*at as usize]);
            card.is_some_and(|c| c.id.starts_with(words))
        };
        (0..self.reports.len() as u32).filter(has).collect()
    }

    /// Region, body and year.
    fn by_names(&self, words: &str) -> Vec<u32> {
        let (year, names) = split(words);
        let mut those = self.passing(&Filter {
            years: year.map(|y| (y, y)),
            ..Filter::default()
        });
        let end = those.len();
        self.sort(&mut those, &Sort::default(), end);
        if names.is_empty() {
            return if year.is_some() { those } else { Vec::new() };
        }
        let needles: Vec<Needle> = names.iter().map(|n| Needle::new(n)).collect();
        // How well a report fits: the body itself before those within its region.
        let mut fits: Vec<(u8, u32)> = Vec::new();
        for at in those {
            let entry = &self.reports[at as usize];
            let Some(card) = self.card(entry) else {
                continue;
            };
            let agency = card.agency.as_deref().map(fold).unwrap_or_default();
            let joined = format!("{}{agency}", card.place.concat());
            let last = card.place.last().map(String::as_str).unwrap_or_default();
            let (mut all, mut of_body) = (true, false);
            let mut of_agency = false;
            for needle in &needles {
                let in_agency = !agency.is_empty() && needle.names(&agency);
                let in_last = needle.ends(last) || needle.names(last);
                let in_place = in_last
                    || card.place.iter().any(|p| needle.names(p))
                    || needle.ends(&joined)
                    || joined.contains(needle.text());
                of_agency |= in_agency || (!agency.is_empty() && needle.reaches(&joined, &agency));
                of_body |= in_last || needle.ends(&joined);
                all &= in_agency || in_place || needle.occurs(&fold(&card.title));
            }
            if !all {
                continue;
            }
            // Departments only where one was asked for.
            let own = of_agency != agency.is_empty();
            let report = Facts::unpack(entry.facts).kind == Kind::Report;
            let rank = match (of_body && own, own) {
                (true, _) => 0,
                (_, true) => 2,
                _ => 4,
            } + u8::from(!report);
            fits.push((rank, at));
        }
        fits.sort_by_key(|(rank, _)| *rank);
        let best = fits.first().map(|(rank, _)| *rank);
        fits.retain(|(rank, _)| Some(*rank) == best);
        fits.into_iter().map(|(_, at)| at).collect()
    }
}

/// Whether `long` ends in the whole path `short`.
fn ends_with_path(long: &str, short: &str) -> bool {
    long.strip_suffix(short)
        .is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

/// The year among the words, and the names. A year may stand at once before or behind a
/// name: `荔湾区2011`, `2011年荔湾区`.
fn split(words: &str) -> (Option<i32>, Vec<String>) {
    let mut year = None;
    let mut names = Vec::new();
    for word in words.split_whitespace() {
        let mut name = String::new();
        let chars: Vec<char> = fold(word).chars().collect();
        let mut at = 0;
        while at < chars.len() {
            let digits = chars[at..]
                .iter()
                .take_while(|c| c.is_ascii_digit())
                .count();
            let number: String = chars[at..at + digits].iter().collect();
            let value = number.parse().ok().filter(|y| (1990..2100).contains(y));
            let stands_out = digits == 4
                && (at == 0 || is_han(chars[at - 1]))
                && chars.get(at + 4).is_none_or(|c| is_han(*c));
            if let (true, None, Some(value)) = (stands_out, year, value) {
                year = Some(value);
                at += 4;
                let mut rest = chars[at..].iter().collect::<String>();
                for tail in ["年度", "年"] {
                    if rest.starts_with(tail) {
                        at += tail.chars().count();
                        rest.clear();
                    }
                }
            } else {
                let n = digits.max(1);
                name.extend(&chars[at..at + n]);
                at += n;
            }
        }
        if !name.is_empty() {
            names.push(name);
        }
    }
    (year, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_told_from_names() {
        let names = |n: &[&str]| n.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        assert_eq!(split("荔湾区 2011"), (Some(2011), names(&["荔湾区"])));
        assert_eq!(split("荔灣區2011年"), (Some(2011), names(&["荔湾区"])));
        assert_eq!(split("2011年度荔湾区"), (Some(2011), names(&["荔湾区"])));
        assert_eq!(split("sanya 2010"), (Some(2010), names(&["sanya"])));
        assert_eq!(split("12011"), (None, names(&["12011"])));
        assert_eq!(split("2010 2011"), (Some(2010), names(&["2011"])));
    }

    #[test]
    fn paths_end_at_slashes() {
        assert!(ends_with_path("a/b/c.txt", "b/c.txt"));
        assert!(!ends_with_path("a/bb/c.txt", "b/c.txt"));
    }
}
