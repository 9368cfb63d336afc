//! Figures from the cells of the official forms. What a cell says is kept as it says it: a
//! blank is not zero and a dash is neither (domain data, section 2.1).
//!
//! `Figure.cell` is the contract's reference, `D/t3/granted/natural`; in form A it is the
//! code that the table itself prints, so that a local table's `A/20` may mean another line
//! than Shanghai's: rules go by the indicator. When a file holds a table twice, both have
//! the same references and stand in different tables ([`crate::report::Table::range`]).

use std::ops::Range;

use rust_decimal::Decimal;

use super::catalogue::{Catalogue, Indicator};
use super::label::Lexicon;
use super::quantity;
use super::tables::{bare, office};
use super::{Applicant, Basis, Figure, MAX_QUOTE, Period, Qualifier, Semantics};
use crate::report::Report;
use crate::report::form::value::{self, Printed};
use crate::report::form::{FormCell, local};
use crate::text::fold::{Folded, fold, is_han};

/// Every value in the official tables of `report`, in reading order.
pub fn read(report: &Report) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut counted = Counted::default();
    for cell in report.tables.iter().flat_map(|t| &t.cells) {
        let Some(figure) = figure(report, cell, &mut counted) else {
            continue;
        };
        let noted = notes(report, cell, &figure);
        figures.push(figure);
        figures.extend(noted);
    }
    figures
}

/// What the last cell counts: mostly what the next one in its row does too.
#[derive(Default)]
struct Counted<'a>(Option<(&'a str, Option<&'static Indicator>)>);

impl<'a> Counted<'a> {
    fn by(&mut self, key: &'a str) -> Option<&'static Indicator> {
        match self.0 {
            Some((last, indicator)) if last == key => indicator,
            _ => {
                let indicator = Catalogue::embedded().get(key);
                self.0 = Some((key, indicator));
                indicator
            }
        }
    }
}

/// What a note in a cell counts: 22（其中修订16件）.
fn notes(report: &Report, cell: &FormCell, figure: &Figure) -> Vec<Figure> {
    if figure.number.end >= cell.range.end || figure.value.is_none() {
        return Vec::new();
    }
    let rest = figure.number.end..cell.range.end;
    let folded = Folded::new(&report.text[rest.clone()], rest.start);
    let counted = quantity::scan(folded.text());
    let note = |q: &quantity::Quantity| {
        let range = folded.source(q.range.clone());
        Figure {
            indicator: None,
            cell: None,
            label: range.start..range.start,
            value: Some(q.value),
            unit: q.unit.clone(),
            semantics: if q.value.is_zero() {
                Semantics::Zero
            } else {
                Semantics::Number
            },
            qualifier: q.qualifier,
            range: range.clone(),
            number: range,
            ..figure.clone()
        }
    };
    let counted = counted.iter().filter(|q| !q.weak && !q.unit.is_empty());
    counted.map(note).collect()
}

/// The fold of a cell; one that is broken over lines is read as one piece.
fn fold_of(written: &str, cell: &FormCell) -> Folded {
    match cell.broken {
        true => Folded::of_pieces(written.split_whitespace().map(|piece| {
            let at = piece.as_ptr() as usize - written.as_ptr() as usize;
            (piece, cell.range.start + at)
        })),
        false => Folded::new(written, cell.range.start),
    }
}

/// The figure of one cell; none where it has neither a place in a form nor a number.
fn figure<'a>(report: &Report, cell: &'a FormCell, counted: &mut Counted<'a>) -> Option<Figure> {
    let written = report.text.get(cell.range.clone())?;
    // Nearly all hold digits, which fold to themselves.
    let plain = written.bytes().all(|b| b.is_ascii_digit());
    let folded = (!plain).then(|| fold_of(written, cell));
    let said = folded.as_ref().map_or(written, Folded::text);
    let source = |number: Range<usize>| match &folded {
        Some(folded) => folded.source(number),
        None => cell.range.start + number.start..cell.range.start + number.end,
    };
    let (value, semantics, number) = match value::read(said) {
        Printed::Number(value, number) if value.is_zero() => {
            (Some(Decimal::ZERO), Semantics::Zero, source(number))
        }
        Printed::Number(value, number) => {
            (Some(value.normalize()), Semantics::Number, source(number))
        }
        Printed::Blank => (None, Semantics::Empty, cell.range.start..cell.range.start),
        Printed::None => (None, Semantics::Na, cell.range.clone()),
        Printed::Text => (None, Semantics::Text, cell.range.clone()),
    };
    let scope = cell.head.as_ref().and_then(|head| {
        let head = fold(report.text.get(head.clone())?);
        office(&bare(&head)).map(str::to_owned)
    });
    let slot = cell.slot.as_ref();
    let slot = slot.filter(|_| cell.head.is_none() || scope.is_some());
    if slot.is_none() && value.is_none() {
        return None;
    }
    let key = slot.and_then(|s| s.indicator.as_deref());
    let indicator = match cell.local {
        true => kind_of(report, cell),
        false => key.and_then(|k| counted.by(k)),
    };
    let reference = slot.map_or("", |s| s.cell.as_str());
    // A cell's own unit goes before its header's.
    let printed = money_behind(said).or(cell.unit.as_deref());
    let money = money(reference, printed, indicator.map(|i| i.unit.as_str()));
    let (value, unit) = match money {
        Some(Money::Yuan(times)) => (value.map(|v| (v * Decimal::from(times)).normalize()), "元"),
        Some(Money::Unknown) => (value, ""),
        None => {
            let printed = printed.filter(|u| !u.is_empty());
            (
                value,
                printed
                    .or(indicator.map(|i| i.unit.as_str()))
                    .unwrap_or_default(),
            )
        }
    };
    // Nothing is nothing in 元 and in 万元.
    let known = !matches!(money, Some(Money::Unknown)) || semantics != Semantics::Number;
    // What a blank says, it says of its label.
    let range = match cell.range.is_empty() {
        true => cell.label.clone(),
        false => cell.range.clone(),
    };
    let stock = cell.stock || indicator.is_some_and(|i| i.stock);
    Some(Figure {
        id: String::new(),
        indicator: indicator.filter(|_| known).map(|i| i.key.clone()),
        applicant: slot
            .and_then(|s| s.applicant.as_deref())
            .and_then(applicant),
        cell: slot.filter(|_| scope.is_none()).map(|s| s.cell.clone()),
        label: cell.label.clone(),
        value,
        unit: unit.trim_matches(['(', ')']).to_owned(),
        semantics,
        qualifier: reserve(said),
        period: Period::Annual,
        basis: if stock { Basis::Stock } else { Basis::Flow },
        year: None,
        scope,
        principal: false,
        section: report
            .section_at(range.start)
            .map(|s| s.id.clone())
            .unwrap_or_default(),
        range: quoted(&report.text, range),
        number,
    })
}

