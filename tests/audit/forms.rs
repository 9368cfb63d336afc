//! The audit against forms that are known to be right, and against the same forms with one
//! cell changed: it finds every change that the form's identities can show, and never
//! reports a form that is right.

use std::collections::BTreeMap;

use gongkai::audit::{self, Finding, Status};
use gongkai::figure::{Applicant, Basis, Figure, Period, Qualifier, Semantics};
use gongkai::reading::Reading;
use gongkai::report::Form;
use gongkai::report::form::forms;
use gongkai::source::Format;
use rust_decimal::Decimal;

use crate::common::forms::{Filled, Random};
use crate::common::read;
use crate::common::shapes::Shape;

/// Cells by their reference, such as `D/t3/granted/natural`.
type Cells = BTreeMap<String, i64>;

const APPLICANTS: [&str; 6] = [
    "natural",
    "enterprise",
    "research",
    "nonprofit",
    "legal_service",
    "other_org",
];

/// A number as reports have them: mostly nothing, sometimes much.
fn count(rng: &mut fastrand::Rng) -> i64 {
    match rng.u8(..10) {
        0..5 => 0,
        5..8 => rng.i64(1..10),
        8 => rng.i64(10..100),
        _ => rng.i64(100..3000),
    }
}

fn sum(cells: &Cells, names: impl IntoIterator<Item = String>) -> i64 {
    names.into_iter().map(|n| cells[&n]).sum()
}

/// Tables 2, 3 and 4 of the reports since 2019.
fn national(letter: &str, rng: &mut fastrand::Rng) -> Cells {
    let mut cells = Cells::new();
    let all = forms();
    let form = all.iter().find(|f| format!("{:?}", f.form) == letter);
    let form = form.expect("a form");
    let lines = form.row.iter().filter(|r| r.table == "t3");
    let results: Vec<&str> = lines
        .map(|r| r.cell.as_str())
        .filter(|r| !r.starts_with("received") && *r != "closed.total" && *r != "carried_out")
        .collect();
    for applicant in APPLICANTS {
        let at = |row: &str| format!("{letter}/t3/{row}/{applicant}");
        let mut closed = 0;
        for row in &results {
            let n = count(rng);
            closed += n;
            cells.insert(at(row), n);
        }
        cells.insert(at("closed.total"), closed);
        let carried_in = rng.i64(0..=closed);
        let carried_out = count(rng);
        cells.insert(at("received.carried_in"), carried_in);
        cells.insert(at("carried_out"), carried_out);
        cells.insert(at("received.new"), closed + carried_out - carried_in);
    }
    for row in form.row.iter().filter(|r| r.table == "t3") {
        let of = |a: &str| format!("{letter}/t3/{}/{a}", row.cell);
        let total = sum(&cells, APPLICANTS.map(of));
        cells.insert(of("total"), total);
    }
    for kind in ["review", "litigation.direct", "litigation.after_review"] {
        let of = |part: &str| format!("{letter}/t4/{kind}.{part}");
        for part in ["upheld", "corrected", "other", "pending"] {
            cells.insert(of(part), count(rng));
        }
        let parts = ["upheld", "corrected", "other", "pending"].map(of);
        let total = sum(&cells, parts);
        cells.insert(of("total"), total);
    }
    for row in form.row.iter().filter(|r| r.table == "t2") {
        for column in &row.columns {
            cells.insert(format!("{letter}/t2/{}.{column}", row.cell), count(rng));
        }
    }
    for kind in ["rules", "normative"] {
        let of = |column: &str| format!("{letter}/t2/{kind}.{column}");
        let (more, least) = match letter {
            "D" => ("in_force", "issued"),
            _ => ("public_total", "newly_published"),
        };
        let least = cells[&of(least)];
        cells.insert(of(more), least + rng.i64(0..50));
    }
    cells
}

