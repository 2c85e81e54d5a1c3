//! What candidates are compared by, side by side; it scores nothing.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{CandidateId, CandidateSet, SourceId};

/// What candidates are compared by, side by side; it scores nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Dimension {
    /// Where its id stands.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// Label of a few words.
    pub title: String,
    /// How candidates stand; none is named in two of them.
    pub facts: Vec<Fact>,
}

/// How some candidates stand in a dimension.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fact {
    /// Where its text stands.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Whom it is about.
    pub candidates: CandidateSet,
    /// What is the case.
    pub text: String,
    /// Where it comes from.
    pub sources: Vec<SourceId>,
}

impl Dimension {
    /// Returns how a candidate stands, if anything is known.
    pub fn fact(&self, candidate: CandidateId) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.candidates.contains(candidate))
    }
}
