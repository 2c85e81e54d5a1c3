//! Marks the record that a new one supersedes. Must not change anything in it except the status.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::destination::Destination;
use crate::commands::record_files::{RecordFile, lossy};
use crate::record::{
    self, Dialect, RecordLink, RecordName, Relation, RelationKind, Superseding, heading, supersede,
};
use crate::sanitize::sanitize_line;
use crate::session::{self, name_of};
use crate::source;

/// A superseded record.
pub struct Superseded<'a> {
    path: &'a Path,
    /// The title, including the number if the new record's dialect shows numbers in titles.
    title: String,
    /// The full text as it was read. Only its status may change.
    text: String,
}

impl<'a> Superseded<'a> {
    /// Reads a record. Fails if it has no title.
    pub fn read(path: &'a Path, dialect: Dialect) -> Result<Self> {
        let name = name_of(path);
        let (_, bytes) = source::read_with_bytes(path)?;
        let text = String::from_utf8(bytes).with_context(|| format!("{name}: is not UTF-8 text"))?;
        let Some(title) = heading(&text) else {
            bail!("{name}: has no title; give it a first line such as \"# 3. Title\"");
        };
        let number = file_name(path).number();
        let title = match (dialect, number) {
            (Dialect::Nygard, Some(number)) if !is_numbered(&title) => format!("{number}. {title}"),
            _ => title,
        };
        Ok(Self { path, title, text })
    }

    /// Returns the link to this record, relative to the new record.
    pub fn link(&self, target: Option<&Path>) -> RecordLink {
        let name = file_name(self.path);
        let file = target.and_then(|target| relative(target, self.path)).unwrap_or(name.file);
        RecordLink { number: name.digits, title: self.title.clone(), stem: name.stem, file }
    }

    /// Updates the status of the old record, if possible. Returns a message about what was done or is left to
    /// do, or `None` if the status is already correct.
    pub fn tell(&self, destination: &Destination, title: &str) -> Option<String> {
        let name = name_of(self.path);
        let by = self.successor(destination, title);
        let said = match supersede(&self.text, &by) {
            Superseding::Already => return None,
            Superseding::ByHand { why, line } => format!("{name}: {why}; {}", shown(&line)),
            Superseding::Replaced { line, .. } if destination.path.is_none() => {
                format!("{name}: after the new record is written, {}", shown(&line))
            }
            Superseding::Replaced { text, line } => match self.replace(&text) {
                Ok(()) => format!("{name}: status changed to superseded"),
                Err(error) => format!("{}; {}", sanitize_line(&format!("{error:#}")), shown(&line)),
            },
        };
        Some(said)
    }

    fn successor(&self, destination: &Destination, title: &str) -> RecordLink {
        let new = destination.path.clone().unwrap_or_else(|| self.path.with_file_name(&destination.name));
        let name = file_name(&new);
        let file = relative(self.path, &new).unwrap_or_else(|| name.file.clone());
        RecordLink { number: name.digits, title: title.to_owned(), stem: name.stem, file }
    }

    fn replace(&self, text: &str) -> Result<()> {
        let name = name_of(self.path);
        let now = fs::read(self.path).with_context(|| format!("{name}: cannot be read"))?;
        if now != self.text.as_bytes() {
            bail!("{name}: was changed by another program");
        }
        session::save(self.path, text)
    }
}

/// Returns the records that the file says it supersedes, unless it is the record of another session.
pub fn kept(file: &Path, session: &str) -> Vec<RecordLink> {
    let found =
        RecordFile::read(file.to_owned()).filter(|it| it.content.session.is_none() || it.is_of(session));
    let relations = found.map(|it| it.content.relations).unwrap_or_default();
    let link = |relation: Relation| match (relation.kind, relation.target) {
        (RelationKind::Supersedes, record::RecordReference::File(file)) => {
            let name = file_name(Path::new(&file));
            let title = if relation.title.is_empty() { name.stem.clone() } else { relation.title };
            Some(RecordLink { number: name.digits, title, stem: name.stem, file })
        }
        _ => None,
    };
    let mut links: Vec<RecordLink> = Vec::new();
    for link in relations.into_iter().filter_map(link) {
        if !links.iter().any(|it| it.file == link.file) {
            links.push(link);
        }
    }
    links
}

/// Sanitizes a message line by line, to keep its line breaks.
fn shown(words: &str) -> String {
    words.lines().map(sanitize_line).collect::<Vec<_>>().join("\n")
}

fn is_numbered(title: &str) -> bool {
    let rest = title.trim_start_matches(|it: char| it.is_ascii_digit());
    rest.len() < title.len() && rest.starts_with(". ")
}

/// The parts of a file name that links use.
struct FileName {
    file: String,
    stem: String,
    /// The digits of the number, if there is one.
    digits: Option<String>,
}

impl FileName {
    fn number(&self) -> Option<u32> {
        self.digits.as_ref()?.parse().ok()
    }
}

fn file_name(path: &Path) -> FileName {
    let stem = lossy(path.file_stem());
    let digits = RecordName::parse(&stem).and_then(|name| name.digits().map(str::to_owned));
    FileName { file: lossy(path.file_name()), stem, digits }
}

/// Returns the path of `to`, relative to the folder of `from`.
fn relative(from: &Path, to: &Path) -> Option<String> {
    let (from, to) = (real(from)?, real(to)?);
    let folder: Vec<Component<'_>> = from.parent()?.components().collect();
    let to: Vec<Component<'_>> = to.components().collect();
    let shared = folder.iter().zip(&to).take_while(|(left, right)| left == right).count();
    if shared == 0 {
        return None;
    }
    let up = folder[shared..].iter().map(|_| "..".to_owned());
    let down = to[shared..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    Some(up.chain(down).collect::<Vec<_>>().join("/"))
}

/// Resolves the links in a path. Neither the file nor its folder needs to exist.
fn real(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let existing = path.ancestors().find_map(|it| Some((it, fs::canonicalize(it).ok()?)));
    let (known, real) = existing?;
    Some(real.join(path.strip_prefix(known).ok()?))
}
