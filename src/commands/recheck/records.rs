//! Checks records against each other: duplicate numbers, two records of one session, and references to
//! missing records.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Serialize;

use crate::commands::record_files::{RecordFile, belongs_to, in_folder, is_same};
use crate::record::{RecordName, RecordReference, Relation, RelationKind, likely_records};
use crate::sanitize::sanitize_line;
use crate::session::name_of;

/// The records found, by folder.
#[derive(Default)]
pub(super) struct Records {
    folders: BTreeMap<PathBuf, Vec<NamedFile>>,
}

/// A document that may be a record.
struct NamedFile {
    found: RecordFile,
    /// Indices of the command-line paths through which the document was found.
    named: Vec<usize>,
}

/// A problem with a file, such as a duplicate number.
#[derive(Serialize)]
pub(super) struct Problem {
    file: String,
    problem: String,
}

impl Records {
    /// Adds a file if it may be a record. `named` is the index of the command-line path through which it was
    /// found.
    pub(super) fn add(&mut self, path: PathBuf, named: usize) {
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let candidates = self.folders.entry(folder).or_default();
        if let Some(known) = candidates.iter_mut().find(|it| it.found.path == path) {
            known.named.push(named);
        } else if let Some(found) = RecordFile::read(path)
            && (found.name.is_some() || found.content.session.is_some())
        {
            candidates.push(NamedFile { found, named: vec![named] });
        }
    }

    /// Drops the documents that are not records. In a folder with at least one numbered or dated decision,
    /// all numbered or dated documents are records, as in `export`. Elsewhere, only documents that name a
    /// session are, because chapters and notes may be numbered too.
    pub(super) fn keep_records(&mut self) -> Result<()> {
        for (folder, candidates) in &mut self.folders {
            if candidates.is_empty() {
                continue;
            }
            let is_decision = |it: &RecordFile| it.content.is_decision && it.name.is_some();
            let is_of_records =
                candidates.iter().any(|it| is_decision(&it.found)) || around(folder)?.iter().any(is_decision);
            let is_record =
                |it: &RecordFile| is_of_records && it.name.is_some() || it.content.session.is_some();
            candidates.retain(|it| is_record(&it.found));
        }
        Ok(())
    }

    /// Returns the number of records.
    pub(super) fn count(&self) -> i64 {
        self.folders.values().map(|records| records.len() as i64).sum()
    }

    /// Returns the indices of the command-line paths that contain a record.
    pub(super) fn named(&self) -> impl Iterator<Item = usize> {
        self.folders.values().flatten().flat_map(|it| it.named.iter().copied())
    }

    /// Returns the problems, folder by folder.
    pub(super) fn problems(&self) -> Result<Vec<Problem>> {
        let mut problems = Vec::new();
        for (folder, candidates) in self.folders.iter().filter(|(_, records)| !records.is_empty()) {
            let records: Vec<&RecordFile> = candidates.iter().map(|it| &it.found).collect();
            problems.extend(given_twice(&records));
            problems.extend(of_one_session(&records));
            // A record may refer to one outside the given paths.
            let around = around(folder)?;
            for record in records {
                problems.extend(leading_astray(record, &around));
            }
        }
        Ok(problems)
    }
}

impl Problem {
    pub(super) fn new(path: &Path, words: &str) -> Self {
        Self { file: name_of(path), problem: sanitize_line(words) }
    }

    /// Formats the problem as text.
    pub(super) fn text(&self) -> String {
        format!("{}: {}\n", self.file, self.problem)
    }
}

