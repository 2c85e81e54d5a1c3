//! The program's state and how actions change it.
//!
//! Must not draw, do I/O, look at a clock or know a terminal: [`App::update`] says what the shell
//! has to do and the shell tells it how that went.

mod editor;
mod mode;
mod moves;
mod opening;
mod parts;
mod rows;

use crate::action::{Action, Effect, Step};
use crate::advice::{Advice, Outlook, appraise, outlook, recommend};
use crate::answers::{Answer, Answers};
use crate::questionnaire::{Kind, OptionId, QuestionId, Questionnaire};
use crate::session::Session;

pub use editor::{Editor, Purpose};
pub use mode::{Context, Mode, Pane, Saving};
use opening::{greeting, labels};
use parts::Picking;
pub use rows::Row;

/// Everything the screen shows.
#[derive(Debug)]
pub struct App {
    /// The questionnaire; never changes.
    pub questionnaire: Questionnaire,
    /// Labels of the questions: `3` or, for a follow-up, `3a`.
    pub labels: Vec<String>,
    /// Answers and details.
    pub session: Session,
    /// What the answers recommend.
    pub advice: Advice,
    /// What could still change it, and what to ask next; nothing until [`Action::LookAhead`], for it
    /// takes longer than a frame may.
    pub outlook: Option<Outlook>,
    /// What would be with the option under the cursor.
    pub preview: Option<Preview>,
    /// Where the cursor is.
    pub cursor: Cursor,
    /// The pane that takes the keys.
    pub pane: Pane,
    /// The part that answers and ranking are about; `None` is all parts.
    pub focus: Option<usize>,
    /// What is open.
    pub mode: Mode,
    /// What happened, until the next key.
    pub message: Option<String>,
    /// Whether the session is on disk.
    pub saving: Saving,
    /// Name of the session file, for people.
    pub file: String,
}

/// What choosing the option under the cursor would do.
#[derive(Debug)]
pub struct Preview {
    /// The answers with the option.
    pub answers: Answers,
    /// What they recommend.
    pub advice: Advice,
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
    pub fn new(questionnaire: Questionnaire, session: Session, file: String) -> Self {
        let advice = recommend(&questionnaire, &session.answers);
        let visible = session.answers.visible(&questionnaire);
        let first =
            questionnaire.question_ids().find(|question| visible[question.0]).unwrap_or(QuestionId(0));
        let question = session.at.filter(|question| visible[question.0]).unwrap_or(first);
        let mut app = Self {
            labels: labels(&questionnaire),
            message: greeting(&session, &questionnaire),
            questionnaire,
            session,
            advice,
            outlook: None,
            preview: None,
            cursor: Cursor { question, row: 0, standing: 0 },
            pane: Pane::Question,
            focus: None,
            mode: Mode::Panes,
            saving: Saving::Untouched,
            file,
        };
        app.go_to(question);
        app.look_ahead();
        app
    }

    /// Returns the answers.
    pub fn answers(&self) -> &Answers {
        &self.session.answers
    }

