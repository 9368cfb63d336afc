//! What people say of findings: confirmed, or dismissed with a reason. Kept in
//! `gongkai.toml` under the fingerprint of the finding:
//!
//! ```toml
//! [review."5b1c0f9e2d7a4c31"]
//! verdict = "dismissed"                  # or "confirmed"
//! reason = "数字含上年结转，已向对方核实"
//! rule = "R-P1"                          # for the reader of the file
//! report = "guangdong/liwan-2011.html"
//! values = "90 81"                       # should be, is: of other numbers nothing is said
//! ```
//!
//! Two files of one body and year give what is wrong in the same place one fingerprint. What
//! is said of the second is kept under a longer one, made of its numbers, so that a renamed
//! file keeps its reviews and no file has those of another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use toml_edit::{DocumentMut, Item, Table};

use super::Corpus;
use super::sidecar::{Broken, Sidecar, SidecarError, one_line};

/// What a person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The report is wrong there.
    Confirmed,
    /// It is not, or it does not matter.
    Dismissed,
}

impl Verdict {
    /// As written in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Dismissed => "dismissed",
        }
    }
}

/// What a person says of one finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Confirmed or dismissed.
    pub verdict: Verdict,
    /// Why, in the person's words.
    #[serde(default)]
    pub reason: String,
    /// The finding's rule, for the reader of the file.
    #[serde(default)]
    pub rule: String,
    /// The report's path, for the reader of the file.
    #[serde(default)]
    pub report: String,
    /// What the numbers should be and are. When they are others, a person has to look again.
    #[serde(default)]
    pub values: String,
}

/// All that is said of the findings of a corpus, by fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviews {
    said: BTreeMap<String, Review>,
    broken: Vec<Broken>,
}

/// The fingerprint of a finding with these numbers, where another has the same without them.
pub fn with_values(fingerprint: &str, values: &str) -> String {
    let hash = blake3::hash(values.as_bytes());
    let [a, b, ..] = *hash.as_bytes();
    format!("{fingerprint}-{a:02x}{b:02x}")
}

impl Reviews {
    /// What is said of the finding with this fingerprint and these numbers.
    pub fn of(&self, fingerprint: &str, values: &str) -> Option<&Review> {
        self.said.get(&self.place(fingerprint, values)?)
    }

    /// Under which fingerprint that is said.
    fn place(&self, fingerprint: &str, values: &str) -> Option<String> {
        let holds = |print: &String| {
            let same = |r: &Review| r.values.is_empty() || values.is_empty() || r.values == values;
            self.said.get(print).is_some_and(same)
        };
        let own = with_values(fingerprint, values);
        [own, fingerprint.to_owned()].into_iter().find(holds)
    }

    /// Under which fingerprint something is to be said of a finding of the report at `path`:
    /// its own, unless that is taken by another report's.
    pub fn key(&self, fingerprint: &str, values: &str, path: &str) -> String {
        let taken = self.said.get(fingerprint).is_some_and(|r| r.report != path);
        let place = self.place(fingerprint, values);
        place.unwrap_or_else(|| match taken {
            true => with_values(fingerprint, values),
            false => fingerprint.to_owned(),
        })
    }

    /// Whether a person has dismissed it.
    pub fn is_dismissed(&self, fingerprint: &str, values: &str) -> bool {
        self.of(fingerprint, values)
            .is_some_and(|r| r.verdict == Verdict::Dismissed)
    }

    /// All, by fingerprint.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Review)> {
        self.said
            .iter()
            .map(|(print, review)| (print.as_str(), review))
    }

    /// Entries that cannot be understood. Of a file that is broken as a whole
    /// [`Sidecar::broken`] tells.
    pub fn broken(&self) -> &[Broken] {
        &self.broken
    }

    fn take(&mut self, file: &Path) {
        let Ok(text) = std::fs::read_to_string(file) else {
            return;
        };
        let table = toml::from_str::<toml::Table>(&text).unwrap_or_default();
        let mut broken = |entry: &str, reason: String| {
            self.broken.push(Broken {
                file: file.to_owned(),
                entry: entry.to_owned(),
                reason,
            });
        };
        let reviews = match table.get("review") {
            None => return,
            Some(toml::Value::Table(reviews)) => reviews,
            Some(_) => return broken("", "`review` is not a table".to_owned()),
        };
        for (print, said) in reviews {
            match said.clone().try_into::<Review>() {
                Ok(review) => {
                    self.said.insert(print.clone(), review);
                }
                Err(e) => broken(print, one_line(&e.to_string())),
            }
        }
    }
}

