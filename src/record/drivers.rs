//! Lists the answers that a record rests on, and the unanswered questions.

use super::builder::RecordBuilder;
use super::model::DecisionDriver;
use crate::answers::{Answer, EffectiveAnswers, Subject};
use crate::questionnaire::{Kind, QuestionId, join};
use crate::wording::{NOT_SURE, OPEN, answer_in_full, counted, quoted_answer, subject_name};

impl RecordBuilder<'_> {
    /// Returns the answers that count, each with its note and with the parts that answer differently.
    pub(super) fn drivers(&self) -> Vec<DecisionDriver> {
        let effective_all = self.answers.effective_all(self.questionnaire);
        self.questionnaire
            .question_ids()
            .filter_map(|question| self.driver(&effective_all, question))
            .collect()
    }

    fn driver(
        &self,
        effective_all: &[(Subject, EffectiveAnswers)],
        question: QuestionId,
    ) -> Option<DecisionDriver> {
        let (asked, given) = (&self.questionnaire[question], self.answers.given(question));
        let shown = || effective_all.iter().filter(|(_, effective)| effective.is_visible(question));
        let has_answer =
            |(subject, _): &(Subject, EffectiveAnswers)| !self.answers.answer(question, *subject).is_open();
        let answer = match asked.kind {
            Kind::One | Kind::Many if shown().any(has_answer) => {
                let has_own = |(subject, _): &(Subject, EffectiveAnswers)| {
                    subject.part().is_some_and(|part| self.answers[part].overrides.contains_key(&question))
                };
                // If every part has its own answer, the answer for all parts does not count.
                let whole = quoted_answer(asked, &given.answer).filter(|_| !shown().all(has_own));
                let is_for_some = shown().count() < effective_all.len() && !shown().any(has_own);
                let answer = answer_in_full(self.questionnaire, self.answers, effective_all, question, whole);
                if is_for_some { format!("{answer} for {}", self.named_subjects(shown())) } else { answer }
            }
            // The parts are listed elsewhere. They appear here only if they have a note.
            Kind::Parts if !given.note.is_empty() => {
                let names: Vec<&str> = self.answers.parts().iter().map(|part| part.name.as_str()).collect();
                if names.is_empty() { "none picked".to_owned() } else { names.join(", ") }
            }
            _ => return None,
        };
        Some(DecisionDriver { question: asked.title.clone(), answer, note: given.note.clone() })
    }

    fn named_subjects<'s>(&self, asked: impl Iterator<Item = &'s (Subject, EffectiveAnswers)>) -> String {
        let names: Vec<&str> = asked.map(|(subject, _)| subject_name(self.answers, *subject)).collect();
        join(names, "and")
    }

    /// Returns the unanswered questions, and the answers that are kept but do not count.
    pub(super) fn assumptions(&self) -> Vec<String> {
        let effective_all = self.answers.effective_all(self.questionnaire);
        let unanswered = self.answers.unanswered(self.questionnaire);
        let mut lines = Vec::new();
        for question in self.questionnaire.question_ids() {
            let (asked, subjects) = (&self.questionnaire[question], unanswered[question].as_slice());
            if subjects.is_empty() || asked.kind == Kind::Text {
                continue;
            }
            let everywhere =
                effective_all.iter().filter(|(_, effective)| effective.is_visible(question)).count();
            let state = self.unknown(question, subjects, everywhere);
            let note = &self.answers.given(question).note;
            let note = if note.is_empty() { String::new() } else { format!(" Note: {note}") };
            lines.push(format!("{} ({state}){note}", asked.ask));
        }
        let progress = self.answers.progress(self.questionnaire);
        if progress.set_aside > 0 {
            let count = counted(progress.set_aside as i64, "answer");
            lines.push(format!("{count} set aside because the question no longer applies"));
        }
        lines.extend(
            self.session
                .orphans
                .iter()
                .map(|orphan| format!("no longer in the questionnaire (kept, not counted): {}", orphan.what)),
        );
        lines
    }

    /// Names the parts for which a question is open, and those for which the team is not sure. Omits the names
    /// if they would cover every subject that the question applies to.
    fn unknown(&self, question: QuestionId, subjects: &[Subject], everywhere: usize) -> String {
        let not_sure = |subject: &Subject| *self.answers.answer(question, *subject) == Answer::NotSure;
        let (unsure, open): (Vec<_>, Vec<_>) = subjects.iter().copied().partition(not_sure);
        let words = |(state, subjects): (&str, Vec<Subject>)| match subjects.len() {
            0 => None,
            count if count == everywhere => Some(state.to_owned()),
            _ => {
                let names = subjects.into_iter().map(|subject| subject_name(self.answers, subject));
                Some(format!("{state} for {}", join(names, "and")))
            }
        };
        let states: Vec<String> = [(OPEN, open), (NOT_SURE, unsure)].into_iter().filter_map(words).collect();
        states.join("; ")
    }
}
