//! The RON schema of precedents files. The comment at the top of the built-in file documents the fields.

use serde::Deserialize;

use crate::source::{Format, SourceStr};

/// The supported format version; there is no older one.
pub(super) const FORMAT: Format = Format { known: 1, older: "" };

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(rename = "Precedents", deny_unknown_fields)]
pub(super) struct File<'a> {
    pub format: u32,
    /// Id of the questionnaire that the precedents answer.
    #[serde(borrow)]
    pub questionnaire: SourceStr<'a>,
    pub precedents: Vec<Entry<'a>>,
}

/// One decision.
#[derive(Debug, Deserialize)]
#[serde(rename = "Precedent", deny_unknown_fields)]
pub(super) struct Entry<'a> {
    #[serde(borrow)]
    pub id: SourceStr<'a>,
    /// Who decided what.
    pub title: SourceStr<'a>,
    /// The reasons that the deciders gave.
    #[serde(default)]
    pub why: SourceStr<'a>,
    pub year: Option<u16>,
    /// Addresses where the decision can be read.
    #[serde(default)]
    pub sources: Vec<SourceStr<'a>>,
    pub parts: Vec<PartEntry<'a>>,
    #[serde(default)]
    pub answers: Vec<AnswerEntry<'a>>,
}

/// A part that was decided or stays as it is; in a scenario, a part with its expected result.
#[derive(Debug, Deserialize)]
#[serde(rename = "Part", deny_unknown_fields)]
pub struct PartEntry<'a> {
    #[serde(borrow)]
    pub name: SourceStr<'a>,
    /// Omitted if the questionnaire has no parts question.
    pub kind: Option<SourceStr<'a>>,
    /// The chosen candidate; in a scenario, the candidate that must come first.
    pub chosen: Option<SourceStr<'a>>,
    /// What was chosen instead of a candidate.
    pub other: Option<SourceStr<'a>>,
    /// The candidates that the facts do not exclude.
    #[serde(default)]
    pub acceptable: Vec<SourceStr<'a>>,
    /// Whether the deciders named the acceptable candidates as equals.
    #[serde(default)]
    pub tie: bool,
    /// The candidate that the part stays in.
    pub stays: Option<SourceStr<'a>>,
    /// What the part stays in if that is not a candidate.
    pub stays_other: Option<SourceStr<'a>>,
    /// The candidates that must be ruled out; only in scenarios.
    #[serde(default)]
    pub ruled_out: Vec<SourceStr<'a>>,
}

impl PartEntry<'_> {
    /// Returns whether something was decided for the part.
    pub fn is_decided(&self) -> bool {
        self.chosen.is_some() || self.other.is_some()
    }

    /// Returns whether the entry states an expected result for the part.
    pub fn has_expectation(&self) -> bool {
        self.chosen.is_some() || !self.acceptable.is_empty() || !self.ruled_out.is_empty()
    }
}

/// An answer and the fact that it rests on.
#[derive(Debug, Deserialize)]
#[serde(rename = "Answer", deny_unknown_fields)]
pub struct AnswerEntry<'a> {
    /// `QUESTION=OPTION[,OPTION]`, as on the command line.
    #[serde(borrow)]
    pub set: SourceStr<'a>,
    /// The part that the answer is for; omitted for all parts.
    pub part: Option<SourceStr<'a>>,
    #[serde(default)]
    pub because: SourceStr<'a>,
    /// Whether the fact is inferred, because the deciders did not state it.
    #[serde(default)]
    pub inferred: bool,
}
