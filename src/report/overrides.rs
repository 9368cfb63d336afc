//! What a person says of a report (`gongkai.toml`) stands above what was read in it.

use super::place::Gazetteer;
use super::{Basis, Kind, Region, Year};
use crate::corpus::{Override, SaidKind};

/// The region that a person names: a code, or names such as 广州市荔湾区 or 荔湾区; none when
/// there is no such code or the names do not tell one region.
pub fn region(words: &str, year: Option<i32>) -> Option<Region> {
    let gazetteer = Gazetteer::embedded();
    let words = words.trim();
    if words.len() == 6 && words.bytes().all(|b| b.is_ascii_digit()) {
        let unit = gazetteer.by_code(words, year)?;
        return Some(gazetteer.region(unit, year, Basis::Override));
    }
    let body = gazetteer.body(&crate::text::fold::fold(words), year, Basis::Override);
    body.region.filter(|_| body.rest.is_empty())
}

/// The year said, with its basis.
pub fn year(said: &Override) -> Option<Year> {
    said.year.map(|value| Year {
        value,
        basis: Basis::Override,
    })
}

/// The kind said.
pub fn kind(said: &Override) -> Option<Kind> {
    said.kind.map(|kind| match kind {
        SaidKind::Report => Kind::Report,
        SaidKind::Other => Kind::Other,
    })
}

/// What is wrong with what is said, one English sentence each.
pub fn problems(said: &Override) -> Vec<String> {
    let mut problems = Vec::new();
    if let Some(words) = &said.region
        && region(words, said.year).is_none()
    {
        problems.push(format!("gongkai.toml: no region is called {words}"));
    }
    if let Some(year) = said.year.filter(|y| !(1990..=2100).contains(y)) {
        problems.push(format!("gongkai.toml: {year} is no year of a report"));
    }
    problems
}
