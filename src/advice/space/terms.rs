//! Lines, costs and waivers in the one shape that outcomes are computed from; must not enumerate.

use crate::advice::full_cost;
use crate::answers::{Answers, Emphasis};
use crate::questionnaire::{CandidateSet, Effect, Line, Literal, OptionSet, QuestionId, Questionnaire};
use crate::set::Set;

/// Something that changes scores or rules out while its guard holds.
#[derive(Debug)]
pub(super) struct Term<'a> {
    pub guard: &'a [Literal],
    pub candidates: CandidateSet,
    pub effect: Effect,
    /// What the points are multiplied by while a question has an answer; the smallest counts.
    pub factors: Vec<(QuestionId, i64)>,
}

impl<'a> Term<'a> {
    /// Brings a line into the shape. An open question has no emphasis, whatever is stored with it.
    pub fn of_line(
        questionnaire: &Questionnaire,
        answers: &Answers,
        part: Option<usize>,
        line: &'a Line,
    ) -> Self {
        let questions = line.guard.iter().map(|literal| literal.question);
        let answered = questions.filter(|question| !answers.is_unanswered(questionnaire, *question, part));
        let emphasised = answered.map(|question| (question, answers.given(question).emphasis));
        let factors = emphasised.filter(|(_, emphasis)| *emphasis != Emphasis::Normal);
        let factors = factors.map(|(question, emphasis)| (question, emphasis.factor())).collect();
        Self { guard: &line.guard, candidates: line.candidates, effect: line.effect, factors }
    }

    /// Says whether the guard holds, given what is chosen.
    pub fn holds(&self, chosen: &impl Fn(QuestionId) -> OptionSet) -> bool {
        let is_true = |literal: &Literal| {
            chosen(literal.question).intersection(literal.options).is_empty() != literal.holds
        };
        self.guard.iter().all(is_true)
    }

    /// Adds what the term brings with a factor.
    pub fn apply(&self, factor: i64, outcome: &mut Brought) {
        match self.effect {
            Effect::Points(points) => {
                self.candidates.iter().for_each(|candidate| outcome.0[candidate.0] += points * factor);
            }
            Effect::Excludes => outcome.1 = outcome.1.union(self.candidates),
        }
    }

    fn factor(&self, guard_len: usize, chosen: &impl Fn(QuestionId) -> OptionSet) -> i64 {
        let normal = Emphasis::Normal.factor();
        let factor = |(question, factor): &(QuestionId, i64)| {
            if chosen(*question).is_empty() { normal } else { *factor }
        };
        // A question of the guard without emphasis counts as normal.
        let others = (self.factors.len() < guard_len).then_some(normal);
        self.factors.iter().map(factor).chain(others).min().unwrap_or(normal)
    }
}

/// Points by candidate, and who is ruled out.
pub(super) type Brought = (Vec<i64>, CandidateSet);

/// Adds up what terms bring, given what is chosen.
pub(super) fn effects<'t>(
    terms: impl IntoIterator<Item = &'t Term<'t>>,
    count: usize,
    chosen: impl Fn(QuestionId) -> OptionSet,
) -> Brought {
    let mut brought = (vec![0; count], CandidateSet::EMPTY);
    for term in terms.into_iter().filter(|term| term.holds(&chosen)) {
        term.apply(term.factor(term.guard.len(), &chosen), &mut brought);
    }
    brought
}

/// An adoption cost that an answer waives: the literal that waives it, for whom, how many points.
pub(super) type Waiver = ([Literal; 1], CandidateSet, i64);

/// Returns the adoption costs that answers can waive, whether they do so today or not.
pub(super) fn waivers(questionnaire: &Questionnaire, answers: &Answers) -> Vec<Waiver> {
    let Some((question, options)) = &questionnaire.adoption.waiver else { return Vec::new() };
    let all = questionnaire.all_candidates().iter();
    all.map(|candidate| {
        let literal = Literal { question: *question, options: options[candidate.0], holds: true };
        ([literal], Set::only(candidate), full_cost(questionnaire, answers, candidate))
    })
    .filter(|([literal], _, cost)| *cost != 0 && !literal.options.is_empty())
    .collect()
}
