//! What follows: what an answer would do, and what one has done.

use super::{Pick, Row, Workbook};
use crate::advice::{Advice, appraise};
use crate::answers::Answers;

/// Answers and what they recommend.
#[derive(Debug)]
pub struct Snapshot {
    /// The answers.
    pub answers: Answers,
    /// What they recommend.
    pub advice: Advice,
}

impl Workbook {
    /// Works out what choosing the row at hand would do; nothing if it would change no answer.
    pub fn preview(&self) -> Option<Snapshot> {
        let (question, subject) = (self.question(), self.answered_for());
        let mut answers = self.session.answers.clone();
        match self.row()? {
            Row::Option(kind) if self.questionnaire[question].is_parts() => match self.pick(kind) {
                Pick::Adds => {
                    answers.add_part(&self.questionnaire, kind);
                }
                Pick::Removes(part) => {
                    answers.remove_part(part);
                }
                Pick::Nothing => return None,
            },
            Row::Option(option) => answers.toggle(&self.questionnaire, question, subject, option),
            Row::NotSure | Row::NotApplicable | Row::Part(_) | Row::Text => return None,
        }
        if answers == self.session.answers {
            return None;
        }
        // What would be settled is not shown, so it is not worked out.
        let advice = appraise(&self.questionnaire, &answers, None);
        Some(Snapshot { answers, advice })
    }
}
