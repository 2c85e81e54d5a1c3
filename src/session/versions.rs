//! Earlier versions of a session: the content that each run found before its first change, for the last ten
//! runs that changed it. Versions must not be overwritten.

use std::fs::{self, Metadata};
use std::io;
use std::path::PathBuf;

use super::durable_write;
use super::state_folder::StateFiles;

/// Number of versions to keep.
const KEPT: usize = 10;

/// The earlier versions of one session.
#[derive(Debug)]
pub(super) struct Versions<'a>(pub &'a StateFiles);

impl Versions<'_> {
    /// Returns the numbers and paths of the versions, oldest first.
    fn all(&self) -> Vec<(u64, PathBuf)> {
        let numbered =
            |(rest, path): (String, PathBuf)| Some((rest.strip_suffix(".ron")?.parse::<u64>().ok()?, path));
        let mut all: Vec<_> = self.0.list("version-").into_iter().filter_map(numbered).collect();
        all.sort_unstable();
        all
    }

    /// Returns the path of the next version.
    pub fn next(&self) -> PathBuf {
        let last = self.all().last().map_or(0, |(number, _)| *number);
        self.0.path(&format!("version-{}.ron", last.saturating_add(1)))
    }

    /// Keeps a version unless it equals the newest one. Removes the oldest versions in excess of the limit.
    pub fn keep(&self, bytes: &[u8], like: Option<&Metadata>) -> io::Result<()> {
        let all = self.all();
        if all.last().is_some_and(|(_, path)| fs::read(path).is_ok_and(|newest| newest == bytes)) {
            return Ok(());
        }
        self.0.make_folder()?;
        // In a private folder, the mode of the file does not matter.
        let like = like.filter(|_| !self.0.is_private());
        durable_write::replace(&self.next(), bytes, like, || ())?;
        for (_, path) in all.iter().take((all.len() + 1).saturating_sub(KEPT)) {
            // One version too many is better than a failed save.
            let _ = fs::remove_file(path);
        }
        Ok(())
    }
}
