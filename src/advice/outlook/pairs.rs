//! For every pair of candidates, the most one cluster can move from the first to the second; must
//! not add clusters up.

use crate::advice::space::{Cluster, Outcome, Table};
use crate::questionnaire::{CandidateId, CandidateSet, OptionSet, QuestionId};

/// Less than any sum of points, yet far from overflow when clusters are added.
pub(super) const IMPOSSIBLE: i64 = i64::MIN / 4096;

/// The two tables of one cluster.
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

    fn of(cluster: &Cluster, candidates: usize, allowed: impl Fn(&Table, &Outcome<'_>) -> bool) -> Self {
        let size = candidates * candidates;
        let mut pairs = Self {
            candidates,
            rival: vec![IMPOSSIBLE; size],
            both: vec![IMPOSSIBLE; size],
            alive: CandidateSet::EMPTY,
            may_be_out: CandidateSet::EMPTY,
        };
        for case in &cluster.cases {
            let mut of_case = (vec![0; size], vec![0; size]);
            let (mut alive, mut out) = (CandidateSet::first(candidates), CandidateSet::EMPTY);
            let mut possible = true;
            for table in &case.tables {
                let mut of_table = (vec![IMPOSSIBLE; size], vec![IMPOSSIBLE; size]);
                let mut alive_here = CandidateSet::EMPTY;
                let mut any = false;
                for outcome in table.outcomes().filter(|outcome| allowed(table, outcome)) {
                    any = true;
                    out = out.union(outcome.ruled_out);
                    let here = CandidateSet::first(candidates).without(outcome.ruled_out);
                    alive_here = alive_here.union(here);
                    for rival in here.iter() {
                        for leader in 0..candidates {
                            let gain = outcome.gain(CandidateId(leader), rival);
                            let at = leader * candidates + rival.0;
                            of_table.0[at] = of_table.0[at].max(gain);
                            if here.contains(CandidateId(leader)) {
                                of_table.1[at] = of_table.1[at].max(gain);
                            }
                        }
                    }
                }
                possible &= any;
                alive = alive.intersection(alive_here);
                add(&mut of_case.0, &of_table.0);
                add(&mut of_case.1, &of_table.1);
            }
            if possible {
                raise(&mut pairs.rival, &of_case.0);
                raise(&mut pairs.both, &of_case.1);
                pairs.alive = pairs.alive.union(alive);
                pairs.may_be_out = pairs.may_be_out.union(out);
            }
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
