//! Tests the tables of `langfit check`: the answers with which candidates lead, and the weights of
//! questions.

use std::collections::BTreeMap;

use langfit::advice::recommend;
use langfit::answers::Subject;
use langfit::session::Session;
use serde_json::Value;

use super::cli::{langfit, write};
use super::support::parse;

const STORAGE: &str = include_str!("data/storage.ron");

fn table(argument: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder, "storage.ron", STORAGE);
    let run = langfit(folder.path(), &["check", "storage.ron", argument, "--format", "json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    serde_json::from_str(&run.out).expect("it is JSON")
}

/// Each candidate leads alone with its listed answers, and no longer does when any one of them is left out.
#[test]
fn listed_winning_answers_are_all_necessary() {
    let questionnaire = parse(STORAGE);
    let winners = table("--winners");
    let parts = questionnaire.parts_question().expect("there are parts");
    assert_eq!(winners.len(), questionnaire[parts].options.len() * questionnaire.candidates().len());
    let leads = |part: &str, candidate: &str, answers: &[&str]| {
        let mut session = Session::new(&questionnaire);
        for answer in std::iter::once(&*format!("parts={part}")).chain(answers.iter().copied()) {
            session.assign(&questionnaire, answer).expect("it can be answered");
        }
        let advice = recommend(&questionnaire, &session.answers);
        let part = session.answers.part_ids().next().expect("it is picked");
        let part = advice.of(Subject::Part(part)).expect("it is open for decision");
        part.leaders.single() == questionnaire.find_candidate(candidate)
    };
    let mut tried = 0;
    for winner in &winners {
        let text = |key: &str| winner[key].as_str().unwrap_or_default();
        let (part, candidate) = (text("part"), text("candidate"));
        let Some(answers) = winner["answers"].as_array().filter(|_| winner["alone"] == true) else {
            continue;
        };
        let answers: Vec<&str> = answers.iter().filter_map(Value::as_str).collect();
        assert!(leads(part, candidate, &answers), "{part}: {candidate}: {answers:?}");
        for at in 0..answers.len() {
            let fewer: Vec<&str> = [&answers[..at], &answers[at + 1..]].concat();
            assert!(!leads(part, candidate, &fewer), "{part}: {candidate}: {answers:?} without {at}");
        }
        tried += 1;
    }
    assert!(tried >= 30, "{tried} of {}", winners.len());
}

/// The table gives a reason for each candidate that never leads.
#[test]
fn a_candidate_that_never_wins_gets_a_reason() {
    let out = super::support::question("parts", "Parts", "api: 1 b").replacen(
        "evidence: [",
        r#"exclusions: [(candidates: ["a"], because: "{} has no api", source: ["s"])], evidence: ["#,
        1,
    );
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder, "q.ron", &super::support::about_three_text(&out, ""));
    let run = langfit(folder.path(), &["check", "q.ron", "--winners"]);
    assert_eq!(
        run.out,
        "api\n  a              never: A has no api\n  b              leads before anything is answered\n  c              never: B always ahead\n"
    );
}

/// A question can add the points of its best option, or of several options together where they can be
/// combined.
#[test]
fn questions_weigh_what_their_options_add() {
    let weights = table("--weights");
    let swings: Vec<i64> = weights.iter().filter_map(|it| it["swing"].as_i64()).collect();
    assert!(swings.is_sorted_by(|one, other| one >= other), "{swings:?}");
    let links = weights.iter().find(|it| it["question"] == "links").expect("it has evidence");
    let of: BTreeMap<&str, (i64, i64)> = links["candidates"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| {
            let number = |key: &str| it[key].as_i64().expect("a number");
            (it["candidate"].as_str().expect("an id"), (number("adds"), number("takes")))
        })
        .collect();
    assert_eq!(of["graph"], (6, -3), "one of the options: along paths, or without connections");
    assert_eq!(of["relational"].0, 6, "{of:?}");
}
