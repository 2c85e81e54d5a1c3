//! The questionnaire as plain lines, for screen readers, simple terminals and pipes: a line of text
//! in, a few lines of text out.
//!
//! A second front end over [`App`]. It asks for the same actions as the screen, so that answers,
//! parts and what is saved are the same. Must not read, write or save anything itself, and must not
//! move a cursor or colour anything; [`converse`] is the loop around it.

mod answering;
mod command;
mod converse;
mod moves;
mod parts;
mod review;
mod speech;
mod writing;

pub use command::{COMMANDS, Command, Order};
pub use converse::{Ending, Keeper, converse};
use writing::Writing;

use crate::action::{Action, Step};
use crate::answers::{Answer, Emphasis, Subject};
use crate::app::{App, BY_ANSWER, Saving};
use crate::questionnaire::{Kind, OptionSet, QuestionId};
use crate::session::{Session, Unsaved};
use crate::visible::{visible, visible_line};
use crate::wording::{advice_text, capital, headline};

/// A conversation about one session.
#[derive(Debug)]
pub struct Conversation {
    app: App,
    /// A note or text of several lines that is being written.
    writing: Option<Writing>,
    /// The recommendation as it was said last.
    headline: String,
    /// The section that was named last.
    section: Option<String>,
    /// Whether it was said that the session is not on disk.
    failing: bool,
    /// What is said in reply to the line at hand.
    said: Vec<String>,
    /// What follows what was said.
    next: Next,
    /// Whether the question was said just now.
    asked: bool,
    left: bool,
}

/// What follows a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Next {
    /// Nothing but the prompt.
    #[default]
    Prompt,
    /// The question that is shown.
    Question,
    /// What can be typed about parts.
    Parts,
}

/// What a line leads to.
#[derive(Debug)]
pub struct Reply {
    /// Lines to print, each with its newline.
    pub text: String,
    /// Whether the session changed and is to be saved.
    pub changed: bool,
    /// Whether somebody asked to leave.
    pub left: bool,
}

impl Conversation {
    /// Begins a conversation; [`Conversation::opening`] is said first.
    pub fn new(app: App) -> Self {
        let headline = headline(&app.questionnaire, app.answers(), &app.advice);
        Self {
            app,
            writing: None,
            headline,
            section: None,
            failing: false,
            said: Vec::new(),
            next: Next::Prompt,
            asked: false,
            left: false,
        }
    }

    /// Returns the session as it is now.
    pub fn session(&self) -> &Session {
        &self.app.session
    }

    /// Returns the state that the conversation is about.
    pub fn into_app(self) -> App {
        self.app
    }

    /// Returns what is said first: title, progress, and the question to begin with.
    pub fn opening(&mut self) -> String {
        self.say_opening();
        self.say_question();
        self.asked = true;
        self.take_said()
    }

    /// Returns what stands before the next line, without a newline.
    pub fn prompt(&self) -> String {
        if let Some(writing) = &self.writing {
            return format!("Line {}: ", writing.lines + 1);
        }
        // After anything else than the question itself it may have been forgotten which one it was.
        let question = if self.asked {
            String::new()
        } else {
            format!("Question {}. ", self.app.named(self.app.cursor.question))
        };
        let part = match self.app.answered_part() {
            Some(part) => format!(" For {} alone.", self.app.answers()[part].name),
            None => String::new(),
        };
        visible_line(&format!("{question}{}.{part} Your answer, or ? for help: ", self.progress_words()))
    }

    /// Takes a line and says what came of it.
    pub fn answer(&mut self, line: &str) -> Reply {
        let before = self.app.session.clone();
        let focus = self.app.focus;
        match self.writing.take() {
            Some(writing) => self.write_line(writing, line),
            // A byte order mark stands before the first line that some editors write.
            None => self.take(line.trim_start_matches('\u{feff}').trim()),
        }
        if focus != Subject::System && self.app.focus == Subject::System {
            self.say("Answers are for all parts now.");
        }
        self.say_changes(&before);
        self.asked = self.next == Next::Question;
        match std::mem::take(&mut self.next) {
            Next::Prompt => {}
            Next::Question => self.say_question(),
            Next::Parts => self.say_what_parts_take(),
        }
        Reply { text: self.take_said(), changed: self.app.session != before, left: self.left }
    }

    /// Answers a line that could not be read as text.
    pub fn refuse(&mut self, sentence: &str) -> String {
        self.say(sentence);
        self.take_said()
    }

    /// Takes how saving went, and says so when that is news.
    pub fn saved(&mut self, failure: Option<String>) -> String {
        self.app.update(Action::Saved(failure.map_or(Ok(()), |reason| Err(Unsaved::Failed(reason)))));
        match &self.app.saving {
            Saving::Failed(reason) if !self.failing => {
                let words = format!("NOT SAVED: {reason}");
                self.failing = true;
                self.say(words);
            }
            Saving::Saved if self.failing => {
                self.failing = false;
                let words = format!("Saved again in {}.", self.app.around.file);
                self.say(words);
            }
            _ => {}
        }
        self.take_said()
    }

