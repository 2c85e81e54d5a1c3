//! What the screen asks of the shell, and what the shell reports of it.

use crate::record::Dialect;
use crate::session::{Session, Unsaved};

/// What the shell has to do after an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Hand the session to the saver.
    Save,
    /// Let somebody edit a text elsewhere, and report it as [`Report::Edited`].
    EditOutside(Draft),
    /// Stop until the shell continues the program.
    Stop,
    /// Save and leave.
    Quit,
    /// Write a record, and report it as [`Report::Exported`].
    Export(ExportOrder),
    /// Do something with the session's file, and report if there is anything to report.
    Errand(Errand),
}

/// What the shell reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// How saving went.
    Saved(Result<(), Unsaved>),
    /// The session is in this file now, or could not be written there, for this reason.
    SavedAs(Result<String, String>),
    /// The session was read anew, or could not be, for this reason.
    Reloaded(Result<Box<Session>, String>),
    /// How writing a record went.
    Exported(Exported),
    /// The editor of the person's own was left.
    Edited(Edited),
    /// Something that was asked for cannot be done, for this reason.
    Trouble(String),
}

/// A text for an editor of the person's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What tells it from the other texts of the session, and can name a file.
    pub name: String,
    /// The text.
    pub text: String,
}

/// What came of a text in an editor of the person's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The text that takes the place of the one before, if there is one.
    pub text: Option<String>,
    /// What there is to know about it.
    pub said: Option<String>,
}

/// A record to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportOrder {
    /// What it is written in.
    pub dialect: Dialect,
    /// Whether details are left out.
    pub brief: bool,
    /// File, or folder of records.
    pub path: String,
    /// Whether a file that exists may be replaced.
    pub overwrite: bool,
}

/// How writing a record went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exported {
    /// It is in this file.
    Written(String),
    /// This file exists, and nothing was written.
    Exists(String),
    /// Nothing was written, for this reason.
    Failed(String),
}

/// What is to be done with the session's file beside saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Try to save again now.
    TryAgain,
    /// Save over what another program wrote, or where it removed the file.
    Overwrite,
    /// Read what another program wrote, and report it as [`Report::Reloaded`].
    Reload,
    /// Save under this path and go on there, and report it as [`Report::SavedAs`].
    SaveAs(String),
    /// Remove the rescue file.
    DropRescue,
}
