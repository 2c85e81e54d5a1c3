//! Earlier versions of a session: as each run found it before its first change, the last ten; must not
//! be written over.

use std::fs::{self, Metadata};
use std::io;
use std::path::PathBuf;

use super::durable_write;
use super::state_folder::StateFiles;

/// Versions that are kept.
const KEPT: usize = 10;

/// The earlier versions of one session.
#[derive(Debug)]
pub(super) struct Versions<'a>(pub &'a StateFiles);

impl Versions<'_> {
    /// Returns the paths, oldest first, with their numbers.
    fn all(&self) -> Vec<(u64, PathBuf)> {
        let numbered =
            |(rest, path): (String, PathBuf)| Some((rest.strip_suffix(".ron")?.parse::<u64>().ok()?, path));
        let mut all: Vec<_> = self.0.list("version-").into_iter().filter_map(numbered).collect();
        all.sort_unstable();
        all
    }

    /// Returns where the next one goes.
    pub fn next(&self) -> PathBuf {
        let last = self.all().last().map_or(0, |(number, _)| *number);
        self.0.path(&format!("version-{}.ron", last.saturating_add(1)))
    }

    /// Keeps a version, unless it is the newest one already, and lets the oldest ones go.
    pub fn keep(&self, bytes: &[u8], like: Option<&Metadata>) -> io::Result<()> {
        let all = self.all();
        if all.last().is_some_and(|(_, path)| fs::read(path).is_ok_and(|newest| newest == bytes)) {
            return Ok(());
        }
        self.0.make_folder()?;
        // In a folder of one's own nobody has to be kept out or let in.
        let like = like.filter(|_| !self.0.is_private());
        durable_write::replace(&self.next(), bytes, like, || ())?;
        for (_, path) in all.iter().take((all.len() + 1).saturating_sub(KEPT)) {
            // One too many is better than a save that fails.
            let _ = fs::remove_file(path);
        }
        Ok(())
    }
}
