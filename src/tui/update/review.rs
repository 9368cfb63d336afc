//! A person confirms a finding, or dismisses it with a reason.

use crate::audit::Finding;
use crate::config::language::Language;
use crate::corpus::{Review, Verdict};
use crate::text::clean::clean_line;
use crate::tui::action::Job;
use crate::tui::state::form::{Content, Field, Form, Purpose};
use crate::tui::state::layer::About;
use crate::tui::state::{Input, Layer, State};

/// Opens the form for the finding under the cursor of the analysis.
pub fn selected(state: &mut State) {
    let Some((audited, finding)) = state.analysis.selected(&state.reviews) else {
        return;
    };
    let about = About {
        fingerprint: state
            .reviews
            .key(&finding.fingerprint, &finding.values(), &audited.row.path),
        rule: finding.rule.to_owned(),
        report: audited.row.path.clone(),
        values: finding.values(),
    };
    let words = crate::tui::text::message(&finding.message, state.language).to_owned();
    open(state, about, &words);
}

/// Opens the form for a finding.
pub fn open(state: &mut State, about: About, words: &str) {
    let l = state.language;
    let before = state.reviews.of(&about.fingerprint, &about.values);
    let chosen = match before.map(|r| r.verdict) {
        None => 0,
        Some(Verdict::Confirmed) => 1,
        Some(Verdict::Dismissed) => 2,
    };
    let reason = before.map(|r| r.reason.clone()).unwrap_or_default();
    let verdicts = vec!["review.none", "review.confirmed", "review.dismissed"];
    let form = Form {
        title: l.text("review.title").to_owned(),
        about: format!("{}  {}\n{}", about.rule, clean_line(words), about.report),
        fields: vec![
            Field {
                label: "review.verdict",
                otherwise: l.text("review.how").to_owned(),
                content: Content::Choice(verdicts, chosen),
            },
            Field {
                label: "review.reason",
                otherwise: l.text("review.why").to_owned(),
                content: Content::Text(Input::new(&reason)),
            },
        ],
        at: 0,
        error: None,
        purpose: Purpose::Review(about),
    };
    state.layers.push(Layer::Form(form));
}

/// What the form says; or what of it makes no sense.
pub fn check(form: &Form, about: &About, language: Language) -> Result<Option<Review>, String> {
    let verdict = match form.choice(0) {
        0 => return Ok(None),
        1 => Verdict::Confirmed,
        _ => Verdict::Dismissed,
    };
    let reason = form.text(1).to_owned();
    if verdict == Verdict::Dismissed && reason.is_empty() {
        return Err(language.text("review.no_reason").to_owned());
    }
    Ok(Some(Review {
        verdict,
        reason,
        rule: about.rule.clone(),
        report: about.report.clone(),
        values: about.values.clone(),
    }))
}

/// It has been written, or could not be.
pub fn done(state: &mut State, written: Result<String, String>) -> Vec<Job> {
    match state.wrote("notice.saved", written) {
        // The library counts what is left.
        true => vec![Job::Reviews, Job::Rescan],
        false => Vec::new(),
    }
}

/// What has been said of a finding, in words.
pub fn said(state: &State, finding: &Finding) -> Option<String> {
    let review = state.reviews.of(&finding.fingerprint, &finding.values())?;
    let l = state.language;
    let verdict = l.text(match review.verdict {
        Verdict::Confirmed => "review.confirmed",
        Verdict::Dismissed => "review.dismissed",
    });
    let reason = clean_line(&review.reason);
    Some(match reason.is_empty() {
        true => verdict.to_owned(),
        false => l.fill(
            "review.because",
            &[("verdict", verdict), ("reason", &reason)],
        ),
    })
}
