//! The program's state and how actions change it.
//!
//! Must not draw, do I/O, look at a clock or know a terminal: [`App::update`] says what the shell
//! has to do and the shell tells it how that went.

mod answering;
mod around;
mod consequences;
mod editor;
mod export;
mod find;
mod history;
mod keeping;
mod lists;
mod mode;
mod moves;
mod opening;
mod parts;
mod pointer;
mod rows;

use std::sync::Arc;

use jiff::civil::Date;

use crate::action::{Action, Effect};
use crate::advice::{Advice, Outlook, recommend};
use crate::answers::{Answer, Answers, PartId, Subject};
use crate::questionnaire::{Kind, PerQuestion, QuestionId, Questionnaire};
use crate::session::Session;
use crate::set::SmallId as _;

pub use consequences::State;
pub use editor::{Editor, Purpose};
pub use export::{Export, ExportRow};
pub use find::{Find, Hit};
use history::{History, Step, Way};
use keeping::Origin;
pub use keeping::{Beside, Choice, Keeping, RescueChoice, Rescued};
pub use mode::{Context, Deciding, Mode, Pane, Saving};
use opening::greeting;
pub use rows::Row;

/// What brings questions, in the words that say so.
pub const BY_ANSWER: &str = " by your answer";

/// Everything the screen shows.
#[derive(Debug)]
pub struct App {
    /// The questionnaire; never changes.
    pub questionnaire: Arc<Questionnaire>,
    /// Labels of the questions: `3` or, for a follow-up, `3a`.
    pub labels: PerQuestion<String>,
    /// Answers and details.
    pub session: Session,
    /// What the answers recommend.
    pub advice: Advice,
    /// What could still change it, and what to ask next; nothing until [`Action::LookAhead`], for it
    /// takes longer than a frame may.
    pub outlook: Option<Outlook>,
    /// What would be with the option under the cursor, see [`App::look_ahead`].
    pub preview: Option<State>,
    /// What was before the last answer, until the next key.
    pub earlier: Option<State>,
    /// Where the cursor is.
    pub cursor: Cursor,
    /// The pane that takes the keys.
    pub pane: Pane,
    /// What answers and ranking are about.
    pub focus: Subject,
    /// What is open.
    pub mode: Mode,
    /// What happened, until the next key.
    pub message: Option<String>,
    /// What came of it: who leads now, which questions came or went; until the next key.
    pub news: Vec<String>,
    /// Whether the session is on disk.
    pub saving: Saving,
    /// Whether the pane with the keys has the whole screen.
    pub zoomed: bool,
    /// Whether the mouse is wanted.
    pub mouse: bool,
    /// What the program knows of its surroundings.
    pub around: Around,
    /// Answers that could not be saved the last time.
    pub rescued: Option<Rescued>,
    /// What the session came of, see [`App::has_rescued`].
    origin: Origin,
    /// The name that was typed to save the session under, until that is done.
    typed_name: Option<String>,
    /// Whether the preview is still to be worked out.
    stale: bool,
    layouts: Layouts,
    history: History,
}

/// What the program knows of its surroundings, told when a session is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// Name of the session file, for people.
    pub file: String,
    /// The day; the shell brings it up to date.
    pub today: Date,
    /// Where a record goes unless somebody says otherwise: a file or a folder of records.
    pub records: String,
}

/// Whether it was said that letters of other keyboard layouts are no keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layouts {
    Unexplained,
    Explained,
}

/// Where the cursor is in each pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The question that is shown.
    pub question: QuestionId,
    /// Row of the question's pane, see [`App::rows`].
    pub row: usize,
    /// Row of the ranking.
    pub standing: usize,
}

impl App {
    /// Opens a session at the question that was answered last.
    pub fn new(questionnaire: impl Into<Arc<Questionnaire>>, session: Session, around: Around) -> Self {
        let questionnaire = questionnaire.into();
        let advice = recommend(&questionnaire, &session.answers);
        let visible = session.answers.visible(&questionnaire);
        let first = questionnaire
            .question_ids()
            .find(|question| visible[*question])
            .unwrap_or(QuestionId::from_index(0));
        let question = session.at.filter(|question| visible[*question]).unwrap_or(first);
        let mut app = Self {
            labels: questionnaire.labels(),
            message: greeting(&session, &questionnaire),
            news: Vec::new(),
            questionnaire,
            session,
            advice,
            outlook: None,
            preview: None,
            earlier: None,
            cursor: Cursor { question, row: 0, standing: 0 },
            pane: Pane::Question,
            focus: Subject::System,
            mode: Mode::Panes,
            saving: Saving::Untouched,
            zoomed: false,
            mouse: false,
            around,
            rescued: None,
            origin: Origin::File,
            typed_name: None,
            stale: true,
            layouts: Layouts::Unexplained,
            history: History::default(),
        };
        app.go_to(question);
        app
    }

