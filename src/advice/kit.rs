//! The kit: which candidates to use together; must be exact up to [`EXACT`] candidates.
//!
//! Choosing the set of languages that serves all parts best, each with a fixed cost, is the
//! uncapacitated facility location problem (Balinski 1965). With at most 16 candidates all subsets
//! are looked at, which needs no heuristic.

use std::ops::Range;

use crate::questionnaire::{CandidateId, CandidateSet};
use crate::set::Set;

/// Up to this many candidates every subset is looked at.
pub const EXACT: usize = 16;
/// Largest kit looked at when there are more candidates.
const BOUNDED_SIZE: usize = 4;

/// Less than any sum of points, yet far from overflow when parts are added.
const UNUSABLE: i64 = i64::MIN / 256;

/// One part to decide, as the kit sees it.
pub(super) struct Row {
    /// Fit by candidate.
    pub fit: Vec<i64>,
    /// Candidates that are not ruled out.
    pub alive: CandidateSet,
}

/// Candidates that are used together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kit {
    /// The candidates; each serves at least one part.
    pub candidates: CandidateSet,
    /// Fit of the choices, summed over the parts.
    pub fit: i64,
    /// Adoption cost of the candidates.
    pub cost: i64,
}

impl Kit {
    /// Returns the fit less the cost.
    pub const fn net(&self) -> i64 {
        self.fit - self.cost
    }
}

/// The best kits of every size, and the best of all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kits {
    /// The best kits of each size, several on a tie, from the smallest size that can do all parts;
    /// a size without use, where a smaller kit has both more fit and more net, is left out.
    pub by_size: Vec<Vec<Kit>>,
    /// The best kits of any size; several on a tie, none if there is nothing to decide.
    pub best: Vec<Kit>,
    /// Positions, in [`super::Advice::parts`], of parts that nobody can do; they are not scored.
    pub unserved: Vec<usize>,
    /// Whether all sizes were looked at.
    pub exact: bool,
}

/// Finds the best kits.
pub(super) fn kits(rows: &[Row], costs: &[i64]) -> Kits {
    let count = costs.len();
    let unserved: Vec<usize> = (0..rows.len()).filter(|row| rows[*row].alive.is_empty()).collect();
    let served: Vec<&Row> = rows.iter().filter(|row| !row.alive.is_empty()).collect();
    let mut kits = Kits { unserved, exact: count <= EXACT, ..Kits::default() };
    if served.is_empty() {
        return kits;
    }
    let mut search = Search { rows: &served, costs, by_size: Vec::new() };
    // One part has no use for a second candidate, so that there is no need for all subsets.
    if kits.exact && served.len() > 1 {
        search.all_subsets(count);
    } else {
        search.small_subsets(count);
    }
    kits.by_size = search.by_size.into_iter().filter(|tied| !tied.is_empty()).collect();
    let best = kits.by_size.iter().flatten().map(Kit::net).max();
    kits.best = kits.by_size.iter().flatten().filter(|kit| Some(kit.net()) == best).copied().collect();
    kits
}

impl Kits {
    /// Returns what the best kits choose for a part: several on a tie, none if nobody can do it.
    pub(super) fn choice(&self, rows: &[Row], part: usize) -> CandidateSet {
        let row = &rows[part];
        self.best.iter().fold(CandidateSet::EMPTY, |choice, kit| choice.union(row.best_of(kit.candidates)))
    }
}

impl Row {
    /// The fit of a candidate that is not ruled out.
    fn value(&self, candidate: CandidateId) -> i64 {
        if self.alive.contains(candidate) { self.fit[candidate.0] } else { UNUSABLE }
    }

    /// The candidates of a kit that serve this part best.
    fn best_of(&self, kit: CandidateSet) -> CandidateSet {
        let usable = kit.intersection(self.alive);
        let best = usable.iter().map(|candidate| self.fit[candidate.0]).max();
        usable.iter().filter(|candidate| Some(self.fit[candidate.0]) == best).collect()
    }
}

struct Search<'a> {
    rows: &'a [&'a Row],
    costs: &'a [i64],
    /// Best kits by size less one.
    by_size: Vec<Vec<Kit>>,
}

