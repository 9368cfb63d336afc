//! Prose against the form: R-P1 (one figure, one cell), R-P2 (received and handled, whose
//! sense the words leave open), R-P3 (groups), R-P4 (litigation and disputes together),
//! R-P9 (what there was none of), R-P11 (approximate figures).

use std::cell::LazyCell;

use rust_decimal::Decimal;

use super::draft::Draft;
use super::formula::Sheet;
use super::prose::{Said, Sense, said};
use super::rules::{self, rule};
use super::sheets::Filled;
use super::sums::shown;
use super::verdict::Term;
use super::{Check, Finding, Message, Status};
use crate::figure::{Applicant, Basis, Figure, Period, Qualifier};

/// Cells of one printed table that together mean what a figure in the prose means.
struct Meant<'a> {
    filled: &'a Filled,
    rule: &'static str,
    called: Called<'a>,
    cells: Vec<usize>,
    /// The words allow no other sense.
    fixed: bool,
}

/// What cells are called.
#[derive(Clone, Copy)]
enum Called<'a> {
    Sense(Sense),
    GrantedAndPartial,
    /// As the catalogue calls it.
    Key(&'a str),
}

impl Called<'_> {
    fn words(self) -> Message {
        match self {
            Self::Sense(sense) => sense.name(),
            Self::GrantedAndPartial => Message {
                zh: "予以公开加部分公开".into(),
                en: "granted and partly granted".into(),
            },
            Self::Key(key) => sense_of(key),
        }
    }
}

/// What the cells give.
struct Sum {
    value: Decimal,
    /// Cells without a number.
    open: usize,
    words: usize,
}

impl Meant<'_> {
    fn sum(&self) -> Option<Sum> {
        let mut sum = Sum {
            value: Decimal::ZERO,
            open: 0,
            words: 0,
        };
        for term in self.filled.terms(&self.cells) {
            match term {
                Term::Known(value) => sum.value = sum.value.checked_add(value)?,
                Term::Blank | Term::Na => sum.open += 1,
                Term::Words | Term::Absent => sum.words += 1,
            }
        }
        Some(sum)
    }

    /// `12 = 9 + 3`, or the one value; of money as it is printed.
    fn formula(&self, check: &Check, sum: Decimal) -> String {
        let terms = self.filled.terms(&self.cells);
        let money = || {
            let figure = self.filled.figures[*self.cells.first()?]?;
            check.money(&check.figures[figure])
        };
        match terms.as_slice() {
            [only] => money().unwrap_or_else(|| shown(*only)),
            several => {
                let terms: Vec<String> = several.iter().map(|t| shown(*t)).collect();
                format!("{} = {}", terms.join(" + "), sum.normalize())
            }
        }
    }
}

/// Holds every figure of the prose against the forms.
pub(super) fn check(check: &Check, sheets: &[Filled]) -> Vec<Finding> {
    if sheets.is_empty() {
        return Vec::new();
    }
    let figures = check.figures.iter().enumerate();
    let mut drafts = Vec::new();
    for (at, figure) in figures.filter(|(_, f)| is_of_report(check, f)) {
        let said = LazyCell::new(|| said(check, figure));
        let meant = meanings(check, figure, &said, sheets);
        if meant.is_empty() {
            continue;
        }
        let draft = match figure.qualifier {
            Qualifier::Exact => exact(check, at, &said, &meant),
            _ => approximate(check, at, &said, &meant),
        };
        drafts.extend(draft);
    }
    settle(check, &mut drafts);
    drafts.into_iter().map(|d| check.finding(d)).collect()
}

/// A figure of the prose that speaks of the report's own body and year.
fn is_of_report(check: &Check, figure: &Figure) -> bool {
    // 予以公开及部分公开 is a group that the catalogue has no name for.
    let named = |f: &Figure| f.indicator.is_some() || check.label(f).contains("部分");
    figure.cell.is_none()
        && figure.value.is_some()
        && named(figure)
        && figure.scope.is_none()
        && figure.year.is_none()
        && figure.period == Period::Annual
        && figure.unit != "%"
}

