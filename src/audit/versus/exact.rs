//! R-P1 (one figure, one cell), R-P2 (received and handled), R-P3 (groups), R-P4 (litigation
//! and disputes), R-P9 (none at all): an exact figure is the sum of the cells that it means.

use rust_decimal::Decimal;

use super::meant::{Meant, Sum, name_of};
use crate::audit::draft::Draft;
use crate::audit::prose::Said;
use crate::audit::rules::{self, rule};
use crate::audit::slip::is_misprint;
use crate::audit::sums::shown;
use crate::audit::verdict::Term;
use crate::audit::{Check, Message, Status};
use crate::figure::Figure;

/// One of the senses holds, or the nearest is told.
pub(super) fn compare(check: &Check, at: usize, said: &Said, meant: &[Meant]) -> Option<Draft> {
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
    if none_said {
        let status = if said.is_headline && says_none_of_all(figure) {
            Status::Fail
        } else {
            Status::Warn
        };
        return draft(nearest, status, "wrong");
    }
    let slip = (0..sums.len()).find(|i| is_misprint(stated, sums[*i].value));
    if let Some(i) = slip.filter(|_| !is_near(stated, sums[nearest].value)) {
        let status = match is_certain(said, &meant[i], stated) {
            true => Status::Fail,
            false => Status::Warn,
        };
        return draft(i, status, "slip");
    }
    let near = is_near(stated, sums[nearest].value);
    match (is_certain(said, &meant[nearest], stated), near) {
        (true, true) => draft(nearest, Status::Fail, "wrong"),
        (true, false) => draft(nearest, Status::Warn, "far"),
        (false, true) => draft(nearest, Status::Warn, "wrong"),
        // So far apart and not even said to be the whole: most likely something else.
        (false, false) => draft(nearest, Status::NotAssessable, "far"),
    }
}

/// Whether it is certain what a figure should have been: its words leave one sense and name
/// no part, or it is the total of the whole year and has none of the senses that a total of
/// requests may have in the form.
fn is_certain(said: &Said, meant: &Meant, stated: Decimal) -> bool {
    match meant.fixed {
        true => said.is_headline,
        false => said.names_whole && !said.is_listed && !meant.has_sense_of(stated),
    }
}

/// Of fees prose says that there were none kind by kind, of these it does not.
fn says_none_of_all(figure: &Figure) -> bool {
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
    certain.iter().any(|c| key.starts_with(c))
}

/// Neither twice as much nor half as little.
fn is_near(a: Decimal, b: Decimal) -> bool {
    a <= b.saturating_mul(Decimal::TWO) && a.saturating_mul(Decimal::TWO) >= b
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
            .then(|| draft(Status::Pass, "equal", cells, &name_of(&derived.key)))?
    })
}
