//! What other answers could bring to one part, split so that each piece can be looked at alone;
//! must not compare candidates.
//!
//! The answers that vary are those that are open (a *completion* answers every open question that
//! is visible in it) or those that are given (a *change* gives one of them another choice). Terms
//! that depend on the same varying question are joined into a *cluster*; clusters do not touch, so
//! a maximum over all answers is a sum of maxima over clusters. A cluster is one of several
//! *cases*, and a case is made of *tables* that can be chosen from freely.

mod build;
mod choices;
mod groups;
mod terms;

use crate::questionnaire::{CandidateId, CandidateSet, OptionSet, QuestionId};

pub(super) use build::space;

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
pub(super) struct Space {
    pub clusters: Vec<Cluster>,
    /// Candidates ruled out whatever the varying answers are.
    pub ruled_out: CandidateSet,
    /// Whether every outcome can really happen. If not, some were added that may not, so that a
    /// maximum is an upper bound.
    pub exact: bool,
}

/// Answers that hang together: exactly one of the cases happens.
#[derive(Debug)]
pub(super) struct Cluster {
    pub cases: Vec<Case>,
}

/// Tables of which each brings one of its outcomes, independently.
#[derive(Debug)]
pub(super) struct Case {
    pub tables: Vec<Table>,
}

/// Outcomes of which exactly one happens.
#[derive(Debug, Default)]
pub(super) struct Table {
    candidates: usize,
    /// The questions whose choices make the outcome, and the options this table decides.
    pub questions: Vec<(QuestionId, OptionSet)>,
    /// Change of each candidate's score against today, one row per outcome.
    changes: Vec<i64>,
    ruled_out: Vec<CandidateSet>,
    costs: Vec<u32>,
    /// What is chosen of each question, nothing while it is hidden; one row per outcome.
    choices: Vec<Option<OptionSet>>,
}

/// One outcome of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome<'a> {
    /// Change of each candidate's score against today.
    pub change: &'a [i64],
    /// Who is ruled out.
    pub ruled_out: CandidateSet,
    /// How many given answers are changed.
    pub cost: u32,
    /// What is chosen of each of the table's questions, nothing while it is hidden.
    pub choices: &'a [Option<OptionSet>],
}

impl Outcome<'_> {
    /// Returns by how much the outcome moves `rival` against `leader`.
    pub fn gain(&self, leader: CandidateId, rival: CandidateId) -> i64 {
        self.change[rival.0] - self.change[leader.0]
    }
}

impl Table {
    /// Returns the number of outcomes.
    pub fn len(&self) -> usize {
        self.ruled_out.len()
    }

    /// Returns an outcome.
    pub fn outcome(&self, index: usize) -> Outcome<'_> {
        let (wide, deep) = (self.candidates, self.questions.len());
        Outcome {
            change: &self.changes[index * wide..(index + 1) * wide],
            ruled_out: self.ruled_out[index],
            cost: self.costs[index],
            choices: &self.choices[index * deep..(index + 1) * deep],
        }
    }

    /// Returns all outcomes.
    pub fn outcomes(&self) -> impl Iterator<Item = Outcome<'_>> {
        (0..self.len()).map(|index| self.outcome(index))
    }

    /// Says whether an outcome can happen when a question is answered with just these options.
    ///
    /// A hidden question allows every outcome, because its answer does not count.
    pub fn allows(&self, outcome: &Outcome<'_>, question: QuestionId, options: OptionSet) -> bool {
        self.questions.iter().zip(outcome.choices).all(|((id, scope), choice)| {
            *id != question || choice.is_none_or(|choice| choice == options.intersection(*scope))
        })
    }
}

impl Cluster {
    /// Returns all outcomes of all tables; whether they can happen together is another question.
    pub fn outcomes(&self) -> impl Iterator<Item = Outcome<'_>> {
        self.cases.iter().flat_map(|case| &case.tables).flat_map(Table::outcomes)
    }

    /// Says whether the cluster's outcome depends on a question's answer.
    pub fn asks(&self, question: QuestionId) -> bool {
        let mut tables = self.cases.iter().flat_map(|case| &case.tables);
        tables.any(|table| table.questions.iter().any(|(id, _)| *id == question))
    }

    /// Returns the largest sum of `value` over outcomes that happen together and are `allowed`;
    /// nothing if none is.
    pub fn most(
        &self,
        allowed: impl Fn(&Table, &Outcome<'_>) -> bool,
        value: impl Fn(&Outcome<'_>) -> i64,
    ) -> Option<i64> {
        let best =
            |table: &Table| table.outcomes().filter(|it| allowed(table, it)).map(|it| value(&it)).max();
        let of_case = |case: &Case| case.tables.iter().map(best).sum::<Option<i64>>();
        self.cases.iter().filter_map(of_case).max()
    }
}

impl Space {
    /// Returns the candidates that some answers rule out.
    pub fn can_be_ruled_out(&self) -> CandidateSet {
        let outcomes = self.clusters.iter().flat_map(Cluster::outcomes);
        outcomes.fold(self.ruled_out, |all, outcome| all.union(outcome.ruled_out))
    }

    /// Returns the candidates that some answers leave in the running.
    pub fn can_be_alive(&self, all: CandidateSet) -> CandidateSet {
        let alive = |candidate: &CandidateId| {
            let spared =
                |cluster: &Cluster| cluster.most(|_, it| !it.ruled_out.contains(*candidate), |_| 0).is_some();
            self.clusters.iter().all(spared)
        };
        all.without(self.ruled_out).iter().filter(alive).collect()
    }

    /// Returns the most that answers which leave `rival` in the running add to its score less that
    /// of `leader`; nothing if it cannot be left.
    pub fn most_gain(&self, leader: CandidateId, rival: CandidateId) -> Option<i64> {
        let most = |cluster: &Cluster| {
            cluster.most(|_, it| !it.ruled_out.contains(rival), |it| it.gain(leader, rival))
        };
        self.clusters.iter().map(most).sum()
    }
}
