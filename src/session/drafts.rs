//! Texts that were given to an external editor. Must not lose what the editor wrote. Some editors return
//! immediately and write later, others are killed after writing. The files are therefore kept for seven days.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::xxh3_64;

use super::state_folder::StateFiles;
use crate::sanitize::sanitize;
use crate::source::TEXT as LONGEST;

/// How long a file is kept after it was last written.
const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Prefix of a draft's file name, followed by the name of the text.
const BEGINNING: &str = "draft-";
/// Suffix of a draft's file name.
const TEXT: &str = ".md";
/// Suffix of a file with two fingerprints: of the draft as last seen, and of the program's text at that time.
const SEEN: &str = ".seen";
/// Prefix of copies of edits that were not taken.
const ASIDE: &str = "late-";

/// What an editor wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// The new text.
    Text(String),
    /// Not taken, because the program's text changed after the editor got it. The edit is kept in this file.
    Outdated(PathBuf),
    /// An empty text in this file, which was not taken.
    Nothing(PathBuf),
    /// Not UTF-8. The edit is kept in this file.
    NoText(PathBuf),
}

/// The files with the texts of one session that were given to an editor.
#[derive(Debug, Clone)]
pub struct Drafts {
    files: StateFiles,
    /// Part of the file names that tells apart two processes with the same session open. Empty if the process
    /// holds the lock.
    own: String,
}

impl Drafts {
    pub(super) fn of(files: &StateFiles, is_alone: bool) -> Self {
        let own = if is_alone { String::new() } else { format!(".{}", std::process::id()) };
        Self { files: files.clone(), own }
    }

    fn path(&self, name: &str, ending: &str) -> PathBuf {
        self.files.path(&format!("{BEGINNING}{name}{}{ending}", self.own))
    }

    /// Writes a text to a file for an editor and returns the path.
    pub fn lend(&self, name: &str, text: &str) -> io::Result<PathBuf> {
        let path = self.path(name, TEXT);
        self.files.make_folder()?;
        let bytes = format!("{text}\n");
        self.see(name, bytes.as_bytes(), text)?;
        fs::write(&path, bytes)?;
        Ok(path)
    }

    /// Takes what the editor wrote before it returned. Returns `None` if the file is unchanged.
    pub fn take(&self, name: &str) -> io::Result<Option<Written>> {
        let bytes = fs::read(self.path(name, TEXT))?;
        if self.seen(name).0 == fingerprint(&bytes) {
            return Ok(None);
        }
        let text = text_of(&bytes);
        self.see(name, &bytes, text.as_deref().unwrap_or_default())?;
        Ok(Some(text.map_or_else(|| Written::NoText(self.path(name, TEXT)), Written::Text)))
    }

    /// Takes what an editor wrote after it had returned. If the program's text has changed since, the edit is
    /// copied to another file instead. An empty text is only reported, so that a late edit cannot clear a
    /// text unnoticed.
    pub fn take_late(&self, name: &str, now: Option<&str>) -> io::Result<Option<Written>> {
        let bytes = fs::read(self.path(name, TEXT))?;
        let (seen, lent) = self.seen(name);
        let text = text_of(&bytes);
        if seen == fingerprint(&bytes) {
            return Ok(None);
        }
        let written = match (text, now) {
            (None, _) => Written::NoText(self.keep_aside(name)),
            (Some(text), Some(now)) if text == now => {
                self.see(name, &bytes, now)?;
                return Ok(None);
            }
            (Some(text), _) if text.trim().is_empty() => Written::Nothing(self.path(name, TEXT)),
            (Some(text), Some(now)) if lent == fingerprint(now.as_bytes()) => {
                self.see(name, &bytes, &text)?;
                return Ok(Some(Written::Text(text)));
            }
            (Some(_), _) => Written::Outdated(self.keep_aside(name)),
        };
        // The edit is reported only once. The fingerprint of the text that the editor got stays the same.
        fs::write(self.path(name, SEEN), format!("{}\n{lent}\n", fingerprint(&bytes)))?;
        Ok(Some(written))
    }

    /// Takes everything that editors wrote late. `now` returns the program's text for a name.
    pub fn take_all_late(&self, now: impl Fn(&str) -> Option<String>) -> Vec<(String, Written)> {
        let mut names: Vec<String> = self
            .files
            .list(BEGINNING)
            .into_iter()
            .filter_map(|(rest, _)| Some(rest.strip_suffix(TEXT)?.to_owned()))
            .collect();
        names.sort_unstable();
        let taken = names.into_iter().filter_map(|name| {
            let written = self.take_late(&name, now(&name).as_deref()).ok().flatten()?;
            Some((name, written))
        });
        taken.collect()
    }

    /// Copies what an editor wrote, because the next draft will overwrite it. Returns the path of the copy.
    fn keep_aside(&self, name: &str) -> PathBuf {
        /// Maximum number of copies per name.
        const MOST: usize = 99;
        let path = self.path(name, TEXT);
        let free = (1..=MOST).map(|number| self.files.path(&format!("{ASIDE}{name}-{number}{TEXT}")));
        let free = free.into_iter().find(|aside| !aside.exists());
        // If no name is free or copying fails, the edit stays where it is.
        free.filter(|aside| fs::copy(&path, aside).is_ok()).unwrap_or(path)
    }

    /// Removes drafts and copies that were not written to in the last seven days.
    pub fn sweep(&self) {
        for (_, path) in self.files.list(ASIDE).into_iter().filter(|(_, path)| !is_recent(path)) {
            let _ = fs::remove_file(path);
        }
        for (rest, path) in self.files.list(BEGINNING) {
            let text = match rest.strip_suffix(SEEN) {
                Some(name) => self.files.path(&format!("{BEGINNING}{name}{TEXT}")),
                None => path.clone(),
            };
            if !is_recent(&text) {
                // If this fails, the next start tries again.
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Stores the fingerprints of the file's content and of the program's text.
    fn see(&self, name: &str, bytes: &[u8], text: &str) -> io::Result<()> {
        // The program cuts off longer text when it takes an edit.
        let kept: String = text.chars().take(LONGEST).collect();
        fs::write(
            self.path(name, SEEN),
            format!("{}\n{}\n", fingerprint(bytes), fingerprint(kept.as_bytes())),
        )
    }

    /// Returns the stored fingerprints; empty if there are none.
    fn seen(&self, name: &str) -> (String, String) {
        let seen = fs::read_to_string(self.path(name, SEEN)).unwrap_or_default();
        let mut lines = seen.lines().map(|line| line.trim().to_owned());
        (lines.next().unwrap_or_default(), lines.next().unwrap_or_default())
    }
}

/// Decodes and sanitizes what an editor wrote, without the line break that editors add at the end. Returns
/// `None` if it is not UTF-8.
fn text_of(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    // Some editors put a byte order mark first.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Some(sanitize(text).replace('\t', "    "))
}

fn fingerprint(bytes: &[u8]) -> String {
    format!("{:016x}", xxh3_64(bytes))
}

/// Returns whether the file was written to in the last seven days. A time in the future counts as recent.
fn is_recent(path: &Path) -> bool {
    let written = fs::metadata(path).and_then(|metadata| metadata.modified());
    written.is_ok_and(|written| {
        SystemTime::now().duration_since(written).is_ok_and(|age| age < KEPT) || written > SystemTime::now()
    })
}
