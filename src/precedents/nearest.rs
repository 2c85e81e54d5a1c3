//! Finds the precedents near a part by comparing the questions that both answer. Every question must count
//! equally.

use std::cmp::Reverse;

use super::{DecidedPart, Precedent, Precedents};
use crate::answers::{Answers, EffectiveAnswers, Subject};
use crate::questionnaire::{QuestionId, Questionnaire};

/// Maximum number of precedents returned for a part.
pub const NEAREST: usize = 5;
/// Minimum number of questions that a precedent and the part must both answer.
pub const SHARED: usize = 4;
/// Maximum number of questions suggested as worth answering.
const NAMED: usize = 3;

/// A decided part of a nearby precedent, compared question by question with a part of the session.
#[derive(Debug)]
pub struct Near<'a> {
    /// The precedent.
    pub precedent: &'a Precedent,
    /// The decided part.
    pub part: &'a DecidedPart,
    /// Whether the two parts are of the same kind.
    pub same_kind: bool,
    /// The questions that both answer alike.
    pub agrees: Vec<QuestionId>,
    /// The questions that both answer, but differently.
    pub differs: Vec<QuestionId>,
}

impl<'a> Near<'a> {
    /// Compares the answers to each question that both answer.
    fn new(
        questionnaire: &Questionnaire,
        own: &EffectiveAnswers,
        (precedent, part): (&'a Precedent, &'a DecidedPart),
    ) -> Self {
        let (agrees, differs) = counting(questionnaire)
            .filter(|question| is_answered(own, *question) && is_answered(&part.sheet, *question))
            .partition(|question| own.chosen(*question) == part.sheet.chosen(*question));
        let same_kind = own.sheet().kind == part.sheet.sheet().kind;
        Self { precedent, part, same_kind, agrees, differs }
    }

    fn is_near(&self) -> bool {
        self.agrees.len() + self.differs.len() >= SHARED && self.agrees.len() > self.differs.len()
    }
}

/// Returns the precedents nearest to a part, nearest first.
///
/// Precedents for the same kind of part come first. The order is then by agreements minus differences, by
/// agreements, and by file order.
pub fn nearest<'a>(
    questionnaire: &Questionnaire,
    precedents: &'a Precedents,
    answers: &Answers,
    subject: Subject,
) -> Vec<Near<'a>> {
    let own = answers.effective(questionnaire, subject);
    let mut near: Vec<Near<'a>> = decided_parts(precedents)
        .map(|decided| Near::new(questionnaire, &own, decided))
        .filter(Near::is_near)
        .collect();
    near.sort_by_key(|it| {
        let (agrees, differs) = (it.agrees.len(), it.differs.len());
        (!it.same_kind, Reverse(agrees - differs), Reverse(agrees))
    });
    near.truncate(NEAREST);
    near
}

/// Returns up to three open questions of a part: those that the largest number of decided parts answer.
/// Counts only precedents for the same kind of part, if there are any.
pub fn worth_answering(
    questionnaire: &Questionnaire,
    precedents: &Precedents,
    answers: &Answers,
    subject: Subject,
) -> Vec<QuestionId> {
    let own = answers.effective(questionnaire, subject);
    let is_of_kind = |part: &DecidedPart| part.sheet.sheet().kind == own.sheet().kind;
    let any_of_kind = decided_parts(precedents).any(|(_, part)| is_of_kind(part));
    let count = |question: QuestionId| {
        let parts = decided_parts(precedents).filter(|(_, part)| !any_of_kind || is_of_kind(part));
        parts.filter(|(_, part)| is_answered(&part.sheet, question)).count()
    };
    let is_open =
        |question: &QuestionId| own.is_visible(*question) && answers.answer(*question, subject).is_open();
    let open = counting(questionnaire).filter(is_open);
    let mut counted: Vec<(usize, QuestionId)> = open.map(|question| (count(question), question)).collect();
    counted.retain(|(count, _)| *count > 0);
    counted.sort_by_key(|(count, _)| Reverse(*count));
    counted.truncate(NAMED);
    counted.into_iter().map(|(_, question)| question).collect()
}

fn decided_parts(precedents: &Precedents) -> impl Iterator<Item = (&Precedent, &DecidedPart)> {
    precedents.all.iter().flat_map(|precedent| precedent.parts.iter().map(move |part| (precedent, part)))
}

/// Returns the questions that can be compared. The parts question is excluded because it says nothing about a
/// single part.
fn counting(questionnaire: &Questionnaire) -> impl Iterator<Item = QuestionId> {
    questionnaire.question_ids().filter(|question| !questionnaire[*question].is_parts())
}

/// Returns whether a question applies and has chosen options; a text answer has none.
fn is_answered(sheet: &EffectiveAnswers, question: QuestionId) -> bool {
    !sheet.chosen(question).is_empty()
}
