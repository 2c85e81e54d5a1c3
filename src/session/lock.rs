//! The lock on a session, part of the per-user state and held until the process ends. Must not wait for
//! another process, and must not block one after this process has ended.

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

/// A held lock. The system releases it when the process ends, for any reason.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    files: StateFiles,
}

/// Tries to lock a session.
pub(super) fn take(files: &StateFiles) -> Locking {
    /// Maximum number of attempts. The last holder may remove the file while it is being locked here.
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
        // The file was left by another user. It can be locked without write access.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            File::open(files.path("lock")).map_err(|_| error)
        }
        // The last holder may have removed the folder too.
        Err(error) if error.kind() == io::ErrorKind::NotFound => files.open_lock(),
        file => file,
    }
}

/// Writes who holds the lock, which is used only in messages.
fn sign(mut file: &File) {
    // The lock works without this text.
    let _ = file.set_len(0);
    let _ = file.write_all(format!("{} {}\n", std::process::id(), host()).as_bytes());
}

fn holder(path: &Path) -> String {
    let mut text = String::new();
    // The file may be locked but not signed yet.
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

/// Returns whether the path still leads to the locked file. The last holder may have removed it in the
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
        // While the lock is held, no other process can hold it, and a process that has opened the file checks
        // again. Where that check is impossible, the file is kept.
        if cfg!(unix) && is_at(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
            self.files.tidy();
        }
    }
}
