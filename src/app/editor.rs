//! Text fields: notes, texts, names; must not let a key out that belongs to the text.

use ratatui_textarea::{CursorMove, Input, Key, TextArea, WrapMode};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{App, Mode, Row};
use crate::action::{Cut, Draft, Edited};
use crate::answers::{Answer, PartId, Subject};
use crate::questionnaire::{CandidateId, Kind, QuestionId};
use crate::session::Field;
use crate::source::{TEXT, TITLE};
use crate::visible::visible;

/// Longest path, in characters; as many bytes as Linux takes.
const PATH: usize = 4096;

/// How the texts are called that another editor may write when the program has ended.
const NOTE: &str = "note";
const ANSWER: &str = "answer";

/// An open text field.
#[derive(Debug)]
pub struct Editor {
    /// What the text is for.
    pub purpose: Purpose,
    /// The text and its caret.
    pub area: TextArea<'static>,
    /// What is open when the field is closed.
    pub behind: Mode,
    /// The text that it was opened with.
    before: String,
}

/// What a text field is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The note on a question.
    Note(QuestionId),
    /// The answer to a question answered in words.
    Text(QuestionId),
    /// The name of a part.
    PartName(PartId),
    /// The language a part stays in.
    StaysIn(PartId),
    /// What a record says about itself.
    Detail(Field),
    /// Why a candidate was chosen for a part.
    Because {
        /// What it was chosen for.
        subject: Subject,
        /// The candidate.
        candidate: CandidateId,
    },
    /// Where a record goes.
    Path,
    /// Where the session goes instead of its file.
    SaveAs,
    /// Words to find.
    Find,
}

impl Editor {
    /// Opens a field with the caret behind the text.
    pub fn new(purpose: Purpose, text: &str, behind: Mode) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        let mut editor = Self { purpose, area, behind, before: text.to_owned() };
        if editor.is_line() {
            // What is typed takes the place of the old name.
            editor.area.select_all();
        }
        editor
    }

    /// Says whether the field has one line.
    pub const fn is_line(&self) -> bool {
        !matches!(self.purpose, Purpose::Note(_) | Purpose::Text(_) | Purpose::Because { .. })
    }

    /// Returns the most characters the field takes; what was there before it was opened fits in.
    pub fn limit(&self) -> usize {
        let limit = match self.purpose {
            Purpose::Path | Purpose::SaveAs => PATH,
            Purpose::Detail(field) if field.is_list() => TEXT,
            _ if self.is_line() => TITLE,
            _ => TEXT,
        };
        limit.max(self.before.chars().count())
    }

    /// Returns the text as it is kept: control characters made visible, no longer than the limit.
    pub fn text(&self) -> String {
        self.shown().chars().take(self.limit()).collect()
    }

    /// What is typed is one character; made visible it may be several.
    fn shown(&self) -> String {
        visible(&self.area.lines().join("\n")).into_owned()
    }

    /// Returns how many characters of it are not kept.
    fn excess(&self) -> usize {
        self.shown().chars().count().saturating_sub(self.limit())
    }

    /// Takes a key; the caret goes and deletes by what a reader sees as one character, where the field
    /// itself would go by code points.
    fn input(&mut self, input: &Input) {
        let times = match input.key {
            _ if input.ctrl || input.alt || self.area.is_selecting() => 1,
            Key::Left | Key::Backspace => self.beside_caret().0,
            Key::Right | Key::Delete => self.beside_caret().1,
            _ => 1,
        };
        let before = self.is_line().then(|| self.area.clone());
        for _ in 0..times.max(1) {
            self.area.input(input.clone());
        }
        // More than one key begins a new line.
        if let Some(before) = before.filter(|_| self.area.lines().len() > 1) {
            self.area = before;
        }
        // Another line may have something else in that column.
        while !self.is_between_characters() {
            self.area.move_cursor(CursorMove::Back);
        }
    }

    /// Returns the line of the caret as characters with the number of code points of each, and the
    /// column of the caret in code points.
    fn caret_line(&self) -> (Vec<usize>, usize) {
        let ratatui_textarea::DataCursor(row, column) = self.area.cursor();
        let line = self.area.lines().get(row).map(String::as_str).unwrap_or_default();
        (line.graphemes(true).map(|character| character.chars().count()).collect(), column)
    }

    /// Returns how many code points the characters before and behind the caret have.
    fn beside_caret(&self) -> (usize, usize) {
        let (characters, column) = self.caret_line();
        let mut at = 0;
        let mut before = 0;
        for length in characters {
            if at >= column {
                return (before, length);
            }
            (at, before) = (at + length, length);
        }
        (before, 0)
    }

    fn is_between_characters(&self) -> bool {
        let (characters, column) = self.caret_line();
        let mut at = 0;
        for length in characters {
            if at >= column {
                break;
            }
            at += length;
        }
        at == column
    }

    /// Inserts as much of a text as there is room for, made harmless; returns how many characters had
    /// none.
    fn insert(&mut self, text: &str) -> usize {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = if self.is_line() { text.replace('\n', " ") } else { text };
        let text = visible(&text).replace('\t', "    ");
        let room = self.room();
        let cut: String = text.chars().take(room).collect();
        self.area.insert_str(&cut);
        text.chars().count() - cut.chars().count()
    }

    fn room(&self) -> usize {
        self.limit().saturating_sub(self.shown().chars().count())
    }
}

