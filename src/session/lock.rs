//! The lock on a session, among what is one person's, held as long as the process lives; must not wait
//! for anybody, and must not be in anybody's way once its process has ended.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::state_folder::StateFiles;
use crate::sanitize::sanitize_line;

/// Whether this process may write a session.
#[derive(Debug)]
pub(super) enum Locking {
    /// Nobody else may.
    Held(#[allow(dead_code, reason = "what counts is that it is held")] Lock),
    /// Another process does; this tells which.
    Taken(String),
    /// There can be no lock here, for this reason, and others would not be noticed.
    Impossible(io::Error),
}

/// A lock that is held. The system ends it with the process, however that ends.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    files: StateFiles,
}

/// Tries to lock a session.
pub(super) fn take(files: &StateFiles) -> Locking {
    /// Times that the file may be removed by its last holder just when it is locked here.
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
        // Somebody else's, left behind; it can be locked all the same.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            File::open(files.path("lock")).map_err(|_| error)
        }
        // Its last holder may have removed the folder as well.
        Err(error) if error.kind() == io::ErrorKind::NotFound => files.open_lock(),
        file => file,
    }
}

/// Says who holds the lock, for the message only.
fn sign(mut file: &File) {
    // A lock without a name is as good.
    let _ = file.set_len(0);
    let _ = file.write_all(format!("{} {}\n", std::process::id(), host()).as_bytes());
}

fn holder(path: &Path) -> String {
    let mut text = String::new();
    // It may just have been locked and not be signed yet.
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

/// Says whether the file that was locked is the one that others would try to lock: its last holder
/// may have removed it in between.
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
        // While it is held nobody else can hold it, and who opened it meanwhile looks again. Where
        // that cannot be found out it stays.
        if cfg!(unix) && is_at(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
            self.files.tidy();
        }
    }
}