/// The sums that form A and form B print: total, parts.
const SUMS_A: [(&str, &[&str]); 7] = [
    ("27", &["28", "29", "30", "31", "32", "33"]),
    ("19", &["20", "21", "22", "23", "24", "25", "26", "27"]),
    ("12", &["13", "14", "15", "16", "17", "18"]),
    ("38", &["39", "40", "41", "42"]),
    ("43", &["44", "45", "46", "47", "48"]),
    ("37", &["38", "43"]),
    ("49", &["50", "51"]),
];
const SUMS_B: [(&str, &[&str]); 7] = [
    (
        "3.3.4",
        &[
            "3.3.4.1", "3.3.4.2", "3.3.4.3", "3.3.4.4", "3.3.4.5", "3.3.4.6",
        ],
    ),
    (
        "3.3",
        &[
            "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5", "3.3.6", "3.3.7", "3.3.8",
        ],
    ),
    ("3.1", &["3.1.1", "3.1.2", "3.1.3", "3.1.4"]),
    ("3.2", &["3.2.1", "3.2.2"]),
    ("4", &["4.1", "4.2", "4.3"]),
    ("5", &["5.1", "5.2", "5.3"]),
    ("8.3", &["8.3.1", "8.3.2"]),
];

fn numbered(letter: &str, sums: &[(&str, &[&str])], rng: &mut fastrand::Rng) -> Cells {
    let mut cells = Cells::new();
    let all = forms();
    let form = all.iter().find(|f| format!("{:?}", f.form) == letter);
    for row in &form.expect("a form").row {
        cells.insert(format!("{letter}/{}", row.cell), count(rng));
    }
    let of = |name: &str| format!("{letter}/{name}");
    for (total, parts) in sums {
        let n = sum(&cells, parts.iter().map(|p| of(p)));
        cells.insert(of(total), n);
    }
    // A part is no more than its whole.
    let within = match letter {
        "A" => vec![("02", "01"), ("03", "01"), ("05", "01"), ("04", "03")],
        _ => vec![
            ("1.1.1", "1.1.2"),
            ("2.2.1.1", "2.2.1"),
            ("2.2.2.1", "2.2.2"),
        ],
    };
    if letter == "B" {
        let channels = ["1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5"];
        let total = sum(&cells, channels.map(of));
        cells.insert(of("1.1"), total);
        let more = cells[&of("1.1.2")].min(total);
        cells.insert(of("1.1.2"), more);
        let closed = cells[&of("3.2.1")].min(cells[&of("3.1")]);
        cells.insert(of("3.2.1"), closed);
        cells.insert(of("3.2.2"), 0);
        cells.insert(of("3.2"), closed);
    }
    for (less, more) in within {
        let n = cells[&of(less)].min(cells[&of(more)]);
        cells.insert(of(less), n);
    }
    cells
}

fn a_right_form(letter: &str, rng: &mut fastrand::Rng) -> Cells {
    match letter {
        "A" => numbered("A", &SUMS_A, rng),
        "B" => numbered("B", &SUMS_B, rng),
        _ => national(letter, rng),
    }
}