/// What a figure may mean in the forms, the likeliest sense first.
fn meanings<'a>(
    check: &Check<'a>,
    figure: &'a Figure,
    said: &impl std::ops::Deref<Target = Said<'a>>,
    sheets: &'a [Filled],
) -> Vec<Meant<'a>> {
    // Most figures have one sense at most, whatever words stand around them.
    let label = check.report.text.get(figure.label.clone());
    let grouped = label.is_some_and(|l| l.contains('部'));
    let key = figure.indicator.as_deref().unwrap_or_default();
    // Flow and stock under one name are two things.
    let stock = |f: &Sheet, p: usize| f.cells[p].name.ends_with("in_force");
    let mut all = Vec::new();
    for filled in sheets {
        let sheet = filled.sheet;
        let whole = |cells: &[usize]| {
            let there = cells.iter().any(|p| filled.figures[*p].is_some());
            there && !cells.is_empty()
        };
        let mut push = |rule, called, cells: Vec<usize>, fixed| {
            if whole(&cells) {
                all.push(Meant {
                    filled,
                    rule,
                    called,
                    cells,
                    fixed,
                });
            }
        };
        let lines = |rows: &[&str]| -> Vec<usize> {
            let names = |row: &&str| -> Vec<usize> {
                applicants(figure.applicant)
                    .iter()
                    .filter_map(|a| sheet.place(&format!("t3/{row}/{a}")))
                    .collect()
            };
            rows.iter().flat_map(names).collect()
        };
        let senses = match filled.table == "t3" && Sense::may_be_of(key) {
            true => said.senses(key),
            false => Vec::new(),
        };
        if !senses.is_empty() {
            for sense in senses {
                let cells = lines(sense.rows());
                push("R-P2", Called::Sense(sense), cells, said.fixed);
            }
            continue;
        }
        if grouped && said.granted_and_partial {
            let cells = lines(&["granted", "partial"]);
            push("R-P3", Called::GrantedAndPartial, cells, true);
            continue;
        }
        let mut derived = rules::derived().iter().filter(|d| d.key == key);
        if let Some(derived) = derived.find(|d| !sheet.derived(d, "total").is_empty()) {
            let cells: Vec<usize> = match derived.cells.iter().any(|c| c.contains('@')) {
                true => applicants(figure.applicant)
                    .iter()
                    .flat_map(|a| sheet.derived(derived, a))
                    .copied()
                    .collect(),
                false => sheet.derived(derived, "").to_vec(),
            };
            if let Some(rule) = rule(&derived.rule) {
                push(&rule.id, Called::Key(key), cells, true);
            }
            continue;
        }
        let own = |applicant: &str| {
            let mut cells = sheet.counting(key).iter().copied();
            cells.find(|p| {
                let cell = &sheet.cells[*p];
                cell.applicant.is_empty() && figure.applicant.is_none()
                    || cell.applicant == applicant
            })
        };
        let cells: Vec<usize> = applicants(figure.applicant)
            .iter()
            .filter_map(|a| own(a))
            .filter(|p| figure.basis == Basis::Flow || stock(sheet, *p))
            .collect();
        push("R-P1", Called::Key(key), cells, true);
    }
    all
}

/// The columns that an applicant of the prose stands for.
fn applicants(applicant: Option<Applicant>) -> &'static [&'static str] {
    match applicant {
        None => &["total"],
        Some(Applicant::Natural) => &["natural"],
        Some(Applicant::Enterprise) => &["enterprise"],
        Some(Applicant::Research) => &["research"],
        Some(Applicant::Nonprofit) => &["nonprofit"],
        Some(Applicant::LegalService) => &["legal_service"],
        Some(Applicant::OtherOrg) => &["other_org"],
        Some(Applicant::LegalAll) => &[
            "enterprise",
            "research",
            "nonprofit",
            "legal_service",
            "other_org",
        ],
    }
}

fn sense_of(key: &str) -> Message {
    let known = crate::figure::catalogue::Catalogue::embedded().get(key);
    known.map_or_else(
        || Message::same(key),
        |k| Message {
            zh: k.zh.clone(),
            en: k.en.clone(),
        },
    )
}