/// What people have dismissed in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dismissed {
    reviews: Reviews,
    /// Changes when what is said of the file does; 0 where none of it names the file.
    pub(super) stamp: u64,
}

impl Dismissed {
    /// Whether a finding with this fingerprint and these numbers is dismissed.
    pub fn has(&self, fingerprint: &str, values: &str) -> bool {
        self.reviews.is_dismissed(fingerprint, values)
    }
}

/// What is dismissed in each file of a corpus.
pub(super) struct ByFile {
    named: BTreeMap<String, Arc<Dismissed>>,
    /// What names no file that is there: it may be of one that had that name once.
    lost: Option<Arc<Dismissed>>,
}

impl ByFile {
    /// None where nothing is dismissed.
    pub fn of(reviews: &Reviews, is_there: impl Fn(&str) -> bool) -> Option<Self> {
        let mut named: BTreeMap<String, Reviews> = BTreeMap::new();
        let mut lost = Reviews::default();
        let dismissed = reviews.iter();
        for (print, review) in dismissed.filter(|(_, r)| r.verdict == Verdict::Dismissed) {
            let of = match is_there(&review.report) {
                true => named.entry(review.report.clone()).or_default(),
                false => &mut lost,
            };
            of.said.insert(print.to_owned(), review.clone());
        }
        if named.is_empty() && lost.said.is_empty() {
            return None;
        }
        let stamp = |reviews: &Reviews| {
            let mut hash = blake3::Hasher::new();
            for (print, review) in reviews.iter() {
                hash.update(format!("{print}\0{}\0", review.values).as_bytes());
            }
            let [a, b, c, d, e, f, g, h, ..] = *hash.finalize().as_bytes();
            u64::from_le_bytes([a, b, c, d, e, f, g, h]).max(1)
        };
        let of_file = |(path, reviews): (String, Reviews)| {
            let stamp = stamp(&reviews);
            (path, Arc::new(Dismissed { reviews, stamp }))
        };
        let lost = Some(lost).filter(|l| !l.said.is_empty());
        Some(Self {
            named: named.into_iter().map(of_file).collect(),
            lost: lost.map(|reviews| Arc::new(Dismissed { reviews, stamp: 0 })),
        })
    }

    /// What is dismissed in the file at `path`.
    pub fn get(&self, path: &str) -> Option<Arc<Dismissed>> {
        self.named.get(path).or(self.lost.as_ref()).cloned()
    }
}

impl Corpus {
    /// What people say of its findings, as `gongkai.toml` has it now.
    pub fn reviews(&self) -> Reviews {
        let mut reviews = Reviews::default();
        for (file, _) in self.sidecar_files() {
            reviews.take(&file);
        }
        reviews
    }

    /// Writes down what a person says of the finding with this fingerprint, in place of
    /// what was said before; none takes it back. Returns the file written.
    ///
    /// # Errors
    /// As [`Corpus::edit_sidecar`].
    pub fn review(
        &self,
        fingerprint: &str,
        review: Option<&Review>,
    ) -> Result<PathBuf, SidecarError> {
        let written = self.edit_sidecar(|document| say(document, fingerprint, review))?;
        // What another file of the corpus says must not win over it.
        for (file, _) in self.sidecar_files() {
            let says = || {
                let mut there = Reviews::default();
                there.take(&file);
                there.said.contains_key(fingerprint)
            };
            if file != written && says() {
                Sidecar::edit(&file, |document| say(document, fingerprint, None))?;
            }
        }
        Ok(written)
    }
}

