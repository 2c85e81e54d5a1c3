//! Dimensions by which candidates are compared side by side, without points.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{CandidateId, CandidateSet, SourceId};

/// A dimension by which candidates are compared side by side, without points.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Dimension {
    /// Span of the id in the file.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// Label of a few words.
    pub title: String,
    /// Facts about the candidates. No candidate has two facts.
    pub facts: Vec<Fact>,
}

/// A fact about some candidates in a dimension.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fact {
    /// Span of the text in the file.
    #[serde(skip)]
    pub span: Range<usize>,
    /// The candidates that the fact is about.
    pub candidates: CandidateSet,
    /// The text of the fact.
    pub text: String,
    /// Sources of the fact.
    pub sources: Vec<SourceId>,
}

impl Dimension {
    /// Returns the fact about a candidate, if there is one.
    pub fn fact(&self, candidate: CandidateId) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.candidates.contains(candidate))
    }
}
