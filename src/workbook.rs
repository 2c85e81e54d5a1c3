//! A session that is being edited: its answers, the advice for them, and all operations on them.
//!
//! Both the full screen and linear mode use a workbook. It reads no clock and accesses no file. The caller
//! saves [`Workbook::session`] when [`Workbook::take_change`] reports a change.

mod answering;
mod confirmed;
mod decisions;
mod history;
mod parts;
mod position;
mod preview;
mod refusal;
mod saving;
mod study;
mod texts;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::advice::{Advice, Firmness, Outlook, recommend};
use crate::answers::{Answers, Subject};
use crate::precedents::{Precedents, Shelf};
use crate::questionnaire::{PerQuestion, QuestionId, Questionnaire};
use crate::session::Session;
use crate::wording::greeting;

pub use history::Travel;
use history::{Earlier, History};
pub use parts::{Pick, Renamed};
pub use position::{Position, Row, Step};
pub use preview::Snapshot;
pub use refusal::Refusal;
use saving::Provenance;
pub use saving::{BesideRescue, Rescued, Saving};
pub use study::{Finding, Study};
pub use texts::{Text, fitted, left_out};

/// A session that is being edited.
#[derive(Debug)]
pub struct Workbook {
    questionnaire: Arc<Questionnaire>,
    /// The displayed numbers of the visible questions.
    labels: PerQuestion<String>,
    session: Session,
    advice: Advice,
    outlook: Option<Outlook>,
    firmness: Option<Firmness>,
    /// Counts the states of the answers, so that findings from another thread can be matched to one.
    revision: u64,
    /// The last revision for which a study was returned.
    studied: Option<u64>,
    position: Position,
    focus: Subject,
    /// Name of the session file, for display.
    pub file: String,
    /// The current day, kept up to date by the caller.
    pub today: Date,
    /// Whether the session is on disk.
    pub saving: Saving,
    /// The precedents that come with the questionnaire.
    pub shelf: Shelf,
    /// Messages about the files that were read, to be shown once.
    pub notices: Vec<String>,
    /// The fingerprints of the answers that the user confirmed, by question and part.
    confirmed: BTreeMap<String, String>,
    history: History,
    /// Where the session came from, see [`Workbook::has_rescued`].
    origin: Provenance,
    /// What changed since the last call of [`Workbook::take_change`].
    changed: Option<Changed>,
}

/// A change of the session, from [`Workbook::take_change`].
#[derive(Debug)]
pub struct Changed {
    /// Answers and advice before the change, if answers changed.
    pub before: Option<Snapshot>,
}

impl Workbook {
    /// Opens a session at [`Session::at`] if that question is visible, otherwise at the first visible
    /// question.
    pub fn new(
        questionnaire: impl Into<Arc<Questionnaire>>,
        session: Session,
        file: String,
        today: Date,
    ) -> Self {
        let questionnaire = questionnaire.into();
        let visible = session.answers.visible(&questionnaire);
        let at = session.at.filter(|question| visible[*question]);
        let mut ids = questionnaire.question_ids();
        let question =
            at.or_else(|| ids.find(|question| visible[*question])).unwrap_or(questionnaire.first_question());
        let mut workbook = Self {
            labels: questionnaire.labels(&visible),
            advice: recommend(&questionnaire, &session.answers),
            notices: greeting(&session, &questionnaire),
            questionnaire,
            session,
            outlook: None,
            firmness: None,
            revision: 1,
            studied: None,
            position: Position { question, row: 0 },
            focus: Subject::System,
            file,
            today,
            saving: Saving::Untouched,
            shelf: Shelf::default(),
            confirmed: BTreeMap::new(),
            history: History::default(),
            origin: Provenance::File,
            changed: None,
        };
        workbook.go_to(question);
        workbook
    }

    /// Returns the questionnaire.
    pub fn questionnaire(&self) -> &Arc<Questionnaire> {
        &self.questionnaire
    }

