//! Formulas over the cells of one table: R-T3a … R-T3c, R-T4a, R-T2d, R-A1 … R-A3, R-B1 … R-B9.

use rust_decimal::Decimal;

use super::draft::Draft;
use super::formula::{Identity, Relation};
use super::hints::{self, Checked};
use super::sheets::Filled;
use super::verdict::{Term, Verdict, compare};
use super::{Check, Finding, Message, Status};

/// Checks every formula that speaks of the table's cells.
pub(super) fn check(check: &Check, filled: &Filled) -> Vec<Finding> {
    // That table 3 has not a single number is told by R-T3e, once.
    if filled.table == "t3" && filled.is_all(|t| t == Term::Blank) {
        return Vec::new();
    }
    let mut checked = Vec::new();
    for (at, identity) in filled.sheet.identities.iter().enumerate() {
        let left_out = || left_out(filled, identity);
        if let Some(verdict) = assess(filled, identity).or_else(left_out) {
            checked.push(Checked {
                identity: at,
                verdict,
                hint: None,
            });
        }
    }
    twice_implied(filled, &mut checked);
    doubt(filled, &mut checked);
    hints::find(check, filled, &mut checked);
    checked
        .into_iter()
        .map(|c| {
            let identity = &filled.sheet.identities[c.identity];
            let mut finding = check.finding(draft(check, filled, identity, &c.verdict));
            finding.hint = c.hint;
            finding
        })
        .collect()
}

/// What came of one formula; none where the table does not print what it speaks of.
fn assess(filled: &Filled, identity: &'static Identity) -> Option<Verdict> {
    let absent = |p: &&usize| filled.figures[**p].is_none();
    let all = || identity.left.iter().chain(&identity.right);
    let missing = all().filter(absent).count();
    // A local table without the total, or without most of the parts, asks something else.
    let most = missing * 2 > identity.left.len() + identity.right.len();
    let local = filled.table.is_empty();
    if missing > 0 && (most || local && identity.left.iter().any(|p| absent(&p))) {
        return None;
    }
    if missing > 0 && identity.relation == Relation::AtMost {
        return None;
    }
    let terms = |places: &'static [usize]| places.iter().map(|p| filled.term(*p));
    let (left, right) = (terms(&identity.left), terms(&identity.right));
    let mut verdict = compare(left, right, identity.relation)?;
    if identity.rule.soft && verdict.status == Status::Fail {
        verdict.status = Status::Warn;
    }
    Some(verdict)
}

/// A row of table 3 that is there, but could not be read, cannot be decided; a hint may say why.
fn left_out(filled: &Filled, identity: &Identity) -> Option<Verdict> {
    // What stands twice makes a second table of a few cells.
    let whole = filled.printed().count() * 4 > filled.sheet.cells.len();
    let is_row = identity.rule.id == "R-T3c" && whole && filled.is_doubtful(&identity.left);
    is_row.then_some(Verdict {
        status: Status::NotAssessable,
        case: "absent",
        left: Decimal::ZERO,
        right: Decimal::ZERO,
        implied: None,
    })
}

/// What does not hold because of a row that could not be read for certain says nothing, nor
/// does what holds when that row counts as blank.
fn doubt(filled: &Filled, checked: &mut [Checked]) {
    for c in checked {
        let identity = &filled.sheet.identities[c.identity];
        let open = matches!(
            c.verdict.status,
            Status::Fail | Status::Warn | Status::Implied | Status::PassIfBlankZero
        );
        // A row that was left out may hold anything: it is no blank.
        let lacks = c.verdict.status == Status::PassIfBlankZero
            && identity.left.iter().chain(&identity.right).any(|p| {
                filled.figures[*p].is_none() && filled.is_doubtful(std::slice::from_ref(p))
            });
        if lacks {
            c.verdict.status = Status::NotAssessable;
            c.verdict.case = "absent";
        }
        if open && (filled.is_doubtful(&identity.left) || filled.is_doubtful(&identity.right)) {
            c.verdict.status = Status::NotAssessable;
            c.verdict.case = "misread";
            c.verdict.implied = None;
        }
    }
}

/// A blank that two formulas give a value: the same, which makes it sure, or not the same.
fn twice_implied(filled: &Filled, checked: &mut [Checked]) {
    let of = |c: &Checked| {
        let identity = &filled.sheet.identities[c.identity];
        Some((blank(filled, identity)?, c.verdict.implied?))
    };
    let implied: Vec<Option<(usize, Decimal)>> = checked.iter().map(of).collect();
    for (at, this) in implied.iter().enumerate() {
        let Some((cell, value)) = this else { continue };
        let others = implied.iter().enumerate().filter(|(i, _)| *i != at);
        let mut others = others.filter_map(|(_, o)| o.as_ref().filter(|o| o.0 == *cell));
        match others.next() {
            Some((_, other)) if other == value => checked[at].verdict.case = "doubly",
            Some(_) => {
                checked[at].verdict.case = "disagree";
                checked[at].verdict.status = Status::Warn;
            }
            None => {}
        }
    }
}

