//! The record that a new one takes the place of; must not change it.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};

use super::target::Target;
use crate::record::{Dialect, Link, heading};
use crate::session::name_of;
use crate::source;

/// A record that is superseded.
pub struct Superseded<'a> {
    path: &'a Path,
    /// Its title, with its number where the new record needs one.
    title: String,
    /// What it is written in.
    dialect: Dialect,
}

impl<'a> Superseded<'a> {
    /// Reads its title from its first heading.
    pub fn read(path: &'a Path, dialect: Dialect) -> Result<Self> {
        let name = name_of(path);
        let source = source::read(path)?;
        let Some(title) = heading(&source.text) else {
            bail!("{name}: has no title; give it a first line such as \"# 3. Title\"");
        };
        let title = match (dialect, is_numbered(&title), number_of(path)) {
            (Dialect::Nygard, false, Some(number)) => format!("{number}. {title}"),
            (Dialect::Nygard, false, None) => {
                bail!("{name}: its title has no number; write it as \"# 3. Title\"")
            }
            _ => title,
        };
        Ok(Self { path, title, dialect: dialect_of(&source.text).unwrap_or(dialect) })
    }

    /// Returns the link to it from where the new record stands.
    pub fn link(&self, target: Option<&Path>) -> Link {
        let name = file_name(self.path);
        let file = target.and_then(|target| relative(target, self.path)).unwrap_or(name);
        Link { number: None, title: self.title.clone(), stem: stem(self.path), file }
    }

    /// Says which line it needs itself, and the line.
    pub fn advice(&self, target: &Target, title: &str) -> String {
        let new = target.path.clone().unwrap_or_else(|| self.path.with_file_name(&target.name));
        let numbered = number_of(&new);
        let dialect = match (self.dialect, numbered) {
            // It speaks of other records by their number only.
            (Dialect::Madr, None) => Dialect::Markdown,
            (dialect, _) => dialect,
        };
        let title = match dialect {
            Dialect::Nygard if !is_numbered(title) => format!("{}. {title}", target.number.unwrap_or(1)),
            _ => title.to_owned(),
        };
        let file = relative(self.path, &new).unwrap_or_else(|| file_name(&new));
        let link = Link { number: None, title, stem: stem(&new), file };
        let (place, line) = link.superseded_line(dialect, numbered.unwrap_or(target.number.unwrap_or(1)));
        let line = crate::visible::visible_line(&line);
        format!("{}: add this line {place}:\n{line}", name_of(self.path))
    }
}

fn is_numbered(title: &str) -> bool {
    let rest = title.trim_start_matches(|it: char| it.is_ascii_digit());
    rest.len() < title.len() && rest.starts_with(". ")
}

/// The number in front of a file's name.
fn number_of(path: &Path) -> Option<u32> {
    let name = file_name(path);
    let (digits, _) = name.split_once('-')?;
    (digits.len() == 4).then(|| digits.parse().ok())?
}

/// What a record is written in, as far as the line about its status differs.
fn dialect_of(text: &str) -> Option<Dialect> {
    let mut lines = text.lines();
    if lines.clone().next() == Some("---") {
        return Some(Dialect::Madr);
    }
    lines.find_map(|line| match line.trim_end() {
        "## Status" => Some(Dialect::Nygard),
        line if line.starts_with("- Status:") || line.starts_with("* Status:") => Some(Dialect::Log4brains),
        _ => None,
    })
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// How a file is called from the place of another one.
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

/// A path without links, also of a file or a folder that is still to be made.
fn real(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let existing = path.ancestors().find_map(|it| Some((it, fs::canonicalize(it).ok()?)));
    let (known, real) = existing?;
    Some(real.join(path.strip_prefix(known).ok()?))
}