/// Whether an equation speaks of the cell, by the forms' own rules.
fn is_in_a_sum(cell: &str) -> bool {
    let listed = |sums: &[(&str, &[&str])], name: &str| {
        sums.iter().any(|(t, p)| *t == name || p.contains(&name))
    };
    match cell.split_once('/') {
        Some(("A", name)) => listed(&SUMS_A, name),
        Some(("B", name)) => listed(&SUMS_B, name),
        Some((_, name)) => name.starts_with("t3/") || name.starts_with("t4/"),
        None => false,
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Content {
    Number(Decimal),
    Blank,
    Dash,
    Words,
}

pub fn figure(at: usize, cell: &str, content: Content) -> Figure {
    let (value, semantics) = match content {
        Content::Number(n) if n.is_zero() => (Some(n), Semantics::Zero),
        Content::Number(n) => (Some(n), Semantics::Number),
        Content::Blank => (None, Semantics::Empty),
        Content::Dash => (None, Semantics::Na),
        Content::Words => (None, Semantics::Text),
    };
    let applicant = match cell.rsplit_once('/').map(|(_, a)| a) {
        Some("natural") => Some(Applicant::Natural),
        Some("enterprise") => Some(Applicant::Enterprise),
        Some("research") => Some(Applicant::Research),
        Some("nonprofit") => Some(Applicant::Nonprofit),
        Some("legal_service") => Some(Applicant::LegalService),
        Some("other_org") => Some(Applicant::OtherOrg),
        _ => None,
    };
    // Local tables of form A number their lines as they like: its lines go by what they count.
    let indicator = cell.strip_prefix("A/").and_then(|code| {
        let mut rows = forms().iter().flat_map(|f| &f.row);
        rows.find(|r| r.cell == code).map(|r| r.indicator.clone())
    });
    Figure {
        id: format!("f{}", at + 1),
        indicator,
        applicant,
        cell: Some(cell.to_owned()),
        label: 0..0,
        value,
        unit: "件".to_owned(),
        semantics,
        qualifier: Qualifier::Exact,
        period: Period::Annual,
        basis: Basis::Flow,
        year: None,
        scope: None,
        principal: true,
        section: "1".to_owned(),
        range: 0..0,
        number: 0..0,
    }
}

fn bare() -> Reading {
    let text = "某县人民政府2022年政府信息公开工作年度报告\n";
    read(text, Format::Txt)
}

fn audit_of(cells: &BTreeMap<String, Content>, bare: &Reading) -> Vec<Finding> {
    let figures: Vec<Figure> = cells
        .iter()
        .enumerate()
        .map(|(i, (cell, content))| figure(i, cell, *content))
        .collect();
    // What the bare report says by itself is not asked here.
    let of_cells = |f: &Finding| !f.rule.starts_with("R-L") && !f.rule.starts_with("R-S");
    let mut findings = audit::check(&bare.report, "a.txt", &figures, &[]);
    findings.retain(of_cells);
    findings
}

fn contents(cells: &Cells) -> BTreeMap<String, Content> {
    let number = |(cell, n): (&String, &i64)| (cell.clone(), Content::Number((*n).into()));
    cells.iter().map(number).collect()
}

fn told(findings: &[Finding]) -> Vec<String> {
    let open = findings.iter().filter(|f| f.status != Status::Pass);
    open.map(|f| format!("{} {:?} {}", f.rule, f.status, f.message.zh))
        .collect()
}

#[test]
fn a_right_form_is_never_reported() {
    let mut rng = fastrand::Rng::with_seed(2008);
    let bare = bare();
    for letter in ["A", "B", "C", "D"] {
        for _ in 0..100 {
            let findings = audit_of(&contents(&a_right_form(letter, &mut rng)), &bare);
            assert!(!findings.is_empty(), "form {letter} was not checked");
            let wrong: Vec<_> = findings
                .iter()
                .filter(|f| f.status != Status::Pass)
                .collect();
            assert!(wrong.is_empty(), "{wrong:#?}");
        }
    }
}

#[test]
fn every_changed_cell_that_a_sum_speaks_of_is_found() {
    let mut rng = fastrand::Rng::with_seed(2021);
    let bare = bare();
    let (mut changes, mut found, mut hinted) = (0, 0, 0);
    while changes < 10_000 {
        let letter = ["A", "B", "C", "D"][changes % 4];
        let right = a_right_form(letter, &mut rng);
        let cell = right.keys().nth(rng.usize(..right.len())).expect("cells");
        let was = right[cell];
        let changed = match rng.u8(..6) {
            0 => was + 1,
            1 => was * 10,
            2 => was / 10,
            3 => was + rng.i64(1..1000),
            4 => 0,
            _ => rng.i64(0..1000),
        };
        if changed == was {
            continue;
        }
        changes += 1;
        let mut cells = contents(&right);
        cells.insert(cell.clone(), Content::Number(changed.into()));
        let findings = audit_of(&cells, &bare);
        let fails: Vec<_> = findings
            .iter()
            .filter(|f| f.status == Status::Fail)
            .collect();
        if !is_in_a_sum(cell) {
            // Inequalities may or may not notice; nothing is called a contradiction but
            // what the form itself forbids (R-B8).
            assert!(fails.iter().all(|f| f.rule == "R-B8"), "{cell}: {fails:?}");
            continue;
        }
        found += 1;
        assert!(!fails.is_empty(), "{cell} {was} → {changed} was not found");
        let at = cells.keys().position(|k| k == cell).expect("the cell");
        let id = format!("f{}", at + 1);
        for fail in &fails {
            assert!(fail.figures.contains(&id), "{cell}: {fail:?}");
        }
        // In table 3 two sums or three meet in each cell and show which one it is.
        if cell.contains("/t3/") {
            let hints: Vec<_> = fails.iter().filter_map(|f| f.hint.as_ref()).collect();
            hinted += usize::from(!hints.is_empty());
            let value = format!(" {was}");
            for hint in &hints {
                assert!(hint.zh.contains(&value), "{cell} was {was}: {hint:?}");
            }
            assert_eq!(hints.len(), fails.len(), "{cell} {was} → {changed}");
        }
    }
    assert!(found > 7_000 && hinted > 3_000, "{found} {hinted}");
}

#[test]
fn a_cell_left_blank_is_given_back_by_the_others() {
    let mut rng = fastrand::Rng::with_seed(2019);
    let bare = bare();
    for round in 0..2_000 {
        let letter = ["A", "B", "C", "D"][round % 4];
        let right = a_right_form(letter, &mut rng);
        let cell = right.keys().nth(rng.usize(..right.len())).expect("cells");
        if !is_in_a_sum(cell) {
            continue;
        }
        let was = Decimal::from(right[cell]);
        let mut cells = contents(&right);
        cells.insert(cell.clone(), Content::Blank);
        let findings = audit_of(&cells, &bare);
        let worst = told(&findings);
        let implied: Vec<_> = findings
            .iter()
            .filter(|f| f.status == Status::Implied)
            .collect();
        assert!(findings.iter().all(|f| !f.is_open()), "{cell}: {worst:?}");
        if was.is_zero() {
            assert!(implied.is_empty(), "{cell}: {worst:?}");
            let if_zero = |f: &Finding| f.status == Status::PassIfBlankZero;
            assert!(findings.iter().any(if_zero), "{cell}");
        } else {
            assert!(!implied.is_empty(), "{cell}");
            for finding in implied {
                assert_eq!(finding.expected, Some(was), "{cell}: {worst:?}");
            }
        }
    }
}

#[test]
fn dashes_words_and_impossible_numbers_are_told_apart() {
    let mut rng = fastrand::Rng::with_seed(7);
    let bare = bare();
    let right = a_right_form("D", &mut rng);
    let cell = "D/t3/granted/natural";
    let with = |content: Content| {
        let mut cells = contents(&right);
        cells.insert(cell.to_owned(), content);
        audit_of(&cells, &bare)
    };
    let statuses = |findings: &[Finding], rule: &str| -> Vec<Status> {
        let of = findings.iter().filter(|f| f.rule == rule);
        let mut all: Vec<Status> = of
            .map(|f| f.status)
            .filter(|s| *s != Status::Pass)
            .collect();
        all.dedup();
        all
    };
    let words = with(Content::Words);
    assert_eq!(statuses(&words, "R-T3a"), [Status::NotAssessable]);
    assert_eq!(statuses(&words, "R-T3d"), [Status::Warn]);
    let negative = with(Content::Number(Decimal::from(-3)));
    assert_eq!(statuses(&negative, "R-T3d"), [Status::Fail]);
    let half = with(Content::Number(Decimal::new(15, 1)));
    assert_eq!(statuses(&half, "R-T3d"), [Status::Warn]);
    let dash = with(Content::Dash);
    let expected = match right[cell] {
        0 => [Status::PassIfBlankZero],
        _ => [Status::Warn],
    };
    assert_eq!(statuses(&dash, "R-T3a"), expected);
}

#[test]
fn a_table_without_numbers_is_told_of_once() {
    let mut rng = fastrand::Rng::with_seed(8);
    let bare = bare();
    let right = a_right_form("D", &mut rng);
    let mut cells = contents(&right);
    for (cell, content) in &mut cells {
        if cell.contains("/t3/") {
            *content = Content::Blank;
        }
    }
    let findings = audit_of(&cells, &bare);
    let open: Vec<_> = findings.iter().filter(|f| f.is_open()).collect();
    assert!(
        matches!(open.as_slice(), [one] if one.rule == "R-T3e"),
        "{open:?}"
    );
    for (cell, content) in &mut cells {
        if cell.contains("/t3/") {
            *content = Content::Number(Decimal::ZERO);
        }
    }
    let zeros = audit_of(&cells, &bare);
    assert!(zeros.iter().all(|f| !f.is_open()), "{:?}", told(&zeros));
}

#[test]
fn sums_of_a_blank_table_of_disputes_cannot_be_decided() {
    let mut rng = fastrand::Rng::with_seed(12);
    let mut cells = contents(&a_right_form("D", &mut rng));
    for (cell, content) in &mut cells {
        if cell.contains("/t4/") {
            *content = Content::Blank;
        }
    }
    let findings = audit_of(&cells, &bare());
    let blank = [Status::NotAssessable; 3];
    let sums = findings.iter().filter(|f| f.rule == "R-T4a");
    assert!(sums.map(|f| f.status).eq(blank));
    let open: Vec<_> = findings.iter().filter(|f| f.is_open()).collect();
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn findings_keep_their_fingerprints_when_a_number_is_corrected() {
    let mut rng = fastrand::Rng::with_seed(9);
    let bare = bare();
    let cells = contents(&a_right_form("C", &mut rng));
    let mut other = cells.clone();
    other.insert(
        "C/t3/granted/natural".to_owned(),
        Content::Number(Decimal::from(7777)),
    );
    let (a, b) = (audit_of(&cells, &bare), audit_of(&other, &bare));
    let of_sums = |f: &&Finding| f.rule.starts_with("R-T3a") || f.rule.starts_with("R-T3c");
    let prints = |all: &[Finding]| -> Vec<String> {
        all.iter()
            .filter(of_sums)
            .map(|f| f.fingerprint.clone())
            .collect()
    };
    assert_eq!(prints(&a), prints(&b));
    let mut unique = prints(&a);
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), prints(&a).len());
}

#[test]
fn one_report_is_checked_in_well_below_a_millisecond() {
    let mut rng = fastrand::Rng::with_seed(10);
    let bare = bare();
    let cells = contents(&a_right_form("D", &mut rng));
    let each = (0..200).map(|_| {
        let start = std::time::Instant::now();
        std::hint::black_box(audit_of(&cells, &bare));
        start.elapsed()
    });
    // The best of them: on a busy machine any one may have had to wait.
    let best = each.min().expect("some rounds");
    println!("audit of form D with 200 cells: {best:?}");
    // Measured at a few hundred microseconds in a debug build.
    assert!(best.as_millis() < 10, "{best:?}");
}

/// Shapes in which a form is not read line by line, each row by itself.
const ODD: [Shape; 4] = [
    Shape::OneLine,
    Shape::Sideways,
    Shape::SidewaysHtml,
    Shape::SidewaysLines,
];

fn fails(filled: &Filled, shape: Shape) -> Vec<Finding> {
    let (text, format) = filled.render(shape);
    let reading = read(&text, format);
    let mut found = reading.findings;
    found.retain(|f| f.status == Status::Fail);
    found
}

/// The same from written pages to findings, in tables on their side and on one line.
#[test]
fn every_changed_cell_is_found_in_odd_shapes_too() {
    let mut changes = 0;
    for seed in 0..12 {
        for form in [Form::A, Form::B, Form::C, Form::D] {
            for shape in ODD {
                if matches!(form, Form::A | Form::B) && shape != Shape::OneLine {
                    continue;
                }
                let mut random = Random::new(seed);
                let right = Filled::random(form, &mut random);
                let found = fails(&right, shape);
                assert!(found.is_empty(), "{form:?} {shape:?} {seed}: {found:#?}");
                for _ in 0..8 {
                    let cells = right.cells();
                    let at = random.upto(cells.len() as i64 - 1) as usize;
                    let cell = &cells[at];
                    let Ok(was) = right.get(cell).parse::<i64>() else {
                        continue;
                    };
                    if !is_in_a_sum(cell) {
                        continue;
                    }
                    let mut wrong = right.clone();
                    wrong.set(cell, was + 1 + random.upto(500));
                    changes += 1;
                    let found = fails(&wrong, shape);
                    assert!(!found.is_empty(), "{form:?} {shape:?} {seed}: {cell}");
                }
            }
        }
    }
    assert!(changes > 600, "{changes}");
}