/// The first blank cell of a formula.
fn blank(filled: &Filled, identity: &Identity) -> Option<usize> {
    let cells = identity.left.iter().chain(&identity.right);
    cells.copied().find(|p| filled.term(*p) == Term::Blank)
}

fn draft(check: &Check, filled: &Filled, identity: &Identity, verdict: &Verdict) -> Draft {
    if !check.tells {
        return Draft::new(identity.rule, verdict.status, verdict.case);
    }
    let cells = &filled.sheet.cells;
    let places = || identity.left.iter().chain(&identity.right).copied();
    let unclear = places().find(|p| match verdict.case {
        "words" => filled.term(*p) == Term::Words,
        "absent" => filled.term(*p) == Term::Absent,
        _ => filled.term(*p) == Term::Blank,
    });
    let nothing = Message::same("");
    let blank = unclear.map_or(&nothing, |p| &cells[p].label);
    let blanks = places().filter(|p| filled.term(*p) == Term::Blank).count();
    let (left, right) = (verdict.left.normalize(), verdict.right.normalize());
    let first = identity.left[0];
    // For a sum the parts are on the right; what they make is expected of the total.
    let (expected, actual) = match verdict.implied {
        Some(value) => (Some(value.normalize()), None),
        None => (Some(right), Some(left)),
    };
    let mut draft = Draft::new(identity.rule, verdict.status, verdict.case)
        .figures(filled.figures_of(&identity.left))
        .figures(filled.figures_of(&identity.right))
        .formula(formula(filled, identity))
        .say("where", &identity.place)
        .say("label", &cells[first].label);
    (draft.expected, draft.actual) = (expected, actual);
    if verdict.case == "equal" {
        return draft;
    }
    // A dash is told as it is printed.
    let total = match filled.terms(&identity.left).as_slice() {
        [Term::Na] => format!("“{}”", shown(Term::Na)),
        _ => left.to_string(),
    };
    draft
        .say("blank", blank)
        .put("count", blanks)
        .put("total", total)
        .put("sum", right)
        .put("difference", (left - right).abs())
        .put("left_sum", left)
        .put("right_sum", right)
        .say_if_asked("left", || named_terms(filled, &identity.left))
        .say_if_asked("right", || named_terms(filled, &identity.right))
        .put("value", verdict.implied.unwrap_or_default().normalize())
}

/// The formula with the values in it: `9 = 4 + □ + 2`.
fn formula(filled: &Filled, identity: &Identity) -> String {
    let side = |places: &[usize]| {
        let terms: Vec<String> = filled.terms(places).into_iter().map(shown).collect();
        terms.join(" + ")
    };
    let sum = |places: &[usize]| {
        filled
            .terms(places)
            .iter()
            .fold(Decimal::ZERO, |s, t| match t {
                Term::Known(v) => s.saturating_add(*v),
                _ => s,
            })
    };
    let sign = match (
        sum(&identity.left).cmp(&sum(&identity.right)),
        identity.relation,
    ) {
        (std::cmp::Ordering::Equal, _) => "=",
        (_, Relation::Equal) => "≠",
        (std::cmp::Ordering::Less, _) => "<",
        (std::cmp::Ordering::Greater, _) => ">",
    };
    format!("{} {sign} {}", side(&identity.left), side(&identity.right))
}

/// A cell in a formula: blanks are shown as such.
pub(super) fn shown(term: Term) -> String {
    match term {
        Term::Known(value) => value.normalize().to_string(),
        Term::Blank => "□".to_owned(),
        Term::Na => "-".to_owned(),
        Term::Words | Term::Absent => "?".to_owned(),
    }
}

/// Cells by name with their values, for formulas of few terms.
fn named_terms(filled: &Filled, places: &[usize]) -> Message {
    let join = |pick: fn(&Message) -> &str| {
        let name = |p: &usize| {
            let cell = &filled.sheet.cells[*p];
            let label = if cell.applicant.is_empty() {
                &cell.label
            } else {
                &cell.row
            };
            format!("{} {}", pick(label), shown(filled.term(*p)))
        };
        places.iter().map(name).collect::<Vec<_>>().join(" + ")
    };
    Message {
        zh: join(|m| &m.zh),
        en: join(|m| &m.en),
    }
}
