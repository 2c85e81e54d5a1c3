//! Session file: saves the session elsewhere, or resolves a problem with saving.
//!
//! No file may be overwritten unless the user chooses to.

use ratatui::style::Style;

use super::{Next, Page, PageId, PageKind};
use crate::action::Action;
use crate::keys::{At, Binding, ENTER, ESC, FieldKeys, Group, capital as capital_letter, letter};
use crate::screen::desk::Desk;
use crate::screen::effect::{Effect, Errand, Report};
use crate::screen::field::TextField;
use crate::screen::scrolled::Content;
use crate::screen::theme;
use crate::wording::capital;
use crate::workbook::Saving;

/// The page's id.
pub const ID: PageId = PageId("session file");
const FIELD: FieldKeys = FieldKeys::OfPage(ID);

/// The page for the session file.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Pages, "S", "session file: save it elsewhere, or fix a save problem")
            .at(&[At::Browsing])
            .opens("S", "not saved?")
            .keys(&[(capital_letter('S'), Action::Open(ID))]),
    ),
    keys: &[
        Binding::row(Group::Pages, "Enter Space", "session file, recovered answers: run the selected action")
            .at(&[At::Page(ID), At::Page(super::rescue::ID)])
            .foot(1, "enter", "run")
            .keys(&[(ENTER, Action::GoOn), (letter(' '), Action::Choose)]),
        Binding::row(Group::Writing, "Enter", "save as: save to this file")
            .at(&[At::Field(FIELD)])
            .foot(1, "enter", "save there")
            .keys(&[(ENTER, Action::Accept)]),
        Binding::row(Group::Writing, "Esc", "save as: go back without saving")
            .at(&[At::Field(FIELD)])
            .foot(1, "esc", "back")
            .keys(&[(ESC, Action::Close)]),
    ],
    is_list: true,
    is_offered: |desk| desk.workbook.saving.is_behind() || !desk.workbook.saving.keeps_changes(),
    ..PageKind::new(ID, "Session file", |desk| Ok(Box::new(SessionFilePage::open(desk))))
};

/// An operation on the session file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// Save again immediately.
    TryAgain,
    /// Save over the changes of another program.
    KeepMine,
    /// Recreate the file that another program removed.
    WriteAgain,
    /// Continue with the changes of another program.
    TakeTheirs,
    /// Save under another name and continue there.
    SaveAs,
}

#[derive(Debug)]
struct SessionFilePage {
    /// Position of the cursor among the choices.
    at: usize,
    /// The path for “save as”.
    path: String,
    /// Why the last choice could not be carried out.
    refused: Option<String>,
}

/// Returns the choices that are available now.
fn choices(saving: &Saving) -> &'static [Choice] {
    match saving {
        Saving::Conflict(_) => &[Choice::KeepMine, Choice::TakeTheirs, Choice::SaveAs],
        Saving::Gone(_) => &[Choice::WriteAgain, Choice::SaveAs],
        Saving::Failed(_) => &[Choice::TryAgain, Choice::SaveAs],
        _ => &[Choice::SaveAs],
    }
}

impl SessionFilePage {
    fn open(desk: &Desk) -> Self {
        let file = &desk.workbook.file;
        let proposed = || match file.strip_suffix(".ron") {
            Some(stem) => format!("{stem}-mine.ron"),
            None => format!("{file}-mine"),
        };
        let path = desk.typed_name.clone().unwrap_or_else(proposed);
        Self { at: 0, path, refused: None }
    }

    /// Carries out the choice under the cursor.
    fn choose(&mut self, desk: &mut Desk) -> Next {
        self.refused = None;
        match choices(&desk.workbook.saving).get(self.at) {
            Some(Choice::TryAgain) => Next::CLOSE.and(Effect::Errand(Errand::TryAgain)),
            Some(Choice::KeepMine | Choice::WriteAgain) => {
                desk.workbook.saving = Saving::Waiting;
                Next::CLOSE.and(Effect::Errand(Errand::Overwrite))
            }
            Some(Choice::TakeTheirs) => Next::STAY.and(Effect::Errand(Errand::Reload)),
            Some(Choice::SaveAs) => {
                let about = "New file for the session; later changes go to the new file";
                desk.field = Some(TextField::path(about.to_owned(), &self.path, FIELD));
                Next::STAY
            }
            None => Next::STAY,
        }
    }
}

