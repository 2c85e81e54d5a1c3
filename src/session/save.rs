//! Durable saving of one small text file; must not leave a half-written file under its name, nor
//! anything beside it.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::name_of;

/// Replaces the file at `path` by `text`; when this returns, the text survives a power cut.
///
/// Written under a temporary name beside it (made anew, never one that exists), synced, renamed,
/// and the folder synced. A link is followed, so that it stays one. On an error the old file is
/// whole and the temporary one is gone.
pub fn save(path: &Path, text: &str) -> Result<()> {
    let target = resolve(path);
    let name = name_of(path);
    let old = match look(&target) {
        Ok(old) => old.map(|(_, metadata)| metadata),
        Err(reason) => bail!("{name} {reason}"),
    };
    replace(&beside(&target, "new"), &target, text.as_bytes(), old.as_ref(), || ())
        .with_context(|| format!("{name} cannot be written"))
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

/// Replaces a file, with the mode and, if possible, the owner of the old one; `renamed` is called as
/// soon as the new one stands in its place.
///
/// Every attempt writes a file of its own: after a sync that failed once, syncing the same file again
/// may wrongly succeed.
pub(super) fn replace(
    temporary: &Path,
    target: &Path,
    bytes: &[u8],
    old: Option<&Metadata>,
    renamed: impl FnOnce(),
) -> io::Result<()> {
    let written = write(temporary, bytes, old).and_then(|()| fs::rename(temporary, target));
    if written.is_err() {
        let _ = fs::remove_file(temporary);
    }
    written?;
    renamed();
    sync_folder(target)
}

fn write(temporary: &Path, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    let mut file = create(temporary)?;
    if let Some(old) = old {
        // The owner first, for a change of owner may take modes away.
        keep_owner(&file, old);
        if file.metadata()?.permissions() != old.permissions() {
            file.set_permissions(old.permissions())?;
        }
    }
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};

    let Ok(new) = file.metadata() else { return };
    if (new.uid(), new.gid()) != (old.uid(), old.gid())
        && fchown(file, Some(old.uid()), Some(old.gid())).is_err()
    {
        // Only the superuser may give a file away, but its group can often be kept.
        let _ = fchown(file, None, Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _old: &Metadata) {}

fn create(temporary: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    match options.open(temporary) {
        // Left behind by a run that was killed between creating and renaming.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(temporary)?;
            options.open(temporary)
        }
        opened => opened,
    }
}

/// Makes the rename itself durable, where the system can.
fn sync_folder(target: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match File::open(folder)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => {
            Ok(())
        }
        synced => synced,
    }
}
