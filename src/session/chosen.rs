//! What was decided on: a candidate, or something that is not a candidate.

use serde::Serialize;

use crate::id_set::SmallId as _;
use crate::names;
use crate::questionnaire::{CandidateId, CandidateSet, Questionnaire};

/// Maximum number of characters to compare per name. The cost of a comparison is the product of both lengths.
const COMPARED: usize = 40;

/// What was decided on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Chosen {
    /// Id of a candidate, which the current questionnaire may no longer contain.
    Candidate(String),
    /// Something else, in the team's own words.
    Other(String),
}

impl Chosen {
    /// Returns the choice that names this candidate.
    pub fn of(questionnaire: &Questionnaire, candidate: CandidateId) -> Self {
        Self::Candidate(questionnaire[candidate].id.clone())
    }

    /// Returns the candidate with this id, name or unique first word of its name. Otherwise returns the text
    /// itself, or `None` if it is blank.
    pub fn called(questionnaire: &Questionnaire, text: &str) -> Option<Self> {
        let text = text.trim();
        match find(questionnaire, text) {
            Some(candidate) => Some(Self::of(questionnaire, candidate)),
            None if text.is_empty() => None,
            None => Some(Self::Other(names::normalized(text))),
        }
    }

    /// Returns the candidate, if the questionnaire contains it.
    pub fn candidate(&self, questionnaire: &Questionnaire) -> Option<CandidateId> {
        match self {
            Self::Candidate(id) => questionnaire.find_candidate(id),
            Self::Other(_) => None,
        }
    }

    /// Returns whether the choice is one of these candidates.
    pub fn is_one_of(&self, questionnaire: &Questionnaire, candidates: CandidateSet) -> bool {
        self.candidate(questionnaire).is_some_and(|candidate| candidates.contains(candidate))
    }

    /// Like [`Chosen::is_one_of`], but compares ids, which the questionnaire may no longer contain.
    pub fn is_among(&self, ids: &[String]) -> bool {
        matches!(self, Self::Candidate(id) if ids.contains(id))
    }

    /// Returns the candidate's name or the team's own words, for display. If the questionnaire does not
    /// contain the candidate, returns its id.
    pub fn name<'a>(&'a self, questionnaire: &'a Questionnaire) -> &'a str {
        match (self, self.candidate(questionnaire)) {
            (_, Some(candidate)) => &questionnaire[candidate].name,
            (Self::Candidate(text) | Self::Other(text), None) => text,
        }
    }
}

/// Returns the words of a name: `C#` and `.NET` for `C#/.NET`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', '/', '(', ')', ',']).filter(|word| !word.is_empty())
}

fn find(questionnaire: &Questionnaire, text: &str) -> Option<CandidateId> {
    let all = questionnaire.candidates();
    let ids: Vec<&str> = all.iter().map(|it| it.id.as_str()).collect();
    let named: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
    let begins = |name: &&str| words(name).next().is_some_and(|word| names::are_alike_but_case(word, text));
    let first_word = || {
        let mut found = (0..named.len()).filter(|at| begins(&named[*at]));
        found.next().filter(|_| found.next().is_none())
    };
    let called = || names::find(&named, text).or_else(|| names::find(&ids, text)).or_else(first_word);
    questionnaire.find_candidate(text).or_else(|| called().map(CandidateId::from_index))
}

/// Returns the candidate that a text probably means, although the text is not its name. It resembles the id,
/// the name or a word of the name, or starts with a word that names the candidate, as in `Go 1.26`.
pub fn likely_meant(questionnaire: &Questionnaire, text: &str) -> Option<CandidateId> {
    let shown = |name: &str| -> String { names::key(name).to_lowercase().chars().take(COMPARED).collect() };
    let typed = shown(text);
    let distance = |name: &str| {
        let name = shown(name);
        let longest = name.chars().count().max(typed.chars().count());
        let distance = strsim::osa_distance(&name, &typed);
        (distance <= (longest + 1) / 4).then_some(distance)
    };
    let nearest = questionnaire.candidates().iter().enumerate().filter_map(|(at, candidate)| {
        let spellings = [candidate.id.as_str(), &candidate.name].into_iter().chain(words(&candidate.name));
        Some((spellings.filter_map(distance).min()?, CandidateId::from_index(at)))
    });
    let begins_with = || words(text).next().and_then(|word| find(questionnaire, word));
    nearest.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate).or_else(begins_with)
}
