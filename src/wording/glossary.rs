//! The terms that a reader meets on screens and in records, each explained in half a sentence.

use crate::questionnaire::Questionnaire;

/// Returns the terms with what they mean, in the order in which a reader meets them.
pub fn glossary(questionnaire: &Questionnaire) -> Vec<(&'static str, String)> {
    let noun = questionnaire.noun();
    vec![
        ("points", "each reason counts 1 (slight), 3 (clear), 6 (strong) or 9 (nearly decisive)".to_owned()),
        ("adoption cost", format!("points subtracted once for each {} that is new to the team", noun.one)),
        (
            "unusual here",
            "rarely used for this kind of part, so recommended only if an answer allows it".to_owned(),
        ),
        ("settled", "no open question can change who leads; changing a given answer still can".to_owned()),
        (
            "how firm",
            "how often the choice stays first in 2,000 runs: with random answers to the open questions, and with \
             each reason's points moved at random by up to one step (1, 3, 6, 9)"
                .to_owned(),
        ),
    ]
}
