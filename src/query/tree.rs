//! Trees of reports: by region, year, level or department, as lines in drawing order.

use std::collections::BTreeMap;

use super::library::{Inner, Library, code_text, codes, strings};
use super::{Filter, Grouping, Node};
use crate::index::schema::Facts;
use crate::report::Level;

impl Library {
    /// The lines of a tree over the reports that pass `filter`. Every line bears the filter
    /// that shows just its reports. Under [`Grouping::Level`] the label is the level's name
    /// in English small letters (as in JSON), for the caller to translate.
    pub fn tree(&self, grouping: Grouping, filter: &Filter) -> Vec<Node> {
        self.inner
            .guarded(Vec::new(), || self.inner.tree(grouping, filter))
    }
}

impl Inner {
    fn tree(&self, grouping: Grouping, filter: &Filter) -> Vec<Node> {
        let those = self.passing(filter);
        match grouping {
            Grouping::Region => self.by_region(&those, filter),
            Grouping::Year => {
                let mut counts: BTreeMap<Option<i32>, usize> = BTreeMap::new();
                for facts in self.facts(&those) {
                    *counts.entry(facts.year).or_default() += 1;
                }
                // Newest first, unknown last.
                counts
                    .into_iter()
                    .rev()
                    .map(|(year, count)| Node {
                        label: year.map_or_else(String::new, |y| y.to_string()),
                        depth: 0,
                        count,
                        filter: Filter {
                            years: year.map(|y| (y, y)).or(filter.years),
                            no_year: year.is_none(),
                            ..filter.clone()
                        },
                    })
                    .collect()
            }
            Grouping::Level => {
                let mut counts: BTreeMap<Level, usize> = BTreeMap::new();
                let mut unknown = 0;
                for facts in self.facts(&those) {
                    match facts.level {
                        Some(level) => *counts.entry(level).or_default() += 1,
                        None => unknown += 1,
                    }
                }
                let mut nodes: Vec<Node> = counts
                    .into_iter()
                    .map(|(level, count)| Node {
                        label: level_name(level).to_owned(),
                        depth: 0,
                        count,
                        filter: Filter {
                            level: Some(level),
                            ..filter.clone()
                        },
                    })
                    .collect();
                nodes.extend(without_region(unknown, filter));
                nodes
            }
            Grouping::Agency => self.by_agency(&those, filter),
        }
    }
}

/// The level's name as JSON has it.
pub(super) fn level_name(level: Level) -> &'static str {
    match level {
        Level::National => "national",
        Level::Province => "province",
        Level::Prefecture => "prefecture",
        Level::County => "county",
        Level::Township => "township",
    }
}

fn without_region(count: usize, filter: &Filter) -> Option<Node> {
    (count > 0).then(|| Node {
        label: String::new(),
        depth: 0,
        count,
        filter: Filter {
            no_region: true,
            region: None,
            ..filter.clone()
        },
    })
}

impl Inner {
    pub(super) fn facts<'a>(&'a self, reports: &'a [u32]) -> impl Iterator<Item = Facts> + 'a {
        reports
            .iter()
            .map(|&at| Facts::unpack(self.reports[at as usize].facts))
    }

    fn by_region(&self, reports: &[u32], filter: &Filter) -> Vec<Node> {
        let places = self.places();
        // Code by code from the province down: the order in which a tree is drawn.
        let mut counts: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
        let mut unknown = 0;
        let mut own: BTreeMap<u32, usize> = BTreeMap::new();
        for facts in self.facts(reports) {
            match facts.region {
                Some(code) => *own.entry(code).or_default() += 1,
                None => unknown += 1,
            }
        }
        for (code, count) in own {
            let depth = places.get(&code).map_or(1, Vec::len).max(1);
            let path = codes(code, depth);
            for depth in 1..=path.len() {
                *counts.entry(path[..depth].to_vec()).or_default() += count;
            }
        }
        let mut nodes: Vec<Node> = counts
            .into_iter()
            .map(|(path, count)| {
                let code = path.last().copied().unwrap_or_default();
                let name = places.get(&code).and_then(|names| names.last());
                Node {
                    label: name.cloned().unwrap_or_else(|| code_text(code)),
                    depth: (path.len() - 1) as u8,
                    count,
                    filter: Filter {
                        region: Some(code_text(code)),
                        ..filter.clone()
                    },
                }
            })
            .collect();
        nodes.extend(without_region(unknown, filter));
        nodes
    }

    fn by_agency(&self, reports: &[u32], filter: &Filter) -> Vec<Node> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut governments = 0;
        for segment in &self.segments {
            let names = strings(&segment.agency);
            let mut own = vec![0; names.len()];
            let ours = |at: &&u32| (segment.first..segment.last).contains(&(**at as usize));
            for &at in reports.iter().filter(ours) {
                let column = segment.agency.as_ref().map(|c| c.ords());
                match column.and_then(|c| c.first(self.reports[at as usize].doc)) {
                    Some(n) if (n as usize) < own.len() => own[n as usize] += 1,
                    _ => governments += 1,
                }
            }
            for (name, count) in names.into_iter().zip(own) {
                if count > 0 {
                    *counts.entry(name).or_default() += count;
                }
            }
        }
        let node = |label: &str, count| Node {
            label: label.to_owned(),
            depth: 0,
            count,
            filter: Filter {
                agency: Some(label.to_owned()),
                ..filter.clone()
            },
        };
        let mut nodes = Vec::new();
        if governments > 0 {
            nodes.push(node("", governments));
        }
        let mut named: Vec<(String, usize)> = counts.into_iter().collect();
        named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        nodes.extend(named.iter().map(|(name, count)| node(name, *count)));
        nodes
    }
}
