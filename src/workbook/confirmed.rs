//! The answers that the user confirmed in the review. A confirmed answer that changes is no longer confirmed.

use xxhash_rust::xxh3::xxh3_64;

use super::Workbook;
use crate::answers::{Answer, Subject};
use crate::questionnaire::QuestionId;
use crate::wording::answer_words;

impl Workbook {
    /// Returns whether there is an answer to confirm.
    pub fn can_confirm(&self, question: QuestionId, subject: Subject) -> bool {
        self.fingerprint(question, subject).is_some()
    }

    /// Returns whether the user confirmed the current answer for a subject. For all parts together, the question's
    /// note must be the same as well.
    pub fn is_confirmed(&self, question: QuestionId, subject: Subject) -> bool {
        let confirmed = self.confirmed.get(&self.entry_name(question, subject));
        confirmed.is_some() && confirmed.cloned() == self.fingerprint(question, subject)
    }

    /// Confirms the answer for a subject, or takes the confirmation back. Returns false if there is no answer.
    pub fn confirm(&mut self, question: QuestionId, subject: Subject) -> bool {
        let Some(fingerprint) = self.fingerprint(question, subject) else { return false };
        let name = self.entry_name(question, subject);
        if self.is_confirmed(question, subject) {
            self.confirmed.remove(&name);
        } else {
            self.confirmed.insert(name, fingerprint);
        }
        true
    }

    /// Returns the name under which a confirmation is stored.
    fn entry_name(&self, question: QuestionId, subject: Subject) -> String {
        let part = subject.part().map(|part| format!("/{}", self.answers()[part].name));
        format!("{}{}", self.questionnaire[question].id, part.unwrap_or_default())
    }

    /// Returns a hash of the answer for a subject; `None` if there is no answer. For all parts together, the hash
    /// includes the question's note. One part's answer keeps its confirmation when the note changes for another part.
    fn fingerprint(&self, question: QuestionId, subject: Subject) -> Option<String> {
        let answers = self.answers();
        let has_parts = self.questionnaire[question].is_parts() && !answers.parts().is_empty();
        let answer = match answers.answer(question, subject) {
            _ if has_parts => {
                let kinds = &self.questionnaire[question];
                let parts = answers.parts().iter();
                let parts = parts.map(|part| format!("{}: {}", part.name, kinds[part.kind].id));
                parts.collect::<Vec<_>>().join("\n")
            }
            Answer::Text(text) => text.clone(),
            _ => answer_words(&self.questionnaire, answers, question, subject)?,
        };
        let note = if subject == Subject::System { answers.given(question).note.as_str() } else { "" };
        Some(format!("{:016x}", xxh3_64(format!("{answer}\0{note}").as_bytes())))
    }
}
