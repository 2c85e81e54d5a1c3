//! The effects that the screen requests from the shell, and the shell's reports on them.

use crate::record::Dialect;
use crate::session::{Session, Unsaved};

/// An effect that the shell has to carry out after an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Pass the session to the saver.
    Save,
    /// Open a text in the user's editor, and report the result as [`Report::Edited`].
    EditOutside(Draft),
    /// Suspend the program until the user's shell continues it.
    Stop,
    /// Save and exit.
    Quit,
    /// Write a record, and report the result as [`Report::Exported`].
    Export(ExportOrder),
    /// Perform an operation on the session file, and report its result if it has one.
    Errand(Errand),
}

/// A report of the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The result of saving.
    Saved(Result<(), Unsaved>),
    /// The file that now holds the session, or the reason why it could not be written.
    SavedAs(Result<String, String>),
    /// The session as read from its file again, or the reason why it could not be read.
    Reloaded(Result<Box<Session>, String>),
    /// The result of writing a record.
    Exported(Exported),
    /// The user's editor was closed.
    Edited(Edited),
    /// A requested effect is not possible, for this reason.
    Trouble(String),
}

/// A text to open in the user's editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Name that is unique among the session's texts and usable as a file name.
    pub name: String,
    /// The text.
    pub text: String,
}

/// The result of editing a text in the user's editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The text that replaces the previous one, if any.
    pub text: Option<String>,
    /// A message to show, if any.
    pub said: Option<String>,
}

/// A request to write a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportOrder {
    /// The dialect of the record.
    pub dialect: Dialect,
    /// Whether details are omitted.
    pub brief: bool,
    /// A file, or a folder of records.
    pub path: String,
    /// Whether an existing file may be replaced.
    pub overwrite: bool,
}

/// The result of writing a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exported {
    /// The record was written to this file.
    Written(String),
    /// This file already exists, and nothing was written.
    Exists(String),
    /// Nothing was written, for this reason.
    Failed(String),
}

/// An operation on the session file, apart from regular saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Save again immediately.
    TryAgain,
    /// Save over whatever the file contains, or recreate the file if it was removed.
    Overwrite,
    /// Read the changes of another program, and report the result as [`Report::Reloaded`].
    Reload,
    /// Save under this path, continue with that file, and report the result as [`Report::SavedAs`].
    SaveAs(String),
    /// Remove the rescue file.
    DropRescue,
}
