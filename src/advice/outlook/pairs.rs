//! For every pair of candidates, the most that answers can move from the first to the second; must
//! not know today's scores.

use crate::advice::space::{Cluster, Outcome, Table};
use crate::questionnaire::{CandidateId, CandidateSet, OptionSet, QuestionId};

/// Less than any sum of points, yet far from overflow when clusters are added.
pub(super) const IMPOSSIBLE: i64 = i64::MIN / 4096;

/// What one cluster, or several together, can do to each pair.
#[derive(Clone)]
pub(super) struct Pairs {
    candidates: usize,
    /// Over outcomes that leave the second in the running.
    rival: Vec<i64>,
    /// Over outcomes that leave both in the running.
    both: Vec<i64>,
    /// Candidates that some outcome leaves in the running.
    pub alive: CandidateSet,
    /// Candidates that some outcome rules out.
    pub may_be_out: CandidateSet,
}

impl Pairs {
    /// Looks at all outcomes of a cluster.
    pub fn new(cluster: &Cluster, candidates: usize) -> Self {
        Self::of(cluster, candidates, |_, _| true)
    }

    /// Looks at the outcomes that can happen when a question is answered with just these options.
    pub fn answered(cluster: &Cluster, candidates: usize, question: QuestionId, options: OptionSet) -> Self {
        Self::of(cluster, candidates, |table, outcome| table.allows(outcome, question, options))
    }

    /// What no cluster can do: nothing moves, and everybody stays in the running.
    pub fn none(candidates: usize) -> Self {
        let size = candidates * candidates;
        Self {
            candidates,
            rival: vec![0; size],
            both: vec![0; size],
            alive: CandidateSet::first(candidates),
            may_be_out: CandidateSet::EMPTY,
        }
    }

    /// Adds what another cluster can do; clusters are independent.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        add(&mut self.rival, &other.rival);
        add(&mut self.both, &other.both);
        self.alive = self.alive.intersection(other.alive);
        self.may_be_out = self.may_be_out.union(other.may_be_out);
        self
    }

    fn of(cluster: &Cluster, candidates: usize, allowed: impl Fn(&Table, &Outcome<'_>) -> bool) -> Self {
        let size = candidates * candidates;
        let mut pairs = Self {
            candidates,
            rival: vec![IMPOSSIBLE; size],
            both: vec![IMPOSSIBLE; size],
            alive: CandidateSet::EMPTY,
            may_be_out: CandidateSet::EMPTY,
        };
        let everybody = CandidateSet::first(candidates);
        let (mut of_case, mut of_table) = ((vec![0; size], vec![0; size]), (vec![0; size], vec![0; size]));
        for case in &cluster.cases {
            let happens = |table: &Table| table.outcomes().any(|outcome| allowed(table, &outcome));
            if !case.tables.iter().all(happens) {
                continue;
            }
            fill(&mut of_case, 0);
            let mut alive = everybody;
            for table in &case.tables {
                fill(&mut of_table, IMPOSSIBLE);
                let mut alive_here = CandidateSet::EMPTY;
                for outcome in table.outcomes().filter(|outcome| allowed(table, outcome)) {
                    pairs.may_be_out = pairs.may_be_out.union(outcome.ruled_out);
                    let here = everybody.without(outcome.ruled_out);
                    alive_here = alive_here.union(here);
                    for (leader, lost) in outcome.change.iter().enumerate() {
                        let row = leader * candidates..(leader + 1) * candidates;
                        gain(&mut of_table.0[row.clone()], outcome.change, *lost, here);
                        if here.contains(CandidateId(leader)) {
                            gain(&mut of_table.1[row], outcome.change, *lost, here);
                        }
                    }
                }
                alive = alive.intersection(alive_here);
                add(&mut of_case.0, &of_table.0);
                add(&mut of_case.1, &of_table.1);
            }
            raise(&mut pairs.rival, &of_case.0);
            raise(&mut pairs.both, &of_case.1);
            pairs.alive = pairs.alive.union(alive);
        }
        pairs
    }

    /// The most moved from `leader` to `rival` while the rival is in the running.
    pub fn rival_alive(&self, leader: CandidateId, rival: CandidateId) -> Option<i64> {
        possible(self.rival[leader.0 * self.candidates + rival.0])
    }

    /// The most moved from `leader` to `rival` while both are in the running.
    pub fn both_alive(&self, leader: CandidateId, rival: CandidateId) -> Option<i64> {
        possible(self.both[leader.0 * self.candidates + rival.0])
    }
}

fn possible(gain: i64) -> Option<i64> {
    (gain > IMPOSSIBLE / 2).then_some(gain)
}

fn fill((rival, both): &mut (Vec<i64>, Vec<i64>), value: i64) {
    rival.fill(value);
    both.fill(value);
}

/// Raises what those who are in the running gain at best on one who loses or gains as well.
fn gain(best: &mut [i64], changes: &[i64], lost: i64, alive: CandidateSet) {
    for (index, (best, change)) in best.iter_mut().zip(changes).enumerate() {
        if alive.contains(CandidateId(index)) {
            *best = (*best).max(change - lost);
        }
    }
}

fn add(sums: &mut [i64], gains: &[i64]) {
    for (sum, gain) in sums.iter_mut().zip(gains) {
        *sum = (*sum + gain).max(IMPOSSIBLE);
    }
}

fn raise(best: &mut [i64], gains: &[i64]) {
    for (best, gain) in best.iter_mut().zip(gains) {
        *best = (*best).max(*gain);
    }
}