/// R-P1 … R-P4, R-P9: one of the senses holds, or the nearest is told.
fn exact(check: &Check, at: usize, said: &Said, meant: &[Meant]) -> Option<Draft> {
    let figure = &check.figures[at];
    let stated = figure.value?;
    let sums: Vec<Sum> = meant.iter().map(Meant::sum).collect::<Option<_>>()?;
    let none_said = stated.is_zero();
    let draft = |i: usize, status, case| {
        let (meant, sum) = (&meant[i], &sums[i]);
        let rule_id = if none_said { "R-P9" } else { meant.rule };
        let draft = Draft::new(rule(rule_id)?, status, case)
            .figures([at])
            .figures(meant.filled.figures_of(&meant.cells))
            .values(sum.value, stated);
        if !check.tells {
            return Some(draft);
        }
        let (label, sense) = (Message::same(check.label(figure)), meant.called.words());
        Some(
            draft
                .formula(meant.formula(check, sum.value))
                .say("label", if none_said { &sense } else { &label })
                .say("sense", &sense)
                .put("stated", check.printed(figure)),
        )
    };
    let equal = |s: &Sum| s.value == stated && s.words == 0;
    if let Some(i) = sums.iter().position(|s| equal(s) && s.open == 0) {
        return draft(i, Status::Pass, "equal");
    }
    if let Some(i) = sums.iter().position(equal) {
        return draft(i, Status::PassIfBlankZero, "blank_zero");
    }
    let nearest = (0..sums.len()).min_by_key(|i| (sums[*i].value - stated).abs())?;
    let doubtful = meant.iter().any(|m| m.filled.is_doubtful(&m.cells));
    if doubtful || sums.iter().any(|s| s.open + s.words > 0) {
        return draft(nearest, Status::NotAssessable, "blanks");
    }
    if let Some(other) = group_or_line(check, at, &meant[nearest], stated) {
        return Some(other);
    }
    // 全市共收到 over a form of the city government alone compares two bodies.
    if said.whole_area {
        return draft(nearest, Status::NotAssessable, "wider");
    }
    let expected = sums[nearest].value;
    let far = (stated > expected.saturating_mul(Decimal::TWO)
        || stated.saturating_mul(Decimal::TWO) < expected)
        && !is_decimal_slip(stated, expected);
    if none_said {
        // Of fees prose says so kind by kind.
        let key = figure.indicator.as_deref().unwrap_or_default();
        let certain = [
            "requests.received",
            "requests.carried",
            "requests.outcome",
            "documents.",
            "actions.",
            "review.",
            "litigation.",
            "disputes.",
        ];
        let status = if said.is_headline && certain.iter().any(|c| key.starts_with(c)) {
            Status::Fail
        } else {
            Status::Warn
        };
        return draft(nearest, status, "wrong");
    }
    match (said.is_headline && meant[nearest].fixed, far) {
        (true, false) => draft(nearest, Status::Fail, "wrong"),
        (true, true) => draft(nearest, Status::Warn, "far"),
        (false, false) => draft(nearest, Status::Warn, "wrong"),
        // So far apart and not even said to be the whole: most likely something else.
        (false, true) => draft(nearest, Status::NotAssessable, "far"),
    }
}

/// Whether two numbers are the same but for the place of the decimal point: 125 and 12.5万元.
fn is_decimal_slip(a: Decimal, b: Decimal) -> bool {
    let digits = |n: Decimal| {
        let text = n.normalize().to_string().replace('.', "");
        text.trim_matches('0').to_owned()
    };
    // 5 and 50 agree by chance.
    digits(a) == digits(b) && digits(a).len() > 1
}

