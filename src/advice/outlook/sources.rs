//! The kit with one source struck, each in turn.

use super::{SourceStruck, WORK, work};
use crate::advice::{Advice, appraise};
use crate::answers::Answers;
use crate::questionnaire::{CandidateSet, Questionnaire};

/// Strikes each source; a line goes when its last source goes. Nothing, where that would take too long.
pub(super) fn struck(questionnaire: &Questionnaire, answers: &Answers, advice: &Advice) -> Vec<SourceStruck> {
    let today: Vec<CandidateSet> = advice.parts.iter().map(|part| part.choice).collect();
    let most = WORK / work(questionnaire, advice).max(1);
    let carrying = questionnaire.uses().carrying();
    // Half of the answer would be a wrong one: "the same without any" is said of all or of none.
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