    /// Returns which keys work now.
    pub fn context(&self) -> Context {
        match (&self.mode, self.pane) {
            (Mode::Editing(editor), _) if editor.is_line() => Context::Line,
            (Mode::Editing(_), _) => Context::Note,
            (Mode::Ledger { .. }, _) => Context::Ledger,
            (Mode::Versus { .. }, _) => Context::Versus,
            (Mode::Firm, _) => Context::Firm,
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

    /// Returns the part that an answer to the shown question is given for.
    pub fn answered_part(&self) -> Option<usize> {
        self.focus.filter(|_| self.questionnaire[self.cursor.question].each_part)
    }

    /// Returns the part whose ranking is shown in full: the focused one, or the only one.
    pub fn ranked_part(&self) -> Option<Option<usize>> {
        match (self.focus, self.advice.parts.as_slice()) {
            (Some(part), _) => self.advice.for_part(Some(part)).map(|advice| advice.part),
            (None, [only]) => Some(only.part),
            (None, _) => None,
        }
    }

    /// Applies an action and says what the shell has to do.
    pub fn update(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Saved(failure) => {
                self.saving = failure.map_or(Saving::Saved, Saving::Failed);
                return None;
            }
            Action::LookAhead => {
                self.find_outlook();
                return None;
            }
            _ => {}
        }
        self.message = None;
        let before = self.session.clone();
        let leave = action == Action::Quit;
        self.apply(action);
        let changed = self.session != before;
        if changed {
            self.recompute(&before.answers);
            self.saving = Saving::Waiting;
        }
        self.look_ahead();
        match (leave, changed) {
            (true, _) => Some(Effect::Quit),
            (false, true) => Some(Effect::Save),
            (false, false) => None,
        }
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Move(step) => self.move_cursor(step),
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
            Action::Versus if matches!(self.mode, Mode::Versus { .. }) => self.mode = Mode::Panes,
            Action::Versus => self.open_versus(),
            Action::Help if matches!(self.mode, Mode::Help) => self.mode = Mode::Panes,
            Action::Help => self.mode = Mode::Help,
            Action::Firm if matches!(self.mode, Mode::Firm) => self.mode = Mode::Panes,
            Action::Firm => {
                self.find_outlook();
                self.mode = Mode::Firm;
            }
            Action::AskNext => self.ask_next(),
            Action::Type(input) => self.type_in(input),
            Action::Paste(text) => self.paste(&text),
            Action::Close | Action::Accept | Action::Quit => self.close(),
            Action::Scroll(_) | Action::Saved(_) | Action::LookAhead => {}
        }
    }

    fn go_on(&mut self) {
        match self.pane {
            Pane::Outline => self.pane = Pane::Question,
            Pane::Question | Pane::Advice => {
                let question = &self.questionnaire[self.cursor.question];
                let row = self.rows().get(self.cursor.row).copied();
                if question.kind == Kind::One && row.is_some_and(|row| !self.is_chosen(row)) {
                    self.choose(self.cursor.row);
                }
                // The answer may have revealed a follow-up, which is then the next question.
                self.step_question(Step::Next);
            }
        }
    }

    fn close(&mut self) {
        match std::mem::replace(&mut self.mode, Mode::Panes) {
            Mode::Panes => self.pane = Pane::Question,
            Mode::Editing(editor) => self.finish(&editor),
            Mode::Ledger { .. } | Mode::Versus { .. } | Mode::Firm | Mode::Help => {}
        }
    }

    fn pick(&mut self, option: usize) {
        let rows = self.rows();
        if let Some(row) = rows.iter().position(|row| *row == Row::Option(OptionId(option))) {
            self.cursor.row = row;
            self.choose(row);
        }
    }

    fn choose(&mut self, row: usize) {
        match self.rows().get(row).copied() {
            Some(Row::Option(option)) if self.questionnaire[self.cursor.question].is_parts() => {
                self.pick_kind(option);
            }
            Some(Row::Option(option)) => {
                let (question, part) = (self.cursor.question, self.answered_part());
                self.session.answers.toggle(&self.questionnaire, question, part, option);
                self.session.at = Some(question);
            }
            Some(Row::Part(part)) => self.ask_what_stays(part),
            Some(Row::NotSure) => self.answer(Answer::NotSure),
            Some(Row::NotApplicable) => self.answer(Answer::NotApplicable),
            Some(Row::Text) => self.write(),
            None => {}
        }
    }

    fn answer(&mut self, answer: Answer) {
        let question = self.cursor.question;
        if self.questionnaire[question].is_parts() && !self.answers().parts.is_empty() {
            self.say("Parts are picked already; Backspace on a part removes it");
            return;
        }
        if let (Answer::Text(_), true) = (self.answers().answer(question, None), answer != Answer::Open) {
            self.say("There is a text already; Backspace clears it");
            return;
        }
        let part = self.answered_part();
        self.session.answers.set(question, part, answer);
        self.session.at = Some(question);
    }

