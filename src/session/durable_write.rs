//! Saves one small text file durably. Must not leave a temporary file behind. Must not leave a half-written
//! file either, unless the file can only be overwritten in place.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use tempfile::NamedTempFile;

use super::{attributes, name_of};

/// Suffix of temporary files.
const NEW: &str = ".new";

/// Replaces the content of the file at `path` with `text`. Once this succeeds, the text survives a power cut.
///
/// Writes and syncs a temporary file next to the old one, renames it and syncs the folder. If this fails before
/// the rename, the old file is intact and the temporary file is removed. A symbolic link is followed, so that
/// it stays a link. A file that has other hard links or cannot be renamed over is overwritten in place.
pub fn save(path: &Path, text: &str) -> Result<()> {
    let target = resolve(path);
    let name = name_of(path);
    let old = match look(&target) {
        Ok(old) => old.map(|(_, metadata)| metadata),
        Err(reason) => bail!("{name} {reason}"),
    };
    put(&target, text.as_bytes(), old.as_ref())
        .map_err(|error| anyhow!("{name} {}", cannot_be_written(&target, &error)))
}

/// Creates a file, which must not exist yet. If writing it fails, removes it.
pub fn save_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    drop(file);
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written.and_then(|()| sync_folder(path))
}

/// Follows symbolic links, even to a file that does not exist yet.
pub(super) fn resolve(path: &Path) -> PathBuf {
    /// The same limit as in Linux.
    const LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = fs::read_link(&target) else { break };
        target = target.parent().map_or_else(|| next.clone(), |folder| folder.join(&next));
    }
    target
}

/// Returns the path of a hidden file next to `target` that holds state for it. The name ends in `ending`.
pub(super) fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".");
    name.push(ending);
    target.with_file_name(name)
}

/// Opens the file to be replaced, if there is one. The error says why the file must not be replaced, worded
/// to follow its name.
pub(super) fn look(target: &Path) -> Result<Option<(File, Metadata)>, String> {
    let unwritable = |error: io::Error| format!("cannot be written: {error}");
    let metadata = match fs::metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        metadata => metadata.map_err(unwritable)?,
    };
    if !metadata.is_file() {
        return Err("is not a regular file".to_owned());
    }
    if metadata.permissions().readonly() {
        return Err("is read-only".to_owned());
    }
    // A rename needs write access only to the folder, so write access to the file is checked separately.
    match may_write(target).and_then(|()| File::open(target)) {
        Err(error) if is_refusal(&error) => Err("is read-only".to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        file => file.map(|file| Some((file, metadata))).map_err(unwritable),
    }
}

#[cfg(unix)]
fn may_write(target: &Path) -> io::Result<()> {
    use rustix::fs::{Access, AtFlags, CWD, accessat};

    Ok(accessat(CWD, target, Access::WRITE_OK, AtFlags::EACCESS)?)
}

/// Checks write access by opening the file, which does not change it.
#[cfg(not(unix))]
fn may_write(target: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(target).map(drop)
}

fn is_refusal(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Replaces a file. Overwrites it in place if it has other hard links or cannot be renamed over.
fn put(target: &Path, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    if old.is_some_and(has_other_names) {
        return overwrite(target, bytes);
    }
    match replace(target, bytes, old, || ()) {
        Err(error) if old.is_some() && has_fixed_place(&error) => overwrite(target, bytes),
        replaced => replaced,
    }
}

/// Returns whether the file has several hard links, which a replacement would break.
#[cfg(unix)]
pub(super) fn has_other_names(old: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(old) > 1
}

#[cfg(not(unix))]
pub(super) fn has_other_names(_old: &Metadata) -> bool {
    false
}

/// Returns whether a rename failed because the file cannot be replaced, such as a single file mounted into a
/// container.
pub(super) fn has_fixed_place(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices)
}

/// Overwrites a file in place and syncs it. On an error, tries to restore the old content.
///
/// Until this returns, the file may be half old and half new. If the content must not be lost, the caller
/// stores a copy elsewhere first.
pub(super) fn overwrite(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let before = fs::read(target)?;
    let mut file = OpenOptions::new().write(true).open(target)?;
    let written = fill(&mut file, bytes);
    if written.is_err() {
        let _ = fill(&mut file, &before);
    }
    written
}

