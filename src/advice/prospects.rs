//! Computes how other answers could change one part, split into independent pieces.
//!
//! Either the answers to open questions vary, or the given answers. A *completion* answers every open
//! question that is visible in it; a *change* replaces the choice in one given answer. Answers that share no
//! term are independent, so a maximum over all of them is a sum of maxima. Answers that share terms become
//! independent once some of them are fixed. The result is a tree of alternatives (an AND/OR search space;
//! Dechter and Mateescu 2007). At each [`Fork`], exactly one [`Branch`] is taken, and the forks below a
//! branch are independent.

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
    /// The answers to open questions vary; given answers stay.
    Open,
    /// The given answers to visible questions vary; open questions stay open. Each change costs one.
    Given,
}

/// All effects of the varying answers on one part.
#[derive(Debug)]
pub(super) struct Prospects {
    /// Decision diagrams that are independent of each other.
    pub diagrams: Vec<Diagram>,
    /// Candidates that are ruled out whatever the varying answers are.
    pub ruled_out: CandidateSet,
    /// Whether every branch can really happen. Otherwise branches were added that may not happen, and a
    /// maximum is only an upper bound.
    pub exact: bool,
    /// One question of each group that was too large for an exact result.
    pub too_large: Vec<QuestionId>,
}

/// A fork with all forks below it. Branches that leave the same terms open lead to the same fork, which makes
/// this a decision diagram rather than a tree (context-minimal AND/OR graph; Dechter and Mateescu 2007).
/// Forks that happen together are always distinct, because each decides different terms.
#[derive(Debug)]
pub(super) struct Diagram {
    /// All forks below `top`, each after the forks below it.
    pub below: Vec<Fork>,
    /// The root fork.
    pub top: Fork,
}

/// A set of branches of which exactly one happens.
#[derive(Debug)]
pub(super) struct Fork {
    /// The question that selects the branch; `None` if it is unknown.
    pub question: Option<QuestionId>,
    pub branches: Vec<Branch>,
}

/// One way to answer a question, or to decide some of its options.
#[derive(Debug)]
pub(super) struct Branch {
    /// The options that the branch decides.
    pub scope: OptionSet,
    /// The options in `scope` that are chosen.
    pub chosen: OptionSet,
    /// What the branch adds to each candidate's score. All branches taken together add up to the change from
    /// the current answers.
    pub change: PerCandidate<i64>,
    /// The candidates that the branch rules out.
    pub ruled_out: CandidateSet,
    /// Number of given answers changed.
    pub cost: u32,
    /// The forks that follow, independent of each other: positions in [`Diagram::below`].
    pub then: Vec<usize>,
}

impl Diagram {
    /// Returns a diagram that consists of a single fork.
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

    /// Computes a value for each fork; `of` receives the values of the preceding forks, which include all
    /// forks below.
    pub fn values<'d, T>(&'d self, mut of: impl FnMut(&'d Fork, &[T]) -> T) -> Vec<T> {
        let mut values = Vec::with_capacity(self.below.len() + 1);
        for fork in self.forks() {
            let value = of(fork, &values);
            values.push(value);
        }
        values
    }

    /// Computes a value for the top fork; `of` receives the values of the preceding forks, as in
    /// [`Diagram::values`].
    pub fn value<'d, T>(&'d self, mut of: impl FnMut(&'d Fork, &[T]) -> T) -> T {
        let mut values = Vec::with_capacity(self.below.len());
        for fork in &self.below {
            let value = of(fork, &values);
            values.push(value);
        }
        of(&self.top, &values)
    }

    /// Returns whether the outcome depends on the answer to a question.
    pub fn asks(&self, question: QuestionId) -> bool {
        self.forks().any(|fork| fork.question == Some(question))
    }

    /// Returns the largest sum of `value` over branches that happen together and are all `allowed`; `None` if
    /// there are no such branches.
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

    /// Returns the candidates that some choice of branches leaves in the running.
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
    /// Returns how much the branch itself adds to the lead of `rival` over `leader`.
    pub fn gain(&self, leader: CandidateId, rival: CandidateId) -> i64 {
        self.change[rival] - self.change[leader]
    }

    /// Returns whether the branch happens if exactly these options of its question are chosen.
    pub fn is_of(&self, options: OptionSet) -> bool {
        self.chosen == options.intersection(self.scope)
    }
}

impl Prospects {
    /// Returns the options of a question that some branch decides.
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

    /// Returns the questions with an answer that rules a candidate out, considering each question on its own.
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

    /// Returns the most that answers can add to the lead of `rival` over `leader` while `rival` stays in the
    /// running; `None` if `rival` cannot stay.
    pub fn most_gain(&self, leader: CandidateId, rival: CandidateId) -> Option<i64> {
        let spares = |branch: &Branch| !branch.ruled_out.contains(rival);
        let gain = |branch: &Branch| branch.gain(leader, rival);
        self.diagrams.iter().map(|diagram| diagram.most(&spares, &gain)).sum()
    }
}
