//! The kit: which candidates to use together; must be exact up to [`EXACT`] candidates.
//!
//! Choosing the set of languages that serves all parts best, each with a fixed cost, is the
//! uncapacitated facility location problem (Balinski 1965). All subsets are looked at, those left out
//! that provably are not among the best of their size, which needs no heuristic.

mod choices;

use crate::id_set::{IdSet, SmallId};
use crate::questionnaire::{CandidateId, CandidateSet, PerCandidate};

pub(super) use choices::choices;

/// Up to this many candidates kits of every size are looked at.
pub const EXACT: usize = 20;
/// Largest kit looked at when there are more candidates.
const BOUNDED_SIZE: usize = 4;
/// Kits looked at when there are more candidates: where many tie, as on an empty sheet, nothing can be
/// left out, and sizes that take longer than this are not looked at.
const BOUNDED_STEPS: usize = 20_000;

/// Less than any sum of points, yet far from overflow when parts are added.
const UNUSABLE: i64 = i64::MIN / 256;

/// One part to decide, as the kit sees it.
pub(super) struct PartFits {
    /// Fit by candidate.
    pub fit: PerCandidate<i64>,
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
    /// a size without use, where a smaller kit fits as well and has more net, is left out.
    pub by_size: Vec<Vec<Kit>>,
    /// The best kits of any size; several on a tie, none if there is nothing to decide.
    pub best: Vec<Kit>,
    /// Positions, in [`super::Advice::parts`], of parts that nobody can do; they are not scored.
    pub unserved: Vec<usize>,
    /// Up to how many candidates a kit may have to have been looked at.
    pub looked_up_to: usize,
    /// Whether kits of every size that could be of use were looked at.
    pub exact: bool,
    /// How many kits were looked at, for telling how long that takes.
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
    // No more candidates are of use than there are parts.
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
    /// Says whether one candidate more than in every best kit was looked at. If so it is of no use, and
    /// neither are several more, of which none adds more than it would alone.
    pub fn is_largest(&self) -> bool {
        self.exact || self.best.iter().all(|kit| kit.candidates.len() < self.looked_up_to)
    }

    /// Returns what the best kits choose for a part: several on a tie, none if nobody can do it.
    pub(super) fn choice(&self, parts: &[PartFits], part: usize) -> CandidateSet {
        let part = &parts[part];
        self.best.iter().fold(CandidateSet::EMPTY, |choice, kit| choice.union(part.best_of(kit.candidates)))
    }
}

impl PartFits {
    /// The fit of a candidate that is not ruled out.
    fn value(&self, candidate: CandidateId) -> i64 {
        if self.alive.contains(candidate) { self.fit[candidate] } else { UNUSABLE }
    }

    /// The candidates of a kit that serve this part best.
    fn best_of(&self, kit: CandidateSet) -> CandidateSet {
        let usable = kit.intersection(self.alive);
        let best = usable.iter().map(|candidate| self.fit[candidate]).max();
        usable.iter().filter(|candidate| Some(self.fit[*candidate]) == best).collect()
    }
}

struct KitSearch<'a> {
    parts: &'a [&'a PartFits],
    costs: &'a [i64],
    /// By candidate, what it is worth to each part.
    values: Vec<Vec<i64>>,
    /// Best kits by size less one; those of one size all have the same net.
    by_size: Vec<Vec<Kit>>,
    /// By size less one, the largest fit of such a kit.
    most_fit: Vec<i64>,
    /// The fit if each part had whoever is best for it: no kit has more.
    full_fit: i64,
    /// Kits looked at so far, and how many may be.
    looked_at: usize,
    most: usize,
}

/// A kit that is still being put together.
struct Partial {
    candidates: CandidateSet,
    /// Fit of the best of the candidates, by part.
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

    /// Offers every kit of up to `largest` candidates that could be among the best of its size, and
    /// returns the size up to which that was done.
    fn run(&mut self, largest: usize) -> usize {
        let fits = vec![UNUSABLE; self.parts.len()];
        let empty = Partial { candidates: CandidateSet::EMPTY, net: fits.iter().sum(), fits };
        for size in 1..=largest {
            self.by_size.resize(size, Vec::new());
            self.most_fit.resize(size, UNUSABLE);
            let gains: Vec<i64> = (0..self.costs.len()).map(|index| self.gain(&empty, index)).collect();
            self.extend(&empty, 0, size, &gains);
            if self.looked_at >= self.most {
                // Of a size that was not gone through nobody knows which kits are the best.
                self.by_size.pop();
                return size - 1;
            }
        }
        largest
    }

    /// What a candidate adds to the net of a kit.
    fn gain(&self, kit: &Partial, index: usize) -> i64 {
        let more = self.values[index].iter().zip(&kit.fits).map(|(value, fit)| (value - fit).max(0));
        more.sum::<i64>() - self.costs[index]
    }

    /// Completes a kit with `more` of the candidates from `from` on.
    ///
    /// `hopes` is what each adds to this kit or to a smaller part of it. It adds no more to the whole
    /// than to a part (the fit is submodular; Cornuejols, Fisher and Nemhauser 1977), so that a kit
    /// whose hopes do not reach the best one is left out. Neither is a larger kit of use if a part of
    /// it is of none.
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

    /// Keeps a kit if it is among the best of its size and no smaller kit kept before fits as well and
    /// has more net.
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

    /// Says whether a smaller kit has more net than this one and fits as well.
    fn is_beaten(&self, size: usize, fit: i64, net: i64) -> bool {
        let mut smaller = self.by_size[..size - 1].iter().zip(&self.most_fit);
        smaller
            .any(|(tied, most_fit)| *most_fit >= fit && tied.first().is_some_and(|other| other.net() > net))
    }

    /// Says whether each member can be given a part of its own without losing fit: a matching
    /// between members and the parts each serves best (augmenting paths, Kuhn 1955).
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

/// Most candidates and most parts there can be, as each is a set of one word.
const MOST: usize = 64;

/// Which candidate is given which part.
struct Matching {
    /// By candidate, the parts it may have, a bit each.
    serves: [u64; MOST],
    /// By part, who has it.
    taken: [Option<CandidateId>; MOST],
}

impl Matching {
    /// Finds a part for one more candidate, others moving to parts not `seen` yet.
    fn augment(&mut self, member: CandidateId, seen: &mut u64) -> bool {
        // A deeper step may see more of them.
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
