//! Lists the files to check for a path on the command line.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::sessions::Rechecked;
use crate::commands::record_files::is_document;
use crate::sanitize::sanitize_line;
use crate::session::name_of;

/// A file to check.
pub(super) struct WalkedFile {
    pub path: PathBuf,
    /// Whether the file itself was given on the command line, rather than a folder above it.
    pub is_named: bool,
}

/// Returns the file itself, or the files below a folder that may be sessions or records, ordered by name.
///
/// Skips hidden files, files ignored by git, links to folders, and the contents of `node_modules`.
pub(super) fn files(path: &Path) -> Box<dyn Iterator<Item = Result<WalkedFile, Rechecked>>> {
    if path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        let file = name_of(path);
        let error = sanitize_line(&format!("{file}: no such file or folder; check the name"));
        return Box::new(std::iter::once(Err(Rechecked::Bad { file, error })));
    }
    if !path.is_dir() {
        return Box::new(std::iter::once(Ok(WalkedFile { path: path.to_owned(), is_named: true })));
    }
    let mut walk = WalkBuilder::new(path);
    walk.sort_by_file_name(Ord::cmp);
    walk.filter_entry(|entry| entry.depth() == 0 || entry.file_name() != "node_modules");
    let file = |entry: Result<DirEntry, ignore::Error>| match entry {
        Ok(entry) if is_wanted(entry.path()) => {
            Some(Ok(WalkedFile { path: entry.into_path(), is_named: false }))
        }
        Ok(_) => None,
        Err(error) => Some(Err(unlisted(&error))),
    };
    Box::new(walk.build().filter_map(file))
}

fn is_wanted(path: &Path) -> bool {
    let is_wanted = path.extension().is_some_and(|it| it == "ron") || is_document(path);
    is_wanted && !path.is_dir()
}

/// Returns the result for a folder that cannot be listed.
fn unlisted(error: &ignore::Error) -> Rechecked {
    let file = path_of(error).map_or_else(String::new, name_of);
    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    let error = sanitize_line(&format!("{file}: cannot be listed: {reason}"));
    Rechecked::Bad { file, error }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