/// Returns all records of a folder, including those outside the given paths.
fn around(folder: &Path) -> Result<Vec<RecordFile>> {
    in_folder(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

/// Finds records with the same number, except annexes and translations of each other.
fn given_twice(records: &[&RecordFile]) -> Vec<Problem> {
    let names: Vec<&RecordName> = records.iter().filter_map(|it| it.name.as_ref()).collect();
    let mut numbers: BTreeMap<(String, &str, u32), Vec<&RecordName>> = BTreeMap::new();
    for name in likely_records(&names) {
        let Some(number) = name.number_or_year() else { continue };
        let same = numbers.entry((name.series(), &name.year, number)).or_default();
        // The same record may exist in several formats.
        if !same.contains(&name) {
            same.push(name);
        }
    }
    let found = |name: &RecordName| {
        records.iter().find(|it| it.name.as_ref().is_some_and(|it| std::ptr::eq(it, name)))
    };
    let mut problems = Vec::new();
    for same in numbers.values() {
        let mut apart = same.iter().filter(|name| !same.iter().any(|other| belongs_to(name, other)));
        let Some(first) = apart.next().and_then(|name| found(name)) else { continue };
        let words = format!("has the same number as {}; change one of them", first.file());
        problems.extend(apart.filter_map(|name| found(name)).map(|it| Problem::new(&it.path, &words)));
    }
    problems
}

/// Finds records in force that name the same session, except annexes and translations of each other.
fn of_one_session(records: &[&RecordFile]) -> Vec<Problem> {
    let mut sessions: BTreeMap<&str, Vec<&RecordFile>> = BTreeMap::new();
    for record in records.iter().filter(|it| !it.content.is_superseded()) {
        if let Some(session) = &record.content.session {
            sessions.entry(session).or_default().push(record);
        }
    }
    let mut problems = Vec::new();
    for same in sessions.values() {
        let mut apart = same.iter().filter(|it| !same.iter().any(|other| it.belongs_to(other)));
        let Some(first) = apart.next() else { continue };
        let hint = "remove one of the two, or the line Session: from the copy";
        let words = format!("has the same session as {}; {hint}", first.file());
        problems.extend(apart.map(|it| Problem::new(&it.path, &words)));
    }
    problems
}

/// Finds references to records that do not exist, or to the record itself.
fn leading_astray(record: &RecordFile, around: &[RecordFile]) -> Vec<Problem> {
    let mut lost: Vec<&Relation> = Vec::new();
    for relation in &record.content.relations {
        let is_astray = is_itself(record, &relation.target) || !is_there(record, &relation.target, around);
        if is_astray && !lost.iter().any(|it| (it.kind, &it.target) == (relation.kind, &relation.target)) {
            lost.push(relation);
        }
    }
    let words = |relation: &Relation| {
        if is_itself(record, &relation.target) {
            return match relation.kind {
                RelationKind::SupersededBy => "is superseded by itself; name the record that replaces it",
                RelationKind::Supersedes => "supersedes itself; name the record that it replaces",
            }
            .to_owned();
        }
        let way = match relation.kind {
            RelationKind::SupersededBy => "is superseded by",
            RelationKind::Supersedes => "supersedes",
        };
        let (RecordReference::File(other) | RecordReference::Number(_, other) | RecordReference::Stem(other)) =
            &relation.target;
        format!("{way} {other}, which does not exist; correct the link or restore the record")
    };
    lost.into_iter().map(|relation| Problem::new(&record.path, &words(relation))).collect()
}

fn is_itself(record: &RecordFile, target: &RecordReference) -> bool {
    match target {
        RecordReference::File(file) => is_same(&record.path.with_file_name("").join(file), &record.path),
        RecordReference::Number(number, _) => {
            record.name.as_ref().and_then(RecordName::number_or_year) == Some(*number)
        }
        RecordReference::Stem(stem) => record.path.file_stem().is_some_and(|it| it == stem.as_str()),
    }
}

fn is_there(record: &RecordFile, target: &RecordReference, around: &[RecordFile]) -> bool {
    match target {
        RecordReference::File(file) => record.path.with_file_name("").join(file).exists(),
        RecordReference::Number(number, _) => {
            around.iter().filter_map(|it| it.name.as_ref()).any(|name| name.number_or_year() == Some(*number))
        }
        RecordReference::Stem(stem) => {
            around.iter().any(|it| it.path.file_stem().is_some_and(|it| it == stem.as_str()))
        }
    }
}
