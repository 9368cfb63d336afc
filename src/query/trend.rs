//! The reports of one body over the years.

use super::library::Library;
use super::{Filter, ReportRow, Sort, SortKey};

impl Library {
    /// The reports of the body that wrote `row`, the oldest first; those without a year
    /// have no place in it. Of several of one year only the first by path.
    pub fn years_of(&self, row: &ReportRow) -> Vec<ReportRow> {
        let filter = Filter {
            region: row.region.clone(),
            no_region: row.region.is_none(),
            agency: Some(row.agency.clone().unwrap_or_default()),
            kind: Some(row.kind),
            ..Filter::default()
        };
        let sort = Sort {
            key: SortKey::Year,
            descending: false,
        };
        let mut all = self.reports(&filter, &sort, &[], 0..usize::MAX).items;
        // A region's filter holds those below it too.
        all.retain(|r| r.year.is_some() && r.is_of(row));
        all.dedup_by_key(|r| r.year);
        all
    }
}

impl ReportRow {
    /// Whether the same body wrote both.
    pub fn is_of(&self, other: &Self) -> bool {
        self.region_path == other.region_path && self.agency == other.agency
    }
}
