//! Which figures divide one whole between them: families of keys.

use super::super::Reader;
use crate::figure::Figure;
use crate::figure::quantity::compatible;

/// What a figure's family divides.
pub(super) fn family_of(figure: &Figure) -> Option<&'static str> {
    if figure.scope.is_some() {
        return None;
    }
    let key = figure.indicator.as_deref()?;
    if figure.applicant.is_some() {
        return Some("requests.received.new");
    }
    [
        ("requests.channel.", "requests.received.new"),
        ("requests.outcome.", "requests.answered.total"),
        ("disclosure.kind.", "disclosure.total"),
        ("consult.", "consult.total"),
        ("staff.", "staff.total"),
    ]
    .iter()
    .find(|(stem, whole)| {
        key.starts_with(stem)
            && key != *whole
            && key.matches('.').count() == stem.matches('.').count()
    })
    .map(|(_, whole)| *whole)
}

/// The newest figure that the family of `part` divides.
pub(super) fn implied_whole(reader: &Reader, part: usize) -> Option<usize> {
    let key = family_of(&reader.figures[part])?;
    let mut whole = reader.with_key(key);
    if key == "requests.answered.total" {
        whole = whole.max(reader.with_key("requests.closed.total"));
    }
    if key == "disclosure.total" {
        whole = whole.or_else(|| reader.with_key("disclosure.channel.website"));
    }
    whole.filter(|w| *w < part && compatible(&reader.figures[*w].unit, &reader.figures[part].unit))
}

/// The family that a key belongs to: keys of one family divide a whole.
pub(super) fn stem_of(key: &str) -> &str {
    for stem in [
        "requests.channel",
        "consult",
        "requests.outcome",
        "disclosure.kind",
        "disclosure.channel",
        "review",
        "litigation",
    ] {
        if key.starts_with(stem) {
            return stem;
        }
    }
    key
}

/// Whether all parts are of one family whose members exclude each other.
pub(super) fn family(whole: &Figure, parts: &[&Figure]) -> bool {
    if parts
        .iter()
        .all(|p| p.applicant.is_some() && p.indicator == whole.indicator)
    {
        return true;
    }
    let first = parts[0].indicator.as_deref().map(stem_of);
    let exclusive = matches!(
        first,
        Some("requests.channel" | "consult" | "requests.outcome" | "disclosure.kind")
    );
    exclusive
        && parts
            .iter()
            .all(|p| p.indicator.as_deref().map(stem_of) == first)
}

/// A share of a kind of information bears that kind's name.
pub(super) fn name_share(reader: &mut Reader, part: usize, at: usize) {
    let key = reader.figures[part].indicator.as_deref();
    if let Some(share) = key.and_then(|key| reader.lexicon.share_of(key)) {
        reader.figures[at].indicator = Some(share);
    }
}
