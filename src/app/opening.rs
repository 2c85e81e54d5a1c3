//! What is worked out once when a session is opened; must not change the session.

use crate::questionnaire::{Kind, Question, Questionnaire};
use crate::session::Session;

/// Numbers the questions; a follow-up takes the number before it and a letter.
pub(super) fn labels(questionnaire: &Questionnaire) -> Vec<String> {
    let (mut number, mut follow_ups) = (0_usize, 0_u8);
    let label = |question: &Question| {
        if question.kind == Kind::Text {
            return String::new();
        }
        if question.when.is_none() || number == 0 {
            (number, follow_ups) = (number + 1, 0);
            return number.to_string();
        }
        follow_ups += 1;
        // Past z the letter repeats; such a questionnaire has other troubles.
        format!("{number}{}", char::from(b'a' + (follow_ups - 1) % 26))
    };
    questionnaire.questions.iter().map(label).collect()
}

pub(super) fn greeting(session: &Session, questionnaire: &Questionnaire) -> Option<String> {
    let lost: Vec<&str> = session.orphans.iter().map(|orphan| orphan.what.as_str()).collect();
    let kept = (!lost.is_empty())
        .then(|| format!("Kept but not counted, no longer in the questionnaire: {}", lost.join("; ")));
    let said: Vec<String> = kept.into_iter().chain(session.change_of_questionnaire(questionnaire)).collect();
    (!said.is_empty()).then(|| said.join("; "))
}
