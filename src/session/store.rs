//! The file of one session during one run: locking, reading and writing. Must not overwrite content that this
//! run does not know, unless told to.

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

/// The end of an error about a path that is a folder.
const FOLDER: &str = "a folder; name a file in it";

/// A session's file.
#[derive(Debug)]
pub struct Store {
    /// The file's name for display.
    name: String,
    /// The file itself. Links were resolved once, on opening.
    target: PathBuf,
    state: StateFolder,
    /// The location of the per-user state.
    files: StateFiles,
    /// Why the state is next to the file; `None` if it is in the state folder.
    unwritable: Option<String>,
    lock: Locking,
    bookmark: Bookmark,
    /// The file's content as known to this run; `None` if there is no file.
    known: Option<Fingerprint>,
    seen: Seen,
    /// Whether the next save may also create the file's folder, in case it was removed together with the
    /// file.
    make_folder: bool,
    /// The content of the file on opening, until it is kept as a version.
    original: Original,
}

/// The last change by another program that was reported.
#[derive(Debug, Default)]
enum Seen {
    #[default]
    Nothing,
    Changed(Fingerprint),
    Removed,
}

/// The content of the file before this run changed it.
#[derive(Debug)]
enum Original {
    /// The file did not exist or was not read yet.
    None,
    /// Not kept yet.
    Here(Vec<u8>),
    /// Kept as a version, once per run.
    Kept,
}

/// Why a session was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsaved {
    /// Another program changed the file.
    Conflict(String),
    /// Another program removed the file.
    Gone(String),
    /// Another error, which may be temporary.
    Failed(String),
}

impl fmt::Display for Unsaved {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Conflict(words) | Self::Gone(words) | Self::Failed(words)) = self;
        formatter.write_str(words)
    }
}

impl std::error::Error for Unsaved {}

/// Identifies the content of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fingerprint {
    length: u64,
    hash: u128,
}

impl Fingerprint {
    fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len() as u64, hash: xxh3_128(bytes) }
    }

    /// Reads only up to the size limit, because no session is larger.
    fn of_file(file: &File, metadata: &Metadata) -> io::Result<Self> {
        let mut bytes = Vec::new();
        file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes)?;
        Ok(Self { length: metadata.len().max(bytes.len() as u64), hash: xxh3_128(&bytes) })
    }
}

impl Store {
    /// Resolves the path and tries to lock the session. Does not read the file.
    pub fn open(path: &Path, state: &StateFolder) -> Result<Self> {
        let name = name_of(path);
        let target = durable_write::resolve(path);
        if target.file_name().is_none() {
            bail!("{name}: is {}", if target.is_dir() { FOLDER } else { "not the name of a file" });
        }
        let (files, error) = StateFiles::find(state, &target);
        let unwritable = error.map(|error| {
            let folder = state.of_session(&target).map(|folder| format!(" in {}", name_of(&folder)));
            format!("Nothing can be stored{} ({error})", folder.unwrap_or_default())
        });
        let lock = lock::take(&files);
        if matches!(lock, Locking::Held(_)) {
            // With the lock held, no other run of this user is writing temporary files.
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

    /// Like [`Store::open`], but fails if another program holds the session.
    pub fn open_alone(path: &Path, state: &StateFolder) -> Result<Self> {
        let store = Self::open(path, state)?;
        match store.holder() {
            Some(holder) => {
                bail!("{}: is open in {holder}; close it there, then try again", store.name)
            }
            None => Ok(store),
        }
    }

    /// Like [`Store::open_alone`], but fails if the file exists.
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
            bail!("{}: already exists; name another file", store.name);
        }
        Ok(store)
    }

    /// Returns the file's name for display.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the folder for per-user state, whether or not it can be written.
    pub const fn state(&self) -> &StateFolder {
        &self.state
    }

    /// Returns the other program that holds the session, if there is one.
    pub fn holder(&self) -> Option<&str> {
        match &self.lock {
            Locking::Taken(holder) => Some(holder),
            Locking::Held(_) | Locking::Impossible(_) => None,
        }
    }

    /// Returns a store without a file, which reads and writes nothing.
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

    /// Returns the location of the rescue files.
    pub fn rescue(&self) -> RescueFiles {
        RescueFiles::of(&self.files)
    }

    /// Returns the texts that were given to an external editor.
    pub fn drafts(&self) -> Drafts {
        Drafts::of(&self.files, matches!(self.lock, Locking::Held(_)))
    }

    /// Returns where the user stopped.
    pub const fn bookmark(&self) -> &Bookmark {
        &self.bookmark
    }

    /// Saves where the user stopped, if this run holds the lock.
    pub fn keep_bookmark(&mut self, bookmark: Bookmark) {
        if matches!(self.lock, Locking::Held(_)) && bookmark != self.bookmark {
            self.files.keep_bookmark(&bookmark);
            self.bookmark = bookmark;
        }
    }

    /// Returns whether overwriting the file in place was interrupted, so that it may be neither old nor new.
    /// The new content is among the rescue files.
    pub fn was_cut_off(&self) -> bool {
        RescueFiles::unfinished(&self.files).exists()
    }

