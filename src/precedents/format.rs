//! The shape of a file of precedents as RON spells it; what its fields mean stands at the head of the one that is
//! built in.

use serde::Deserialize;

use crate::source::{Format, SourceStr};

/// The format that this program reads; there is no older one.
pub(super) const FORMAT: Format = Format { known: 1, older: "" };

/// A whole file.
#[derive(Debug, Deserialize)]
#[serde(rename = "Precedents", deny_unknown_fields)]
pub(super) struct File<'a> {
    pub format: u32,
    /// Id of the questionnaire whose questions are answered.
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

/// A part of the system that was decided about, or that stayed as it was.
#[derive(Debug, Deserialize)]
#[serde(rename = "Part", deny_unknown_fields)]
pub struct PartEntry<'a> {
    #[serde(borrow)]
    pub name: SourceStr<'a>,
    /// Left out where the questionnaire asks for no parts.
    pub kind: Option<SourceStr<'a>>,
    /// The candidate that was chosen.
    pub chosen: Option<SourceStr<'a>>,
    /// What was chosen in place of a candidate.
    pub other: Option<SourceStr<'a>>,
    /// The candidates that the facts could not exclude.
    #[serde(default)]
    pub acceptable: Vec<SourceStr<'a>>,
    /// Whether the deciders named the acceptable ones as equals.
    #[serde(default)]
    pub tie: bool,
    /// The candidate that an undecided part stays in.
    pub stays: Option<SourceStr<'a>>,
    /// What it stays in if that is no candidate.
    pub stays_other: Option<SourceStr<'a>>,
    /// In a scenario: the candidates that must be ruled out.
    #[serde(default)]
    pub ruled_out: Vec<SourceStr<'a>>,
}

impl PartEntry<'_> {
    /// Says whether something was decided for the part.
    pub fn is_decided(&self) -> bool {
        self.chosen.is_some() || self.other.is_some()
    }

    /// Says whether something must come of the part.
    pub fn has_expectation(&self) -> bool {
        self.chosen.is_some() || !self.acceptable.is_empty() || !self.ruled_out.is_empty()
    }
}

/// An answer, and the fact it rests on.
#[derive(Debug, Deserialize)]
#[serde(rename = "Answer", deny_unknown_fields)]
pub struct AnswerEntry<'a> {
    /// `QUESTION=OPTION[,OPTION]`, as on the command line.
    #[serde(borrow)]
    pub set: SourceStr<'a>,
    /// The part it is for; left out for all of them.
    pub part: Option<SourceStr<'a>>,
    #[serde(default)]
    pub because: SourceStr<'a>,
    /// Whether the deciders did not state that fact.
    #[serde(default)]
    pub inferred: bool,
}
