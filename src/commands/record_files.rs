//! Reads the records that exist in a folder, including those written by other tools.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::record::{ExistingRecord, RecordName};
use crate::session::name_of;
use crate::source;

/// Extensions of records that are read as Markdown.
const MARKDOWN: [&str; 3] = ["md", "markdown", "mdx"];
/// Extensions of records of which only the name is read.
const OTHER_MARKUP: [&str; 3] = ["adoc", "asciidoc", "rst"];
/// Names of files that are often next to records but are not records.
const OTHERS: [&str; 3] = ["readme", "index", "template"];

/// An existing record.
pub(super) struct RecordFile {
    pub path: PathBuf,
    /// The parsed file name; `None` if it contains neither a number nor a date.
    pub name: Option<RecordName>,
    /// The parsed content.
    pub content: ExistingRecord,
}

impl RecordFile {
    /// Reads a file. Returns `None` if it is not a record.
    pub(super) fn read(path: PathBuf) -> Option<Self> {
        let stem = path.file_stem()?.to_str()?;
        let extension = extension(&path)?;
        let name = RecordName::parse(stem);
        let title = name.as_ref().map_or(stem, |name| &name.slug).to_lowercase();
        if OTHERS.contains(&title.as_str()) {
            return None;
        }
        let is_named_only = OTHER_MARKUP.contains(&extension.as_str());
        let content = match (extension.as_str(), source::read(&path)) {
            (it, Ok(source)) if MARKDOWN.contains(&it) => {
                Some(ExistingRecord::in_markdown(&source.text)).filter(|it| it.is_headed)
            }
            (_, Ok(_)) if is_named_only => Some(ExistingRecord::default()),
            // The file cannot be read, but its number may be taken.
            (it, Err(_)) if (is_named_only || MARKDOWN.contains(&it)) && path.is_file() => {
                Some(ExistingRecord::default())
            }
            ("html", Ok(source)) => {
                Some(ExistingRecord::in_html(&source.text)).filter(|it| it.session.is_some())
            }
            ("json", Ok(source)) => {
                Some(ExistingRecord::in_json(&source.text)).filter(|it| it.session.is_some())
            }
            _ => None,
        };
        Some(Self { name, content: content?, path })
    }

    /// Returns whether this is a record of the session with this id.
    pub(super) fn is_of(&self, session: &str) -> bool {
        !session.is_empty() && self.content.session.as_deref() == Some(session)
    }

    /// Returns whether this record is an annex to the other record, or its translation, judging by the names.
    pub(super) fn belongs_to(&self, other: &Self) -> bool {
        self.name.as_ref().zip(other.name.as_ref()).is_some_and(|(name, other)| belongs_to(name, other))
    }

    /// Returns the file's name.
    pub(super) fn file(&self) -> String {
        lossy(self.path.file_name())
    }
}

/// Returns a component of a path as text. Invalid UTF-8 is replaced.
pub(super) fn lossy(part: Option<&OsStr>) -> String {
    part.map_or_else(String::new, |part| part.to_string_lossy().into_owned())
}

/// Returns whether a name's slug is another's with something appended, such as `-annex` or `.de`.
pub(super) fn belongs_to(name: &RecordName, other: &RecordName) -> bool {
    let rest = name.slug.strip_prefix(&other.slug);
    rest.is_some_and(|rest| rest.starts_with(['-', '_', '.', ' ']))
}

/// Returns whether two paths lead to the same file.
pub(super) fn is_same(left: &Path, right: &Path) -> bool {
    matches!((fs::canonicalize(left), fs::canonicalize(right)), (Ok(left), Ok(right)) if left == right)
}

/// Returns whether a file has the extension of a document in Markdown or other markup.
pub(super) fn is_document(path: &Path) -> bool {
    let is_known = |it: &str| MARKDOWN.contains(&it) || OTHER_MARKUP.contains(&it);
    extension(path).is_some_and(|it| is_known(&it))
}

/// Returns whether a file has a Markdown extension.
pub(super) fn is_markdown(path: &Path) -> bool {
    extension(path).is_some_and(|it| MARKDOWN.contains(&it.as_str()))
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// Returns the records in a folder, ordered by name. Returns none if the folder does not exist.
pub(super) fn in_folder(folder: &Path) -> Result<Vec<RecordFile>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let listed = || -> std::io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
    };
    let mut paths = listed().with_context(|| format!("{}: cannot be listed", name_of(folder)))?;
    paths.sort();
    Ok(paths.into_iter().filter_map(RecordFile::read).collect())
}
