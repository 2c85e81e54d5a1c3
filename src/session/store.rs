//! The file of one session during one run: locked, read, and written only over what this run knows;
//! must not write over anything else unless told to.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use xxhash_rust::xxh3::xxh3_128;

use super::drafts::Drafts;
use super::lock::{self, Locking};
use super::rescue::RescueFiles;
use super::state_folder::{Bookmark, StateFiles, StateFolder};
use super::versions::Versions;
use super::{Session, durable_write, name_of};
use crate::questionnaire::Questionnaire;
use crate::source::{self, SIZE_LIMIT};

/// What is said of a name that is a folder's.
const FOLDER: &str = "a folder; name a file in it";

/// A session's file.
#[derive(Debug)]
pub struct Store {
    /// Its name for people.
    name: String,
    /// The file itself; links were followed once, when it was opened.
    target: PathBuf,
    state: StateFolder,
    /// Where what is one person's is.
    files: StateFiles,
    /// Why that is beside the file.
    unwritable: Option<String>,
    lock: Locking,
    bookmark: Bookmark,
    /// What is in the file as far as this run knows; nothing if there is no file.
    known: Option<Fingerprint>,
    seen: Seen,
    /// The file is to be made again where it was, with its folder if that is gone as well.
    make_folder: bool,
    /// The file as it was opened, until that is kept as a version.
    original: Original,
}

/// What another program did to the file, as far as somebody was told.
#[derive(Debug, Default)]
enum Seen {
    #[default]
    Nothing,
    Changed(Fingerprint),
    Removed,
}

/// The file as it was before this run changed it.
#[derive(Debug)]
enum Original {
    /// It was not there, or not read yet.
    None,
    /// Not kept yet.
    Here(Vec<u8>),
    /// Kept as a version, once in a run.
    Kept,
}

/// Why a session was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsaved {
    /// Another program changed the file.
    Conflict(String),
    /// Another program removed the file.
    Gone(String),
    /// Something else, which may pass.
    Failed(String),
}

impl fmt::Display for Unsaved {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Conflict(words) | Self::Gone(words) | Self::Failed(words)) = self;
        formatter.write_str(words)
    }
}

impl std::error::Error for Unsaved {}

/// What tells one content of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fingerprint {
    length: u64,
    hash: u128,
}

impl Fingerprint {
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
    pub fn open(path: &Path, state: &StateFolder) -> Result<Self> {
        let name = name_of(path);
        let target = durable_write::resolve(path);
        if target.file_name().is_none() {
            bail!("{name}: is {}", if target.is_dir() { FOLDER } else { "not the name of a file" });
        }
        let (files, error) = StateFiles::find(state, &target);
        let unwritable = error.map(|error| {
            let folder = state.of_session(&target).map(|folder| format!(" in {}", name_of(&folder)));
            format!("Nothing can be kept{} ({error})", folder.unwrap_or_default())
        });
        let lock = lock::take(&files);
        if matches!(lock, Locking::Held(_)) {
            // Whoever has the lock knows that no other run of this person is writing them.
            durable_write::sweep(&target);
            files.sweep();
        }
        let bookmark = files.bookmark();
        Ok(Self {
            name,
            target,
            state: state.clone(),
            files,
            unwritable,
            lock,
            bookmark,
            known: None,
            seen: Seen::Nothing,
            make_folder: false,
            original: Original::None,
        })
    }

    /// The same, for somebody who wants nothing but to write it.
    pub fn open_alone(path: &Path, state: &StateFolder) -> Result<Self> {
        let store = Self::open(path, state)?;
        match store.holder() {
            Some(holder) => {
                bail!("{}: is open in {holder}; close it there, then try again", store.name)
            }
            None => Ok(store),
        }
    }

    /// The same, for a file that is still to be made.
    pub fn begin(path: &Path, state: &StateFolder) -> Result<Self> {
        let ends_as_folder = path
            .as_os_str()
            .as_encoded_bytes()
            .last()
            .is_some_and(|it| std::path::is_separator(char::from(*it)));
        if path.is_dir() || ends_as_folder {
            bail!("{}: is {FOLDER}", name_of(path));
        }
        let store = Self::open_alone(path, state)?;
        if store.target.symlink_metadata().is_ok() {
            bail!("{}: exists already; name another file", store.name);
        }
        Ok(store)
    }

