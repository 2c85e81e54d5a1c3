//! Copies a file's metadata: owner, mode, extended attributes and access lists. Must never give anyone more
//! access than before.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

#[cfg(unix)]
pub(super) use unix::keep;

/// Copies the permissions of the old file to the new one.
#[cfg(not(unix))]
pub(super) fn keep(new: &File, old: &Metadata, _target: &Path) -> io::Result<()> {
    if new.metadata()?.permissions() != old.permissions() {
        new.set_permissions(old.permissions())?;
    }
    Ok(())
}

#[cfg(unix)]
mod unix {
    use std::collections::BTreeSet;
    use std::ffi::OsString;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};

    use xattr::FileExt as _;

    use super::{File, Metadata, Path, io};

    /// The attribute with the access list. If it exists, the group bits of the mode are the list's mask, not
    /// the group's access.
    const ACCESS_LIST: &str = "system.posix_acl_access";

    /// Copies the metadata of the old file at `target` to the new file, as far as possible.
    ///
    /// If the group or the access list cannot be kept, the group gets no more access than others.
    pub(in super::super) fn keep(new: &File, old: &Metadata, target: &Path) -> io::Result<()> {
        // The owner comes first, because changing it clears some mode bits and attributes.
        let has_group = keep_owner(new, old)?;
        let has_list = File::open(target).and_then(|old| keep_attributes(new, &old));
        let mode = old.mode() & 0o7777;
        let kept = if has_group && has_list.unwrap_or(false) { mode } else { limited(mode) };
        if new.metadata()?.mode() & 0o7777 != kept {
            new.set_permissions(std::fs::Permissions::from_mode(kept))?;
        }
        Ok(())
    }

    /// Copies owner and group, as far as permitted. Returns whether the new file has the old group.
    fn keep_owner(new: &File, old: &Metadata) -> io::Result<bool> {
        let made = new.metadata()?;
        if (made.uid(), made.gid()) == (old.uid(), old.gid()) {
            return Ok(true);
        }
        // Only the superuser can change the owner, but the group can often be kept.
        let given = fchown(new, Some(old.uid()), Some(old.gid()));
        Ok(given.is_ok() || made.gid() == old.gid() || fchown(new, None, Some(old.gid())).is_ok())
    }

    /// Copies the extended attributes. Returns whether both files now have the same access list, or both have
    /// none.
    fn keep_attributes(new: &File, old: &File) -> io::Result<bool> {
        let (before, made): (BTreeSet<OsString>, BTreeSet<OsString>) =
            match (old.list_xattr(), new.list_xattr()) {
                (Ok(before), Ok(made)) => (before.collect(), made.collect()),
                // A file system without attributes has no access lists either.
                _ => return Ok(true),
            };
        // The new file may have inherited an access list from its folder.
        for name in made.difference(&before).filter(|name| *name == ACCESS_LIST) {
            new.remove_xattr(name)?;
        }
        let mut has_list = true;
        for name in &before {
            let copied = old.get_xattr(name).and_then(|value| match value {
                Some(value) if new.get_xattr(name).ok().flatten().as_ref() != Some(&value) => {
                    new.set_xattr(name, &value)
                }
                _ => Ok(()),
            });
            // Some attributes are set by the system itself and cannot be copied.
            has_list &= copied.is_ok() || name != ACCESS_LIST;
        }
        Ok(has_list)
    }

    /// Returns the mode with the group's access limited to that of others, and without the setuid, setgid and
    /// sticky bits.
    fn limited(mode: u32) -> u32 {
        let everybody = mode & 0o007;
        (mode & 0o707) | (mode & (everybody << 3))
    }
}
