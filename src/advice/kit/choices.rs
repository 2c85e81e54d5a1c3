//! Computes the best kits' choices without the kits themselves, for callers that need them thousands of
//! times.

use super::{EXACT, PartFits, kits};
use crate::questionnaire::{CandidateId, CandidateSet, PerCandidate};

/// Above this number of parts, [`kits`] is used instead, because the time for n parts grows as 3ⁿ.
const PARTS: usize = 8;

/// Returns the best kits' choice for each part: several on a tie, none if no candidate can serve the part.
///
/// A kit splits the parts into groups, each served by one candidate at its cost. The best split is built up
/// group by group (dynamic programming over sets).
pub(in crate::advice) fn choices(parts: &[PartFits], costs: &PerCandidate<i64>) -> Vec<CandidateSet> {
    let mut choices = vec![CandidateSet::EMPTY; parts.len()];
    let served: Vec<usize> = (0..parts.len()).filter(|part| !parts[*part].alive.is_empty()).collect();
    if served.len() > PARTS || costs.count() > EXACT {
        let kits = kits(parts, costs);
        return (0..parts.len()).map(|part| kits.choice(parts, part)).collect();
    }
    let all = (1_usize << served.len()) - 1;
    // The value of each candidate for each group of parts, minus its cost.
    let worth = |(candidate, cost): (CandidateId, &i64)| {
        let mut worth = vec![-cost; all + 1];
        for group in 1..=all {
            let part = &parts[served[group.trailing_zeros() as usize]];
            worth[group] = worth[group & (group - 1)] + part.value(candidate);
        }
        (candidate, worth)
    };
    let worths: Vec<(CandidateId, Vec<i64>)> = costs.iter().map(worth).collect();
    let served_best = |group: usize| worths.iter().map(|(_, worth)| worth[group]).max().unwrap_or(0);
    let group_best: Vec<i64> = (0..=all).map(served_best).collect();
    let mut best = vec![0; all + 1];
    for set in 1..=all {
        let first = set & set.wrapping_neg();
        best[set] = subsets(set ^ first)
            .map(|more| group_best[first | more] + best[set ^ first ^ more])
            .max()
            .unwrap_or(0);
    }
    for group in 1..=all {
        let needed = best[all] - best[all ^ group];
        for (candidate, _) in worths.iter().filter(|(_, worth)| worth[group] == needed) {
            for (bit, part) in served.iter().enumerate() {
                if group & (1 << bit) != 0 {
                    choices[*part].insert(*candidate);
                }
            }
        }
    }
    choices
}

/// Returns all subsets of a bitset, the empty one last.
fn subsets(set: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(set), move |subset| (*subset > 0).then(|| (subset - 1) & set))
}
