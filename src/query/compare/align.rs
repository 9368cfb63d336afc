//! Readings → [`Comparison`]: one row for every indicator that any report states.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;

use super::versus::{Kind, kind, versus};
use super::{
    Cell, Change, Column, Comparison, DerivedCell, DerivedRow, Flag, Group, Note, Row, SMALL_BASE,
    Share, Side,
};
use super::{breaks, breaks::Era};
use crate::audit::Message;
use crate::figure::catalogue::{Catalogue, Indicator};
use crate::figure::{Applicant, Figure, Period, rates};

/// An indicator and whom it was counted for.
type Key<'a> = (&'a str, Option<Applicant>);

/// The order in which applicants stand below their sum.
pub(in crate::query) const APPLICANTS: [Applicant; 7] = [
    Applicant::Natural,
    Applicant::LegalAll,
    Applicant::Enterprise,
    Applicant::Research,
    Applicant::Nonprofit,
    Applicant::LegalService,
    Applicant::OtherOrg,
];

/// Puts reports side by side; the others are held against the first.
pub fn compare(sides: &[Side<'_>], catalogue: &Catalogue) -> Comparison {
    let columns: Vec<_> = sides.iter().map(column).collect();
    let derived = derived(sides, &columns);
    let chosen: Vec<_> = sides.iter().map(|side| principals(side)).collect();
    let stated: BTreeSet<&str> = chosen
        .iter()
        .flat_map(|figures| figures.keys().map(|(key, _)| *key))
        .collect();
    let mut groups = Vec::new();
    for group in &catalogue.groups {
        let mut rows = Vec::new();
        for (indicator, depth) in tree(catalogue, &group.name, &stated) {
            add_rows(
                &mut rows, indicator, depth, &columns, &chosen, sides, catalogue,
            );
        }
        if !rows.is_empty() {
            groups.push(Group {
                name: group.name.clone(),
                label: message(&group.zh, &group.en),
                rows,
            });
        }
    }
    let mut comparison = Comparison {
        columns,
        groups,
        derived,
        loose: Vec::new(),
    };
    flag(&mut comparison, sides);
    comparison
}

fn derived(sides: &[Side<'_>], columns: &[Column]) -> Vec<DerivedRow> {
    let each: Vec<_> = sides
        .iter()
        .map(|s| rates::derive(&s.reading.figures))
        .collect();
    let row = |definition: &'static rates::Definition| {
        let cell = |all: &Vec<rates::Derived>| {
            let found = all.iter().find(|d| d.key == definition.key)?;
            Some(DerivedCell {
                single: found.single,
                value: found.value,
                formula: found.formula.clone(),
                figures: found.figures.clone(),
                small: found.small,
            })
        };
        let cells: Vec<Option<DerivedCell>> = each.iter().map(cell).collect();
        let mut notes: Vec<Note> = Vec::new();
        for (at, column) in columns.iter().enumerate().skip(1) {
            if cells[0].is_some() && cells[at].is_some() {
                let (own, other) = ((&columns[0]).into(), column.into());
                // Eight months lessen a sum, but no rate.
                let is_rate = definition.unit() == "%";
                let found = breaks::between(&definition.key, is_rate, own, other);
                notes.extend(found.filter(|n| !notes.contains(n)));
            }
        }
        DerivedRow {
            key: definition.key.clone(),
            stands_for: definition.stands_for.as_deref(),
            label: message(&definition.zh, &definition.en),
            unit: definition.unit(),
            cells,
            notes,
        }
    };
    let rows = rates::definitions().map(row);
    // A sum of one in every report is no more than the figure that stands above.
    rows.filter(|row| row.cells.iter().flatten().any(|c| !c.single))
        .collect()
}

fn column(side: &Side<'_>) -> Column {
    let report = &side.reading.report;
    let year = report.year.map(|y| y.value);
    Column {
        id: side.id.to_owned(),
        path: side.path.to_owned(),
        title: report.title.clone(),
        year,
        region_path: report
            .region
            .as_ref()
            .map_or_else(Vec::new, |r| r.path.clone()),
        level: report.region.as_ref().map(|r| r.level),
        agency: report.agency.clone(),
        form: report.form,
        era: Era::of(report.form, year),
        versions: Vec::new(),
    }
}

/// The figure that speaks for each key: of the whole body rather than of a sub-unit, the
/// principal one rather than another, the first of equals.
fn principals<'a>(side: &Side<'a>) -> BTreeMap<Key<'a>, usize> {
    let figures = &side.reading.figures;
    let rank = |f: &Figure| (f.scope.is_some(), !f.principal, f.period == Period::Partial);
    let mut chosen: BTreeMap<Key<'a>, usize> = BTreeMap::new();
    for (i, figure) in figures.iter().enumerate() {
        let Some(key) = figure.indicator.as_deref() else {
            continue;
        };
        if figure.year.is_some() {
            continue;
        }
        let best = chosen.entry((key, figure.applicant)).or_insert(i);
        if rank(figure) < rank(&figures[*best]) {
            *best = i;
        }
    }
    chosen
}

