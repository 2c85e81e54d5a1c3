//! Writes notes and texts, on one line or on several. A typed line must never be lost.

use super::Conversation;
use crate::questionnaire::Kind;
use crate::workbook::{Text, fitted, left_out};

/// The line that ends multi-line input.
const END: &str = ".";

/// A note or text in progress.
#[derive(Debug)]
pub(super) struct MultiLine {
    into: Text,
    /// The text typed so far.
    written: String,
    /// Number of lines typed so far.
    pub(super) lines: usize,
    /// Maximum number of characters kept.
    limit: usize,
}

impl Conversation {
    /// Sets the note to the command's argument, or starts multi-line input if there is none.
    pub(super) fn write(&mut self, note: &str) {
        if !note.is_empty() {
            self.replace(note);
            return self.say("Note saved.");
        }
        let (what, into) = (self.what(), self.workbook.text_at_hand());
        let before = self.workbook.text(into).to_owned();
        let limit = self.workbook.text_limit(into);
        self.writing = Some(MultiLine { into, written: String::new(), lines: 0, limit });
        if before.is_empty() {
            return self.say(format!("Write the {what}; end it with a line that has only a full stop."));
        }
        self.say(format!("The {what} so far:\n{before}"));
        self.say(format!(
            "Write the new {what}; end it with a line that has only a full stop. A full stop first keeps the old \
             {what}; an empty line and then a full stop removes it."
        ));
    }

    /// Stores the line as the answer to a text question.
    pub(super) fn write_text(&mut self, text: &str) {
        self.replace(text);
        self.say("Text saved.");
        self.go_on();
    }

    /// Handles one line of multi-line input. Each line is stored in the session immediately.
    pub(super) fn write_line(&mut self, writing: MultiLine, line: &str) {
        if line.trim() == END {
            return self.end_writing(&writing);
        }
        let MultiLine { into, written, lines, limit } = writing;
        let line = if lines == 0 { line } else { &format!("\n{line}") };
        let written = self.keep(into, written, line, limit);
        self.writing = Some(MultiLine { into, written, lines: lines + 1, limit });
    }

    /// Finishes multi-line input: clears the text if only blank lines were typed.
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
            (0, false) => self.say(format!("The {what} is unchanged.")),
            (_, true) => self.say(format!("The {what} is removed.")),
            (_, false) => {
                self.say(format!("The {what} is saved."));
                if self.kind() == Kind::Text {
                    self.go_on();
                }
            }
        }
    }

    /// Replaces the note or the text answer of the current question.
    fn replace(&mut self, text: &str) {
        let into = self.workbook.text_at_hand();
        let limit = self.workbook.text_limit(into);
        self.keep(into, String::new(), text, limit);
    }

    /// Appends as much of a line as fits the limit, stores the text and returns it.
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
