//! Lines and waived costs in the one shape that outcomes are computed from; must not enumerate.

use crate::advice::full_cost;
use crate::answers::Answers;
use crate::questionnaire::{CandidateId, CandidateSet, Effect, Line, Literal, Questionnaire};
use crate::set::Set;

/// Something that changes scores or rules out while its guard holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term<'a> {
    pub guard: &'a [Literal],
    pub candidates: CandidateSet,
    pub effect: Effect,
    /// Whether emphasis counts; it does not for adoption costs.
    pub emphasised: bool,
}

impl<'a> From<&'a Line> for Term<'a> {
    fn from(line: &'a Line) -> Self {
        Self { guard: &line.guard, candidates: line.candidates, effect: line.effect, emphasised: true }
    }
}

/// Points by candidate, and who is ruled out.
#[derive(Debug, Clone)]
pub(super) struct Brought {
    pub points: Vec<i64>,
    pub ruled_out: CandidateSet,
}

impl Brought {
    /// Returns what nothing brings.
    pub fn nothing(candidates: usize) -> Self {
        Self { points: vec![0; candidates], ruled_out: CandidateSet::EMPTY }
    }

    /// Adds what a term brings, its points times a factor.
    pub fn add(&mut self, term: &Term<'_>, factor: i64) {
        match term.effect {
            Effect::Points(points) => {
                term.candidates.iter().for_each(|it| self.points[it.0] += points * factor);
            }
            Effect::Excludes => self.ruled_out = self.ruled_out.union(term.candidates),
        }
    }
}

/// An adoption cost that an answer waives.
pub(super) struct Waiver {
    guard: [Literal; 1],
    candidate: CandidateId,
    cost: i64,
}

impl<'a> From<&'a Waiver> for Term<'a> {
    fn from(waiver: &'a Waiver) -> Self {
        Self {
            guard: &waiver.guard,
            candidates: Set::only(waiver.candidate),
            effect: Effect::Points(waiver.cost),
            emphasised: false,
        }
    }
}

/// Returns the adoption costs that answers can waive, whether they do so today or not.
pub(super) fn waivers(questionnaire: &Questionnaire, answers: &Answers) -> Vec<Waiver> {
    let Some((question, options)) = &questionnaire.adoption.waiver else { return Vec::new() };
    let waiver = |candidate: CandidateId| Waiver {
        guard: [Literal { question: *question, options: options[candidate.0], holds: true }],
        candidate,
        cost: full_cost(questionnaire, answers, candidate),
    };
    let all = questionnaire.all_candidates().iter().map(waiver);
    all.filter(|waiver| waiver.cost != 0 && !waiver.guard[0].options.is_empty()).collect()
}
