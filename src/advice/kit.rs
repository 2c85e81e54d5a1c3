//! The kit: the set of candidates recommended together.
//!
//! Choosing the set of languages that serves all parts best, each with a fixed cost, is the uncapacitated
//! facility location problem (Balinski 1965). Up to [`EXACT`] candidates, the search must be exact: it uses no
//! heuristic and skips only subsets that provably do not belong in [`Kits`].

mod choices;

use crate::id_set::{IdSet, SmallId};
use crate::questionnaire::{CandidateId, CandidateSet, PerCandidate};

pub(super) use choices::choices;

/// Up to this many candidates, kits of every size are examined.
pub const EXACT: usize = 20;
/// Largest kit examined if there are more than [`EXACT`] candidates.
const BOUNDED_SIZE: usize = 4;
/// Limit on kits examined if there are more than [`EXACT`] candidates. Nothing can be pruned where many kits
/// tie, as on an empty sheet. The search ends at the size that exceeds the limit, and discards that size.
const BOUNDED_STEPS: usize = 20_000;

/// Lower than any sum of points, but high enough that adding up parts does not overflow.
const UNUSABLE: i64 = i64::MIN / 256;

/// The data of one part to decide that the kit depends on.
pub(super) struct PartFits {
    /// Fit of each candidate.
    pub fit: PerCandidate<i64>,
    /// Candidates that are not ruled out.
    pub alive: CandidateSet,
}

/// A set of candidates used together.
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
    /// Returns the fit minus the cost.
    pub const fn net(&self) -> i64 {
        self.fit - self.cost
    }
}

/// The best kits of every size, and the best overall.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kits {
    /// The best kits of each size, several on a tie, starting at the smallest size that serves all parts. A
    /// size is omitted if none of its kits needs all its members, or if a smaller kit fits as well with a
    /// higher net.
    pub by_size: Vec<Vec<Kit>>,
    /// The best kits of any size; several on a tie, none if there is nothing to decide.
    pub best: Vec<Kit>,
    /// Positions, in [`super::Advice::parts`], of parts that no candidate can serve; they are not scored.
    pub unserved: Vec<usize>,
    /// The largest kit size that was examined completely.
    pub looked_up_to: usize,
    /// Whether all kit sizes that could be useful were examined.
    pub exact: bool,
    /// Number of kits examined, as a measure of the time this takes.
    pub(super) looked_at: usize,
}

/// Finds the best kits.
pub(super) fn kits(parts: &[PartFits], costs: &PerCandidate<i64>) -> Kits {
    let count = costs.count();
    let unserved: Vec<usize> = (0..parts.len()).filter(|part| parts[*part].alive.is_empty()).collect();
    let served: Vec<&PartFits> = parts.iter().filter(|part| !part.alive.is_empty()).collect();
    let mut kits = Kits { unserved, exact: true, ..Kits::default() };
    if served.is_empty() {
        return kits;
    }
    let mut search = KitSearch::new(&served, costs.values().as_slice());
    // A kit never needs more candidates than there are parts.
    let of_use = served.len().min(count);
    if count > EXACT {
        search.most = BOUNDED_STEPS;
    }
    kits.looked_up_to = search.run(if count > EXACT { of_use.min(BOUNDED_SIZE) } else { of_use });
    kits.exact = kits.looked_up_to == of_use;
    kits.looked_at = search.looked_at;
    kits.by_size = search.by_size.into_iter().filter(|tied| !tied.is_empty()).collect();
    let best = kits.by_size.iter().flatten().map(Kit::net).max();
    kits.best = kits.by_size.iter().flatten().filter(|kit| Some(kit.net()) == best).copied().collect();
    kits
}

impl Kits {
    /// Returns whether adding candidates to a best kit provably cannot improve it. Examining kits with one more
    /// candidate is enough: several further candidates gain at most the sum of what each gains alone.
    pub fn is_largest(&self) -> bool {
        self.exact || self.best.iter().all(|kit| kit.candidates.len() < self.looked_up_to)
    }

