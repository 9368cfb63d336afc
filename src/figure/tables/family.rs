//! What the heads of a table that stand side by side are together: by it 其他 is the rest of
//! them, and 合计 their whole.

use super::name::Said;
use crate::figure::label::Lexicon;

/// Fewest heads of one family by which 其他 and 合计 beside them are understood.
const FEWEST_OF_FAMILY: usize = 2;

/// What heads that stand side by side are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Mixed,
    Applicants,
    /// Indicators whose keys begin alike, with what they divide between them.
    Indicators {
        stem: &'static str,
        whole: Option<&'static str>,
    },
}

impl Family {
    /// What most of `heads` are.
    pub fn of(heads: impl Iterator<Item = Said>) -> Self {
        let lexicon = Lexicon::current();
        let (mut named, mut applicants) = (Vec::new(), 0);
        for said in heads {
            match said {
                Said::Named(indicator) => named.push(indicator),
                Said::Applicant(_) => applicants += 1,
                _ => {}
            }
        }
        match named.as_slice() {
            [] if applicants >= FEWEST_OF_FAMILY => Self::Applicants,
            [first, rest @ ..] if !rest.is_empty() && applicants == 0 => {
                let stem = |i: &usize| stem(&lexicon.indicator(*i).key);
                let above = |i: &usize| wholes(*i).collect::<Vec<_>>();
                let whole = above(first)
                    .into_iter()
                    .find(|whole| rest.iter().all(|i| above(i).contains(whole)));
                match rest.iter().all(|i| stem(i) == stem(first)) {
                    true => Self::Indicators {
                        stem: stem(first),
                        whole,
                    },
                    false => Self::Mixed,
                }
            }
            _ => Self::Mixed,
        }
    }
}

/// What an indicator is a part of, the nearest whole first.
fn wholes(indicator: usize) -> impl Iterator<Item = &'static str> {
    let lexicon = Lexicon::current();
    let parent = |i: usize| lexicon.indicator(i).parent.as_deref();
    std::iter::successors(parent(indicator), move |key| {
        lexicon.place(key).and_then(parent)
    })
}

/// What the keys of a family begin with: `requests.outcome`.
pub(super) fn stem(key: &str) -> &str {
    let second = key.match_indices('.').nth(1);
    second.map_or(key, |(at, _)| &key[..at])
}
