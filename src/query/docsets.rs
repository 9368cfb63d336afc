//! Two queries that the engine does not bring: documents in given ranges, and candidates of
//! another query that are looked up in the stored text.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Value;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyDocument, TantivyError};

use super::language::Words;
use super::matching::contains;
use crate::index::document::GAPS;
use crate::index::schema::{Fields, StoredSection};
use crate::text::fold::{Folded, fold_char, odd_bit};

/// Ranges of documents (the end not included), in order, for every segment.
pub(super) type BySegment = HashMap<SegmentId, Arc<[(u32, u32)]>>;

/// Documents in ranges, segment by segment; their score is 0.
#[derive(Clone)]
pub(super) struct Ranges {
    of: Arc<BySegment>,
}

impl Ranges {
    /// Ranges in order, none of them empty.
    pub(super) fn new(of: BySegment) -> Self {
        Self { of: Arc::new(of) }
    }
}

impl fmt::Debug for Ranges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ranges")
    }
}

impl Query for Ranges {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Ranges {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let ranges = self.of.get(&reader.segment_id()).cloned();
        let ranges = ranges.unwrap_or_else(|| Arc::new([]));
        let doc = ranges.first().map_or(TERMINATED, |r| r.0);
        Ok(Box::new(RangeScorer { ranges, at: 0, doc }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explained(self, reader, doc)
    }
}

struct RangeScorer {
    ranges: Arc<[(u32, u32)]>,
    at: usize,
    doc: DocId,
}

impl DocSet for RangeScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.seek(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        if self.ranges.get(self.at).is_some_and(|r| r.1 <= target) {
            let rest = &self.ranges[self.at..];
            self.at += rest.partition_point(|r| r.1 <= target);
        }
        self.doc = match self.ranges.get(self.at) {
            Some(range) => range.0.max(target),
            None => TERMINATED,
        };
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.ranges.iter().map(|r| r.1 - r.0).sum()
    }
}

impl Scorer for RangeScorer {
    fn score(&mut self) -> Score {
        0.0
    }
}

/// Candidates of a query, of which those count that hold words in their text.
#[derive(Clone)]
pub(super) struct Checked {
    candidates: Arc<dyn Query>,
    of: Arc<Check>,
}

struct Check {
    fields: Fields,
    words: Words,
    /// Whether the candidates are certain but for how the characters are written.
    certain: bool,
    /// The characters as written, one stretch of words: what stands so in the text is found.
    written: Option<memchr::memmem::Finder<'static>>,
    /// Bits of all characters asked for, and of those that are written otherwise than they fold.
    asked: u64,
    odd: u64,
}

impl Checked {
    pub(super) fn new(
        candidates: Box<dyn Query>,
        fields: Fields,
        words: Words,
        certain: bool,
    ) -> Self {
        let (mut asked, mut odd) = (0, 0);
        for &c in words.exact.iter().flatten() {
            let folded = fold_char(c);
            asked |= odd_bit(folded);
            if folded != c {
                odd |= odd_bit(folded);
            }
        }
        let written = words.exact.as_ref().filter(|_| certain).map(|written| {
            let written: String = written.iter().collect();
            memchr::memmem::Finder::new(&written).into_owned()
        });
        Self {
            candidates: Arc::from(candidates),
            of: Arc::new(Check {
                fields,
                words,
                certain,
                written,
                asked,
                odd,
            }),
        }
    }
}

impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Checked({:?}, {:?})", self.candidates, self.of.words)
    }
}

impl Query for Checked {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(CheckedWeight {
            candidates: self.candidates.weight(scoring)?,
            of: self.of.clone(),
        }))
    }
}

struct CheckedWeight {
    candidates: Box<dyn Weight>,
    of: Arc<Check>,
}

