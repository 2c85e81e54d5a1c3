//! What other answers could bring to one part, split so that each piece can be looked at alone.
//!
//! The answers that vary are those that are open (a *completion* answers every open question that is visible
//! in it) or those that are given (a *change* gives one of them another choice). Answers that no term joins
//! are independent, so a maximum over all of them is a sum of maxima. Those that are joined become
//! independent once some of them are fixed, which gives a tree of alternatives: a [`Fork`] takes one
//! [`Branch`], and below a branch all forks are taken independently (an AND/OR search tree; Dechter and
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
    pub forks: Vec<Fork>,
    /// Number of forks, those below others included.
    pub count: usize,
    /// Candidates ruled out whatever the varying answers are.
    pub ruled_out: CandidateSet,
    /// Whether every branch can really happen. If not, some were added that may not, so that a
    /// maximum is an upper bound.
    pub exact: bool,
    /// A question of each group that was too large to be exact.
    pub too_large: Vec<QuestionId>,
}

/// Exactly one of the branches happens.
#[derive(Debug)]
pub(super) struct Fork {
    /// Position among all forks, those below others included.
    pub id: usize,
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
    /// What varies further, independently of each other.
    pub then: Vec<Fork>,
}

impl Fork {
    /// Says whether the outcome depends on a question's answer.
    pub fn asks(&self, question: QuestionId) -> bool {
        let mut below = self.branches.iter().flat_map(|branch| &branch.then);
        self.question == Some(question) || below.any(|fork| fork.asks(question))
    }

    /// Returns the largest sum of `value` over branches that happen together and are `allowed`;
    /// nothing if there are none.
    pub fn most(&self, allowed: &impl Fn(&Branch) -> bool, value: &impl Fn(&Branch) -> i64) -> Option<i64> {
        let worth = |branch: &Branch| {
            let below: Option<i64> = branch.then.iter().map(|fork| fork.most(allowed, value)).sum();
            Some(value(branch) + below?)
        };
        self.branches.iter().filter(|branch| allowed(branch)).filter_map(worth).max()
    }

    fn can_be_ruled_out(&self) -> CandidateSet {
        self.branches.iter().fold(CandidateSet::EMPTY, |all, branch| {
            let below = branch.then.iter().map(Self::can_be_ruled_out);
            all.union(below.fold(branch.ruled_out, CandidateSet::union))
        })
    }

    fn add_threats(&self, candidate: CandidateId, questions: &mut BTreeSet<QuestionId>) {
        for branch in &self.branches {
            questions.extend(self.question.filter(|_| branch.ruled_out.contains(candidate)));
            branch.then.iter().for_each(|fork| fork.add_threats(candidate, questions));
        }
    }

    /// Who is left by some branch: those whom it does not rule out, nor every way below it.
    fn can_be_alive(&self, all: CandidateSet) -> CandidateSet {
        self.branches.iter().fold(CandidateSet::EMPTY, |alive, branch| {
            let here = all.without(branch.ruled_out);
            let here = branch.then.iter().fold(here, |here, fork| fork.can_be_alive(here));
            alive.union(here)
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
    /// Returns the candidates that some answers rule out.
    pub fn can_be_ruled_out(&self) -> CandidateSet {
        self.forks.iter().map(Fork::can_be_ruled_out).fold(self.ruled_out, CandidateSet::union)
    }

    /// Returns the questions some answer to which rules a candidate out, as far as that is known of each
    /// question alone.
    pub fn threats(&self, candidate: CandidateId) -> BTreeSet<QuestionId> {
        let mut questions = BTreeSet::new();
        self.forks.iter().for_each(|fork| fork.add_threats(candidate, &mut questions));
        questions
    }

    /// Returns the candidates that some answers leave in the running.
    pub fn can_be_alive(&self, all: CandidateSet) -> CandidateSet {
        let rest = all.without(self.ruled_out);
        self.forks.iter().fold(rest, |alive, fork| fork.can_be_alive(alive))
    }

    /// Returns the most that answers which leave `rival` in the running add to its score less that
    /// of `leader`; nothing if it cannot be left.
    pub fn most_gain(&self, leader: CandidateId, rival: CandidateId) -> Option<i64> {
        let spares = |branch: &Branch| !branch.ruled_out.contains(rival);
        let gain = |branch: &Branch| branch.gain(leader, rival);
        self.forks.iter().map(|fork| fork.most(&spares, &gain)).sum()
    }
}
