//! Rescue files contain what could not be saved when the program ended. They must never be applied without
//! asking. They must not be removed before their content is saved, unless the user asks for it.
//!
//! They are found by the session's path. On another git branch, another session may have the same path; the
//! ids tell these sessions apart.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::durable_write::{self, save_new};
use super::state_folder::{StateFiles, StateFolder};
use super::{Session, name_of};
use crate::questionnaire::Questionnaire;
use crate::source;

/// The location of a session's rescue files.
#[derive(Debug, Clone)]
pub struct RescueFiles {
    files: StateFiles,
}

/// A rescue file that was found.
#[derive(Debug)]
pub struct RescueFile {
    /// Path of the file.
    pub path: PathBuf,
    /// Time of writing, if known.
    pub written: Option<jiff::Zoned>,
    /// The session in the file.
    pub session: Result<Session>,
}

impl RescueFiles {
    pub(super) fn of(files: &StateFiles) -> Self {
        Self { files: files.clone() }
    }

    /// Returns the location for a session that is not open. Creates nothing.
    pub fn beside(path: &Path, state: &StateFolder) -> Self {
        Self { files: StateFiles::at(state, &durable_write::resolve(path)) }
    }

    /// Returns the names in the order of use. An existing file is never overwritten.
    fn names() -> impl DoubleEndedIterator<Item = String> {
        /// Maximum number of rescue files per location.
        const MOST: usize = 9;
        (1..=MOST).map(|number| match number {
            1 => "rescue".to_owned(),
            number => format!("rescue-{number}"),
        })
    }

    /// Returns the path of the full copy that exists while the session is overwritten in place.
    pub(super) fn unfinished(files: &StateFiles) -> PathBuf {
        files.path("unfinished")
    }

    /// Writes a rescue file and returns its name for display. Falls back to a file next to the session.
    pub fn write(&self, text: &str) -> io::Result<String> {
        let written = self.files.make_folder().and_then(|()| write_at(&self.files, text));
        let beside = |error| {
            if self.files.is_private() { write_at(&self.files.fallback(), text) } else { Err(error) }
        };
        written.or_else(beside)
    }

    /// Returns the existing rescue files, in the order in which they are offered. Those in the state folder
    /// come before those next to the session. In each place, higher numbers come first, and the copy from an
    /// interrupted overwrite comes last.
    fn paths(&self) -> impl Iterator<Item = PathBuf> {
        let places = [self.files.clone(), self.files.fallback()];
        let of = |files: &StateFiles| {
            let last = Self::unfinished(files);
            Self::names().rev().map(|name| files.path(&name)).chain([last]).collect::<Vec<_>>()
        };
        places.iter().flat_map(of).collect::<Vec<_>>().into_iter().filter(|path| path.exists())
    }

    /// Returns the rescue file to offer for the saved session. Removes rescue files whose content is already
    /// saved.
    pub fn find(&self, questionnaire: &Questionnaire, saved: Option<&Session>) -> Option<RescueFile> {
        self.all(questionnaire).find(|found| {
            // A file that cannot be removed is still offered.
            let is_done = found.is_in(saved) && fs::remove_file(&found.path).is_ok();
            !is_done && !found.is_of_another(saved)
        })
    }

    /// Returns the rescue file that [`Self::find`] would offer. Changes nothing.
    pub fn look(&self, questionnaire: &Questionnaire, saved: &Session) -> Option<RescueFile> {
        let saved = Some(saved);
        self.all(questionnaire).find(|found| !found.is_in(saved) && !found.is_of_another(saved))
    }

    /// Returns the rescue files of another session with the same path.
    pub fn of_others(&self, questionnaire: &Questionnaire, saved: Option<&Session>) -> Vec<RescueFile> {
        self.all(questionnaire).filter(|found| found.is_of_another(saved)).collect()
    }

    fn all(&self, questionnaire: &Questionnaire) -> impl Iterator<Item = RescueFile> {
        self.paths().map(|path| RescueFile::at(path, questionnaire))
    }
}

fn write_at(files: &StateFiles, text: &str) -> io::Result<String> {
    for name in RescueFiles::names() {
        let path = files.path(&name);
        match save_new(&path, text) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            written => return written.map(|()| name_of(&path)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

impl RescueFile {
    fn at(path: PathBuf, questionnaire: &Questionnaire) -> Self {
        let written = fs::metadata(&path).and_then(|metadata| metadata.modified()).ok();
        let written = written.and_then(|time| jiff::Timestamp::try_from(time).ok());
        let written = written.map(|time| time.to_zoned(jiff::tz::TimeZone::system()));
        let session = source::read(&path).and_then(|source| Ok(Session::parse(&source, questionnaire)?));
        Self { path, written, session }
    }

    /// Returns whether the rescued session equals the saved one.
    fn is_in(&self, saved: Option<&Session>) -> bool {
        saved.is_some() && self.session.as_ref().ok() == saved
    }

    /// Returns whether the file is from a session other than the saved one. Returns false if either has no id,
    /// because the file may be older than the session's id.
    fn is_of_another(&self, saved: Option<&Session>) -> bool {
        let ids = self.session.as_ref().ok().zip(saved).map(|(ours, saved)| (&ours.id, &saved.id));
        ids.is_some_and(|(ours, saved)| !ours.is_empty() && !saved.is_empty() && ours != saved)
    }

    /// Returns the file's name for display.
    pub fn name(&self) -> String {
        name_of(&self.path)
    }
}