impl Weight for CheckedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut candidates = self.candidates.scorer(reader, boost)?;
        let store = reader.get_store_reader(4)?;
        let written = reader.fast_fields().column_opt::<u64>("variants")?;
        let check = &self.of;
        let mut docs = Vec::new();
        while candidates.doc() != TERMINATED {
            let doc = candidates.doc();
            if !reader.is_deleted(doc) {
                let odd = written.as_ref().and_then(|w| w.first(doc));
                let passes = match check.decide(odd.unwrap_or(u64::MAX)) {
                    Some(certain) => certain,
                    None => check.looks(&store.get(doc)?, odd.unwrap_or(u64::MAX))?,
                };
                if passes {
                    docs.push((doc, candidates.score()));
                }
            }
            candidates.advance();
        }
        docs.push((TERMINATED, 0.0));
        Ok(Box::new(VecScorer { docs, at: 0 }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explained(self, reader, doc)
    }
}

impl Check {
    /// What can be told from the set of characters that a section does not write as they
    /// fold.
    fn decide(&self, odd: u64) -> Option<bool> {
        self.words.exact.as_ref()?;
        if odd & self.odd != self.odd {
            return Some(false);
        }
        (self.certain && self.odd == 0 && odd & self.asked == 0).then_some(true)
    }

    /// Looks into the text.
    fn looks(&self, doc: &TantivyDocument, odd: u64) -> tantivy::Result<bool> {
        if let Some(written) = &self.written {
            let body = doc.get_first(self.fields.body).and_then(|v| v.as_str());
            let found = body.is_some_and(|b| written.find(b.as_bytes()).is_some());
            // Only white space or noise between the characters can still hide them.
            if found || odd & GAPS == 0 {
                return Ok(found);
            }
        }
        let (StoredSection(_, _, base, pieces), body) = section(doc, &self.fields)?;
        let words = [&self.words];
        Ok(pieces.iter().any(|&(start, end)| {
            let Some(text) = body.get(start as usize..end as usize) else {
                return false;
            };
            let at = base + start as usize;
            let folded = Folded::new(text, at);
            words.iter().any(|w| contains(text, &folded, at, w))
        }))
    }
}

/// What is stored of a section: its card and its text.
pub(super) fn section<'a>(
    doc: &'a TantivyDocument,
    fields: &Fields,
) -> tantivy::Result<(StoredSection, &'a str)> {
    let text = |field| doc.get_first(field).and_then(|v| v.as_str());
    let damaged = || TantivyError::InternalError("a section without its text".into());
    let card = text(fields.card).ok_or_else(damaged)?;
    let card = serde_json::from_str(card).map_err(|_| damaged())?;
    Ok((card, text(fields.body).unwrap_or_default()))
}

struct VecScorer {
    /// Ends with [`TERMINATED`].
    docs: Vec<(DocId, Score)>,
    at: usize,
}

impl DocSet for VecScorer {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.docs.len() - 1);
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.docs[self.at..].partition_point(|d| d.0 < target);
        self.at = self.at.min(self.docs.len() - 1);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs[self.at].0
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32 - 1
    }
}

impl Scorer for VecScorer {
    fn score(&mut self) -> Score {
        self.docs[self.at].1
    }
}

fn explained(
    weight: &dyn Weight,
    reader: &SegmentReader,
    doc: DocId,
) -> tantivy::Result<Explanation> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    if scorer.seek(doc) == doc {
        return Ok(Explanation::new("found", scorer.score()));
    }
    Err(TantivyError::InvalidArgument("no match".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_walked_and_sought() {
        let ranges: Arc<[(u32, u32)]> = Arc::new([(1, 3), (7, 8), (10, 12)]);
        let new = || RangeScorer {
            ranges: ranges.clone(),
            at: 0,
            doc: 1,
        };
        let mut all = Vec::new();
        let mut scorer = new();
        while scorer.doc() != TERMINATED {
            all.push(scorer.doc());
            scorer.advance();
        }
        assert_eq!(all, [1, 2, 7, 10, 11]);
        assert_eq!(scorer.advance(), TERMINATED);
        for target in 1..14 {
            let expected = all.iter().copied().find(|d| *d >= target);
            assert_eq!(new().seek(target), expected.unwrap_or(TERMINATED));
        }
    }
}
