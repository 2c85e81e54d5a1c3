//! Texts that were given to a person's own editor. Their files stay for seven days: some editors return
//! at once and write later, others are killed after they wrote; must not lose what either wrote.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::xxh3_64;

use super::personal::Personal;

/// How long a file stays after it was written last.
const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// What files are called, before and behind the name of the text.
const BEGINNING: &str = "draft-";
const TEXT: &str = ".md";
/// The file beside it that tells which content was seen last.
const SEEN: &str = ".seen";

/// The texts of one session.
#[derive(Debug, Clone)]
pub struct Drafts {
    personal: Personal,
    /// Keeps the texts of two programs apart that have the same session open.
    own: String,
}

impl Drafts {
    pub(super) fn of(personal: &Personal, is_alone: bool) -> Self {
        let own = if is_alone { String::new() } else { format!(".{}", std::process::id()) };
        Self { personal: personal.clone(), own }
    }

    fn path(&self, name: &str, ending: &str) -> PathBuf {
        self.personal.path(&format!("{BEGINNING}{name}{}{ending}", self.own))
    }

    /// Writes a text for an editor and returns its file.
    pub fn lend(&self, name: &str, text: &str) -> io::Result<PathBuf> {
        let path = self.path(name, TEXT);
        self.personal.make_folder()?;
        self.see(name, text.as_bytes())?;
        fs::write(&path, text)?;
        Ok(path)
    }

    /// Returns the content of a text's file if it was written since it was lent or taken last.
    pub fn take(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let bytes = fs::read(self.path(name, TEXT))?;
        let seen = fs::read_to_string(self.path(name, SEEN)).unwrap_or_default();
        if seen.trim() == print(&bytes) {
            return Ok(None);
        }
        self.see(name, &bytes)?;
        Ok(Some(bytes))
    }

    /// Takes all that was written since it was lent or taken last: names, files and contents.
    pub fn take_all(&self) -> Vec<(String, PathBuf, Vec<u8>)> {
        let mut names: Vec<String> = self
            .personal
            .list(BEGINNING)
            .into_iter()
            .filter_map(|(rest, _)| Some(rest.strip_suffix(TEXT)?.to_owned()))
            .collect();
        names.sort_unstable();
        let taken = names.into_iter().filter_map(|name| {
            let bytes = self.take(&name).ok().flatten()?;
            let path = self.path(&name, TEXT);
            Some((name, path, bytes))
        });
        taken.collect()
    }

    /// Removes the files that nobody has written for seven days.
    pub fn sweep(&self) {
        for (rest, path) in self.personal.list(BEGINNING) {
            let text = match rest.strip_suffix(SEEN) {
                Some(name) => self.personal.path(&format!("{BEGINNING}{name}{TEXT}")),
                None => path.clone(),
            };
            if !is_recent(&text) {
                // It is looked at again at the next start.
                let _ = fs::remove_file(path);
            }
        }
    }

    fn see(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::write(self.path(name, SEEN), print(bytes) + "\n")
    }
}

fn print(bytes: &[u8]) -> String {
    format!("{:016x}", xxh3_64(bytes))
}

/// Says whether a file is there and was written within seven days; one from the future was.
fn is_recent(path: &Path) -> bool {
    let written = fs::metadata(path).and_then(|metadata| metadata.modified());
    written.is_ok_and(|written| {
        SystemTime::now().duration_since(written).is_ok_and(|age| age < KEPT) || written > SystemTime::now()
    })
}
