//! What belongs to a file beside its content: owner, mode, extended attributes and access lists; must
//! never let anybody do more with a file than before.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

#[cfg(unix)]
pub(super) use unix::keep;

/// Gives a new file what the old one has.
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

    /// Where an access list stands among the attributes. With one, the group's bits of the mode are a
    /// limit for all that it names, not what the group may do.
    const ACCESS_LIST: &str = "system.posix_acl_access";

    /// Gives a new file what the old one at `target` has, as far as that is possible.
    ///
    /// Where the group or the access list cannot be kept, the group may do what everybody may.
    pub(in super::super) fn keep(new: &File, old: &Metadata, target: &Path) -> io::Result<()> {
        // The owner first, for a change of owner takes modes and attributes away.
        let has_group = keep_owner(new, old)?;
        let has_list = File::open(target).and_then(|old| keep_attributes(new, &old));
        let mode = old.mode() & 0o7777;
        let kept = if has_group && has_list.unwrap_or(false) { mode } else { limited(mode) };
        if new.metadata()?.mode() & 0o7777 != kept {
            new.set_permissions(std::fs::Permissions::from_mode(kept))?;
        }
        Ok(())
    }

    /// Says whether the new file has the old one's group.
    fn keep_owner(new: &File, old: &Metadata) -> io::Result<bool> {
        let made = new.metadata()?;
        if (made.uid(), made.gid()) == (old.uid(), old.gid()) {
            return Ok(true);
        }
        // Only the superuser may give a file away, but its group can often be kept.
        let given = fchown(new, Some(old.uid()), Some(old.gid()));
        Ok(given.is_ok() || made.gid() == old.gid() || fchown(new, None, Some(old.gid())).is_ok())
    }

    /// Says whether the new file has the old one's access list, or like it none.
    fn keep_attributes(new: &File, old: &File) -> io::Result<bool> {
        let (before, made): (BTreeSet<OsString>, BTreeSet<OsString>) =
            match (old.list_xattr(), new.list_xattr()) {
                (Ok(before), Ok(made)) => (before.collect(), made.collect()),
                // A file system without attributes has no access lists either.
                _ => return Ok(true),
            };
        // The folder may hand an access list down to all files that are made in it.
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
            // Some belong to the system, which sets them itself.
            has_list &= copied.is_ok() || name != ACCESS_LIST;
        }
        Ok(has_list)
    }

    /// A mode in which the group may do no more than everybody, and nobody becomes somebody else.
    fn limited(mode: u32) -> u32 {
        let everybody = mode & 0o007;
        (mode & 0o707) | (mode & (everybody << 3))
    }
}