impl App {
    /// Opens the text field that belongs to the row under the cursor.
    pub(super) fn write(&mut self) {
        let question = self.cursor.question;
        let editor = match self.rows().get(self.cursor.row) {
            Some(Row::Part(part)) => {
                Editor::new(Purpose::PartName(*part), &self.answers()[*part].name, Mode::Panes)
            }
            _ if self.questionnaire[question].kind == Kind::Text => {
                let text = match self.answers().answer(question, Subject::System) {
                    Answer::Text(text) => text.clone(),
                    _ => String::new(),
                };
                Editor::new(Purpose::Text(question), &text, Mode::Panes)
            }
            _ => Editor::new(Purpose::Note(question), &self.answers().given(question).note, Mode::Panes),
        };
        self.mode = Mode::Editing(Box::new(editor));
    }

    /// Returns the open text field.
    pub(super) fn editor(&self) -> Option<&Editor> {
        match &self.mode {
            Mode::Editing(editor) => Some(editor),
            Mode::Find(find) => Some(&find.editor),
            _ => None,
        }
    }

    /// Returns the open text field, to type into it.
    pub(super) fn editor_mut(&mut self) -> Option<&mut Editor> {
        match &mut self.mode {
            Mode::Editing(editor) => Some(editor),
            Mode::Find(find) => Some(&mut find.editor),
            _ => None,
        }
    }

    pub(super) fn type_in(&mut self, input: &Input) {
        let Some(editor) = self.editor_mut() else { return };
        let adds = matches!(input.key, Key::Char(_) | Key::Enter | Key::Tab);
        if adds && !input.ctrl && !input.alt && editor.room() == 0 {
            let limit = editor.limit();
            self.say(format!("The limit is {limit} characters"));
            return;
        }
        editor.input(input);
        let lost = editor.excess();
        self.take_text(lost);
    }

    pub(super) fn cut(&mut self, cut: Cut) {
        let Some(editor) = self.editor_mut() else { return };
        match cut {
            Cut::Line => editor.area.delete_line_by_head(),
            Cut::Word => editor.area.delete_word(),
        };
        self.keep_text();
    }