    /// Returns the best kits' choice for a part: several on a tie, none if no candidate can serve the part.
    pub(super) fn choice(&self, parts: &[PartFits], part: usize) -> CandidateSet {
        let part = &parts[part];
        self.best.iter().fold(CandidateSet::EMPTY, |choice, kit| choice.union(part.best_of(kit.candidates)))
    }
}

impl PartFits {
    /// Returns the fit of a candidate, or [`UNUSABLE`] if it is ruled out.
    fn value(&self, candidate: CandidateId) -> i64 {
        if self.alive.contains(candidate) { self.fit[candidate] } else { UNUSABLE }
    }

    /// Returns the candidates of a kit that serve this part best.
    fn best_of(&self, kit: CandidateSet) -> CandidateSet {
        let usable = kit.intersection(self.alive);
        let best = usable.iter().map(|candidate| self.fit[candidate]).max();
        usable.iter().filter(|candidate| Some(self.fit[*candidate]) == best).collect()
    }
}

struct KitSearch<'a> {
    parts: &'a [&'a PartFits],
    costs: &'a [i64],
    /// For each candidate, its value for each part.
    values: Vec<Vec<i64>>,
    /// The best kits so far, by size minus one; those of one size all have the same net.
    by_size: Vec<Vec<Kit>>,
    /// The largest fit among the best kits of a size, by size minus one.
    most_fit: Vec<i64>,
    /// The fit if each part had its best candidate: an upper bound for every kit.
    full_fit: i64,
    /// Number of kits examined so far.
    looked_at: usize,
    /// Limit on `looked_at`.
    most: usize,
}

/// An incomplete kit.
struct Partial {
    candidates: CandidateSet,
    /// For each part, the fit of the best of the candidates.
    fits: Vec<i64>,
    net: i64,
}

