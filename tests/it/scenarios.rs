//! What the articles recommend, told as full sheets of answers to the shipped questionnaire; must
//! not test how advice is computed.

mod default;
mod guide;
mod overuse;
mod versus_go;

use langfit::advice::{Advice, PartAdvice, recommend};
use langfit::answers::{Answers, Subject};
use langfit::questionnaire::{Kind, Questionnaire};

use super::support::{ids, session, shipped};

/// Checks what the kit chooses for the one part, given every answer that is asked for.
///
/// An answer that differs for a part has the part's name before it: `Pipeline: arrival=batch`.
#[track_caller]
fn check(assignments: &[&str], part: &str, expected: &[&str]) {
    check_all(assignments, &[(part, expected)]);
}

/// Checks what the kit chooses for every part, all parts named.
#[track_caller]
fn check_all(assignments: &[&str], expected: &[(&str, &[&str])]) {
    let questionnaire = shipped();
    let (own, general): (Vec<&str>, Vec<&str>) = assignments.iter().partition(|it| it.contains(": "));
    let mut session = session(&questionnaire, &general);
    for (part, assignment) in own.iter().filter_map(|assignment| assignment.split_once(": ")) {
        set_for_part(&questionnaire, &mut session.answers, part, assignment);
    }
    for question in questionnaire.question_ids() {
        let open = |subject: &Subject| {
            let asked = session.answers.effective(&questionnaire, *subject).is_visible(question);
            asked && session.answers.is_unanswered(&questionnaire, question, *subject)
        };
        let question = &questionnaire[question];
        let left_open = question.kind != Kind::Text && session.answers.subjects().iter().any(open);
        assert!(!left_open, "`{}` is left open", question.id);
    }
    let advice = recommend(&questionnaire, &session.answers);
    let name =
        |part: &PartAdvice| part.subject.part().map_or("", |part| &session.answers[part].name).to_owned();
    let found: Vec<(String, Vec<&str>)> =
        advice.parts.iter().map(|part| (name(part), ids(&questionnaire, part.choice))).collect();
    let expected: Vec<(String, Vec<&str>)> =
        expected.iter().map(|(part, candidates)| ((*part).to_owned(), candidates.to_vec())).collect();
    assert_eq!(found, expected, "{}", rankings(&questionnaire, &advice));
}

fn set_for_part(questionnaire: &Questionnaire, answers: &mut Answers, part: &str, assignment: &str) {
    let alone = session(questionnaire, &[assignment]);
    let question = alone.at.expect("an assignment is about a question");
    assert!(questionnaire[question].each_part, "`{assignment}` cannot differ by part");
    let part = answers.find_part(part).expect("the part was picked");
    answers.set(question, Subject::Part(part), alone.answers.given(question).answer.clone());
}

fn rankings(questionnaire: &Questionnaire, advice: &Advice) -> String {
    let row = |part: &PartAdvice| {
        let entries = part.ranking.iter().filter(|standing| standing.is_alive());
        let entries = entries.map(|it| format!("{} {}", questionnaire[it.candidate].id, it.score));
        entries.collect::<Vec<_>>().join(", ")
    };
    advice.parts.iter().map(row).collect::<Vec<_>>().join("\n")
}