impl Page for SessionFilePage {
    fn list(&mut self, desk: &Desk) -> Option<(&mut usize, usize)> {
        Some((&mut self.at, choices(&desk.workbook.saving).len()))
    }

    fn update(&mut self, action: &Action, desk: &mut Desk) -> Next {
        match action {
            Action::GoOn | Action::Choose => self.choose(desk),
            _ => Next::STAY,
        }
    }

    /// Asks the shell to save under the typed name, if the name was accepted.
    fn take_field(&mut self, field: TextField, accepted: bool, desk: &mut Desk) -> Next {
        field.written().trim().clone_into(&mut self.path);
        desk.typed_name = Some(self.path.clone()).filter(|path| !path.is_empty());
        if !accepted {
            return Next::STAY;
        }
        if self.path.is_empty() {
            self.refused = Some("Name a file first".to_owned());
            return Next::STAY;
        }
        self.refused = None;
        Next::STAY.and(Effect::Errand(Errand::SaveAs(self.path.clone())))
    }

    fn take_report(&mut self, report: &Report, desk: &mut Desk) -> Option<Next> {
        match report {
            // The choices have changed, but a key press for the old ones may be pending. On the last choice,
            // it does no harm.
            Report::Saved(_) => self.at = choices(&desk.workbook.saving).len() - 1,
            Report::SavedAs(Err(reason)) | Report::Reloaded(Err(reason)) => {
                self.refused = Some(reason.clone());
            }
            _ => return None,
        }
        Some(Next::STAY)
    }

    fn content(&self, desk: &Desk, width: u16) -> Content {
        let mut content = Content::default();
        let (words, style) = state_words(&desk.workbook.saving, &desk.workbook.file);
        content.paragraph(&words, style, width);
        content.space();
        for (index, choice) in choices(&desk.workbook.saving).iter().enumerate() {
            let (name, does) = match choice {
                Choice::TryAgain => ("Try again", "langfit also retries by itself"),
                Choice::KeepMine => ("Keep mine: overwrite the file", "the other program's changes are lost"),
                Choice::WriteAgain => ("Write it again here", "creates the file again with your answers"),
                Choice::TakeTheirs => ("Take theirs: reload the file", "undo brings yours back"),
                Choice::SaveAs => ("Save as …", "under another name; later changes go to the new file"),
            };
            content.choice((index, self.at), name, does, width);
        }
        if let Some(refused) = &self.refused {
            content.space();
            content.paragraph(refused, theme::SAID, width);
        }
        content
    }
}

/// Describes the state of the file.
fn state_words(saving: &Saving, file: &str) -> (String, Style) {
    match saving {
        Saving::Conflict(words) => (
            format!(
                "{} since it was read. Nothing is written until you choose; your answers are in memory.",
                capital(words)
            ),
            theme::SAID,
        ),
        Saving::Gone(words) => (
            format!(
                "{} while it was open, so there is nothing to reload. Nothing is written until you choose; your \
                 answers are in memory.",
                capital(words)
            ),
            theme::SAID,
        ),
        Saving::Failed(reason) => (
            format!("{reason}. Your answers are kept in memory, and langfit keeps trying to save them."),
            theme::SAID,
        ),
        Saving::ReadOnly => {
            (format!("Another langfit has {file} open, so this one does not write to it."), theme::SAID)
        }
        Saving::Example => {
            let words = "This example has no file. Save it under a name to keep your changes.";
            (words.to_owned(), theme::SAID)
        }
        Saving::Untouched | Saving::Waiting | Saving::Saved => {
            (format!("Every answer is saved to {file} immediately."), theme::FAINT)
        }
    }
}
