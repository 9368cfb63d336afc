//! One body from year to year: R-Y1 (carried over), R-T2b and R-T2e (what follows from the
//! report before), R-P8 and R-S2 (changes stated, problems taken over), R-Y2 (copied figures), R-Y4 (jumps), R-Y5 (stocks that shrink), R-A4.

use rust_decimal::Decimal;

use super::facts::{Fact, Facts, Key};
use super::{label, told};
use crate::audit::change;
use crate::audit::draft::{Draft, fill};
use crate::audit::rules::{self, Rule, rule};
use crate::audit::{Finding, Message, Status};
use crate::figure::Applicant;
use crate::report::place::Gazetteer;
use crate::report::{Form, Level};

/// Counts from which on a jump says something.
const LEAST_BASE: i64 = 30;

/// Compares each report of a body with that of the year before.
pub(super) fn check(all: &[Facts], reports: &[usize], found: &mut Vec<(usize, Finding)>) {
    let principal = one_a_year(all, reports);
    for pair in principal.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        if all[after].year != all[before].year.map(|y| y + 1) {
            continue;
        }
        let mut pair = Pair {
            all,
            before: &all[before],
            after: &all[after],
            at: after,
            found,
        };
        pair.carried();
        pair.documents();
        pair.items();
        pair.copied();
        pair.jumps();
        pair.stocks();
        pair.changes();
        pair.problems();
    }
}

/// Of several files of one year, the one with most figures.
fn one_a_year(all: &[Facts], reports: &[usize]) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    for &at in reports {
        match chosen.last_mut() {
            Some(last) if all[*last].year == all[at].year => {
                if all[at].facts.len() > all[*last].facts.len() {
                    *last = at;
                }
            }
            _ => chosen.push(at),
        }
    }
    chosen
}

struct Pair<'a, 'f> {
    all: &'a [Facts],
    before: &'a Facts,
    after: &'a Facts,
    at: usize,
    found: &'f mut Vec<(usize, Finding)>,
}

impl Pair<'_, '_> {
    fn tell(&mut self, facts: &[&Fact], draft: Draft) {
        // Whoever wants to check it must know which file last year's report is.
        let draft = draft.put("path", &self.before.path);
        self.found.push(told(self.all, self.at, facts, draft));
    }

    /// The first of `facts` is what follows from others, `sum`: 44 = 40 + 4; else it is `case`.
    fn follows(
        &mut self,
        (rule, case): (&'static Rule, &'static str),
        key: &str,
        facts: &[&Fact],
        (expected, sum): (Decimal, String),
    ) {
        let Some(now) = facts.first() else { return };
        let same = expected == now.value;
        let (status, case) = match same {
            true => (Status::Pass, "equal"),
            false => (Status::Warn, case),
        };
        let sign = if same { "=" } else { "≠" };
        let draft = Draft::new(rule, status, case)
            .key(key)
            .say("label", &label(now))
            .formula(format!("{} {sign} {sum}", now.value))
            .values(expected, now.value);
        self.tell(facts, draft);
    }

    fn are(&self, forms: &[Form]) -> bool {
        forms.contains(&self.before.form) && forms.contains(&self.after.form)
    }

