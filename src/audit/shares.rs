//! Stated shares and rates. R-P6: against part and whole; R-P11 where they are rounded or
//! approximate. R-P7: the shares of a complete list.

use std::ops::Range;

use rust_decimal::Decimal;

use super::claims::{terms, total_of, unless_far};
use super::draft::Draft;
use super::prose::said;
use super::rules::{self, rule};
use super::{Check, Finding, Status};
use crate::figure::{Claim, Figure, Parts, Qualifier};
use crate::report::Report;
use crate::text::fold::fold;

/// Checks what no claim of the prose pairs: rates with a name of their own, and lists of
/// shares without counts.
pub(super) fn check(check: &Check, claims: &[Claim]) -> Vec<Finding> {
    let of_list = claims.iter().filter_map(|c| of_list(check, c, claims));
    let told = |at: usize| {
        let is_it = |c: &Claim| matches!(c, Claim::Share { share, .. } if *share == at);
        claims.iter().any(is_it)
    };
    let loose = |at: &usize| {
        let figure = &check.figures[*at];
        figure.unit == "%" && is_own(figure) && !told(*at)
    };
    let loose: Vec<usize> = (0..check.figures.len()).filter(loose).collect();
    let rates = loose.iter().filter_map(|at| named_rate(check, *at));
    let bare = bare_lists(check, &loose);
    let all = of_list.chain(rates).chain(bare);
    all.map(|d| check.finding(d)).collect()
}

/// R-P6: a share that the prose claims. Of one that is our guess only what holds is told,
/// unless others show that it is no guess.
pub(super) fn of_claim(check: &Check, claim: &Claim, claims: &[Claim]) -> Option<Draft> {
    let Claim::Share {
        part,
        whole,
        share,
        certain,
    } = *claim
    else {
        return None;
    };
    // A part that exceeds its whole is most likely one of another.
    let sure = certain && check.value(part) <= check.value(whole);
    let draft = stated_share(check, &[part], whole, share, sure);
    let doubt = |d: &Draft| match d.status {
        Status::Fail => !certain,
        Status::Warn => !certain && d.rule.id == "R-P11",
        status => status == Status::NotAssessable,
    };
    match draft.as_ref().is_some_and(doubt) {
        true if is_confirmed(check, part, whole, certain, claims) => {
            stated_share(check, &[part], whole, share, true)
        }
        true if !certain => None,
        _ => draft,
    }
}

/// R-P6: a rate with a name of its own (全文电子化率90%), where its part and its whole stand in
/// the same sentence, each once. Where the name has several senses, one is enough, and none
/// is no more than a doubt.
fn named_rate(check: &Check, at: usize) -> Option<Draft> {
    let rate = &check.figures[at];
    let (sentence, words) = sentence_of(check, rate)?;
    let stated = rules::stated_rates().iter().find(|r| r.is(rate, &words))?;
    if stated
        .unless
        .is_in(&fold(&check.report.text[sentence.clone()]))
    {
        return None;
    }
    let one = |key: &str| {
        let figures = check.figures.iter().enumerate();
        let of = |f: &Figure| {
            f.indicator.as_deref() == Some(key)
                && is_own(f)
                && f.applicant.is_none()
                && sentence.start <= f.number.start
                && f.number.end <= sentence.end
        };
        let mut found = figures.filter(|(_, f)| of(f)).map(|(i, _)| i);
        found.next().filter(|_| found.next().is_none())
    };
    let drafts = stated.of.iter().filter_map(|[part, whole]| {
        let parts: Option<Vec<usize>> = part.split(" + ").map(one).collect();
        stated_share(check, &parts?, one(whole)?, at, false)
    });
    let best = drafts.min_by_key(|d| d.status != Status::Pass)?;
    let best = best.put("label", check.label(rate));
    Some(match best.status {
        Status::Fail if stated.of.len() > 1 => best.told_as(Status::Warn, "senses"),
        Status::Fail => best.told_as(Status::Fail, "rate"),
        _ => best,
    })
}

/// The sentence of a figure, and its words up to the number from the figure before, folded.
fn sentence_of(check: &Check, figure: &Figure) -> Option<(Range<usize>, String)> {
    let text = &check.report.text;
    let ends = ['。', '\n'];
    let number = &figure.number;
    let start = text.get(..number.start)?.rfind(ends);
    let start = start.map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let end = text.get(number.end..)?.find(ends);
    let end = end.map_or(text.len(), |at| number.end + at);
    let clause = text[start..number.start].rfind(['，', ',', '；', ';', '、', '（', '(']);
    let clause = clause.map_or(start, |at| start + at);
    Some((start..end, fold(&text[clause..number.start])))
}

