//! The rescue file, `.NAME.rescue`: what could not be saved when the program ended; must never be
//! taken without being asked.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::save::{beside, save_new};
use super::{Session, name_of};
use crate::questionnaire::Questionnaire;
use crate::source;

/// Where the rescue files of a session are.
#[derive(Debug, Clone)]
pub struct Rescue {
    target: PathBuf,
}

/// A rescue file that was found.
#[derive(Debug)]
pub struct Found {
    /// The file.
    pub path: PathBuf,
    /// When it was written, if that is known.
    pub written: Option<jiff::Zoned>,
    /// What it holds.
    pub session: Result<Session>,
}

impl Rescue {
    /// Rescue files beside this file.
    pub(super) fn of(target: &Path) -> Self {
        Self { target: target.to_owned() }
    }

    /// Names in the order in which they are used: one that is there is never written over.
    fn paths(&self) -> impl DoubleEndedIterator<Item = PathBuf> {
        /// More than these wait for nobody.
        const MOST: usize = 9;
        let target = self.target.clone();
        (1..=MOST).map(move |number| match number {
            1 => beside(&target, "rescue"),
            number => beside(&target, &format!("rescue-{number}")),
        })
    }

    /// Writes a rescue file and returns its name for people.
    pub fn write(&self, text: &str) -> io::Result<String> {
        for path in self.paths() {
            match save_new(&path, text) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                written => return written.map(|()| name_of(&path)),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Returns the rescue file with the highest number.
    pub fn find(&self, questionnaire: &Questionnaire) -> Option<Found> {
        let path = self.paths().rev().find(|path| path.exists())?;
        let written = fs::metadata(&path).and_then(|metadata| metadata.modified()).ok();
        let written = written.and_then(|time| jiff::Timestamp::try_from(time).ok());
        let written = written.map(|time| time.to_zoned(jiff::tz::TimeZone::system()));
        let session = source::read(&path).and_then(|source| Ok(Session::parse(&source, questionnaire)?));
        Some(Found { path, written, session })
    }
}

impl Found {
    /// Returns its name for people.
    pub fn name(&self) -> String {
        name_of(&self.path)
    }
}
