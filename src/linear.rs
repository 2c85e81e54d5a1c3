//! Linear mode: the questionnaire as plain lines of text, for screen readers, simple terminals and pipes.
//!
//! It is the second front end to the [`Workbook`], besides the screen. A [`Conversation`] does no input,
//! output or saving; the loop in `converse` does.

mod answering;
mod command;
mod converse;
mod moves;
mod parts;
mod review;
mod speech;
mod writing;

pub use command::{COMMANDS, CommandRow, LineCommand};
pub use converse::{Ending, Keeper, converse};
use writing::MultiLine;

use crate::answers::{Answer, Emphasis, Subject};
use crate::questionnaire::{Kind, OptionSet, QuestionId};
use crate::sanitize::{sanitize, sanitize_line};
use crate::session::{Session, Unsaved};
use crate::wording::{Cause, advice_text, capital, headline, questions_moved, subject_name};
use crate::workbook::{Refusal, Saving, Step, Travel, Workbook};

/// A conversation about one session.
#[derive(Debug)]
pub struct Conversation {
    workbook: Workbook,
    /// The multi-line note or text in progress.
    writing: Option<MultiLine>,
    /// The last recommendation that was announced.
    headline: String,
    /// The last section that was announced.
    section: Option<String>,
    /// Whether a failed save has been announced and no save has succeeded since.
    failing: bool,
    /// Lines queued for the current reply.
    said: Vec<String>,
    /// What follows the queued lines.
    next: ThenSay,
    /// Whether the question was just printed.
    asked: bool,
    left: bool,
}

/// What follows the queued lines of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum ThenSay {
    /// Only the prompt.
    #[default]
    Prompt,
    /// The current question.
    Question,
    /// The commands for parts.
    Parts,
}

/// The result of one line of input.
#[derive(Debug)]
pub struct Reply {
    /// Lines to print, each with its newline.
    pub text: String,
    /// Whether the session changed and must be saved.
    pub changed: bool,
    /// Whether the user quit.
    pub left: bool,
}

impl Conversation {
    /// Starts a conversation. Call [`Conversation::opening`] before the first line.
    pub fn new(workbook: Workbook) -> Self {
        let headline = headline(workbook.questionnaire(), workbook.answers(), workbook.advice());
        Self {
            workbook,
            writing: None,
            headline,
            section: None,
            failing: false,
            said: Vec::new(),
            next: ThenSay::Prompt,
            asked: false,
            left: false,
        }
    }

    /// Returns the current session.
    pub fn session(&self) -> &Session {
        self.workbook.session()
    }

    /// Returns the workbook behind the conversation.
    pub fn into_workbook(self) -> Workbook {
        self.workbook
    }

    /// Returns the opening text, which ends with the current question.
    pub fn opening(&mut self) -> String {
        self.say_opening();
        self.say_question();
        self.asked = true;
        self.take_said()
    }

    /// Returns the prompt for the next line, without a newline.
    pub fn prompt(&self) -> String {
        if let Some(writing) = &self.writing {
            return format!("Line {}: ", writing.lines + 1);
        }
        // Repeat the question's number and title unless the question was just printed.
        let question = if self.asked {
            String::new()
        } else {
            format!("Question {}. ", self.workbook.named(self.workbook.question()))
        };
        let part = match self.workbook.answered_for() {
            Subject::System => String::new(),
            part @ Subject::Part(_) => format!(" For {} only.", subject_name(self.workbook.answers(), part)),
        };
        sanitize_line(&format!("{question}{}.{part} Your answer, or ? for help: ", self.progress_words()))
    }

    /// Handles one line of input and returns the reply.
    pub fn answer(&mut self, line: &str) -> Reply {
        let focus = self.workbook.focus();
        match self.writing.take() {
            Some(writing) => self.write_line(writing, line),
            // Some editors write a byte order mark at the start of a file.
            None => self.take(line.trim_start_matches('\u{feff}').trim()),
        }
        if focus != Subject::System && self.workbook.focus() == Subject::System {
            self.say("Answers now apply to all parts.");
        }
        let changed = self.say_changes();
        self.asked = self.next == ThenSay::Question;
        match std::mem::take(&mut self.next) {
            ThenSay::Prompt => {}
            ThenSay::Question => self.say_question(),
            ThenSay::Parts => self.say_what_parts_take(),
        }
        Reply { text: self.take_said(), changed, left: self.left }
    }

    /// Returns the reply to a line that cannot be used as input.
    pub fn refuse(&mut self, sentence: &str) -> String {
        self.say(sentence);
        self.take_said()
    }

    /// Records the result of a save. Returns a message if saving starts to fail or recovers.
    pub fn saved(&mut self, failure: Option<String>) -> String {
        self.workbook.saved(failure.map_or(Ok(()), |reason| Err(Unsaved::Failed(reason))));
        match &self.workbook.saving {
            Saving::Failed(reason) if !self.failing => {
                let words = format!("NOT SAVED: {reason}");
                self.failing = true;
                self.say(words);
            }
            Saving::Saved if self.failing => {
                self.failing = false;
                let words = format!("Saving works again: {}.", self.workbook.file);
                self.say(words);
            }
            _ => {}
        }
        self.take_said()
    }

    /// Ends the conversation at the end of input, keeping an unfinished note.
    pub fn end(&mut self) -> Reply {
        if let Some(writing) = self.writing.take() {
            self.close_writing(&writing);
        }
        let changed = self.workbook.take_change().is_some();
        Reply { text: self.take_said(), changed, left: false }
    }

