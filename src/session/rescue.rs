//! Rescue files: what could not be saved when the program ended; must never be taken without being
//! asked, and must not go before what they hold is saved.
//!
//! They belong to a name, and on another branch another session may have it; the ids tell.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::durable_write::{self, save_new};
use super::state_folder::{StateFiles, StateFolder};
use super::{Session, name_of};
use crate::questionnaire::Questionnaire;
use crate::source;

/// Where the rescue files of a session are.
#[derive(Debug, Clone)]
pub struct RescueFiles {
    files: StateFiles,
}

/// A rescue file that was found.
#[derive(Debug)]
pub struct RescueFile {
    /// The file.
    pub path: PathBuf,
    /// When it was written, if that is known.
    pub written: Option<jiff::Zoned>,
    /// What it holds.
    pub session: Result<Session>,
}

impl RescueFiles {
    pub(super) fn of(files: &StateFiles) -> Self {
        Self { files: files.clone() }
    }

    /// The same for a session that is not opened; makes nothing.
    pub fn beside(path: &Path, state: &StateFolder) -> Self {
        Self { files: StateFiles::at(state, &durable_write::resolve(path)) }
    }

    /// Names in the order in which they are used: one that is there is never written over.
    fn names() -> impl DoubleEndedIterator<Item = String> {
        /// More than these wait for nobody.
        const MOST: usize = 9;
        (1..=MOST).map(|number| match number {
            1 => "rescue".to_owned(),
            number => format!("rescue-{number}"),
        })
    }

    /// Where the session itself is, in full, while it is written where it is.
    pub(super) fn unfinished(files: &StateFiles) -> PathBuf {
        files.path("unfinished")
    }

    /// Writes a rescue file and returns its name for people; beside the session if it cannot be where it
    /// belongs.
    pub fn write(&self, text: &str) -> io::Result<String> {
        let written = self.files.make_folder().and_then(|()| write_at(&self.files, text));
        let beside = |error| {
            if self.files.is_private() { write_at(&self.files.fallback(), text) } else { Err(error) }
        };
        written.or_else(beside)
    }

    /// Returns the rescue files, the one to be offered first in front: where they belong before those
    /// beside the session, and of each the highest number.
    fn paths(&self) -> impl Iterator<Item = PathBuf> {
        let places = [self.files.clone(), self.files.fallback()];
        let of = |files: &StateFiles| {
            let last = Self::unfinished(files);
            Self::names().rev().map(|name| files.path(&name)).chain([last]).collect::<Vec<_>>()
        };
        places.iter().flat_map(of).collect::<Vec<_>>().into_iter().filter(|path| path.exists())
    }

    /// Returns the rescue file that is to be offered beside what the session's file holds. One whose
    /// content that is has done its duty and goes.
    pub fn find(&self, questionnaire: &Questionnaire, saved: Option<&Session>) -> Option<RescueFile> {
        self.all(questionnaire).find(|found| {
            // One that cannot be removed is offered.
            let is_done = found.is_in(saved) && fs::remove_file(&found.path).is_ok();
            !is_done && !found.is_of_another(saved)
        })
    }

    /// Returns the rescue file that would be offered; changes nothing.
    pub fn look(&self, questionnaire: &Questionnaire, saved: &Session) -> Option<RescueFile> {
        let saved = Some(saved);
        self.all(questionnaire).find(|found| !found.is_in(saved) && !found.is_of_another(saved))
    }

    /// Returns the rescue files that belong to another session of that name.
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

    /// Says whether the session's file holds what it holds.
    fn is_in(&self, saved: Option<&Session>) -> bool {
        saved.is_some() && self.session.as_ref().ok() == saved
    }

    /// Says whether it belongs to another session than the one in the file. One without an id is from
    /// before the session got one.
    fn is_of_another(&self, saved: Option<&Session>) -> bool {
        let ids = self.session.as_ref().ok().zip(saved).map(|(ours, saved)| (&ours.id, &saved.id));
        ids.is_some_and(|(ours, saved)| !ours.is_empty() && !saved.is_empty() && ours != saved)
    }

    /// Returns its name for people.
    pub fn name(&self) -> String {
        name_of(&self.path)
    }
}
