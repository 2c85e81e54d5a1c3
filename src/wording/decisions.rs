//! Wording of the decisions that people made.

use jiff::civil::Date;
use serde::Serialize;

use super::phrases::{NOBODY, WHOLE, subject_name};
use super::questions::plan_words;
use super::ties::tie_of;
use crate::advice::{Advice, PartAdvice};
use crate::answers::{PartId, Plan, Subject};
use crate::questionnaire::{Questionnaire, join};
use crate::session::{Chosen, Decision, Session};

/// One decision that people made, with the advice of that day.
#[derive(Debug, Clone, Serialize)]
pub struct DecidedView {
    /// Name of the part.
    pub part: String,
    /// What was chosen: `candidate` is an id, `other` a text.
    #[serde(flatten)]
    pub chosen: Chosen,
    /// Ids of the candidates advised on that day.
    pub advised: Vec<String>,
    /// Whether the decision differs from that advice.
    pub differs: bool,
    /// The reason, in people's own words; may be empty.
    pub because: String,
    /// The day of the decision.
    pub date: String,
    /// The whole decision except the reason, without a full stop.
    #[serde(skip)]
    pub line: String,
}

/// Returns all decisions in words, in the order of the parts.
pub fn decided(questionnaire: &Questionnaire, session: &Session) -> Vec<DecidedView> {
    session.decided.iter().map(|decision| view(questionnaire, decision)).collect()
}

fn view(questionnaire: &Questionnaire, decision: &Decision) -> DecidedView {
    let part = decision.part.clone().unwrap_or_else(|| WHOLE.to_owned());
    let differs = !decision.chosen.is_among(&decision.advised);
    let advised: Vec<String> = decision.advised.iter().map(|id| name_of(questionnaire, id)).collect();
    let advised = match advised.len() {
        0 => NOBODY.to_owned(),
        5.. => tie_of(advised.len()),
        _ => join(advised.iter().map(String::as_str), "or"),
    };
    let (name, how) = (name_decided(questionnaire, &decision.chosen), beside_advice(!differs, &advised));
    DecidedView {
        line: format!("{name} for {part} on {}{how}", decision.date),
        part,
        chosen: decision.chosen.clone(),
        advised: decision.advised.clone(),
        differs,
        because: decision.because.clone(),
        date: decision.date.to_string(),
    }
}

/// Returns whether a decision follows the advice, as a phrase to append to the decision.
pub fn beside_advice(is_advised: bool, advised: &str) -> String {
    if is_advised { ", as recommended".to_owned() } else { format!("; recommended was {advised}") }
}

/// Returns a request for a reason, to append to the name of what is decided.
pub fn reason_asked(is_advised: bool, advised: &str) -> String {
    if is_advised {
        ", as recommended. Add a reason if there is more to say.".to_owned()
    } else {
        format!("; recommended is {advised}. Why does the team choose differently?")
    }
}

/// Returns a candidate's name by its id, or the id if the questionnaire no longer has the candidate.
fn name_of(questionnaire: &Questionnaire, id: &str) -> String {
    questionnaire.find_candidate(id).map_or_else(|| id.to_owned(), |it| questionnaire[it].name.clone())
}

/// Returns the name of what was decided, marked if it is not a candidate.
pub fn name_decided(questionnaire: &Questionnaire, chosen: &Chosen) -> String {
    let name = chosen.name(questionnaire);
    match chosen {
        Chosen::Candidate(_) => name.to_owned(),
        Chosen::Other(_) => format!("{name} (not among the {} compared)", questionnaire.noun().many),
    }
}

/// Returns a part with its plan or decision: `API (undecided)`, `API (decided: Go)`.
pub fn part_words(questionnaire: &Questionnaire, session: &Session, part: PartId) -> String {
    let subject = Subject::Part(part);
    let part = &session.answers[part];
    let chosen = decided_for(questionnaire, session, subject).filter(|_| part.plan == Plan::ToDecide);
    let words = match chosen {
        Some(chosen) => format!("decided: {}", name_decided(questionnaire, chosen)),
        None => plan_words(questionnaire, &part.plan),
    };
    format!("{} ({words})", part.name)
}

/// Returns what was decided for a part of the advice, unless the questionnaire no longer has that candidate.
pub fn decided_for<'a>(
    questionnaire: &Questionnaire,
    session: &'a Session,
    subject: Subject,
) -> Option<&'a Chosen> {
    let chosen = &session.decision(subject)?.chosen;
    let is_known = matches!(chosen, Chosen::Other(_)) || chosen.candidate(questionnaire).is_some();
    is_known.then_some(chosen)
}

/// Returns whether there are parts to decide and all of them are decided.
pub fn all_decided(questionnaire: &Questionnaire, session: &Session, advice: &Advice) -> bool {
    let mut parts = advice.parts.iter();
    !advice.parts.is_empty() && parts.all(|part| decided_for(questionnaire, session, part.subject).is_some())
}

/// Returns why the record is only a proposal although a day of approval is entered, without a full stop.
pub fn accepted_too_early(
    questionnaire: &Questionnaire,
    session: &Session,
    advice: &Advice,
) -> Option<String> {
    let day = session.details.accepted?;
    let is_open = |part: &&PartAdvice| decided_for(questionnaire, session, part.subject).is_none();
    let open = advice.parts.iter().filter(is_open);
    let open: Vec<&str> = open.map(|part| subject_name(&session.answers, part.subject)).collect();
    let is = if open.len() == 1 { "is" } else { "are" };
    (!open.is_empty()).then(|| {
        format!(
            "The record still says “proposed” instead of “accepted on {day}”, because {} {is} not decided",
            join(open, "and")
        )
    })
}

/// Returns the day on which the deciders accepted the decisions for all parts; `None` while the record is only a
/// proposal.
pub fn accepted_on(questionnaire: &Questionnaire, session: &Session, advice: &Advice) -> Option<Date> {
    session.details.accepted.filter(|_| all_decided(questionnaire, session, advice))
}