/// R-P7: 机构职能占20%，政策法规占30%，其他占60%: shares that follow one another without any count
/// and with words that make them all.
fn bare_lists(check: &Check, loose: &[usize]) -> Vec<Draft> {
    let figures = check.figures;
    let gap = |before: usize, at: usize| {
        let gap = figures[before].number.end..figures[at].number.start;
        check.report.text.get(gap).unwrap_or_default()
    };
    let follows = |pair: &[usize]| {
        // A count between them would be a part, and its sum the claim to check.
        let gap = gap(pair[0], pair[1]);
        pair[1] == pair[0] + 1 && !gap.contains(['。', '\n', '（', '(', '）', ')'])
    };
    let mut drafts = Vec::new();
    for list in loose.chunk_by(|a, b| follows(&[*a, *b])) {
        let exact = |s: &usize| figures[*s].qualifier == Qualifier::Exact;
        if list.len() < 2 || !list.iter().all(exact) {
            continue;
        }
        let Some((_, first)) = sentence_of(check, &figures[list[0]]) else {
            continue;
        };
        let gaps = list.windows(2).map(|p| fold(gap(p[0], p[1])));
        let words: Vec<String> = std::iter::once(first).chain(gaps).collect();
        if !rules::share_lists().is_complete(&words) {
            continue;
        }
        drafts.extend(sum_of_shares(check, list.to_vec()));
    }
    drafts
}

/// A figure of the running text that is of the report's own body and year.
fn is_own(figure: &Figure) -> bool {
    figure.cell.is_none() && figure.scope.is_none() && figure.year.is_none()
}

/// Whether it is certain that a part is one of this whole: the parts of the whole add up to
/// it, or other shares of it are right.
fn is_confirmed(check: &Check, part: usize, whole: usize, certain: bool, claims: &[Claim]) -> bool {
    let adds_up = |parts: &[usize]| {
        let values: Option<Vec<Decimal>> = parts.iter().map(|p| check.value(*p)).collect();
        values.and_then(|v| total_of(&v)) == check.value(whole)
    };
    // A share to a decimal is right by no chance, two without one hardly. Of a whole that
    // only we suppose, other shares of which it is supposed must be right.
    let proves = |c: &Claim| match c {
        Claim::Share {
            part: p,
            whole: w,
            share,
            certain: c,
        } if *p != part && *w == whole && *c == certain && in_one_sentence(check, *p, part) => {
            let right = stated_share(check, &[*p], *w, *share, false)
                .is_some_and(|d| d.status == Status::Pass);
            let exact = last_digit(check, &check.figures[*share]) < Decimal::ONE;
            usize::from(right) * if exact { 2 } else { 1 }
        }
        _ => 0,
    };
    claims.iter().any(|c| {
        matches!(c, Claim::Sum { whole: w, parts, .. }
            if *w == whole && parts.contains(&part) && adds_up(parts))
    }) || claims.iter().map(proves).sum::<usize>() >= 2
}

/// Whether two figures stand in one sentence: another one may divide another whole.
fn in_one_sentence(check: &Check, a: usize, b: usize) -> bool {
    let (a, b) = (&check.figures[a].range, &check.figures[b].range);
    let between = a.end.min(b.end)..a.start.max(b.start);
    let between = check.report.text.get(between);
    between.is_none_or(|text| !text.contains(['。', '\n']))
}

/// R-P6; R-P11 for a share that is not exact. `sure`: the whole is certainly the one meant.
pub(super) fn stated_share(
    check: &Check,
    parts: &[usize],
    whole: usize,
    share: usize,
    sure: bool,
) -> Option<Draft> {
    let values: Option<Vec<Decimal>> = parts.iter().map(|p| check.value(*p)).collect();
    let values = values?;
    let a = total_of(&values)?;
    let (b, p) = (check.value(whole)?, check.value(share)?);
    if b.is_zero() {
        return None;
    }
    let actual = a.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(b)?;
    let exact = |f: usize| check.figures[f].qualifier == Qualifier::Exact;
    if !parts.iter().all(|p| exact(*p)) || !exact(whole) {
        return None;
    }
    let part = match &values[..] {
        [one] => one.to_string(),
        _ => format!("({})", terms(&values)),
    };
    let shown = |digits: u32| actual.round_dp(digits).normalize();
    let formula = |shown: Decimal| format!("{part} ÷ {b} = {shown}%");
    let figures = parts.iter().copied().chain([whole]);
    if !exact(share) || is_in_tenths(check, share) {
        let shown = shown(2);
        let draft = about(check, share, actual)?;
        return Some(
            draft
                .figures([share])
                .figures(figures)
                .formula(formula(shown))
                .put("actual", format!("{shown}%")),
        );
    }
    // The last printed digit decides how exact the share claims to be.
    let ulp = last_digit(check, &check.figures[share]);
    let off = (actual - p).abs();
    let (status, case) = if off * Decimal::TWO <= ulp {
        (Status::Pass, "equal")
    } else if off < ulp {
        (Status::Warn, "rounding")
    } else {
        (Status::Fail, "wrong")
    };
    let shown = shown(ulp.scale() + 2);
    let status = if sure {
        status
    } else {
        unless_far(status, actual, p)
    };
    Some(
        Draft::new(rule("R-P6")?, status, case)
            .figures(figures)
            .figures([share])
            .formula(formula(shown))
            .put("part", &part)
            .put("whole", b)
            .put("stated", p)
            .values(shown, p)
            .put("actual", shown),
    )
}

