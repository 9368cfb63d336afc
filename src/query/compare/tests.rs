//! Comparisons of readings made by hand.

use rust_decimal::Decimal;

use crate::audit::{Class, Finding, Message, Severity, Status};
use crate::figure::catalogue::Catalogue;
use crate::figure::{Applicant, Basis, Figure, Period, Qualifier, Semantics};
use crate::query::compare::{Comparison, Note, Row, Side, compare};
use crate::reading::{self, Reading};
use crate::report::{Form, Year};
use crate::source::Format;

const TEXT: &str = "某市政府信息公开工作年度报告";

fn reading(year: i32, form: Form, figures: Vec<Figure>) -> Reading {
    let mut reading = reading::read(TEXT.as_bytes(), "a.txt", Format::Txt).expect("text");
    reading.report.year = Some(Year {
        value: year,
        basis: crate::report::Basis::Title,
    });
    reading.report.form = form;
    reading.figures = figures;
    reading.findings = Vec::new();
    reading
}

fn figure(key: &str, value: i64) -> Figure {
    Figure {
        id: format!("f-{key}"),
        indicator: Some(key.into()),
        applicant: None,
        cell: None,
        label: 0..6,
        value: Some(Decimal::from(value)),
        unit: "件".into(),
        semantics: if value == 0 {
            Semantics::Zero
        } else {
            Semantics::Number
        },
        qualifier: Qualifier::Exact,
        period: Period::Annual,
        basis: Basis::Flow,
        year: None,
        scope: None,
        principal: true,
        section: "0".into(),
        range: 0..6,
        number: 0..3,
    }
}

fn both(a: Vec<Figure>, b: Vec<Figure>) -> Comparison {
    eras((2011, Form::P, a), (2011, Form::P, b))
}

fn eras(a: (i32, Form, Vec<Figure>), b: (i32, Form, Vec<Figure>)) -> Comparison {
    let (a, b) = (reading(a.0, a.1, a.2), reading(b.0, b.1, b.2));
    let side = |id, reading| Side {
        id,
        path: id,
        reading,
    };
    compare(&[side("a", &a), side("b", &b)], Catalogue::embedded())
}

fn row<'c>(comparison: &'c Comparison, key: &str) -> &'c Row {
    let found = comparison.rows().find(|r| r.key == key);
    found.unwrap_or_else(|| panic!("no row {key}"))
}

#[test]
fn rows_form_a_tree_in_the_order_of_the_catalogue() {
    let mut natural = figure("requests.received.new", 9);
    natural.applicant = Some(Applicant::Natural);
    let comparison = both(
        vec![
            figure("consult.phone", 3),
            figure("requests.channel.online", 1),
            figure("requests.received.new", 10),
            natural,
        ],
        vec![
            figure("disclosure.total", 5),
            figure("requests.received.carried_in", 2),
        ],
    );
    let rows: Vec<_> = comparison
        .rows()
        .map(|r| (r.key.as_str(), r.applicant.is_some(), r.depth))
        .collect();
    assert_eq!(
        rows,
        [
            ("disclosure.total", false, 0),
            ("requests.received.new", false, 0),
            ("requests.received.new", true, 1),
            ("requests.channel.online", false, 1),
            ("requests.received.carried_in", false, 0),
            ("consult.phone", false, 0),
        ]
    );
    let share = |r: &Row| r.cells[0].as_ref().and_then(|c| c.share.clone());
    let online = share(row(&comparison, "requests.channel.online")).expect("share");
    assert_eq!((online.percent, online.small), (Decimal::from(10), true));
    assert_eq!(share(row(&comparison, "consult.phone")), None);
}

#[test]
fn a_difference_and_a_quotient_are_taken_only_of_numbers() {
    let mut blank = figure("review.total", 0);
    (blank.value, blank.semantics) = (None, Semantics::Empty);
    let comparison = both(
        vec![
            figure("requests.received.new", 90),
            figure("requests.closed.total", 7),
            figure("review.total", 2),
            figure("litigation.total", 1),
        ],
        vec![
            figure("requests.received.new", 30),
            figure("requests.closed.total", 0),
            blank,
        ],
    );
    let versus = |key| row(&comparison, key).versus[0].clone();
    let received = versus("requests.received.new");
    assert_eq!(received.difference, Some(Decimal::from(60)));
    assert_eq!(received.ratio, Some(Decimal::from(3)));
    assert!(received.notes.is_empty());
    let closed = versus("requests.closed.total");
    assert_eq!(closed.difference, Some(Decimal::from(7)));
    assert_eq!(closed.ratio, None);
    assert_eq!(closed.notes, [Note::ZeroBase { column: 1 }]);
    let review = versus("review.total");
    assert_eq!((review.difference, review.ratio), (None, None));
    let litigation = versus("litigation.total");
    assert_eq!(litigation.difference, None);
    assert_eq!(litigation.notes, [Note::Missing { column: 1 }]);
}

