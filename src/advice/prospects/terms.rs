//! Converts lines and waivable costs to the common form from which outcomes are computed.

use crate::advice::full_cost;
use crate::answers::Answers;
use crate::id_set::IdSet;
use crate::questionnaire::{
    CandidateId, CandidateSet, Impact, Line, Literal, PerCandidate, PerId, Questionnaire,
};

/// Lines with the same guard, or a waivable cost: the score changes and exclusions that apply while the guard
/// holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term<'a> {
    /// Position among all terms.
    pub id: usize,
    pub guard: &'a [Literal],
    impacts: &'a [(CandidateSet, Impact)],
    /// Whether emphasis counts; it does not for adoption costs.
    pub emphasised: bool,
}

impl Term<'_> {
    /// Adds the effect of the term to `brought`, with its points multiplied by `factor`.
    pub fn apply(&self, factor: i64, brought: &mut Brought) {
        for (candidates, impact) in self.impacts {
            match impact {
                Impact::Points(own) => candidates.iter().for_each(|it| brought.points[it] += own * factor),
                Impact::Excludes(_) => brought.ruled_out = brought.ruled_out.union(*candidates),
            }
        }
    }
}

/// The points of each candidate, and the candidates that are ruled out.
#[derive(Debug, Clone)]
pub(super) struct Brought {
    pub points: PerCandidate<i64>,
    pub ruled_out: CandidateSet,
}

impl Brought {
    /// Returns the effect of no terms.
    pub fn nothing(candidates: usize) -> Self {
        Self { points: PerId::filled(candidates, 0), ruled_out: CandidateSet::EMPTY }
    }
}

/// Storage for the data that terms refer to.
#[derive(Default)]
pub(super) struct Terms<'a> {
    /// For each term, its guard, whether emphasis counts, and the index of its first impact.
    guards: Vec<(&'a [Literal], bool, usize)>,
    impacts: Vec<(CandidateSet, Impact)>,
}

impl<'a> Terms<'a> {
    /// Adds lines; consecutive lines with the same guard become one term.
    pub fn lines(&mut self, lines: impl IntoIterator<Item = &'a Line>) {
        for line in lines {
            if self.guards.last().is_none_or(|(guard, ..)| *guard != line.guard) {
                self.guards.push((&line.guard, true, self.impacts.len()));
            }
            self.impacts.push((line.candidates, line.impact));
        }
    }

    /// Adds waivable costs, one term each.
    pub fn waivers(&mut self, waivers: &'a [Waiver]) {
        for waiver in waivers {
            self.guards.push((&waiver.guard, false, self.impacts.len()));
            self.impacts.push((IdSet::only(waiver.candidate), Impact::Points(waiver.cost)));
        }
    }

    /// Returns all terms.
    pub fn all(&self) -> Vec<Term<'_>> {
        let ends = self.guards.iter().skip(1).map(|(.., start)| *start).chain([self.impacts.len()]);
        let term = |((guard, emphasised, start), end): (&(&'a [Literal], bool, usize), usize)| Term {
            id: 0,
            guard,
            impacts: &self.impacts[*start..end],
            emphasised: *emphasised,
        };
        let terms = self.guards.iter().zip(ends).map(term);
        terms.enumerate().map(|(id, term)| Term { id, ..term }).collect()
    }
}

/// An adoption cost that an answer can waive.
pub(super) struct Waiver {
    guard: [Literal; 1],
    candidate: CandidateId,
    cost: i64,
}

/// Returns the adoption costs that answers can waive, including those waived now.
pub(super) fn waivers(questionnaire: &Questionnaire, answers: &Answers) -> Vec<Waiver> {
    let Some((question, options)) = &questionnaire.adoption().waiver else { return Vec::new() };
    let waiver = |candidate: CandidateId| Waiver {
        guard: [Literal { question: *question, options: options[candidate], holds: true }],
        candidate,
        cost: full_cost(questionnaire, answers, candidate),
    };
    let all = questionnaire.all_candidates().iter().map(waiver);
    all.filter(|waiver| waiver.cost != 0 && !waiver.guard[0].options.is_empty()).collect()
}