    /// R-Y1, column by column.
    fn carried(&mut self) {
        use Applicant::{Enterprise, LegalService, Natural, Nonprofit, OtherOrg, Research};
        let Some(rule) = rule("R-Y1").filter(|_| self.are(&[Form::C, Form::D])) else {
            return;
        };
        let columns = [
            (Some(Natural), "natural"),
            (Some(Enterprise), "enterprise"),
            (Some(Research), "research"),
            (Some(Nonprofit), "nonprofit"),
            (Some(LegalService), "legal_service"),
            (Some(OtherOrg), "other_org"),
            (None, "total"),
        ];
        for (applicant, name) in columns {
            let of = |facts: &'_ Facts, key: &str| {
                Key::of(key, applicant).and_then(|k| facts.get(k).copied())
            };
            let carried_in = of(self.after, "requests.received.carried_in");
            let carried_out = of(self.before, "requests.carried_out");
            let draft = |status, case| {
                Draft::new(rule, status, case)
                    .key(name)
                    .say("where", &column(&rule.place, name))
            };
            match (carried_in, carried_out) {
                (Some(now), Some(then)) => {
                    let same = now.value == then.value;
                    let (status, case) = match same {
                        true => (Status::Pass, "equal"),
                        false => (Status::Fail, "wrong"),
                    };
                    let sign = if same { "=" } else { "≠" };
                    let formula = format!("{} {sign} {}", now.value, then.value);
                    let draft = draft(status, case)
                        .values(then.value, now.value)
                        .formula(formula);
                    self.tell(&[&now], draft);
                }
                (Some(now), None) => {
                    let draft = draft(Status::NotAssessable, "blanks");
                    self.tell(&[&now], draft);
                }
                (None, Some(_)) => {
                    let draft = draft(Status::NotAssessable, "blanks");
                    self.tell(&[], draft);
                }
                (None, None) => {}
            }
        }
    }

    /// R-T2b.
    fn documents(&mut self) {
        let Some(rule) = rule("R-T2b").filter(|_| self.are(&[Form::D])) else {
            return;
        };
        for kind in ["rules", "normative"] {
            let of = |facts: &'_ Facts, column: &str| {
                facts.total(&format!("documents.{kind}.{column}")).copied()
            };
            let parts = (
                of(self.before, "in_force"),
                of(self.after, "issued"),
                of(self.after, "repealed"),
                of(self.after, "in_force"),
            );
            let (Some(was), Some(new), Some(gone), Some(now)) = parts else {
                continue;
            };
            let expected = was.value + new.value - gone.value;
            let sum = format!("{} + {} - {}", was.value, new.value, gone.value);
            self.follows((rule, "wrong"), kind, &[&now, &new, &gone], (expected, sum));
        }
    }

    /// R-T2e.
    fn items(&mut self) {
        let Some(rule) = rule("R-T2e").filter(|_| self.are(&[Form::C])) else {
            return;
        };
        for kind in ["licence", "other_service", "penalty", "coercion", "fee"] {
            let of = |facts: &'_ Facts, column: &str| {
                facts.total(&format!("actions.{kind}.{column}")).copied()
            };
            let parts = (
                of(self.before, "items_prev"),
                of(self.before, "items_delta"),
                of(self.after, "items_prev"),
            );
            let (Some(was), Some(change), Some(now)) = parts else {
                continue;
            };
            let expected = was.value + change.value;
            let sign = if change.value.is_sign_negative() {
                "-"
            } else {
                "+"
            };
            let sum = format!("{} {sign} {}", was.value, change.value.abs());
            self.follows((rule, "wrong"), kind, &[&now], (expected, sum));
        }
    }

    /// R-Y2: everything counted in the year is what it was the year before.
    fn copied(&mut self) {
        let Some(rule) = rule("R-Y2") else { return };
        let flows = |f: &&Fact| is_flow(f) && f.key.is_total() && !f.value.is_zero();
        let now: Vec<&Fact> = self.after.facts.iter().filter(flows).collect();
        let then = self.before.facts.iter().filter(flows).count();
        let same = |f: &&Fact| self.before.get(f.key).is_some_and(|b| b.value == f.value);
        // Ones and twos repeat themselves by chance.
        let telling = now.iter().filter(|f| f.value >= Decimal::TEN).count();
        if now.len() < 3 || now.len() != then || telling == 0 || !now.iter().all(same) {
            return;
        }
        let draft = Draft::new(rule, Status::Warn, "wrong")
            .put("count", now.len())
            .put("path", &self.before.path);
        self.tell(&now, draft);
    }

    /// R-Y4.
    fn jumps(&mut self) {
        let Some(rule) = rule("R-Y4") else { return };
        for now in self
            .after
            .facts
            .iter()
            .filter(|f| is_flow(f) && f.key.is_total())
        {
            let Some(then) = self.before.get(now.key) else {
                continue;
            };
            let (more, less) = (now.value.max(then.value), now.value.min(then.value));
            let base = Decimal::from(LEAST_BASE);
            if then.value < base || less <= Decimal::ZERO {
                continue;
            }
            let Some(ratio) = more.checked_div(less) else {
                continue;
            };
            if ratio <= Decimal::TEN {
                continue;
            }
            let money = now.key.indicator().is_some_and(|i| i.unit == "元");
            let about =
                |n: i64| Decimal::from(n * 9 / 10) <= ratio && ratio <= Decimal::from(n * 11 / 10);
            let case = if money && about(10_000) {
                "money"
            } else {
                "wrong"
            };
            let draft = Draft::new(rule, Status::Warn, case)
                .key(now.key.indicator().map_or("", |i| &i.key))
                .say("label", &label(now))
                .values(then.value, now.value);
            self.tell(&[now], draft);
        }
    }

    /// R-S2: the part on problems is last year's.
    fn problems(&mut self) {
        let Some(rule) = rule("R-S2") else { return };
        let (Some(then), Some(now)) = (self.before.problems, self.after.problems) else {
            return;
        };
        if then == now {
            let draft = Draft::new(rule, Status::Warn, "same")
                .key(&self.before.path)
                .put("path", &self.before.path)
                .put("count", now.1);
            self.tell(&[], draft);
        }
    }

    /// R-P8 against last year's report.
    fn changes(&mut self) {
        for (key, change) in &self.after.changes {
            let Some(then) = self.before.get(*key) else {
                continue;
            };
            let outcome = change::compare(
                change.now,
                then.value,
                change.stated,
                change.way,
                &change.unit,
                change.ulp,
            );
            let draft = outcome.and_then(|o| o.doubted().softened().draft());
            if let Some(draft) = draft {
                let fact = Fact {
                    key: *key,
                    figure: change.figure,
                    value: change.now,
                };
                self.tell(&[&fact], draft.key(&change.indicator));
            }
        }
    }

    /// R-Y5, and in form A R-A4: what is cumulative grows by what is of the year.
    fn stocks(&mut self) {
        if !self.are(&[Form::A, Form::B, Form::P]) {
            return;
        }
        let (Some(shrunk), Some(grown)) = (rule("R-Y5"), rule("R-A4")) else {
            return;
        };
        for key in [
            "disclosure.total_stock",
            "access.site_visits_stock",
            "catalogue.on_request",
        ] {
            let parts = (
                self.before.total(key).copied(),
                self.after.total(key).copied(),
            );
            let (Some(then), Some(now)) = parts else {
                continue;
            };
            if now.value < then.value {
                let draft = Draft::new(shrunk, Status::Warn, "wrong")
                    .key(key)
                    .say("label", &label(&now))
                    .values(then.value, now.value);
                self.tell(&[&now], draft);
                continue;
            }
            let flow = key
                .strip_suffix("_stock")
                .and_then(|k| self.after.total(k).copied());
            let Some(flow) = flow.filter(|_| self.are(&[Form::A])) else {
                continue;
            };
            let expected = then.value + flow.value;
            let sum = format!("{} + {}", then.value, flow.value);
            self.follows((grown, "grown"), key, &[&now, &flow], (expected, sum));
        }
    }
}

