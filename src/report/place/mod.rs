//! Where a body is: the embedded gazetteer (`assets/regions.tsv`, every province, prefecture
//! and county since 2008), and a body's name taken apart by it.

mod named;

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;

use super::body;
use super::{Basis, Level, Region};
use crate::text::fold::fold;
pub use named::Body;

/// One administrative division under one name.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Six digits of GB/T 2260.
    pub code: String,
    /// Official name.
    pub name: String,
    /// First year of this name under this code.
    pub first: i32,
    /// Last year, 9999 while it is in use.
    pub last: i32,
}

impl Unit {
    /// Rank, told by the code's zeros.
    pub fn level(&self) -> Level {
        match self.code.as_str() {
            "000000" => Level::National,
            c if c.ends_with("0000") => Level::Province,
            c if c.ends_with("00") => Level::Prefecture,
            _ => Level::County,
        }
    }

    /// Whether it lies in `other`.
    fn is_within(&self, other: &Unit) -> bool {
        let stem = other.code.trim_end_matches("00");
        let stem = if other.code.ends_with("0000") {
            &other.code[..2]
        } else {
            stem
        };
        self.code != other.code && self.code.starts_with(stem)
    }

    /// Whether the name may stand in a report on `year`; names are used a year longer and
    /// now and then a year earlier than the law has it.
    fn fits(&self, year: Option<i32>) -> bool {
        year.is_none_or(|y| self.first - 1 <= y && y <= self.last.saturating_add(1))
    }
}

/// The embedded gazetteer.
pub struct Gazetteer {
    units: Vec<Unit>,
    /// Folded full names.
    names: FxHashMap<String, Vec<usize>>,
    /// Folded short names and aliases.
    shorts: FxHashMap<String, Vec<usize>>,
    /// Names of counties without their last character, as zones are called by them.
    stems: FxHashMap<String, Vec<usize>>,
    by_code: FxHashMap<String, Vec<usize>>,
    longest: usize,
}

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::parse(include_str!("../../../assets/regions.tsv")));

impl Gazetteer {
    /// The embedded one.
    pub fn embedded() -> &'static Self {
        &GAZETTEER
    }

    fn parse(table: &str) -> Self {
        let mut gazetteer = Self {
            units: Vec::new(),
            names: FxHashMap::default(),
            shorts: FxHashMap::default(),
            stems: FxHashMap::default(),
            by_code: FxHashMap::default(),
            longest: 0,
        };
        for line in table.lines().skip(1) {
            let mut fields = line.split('\t');
            let (Some(code), Some(name), Some(first), Some(last)) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let at = gazetteer.units.len();
            gazetteer.units.push(Unit {
                code: code.to_owned(),
                name: name.to_owned(),
                first: first.parse().unwrap_or(2000),
                last: last.parse().unwrap_or(9999),
            });
            let folded = fold(name);
            gazetteer.longest = gazetteer.longest.max(folded.chars().count());
            if let Some(stem) = folded.strip_suffix(['市', '县', '区', '旗'])
                && stem.chars().count() >= 2
            {
                let stems = gazetteer.stems.entry(stem.to_owned()).or_default();
                stems.push(at);
            }
            gazetteer.names.entry(folded).or_default().push(at);
            gazetteer
                .by_code
                .entry(code.to_owned())
                .or_default()
                .push(at);
            for short in fields
                .next()
                .unwrap_or("")
                .split(',')
                .filter(|s| !s.is_empty())
            {
                gazetteer.shorts.entry(fold(short)).or_default().push(at);
            }
        }
        gazetteer
    }

    /// All divisions, ordered by code.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The division that bears `code` in `year` (the newest name without a year).
    pub fn by_code(&self, code: &str, year: Option<i32>) -> Option<&Unit> {
        let units = self.by_code.get(code)?;
        let of = |i: &usize| &self.units[*i];
        units
            .iter()
            .map(of)
            .find(|u| year.is_some_and(|y| u.first <= y && y <= u.last))
            .or_else(|| units.iter().map(of).max_by_key(|u| u.last))
    }

    /// Names from the province down to `unit`.
    pub fn path(&self, unit: &Unit, year: Option<i32>) -> Vec<String> {
        let mut path = Vec::new();
        for length in [2, 4] {
            let code = format!("{:0<6}", &unit.code[..length]);
            if code != unit.code
                && code != "000000"
                && let Some(above) = self.by_code(&code, year)
            {
                path.push(above.name.clone());
            }
        }
        path.push(unit.name.clone());
        path
    }

    /// Where names of divisions, or of known zones, begin in a folded text.
    pub fn mentions<'t>(&'static self, folded: &'t str) -> impl Iterator<Item = usize> + use<'t> {
        static AUTOMATON: LazyLock<AhoCorasick> = LazyLock::new(|| {
            let gazetteer = Gazetteer::embedded();
            let names = gazetteer.names.keys().chain(gazetteer.shorts.keys());
            let stems = gazetteer.stems.keys();
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(names.chain(stems).chain(body::known_zones()))
                .expect("names are few")
        });
        AUTOMATON.find_iter(folded).map(|m| m.start())
    }

    /// `unit` as the region of a report on `year`.
    pub fn region(&self, unit: &Unit, year: Option<i32>, basis: Basis) -> Region {
        Region {
            code: unit.code.clone(),
            name: unit.name.clone(),
            level: unit.level(),
            path: self.path(unit, year),
            basis,
        }
    }
}
