//! The terms that a reader meets on screens and in records, each with a short explanation.

use crate::questionnaire::Questionnaire;

/// Returns the terms with what they mean, in the order in which a reader meets them.
pub fn glossary(questionnaire: &Questionnaire) -> Vec<(&'static str, String)> {
    let noun = questionnaire.noun();
    vec![
        ("points", "each reason is worth 1 (slight), 3 (clear), 6 (strong) or 9 (nearly decisive)".to_owned()),
        ("adoption cost", format!("points subtracted once for each {} that is new to the team", noun.one)),
        (
            "unusual here",
            "rarely used for this kind of part, so recommended only if one of your answers calls for it".to_owned(),
        ),
        (
            "settled",
            format!("no open question can change which {} leads; changing an answer you already gave still can", noun.one),
        ),
        (
            "how firm",
            "how often the choice comes first in 2,000 runs, with random answers to open questions or with each \
             reason's points raised or lowered by at most one step"
                .to_owned(),
        ),
    ]
}
