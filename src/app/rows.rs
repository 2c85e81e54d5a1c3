//! The rows of the question pane that the cursor can stand on; must not change anything.

use super::App;
use crate::advice::{PartAdvice, Standing};
use crate::answers::{Answer, PartId, Subject};
use crate::questionnaire::{CandidateId, Kind, OptionId};

/// One row that the cursor can stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// An option, or a kind of part.
    Option(OptionId),
    /// A picked part.
    Part(PartId),
    /// The text of a question answered in words.
    Text,
    /// The answer that the team does not know.
    NotSure,
    /// The answer that the question does not apply.
    NotApplicable,
}

/// Candidates shown of each part when several parts are shown.
const SHORT: usize = 3;

impl App {
    /// Returns the candidates of a part that the recommendation's pane shows: all of the only or
    /// focused part, else the first ones and the choice.
    pub fn shown_standings<'a>(&self, advice: &'a PartAdvice) -> Vec<&'a Standing> {
        let full = self.ranked_part().is_some();
        let is_needed = |(index, standing): &(usize, &Standing)| {
            let is_choice = advice.choice.len() <= SHORT && advice.choice.contains(standing.candidate);
            full || (*index < SHORT || is_choice) && !standing.ruled_out
        };
        advice.ranking.iter().enumerate().filter(is_needed).map(|(_, standing)| standing).collect()
    }

    /// Returns the rows of the recommendation's pane that the cursor can stand on.
    pub fn standings(&self) -> Vec<(Subject, CandidateId)> {
        let parts = self.advice.parts.iter();
        let ranked = self.ranked_part();
        let shown = parts.filter(|advice| ranked.is_none_or(|subject| subject == advice.subject));
        let rows = |advice: &PartAdvice| -> Vec<_> {
            self.shown_standings(advice).iter().map(|standing| (advice.subject, standing.candidate)).collect()
        };
        shown.flat_map(rows).collect()
    }

    /// Returns the rows of the question that is shown.
    pub fn rows(&self) -> Vec<Row> {
        let question = &self.questionnaire[self.cursor.question];
        let options = question.option_ids();
        let mut rows: Vec<Row> = match question.kind {
            Kind::One | Kind::Many => options.map(Row::Option).collect(),
            Kind::Text => vec![Row::Text],
            Kind::Parts => options
                .flat_map(|kind| {
                    let answers = self.answers();
                    let parts = answers.part_ids().filter(move |part| answers[*part].kind == kind);
                    std::iter::once(Row::Option(kind)).chain(parts.map(Row::Part))
                })
                .collect(),
        };
        rows.extend([Row::NotSure, Row::NotApplicable]);
        rows
    }

    /// Says whether a row is what the shown question is answered with.
    pub fn is_chosen(&self, row: Row) -> bool {
        let (question, subject) = (self.cursor.question, self.answered_subject());
        let answer = self.answers().answer(question, subject);
        let non_answer = !self.questionnaire[question].is_parts() || self.answers().parts().is_empty();
        match row {
            Row::Option(option) => {
                self.answers().chosen(&self.questionnaire, question, subject).contains(option)
            }
            Row::Part(_) => false,
            Row::Text => matches!(answer, Answer::Text(_)),
            Row::NotSure => non_answer && *answer == Answer::NotSure,
            Row::NotApplicable => non_answer && *answer == Answer::NotApplicable,
        }
    }
}
