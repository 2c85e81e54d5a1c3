//! Durable saving of one small text file; must not leave a half-written file under its name.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
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
    if let Ok(metadata) = fs::metadata(&target) {
        if !metadata.is_file() {
            bail!("{name} is not a regular file");
        }
        if metadata.permissions().readonly() {
            bail!("{name} is read-only");
        }
    }
    let temporary = beside(&target);
    let written = write(&temporary, &target, text);
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written.with_context(|| format!("{name} cannot be written"))
}

fn resolve(path: &Path) -> PathBuf {
    /// As many links as Linux itself follows.
    const LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = fs::read_link(&target) else { break };
        target = target.parent().map_or_else(|| next.clone(), |folder| folder.join(&next));
    }
    target
}

fn beside(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".new");
    target.with_file_name(name)
}

fn write(temporary: &Path, target: &Path, text: &str) -> io::Result<()> {
    let mut file = create(temporary)?;
    if let Ok(metadata) = fs::metadata(target) {
        file.set_permissions(metadata.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    drop(file);
    fs::rename(temporary, target)?;
    sync_folder(target)
}

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
