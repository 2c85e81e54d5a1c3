//! Records beside each other: numbers that were given twice, and records that speak of one that is not
//! there; must not judge what they decide.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Serialize;

use crate::commands::records::{Found, in_folder};
use crate::record::{Name, Relation, Relative, Target, number_of, without_strangers};
use crate::session::name_of;
use crate::visible::visible_line;

/// The records that were found, by folder.
#[derive(Default)]
pub(super) struct Records {
    folders: BTreeMap<PathBuf, Vec<Found>>,
}

/// Something wrong with a record.
#[derive(Serialize)]
pub(super) struct Problem {
    pub file: String,
    pub problem: String,
}

impl Records {
    /// Takes a file in, if it is a record: other documents stand there too, some of them numbered.
    pub(super) fn add(&mut self, path: PathBuf) {
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let Some(found) = Found::read(path) else { return };
        let is_record = found.content.has_status && found.name.is_some() || found.content.session.is_some();
        if is_record {
            self.folders.entry(folder).or_default().push(found);
        }
    }

    /// Returns how many there are.
    pub(super) fn count(&self) -> i64 {
        self.folders.values().map(|records| records.len() as i64).sum()
    }

    /// Returns what is wrong with them, folder by folder.
    pub(super) fn problems(&self) -> Result<Vec<Problem>> {
        let mut problems = Vec::new();
        for (folder, records) in &self.folders {
            problems.extend(given_twice(records));
            // A record may be spoken of that was not named.
            let around = in_folder(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?;
            for record in records {
                problems.extend(leading_nowhere(record, &around));
            }
        }
        Ok(problems)
    }
}

impl Problem {
    fn new(record: &Found, words: &str) -> Self {
        Self { file: name_of(&record.path), problem: visible_line(words) }
    }
}

/// Numbers that two records have which do not belong together.
fn given_twice(records: &[Found]) -> Vec<Problem> {
    let names: Vec<&Name> = records.iter().filter_map(|it| it.name.as_ref()).collect();
    let mut numbers: BTreeMap<(&str, u32), Vec<&Name>> = BTreeMap::new();
    for name in without_strangers(&names) {
        if let Some(number) = number_of(name) {
            numbers.entry((&name.prefix, number)).or_default().push(name);
        }
    }
    let found =
        |name: &Name| records.iter().find(|it| it.name.as_ref().is_some_and(|it| std::ptr::eq(it, name)));
    let mut problems = Vec::new();
    for same in numbers.values() {
        let mut apart = same.iter().filter(|name| !same.iter().any(|other| belongs_to(name, other)));
        let Some(first) = apart.next().and_then(|name| found(name)) else { continue };
        let words = format!("has the number of {}; give one of the two another number", first.file());
        problems.extend(apart.filter_map(|name| found(name)).map(|it| Problem::new(it, &words)));
    }
    problems
}

/// Says whether a record is an annex to another one, or its translation.
fn belongs_to(name: &Name, other: &Name) -> bool {
    let rest = name.slug.strip_prefix(&other.slug);
    rest.is_some_and(|rest| rest.starts_with(['-', '_', '.', ' ']))
}

/// What a record says of others that are not there.
fn leading_nowhere(record: &Found, around: &[Found]) -> Vec<Problem> {
    let mut lost: Vec<&Relation> = Vec::new();
    for relation in &record.content.relations {
        if !lost.contains(&relation) && !is_there(record, &relation.target, around) {
            lost.push(relation);
        }
    }
    let words = |relation: &Relation| {
        let way = match relation.relative {
            Relative::Successor => "is superseded by",
            Relative::Predecessor => "supersedes",
        };
        let (Target::File(other) | Target::Number(_, other) | Target::Stem(other)) = &relation.target;
        format!("{way} {other}, which is not here; correct the link or bring the record back")
    };
    lost.into_iter().map(|relation| Problem::new(record, &words(relation))).collect()
}

fn is_there(record: &Found, target: &Target, around: &[Found]) -> bool {
    match target {
        Target::File(file) => record.path.with_file_name("").join(file).exists(),
        Target::Number(number, _) => {
            around.iter().filter_map(|it| it.name.as_ref()).any(|name| number_of(name) == Some(*number))
        }
        Target::Stem(stem) => {
            around.iter().any(|it| it.path.file_stem().is_some_and(|it| it == stem.as_str()))
        }
    }
}
