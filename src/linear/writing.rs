//! Notes and texts, on one line or on several; must not lose a line once it was typed.

use super::Conversation;
use crate::action::Action;
use crate::answers::{Answer, Subject};
use crate::questionnaire::Kind;

/// The line that ends a note.
const END: &str = ".";

/// A note or text that is being written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writing {
    /// Lines that were typed so far.
    pub(super) lines: usize,
    /// Whether all of them are blank.
    blank: bool,
}

impl Conversation {
    /// Sets the note to what follows the command, or asks for lines.
    pub(super) fn write(&mut self, note: &str) {
        if !note.is_empty() {
            self.open_field();
            self.replace(note);
            self.act(Action::Close);
            return self.say("The note is kept.");
        }
        let (what, before) = (self.what(), self.written());
        self.open_field();
        self.writing = Some(Writing { lines: 0, blank: true });
        if before.is_empty() {
            return self.say(format!("Write the {what}; a line with a single full stop ends it."));
        }
        self.say(format!("The {what} so far:\n{before}"));
        self.say(format!(
            "Write the new {what}; a line with a single full stop ends it. A full stop at once keeps the old \
             {what}; an empty line and a full stop take it away."
        ));
    }

    /// Takes the line as the text of a question that is answered in words.
    pub(super) fn write_text(&mut self, text: &str) {
        self.open_field();
        self.replace(text);
        self.act(Action::Close);
        self.say("The text is kept.");
        self.go_on();
    }

    /// Takes one line of a note. What was typed is in the session at once, whatever happens next.
    pub(super) fn write_line(&mut self, writing: Writing, line: &str) {
        if line.trim() == END {
            return self.end_writing(writing);
        }
        if writing.lines == 0 {
            self.replace(line);
        } else {
            self.act(Action::Paste(format!("\n{line}")));
        }
        let blank = writing.blank && line.trim().is_empty();
        self.writing = Some(Writing { lines: writing.lines + 1, blank });
    }

    /// Closes the field; blank lines alone are no note.
    pub(super) fn close_writing(&mut self, writing: &Writing) {
        if writing.lines > 0 && writing.blank {
            self.act(Action::Erase);
        }
        self.act(Action::Close);
    }

    fn end_writing(&mut self, writing: Writing) {
        self.close_writing(&writing);
        let what = self.what();
        match (writing.lines, self.written().is_empty()) {
            (0, true) => self.say(format!("There is no {what}.")),
            (0, false) => self.say(format!("The {what} is as it was.")),
            (_, true) => self.say(format!("The {what} is taken away.")),
            (_, false) => {
                self.say(format!("The {what} is kept."));
                if self.kind() == Kind::Text {
                    self.go_on();
                }
            }
        }
    }

    /// Opens the field for the note or text of the question, never that of a part's name.
    fn open_field(&mut self) {
        self.app.update(Action::Row(0));
        self.app.update(Action::Write);
    }

    /// Puts a text in the place of what the field holds.
    pub(super) fn replace(&mut self, text: &str) {
        self.act(Action::Erase);
        self.act(Action::Paste(text.to_owned()));
    }

    fn what(&self) -> &'static str {
        if self.kind() == Kind::Text { "text" } else { "note" }
    }

    /// Returns the note, or the text of a question that is answered in words.
    pub(super) fn written(&self) -> String {
        let question = self.app.cursor.question;
        match (self.kind(), self.app.answers().answer(question, Subject::System)) {
            (Kind::Text, Answer::Text(text)) => text.clone(),
            (Kind::Text, _) => String::new(),
            _ => self.app.answers().given(question).note.clone(),
        }
    }
}
