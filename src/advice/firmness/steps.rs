//! Finds the fewest lines whose points would have to move by one step for a rival to tie.

use crate::advice::{PartAdvice, ledger};
use crate::answers::Answers;
use crate::questionnaire::{CandidateId, Impact, Line, Questionnaire, step_down, step_up};

/// The fewest lines whose points would have to move by one step for a rival to tie with the choice.
/// Each line moves at most one step, and ties refer to the part's own ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// For each rival in the running, the steps it needs, largest gain first; `None` if even all possible
    /// steps are not enough. Sorted by number of steps, then in file order.
    pub rivals: Vec<(CandidateId, Option<Vec<Step>>)>,
}

/// One line whose points move by one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The line's position in [`Questionnaire::lines`].
    pub line: usize,
    /// The points that the line would count.
    pub points: i64,
}

impl Steps {
    /// Returns the rival that needs the fewest steps, with the steps; `None` if no rival can reach a tie.
    pub fn fewest(&self) -> Option<(CandidateId, &[Step])> {
        self.rivals.first().and_then(|(rival, steps)| Some((*rival, steps.as_deref()?)))
    }
}

/// Finds the fewest steps for each rival. What a step gains for a rival depends only on the step's own line.
/// Taking the largest gains first is therefore optimal.
pub(super) fn steps(
    questionnaire: &Questionnaire,
    answers: &Answers,
    part: &PartAdvice,
    choice: CandidateId,
) -> Steps {
    let applying: Vec<_> = ledger::applying(questionnaire, answers, part.subject).collect();
    let leader = part.standing(choice).map_or(0, |standing| standing.score);
    let until_level = |rival: CandidateId, score: i64| {
        let gain = |(position, line, factor): &(usize, &Line, i64)| {
            let Impact::Points(points) = line.impact else { return None };
            let to = match (line.candidates.contains(choice), line.candidates.contains(rival)) {
                (false, true) => step_up(points),
                (true, false) => step_down(points),
                _ => return None,
            };
            let gain = (to - points).abs() * factor;
            (gain > 0).then_some((gain, Step { line: *position, points: to }))
        };
        let mut gains: Vec<(i64, Step)> = applying.iter().filter_map(gain).collect();
        gains.sort_by_key(|(gain, _)| -gain);
        let mut lead = leader - score;
        let mut taken = Vec::new();
        let mut gains = gains.into_iter();
        while lead > 0 {
            let (gain, step) = gains.next()?;
            lead -= gain;
            taken.push(step);
        }
        Some(taken)
    };
    let alive = part.ranking.iter().filter(|it| it.is_alive() && it.candidate != choice);
    let mut rivals: Vec<(CandidateId, Option<Vec<Step>>)> =
        alive.map(|it| (it.candidate, until_level(it.candidate, it.score))).collect();
    rivals.sort_by_key(|(rival, steps)| (steps.as_ref().map_or(usize::MAX, Vec::len), *rival));
    Steps { rivals }
}