    fn emphasise(&mut self) {
        let question = self.cursor.question;
        if self.answers().is_unanswered(&self.questionnaire, question, self.answered_part()) {
            self.say("Answer first; emphasis belongs to an answer");
            return;
        }
        let given = self.session.answers.given_mut(question);
        given.emphasis = given.emphasis.next();
        self.session.at = Some(question);
    }

    fn clear(&mut self) {
        if let Some(Row::Part(part)) = self.rows().get(self.cursor.row).copied() {
            self.remove_part(part);
            return;
        }
        let (question, part) = (self.cursor.question, self.answered_part());
        if self.questionnaire[question].is_parts() && !self.answers().parts.is_empty() {
            self.say("Backspace on a part removes it");
            return;
        }
        match part {
            // An answer of its own is taken back first; then the part follows the answer for all.
            Some(part) if self.answers().parts[part].overrides.contains_key(&question) => {
                self.session.answers.parts[part].overrides.remove(&question);
            }
            _ => self.session.answers.set(question, part, Answer::Open),
        }
        self.session.at = Some(question);
    }

    /// Computes the advice anew and says which questions came or went.
    fn recompute(&mut self, before: &Answers) {
        if self.focus.is_some_and(|part| {
            part >= self.answers().parts.len() || !self.answers().subjects().contains(&Some(part))
        }) {
            self.focus = None;
        }
        let rows = self.rows().len();
        self.cursor.row = self.cursor.row.min(rows.saturating_sub(1));
        if *before == self.session.answers {
            return;
        }
        self.advice = recommend(&self.questionnaire, &self.session.answers);
        self.outlook = None;
        let was = before.visible(&self.questionnaire);
        let is = self.answers().visible(&self.questionnaire);
        let count =
            |from: &[bool], to: &[bool]| to.iter().zip(from).filter(|(to, from)| **to && !**from).count();
        let (added, gone) = (count(&was, &is), count(&is, &was));
        let set_aside = self.answers().progress(&self.questionnaire).set_aside;
        let questions =
            |count: usize| if count == 1 { "1 question".to_owned() } else { format!("{count} questions") };
        let kept = match set_aside {
            0 => String::new(),
            1 => "; 1 answer is set aside and kept".to_owned(),
            count => format!("; {count} answers are set aside and kept"),
        };
        let message = match (added, gone) {
            (0, 0) => return,
            (added, 0) => format!("{} added by your answer", questions(added)),
            (0, gone) => format!("{} no longer asked{kept}", questions(gone)),
            (added, gone) => format!("{} added, {} no longer asked{kept}", questions(added), questions(gone)),
        };
        self.say(message);
    }

    /// Returns what could still change the advice, working it out if that was not done yet.
    pub(crate) fn find_outlook(&mut self) -> &Outlook {
        let (questionnaire, answers, advice) = (&self.questionnaire, &self.session.answers, &self.advice);
        self.outlook.get_or_insert_with(|| outlook(questionnaire, answers, advice))
    }

    /// Works out what choosing the option under the cursor would do.
    fn look_ahead(&mut self) {
        self.preview = None;
        if !matches!(self.mode, Mode::Panes) || self.pane != Pane::Question {
            return;
        }
        let Some(&row) = self.rows().get(self.cursor.row) else { return };
        let (question, part) = (self.cursor.question, self.answered_part());
        let mut answers = self.session.answers.clone();
        match row {
            Row::Option(kind) if self.questionnaire[question].is_parts() => match self.picking(kind) {
                Picking::Adds => {
                    answers.add_part(&self.questionnaire, kind);
                }
                Picking::Removes(part) => {
                    answers.parts.remove(part);
                }
                Picking::Neither => return,
            },
            Row::Option(option) => answers.toggle(&self.questionnaire, question, part, option),
            Row::NotSure | Row::NotApplicable | Row::Part(_) | Row::Text => return,
        }
        if answers != self.session.answers {
            // What would be settled is not shown, so it is not worked out.
            let advice = appraise(&self.questionnaire, &answers, None);
            self.preview = Some(Preview { answers, advice });
        }
    }

    fn say(&mut self, message: impl Into<String>) {
        self.message = Some(message.into());
    }
}
