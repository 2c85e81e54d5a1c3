//! What follows: what could still change the advice, what an answer would do, what one has done.

use super::{Pick, Row, Workbook};
use crate::advice::{Advice, Outlook, appraise, outlook};
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
    /// Returns what could still change the advice, working it out if that was not done yet; it takes
    /// longer than a frame may.
    pub fn find_outlook(&mut self) -> &Outlook {
        let (questionnaire, answers, advice) = (&self.questionnaire, &self.session.answers, &self.advice);
        self.outlook.get_or_insert_with(|| outlook(questionnaire, answers, advice))
    }

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
