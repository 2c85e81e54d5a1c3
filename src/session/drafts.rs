//! Texts that were given to a person's own editor. Their files stay for seven days: some editors return
//! at once and write later, others are killed after they wrote; must not lose what either wrote.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::xxh3_64;

use super::state_folder::StateFiles;
use crate::sanitize::sanitize;
use crate::source::TEXT as LONGEST;

/// How long a file stays after it was written last.
const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// What files are called, before and behind the name of the text.
const BEGINNING: &str = "draft-";
const TEXT: &str = ".md";
/// The file beside it that tells which content was seen last, and which text the program had then.
const SEEN: &str = ".seen";
/// How the names begin of what an editor wrote that was not taken.
const ASIDE: &str = "late-";

/// What an editor wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// The text that takes the place of the one before.
    Text(String),
    /// Not taken, for the text changed since the editor had it; this file keeps it.
    Outdated(PathBuf),
    /// Nothing, in this file.
    Nothing(PathBuf),
    /// Something that is no text; this file keeps it.
    NoText(PathBuf),
}

/// The texts of one session.
#[derive(Debug, Clone)]
pub struct Drafts {
    files: StateFiles,
    /// Keeps the texts of two programs apart that have the same session open.
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

    /// Writes a text for an editor and returns its file.
    pub fn lend(&self, name: &str, text: &str) -> io::Result<PathBuf> {
        let path = self.path(name, TEXT);
        self.files.make_folder()?;
        let bytes = format!("{text}\n");
        self.see(name, bytes.as_bytes(), text)?;
        fs::write(&path, bytes)?;
        Ok(path)
    }

    /// Takes what an editor that was waited for wrote, if it wrote anything.
    pub fn take(&self, name: &str) -> io::Result<Option<Written>> {
        let bytes = fs::read(self.path(name, TEXT))?;
        if self.seen(name).0 == fingerprint(&bytes) {
            return Ok(None);
        }
        let text = text_of(&bytes);
        self.see(name, &bytes, text.as_deref().unwrap_or_default())?;
        Ok(Some(text.map_or_else(|| Written::NoText(self.path(name, TEXT)), Written::Text)))
    }

    /// Takes what an editor wrote later, unless the text that is there `now` is another one than the
    /// editor had: then that is kept aside. Emptying a text is left to those who are looking.
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
        // It was told once; what the editor had stays what it had.
        fs::write(self.path(name, SEEN), format!("{}\n{lent}\n", fingerprint(&bytes)))?;
        Ok(Some(written))
    }

    /// Takes all that was written later, each beside the text that `now` has under its name.
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

    /// Copies what an editor wrote, because the next text that is lent takes its place; returns where it
    /// is now.
    fn keep_aside(&self, name: &str) -> PathBuf {
        /// More than these are looked at by nobody.
        const MOST: usize = 99;
        let path = self.path(name, TEXT);
        let free = (1..=MOST).map(|number| self.files.path(&format!("{ASIDE}{name}-{number}{TEXT}")));
        let free = free.into_iter().find(|aside| !aside.exists());
        // Where there is no room it stays where it is.
        free.filter(|aside| fs::copy(&path, aside).is_ok()).unwrap_or(path)
    }

    /// Removes the files that nobody has written for seven days.
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
                // It is looked at again at the next start.
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Notes the content of the file, and the text that the program has with it.
    fn see(&self, name: &str, bytes: &[u8], text: &str) -> io::Result<()> {
        // A longer one is cut when it is taken.
        let kept: String = text.chars().take(LONGEST).collect();
        fs::write(
            self.path(name, SEEN),
            format!("{}\n{}\n", fingerprint(bytes), fingerprint(kept.as_bytes())),
        )
    }

    /// Returns what was noted.
    fn seen(&self, name: &str) -> (String, String) {
        let seen = fs::read_to_string(self.path(name, SEEN)).unwrap_or_default();
        let mut lines = seen.lines().map(|line| line.trim().to_owned());
        (lines.next().unwrap_or_default(), lines.next().unwrap_or_default())
    }
}

/// Returns what an editor wrote as the program keeps it, if it is text: editors end the last line as
/// they end every other.
fn text_of(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Some(sanitize(text).replace('\t', "    "))
}

fn fingerprint(bytes: &[u8]) -> String {
    format!("{:016x}", xxh3_64(bytes))
}

/// Says whether a file is there and was written within seven days; one from the future was.
fn is_recent(path: &Path) -> bool {
    let written = fs::metadata(path).and_then(|metadata| metadata.modified());
    written.is_ok_and(|written| {
        SystemTime::now().duration_since(written).is_ok_and(|age| age < KEPT) || written > SystemTime::now()
    })
}
