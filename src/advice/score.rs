//! Computes the fit of every candidate for one part.

use super::Standing;
use crate::answers::{Answers, EffectiveAnswers, Emphasis};
use crate::questionnaire::{
    CandidateSet, Exclusion, Impact, Line, Literal, OptionId, PerCandidate, PerId, Questionnaire, SourceId,
};

/// The sums and the exclusion of each candidate for one part.
pub(super) struct Board {
    pub fit: PerCandidate<i64>,
    points_for: PerCandidate<i64>,
    points_against: PerCandidate<i64>,
    pub ruled_out: PerCandidate<Option<Exclusion>>,
}

/// Sums all lines that apply to a part of this kind, except those supported only by the struck source.
pub(super) fn board(
    questionnaire: &Questionnaire,
    answers: &Answers,
    effective: &EffectiveAnswers,
    kind: Option<OptionId>,
    struck: Option<SourceId>,
) -> Board {
    let mut board = Board::new(questionnaire.candidates().len());
    let answered = questionnaire.question_ids().filter(|question| !effective.chosen(*question).is_empty());
    let lines = answered.flat_map(|question| questionnaire.lines_of(question));
    for line in lines.chain(questionnaire.rule_lines()) {
        // A line is dropped if the struck source is its only one.
        let is_struck = struck.is_some_and(|source| line.sources == [source]);
        if is_struck || !line.scope.covers(kind) || !effective.all_true(&line.guard) {
            continue;
        }
        board.add(line, factor(answers, effective, line));
    }
    board
}

/// Returns the factor of a line's points: the smallest emphasis of the questions that it depends on.
///
/// Emphasis applies to an answer: a question that is hidden or has no answer counts as normal.
pub(super) fn factor(answers: &Answers, effective: &EffectiveAnswers, line: &Line) -> i64 {
    let emphasis = |literal: &Literal| {
        let answered = !effective.chosen(literal.question).is_empty();
        if answered { answers.emphasis(literal.question) } else { Emphasis::Normal }
    };
    line.guard.iter().map(|literal| emphasis(literal).factor()).min().unwrap_or(1)
}

impl Board {
    /// Returns an empty board.
    pub fn new(candidates: usize) -> Self {
        Self {
            fit: PerId::filled(candidates, 0),
            points_for: PerId::filled(candidates, 0),
            points_against: PerId::filled(candidates, 0),
            ruled_out: PerId::filled(candidates, None),
        }
    }

    /// Adds a line that applies, its points multiplied by `factor`.
    pub fn add(&mut self, line: &Line, factor: i64) {
        match line.impact {
            Impact::Excludes(exclusion) => {
                for candidate in line.candidates.iter() {
                    self.ruled_out[candidate] = self.ruled_out[candidate].max(Some(exclusion));
                }
            }
            Impact::Points(points) => {
                let points = points * factor;
                let side = if points > 0 { &mut self.points_for } else { &mut self.points_against };
                for candidate in line.candidates.iter() {
                    self.fit[candidate] += points;
                    side[candidate] += points;
                }
            }
        }
    }

    /// Returns the candidates that are not ruled out.
    pub fn alive(&self) -> CandidateSet {
        let alive = self.ruled_out.iter().filter(|(_, exclusion)| exclusion.is_none());
        alive.map(|(candidate, _)| candidate).collect()
    }

    /// Ranks the candidates by fit minus cost, or by fit if `costs` is `None`; those ruled out come last.
    pub fn ranking(&self, costs: Option<&PerCandidate<i64>>) -> Vec<Standing> {
        let standings = self.fit.iter();
        let mut ranking: Vec<Standing> = standings
            .map(|(candidate, fit)| Standing {
                candidate,
                score: fit - costs.map_or(0, |costs| costs[candidate]),
                fit: *fit,
                points_for: self.points_for[candidate],
                points_against: self.points_against[candidate],
                ruled_out: self.ruled_out[candidate],
            })
            .collect();
        ranking.sort_by_key(|standing| (standing.ruled_out, -standing.score));
        ranking
    }
}
