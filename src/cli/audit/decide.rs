//! What a person says of a finding, written into `gongkai.toml`; and what of that file cannot
//! be understood, or is about nothing any more.

use std::collections::HashMap;

use super::Checked;
use crate::audit::Finding;
use crate::cli::args::Audit;
use crate::cli::context::Context;
use crate::cli::files::Files;
use crate::cli::{Outcome, Usage};
use crate::corpus::{Review, Reviews, Verdict, with_values};

/// The fingerprint that a person decides on, and what.
pub(super) fn decision(args: &Audit) -> Option<(&str, Option<Verdict>)> {
    let dismiss = args
        .dismiss
        .as_deref()
        .map(|f| (f, Some(Verdict::Dismissed)));
    let confirm = args
        .confirm
        .as_deref()
        .map(|f| (f, Some(Verdict::Confirmed)));
    let reopen = args.reopen.as_deref().map(|f| (f, None));
    dismiss.or(confirm).or(reopen)
}

/// Writes a person's decision into `gongkai.toml`.
pub(super) fn decide(
    args: &Audit,
    context: &Context,
    files: &Files,
    checked: &[Checked],
    fingerprint: &str,
    verdict: Option<Verdict>,
) -> anyhow::Result<Outcome> {
    let found: Vec<(&str, &Finding)> = checked
        .iter()
        .flat_map(|c| {
            c.report
                .listed
                .iter()
                .map(|l| (&*c.report.path, &l.finding))
        })
        .filter(|(_, f)| bears(f, fingerprint))
        .collect();
    let Some((path, finding)) = found.first().copied() else {
        let values = [("fingerprint", fingerprint)];
        return Err(Usage(context.fill("cli.audit.unknown", &values)).into());
    };
    let values = finding.values();
    // Two files of one body and year may be wrong in the same place, but not alike.
    if found.iter().any(|(_, f)| f.values() != values) {
        let each = found.iter().map(|(path, f)| {
            let print = with_values(&f.fingerprint, &f.values());
            format!("{print} ({path})")
        });
        let each = each.collect::<Vec<_>>().join(", ");
        let values = [("fingerprint", fingerprint), ("each", &*each)];
        return Err(Usage(context.fill("cli.audit.several", &values)).into());
    }
    let reviews = files.corpus.reviews();
    let key = reviews.key(&finding.fingerprint, &values, path);
    let review = verdict.map(|verdict| Review {
        verdict,
        reason: args.reason.clone().unwrap_or_default(),
        rule: finding.rule.to_owned(),
        report: path.to_owned(),
        values: values.clone(),
    });
    if review.is_none() && reviews.of(&finding.fingerprint, &values).is_none() {
        let values = [("fingerprint", fingerprint)];
        context.note(&context.fill("cli.audit.not_reviewed", &values));
        return Ok(Outcome::No);
    }
    let file = files.corpus.review(&key, review.as_ref())?;
    let file = file.display().to_string();
    context.note(&context.fill("cli.audit.written", &[("file", &file)]));
    Ok(Outcome::Done)
}

/// Whether a fingerprint is that of a finding, alone or with its numbers.
fn bears(finding: &Finding, fingerprint: &str) -> bool {
    let own = &finding.fingerprint;
    own == fingerprint || with_values(own, &finding.values()) == fingerprint
}

/// Findings of different reports that bear one fingerprint, but have different numbers, are
/// told apart by these.
pub(super) fn tell_apart(checked: &mut [Checked]) {
    let mut values: HashMap<String, Option<String>> = HashMap::new();
    for listed in checked.iter().flat_map(|c| &c.report.listed) {
        let finding = &listed.finding;
        let own = finding.values();
        let entry = values.entry(finding.fingerprint.clone());
        let first = entry.or_insert_with(|| Some(own.clone()));
        if first.as_ref().is_some_and(|f| *f != own) {
            *first = None;
        }
    }
    for listed in checked.iter_mut().flat_map(|c| &mut c.report.listed) {
        let finding = &mut listed.finding;
        if values
            .get(&finding.fingerprint)
            .is_some_and(Option::is_none)
        {
            finding.fingerprint = with_values(&finding.fingerprint, &finding.values());
        }
    }
}

/// Tells which reviews belong to no finding: those of a file that is gone, or of a number
/// that has changed.
pub(super) fn tell_of_idle(reviews: &Reviews, checked: &[Checked], context: &Context) {
    let listed = || checked.iter().flat_map(|c| &c.report.listed);
    let used = |print: &str, review: &Review| {
        listed().any(|l| bears(&l.finding, print) && l.review.as_ref() == Some(review))
    };
    let idle: Vec<String> = reviews
        .iter()
        .filter(|(print, review)| !used(print, review))
        .map(|(print, review)| format!("{print} ({} {})", review.rule, review.report))
        .collect();
    if !idle.is_empty() {
        let (count, each) = (idle.len().to_string(), idle.join(", "));
        let values = [("count", &*count), ("each", &*each)];
        context.note(&context.fill("cli.audit.idle", &values));
    }
}
