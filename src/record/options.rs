//! How a record is to look: its dialect, its length, its number and what it supersedes.

use serde::Serialize;

use super::Dialect;
use crate::precedents::Precedents;
use crate::source::Source;

/// How a record is to look.
#[derive(Debug, Clone)]
pub struct RecordOptions<'a> {
    /// What it is written in.
    pub dialect: Dialect,
    /// The team's own template, in place of that of the dialect.
    pub template: Option<&'a Source>,
    /// Whether details are left out.
    pub brief: bool,
    /// Its number, where the dialect shows one.
    pub number: Option<u32>,
    /// The records that it takes the place of.
    pub supersedes: Vec<RecordLink>,
    /// The published decisions of the questionnaire, if they can be read.
    pub precedents: Option<&'a Precedents>,
}

impl RecordOptions<'_> {
    /// Returns the whole record in a dialect, as number 1.
    pub fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            template: None,
            brief: false,
            number: Some(1),
            supersedes: Vec::new(),
            precedents: None,
        }
    }
}

/// Another record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordLink {
    /// Its number, in the digits of its name.
    pub number: Option<String>,
    /// Its title, with its number where it has one.
    pub title: String,
    /// Its file without folder and extension.
    pub stem: String,
    /// Its file, seen from the record that links to it.
    pub file: String,
}