/// Indicators of a group that some report states, each part below its whole. A part whose
/// whole nobody states, or whose whole stands in another group, moves up.
fn tree<'a>(
    catalogue: &'a Catalogue,
    group: &str,
    stated: &BTreeSet<&str>,
) -> Vec<(&'a Indicator, u8)> {
    let here = |i: &&Indicator| i.group == group;
    let whole = |i: &'a Indicator| -> Option<&'a Indicator> {
        // A user's overlay may close a circle: no chain is longer than the catalogue.
        let mut above = i.parent.as_deref();
        for _ in 0..catalogue.indicators.len() {
            let parent = catalogue.get(above?).filter(here)?;
            if stated.contains(parent.key.as_str()) {
                return Some(parent);
            }
            above = parent.parent.as_deref();
        }
        None
    };
    let mut parts: HashMap<Option<&str>, Vec<&Indicator>> = HashMap::new();
    let members = catalogue.indicators.iter().filter(here);
    for indicator in members.filter(|i| stated.contains(i.key.as_str())) {
        let whole = whole(indicator).filter(|w| w.key != indicator.key);
        parts
            .entry(whole.map(|w| w.key.as_str()))
            .or_default()
            .push(indicator);
    }
    let mut ordered = Vec::new();
    let mut open: Vec<(&Indicator, u8)> = Vec::new();
    let mut below = |key: Option<&'a str>, depth: u8, open: &mut Vec<(&'a Indicator, u8)>| {
        let parts = parts.remove(&key).unwrap_or_default();
        open.extend(parts.into_iter().rev().map(|part| (part, depth)));
    };
    below(None, 0, &mut open);
    while let Some((indicator, depth)) = open.pop() {
        ordered.push((indicator, depth));
        below(Some(&indicator.key), depth.saturating_add(1), &mut open);
    }
    ordered
}