    /// Closes the field if what it holds can be kept; if not, what was typed stays where it can be
    /// mended.
    pub(super) fn accept(&mut self) {
        let wrong = self.editor().and_then(|editor| {
            let Purpose::Detail(field) = editor.purpose else { return None };
            self.session.details.clone().set_line(field, &editor.text()).err()
        });
        match wrong {
            Some(wrong) => self.say(wrong),
            None => self.close(),
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        let Some(editor) = self.editor_mut() else { return };
        let lost = editor.insert(text);
        self.take_text(lost);
    }

    /// Returns the text to be edited elsewhere, if a field of several lines is open.
    pub(super) fn text_outside(&self) -> Option<Draft> {
        let Mode::Editing(editor) = &self.mode else { return None };
        let id = |question: QuestionId| &self.questionnaire[question].id;
        let name = match editor.purpose {
            Purpose::Note(question) => format!("{NOTE}-{}", id(question)),
            Purpose::Text(question) => format!("{ANSWER}-{}", id(question)),
            Purpose::Because { subject, candidate } => {
                let part = subject.part().map(|part| format!("-{}", part.index())).unwrap_or_default();
                format!("because-{}{part}", self.questionnaire[candidate].id)
            }
            _ => return None,
        };
        Some(Draft { name, text: editor.text() })
    }

    /// Returns what is kept by a name as [`Draft`] has it, if that is a text which another editor may write
    /// after the program had ended.
    fn named_text(&self, name: &str) -> Option<(QuestionId, Purpose)> {
        let (kind, id) = name.split_once('-')?;
        let question = self.questionnaire.find(id)?;
        match kind {
            NOTE => Some((question, Purpose::Note(question))),
            ANSWER if self.questionnaire[question].kind == Kind::Text => {
                Some((question, Purpose::Text(question)))
            }
            _ => None,
        }
    }

    /// Returns the text of that name as it is now.
    pub fn late_text(&self, name: &str) -> Option<String> {
        let (question, purpose) = self.named_text(name)?;
        Some(match (purpose, self.answers().answer(question, Subject::System)) {
            (Purpose::Note(_), _) => self.answers().given(question).note.clone(),
            (_, Answer::Text(text)) => text.clone(),
            _ => String::new(),
        })
    }

    /// Takes what another editor wrote to a text after the program had ended, as a change that can be
    /// undone.
    pub fn take_late(&mut self, name: &str, text: &str) {
        let Some((question, purpose)) = self.named_text(name) else { return };
        let mut editor = Editor::new(purpose, "", Mode::Panes);
        let lost = editor.insert(text);
        let before = self.step();
        match purpose {
            Purpose::Note(_) => self.session.answers.given_mut(question).note = editor.text(),
            _ => self.session.answers.set(question, Subject::System, Answer::Text(editor.text())),
        }
        if self.session == before.session {
            return;
        }
        let answers = before.session.answers.clone();
        self.history.record(before, false);
        self.recompute(answers, "");
        self.saving = self.after_change();
        let left_out = if lost > 0 { format!("; {lost} characters had no room") } else { String::new() };
        let words = format!(
            "What your editor wrote later is taken as the text of {}; undo takes it back{left_out}",
            self.named(question)
        );
        self.tell(&words);
    }

    /// Puts what was edited elsewhere in the place of the text.
    pub(super) fn take_edited(&mut self, edited: Edited) {
        let Mode::Editing(editor) = &mut self.mode else { return };
        self.message = edited.said;
        if let Some(text) = edited.text {
            editor.area = TextArea::default();
            editor.area.set_wrap_mode(WrapMode::WordOrGlyph);
            let lost = editor.insert(&text);
            self.take_text(lost);
        }
    }

    /// Keeps what the field holds and says how much had no room in it.
    fn take_text(&mut self, lost: usize) {
        if let (Some(editor), 1..) = (self.editor(), lost) {
            let limit = editor.limit();
            self.say(format!("The limit is {limit} characters; {lost} were left out"));
        }
        self.keep_text();
    }

    pub(super) fn erase(&mut self) {
        let Mode::Editing(editor) = &mut self.mode else { return };
        editor.area.select_all();
        editor.area.cut();
        self.keep_text();
    }

    /// What is typed as note or text is kept with every key, so that nothing can lose it.
    pub(super) fn keep_text(&mut self) {
        if let Mode::Find(find) = &mut self.mode {
            find.at = 0;
        }
        let Mode::Editing(editor) = &self.mode else { return };
        let text = editor.text();
        match editor.purpose {
            Purpose::Note(question) => {
                self.session.answers.given_mut(question).note = text;
                self.session.at = Some(question);
            }
            Purpose::Text(question) => {
                self.session.answers.set(question, Subject::System, Answer::Text(text));
                self.session.at = Some(question);
            }
            Purpose::PartName(_)
            | Purpose::StaysIn(_)
            | Purpose::Detail(_)
            | Purpose::Because { .. }
            | Purpose::Path
            | Purpose::SaveAs
            | Purpose::Find => {}
        }
    }

    /// Takes what a field holds when it is closed and returns to what was open before; notes and texts
    /// are kept already.
    pub(super) fn finish(&mut self, editor: Editor) {
        let text = editor.text();
        match editor.purpose {
            Purpose::Note(_) | Purpose::Text(_) | Purpose::Find => {}
            // Whoever only looked changes nothing.
            Purpose::PartName(_) | Purpose::StaysIn(_) | Purpose::Detail(_) if text == editor.before => {}
            Purpose::PartName(part) => self.set_part_name(part, &text),
            Purpose::StaysIn(part) => self.set_stays(part, &text),
            Purpose::Detail(field) => {
                if let Err(wrong) = self.session.details.set_line(field, &text) {
                    self.say(format!("{wrong}; {} is as it was", field.name()));
                }
            }
            Purpose::Because { subject, candidate } => self.set_decision(subject, candidate, &text),
            Purpose::Path => {
                if let Mode::Export(mut export) = editor.behind {
                    text.trim().clone_into(&mut export.path);
                    export.exists = None;
                    self.mode = Mode::Export(export);
                }
                return;
            }
            Purpose::SaveAs => {
                if let Mode::Keeping(mut keeping) = editor.behind {
                    text.trim().clone_into(&mut keeping.path);
                    self.typed_name = Some(keeping.path.clone()).filter(|path| !path.is_empty());
                    self.mode = Mode::Keeping(keeping);
                }
                return;
            }
        }
        self.mode = editor.behind;
    }
}
