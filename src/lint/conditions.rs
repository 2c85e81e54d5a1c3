//! Lints for conditions that hold in more cases than their author intended.

use super::Warnings;
use crate::questionnaire::{Condition, OptionId, Question, QuestionId, Questionnaire};

pub(super) fn look(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    for question in questionnaire.questions() {
        any_part(questionnaire, question, warnings);
    }
}

/// Reports per-part questions that apply to every part once one part of some kind is picked.
fn any_part(questionnaire: &Questionnaire, question: &Question, warnings: &mut Warnings) {
    let (Some(parts), Some(when)) = (questionnaire.parts_question(), &question.when) else { return };
    let picked = when_picked(when, parts, true);
    let Some(kind) = picked.filter(|_| question.each_part) else { return };
    let (parts, kind) = (&questionnaire[parts], &questionnaire[parts][kind].id);
    let what = format!("`{}/{kind}` holds for every part once one part of that kind is picked", parts.id);
    let hint = format!("write `This(\"{kind}\")` if only such parts are asked");
    warnings.warn(&question.span, what, hint);
}

/// Returns the first kind of part whose presence in the system can make a condition true.
///
/// `holds` is `false` inside a negation.
fn when_picked(condition: &Condition, parts: QuestionId, holds: bool) -> Option<OptionId> {
    match condition {
        Condition::Is(literal) => {
            let is_meant = literal.question == parts && literal.holds == holds;
            literal.options.iter().next().filter(|_| is_meant)
        }
        Condition::This(_) | Condition::SeveralParts => None,
        Condition::Not(inner) => when_picked(inner, parts, !holds),
        Condition::All(inner) | Condition::Any(inner) => {
            inner.iter().find_map(|inner| when_picked(inner, parts, holds))
        }
    }
}
