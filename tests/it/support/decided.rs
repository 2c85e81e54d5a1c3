//! The format of published decisions: parts with their choices, and the answers that describe each case. Must
//! not say whether a choice was right.

use langfit::answers::{Answers, Plan, Subject};
use langfit::built_in::PRECEDENTS;
use langfit::questionnaire::Questionnaire;
use langfit::session::Session;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// One decision and its answers.
#[derive(Deserialize)]
pub struct Decision {
    pub id: String,
    #[serde(default)]
    pub year: Option<u32>,
    #[serde(default)]
    pub sources: Vec<String>,
    pub parts: Vec<DecidedPart>,
    pub answers: Vec<Given>,
}

#[derive(Deserialize)]
pub struct DecidedPart {
    pub name: String,
    pub kind: String,
    #[serde(default)]
    pub stays: Option<String>,
    #[serde(default)]
    pub stays_other: Option<String>,
    #[serde(default)]
    pub chosen: Option<String>,
    #[serde(default)]
    pub acceptable: Vec<String>,
    #[serde(default)]
    pub tie: bool,
}

/// One answer and the facts that it rests on.
#[derive(Deserialize)]
pub struct Given {
    pub set: String,
    #[serde(default)]
    pub part: Option<String>,
    #[serde(default)]
    pub because: String,
    #[serde(default)]
    pub inferred: bool,
}

/// The fields of a precedents file that the tests use.
#[derive(Deserialize)]
struct Precedents {
    precedents: Vec<Decision>,
}

/// Reads the published decisions that are shipped.
pub fn published() -> Vec<Decision> {
    parse::<Precedents>(PRECEDENTS).precedents
}

fn parse<T: DeserializeOwned>(text: &str) -> T {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).expect("the data is valid")
}

impl Decision {
    /// Returns the parts and their answers. Inferred answers are included only if `all` is set.
    pub fn session(&self, questionnaire: &Questionnaire, all: bool) -> Answers {
        let mut session = Session::new(questionnaire);
        let kinds: Vec<&str> = self.parts.iter().map(|part| part.kind.as_str()).collect();
        session.assign(questionnaire, &format!("parts={}", kinds.join(","))).expect("the kinds exist");
        let kinds = &questionnaire[questionnaire.parts_question().expect("there are parts")];
        for (index, part) in self.parts.iter().enumerate() {
            let kind = kinds.find(&part.kind).expect("the kind exists");
            let mut picked = session.answers.part_ids().filter(|it| session.answers[*it].kind == kind);
            let same = self.parts[..index].iter().filter(|other| other.kind == part.kind).count();
            let picked = picked.nth(same).expect("each kind was picked");
            session.rename_part(picked, &part.name);
            let stays = part
                .stays
                .as_ref()
                .map(|id| Plan::StaysIn(questionnaire.find_candidate(id).expect("the candidate exists")));
            let other = || part.stays_other.clone().map(Plan::StaysOther);
            if let Some(plan) = stays.or_else(other) {
                session.answers.set_plan(picked, plan);
            }
        }
        for given in self.answers.iter().filter(|given| all || !given.inferred) {
            self.give(questionnaire, &mut session, given);
        }
        session.answers
    }

    fn give(&self, questionnaire: &Questionnaire, session: &mut Session, given: &Given) {
        let Some(name) = &given.part else {
            session.assign(questionnaire, &given.set).unwrap_or_else(|error| panic!("{}: {error}", self.id));
            return;
        };
        let mut alone = Session::new(questionnaire);
        alone.assign(questionnaire, &given.set).unwrap_or_else(|error| panic!("{}: {error}", self.id));
        let id = given.set.split('=').next().expect("there is an id");
        let question = questionnaire.find(id).expect("it was found above");
        assert!(questionnaire[question].each_part, "{}: `{id}` does not differ by part", self.id);
        let part = session.answers.find_part(name).expect("the part is picked");
        let answer = alone.answers.given(question).answer.clone();
        session.answers.set(question, Subject::Part(part), answer);
    }
}
