//! Which reports may have text in common, by their sketches alone.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::sketch::Sketch;

/// Reports of one band that are compared at most, the newest.
const MOST_IN_BAND: usize = 24;
/// Texts that a report is measured against at most, the likeliest first.
const MOST_MEASURED: usize = 3;

/// A report and those that it may have text from.
pub(super) type Near = (usize, Vec<usize>);

/// For each report of `order` the others before it there that it may have text from: the
/// likeliest first, of equally likely ones the first there. `same(a, b)`: they are the same report in two files.
pub(super) fn candidates(
    sketches: &[&Sketch],
    order: &[usize],
    same: impl Fn(usize, usize) -> bool + Sync,
) -> Vec<Near> {
    let telling = order.iter().filter(|at| sketches[**at].is_telling());
    let order: Vec<usize> = telling.copied().collect();
    // Every band of every report, those of one band side by side and in order.
    let bands_of = |place: usize| sketches[order[place]].bands();
    let places = (0..order.len()).into_par_iter();
    let mut bands: Vec<(u64, u32)> = places
        .clone()
        .flat_map_iter(|place| bands_of(place).map(move |band| (band, place as u32)))
        .collect();
    bands.par_sort_unstable();
    places
        .filter_map(|place| {
            let mut others: Vec<u32> = Vec::new();
            for band in bands_of(place) {
                let end = bands.partition_point(|b| *b < (band, place as u32));
                let newest = bands[..end].iter().rev().take(MOST_IN_BAND);
                others.extend(newest.take_while(|b| b.0 == band).map(|b| b.1));
            }
            others.sort_unstable();
            others.dedup();
            let at = order[place];
            let agreeing = |other: u32| sketches[at].agreeing(sketches[order[other as usize]]);
            let mut near: Vec<(Reverse<usize>, u32)> = others
                .into_iter()
                .filter(|other| !same(at, order[*other as usize]))
                .map(|other| (Reverse(agreeing(other)), other))
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
        let sketches: Vec<Sketch> = texts.iter().map(|t| Sketch::of(t)).collect();
        let sketches: Vec<&Sketch> = sketches.iter().collect();
        let found = candidates(&sketches, &[0, 1, 2, 3], |_, _| false);
        assert_eq!(found, [(2, vec![0])]);
        assert!(candidates(&sketches, &[0, 1, 2, 3], |_, _| true).is_empty());
    }

    /// Report after report, as one would do it by hand.
    fn simply(sketches: &[&Sketch], order: &[usize]) -> Vec<Near> {
        let mut bands: HashMap<u64, Vec<usize>> = HashMap::new();
        let mut all = Vec::new();
        for &at in order {
            let mut near: HashMap<usize, usize> = HashMap::new();
            for band in sketches[at].bands() {
                let known = bands.entry(band).or_default();
                for &other in known.iter().rev().take(MOST_IN_BAND) {
                    near.insert(other, sketches[at].agreeing(sketches[other]));
                }
                known.push(at);
            }
            let mut near: Vec<(usize, usize)> = near.into_iter().collect();
            let place = |at: usize| order.iter().position(|o| *o == at);
            near.sort_by_key(|(other, agreeing)| (Reverse(*agreeing), place(*other)));
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
        let sketches: Vec<Sketch> = texts.iter().map(|t| Sketch::of(t)).collect();
        let sketches: Vec<&Sketch> = sketches.iter().collect();
        let mut order: Vec<usize> = (0..texts.len()).collect();
        for _ in 0..5 {
            rng.shuffle(&mut order);
            let found = candidates(&sketches, &order, |_, _| false);
            assert!(found.len() > 150, "{}", found.len());
            assert_eq!(found, simply(&sketches, &order));
        }
    }

    #[test]
    fn a_text_too_short_for_a_piece_is_no_trouble() {
        let sketch = Sketch::of(&['无']);
        assert!(candidates(&[&sketch, &sketch], &[0, 1], |_, _| false).is_empty());
    }
}
