//! Compares two sessions of the same questionnaire.

use super::Session;
use crate::questionnaire::{QuestionId, Questionnaire};

impl Session {
    /// Returns the questions that differ from another session: in the answer, note, emphasis or a part's own
    /// answer. The question about parts differs if the kinds, names or plans of the parts do.
    pub fn differing(&self, other: &Self, questionnaire: &Questionnaire) -> Vec<QuestionId> {
        let (ours, theirs) = (&self.answers, &other.answers);
        let parts = questionnaire.parts_question();
        let names = |session: &Self| -> Vec<_> {
            session
                .answers
                .parts()
                .iter()
                .map(|part| (part.kind, part.name.clone(), part.plan.clone()))
                .collect()
        };
        let own = |session: &Self, question: QuestionId| -> Vec<_> {
            let of_part = |part: &crate::answers::Part| {
                Some((part.name.clone(), part.overrides.get(&question)?.clone()))
            };
            session.answers.parts().iter().filter_map(of_part).collect()
        };
        let differs = |question: &QuestionId| {
            ours.given(*question) != theirs.given(*question)
                || own(self, *question) != own(other, *question)
                || (parts == Some(*question) && names(self) != names(other))
        };
        questionnaire.question_ids().filter(differs).collect()
    }

    /// Returns a sentence with both versions if the questionnaire changed since the session was saved.
    pub fn change_of_questionnaire(&self, questionnaire: &Questionnaire) -> Option<String> {
        let (before, now) = (self.saved_under.as_ref()?, questionnaire.version());
        Some(if before == now {
            format!("The questionnaire changed since this session was saved, though both are version {now}")
        } else {
            format!("The questionnaire changed since this session was saved (version {before}, now {now})")
        })
    }
}
