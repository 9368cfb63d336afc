//! Which reports may have text in common, by some of their pieces alone.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::pieces::Pieces;

/// Reports with one piece that are looked at at most, the newest.
const MOST_WITH_PIECE: usize = 24;
/// Pieces that two texts must have in common to be measured: those of some hundred characters.
const LEAST_SHARED: usize = 3;
/// Texts that a report is measured against at most, the likeliest first.
const MOST_MEASURED: usize = 4;

/// A report and those that it may have text from.
pub(super) type Near = (usize, Vec<usize>);

/// For each report of `order` the others before it there that it may have text from: the
/// likeliest first, of equally likely ones the first there. `same(a, b)`: they are the same
/// report in two files.
pub(super) fn candidates(
    pieces: &[&Pieces],
    order: &[usize],
    same: impl Fn(usize, usize) -> bool + Sync,
) -> Vec<Near> {
    let telling = order.iter().filter(|at| pieces[**at].is_telling());
    let order: Vec<usize> = telling.copied().collect();
    // Every piece of every report, those of one hash side by side and in order.
    let places = (0..order.len()).into_par_iter();
    let of = |place: usize| pieces[order[place]].hashes.iter();
    let mut all: Vec<(u32, u32)> = places
        .clone()
        .flat_map_iter(|place| of(place).map(move |hash| (*hash, place as u32)))
        .collect();
    all.par_sort_unstable();
    places
        .filter_map(|place| {
            let mut others: Vec<u32> = Vec::new();
            for hash in of(place) {
                let end = all.partition_point(|p| *p < (*hash, place as u32));
                let newest = all[..end].iter().rev().take(MOST_WITH_PIECE);
                others.extend(newest.take_while(|p| p.0 == *hash).map(|p| p.1));
            }
            others.sort_unstable();
            let shared = others.chunk_by(|a, b| a == b);
            let many = shared.filter(|c| c.len() >= LEAST_SHARED);
            let at = order[place];
            let other = |chunk: &[u32]| (Reverse(chunk.len()), chunk[0]);
            let mut near: Vec<(Reverse<usize>, u32)> = many
                .map(other)
                .filter(|o| !same(at, order[o.1 as usize]))
                .collect();
            near.sort_unstable();
            near.truncate(MOST_MEASURED);
            let near: Vec<usize> = near.iter().map(|n| order[n.1 as usize]).collect();
            (!near.is_empty()).then_some((at, near))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::super::chance::text;
    use super::*;

    #[test]
    fn texts_that_share_most_are_found_and_others_are_not() {
        let a = text(1, 3000);
        let mut changed = a.clone();
        changed.splice(1000..1400, text(9, 300));
        let texts = [a, text(2, 3000), changed, text(3, 3000)];
        let pieces: Vec<Pieces> = texts.iter().map(|t| Pieces::of(t)).collect();
        let pieces: Vec<&Pieces> = pieces.iter().collect();
        let found = candidates(&pieces, &[0, 1, 2, 3], |_, _| false);
        assert_eq!(found, [(2, vec![0])]);
        assert!(candidates(&pieces, &[0, 1, 2, 3], |_, _| true).is_empty());
    }

    /// Report after report, as one would do it by hand.
    fn simply(pieces: &[&Pieces], order: &[usize]) -> Vec<Near> {
        let mut with: HashMap<u32, Vec<usize>> = HashMap::new();
        let mut all = Vec::new();
        for &at in order {
            let mut near: HashMap<usize, usize> = HashMap::new();
            for hash in &pieces[at].hashes {
                let known = with.entry(*hash).or_default();
                for &other in known.iter().rev().take(MOST_WITH_PIECE) {
                    *near.entry(other).or_insert(0) += 1;
                }
                known.push(at);
            }
            near.retain(|_, shared| *shared >= LEAST_SHARED);
            let mut near: Vec<(usize, usize)> = near.into_iter().collect();
            let place = |at: usize| order.iter().position(|o| *o == at);
            near.sort_by_key(|(other, shared)| (Reverse(*shared), place(*other)));
            near.truncate(MOST_MEASURED);
            if !near.is_empty() {
                all.push((at, near.into_iter().map(|(other, _)| other).collect()));
            }
        }
        all
    }

    #[test]
    fn many_at_once_find_what_one_after_the_other_finds() {
        let mut rng = fastrand::Rng::with_seed(5);
        let stories: Vec<Vec<char>> = (0..4).map(|seed| text(seed, 900)).collect();
        let texts: Vec<Vec<char>> = (0..200)
            .map(|n| {
                let mut own = stories[rng.usize(..4)].clone();
                let from = rng.usize(..700);
                own.splice(from..from + rng.usize(..200), text(100 + n, 40));
                own
            })
            .collect();
        let pieces: Vec<Pieces> = texts.iter().map(|t| Pieces::of(t)).collect();
        let pieces: Vec<&Pieces> = pieces.iter().collect();
        let mut order: Vec<usize> = (0..texts.len()).collect();
        for _ in 0..5 {
            rng.shuffle(&mut order);
            let found = candidates(&pieces, &order, |_, _| false);
            assert!(found.len() > 150, "{}", found.len());
            assert_eq!(found, simply(&pieces, &order));
        }
    }

    #[test]
    fn a_text_too_short_for_a_piece_is_no_trouble() {
        let pieces = Pieces::of(&['无']);
        assert!(candidates(&[&pieces, &pieces], &[0, 1], |_, _| false).is_empty());
    }
}
