//! Determines where a record goes: a file, a name in a folder of records, or standard output.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;

use crate::commands::record_files::{self, RecordFile, is_same, lossy};
use crate::record::{Dialect, NamePattern, Numbering, RecordName, likely_records};
use crate::session::name_of;

/// The highest number that is recognized as a record number in a file name.
const LAST: u32 = 99_999;

/// The data from which the name of a new record is chosen.
pub struct NewRecord<'a> {
    pub dialect: Dialect,
    /// The id of the session; empty if it has none.
    pub session: &'a str,
    pub slug: String,
    pub date: Option<Date>,
    /// The number given on the command line.
    pub number: Option<u32>,
    /// The superseded record, which may have the same title.
    pub superseded: Option<&'a Path>,
}

/// Where a record goes.
#[derive(Debug)]
pub struct Destination {
    /// The file; `None` for standard output.
    pub path: Option<PathBuf>,
    /// The folder, if the path names a folder and the file name was chosen in it.
    pub folder: Option<PathBuf>,
    /// The record's number; `None` if the name chosen in a folder has a date instead.
    pub number: Option<u32>,
    /// The file's name. For standard output, the name that a new file would get.
    pub name: String,
    /// The pattern that a new name follows, if the folder has records.
    pub follows: Option<String>,
    /// The file that may contain an earlier version of this record.
    pub updates: Option<PathBuf>,
}

impl Destination {
    /// Returns a message about the pattern that the new name follows, if there is one.
    pub fn following(&self) -> Option<String> {
        let folder = name_of(self.folder.as_deref()?);
        Some(format!("{folder}: the name follows the records there: {}", self.follows.as_deref()?))
    }
}

/// The records of a folder.
struct Folder<'a> {
    path: &'a Path,
    found: Vec<RecordFile>,
    pattern: Option<NamePattern>,
}

impl Folder<'_> {
    /// Returns the numbered records with their numbers.
    fn numbered(&self) -> Vec<(u32, &RecordFile)> {
        let names: Vec<&RecordName> = self.found.iter().filter_map(|it| it.name.as_ref()).collect();
        let known = likely_records(&names);
        let number = |found: &RecordFile| {
            let name = found.name.as_ref()?;
            known.iter().find(|it| std::ptr::eq(**it, name)).and_then(|name| name.number_or_year())
        };
        self.found.iter().filter_map(|found| Some((number(found)?, found))).collect()
    }
}

