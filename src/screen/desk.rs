//! What panes and pages share: the workbook, where the cursor is, and what is said to the person.

use super::field::TextField;
use super::standings::standings;
use crate::action::Pane;
use crate::answers::{PartId, Subject};
use crate::keys::PaneKeys;
use crate::questionnaire::QuestionId;
use crate::wording::{Cause, advice_change, capital, questions_moved};
use crate::workbook::{Row, Snapshot, Text, Workbook};

/// What is written in the question's pane, which says where it is kept.
#[derive(Debug, Clone, Copy)]
pub enum Writing {
    /// Kept with the question, with every key, so that nothing can lose it.
    Text(Text),
    /// The name of a part, kept when it is done.
    Name(PartId),
    /// What a part stays in, kept when it is done.
    Plan(PartId),
}

/// The workbook and what the screen adds to it.
#[derive(Debug)]
pub struct Desk {
    /// The session at work.
    pub workbook: Workbook,
    /// The pane that takes the keys.
    pub pane: Pane,
    /// Row of the recommendation's pane that has the cursor, see [`standings`].
    pub standing: usize,
    /// The text field that is open, on a page or in the question's pane.
    pub field: Option<TextField>,
    /// What is written in the question's pane.
    pub writing: Option<Writing>,
    /// What happened, until the next key.
    pub message: Option<String>,
    /// What came of it: who leads now, which questions came or went; until the next key.
    pub news: Vec<String>,
    /// What would be with the option under the cursor.
    pub preview: Option<Snapshot>,
    /// What was before the last answer, until the next key.
    pub earlier: Option<Snapshot>,
    /// Whether the pane with the keys has the whole screen.
    pub zoomed: bool,
    /// What is known of the questionnaire's file.
    pub questions: Questions,
    /// Whether the mouse is wanted.
    pub mouse: bool,
    /// Where a record goes unless somebody says otherwise: a file or a folder of records.
    pub records: String,
    /// The name that was typed to save the session under, until that is done.
    pub typed_name: Option<String>,
    /// What was typed as a decision for something else than a candidate, until it is decided.
    pub typed_decision: Option<(Subject, String)>,
}

/// What is known of the file that the questionnaire was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Questions {
    /// It has not changed, or not into something that can be used.
    AsRead,
    /// It has changed.
    Changed,
    /// The program is left to begin anew with it.
    Reopened,
}

impl Desk {
    /// Opens the panes at the question at hand.
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

    /// Returns which keys work in the pane that has them.
    pub fn pane_keys(&self) -> PaneKeys {
        match self.pane {
            Pane::Outline => PaneKeys::Outline,
            Pane::Advice => PaneKeys::Advice,
            Pane::Question => {
                PaneKeys::of_question(self.workbook.questionnaire()[self.workbook.question()].kind)
            }
        }
    }

    /// Says what happened.
    pub fn say(&mut self, message: impl Into<String>) {
        self.message = Some(message.into());
    }

    /// Says why something is not done, if it is not.
    pub fn say_refusal<T>(&mut self, done: Result<T, impl std::fmt::Display>) -> Option<T> {
        done.map_err(|refusal| self.say(refusal.to_string())).ok()
    }

    /// Forgets what was said, for another key was pressed.
    pub fn hush(&mut self) {
        (self.message, self.earlier) = (None, None);
        self.news.clear();
    }

    /// Gives a question the keys, and the cursor to one of its rows.
    pub fn answer_next(&mut self, question: QuestionId, row: Option<Row>) {
        self.pane = Pane::Question;
        self.workbook.go_to(question);
        if let Some(row) = row {
            self.workbook.go_to_row(row);
        }
    }

    /// Says what came of a change, if there was one since; says whether there was, which is then to be
    /// saved.
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
