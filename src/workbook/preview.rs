//! Snapshots of answers and advice, to show the effect of an answer before and after it is given.

use super::{Pick, Row, Workbook};
use crate::advice::{Advice, appraise};
use crate::answers::Answers;

/// Answers and the advice for them.
#[derive(Debug)]
pub struct Snapshot {
    /// The answers.
    pub answers: Answers,
    /// The advice for them.
    pub advice: Advice,
}

impl Workbook {
    /// Computes the effect of choosing the current row. Returns `None` if no answer would change.
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
        // The preview does not show whether parts are settled, so that is not computed.
        let advice = appraise(&self.questionnaire, &answers, None);
        Some(Snapshot { answers, advice })
    }
}
