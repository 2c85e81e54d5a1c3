//! How far the questions are answered, and which answers count for nothing now.

use serde::Serialize;

use super::{Answers, EffectiveAnswers, Subject};
use crate::questionnaire::{Kind, QuestionId, Questionnaire};

/// How far the questions are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Visible questions, free text left out.
    pub visible: usize,
    /// Those of them that are answered or do not apply.
    pub answered: usize,
    /// Those of them that the team is not sure about.
    pub not_sure: usize,
    /// Answers to questions that are not asked, or not of the part that the answer is for.
    pub set_aside: usize,
}

impl Answers {
    /// Counts visible and answered questions; free text is outside progress.
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

    /// Returns the answers that are kept and count for nothing, as their question is not asked: of any
    /// subject, or of the part that the answer is for. Free text is not among them.
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