fn fill(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

/// Replaces a file with a new one that has the same mode, owner and attributes, as far as possible. Calls
/// `renamed` immediately after the rename.
///
/// Every attempt writes to a new file with a unique name, because after a failed fsync, syncing the same file
/// again may wrongly succeed.
pub(super) fn replace(
    target: &Path,
    bytes: &[u8],
    old: Option<&Metadata>,
    renamed: impl FnOnce(),
) -> io::Result<()> {
    let mut new = create(target)?;
    if let Some(old) = old {
        attributes::keep(new.as_file(), old, target)?;
    }
    // The writer of `tempfile` would put the name of the temporary file into errors.
    new.as_file_mut().write_all(bytes)?;
    new.as_file().sync_all()?;
    let path = new.into_temp_path();
    // On Windows, only this rename, and not the one of `tempfile`, replaces a file that is open elsewhere.
    fs::rename(&path, target)?;
    // The temporary name is no longer in use, so there is nothing to remove.
    let _ = path.keep();
    renamed();
    sync_folder(target)
}

/// Creates the temporary file, which is removed unless it replaces the target.
fn create(target: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    let prefix = beside(target, "");
    let name = prefix.file_name().unwrap_or_default();
    // Opened this way for two reasons. The umask determines the access of others, as for any new file. Errors
    // do not contain the name of the temporary file, as they would if `tempfile` opened it.
    let open = |path: &Path| OpenOptions::new().read(true).write(true).create_new(true).open(path);
    builder.prefix(name).suffix(NEW).make_in(folder_of(target), open)
}

/// Returns why a file cannot be written, worded to follow its name.
pub(super) fn cannot_be_written(target: &Path, error: &io::Error) -> String {
    let folder = folder_of(target);
    if error.kind() == io::ErrorKind::NotFound && !folder.exists() {
        return format!("cannot be written: no folder {}", name_of(folder));
    }
    format!("cannot be written: {error}")
}

/// Removes temporary files that killed processes left next to a file.
///
/// This may remove a file that another process is still writing. That process then fails to save and tries
/// again.
pub(super) fn sweep(target: &Path) {
    let prefix = beside(target, "");
    let prefix = prefix.file_name().unwrap_or_default().to_string_lossy();
    let is_random = |middle: &str| !middle.is_empty() && middle.chars().all(char::is_alphanumeric);
    remove_where(folder_of(target), |name| {
        name.strip_prefix(&*prefix).and_then(|rest| rest.strip_suffix(NEW)).is_some_and(is_random)
    });
}

/// Removes all temporary files in a folder that only langfit uses.
pub(super) fn sweep_folder(folder: &Path) {
    remove_where(folder, |name| name.starts_with('.') && name.ends_with(NEW));
}

fn remove_where(folder: &Path, unwanted: impl Fn(&str) -> bool) {
    for name in names_in(folder) {
        if unwanted(&name.to_string_lossy()) {
            // A remaining file does no harm.
            let _ = fs::remove_file(folder.join(name));
        }
    }
}

/// Returns the names in a folder, as far as they can be read.
///
/// Avoids the standard library, which panics if a folder cannot be closed, as on a failing disk.
#[cfg(unix)]
pub(super) fn names_in(folder: &Path) -> Vec<OsString> {
    use std::os::unix::ffi::OsStringExt as _;

    let opened =
        File::open(folder).map_err(|_| ()).and_then(|file| rustix::fs::Dir::new(file).map_err(|_| ()));
    let entries = opened.into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| OsString::from_vec(entry.file_name().to_bytes().to_vec())).collect()
}

/// Returns the names in a folder, as far as they can be read.
#[cfg(not(unix))]
pub(super) fn names_in(folder: &Path) -> Vec<OsString> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| entry.file_name()).collect()
}

pub(super) fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the rename itself durable, if the system supports it.
fn sync_folder(target: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(folder_of(target))?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => {
            Ok(())
        }
        synced => synced,
    }
}