impl Search<'_> {
    /// `best[S] = max(best[S without its lowest member], value of that member)`, for every part.
    fn all_subsets(&mut self, count: usize) {
        let mut total = vec![0_i64; 1 << count];
        let mut best = vec![UNUSABLE; 1 << count];
        for row in self.rows {
            for subset in 1..total.len() {
                let lowest = subset.trailing_zeros() as usize;
                best[subset] = best[subset & (subset - 1)].max(row.value(CandidateId(lowest)));
                total[subset] += best[subset];
            }
        }
        for size in 1..=count.min(self.rows.len()) as u32 {
            for (subset, fit) in total.iter().enumerate() {
                if subset.count_ones() == size && *fit > UNUSABLE / 2 {
                    self.offer(Set::from_bits(subset as u64), *fit);
                }
            }
        }
    }

    fn small_subsets(&mut self, count: usize) {
        for size in 1..=BOUNDED_SIZE.min(self.rows.len()) {
            self.extend(CandidateSet::EMPTY, &vec![UNUSABLE; self.rows.len()], 0..count, size);
        }
    }

    /// Offers every kit made of `kit`, which serves the parts with these fits, and `more` of the
    /// candidates in `from`.
    fn extend(&mut self, kit: CandidateSet, fits: &[i64], from: Range<usize>, more: usize) {
        for index in from.clone() {
            let candidate = CandidateId(index);
            let better = |(row, fit): (&&Row, &i64)| row.value(candidate).max(*fit);
            let kit = kit.union(Set::only(candidate));
            if more > 1 {
                let fits: Vec<i64> = self.rows.iter().zip(fits).map(better).collect();
                self.extend(kit, &fits, index + 1..from.end, more - 1);
                continue;
            }
            let fit = self.rows.iter().zip(fits).map(better).sum();
            if fit > UNUSABLE / 2 {
                self.offer(kit, fit);
            }
        }
    }

    /// Keeps a kit if it is among the best of its size, every member is of use, and no smaller kit
    /// kept before has both more fit and more net.
    fn offer(&mut self, candidates: CandidateSet, fit: i64) {
        let size = candidates.len();
        let cost = candidates.iter().map(|candidate| self.costs[candidate.0]).sum();
        let kit = Kit { candidates, fit, cost };
        if self.by_size.len() < size {
            self.by_size.resize(size, Vec::new());
        }
        let known = &self.by_size[size - 1];
        let best = known.first().map(Kit::net);
        if best.is_some_and(|best| best > kit.net()) || self.is_beaten(&kit) || !self.uses_all(candidates) {
            return;
        }
        let known = &mut self.by_size[size - 1];
        if best.is_some_and(|best| best < kit.net()) {
            known.clear();
        }
        known.push(kit);
    }

    fn is_beaten(&self, kit: &Kit) -> bool {
        let mut smaller = self.by_size[..kit.candidates.len() - 1].iter().flatten();
        smaller.any(|other| other.fit > kit.fit && other.net() > kit.net())
    }

    /// Says whether each member can be given a part of its own without losing fit: a matching
    /// between members and the parts each serves best (augmenting paths, Kuhn 1955).
    fn uses_all(&self, kit: CandidateSet) -> bool {
        let serves: Vec<CandidateSet> = self.rows.iter().map(|row| row.best_of(kit)).collect();
        let mut taken: Vec<Option<CandidateId>> = vec![None; serves.len()];
        kit.iter().all(|member| augment(member, &serves, &mut taken, &mut vec![false; serves.len()]))
    }
}

fn augment(
    member: CandidateId,
    serves: &[CandidateSet],
    taken: &mut [Option<CandidateId>],
    seen: &mut [bool],
) -> bool {
    for part in 0..serves.len() {
        if !serves[part].contains(member) || std::mem::replace(&mut seen[part], true) {
            continue;
        }
        if taken[part].is_none_or(|other| augment(other, serves, taken, seen)) {
            taken[part] = Some(member);
            return true;
        }
    }
    false
}