    /// Returns the session, with its answers, details and decisions.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Returns the answers.
    pub fn answers(&self) -> &Answers {
        &self.session.answers
    }

    /// Returns the advice for the answers.
    pub fn advice(&self) -> &Advice {
        &self.advice
    }

    /// Returns what could still change the advice, if it has been computed, see [`Workbook::find_outlook`].
    pub fn outlook(&self) -> Option<&Outlook> {
        self.outlook.as_ref()
    }

    /// Returns how firm the advice is, if it has been computed.
    pub fn firmness(&self) -> Option<&Firmness> {
        self.firmness.as_ref()
    }

    /// Returns the precedents, which are parsed on first use. The error is one sentence.
    pub fn precedents(&self) -> Result<&Precedents, &str> {
        self.shelf.precedents(&self.questionnaire)
    }

    /// Returns the current number of a question: `3` or, for a follow-up, `3a`; empty if it has none.
    ///
    /// The number changes with the visible questions, so it must only be used for immediate display.
    pub fn label(&self, question: QuestionId) -> &str {
        &self.labels[question]
    }

    /// Returns a question's number and title.
    pub fn named(&self, question: QuestionId) -> String {
        let title = &self.questionnaire[question].title;
        match self.label(question) {
            "" => title.clone(),
            label => format!("{label} {title}"),
        }
    }

    /// Returns whether there are no answers, notes or parts.
    pub fn is_blank(&self) -> bool {
        self.session.answers == Answers::new(&self.questionnaire)
    }

    /// Returns whether there are no answers, notes or parts, and nothing has been changed yet.
    pub fn is_new(&self) -> bool {
        self.saving == Saving::Untouched && self.is_blank()
    }

    /// Returns what changed since the last call, if anything. The session must then be saved.
    pub fn take_change(&mut self) -> Option<Changed> {
        self.changed.take()
    }

    /// Returns whether a change can be undone.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Ends the current writing, so that further writing is a separate undo step.
    pub fn end_writing(&mut self) {
        self.history.end_writing();
    }

    /// Changes the session as one undo step.
    fn change<T>(&mut self, apply: impl FnOnce(&mut Session, &Questionnaire) -> T) -> T {
        self.history.end_writing();
        self.change_within(false, apply)
    }

    /// Changes the session. Consecutive changes to one text are one undo step.
    fn write(&mut self, apply: impl FnOnce(&mut Session, &Questionnaire)) {
        self.change_within(true, apply);
    }

    fn change_within<T>(
        &mut self,
        is_writing: bool,
        apply: impl FnOnce(&mut Session, &Questionnaire) -> T,
    ) -> T {
        let before = self.earlier();
        let result = apply(&mut self.session, &self.questionnaire);
        if self.session != before.session {
            let answers = before.session.answers.clone();
            self.history.record(before, is_writing);
            self.update_derived(answers);
        }
        result
    }

    /// Returns the current state for the history.
    fn earlier(&self) -> Earlier {
        Earlier { session: self.session.clone(), position: self.position, origin: self.origin }
    }

    /// Updates everything derived from the session after a change. `before` are the answers before the
    /// change.
    fn update_derived(&mut self, before: Answers) {
        if !self.answers().subjects().contains(&self.focus) {
            self.focus = Subject::System;
        }
        self.position.row = self.position.row.min(self.rows().len().saturating_sub(1));
        self.saving.expect_save();
        let changed = self.changed.get_or_insert(Changed { before: None });
        if before == self.session.answers {
            return;
        }
        self.labels = self.questionnaire.labels(&self.session.answers.visible(&self.questionnaire));
        let advice = recommend(&self.questionnaire, &self.session.answers);
        let state = Snapshot { answers: before, advice: std::mem::replace(&mut self.advice, advice) };
        changed.before.get_or_insert(state);
        self.outlook = None;
        self.firmness = None;
        self.revision += 1;
    }
}