/// R-P3: a group's figure that is only one of its lines (a warning), or a line's figure
/// that is the whole group's (无法提供 after 因本机关不掌握等: right).
fn group_or_line(check: &Check, at: usize, meant: &Meant, stated: Decimal) -> Option<Draft> {
    let sheet = meant.filled.sheet;
    let label = Message::same(check.label(&check.figures[at]));
    let draft = |status, case, cells: &[usize], sense: &Message| {
        let values = meant.filled.terms(cells);
        let sum = values.iter().try_fold(Decimal::ZERO, |s, t| match t {
            Term::Known(v) => s.checked_add(*v),
            _ => Some(s),
        })?;
        let terms: Vec<String> = values.into_iter().map(shown).collect();
        Some(
            Draft::new(rule("R-P3")?, status, case)
                .figures([at])
                .figures(meant.filled.figures_of(cells))
                .formula(format!("{} = {}", terms.join(" + "), sum.normalize()))
                .say("label", &label)
                .say("sense", sense)
                .put("stated", stated.normalize())
                .values(sum, stated),
        )
    };
    let known = |p: &usize| meant.filled.term(*p) == Term::Known(stated);
    if meant.rule == "R-P3" && !stated.is_zero() {
        let mut lines = meant.cells.iter().filter(|p| known(p));
        let only = lines.next().filter(|_| lines.next().is_none())?;
        return draft(
            Status::Warn,
            "subrow",
            &meant.cells,
            &sheet.cells[*only].row,
        );
    }
    let [line] = meant.cells.as_slice() else {
        return None;
    };
    // 予以公开6件、部分公开1件 counts the two apart.
    let beside = |key: &str| {
        let near = |f: &Figure| {
            let own = &check.figures[at].range;
            f.cell.is_none() && f.range.start.abs_diff(own.end) < 120 && f.range != *own
        };
        let mut figures = check.figures.iter();
        figures.any(|f| near(f) && f.indicator.as_deref() == Some(key))
    };
    let name = &sheet.cells[*line].name;
    let applicant = &sheet.cells[*line].applicant;
    rules::derived().iter().find_map(|derived| {
        let cells = sheet.derived(derived, applicant);
        let sum: Decimal = meant
            .filled
            .terms(cells)
            .iter()
            .map(|t| match t {
                Term::Known(v) => *v,
                _ => Decimal::ZERO,
            })
            .fold(Decimal::ZERO, Decimal::saturating_add);
        let others = cells.iter().filter(|c| *c != line);
        let apart = || others.clone().any(|c| beside(&sheet.cells[*c].indicator));
        let is_group = derived.rule == "R-P3"
            && sum == stated
            && !apart()
            && name.starts_with("t3/")
            && cells.contains(line);
        (is_group && sum == stated)
            .then(|| draft(Status::Pass, "equal", cells, &sense_of(&derived.key)))?
    })
}

/// R-P11.
fn approximate(check: &Check, at: usize, said: &Said, meant: &[Meant]) -> Option<Draft> {
    let figure = &check.figures[at];
    let stated = figure.value?;
    let first = meant.first()?;
    let sums: Vec<Sum> = meant.iter().map(Meant::sum).collect::<Option<_>>()?;
    let unclear = sums.iter().any(|s| s.open + s.words > 0);
    let fits = |s: &Sum| {
        let bounds = said.bounds(stated, figure.qualifier);
        s.open + s.words == 0 && bounds.is_some_and(|b| b.contains(s.value))
    };
    let (i, status, case) = match sums.iter().position(fits) {
        Some(i) => (i, Status::Pass, "equal"),
        None if said.whole_area || unclear => return None,
        None => (0, Status::Warn, "wrong"),
    };
    let far = sums[i].value > stated.saturating_mul(Decimal::TWO)
        || sums[i].value.saturating_mul(Decimal::TWO) < stated;
    let status = if far && status == Status::Warn {
        Status::NotAssessable
    } else {
        status
    };
    let words = check
        .report
        .text
        .get(figure.range.clone())
        .unwrap_or_default();
    Some(
        Draft::new(rule("R-P11")?, status, case)
            .figures([at])
            .figures(first.filled.figures_of(&meant[i].cells))
            .put("quote", words.split_whitespace().collect::<String>())
            .formula(meant[i].formula(check, sums[i].value))
            .values(stated, sums[i].value),
    )
}

/// Where one mention of an indicator agrees with the form, another that does not is about
/// something else (a quarter, a sub-unit, one channel) unless it says that it is the whole.
fn settle(check: &Check, drafts: &mut [Draft]) {
    let key = |d: &Draft| {
        let figure = &check.figures[d.figures[0]];
        (figure.indicator.clone(), figure.applicant)
    };
    let right: Vec<_> = drafts
        .iter()
        .filter(|d| matches!(d.status, Status::Pass | Status::PassIfBlankZero))
        .map(key)
        .collect();
    for draft in drafts {
        let unsure = matches!(draft.status, Status::Fail | Status::Warn);
        if unsure
            && draft.rule.id != "R-P11"
            && draft.case != "subrow"
            && right.contains(&key(draft))
        {
            let figure = &check.figures[draft.figures[0]];
            let whole = said(check, figure).names_whole;
            draft.status = match (draft.status, whole) {
                (Status::Fail, true) => Status::Warn,
                (status, true) => status,
                _ => Status::NotAssessable,
            };
        }
    }
}
