//! Records what the team concludes: decisions and the details of a record.

use super::{Refusal, Workbook};
use crate::answers::Subject;
use crate::session::{Chosen, DetailField};
use crate::wording::{choice_names, subject_name};

impl Workbook {
    /// Records a decision with the current advice. A decision that differs from the advice needs a reason.
    pub fn decide(&mut self, subject: Subject, chosen: Chosen, because: &str) -> Result<(), Refusal> {
        let advised = self.advice.of(subject).map(|part| part.choice).unwrap_or_default();
        if !chosen.is_one_of(&self.questionnaire, advised) && because.trim().is_empty() {
            return Err(Refusal::NoReason {
                subject: subject_name(self.answers(), subject).to_owned(),
                advised: choice_names(&self.questionnaire, advised),
            });
        }
        let decided = self.session.decision(subject);
        if decided.is_some_and(|it| it.chosen == chosen && it.because == because.trim()) {
            return Ok(());
        }
        let today = self.today;
        self.change(|session, questionnaire| {
            session.decide(questionnaire, subject, (chosen, advised), because, today);
        });
        Ok(())
    }

    /// Withdraws a decision. Returns whether there was one.
    pub fn withdraw(&mut self, subject: Subject) -> bool {
        self.change(|session, _| session.withdraw(subject))
    }

    /// Sets a field of the details. On an error nothing changes, and the error says why.
    pub fn set_detail(&mut self, field: DetailField, line: &str) -> Result<(), String> {
        self.change(|session, _| session.details.set_line(field, line))
    }

    /// Checks a line for a field of the details. The error says what is wrong.
    pub fn check_detail(&self, field: DetailField, line: &str) -> Result<(), String> {
        self.session.details.clone().set_line(field, line)
    }
}
