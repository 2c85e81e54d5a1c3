//! A text field: a text, its caret and its purpose.
//!
//! Keys that belong to the text must not be handled outside the field.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui_textarea::{CursorMove, DataCursor, Input, Key, TextArea, WrapMode};
use unicode_segmentation::UnicodeSegmentation as _;

use super::effect::Draft;
use super::scrolled::{self, Content, Scrolled};
use super::theme;
use crate::action::{Action, Cut};
use crate::keys::FieldKeys;
use crate::sanitize::sanitize;
use crate::source::{TEXT, TITLE};
use crate::workbook::{fitted, left_out};

/// Longest path, in characters; Linux limits paths to as many bytes.
const PATH: usize = 4096;

/// An open text field.
#[derive(Debug)]
pub struct TextField {
    /// Heading that states the purpose of the text.
    pub about: String,
    /// The keys that work in the field.
    pub keys: FieldKeys,
    area: TextArea<'static>,
    /// The initial text.
    before: String,
    /// Maximum number of characters; at least the length of the initial text.
    limit: usize,
    /// Name of the text in the user's editor; `None` if it cannot be edited there.
    name: Option<String>,
}

impl TextField {
    /// Opens a field of several lines; `name` is the name of the text in the user's editor.
    pub fn text(about: String, text: &str, name: String) -> Self {
        Self::new(about, text, FieldKeys::Text, TEXT, Some(name))
    }

    /// Opens a field for a name or a title; typing replaces the old text.
    pub fn line(about: String, text: &str) -> Self {
        Self::new(about, text, FieldKeys::Line, TITLE, None)
    }

    /// Opens a single-line field for a list of names.
    pub fn list(about: String, text: &str) -> Self {
        Self::new(about, text, FieldKeys::Line, TEXT, None)
    }

    /// Opens a field for a path.
    pub fn path(about: String, text: &str, keys: FieldKeys) -> Self {
        Self::new(about, text, keys, PATH, None)
    }

    /// Opens a field for search words, on a page that binds Enter and Esc itself.
    pub fn words(about: String, keys: FieldKeys) -> Self {
        Self::new(about, "", keys, TITLE, None)
    }

    fn new(about: String, text: &str, keys: FieldKeys, limit: usize, name: Option<String>) -> Self {
        let limit = limit.max(text.chars().count());
        let mut field = Self { about, keys, area: TextArea::default(), before: text.to_owned(), limit, name };
        field.fill(text);
        if field.is_line() {
            field.area.select_all();
        }
        field
    }

    fn fill(&mut self, text: &str) {
        self.area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        self.area.set_wrap_mode(WrapMode::WordOrGlyph);
        self.area.move_cursor(CursorMove::Bottom);
        self.area.move_cursor(CursorMove::End);
    }

    fn is_line(&self) -> bool {
        self.keys != FieldKeys::Text
    }

    /// Returns the text as stored: with control characters made visible, and truncated to the limit.
    pub fn written(&self) -> String {
        self.shown().chars().take(self.limit).collect()
    }

    /// Returns whether the text differs from the initial text.
    pub fn is_changed(&self) -> bool {
        self.written() != self.before
    }

    /// Returns the text for the user's editor, if it can be edited there.
    pub fn draft(&self) -> Option<Draft> {
        Some(Draft { name: self.name.clone()?, text: self.written() })
    }

    /// Applies an editing action: typing, deleting, pasting, undo or redo. Returns a message if text was
    /// dropped.
    pub fn update(&mut self, action: &Action) -> Option<String> {
        match action {
            Action::Type(input) => self.type_in(input),
            Action::Paste(text) => self.insert(text),
            Action::Cut(cut) => {
                match cut {
                    Cut::Line => self.area.delete_line_by_head(),
                    Cut::Word => self.area.delete_word(),
                };
                None
            }
            Action::Undo => {
                self.area.undo();
                None
            }
            Action::Redo => {
                self.area.redo();
                None
            }
            _ => None,
        }
    }

    /// Replaces the text. Returns a message if text was dropped.
    pub fn replace(&mut self, text: &str) -> Option<String> {
        self.fill("");
        self.insert(text)
    }

    /// Returns the text with control characters made visible, which can take several characters each.
    fn shown(&self) -> String {
        sanitize(&self.area.lines().join("\n")).into_owned()
    }

    fn room(&self) -> usize {
        self.limit.saturating_sub(self.shown().chars().count())
    }

    fn type_in(&mut self, input: &Input) -> Option<String> {
        let adds = matches!(input.key, Key::Char(_) | Key::Enter | Key::Tab);
        if adds && !input.ctrl && !input.alt && self.room() == 0 {
            return Some(format!("The limit is {} characters", self.limit));
        }
        self.press(input);
        let lost = self.shown().chars().count().saturating_sub(self.limit);
        (lost > 0).then(|| left_out(self.limit, lost))
    }

    fn insert(&mut self, text: &str) -> Option<String> {
        let (fits, lost) = fitted(text, self.is_line(), self.room());
        self.area.insert_str(&fits);
        (lost > 0).then(|| left_out(self.limit, lost))
    }

    /// Applies a key. The caret moves and deletes by grapheme clusters, whereas the text area works by code
    /// points.
    fn press(&mut self, input: &Input) {
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
        // Several keys insert a line break, which a single-line field cannot have.
        if let Some(before) = before.filter(|_| self.area.lines().len() > 1) {
            self.area = before;
        }
        // The caret may have moved to another line, where its column is inside a grapheme cluster.
        while !self.is_between_characters() {
            self.area.move_cursor(CursorMove::Back);
        }
    }

    /// Returns the length of each grapheme cluster in the caret's line, and the caret's column, in code
    /// points.
    fn caret_line(&self) -> (Vec<usize>, usize) {
        let DataCursor(row, column) = self.area.cursor();
        let line = self.area.lines().get(row).map(String::as_str).unwrap_or_default();
        (line.graphemes(true).map(|character| character.chars().count()).collect(), column)
    }

    /// Returns the lengths, in code points, of the grapheme clusters before and after the caret.
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

    /// Draws the text and places the terminal cursor at the caret.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        frame.render_widget(&self.area, area);
        let caret = self.area.screen_cursor();
        let (x, y) = (area.x + caret.col as u16, area.y + caret.row as u16);
        frame.set_cursor_position((
            x.min(area.right().saturating_sub(1)),
            y.min(area.bottom().saturating_sub(1)),
        ));
    }

    /// Draws the field in a box, below its heading.
    pub fn draw_in_box(&self, frame: &mut Frame<'_>, title: &str, area: Rect, scrolled: &mut Scrolled) {
        let mut content = Content::default();
        content.paragraph(&self.about, theme::STRONG, scrolled::text_width(area));
        content.space();
        // On a short screen, the heading is truncated to leave room for the field.
        let above = content.lines.len().min(usize::from(area.height.saturating_sub(4)));
        content.lines.truncate(above);
        let inner = scrolled::draw(frame, area, title, true, content, scrolled);
        let above = above as u16;
        self.draw(frame, Rect { y: inner.y + above, height: inner.height.saturating_sub(above), ..inner });
    }
}