/// The kind of information that a line added by a province counts.
fn kind_of(report: &Report, cell: &FormCell) -> Option<&'static Indicator> {
    let lexicon = Lexicon::current();
    if cell.unit.as_deref() != Some("条") || cell.stock {
        return None;
    }
    let label = fold(report.text.get(cell.label.clone())?);
    let met = local(&label).and_then(|key| Catalogue::embedded().get(key));
    met.or_else(|| lexicon.kind(&label).map(|at| lexicon.indicator(at)))
}

/// How exact the number of a cell is: 约30, 30余.
fn reserve(folded: &str) -> Qualifier {
    let plain = !folded.contains(is_han);
    let counted = if plain {
        Vec::new()
    } else {
        quantity::scan(folded)
    };
    counted.first().map_or(Qualifier::Exact, |q| q.qualifier)
}

/// 12.5万元, 300元
fn money_behind(folded: &str) -> Option<&'static str> {
    ["亿元", "万元", "元"]
        .into_iter()
        .find(|u| folded.ends_with(u))
}

enum Money {
    /// So many 元 are one of it.
    Yuan(u32),
    /// The form does not say and reports differ.
    Unknown,
}

/// Whether a cell is an amount of money, and in what it is counted.
fn money(cell: &str, printed: Option<&str>, unit: Option<&str>) -> Option<Money> {
    let amount = unit == Some("元") || printed.is_some_and(|p| p.contains('元'));
    if !amount {
        return None;
    }
    Some(match printed {
        Some(printed) if printed.contains("亿元") => Money::Yuan(100_000_000),
        Some(printed) if printed.contains("万元") => Money::Yuan(10_000),
        Some(printed) if printed.contains('元') => Money::Yuan(1),
        // The form of 2021 says 单位:万元 in a header that may be lost.
        _ if cell == "D/t2/fee.amount" => Money::Yuan(10_000),
        _ => Money::Unknown,
    })
}

fn applicant(name: &str) -> Option<Applicant> {
    Some(match name {
        "natural" => Applicant::Natural,
        "enterprise" => Applicant::Enterprise,
        "research" => Applicant::Research,
        "nonprofit" => Applicant::Nonprofit,
        "legal_service" => Applicant::LegalService,
        "other_org" => Applicant::OtherOrg,
        _ => return None,
    })
}

/// At most [`MAX_QUOTE`] bytes, whole characters.
fn quoted(text: &str, range: Range<usize>) -> Range<usize> {
    let mut end = range.end.min(range.start + MAX_QUOTE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    range.start..end
}
