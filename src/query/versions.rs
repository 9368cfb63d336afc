//! Files of one body and year that do not say the same: a draft and what was corrected
//! later, a page and another office's of the same report. One of them stands in the lists
//! ([`super::copies`]), and whoever reads its figures has to know that another says otherwise.
//!
//! The rule: a file is a *copy* of another when its whole text is the same, or when no
//! indicator that both state has two values and their words are nearly the same. Every other
//! file of the body and year is *another version*. Texts too short for a sketch are held to
//! say the same words; two that then state nothing in common are versions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tantivy::columnar::Column;

use super::compare::APPLICANTS;
use super::copies::scope;
use super::library::{Inner, Library};
use super::{Filter, ReportRow};
use crate::audit::corpus::Sketch;
use crate::figure::catalogue::Catalogue;
use crate::index::schema::figure_column;
use crate::text::fold::fold;

/// How a file stands to another of its body and year: none for a copy, else how many of the
/// indicators that both state have another value (0: only the words differ).
pub(super) type Differing = Option<u32>;

/// A file of the same body and year that says something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Stable id.
    pub id: String,
    /// Path below the corpus root.
    pub path: String,
    /// How many of the indicators that both state have another value; 0 where only the
    /// words differ.
    pub differing: u32,
}

/// The files of a report's body and year beside its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Siblings {
    /// Path of the file that stands for this one in lists; none where it stands itself.
    pub principal: Option<String>,
    /// Paths of those that say the same.
    pub copies: Vec<String>,
    /// Those that do not, and other reports of this body and year.
    pub versions: Vec<Version>,
}

/// Columns of the catalogue's indicators in one segment.
pub(super) type Stated = Vec<(String, Column<i64>)>;

impl Library {
    /// What other files there are of the body and year of the report named `id`.
    pub fn siblings(&self, id: &str) -> Siblings {
        self.inner.guarded(Siblings::default(), || {
            self.inner.siblings(id).unwrap_or_default()
        })
    }
}

impl Inner {
    fn siblings(&self, id: &str) -> Option<Siblings> {
        let at = u32::try_from(self.position(id)?).ok()?;
        let group = self.copies().group(at);
        let mut found = Siblings::default();
        let card = |at: u32| self.card(self.reports.get(at as usize)?);
        if let Some(first) = group.first().filter(|first| **first != at) {
            found.principal = card(*first).map(|c| c.path);
        }
        let mut others: Vec<(u32, Differing)> = group
            .iter()
            .filter(|other| **other != at)
            .map(|other| (*other, self.differing(at, *other)))
            .collect();
        // Two texts that have little in common stand in the lists side by side.
        let own = self.rows(&[at], &[]).pop()?;
        let apart = self.same_year(&own);
        let apart = apart.into_iter().filter(|other| !group.contains(other));
        others.extend(apart.map(|other| (other, Some(self.values(at, other).0))));
        for (other, differing) in others {
            let Some(card) = card(other) else { continue };
            match differing {
                None => found.copies.push(card.path),
                Some(differing) => found.versions.push(Version {
                    id: card.id,
                    path: card.path,
                    differing,
                }),
            }
        }
        found.copies.sort();
        found.versions.sort_by(|a, b| a.path.cmp(&b.path));
        Some(found)
    }

    /// The reports in the lists that are of the body and year of `row`, itself among them.
    fn same_year(&self, row: &ReportRow) -> Vec<u32> {
        let (Some(year), Some(region)) = (row.year, &row.region) else {
            return Vec::new();
        };
        let filter = Filter {
            region: Some(region.clone()),
            years: Some((year, year)),
            agency: Some(row.agency.clone().unwrap_or_default()),
            kind: Some(row.kind),
            ..Filter::default()
        };
        let mut those = self.passing(&filter);
        // A region's filter holds those below it too.
        those.retain(|at| {
            let other = self.reports.get(*at as usize).and_then(|e| self.card(e));
            other.is_some_and(|c| {
                let same = c.place == row.region_path && c.agency == row.agency;
                same && scope(&fold(&c.title)) == scope(&fold(&row.title))
            })
        });
        those
    }

    /// How many of the files that a report stands for are other versions of it.
    pub(super) fn versions(&self, at: u32) -> u32 {
        if !self.copies().is_principal(at) {
            return 0;
        }
        let others = self.copies().others(at).iter();
        others.filter(|o| self.differing(at, **o).is_some()).count() as u32
    }

    /// How a file differs from the one that stands for it; a copy does not, nor does one
    /// that stands itself.
    pub(super) fn differs(&self, at: u32) -> Differing {
        let principal = *self.copies().group(at).first()?;
        self.differing(principal, at).filter(|_| principal != at)
    }

    /// How two files of one group differ.
    pub(super) fn differing(&self, a: u32, b: u32) -> Differing {
        let whole = |at| self.number_of(at, "same").filter(|text| *text != 0);
        if whole(a).is_some() && whole(a) == whole(b) {
            return None;
        }
        let (differing, common) = self.values(a, b);
        let alike = match (self.twin(a).text, self.twin(b).text) {
            (0, _) | (_, 0) => common > 0,
            (a, b) => Sketch::nearly_one(a, b),
        };
        (differing > 0 || !alike).then_some(differing)
    }

    /// Of the indicators that both state: how many have two values, how many there are.
    fn values(&self, a: u32, b: u32) -> (u32, u32) {
        let (a, b) = (self.stated(a), self.stated(b));
        let common = a.iter().filter_map(|(key, v)| Some((v, b.get(key)?)));
        common.fold((0, 0), |(differing, common), (a, b)| {
            (differing + u32::from(a != b), common + 1)
        })
    }

    /// Every indicator that a report states, with its value.
    fn stated(&self, at: u32) -> BTreeMap<&str, i64> {
        let Some(entry) = self.reports.get(at as usize) else {
            return BTreeMap::new();
        };
        let ord = entry.segment;
        let Some(segment) = self.segments.get(ord as usize) else {
            return BTreeMap::new();
        };
        let columns = segment.stated.get_or_init(|| self.columns(ord));
        let values = columns
            .iter()
            .filter_map(|(key, column)| Some((key.as_str(), column.first(entry.doc)?)));
        values.collect()
    }

    /// The columns of all indicators, together and by applicant, that a segment has.
    fn columns(&self, segment: u32) -> Stated {
        let columns = self.searcher.segment_reader(segment).fast_fields();
        let mut keys = Vec::new();
        for indicator in &Catalogue::current().indicators {
            keys.push(indicator.key.clone());
            let whose = APPLICANTS
                .iter()
                .filter_map(|who| serde_json::to_value(who).ok());
            let whose =
                whose.filter_map(|who| Some(format!("{}/{}", indicator.key, who.as_str()?)));
            keys.extend(whose);
        }
        let column = |key: String| {
            let column = columns.column_opt::<i64>(&figure_column(&key));
            Some((key, column.ok().flatten()?))
        };
        keys.into_iter().filter_map(column).collect()
    }
}