    /// Returns the file's name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the folder in which what is one person's was looked for.
    pub const fn state(&self) -> &StateFolder {
        &self.state
    }

    /// Says who holds the session, if that is another program.
    pub fn holder(&self) -> Option<&str> {
        match &self.lock {
            Locking::Taken(holder) => Some(holder),
            Locking::Held(_) | Locking::Impossible(_) => None,
        }
    }

    /// A store of something that has no file: it reads and writes nothing.
    pub fn without_file(name: &str, state: &StateFolder) -> Self {
        let target = PathBuf::from(name);
        Self {
            name: name.to_owned(),
            state: state.clone(),
            files: StateFiles::at(state, &target),
            target,
            unwritable: None,
            lock: Locking::Taken("an example, which has no file".to_owned()),
            bookmark: Bookmark::default(),
            known: None,
            seen: Seen::Nothing,
            make_folder: false,
            original: Original::None,
        }
    }

    /// Returns where its rescue files are.
    pub fn rescue(&self) -> RescueFiles {
        RescueFiles::of(&self.files)
    }

    /// Returns the texts that were given to the person's own editor.
    pub fn drafts(&self) -> Drafts {
        Drafts::of(&self.files, matches!(self.lock, Locking::Held(_)))
    }

    /// Returns where the person stopped.
    pub const fn bookmark(&self) -> &Bookmark {
        &self.bookmark
    }

    /// Keeps where the person stopped.
    pub fn keep_bookmark(&mut self, bookmark: Bookmark) {
        if matches!(self.lock, Locking::Held(_)) && bookmark != self.bookmark {
            self.files.keep_bookmark(&bookmark);
            self.bookmark = bookmark;
        }
    }

    /// Says whether writing the file where it is was cut off, so that it may be neither old nor new; what
    /// was being written is among the rescue files.
    pub fn was_cut_off(&self) -> bool {
        RescueFiles::unfinished(&self.files).exists()
    }

    /// Says whether the file on disk holds this session.
    pub fn holds(&self, session: &Session, questionnaire: &Questionnaire) -> bool {
        let parsed = source::read(&self.target).map(|source| Session::parse(&source, questionnaire).ok());
        parsed.ok().flatten().as_ref() == Some(session)
    }