/// The row of an indicator, and one for each applicant it is broken down by.
fn add_rows(
    rows: &mut Vec<Row>,
    indicator: &Indicator,
    depth: u8,
    columns: &[Column],
    chosen: &[BTreeMap<Key<'_>, usize>],
    sides: &[Side<'_>],
    catalogue: &Catalogue,
) {
    let has = |applicant| {
        chosen
            .iter()
            .any(|figures| figures.contains_key(&(indicator.key.as_str(), applicant)))
    };
    let all = std::iter::once((None, 0)).chain(APPLICANTS.map(|applicant| {
        let grouped = !matches!(applicant, Applicant::Natural | Applicant::LegalAll);
        let below = 1 + u8::from(grouped && has(Some(Applicant::LegalAll)));
        (Some(applicant), below)
    }));
    for (applicant, below) in all.filter(|(applicant, _)| has(*applicant)) {
        let cells: Vec<_> = (0..columns.len())
            .map(|c| cell(indicator, applicant, &chosen[c], &sides[c], catalogue))
            .collect();
        let versus = (1..columns.len())
            .map(|c| versus(&indicator.key, &cells, columns, c))
            .collect();
        rows.push(Row {
            key: indicator.key.clone(),
            applicant,
            label: match applicant {
                None => message(&indicator.zh, &indicator.en),
                Some(applicant) => applicant_label(applicant),
            },
            unit: indicator.unit.clone(),
            depth: depth.saturating_add(below),
            changes: changes(&indicator.key, &cells, columns),
            cells,
            versus,
            flags: Vec::new(),
        });
    }
}

/// What each report's value has changed by since the year before, where the column before
/// is the same body's report on it.
fn changes(key: &str, cells: &[Option<Cell>], columns: &[Column]) -> Vec<Option<Change>> {
    let of_body = |a: &Column, b: &Column| a.region_path == b.region_path && a.agency == b.agency;
    let change = |at: usize| {
        let before = at.checked_sub(1)?;
        let (now, last) = (&columns[at], &columns[before]);
        let follows = now.year? == last.year? + 1 && of_body(now, last);
        let pair = [cells[at].clone(), cells[before].clone()];
        follows.then(|| Change::of(key, &pair, &[now.clone(), last.clone()]))?
    };
    let all: Vec<Option<Change>> = (0..columns.len()).map(change).collect();
    if all.iter().any(Option::is_some) {
        all
    } else {
        Vec::new()
    }
}

fn cell(
    indicator: &Indicator,
    applicant: Option<Applicant>,
    chosen: &BTreeMap<Key<'_>, usize>,
    side: &Side<'_>,
    catalogue: &Catalogue,
) -> Option<Cell> {
    let figures = &side.reading.figures;
    let figure = *chosen.get(&(indicator.key.as_str(), applicant))?;
    let stated = &figures[figure];
    let find = |key: &str| chosen.get(&(key, None)).map(|i| &figures[*i]);
    Some(Cell {
        figure,
        value: stated.value,
        unit: stated.unit.clone(),
        semantics: stated.semantics,
        qualifier: stated.qualifier,
        period: stated.period,
        basis: stated.basis,
        scope: stated.scope.clone(),
        share: share(indicator, applicant, stated, find, catalogue),
        section: stated.section.clone(),
        range: stated.range.clone(),
        quote: side.reading.quote(stated).to_owned(),
    })
}

/// What part of its whole a figure is, where both are counts of the same span of time and
/// the whole is more than nothing.
fn share<'f>(
    indicator: &Indicator,
    applicant: Option<Applicant>,
    part: &Figure,
    find: impl Fn(&str) -> Option<&'f Figure>,
    catalogue: &Catalogue,
) -> Option<Share> {
    // Those who were taught are no part of the lessons.
    let people = |unit: &str| matches!(unit, "人" | "名" | "位" | "人次");
    let comparable = |whole: &&Figure| {
        kind(&whole.unit) == kind(&part.unit)
            && people(&whole.unit) == people(&part.unit)
            && kind(&part.unit) != Kind::Percent
            && whole.basis == part.basis
            && whole.period == part.period
            && whole.scope == part.scope
            && whole.value.is_some_and(|v| v > Decimal::ZERO)
    };
    let candidates: Vec<&str> = match (applicant, &indicator.parent) {
        (Some(_), _) => vec![&indicator.key],
        (None, Some(parent)) => std::iter::once(parent.as_str())
            .chain(breaks::other_bases(parent).iter().map(String::as_str))
            .collect(),
        (None, None) => return None,
    };
    let (of, whole) = candidates
        .into_iter()
        .find_map(|key| Some((key, find(key).filter(comparable)?)))?;
    let base = whole.value?;
    let percent = part
        .value?
        .checked_mul(Decimal::ONE_HUNDRED)?
        .checked_div(base)?;
    let named = catalogue.get(of)?;
    Some(Share {
        of: of.to_owned(),
        label: message(&named.zh, &named.en),
        base,
        percent: percent.round_dp(2).normalize(),
        small: base < Decimal::from(SMALL_BASE),
    })
}

/// Hangs every failed check on the first row that one of its figures stands for.
fn flag(comparison: &mut Comparison, sides: &[Side<'_>]) {
    for (column, side) in sides.iter().enumerate() {
        let figures: HashMap<&str, &Figure> = side
            .reading
            .figures
            .iter()
            .map(|f| (f.id.as_str(), f))
            .collect();
        for (i, finding) in side.reading.findings.iter().enumerate() {
            if !finding.is_open() {
                continue;
            }
            let flag = Flag {
                column,
                finding: i,
                rule: finding.rule.to_owned(),
                status: finding.status,
                severity: finding.severity,
                message: finding.message.clone(),
            };
            let about = finding.figures.iter().find_map(|id| {
                let figure = figures.get(id.as_str())?;
                let key = figure.indicator.as_deref()?;
                place(comparison, key, figure.applicant)
            });
            match about {
                Some((group, row)) => comparison.groups[group].rows[row].flags.push(flag),
                None => comparison.loose.push(flag),
            }
        }
    }
}

fn place(
    comparison: &Comparison,
    key: &str,
    applicant: Option<Applicant>,
) -> Option<(usize, usize)> {
    comparison.groups.iter().enumerate().find_map(|(g, group)| {
        let row = group
            .rows
            .iter()
            .position(|r| r.key == key && r.applicant == applicant)?;
        Some((g, row))
    })
}

/// What a kind of applicant is called.
pub fn applicant_label(applicant: Applicant) -> Message {
    let (zh, en) = match applicant {
        Applicant::Natural => ("自然人", "natural persons"),
        Applicant::LegalAll => ("法人或其他组织", "legal persons and organisations"),
        Applicant::Enterprise => ("商业企业", "enterprises"),
        Applicant::Research => ("科研机构", "research institutes"),
        Applicant::Nonprofit => ("社会公益组织", "non-profit organisations"),
        Applicant::LegalService => ("法律服务机构", "legal services"),
        Applicant::OtherOrg => ("其他组织", "other organisations"),
    };
    message(zh, en)
}

fn message(zh: &str, en: &str) -> Message {
    Message {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}