/// 占八成: a share to a tenth, however it is qualified.
fn is_in_tenths(check: &Check, share: usize) -> bool {
    let behind = check.report.text.get(check.figures[share].number.end..);
    behind.is_some_and(|b| b.starts_with('成'))
}

/// R-P11: 占比超五成.
fn about(check: &Check, share: usize, actual: Decimal) -> Option<Draft> {
    let figure = &check.figures[share];
    let stated = figure.value?;
    let fits = match figure.qualifier {
        // 八成 is rounded to a tenth.
        Qualifier::Exact => (actual - stated).abs() <= Decimal::from(5),
        qualifier => said(check, figure)
            .bounds(stated, qualifier)?
            .contains(actual),
    };
    let (status, case) = match fits {
        true => (Status::Pass, "equal"),
        false => (unless_far(Status::Fail, actual, stated), "wrong"),
    };
    // An approximate claim is never more than a doubt.
    let status = match status {
        Status::Fail => Status::Warn,
        status => status,
    };
    let quote = check.report.text.get(figure.range.clone())?;
    Some(
        Draft::new(rule("R-P11")?, status, case)
            .put("quote", quote.split_whitespace().collect::<String>())
            .values(stated, actual),
    )
}

/// R-P7: a complete list, every part of which has its share.
fn of_list(check: &Check, claim: &Claim, claims: &[Claim]) -> Option<Draft> {
    let Claim::Sum {
        whole,
        parts,
        kind: Parts::Closed,
    } = claim
    else {
        return None;
    };
    let share_of = |of: &usize| {
        claims.iter().find_map(|c| match c {
            Claim::Share {
                part,
                whole: w,
                share,
                certain: true,
            } if part == of && w == whole => Some(*share),
            _ => None,
        })
    };
    let shares: Option<Vec<usize>> = parts.iter().map(share_of).collect();
    let exact = |s: &usize| check.figures[*s].qualifier == Qualifier::Exact;
    let shares = shares.filter(|s| s.len() >= 2 && s.iter().all(exact))?;
    sum_of_shares(check, shares)
}

/// R-P7: whether shares make a hundred.
fn sum_of_shares(check: &Check, shares: Vec<usize>) -> Option<Draft> {
    let values: Option<Vec<Decimal>> = shares.iter().map(|s| check.value(*s)).collect();
    let values = values?;
    let sum = total_of(&values)?;
    let room: Decimal = shares
        .iter()
        .map(|s| last_digit(check, &check.figures[*s]) / Decimal::TWO)
        .sum();
    let holds = (sum - Decimal::ONE_HUNDRED).abs() <= room;
    let (status, case) = match holds {
        true => (Status::Pass, "equal"),
        false => (Status::Warn, "wrong"),
    };
    let sign = if sum == Decimal::ONE_HUNDRED {
        "="
    } else {
        "≈"
    };
    let sign = if holds { sign } else { "≠" };
    Some(
        Draft::new(rule("R-P7")?, status, case)
            .figures(shares)
            .formula(format!("{} {sign} 100", terms(&values)))
            .put("sum", sum.normalize())
            .values(Decimal::ONE_HUNDRED, sum),
    )
}

/// One unit of the last digit printed: 0.1 for 12.5%.
pub(super) fn last_digit(check: &Check, figure: &Figure) -> Decimal {
    unit_of_last_digit(check.report, figure)
}

/// The same of a report.
pub(super) fn unit_of_last_digit(report: &Report, figure: &Figure) -> Decimal {
    let printed = report
        .text
        .get(figure.number.clone())
        .map(fold)
        .unwrap_or_default();
    let digits = printed.split_once('.').map_or(0, |(_, d)| {
        d.chars().take_while(char::is_ascii_digit).count()
    });
    Decimal::new(1, u32::try_from(digits).unwrap_or(0).min(20))
}
