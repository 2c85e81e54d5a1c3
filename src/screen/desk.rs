//! The state that panes and pages share: the workbook, the cursor and the messages.

use super::field::TextField;
use super::standings::standings;
use crate::action::Pane;
use crate::answers::{PartId, Subject};
use crate::keys::PaneKeys;
use crate::questionnaire::QuestionId;
use crate::wording::{Cause, advice_change, capital, questions_moved};
use crate::workbook::{Row, Snapshot, Text, Workbook};

/// The purpose of the question pane's text field, which determines where its text is stored.
#[derive(Debug, Clone, Copy)]
pub enum Writing {
    /// A note or answer, stored with the question on every key press so that nothing is lost.
    Text(Text),
    /// The name of a part, stored when the field closes.
    Name(PartId),
    /// The language (or other candidate) that a part stays in, stored when the field closes.
    Plan(PartId),
}

/// The workbook and the state that the screen adds to it.
#[derive(Debug)]
pub struct Desk {
    /// The workbook of the current session.
    pub workbook: Workbook,
    /// The focused pane, which receives the keys.
    pub pane: Pane,
    /// Row of the cursor in the recommendation pane, see `standings`.
    pub standing: usize,
    /// The open text field, on a page or in the question pane.
    pub field: Option<TextField>,
    /// The purpose of the question pane's text field, if open.
    pub writing: Option<Writing>,
    /// The outcome of the last action; cleared by the next key.
    pub message: Option<String>,
    /// The consequences of the last change, such as a new leader or revealed questions; cleared by the next
    /// key.
    pub news: Vec<String>,
    /// The answers and advice if the option under the cursor were chosen.
    pub preview: Option<Snapshot>,
    /// The answers and advice before the last change; cleared by the next key.
    pub earlier: Option<Snapshot>,
    /// Whether the focused pane fills the screen.
    pub zoomed: bool,
    /// The state of the questionnaire's file.
    pub questions: Questions,
    /// Whether the mouse is enabled.
    pub mouse: bool,
    /// Default destination of records: a file or a folder of records.
    pub records: String,
    /// The file name typed for “save as”, until the session is saved under it.
    pub typed_name: Option<String>,
    /// A decision typed as text instead of picked from the candidates, until it is recorded.
    pub typed_decision: Option<(Subject, String)>,
}

/// The state of the file that the questionnaire was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Questions {
    /// The file has not changed, or its new content is not usable.
    AsRead,
    /// The file has changed, and its new content is usable.
    Changed,
    /// The program is about to exit and restart with the changed file.
    Reopened,
}

impl Desk {
    /// Creates the desk with the focus on the current question.
    pub fn new(mut workbook: Workbook, records: String) -> Self {
        let notices = std::mem::take(&mut workbook.notices);
        Self {
            workbook,
            pane: Pane::Question,
            questions: Questions::AsRead,
            standing: 0,
            field: None,
            writing: None,
            message: (!notices.is_empty()).then(|| notices.join("; ")),
            news: Vec::new(),
            preview: None,
            earlier: None,
            zoomed: false,
            mouse: false,
            records,
            typed_name: None,
            typed_decision: None,
        }
    }

    /// Returns which keys apply in the focused pane.
    pub fn pane_keys(&self) -> PaneKeys {
        match self.pane {
            Pane::Outline => PaneKeys::Outline,
            Pane::Advice => PaneKeys::Advice,
            Pane::Question => {
                PaneKeys::of_question(self.workbook.questionnaire()[self.workbook.question()].kind)
            }
        }
    }

    /// Shows a message.
    pub fn say(&mut self, message: impl Into<String>) {
        self.message = Some(message.into());
    }

    /// Returns the result of an operation or, if it was refused, shows the reason.
    pub fn say_refusal<T>(&mut self, done: Result<T, impl std::fmt::Display>) -> Option<T> {
        done.map_err(|refusal| self.say(refusal.to_string())).ok()
    }

    /// Clears what was shown for the previous key.
    pub fn hush(&mut self) {
        (self.message, self.earlier) = (None, None);
        self.news.clear();
    }

    /// Goes to a question in its pane, and to one of its rows if given.
    pub fn answer_next(&mut self, question: QuestionId, row: Option<Row>) {
        self.pane = Pane::Question;
        self.workbook.go_to(question);
        if let Some(row) = row {
            self.workbook.go_to_row(row);
        }
    }

    /// Announces what has changed since the last call. Returns whether the session changed and must be saved.
    pub fn announce_change(&mut self, cause: Cause) -> bool {
        let Some(change) = self.workbook.take_change() else { return false };
        if let Some(before) = change.before {
            let (questionnaire, answers) = (self.workbook.questionnaire(), self.workbook.answers());
            let now = (answers, self.workbook.advice());
            let shifted = advice_change(questionnaire, (&before.answers, &before.advice), now);
            let moved = questions_moved(questionnaire, &before.answers, answers, cause);
            self.news = [shifted.map(|words| capital(&words)), moved].into_iter().flatten().collect();
            self.earlier = Some(before);
            let standings = standings(&self.workbook).len();
            self.standing = self.standing.min(standings.saturating_sub(1));
        }
        true
    }
}
