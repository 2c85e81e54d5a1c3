//! The format before the first that was released, and what became of it; must not be written any
//! more.
//!
//! It knew options only: an answer was a list of option ids, and neither digest, emphasis nor parts
//! existed.

use serde::Deserialize;

use super::format::{About, AnswerEntry, FORMAT, File, Value};
use crate::answers::Emphasis;
use crate::source::{Diagnostic, Source, Text, parse_ron};

/// The format that this module reads.
pub(super) const OLD: u32 = 0;

#[derive(Deserialize)]
#[serde(rename = "Session", deny_unknown_fields)]
struct OldFile<'a> {
    format: u32,
    /// Id of the questionnaire.
    #[serde(borrow)]
    questionnaire: Text<'a>,
    #[serde(borrow)]
    version: Text<'a>,
    #[serde(borrow, default)]
    title: Text<'a>,
    #[serde(borrow, default)]
    answers: Vec<OldAnswer<'a>>,
}

#[derive(Deserialize)]
#[serde(rename = "Answer", deny_unknown_fields)]
struct OldAnswer<'a> {
    #[serde(borrow)]
    question: Text<'a>,
    /// Option ids; nothing was an answer that the team did not know.
    #[serde(borrow)]
    options: Vec<Text<'a>>,
    #[serde(borrow, default)]
    note: Text<'a>,
}

/// Reads a file of the old format as one of today's.
pub(super) fn parse(source: &Source) -> Result<File<'_>, Diagnostic> {
    let old = parse_ron(source, OLD, |file: &OldFile<'_>| file.format)?;
    Ok(File {
        format: FORMAT,
        // No digest is like another one: answers are matched by id, and the change is said.
        questionnaire: About { id: old.questionnaire, version: old.version, digest: Text::default() },
        title: old.title,
        system: Text::default(),
        deciders: Vec::new(),
        consulted: Vec::new(),
        informed: Vec::new(),
        date: None,
        review_by: None,
        at: None,
        answers: old.answers.into_iter().map(migrate).collect(),
        parts: Vec::new(),
        decided: Vec::new(),
    })
}

fn migrate(old: OldAnswer<'_>) -> AnswerEntry<'_> {
    let answer = if old.options.is_empty() { Value::NotSure } else { Value::Chosen(old.options) };
    AnswerEntry { question: old.question, answer: Some(answer), note: old.note, emphasis: Emphasis::Normal }
}
