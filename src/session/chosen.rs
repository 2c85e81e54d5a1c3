//! What a team can decide for: a candidate, or something that the questionnaire does not weigh.

use serde::Serialize;

use crate::questionnaire::{CandidateId, CandidateSet, Questionnaire};

/// What a decision is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Chosen {
    /// Id of a candidate, which today's questionnaire may no longer have.
    Candidate(String),
    /// Something else, in the team's own words.
    Other(String),
}

impl Chosen {
    /// Returns the choice of a candidate.
    pub fn of(questionnaire: &Questionnaire, candidate: CandidateId) -> Self {
        Self::Candidate(questionnaire[candidate].id.clone())
    }

    /// Returns the candidate, if it is one of today's.
    pub fn candidate(&self, questionnaire: &Questionnaire) -> Option<CandidateId> {
        match self {
            Self::Candidate(id) => questionnaire.find_candidate(id),
            Self::Other(_) => None,
        }
    }

    /// Says whether it is one of several candidates.
    pub fn is_one_of(&self, questionnaire: &Questionnaire, candidates: CandidateSet) -> bool {
        self.candidate(questionnaire).is_some_and(|candidate| candidates.contains(candidate))
    }

    /// The same of candidates by their ids, which today's questionnaire may no longer have.
    pub fn is_among(&self, ids: &[String]) -> bool {
        matches!(self, Self::Candidate(id) if ids.contains(id))
    }

    /// Returns its name for people: the id of a candidate that today's questionnaire does not have.
    pub fn name<'a>(&'a self, questionnaire: &'a Questionnaire) -> &'a str {
        match (self, self.candidate(questionnaire)) {
            (_, Some(candidate)) => &questionnaire[candidate].name,
            (Self::Candidate(text) | Self::Other(text), None) => text,
        }
    }
}
