//! What several test modules start from: questionnaires, sessions and names; must not assert
//! anything about advice.

pub mod generate;
pub mod html;

use langfit::questionnaire::{CandidateSet, Questionnaire};
use langfit::session::Session;
use langfit::source::Source;

/// Parses a questionnaire written for a test.
pub fn parse(text: &str) -> Questionnaire {
    Questionnaire::parse(&Source::new("test.ron", text))
        .unwrap_or_else(|rejected| panic!("the test's own questionnaire is wrong:\n{rejected}\n{text}"))
}

/// Returns the questionnaire that is shipped.
pub fn shipped() -> Questionnaire {
    Questionnaire::built_in().expect("the shipped questionnaire is valid")
}

/// Returns a session with answers as they are given on the command line.
pub fn session(questionnaire: &Questionnaire, assignments: &[&str]) -> Session {
    let mut session = Session::new(questionnaire);
    for assignment in assignments {
        session.set(questionnaire, assignment).expect("the test's answers fit the questionnaire");
    }
    session
}

/// Returns the ids of candidates, in file order.
pub fn ids(questionnaire: &Questionnaire, candidates: CandidateSet) -> Vec<&str> {
    candidates.iter().map(|candidate| questionnaire[candidate].id.as_str()).collect()
}
