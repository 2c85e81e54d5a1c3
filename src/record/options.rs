//! Options for rendering a record: its dialect, length, number and the records it supersedes.

use serde::Serialize;

use super::Dialect;
use crate::precedents::Precedents;
use crate::source::Source;

/// Options for rendering a record.
#[derive(Debug, Clone)]
pub struct RecordOptions<'a> {
    /// The output format.
    pub dialect: Dialect,
    /// The team's own template, used instead of the dialect's.
    pub template: Option<&'a Source>,
    /// Whether to leave out details.
    pub brief: bool,
    /// The number of the record, for dialects that show one.
    pub number: Option<u32>,
    /// The records that this one supersedes.
    pub supersedes: Vec<RecordLink>,
    /// The published decisions that come with the questionnaire, if they can be read.
    pub precedents: Option<&'a Precedents>,
}

impl RecordOptions<'_> {
    /// Returns the options for a full record in a dialect, with number 1.
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

/// A link to another record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordLink {
    /// The number, as written in the file name.
    pub number: Option<String>,
    /// The title, which may include the number.
    pub title: String,
    /// The file name, without folder and extension.
    pub stem: String,
    /// The path of the file, relative to the record that links to it.
    pub file: String,
}
