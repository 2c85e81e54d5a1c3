//! What other answers could bring to one part, split so that each piece can be looked at alone.
//!
//! The answers that vary are those that are open (a *completion* answers every open question that is visible
//! in it) or those that are given (a *change* gives one of them another choice). Answers that no term joins
//! are independent, so a maximum over all of them is a sum of maxima. Those that are joined become
//! independent once some of them are fixed, which gives a tree of alternatives: a [`Fork`] takes one
//! [`Branch`], and below a branch all forks are taken independently (an AND/OR search space; Dechter and
//! Mateescu 2007).

mod alternatives;
mod build;
mod partial_answers;
mod terms;
mod union_find;

use std::collections::BTreeSet;

use crate::questionnaire::{CandidateId, CandidateSet, OptionSet, PerCandidate, QuestionId};

pub(super) use build::prospects;

/// Which answers vary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vary {
    /// The open ones; what is answered stays.
    Open,
    /// The given ones that are visible; what is open stays open. Each costs one change.
    Given,
}

/// Everything that varying answers can bring to one part.
#[derive(Debug)]
pub(super) struct Prospects {
    /// Choices that do not touch each other.
    pub diagrams: Vec<Diagram>,
    /// Candidates ruled out whatever the varying answers are.
    pub ruled_out: CandidateSet,
    /// Whether every branch can really happen. If not, some were added that may not, so that a
    /// maximum is an upper bound.
    pub exact: bool,
    /// A question of each group that was too large to be exact.
    pub too_large: Vec<QuestionId>,
}

/// A fork with all forks below it. Where different branches leave the same open, they lead to the same
/// fork, so this is a decision diagram and no tree (context-minimal AND/OR graph; Dechter and Mateescu
/// 2007). Forks that happen together are never the same one, as each decides other terms.
#[derive(Debug)]
pub(super) struct Diagram {
    /// Each fork after those below it.
    pub below: Vec<Fork>,
    /// The fork with which it begins.
    pub top: Fork,
}

/// Exactly one of the branches happens.
#[derive(Debug)]
pub(super) struct Fork {
    /// The question whose answer makes the difference; nothing where it is not known which one does.
    pub question: Option<QuestionId>,
    pub branches: Vec<Branch>,
}

/// One way to answer a question, or some of its options.
#[derive(Debug)]
pub(super) struct Branch {
    /// The options that are decided here.
    pub scope: OptionSet,
    /// Those of them that are chosen.
    pub chosen: OptionSet,
    /// Change of each candidate's score against today.
    pub change: PerCandidate<i64>,
    /// Who is ruled out.
    pub ruled_out: CandidateSet,
    /// How many given answers are changed.
    pub cost: u32,
    /// What varies further, independently of each other: positions in [`Diagram::below`].
    pub then: Vec<usize>,
}

impl Diagram {
    /// Returns a fork on which nothing depends.
    pub const fn of(top: Fork) -> Self {
        Self { below: Vec::new(), top }
    }

    /// Returns all forks, each after those below it.
    pub fn forks(&self) -> impl Iterator<Item = &Fork> {
        self.below.iter().chain([&self.top])
    }

    /// Returns the position of the top fork in [`Diagram::forks`].
    pub const fn top_position(&self) -> usize {
        self.below.len()
    }

    /// Returns the fork at a position in [`Diagram::forks`].
    pub fn fork(&self, position: usize) -> &Fork {
        self.below.get(position).unwrap_or(&self.top)
    }

    /// Returns what `of` finds for each fork, given what it found for those below.
    pub fn values<'d, T>(&'d self, mut of: impl FnMut(&'d Fork, &[T]) -> T) -> Vec<T> {
        let mut values = Vec::with_capacity(self.below.len() + 1);
        for fork in self.forks() {
            let value = of(fork, &values);
            values.push(value);
        }
        values
    }

    /// Returns what `of` finds for the top fork, given what it found for those below each fork.
    pub fn value<'d, T>(&'d self, mut of: impl FnMut(&'d Fork, &[T]) -> T) -> T {
        let mut values = Vec::with_capacity(self.below.len());
        for fork in &self.below {
            let value = of(fork, &values);
            values.push(value);
        }
        of(&self.top, &values)
    }

