//! The lock on a session, a file in the per-user state. Must not wait for another process, and must not block
//! one after this process has ended.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::state_folder::StateFiles;
use crate::sanitize::sanitize_line;

/// Whether this process may write a session.
#[derive(Debug)]
pub(super) enum Locking {
    /// This process may; no other process may.
    Held(#[allow(dead_code, reason = "what counts is that it is held")] Lock),
    /// Another process may; the text describes it.
    Taken(String),
    /// Locking is impossible for this reason, so other processes would not be noticed.
    Impossible(io::Error),
}

/// A held lock. Dropping it releases it. If the process ends in any other way, the system releases it.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    files: StateFiles,
}

/// Tries to lock a session.
pub(super) fn take(files: &StateFiles) -> Locking {
    /// Maximum number of attempts. An attempt fails if the previous holder removes the file at the same time.
    const TIMES: usize = 20;
    let path = files.path("lock");
    for _ in 0..TIMES {
        let file = match open(files) {
            Ok(file) => file,
            Err(error) => return Locking::Impossible(error),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Locking::Taken(holder(&path)),
            Err(TryLockError::Error(error)) => return Locking::Impossible(error),
        }
        if is_at(&file, &path) {
            sign(&file);
            return Locking::Held(Lock { file, path, files: files.clone() });
        }
    }
    Locking::Impossible(io::ErrorKind::ResourceBusy.into())
}

fn open(files: &StateFiles) -> io::Result<File> {
    match files.open_lock() {
        // The file belongs to another user. It can be locked without write access.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            File::open(files.path("lock")).map_err(|_| error)
        }
        // The previous holder may have removed the folder in the meantime.
        Err(error) if error.kind() == io::ErrorKind::NotFound => files.open_lock(),
        file => file,
    }
}

/// Writes the holder's name to the lock file. It is used only in messages.
fn sign(mut file: &File) {
    // If this fails, the lock is still effective.
    let _ = file.set_len(0);
    let _ = file.write_all(format!("{} {}\n", std::process::id(), host()).as_bytes());
}

fn holder(path: &Path) -> String {
    let mut text = String::new();
    // The file may be locked but not signed yet, or unreadable.
    let _ = File::open(path).and_then(|file| file.take(300).read_to_string(&mut text));
    match text.trim().split_once(' ') {
        Some((process, host)) => {
            format!("another langfit (process {} on {})", sanitize_line(process), sanitize_line(host))
        }
        None => "another langfit".to_owned(),
    }
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_else(|_| "this computer".to_owned())
}

/// Returns whether the path still leads to the locked file. The previous holder may have removed it in the
/// meantime.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let same =
        |left: &fs::Metadata, right: &fs::Metadata| (left.dev(), left.ino()) == (right.dev(), right.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(ours), Ok(theirs)) if same(&ours, &theirs))
}

#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removing the file is safe while the lock is held. A process that has already opened the file calls
        // `is_at` after locking it. On systems where `is_at` cannot tell, the file is kept.
        if cfg!(unix) && is_at(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
            self.files.tidy();
        }
    }
}