    /// Returns the titles of the open questions that apply, except free-text questions.
    pub fn open_questions(&self) -> Vec<String> {
        let questionnaire = self.workbook.questionnaire();
        let visible = self.workbook.answers().visible(questionnaire);
        let open = self.workbook.answers().open(questionnaire);
        let counts = |id: &QuestionId| visible[*id] && open[*id] && questionnaire[*id].kind != Kind::Text;
        questionnaire
            .question_ids()
            .filter(counts)
            .map(|id| sanitize_line(&questionnaire[id].title))
            .collect()
    }

    fn take(&mut self, line: &str) {
        let kind = self.kind();
        if line.is_empty() {
            return self.go_on();
        }
        match command::find(line, kind) {
            Some((order, rest)) => self.obey(order, rest),
            None if kind == Kind::Text => self.write_text(line),
            None => self.take_numbers(line),
        }
    }

    fn obey(&mut self, order: LineCommand, rest: &str) {
        match order {
            LineCommand::NotSure => self.give(Answer::NotSure, "not sure"),
            LineCommand::NotApplicable => self.give(Answer::NotApplicable, "does not apply"),
            LineCommand::Clear => self.clear(),
            LineCommand::Emphasis => self.emphasise(),
            LineCommand::Write => self.write(rest),
            LineCommand::Name => self.name_part(rest),
            LineCommand::Stays => self.keep_part(rest),
            LineCommand::Remove => self.remove_part(rest),
            LineCommand::For => self.answer_for(rest),
            LineCommand::Undo => {
                let undone = self.workbook.travel(Travel::Undo);
                let words = undone.unwrap_or_else(|refusal| refusal.to_string());
                self.say(sentence(&words));
                self.next = ThenSay::Question;
            }
            LineCommand::Why => self.say_why(),
            LineCommand::Advice => {
                let text = advice_text(self.workbook.questionnaire(), self.workbook.session());
                self.say(text.trim_end());
            }
            LineCommand::Precedents => self.say_precedents(),
            LineCommand::Review => self.say_review(),
            LineCommand::Again => self.next = ThenSay::Question,
            LineCommand::Back => self.step(Step::Previous),
            LineCommand::AskNext => self.ask_next(),
            LineCommand::Go => self.go_to(rest),
            LineCommand::Help => self.say_help(),
            LineCommand::Quit => self.left = true,
        }
    }

    /// Returns the value of a completed action; queues the reason if the action was refused.
    fn say_refusal<T>(&mut self, done: Result<T, Refusal>) -> Option<T> {
        done.map_err(|refusal| self.say(sentence(&refusal.to_string()))).ok()
    }

    /// Queues how many questions appeared or disappeared, and the recommendation if it changed. Returns
    /// whether the session changed.
    fn say_changes(&mut self) -> bool {
        if self.writing.is_none() {
            self.workbook.end_writing();
        }
        let Some(change) = self.workbook.take_change() else { return false };
        let Some(before) = change.before else { return true };
        let questionnaire = self.workbook.questionnaire();
        let moved = questions_moved(questionnaire, &before.answers, self.workbook.answers(), Cause::Answer);
        if let Some(words) = moved {
            self.say(sentence(&words));
        }
        let now = self.headline_now();
        if now != self.headline {
            self.say(format!("Recommendation: {}.", capital(&now)));
            self.headline = now;
        }
        true
    }

    /// Returns the recommendation as one line.
    fn headline_now(&self) -> String {
        headline(self.workbook.questionnaire(), self.workbook.answers(), self.workbook.advice())
    }

    fn say(&mut self, words: impl Into<String>) {
        let words = words.into();
        if self.said.last() != Some(&words) {
            self.said.push(words);
        }
    }

    /// Takes the queued lines and sanitizes them. All output except the prompt must pass through here, so
    /// that no text can control the terminal.
    fn take_said(&mut self) -> String {
        let mut text = self.said.join("\n");
        self.said.clear();
        if !text.is_empty() {
            text.push('\n');
        }
        sanitize(&text).into_owned()
    }

    fn kind(&self) -> Kind {
        self.workbook.questionnaire()[self.workbook.question()].kind
    }

    fn chosen(&self) -> OptionSet {
        let (workbook, subject) = (&self.workbook, self.workbook.answered_for());
        workbook.answers().chosen(workbook.questionnaire(), workbook.question(), subject)
    }

    /// Returns a suffix such as ` for API` if answers are for one part; otherwise empty.
    fn for_part(&self) -> String {
        match self.workbook.answered_for() {
            Subject::System => String::new(),
            part @ Subject::Part(_) => format!(" for {}", subject_name(self.workbook.answers(), part)),
        }
    }
}

fn emphasis_words(emphasis: Emphasis) -> Option<&'static str> {
    match emphasis {
        Emphasis::Normal => None,
        Emphasis::Double => Some("The answer's points count double."),
        Emphasis::Ignored => Some("The answer's points are ignored; exclusions still apply."),
    }
}

/// Capitalizes the words and adds a full stop unless they end with punctuation.
fn sentence(words: &str) -> String {
    let stop = if words.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{}{stop}", capital(words))
}

/// Sanitizes user input and cuts it to `SPOKEN` characters, because long input read aloud is tedious.
fn shortened(text: &str) -> String {
    const SPOKEN: usize = 40;
    let text = sanitize_line(text);
    match text.char_indices().nth(SPOKEN) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text,
    }
}
