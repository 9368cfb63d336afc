//! Reports ordered by an indicator, where each stands among its peers, and sums. Reads
//! columns of numbers; documents are opened for the visible window only.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use serde::Serialize;
use tantivy::columnar::Column;

use super::compare::{Era, Note, When, between};
use super::library::{Entry, Inner, Library};
use super::{Filter, ReportRow, Window};
use crate::figure::catalogue::Catalogue;
use crate::figure::number;
use crate::figure::rates::{self, Definition, Rate};
use crate::index::schema::SCALE;
use crate::report::Kind;

/// How an indicator is spread over reports.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Ranking {
    /// Key of the indicator.
    pub key: String,
    /// Unit of its values.
    pub unit: String,
    /// Reports that state it.
    pub stated: usize,
    /// Reports that do not. They have no place: not stated is not zero.
    pub missing: usize,
    /// The middle of the values, and those a quarter of the reports stay below and above.
    pub quartiles: Option<[Decimal; 3]>,
    /// The reports in the window, the greatest value first (or last).
    pub rows: Vec<Ranked>,
    /// Where the rows count otherwise than the first of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// A report at its place.
#[derive(Debug, Clone, Serialize)]
pub struct Ranked {
    /// 1 for the greatest value; equal values share a place.
    pub place: usize,
    /// Of a hundred peers, how many have a smaller value; those with the same value count
    /// half, so that the middle of the list is 50. 0 to 100, one decimal.
    #[serde(serialize_with = "number::exact")]
    pub percentile: Decimal,
    /// As stated.
    #[serde(serialize_with = "number::exact")]
    pub value: Decimal,
    /// Of a rate, or of a group whose rows alone are printed: the numbers it was made of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// Of a rate: its base is small.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub small: bool,
    /// It counts otherwise than the first row: which of [`Ranking::notes`] says how.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<usize>,
    /// Other versions of the report that state another value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<Elsewhere>,
    /// The report.
    pub report: ReportRow,
}

/// What another version of a report states.
#[derive(Debug, Clone, Serialize)]
pub struct Elsewhere {
    /// Path of the file.
    pub path: String,
    /// Its value.
    #[serde(serialize_with = "number::exact")]
    pub value: Decimal,
}

/// Unit of an indicator (with the kind of applicant behind a slash) or a rate.
fn unit(key: &str) -> String {
    let indicator = key.split('/').next().unwrap_or_default();
    let known = Catalogue::current().get(indicator).map(|i| i.unit.clone());
    let rate = || rates::definition(key).map(|d| d.unit().to_owned());
    known.or_else(rate).unwrap_or_default()
}

/// The columns that an indicator, a group or a rate is read from.
struct Source {
    own: Vec<Option<Column<i64>>>,
    rate: Option<&'static Definition>,
    terms: Vec<(&'static str, Vec<Option<Column<i64>>>)>,
}

impl Source {
    fn of(store: &Inner, key: &str) -> Self {
        let rate = rates::definition(key).or_else(|| rates::standing_for(key));
        let terms = rate.map(Definition::terms).unwrap_or_default();
        Self {
            own: store.figure(key),
            rate,
            terms: terms.into_iter().map(|t| (t, store.figure(t))).collect(),
        }
    }

    /// What a rate comes to in a report; none where it is an indicator.
    fn rate(&self, entry: &Entry) -> Option<Rate> {
        let stated = |key: &str| {
            let (_, columns) = self.terms.iter().find(|t| t.0 == key)?;
            first(columns, entry).map(|v| Decimal::new(v, SCALE))
        };
        self.rate?.of(&stated)
    }

