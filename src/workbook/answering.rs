//! Answers the current question, for all parts or for the focused one.

use super::{Refusal, Workbook};
use crate::answers::{Answer, Subject};
use crate::questionnaire::{OptionId, OptionSet};

impl Workbook {
    /// Chooses an option of the current question. If several can be chosen, toggles it.
    pub fn choose(&mut self, option: OptionId) {
        let (question, subject) = (self.question(), self.answered_for());
        self.change(|session, questionnaire| {
            session.answers.toggle(questionnaire, question, subject, option);
            session.at = Some(question);
        });
    }

    /// Answers with exactly these options.
    pub fn choose_exactly(&mut self, options: OptionSet) {
        let (question, subject) = (self.question(), self.answered_for());
        self.change(|session, _| {
            session.answers.set(question, subject, Answer::Chosen(options));
            session.at = Some(question);
        });
    }

    /// Answers that the team is not sure, or that the question does not apply.
    ///
    /// Refuses to replace picked parts or a written text.
    pub fn answer(&mut self, answer: Answer) -> Result<(), Refusal> {
        let (question, subject) = (self.question(), self.answered_for());
        if self.has_parts() {
            return Err(Refusal::PartsArePicked);
        }
        if matches!(self.answers().answer(question, Subject::System), Answer::Text(_)) {
            return Err(Refusal::TextIsWritten);
        }
        self.change(|session, _| {
            session.answers.set(question, subject, answer);
            session.at = Some(question);
        });
        Ok(())
    }

    /// Changes the emphasis of the answer to the next in the cycle normal, double, ignored.
    pub fn emphasise(&mut self) -> Result<(), Refusal> {
        let question = self.question();
        if self.answers().is_unanswered(&self.questionnaire, question, self.answered_for()) {
            return Err(Refusal::Unanswered);
        }
        self.change(|session, _| {
            let given = session.answers.given_mut(question);
            given.emphasis = given.emphasis.next();
            session.at = Some(question);
        });
        Ok(())
    }

    /// Clears the answer. If the focused part has its own answer, removes that, so that the answer for all
    /// parts applies again.
    pub fn clear(&mut self) -> Result<(), Refusal> {
        let (question, subject) = (self.question(), self.answered_for());
        if self.has_parts() {
            return Err(Refusal::PartsGoOneByOne);
        }
        let own = subject.part().filter(|part| self.answers().has_own(question, *part));
        self.change(|session, _| {
            match own {
                Some(part) => session.answers.take_back(question, part),
                None => session.answers.set(question, subject, Answer::Open),
            }
            session.at = Some(question);
        });
        Ok(())
    }

    /// Returns whether the current question is the one about parts, and some are picked.
    pub fn has_parts(&self) -> bool {
        self.questionnaire[self.question()].is_parts() && !self.answers().parts().is_empty()
    }
}
