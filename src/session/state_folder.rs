//! What is one person's about a session, and therefore not in its file: the lock, where they stopped,
//! rescue files, earlier versions, texts in an editor.
//!
//! It is in the person's state folder. Only where that cannot be written it is beside the session,
//! under hidden names.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::durable_write::{beside, names_in, sweep_folder};

/// The folder in which langfit keeps what is one person's.
#[derive(Debug, Clone)]
pub struct StateFolder(Option<PathBuf>);

impl StateFolder {
    /// Returns the folder of whoever runs the program: `$XDG_STATE_HOME/langfit`, else where the system
    /// keeps such things.
    pub fn of_person() -> Self {
        let chosen = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let usual = || {
            let system = etcetera::choose_base_strategy().ok()?;
            Some(system.state_dir().unwrap_or_else(|| system.data_dir()))
        };
        Self(chosen.or_else(usual).map(|folder| folder.join("langfit")))
    }

    /// Returns this folder.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(Some(path.into()))
    }

    /// Returns the folder that belongs to a session, which need not exist.
    ///
    /// It is named by the session's real path, so that a session is one by any name.
    pub fn of_session(&self, session: &Path) -> Option<PathBuf> {
        /// Of a long name the beginning is enough for people.
        const LONGEST: usize = 40;
        let path = real_path(session);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let plain = |character: char| if character.is_alphanumeric() { character } else { '-' };
        let name: String = stem.chars().map(plain).take(LONGEST).collect();
        let hash = xxh3_64(path.as_os_str().as_encoded_bytes());
        Some(self.0.as_ref()?.join("sessions").join(format!("{name}-{hash:016x}")))
    }
}

fn real_path(session: &Path) -> PathBuf {
    let in_folder = || {
        let folder = session.parent().filter(|folder| !folder.as_os_str().is_empty());
        Ok(folder.unwrap_or(Path::new(".")).canonicalize()?.join(session.file_name().unwrap_or_default()))
    };
    let real = session.canonicalize().or_else(|_: io::Error| in_folder());
    real.or_else(|_: io::Error| std::path::absolute(session)).unwrap_or_else(|_| session.to_owned())
}

/// Where a person stopped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// Id of the question that was shown.
    pub question: Option<String>,
    /// Name of the part that had the focus.
    pub part: Option<String>,
}

/// Where what is one person's about one session is.
#[derive(Debug, Clone)]
pub(super) struct StateFiles {
    /// The session's folder in the state folder; nothing if it cannot be written.
    folder: Option<PathBuf>,
    /// The session's file.
    target: PathBuf,
}

impl StateFiles {
    /// Makes the session's folder; if that cannot be done, returns why, and what belongs there is beside
    /// the session.
    pub fn find(state: &StateFolder, target: &Path) -> (Self, Option<io::Error>) {
        let files = Self::at(state, target);
        let usable = match &files.folder {
            Some(_) => files.open_lock().map(drop),
            None => Err(io::Error::new(io::ErrorKind::NotFound, "there is no home folder")),
        };
        match usable {
            Ok(()) => (files, None),
            Err(error) => (files.fallback(), Some(error)),
        }
    }

    /// The same without a look at it.
    pub fn at(state: &StateFolder, target: &Path) -> Self {
        Self { folder: state.of_session(target), target: target.to_owned() }
    }

    /// The place that is always there: beside the session.
    pub fn fallback(&self) -> Self {
        Self { folder: None, target: self.target.clone() }
    }

    /// Returns the path of something that belongs to the session.
    pub fn path(&self, name: &str) -> PathBuf {
        match &self.folder {
            Some(folder) => folder.join(name),
            None => beside(&self.target, name),
        }
    }

    /// Says whether it is private by where it is.
    pub const fn is_private(&self) -> bool {
        self.folder.is_some()
    }

    /// Opens the file that is locked, making it and its folder if they are not there.
    pub fn open_lock(&self) -> io::Result<fs::File> {
        self.make_folder()?;
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(self.path("lock"))
    }

    /// Makes the session's folder, which nobody else may look into.
    pub fn make_folder(&self) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)
    }

    /// Removes what runs that were killed left half written in the session's folder.
    pub fn sweep(&self) {
        if let Some(folder) = &self.folder {
            sweep_folder(folder);
        }
    }

    /// Removes the session's folder if nothing is left in it.
    pub fn tidy(&self) {
        if let Some(folder) = &self.folder {
            // It is not empty most of the time.
            let _ = fs::remove_dir(folder);
        }
    }

    /// Returns what is there under names that begin so, as the rest of the name and the path.
    pub fn list(&self, beginning: &str) -> Vec<(String, PathBuf)> {
        let first = self.path(beginning);
        let folder = first.parent().filter(|folder| !folder.as_os_str().is_empty());
        let start = first.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = names_in(folder.unwrap_or(Path::new("."))).into_iter().filter_map(|name| {
            let rest = name.to_string_lossy().strip_prefix(&start)?.to_owned();
            Some((rest, first.with_file_name(name)))
        });
        found.collect()
    }

    /// Reads where the person stopped; nothing that is missing or damaged is worth a word.
    pub fn bookmark(&self) -> Bookmark {
        let text = fs::read_to_string(self.path("place")).unwrap_or_default();
        ron::from_str(&text).unwrap_or_default()
    }

    /// Keeps where the person stopped, if that is possible.
    pub fn keep_bookmark(&self, bookmark: &Bookmark) {
        if let Ok(text) = ron::to_string(bookmark) {
            // Without it the next start begins at the first question, no more.
            let _ = fs::write(self.path("place"), text + "\n");
        }
    }
}
