//! Sentences that claim something without a number. R-P10: 全部办结, 均维持, 无结转 against
//! the form. R-Y3: the year that a report says it speaks of.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::draft::Draft;
use super::rules::{self, WordClaim, rule};
use super::sheets::Filled;
use super::verdict::Term;
use super::{Check, Finding, Message, Status};
use crate::figure::Figure;
use crate::report::{Basis, Kind};
use crate::source::{Block, Shape};

/// Checks what the running text says in words.
pub(super) fn check(check: &Check, sheets: &[Filled]) -> Vec<Finding> {
    let mut drafts = Vec::new();
    if !sheets.is_empty() {
        for block in paragraphs(check) {
            let mut at = 0;
            for piece in block.folded.text().split_inclusive(['。', ';', '!']) {
                let sentence = piece.trim_end_matches(['。', ';', '!']);
                // Most sentences claim nothing of the kind: look for single characters first.
                if rules::claim_words().hints.is_in(sentence) {
                    let of_sentence = |c| claim(check, sheets, block, (at, sentence), c);
                    drafts.extend(rules::word_claims().iter().filter_map(of_sentence));
                }
                at += piece.len();
            }
        }
    }
    drafts.extend(period(check));
    drafts.extend(named_year(check));
    drafts.extend(other_year(check));
    drafts.into_iter().map(|d| check.finding(d)).collect()
}

fn paragraphs<'a>(check: &'a Check) -> impl Iterator<Item = &'a Block> {
    let blocks = check.report.blocks.iter();
    blocks.filter(|b| !matches!(b.shape, Shape::Row(_)))
}

static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new("(20[0-9]{2})年").expect("valid"));

/// Whether the words up to the end of a claim speak of this year and of what the claim is
/// about: 复议纠错1件，诉讼无败诉 says nothing of reviews, 涉及企业的4件全部办结 not of all.
fn is_meant(check: &Check, words: &str, claim: &WordClaim) -> bool {
    let own = check.report.year.map(|y| y.value);
    let years = YEAR
        .captures_iter(words)
        .filter_map(|c| c[1].parse::<i32>().ok());
    let of_year = years.last().is_none_or(|y| own.is_none_or(|own| y == own));
    let disputes = claim.never.iter().any(|c| !c.starts_with("t3/"));
    if !disputes {
        return of_year
            && (claim.about.words() != [&*rules::claim_words().requests] || is_of_all(words));
    }
    let all = rules::word_claims()
        .iter()
        .filter(|c| c.never.iter().any(|c| !c.starts_with("t3/")));
    let subjects: Vec<&String> = all.flat_map(|c| c.about.words()).collect();
    // The nearest clause that names one says whose the claim is.
    let mut clauses = words.rsplit([',', ':']);
    let named = clauses.find(|c| subjects.iter().any(|s| c.contains(s.as_str())));
    of_year && named.is_some_and(|c| claim.about.is_in(c))
}

/// Whether what is said before 均, 全部 is said of all requests: the clause, or the one before
/// it where the clause says nothing, has no words that pick some of them (网上, 涉及…的, 办结的).
fn is_of_all(words: &str) -> bool {
    let mut clauses = words.rsplit([',', ':', '。']);
    let claim = clauses.next().unwrap_or_default();
    let words = rules::claim_words();
    let end = words.begin.first(claim).map_or(0, |(at, _)| at);
    // 办结率 begins with what is counted.
    let subject = &claim[..end];
    let rate = words.rates.ending(subject).unwrap_or_default();
    let subject = &subject[..subject.len() - rate.len()];
    let names_none = |subject: &str| words.all.replace_all(subject, "").trim().is_empty();
    match names_none(subject) && !subject.contains(&words.requests) {
        true => names_none(clauses.next().unwrap_or_default()),
        false => names_none(subject),
    }
}

/// The words of a folded piece of a block as they are printed, in one line.
fn printed(check: &Check, block: &Block, folded: Range<usize>) -> String {
    let words = check.report.text.get(block.folded.source(folded));
    words.unwrap_or_default().split_whitespace().collect()
}