    /// Says what another program did to the file since this run read or wrote it last.
    pub fn done_by_others(&self) -> Option<Unsaved> {
        let known = self.known?;
        match self.target.metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some(self.gone()),
            _ => self.fingerprint().filter(|fingerprint| *fingerprint != known).map(|_| self.conflict()),
        }
    }

    fn gone(&self) -> Unsaved {
        Unsaved::Gone(format!("another program removed {}", self.name))
    }

    fn conflict(&self) -> Unsaved {
        Unsaved::Conflict(format!("another program changed {}", self.name))
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
        self.seen = Seen::Changed(Fingerprint::of(&bytes));
        let session = Session::parse(&source, questionnaire)?;
        self.known = Some(Fingerprint::of(&bytes));
        self.seen = Seen::Nothing;
        if matches!(self.original, Original::None) {
            self.original = Original::Here(bytes);
        }
        Ok(Some(session))
    }

    /// Says what somebody should know before the first save, a sentence each without a full stop.
    pub fn notices(&self) -> Vec<String> {
        let name = &self.name;
        let mut notices = Vec::new();
        if let Some(holder) = self.holder() {
            notices.push(format!("Open in {holder}: {name} is read-only here and nothing is written"));
            return notices;
        }
        if let Err(reason) = durable_write::look(&self.target) {
            notices.push(format!("The file {name} {reason}: answers given here cannot be saved in it"));
        } else if let Locking::Impossible(error) = &self.lock
            // What is wrong with the folder is said when something is saved.
            && !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied)
        {
            notices.push(format!(
                "No lock on {name} is possible here ({error}): another langfit that opens it would not be noticed"
            ));
        }
        if let Some(why) = &self.unwritable {
            notices.push(format!("{why}: lock, rescue files and earlier versions of {name} are beside it"));
        }
        if self.has_comments() {
            let kept = name_of(&Versions(&self.files).next());
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

    /// Writes the session; when this returns, it survives a power cut.
    ///
    /// What another program wrote is not touched; the file as it was opened is kept before the first
    /// change.
    pub fn save(&mut self, text: &str) -> Result<(), Unsaved> {
        let name = self.name.clone();
        let fail = |reason: String| Unsaved::Failed(format!("{name} {reason}"));
        let target = self.target.clone();
        let cannot = |error: io::Error| fail(durable_write::cannot_be_written(&target, &error));
        if text.len() as u64 > SIZE_LIMIT {
            // It could not be read again.
            let size = text.len();
            return Err(fail(format!(
                "would have {size} bytes, the limit is {SIZE_LIMIT}; shorten some text"
            )));
        }
        self.lock_late().map_err(fail)?;
        let old = durable_write::look(&self.target).map_err(fail)?;
        let new = Fingerprint::of(text.as_bytes());
        let found = old.as_ref().map(|(file, metadata)| Fingerprint::of_file(file, metadata)).transpose();
        let found = found.map_err(cannot)?;
        if found != self.known && found != Some(new) {
            self.seen = found.map_or(Seen::Removed, Seen::Changed);
            return Err(if found.is_some() { self.conflict() } else { self.gone() });
        }
        if std::mem::take(&mut self.make_folder) {
            fs::create_dir_all(durable_write::folder_of(&self.target)).map_err(cannot)?;
        }
        let old = old.map(|(_, metadata)| metadata);
        self.keep_original(text, old.as_ref())?;
        self.put(text, new, old.as_ref()).map_err(cannot)
    }

    fn put(&mut self, text: &str, new: Fingerprint, old: Option<&Metadata>) -> io::Result<()> {
        if old.is_none_or(|old| !durable_write::has_other_names(old)) {
            let known = &mut self.known;
            match durable_write::replace(&self.target, text.as_bytes(), old, || *known = Some(new)) {
                Err(error) if old.is_some() && durable_write::has_fixed_place(&error) => {}
                replaced => return replaced,
            }
        }
        // While the file is neither old nor new, the new one is whole elsewhere.
        let unfinished = RescueFiles::unfinished(&self.files);
        self.files.make_folder()?;
        durable_write::replace(
            &unfinished,
            text.as_bytes(),
            old.filter(|_| !self.files.is_private()),
            || (),
        )?;
        let written = durable_write::overwrite(&self.target, text.as_bytes());
        // Whatever is there now this program wrote itself.
        self.known = match &written {
            Ok(()) => Some(new),
            Err(_) => self.fingerprint().or(self.known),
        };
        if written.is_ok() {
            let _ = fs::remove_file(unfinished);
        }
        written
    }

    /// What tells the content of the file as it is now.
    fn fingerprint(&self) -> Option<Fingerprint> {
        let file = File::open(&self.target).ok()?;
        Fingerprint::of_file(&file, &file.metadata().ok()?).ok()
    }

    /// Keeps the file as it was opened, once, before it is changed.
    fn keep_original(&mut self, text: &str, old: Option<&Metadata>) -> Result<(), Unsaved> {
        let Original::Here(original) = &self.original else { return Ok(()) };
        if original.as_slice() == text.as_bytes() {
            return Ok(());
        }
        let versions = Versions(&self.files);
        versions.keep(original, old).map_err(|error| {
            let kept = name_of(&versions.next());
            Unsaved::Failed(format!("the earlier version cannot be kept in {kept}: {error}"))
        })?;
        self.original = Original::Kept;
        Ok(())
    }

    /// The folder may have appeared since the file was opened.
    fn lock_late(&mut self) -> Result<(), String> {
        if !matches!(self.lock, Locking::Held(_)) {
            self.lock = lock::take(&self.files);
        }
        match self.holder() {
            Some(holder) => Err(format!("is open in {holder}")),
            None => Ok(()),
        }
    }

    /// From now on what another program put there may be written over; what it puts there after this
    /// may not.
    pub fn allow_overwrite(&mut self) {
        match std::mem::take(&mut self.seen) {
            Seen::Nothing => {}
            Seen::Changed(fingerprint) => self.known = Some(fingerprint),
            Seen::Removed => (self.known, self.make_folder) = (None, true),
        }
    }

    /// Gives the lock back, because nothing more is written.
    pub fn release(&mut self) {
        self.lock = Locking::Impossible(io::ErrorKind::Other.into());
    }
}
