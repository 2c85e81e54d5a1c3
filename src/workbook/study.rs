//! Analyses that may take longer than drawing a frame: what could still change the advice, and how firm it
//! is.

use std::sync::Arc;

use super::Workbook;
use crate::advice::{Advice, Firmness, Outlook, PartAdvice, firmness, outlook};
use crate::answers::Answers;
use crate::questionnaire::{Kind, QuestionId, Questionnaire};
use crate::wording::all_decided;

/// Everything needed to analyze the advice on another thread while the user continues.
#[derive(Debug)]
pub struct Study {
    /// The revision of the answers.
    pub revision: u64,
    questionnaire: Arc<Questionnaire>,
    answers: Answers,
    advice: Advice,
}

/// A result of the analysis.
#[derive(Debug)]
pub enum Finding {
    /// What could still change the advice.
    Outlook(Box<Outlook>),
    /// How firm the advice is.
    Firmness(Box<Firmness>),
}

impl Study {
    /// Reports the findings one by one, the quickest first. Stops when they are no longer wanted.
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
    /// Returns the study for another thread, once per revision of the answers.
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

    /// Stores a finding from another thread. Findings about earlier answers are dropped.
    pub fn take_finding(&mut self, revision: u64, finding: Finding) {
        if revision != self.revision {
            return;
        }
        match finding {
            Finding::Outlook(found) => self.outlook = Some(*found),
            Finding::Firmness(found) => self.firmness = Some(*found),
        }
    }

    /// Returns what could still change the advice. Computes it on this thread if needed.
    pub fn find_outlook(&mut self) -> &Outlook {
        let (questionnaire, answers, advice) = (&self.questionnaire, &self.session.answers, &self.advice);
        self.outlook.get_or_insert_with(|| outlook(questionnaire, answers, advice))
    }

    /// Computes how firm the advice is, on this thread, if needed.
    pub fn find_firmness(&mut self) {
        if self.firmness.is_none() {
            let (questionnaire, answers) = (&self.questionnaire, &self.session.answers);
            self.firmness = firmness(questionnaire, answers, &self.advice, &|| true).ok();
        }
    }

    /// Returns whether there is a decision for each part to decide.
    pub fn all_decided(&self) -> bool {
        all_decided(&self.questionnaire, &self.session, &self.advice)
    }

    /// Returns whether each part has a single choice that no open question can change. Every visible open
    /// question must be proven moot. Returns false if that has not been computed yet.
    pub fn is_final(&self) -> bool {
        // A tie is not final, nor is a part for which every candidate is ruled out.
        let is_chosen = |part: &PartAdvice| part.choice.single().is_some();
        if !self.advice.parts.iter().all(is_chosen) {
            return false;
        }
        let open = self.answers().open(&self.questionnaire);
        // Texts do not affect the advice.
        let counts = |question: &QuestionId| self.questionnaire[*question].kind != Kind::Text;
        let mut open = self.questionnaire.question_ids().filter(|question| open[*question]).filter(counts);
        let moot = |question: QuestionId| {
            let outlook = self.outlook.as_ref();
            outlook.is_some_and(|it| it.questions.iter().any(|it| it.question == question && it.moot))
        };
        open.all(moot)
    }
}