/// R-P10: one claim of one sentence, which begins at a byte of the folded block.
fn claim(
    check: &Check,
    sheets: &[Filled],
    block: &Block,
    (at, sentence): (usize, &str),
    claim: &WordClaim,
) -> Option<Draft> {
    if !claim.about.is_in(sentence) || claim.unless.is_in(sentence) {
        return None;
    }
    let found = claim.say.find(sentence)?;
    if !is_meant(check, &sentence[..found.end()], claim) {
        return None;
    }
    let place = block.folded.source(at + found.start()..at + found.end());
    // What is read as a zero is R-P9's.
    let is_zero = |f: &Figure| {
        let key = f.indicator.as_deref().unwrap_or_default();
        f.cell.is_none()
            && f.value == Some(Decimal::ZERO)
            && key.contains("carried")
            && f.range.start < place.end
            && place.start < f.range.end
    };
    if check.figures.iter().any(is_zero) {
        return None;
    }
    let words = printed(check, block, at + found.start()..at + found.end());
    let cells = |names: &[String]| -> Vec<(usize, Message, Decimal)> {
        let mut all = Vec::new();
        for filled in sheets {
            for place in names.iter().filter_map(|n| filled.sheet.place(n)) {
                if let (Some(figure), Term::Known(value)) =
                    (filled.figures[place], filled.term(place))
                {
                    all.push((figure, filled.sheet.cells[place].label.clone(), value));
                }
            }
        }
        all
    };
    let (never, open) = (cells(&claim.never), cells(&claim.not_yet));
    if never.is_empty() && open.is_empty() {
        return None;
    }
    let above = |of: &[(usize, Message, Decimal)]| -> Vec<(usize, Message, Decimal)> {
        let some = of.iter().filter(|c| c.2 > Decimal::ZERO);
        some.cloned().collect()
    };
    let (status, case, told) = match (above(&never), above(&open)) {
        (wrong, _) if !wrong.is_empty() => {
            let area = &rules::said_words().area;
            let wider = area.iter().any(|w| sentence.contains(w.as_str()));
            let several = sheets.iter().filter(|s| s.table == sheets[0].table).count() > 1;
            let status = if wider || several {
                Status::Warn
            } else {
                Status::Fail
            };
            (status, "wrong", wrong)
        }
        (_, pending) if !pending.is_empty() => {
            let all = found.as_str().contains(['均', '全']);
            let case = if all { "pending_all" } else { "pending_none" };
            (Status::Warn, case, pending)
        }
        _ => (Status::Pass, "equal", never),
    };
    // The zeros that these words are read as, if any.
    let stems: BTreeSet<&str> = claim
        .never
        .iter()
        .filter_map(|c| c.strip_prefix("t4/")?.split('.').next())
        .collect();
    let prose = check.figures.iter().enumerate().filter(|(_, f)| {
        let key = f.indicator.as_deref().unwrap_or_default();
        f.cell.is_none()
            && f.value == Some(Decimal::ZERO)
            && block.range.start <= f.range.start
            && f.range.end <= block.range.end
            && key.ends_with(".corrected")
            && stems.iter().any(|s| key.starts_with(s))
    });
    let prose: Vec<usize> = prose.map(|(i, _)| i).take(1).collect();
    let list = |pick: fn(&Message) -> &str, gap: &str| {
        let item = |(_, label, value): &(usize, Message, Decimal)| {
            format!("{} {}", pick(label), value.normalize())
        };
        told.iter().map(item).collect::<Vec<_>>().join(gap)
    };
    let formula = Message {
        zh: list(|m| &m.zh, "、"),
        en: list(|m| &m.en, ", "),
    };
    let actual: Decimal = told.iter().map(|c| c.2).sum();
    Some(
        Draft::new(rule("R-P10")?, status, case)
            .figures(prose)
            .figures(told.iter().map(|c| c.0))
            .key(found.as_str())
            .put("words", words)
            .say("formula", &formula)
            .formula(formula.zh.clone())
            .values(Decimal::ZERO, actual),
    )
}

/// The year of the report, where it is certain.
fn year(check: &Check) -> Option<i32> {
    let year = check
        .report
        .year
        .filter(|_| check.report.kind == Kind::Report)?;
    matches!(year.basis, Basis::Title | Basis::Override).then_some(year.value)
}

/// R-Y3: the period that the report states for its data.
fn period(check: &Check) -> Option<Draft> {
    let (year, said) = (year(check)?, rules::year_said());
    for block in paragraphs(check) {
        let folded = block.folded.text();
        if !folded.contains("年12月31日") {
            continue;
        }
        for found in said.period.captures_iter(folded) {
            let words = found.get(0)?;
            let before = &folded[..words.start()];
            let sentence = before.rfind('。').map_or(0, |i| i + '。'.len_utf8());
            if !said.of_data.is_in(&folded[sentence..]) {
                continue;
            }
            let (from, until) = (found[1].parse::<i32>().ok()?, found[2].parse::<i32>().ok()?);
            if from != until {
                continue;
            }
            let (status, case) = match until == year {
                true => (Status::Pass, "equal"),
                false => (Status::Fail, "wrong"),
            };
            return Some(
                Draft::new(rule("R-Y3")?, status, case)
                    .put("words", printed(check, block, words.range()))
                    .values(Decimal::from(year), Decimal::from(until)),
            );
        }
    }
    None
}

/// R-Y3: the year that the report calls itself by where it introduces itself.
fn named_year(check: &Check) -> Option<Draft> {
    let year = year(check)?;
    // It does so before its first chapters are over.
    let opening = paragraphs(check).take(12);
    let names_it = |block: &&Block| block.folded.text().contains("报告");
    let found = opening.filter(names_it).filter_map(|block| {
        let found = rules::year_said().called.captures(block.folded.text())?;
        let said = found[1].parse::<i32>().ok()?;
        let before = &block.folded.text()[..found.get(0)?.start()];
        let sentence = before.rfind('。').map_or(0, |i| i + '。'.len_utf8());
        let own = !rules::year_said().earlier.is_in(&before[sentence..]);
        own.then_some((block, found.get(0)?.range(), said))
    });
    let (block, words, said) = found.take(1).next()?;
    (said != year).then(|| {
        Some(
            Draft::new(rule("R-Y3")?, Status::Fail, "title")
                .key("title")
                .put("words", printed(check, block, words))
                .values(Decimal::from(year), Decimal::from(said)),
        )
    })?
}

/// R-Y3: a paragraph that begins with the year before as if it were this one.
fn other_year(check: &Check) -> Option<Draft> {
    let (year, said) = (year(check)?, rules::year_said());
    for block in paragraphs(check) {
        let folded = block.folded.text();
        let dated = folded.starts_with("20");
        let Some(found) = dated.then(|| said.opening.captures(folded)).flatten() else {
            continue;
        };
        let named = found[1].parse::<i32>().ok()?;
        let sentence = folded.split('。').next().unwrap_or_default();
        if named != year - 1 || said.compared.is_in(sentence) {
            continue;
        }
        let opening: usize = sentence.chars().take(24).map(char::len_utf8).sum();
        let words = printed(check, block, 0..opening);
        return Some(
            Draft::new(rule("R-Y3")?, Status::Warn, "sentence")
                .key("sentence")
                .put("words", words)
                .values(Decimal::from(year), Decimal::from(named)),
        );
    }
    None
}