impl NewRecord<'_> {
    /// Finds the destination. If the path names a folder, chooses a name in it.
    pub fn destination(&self, output: Option<&Path>) -> Result<Destination> {
        match output {
            None => {
                let number = self.number.unwrap_or(1);
                let name = match (self.dialect, self.date) {
                    (Dialect::Log4brains, Some(date)) => NamePattern::days().dated(date, &self.slug),
                    (Dialect::Log4brains, None) => self.slug.clone(),
                    _ => NamePattern::numbers().numbered(number, &self.slug),
                };
                let name = self.with_extension(&name);
                let number = Some(number);
                Ok(Destination { path: None, folder: None, number, name, follows: None, updates: None })
            }
            Some(folder) if is_folder(folder) => self.in_folder(folder),
            Some(file) => self.file(file),
        }
    }

    fn file(&self, file: &Path) -> Result<Destination> {
        let named = RecordName::parse(&lossy(file.file_stem())).and_then(|name| name.number());
        if let (Dialect::Nygard, Some(number), Some(named)) = (self.dialect, self.number, named)
            && number != named
        {
            let path = name_of(file);
            bail!("{path}: the name has number {named}, but --number is {number}; change one of them");
        }
        let number = Some(self.number.or(named).unwrap_or(1));
        let name = lossy(file.file_name());
        let path = Some(file.to_owned());
        Ok(Destination { updates: path.clone(), path, folder: None, number, name, follows: None })
    }

    fn in_folder(&self, path: &Path) -> Result<Destination> {
        // Collecting the components drops a separator at the end.
        if path.components().collect::<PathBuf>().is_file() {
            bail!("{}: is a file, not a folder; remove the slash at the end", name_of(path));
        }
        let found = record_files::in_folder(path)?;
        let names: Vec<&RecordName> = found.iter().filter_map(|it| it.name.as_ref()).collect();
        let pattern = NamePattern::of(&likely_records(&names));
        let folder = Folder { path, found, pattern };
        match self.own(&folder)? {
            Some(own) => self.again(&folder, own),
            None => self.fresh(&folder),
        }
    }

    /// Finds the record of this session by its id. Otherwise finds a record with the same title that names no
    /// session.
    fn own<'f>(&self, folder: &'f Folder<'_>) -> Result<Option<&'f RecordFile>> {
        let is_old = |it: &RecordFile| self.superseded.is_some_and(|old| is_same(old, &it.path));
        let others: Vec<&RecordFile> = folder.found.iter().filter(|it| !is_old(it)).collect();
        // Prefers records in force, then files with the format of the new record.
        let rank = |it: &RecordFile| (!it.content.is_superseded(), self.is_same_kind(&it.path));
        let of_session = || others.iter().copied().filter(|it| it.is_of(self.session));
        let best = of_session().map(rank).max();
        let best: Vec<&RecordFile> = of_session().filter(|it| Some(rank(it)) == best).collect();
        if let (Some(first), true) = (best.first(), best.iter().any(|it| !it.content.is_superseded())) {
            let mut apart = best.iter().filter(|it| !best.iter().any(|other| it.belongs_to(other)));
            let first = apart.next().unwrap_or(first);
            // The same record may exist in several other formats.
            let is_other = |it: &&&RecordFile| {
                self.is_same_kind(&it.path) || it.path.file_stem() != first.path.file_stem()
            };
            let second = apart.find(is_other);
            if let Some(second) = second {
                let hint = "remove one of the two, or the line Session: from the copy";
                let (first, second) = (name_of(&first.path), name_of(&second.path));
                bail!("{second}: is a record of this session, and so is {first}; {hint}");
            }
            return Ok(Some(first));
        }
        let by_title = || {
            let is_alike = |it: &&&RecordFile| {
                let name = it.name.as_ref().filter(|name| name.plain_slug() == self.slug);
                it.content.session.is_none() && name.is_some_and(|name| self.fits(folder, name))
            };
            others.iter().find(is_alike).copied()
        };
        Ok(best.last().copied().or_else(by_title))
    }

    /// Returns whether a file has the format of the record to write.
    fn is_same_kind(&self, path: &Path) -> bool {
        let extension = self.dialect.extension();
        let is_markdown = extension == Dialect::Markdown.extension() && record_files::is_markdown(path);
        is_markdown || path.extension().is_some_and(|it| it.eq_ignore_ascii_case(extension))
    }

    /// Returns whether a record of this dialect in this folder would be numbered or dated like this name.
    fn fits(&self, folder: &Folder<'_>, name: &RecordName) -> bool {
        let is_dated = matches!(self.followed(folder).numbering(), Numbering::Day(_));
        match self.dialect {
            Dialect::Json | Dialect::Html => true,
            _ => is_dated == name.number().is_none(),
        }
    }

    fn followed(&self, folder: &Folder<'_>) -> NamePattern {
        let usual =
            if self.dialect == Dialect::Log4brains { NamePattern::days() } else { NamePattern::numbers() };
        folder.pattern.clone().unwrap_or(usual)
    }

    /// Returns the destination of a record of which an earlier version exists in the folder.
    fn again(&self, folder: &Folder<'_>, own: &RecordFile) -> Result<Destination> {
        let stem = lossy(own.path.file_stem());
        let is_same_kind = self.is_same_kind(&own.path);
        let name = if is_same_kind { own.file() } else { self.with_extension(&stem) };
        let path = folder.path.join(&name);
        let found = own.name.as_ref().and_then(RecordName::number);
        if let (Some(number), Some(found)) = (self.number, found)
            && number != found
        {
            let path = name_of(&path);
            bail!("{path}: this record has number {found}, not {number}; leave out --number");
        }
        if is_same_kind && own.content.is_superseded() {
            let hint = "name the file itself to write it anyway";
            bail!(
                "{}: is superseded by another record, and updating it would lose that; {hint}",
                name_of(&path)
            );
        }
        let is_dated = own.name.is_some() && found.is_none();
        let number = if is_dated { None } else { Some(found.or(self.number).unwrap_or(1)) };
        let (path, folder, updates) = (Some(path), Some(folder.path.to_owned()), Some(own.path.clone()));
        Ok(Destination { path, folder, number, name, follows: None, updates })
    }

    /// Returns the destination of a record that is new in its folder.
    fn fresh(&self, folder: &Folder<'_>) -> Result<Destination> {
        let pattern = self.followed(folder);
        let (stem, number) = match pattern.numbering() {
            Numbering::Number { .. } => {
                let year = pattern.counts_in_years().then(|| self.day(folder)).transpose()?;
                let pattern = pattern.in_year(year);
                let number = self.free_number(folder, &pattern)?;
                (pattern.numbered(number, &self.slug), Some(number))
            }
            Numbering::Day(_) if self.number.is_some() => {
                let name = name_of(folder.path);
                bail!("--number: the records in {name} begin with a date; drop --number");
            }
            Numbering::Day(_) => (pattern.dated(self.day(folder)?, &self.slug), None),
        };
        let name = self.with_extension(&stem);
        Ok(Destination {
            path: Some(folder.path.join(&name)),
            folder: Some(folder.path.to_owned()),
            number,
            name,
            follows: folder.pattern.as_ref().map(|pattern| self.with_extension(&pattern.shown())),
            updates: None,
        })
    }

    fn free_number(&self, folder: &Folder<'_>, pattern: &NamePattern) -> Result<u32> {
        let mut numbered = folder.numbered();
        numbered.retain(|(_, found)| found.name.as_ref().is_some_and(|name| pattern.counts(name)));
        let taken = self.number.and_then(|number| numbered.iter().find(|(taken, _)| *taken == number));
        if let Some((number, found)) = taken {
            bail!(
                "{}: already has number {number}; use another number",
                name_of(&folder.path.join(found.file()))
            );
        }
        let highest = numbered.iter().map(|(number, _)| *number).max().unwrap_or(0);
        let number = self.number.unwrap_or(highest + 1);
        if number > LAST {
            let hint = "name a free number with --number";
            bail!("{}: number {LAST} is the last one and is taken; {hint}", name_of(folder.path));
        }
        Ok(number)
    }

    fn day(&self, folder: &Folder<'_>) -> Result<Date> {
        let name = name_of(folder.path);
        let names = match folder.pattern {
            Some(_) => format!("names in {name} begin"),
            None => "a name for Log4brains begins".to_owned(),
        };
        self.date.with_context(|| {
            format!("the session has no date, which {names} with; add --save to date it, or name a file")
        })
    }

    fn with_extension(&self, stem: &str) -> String {
        format!("{stem}.{}", self.dialect.extension())
    }
}

/// Returns whether a path names a folder. A path that does not exist names a folder if it has no extension.
fn is_folder(path: &Path) -> bool {
    let is_free = || path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound);
    path.is_dir()
        || path.to_string_lossy().ends_with(std::path::is_separator)
        || path.extension().is_none() && is_free()
}
