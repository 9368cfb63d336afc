//! Checks that need more than one report: year after year (R-Y…, R-T2b, R-T2e), parent and
//! children (R-H1), the same report twice (R-X5), text taken over (R-L3). They look at
//! light facts of all reports, never at all their texts at once; what they find is told of
//! the later report.

#[cfg(test)]
mod chance;
mod facts;
mod near;
mod passages;
mod pieces;
mod plain;
mod sketch;
mod taken;
mod years;

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::audit::draft::Draft;
use crate::audit::rules::rule;
use crate::audit::{Finding, Message, Status, owner};
use crate::report::Level;
use facts::Fact;
pub use facts::Facts;
pub use plain::{Plain, plain_text};
pub use sketch::Sketch;
pub use taken::{Texts, taken_over};

/// Checks all reports of a corpus against one another, but for their texts ([`taken_over`]).
/// Findings come with the place of the report they are told of, in the order of reports.
pub fn check(all: &[Facts]) -> Vec<(usize, Finding)> {
    let bodies = bodies(all);
    let mut found = Vec::new();
    for reports in &bodies {
        twins(all, reports, &mut found);
        years::check(all, reports, &mut found);
    }
    children(all, &mut found);
    found.sort_by_key(|(at, _)| *at);
    found
}

/// The reports of each body, by year; of one year in the order of paths.
fn bodies(all: &[Facts]) -> Vec<Vec<usize>> {
    let mut by_body: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, facts) in all.iter().enumerate() {
        if !facts.body.is_empty() && facts.year.is_some() {
            by_body.entry(&facts.body).or_default().push(at);
        }
    }
    let mut bodies: Vec<Vec<usize>> = by_body.into_values().collect();
    for reports in &mut bodies {
        reports.sort_by_key(|at| (all[*at].year, &all[*at].path));
    }
    bodies.sort();
    bodies
}

/// A finding about a report of which only the facts are here.
fn told(all: &[Facts], at: usize, facts: &[&Fact], draft: Draft) -> (usize, Finding) {
    let ids = facts.iter().map(|f| format!("f{}", f.figure + 1)).collect();
    let body = Some(all[at].body.as_str()).filter(|b| !b.is_empty());
    let owner = owner(body, all[at].year, &all[at].path);
    (at, draft.told(&owner, ids, &[]))
}

fn label(fact: &Fact) -> Message {
    let known = fact.key.indicator();
    known.map_or_else(
        || Message::same(""),
        |i| Message {
            zh: i.zh.clone(),
            en: i.en.clone(),
        },
    )
}

/// R-X5: two files of one body and year whose figures all agree.
fn twins(all: &[Facts], reports: &[usize], found: &mut Vec<(usize, Finding)>) {
    let Some(rule) = rule("R-X5") else { return };
    for (n, &later) in reports.iter().enumerate() {
        let earlier = reports[..n].iter().find(|e| same_report(all, **e, later));
        if let Some(&earlier) = earlier {
            let draft = Draft::new(rule, Status::Warn, "wrong")
                .key(&all[earlier].path)
                .put("path", &all[earlier].path)
                .put("count", all[later].facts.len());
            found.push(told(all, later, &[], draft));
        }
    }
}

fn same_report(all: &[Facts], a: usize, b: usize) -> bool {
    let (a, b) = (&all[a], &all[b]);
    let values = |f: &Facts| -> Vec<_> { f.facts.iter().map(|f| (f.key, f.value)).collect() };
    a.body == b.body && a.year == b.year && a.facts.len() >= 3 && values(a) == values(b)
}

/// R-H1: a government that says it sums up the reports below it, when every region below
/// it has one.
fn children(all: &[Facts], found: &mut Vec<(usize, Finding)>) {
    let Some(rule) = rule("R-H1") else { return };
    let mut below: HashMap<(Level, &str, i32), Vec<usize>> = HashMap::new();
    for (at, facts) in all.iter().enumerate().filter(|(_, f)| f.is_government) {
        let (Some(level), Some(year)) = (facts.level, facts.year) else {
            continue;
        };
        let parent = match level {
            Level::Prefecture => facts.code.get(..2),
            Level::County => facts.code.get(..4),
            _ => None,
        };
        if let Some(parent) = parent {
            below.entry((level, parent, year)).or_default().push(at);
        }
    }
    for (at, facts) in all.iter().enumerate() {
        if !facts.sums_up || !facts.is_government {
            continue;
        }
        let (Some(level), Some(year)) = (facts.level, facts.year) else {
            continue;
        };
        let (child, parent) = match level {
            Level::Province => (Level::Prefecture, facts.code.get(..2)),
            Level::Prefecture => (Level::County, facts.code.get(..4)),
            _ => continue,
        };
        let Some(parent) = parent else { continue };
        let children = below
            .get(&(child, parent, year))
            .map_or(&[][..], Vec::as_slice);
        let mut codes: Vec<&str> = children.iter().map(|c| all[*c].code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        if children.len() < 2
            || codes.len() != children.len()
            || !years::every_region_is_there(child, parent, year, &codes)
        {
            continue;
        }
        for key in ["requests.received.new", "requests.closed.total"] {
            let Some(own) = facts.total(key) else {
                continue;
            };
            let parts: Option<Vec<Decimal>> = children
                .iter()
                .map(|c| all[*c].total(key).map(|f| f.value))
                .collect();
            let Some(sum) =
                parts.and_then(|p| p.iter().try_fold(Decimal::ZERO, |s, v| s.checked_add(*v)))
            else {
                continue;
            };
            let (status, case) = match sum == own.value {
                true => (Status::Pass, "equal"),
                false => (Status::Warn, "wrong"),
            };
            let draft = Draft::new(rule, status, case)
                .key(key)
                .say("label", &label(own))
                .put("count", children.len())
                .values(sum, own.value);
            found.push(told(all, at, &[own], draft));
        }
    }
}
