//! Scenarios: cases with their expected advice, which `langfit check` runs.
//!
//! A scenario file accompanies its questionnaire and has the format of [precedents](crate::precedents). A
//! precedent records what people decided, and the advice may differ. A scenario states what the advice must
//! be.

mod read;
mod run;

use std::ops::Range;

use crate::answers::{Answers, Subject};
use crate::questionnaire::{CandidateSet, Questionnaire};
use crate::source::{Rejected, Source};

pub use run::deviations;

/// The suffix of the name of a scenario file.
pub const ENDING: &str = "scenarios.ron";

/// One case.
#[derive(Debug)]
pub struct Scenario {
    /// Span of the id in the file.
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// Why the expected advice is right.
    pub because: String,
    /// The expected advice for the parts, in file order.
    pub parts: Vec<Expected>,
    /// The answers.
    pub answers: Answers,
}

/// The expected advice for one part.
#[derive(Debug)]
pub struct Expected {
    /// Span of the name in the file.
    pub span: Range<usize>,
    /// Name of the part.
    pub name: String,
    /// The part in the scenario's answers.
    pub subject: Subject,
    /// The candidates that must come first.
    pub first: CandidateSet,
    /// The candidates that may come first, including those that must. If empty, any candidate may.
    pub may: CandidateSet,
    /// The candidates that must be ruled out.
    pub ruled_out: CandidateSet,
}

/// Parses and validates a file. On failure, returns all errors found.
pub fn parse(source: &Source, questionnaire: &Questionnaire) -> Result<Vec<Scenario>, Rejected> {
    read::parse(source, questionnaire).map_err(|diagnostics| Rejected { source: source.clone(), diagnostics })
}
