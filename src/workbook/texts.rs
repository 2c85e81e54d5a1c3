//! Notes and text answers: how much of a text is kept, and texts from an external editor.

use super::Workbook;
use crate::answers::{Answer, Subject};
use crate::questionnaire::{Kind, QuestionId};
use crate::sanitize::sanitize;
use crate::source::TEXT;

/// Prefix of a note's name. An external editor may write a text under its name after the program has ended.
const NOTE: &str = "note";
/// Prefix of a text answer's name.
const ANSWER: &str = "answer";

/// A text that belongs to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// The note on a question.
    Note(QuestionId),
    /// The answer to a text question.
    Answer(QuestionId),
}

impl Text {
    /// Returns the question of the text.
    pub const fn question(self) -> QuestionId {
        let (Self::Note(question) | Self::Answer(question)) = self;
        question
    }
}

/// Returns as much of a text as fits, sanitized and with normalized line breaks, and the number of characters
/// cut.
pub fn fitted(text: &str, is_line: bool, room: usize) -> (String, usize) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = if is_line { text.replace('\n', " ") } else { text };
    let text = sanitize(&text).replace('\t', "    ");
    let fits: String = text.chars().take(room).collect();
    let lost = text.chars().count() - fits.chars().count();
    (fits, lost)
}

/// Returns a message about the characters that were cut.
pub fn left_out(limit: usize, lost: usize) -> String {
    format!("The limit is {limit} characters; {lost} were left out")
}

impl Workbook {
    /// Returns the text to edit for the current question: its answer if it is a text question, otherwise its
    /// note.
    pub fn text_at_hand(&self) -> Text {
        let question = self.question();
        match self.questionnaire[question].kind {
            Kind::Text => Text::Answer(question),
            _ => Text::Note(question),
        }
    }

    /// Returns the content of a text; empty if nothing is written.
    pub fn text(&self, text: Text) -> &str {
        match (text, self.answers().answer(text.question(), Subject::System)) {
            (Text::Note(question), _) => &self.answers().given(question).note,
            (Text::Answer(_), Answer::Text(written)) => written,
            (Text::Answer(_), _) => "",
        }
    }

    /// Returns the maximum number of characters in a text. Existing text always fits.
    pub fn text_limit(&self, text: Text) -> usize {
        TEXT.max(self.text(text).chars().count())
    }

    /// Writes a text. Consecutive changes to one text are one undo step, see [`Workbook::end_writing`].
    pub fn write_text(&mut self, text: Text, words: &str) {
        let question = text.question();
        self.write(|session, _| {
            match text {
                Text::Note(_) => words.clone_into(&mut session.answers.given_mut(question).note),
                Text::Answer(_) => {
                    session.answers.set(question, Subject::System, Answer::Text(words.to_owned()));
                }
            }
            session.at = Some(question);
        });
    }

    /// Returns the name of a text for an external editor.
    pub fn text_name(&self, text: Text) -> String {
        let kind = match text {
            Text::Note(_) => NOTE,
            Text::Answer(_) => ANSWER,
        };
        format!("{kind}-{}", self.questionnaire[text.question()].id)
    }

    /// Returns the text with this name, if there is one.
    pub fn text_called(&self, name: &str) -> Option<Text> {
        let (kind, id) = name.split_once('-')?;
        let question = self.questionnaire.find(id)?;
        match kind {
            NOTE => Some(Text::Note(question)),
            ANSWER if self.questionnaire[question].kind == Kind::Text => Some(Text::Answer(question)),
            _ => None,
        }
    }

    /// Takes what an external editor wrote after an earlier run had ended, as one undo step, and adds a
    /// notice.
    pub fn take_late(&mut self, text: Text, words: &str) {
        let (fits, lost) = fitted(words, false, self.text_limit(text));
        let before = self.text(text).to_owned();
        self.end_writing();
        let at = self.session.at;
        self.write_text(text, &fits);
        self.session.at = at;
        self.end_writing();
        if self.text(text) == before {
            return;
        }
        let left_out = if lost > 0 { format!("; {lost} characters did not fit") } else { String::new() };
        self.notices.push(format!(
            "The text your editor saved later is now the text of {}; undo reverts it{left_out}",
            self.questionnaire[text.question()].title
        ));
    }
}
