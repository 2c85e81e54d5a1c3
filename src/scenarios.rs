//! Scenarios: plain cases with what must come of them, which `langfit check` runs.
//!
//! A file of scenarios stands beside its questionnaire and has the form of [precedents](crate::precedents). A
//! precedent says what people decided, and the advice may differ; a scenario says what the advice has to be.

mod read;
mod run;

use std::ops::Range;

use crate::answers::{Answers, Subject};
use crate::questionnaire::{CandidateSet, Questionnaire};
use crate::source::{Rejected, Source};

pub use run::deviations;

/// What the name of a file of scenarios ends in.
pub const ENDING: &str = "scenarios.ron";

/// One case.
#[derive(Debug)]
pub struct Scenario {
    /// Where its id stands.
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// Why its outcome is right.
    pub because: String,
    /// What must come of its parts, in file order.
    pub parts: Vec<Expected>,
    /// The answers.
    pub answers: Answers,
}

/// What must come of one part.
#[derive(Debug)]
pub struct Expected {
    /// Where its name stands.
    pub span: Range<usize>,
    /// What the part is called.
    pub name: String,
    /// The part in the scenario's answers.
    pub subject: Subject,
    /// The candidates that must come first.
    pub first: CandidateSet,
    /// The candidates that may come first, those that must included; anybody may if there are none.
    pub may: CandidateSet,
    /// The candidates that must be ruled out.
    pub ruled_out: CandidateSet,
}

/// Parses and checks a file; on failure returns everything that is wrong with it.
pub fn parse(source: &Source, questionnaire: &Questionnaire) -> Result<Vec<Scenario>, Rejected> {
    read::parse(source, questionnaire).map_err(|diagnostics| Rejected { source: source.clone(), diagnostics })
}