fn say(document: &mut DocumentMut, fingerprint: &str, review: Option<&Review>) {
    let table = || {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    };
    let reviews = document.entry("review").or_insert_with(table);
    let Some(reviews) = reviews.as_table_like_mut() else {
        return;
    };
    let Some(review) = review else {
        reviews.remove(fingerprint);
        return;
    };
    let mut entry = Table::new();
    entry.insert("verdict", toml_edit::value(review.verdict.word()));
    let words = [
        ("reason", &review.reason),
        ("rule", &review.rule),
        ("report", &review.report),
        ("values", &review.values),
    ];
    for (key, words) in words {
        if !words.is_empty() {
            entry.insert(key, toml_edit::value(words.as_str()));
        }
    }
    reviews.insert(fingerprint, Item::Table(entry));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_kept_beside_corrections_and_can_be_taken_back() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join(super::super::SIDECAR);
        let before = "# mine\n[report.\"a.txt\"]\nyear = 2009 # seen on paper\n";
        std::fs::write(&file, before).expect("written");
        let corpus = Corpus::open(&[dir.path()]).expect("a corpus");
        let review = Review {
            verdict: Verdict::Dismissed,
            reason: "含“上年结转”".to_owned(),
            rule: "R-P2".to_owned(),
            report: "a.txt".to_owned(),
            values: "90 81".to_owned(),
        };
        let written = corpus.review("0123", Some(&review)).expect("written");
        assert_eq!(std::fs::canonicalize(&file).ok(), Some(written));
        assert_eq!(corpus.reviews().of("0123", "90 81"), Some(&review));
        assert!(corpus.reviews().is_dismissed("0123", "90 81"));
        // Another error in the same place: nobody has looked at it.
        assert!(!corpus.reviews().is_dismissed("0123", "90 18"));
        let text = std::fs::read_to_string(&file).expect("there");
        assert!(text.starts_with(before), "{text}");
        let confirmed = Review {
            verdict: Verdict::Confirmed,
            reason: String::new(),
            ..review
        };
        corpus.review("0123", Some(&confirmed)).expect("written");
        assert!(!corpus.reviews().is_dismissed("0123", "90 81"));
        corpus.review("0123", None).expect("written");
        assert!(corpus.reviews().iter().next().is_none());
        let text = std::fs::read_to_string(&file).expect("there");
        assert!(text.contains("seen on paper"), "{text}");
    }

    #[test]
    fn samples_are_reviewed_in_the_state_directory() {
        let dir = tempfile::tempdir().expect("a folder");
        let corpus = Corpus::samples().keeping(dir.path().join("state"));
        let review = Review {
            verdict: Verdict::Dismissed,
            reason: "known".to_owned(),
            rule: String::new(),
            report: String::new(),
            values: String::new(),
        };
        let file = corpus.review("ab", Some(&review)).expect("written");
        assert!(file.starts_with(dir.path()));
        assert!(corpus.reviews().is_dismissed("ab", "1 2"));
        assert!(Corpus::samples().review("ab", Some(&review)).is_err());
    }

    #[test]
    fn what_cannot_be_understood_says_nothing() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join(super::super::SIDECAR);
        let corpus = Corpus::open(&[dir.path()]).expect("a corpus");
        for text in ["review = 3", "[review.x]\nverdict = \"perhaps\"", "[review"] {
            std::fs::write(&file, text).expect("written");
            let reviews = corpus.reviews();
            assert!(reviews.iter().next().is_none(), "{text}");
            let told = reviews.broken().len() + corpus.sidecar().broken().len();
            assert_eq!(told, 1, "{text}");
        }
    }

    #[test]
    fn two_files_with_one_fingerprint_have_a_review_each() {
        let dir = tempfile::tempdir().expect("a folder");
        let corpus = Corpus::open(&[dir.path()]).expect("a corpus");
        let say = |path: &str, values: &str| {
            let review = Review {
                verdict: Verdict::Dismissed,
                reason: path.to_owned(),
                rule: "R-T3a".to_owned(),
                report: path.to_owned(),
                values: values.to_owned(),
            };
            let key = corpus.reviews().key("0123", values, path);
            corpus.review(&key, Some(&review)).expect("written");
            key
        };
        let reason = |values: &str| Some(corpus.reviews().of("0123", values)?.reason.clone());
        assert_eq!(say("a.html", "20 19"), "0123");
        assert_eq!(reason("20 77"), None, "nobody has looked at the other file");
        let other = say("b.html", "20 77");
        assert_ne!(other, "0123");
        assert_eq!(reason("20 19").as_deref(), Some("a.html"));
        assert_eq!(reason("20 77").as_deref(), Some("b.html"));
        // A file whose number was corrected is looked at again in its own place.
        assert_eq!(say("a.html", "20 18"), "0123");
        let key = corpus.reviews().key("0123", "20 77", "b.html");
        corpus.review(&key, None).expect("written");
        assert_eq!(reason("20 77"), None);
    }
}
