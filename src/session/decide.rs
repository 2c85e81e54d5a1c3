//! Keeping and withdrawing what people concluded.

use jiff::civil::Date;

use super::{Chosen, Decision, Session};
use crate::answers::Subject;
use crate::questionnaire::{CandidateSet, Questionnaire};

impl Session {
    /// The name under which the decision for a subject is kept, as [`Decision::part`] has it.
    fn decided_as(&self, subject: Subject) -> Option<String> {
        subject.part().map(|part| self.answers[part].name.clone())
    }

    /// Returns what was decided for a subject.
    pub fn decision(&self, subject: Subject) -> Option<&Decision> {
        let name = subject.part().map(|part| &self.answers[part].name);
        self.decided.iter().find(|decision| decision.part.as_ref() == name)
    }

    /// Keeps what was decided for a subject on a day, beside what was advised; it takes the place of an
    /// earlier decision.
    pub fn decide(
        &mut self,
        questionnaire: &Questionnaire,
        subject: Subject,
        (chosen, advised): (Chosen, CandidateSet),
        because: &str,
        date: Date,
    ) {
        self.withdraw(subject);
        self.decided.push(Decision {
            part: self.decided_as(subject),
            chosen,
            advised: questionnaire.ids_of(advised),
            because: because.trim().to_owned(),
            date,
            version: questionnaire.version().to_owned(),
            digest: questionnaire.digest().to_owned(),
        });
        self.sort_decided();
    }

    /// Brings what was decided into the order of the parts, in which it is written.
    pub(super) fn sort_decided(&mut self) {
        let mut decided = std::mem::take(&mut self.decided);
        decided.sort_by_key(|decision| self.rank(decision));
        self.decided = decided;
    }

    /// Returns where a decision stands: what was decided for parts that are gone is behind all others.
    pub(super) fn rank(&self, decision: &Decision) -> Option<usize> {
        let (name, parts) = (decision.part.as_ref()?, self.answers.parts());
        Some(parts.iter().position(|part| part.name == *name).unwrap_or(parts.len()))
    }

    /// Takes a decision back; says whether there was one.
    pub fn withdraw(&mut self, subject: Subject) -> bool {
        let name = self.decided_as(subject);
        let before = self.decided.len();
        self.decided.retain(|decision| decision.part != name);
        self.decided.len() < before
    }
}
