//! Durable saving of one small text file; must not leave a half-written file under its name, nor
//! anything beside it.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use tempfile::NamedTempFile;

use super::{attributes, name_of};

/// How the names of half-written files end.
const NEW: &str = ".new";

/// Replaces the file at `path` by `text`; when this returns, the text survives a power cut.
///
/// Written under a temporary name beside it (made anew, never one that exists), synced, renamed,
/// and the folder synced. A link is followed, so that it stays one. On an error the old file is
/// whole and the temporary one is gone. A file that must not be renamed over is written where it is.
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

/// Writes a file that must not exist yet; on an error there is none.
pub fn save_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    drop(file);
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written.and_then(|()| sync_folder(path))
}

/// Returns where a name leads: links are followed, also to a file that is still to be made.
pub(super) fn resolve(path: &Path) -> PathBuf {
    /// As many links as Linux itself follows.
    const LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = fs::read_link(&target) else { break };
        target = target.parent().map_or_else(|| next.clone(), |folder| folder.join(&next));
    }
    target
}

/// Returns the hidden name beside a file that what belongs to it has.
pub(super) fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".");
    name.push(ending);
    target.with_file_name(name)
}

/// Opens the file that would be replaced, if there is one; an error says in words that follow its
/// name why it must not be replaced.
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
    // Whoever may write the folder could replace a file that is not theirs to write.
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

/// Asked by opening it, which changes nothing.
#[cfg(not(unix))]
fn may_write(target: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(target).map(drop)
}

fn is_refusal(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Replaces a file, or writes it where it is if it has other names or its place is fixed.
fn put(target: &Path, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    if old.is_some_and(has_other_names) {
        return overwrite(target, bytes);
    }
    match replace(target, bytes, old, || ()) {
        Err(error) if old.is_some() && has_fixed_place(&error) => overwrite(target, bytes),
        replaced => replaced,
    }
}

/// Says whether a file has hard links, which a new file in its place would cut.
#[cfg(unix)]
pub(super) fn has_other_names(old: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(old) > 1
}

#[cfg(not(unix))]
pub(super) fn has_other_names(_old: &Metadata) -> bool {
    false
}

/// Says whether a rename failed because no other file can be put in this place, as where a container
/// has a single file from outside.
pub(super) fn has_fixed_place(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices)
}

/// Writes a file where it is and syncs it; on an error the old content is put back if that can be done.
///
/// Until it returns the file may be half old and half new, so that the content must be safe elsewhere.
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

/// Replaces a file by a new one with the mode, the owner and the attributes of the old one, as far as
/// that is possible; `renamed` is called as soon as the new one stands in its place.
///
/// Every attempt writes a file of its own, under a name that nobody else uses: after a sync that
/// failed once, syncing the same file again may wrongly succeed.
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
    // Not through the crate, which would put the name of the temporary file into an error.
    new.as_file_mut().write_all(bytes)?;
    new.as_file().sync_all()?;
    new.persist(target).map_err(|error| error.error)?;
    renamed();
    sync_folder(target)
}

/// Makes the file that will take the place of another one; it goes if it does not.
fn create(target: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    let prefix = beside(target, "");
    let name = prefix.file_name().unwrap_or_default();
    // As any new file: what others may do with it is for the person's mask to say. The crate's own way
    // of opening it would put its name, which tells nobody anything, into errors.
    let open = |path: &Path| OpenOptions::new().read(true).write(true).create_new(true).open(path);
    builder.prefix(name).suffix(NEW).make_in(folder_of(target), open)
}

/// Says in words that follow a file's name why it cannot be written.
pub(super) fn cannot_be_written(target: &Path, error: &io::Error) -> String {
    let folder = folder_of(target);
    if error.kind() == io::ErrorKind::NotFound && !folder.exists() {
        return format!("cannot be written: there is no folder {}", name_of(folder));
    }
    format!("cannot be written: {error}")
}

/// Removes what runs that were killed left half written beside a file.
///
/// Somebody else's that is still being written may be among them: their save fails and is tried again.
pub(super) fn sweep(target: &Path) {
    let prefix = beside(target, "");
    let prefix = prefix.file_name().unwrap_or_default().to_string_lossy();
    let is_random = |middle: &str| !middle.is_empty() && middle.chars().all(char::is_alphanumeric);
    remove_where(folder_of(target), |name| {
        name.strip_prefix(&*prefix).and_then(|rest| rest.strip_suffix(NEW)).is_some_and(is_random)
    });
}

/// The same for all files of a folder in which nobody but langfit writes.
pub(super) fn sweep_folder(folder: &Path) {
    remove_where(folder, |name| name.starts_with('.') && name.ends_with(NEW));
}

fn remove_where(folder: &Path, unwanted: impl Fn(&str) -> bool) {
    for name in names_in(folder) {
        if unwanted(&name.to_string_lossy()) {
            // It is in nobody's way.
            let _ = fs::remove_file(folder.join(name));
        }
    }
}

/// Returns the names in a folder, as far as they can be read.
///
/// The standard library panics where a folder cannot be closed, as on a failing disk.
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

/// Makes the rename itself durable, where the system can.
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