    /// Says whether the outcome depends on a question's answer.
    pub fn asks(&self, question: QuestionId) -> bool {
        self.forks().any(|fork| fork.question == Some(question))
    }

    /// Returns the largest sum of `value` over branches that happen together and are `allowed`;
    /// nothing if there are none.
    fn most(&self, allowed: &impl Fn(&Branch) -> bool, value: &impl Fn(&Branch) -> i64) -> Option<i64> {
        self.value(|fork, most: &[Option<i64>]| {
            let worth = |branch: &Branch| {
                let below: Option<i64> = branch.then.iter().map(|fork| most[*fork]).sum();
                Some(value(branch) + below?)
            };
            fork.branches.iter().filter(|branch| allowed(branch)).filter_map(worth).max()
        })
    }

    fn branches(&self) -> impl Iterator<Item = &Branch> {
        self.forks().flat_map(|fork| &fork.branches)
    }

    /// Who of all candidates is left by some branch: those whom it does not rule out, nor every way
    /// below it.
    fn can_be_alive(&self, all: CandidateSet) -> CandidateSet {
        self.value(|fork, alive: &[CandidateSet]| {
            let here = |branch: &Branch| {
                let below = branch.then.iter().map(|fork| alive[*fork]);
                below.fold(all.without(branch.ruled_out), CandidateSet::intersection)
            };
            fork.branches.iter().map(here).fold(CandidateSet::EMPTY, CandidateSet::union)
        })
    }
}

impl Branch {
    /// Returns by how much the branch itself moves `rival` against `leader`.
    pub fn gain(&self, leader: CandidateId, rival: CandidateId) -> i64 {
        self.change[rival] - self.change[leader]
    }

    /// Says whether the branch can happen when its question is answered with just these options.
    pub fn is_of(&self, options: OptionSet) -> bool {
        self.chosen == options.intersection(self.scope)
    }
}

impl Prospects {
    /// Returns the options of a question that some branch is about.
    pub fn options_of(&self, question: QuestionId) -> OptionSet {
        let forks = self.diagrams.iter().flat_map(Diagram::forks);
        let branches = forks.filter(|fork| fork.question == Some(question)).flat_map(|fork| &fork.branches);
        branches.fold(OptionSet::EMPTY, |all, branch| all.union(branch.scope))
    }

    /// Returns the candidates that some answers rule out.
    pub fn can_be_ruled_out(&self) -> CandidateSet {
        let branches = self.diagrams.iter().flat_map(Diagram::branches);
        branches.map(|branch| branch.ruled_out).fold(self.ruled_out, CandidateSet::union)
    }

    /// Returns the questions some answer to which rules a candidate out, as far as that is known of each
    /// question alone.
    pub fn threats(&self, candidate: CandidateId) -> BTreeSet<QuestionId> {
        let threatens = |fork: &&Fork| fork.branches.iter().any(|it| it.ruled_out.contains(candidate));
        let forks = self.diagrams.iter().flat_map(Diagram::forks).filter(threatens);
        forks.filter_map(|fork| fork.question).collect()
    }

    /// Returns the candidates that some answers leave in the running.
    pub fn can_be_alive(&self, all: CandidateSet) -> CandidateSet {
        let rest = all.without(self.ruled_out);
        self.diagrams.iter().map(|it| it.can_be_alive(all)).fold(rest, CandidateSet::intersection)
    }

    /// Returns the most that answers which leave `rival` in the running add to its score less that
    /// of `leader`; nothing if it cannot be left.
    pub fn most_gain(&self, leader: CandidateId, rival: CandidateId) -> Option<i64> {
        let spares = |branch: &Branch| !branch.ruled_out.contains(rival);
        let gain = |branch: &Branch| branch.gain(leader, rival);
        self.diagrams.iter().map(|diagram| diagram.most(&spares, &gain)).sum()
    }
}