    /// Returns whether the file on disk contains this session.
    pub fn holds(&self, session: &Session, questionnaire: &Questionnaire) -> bool {
        let parsed = source::read(&self.target).map(|source| Session::parse(&source, questionnaire).ok());
        parsed.ok().flatten().as_ref() == Some(session)
    }

    /// Returns what another program did to the file since this run last read or wrote it.
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

    /// Reads the session. Returns `None` if there is no file yet.
    pub fn load(&mut self, questionnaire: &Questionnaire) -> Result<Option<Session>> {
        // A dangling link counts as a file that does not exist yet. Anything else must be readable.
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

    /// Returns warnings for the user before the first save, each a sentence without a final period.
    pub fn notices(&self) -> Vec<String> {
        let name = &self.name;
        let mut notices = Vec::new();
        if let Some(holder) = self.holder() {
            notices.push(format!("Open in {holder}, so {name} is read-only here"));
            return notices;
        }
        if let Err(reason) = durable_write::look(&self.target) {
            notices.push(format!("The file {name} {reason}, so answers cannot be saved to it"));
        } else if let Locking::Impossible(error) = &self.lock
            // Problems with the folder are reported on saving.
            && !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied)
        {
            notices.push(format!(
                "No lock on {name} is possible ({error}), so langfit cannot tell if it is opened twice"
            ));
        }
        if let Some(why) = &self.unwritable {
            notices
                .push(format!("{why}. The lock, rescue files and earlier versions of {name} are next to it"));
        }
        if self.has_comments() {
            let kept = name_of(&Versions(&self.files).next());
            notices.push(format!("The first save drops the comments in {name}; {kept} keeps them"));
        }
        notices
    }

    fn has_comments(&self) -> bool {
        match &self.original {
            Original::Here(bytes) => source::has_comments(&String::from_utf8_lossy(bytes)),
            Original::None | Original::Kept => false,
        }
    }

    /// Writes the session. Once this succeeds, the session survives a power cut.
    ///
    /// Changes by another program are not overwritten. Before the first change, the content of the file on
    /// opening is kept as a version.
    pub fn save(&mut self, text: &str) -> Result<(), Unsaved> {
        let name = self.name.clone();
        let fail = |reason: String| Unsaved::Failed(format!("{name} {reason}"));
        let target = self.target.clone();
        let cannot = |error: io::Error| fail(durable_write::cannot_be_written(&target, &error));
        if text.len() as u64 > SIZE_LIMIT {
            // A larger file could not be read again.
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
        // While the file is neither old nor new, a full copy of the new content exists elsewhere.
        let unfinished = RescueFiles::unfinished(&self.files);
        self.files.make_folder()?;
        durable_write::replace(
            &unfinished,
            text.as_bytes(),
            old.filter(|_| !self.files.is_private()),
            || (),
        )?;
        let written = durable_write::overwrite(&self.target, text.as_bytes());
        // This program wrote whatever the file contains now.
        self.known = match &written {
            Ok(()) => Some(new),
            Err(_) => self.fingerprint().or(self.known),
        };
        if written.is_ok() {
            let _ = fs::remove_file(unfinished);
        }
        written
    }

    /// Returns the fingerprint of the file's current content.
    fn fingerprint(&self) -> Option<Fingerprint> {
        let file = File::open(&self.target).ok()?;
        Fingerprint::of_file(&file, &file.metadata().ok()?).ok()
    }

    /// Keeps the content of the file on opening as a version, once, before the file is changed.
    fn keep_original(&mut self, text: &str, old: Option<&Metadata>) -> Result<(), Unsaved> {
        let Original::Here(original) = &self.original else { return Ok(()) };
        if original.as_slice() == text.as_bytes() {
            return Ok(());
        }
        let versions = Versions(&self.files);
        versions.keep(original, old).map_err(|error| {
            let kept = name_of(&versions.next());
            Unsaved::Failed(format!("the earlier version cannot be stored in {kept}: {error}"))
        })?;
        self.original = Original::Kept;
        Ok(())
    }

    /// Tries again to lock the session if that failed on opening. The folder may exist by now, or the other
    /// program may have ended.
    fn lock_late(&mut self) -> Result<(), String> {
        if !matches!(self.lock, Locking::Held(_)) {
            self.lock = lock::take(&self.files);
        }
        match self.holder() {
            Some(holder) => Err(format!("is open in {holder}")),
            None => Ok(()),
        }
    }

    /// Allows overwriting the last reported change by another program. Later changes are still protected.
    pub fn allow_overwrite(&mut self) {
        match std::mem::take(&mut self.seen) {
            Seen::Nothing => {}
            Seen::Changed(fingerprint) => self.known = Some(fingerprint),
            Seen::Removed => (self.known, self.make_folder) = (None, true),
        }
    }

    /// Releases the lock, because nothing more will be written.
    pub fn release(&mut self) {
        self.lock = Locking::Impossible(io::ErrorKind::Other.into());
    }
}
