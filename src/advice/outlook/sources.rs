//! The kit with one source struck, each in turn; must not strike adoption costs.

use super::SourceStruck;
use crate::advice::{Advice, appraise};
use crate::answers::Answers;
use crate::questionnaire::{CandidateSet, Questionnaire};

/// Strikes each source; a line goes when its last source goes.
pub(super) fn struck(questionnaire: &Questionnaire, answers: &Answers, advice: &Advice) -> Vec<SourceStruck> {
    let today: Vec<CandidateSet> = advice.parts.iter().map(|part| part.choice).collect();
    let carrying = questionnaire.uses.carrying().iter().copied();
    carrying
        .map(|source| {
            let without = appraise(questionnaire, answers, Some(source));
            let choices: Vec<CandidateSet> = without.parts.iter().map(|part| part.choice).collect();
            SourceStruck { source, changes: choices != today, choices }
        })
        .collect()
}
