//! Where a record goes: a file, a name found in a folder of records, or standard output; must not
//! write anything.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;

use super::is_same;
use crate::record::Dialect;
use crate::session::name_of;

/// The last number that four digits can say.
const LAST: u32 = 9999;

/// What a record's name is made of.
pub struct Place<'a> {
    pub dialect: Dialect,
    pub slug: String,
    pub date: Option<Date>,
    /// The number that is asked for.
    pub number: Option<u32>,
    /// The record that is superseded, which may have the same title.
    pub superseded: Option<&'a Path>,
}

/// Where a record goes.
#[derive(Debug)]
pub struct Target {
    /// Standard output if absent.
    pub path: Option<PathBuf>,
    /// The folder in which the name was found.
    pub folder: Option<PathBuf>,
    /// The record's number; 1 where it has none.
    pub number: u32,
    /// What the file is or should be called.
    pub name: String,
}

/// The name of a file in a folder of records.
struct Entry {
    /// Digits in front: four are a number, eight a date.
    digits: String,
    slug: String,
    extension: String,
}

impl Entry {
    fn parse(name: &str) -> Option<Self> {
        let (stem, extension) = name.rsplit_once('.')?;
        let (digits, slug) = stem.split_once('-')?;
        let is_entry = matches!(digits.len(), 4 | 8) && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_entry.then(|| Self {
            digits: digits.to_owned(),
            slug: slug.to_owned(),
            extension: extension.to_owned(),
        })
    }

    fn number(&self) -> Option<u32> {
        (self.digits.len() == 4).then(|| self.digits.parse().ok())?
    }
}

impl Place<'_> {
    /// Finds the place; a path that names a folder gets a name in it.
    pub fn find(&self, output: Option<&Path>) -> Result<Target> {
        match output {
            None => {
                let number = self.number.unwrap_or(1);
                let name = self.fresh(number).unwrap_or_else(|_| format!("{}.md", self.slug));
                Ok(Target { path: None, folder: None, number, name })
            }
            Some(folder) if is_folder(folder) => self.in_folder(folder),
            Some(file) => self.file(file),
        }
    }

    fn file(&self, file: &Path) -> Result<Target> {
        let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let named = Entry::parse(&name).and_then(|entry| entry.number());
        if let (Dialect::Nygard, Some(number), Some(named)) = (self.dialect, self.number, named)
            && number != named
        {
            let path = name_of(file);
            bail!("{path}: the name says number {named}, --number says {number}; change one of them");
        }
        let number = self.number.or(named).unwrap_or(1);
        Ok(Target { path: Some(file.to_owned()), folder: None, number, name })
    }

    /// A file with the same slug is this record; else it gets the next number.
    fn in_folder(&self, folder: &Path) -> Result<Target> {
        // Its components are the path without the separator at its end.
        if folder.components().collect::<PathBuf>().is_file() {
            bail!("{}: is a file, not a folder; leave out the slash at its end", name_of(folder));
        }
        let entries = self.entries(folder)?;
        let target = |name: String, number: u32| Target {
            path: Some(folder.join(&name)),
            folder: Some(folder.to_owned()),
            number,
            name,
        };
        let same = entries.iter().find(|entry| entry.slug == self.slug && self.fits(entry));
        if let Some(same) = same {
            let found = same.number().unwrap_or(1);
            let name = format!("{}-{}.{}", same.digits, same.slug, self.dialect.extension());
            if let Some(number) = self.number.filter(|number| *number != found) {
                let path = name_of(&folder.join(&name));
                bail!("{path}: this record has number {found}, not {number}; leave out --number");
            }
            return Ok(target(name, found));
        }
        let taken = |number: u32| entries.iter().find(|entry| entry.number() == Some(number));
        let highest = entries.iter().filter_map(Entry::number).max().unwrap_or(0);
        if let Some((number, entry)) = self.number.and_then(|number| taken(number).map(|it| (number, it))) {
            let other = format!("{}-{}.{}", entry.digits, entry.slug, entry.extension);
            bail!("{}: has number {number} already; name another one", name_of(&folder.join(other)));
        }
        let number = self.number.unwrap_or(highest + 1);
        if number > LAST {
            bail!("{}: number {LAST} is taken; name a free one with --number", name_of(folder));
        }
        Ok(target(self.fresh(number)?, number))
    }

    fn fits(&self, entry: &Entry) -> bool {
        match self.dialect {
            Dialect::Log4brains => entry.digits.len() == 8,
            Dialect::Madr | Dialect::Nygard | Dialect::Markdown => entry.digits.len() == 4,
            Dialect::Json | Dialect::Html => true,
        }
    }

    fn fresh(&self, number: u32) -> Result<String> {
        let (slug, extension) = (&self.slug, self.dialect.extension());
        if self.dialect != Dialect::Log4brains {
            return Ok(format!("{number:04}-{slug}.{extension}"));
        }
        let date = self.date.context(
            "the session has no date, which a name for Log4brains begins with; add --save to date it, or name a file",
        )?;
        Ok(format!("{:04}{:02}{:02}-{slug}.{extension}", date.year(), date.month(), date.day()))
    }

    /// The records in a folder, by name; none if it is still to be made.
    fn entries(&self, folder: &Path) -> Result<Vec<Entry>> {
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let listed = || -> std::io::Result<Vec<PathBuf>> {
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
        };
        let mut paths = listed().with_context(|| format!("{}: cannot be listed", name_of(folder)))?;
        paths.sort();
        let old = |path: &PathBuf| self.superseded.is_some_and(|old| is_same(old, path));
        let mut entries: Vec<Entry> = Vec::new();
        for path in paths {
            let Some(mut entry) = path.file_name().and_then(|it| it.to_str()).and_then(Entry::parse) else {
                continue;
            };
            if old(&path) {
                // Counted for its number, never taken for this record.
                entry.slug.clear();
            }
            entries.push(entry);
        }
        Ok(entries)
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}
