//! The file of one session during one run: locked, read, and written only over what this run knows;
//! must not write over anything else unless told to.

use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use xxhash_rust::xxh3::xxh3_128;

use super::lock::{self, Locking};
use super::rescue::Rescue;
use super::{FORMAT, Session, name_of, save};
use crate::questionnaire::Questionnaire;
use crate::source::{self, SIZE_LIMIT};

/// A session's file.
#[derive(Debug)]
pub struct Store {
    /// Its name for people.
    name: String,
    /// The file itself; links were followed once, when it was opened.
    target: PathBuf,
    lock: Locking,
    /// What is in the file as far as this run knows.
    known: Option<Print>,
    /// What another program put there.
    seen: Option<Print>,
    /// The file as it was opened, until that is kept beside it.
    original: Original,
}

/// The file as it was before this run changed it.
#[derive(Debug)]
enum Original {
    /// It was not there, or not read yet.
    None,
    /// Not kept beside it yet.
    Here(Vec<u8>),
    /// Kept beside it, once in a run.
    Kept,
}

/// Why a session was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsaved {
    /// Another program changed the file.
    Conflict(String),
    /// Something else, which may pass.
    Failed(String),
}

impl fmt::Display for Unsaved {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Conflict(words) | Self::Failed(words)) = self;
        formatter.write_str(words)
    }
}

impl std::error::Error for Unsaved {}

/// What tells one content of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Print {
    length: u64,
    hash: u128,
}

impl Print {
    fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len() as u64, hash: xxh3_128(bytes) }
    }

    /// No session is larger than the limit, so no more than that is read.
    fn of_file(file: &File, metadata: &Metadata) -> io::Result<Self> {
        let mut bytes = Vec::new();
        file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes)?;
        Ok(Self { length: metadata.len().max(bytes.len() as u64), hash: xxh3_128(&bytes) })
    }
}

impl Store {
    /// Finds the file and tries to lock it; does not look into it.
    pub fn open(path: &Path) -> Result<Self> {
        let name = name_of(path);
        let target = save::resolve(path);
        if target.file_name().is_none() {
            bail!("{name}: is not the name of a file");
        }
        let lock = lock::take(&target);
        let store = Self { name, target, lock, known: None, seen: None, original: Original::None };
        store.sweep();
        Ok(store)
    }

    /// Removes what a run that was killed had half written; whoever has the lock knows that nobody is
    /// writing it.
    fn sweep(&self) {
        if matches!(self.lock, Locking::Held(_)) {
            for whole in [&self.target, &self.kept()] {
                let _ = fs::remove_file(save::beside(whole, "new"));
            }
        }
    }

    /// The same, for somebody who wants nothing but to write it.
    pub fn open_alone(path: &Path) -> Result<Self> {
        let store = Self::open(path)?;
        match store.holder() {
            Some(holder) => {
                bail!("{}: is open in {holder}; close it there, then try again", store.name)
            }
            None => Ok(store),
        }
    }

    /// The same, for a file that is still to be made.
    pub fn begin(path: &Path) -> Result<Self> {
        let store = Self::open_alone(path)?;
        if store.target.symlink_metadata().is_ok() {
            bail!("{}: exists already; name another file", store.name);
        }
        Ok(store)
    }

    /// Returns the file's name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Says who holds the session, if that is another program.
    pub fn holder(&self) -> Option<&str> {
        match &self.lock {
            Locking::Taken(holder) => Some(holder),
            Locking::Held(_) | Locking::Impossible(_) => None,
        }
    }

    /// Returns where its rescue files are.
    pub fn rescue(&self) -> Rescue {
        Rescue::of(&self.target)
    }

    /// Reads the session; nothing if there is no file yet.
    pub fn load(&mut self, questionnaire: &Questionnaire) -> Result<Option<Session>> {
        // A dangling link is a new file at its target; anything else that exists must be readable.
        if let Err(error) = self.target.metadata()
            && error.kind() == io::ErrorKind::NotFound
        {
            return Ok(None);
        }
        let (mut source, bytes) = source::read_with_bytes(&self.target)?;
        source.name.clone_from(&self.name);
        let session = Session::parse(&source, questionnaire)?;
        self.known = Some(Print::of(&bytes));
        self.seen = None;
        if matches!(self.original, Original::None) {
            self.original = Original::Here(bytes);
        }
        Ok(Some(session))
    }

