//! Progress through the questions, and answers that currently have no effect.

use serde::Serialize;

use super::{Answers, EffectiveAnswers, Subject};
use crate::questionnaire::{Kind, QuestionId, Questionnaire};

/// Progress through the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Number of visible questions, not counting free-text questions.
    pub visible: usize,
    /// Number of visible questions that are answered or marked as not applicable.
    pub answered: usize,
    /// Number of visible questions that the team is not sure about.
    pub not_sure: usize,
    /// Number of answers in [`Answers::set_aside`].
    pub set_aside: usize,
}

impl Answers {
    /// Counts visible and answered questions, but not free-text questions.
    pub fn progress(&self, questionnaire: &Questionnaire) -> Progress {
        let mut progress = Progress { visible: 0, answered: 0, not_sure: 0, set_aside: 0 };
        let (visible, unanswered) = (self.visible(questionnaire), self.unanswered(questionnaire));
        for id in questionnaire.question_ids().filter(|id| questionnaire[*id].kind != Kind::Text) {
            if visible[id] {
                progress.visible += 1;
                progress.answered += usize::from(unanswered[id].is_empty());
                progress.not_sure += usize::from(self.is_not_sure(id, &unanswered[id]));
            }
        }
        progress.set_aside = self.set_aside(questionnaire).len();
        progress
    }

    /// Returns the answers that are kept but have no effect, because their question is hidden.
    ///
    /// An answer for all parts is listed if its question is hidden for every subject. An override is listed if
    /// its question is hidden for that part. Free text is not listed.
    pub fn set_aside(&self, questionnaire: &Questionnaire) -> Vec<(QuestionId, Subject)> {
        let sheets = self.effective_all(questionnaire);
        let mut set_aside = Vec::new();
        for id in questionnaire.question_ids().filter(|id| questionnaire[*id].kind != Kind::Text) {
            let is_asked = |(_, sheet): &(Subject, EffectiveAnswers)| sheet.is_visible(id);
            if !sheets.iter().any(is_asked) && !self.is_unanswered(questionnaire, id, Subject::System) {
                set_aside.push((id, Subject::System));
            }
            let own = |(subject, _): &&(Subject, EffectiveAnswers)| {
                let part = subject.part().map(|part| &self[part]);
                part.and_then(|part| part.overrides.get(&id)).is_some_and(|answer| !answer.is_open())
            };
            let own = sheets.iter().filter(own).filter(|sheet| !is_asked(sheet));
            set_aside.extend(own.map(|(subject, _)| (id, *subject)));
        }
        set_aside
    }
}
