//! Plain cases, and what an architect would expect of the shipped questionnaire for them; must not test how advice is
//! computed.

use langfit::advice::{PartAdvice, recommend};
use langfit::answers::Subject;
use langfit::questionnaire::{CandidateSet, Questionnaire};

use super::support::decided::{Decision, read};
use super::support::{ids, shipped};

fn scenarios() -> Vec<Decision> {
    read(include_str!("data/scenarios.ron"))
}

#[test]
fn plain_cases_come_out_as_an_architect_expects() {
    let questionnaire = shipped();
    for scenario in scenarios() {
        let answers = scenario.session(&questionnaire, true);
        let advice = recommend(&questionnaire, &answers);
        for part in &scenario.parts {
            let picked = answers.find_part(&part.name).expect("the part is picked");
            let advice = advice.of(Subject::Part(picked)).expect("it is to be decided");
            let expected: Vec<&str> = part.chosen.as_deref().into_iter().collect();
            assert_eq!(
                ids(&questionnaire, advice.choice),
                expected,
                "{}: {}",
                scenario.id,
                row(&questionnaire, advice)
            );
        }
    }
}

fn row(questionnaire: &Questionnaire, part: &PartAdvice) -> String {
    let alive = part.ranking.iter().filter(|standing| standing.is_alive());
    let alive = alive.map(|it| format!("{} {}", questionnaire[it.candidate].id, it.score));
    alive.collect::<Vec<_>>().join(", ")
}

/// Every language comes first somewhere, for a reason that an expert in it would sign.
#[test]
fn every_language_comes_first_somewhere_sensible() {
    let questionnaire = shipped();
    let mut missing = questionnaire.all_candidates();
    for scenario in scenarios() {
        assert!(scenario.because.is_some_and(|because| !because.is_empty()), "{}: why?", scenario.id);
        for chosen in scenario.parts.iter().filter_map(|part| part.chosen.as_deref()) {
            missing.remove(questionnaire.find_candidate(chosen).unwrap_or_else(|| panic!("no `{chosen}`")));
        }
    }
    assert_eq!(missing, CandidateSet::EMPTY, "{:?}", ids(&questionnaire, missing));
}

/// Answers are given to questions that are asked, or they would count for nothing.
#[test]
fn every_answer_of_a_scenario_is_asked_for() {
    let questionnaire = shipped();
    for scenario in scenarios() {
        let visible = scenario.session(&questionnaire, true).visible(&questionnaire);
        for given in &scenario.answers {
            let id = given.set.split('=').next().expect("there is an id");
            let question = questionnaire.find(id).unwrap_or_else(|| panic!("no question `{id}`"));
            assert!(visible[question], "{}: `{id}` is hidden", scenario.id);
        }
    }
}