    /// Says what somebody should know before the first save, a sentence each without a full stop.
    pub fn notices(&self, session: &Session) -> Vec<String> {
        let (name, kept) = (&self.name, name_of(&self.kept()));
        let mut notices = Vec::new();
        if let Some(holder) = self.holder() {
            notices.push(format!("Open in {holder}: {name} is read-only here and nothing is written"));
            return notices;
        }
        if let Err(reason) = save::look(&self.target) {
            notices.push(format!("The file {name} {reason}: answers given here cannot be saved in it"));
        } else if let Locking::Impossible(error) = &self.lock
            // What is wrong with the folder is said when something is saved.
            && !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied)
        {
            notices.push(format!(
                "No lock on {name} is possible here ({error}): another langfit that opens it would not be noticed"
            ));
        }
        if let Some(format) = session.read_as {
            notices.push(format!(
                "The file {name} has format {format}: the first save writes format {FORMAT}, {kept} keeps it as it is"
            ));
        } else if self.has_comments() {
            notices.push(format!("The first save loses the comments in {name}; {kept} keeps them"));
        }
        notices
    }

    fn has_comments(&self) -> bool {
        match &self.original {
            Original::Here(bytes) => source::has_comments(&String::from_utf8_lossy(bytes)),
            Original::None | Original::Kept => false,
        }
    }

    /// Where the file is kept as it was opened.
    fn kept(&self) -> PathBuf {
        let mut name = OsString::from(self.target.file_name().unwrap_or_default());
        name.push(".bak");
        self.target.with_file_name(name)
    }

    /// Writes the session; when this returns, it survives a power cut.
    ///
    /// What another program wrote is not touched; the file as it was opened is kept before the first
    /// change.
    pub fn save(&mut self, text: &str) -> Result<(), Unsaved> {
        let name = self.name.clone();
        let fail = |reason: String| Unsaved::Failed(format!("{name} {reason}"));
        let cannot = |error: io::Error| fail(format!("cannot be written: {error}"));
        if text.len() as u64 > SIZE_LIMIT {
            // It could not be read again.
            let size = text.len();
            return Err(fail(format!(
                "would have {size} bytes, the limit is {SIZE_LIMIT}; shorten some text"
            )));
        }
        self.lock_late().map_err(fail)?;
        let old = save::look(&self.target).map_err(fail)?;
        let new = Print::of(text.as_bytes());
        if let Some((file, metadata)) = &old {
            let found = Print::of_file(file, metadata).map_err(cannot)?;
            if found != new && Some(found) != self.known {
                self.seen = Some(found);
                return Err(Unsaved::Conflict(format!("another program changed {name}")));
            }
        }
        let old = old.map(|(_, metadata)| metadata);
        self.keep_original(text, old.as_ref())?;
        let temporary = self.temporary(&self.target);
        let known = &mut self.known;
        save::replace(&temporary, &self.target, text.as_bytes(), old.as_ref(), || *known = Some(new))
            .map_err(cannot)
    }

    /// Keeps the file as it was opened, once, before it is changed.
    fn keep_original(&mut self, text: &str, old: Option<&Metadata>) -> Result<(), Unsaved> {
        let Original::Here(original) = &self.original else { return Ok(()) };
        if original.as_slice() == text.as_bytes() {
            return Ok(());
        }
        let kept = self.kept();
        save::replace(&self.temporary(&kept), &kept, original, old, || ())
            .map_err(|error| Unsaved::Failed(format!("{} cannot be written: {error}", name_of(&kept))))?;
        self.original = Original::Kept;
        Ok(())
    }

    /// Without a lock somebody else may be writing at the same time, under the same name.
    fn temporary(&self, target: &Path) -> PathBuf {
        match self.lock {
            Locking::Held(_) => save::beside(target, "new"),
            _ => save::beside(target, &format!("{}.new", std::process::id())),
        }
    }

    /// The folder may have appeared since the file was opened.
    fn lock_late(&mut self) -> Result<(), String> {
        if !matches!(self.lock, Locking::Held(_)) {
            self.lock = lock::take(&self.target);
        }
        match self.holder() {
            Some(holder) => Err(format!("is open in {holder}")),
            None => Ok(()),
        }
    }

    /// From now on what another program put there may be written over; what it puts there after this
    /// may not.
    pub fn overwrite(&mut self) {
        self.known = self.seen.take().or(self.known);
    }

    /// Gives the lock back, because nothing more is written.
    pub fn release(&mut self) {
        self.lock = Locking::Impossible(io::ErrorKind::Other.into());
    }
}
