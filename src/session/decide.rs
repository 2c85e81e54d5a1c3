//! Records and withdraws decisions.

use jiff::civil::Date;

use super::{Chosen, Decision, Session};
use crate::answers::Subject;
use crate::questionnaire::{CandidateSet, Questionnaire};

impl Session {
    /// Returns the value of [`Decision::part`] for a subject.
    fn decided_as(&self, subject: Subject) -> Option<String> {
        subject.part().map(|part| self.answers[part].name.clone())
    }

    /// Returns the decision for a subject.
    pub fn decision(&self, subject: Subject) -> Option<&Decision> {
        let name = subject.part().map(|part| &self.answers[part].name);
        self.decided.iter().find(|decision| decision.part.as_ref() == name)
    }

    /// Records a decision for a subject, with its day and the advice of that day. Replaces an earlier
    /// decision.
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

    /// Sorts the decisions in the order of the parts.
    pub(super) fn sort_decided(&mut self) {
        let mut decided = std::mem::take(&mut self.decided);
        decided.sort_by_key(|decision| self.rank(decision));
        self.decided = decided;
    }

    /// Returns the sort key of a decision. A decision for the whole system comes first, decisions for removed
    /// parts come last.
    pub(super) fn rank(&self, decision: &Decision) -> Option<usize> {
        let (name, parts) = (decision.part.as_ref()?, self.answers.parts());
        Some(parts.iter().position(|part| part.name == *name).unwrap_or(parts.len()))
    }

    /// Withdraws a decision. Returns whether there was one.
    pub fn withdraw(&mut self, subject: Subject) -> bool {
        let name = self.decided_as(subject);
        let before = self.decided.len();
        self.decided.retain(|decision| decision.part != name);
        self.decided.len() < before
    }
}