    /// Returns the answers.
    pub fn answers(&self) -> &Answers {
        &self.session.answers
    }

    /// Says whether nothing was answered yet.
    pub fn is_blank(&self) -> bool {
        self.session.answers == Answers::new(&self.questionnaire)
    }

    /// Returns a question's number and title.
    pub fn named(&self, question: QuestionId) -> String {
        let title = &self.questionnaire[question].title;
        match self.labels[question].as_str() {
            "" => title.clone(),
            label => format!("{label} {title}"),
        }
    }

    /// Returns which keys work now.
    pub fn context(&self) -> Context {
        match (&self.mode, self.pane) {
            (Mode::Editing(editor), _) if editor.purpose == Purpose::SaveAs => Context::SaveAs,
            (Mode::Editing(editor), _) if editor.is_line() => Context::Line,
            (Mode::Editing(_), _) => Context::Note,
            (Mode::Ledger { .. }, _) => Context::Ledger,
            (Mode::Versus { .. }, _) => Context::Versus,
            (Mode::Firm, _) => Context::Firm,
            (Mode::Map, _) => Context::Map,
            (Mode::Find(_), _) => Context::Find,
            (Mode::Review { .. }, _) => Context::Review,
            (Mode::Details { .. }, _) => Context::Details,
            (Mode::Decide(_), _) => Context::Decide,
            (Mode::Export(export), _) if export.exists.is_some() => Context::Overwrite,
            (Mode::Export(_), _) => Context::Export,
            (Mode::Keeping(_) | Mode::Rescue { .. }, _) => Context::Keeping,
            (Mode::Help, _) => Context::Help,
            (Mode::Panes, Pane::Outline) => Context::Outline,
            (Mode::Panes, Pane::Advice) => Context::Advice,
            (Mode::Panes, Pane::Question) => match self.questionnaire[self.cursor.question].kind {
                Kind::One | Kind::Many => Context::Options,
                Kind::Parts => Context::Parts,
                Kind::Text => Context::Text,
            },
        }
    }

    /// Says whether an action would do anything here, as far as the footer has to know.
    pub fn can(&self, action: &Action) -> bool {
        match action {
            Action::Focus(_) => self.answers().subjects().iter().any(|it| *it != Subject::System),
            Action::Keeping => self.saving.is_behind() || self.saving == Saving::ReadOnly,
            Action::Undo => self.editor().is_some() || self.history.can_undo(),
            Action::AskNext => self.outlook.as_ref().is_none_or(|outlook| outlook.ask_next.is_some()),
            _ => true,
        }
    }

    /// Returns what an answer to the shown question is given for.
    pub fn answered_subject(&self) -> Subject {
        self.answered_part().into()
    }

    /// Returns the part that an answer to the shown question is given for, if it is one part alone.
    pub fn answered_part(&self) -> Option<PartId> {
        self.focus.part().filter(|_| self.questionnaire[self.cursor.question].each_part)
    }

    /// Returns what the ranking is shown in full of: the focused part, or the only one.
    pub fn ranked_part(&self) -> Option<Subject> {
        match (self.focus, self.advice.parts.as_slice()) {
            (Subject::Part(_), _) => self.advice.of(self.focus).map(|advice| advice.subject),
            (Subject::System, [only]) => Some(only.subject),
            (Subject::System, _) => None,
        }
    }

