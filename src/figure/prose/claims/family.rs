//! Which figures divide one whole between them: the families of `assets/grammar.toml`.

use super::super::Reader;
use crate::figure::grammar::{Family, Grammar};
use crate::figure::quantity::compatible;
use crate::figure::{Applicant, Figure};

/// The family that a figure is a member of.
pub(super) fn family_of<'a>(reader: &Reader<'a>, figure: usize) -> Option<&'a Family> {
    let figure = &reader.figures[figure];
    let key = figure.indicator.as_deref()?;
    let of_applicant = figure.applicant.is_some();
    let mut families = reader.grammar.families.iter();
    let family = families.find(|f| f.has(key, of_applicant));
    family.filter(|f| figure.scope.is_none() && (of_applicant || !f.divides(key)))
}

/// The newest figure that the family of `part` divides.
pub(super) fn implied_whole(reader: &Reader, part: usize) -> Option<usize> {
    let wholes = family_of(reader, part)?.wholes.iter();
    let newest = |group: &Vec<String>| group.iter().filter_map(|key| reader.with_key(key)).max();
    let whole = wholes.filter_map(newest).next();
    whole.filter(|w| *w < part && compatible(&reader.figures[*w].unit, &reader.figures[part].unit))
}

/// What a figure tells parts of: its family, or one of its own.
pub(super) fn stem_of(figure: &Figure) -> Option<&str> {
    let key = figure.indicator.as_deref()?;
    let mut families = Grammar::embedded().families.iter();
    let family = families.find(|f| f.has(key, figure.applicant.is_some()));
    Some(family.map_or(key, |f| &f.name))
}

/// Whether all parts are of one family that leaves nothing over.
pub(super) fn is_complete_family(reader: &Reader, parts: &[usize]) -> bool {
    let stem = stem_of(&reader.figures[parts[0]]);
    let mut families = reader.grammar.families.iter();
    let complete = families.any(|f| f.all && Some(f.name.as_str()) == stem);
    complete && parts.iter().all(|p| stem_of(&reader.figures[*p]) == stem)
}

/// Whether figures are of one family of which none counts what another does.
pub(super) fn are_apart(reader: &Reader, parts: &[usize]) -> bool {
    let family = |i: usize| family_of(reader, i).filter(|f| f.apart);
    let Some(first) = family(parts[0]) else {
        return false;
    };
    // 维持3件，驳回2件 bear one name and are two results; of other families one name twice is
    // the same thing twice, or a part of it.
    let disputes = ["review", "litigation"].contains(&first.name.as_str());
    let named = |i: &usize| (&reader.figures[*i].indicator, reader.figures[*i].applicant);
    let once = |(at, part): (usize, &usize)| {
        disputes || parts[..at].iter().all(|p| named(p) != named(part))
    };
    // 无法提供9件，信息不存在3件: one is a part of the other.
    let stem = |i: &usize| named(i).0.as_deref().map(|k| k.trim_end_matches(".total"));
    let is_below = |part: &usize, above: &usize| {
        let rest = stem(part)
            .zip(stem(above))
            .and_then(|(p, a)| p.strip_prefix(a));
        rest.is_some_and(|r| r.starts_with('.'))
    };
    if parts.iter().any(|p| parts.iter().any(|a| is_below(p, a))) {
        return false;
    }
    // 自然人30件，法人6件，企业4件: legal persons are companies too.
    let legal = |i: &usize| named(i).1 == Some(Applicant::LegalAll);
    let person = |i: &usize| matches!(named(i).1, Some(Applicant::LegalAll | Applicant::Natural));
    if parts.iter().any(legal) && !parts.iter().all(person) {
        return false;
    }
    let same = |i: &usize| family(*i).is_some_and(|f| f.name == first.name);
    parts.iter().all(same) && parts.iter().enumerate().all(once)
}

/// Whether a figure without a name of its own is called what a family divides: 办结321件.
pub(super) fn is_called_whole(
    reader: &Reader,
    family: &Family,
    figure: usize,
    label: &str,
) -> bool {
    reader.figures[figure].indicator.is_none()
        && reader.figures[figure].scope.is_none()
        && family.called.ending(label).is_some()
}

/// A share of a kind of information bears that kind's name.
pub(super) fn name_share(reader: &mut Reader, part: usize, at: usize) {
    let key = reader.figures[part].indicator.as_deref();
    if let Some(share) = key.and_then(|key| reader.lexicon.share_of(key)) {
        reader.figures[at].indicator = Some(share);
    }
}