    /// The value of a report, scaled: a rate by its operands, else as it is stated.
    fn value(&self, entry: &Entry) -> Option<i64> {
        let scaled = |rate: Rate| {
            let mut value = rate.value;
            value.rescale(SCALE);
            i64::try_from(value.mantissa()).ok()
        };
        let rate = self.rate(entry).and_then(scaled);
        rate.or_else(|| first(&self.own, entry))
    }
}

fn first(columns: &[Option<Column<i64>>], entry: &Entry) -> Option<i64> {
    let column = columns.get(entry.segment as usize)?.as_ref()?;
    column.first(entry.doc)
}

impl Library {
    /// The reports that pass `filter` in the order of `key`; the smallest first when
    /// `ascending`. Other documents take no part.
    pub fn rank(&self, key: &str, filter: &Filter, ascending: bool, window: Window) -> Ranking {
        self.inner.guarded(Ranking::default(), || {
            let filter = Filter {
                kind: Some(Kind::Report),
                ..filter.clone()
            };
            let those = self.inner.passing(&filter);
            let source = Source::of(&self.inner, key);
            let entry = |at: u32| &self.inner.reports[at as usize];
            let value = |at: u32| source.value(entry(at));
            let with_value = those.iter().filter_map(|&at| Some((value(at)?, at)));
            let mut valued: Vec<(i64, u32)> = with_value.collect();
            let ranks = self.inner.ranks();
            // Of equals the one whose path comes first.
            valued.sort_unstable_by_key(|&(v, at)| (Reverse(v), ranks[at as usize]));
            let values: Vec<i64> = valued.iter().map(|v| v.0).collect();
            let stated = values.len();
            if ascending {
                valued.reverse();
            }
            let end = window.end.min(stated);
            let shown = &valued[window.start.min(end)..end];
            let docs: Vec<u32> = shown.iter().map(|v| v.1).collect();
            let reports = self.inner.rows(&docs, &[]);
            let rows = shown.iter().zip(reports).map(|(&(v, at), report)| {
                let rate = source.rate(entry(at));
                Ranked {
                    place: values.partition_point(|&o| o > v) + 1,
                    percentile: percentile(&values, v),
                    value: Decimal::new(v, SCALE).normalize(),
                    small: rate.as_ref().is_some_and(|r| r.small),
                    // A group that is printed is no sum.
                    formula: rate.map(|r| r.formula).filter(|f| f.contains(' ')),
                    note: None,
                    elsewhere: self.inner.elsewhere(at, v, &source),
                    report,
                }
            });
            let mut ranking = Ranking {
                key: key.to_owned(),
                unit: unit(key),
                stated,
                missing: those.len() - stated,
                quartiles: quartiles(&values),
                rows: rows.collect(),
                notes: Vec::new(),
            };
            ranking.mark_breaks();
            ranking
        })
    }
}

impl Inner {
    /// The other files of a report's body and year that do not state `value`, but another.
    fn elsewhere(&self, at: u32, value: i64, source: &Source) -> Vec<Elsewhere> {
        let others = self.copies().others(at).iter();
        let otherwise = others.filter_map(|&other| {
            let entry = self.reports.get(other as usize)?;
            let stated = source.value(entry).filter(|v| *v != value)?;
            Some(Elsewhere {
                path: self.card(entry)?.path,
                value: Decimal::new(stated, SCALE).normalize(),
            })
        });
        otherwise.collect()
    }
}

impl Ranking {
    /// Marks the rows that count by other rules than the first.
    fn mark_breaks(&mut self) {
        let when = |row: &Ranked| When {
            year: row.report.year,
            era: Era::of(row.report.form, row.report.year),
        };
        let Some(first) = self.rows.first().map(when) else {
            return;
        };
        let catalogue = Catalogue::current();
        let key = self.key.split('/').next().unwrap_or_default();
        let stock = catalogue.get(key).is_some_and(|i| i.stock || i.unit == "%")
            || rates::definition(key).is_some_and(|d| d.unit() == "%");
        for row in &mut self.rows {
            let Some(note) = between(key, stock, first, when(row)) else {
                continue;
            };
            let known = self.notes.iter().position(|n| *n == note);
            row.note = Some(known.unwrap_or(self.notes.len()));
            if known.is_none() {
                self.notes.push(note);
            }
        }
    }
}

impl Library {
    /// The sum of each of `columns` over the reports that pass `filter`: of those that state
    /// it, none when none does. Other documents are not counted.
    pub fn totals(&self, filter: &Filter, columns: &[String]) -> Vec<Option<Decimal>> {
        self.inner.guarded(vec![None; columns.len()], || {
            let filter = Filter {
                kind: Some(Kind::Report),
                // One report counts once, however many files of it are shown.
                copies: false,
                ..filter.clone()
            };
            let those = self.inner.passing(&filter);
            let total = |key: &String| {
                let columns = self.inner.figure(key);
                let values = those
                    .iter()
                    .filter_map(|&at| first(&columns, &self.inner.reports[at as usize]));
                let sum = values.map(i128::from).reduce(|a, b| a + b)?;
                let sum = Decimal::try_from_i128_with_scale(sum, SCALE).ok()?;
                Some(sum.normalize())
            };
            columns.iter().map(total).collect()
        })
    }
}

/// Of a hundred of `values` (greatest first), how many are below `value`; equals count half.
fn percentile(values: &[i64], value: i64) -> Decimal {
    let above = values.partition_point(|&o| o > value);
    let until = values.partition_point(|&o| o >= value);
    let halves = 2 * (values.len() - until) + (until - above);
    let whole = Decimal::from(2 * values.len().max(1));
    (Decimal::from(halves) * Decimal::ONE_HUNDRED / whole).round_dp(1)
}

/// Lower quartile, median, upper quartile of `values` (greatest first), between two values
/// where they fall between two.
fn quartiles(values: &[i64]) -> Option<[Decimal; 3]> {
    let last = values.len().checked_sub(1)?;
    let at = |quarter: usize| {
        // From the smallest, which is the last.
        let (whole, rest) = (quarter * last / 4, quarter * last % 4);
        let low = Decimal::new(values[last - whole], SCALE);
        let high = Decimal::new(values[last - (whole + usize::from(rest > 0))], SCALE);
        (low + (high - low) * Decimal::from(rest) / Decimal::from(4)).normalize()
    };
    Some([at(1), at(2), at(3)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_fifty_and_equals_share_it() {
        let values = [40, 30, 20, 10];
        let all: Vec<String> = values
            .iter()
            .map(|&v| percentile(&values, v).to_string())
            .collect();
        assert_eq!(all, ["87.5", "62.5", "37.5", "12.5"]);
        assert_eq!(percentile(&[7, 7, 7], 7), Decimal::from(50));
        assert_eq!(percentile(&[], 7), Decimal::ZERO);
    }

    #[test]
    fn quartiles_fall_between_values() {
        let values: Vec<i64> = (1..=5).rev().map(|v| v * 10_000).collect();
        assert_eq!(quartiles(&values), Some([2, 3, 4].map(Decimal::from)));
        assert_eq!(
            quartiles(&[20_000, 10_000]).map(|q| q[1].to_string()),
            Some("1.5".into())
        );
        assert_eq!(quartiles(&[]), None);
    }
}
