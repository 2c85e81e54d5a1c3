//! Records that exist in a folder, whoever wrote them; must not change any.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::record::{Existing, Name};
use crate::session::name_of;
use crate::source;

/// Files that stand beside records.
const OTHERS: [&str; 3] = ["readme", "index", "template"];

/// A record that exists.
pub(super) struct Found {
    pub path: PathBuf,
    /// The name of its file, taken apart; `None` if that has neither number nor day.
    pub name: Option<Name>,
    /// What it says of itself.
    pub content: Existing,
}

impl Found {
    /// Reads a file; `None` if it is no record.
    pub(super) fn read(path: PathBuf) -> Option<Self> {
        let stem = path.file_stem()?.to_str()?;
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        let name = Name::parse(stem);
        let title = name.as_ref().map_or(stem, |name| &name.slug).to_lowercase();
        if OTHERS.contains(&title.as_str()) {
            return None;
        }
        let content = match (extension.as_str(), source::read(&path)) {
            ("md", Ok(source)) => Some(Existing::in_markdown(&source.text)).filter(|it| it.is_headed),
            // Whatever it is, its number may be taken.
            ("md", Err(_)) if path.is_file() => Some(Existing::default()),
            ("html", Ok(source)) => Some(Existing::in_html(&source.text)).filter(|it| it.session.is_some()),
            ("json", Ok(source)) => Some(Existing::in_json(&source.text)).filter(|it| it.session.is_some()),
            _ => None,
        };
        Some(Self { name, content: content?, path })
    }

    /// Returns the name of its file.
    pub(super) fn file(&self) -> String {
        self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }
}

/// Returns the records in a folder, by name; none if it is still to be made.
pub(super) fn in_folder(folder: &Path) -> Result<Vec<Found>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let listed = || -> std::io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
    };
    let mut paths = listed().with_context(|| format!("{}: cannot be listed", name_of(folder)))?;
    paths.sort();
    Ok(paths.into_iter().filter_map(Found::read).collect())
}