impl<'a> KitSearch<'a> {
    fn new(parts: &'a [&'a PartFits], costs: &'a [i64]) -> Self {
        let worth = |index| parts.iter().map(|part| part.value(CandidateId::from_index(index))).collect();
        let values: Vec<Vec<i64>> = (0..costs.len()).map(worth).collect();
        let best = |part: usize| values.iter().map(|values| values[part]).max().unwrap_or(UNUSABLE);
        Self {
            parts,
            costs,
            full_fit: (0..parts.len()).map(best).sum(),
            values,
            by_size: Vec::new(),
            most_fit: Vec::new(),
            looked_at: 0,
            most: usize::MAX,
        }
    }

    /// Finds the best kits of each size up to `largest`, smallest size first. Returns the largest size that was
    /// searched completely.
    fn run(&mut self, largest: usize) -> usize {
        let fits = vec![UNUSABLE; self.parts.len()];
        let empty = Partial { candidates: CandidateSet::EMPTY, net: fits.iter().sum(), fits };
        for size in 1..=largest {
            self.by_size.resize(size, Vec::new());
            self.most_fit.resize(size, UNUSABLE);
            let gains: Vec<i64> = (0..self.costs.len()).map(|index| self.gain(&empty, index)).collect();
            self.extend(&empty, 0, size, &gains);
            if self.looked_at >= self.most {
                // The best kits of an incompletely searched size are unknown.
                self.by_size.pop();
                return size - 1;
            }
        }
        largest
    }

    /// Returns what a candidate adds to the net of a kit.
    fn gain(&self, kit: &Partial, index: usize) -> i64 {
        let more = self.values[index].iter().zip(&kit.fits).map(|(value, fit)| (value - fit).max(0));
        more.sum::<i64>() - self.costs[index]
    }

    /// Completes a kit with `more` of the candidates from `from` on.
    ///
    /// `hopes` holds what each candidate adds to this kit or to a subset of it. A candidate adds no more to a
    /// kit than to a subset (the fit is submodular; Cornuejols, Fisher and Nemhauser 1977). A kit is
    /// therefore pruned if its upper bound is below the best net of its size, or if a smaller kit surely
    /// beats it. A kit with a superfluous member is pruned together with its supersets.
    fn extend(&mut self, kit: &Partial, from: usize, more: usize, hopes: &[i64]) {
        let count = self.costs.len();
        let highest = hopes[from..].iter().copied().max().unwrap_or(0);
        let size = kit.candidates.len() + more;
        for index in from..=count.saturating_sub(more) {
            let others = highest.saturating_mul(more as i64 - 1);
            let bound = kit.net.saturating_add(hopes[index]).saturating_add(others);
            if self.by_size[size - 1].first().is_some_and(|best| bound < best.net())
                || self.is_beaten(size, self.full_fit, bound)
            {
                continue;
            }
            self.looked_at += 1;
            if self.looked_at >= self.most {
                return;
            }
            let values = &self.values[index];
            if values.iter().zip(&kit.fits).all(|(value, fit)| value < fit) {
                continue;
            }
            let next = Partial {
                candidates: kit.candidates.union(IdSet::only(CandidateId::from_index(index))),
                fits: kit.fits.iter().zip(values).map(|(fit, value)| *fit.max(value)).collect(),
                net: kit.net + self.gain(kit, index),
            };
            if !self.uses_all(&next) {
                continue;
            }
            match more {
                1 => self.offer(&next),
                2 => self.extend(&next, index + 1, 1, hopes),
                _ => {
                    let gains: Vec<i64> = (0..count)
                        .map(|other| if other > index { self.gain(&next, other) } else { 0 })
                        .collect();
                    self.extend(&next, index + 1, more - 1, &gains);
                }
            }
        }
    }

    /// Keeps a kit if it is among the best of its size so far and no smaller kit fits as well with a higher
    /// net.
    fn offer(&mut self, partial: &Partial) {
        let (candidates, size) = (partial.candidates, partial.candidates.len());
        let fit: i64 = partial.fits.iter().sum();
        if fit <= UNUSABLE / 2 {
            return;
        }
        let kit = Kit { candidates, fit, cost: fit - partial.net };
        let known = &self.by_size[size - 1];
        let best = known.first().map(Kit::net);
        if best.is_some_and(|best| best > kit.net()) || self.is_beaten(size, fit, kit.net()) {
            return;
        }
        let known = &mut self.by_size[size - 1];
        if best.is_some_and(|best| best < kit.net()) {
            known.clear();
            self.most_fit[size - 1] = UNUSABLE;
        }
        known.push(kit);
        self.most_fit[size - 1] = self.most_fit[size - 1].max(fit);
    }

    /// Returns whether a smaller kit has a higher net than this one and fits as well.
    fn is_beaten(&self, size: usize, fit: i64, net: i64) -> bool {
        let mut smaller = self.by_size[..size - 1].iter().zip(&self.most_fit);
        smaller
            .any(|(tied, most_fit)| *most_fit >= fit && tied.first().is_some_and(|other| other.net() > net))
    }

    /// Returns whether each member can be assigned a distinct part without losing fit. This is a matching
    /// between members and the parts that each serves best (augmenting paths, Kuhn 1955).
    fn uses_all(&self, kit: &Partial) -> bool {
        let mut matching = Matching { serves: [0; MOST], taken: [None; MOST] };
        for member in kit.candidates.iter() {
            let best = |part: &usize| {
                kit.fits[*part] != UNUSABLE && self.values[member.index()][*part] == kit.fits[*part]
            };
            matching.serves[member.index()] =
                (0..kit.fits.len()).filter(best).fold(0, |set, part| set | 1 << part);
        }
        kit.candidates.iter().all(|member| matching.augment(member, &mut 0))
    }
}

/// Maximum number of candidates and of parts, because a set of either is one 64-bit word.
const MOST: usize = 64;

/// An assignment of parts to candidates.
struct Matching {
    /// For each candidate, a bitset of the parts that it may be assigned.
    serves: [u64; MOST],
    /// For each part, the candidate that it is assigned to.
    taken: [Option<CandidateId>; MOST],
}

impl Matching {
    /// Finds a part for one more candidate, moving other candidates to other parts if necessary. Parts in
    /// `seen` are not tried again.
    fn augment(&mut self, member: CandidateId, seen: &mut u64) -> bool {
        // The recursive call may add further parts to `seen`.
        while let rest @ 1.. = self.serves[member.index()] & !*seen {
            let part = rest.trailing_zeros() as usize;
            *seen |= 1 << part;
            if self.taken[part].is_none_or(|other| self.augment(other, seen)) {
                self.taken[part] = Some(member);
                return true;
            }
        }
        false
    }
}