#[test]
fn what_is_not_comparable_is_said_and_not_computed() {
    let mut money = figure("fees.total", 500);
    money.unit = "元".into();
    let mut stock = figure("disclosure.total", 90_000);
    stock.basis = Basis::Stock;
    let mut archive = figure("requests.received.new", 4);
    archive.scope = Some("市档案馆".into());
    let mut half = figure("requests.closed.total", 40);
    half.period = Period::Partial;
    let comparison = both(
        vec![money, stock, archive, half],
        vec![
            figure("fees.total", 5),
            figure("disclosure.total", 1000),
            figure("requests.received.new", 50),
            figure("requests.closed.total", 80),
        ],
    );
    for key in ["fees.total", "disclosure.total", "requests.received.new"] {
        let versus = &row(&comparison, key).versus[0];
        assert_eq!(versus.difference, None, "{key}");
        assert!(versus.notes.iter().any(Note::forbids), "{key}");
    }
    let closed = &row(&comparison, "requests.closed.total").versus[0];
    assert_eq!(closed.difference, Some(Decimal::from(-40)));
    assert_eq!(closed.notes, [Note::PartialPeriod { column: 0 }]);
}

#[test]
fn breaks_in_series_are_marked() {
    let keys = ["requests.outcome.denied", "requests.outcome.granted"];
    let figures = || keys.map(|k| figure(k, 40)).to_vec();
    let comparison = eras((2016, Form::B, figures()), (2021, Form::D, figures()));
    let denied = &row(&comparison, keys[0]).versus[0];
    assert_eq!(denied.difference, None);
    let granted = &row(&comparison, keys[1]).versus[0];
    assert_eq!(granted.difference, Some(Decimal::ZERO));
    assert!(matches!(
        &granted.notes[..],
        [Note::Break { hard: false, .. }]
    ));
    let same_era = eras((2016, Form::B, figures()), (2018, Form::P, figures()));
    assert!(same_era.rows().all(|r| r.versus[0].notes.is_empty()));
}

#[test]
fn rates_of_different_rules_do_not_stand_side_by_side_unmarked() {
    let figures = || {
        vec![
            figure("requests.closed.total", 40),
            figure("requests.outcome.denied", 4),
            figure("requests.outcome.granted", 20),
            figure("requests.outcome.partial", 10),
        ]
    };
    let hard = |comparison: &Comparison, key: &str| -> Vec<bool> {
        let row = comparison.derived.iter().find(|r| r.key == key);
        let notes = &row.expect(key).notes;
        let hard = notes.iter().map(|n| n.forbids());
        hard.collect()
    };
    let eras_apart = eras((2016, Form::B, figures()), (2021, Form::D, figures()));
    assert_eq!(hard(&eras_apart, "rate.denied"), [true]);
    assert_eq!(hard(&eras_apart, "rate.positive"), [false]);
    assert_eq!(hard(&eras_apart, "cmp.positive"), [false]);
    let one_era = eras((2019, Form::C, figures()), (2021, Form::D, figures()));
    assert!(one_era.derived.iter().all(|r| r.notes.is_empty()));
    // Eight months lessen a sum, but no rate.
    let short = eras((2008, Form::P, figures()), (2009, Form::P, figures()));
    assert!(hard(&short, "rate.denied").is_empty());
    assert_eq!(hard(&short, "cmp.positive"), [false]);
}

#[test]
fn a_failed_check_stands_beside_the_row_it_concerns() {
    let message = Message {
        zh: "少 3".into(),
        en: "3 short".into(),
    };
    let finding = |figures: &[&str]| Finding {
        rule: "R-P5",
        status: Status::Fail,
        severity: Severity::Error,
        class: Class::Source,
        figures: figures.iter().map(|f| (*f).to_owned()).collect(),
        formula: String::new(),
        expected: None,
        actual: None,
        hint: None,
        shared: None,
        fingerprint: String::new(),
        message: message.clone(),
    };
    let mut a = reading(2011, Form::P, vec![figure("consult.total", 10)]);
    a.findings = vec![finding(&["gone", "f-consult.total"]), finding(&["gone"])];
    let b = reading(2012, Form::P, vec![figure("consult.total", 12)]);
    let side = |id, reading| Side {
        id,
        path: id,
        reading,
    };
    let comparison = compare(&[side("a", &a), side("b", &b)], Catalogue::embedded());
    let flags = &row(&comparison, "consult.total").flags;
    assert_eq!(flags.iter().map(|f| f.finding).collect::<Vec<_>>(), [0]);
    assert_eq!(comparison.loose.len(), 1);
}

#[test]
fn rows_can_be_chosen_by_key_or_label() {
    let figures = || {
        vec![
            figure("consult.total", 1),
            figure("requests.received.new", 2),
        ]
    };
    let kept = |pattern: &str| {
        let mut comparison = both(figures(), figures());
        comparison.keep(pattern);
        comparison.rows().map(|r| r.key.clone()).collect::<Vec<_>>()
    };
    assert_eq!(kept("requests.*"), ["requests.received.new"]);
    assert_eq!(kept("received"), ["requests.received.new"]);
    assert_eq!(kept("咨询"), ["consult.total"]);
    let mut same = both(figures(), figures());
    same.keep_differences();
    assert_eq!(same.rows().count(), 0);
}
