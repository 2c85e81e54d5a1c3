//! The precedents near a part with ids in place of indexes, for JSON.

use serde::Serialize;

use crate::answers::{Answers, Subject};
use crate::precedents::{Choice, Near, Precedents, nearest};
use crate::questionnaire::{QuestionId, Questionnaire};

/// A decided part of a nearby precedent.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PrecedentView {
    id: String,
    title: String,
    why: String,
    year: Option<u16>,
    /// The deciders' name for the part.
    part: String,
    /// `None` if the questionnaire has no parts question.
    kind: Option<String>,
    same_kind: bool,
    /// The chosen candidate, or several that the deciders named as equals; empty if `other` is set.
    chosen: Vec<String>,
    /// What was chosen instead of a candidate.
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<String>,
    agrees: Vec<String>,
    differs: Vec<String>,
    addresses: Vec<String>,
}

pub(super) fn precedents_view(
    questionnaire: &Questionnaire,
    precedents: &Precedents,
    answers: &Answers,
    subject: Subject,
) -> Vec<PrecedentView> {
    let near = nearest(questionnaire, precedents, answers, subject);
    near.iter().map(|near| PrecedentView::new(questionnaire, near)).collect()
}

impl PrecedentView {
    fn new(questionnaire: &Questionnaire, near: &Near<'_>) -> Self {
        let ids =
            |questions: &[QuestionId]| questions.iter().map(|it| questionnaire[*it].id.clone()).collect();
        let (chosen, other) = match &near.part.choice {
            Choice::Candidates(chosen) => (questionnaire.ids_of(*chosen), None),
            Choice::Other(text) => (Vec::new(), Some(text.clone())),
        };
        let kind = near.part.sheet.sheet().kind.zip(questionnaire.parts_question());
        Self {
            id: near.precedent.id.clone(),
            title: near.precedent.title.clone(),
            why: near.precedent.why.clone(),
            year: near.precedent.year,
            part: near.part.name.clone(),
            kind: kind.map(|(kind, parts)| questionnaire[parts][kind].id.clone()),
            same_kind: near.same_kind,
            chosen,
            other,
            agrees: ids(&near.agrees),
            differs: ids(&near.differs),
            addresses: near.precedent.addresses.iter().map(|(_, address)| address.clone()).collect(),
        }
    }
}
