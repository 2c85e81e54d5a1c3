//! What people concluded, in the words of a record; must not judge it.

use serde::Serialize;

use super::terms::WHOLE;
use crate::advice::Advice;
use crate::answers::Subject;
use crate::questionnaire::{CandidateId, Questionnaire, join};
use crate::session::{Decision, Session};

/// One decision of people beside the advice of that day.
#[derive(Debug, Clone, Serialize)]
pub struct DecidedView {
    /// Name of the part.
    pub part: String,
    /// Id of the candidate.
    pub candidate: String,
    /// Ids of what was advised on that day.
    pub advised: Vec<String>,
    /// Whether it was not what was advised.
    pub differs: bool,
    /// Why, in the people's own words; may be empty.
    pub because: String,
    /// The day of the decision.
    pub date: String,
    /// All of it but the reason, without a full stop.
    #[serde(skip)]
    pub line: String,
}

/// Spells out all decisions, in the order in which they were taken.
pub fn decided(questionnaire: &Questionnaire, session: &Session) -> Vec<DecidedView> {
    session.decided.iter().map(|decision| view(questionnaire, decision)).collect()
}

fn view(questionnaire: &Questionnaire, decision: &Decision) -> DecidedView {
    let part = decision.part.clone().unwrap_or_else(|| WHOLE.to_owned());
    let name = |id: &str| {
        questionnaire.find_candidate(id).map_or_else(|| id.to_owned(), |it| questionnaire[it].name.clone())
    };
    let differs = !decision.advised.contains(&decision.candidate);
    let advised: Vec<String> = decision.advised.iter().map(|id| name(id)).collect();
    let advised = match advised.len() {
        0 => "nobody".to_owned(),
        5.. => format!("a tie of {}", advised.len()),
        _ => join(advised.iter().map(String::as_str), "or"),
    };
    let how = if differs { format!("; the advice was {advised}") } else { ", as advised".to_owned() };
    DecidedView {
        line: format!("{} for {part} on {}{how}", name(&decision.candidate), decision.date),
        part,
        candidate: decision.candidate.clone(),
        advised: decision.advised.clone(),
        differs,
        because: decision.because.clone(),
        date: decision.date.to_string(),
    }
}

/// Returns what was decided for a part of the advice, if it is a candidate of today.
pub fn decided_for(
    questionnaire: &Questionnaire,
    session: &Session,
    subject: Subject,
) -> Option<CandidateId> {
    let name = subject.part().map(|part| &session.answers[part].name);
    let decision = session.decided.iter().find(|decision| decision.part.as_ref() == name)?;
    questionnaire.find_candidate(&decision.candidate)
}

/// Says whether every part to decide is decided.
pub fn is_accepted(questionnaire: &Questionnaire, session: &Session, advice: &Advice) -> bool {
    let mut parts = advice.parts.iter();
    !advice.parts.is_empty() && parts.all(|part| decided_for(questionnaire, session, part.subject).is_some())
}