    /// Ends the conversation because no more lines come; a note that was begun is kept.
    pub fn end(&mut self) -> Reply {
        let before = self.app.session.clone();
        if let Some(writing) = self.writing.take() {
            self.close_writing(&writing);
        }
        Reply { text: self.take_said(), changed: self.app.session != before, left: false }
    }

    /// Returns the questions that are asked and open, free texts left out, as people know them.
    pub fn open_questions(&self) -> Vec<String> {
        let questionnaire = &self.app.questionnaire;
        let visible = self.app.answers().visible(questionnaire);
        let open = self.app.answers().open(questionnaire);
        let counts = |id: &QuestionId| visible[*id] && open[*id] && questionnaire[*id].kind != Kind::Text;
        questionnaire.question_ids().filter(counts).map(|id| visible_line(&self.app.named(id))).collect()
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

    fn obey(&mut self, order: Order, rest: &str) {
        match order {
            Order::NotSure => self.give(Action::NotSure, "not sure"),
            Order::NotApplicable => self.give(Action::NotApplicable, "does not apply"),
            Order::Clear => self.clear(),
            Order::Emphasis => self.emphasise(),
            Order::Write => self.write(rest),
            Order::Name => self.name_part(rest),
            Order::Stays => self.keep_part(rest),
            Order::Remove => self.remove_part(rest),
            Order::For => self.answer_for(rest),
            Order::Undo => {
                self.act(Action::Undo);
                self.next = Next::Question;
            }
            Order::Why => self.say_why(),
            Order::Advice => {
                let text = advice_text(&self.app.questionnaire, &self.app.session);
                self.say(text.trim_end());
            }
            Order::Review => self.say_review(),
            Order::Again => self.next = Next::Question,
            Order::Back => self.step(Step::Previous),
            Order::AskNext => self.ask_next(),
            Order::Go => self.go_to(rest),
            Order::Help => self.say_help(),
            Order::Quit => {
                self.app.update(Action::Quit);
                self.left = true;
            }
        }
    }

    /// Lets the state change, and passes on what it says beside what [`Self::say_changes`] will say.
    fn act(&mut self, action: Action) {
        self.app.update(action);
        if let Some(message) = self.app.message.take() {
            self.say(sentence(&message));
        }
    }

    /// Says which questions came or went, and the recommendation if it is another one now.
    fn say_changes(&mut self, before: &Session) {
        if before.answers == self.app.session.answers {
            return;
        }
        if let Some(words) = self.app.changed_since(&before.answers, BY_ANSWER) {
            self.say(sentence(&words));
        }
        let now = headline(&self.app.questionnaire, self.app.answers(), &self.app.advice);
        if now != self.headline {
            self.say(format!("Recommendation: {}.", capital(&now)));
            self.headline = now;
        }
    }

    fn say(&mut self, words: impl Into<String>) {
        let words = words.into();
        if self.said.last() != Some(&words) {
            self.said.push(words);
        }
    }

    /// Everything that is printed passes here, so that nothing in it acts on a terminal.
    fn take_said(&mut self) -> String {
        let mut text = self.said.join("\n");
        self.said.clear();
        if !text.is_empty() {
            text.push('\n');
        }
        visible(&text).into_owned()
    }

    fn kind(&self) -> Kind {
        self.app.questionnaire[self.app.cursor.question].kind
    }

    fn chosen(&self) -> OptionSet {
        let question = self.app.cursor.question;
        self.app.answers().chosen(&self.app.questionnaire, question, self.app.answered_subject())
    }

    fn has_parts(&self) -> bool {
        self.kind() == Kind::Parts && !self.app.answers().parts().is_empty()
    }

    fn has_text(&self) -> bool {
        matches!(self.app.answers().answer(self.app.cursor.question, Subject::System), Answer::Text(_))
    }

    /// ` for API` if that is whom an answer is for.
    fn for_part(&self) -> String {
        match self.app.answered_part() {
            Some(part) => format!(" for {}", self.app.answers()[part].name),
            None => String::new(),
        }
    }
}

fn emphasis_words(emphasis: Emphasis) -> Option<&'static str> {
    match emphasis {
        Emphasis::Normal => None,
        Emphasis::Double => Some("The answer's points count double."),
        Emphasis::Ignored => Some("The answer's points are ignored; exclusions hold."),
    }
}

/// Returns the words as a sentence.
fn sentence(words: &str) -> String {
    let stop = if words.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{}{stop}", capital(words))
}

/// Returns what somebody typed, for saying it back; nobody wants to hear thousands of characters.
fn shortened(text: &str) -> String {
    const SPOKEN: usize = 40;
    let text = visible_line(text);
    match text.char_indices().nth(SPOKEN) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text,
    }
}
