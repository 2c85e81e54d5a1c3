//! Computes the kit without each source in turn.

use super::{SourceStruck, WORK, work};
use crate::advice::{Advice, appraise};
use crate::answers::Answers;
use crate::questionnaire::{CandidateSet, Questionnaire};

/// Computes the choices without each source that is the only source of some line, one source at a time. Lines
/// without another source are left out with it. Returns an empty list if that would take too long.
pub(super) fn struck(questionnaire: &Questionnaire, answers: &Answers, advice: &Advice) -> Vec<SourceStruck> {
    let today: Vec<CandidateSet> = advice.parts.iter().map(|part| part.choice).collect();
    let most = WORK / work(questionnaire, advice).max(1);
    let carrying = questionnaire.uses().carrying();
    // A partial result could not show that leaving out any one source changes nothing.
    if carrying.len() > most.max(1) {
        return Vec::new();
    }
    let carrying = carrying.iter().copied();
    carrying
        .map(|source| {
            let without = appraise(questionnaire, answers, Some(source));
            let choices: Vec<CandidateSet> = without.parts.iter().map(|part| part.choice).collect();
            SourceStruck { source, changes: choices != today, choices }
        })
        .collect()
}
