//! Notes and texts, on one line or on several; a line that was typed is never lost.

use super::Conversation;
use crate::questionnaire::Kind;
use crate::workbook::{Text, fitted, left_out};

/// The line that ends a note.
const END: &str = ".";

/// A note or text that is being written.
#[derive(Debug)]
pub(super) struct MultiLine {
    into: Text,
    /// What was typed so far.
    written: String,
    /// How many lines that is.
    pub(super) lines: usize,
    /// Most characters that are kept.
    limit: usize,
}

impl Conversation {
    /// Sets the note to what follows the command, or asks for lines.
    pub(super) fn write(&mut self, note: &str) {
        if !note.is_empty() {
            self.replace(note);
            return self.say("The note is kept.");
        }
        let (what, into) = (self.what(), self.workbook.text_at_hand());
        let before = self.workbook.text(into).to_owned();
        let limit = self.workbook.text_limit(into);
        self.writing = Some(MultiLine { into, written: String::new(), lines: 0, limit });
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
        self.replace(text);
        self.say("The text is kept.");
        self.go_on();
    }

    /// Takes one line of a note. What was typed is in the session at once, whatever happens next.
    pub(super) fn write_line(&mut self, writing: MultiLine, line: &str) {
        if line.trim() == END {
            return self.end_writing(&writing);
        }
        let MultiLine { into, written, lines, limit } = writing;
        let line = if lines == 0 { line } else { &format!("\n{line}") };
        let written = self.keep(into, written, line, limit);
        self.writing = Some(MultiLine { into, written, lines: lines + 1, limit });
    }

    /// Ends the writing; blank lines alone are no note.
    pub(super) fn close_writing(&mut self, writing: &MultiLine) {
        if writing.lines > 0 && writing.written.trim().is_empty() {
            self.workbook.write_text(writing.into, "");
        }
    }

    fn end_writing(&mut self, writing: &MultiLine) {
        self.close_writing(writing);
        let what = self.what();
        match (writing.lines, self.workbook.text(writing.into).is_empty()) {
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

    /// Puts a text in the place of the one of the question at hand.
    fn replace(&mut self, text: &str) {
        let into = self.workbook.text_at_hand();
        let limit = self.workbook.text_limit(into);
        self.keep(into, String::new(), text, limit);
    }

    /// Keeps what was written before, with as much of a line as there is room for, and returns that.
    fn keep(&mut self, into: Text, mut written: String, line: &str, limit: usize) -> String {
        let room = limit.saturating_sub(written.chars().count());
        let (fits, lost) = fitted(line, false, room);
        written.push_str(&fits);
        self.workbook.write_text(into, &written);
        if lost > 0 {
            self.say(format!("{}.", left_out(limit, lost)));
        }
        written
    }

    fn what(&self) -> &'static str {
        if self.kind() == Kind::Text { "text" } else { "note" }
    }
}
