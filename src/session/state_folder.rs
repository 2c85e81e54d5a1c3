//! The per-user state of a session, which is not in its file: the lock, the bookmark, rescue files, earlier
//! versions and drafts.
//!
//! The state is in the user's state folder or, if that cannot be written, in hidden files next to the
//! session.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::durable_write::{beside, names_in, sweep_folder};

/// The folder for per-user state.
#[derive(Debug, Clone)]
pub struct StateFolder(Option<PathBuf>);

impl StateFolder {
    /// Returns the folder of the current user: `$XDG_STATE_HOME/langfit`, or else the system's default.
    pub fn of_person() -> Self {
        let chosen = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let usual = || {
            let system = etcetera::choose_base_strategy().ok()?;
            // Windows has no folder for state. Locks and rescue files belong to one machine, as caches do.
            Some(system.state_dir().unwrap_or_else(|| system.cache_dir()))
        };
        Self(chosen.or_else(usual).map(|folder| folder.join("langfit")))
    }

    /// Returns the folder at this path.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(Some(path.into()))
    }

    /// Returns the folder for a session's state. Neither the folder nor the session needs to exist.
    ///
    /// The folder's name is derived from the session's real path, so that all paths to a session share one
    /// folder.
    pub fn of_session(&self, session: &Path) -> Option<PathBuf> {
        /// Maximum length of the session's name within the folder's name.
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

/// Where the user stopped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// Id of the question that was shown.
    pub question: Option<String>,
    /// Name of the part that had the focus.
    pub part: Option<String>,
    /// The fingerprints of the answers that the user confirmed in the review, by question and part.
    #[serde(default)]
    pub confirmed: BTreeMap<String, String>,
}

/// The location of the per-user state of one session.
#[derive(Debug, Clone)]
pub(super) struct StateFiles {
    /// The session's folder in the state folder; `None` if the state is next to the session.
    folder: Option<PathBuf>,
    /// The session's file.
    target: PathBuf,
}

impl StateFiles {
    /// Creates the session's folder and lock file. If that fails, returns the location next to the session,
    /// together with the error.
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

    /// Returns the location without checking it.
    pub fn at(state: &StateFolder, target: &Path) -> Self {
        Self { folder: state.of_session(target), target: target.to_owned() }
    }

    /// Returns the fallback location next to the session.
    pub fn fallback(&self) -> Self {
        Self { folder: None, target: self.target.clone() }
    }

    /// Returns the path of a file in this location.
    pub fn path(&self, name: &str) -> PathBuf {
        match &self.folder {
            Some(folder) => folder.join(name),
            None => beside(&self.target, name),
        }
    }

    /// Returns whether other users have no access to the location.
    pub const fn is_private(&self) -> bool {
        self.folder.is_some()
    }

    /// Opens the lock file. Creates it and its folder if they do not exist.
    pub fn open_lock(&self) -> io::Result<fs::File> {
        self.make_folder()?;
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(self.path("lock"))
    }

    /// Creates the session's folder, to which no other user has access. Does nothing for a location next to
    /// the session.
    pub fn make_folder(&self) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)
    }

    /// Removes temporary files that killed processes left in the session's folder.
    pub fn sweep(&self) {
        if let Some(folder) = &self.folder {
            sweep_folder(folder);
        }
    }

    /// Removes the session's folder if it is empty.
    pub fn tidy(&self) {
        if let Some(folder) = &self.folder {
            // Usually fails, because the folder is not empty.
            let _ = fs::remove_dir(folder);
        }
    }

    /// Returns the files whose names have this prefix: the rest of the name, and the path.
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

    /// Reads the bookmark. A missing or damaged bookmark is not reported.
    pub fn bookmark(&self) -> Bookmark {
        let text = fs::read_to_string(self.path("place")).unwrap_or_default();
        ron::from_str(&text).unwrap_or_default()
    }

    /// Saves the bookmark, if possible.
    pub fn keep_bookmark(&self, bookmark: &Bookmark) {
        if let Ok(text) = ron::to_string(bookmark) {
            // Without a bookmark, the next start opens at the first question.
            let _ = fs::write(self.path("place"), text + "\n");
        }
    }
}
