//! Records → lines of the form, in order. A label in full decides; what has lost its label
//! is placed only where the records between two known lines can be no others.

/// A record as the alignment sees it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Lines it may be.
    pub lines: Vec<usize>,
    /// How much its words say: 0 where there are none.
    pub weight: u32,
    /// Whether its own words name the line in full.
    pub sure: bool,
}

/// Weight of a label in full in the line of its values.
pub const SURE: u32 = 100;
/// Weight of a label in full in lines before the values.
pub const ABOVE: u32 = 60;
/// Weight of a piece of a label.
pub const PIECE: u32 = 10;

/// The line of the form for each candidate, where that is certain.
pub fn align(candidates: &[Candidate], lines: usize) -> Vec<Option<usize>> {
    let chain = chain(candidates, lines);
    let members: Vec<usize> = (0..candidates.len())
        .filter(|i| chain[*i].is_some())
        .collect();
    let mut low = vec![0; members.len()];
    let mut next = 0;
    for (at, i) in members.iter().enumerate() {
        let line = candidates[*i].lines.iter().find(|l| **l >= next);
        low[at] = line.copied().unwrap_or(lines);
        next = low[at] + 1;
    }
    let mut placed = vec![None; candidates.len()];
    let mut below = lines;
    for (at, i) in members.iter().enumerate().rev() {
        let line = candidates[*i].lines.iter().rev().find(|l| **l < below);
        let high = line.copied().unwrap_or(0);
        below = high;
        if high == low[at] {
            placed[*i] = Some(high);
        }
    }
    // A record left out of the order makes those without a label around it uncertain.
    let mut from = 0;
    for i in 0..=candidates.len() {
        if i < candidates.len() && !(candidates[i].sure && placed[i].is_some()) {
            continue;
        }
        let left_out = (from..i).any(|k| chain[k].is_none() && !candidates[k].lines.is_empty());
        if left_out {
            for k in from..i {
                if !candidates[k].sure && candidates[k].weight < ABOVE {
                    placed[k] = None;
                }
            }
        }
        from = i + 1;
    }
    // A label in full is believed out of order, too.
    for (i, candidate) in candidates.iter().enumerate() {
        if placed[i].is_none() && candidate.sure && candidate.lines.len() == 1 {
            placed[i] = Some(candidate.lines[0]);
        }
    }
    placed
}

/// The heaviest chain of candidates whose lines go down the form.
fn chain(candidates: &[Candidate], lines: usize) -> Vec<Option<usize>> {
    // best[i][l]: weight of the heaviest chain of the first i whose last line is below l.
    let mut best: Vec<Vec<u32>> = vec![vec![0; lines + 1]];
    for (i, candidate) in candidates.iter().enumerate() {
        let before = &best[i];
        let mut next = before.clone();
        for line in &candidate.lines {
            next[line + 1] = next[line + 1].max(before[*line] + candidate.weight + 1);
        }
        for l in 1..=lines {
            next[l] = next[l].max(next[l - 1]);
        }
        best.push(next);
    }
    let mut chain = vec![None; candidates.len()];
    let mut l = lines;
    for i in (0..candidates.len()).rev() {
        if best[i + 1][l] == best[i][l] {
            continue;
        }
        while best[i + 1][l - 1] == best[i + 1][l] {
            l -= 1;
        }
        l -= 1;
        chain[i] = Some(l);
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sure(line: usize) -> Candidate {
        Candidate {
            lines: vec![line],
            weight: SURE,
            sure: true,
        }
    }

    fn unknown(lines: usize) -> Candidate {
        Candidate {
            lines: (0..lines).collect(),
            weight: 0,
            sure: false,
        }
    }

    #[test]
    fn a_gap_as_wide_as_what_stands_in_it_is_filled() {
        let found = align(&[sure(0), unknown(4), unknown(4), sure(3)], 4);
        assert_eq!(found, [Some(0), Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn a_wider_gap_is_not() {
        let found = align(&[sure(0), unknown(4), sure(3)], 4);
        assert_eq!(found, [Some(0), None, Some(3)]);
    }

    #[test]
    fn a_record_too_many_makes_its_like_uncertain() {
        let found = align(&[sure(0), unknown(3), unknown(3), sure(2)], 3);
        assert_eq!(found, [Some(0), None, None, Some(2)]);
    }

    #[test]
    fn pieces_are_told_apart_by_what_stands_around_them() {
        let piece = |lines: &[usize]| Candidate {
            lines: lines.to_vec(),
            weight: PIECE,
            sure: false,
        };
        let found = align(
            &[sure(0), unknown(6), piece(&[2, 3]), piece(&[3]), sure(4)],
            6,
        );
        assert_eq!(found, [Some(0), Some(1), Some(2), Some(3), Some(4)]);
    }

    #[test]
    fn a_wording_that_the_form_repeats_is_told_by_its_order() {
        let twice = Candidate {
            lines: vec![1, 3],
            weight: SURE,
            sure: true,
        };
        let found = align(&[sure(0), twice.clone(), sure(2), twice.clone()], 5);
        assert_eq!(found, [Some(0), Some(1), Some(2), Some(3)]);
        assert_eq!(align(&[twice.clone(), sure(4)], 5), [None, Some(4)]);
    }

    #[test]
    fn a_label_in_full_is_believed_out_of_order() {
        let found = align(&[sure(1), sure(2), sure(0)], 3);
        assert_eq!(found, [Some(1), Some(2), Some(0)]);
    }
}
