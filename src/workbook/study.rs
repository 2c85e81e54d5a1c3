//! What takes longer than a frame may: what could still change the advice, and how firm it is.

use std::sync::Arc;

use super::Workbook;
use crate::advice::{Advice, Firmness, Outlook, PartAdvice, firmness, outlook};
use crate::answers::Answers;
use crate::questionnaire::{Kind, QuestionId, Questionnaire};
use crate::wording::is_accepted;

/// All that is needed to look into the advice elsewhere while somebody goes on answering.
#[derive(Debug)]
pub struct Study {
    /// Which state of the answers this is about.
    pub revision: u64,
    questionnaire: Arc<Questionnaire>,
    answers: Answers,
    advice: Advice,
}

/// One thing that was found.
#[derive(Debug)]
pub enum Finding {
    /// What could still change the advice.
    Outlook(Box<Outlook>),
    /// How firm it is.
    Firmness(Box<Firmness>),
}

impl Study {
    /// Reports one finding after the other, the quickest first; stops when it is not wanted any more.
    pub fn run(&self, is_wanted: &dyn Fn() -> bool, mut report: impl FnMut(Finding)) {
        if !is_wanted() {
            return;
        }
        report(Finding::Outlook(Box::new(outlook(&self.questionnaire, &self.answers, &self.advice))));
        if let Ok(found) = firmness(&self.questionnaire, &self.answers, &self.advice, is_wanted) {
            report(Finding::Firmness(Box::new(found)));
        }
    }
}

impl Workbook {
    /// Returns what is to be looked into elsewhere, once for every state of the answers.
    pub fn study(&mut self) -> Option<Study> {
        if self.studied == Some(self.revision) || self.outlook.is_some() && self.firmness.is_some() {
            return None;
        }
        self.studied = Some(self.revision);
        Some(Study {
            revision: self.revision,
            questionnaire: Arc::clone(&self.questionnaire),
            answers: self.session.answers.clone(),
            advice: self.advice.clone(),
        })
    }

    /// Takes what was found elsewhere; what is about earlier answers is dropped.
    pub fn take_finding(&mut self, revision: u64, finding: Finding) {
        if revision != self.revision {
            return;
        }
        match finding {
            Finding::Outlook(found) => self.outlook = Some(*found),
            Finding::Firmness(found) => self.firmness = Some(*found),
        }
    }

    /// Returns what could still change the advice, working it out here if that was not done yet.
    pub fn find_outlook(&mut self) -> &Outlook {
        let (questionnaire, answers, advice) = (&self.questionnaire, &self.session.answers, &self.advice);
        self.outlook.get_or_insert_with(|| outlook(questionnaire, answers, advice))
    }

    /// Works out here how firm the advice is, if that was not done yet.
    pub fn find_firmness(&mut self) {
        if self.firmness.is_none() {
            let (questionnaire, answers) = (&self.questionnaire, &self.session.answers);
            self.firmness = firmness(questionnaire, answers, &self.advice, &|| true).ok();
        }
    }

    /// Says whether something is decided for each part.
    pub fn all_decided(&self) -> bool {
        is_accepted(&self.questionnaire, &self.session, &self.advice)
    }

    /// Says whether nothing that is still open can change a choice: no visible question is open, or it is
    /// proven that all of them are moot. What is not worked out yet is not said.
    pub fn is_final(&self) -> bool {
        // A tie and a part that nobody can do are no ends.
        let is_chosen = |part: &PartAdvice| part.choice.single().is_some();
        if !self.advice.parts.iter().all(is_chosen) {
            return false;
        }
        let open = self.answers().open(&self.questionnaire);
        // What a text says counts for nothing.
        let counts = |question: &QuestionId| self.questionnaire[*question].kind != Kind::Text;
        let mut open = self.questionnaire.question_ids().filter(|question| open[*question]).filter(counts);
        let moot = |question: QuestionId| {
            let outlook = self.outlook.as_ref();
            outlook.is_some_and(|it| it.questions.iter().any(|it| it.question == question && it.moot))
        };
        open.all(moot)
    }
}