    /// Applies an action and says what the shell has to do.
    pub fn update(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Saved(outcome) => {
                self.saved(outcome);
                return None;
            }
            Action::SavedAs(saved) => {
                self.saved_as(saved);
                return None;
            }
            Action::Reloaded(reloaded) => {
                self.reloaded(reloaded);
                return None;
            }
            Action::LookAhead => {
                self.find_outlook();
                return None;
            }
            _ => {}
        }
        (self.message, self.earlier) = (None, None);
        self.news.clear();
        self.stale = true;
        if action.only_looks() {
            // Nothing to compare, save or undo: most keys only move.
            self.history.end_typing();
            match action {
                action if self.closes(&action) => self.mode = Mode::Panes,
                action if self.mode.is_list() => return self.apply_to_list(action),
                action => self.apply(action),
            }
            return None;
        }
        let before = self.step();
        let was_typing = self.context().is_typing();
        let travels = !was_typing && matches!(action, Action::Undo | Action::Redo);
        // What comes from a rescue file nobody answers just now.
        let answers_now = !travels && !matches!(self.mode, Mode::Rescue { .. });
        let effect = match action {
            Action::Quit => {
                self.close();
                Some(Effect::Quit)
            }
            Action::Stop => Some(Effect::Stop),
            Action::EditOutside => self.text_outside().map(Effect::EditOutside),
            Action::Accept if self.context() == Context::SaveAs => self.order_save_as(),
            action if self.closes(&action) => {
                self.mode = Mode::Panes;
                None
            }
            action if self.mode.is_list() => self.apply_to_list(action),
            action => {
                self.apply(action);
                None
            }
        };
        let changed = self.session != before.session;
        if changed {
            let answers = before.session.answers.clone();
            if !travels {
                self.history.record(before, was_typing);
            }
            self.recompute(answers, if answers_now { BY_ANSWER } else { "" });
            self.saving = self.after_change();
        }
        if !self.context().is_typing() {
            self.history.end_typing();
        }
        effect.or_else(|| (changed && self.saving != Saving::ReadOnly).then_some(Effect::Save))
    }

    /// Returns the state that can be returned to.
    fn step(&self) -> Step {
        Step { session: self.session.clone(), cursor: self.cursor, origin: self.origin }
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Move(step) => self.move_cursor(step),
            Action::Row(row) => self.cursor.row = row.min(self.rows().len().saturating_sub(1)),
            Action::Question(step) if matches!(self.mode, Mode::Versus { .. }) => self.step_versus(step),
            Action::Question(step) => self.step_question(step),
            Action::Pane(step) => self.step_pane(step),
            Action::Choose => self.choose(self.cursor.row),
            Action::Pick(row) => self.pick(row),
            Action::GoOn => self.go_on(),
            Action::Clear => self.clear(),
            Action::NotSure => self.answer(Answer::NotSure),
            Action::NotApplicable => self.answer(Answer::NotApplicable),
            Action::Emphasis => self.emphasise(),
            Action::AddPart => self.add_part(),
            Action::Write => self.write(),
            Action::Focus(step) => self.step_focus(step),
            Action::Ledger => self.open_ledger(),
            Action::Versus => self.open_versus(),
            Action::Find => self.open_find(),
            Action::Review => self.open_review(),
            Action::Map => self.mode = Mode::Map,
            Action::Details => self.mode = Mode::Details { at: 0 },
            Action::Decide => self.open_decide(),
            Action::Export => self.open_export(),
            Action::Keeping => self.open_keeping(),
            Action::Zoom => self.zoomed = !self.zoomed,
            Action::Help => self.mode = Mode::Help,
            Action::Firm => {
                self.find_outlook();
                self.mode = Mode::Firm;
            }
            Action::AskNext => self.ask_next(),
            Action::Type(input) => self.type_in(&input),
            Action::Paste(text) => self.paste(&text),
            Action::Cut(cut) => self.cut(cut),
            Action::Undo => self.travel(Way::Undo),
            Action::Redo => self.travel(Way::Redo),
            Action::Erase => self.erase(),
            Action::Click(target) => self.click(target),
            Action::Mouse => self.toggle_mouse(),
            Action::Edited(edited) => self.take_edited(edited),
            Action::Trouble(reason) => self.say(reason),
            Action::OtherLayout(letter, key) => self.explain_layout(letter, key),
            Action::Accept => self.accept(),
            Action::Close => self.close(),
            Action::Quit
            | Action::Stop
            | Action::EditOutside
            | Action::Overwrite
            | Action::Delivered(_)
            | Action::Scroll(_)
            | Action::Redraw
            | Action::SavedAs(_)
            | Action::Reloaded(_)
            | Action::Saved(_)
            | Action::LookAhead => {}
        }
    }

    fn close(&mut self) {
        match std::mem::replace(&mut self.mode, Mode::Panes) {
            Mode::Panes => self.pane = Pane::Question,
            Mode::Editing(editor) => self.finish(*editor),
            Mode::Decide(Deciding { at, candidate: Some(_) }) => {
                self.mode = Mode::Decide(Deciding { at, candidate: None });
            }
            _ => {}
        }
    }

    /// Says whether the key that asks for an action opened what is open, and so closes it.
    fn closes(&self, action: &Action) -> bool {
        matches!(
            (action, &self.mode),
            (Action::Versus, Mode::Versus { .. })
                | (Action::Firm, Mode::Firm)
                | (Action::Map, Mode::Map)
                | (Action::Review, Mode::Review { .. })
                | (Action::Details, Mode::Details { .. })
                | (Action::Decide, Mode::Decide(_))
                | (Action::Export, Mode::Export(_))
                | (Action::Keeping, Mode::Keeping(_))
                | (Action::Help, Mode::Help)
        )
    }

    /// Says, once, why a letter of another keyboard layout does nothing.
    fn explain_layout(&mut self, letter: char, key: Option<char>) {
        if std::mem::replace(&mut self.layouts, Layouts::Explained) == Layouts::Explained {
            return;
        }
        self.say(match key {
            Some(key) => {
                format!("“{letter}” is not a key here; on a Latin keyboard layout the same key is {key}")
            }
            None => {
                format!("“{letter}” is not a key here; keys are the letters a to z, digits and signs")
            }
        });
    }

    fn say(&mut self, message: impl Into<String>) {
        self.message = Some(message.into());
    }
}