/// Whether a figure counts what happened in the year, not what there is: staff, rooms and
/// documents in force are the same every year.
fn is_flow(fact: &Fact) -> bool {
    fact.key.indicator().is_some_and(|i| {
        let lasting = ["staff.", "org.", "catalogue.", "rate."];
        let changes = i.key.ends_with("items_prev") || i.key.ends_with("items_delta");
        let stock = i.stock || i.key.ends_with("in_force") || i.key.ends_with("public_total");
        !stock && !changes && i.unit != "%" && !lasting.iter().any(|l| i.key.starts_with(l))
    })
}

/// “自然人”一列：
fn column(place: &Option<Message>, applicant: &str) -> Message {
    let name = rules::applicant(applicant);
    let Some(place) = place else {
        return Message::same("");
    };
    Message {
        zh: fill(&place.zh, &[("applicant", &name.zh)]),
        en: fill(&place.en, &[("applicant", &name.en)]),
    }
}

/// Whether the gazetteer knows no other region of this level below `parent` in that year.
pub(super) fn every_region_is_there(level: Level, parent: &str, year: i32, codes: &[&str]) -> bool {
    let gazetteer = Gazetteer::embedded();
    let below = gazetteer.units().iter().filter(|u| {
        let there = u.first <= year && year <= u.last;
        there && u.code.starts_with(parent) && u.level() == level
    });
    let mut known: Vec<&str> = below.map(|u| &*u.code).collect();
    known.sort_unstable();
    known.dedup();
    !known.is_empty() && known.iter().all(|k| codes.contains(k))
}
